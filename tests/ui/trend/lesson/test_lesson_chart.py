import dataclasses
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSettings, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from support.gui.made_up import shares, summary
from support.gui.pictures import Snapshot, picture_of, pixels, rgb
from support.gui.pseudo_translation import pseudo_language, untranslated, untranslated_texts
from support.scripted_lessons import ScriptedLesson, scripted_lesson, tell

from fer_desktop.core.errors import StoreError
from fer_desktop.core.expressions import HAPPY, SAD
from fer_desktop.core.glance.types import Basis, Glance, GroupCounts
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import Marker, MarkerColour
from fer_desktop.ui.look.theme import SMALL, app_font, apply_theme, current_theme
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.trend.lesson.labels import Word
from fer_desktop.ui.trend.lesson.lanes import Lane
from fer_desktop.ui.trend.lesson.picture import LessonPicture, NamedMoment

WIDTHS = [(320, 420), (500, 320), (700, 300), (1300, 320)]


@pytest.fixture
def chart(qtbot: QtBot) -> LessonChart:
    made = LessonChart()
    qtbot.addWidget(made)
    show_at(made, 1000, 320)
    return made


def show_at(chart: LessonChart, width: int, height: int) -> None:
    picture_of(chart)  # lays it out; before it has its style it may be wider
    chart.resize(width, height)
    picture_of(chart)


def fill(chart: LessonChart, lesson: ScriptedLesson) -> None:
    """A lesson so far, drawn once."""
    for event in lesson.events():
        match event:
            case Summary():
                chart._history.append(event)
                chart._seconds.append(event)
            case Marker():
                chart._history.mark(event)
                chart._seconds.mark(event)
            case _:
                tell(chart._history, event)
    chart.follow()


def faces(second: float, smiling: int = 4, low: int = 0, of: int = 20) -> Summary:
    mean = shares(happy=smiling / of, sad=low / of, neutral=1 - (smiling + low) / of)
    return summary(float(second), mean, readable=of, cameras_on=of + 2)


def usual(second: float, smiling: int = 4, low: int = 0, usual_low: int = 0, basis: Basis = Basis.USUAL) -> Glance:
    now = GroupCounts(smiling=smiling, neutral=20 - smiling - low, low=low)
    then = GroupCounts(smiling=4, neutral=16 - usual_low, low=usual_low)
    return Glance(float(second), State.LIVE, basis, now, usual=then if basis is Basis.USUAL else None)


def painted(chart: LessonChart) -> LessonPicture:
    picture_of(chart)
    picture = chart.plot.item.picture
    assert picture is not None
    return picture


def inside(chart: LessonChart, rect: QRectF) -> np.ndarray:
    """(H, W, 3) RGB of a part of the plot."""
    whole = pixels(picture_of(chart.plot))[:, :, ::-1]
    return whole[round(rect.top()) : round(rect.bottom()), round(rect.left()) : round(rect.right())]


def share_of(colour: QColor, part: np.ndarray) -> float:
    return float((part == rgb(colour)).all(axis=2).mean())


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
        "22 of 23 cameras",
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
    assert "22 of 23 cameras are read" in text
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


# Keys and choices


def test_keys_move_the_cursor_and_the_view_goes_with_it(chart: LessonChart, qtbot: QtBot) -> None:
    fill(chart, scripted_lesson(1200))
    qtbot.keyClick(chart.plot, Qt.Key.Key_Left)
    assert chart.plot.cursor_s == pytest.approx(1194.0)
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    assert chart.plot.cursor_s == pytest.approx(1200.0)
    qtbot.keyClick(chart.plot, Qt.Key.Key_Home)
    assert chart.plot.cursor_s == 1.0
    assert chart.plot.span[0] == pytest.approx(1.0)
    assert not chart.following
    assert chart.plot.accessibleDescription().startswith("00:01")
    qtbot.keyClick(chart.plot, Qt.Key.Key_End)
    assert chart.following
    qtbot.keyClick(chart.plot, Qt.Key.Key_Escape)
    assert chart.plot.cursor_s is None


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_wheel_changes_nothing(chart: LessonChart, qtbot: QtBot) -> None:
    fill(chart, scripted_lesson(1200))
    with qtbot.waitExposed(chart):
        chart.show()
    before = chart.plot.span
    QTest.wheelEvent(chart.windowHandle(), QPointF(500, 150), QPoint(0, 120))
    assert chart.plot.span == before


def test_the_calm_mode_shows_smiling_and_coverage_alone(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(2880))
    chart.menu.choose((Lane.SURPRISED, Lane.NO_FACE), calm=True)
    picture = painted(chart)
    assert picture.bands.down is None
    assert [lane for lane, _ in picture.bands.lanes] == [Lane.READ]
    assert not any("angry" in word.text for word in picture.words)
    assert "angry" not in chart.plot.accessibleDescription()
    assert not any(moment.alert for moment in picture.moments)


