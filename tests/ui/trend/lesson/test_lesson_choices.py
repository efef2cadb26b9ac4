"""What she chooses in the chart of a lesson, by keys, lanes and views."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from support.gui.lesson_charts import faces, fill, painted, show_at
from support.gui.pictures import picture_of, pixels, rgb
from support.gui.pseudo_translation import pseudo_language, untranslated, untranslated_texts
from support.scripted_lessons import scripted_lesson

from fer_desktop.core.errors import StoreError
from fer_desktop.core.expressions import HAPPY, SAD
from fer_desktop.ui.look.theme import current_theme
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.trend.lesson.lanes import Lane

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
    assert chart.plot.accessibleDescription().startswith("0:01")
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
        one_of_several = button.group() is not None and not button.isChecked()  # the arrows lead there
        assert one_of_several or button.focusPolicy() & Qt.FocusPolicy.TabFocus
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


def test_a_lesson_that_is_told_at_once_is_drawn_when_all_of_it_is_there(chart: LessonChart) -> None:
    fill(chart, scripted_lesson(400))
    told = pixels(picture_of(chart))
    chart.clear()
    empty = pixels(picture_of(chart))
    chart.hold(True)
    scripted_lesson(400).play(chart)
    assert (pixels(picture_of(chart)) == empty).all()
    chart.hold(False)
    assert chart.following
    assert (pixels(picture_of(chart)) == told).all()


def test_where_two_charts_stand_one_above_the_other_they_have_the_height_for_it(chart: LessonChart) -> None:
    show_at(chart, 700, 300)
    assert chart.minimumHeight() == 0
    show_at(chart, 320, 300)
    assert chart.height() >= 360
