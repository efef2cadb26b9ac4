"""Days and lengths in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from fer_desktop.ui.look.times import day_words, length_words, now, stop_clock

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _english() -> None:
    assert QLocale().language() in (QLocale.Language.English, QLocale.Language.C)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (9, "11 March"), (-90, "2 December 2025")],
)
def test_a_day_is_said_as_near_as_it_is(days: int, words: str) -> None:
    assert day_words(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 s"),
        (40.2, "40 s"),
        (59.9, "1 min"),
        (60, "1 min"),
        (2820, "47 min"),
        (3600, "1 h 0 min"),
        (4325, "1 h 12 min"),
    ],
)
def test_a_length_is_said_as_exactly_as_it_matters(seconds: float, words: str) -> None:
    assert length_words(seconds) == words


def test_the_clock_can_be_stopped_for_pictures() -> None:
    stopped = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
    stop_clock(stopped)
    assert now() == stopped
    assert day_words(date(2026, 3, 1)) == "yesterday"
    stop_clock(None)
    assert abs(now() - datetime.now().astimezone()) < timedelta(minutes=1)
