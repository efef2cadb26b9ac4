"""Long straight lines of a picture: where neighbouring pixels differ, and how much of a line that is."""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image

Mask = npt.NDArray[np.uint8]  # 255 where set, else 0

_MOST_PIXELS: Final = 960 * 540  # larger pictures are searched shrunk to this
_ALONG_PX: Final = 9  # over which a difference is averaged along a line: noise and texture cancel out
_LEAST_LEVELS: Final = 3.0  # of difference
_APART_PX: Final = 7  # of differences beside each other the largest within so many px counts
_OFF_PX: Final = 3  # px across that a line covers
_PICTURE_EDGE: Final = 230  # of 255, that the picture's own edge counts as a line
_INNER: Final = 0.12  # of a box's side from its edge on
_GAIN: Final = 8.0  # of the 8-bit differences


class LineEvidence:
    """The straight lines of one picture, in px of a smaller one. Line k runs between pixels k - 1 and k."""

    def __init__(self, image: Image) -> None:
        height, width = image.shape[:2]
        self.scale = min(1.0, (_MOST_PIXELS / (width * height)) ** 0.5)  # times the picture's px
        size = round(width * self.scale), round(height * self.scale)
        small = (
            image if self.scale == 1.0 else np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        )
        self.width, self.height = size
        down, across = _steps(small, across=True), _steps(small, across=False)
        self._down, self._across = _sums(down), _sums(across)
        either = cv2.bitwise_or(_differs(down), _differs(across))
        self._any = _sums(np.asarray(either[: size[1], : size[0]], np.uint8))

    def contains(self, box: FloatArray, beyond_px: float) -> bool:
        """Whether a box (4,) reaches out of the picture by no more than that."""
        outside = max(-float(box[0]), -float(box[1]), float(box[2]) - self.width, float(box[3]) - self.height)
        return bool(outside <= beyond_px)

    def shown(self, box: FloatArray) -> float:
        """What share of a box (4,) is in the picture, 0-1."""
        low, high = np.maximum(box[:2], 0), np.minimum(box[2:], [self.width, self.height])
        return float(np.clip(high - low, 0, None).prod() / (box[2:] - box[:2]).prod())

    def down(self, x: Any, y0: Any, y1: Any) -> FloatArray:
        """(...) 0-1 of the line at x from y0 to y1 along which pixels left and right of it differ."""
        return _share(self._down, x, y0, x + 1, y1)

    def across(self, y: Any, x0: Any, x1: Any) -> FloatArray:
        """(...) 0-1 of the line at y from x0 to x1 along which pixels above and below it differ."""
        return _share(self._across, x0, y, x1, y + 1)

    def sides(self, boxes: FloatArray, inset: float = 0.05) -> FloatArray:
        """(..., 4) the shares of left, upper, right and lower side of boxes (..., 4), without corners."""
        limits = np.array([self.width, self.height] * 2)
        x0, y0, x1, y1 = np.moveaxis(np.clip(np.rint(boxes), 0, limits).astype(np.int64), -1, 0)
        dx, dy = (inset * (x1 - x0)).astype(np.int64), (inset * (y1 - y0)).astype(np.int64)
        return np.stack(
            [
                self.down(x0, y0 + dy, y1 - dy),
                self.across(y0, x0 + dx, x1 - dx),
                self.down(x1, y0 + dy, y1 - dy),
                self.across(y1, x0 + dx, x1 - dx),
            ],
            axis=-1,
        )

    def inner_lines(self, boxes: FloatArray) -> tuple[FloatArray, FloatArray]:
        """(N, W) and (N, H) of the shares of lines down and across the inside of boxes (N, 4), at even distances."""
        x0, y0, x1, y1 = np.rint(boxes).astype(np.int64).T[..., None]
        wide, tall = int((x1 - x0).min()), int((y1 - y0).min())
        x, y = (np.arange(round(_INNER * side), max(round((1 - _INNER) * side), 1)) for side in (wide, tall))
        return self.down(x0 + x, y0 + 2, y1 - 2), self.across(y0 + y, x0 + 2, x1 - 2)

    def busy(self, boxes: FloatArray) -> FloatArray:
        """(...) 0-1 of boxes (..., 4) in which neighbouring pixels differ."""
        x0, y0, x1, y1 = np.moveaxis(np.rint(boxes).astype(np.int64), -1, 0)
        return _share(self._any, x0, y0, x1, y1)


def _steps(image: Image, across: bool) -> Mask:
    """(H + 1, W + 1) 255 around lines where the image (H, W, 3) changes from left to right, or from top to bottom."""
    # Sums over two px across a line and some along it, on both sides.
    ksize = (2, _ALONG_PX) if across else (_ALONG_PX, 2)
    anchor = (0, _ALONG_PX // 2) if across else (_ALONG_PX // 2, 0)
    sums = cv2.boxFilter(image, cv2.CV_16U, ksize, anchor=anchor, normalize=False, borderType=cv2.BORDER_REPLICATE)
    after, before = (sums[:, 2:], sums[:, :-2]) if across else (sums[2:], sums[:-2])
    levels = cv2.convertScaleAbs(cv2.absdiff(after, before), alpha=_GAIN / (2 * _ALONG_PX))
    strength = cv2.max(
        cv2.max(cv2.extractChannel(levels, 0), cv2.extractChannel(levels, 1)), cv2.extractChannel(levels, 2)
    )
    side = (0, 0, 2, 0) if across else (2, 0, 0, 0)
    strength = cv2.copyMakeBorder(strength, *side, cv2.BORDER_CONSTANT, value=0)
    apart = np.ones((1, _APART_PX) if across else (_APART_PX, 1), np.uint8)
    largest = cv2.dilate(strength, apart)
    sure = cv2.threshold(largest, _GAIN * _LEAST_LEVELS, 255, cv2.THRESH_TOZERO)[1]
    at_peak = cv2.bitwise_and(
        cv2.compare(strength, sure, cv2.CMP_GE), cv2.threshold(sure, 0, 255, cv2.THRESH_BINARY)[1]
    )
    wide = cv2.dilate(at_peak, np.ones((1, _OFF_PX) if across else (_OFF_PX, 1), np.uint8))
    lines = cv2.copyMakeBorder(wide, 0, 1, 0, 1, cv2.BORDER_CONSTANT, value=0)
    if across:
        lines[:, [0, -1]] = _PICTURE_EDGE
    else:
        lines[[0, -1]] = _PICTURE_EDGE
    return np.asarray(lines, np.uint8)


def _differs(lines: Mask) -> Mask:
    inner = lines.copy()
    inner[[0, -1]] = 0
    inner[:, [0, -1]] = 0
    return inner


def _sums(mask: Mask) -> npt.NDArray[np.int32]:
    """(H + 1, W + 1) the sums of a mask (H, W) above and left of each corner."""
    return np.asarray(cv2.integral(mask), np.int32)


def _share(sums: npt.NDArray[np.int32], x0: Any, y0: Any, x1: Any, y1: Any) -> FloatArray:
    """(...) 0-1 set within boxes, of the part inside the picture; 0 where nothing of them is."""
    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    x0, x1 = np.minimum(np.maximum(x0, 0), width), np.minimum(np.maximum(x1, 0), width)
    y0, y1 = np.minimum(np.maximum(y0, 0), height), np.minimum(np.maximum(y1, 0), height)
    total = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    size = (x1 - x0) * (y1 - y0)
    return np.asarray(np.where(size > 0, total / (255.0 * np.maximum(size, 1)), 0.0), np.float32)
