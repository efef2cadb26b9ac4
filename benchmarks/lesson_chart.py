"""Prints what a repaint of the lesson so far takes after four hours: a second more, drawn anew, as each second live.

`PYTHONPATH=.:tests python benchmarks/lesson_chart.py [hours] [width px]`. Drawn into memory, light theme, no display.
Time by the clock and of the processor, median and 95th percentile: other work on the machine lengthens the first alone.
"""

import os
import sys
import time
from typing import Final

import numpy as np
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from support.scripted_lessons import Event, scripted_lesson

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Marker
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.trend.history import History
from fer_desktop.ui.trend.lesson.chart import LessonChart, View
from fer_desktop.ui.trend.lesson.history import LessonHistory

HEIGHT_PX: Final = 300
REPEATS: Final = 200
MARKERS: Final = 240
VIEWS: Final[tuple[View, ...]] = ("ten", "lesson", "curves")


def charts_after(events: list[Event]) -> LessonChart:
    """A chart with these behind it; drawing each of 14 400 seconds would take minutes."""
    lesson, seconds = LessonHistory(), History()
    for event in events:
        match event:
            case Summary():
                lesson.append(event)
                seconds.append(event)
            case Glance():
                lesson.show_glance(event)
            case Marker():
                lesson.mark(event)
                seconds.mark(event)
            case _:
                lesson.alert(event)
    return LessonChart(history=lesson, seconds=seconds)


def repaints(chart: LessonChart, later: list[Summary]) -> list[tuple[float, float]]:
    """Wall and processor ms of each second more with its repaint."""
    canvas, took = QPixmap(chart.size()), []
    for event in later:
        wall_s, processor_s = time.perf_counter(), time.process_time()
        chart.append(event)
        chart.render(canvas)
        took.append((1000 * (time.perf_counter() - wall_s), 1000 * (time.process_time() - processor_s)))
    return took


def pointings(chart: LessonChart) -> list[tuple[float, float]]:
    """The same of each move of the pointer."""
    canvas, took = QPixmap(chart.size()), []
    for at_s in np.linspace(*chart.plot.span, REPEATS).tolist():
        wall_s, processor_s = time.perf_counter(), time.process_time()
        chart.plot.point_at(at_s)
        chart.render(canvas)
        took.append((1000 * (time.perf_counter() - wall_s), 1000 * (time.process_time() - processor_s)))
    return took


def main(hours: float, width_px: int) -> None:
    """Plays a lesson and prints."""
    app = QApplication([])
    apply_theme(app, "light")
    seconds = int(hours * 3600)
    events = list(scripted_lesson(seconds + REPEATS, markers=MARKERS, scale_s=seconds).events())
    later = [event for event in events if event.elapsed_s > seconds and isinstance(event, Summary)]
    for view in VIEWS:
        chart = charts_after([event for event in events if event.elapsed_s <= seconds])
        chart.resize(width_px, HEIGHT_PX)
        chart.set_view(view)
        chart.grab()
        say(f"{view}: {width_px}x{HEIGHT_PX}, {hours:g} h, a second more", repaints(chart, later))
        if view != "curves":
            say(f"{view}: the pointer moves", pointings(chart))


def say(what: str, took: list[tuple[float, float]]) -> None:
    wall, processor = np.array(took).T
    figures = [f"{np.median(each):6.1f} ({np.quantile(each, 0.95):.1f})" for each in (wall, processor)]
    sys.stdout.write(f"{what:<44} ms {figures[0]}, of the processor {figures[1]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 4.0, int(sys.argv[2]) if len(sys.argv) > 2 else 1366)
