"""`analyze` on real files, started as a user starts it; runs are shared, since each loads a network."""

import csv
import json
import signal
import subprocess
import time
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest
from support.command_line import Ended, run, settings_file, start, store_file
from support.inputs.clips import simulated_call, write_call, write_empty_room
from support.places import SHARED
from support.tables import read_table

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.sessions.csv_export import HEADER
from fer_desktop.sessions.faces_csv import HEADER as FACES_HEADER

LENGTHS_S = {"alone": 2.4, "nobody": 3.96, "class": 6.5}
PEOPLE = {"monday 2.png": 1, "monday 10.png": 9, "tuesday.png": 4}  # in the order in which they are read


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """The three recordings among files that are none."""
    folder = tmp_path_factory.mktemp("mixed")
    videos = [
        write_call(folder / "alone.mp4", people=1, frames=24),
        write_empty_room(folder / "nobody.mp4", frames=99),
        write_call(folder / "class.mp4", people=9, frames=65),
    ]
    whole = videos[1].read_bytes()
    (folder / "notes.mp4").write_text("Slide 7: questions\n" * 200, encoding="utf-8")
    (folder / "empty.mp4").touch()
    (folder / "half.mp4").write_bytes(whole[: len(whole) // 2])
    given = [folder / "notes.mp4", *videos, folder / "empty.mp4", folder / "half.mp4", folder / "gone.mp4"]
    return folder / "out", run(folder, "analyze", *given, "--faces", "--json", "--out", folder / "out")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures of calls, and beside them what was read from them."""
    folder = tmp_path_factory.mktemp("pictures")
    for name, people in PEOPLE.items():
        cv2.imwrite(str(folder / name), simulated_call(people).image_at(1.0))
    done = run(folder, "analyze", folder, "--faces", "--out", folder)
    assert (done.code, done.err) == (0, "")
    return folder


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The group photos, analyzed."""
    folder = tmp_path_factory.mktemp("groups")
    done = run(folder, "analyze", SHARED / "photos" / "groups", "--faces", "--out", folder)
    assert (done.code, done.err) == (0, "")
    return folder


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture that can be read."""
    file = tmp_path / "class.png"
    PIL.Image.new("RGB", (640, 360), (90, 90, 90)).save(file)
    return file


@pytest.mark.parametrize("name", LENGTHS_S)
def test_the_last_row_agrees_with_the_recordings_length(mixed: tuple[Path, Ended], name: str) -> None:
    table = read_table(mixed[0] / name / "session.csv")
    assert list(table.columns) == list(HEADER)
    assert table.elapsed_s.iloc[-1] == pytest.approx(LENGTHS_S[name], abs=0.05)
    assert list(table.elapsed_s.iloc[:-1]) == list(range(1, len(table)))
    assert set(table.state) == {"live"}


def test_faces_are_read_where_there_are_some_and_only_there(mixed: tuple[Path, Ended]) -> None:
    with_face = read_table(mixed[0] / "alone" / "session.csv")
    assert set(with_face.readable) == {1}
    assert with_face.filter(like="mean_").sum(axis=1).to_numpy() == pytest.approx(1, abs=1e-3)
    without = read_table(mixed[0] / "nobody" / "session.csv")
    assert set(without.readable) == {0}
    assert without.filter(like="mean_").isna().all(axis=None)
    faces = read_table(mixed[0] / "alone" / "faces.csv")
    assert set(faces.source) == {"alone.mp4"}
    assert set(faces.seat) == {1}


def test_what_cannot_be_read_is_named_and_the_others_are_done(mixed: tuple[Path, Ended]) -> None:
    out, done = mixed
    assert done.code == 1
    sentences = done.err.splitlines()
    assert len(sentences) == 4
    for name in ("notes.mp4", "empty.mp4", "half.mp4", "gone.mp4"):
        [sentence] = [sentence for sentence in sentences if name in sentence]
        assert sentence.endswith(".")
        assert ": " in sentence
    told = json.loads(done.out)
    assert {run["name"] for run in told["runs"]} == {f"{name}.mp4" for name in LENGTHS_S}
    assert len(told["failed"]) == 4
    assert {folder.name for folder in out.iterdir()} == set(LENGTHS_S)


@pytest.mark.needs_data("photos")
def test_group_photos_have_their_faces_and_few_others(groups: Path) -> None:
    with (SHARED / "photos" / "boxes.csv").open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["file"].startswith("groups/")]
    found = read_table(groups / "faces.csv")
    assert list(found.columns) == list(FACES_HEADER)
    edges = ["x0", "y0", "x1", "y1"]
    hits = boxes = 0
    known = {Path(row["file"]).name for row in rows}
    for name in known:
        truth = np.array(
            [[float(row[edge]) for edge in edges] for row in rows if row["file"].endswith(f"/{name}")], np.float32
        )
        mine = found.loc[found.source == name, edges].to_numpy(np.float32)
        boxes += len(mine)
        hits += len(match_greedily(iou_matrix(truth, mine), 0.4))
    assert hits >= 66, f"{hits} of {len(rows)}"
    assert boxes <= 1.03 * len(rows)


def test_each_picture_is_a_row_of_its_own(pictures: Path) -> None:
    table = read_table(pictures / "session.csv")
    assert list(table.elapsed_s) == [1, 2, 3]
    assert list(table.marker) == list(PEOPLE)
    assert list(table.faces) == list(PEOPLE.values())
    faces = read_table(pictures / "faces.csv")
    assert faces.groupby("elapsed_s").source.nunique().eq(1).all()
    assert list(faces.groupby("elapsed_s").size()) == list(table.faces)
    # No seat is carried over from an unrelated picture.
    assert (faces.groupby("source").seat.min() == 1).all()
    assert (faces.groupby("source").seat.max() == faces.groupby("source").size()).all()


def test_a_picture_of_20000_px_is_refused_in_one_sentence(tmp_path: Path) -> None:
    PIL.Image.new("L", (20_000, 200)).save(tmp_path / "huge.png")
    done = run(tmp_path, "analyze", tmp_path / "huge.png", "--out", tmp_path / "out")
    assert done.code == 1
    assert "make it smaller" in done.sentence


def test_a_wrong_network_is_refused_in_one_sentence(tmp_path: Path, picture: Path) -> None:
    (tmp_path / "mine.tflite").write_text("no network", encoding="utf-8")
    order = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"]
    sidecar = {"classes": order, "input": {"channels": 1}}
    (tmp_path / "mine.json").write_text(json.dumps(sidecar), encoding="utf-8")
    settings_file(tmp_path).parent.mkdir(parents=True)
    settings = {"schema": 1, "model_file": str(tmp_path / "mine.tflite")}
    settings_file(tmp_path).write_text(json.dumps(settings), encoding="utf-8")
    done = run(tmp_path, "analyze", picture, "--out", tmp_path / "out")
    assert done.code == 1
    assert "mine.tflite" in done.sentence


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path, picture: Path) -> None:
    (tmp_path / "file").touch()
    done = run(tmp_path, "analyze", picture, "--out", tmp_path / "file" / "out")
    assert done.code == 1
    assert "choose another with --out" in done.sentence


def until_it_reads(process: "subprocess.Popen[str]", session: Path) -> None:
    """Waits for its first rows."""
    deadline_s = time.monotonic() + 60
    while not session.exists() or session.read_bytes().count(b"\n") < 4:
        assert time.monotonic() < deadline_s
        assert process.poll() is None
        time.sleep(0.05)


def test_ctrl_c_ends_cleanly_and_keeps_the_rows_and_the_same_command_goes_on(tmp_path: Path) -> None:
    video = write_call(tmp_path / "class.mp4", people=9, frames=200)
    command = ("analyze", video, "--every", "0.2", "--faces", "--out", tmp_path)
    process = start(tmp_path, *command)
    session = tmp_path / "session.csv"
    until_it_reads(process, session)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    told = "Stopped before the end (0 done, class.mp4 is not): the same command goes on from here."
    assert err.splitlines() == [told]
    assert str(session) in out
    table = read_table(session)
    assert len(table) >= 3
    assert table.elapsed_s.iloc[-1] < 19
    assert read_table(tmp_path / "faces.csv").elapsed_s.max() <= table.elapsed_s.iloc[-1] + 0.05
    assert not store_file(tmp_path).exists()
    done = run(tmp_path, *command)
    assert (done.code, done.err) == (0, "")
    assert "as lesson 1" in done.out
    assert list(read_table(session).elapsed_s) == list(range(1, 21))
    assert not (tmp_path / "session-1.csv").exists()
    assert "read before" in run(tmp_path, *command).out


def test_several_at_once_end_as_one_after_the_other_and_stop_together(tmp_path: Path) -> None:
    videos = [
        write_call(tmp_path / f"{name}.mp4", people=people, frames=120)
        for people, name in enumerate(("one", "two", "three"), start=1)
    ]
    command: list[str | Path] = ["analyze", *videos, "--every", "0.2", "--jobs", "2", "--json"]
    command += ["--out", tmp_path / "several"]
    process = start(tmp_path, *command)
    until_it_reads(process, tmp_path / "several" / "one" / "session.csv")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "not begun" in err
    assert len(err.splitlines()) == 1
    several = run(
        tmp_path, "analyze", *videos, "--every", "0.2", "--jobs", "2", "--json", "--out", tmp_path / "several"
    )
    assert (several.code, several.err) == (0, "")
    told = json.loads(several.out)
    assert [one["name"] for one in told["runs"]] == ["one.mp4", "two.mp4", "three.mp4"]
    assert sorted(one["lesson"] for one in told["runs"]) == [1, 2, 3]
    single = run(tmp_path, "analyze", *videos, "--every", "0.2", "--no-store", "--out", tmp_path / "single")
    assert single.code == 0
    assert "lesson" not in single.out
    for video in videos:
        ours, theirs = (tmp_path / out / video.stem / "session.csv" for out in ("several", "single"))
        assert read_table(ours).drop(columns="time").equals(read_table(theirs).drop(columns="time"))
