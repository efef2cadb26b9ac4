"""The names and flags of moments that stand close together, at all widths."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.gui.lesson_charts import faces, painted, show_at
from support.gui.pictures import picture_of

from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.pipeline.events import Alert, Marker
from fer_desktop.ui.look.theme import SMALL, app_font
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.trend.lesson.named import flags, in_view, named
from fer_desktop.ui.trend.lesson.picture import NamedMoment

WIDTHS = (360, 500, 700, 1000, 1300)
NEAR_PX = 6.0  # of a name's edge to its line


def marked(chart: LessonChart, width: int, markers: list[Marker], alerts: tuple[float, ...] = (), end_s: int = 372):
    show_at(chart, width, 420)
    for second in range(1, end_s + 1):
        chart._history.append(faces(second))
    chart.follow()
    for marker in markers:
        chart.mark(marker)
    for at_s in alerts:
        chart.alert(Alert(1, at_s, AlertKind.MORE_SMILE, 14.0, 22, 0.0))
    chart.open_markers(True)


def told(chart: LessonChart) -> dict[str, int]:
    """The names that stand in the chart, and of how many moments each is."""
    picture = painted(chart)
    return {in_view(picture)[0][label.first].text: label.count for _, label in named(picture)}


def whole_and_at_its_place(chart: LessonChart, text: str, room: float = 200.0) -> bool:
    """Whether all of a name is read beside its line, as far as it is not wider than the room."""
    picture = painted(chart)
    moments, places = in_view(picture)
    rect, label = next(one for one in named(picture) if moments[one[1].first].text == text)
    x = places[label.first]
    beside = abs(rect.right() - x) if label.on_left else abs(rect.left() - x)
    count = f" +{label.count - 1}" if label.count > 1 else ""
    needed = min(QFontMetricsF(app_font(SMALL)).horizontalAdvance(text + count), room)
    return beside <= NEAR_PX and rect.width() >= needed


def place(chart: LessonChart, text: str) -> float:
    moments, places = in_view(painted(chart))
    return places[[moment.text for moment in moments].index(text)]


LESSON = [Marker(1, 124.0, "quiz one"), Marker(2, 131.0, "board"), Marker(3, 360.0, "More faces than usual smile")]


@pytest.mark.parametrize("width", WIDTHS)
def test_an_alert_its_marker_and_two_markers_before_have_a_name_each(chart: LessonChart, width: int) -> None:
    marked(chart, width, LESSON, alerts=(365.0,))
    names = [*(marker.text for marker in LESSON), "more smiling"]
    assert told(chart) == dict.fromkeys(names, 1)
    room = {360: 70.0, 500: 150.0}.get(width, 200.0)
    assert [text for text in names if not whole_and_at_its_place(chart, text, room)] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_two_markers_near_the_end_are_named_whole_left_of_their_lines(chart: LessonChart, width: int) -> None:
    marked(chart, width, LESSON[:2], end_s=140)
    assert told(chart) == {"quiz one": 1, "board": 1}
    assert whole_and_at_its_place(chart, "quiz one")
    assert whole_and_at_its_place(chart, "board")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("step_s", [2.0, 5.0, 15.0, 40.0])
def test_a_name_counts_only_moments_that_it_lies_over(chart: LessonChart, width: int, step_s: float) -> None:
    times = [100.0 + step_s * number for number in range(6)]
    marked(chart, width, [Marker(1 + n, at_s, f"marker {n}") for n, at_s in enumerate(times)])
    picture = painted(chart)
    _, places = in_view(picture)
    for rect, label in named(picture):
        for index in range(label.first, label.first + label.count):
            assert rect.left() - NEAR_PX <= places[index] <= rect.right() + NEAR_PX, (label, places)
    assert sum(told(chart).values()) == len(times)


@pytest.mark.parametrize("width", WIDTHS)
def test_each_flag_can_be_seen_and_pressed(chart: LessonChart, width: int) -> None:
    marked(chart, width, LESSON, alerts=(361.0,))
    picture = painted(chart)
    moments, places = in_view(picture)
    assert flags(picture) == list(range(4))
    for moment, x in zip(moments, places, strict=True):
        if not moment.alert:
            assert chart.plot.marker_at(QPointF(x, picture.bands.names.bottom() - 3)) == moment.number


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_a_name_tells_all_that_it_stands_for_with_their_times(chart: LessonChart, qtbot: QtBot) -> None:
    markers = [Marker(1 + n, 200.0 + n, f"<b>{n}</b>" if n == 1 else f"name {n}") for n in range(4)]
    marked(chart, 360, markers)
    with qtbot.waitExposed(chart):
        chart.show()
    rect, label = named(painted(chart))[-1]
    assert label.count == 3
    qtbot.mouseMove(chart.plot.viewport(), rect.center().toPoint())
    qtbot.waitUntil(lambda: "rename" in chart.plot.toolTip())
    assert chart.plot.toolTip().startswith("<p>3:21 &lt;b&gt;1&lt;/b&gt;<br>3:22 name 2<br>3:23 name 3<br>")
    qtbot.mouseMove(chart.plot.viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: not chart.plot.toolTip())


def test_a_right_click_on_a_markers_line_opens_it(chart: LessonChart) -> None:
    marked(chart, 700, LESSON)
    picture_of(chart)
    pressed: list[int] = []
    chart.marker_pressed.connect(pressed.append)
    x, y = round(place(chart, "board")), round(painted(chart).bands.up.center().y())
    for away, button in (
        (3, Qt.MouseButton.RightButton),
        (3, Qt.MouseButton.LeftButton),
        (9, Qt.MouseButton.RightButton),
    ):
        QTest.mouseClick(chart.plot.viewport(), button, pos=QPoint(x + away, y))
    assert pressed == [2]


def test_of_an_alert_nothing_opens(chart: LessonChart) -> None:
    marked(chart, 700, [], alerts=(300.0,))
    at = QPointF(place(chart, "more smiling"), painted(chart).bands.up.center().y())
    assert chart.plot.marker_at(at, lines=True) == 0
    assert isinstance(in_view(painted(chart))[0][0], NamedMoment)
