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
    return np.ascontiguousarray(_windows(image, xyxy)[:, inner, inner])


def follow(image: Image, xyxy: FloatArray, templates: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How far faces moved from their boxes (N, 4), (N, 2) px, and how well they match their templates, (N,) -1 to 1.

    The match is the highest normalised cross-correlation of the template within a third of the face's side.
    """
    peaks, ncc = np.zeros((len(xyxy), 2), np.float32), np.zeros(len(xyxy), np.float32)
    for index, (window, template) in enumerate(zip(_windows(image, xyxy), templates, strict=True)):
        _, ncc[index], _, peaks[index] = cv2.minMaxLoc(cv2.matchTemplate(window, template, cv2.TM_CCOEFF_NORMED))
    px = (xyxy[:, 2:] - xyxy[:, :2]).max(axis=1, keepdims=True) / np.float32(_FACE_PX)
    return np.asarray((peaks - _REACH_PX) * px, np.float32), ncc


def _windows(image: Image, xyxy: FloatArray) -> FloatArray:
    """(N, 40, 40) grey: the squares around faces and their search range; beyond the image its edge is repeated."""
    boxes, picture_px = xyxy.astype(np.float64), np.array(image.shape[1::-1])
    side = np.maximum(1.0, (xyxy[:, 2:] - xyxy[:, :2]).max(axis=1, keepdims=True).astype(np.float64))
    middle, half = (boxes[:, :2] + boxes[:, 2:]) / 2, side / _FACE_PX * _WINDOW_PX / 2
    start, scale = middle - half, _WINDOW_PX / (2 * half)
    near = np.clip(np.rint(start), 0, picture_px - 1)
    far = np.maximum(np.minimum(np.rint(middle + half), picture_px), near + 1)
    # Averaged to about its size first: a warp alone would skip pixels of large faces.
    small = np.where(scale < 1, np.maximum(1, np.rint((far - near) * scale)), far - near)
    to_window = np.zeros((len(boxes), 2, 3), np.float32)
    to_window[:, (0, 1), (0, 1)] = scale * (far - near) / small
    to_window[:, :, 2] = (near - start) * scale
    windows = np.empty((len(boxes), _WINDOW_PX, _WINDOW_PX), np.uint8)
    corners, sizes = np.hstack([near, far]).astype(int).tolist(), small.astype(int).tolist()
    for (x0, y0, x1, y1), size, matrix, window in zip(corners, sizes, to_window, windows, strict=True):
        part = cv2.cvtColor(image[y0:y1, x0:x1], cv2.COLOR_BGR2GRAY)
        if size != [x1 - x0, y1 - y0]:
            part = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        cv2.warpAffine(part, matrix, window.shape, dst=window, borderMode=cv2.BORDER_REPLICATE)
    return windows.astype(np.float32)
