"""What is drawn is told in words too, and the words go with the data."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.gui.glances import AS_USUAL, CALM, CLASS_OF_49, LOW, MORE_LOW
from support.gui.lesson_charts import faces, usual
from support.gui.made_up import lesson, shares, summary

from fer_desktop.core.glance.shown import shown_counts
from fer_desktop.ui.glance.labelled_bar import LabelledBar
from fer_desktop.ui.glance.panel import GlancePanel
from fer_desktop.ui.mini.strip import MiniStrip
from fer_desktop.ui.session.class_bars import ClassBars
from fer_desktop.ui.session.coverage import CoverageLine
from fer_desktop.ui.toolkit.announcing import announce
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.trend.view import TrendView

Role = QAccessible.Role


def told(widget: QWidget) -> tuple[QAccessible.Role, str, str]:
    """Role, name and value."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    assert found.text(QAccessible.Text.Value) == found.text(QAccessible.Text.Description)
    return found.role(), found.text(QAccessible.Text.Name), found.text(QAccessible.Text.Value)


def test_the_lesson_chart_says_what_is_now_what_is_usual_and_what_has_changed(qtbot: QtBot) -> None:
    chart = LessonChart()
    qtbot.addWidget(chart)
    for second in range(1, 61):
        chart.append(faces(second, smiling=4))
        chart.show_glance(usual(second))
    role, name, first = told(chart.plot)
    assert (role, name) == (Role.Chart, "The lesson so far, as a chart")
    assert "1:00: about 4 of 20 smiling, usually about 4" in first
    assert "20 of 22 read" in first
    for second in range(61, 151):
        chart.append(faces(second, smiling=12))
        chart.show_glance(usual(second, smiling=12))
    assert "2:30: about 12 of 20 smiling, usually about 4" in told(chart.plot)[2]


def test_the_seven_curves_say_the_shares_at_both_ends_of_what_is_shown(qtbot: QtBot) -> None:
    trend = TrendView()
    qtbot.addWidget(trend)
    assert told(trend.plots) == (Role.Chart, "Share of the class over time", "No figures in what is shown.")
    trend.append(summary(1.0, shares(happy=0.5, sad=0.1)))
    trend.append(summary(61.0, shares(happy=0.2, sad=0.4)))
    words = told(trend.plots)[2]
    assert words.startswith("At 1:01: ")
    now, _, then = words.partition(". ")
    assert "smiling 20 %" in now
    assert "sad 40 %" in now
    assert then.startswith("At 0:01: ")
    assert "smiling 50 %" in then


def test_squares_bar_and_strip_say_what_they_show(qtbot: QtBot, tmp_path: Path) -> None:
    panel, bar = GlancePanel(), LabelledBar()
    strip = MiniStrip(QSettings(str(tmp_path / "strip.ini"), QSettings.Format.IniFormat))
    for widget in (panel, bar, strip):
        qtbot.addWidget(widget)
    for glance, lines, count in ((CALM, AS_USUAL, 3), (CLASS_OF_49, MORE_LOW, 20)):
        panel.show_glance(glance, lines)
        bar.show_counts(shown_counts(glance))
        strip.show_glance(glance, lines[1])
        for squares in (panel.squares, bar):
            role, name, value = told(squares)
            assert (role, name) == (Role.Graphic, "Faces now")
            assert f"{count} smiling" in value
        assert told(strip)[2].startswith(str(lines[1]).rstrip("."))


def test_bars_and_coverage_say_what_they_show(qtbot: QtBot) -> None:
    bars, coverage = ClassBars(), CoverageLine()
    for widget in (bars, coverage):
        qtbot.addWidget(widget)
    second = lesson(60)[20]
    bars.show_summary(second)
    coverage.show_summary(second)
    assert told(bars)[0] is Role.Chart
    assert f"smiling {bars.row_text(3)}" in told(bars)[2]
    assert told(coverage)[0] is Role.Graphic
    assert "31 of 42 cameras are read" in told(coverage)[2]


def test_what_window_and_strip_tell_of_the_same_moment_is_read_out_once(qtbot: QtBot) -> None:
    window, strip = QWidget(), QWidget()
    for widget in (window, strip):
        qtbot.addWidget(widget)
        widget.show()
    moment, later = object(), object()
    assert announce(strip, "As usual", about=moment)
    assert not announce(window, "Mostly neutral. About as usual", about=moment)
    assert announce(strip, "More smiling", about=later)
    strip.hide()
    assert announce(window, "More faces than usual are smiling", about=later)


def test_the_glance_is_told_as_a_group_with_its_sentence(qtbot: QtBot) -> None:
    panel = GlancePanel()
    qtbot.addWidget(panel)
    panel.show_glance(LOW, MORE_LOW)
    role, name, value = told(panel)
    assert (role, name) == (Role.Grouping, "The class at a glance")
    assert "about 8, usually 3" in value
