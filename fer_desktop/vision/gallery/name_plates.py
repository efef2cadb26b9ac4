"""The line of text on a tile's name plate, as pixels that compare across sizes; no name is read.

Calls write names in white at the lower left, in any size, with a microphone icon before or after them that comes and
goes. So the line is scaled to a fixed length, both as a whole and without the icon at its end.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.seats.tile_evidence import CUTS, LINE_PX
from fer_desktop.core.types import FloatArray, Image

_STROKES: Final = 0.35  # of the strip's height: strokes of letters are thinner
_WRITTEN_LEVEL: Final = 60  # grey levels above the surroundings
_FAINTEST: Final = 20
_LEAST_WRITTEN_PX: Final = 40
_WHITEST: Final = 0.9  # quantile of the written pixels that gives the letters' white
_MARK_LEVEL: Final = 100  # grey levels, from which on a pixel is compared with the next frame
_FLICKER: Final = 0.02  # of such pixels may change: video shows through a plate
# Of the letters' white: what joins a line, and what counts as its ink.
_FAINT: Final = 0.3
_CLEAR: Final = 0.5
_ROW_SHARE: Final = 0.2  # of the strokes in the row that has most
# In heights of small letters:
_ABOVE: Final = 0.35  # ascenders and descenders
_BREAK: Final = 0.8  # a gap this wide ends the line
_SHORTEST: Final = 2.0
_ICON: Final = (0.3, 1.4)  # width of an icon, or of a plate's edge
_ICON_GAP: Final = 0.5  # between it and the letters; between words it is less
_TALLEST: Final = 1.2  # of a scaled line's height: what is taller is not a name
_BLUR_PX: Final = 0.8
_COMMON_PX: Final = (4.0, 2.0)  # blur; coarser structure is common to all lines


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a strip that contain its small letters."""

    top: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """The line read from the strip at one place."""

    marks: Image  # (h, W) where the letters' rows are white: 0 or 1
    cuts: FloatArray  # (CUTS, P)


class NameLines:
    """The lines of one gallery's frames. Not thread-safe."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, ...], _Line] = {}

    def lines(self, places: Sequence[tuple[int, ...]], strips: Sequence[Image]) -> FloatArray:
        """(N, CUTS, P) the line of text in each strip (H, W, 3), each cut of norm 1; zeros where there is none.

        The first cut is the letters alone, the second the whole line where an icon precedes or follows them. A strip at
        the same place whose letters have not changed is not processed again.
        """
        lines = np.zeros((len(strips), CUTS, LINE_PX[0] * LINE_PX[1]), np.float32)
        alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for index, strip in enumerate(strips):
            alike[strip.shape].append(index)
        before, self._read = self._read, {}
        for indices in alike.values():
            strokes = _strokes([strips[index] for index in indices])
            # Tiles of one size have their letters in the same rows, which all of them together locate best.
            rows = _letter_rows(strokes)
            if rows is None:
                continue
            for index, picture in zip(indices, strokes, strict=True):
                read = _again(before.get(places[index]), picture, rows)
                self._read[places[index]] = read
                lines[index] = read.cuts
        return lines


def _strokes(strips: Sequence[Image]) -> list[Image]:
    # Letters are white in every call; lines in rooms and on shirts seldom are.
    height = strips[0].shape[0]
    blue, green, red = cv2.split(np.concatenate(strips))
    white = cv2.min(cv2.min(blue, green), red)
    side = max(5, round(height * _STROKES)) | 1
    kernel = np.ones((side, side), np.uint8)
    return [
        np.asarray(cv2.morphologyEx(white[top : top + height], cv2.MORPH_TOPHAT, kernel), np.uint8)
        for top in range(0, len(white), height)
    ]


def _letter_rows(strokes: Sequence[Image]) -> _Rows | None:
    """The rows along which most strokes begin and end, unlike along a plate's edge."""
    left = np.hstack([picture[:, : 4 * picture.shape[0]] for picture in strokes])
    written = cv2.threshold(left, _WRITTEN_LEVEL - 1, 0, cv2.THRESH_TOZERO)[1]
    changes = cv2.reduce(cv2.absdiff(written[:, 1:], written[:, :-1]), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel()
    middle = int(changes.argmax())
    if changes[middle] <= 0:
        return None
    few = np.flatnonzero(changes < _ROW_SHARE * changes[middle])
    above, below = few[few < middle], few[few > middle]
    return _Rows(int(above[-1]) + 1 if len(above) else 0, int(below[0]) if len(below) else len(changes))


def _again(before: _Line | None, strokes: Image, rows: _Rows) -> _Line:
    """The line in a strip; the previous one where its letters have not changed."""
    marks = cv2.threshold(strokes[rows.top : rows.bottom], _MARK_LEVEL, 1, cv2.THRESH_BINARY)[1]
    if before is not None and before.marks.shape == marks.shape:
        changed = cv2.countNonZero(cv2.absdiff(marks, before.marks))
        if changed <= _FLICKER * cv2.countNonZero(before.marks):
            return before
    cuts = np.zeros((CUTS, LINE_PX[0] * LINE_PX[1]), np.float32)
    for cut, picture in enumerate(_cuts(strokes, rows)):
        cuts[cut] = picture
    return _Line(np.asarray(marks, np.uint8), cuts)


def _cuts(strokes: Image, rows: _Rows) -> list[FloatArray]:
    """The line's cuts, scaled."""
    around = round(_ABOVE * rows.height)
    top = max(0, rows.top - around)
    line = strokes[top : rows.bottom + around]
    written = line[line >= 2 * _FAINTEST]
    if len(written) <= _LEAST_WRITTEN_PX:
        return []
    place = round(_WHITEST * (len(written) - 1))
    peak = float(np.partition(written, place)[place])
    letters = line[: rows.bottom - top].max(axis=0)
    faint, clear = (_runs(letters >= max(_WRITTEN_LEVEL, share * peak)) for share in (_FAINT, _CLEAR))
    pieces = _first_line(faint, clear, rows.height)
    if not len(pieces):
        return []
    cuts = []
    for start, end in _spans(pieces, rows.height):
        ink = np.clip(line[:, start:end].astype(np.float32) - _FAINTEST, 0, peak) / peak
        cuts.append(_scaled(np.asarray(ink, np.float32), rows.height))
    return [picture for picture in cuts if picture is not None]


def _runs(inked: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """(R, 2) start and end of each run."""
    steps = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(np.int8)))
    return np.asarray(steps.reshape(-1, 2), np.int64)


