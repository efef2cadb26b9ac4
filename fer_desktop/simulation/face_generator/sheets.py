"""The files of the generated people: two sheets per split, and the index that says how to read them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from fer_desktop.core.expressions import EXPRESSIONS, NEUTRAL
from fer_desktop.core.files import write_whole
from fer_desktop.core.types import FloatArray, PeopleSplit
from fer_desktop.simulation.face_generator.casting import Person
from fer_desktop.simulation.face_generator.head import BUST_PX, Looks
from fer_desktop.simulation.face_generator.mesh import OVAL
from fer_desktop.simulation.face_generator.morph import Canonical

VERSION: Final = 2
PATCH: Final = (92, 44, 136, 172)  # x, y, width, height of the part of a bust that an expression changes
BUST_COLUMNS: Final = 6
_QUALITY: Final = 84  # of the WebP sheets, 0-100
# Of a detector's box, in the oval's width and height: beyond the left and right edge, above the top, below the chin.
_BOX_MARGINS: Final = (-0.035, 0.015, -0.012)


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """A person's pictures, before they are packed into sheets."""

    busts: FloatArray  # (7, 256, 320, 4) BGR 0-255 and alpha 0-1, premultiplied
    points: FloatArray  # (7, 468, 2) landmarks in the bust, px


def picture(bust: FloatArray) -> NDArray[np.uint8]:
    """A premultiplied bust (H, W, 4) as straight BGRA (H, W, 4) uint8, transparent pixels in nearby colours."""
    alpha = bust[..., 3:]
    spread = cv2.GaussianBlur(bust, (0, 0), 4)
    around = spread[..., :3] / np.maximum(spread[..., 3:], 1e-3)
    straight = np.where(alpha > 0.02, bust[..., :3] / np.maximum(alpha, 0.02), around)
    return np.asarray(np.round(np.clip(np.dstack([straight, alpha * 255]), 0, 255)), np.uint8)


def patch(bust: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The part of a bust that an expression changes: (172, 136, 4)."""
    x, y, width, height = PATCH
    return bust[y : y + height, x : x + width]


def face_box(points: FloatArray) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 in px of the bust, as a detector frames the face with these landmarks (468, 2)."""
    oval = points[list(OVAL)]
    (x0, y0), (x1, y1) = oval.min(axis=0), oval.max(axis=0)
    side, above, below = _BOX_MARGINS
    width, height = x1 - x0, y1 - y0
    return (
        round(float(x0 - side * width), 1),
        round(float(y0 - above * height), 1),
        round(float(x1 + side * width), 1),
        round(float(y1 + below * height), 1),
    )


def write_sheets(out_dir: Path, split: PeopleSplit, portraits: Iterable[Portrait]) -> None:
    """Writes the two sheets of a split."""
    pictures = [[picture(bust) for bust in portrait.busts] for portrait in portraits]
    faces = np.vstack([np.hstack([patch(bust) for bust in row]) for row in pictures])
    neutral = [row[NEUTRAL] for row in pictures]
    neutral += [np.zeros_like(neutral[0])] * (-len(neutral) % BUST_COLUMNS)
    busts = np.vstack([np.hstack(neutral[k : k + BUST_COLUMNS]) for k in range(0, len(neutral), BUST_COLUMNS)])
    for name, sheet in (("faces", faces), ("busts", busts)):
        done, data = cv2.imencode(".webp", sheet, [cv2.IMWRITE_WEBP_QUALITY, _QUALITY])
        assert done, "OpenCV is always built with WebP"
        write_whole(out_dir / f"{name}_{split}.webp", data.tobytes())


def write_index(
    out_dir: Path,
    persons: Sequence[Person],
    looks: Sequence[Looks],
    portraits: Sequence[Portrait],
    canonical: Canonical,
    means: Sequence[Sequence[int]],
    seed: int,
) -> None:
    """Writes `index.json`, which lists the people and how to read the sheets."""
    rows = dict.fromkeys(PeopleSplit, 0)
    people = []
    for person, look, portrait in zip(persons, looks, portraits, strict=True):
        people.append(
            {
                "id": f"{person.split}-{rows[person.split]:02d}",
                "split": person.split,
                "row": rows[person.split],
                "faces_xyxy": [face_box(points) for points in portrait.points],
                "eyes_xy": _eyes(portrait.points[NEUTRAL]),
                "looks": asdict(look),
                "donors": person.donors,
            }
        )
        rows[person.split] += 1
    index = {
        "version": VERSION,
        "seed": seed,
        "source": "Morphs of FER-2013 training faces on which FER+'s voters and the original label agree; "
        "donors are cells of the training sheet; no donor is in both splits; none shows a real person.",
        "expressions": EXPRESSIONS,
        "bust_px": BUST_PX,
        "bust_columns": BUST_COLUMNS,
        "patch_xywh": PATCH,
        "mean_donors": means,
        "canonical": {"shape": _rounded(canonical.shape), "neutral": _rounded(canonical.neutral)},
        "people": people,
    }
    text = json.dumps(index, separators=(",", ":")).replace('{"id"', '\n{"id"')
    write_whole(out_dir / "index.json", (text + "\n").encode())


def _eyes(points: FloatArray) -> list[list[float]]:
    corners = points[[33, 133, 362, 263]]
    return [[round(float(v), 1) for v in corners[k : k + 2].mean(axis=0)] for k in (0, 2)]


def _rounded(points: FloatArray) -> list[list[float]]:
    return [[round(float(v), 2) for v in row] for row in points]
