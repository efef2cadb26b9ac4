import dataclasses
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.gui.lesson_charts import faces, fill, inside, painted, share_of, show_at, usual
from support.gui.pictures import Snapshot, picture_of, rgb
from support.scripted_lessons import scripted_lesson

from fer_desktop.core.glance.types import Basis, Glance, GroupCounts
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Marker, MarkerColour
from fer_desktop.ui.look.theme import SMALL, app_font, apply_theme, current_theme
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.trend.lesson.labels import Word
from fer_desktop.ui.trend.lesson.lanes import Lane
from fer_desktop.ui.trend.lesson.picture import NamedMoment

WIDTHS = [(320, 420), (500, 320), (700, 300), (1300, 320)]


# What it looks like


def test_a_lesson_of_48_minutes(chart: LessonChart, snapshot: Snapshot) -> None:
    fill(chart, scripted_lesson(2880))
    chart.set_view("lesson")
    snapshot(chart, "lesson_48_minutes")


@pytest.mark.usefixtures("dark")
def test_the_last_ten_minutes_with_all_lanes_in_dark(chart: LessonChart, snapshot: Snapshot) -> None:
    fill(chart, scripted_lesson(1800))
    chart.menu.choose(tuple(Lane), calm=False)
    chart.plot.point_at(1500.0)
    snapshot(chart, "lesson_lanes_dark")


def test_two_small_charts(chart: LessonChart, snapshot: Snapshot) -> None:
    show_at(chart, 320, 420)
    fill(chart, scripted_lesson(2880))
    chart.set_view("lesson")
    snapshot(chart, "lesson_small")


# Time


def test_the_width_is_filled_from_the_first_seconds_on_and_slides_after_ten_minutes(chart: LessonChart) -> None:
    lesson = scripted_lesson(1200, scale_s=4000)
    for event in lesson.summaries[:5]:
        chart.append(event)
    assert chart.plot.span == pytest.approx((1.0, 5.0))
    part = inside(chart, painted(chart).bands.up)
    pale = (part == rgb(current_theme().smiling_pale)).all(axis=2).any(axis=0)
    assert pale[2:-2].all()
    fill(chart, dataclasses.replace(lesson, summaries=lesson.summaries[5:]))
    assert chart.plot.span == pytest.approx((600.0, 1200.0))
    chart.set_view("lesson")
    assert chart.plot.span == pytest.approx((1.0, 1200.0))


def test_looking_back_stays_there_until_asked_to_come_back(chart: LessonChart, qtbot: QtBot) -> None:
    fill(chart, scripted_lesson(1200))
    chart.plot.set_span(100.0, 700.0)
    chart.plot.plot.vb.sigRangeChangedManually.emit([True, False])
    assert not chart.following
    chart.append(faces(1201))
    assert chart.plot.span == pytest.approx((100.0, 700.0))
    qtbot.mouseClick(chart.footer.back, Qt.MouseButton.LeftButton)
    assert chart.following
    assert chart.plot.span[1] == 1201.0


def test_before_anything_was_read_it_says_when_something_comes(chart: LessonChart) -> None:
    assert not chart._empty.isHidden()
    assert chart.plot.isHidden()
    assert "nothing was read" in chart.plot.accessibleDescription()
    chart.append(faces(1))
    assert chart._empty.isHidden()
    assert not chart.plot.isHidden()


# Colours


def test_what_is_usual_is_pale_and_what_exceeds_it_is_full(chart: LessonChart) -> None:
    for second in range(1, 61):
        chart.append(faces(second))
        chart.show_glance(usual(second))
    theme = current_theme()
    up = painted(chart).bands.up
    assert share_of(theme.smiling, inside(chart, up)) == 0
    assert share_of(theme.smiling_pale, inside(chart, up)) == pytest.approx(4 / 20, abs=0.03)
    for second in range(61, 121):
        chart.append(faces(second, smiling=14))
        chart.show_glance(usual(second, smiling=14))
    now = inside(chart, QRectF(up.right() - 40, up.top(), 36, up.height()))
    assert share_of(theme.smiling, now) == pytest.approx(10 / 20, abs=0.05)


def test_before_usual_is_known_nothing_exceeds_it_and_learning_is_said(chart: LessonChart) -> None:
    for second in range(1, 61):
        chart.append(faces(second, smiling=15))
        chart.show_glance(usual(second, smiling=15, basis=Basis.LEARNING))
    assert share_of(current_theme().smiling, inside(chart, painted(chart).bands.up)) == 0
    assert "Learning what is usual." in chart.footer.text
    assert any("learning" in word.text for word in painted(chart).words)


