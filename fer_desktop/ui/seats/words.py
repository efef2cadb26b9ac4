"""What the seat view says of a participant, in words."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from fer_desktop.core.seats.seat_rows import ClassCounts, Presence, SeatRow
from fer_desktop.core.types import Reason
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.times import length_words, moment_words
from fer_desktop.ui.look.words import listed, reason_word

translate: Final = QCoreApplication.translate

NOTHING: Final = "–"  # where there is nothing to be said
_PLACES: Final = {
    Presence.NO_FACE: QT_TRANSLATE_NOOP("Seats", "Not in view"),
    Presence.HAS_LEFT: QT_TRANSLATE_NOOP("Seats", "Has left"),
    Presence.NOT_SHOWN: QT_TRANSLATE_NOOP("Seats", "Not shown"),
    Presence.IN_VIEW: QT_TRANSLATE_NOOP("Seats", "In view"),
    Presence.LEFT_OUT: QT_TRANSLATE_NOOP("Seats", "Left out"),
}
_CAMERAS: Final = {
    Presence.NO_FACE: QT_TRANSLATE_NOOP("Seats", "On"),
    Presence.CAMERA_OFF: QT_TRANSLATE_NOOP("Seats", "Off"),
    Presence.IN_VIEW: QT_TRANSLATE_NOOP("Seats", "On"),
}
# What a participant could be told; the others go by the words that the picture has for them.
_READ: Final = {
    Reason.NONE: QT_TRANSLATE_NOOP("Seats", "Yes"),
    Reason.UNCERTAIN: QT_TRANSLATE_NOOP("Seats", "No, hard to see"),
    Reason.TOO_SMALL: QT_TRANSLATE_NOOP("Seats", "No, too small"),
    Reason.TURNED_AWAY: QT_TRANSLATE_NOOP("Seats", "No, turned away"),
    Reason.TILTED: QT_TRANSLATE_NOOP("Seats", "No, tilted"),
    Reason.TOO_DARK: QT_TRANSLATE_NOOP("Seats", "No, too dark"),
    Reason.TOO_BRIGHT: QT_TRANSLATE_NOOP("Seats", "No, too bright"),
    Reason.BLURRED: QT_TRANSLATE_NOOP("Seats", "No, blurred"),
    Reason.COVERED: QT_TRANSLATE_NOOP("Seats", "No, covered"),
    Reason.FROZEN: QT_TRANSLATE_NOOP("Seats", "No, stands still"),
}


def seat_words(seat: int) -> str:
    """ "Seat 7"."""
    return translate("Seats", "Seat {seat}").format(seat=seat)


def name_words(row: SeatRow, alias: str) -> str:
    """The alias and its seat, "Ana · 7", else "Seat 7"; with "you" where it is the teacher's own."""
    name = f"{alias} · {row.seat}" if alias else seat_words(row.seat)
    return listed((name, translate("Seats", "you"))) if row.you else name


def camera_words(row: SeatRow) -> str:
    """ "On", "Off", or a dash where nothing is known."""
    return translate("Seats", str(_CAMERAS[row.presence])) if row.presence in _CAMERAS else NOTHING


def place_words(row: SeatRow) -> str:
    """ "In view", "Not in view", "Has left"; a dash where the camera is off."""
    return translate("Seats", str(_PLACES[row.presence])) if row.presence in _PLACES else NOTHING


def read_words(row: SeatRow) -> str:
    """ "Yes", or why the face in view is not read; a dash where none is."""
    if row.reason is None:
        return NOTHING
    return translate("Seats", str(_READ[row.reason])) if row.reason in _READ else reason_word(row.reason)


def since_words(row: SeatRow) -> str:
    """The moment of the session, as the lesson's axis has it; a dash where it is not known or not told."""
    return NOTHING if row.since_s is None else moment_words(row.since_s)


def length_since(row: SeatRow, now_s: float) -> str:
    """ "for 12 min", or why there is no such time; empty for whom nothing is told of."""
    if row.since_s is not None:
        text = translate("Seats", "for {length}")
        return text.format(length=length_words(max(0.0, now_s - row.since_s)))
    if row.presence is Presence.LEFT_OUT:
        return ""
    return translate("Seats", "since before the seat view was opened")


def spoken(row: SeatRow, alias: str) -> str:
    """The whole row in one phrase, for who does not see its columns."""
    camera, place = camera_words(row), place_words(row)
    told = [name_words(row, alias)]
    if camera != NOTHING:
        told.append(translate("Seats", "camera: {state}").format(state=camera))
    told += [place] if place != NOTHING else []
    if row.reason is not None:
        told.append(translate("Seats", "read: {state}").format(state=read_words(row)))
    if row.since_s is not None:
        told.append(translate("Seats", "since {moment}").format(moment=since_words(row)))
    return listed(told)


def all_words() -> tuple[tuple[str, ...], ...]:
    """All that may stand in the columns behind the first, so that each has room for its longest."""
    cameras, places, reads = (
        [translate("Seats", str(text)) for text in words.values()] for words in (_CAMERAS, _PLACES, _READ)
    )
    return tuple(cameras), tuple(places), tuple(reads), (moment_words(10 * 3600),)


def counts_words(counts: ClassCounts | None, least: int) -> str:
    """ "25 here, 23 cameras on, 2 not in view, 1 turned away, 1 has left"; from how many on there are such counts."""
    if counts is None:
        text = translate("Seats", "Counts of the class from {least} faces on")
        return text.format(least=least)
    phrases = Counts()
    return listed(
        (
            phrases.here(counts.here),
            phrases.cameras_on(counts.cameras_on),
            phrases.not_in_view(counts.not_in_view) if counts.not_in_view else "",
            phrases.turned_away(counts.turned_away) if counts.turned_away else "",
            phrases.have_left(counts.left) if counts.left else "",
        )
    )
