"""How much of a class a call shows, and what would show more."""

import pytest
from support.scripted_classes import second

from fer_desktop.core.calls import CallProgram, ClassShown, program_of, tells_which
from fer_desktop.core.sources import Region, RegionChoice, SourceChoice, StreamChoice, WindowChoice
from fer_desktop.core.types import State


def watched(program: CallProgram, *seats: int, state: State = State.LIVE) -> ClassShown:
    shown = ClassShown(program)
    for at_s, count in enumerate(seats):
        shown.update(second(float(at_s), 0, state, seats=count))
    return shown


@pytest.mark.parametrize(
    ("choice", "program"),
    [
        (WindowChoice("Zoom Meeting", 1, "zoom"), CallProgram.ZOOM),
        (WindowChoice("Klasse 7b", 1, "Zoom.exe"), CallProgram.ZOOM),
        (WindowChoice("Meet – abc-defg-hij - Google Chrome", 1, "chrome.exe"), CallProgram.MEET),
        (WindowChoice("7b | Microsoft Teams", 1, "ms-teams.exe"), CallProgram.TEAMS),
        (WindowChoice("Jitsi Meet | Firefox", 1, "firefox"), CallProgram.MEET),
        (WindowChoice("BigBlueButton - 7b", 1, "firefox"), CallProgram.UNKNOWN),
        (RegionChoice("Part of the screen", Region(0, 0, 640, 360)), CallProgram.UNKNOWN),
        (StreamChoice("zoom.example.org", "rtsp://zoom.example.org"), CallProgram.UNKNOWN),
    ],
)
def test_the_program_is_known_by_its_name_or_its_window_s_title(choice: SourceChoice, program: CallProgram) -> None:
    assert program_of(choice) is program


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (CallProgram.ZOOM, "Zoom shows 25 of 38; 49 a page can be set in Zoom."),
        (CallProgram.MEET, "Meet shows 25 of 38; more tiles can be set in Meet’s layout."),
        (CallProgram.TEAMS, "Teams shows 25 of 38; a larger gallery can be chosen in Teams’ view."),
        (CallProgram.UNKNOWN, "The call shows 25 of 38; a larger gallery would show more."),
    ],
)
def test_a_call_that_shows_fewer_is_told_with_what_helps_in_it(program: CallProgram, words: str) -> None:
    assert str(watched(program, *[25] * 20).hint(38)) == words


def test_where_a_page_is_full_no_setting_helps() -> None:
    assert str(watched(CallProgram.ZOOM, *[49] * 20).hint(60)) == (
        "The call shows 49 of 60: no call shows more on one page."
    )


def test_nothing_is_said_at_once_or_of_a_whole_class_or_without_her_number() -> None:
    assert watched(CallProgram.ZOOM, *[25] * 19).hint(38) is None
    assert watched(CallProgram.ZOOM, *[25] * 20).hint(25) is None
    assert watched(CallProgram.ZOOM, *[25] * 20).hint(0) is None


def test_the_most_of_the_last_seconds_counts() -> None:
    assert watched(CallProgram.ZOOM, *[25] * 19, 38).hint(38) is None


def test_nobody_at_all_is_no_question_of_pages() -> None:
    assert watched(CallProgram.ZOOM, *[0] * 40).hint(38) is None
    assert watched(CallProgram.ZOOM, *[25] * 40, state=State.COVERED).hint(38) is None


@pytest.mark.parametrize(
    ("title", "tells"),
    [
        ("Zoom Meeting", False),
        ("Zoom Workplace", False),
        ("Zoom Meeting - Google Chrome", False),
        ("Microsoft Teams", False),
        ("Meeting | Microsoft Teams", False),
        ("Maths 9b | Microsoft Teams", True),
        ("Meet – abc-defg-hij", True),
        ("Zoom Meeting 9b", True),
        ("Physique, Réunion", True),
    ],
)
def test_a_title_that_every_call_has_tells_no_class(title: str, tells: bool) -> None:
    assert tells_which(title) is tells
