from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot
from support.gui.made_up import lesson, lesson_markers, shares, summary
from support.gui.pictures import Snapshot, picture_of, pixels, rgb

from fer_desktop.core.errors import StoreError
from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS, NEUTRAL, SAD
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Marker
from fer_desktop.ui.look.theme import apply_theme, current_theme
from fer_desktop.ui.look.words import expression_word
from fer_desktop.ui.trend.history import runs_of_figures
from fer_desktop.ui.trend.view import TrendView


@pytest.fixture
def trend(qtbot: QtBot) -> TrendView:
    view = TrendView()
    qtbot.addWidget(view)
    view.resize(880, 300)
    return view


def fill(trend: TrendView, ticks: Iterable[Summary], markers: Iterable[Marker] = ()) -> None:
    """A session so far, drawn once."""
    *earlier, last = ticks
    for tick in earlier:
        trend._history.append(tick)
    for marker in markers:
        trend._history.mark(marker)
    trend.append(last)


def test_the_stacked_share_of_the_class(trend: TrendView, snapshot: Snapshot) -> None:
    fill(trend, lesson(240), lesson_markers(240))
    snapshot(trend, "trend_share")


def test_seven_curves(trend: TrendView, snapshot: Snapshot) -> None:
    trend.set_panels("curves")
    fill(trend, lesson(240), lesson_markers(240))
    snapshot(trend, "trend_curves")


@pytest.mark.usefixtures("dark")
def test_both_on_one_time_axis(trend: TrendView, snapshot: Snapshot) -> None:
    trend.resize(880, 460)
    trend.set_panels("both")
    trend.set_range(None)
    fill(trend, lesson(5400), lesson_markers(5400))
    snapshot(trend, "trend_both_dark")


def test_a_trend_without_figures_says_when_they_come(trend: TrendView, snapshot: Snapshot) -> None:
    snapshot(trend, "trend_empty")
    trend.append(summary(1.0))
    assert not trend._empty.isHidden()
    trend.append(summary(2.0, shares(happy=0.3)))
    assert trend._empty.isHidden()


def test_a_switch_of_the_legend_hides_its_curve(trend: TrendView, qtbot: QtBot) -> None:
    trend.set_panels("curves")
    fill(trend, lesson(60), lesson_markers(60))
    colour = rgb(current_theme().expressions[SAD])
    picture_of(trend)
    assert colour_in(trend.plots, colour)

    qtbot.mouseClick(trend.legend.button(SAD), Qt.MouseButton.LeftButton)

    assert not trend.plots.curves[SAD].isVisible()
    assert trend.plots.curves[HAPPY].isVisible()
    assert not colour_in(trend.plots, colour)
    qtbot.mouseClick(trend.legend.button(SAD), Qt.MouseButton.LeftButton)
    assert colour_in(trend.plots, colour)


def test_a_hidden_expression_keeps_its_place_in_the_stack_without_its_colour(trend: TrendView) -> None:
    fill(trend, [summary(float(second), shares(neutral=0.5, happy=0.4)) for second in range(1, 61)])
    picture_of(trend)
    happy, neutral = (rgb(current_theme().expressions[index]) for index in (HAPPY, NEUTRAL))
    assert colour_in(trend.plots, happy)
    trend.show_expression(HAPPY, False)
    assert not colour_in(trend.plots, happy)
    assert colour_in(trend.plots, neutral)
    assert not trend.legend.button(HAPPY).isChecked()


def colour_in(widget: QWidget, colour: tuple[int, ...]) -> bool:
    return bool((pixels(picture_of(widget))[:, :, ::-1] == colour).all(axis=2).any())


def test_what_could_not_be_read_is_a_gap_in_the_curves_and_in_the_stack(trend: TrendView) -> None:
    trend.set_panels("both")
    trend.set_range(None)
    trend.resize(880, 460)
    fill(trend, lesson(240), lesson_markers(240))
    shown = trend.plots.curves[HAPPY].yData
    assert np.isnan(shown[115:125]).all()
    assert len(runs_of_figures(trend._history.points(0, 240))) == 2

    picture = pixels(picture_of(trend.plots))[:, :, ::-1]
    for plot in (trend.plots.share_plot, trend.plots.curve_plot):
        area = plot.vb.sceneBoundingRect()
        gap = picture[int(area.top()) + 30 : int(area.bottom()), int(area.center().x())]
        for colour in current_theme().expressions:
            assert not (gap == rgb(colour)).all(axis=1).any()


def test_a_four_hour_session_draws_at_most_600_points_a_curve(trend: TrendView) -> None:
    trend.set_panels("both")
    fill(trend, lesson(4 * 3600), lesson_markers(4 * 3600))
    for range_s in (None, 900.0, 60.0):
        trend.set_range(range_s)
        assert all(0 < len(curve.xData) <= 600 for curve in trend.plots.curves)
    trend.set_range(None)
    assert len(trend.plots.curves[0].xData) > 300


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_500_repaints_of_a_live_trend(trend: TrendView, qtbot: QtBot) -> None:
    # PySide6 6.12 on Python 3.11 loses a reference to None in each, and the program with the last of them.
    trend.resize(480, 260)
    trend.set_panels("both")
    trend.set_range(60.0)
    with qtbot.waitExposed(trend):
        trend.show()
    canvas = QPixmap(480, 260)
    for tick in lesson(500):
        trend.append(tick)
        trend.render(canvas)
    assert trend._history.last_s == 500.0


