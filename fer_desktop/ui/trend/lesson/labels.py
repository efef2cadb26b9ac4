"""The words beside the lesson so far, and where they stand: no two over each other, none over a line of the grid."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from fer_desktop.core.glance.shown import LEAST_READ
from fer_desktop.ui.look.theme import SMALL, SPACE, app_font, px
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.look.words import listed
from fer_desktop.ui.trend.items import clock_step
from fer_desktop.ui.trend.lesson.columns import Scale
from fer_desktop.ui.trend.lesson.data import Column, Moment
from fer_desktop.ui.trend.lesson.lanes import Bands, Lane, row_px
from fer_desktop.ui.trend.lesson.words import LessonWords

_MARK_PX: Final = 14.0
_OVER_PX: Final = 6.0  # that words may stand above or below the figures beside them
_WIDEST_PX: Final = 240.0  # of the words right of the figures
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class Mark(Enum):
    """The second cue beside a word's place."""

    UP = auto()
    DOWN = auto()
    USUAL = auto()  # a piece of the line


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text in px."""

    rect: QRectF
    text: str
    align: Qt.AlignmentFlag = _LEFT
    strong: bool = False
    mark: Mark | None = None


class LessonLabels(QObject):
    """Makes the words of a chart."""

    def __init__(self, words: LessonWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def left_px(self, lanes: Sequence[Lane]) -> float:
        """The room that the words left of the figures need."""
        texts = [self.tr("all"), self.tr("half"), self.tr("none"), *map(self._words.lane, lanes)]
        return _widest(texts) + 2 * SPACE  # the ring of the keyboard cuts no letter

    def right_px(self, lanes: bool, groups: bool) -> float:
        """The room right of the figures: for words of groups, for values of lanes alone, or for neither."""
        if groups:
            names = [self._words.group(column) for column in (Column.SMILING, Column.LOW)]
            widest = _widest(names, QFont.Weight.DemiBold)
            usual = _widest([self.tr("usually about {count}").format(count=888)])
            return min(max(widest, usual) + _MARK_PX + 2 * SPACE, px(_WIDEST_PX))
        return _widest([self.tr("{count} of {all}").format(count=88, all=88)]) + 2 * SPACE if lanes else 2.0 * SPACE

    def scale(self, bands: Bands) -> list[Word]:
        """What the heights mean, left of them."""
        heights = [(bands.y_up(1.0), self.tr("all")), (bands.y_up(0.5), self.tr("half")), (bands.y_up(0.0), "")]
        heights[-1] = (bands.y_up(0.0), self.tr("none"))
        if bands.down is not None:
            if bands.down.top() > bands.up.bottom() + 1:
                heights.append((bands.y_down(0.0), self.tr("none")))
            heights.append((bands.y_down(0.5), self.tr("half")))
        right = bands.up.left() - SPACE
        found, last = list[Word](), -1e9
        for y, text in heights:
            if y - last >= row_px() - 3:
                found.append(Word(QRectF(0, y - row_px() / 2, right, row_px()), text, _RIGHT))
                last = y
        return found

    def lanes(self, bands: Bands, moment: Moment | None, values: bool) -> list[Word]:
        """The name of each lane, and its value now."""
        found = []
        for lane, rect in bands.lanes:
            y = rect.center().y() - row_px() / 2 + 1
            found.append(Word(QRectF(0, y, rect.left() - SPACE, row_px()), self._words.lane(lane), _RIGHT))
            if values and moment is not None:
                where = QRectF(rect.right() + SPACE, y, px(_WIDEST_PX), row_px())
                found.append(Word(where, self._words.lane_value(moment, lane)))
        return found

    def titles(self, bands: Bands, moment: Moment | None) -> list[Word]:
        """The two groups above and below the figures, each in a line."""
        pairs = ((bands.up_title, Column.SMILING, Mark.UP), (bands.down_title, Column.LOW, Mark.DOWN))
        found = []
        for band, column, mark in pairs:
            if band is not None:
                rect = QRectF(SPACE, band.top(), band.right() - SPACE, row_px())
                found.append(Word(rect, self._title(moment, column, rect.width() - _MARK_PX), _LEFT, True, mark))
        return found

    def _title(self, moment: Moment | None, column: Column, room: float) -> str:
        """With what is usual where there is room."""
        if moment is None or moment.why is not None or (column is Column.LOW and not moment.tells_low):
            return self._words.group(column)
        faces = self._words.faces(moment, column)
        text = self.tr("{group}: {faces}").format(group=self._words.group(column), faces=faces)
        whole = listed((text, self._words.usually(moment, column)))
        return whole if _widest([whole], QFont.Weight.DemiBold) <= room else text

    def times(self, scale: Scale, top: float, width: float) -> list[Word]:
        """The time below the figures in steps of a clock, as far as it has room in the plot's width."""
        step_s = clock_step(scale.end_s - scale.start_s, scale.right - scale.left)
        found, half = list[Word](), _widest([moment_words(scale.end_s)]) / 2 + 1
        for number in range(math.ceil(scale.start_s / step_s), math.floor(scale.end_s / step_s) + 1):
            x = scale.x(number * step_s)
            if x - half >= 0 and x + half <= width:
                rect = QRectF(x - half, top, 2 * half, row_px())
                found.append(Word(rect, moment_words(round(number * step_s)), Qt.AlignmentFlag.AlignHCenter))
        return found

    def beside(self, bands: Bands, moment: Moment | None, learning: bool) -> list[Word]:
        """The two groups right of the figures, with how many now, and what is usual at the height of its line."""
        found = self._beside(bands.up, Column.SMILING, moment, bands.y_up, learning)
        if bands.down is not None:
            found += self._beside(bands.down, Column.LOW, moment, bands.y_down, learning=False)
        return _without_overlaps(found)

    def _beside(self, band: QRectF, column: Column, moment: Moment | None, y_of: object, learning: bool) -> list[Word]:
        known = moment is not None and moment.why is None and (column is Column.SMILING or moment.tells_low)
        block = [(self._words.group(column), True)]
        if known and moment is not None:
            block.append((self._words.faces(moment, column), False))
        if not known and column is Column.LOW and moment is not None and moment.of(Column.FACES) < LEAST_READ - 0.5:
            block.append((self.tr("told of {count} faces or more").format(count=LEAST_READ), False))
        if learning:
            block += [(self.tr("learning"), False), (self.tr("what is usual"), False)]
        usual = self._words.usually(moment, column) if known and moment is not None else ""
        column_usual = Column.USUAL_SMILING if column is Column.SMILING else Column.USUAL_LOW
        down = column is Column.LOW
        line_y = band.center().y()
        if usual and moment is not None and callable(y_of):
            share = moment.of(column_usual)
            line_y = float(y_of(min(share, 0.5 if down else 1.0)))
        return _stacked(band, block, usual, line_y, Mark.DOWN if down else Mark.UP)


