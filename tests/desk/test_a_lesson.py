"""A lesson from the first start to the list, with real windows, mouse and keyboard: `make desk`, some 17 minutes."""

import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.command_line import settings_file, store_file
from support.screen.desk import Desk, call, program, slides
from support.screen.lesson_worked import compared, erased_for_good, files_are_whole, looked_at, named, saved
from support.screen.virtual_screen import virtual_screen
from support.stored_lessons import store_scripted

from fer_desktop.core.glance.alerts.alert_choices import Preset
from fer_desktop.core.settings import Context, Jurisdiction, Retention, Settings, save_settings
from fer_desktop.sessions.store import reader

pytestmark = [pytest.mark.desk, pytest.mark.timeout(900)]

_CHANGE_S = 340.0  # after what is usual was learnt
_LEARNT_S = 420.0


def overlap(a: list[int], b: list[int]) -> int:
    """Pixels that both rectangles (left, top, width, height) cover."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0, wide) * max(0, high)


# A laptop's screen with the call beside a column, and a larger one.
@pytest.mark.parametrize(
    ("size", "place"), [((1366, 768), (0, 24, 940, 700)), ((1920, 1080), (0, 24, 1280, 760))], ids=["1366", "1920"]
)
def test_from_the_first_start_to_the_list(
    tmp_path: Path, size: tuple[int, int], place: tuple[int, int, int, int]
) -> None:
    home, pictures = tmp_path / "home", tmp_path / "pictures"
    home.mkdir()
    pictures.mkdir()
    settings_file(home).parent.mkdir(parents=True)
    kept = Settings(alert_more_smile=True, alert_preset=Preset.SENSITIVE, keep_sessions=Retention.FOR_EVER)
    save_settings(kept, settings_file(home))
    store_file(home).parent.mkdir(parents=True)
    store_scripted(store_file(home))  # of another day
    with ExitStack() as opened:
        display = opened.enter_context(virtual_screen(size))
        opened.enter_context(call(display, place, _CHANGE_S))
        desk = opened.enter_context(program(display, home, pictures))
        answer_the_first_run(desk)
        desk.picture("home")
        desk.click("Start a lesson")
        began_s = time.monotonic()
        live = desk.until("Learning what is usual", kind="MainWindow")
        desk.click("Skip", "MainWindow")  # which of them she is
        desk.picture("live")
        assert overlap(desk.until_there("MainWindow")["place"], list(place)) < 0.03 * place[2] * place[3], live["place"]
        with slides(display):
            strip = desk.until_there("MiniStrip")
            desk.picture("strip")
            assert overlap(strip["place"], [0, 0, *size]) == strip["place"][2] * strip["place"][3]
        desk.until("More faces than usual", _LEARNT_S + _CHANGE_S - (time.monotonic() - began_s))
        desk.picture("alert")
        desk.hand("search", "--onlyvisible", "--name", "^FER Desktop$", "windowactivate", "--sync")
        desk.key("m")
        desk.until("Enter: done")
        desk.hand("type", "quiz")
        desk.key("Return")
        desk.click("Stop", "MainWindow")
        desk.until("Saved to", kind="MainWindow")
        desk.picture("ended")
        desk.click("New lesson", "MainWindow")
        desk.until("Zoom Meeting", kind="MainWindow")
        desk.picture("list")
        (lesson,) = [one for one in reader.sessions(store_file(home)) if one.name == "Zoom Meeting"]
        assert [marker.text for marker in reader.markers(store_file(home))[lesson.id]] == ["quiz"]
        assert lesson.length_s > _CHANGE_S - 60
        worked_through(desk, home, tmp_path / "files")


def test_a_stored_lesson_is_worked_through(tmp_path: Path) -> None:
    """What comes after Stop, without the minutes before it."""
    home, pictures = tmp_path / "home", tmp_path / "pictures"
    for folder in (home, pictures, store_file(home).parent, settings_file(home).parent):
        folder.mkdir(parents=True, exist_ok=True)
    answers = {"accepted_use": True, "jurisdiction": Jurisdiction.OTHER, "context": Context.EDUCATION}
    save_settings(Settings().changed(keep_sessions=Retention.FOR_EVER, **answers), settings_file(home))
    store_scripted(store_file(home))
    store_scripted(store_file(home), name="Zoom Meeting", at=STARTED + timedelta(days=1))
    with ExitStack() as opened:
        display = opened.enter_context(virtual_screen((1366, 768)))
        desk = opened.enter_context(program(display, home, pictures))
        desk.until("Zoom Meeting", kind="MainWindow")
        worked_through(desk, home, tmp_path / "files")


def worked_through(desk: Desk, home: Path, files: Path) -> None:
    """What is done with the lesson after Stop, from the list to the erasure."""
    looked_at(desk, home, "Zoom Meeting")
    named(desk, home, "Fractions", "9b")
    compared(desk)
    saved(desk, files)
    erased_for_good(desk, home, "Fractions")
    files_are_whole(files, desk.pictures, "Fractions")


def answer_the_first_run(desk: Desk) -> None:
    desk.click("Next", "FirstRun")
    desk.click("Elsewhere", "FirstRun")
    desk.click("Teaching", "FirstRun")
    desk.picture("law")
    desk.click("Next", "FirstRun")
    desk.until("put this into the call's chat", kind="FirstRun")
    desk.click("Accept and start", "FirstRun")
