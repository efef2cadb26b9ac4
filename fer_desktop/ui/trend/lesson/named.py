"""The markers and alerts of the lesson so far: where their names and flags stand, and which of them is where."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from fer_desktop.ui.look.theme import SMALL, app_font, px
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.toolkit.marker_labels import Label, apart, lines_fit, placed
from fer_desktop.ui.trend.lesson.lanes import TICK_PX, row_px
from fer_desktop.ui.trend.lesson.picture import LessonPicture, NamedMoment

_NAME_PX: Final = 200  # of the longest name
_FLAGS_APART, _MANY_APART = 4.0, 14.0  # px; where there are few, and where they would be one bar
_NEAR_PX: Final = 8.0  # of a flag to the pointer
_LINE_NEAR_PX: Final = 4.0
_MOST_TOLD: Final = 12  # moments of a name


def in_view(picture: LessonPicture) -> tuple[Sequence[NamedMoment], list[float]]:
    """The moments in view, and where each stands, px."""
    scale = picture.scale
    begin, end = (
        bisect_left(picture.moments, at_s, key=lambda moment: moment.elapsed_s)
        for at_s in (scale.start_s, scale.end_s + 1e-6)
    )
    moments = picture.moments[begin:end]
    return moments, [round(scale.x(moment.elapsed_s)) + 0.5 for moment in moments]


def named(picture: LessonPicture) -> list[tuple[QRectF, Label]]:
    """The names of the moments in view, and where each stands. Their indices are of those `in_view`."""
    names, (moments, places) = picture.bands.names, in_view(picture)
    rows = int((names.height() - TICK_PX) // row_px())
    more = QFontMetricsF(app_font(SMALL)).horizontalAdvance(" +99")

    def width_of(index: int) -> float:
        return min(moments[index].width, px(_NAME_PX)) + 1.0

    # The row next to the chart is filled first.
    bottom = names.bottom() - TICK_PX - row_px()
    labels = placed(places, width_of, names.left(), names.right(), rows, more)
    return [(QRectF(each.x, bottom - each.row * row_px(), each.width, row_px()), each) for each in labels]


def has_lines(picture: LessonPicture) -> bool:
    """Whether each moment in view has a line through the chart: they are few."""
    names = picture.bands.names
    return lines_fit(in_view(picture)[1], names.left(), names.right())


def flags(picture: LessonPicture) -> list[int]:
    """Which of the moments in view have a flag: where there are few, all that do not cover one another.

    The flag of an alert reaches further than a marker's, and may stand behind it.
    """
    moments, places = in_view(picture)
    if not has_lines(picture):
        return list(apart(places, _MANY_APART))
    found = list[int]()
    for alert in (True, False):
        those = [index for index, moment in enumerate(moments) if moment.alert is alert]
        found += [those[index] for index in apart([places[index] for index in those], _FLAGS_APART)]
    return sorted(found)


def moments_at(picture: LessonPicture, at: QPointF) -> list[NamedMoment]:
    """The moments whose name or flag is there: first what a press means, a marker rather than an alert.

    Those under a name are in the order of their time, of flags the nearest is first.
    """
    moments, places = in_view(picture)
    bottom = picture.bands.names.bottom()
    if bottom - TICK_PX - 1 <= at.y() <= bottom + _NEAR_PX:
        found = _near(moments, places, at.x(), _NEAR_PX)
    else:
        under = next((label for rect, label in named(picture) if rect.contains(at)), None)
        found = list(moments[under.first : under.first + under.count]) if under is not None else []
    return sorted(found, key=lambda moment: moment.alert)


def marker_on_line(picture: LessonPicture, at: QPointF) -> NamedMoment | None:
    """The marker whose line through the chart is there."""
    if not has_lines(picture) or not any(stripe.contains(at) for stripe in picture.bands.stripes(lanes=False)):
        return None
    near = _near(*in_view(picture), at.x(), _LINE_NEAR_PX)
    return next((moment for moment in near if not moment.alert), None)


def _near(moments: Sequence[NamedMoment], places: Sequence[float], x: float, px_away: float) -> list[NamedMoment]:
    """The nearest first."""
    near = [index for index, place in enumerate(places) if abs(place - x) <= px_away]
    return [moments[index] for index in sorted(near, key=lambda index: abs(places[index] - x))]


def told(moments: Sequence[NamedMoment], then: str = "") -> str:
    """Each with its time in a line of a tool tip, and what can be done with them; names are no markup."""
    in_time = sorted(moments, key=lambda moment: moment.elapsed_s)
    text = "\n".join((*_lines(in_time), *filter(None, (then,))))
    return f"<p>{escape(text)}</p>".replace("\n", "<br>") if "<" in text else text


def _lines(moments: Sequence[NamedMoment]) -> Iterator[str]:
    for moment in moments[:_MOST_TOLD]:
        yield f"{moment_words(moment.elapsed_s)} {moment.text}"
    if len(moments) > _MOST_TOLD:
        yield f"+{len(moments) - _MOST_TOLD}"