def low_part(chart: LessonChart) -> np.ndarray:
    down = painted(chart).bands.down
    assert down is not None
    return inside(chart, down)


def fill_with(chart: LessonChart, low: int, usual_low: int, of: int = 20) -> None:
    """A minute with so many faces that look low, and what is usual."""
    for second in range(1, 61):
        chart.append(faces(second, smiling=0, low=low, of=of))
        now, then = (GroupCounts(neutral=of - count, low=count) for count in (low, usual_low))
        chart.show_glance(Glance(float(second), State.LIVE, Basis.USUAL, now, usual=then))


@pytest.mark.parametrize("low", [0, 1, 2])
def test_the_low_group_is_not_told_below_three_faces(chart: LessonChart, low: int) -> None:
    fill_with(chart, low, usual_low=1)
    part = low_part(chart)
    assert share_of(current_theme().low, part) + share_of(current_theme().low_pale, part) == 0
    assert "0–2 of 20 sad, afraid or angry, usually 0–2" in chart.plot.accessibleDescription()


def test_the_same_picture_comes_of_none_one_or_two(chart: LessonChart) -> None:
    seen = []
    for low in (0, 2):
        chart.clear()
        fill_with(chart, low, usual_low=low)
        seen.append(low_part(chart))
    assert (seen[0] == seen[1]).all()


def test_from_three_faces_on_it_is_told_pale_as_far_as_it_is_usual(chart: LessonChart) -> None:
    fill_with(chart, low=6, usual_low=6)
    theme = current_theme()
    assert share_of(theme.low_pale, low_part(chart)) > 0.15
    assert "about 6 of 20 sad, afraid or angry, usually about 6" in chart.plot.accessibleDescription()
    chart.clear()
    fill_with(chart, low=8, usual_low=4)
    assert share_of(theme.low, low_part(chart)) == pytest.approx(2 * 4 / 20, abs=0.06)


def test_it_is_never_told_without_what_is_usual(chart: LessonChart) -> None:
    for second in range(1, 61):
        chart.append(faces(second, low=8))
        chart.show_glance(usual(second, low=8, basis=Basis.LEARNING))
    part, theme = low_part(chart), current_theme()
    assert share_of(theme.low, part) + share_of(theme.low_pale, part) + share_of(theme.track, part) == 0
    assert "angry" not in chart.plot.accessibleDescription()


def test_it_is_not_told_of_a_class_below_ten(chart: LessonChart) -> None:
    fill_with(chart, low=5, usual_low=3, of=8)
    assert share_of(current_theme().low, low_part(chart)) == 0
    assert "angry" not in chart.plot.accessibleDescription()
    assert any("10 faces or more" in word.text for word in painted(chart).words)


def test_a_gap_has_no_figures_in_it_and_its_reason(chart: LessonChart) -> None:
    for second in range(1, 101):
        state = State.PAUSED if 40 <= second < 60 else State.LIVE
        chart.append(dataclasses.replace(faces(second, smiling=12, low=8), state=state))
    picture, theme = painted(chart), current_theme()
    assert [blank.word for blank in picture.blanks] == ["paused"]
    left, right = picture.scale.x(40.5), picture.scale.x(58.5)
    part = inside(chart, QRectF(left, picture.bands.up.top(), right - left, picture.bands.figures.height()))
    for colour in (theme.smiling_pale, theme.smiling, theme.low_pale, theme.low, theme.smiling_edge):
        assert share_of(colour, part) == 0


def test_another_theme_reaches_the_chart(chart: LessonChart, qapp: QApplication) -> None:
    fill(chart, scripted_lesson(300))
    picture_of(chart)
    theme = apply_theme(qapp, "dark")
    part = inside(chart, painted(chart).bands.up)
    assert share_of(theme.card, part) > 0.3
    assert share_of(theme.smiling_pale, part) > 0.05


# Words


def texts(chart: LessonChart) -> list[tuple[Word, QRectF]]:
    """The words beside the figures, and where their letters are."""
    found = []
    for word in painted(chart).words:
        metrics = QFontMetricsF(app_font(SMALL, QFont.Weight.DemiBold if word.strong else QFont.Weight.Normal))
        width = min(metrics.horizontalAdvance(word.text) + (14 if word.mark else 0), word.rect.width())
        at_left = word.align & Qt.AlignmentFlag.AlignLeft
        left = word.rect.left() if at_left else word.rect.right() - width
        found.append((word, QRectF(left, word.rect.top() + 3, width, word.rect.height() - 6)))
    return found


