"""Runs from files to rows, with a detector and a network that are known."""

import gc
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from support.inputs.clips import write_noise, write_timed
from support.inputs.one_face import Brightness, OneFace, RecordingWatcher, striped, write_clip
from support.tables import read_table

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.batch import folders_of
from fer_desktop.app.recordings.pictures import analyze_pictures
from fer_desktop.app.recordings.recording import analyze_recording
from fer_desktop.app.recordings.run import Options, Run
from fer_desktop.app.terminal.inputs import Input, collect_inputs
from fer_desktop.app.terminal.outputs import rotate_existing
from fer_desktop.core.errors import StoreError
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import FloatArray


@pytest.fixture
def models() -> LoadedModels:
    return LoadedModels(Settings(), OneFace(), Brightness())


def picture(path: Path, grey: int) -> Path:
    cv2.imwrite(str(path), striped(120, 160, grey))
    return path


def read(models: LoadedModels, recording: Path, folder: Path, watcher: RecordingWatcher | None = None) -> Run:
    given = Input(recording, recording.name)
    return analyze_recording(
        given, models, folder, Options(with_faces=True, every_s=0.5), watcher or RecordingWatcher()
    )


def test_a_recording_has_a_row_a_second_and_one_for_its_end(models: LoadedModels, tmp_path: Path) -> None:
    watcher = RecordingWatcher()
    run = read(models, write_clip(tmp_path / "clip.avi", 33), tmp_path / "out", watcher)
    table = read_table(run.session)
    assert list(table.elapsed_s) == [1, 2, 3, 3.3]
    assert run.length_s == pytest.approx(3.3)
    faces = read_table(tmp_path / "out" / "faces.csv")
    assert list(faces.elapsed_s) == [0, 0.5, 1, 1.5, 2, 2.5, 3]
    assert len(faces) == run.faces == run.frames
    assert [done for done, _ in watcher.shown] == pytest.approx([*faces.elapsed_s, 3.3])


def test_the_rows_follow_what_the_faces_show(models: LoadedModels, tmp_path: Path) -> None:
    run = read(models, write_clip(tmp_path / "clip.avi", 40), tmp_path / "out")
    table = read_table(run.session)
    assert list(table.count_sad) == [1, 1, 0, 0]
    assert list(table.count_happy) == [0, 0, 1, 1]
    assert table.mean_happy.is_monotonic_increasing


def test_a_recording_that_is_read_seldom_has_figures_in_every_row(models: LoadedModels, tmp_path: Path) -> None:
    """A frame each 2.5 s, as of a slide show, is its picture until the next one."""
    clip = write_clip(tmp_path / "clip.avi", 4, rate_hz=0.4)
    options = Options(with_faces=False, every_s=2.0)
    run = analyze_recording(Input(clip, clip.name), models, tmp_path / "out", options, RecordingWatcher())
    table = read_table(run.session)
    assert list(table.elapsed_s) == list(range(1, 11))
    assert set(table.state) == {"live"}


def test_a_stopped_recording_has_its_rows_up_to_there(models: LoadedModels, tmp_path: Path) -> None:
    run = read(models, write_clip(tmp_path / "clip.avi", 60), tmp_path / "out", RecordingWatcher(stop_after=2.5))
    assert list(read_table(run.session).elapsed_s) == [1, 2, 2.5]
    assert run.problems == {}