def _first_line(faint: npt.NDArray[np.int64], clear: npt.NDArray[np.int64], letter_px: int) -> npt.NDArray[np.int64]:
    """The clear pieces of the first line that is long enough for a name; a line ends where there is no ink at all."""
    breaks = np.flatnonzero(faint[1:, 0] - faint[:-1, 1] > _BREAK * letter_px) + 1
    for line in np.split(faint, breaks) if len(faint) else ():
        pieces = clear[(clear[:, 0] >= line[0, 0]) & (clear[:, 1] <= line[-1, 1])]
        if len(pieces) and pieces[-1, 1] - pieces[0, 0] >= _SHORTEST * letter_px:
            return np.asarray(pieces, np.int64)
    return clear[:0]


def _spans(pieces: npt.NDArray[np.int64], letter_px: int) -> list[tuple[int, int]]:
    """Start and end of the letters alone, and of the whole line where that is longer."""
    start, end = int(pieces[0, 0]), int(pieces[-1, 1])
    gaps = pieces[1:, 0] - pieces[:-1, 1]
    apart = gaps >= _ICON_GAP * letter_px
    least, most = _ICON[0] * letter_px, _ICON[1] * letter_px
    before, after = pieces[:-1, 1] - start, end - pieces[1:, 0]
    first = np.flatnonzero(apart & (before >= least) & (before <= most))
    last = np.flatnonzero(apart & (after >= least) & (after <= most))
    letters = int(pieces[first[-1] + 1, 0]) if len(first) else start, int(pieces[last[0], 1]) if len(last) else end
    if letters == (start, end) or letters[1] - letters[0] < _SHORTEST * letter_px:
        return [(start, end)]
    return [letters, (start, end)]


def _scaled(ink: FloatArray, letter_px: int) -> FloatArray | None:
    """A line scaled to `LINE_PX`, without the structure common to all lines; None where it is too tall."""
    width, height = LINE_PX
    scale, weight = width / ink.shape[1], float(ink.sum())
    if not weight or scale * letter_px > _TALLEST * height:
        return None
    middle = float(ink.sum(axis=1) @ np.arange(len(ink))) / weight + 0.5
    shrunk = ink if scale >= 1 else cv2.GaussianBlur(ink, (0, 0), 0.5 / scale)
    matrix = np.array([[scale, 0, scale / 2 - 0.5], [0, scale, height / 2 - middle * scale + scale / 2 - 0.5]])
    picture = cv2.GaussianBlur(cv2.warpAffine(shrunk, matrix, LINE_PX), (0, 0), _BLUR_PX)
    picture = picture - cv2.GaussianBlur(picture, (0, 0), sigmaX=_COMMON_PX[0], sigmaY=_COMMON_PX[1])
    picture -= picture.mean()
    return np.asarray(picture.ravel() / max(float(np.linalg.norm(picture)), 1e-6), np.float32)