@pytest.mark.parametrize(("width", "height"), WIDTHS)
@pytest.mark.parametrize("lanes", [(Lane.READ,), tuple(Lane)])
def test_no_word_lies_over_the_figures_or_over_another(
    chart: LessonChart, width: int, height: int, lanes: tuple[Lane, ...]
) -> None:
    show_at(chart, width, height + 20 * len(lanes))
    chart.menu.choose(lanes, calm=False)
    fill(chart, scripted_lesson(2880))
    chart.set_view("lesson")
    words = texts(chart)
    assert len(words) >= 6
    for word, rect in words:
        for stripe in painted(chart).bands.stripes(lanes=True):
            assert not rect.intersects(stripe), word
        assert rect.left() >= 0, word
        assert rect.right() <= chart.plot.width() + 1, word
    for (word, rect), (other, place) in combinations(words, 2):
        assert not rect.intersects(place), (word, other)


def test_240_markers_leave_the_figures_as_they_are(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(2880, markers=0))
    chart.set_view("lesson")
    bare = inside(chart, painted(chart).bands.figures)
    for event in scripted_lesson(2880, markers=240).markers:
        chart._history.mark(event)
    chart.follow()
    marked = inside(chart, painted(chart).bands.figures)
    assert ((bare != marked).any(axis=2)).mean() < 0.01
    names = inside(chart, painted(chart).bands.names)
    assert share_of(current_theme().text, names) > 0.004


def marked(chart: LessonChart) -> list[NamedMoment]:
    return [moment for moment in painted(chart).moments if not moment.alert]


def test_a_marker_is_renamed_coloured_taken_away_and_brought_back(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(600, markers=0))
    chart.mark(Marker(1, 300.0, "video"))
    chart.show_markers([Marker(1, 300.0, "film", MarkerColour.VIOLET)])
    assert [(each.text, each.colour) for each in marked(chart)] == [("film", MarkerColour.VIOLET)]
    assert chart._seconds.markers == [(300.0, "film")]
    names = painted(chart).bands.names
    assert share_of(current_theme().markers[1], inside(chart, names)) > 0
    chart.show_markers([])
    assert marked(chart) == []
    assert chart._seconds.markers == []
    chart.show_markers([Marker(1, 300.0, "film")])
    assert [each.text for each in marked(chart)] == ["film"]
    assert chart._seconds.markers == [(300.0, "film")]


def test_it_says_how_it_is_now_and_how_it_was_ten_minutes_before(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(1500, scale_s=4000))
    said = chart.plot.accessibleDescription()
    assert said.startswith("Lesson so far, 25:00: about ")
    for part in (
        "of 22 smiling, usually about",
        "sad, afraid or angry",
        "Ten minutes before: about",
        "22 of 23 read",
    ):
        assert part in said


def test_the_pointer_tells_time_counts_and_basis(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(2880))
    chart.set_view("lesson")
    picture = painted(chart)
    at = QPointF(picture.scale.x(1080.0), picture.bands.up.center().y())
    QTest.mouseMove(chart.plot.viewport(), at.toPoint())
    chart.plot.point_at(picture.scale.time(round(at.x())))
    text = chart.footer.text
    assert text.startswith(("17:5", "18:0"))
    assert "of 22 smiling, usually about" in text
    assert "22 of 23 read" in text
    assert text == chart.plot.accessibleDescription()


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_pointer_follows_the_mouse_and_goes_with_it(chart: LessonChart, qtbot: QtBot) -> None:
    fill(chart, scripted_lesson(600))
    with qtbot.waitExposed(chart):
        chart.show()
    picture = painted(chart)
    place = QPoint(round(picture.scale.x(300.0)), round(picture.bands.up.center().y()))
    qtbot.mouseMove(chart.plot.viewport(), place)
    qtbot.waitUntil(lambda: chart.plot.cursor_s is not None)
    assert chart.plot.cursor_s == pytest.approx(300.0, abs=2)
    qtbot.mouseMove(chart.plot.viewport(), QPoint(2, place.y()))
    qtbot.waitUntil(lambda: chart.plot.cursor_s is None)


def test_a_gap_under_the_pointer_says_why(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(2880))
    chart.plot.point_at(0.475 * 2880)
    assert "paused" in chart.footer.text
    assert "smiling" not in chart.footer.text


def test_a_marker_under_the_pointer_is_named(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(2880))
    chart.plot.point_at(2640.0)
    assert "slide 11" in chart.footer.text
