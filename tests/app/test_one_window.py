"""Of two windows one records; the second says so, shows the first, or goes on and keeps nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.command_line import settings_file, start, store_file
from support.gui.pseudo_translation import pseudo_language, untranslated
from support.screen.virtual_screen import screen_environment
from support.screen.window_desk import PATIENCE_S, until

from fer_desktop.app.one_window import OneWindow
from fer_desktop.app.services import AppServices
from fer_desktop.core.settings import Context, Jurisdiction, Settings, save_settings
from fer_desktop.ui import second_window
from fer_desktop.ui.second_window import Answer, SecondWindow


def hand(display: str, *words: str) -> str:
    environment = screen_environment(display)
    command = ["xdotool", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60).stdout


def windows_of(display: str, process: subprocess.Popen[str], name: str) -> list[str]:
    return hand(display, "search", "--onlyvisible", "--all", "--pid", str(process.pid), "--name", name).split()


def answer(home: Path) -> None:
    """The questions of the first run, which else lies over the window."""
    answers = Settings(accepted_use=True, jurisdiction=Jurisdiction.OTHER, context=Context.OTHER)
    save_settings(answers, settings_file(home))


@contextmanager
def started(home: Path, display: str) -> Iterator[subprocess.Popen[str]]:
    process = start(home, DISPLAY=display, QT_QPA_PLATFORM="xcb")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def press(display: str, window: str, key: str) -> None:
    hand(display, "windowactivate", "--sync", window)
    hand(display, "key", "--window", window, key)


@pytest.mark.skipif(sys.platform != "linux", reason="a virtual screen takes X11")
@pytest.mark.timeout(240)
def test_a_second_start_shows_the_first_window_or_goes_on_without_recording(tmp_path: Path, desk: str) -> None:
    answer(tmp_path)
    with started(tmp_path, desk) as first:
        until(lambda: bool(windows_of(desk, first, "FER Desktop")), "the first window does not open")
        (window,) = windows_of(desk, first, "FER Desktop")
        hand(desk, "windowminimize", "--sync", window)
        with started(tmp_path, desk) as second:
            until(lambda: bool(windows_of(desk, second, "FER Desktop")), "the second does not ask")
            press(desk, windows_of(desk, second, "FER Desktop")[0], "Return")
            assert second.wait(timeout=PATIENCE_S) == 0
        until(lambda: hand(desk, "getactivewindow").strip() == window, "the first window does not come to the front")
        with started(tmp_path, desk) as second:
            until(lambda: bool(windows_of(desk, second, "FER Desktop")), "the second does not ask")
            press(desk, windows_of(desk, second, "FER Desktop")[0], "alt+g")
            until(lambda: bool(windows_of(desk, second, "not recording")), "the second does not go on")
            press(desk, windows_of(desk, second, "not recording")[0], "ctrl+q")
            assert second.wait(timeout=PATIENCE_S) == 0
        with started(tmp_path, desk) as second:
            until(lambda: bool(windows_of(desk, second, "FER Desktop")), "the second does not ask")
            press(desk, windows_of(desk, second, "FER Desktop")[0], "Escape")
            assert second.wait(timeout=PATIENCE_S) == 0
        assert first.poll() is None
        first.kill()
        first.wait()
        # What was killed is in nobody's way.
        assert OneWindow(store_file(tmp_path)).acquire()


def test_a_request_reaches_the_one_that_has_it_and_no_later_one(tmp_path: Path) -> None:
    first, second = OneWindow(tmp_path / "data" / "sessions.db"), OneWindow(tmp_path / "data" / "sessions.db")
    assert first.acquire()
    assert not second.acquire()
    assert not first.asked_to_show()
    second.ask_to_show()
    assert not second.was_shown()
    assert first.asked_to_show()
    assert second.was_shown()
    assert not first.asked_to_show()
    second.ask_to_show()
    first.release()
    first.release()
    assert second.acquire()
    assert not second.asked_to_show()
    second.release()


def test_once_the_first_is_gone_sessions_of_the_second_are_kept(tmp_path: Path) -> None:
    store = tmp_path / "data" / "sessions.db"
    first, second = OneWindow(store), OneWindow(store)
    assert first.acquire()
    settings = Settings().changed(sessions_folder=str(tmp_path / "sessions"))
    services = AppServices(
        settings, tmp_path / "settings.json", store_file=store, records=False, take_over=second.acquire
    )
    assert not services.record_if_free()
    assert services.start_session().path is None
    first.release()
    assert services.record_if_free()
    assert services.records
    file = services.start_session()
    assert file.path is not None
    file.close()
    second.release()


def test_where_nobody_can_know_the_window_opens(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    one = OneWindow(tmp_path / "file" / "sessions.db")
    assert one.acquire()
    assert not one.asked_to_show()


def test_a_window_that_does_not_answer_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_window, "PATIENCE_MS", 200)
    question = SecondWindow(lambda: None, lambda: False)
    qtbot.addWidget(question)
    assert question.show_other.isDefault()
    question.show_other.click()
    qtbot.waitUntil(lambda: "does not answer" in question.says.text())
    question.go_on.click()
    assert question.answer is Answer.GO_ON


def test_the_question_is_asked_in_the_users_language(qtbot: QtBot) -> None:
    with pseudo_language():
        question = SecondWindow(lambda: None, lambda: True)
        qtbot.addWidget(question)
        assert untranslated(question) == ["SecondWindow: FER Desktop"]
