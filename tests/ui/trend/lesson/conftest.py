"""The chart of a lesson that its tests look at."""

import pytest
from pytestqt.qtbot import QtBot
from support.gui.lesson_charts import show_at

from fer_desktop.ui.trend.lesson.chart import LessonChart


@pytest.fixture
def chart(qtbot: QtBot) -> LessonChart:
    made = LessonChart()
    qtbot.addWidget(made)
    show_at(made, 1000, 320)
    return made
