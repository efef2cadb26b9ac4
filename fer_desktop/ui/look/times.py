"""Days, times and lengths in the user's language."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

_MINUTE_S: Final = 60
_HOUR_S: Final = 3600


@dataclass(slots=True)
class _Clock:
    stopped: datetime | None = None


_clock: Final = _Clock()


def now() -> datetime:
    """The wall clock's time with its offset from UTC, or the one that it was stopped at."""
    return _clock.stopped or datetime.now().astimezone()


def stop_clock(at: datetime | None) -> None:
    """It is that moment from here on, for pictures that are the same on any day; None: the clock goes again."""
    _clock.stopped = at


def day_words(day: date, today: date | None = None) -> str:
    """ "today", "tomorrow", "yesterday"; else the day, with its year where that is another one."""
    translate = QCoreApplication.translate
    today = today or now().date()
    match (day - today).days:
        case 0:
            return translate("Times", "today")
        case 1:
            return translate("Times", "tomorrow")
        case -1:
            return translate("Times", "yesterday")
    same_year = translate("Times", "d MMMM", "format of a day, as Qt writes it")
    any_year = translate("Times", "d MMMM yyyy", "format of a day of another year, as Qt writes it")
    written = QLocale().toString(QDate(day.year, day.month, day.day), same_year if day.year == today.year else any_year)
    return str(written)


def full_day_words(at: datetime) -> str:
    """The day with its weekday and year, as the language writes it in full."""
    return str(QLocale().toString(QDate(at.year, at.month, at.day), QLocale.FormatType.LongFormat))


def time_words(at: datetime, seconds: bool = False) -> str:
    """The time of the day, to the minute, or to the second."""
    written = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    if seconds:
        written = written.replace("mm", "mm:ss")
    return str(QLocale().toString(QTime(at.hour, at.minute, at.second), written))


def moment_words(elapsed_s: float) -> str:
    """A moment of a session, and how long one has lasted: "4:05", "1:04:05"; the same in core."""
    minutes, seconds = divmod(int(elapsed_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def length_words(seconds: float) -> str:
    """ "40 s", "47 min", "1 h 12 min"."""
    translate = QCoreApplication.translate
    whole = round(seconds)
    if whole < _MINUTE_S:
        return translate("Times", "{seconds} s").format(seconds=whole)
    hours, rest = divmod(whole, _HOUR_S)
    minutes = rest // _MINUTE_S
    if not hours:
        return translate("Times", "{minutes} min").format(minutes=minutes)
    return translate("Times", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
