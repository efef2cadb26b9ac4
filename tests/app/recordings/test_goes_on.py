"""A reading that was interrupted goes on, and ends in what an uninterrupted one ends in; nothing is done twice."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.inputs.one_face import Brightness, OneFace, RecordingWatcher, write_clip

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.reading import PartLengths
from fer_desktop.app.recordings.recording import analyze_recording
from fer_desktop.app.recordings.run import Options, Run
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core.errors import SourceError
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Face, Image
from fer_desktop.pipeline.events import Ended, EndReason, Started
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite.schema import TABLES

SHORT = PartLengths(part_s=4.0, warm_up_s=1.0)
OPTIONS = Options(with_faces=True, every_s=0.5)


class Counting(OneFace):
    """Counts the pictures that it looks at."""

    looked = 0

    def detect(self, image: Image) -> list[Face]:
        self.looked += 1
        return super().detect(image)


@pytest.fixture
def models() -> LoadedModels:
    return LoadedModels(Settings(), Counting(), Brightness())


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "lesson.avi", 150)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sessions.db"


def read(models: LoadedModels, clip: Path, out: Path, store: Path | None = None, stop_after: float = np.inf) -> Run:
    watcher = RecordingWatcher(stop_after)
    return analyze_recording(Input(clip, clip.name), models, out, OPTIONS, watcher, store, SHORT)


def looked(models: LoadedModels) -> int:
    assert isinstance(models.detector, Counting)
    return models.detector.looked


def without_times(file: Path) -> list[str]:
    """The rows but for when the reading began."""
    return [line.split(",", 1)[1] for line in file.read_text(encoding="utf-8-sig").splitlines()]


def stored(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the store but those of when it was."""
    with sqlite3.connect(store) as connection:
        rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES[1:]}
    connection.close()
    return rows


def test_a_recording_becomes_a_lesson_beside_its_files(
    models: LoadedModels, clip: Path, store: Path, tmp_path: Path
) -> None:
    run = read(models, clip, tmp_path / "out", store)
    [lesson] = reader.sessions(store)
    assert run.lesson == lesson.id
    assert (lesson.source, lesson.live_class, lesson.length_s) == ("lesson.avi", False, 15.0)
    assert lesson.state is reader.SessionState.ENDED
    assert len(lesson.recording) == 64
    assert lesson.csv_file is None  # what she asked for by name is hers, and does not go with the lesson
    first, *_, last = reader.events(store, lesson.id)
    assert isinstance(first, Started)
    assert last == Ended(15.0, EndReason.SOURCE_ENDED)
    rows = without_times(tmp_path / "out" / "session.csv")
    seconds = reader.summaries(store, lesson.id)
    assert [second.elapsed_s for second in seconds] == list(range(1, 16))
    assert len(rows) == 1 + len(seconds)
    assert all(second.readable == 1 for second in seconds)


def test_nothing_is_stored_where_no_lesson_is_wanted(
    models: LoadedModels, clip: Path, store: Path, tmp_path: Path
) -> None:
    assert read(models, clip, tmp_path / "out").lesson is None
    assert not store.exists()


def test_a_finished_recording_is_not_read_again_and_its_lesson_not_made_twice(
    models: LoadedModels, clip: Path, store: Path, tmp_path: Path
) -> None:
    first = read(models, clip, tmp_path / "out", store)
    before = looked(models)
    again = read(models, clip.rename(tmp_path / "renamed.avi"), tmp_path / "out", store)
    assert looked(models) == before
    assert again.read_before
    assert (again.frames, again.faces, again.length_s) == (first.frames, first.faces, first.length_s)
    elsewhere = read(models, tmp_path / "renamed.avi", tmp_path / "other", store)
    assert looked(models) > before
    assert not elsewhere.read_before
    assert elsewhere.lesson == again.lesson == first.lesson
    assert len(reader.sessions(store)) == 1


@pytest.mark.parametrize("what", ["its rows", "its lesson", "how it is read", "its content"])
def test_what_is_gone_or_has_changed_is_read_again(
    models: LoadedModels, clip: Path, store: Path, tmp_path: Path, what: str
) -> None:
    read(models, clip, tmp_path / "out", store)
    before = looked(models)
    options = OPTIONS
    if what == "its rows":
        (tmp_path / "out" / "session.csv").unlink()
    elif what == "its lesson":
        store.unlink()
    elif what == "how it is read":
        options = replace(options, every_s=1.0)
    else:
        write_clip(clip, 140)
    run = analyze_recording(Input(clip, clip.name), models, tmp_path / "out", options, RecordingWatcher(), store, SHORT)
    assert looked(models) > before
    assert not run.read_before
    assert len(reader.sessions(store)) == (1 if what in ("its rows", "its lesson") else 2)


