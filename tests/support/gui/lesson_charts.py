"""Lessons for the chart, and what is seen of it."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from support.gui.made_up import shares, summary
from support.gui.pictures import picture_of, pixels, rgb
from support.scripted_lessons import ScriptedLesson, tell

from fer_desktop.core.glance.types import Basis, Glance, GroupCounts
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import Marker
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.trend.lesson.picture import LessonPicture


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
