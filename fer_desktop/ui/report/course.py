"""The course of the lesson on paper: smiling upwards, sad, afraid or angry downwards."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF

from fer_desktop.core.report_page import Column, Course
from fer_desktop.ui.look.theme import LIGHT, mixed
from fer_desktop.ui.report.paper import PER_POINT, Paper, pt
from fer_desktop.ui.toolkit.marker_labels import apart, placed

_TYPE: Final = 8.0  # pt
_ROWS, _ROW = 2, 10.0  # of names of markers; pt
_ABOVE, _BELOW = pt(6 + _ROWS * _ROW), pt(20)  # for those names, and for times
_LEFT: Final = pt(40)
_STRIPE, _STRIPE_APART = 0.8, 4.0  # pt; they tell the lower group on grey paper
_STRIPE_SHARE: Final = 0.45  # of white in it; no colour is seen through another, which PDF/A does not allow
_APART: Final = pt(3)  # between markers, which would else become a black field
_MORE: Final = " +999"  # that a name may count
_NAME: Final = 150.0  # pt of the longest name of a marker


class CoursePainter:
    """Paints it into a rectangle of the sheet."""

    def __init__(self, paper: Paper, course: Course, rect: QRectF) -> None:
        self._paper, self._course = paper, course
        self._rect = QRectF(rect.left() + _LEFT, rect.top() + _ABOVE, rect.width() - _LEFT, rect.height())
        self._rect.setBottom(rect.bottom() - _BELOW)
        self._up = self._rect.height() * 2 / 3  # all of them; below half of them
        self._zero = self._rect.top() + self._up

    def paint(self) -> None:
        """Ground, areas, marks."""
        self._ground()
        columns = self._course.columns
        for seen, run in groupby(enumerate(columns), key=lambda place: place[1] is not None):
            if seen:
                self._run([(number, column) for number, column in run if column is not None], len(columns))
        self._paper.rule(self._rect.left(), self._rect.right(), self._zero, LIGHT.neutral_edge, 0.75)
        self._names()
        self._changes()

    def _x(self, part: float) -> float:
        return self._rect.left() + part * self._rect.width()

    def _ground(self) -> None:
        paper, words, font = self._paper, self._course.words, self._paper.font(_TYPE)
        for begin, end in self._course.marks.unseen:
            left, right = self._x(begin), self._x(end)
            paper.box(QRectF(left, self._rect.top(), max(pt(0.5), right - left), self._rect.height()), LIGHT.track)
        middle = paper.metrics(font).capHeight() / 2
        for share, word in ((1.0, words.everybody), (0.5, words.half), (0.0, words.nobody), (-0.5, words.half)):
            y = self._zero - share * self._up
            paper.rule(self._rect.left(), self._rect.right(), y, LIGHT.line)
            short = paper.metrics(font).elidedText(word, Qt.TextElideMode.ElideRight, _LEFT - pt(6))
            paper.label(self._rect.left() - pt(6), y + middle, short, font, LIGHT.muted, 1.0)
        for part, word in self._course.times:
            paper.label(self._x(part), self._rect.bottom() + pt(16), word, font, LIGHT.muted, part)

    def _run(self, those: list[tuple[int, Column]], of: int) -> None:
        """Pale as far as it is usual, full beyond it; a line where usual is."""
        edges = [self._x(number / of) for number, _ in those]
        edges.append(self._x((those[-1][0] + 1) / of))
        zero = [self._zero] * len(those)
        smiling = [self._y(one.smiling) for _, one in those]
        low = [self._y(-one.low) for _, one in those]
        usual_up = [self._y(one.smiling if one.usual_smiling is None else one.usual_smiling) for _, one in those]
        usual_down = [self._y(-(one.low if one.usual_low is None else one.usual_low)) for _, one in those]
        self._fill(edges, smiling, zero, LIGHT.smiling_pale)
        self._fill(edges, low, zero, LIGHT.low_pale)
        self._fill(edges, list(map(min, smiling, usual_up)), usual_up, LIGHT.smiling)
        self._striped(edges, list(map(max, low, usual_down)), usual_down, LIGHT.low)
        self._line(edges, smiling, QPen(LIGHT.smiling_edge, pt(0.75)))
        known = [one.usual_smiling is not None for _, one in those]
        if any(known):
            first = known.index(True)
            dotted = QPen(LIGHT.text, pt(0.75))
            dotted.setDashPattern([2, 2.5])
            for usual in (usual_up, usual_down):
                self._line(edges[first:], usual[first:], dotted)

    def _y(self, share: float) -> float:
        return self._zero - self._up * max(-0.5, min(1.0, share))

    def _fill(self, edges: Sequence[float], heights: Sequence[float], base: Sequence[float], colour: QColor) -> None:
        if list(heights) != list(base):
            self._paper.painter.fillPath(_area(edges, heights, base), colour)

    def _striped(self, edges: Sequence[float], heights: Sequence[float], base: Sequence[float], colour: QColor) -> None:
        if list(heights) == list(base):
            return
        painter, area = self._paper.painter, _area(edges, heights, base)
        painter.fillPath(area, colour)
        painter.save()
        painter.setClipPath(area)
        painter.setPen(QPen(mixed(colour, QColor(Qt.GlobalColor.white), _STRIPE_SHARE), pt(_STRIPE)))
        bounds = area.boundingRect()
        x, slope = bounds.left() - bounds.height(), bounds.height()
        while x < bounds.right():
            painter.drawLine(QLineF(x, bounds.bottom(), x + slope, bounds.top()))
            x += pt(_STRIPE_APART)
        painter.restore()

    def _line(self, edges: Sequence[float], heights: Sequence[float], pen: QPen) -> None:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter, path = self._paper.painter, QPainterPath()
        for place, point in enumerate(_steps(edges, heights)):
            (path.lineTo if place else path.moveTo)(point)
        painter.strokePath(path, pen)

    def _names(self) -> None:
        """A line where each marker is, and its name beside it; what has no room is counted by the name it is near."""
        paper, top = self._paper, self._rect.top()
        markers = sorted(self._course.marks.markers)
        places = [self._x(part) for part, _ in markers]
        pen = QPen(LIGHT.text, pt(0.6))
        pen.setDashPattern([5, 4])
        paper.painter.setPen(pen)
        for index in apart(places, _APART):
            paper.painter.drawLine(QPointF(places[index], top - pt(4)), QPointF(places[index], self._rect.bottom()))
        font = paper.font(_TYPE)
        measures = paper.metrics(font)

        def points(words: str) -> float:
            return measures.horizontalAdvance(words) / PER_POINT

        labels = placed(
            [place / PER_POINT for place in places],
            lambda index: min(points(markers[index][1]) + 1.0, _NAME),
            self._rect.left() / PER_POINT,
            self._rect.right() / PER_POINT,
            _ROWS,
            points(_MORE),
        )
        for label in labels:
            count = f" +{label.count - 1}" if label.count > 1 else ""
            room = pt(label.width - points(count))
            short = measures.elidedText(markers[label.first][1], Qt.TextElideMode.ElideRight, room) + count
            x, part = (pt(label.x + label.width), 1.0) if label.on_left else (pt(label.x), 0.0)
            paper.label(x, top - pt(6 + label.row * _ROW), short, font, LIGHT.text, part)

    def _changes(self) -> None:
        painter, y = self._paper.painter, self._rect.bottom() + pt(1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(LIGHT.text)
        for part in self._course.marks.changes:
            x = self._x(part)
            painter.drawPolygon(
                QPolygonF([QPointF(x, y), QPointF(x - pt(3.5), y + pt(6)), QPointF(x + pt(3.5), y + pt(6))])
            )


def _steps(edges: Sequence[float], heights: Sequence[float]) -> Iterator[QPointF]:
    """From left to right; what goes on at the same height is one stroke."""
    at: float | None = None
    for edge, height in zip(edges, heights, strict=False):
        if height != at:
            if at is not None:
                yield QPointF(edge, at)
            yield QPointF(edge, height)
            at = height
    if at is not None:
        yield QPointF(edges[-1], at)


def _area(edges: Sequence[float], heights: Sequence[float], base: Sequence[float]) -> QPainterPath:
    path = QPainterPath()
    back = list(_steps(edges, base))
    for place, point in enumerate([*_steps(edges, heights), *reversed(back)]):
        (path.lineTo if place else path.moveTo)(point)
    path.closeSubpath()
    return path