def test_the_view_follows_the_session(trend: TrendView) -> None:
    trend.set_range(60.0)
    fill(trend, lesson(200), lesson_markers(200))
    assert trend.plots.span == pytest.approx((140.0, 200.0))
    trend.set_range(None)
    assert trend.plots.span == pytest.approx((0.0, 200.0))


def test_looking_back_stays_there_until_asked_to_come_back_to_now(trend: TrendView, qtbot: QtBot) -> None:
    trend.set_range(60.0)
    fill(trend, lesson(200), lesson_markers(200))
    picture_of(trend)
    qtbot.keyClick(trend.plots, Qt.Key.Key_Left)
    assert not trend.following
    trend.append(summary(201.0, shares(happy=0.3)))
    assert trend.plots.span == pytest.approx((134.0, 194.0))

    qtbot.keyClick(trend.plots, Qt.Key.Key_End)
    assert trend.following
    assert trend.plots.span == pytest.approx((141.0, 201.0))


def test_dragging_the_curves_looks_back_and_the_button_comes_back(trend: TrendView, qtbot: QtBot) -> None:
    trend.set_panels("curves")
    trend.set_range(60.0)
    fill(trend, lesson(200), lesson_markers(200))
    trend.plots.curve_plot.setXRange(10.0, 70.0, padding=0)
    trend.plots.curve_plot.vb.sigRangeChangedManually.emit([True, False])
    assert not trend.following
    assert trend.plots.curves[HAPPY].xData[0] == 9.0
    assert not trend._back.isHidden()
    qtbot.mouseClick(trend._back, Qt.MouseButton.LeftButton)
    assert trend.following
    assert trend._back.isHidden()


def test_the_time_axis_counts_minutes_and_from_an_hour_on_hours(trend: TrendView) -> None:
    axis = trend.plots.share_plot.getAxis("bottom")
    axis.setRange(0, 900)
    assert axis.tickStrings([0.0, 300.0], 1.0, 300.0) == ["0:00", "5:00"]
    axis.setRange(0, 4000)
    assert axis.tickStrings([0.0, 3600.0], 1.0, 600.0) == ["0:00", "1:00:00"]
    assert axis.tickSpacing(0, 300, 900) == [(30.0, 0.0)]


def test_markers_stand_in_the_upper_plot_with_their_names(trend: TrendView) -> None:
    fill(trend, lesson(240), lesson_markers(240))
    upper, lower = trend.plots._layers
    assert upper.markers is lower.markers
    assert [name for _, name in upper.markers] == ["slide 7", "group work"]
    for panels, named in (("share", (True, False)), ("curves", (False, True)), ("both", (True, False))):
        trend.set_panels(panels)  # type: ignore[arg-type]
        assert (upper.named, lower.named) == named


def test_clearing_begins_a_new_session(trend: TrendView) -> None:
    fill(trend, lesson(240), lesson_markers(240))
    trend.clear()
    assert trend.plots.span == pytest.approx((0.0, 300.0))
    assert not trend._history.markers
    fill(trend, lesson(30), lesson_markers(30))
    assert trend._history.last_s == 30.0


def test_another_theme_reaches_the_plots(trend: TrendView) -> None:
    from PySide6.QtWidgets import QApplication

    fill(trend, lesson(60), lesson_markers(60))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = apply_theme(app, "dark")
    assert tuple(pixels(picture_of(trend.plots))[1, 1][::-1]) == rgb(theme.card)


def test_the_picture_of_a_session_is_written_whole(trend: TrendView, tmp_path: Path) -> None:
    fill(trend, lesson(240), lesson_markers(240))
    trend.save_png(tmp_path / "trend.png")
    picture = QImage(str(tmp_path / "trend.png"))
    assert (picture.width(), picture.height()) == (1920, 1080)
    assert [file.name for file in tmp_path.iterdir()] == ["trend.png"]
    happy = np.array(rgb(current_theme().expressions[HAPPY]))
    assert (pixels(picture)[:, :, ::-1] == happy).all(axis=2).sum() > 10_000


def test_a_picture_that_cannot_be_written_is_refused_in_one_sentence(trend: TrendView, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="check that its folder can be written"):
        trend.save_png(tmp_path / "missing" / "trend.png")


def test_all_that_can_be_pressed_has_a_name_and_is_reached_by_the_keyboard(trend: TrendView) -> None:
    buttons = trend.findChildren(QAbstractButton)
    assert len(buttons) >= N_EXPRESSIONS + 7
    for button in buttons:
        assert button.accessibleName() or button.text()
        one_of_several = button.group() is not None and not button.isChecked()  # the arrows lead there
        assert one_of_several or button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert {button.text() for button in buttons} >= set(map(expression_word, range(N_EXPRESSIONS)))
    for widget in (trend, trend.plots):
        assert widget.accessibleName()
    assert trend.plots.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_tab_lands_on_the_range_that_is_chosen_and_the_arrows_choose_another(trend: TrendView, qtbot: QtBot) -> None:
    with qtbot.waitActive(trend):
        trend.show()
        trend.activateWindow()
    chosen, next_one = trend._range_group.buttons()[1:3]
    stops = [button for button in trend._range_group.buttons() if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [chosen]
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(chosen, Qt.Key.Key_Right)
    assert next_one.isChecked()
    assert next_one.hasFocus()
    assert next_one.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert not chosen.focusPolicy() & Qt.FocusPolicy.TabFocus
