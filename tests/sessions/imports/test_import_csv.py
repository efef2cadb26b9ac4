"""A session's CSV comes back into the store, and goes out of it as it was."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from support.clocks import STARTED
from support.stored import summary
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import ClockSet, Ended, EndReason, Gap, Marker, SessionEvent
from fer_desktop.sessions.csv_of_events import save_csv
from fer_desktop.sessions.exports.export import Exporter
from fer_desktop.sessions.exports.kinds import Format
from fer_desktop.sessions.imports.import_csv import import_csv
from fer_desktop.sessions.imports.rows import HEADERS
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite.database import opened

LESSONS: dict[str, list[SessionEvent]] = {
    "gaps of all kinds": [
        Gap(0.0, 3.0, State.STARTING),
        second(4.0, low=2),
        Gap(4.0, 9.5, State.PAUSED),
        second(10.5, low=1, smiling=0),
        Gap(10.5, 500.25, State.ASLEEP),
        Marker(1, 400.0, "while asleep"),
        second(501.25),
        Gap(501.25, 520.0, State.COVERED),
        Gap(520.0, 600.0, State.NO_SOURCE),
    ],
    "markers": [Marker(1, 0.2, "=1+1"), Marker(2, 0.9, "b; c"), second(1.0), Marker(3, 1.5, "@x; -y"), second(2.0)],
    "a clock that was set": [
        second(1.0),
        ClockSet(1.5, STARTED + timedelta(hours=1, milliseconds=7)),
        second(2.0),
        second(3.0),
    ],
    "the middle of a second": [second(1.0), second(2.0), second(2.637)],
    "no face, withheld": [summary(1.0, readable=0), summary(2.0, readable=0, state=State.WITHHELD)],
    "who left": [summary(1.0, left=2, came_back=1), Gap(1.0, 4.0, State.PAUSED), summary(5.0, left=3, came_back=1)],
    "thirty seconds and more": [second(at + 0.004, low=at % 5, afraid=at % 3) for at in range(1, 95)],
}


def export(store: Path, session: int, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return Exporter(store, folder, Format.CSV, lambda _: "").export(session).file


@pytest.mark.parametrize("live_class", [True, False], ids=["class", "not a class"])
@pytest.mark.parametrize("events", LESSONS.values(), ids=LESSONS)
def test_out_in_and_out_again_is_the_same_file(tmp_path: Path, events: list[SessionEvent], live_class: bool):
    at = STARTED + timedelta(microseconds=123_456)
    one = store_lesson(tmp_path / "a.db", events, live_class=live_class, at=at)
    first = export(tmp_path / "a.db", one, tmp_path / "first")
    imported = import_csv(tmp_path / "b.db", first, live_class)
    again = export(tmp_path / "b.db", imported.lesson, tmp_path / "again")
    assert again.read_text(encoding="utf-8-sig").splitlines() == first.read_text(encoding="utf-8-sig").splitlines()


def test_a_whole_lesson_too(tmp_path: Path):
    first = export(tmp_path / "a.db", store_scripted(tmp_path / "a.db", 900), tmp_path / "first")
    imported = import_csv(tmp_path / "b.db", first, live_class=True)
    assert export(tmp_path / "b.db", imported.lesson, tmp_path / "again").read_bytes() == first.read_bytes()
    stored = reader.session(tmp_path / "b.db", imported.lesson)
    assert (stored.state, stored.live_class, stored.length_s) == (reader.SessionState.ENDED, True, 900.0)
    assert imported.seconds == len(reader.summaries(tmp_path / "b.db", imported.lesson))


@pytest.mark.parametrize("schema", [1, 2])
def test_older_versions_are_read(tmp_path: Path, schema: int):
    store_lesson(tmp_path / "a.db", [Marker(1, 0.5, "quiz"), second(1.0, smiling=5), second(2.0)], live_class=False)
    save_csv(reader.events(tmp_path / "a.db", 1), tmp_path / "new.csv")
    names, kept = HEADERS[3], HEADERS[schema]
    lines = (tmp_path / "new.csv").read_text(encoding="utf-8-sig").splitlines()
    old = [",".join(cell for name, cell in zip(names, line.split(","), strict=True) if name in kept) for line in lines]
    (tmp_path / "old.csv").write_text("\n".join(old), encoding="utf-8-sig")
    imported = import_csv(tmp_path / "b.db", tmp_path / "old.csv", live_class=False)
    found = reader.summaries(tmp_path / "b.db", imported.lesson)
    assert [one.elapsed_s for one in found] == [1.0, 2.0]
    assert found[0].counts.tolist() == second(1.0, smiling=5).counts.tolist()
    assert np.allclose(found[0].mean, second(1.0, smiling=5).mean, atol=1e-4)
    assert [one.text for one in reader.markers(tmp_path / "b.db")[imported.lesson]] == ["quiz"]


def test_what_was_withheld_before_there_was_a_word_for_it(tmp_path: Path):
    save_csv([*_started(), summary(1.0, readable=0)], tmp_path / "new.csv")
    text = (tmp_path / "new.csv").read_text(encoding="utf-8-sig").replace(",live,,4,4,0,0,", ",live,,4,4,3,3,")
    (tmp_path / "old.csv").write_text(text, encoding="utf-8-sig")
    imported = import_csv(tmp_path / "b.db", tmp_path / "old.csv", live_class=True)
    assert reader.summaries(tmp_path / "b.db", imported.lesson)[0].state is State.WITHHELD


def _started() -> list[SessionEvent]:
    from fer_desktop.pipeline.events import Started

    return [Started(STARTED, "Zoom meeting", live_class=True)]


def test_the_same_is_not_taken_twice(tmp_path: Path):
    events: list[SessionEvent] = [second(1.0), second(2.0)]
    first = export(tmp_path / "a.db", store_lesson(tmp_path / "a.db", events, end_s=2.0), tmp_path / "first")
    with pytest.raises(StoreError, match="already, as number 1"):  # where it comes from
        import_csv(tmp_path / "a.db", first, live_class=True)
    import_csv(tmp_path / "b.db", first, live_class=True)
    with pytest.raises(StoreError, match="already, as number 1"):
        import_csv(tmp_path / "b.db", first, live_class=True)
    assert len(reader.sessions(tmp_path / "b.db")) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\n1,2\n",
        b"\xff\xfe\x00",
        b"\x89PNG\r\n\x1a\n" * 9,
        ("time," + "x" * 200_000).encode(),
        (",".join(HEADERS[3]) + "\n").encode(),
        (",".join(HEADERS[3]) + "\n" + ",".join("1" for _ in HEADERS[3])).encode(),
    ],
    ids=["empty", "another table", "no text", "picture", "a huge cell", "no row", "rows of another kind"],
)
def test_anything_else_is_refused_in_one_sentence(tmp_path: Path, content: bytes):
    (tmp_path / "other.csv").write_bytes(content)
    with pytest.raises(StoreError) as told:
        import_csv(tmp_path / "b.db", tmp_path / "other.csv", live_class=True)
    assert str(tmp_path / "other.csv") in str(told.value)
    assert len(str(told.value).splitlines()) == 1
    assert reader.sessions(tmp_path / "b.db") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",live,", ",asleep at noon,"),
        (",1,live", ",inf,live"),
        (",1,live", ",-1,live"),
        (",12,12,", ",12,-12,"),
        (",0.25,", ",25,"),
        ("+00:00", ""),
        (",12,12,", ",99999999999999999999,12,"),
    ],
)
def test_a_changed_row_is_refused_and_nothing_is_stored(tmp_path: Path, old: str, new: str):
    file = export(tmp_path / "a.db", store_lesson(tmp_path / "a.db", [second(1.0)]), tmp_path / "first")
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8-sig")
    with pytest.raises(StoreError, match="line 2"):
        import_csv(tmp_path / "b.db", file, live_class=True)
    assert reader.sessions(tmp_path / "b.db") == []


def test_a_store_that_fails_in_the_middle_has_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = export(tmp_path / "a.db", store_lesson(tmp_path / "a.db", [second(1.0)]), tmp_path / "first")
    with opened(tmp_path / "b.db"):
        pass

    def broken(*_: object) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr("fer_desktop.sessions.imports.import_csv.apply", broken)
    with pytest.raises(ValueError, match="a fault"):
        import_csv(tmp_path / "b.db", file, live_class=True)
    assert reader.sessions(tmp_path / "b.db") == []


def test_it_ends_as_lessons_do(tmp_path: Path):
    file = export(tmp_path / "a.db", store_lesson(tmp_path / "a.db", [second(1.0)]), tmp_path / "first")
    imported = import_csv(tmp_path / "b.db", file, live_class=True)
    assert reader.events(tmp_path / "b.db", imported.lesson)[-1] == Ended(1.0, EndReason.STOPPED)