def test_a_recording_that_breaks_off_keeps_its_rows_and_says_so(models: LoadedModels, tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "clip.avi", 100).read_bytes()
    (tmp_path / "cut.avi").write_bytes(whole[: len(whole) // 2])
    run = read(models, tmp_path / "cut.avi", tmp_path / "out")
    [sentence] = run.problems.values()
    assert "breaks off" in sentence
    table = read_table(run.session)
    assert 3 <= len(table) < 8
    assert table.elapsed_s.iloc[-1] == pytest.approx(run.length_s)


@pytest.mark.parametrize(("name", "codec"), [("cut.mkv", "libx264"), ("cut.webm", "libvpx"), ("cut.mpg", "mpeg1video")])
def test_half_of_a_recording_of_any_kind_is_told_as_cut(
    models: LoadedModels, tmp_path: Path, name: str, codec: str
) -> None:
    cut = write_noise(tmp_path / name, codec, 100)
    whole = cut.read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    run = read(models, cut, tmp_path / "out")
    [sentence] = run.problems.values()
    assert sentence.startswith(f"The recording {cut} breaks off at 2 s")
    assert read_table(run.session).elapsed_s.iloc[-1] == pytest.approx(2, abs=0.3)


def test_a_recording_whose_recorder_was_killed_is_told_as_cut(models: LoadedModels, tmp_path: Path) -> None:
    path = write_timed(tmp_path / "clip.mkv", [0, 0.2, 0.4, 0.6, 0.8, 30, 30.2, 30.4], "libx264", {"live": "1"})
    run = read(models, path, tmp_path / "out")
    [sentence] = run.problems.values()
    assert sentence.startswith(f"The recording {path} breaks off at 31 s: get a complete copy")
    assert len(read_table(run.session)) == 31


def test_a_whole_recording_that_claims_too_much_has_a_note_and_no_problem(models: LoadedModels, tmp_path: Path) -> None:
    """As one whose sound outlasts its picture: the header tells of 100 frames where there are 30."""
    clip = write_clip(tmp_path / "clip.avi", 30)
    data = bytearray(clip.read_bytes())
    length_at = data.index(b"strh") + 8 + 32
    data[length_at : length_at + 4] = (100).to_bytes(4, "little")
    clip.write_bytes(data)
    run = read(models, clip, tmp_path / "out")
    assert run.problems == {}
    assert run.note == "its picture ends at 3 s of 10 s"
    assert read_table(run.session).elapsed_s.iloc[-1] == pytest.approx(3)


def test_a_faces_file_that_cannot_be_made_leaves_no_session_open(models: LoadedModels, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.avi", 12)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "faces.csv").symlink_to(tmp_path / "nowhere" / "faces.csv")  # stands in the way
    with pytest.raises(StoreError):
        read(models, clip, tmp_path / "out")
    gc.collect()  # a file that was left open would be told of as a warning


def test_unrelated_pictures_share_no_seat_and_no_smoothing(models: LoadedModels, tmp_path: Path) -> None:
    given = [picture(tmp_path / f"{grey}.png", grey) for grey in (20, 250)]
    inputs = [Input(path, path.name) for path in given]
    run = analyze_pictures(inputs, models, tmp_path / "out", Options(True, 0.5), RecordingWatcher())
    table = read_table(run.session)
    assert list(table.mean_sad) == [1, 0]
    assert list(table.mean_happy) == [0, 1]
    assert list(table.elapsed_s) == [1, 2]
    assert list(read_table(tmp_path / "out" / "faces.csv").seat) == [1, 1]


def test_a_picture_that_cannot_be_read_is_named_and_the_others_are_done(models: LoadedModels, tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_text("no picture", encoding="utf-8")
    inputs = [
        Input(path, path.name)
        for path in (picture(tmp_path / "a.png", 20), tmp_path / "b.jpg", picture(tmp_path / "c.png", 250))
    ]
    watcher = RecordingWatcher()
    run = analyze_pictures(inputs, models, tmp_path / "out", Options(False, 0.5), watcher)
    assert watcher.shown == [(1, 3), (2, 3), (3, 3)]
    assert list(run.problems) == [str(tmp_path / "b.jpg")]
    assert list(read_table(run.session).marker) == ["a.png", "c.png"]
    assert not (tmp_path / "out" / "faces.csv").exists()


def test_a_fault_in_one_picture_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    class Stumbles(Brightness):
        def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
            if crops.mean() > 200:
                raise ZeroDivisionError
            return super().classify(crops)

    given = [picture(tmp_path / f"{grey}.png", grey) for grey in (20, 250, 30)]
    inputs = [Input(path, path.name) for path in given]
    stumbling = LoadedModels(Settings(), OneFace(), Stumbles())
    run = analyze_pictures(inputs, stumbling, tmp_path / "out", Options(False, 0.5), RecordingWatcher())
    assert list(run.problems) == [str(tmp_path / "250.png")]
    assert "met a fault in the program" in run.problems[str(tmp_path / "250.png")]
    assert list(read_table(run.session).marker) == ["20.png", "30.png"]


def test_pictures_can_be_stopped_too(models: LoadedModels, tmp_path: Path) -> None:
    inputs = [Input(picture(tmp_path / f"{number}.png", 20), f"{number}.png") for number in range(4)]
    run = analyze_pictures(inputs, models, tmp_path / "out", Options(False, 0.5), RecordingWatcher(stop_after=2))
    assert len(read_table(run.session)) == 2


def test_older_results_are_kept_under_another_name(models: LoadedModels, tmp_path: Path) -> None:
    for frames in (12, 13, 14):
        read(models, write_clip(tmp_path / "clip.avi", frames), tmp_path / "out")
    names = {file.name for file in (tmp_path / "out").glob("*.csv")}
    assert names == {"session.csv", "session-1.csv", "session-2.csv", "faces.csv", "faces-1.csv", "faces-2.csv"}


def test_nothing_is_set_aside_where_nothing_is(tmp_path: Path) -> None:
    rotate_existing(tmp_path / "session.csv")
    assert list(tmp_path.iterdir()) == []


def names(items: Sequence[Input]) -> list[str]:
    return [item.name for item in items]


def test_folders_are_searched_to_their_ends_and_each_file_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "week 1").mkdir()
    for name in ("2.png", "10.png", "lesson.MP4", "notes.txt", "week 1/lesson.mkv", "week 1/3.jpg"):
        (tmp_path / name).touch()
    inputs = collect_inputs([tmp_path, tmp_path / "2.png", tmp_path / "notes.txt", tmp_path / "gone"])
    assert names(inputs.pictures) == ["2.png", "10.png", "week 1/3.jpg"]
    assert names(inputs.recordings) == ["lesson.MP4", "week 1/lesson.mkv", "notes.txt"]
    assert list(inputs.problems) == [str(tmp_path / "gone")]


def test_a_folder_without_anything_to_read_is_a_problem(tmp_path: Path) -> None:
    [sentence] = collect_inputs([tmp_path]).problems.values()
    assert "choose another folder" in sentence


def test_a_name_that_the_system_does_not_take_is_a_problem_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "2.png").touch()
    inputs = collect_inputs([tmp_path / ("long" * 100), tmp_path])
    assert names(inputs.pictures) == ["2.png"]
    [sentence] = inputs.problems.values()
    assert "check its name" in sentence


def test_a_recording_that_is_all_dots_gets_a_folder_within(tmp_path: Path) -> None:
    recordings = [Input(Path(name), name) for name in ("...mp4", "a/lesson.mp4", "b/lesson..mp4", "Lesson.avi")]
    found = folders_of(recordings, tmp_path, alone=False)
    assert [folder.name for folder in found] == ["recording", "lesson", "lesson (2)", "Lesson (3)"]
    assert all(folder.resolve().parent == tmp_path.resolve() for folder in found)
    assert [folder.name for folder in folders_of([Input(Path("Session.csv.mp4"), "")] * 2, tmp_path, alone=False)] == [
        "Session.csv (2)",
        "Session.csv (3)",
    ]