def test_lanes_are_chosen_by_their_menu_and_kept(chart: LessonChart, qtbot: QtBot, store: QSettings) -> None:
    fill(chart, scripted_lesson(2880))
    turned = next(action for action in chart.menu.button.menu().actions() if action.text() == "turned away")
    with qtbot.waitSignal(chart.choices_changed):
        turned.trigger()
    shown = [Lane.SURPRISED, Lane.READ, Lane.TURNED_AWAY]
    assert [lane for lane, _ in painted(chart).bands.lanes] == shown
    chart.save(store)
    another = LessonChart()
    qtbot.addWidget(another)
    another.restore(store)
    assert list(another.plot.lanes) == shown


def test_kept_lanes_that_are_unknown_are_left(chart: LessonChart, store: QSettings) -> None:
    store.setValue("trend/lanes", "surprised,from the future")
    chart.restore(store)
    assert chart.plot.lanes == (Lane.SURPRISED, Lane.READ)


def test_below_360_px_there_are_two_charts(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(2880))
    bands = painted(chart).bands
    assert bands.down is not None
    assert bands.down.top() == bands.up.bottom()
    chart.resize(320, 420)
    assert chart.width() == 320
    bands = painted(chart).bands
    assert bands.down is not None
    assert bands.down_title is not None
    assert bands.up.bottom() < bands.down_title.top() < bands.down.top()


# The seven curves


def test_the_seven_curves_are_one_click_away_and_know_the_whole_lesson(chart: LessonChart, qtbot: QtBot) -> None:
    for event in scripted_lesson(120).summaries:
        chart.append(event)
    qtbot.mouseClick(chart._group.button(2), Qt.MouseButton.LeftButton)
    assert chart._pages.currentWidget() is chart.curves
    assert len(chart.curves.plots.curves[HAPPY].xData) == 120
    chart.append(faces(121))
    assert len(chart.curves.plots.curves[HAPPY].xData) == 121
    chart.set_view("ten")
    assert chart.plot.span[1] == 121.0


def test_a_hidden_curve_is_back_in_the_next_lesson(chart: LessonChart) -> None:
    chart.curves.show_expression(SAD, False)
    chart.clear()
    assert chart.curves.plots.shown[SAD]
    assert chart.curves.legend.button(SAD).isChecked()


def test_clearing_forgets_the_lesson_and_keeps_the_choices(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(2880))
    chart.menu.choose((Lane.NO_FACE,), calm=False)
    chart.plot.point_at(100.0)
    chart.clear()
    assert not chart._empty.isHidden()
    assert chart.plot.cursor_s is None
    assert len(chart._seconds) == 0
    assert Lane.NO_FACE in chart.plot.lanes


# Everybody


def test_all_that_can_be_pressed_has_a_name_and_is_reached_by_the_keyboard(chart: LessonChart) -> None:
    for button in chart.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    for widget in (chart, chart.plot):
        assert widget.accessibleName()
    assert chart.plot.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_focus_is_seen(chart: LessonChart, qtbot: QtBot) -> None:
    fill(chart, scripted_lesson(300))
    with qtbot.waitExposed(chart):
        chart.show()
    chart.activateWindow()
    chart.plot.setFocus()
    qtbot.waitUntil(chart.plot.hasFocus)
    edge = pixels(picture_of(chart.plot))[:, 1, ::-1]
    assert (edge == rgb(current_theme().accent)).all(axis=1).mean() > 0.8


def test_the_chart_is_translated(qtbot: QtBot) -> None:
    with pseudo_language():
        chart = LessonChart()
        qtbot.addWidget(chart)
        show_at(chart, 1000, 320)
        fill(chart, scripted_lesson(2880, markers=0))
        chart.menu.choose(tuple(Lane), calm=False)
        assert untranslated(chart) == []
        picture = painted(chart)
        named = [moment.text for moment in picture.moments]
        assert untranslated_texts(*(word.text for word in picture.words), *named) == []
        assert untranslated_texts(chart.plot.accessibleDescription(), *(blank.word for blank in picture.blanks)) == []


def test_the_picture_of_a_lesson_is_written_whole(chart: LessonChart, tmp_path: Path) -> None:
    fill(chart, scripted_lesson(2880))
    chart.save_png(tmp_path / "lesson.png")
    picture = QImage(str(tmp_path / "lesson.png"))
    assert (picture.width(), picture.height()) == (1920, 840)
    assert (pixels(picture)[:, :, ::-1] == rgb(current_theme().smiling)).all(axis=2).sum() > 5_000
    with pytest.raises(StoreError):
        chart.save_png(tmp_path / "missing" / "lesson.png")
