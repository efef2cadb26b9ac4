"""What she changes in a stored lesson stays, and goes on with the next one of the same source."""

from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import FACTS, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.pipeline.events import Ended, EndReason, Marker, MarkerColour, MarkerEdited, Started
from fer_desktop.sessions.store import editing, reader
from fer_desktop.sessions.store.writer import SessionStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


def lesson(path: Path, source: str = "Maths 7b") -> None:
    store = SessionStore(path, FACTS)
    told = (summary(1.0), Marker(1, 1.0, "slide 3"), summary(2.0), Ended(2.0, EndReason.STOPPED))
    store.write_many((Started(STARTED, source, live_class=True), *told))
    store.close()


def marked(path: Path, session_id: int = 1) -> list[Marker]:
    return reader.markers(path).get(session_id, [])


def test_a_lesson_has_the_name_the_class_and_the_notes_that_she_gave_it(path: Path) -> None:
    lesson(path)
    editing.rename(path, 1, "  Fractions\nonce more ")
    editing.set_class(path, 1, "7b")
    editing.set_notes(path, 1, "Slower next time.\nMore pictures.")
    found = reader.session(path, 1)
    assert (found.name, found.class_name) == ("Fractions once more", "7b")
    assert found.own_notes == "Slower next time.\nMore pictures."


def test_without_a_name_a_lesson_has_its_sources(path: Path) -> None:
    lesson(path)
    of_source = reader.session(path, 1).name
    editing.rename(path, 1, "Fractions")
    editing.rename(path, 1, " ")
    assert reader.session(path, 1).name == of_source


def test_the_next_lesson_of_the_same_source_has_the_same_name_and_class(path: Path) -> None:
    lesson(path)
    editing.rename(path, 1, "Fractions")
    editing.set_class(path, 1, "7b")
    lesson(path)
    found = reader.session(path, 2)
    assert (found.name, found.class_name, found.own_notes) == ("Fractions", "7b", "")


def test_a_source_that_every_call_is_called_tells_no_class(path: Path) -> None:
    lesson(path, "Zoom Meeting")
    editing.rename(path, 1, "Fractions")
    lesson(path, "Zoom Meeting")
    assert reader.session(path, 2).name == "Zoom Meeting"


def test_classes_are_named_the_last_one_first_and_once(path: Path) -> None:
    assert editing.classes(path) == []
    for name in ("7b", "8a", "7b", ""):
        lesson(path)
        editing.set_class(path, len(reader.sessions(path)), name)
    assert editing.classes(path) == ["7b", "8a"]


def test_a_moment_is_marked_afterwards_renamed_removed_and_brought_back(path: Path) -> None:
    lesson(path)
    added = editing.add_marker(path, 1, 1.5, "group work", MarkerColour.VIOLET)
    assert marked(path) == [Marker(1, 1.0, "slide 3"), added]
    editing.edit_marker(path, 1, MarkerEdited(added.number, "pairs"))
    assert [marker.text for marker in marked(path)] == ["slide 3", "pairs"]
    editing.edit_marker(path, 1, MarkerEdited(1, ""))
    assert [marker.text for marker in marked(path)] == ["pairs"]
    editing.edit_marker(path, 1, MarkerEdited(1, "slide 3", elapsed_s=1.0))
    assert [marker.text for marker in marked(path)] == ["slide 3", "pairs"]


def test_what_a_marker_said_before_is_known_by_its_hash(path: Path) -> None:
    lesson(path)
    editing.edit_marker(path, 1, MarkerEdited(1, "slide 4"))
    assert reader.former_texts(path, 1)


@pytest.mark.parametrize("change", [editing.rename, editing.set_class, editing.set_notes])
def test_a_lesson_that_is_not_there_is_said(path: Path, change: object) -> None:
    lesson(path)
    with pytest.raises(StoreError, match="no session 7"):
        change(path, 7, "x")  # type: ignore[operator]
    with pytest.raises(StoreError, match="no session 7"):
        editing.add_marker(path, 7, 1.0, "x", MarkerColour.GREY)