@pytest.mark.parametrize("stop_after", [1.0, 6.0, 9.0, 14.0])
def test_an_interrupted_reading_goes_on_and_ends_as_an_uninterrupted_one(
    models: LoadedModels, clip: Path, tmp_path: Path, stop_after: float
) -> None:
    whole = read(models, clip, tmp_path / "whole", tmp_path / "whole.db")
    all_of_it = looked(models)
    stopped = read(models, clip, tmp_path / "out", tmp_path / "parts.db", stop_after)
    assert stopped.stopped
    assert stopped.lesson is None
    assert not reader.sessions(tmp_path / "parts.db")
    assert without_times(tmp_path / "out" / "session.csv")[-1].startswith(f"{stop_after:.0f},live")
    before = looked(models)
    run = read(models, clip, tmp_path / "out", tmp_path / "parts.db")
    finished_parts = int(stop_after // SHORT.part_s)
    assert looked(models) - before <= all_of_it - finished_parts * SHORT.part_s / OPTIONS.every_s
    assert (run.frames, run.faces, run.length_s) == (whole.frames, whole.faces, whole.length_s)
    for name in ("session.csv", "faces.csv"):
        assert without_times(tmp_path / "out" / name) == without_times(tmp_path / "whole" / name)
    assert stored(tmp_path / "parts.db") == stored(tmp_path / "whole.db")
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert names == {"session.csv", "faces.csv", ".finished.json"}  # nothing is left over, and nothing set aside


def test_a_part_that_is_damaged_is_read_again(models: LoadedModels, clip: Path, tmp_path: Path) -> None:
    read(models, clip, tmp_path / "whole")
    read(models, clip, tmp_path / "out", stop_after=10.0)
    first, second = sorted((tmp_path / "out" / ".unfinished").glob("part-*[0-9]"))
    first.write_bytes(first.read_bytes()[:-40])
    second.write_bytes(b"something else")
    read(models, clip, tmp_path / "out")
    assert without_times(tmp_path / "out" / "session.csv") == without_times(tmp_path / "whole" / "session.csv")


def test_what_waits_holds_no_picture_and_is_for_its_user_alone(
    models: LoadedModels, clip: Path, tmp_path: Path
) -> None:
    read(models, clip, tmp_path / "out", stop_after=10.0)
    waits = tmp_path / "out" / ".unfinished"
    assert waits.stat().st_mode & 0o077 == 0
    frames = 8 + 1  # and the one that a part shares with the one before
    for part in waits.glob("part-*[0-9]"):
        assert part.stat().st_size < frames * 600


def test_another_recording_does_not_go_on_with_it(models: LoadedModels, clip: Path, tmp_path: Path) -> None:
    read(models, clip, tmp_path / "out", stop_after=10.0)
    other = write_clip(tmp_path / "other.avi", 60)
    run = read(models, other, tmp_path / "out")
    assert run.length_s == pytest.approx(6.0)
    assert (tmp_path / "out" / "session-1.csv").exists()  # what the first one had written is kept
    assert not (tmp_path / "out" / ".unfinished").exists()


def test_what_is_no_recording_leaves_nothing_behind(models: LoadedModels, store: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("Slide 7\n" * 100, encoding="utf-8")
    with pytest.raises(SourceError):
        read(models, tmp_path / "notes.mp4", tmp_path / "out", store)
    assert not (tmp_path / "out").exists()
    assert not store.exists()


def test_a_recording_that_breaks_off_is_a_lesson_up_to_there(
    models: LoadedModels, clip: Path, store: Path, tmp_path: Path
) -> None:
    data = clip.read_bytes()
    clip.write_bytes(data[: len(data) // 2])
    run = read(models, clip, tmp_path / "out", store)
    assert run.problems
    [lesson] = reader.sessions(store)
    assert lesson.end_reason == EndReason.SOURCE_FAILED
    assert lesson.length_s == pytest.approx(run.length_s)
