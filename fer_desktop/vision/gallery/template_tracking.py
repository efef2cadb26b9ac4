"""Faces between two runs of the detector: each is searched by its pixels around where it was."""

from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image

_FACE_PX: Final = 24  # the longer side of a face in its template
_REACH_PX: Final = 8  # how far it may have moved, in px of the template: a third of its side
_WINDOW_PX: Final = _FACE_PX + 2 * _REACH_PX


def make_templates(image: Image, xyxy: FloatArray) -> FloatArray:
    """(N, 24, 24) small grey pictures of the faces (N, 4) px in an image (H, W, 3) BGR, for `follow`."""
    inner = slice(_REACH_PX, _REACH_PX + _FACE_PX)
    templates = [_window(image, box)[inner, inner] for box in xyxy]
    return np.array(templates, np.float32).reshape(len(xyxy), _FACE_PX, _FACE_PX)


def follow(image: Image, xyxy: FloatArray, templates: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How far faces moved from their boxes (N, 4), (N, 2) px, and how well they match their templates, (N,) -1 to 1.

    The match is the highest normalised cross-correlation of the template within a third of the face's side.
    """
    moves, ncc = np.zeros((len(xyxy), 2), np.float32), np.zeros(len(xyxy), np.float32)
    for index, (box, template) in enumerate(zip(xyxy, templates, strict=True)):
        scores = cv2.matchTemplate(_window(image, box), template, cv2.TM_CCOEFF_NORMED)
        _, ncc[index], _, peak = cv2.minMaxLoc(scores)
        px = max(box[2] - box[0], box[3] - box[1]) / _FACE_PX
        moves[index] = (peak[0] - _REACH_PX) * px, (peak[1] - _REACH_PX) * px
    return moves, ncc


def _window(image: Image, box: FloatArray) -> FloatArray:
    """(40, 40) grey: the square around a face and its search range; beyond the image its edge is repeated."""
    x, y = (float(box[0]) + float(box[2])) / 2, (float(box[1]) + float(box[3])) / 2
    side = max(1.0, float(max(box[2] - box[0], box[3] - box[1])))
    half = side / _FACE_PX * _WINDOW_PX / 2
    height, width = image.shape[:2]
    x0, y0 = min(max(round(x - half), 0), width - 1), min(max(round(y - half), 0), height - 1)
    x1, y1 = max(min(round(x + half), width), x0 + 1), max(min(round(y + half), height), y0 + 1)
    # Averaged to about its size first: a warp alone would skip pixels of large faces.
    part = cv2.cvtColor(image[y0:y1, x0:x1], cv2.COLOR_BGR2GRAY)
    scale = _WINDOW_PX / (2 * half)
    if scale < 1:
        small = max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale))
        part = np.asarray(cv2.resize(part, small, interpolation=cv2.INTER_AREA), np.uint8)
    across, down = part.shape[1] / (x1 - x0), part.shape[0] / (y1 - y0)
    to_window = np.array(
        [[scale / across, 0, (x0 - (x - half)) * scale], [0, scale / down, (y0 - (y - half)) * scale]], np.float32
    )
    window = cv2.warpAffine(part, to_window, (_WINDOW_PX, _WINDOW_PX), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(window, np.float32)