def _stacked(band: QRectF, block: Sequence[tuple[str, bool]], usual: str, line_y: float, mark: Mark) -> list[Word]:
    """A block of lines, and one at the height of a line; where they would meet, the block gives way."""
    room = int((band.height() + _OVER_PX) // row_px()) - bool(usual)
    block = block[: max(1, room)]
    x, height = band.right() + SPACE, row_px() * len(block)
    usual_top = min(max(line_y - row_px() / 2, band.top() - 2), band.bottom() - row_px() + 2)
    if mark is Mark.DOWN:
        usual_top = min(usual_top, band.bottom() + _OVER_PX - height - row_px())
    if mark is Mark.UP:
        top = max(band.top() - 2, min(band.center().y() - height / 2, usual_top - height if usual else 1e9))
        if usual and top + height > usual_top:
            usual_top = top + height
    else:
        top = band.center().y() - height / 2
        if usual:
            top = max(top, usual_top + row_px())
    words = [
        Word(QRectF(x, top + row * row_px(), px(_WIDEST_PX), row_px()), text, _LEFT, strong, mark if row == 0 else None)
        if row == 0
        else Word(QRectF(x + _MARK_PX, top + row * row_px(), px(_WIDEST_PX), row_px()), text, _LEFT, strong)
        for row, (text, strong) in enumerate(block)
    ]
    if usual:
        words.append(Word(QRectF(x, usual_top, px(_WIDEST_PX), row_px()), usual, _LEFT, False, Mark.USUAL))
    return words


def _without_overlaps(words: Sequence[Word]) -> list[Word]:
    """Where there is little room the names of the groups stay, then what is usual."""
    kept = list[Word]()
    for word in sorted(words, key=lambda word: (not word.strong, word.mark is None)):
        inner = word.rect.adjusted(0, 3, 0, -3)
        if not any(inner.intersects(other.rect.adjusted(0, 3, 0, -3)) for other in kept):
            kept.append(word)
    return kept


def _widest(texts: Iterable[str], weight: QFont.Weight = QFont.Weight.Normal) -> float:
    metrics = QFontMetricsF(app_font(SMALL, weight))
    return max(metrics.horizontalAdvance(text) for text in texts)
