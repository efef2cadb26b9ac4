"""All that can be read while a source is chosen is in the user's language; names of the user's own are not touched."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, NOTES, REGION, STREAM, WINDOW, FakeServices
from support.gui.pseudo_translation import pseudo_language, untranslated

from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import CameraChoice, PicturesChoice, Region, SourceChoice
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.compare.choice import lesson_words
from fer_desktop.ui.look.source_names import shown_name
from fer_desktop.ui.sources.choice_text import choice_of_region, choice_of_stream, file_filter
from fer_desktop.ui.sources.own_recording import OwnRecording
from fer_desktop.ui.sources.start_page import StartPage
from fer_desktop.ui.sources.stream_dialog import StreamDialog
from fer_desktop.ui.sources.window_dialog import WindowDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

_TAG = Qt.ItemDataRole.UserRole + 1


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    with pseudo_language():
        yield
        assert wait_for_jobs(5000)


def test_the_cards_of_the_start_page_are_translated(qtbot: QtBot, services: FakeServices) -> None:
    page = StartPage(services)
    qtbot.addWidget(page)
    assert untranslated(page) == []
    page.remember(DEMO, Region(0, 0, 640, 360))
    assert untranslated(page) == []
    assert [card._badge for card in page.cards.values() if card._badge] == ["⟦Last used⟧"]


def test_cameras_keep_their_names_and_say_in_the_users_language_why_they_are_silent(
    qtbot: QtBot, services: FakeServices
) -> None:
    services.screens_error = SourceError("This screen cannot be seen.")
    services.camera_list = [CAMERA, CameraChoice("Camera 1", 1)]
    page = StartPage(services)
    qtbot.addWidget(page)
    page.show()
    page.apply_icons()
    qtbot.waitUntil(lambda: len(page.cards) == 7 and bool(page.cards["region"].toolTip()))
    assert untranslated(page) == [f"SourceCard: {CAMERA.name}"]
    assert page.wait(5000)


def test_the_list_of_windows_adds_nothing_untranslated_to_their_titles(qtbot: QtBot, services: FakeServices) -> None:
    services.window_covered = {WINDOW.name: 0.3, NOTES.name: 1.0}
    dialog = WindowDialog(services, NOTES)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.preview.sentence != "")
    assert [dialog.rows.item(row).data(_TAG) for row in range(2)] == ["⟦Call⟧", "⟦Last used⟧"]
    assert untranslated(dialog) == []
    dialog.rows.setCurrentRow(0)
    qtbot.waitUntil(lambda: dialog.caption.text() != "")
    assert untranslated(dialog) == []


@pytest.mark.parametrize("error", [None, SourceError("Windows cannot be seen here.")])
def test_why_there_is_no_list_of_windows_is_translated(
    qtbot: QtBot, services: FakeServices, error: SourceError | None
) -> None:
    services.window_list, services.screens_error = [], error
    dialog = WindowDialog(services, None)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog.note.title.text()))
    assert untranslated(dialog) == []


def test_a_window_that_was_closed_says_so_in_the_users_language(qtbot: QtBot, services: FakeServices) -> None:
    dialog = WindowDialog(services, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.rows.count() > 0)
    services.window_list = []
    dialog.rows.setCurrentRow(1)
    qtbot.waitUntil(lambda: "was closed" in dialog.preview.sentence)
    assert untranslated(dialog) == []


def test_the_question_whose_recording_it_is_is_translated(qtbot: QtBot) -> None:
    dialog = OwnRecording()
    qtbot.addWidget(dialog)
    assert untranslated(dialog) == []


def test_the_address_of_a_stream_is_asked_for_in_the_users_language(qtbot: QtBot) -> None:
    dialog = StreamDialog("")
    qtbot.addWidget(dialog)
    assert untranslated(dialog) == ["QLineEdit: rtsp://192.168.0.20:554/stream"]


def test_file_dialogs_offer_kinds_of_files_in_the_users_language() -> None:
    recordings, everything = file_filter().split(";;")
    assert recordings.startswith("⟦Recordings and pictures (*.")
    assert everything == "⟦All files (*)⟧"


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (DEMO, "⟦Demo class⟧"),
        (REGION, "⟦Part of the screen · 640 × 360 px⟧"),
        (CameraChoice("Camera 12", 12), "⟦Camera 12⟧"),
        (CameraChoice("Camera 12 HD", "Camera 12 HD"), "Camera 12 HD"),
        (CAMERA, CAMERA.name),
        (choice_of_stream("rtsp://"), "⟦the stream⟧"),
        (STREAM, STREAM.name),
        (WINDOW, WINDOW.name),
        (PicturesChoice("faces", Path("faces")), "faces"),
    ],
)
def test_a_source_is_called_by_its_own_name_or_by_the_programs_word(choice: SourceChoice, shown: str) -> None:
    assert shown_name(choice) == shown


@pytest.mark.parametrize(
    ("name", "is_demo", "shown"),
    [
        ("Demo class", True, "⟦Demo class⟧"),
        ("Demo class", False, "Demo class"),  # a window that has this title
        ("Part of the screen · 928 × 528 px", False, "⟦Part of the screen · 928 × 528 px⟧"),
        ("Part of the screen · our trip", False, "Part of the screen · our trip"),
        ("Camera 2", False, "⟦Camera 2⟧"),
        ("the stream", False, "⟦the stream⟧"),
        ("Zoom Meeting", False, "Zoom Meeting"),
    ],
)
def test_a_stored_lesson_is_called_in_the_language_of_today_where_the_name_is_ours(
    name: str, is_demo: bool, shown: str
) -> None:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    lesson = SavedSession("1", name, at, 60.0, SavedState.ENDED, source=name, is_demo=is_demo)
    assert name_of(lesson) == shown
    assert name_of(replace(lesson, name="9b, fractions")) == "9b, fractions"
    assert lesson_words(lesson).startswith(shown)


def test_what_is_kept_of_a_source_is_the_same_in_all_languages() -> None:
    assert choice_of_region(Region(0, 0, 640, 360)).name == "Part of the screen · 640 × 360 px"
    assert choice_of_stream("rtsp://").name == "the stream"
