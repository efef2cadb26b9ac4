"""The report's parts on the sheet, in the order in which they are read, each as high as it needs."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from fer_desktop.core.report_page import ReportPage, Row
from fer_desktop.ui.look.theme import LIGHT
from fer_desktop.ui.report.course import CoursePainter
from fer_desktop.ui.report.paper import Lines, Paper, pt

_LEFT, _RIGHT = pt(42), pt(595 - 42)  # of A4's 595 pt
_TOP, _BOTTOM = pt(38), pt(842 - 34)
_WIDTH: Final = _RIGHT - _LEFT
_BODY, _FINE = 9.5, 8.5  # pt of type
_COURSE, _LOW_COURSE = pt(176), pt(140)
_LOW_FROM: Final = 6  # moments from which the course leaves them room
_GAP, _SMALL_GAP = pt(12), pt(4)
_ROW_PAD: Final = pt(2.5)
_BULLET: Final = pt(10)
_BULLET_SIGN: Final = "•"
_RULE: Final = pt(21)  # of her lines
_RULES, _MOST_RULES = 3, 12
_BETWEEN: Final = " · "  # a lesson's name and its class
_CLASS: Final = 0.3  # of the sheet's width at most
_NOTE_LINES: Final = 5  # of what she wrote
_LEAST_ROWS: Final = 3  # moments that are on the page at least
_MOST_LINES: Final = 3  # of the sentence, and of a moment


@dataclass(frozen=True, slots=True)
class _Moment:
    time: Lines
    name: Lines | None
    words: Lines | None

    @property
    def height(self) -> float:
        parts = [lines.height for lines in (self.name, self.words) if lines is not None]
        return max(self.time.height, sum(parts)) + 2 * _ROW_PAD


class Sheet:
    """One page; `fits` tells whether all that must stand on it has room."""

    def __init__(self, paper: Paper, page: ReportPage) -> None:
        self._paper, self._page = paper, page
        self._body, self._fine = paper.font(_BODY), paper.font(_FINE)
        self._heading = paper.font(11.5, heavy=True)
        self._measure()

    def _measure(self) -> None:
        paper, page = self._paper, self._page
        of_class = f"{_BETWEEN}{page.class_name}" if page.class_name else ""
        self._class = paper.lines(of_class, paper.font(18), _CLASS * _WIDTH, 1)
        # A long name gives way: which class it was stands there all the same.
        self._title = paper.lines(page.title, paper.font(18, heavy=True), _WIDTH - self._width_of(self._class), 1)
        self._when = paper.lines(page.when, self._body, 0.78 * _WIDTH, 1)
        self._first = paper.lines(page.sentence[0], paper.font(15, heavy=True), _WIDTH, _MOST_LINES)
        second = page.sentence[1]
        self._second = paper.lines(second, paper.font(11), _WIDTH, _MOST_LINES) if second else None
        self._caption = paper.lines(page.course.caption, self._fine, _WIDTH)
        self._basis = [paper.lines(sentence, self._body, _WIDTH - _BULLET) for sentence in page.basis]
        self._notes = paper.lines("\n".join(page.notes), self._body, _WIDTH, _NOTE_LINES) if page.notes else None
        self._none = None if page.moments else paper.lines(page.no_moment, self._body, _WIDTH)
        self._course = _COURSE if len(page.moments) < _LOW_FROM else _LOW_COURSE
        times = (paper.metrics(self._body).horizontalAdvance(row.time) for row in page.moments)
        self._words_from = _LEFT + max(times, default=0.0) + pt(14)
        self._moments = [self._moment(row) for row in page.moments]
        self._shown, self._room = self._chosen()

    def _width_of(self, lines: Lines) -> float:
        return max((self._paper.metrics(lines.font).horizontalAdvance(line) for line in lines.text), default=0.0)

    def _moment(self, row: Row) -> _Moment:
        paper = self._paper
        time = paper.lines(row.time, self._body, _WIDTH, 1)
        width = _RIGHT - self._words_from
        name = paper.lines(row.name, self._body, width, 1) if row.name else None
        words = paper.lines(row.words, self._body, width, _MOST_LINES) if row.words else None
        return _Moment(time, name, words)

    @property
    def _step(self) -> float:
        return self._paper.metrics(self._body).height() * 1.12

    @property
    def _heading_height(self) -> float:
        return self._paper.metrics(self._heading).height() + _SMALL_GAP

    def _fixed(self) -> float:
        """What stands there whatever the moments are, her lines included."""
        parts = [
            self._title.height + self._when.height + 2 * _GAP,
            self._first.height + (self._second.height if self._second else 0.0) + _GAP,
            self._facts_height + _SMALL_GAP,
            self._course + self._caption.height + _SMALL_GAP,
            _GAP + self._heading_height + (self._none.height if self._none else 0.0),
            _GAP + self._heading_height + sum(lines.height + pt(1) for lines in self._basis),
            _GAP + self._heading_height + (self._notes.height if self._notes else 0.0) + _RULES * _RULE,
            _GAP + 2 * self._step,
        ]
        return sum(parts)

    def _chosen(self) -> tuple[list[_Moment], float]:
        """The moments that have room, and how much is left then; changes come before what was only named."""
        room = _BOTTOM - _TOP - self._fixed()
        if sum(moment.height for moment in self._moments) <= room:
            return self._moments, room - sum(moment.height for moment in self._moments)
        room -= self._step + 2 * _ROW_PAD  # for how many are left out
        chosen: list[_Moment] = []
        for moment in sorted(self._moments, key=lambda one: one.words is None):
            if moment.height > room:
                break
            chosen.append(moment)
            room -= moment.height
        return [moment for moment in self._moments if any(one is moment for one in chosen)], room

    @property
    def fits(self) -> bool:
        """Whether everything but moments beyond the first has room."""
        return self._room >= 0 and len(self._shown) >= min(_LEAST_ROWS, len(self._moments))

    def paint(self, painter: QPainter) -> None:
        """Paints it, once."""
        self._paper.begin(painter)
        y = self._head(_TOP)
        y = self._glance(y)
        y = self._paint_course(y)
        y = self._paint_moments(y)
        y = self._paint_basis(y)
        self._paint_notes(y)
        self._foot()

    def _head(self, y: float) -> float:
        paper, page = self._paper, self._page
        paper.write(_LEFT, y, self._title, LIGHT.text)
        paper.write(_LEFT + self._width_of(self._title), y, self._class, LIGHT.muted)
        y += self._title.height
        paper.write(_LEFT, y, self._when, LIGHT.muted)
        paper.label(_RIGHT, y + self._when.ascent, page.program, self._fine, LIGHT.muted, 1.0)
        y += self._when.height + _SMALL_GAP
        paper.rule(_LEFT, _RIGHT, y, LIGHT.line)
        return y + 2 * _GAP - _SMALL_GAP

    def _glance(self, y: float) -> float:
        paper = self._paper
        paper.write(_LEFT, y, self._first, LIGHT.text)
        y += self._first.height
        if self._second is not None:
            paper.write(_LEFT, y, self._second, LIGHT.text)
            y += self._second.height
        y += _GAP
        figures, small = self._fact_fonts
        step, x = _WIDTH / max(3, len(self._page.facts)), _LEFT
        for figure, name in self._page.facts:
            top = paper.lines(figure, figures, step - pt(8), 1)
            paper.write(x, y, top, LIGHT.text)
            paper.write(x, y + top.height, paper.lines(name, small, step - pt(8), 1), LIGHT.muted)
            x += step
        return y + self._facts_height + _SMALL_GAP

    @property
    def _fact_fonts(self) -> tuple[QFont, QFont]:
        return self._paper.font(14, heavy=True), self._fine

    @property
    def _facts_height(self) -> float:
        return sum(self._paper.metrics(font).height() * 1.12 for font in self._fact_fonts)

    def _paint_course(self, y: float) -> float:
        CoursePainter(self._paper, self._page.course, QRectF(_LEFT, y, _WIDTH, self._course)).paint()
        y += self._course
        self._paper.write(_LEFT, y, self._caption, LIGHT.muted)
        return y + self._caption.height + _SMALL_GAP

    def _paint_heading(self, y: float, words: str) -> float:
        y += _GAP
        self._paper.label(_LEFT, y + self._paper.metrics(self._heading).ascent(), words, self._heading, LIGHT.text)
        return y + self._heading_height

    def _paint_moments(self, y: float) -> float:
        y = self._paint_heading(y, self._page.headings.moments)
        if self._none is not None:
            self._paper.write(_LEFT, y, self._none, LIGHT.text)
            return y + self._none.height
        for moment in self._shown:
            y = self._paint_moment(moment, y)
        if len(self._shown) < len(self._moments):
            words = self._page.left_out.replace("{count}", str(len(self._moments) - len(self._shown)))
            self._paper.write(_LEFT, y + _ROW_PAD, self._paper.lines(words, self._body, _WIDTH, 1), LIGHT.muted)
            y += self._step + 2 * _ROW_PAD
        return y

    def _paint_moment(self, moment: _Moment, y: float) -> float:
        paper, at = self._paper, y + _ROW_PAD
        paper.write(_LEFT, at, moment.time, LIGHT.text)
        for lines, colour in ((moment.name, LIGHT.text), (moment.words, LIGHT.muted)):
            if lines is not None:
                paper.write(self._words_from, at, lines, colour)
                at += lines.height
        paper.rule(_LEFT, _RIGHT, y + moment.height, LIGHT.line)
        return y + moment.height

    def _paint_basis(self, y: float) -> float:
        y = self._paint_heading(y, self._page.headings.basis)
        for lines in self._basis:
            self._paper.label(_LEFT + pt(1), y + lines.ascent, _BULLET_SIGN, self._body, LIGHT.muted)
            self._paper.write(_LEFT + _BULLET, y, lines, LIGHT.text)
            y += lines.height + pt(1)
        return y

    def _paint_notes(self, y: float) -> None:
        y = self._paint_heading(y, self._page.headings.notes)
        if self._notes is not None:
            self._paper.write(_LEFT, y, self._notes, LIGHT.text)
            y += self._notes.height
        count = min(_MOST_RULES, _RULES + max(0, int(self._room / _RULE)))
        for number in range(count):
            self._paper.rule(_LEFT, _RIGHT, y + (number + 1) * _RULE - pt(2), LIGHT.neutral_edge)

    def _foot(self) -> None:
        paper, page = self._paper, self._page
        warning = paper.lines(page.warning, paper.font(_FINE, heavy=True), _WIDTH, 1)
        made = paper.lines(page.made, self._fine, _WIDTH, 1)
        paper.write(_LEFT, _BOTTOM - made.height - warning.height, warning, LIGHT.text)
        paper.write(_LEFT, _BOTTOM - made.height, made, LIGHT.muted)
