"""The audit finds a picture and a socket where there is one, in whatever form, and none in what a session leaves."""

import base64
import gzip
import json
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from support.command_line import run
from support.inputs.clips import simulated_call

from fer_desktop.app.audit.findings import ENDED_AS_USUAL, ENDED_HARD, Findings, audited, words_of_session
from fer_desktop.app.audit.needles import NeedleCollector, NeedleIndex, read_needles
from fer_desktop.app.audit.picture_search import pictures_in
from fer_desktop.app.audit.system_calls import traced
from fer_desktop.core.errors import FerError
from fer_desktop.core.types import Image


@pytest.fixture(scope="module")
def picture() -> Image:
    return simulated_call(9).image_at(1.0)


@pytest.fixture(scope="module")
def index(picture: Image, tmp_path_factory: pytest.TempPathFactory) -> NeedleIndex:
    """What a session notes that has seen this picture often, and its crops."""
    folder = tmp_path_factory.mktemp("notes")
    collector = NeedleCollector(folder)
    faces = [tile.face_xyxy for tile in simulated_call(9).truth_at(1.0).tiles if tile.face_xyxy is not None]
    collector.look_at_frame(picture, [np.array(face, np.float32) for face in faces], runs=400, runs_in_face=30)
    collector.look_at_crops(crops(picture[100:400, 200:600]))
    return NeedleIndex(read_needles(folder))


def crops(picture: Image) -> np.ndarray:
    """36 crops of a picture (300, 400, 3)."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    places = [(round(y), round(x)) for y in np.linspace(20, 240, 6) for x in np.linspace(20, 340, 6)]
    return np.stack([grey[y : y + 48, x : x + 48] for y, x in places])[..., None]


def in_sqlite(content: bytes, file: Path) -> None:
    with sqlite3.connect(file) as store:
        store.execute("CREATE TABLE seen (picture BLOB)")
        store.execute("INSERT INTO seen VALUES (?)", (content,))
    store.close()


def in_zip(content: bytes, file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.txt", "of a lesson")
        archive.writestr("picture", content)


Form = Callable[[Image], bytes]
RAW: dict[str, Form] = {
    "rows of BGR": lambda image: image.tobytes(),
    "rows of RGB": lambda image: image[..., ::-1].tobytes(),
    "rows of BGRA": lambda image: np.dstack([image, np.full(image.shape[:2], 255, np.uint8)]).tobytes(),
    "channels": lambda image: image.transpose(2, 0, 1).tobytes(),
    "a part of it": lambda image: image[100:200, 100:250].tobytes(),
    "crops": lambda image: crops(image).tobytes(),
    "crops as numbers": lambda image: crops(image).astype(np.float32).tobytes(),
    "crops from 0 to 1": lambda image: (crops(image).astype(np.float32) / np.float32(255)).tobytes(),
}
ENCODED: dict[str, Form] = {
    suffix: lambda image, suffix=suffix: cv2.imencode(suffix, image)[1].tobytes()  # type: ignore[misc]
    for suffix in (".png", ".jpg", ".bmp", ".webp", ".tiff", ".ppm")
}
AROUND: dict[str, Callable[[bytes, Path], object]] = {
    "alone": lambda content, file: file.write_bytes(content),
    "in a log": lambda content, file: file.write_bytes(b"INFO a frame: \n" * 3 + content + b"\nINFO the end"),
    "compressed": lambda content, file: file.write_bytes(gzip.compress(content)),
    "in base64": lambda content, file: file.write_text(json.dumps({"frame": base64.b64encode(content).decode()})),
    "in hexadecimal": lambda content, file: file.write_text(content.hex()),
    "in a store": in_sqlite,
    "in an archive": in_zip,
}


@pytest.mark.parametrize("form", RAW)
@pytest.mark.parametrize("around", AROUND)
def test_pixels_of_the_session_are_found(
    picture: Image, index: NeedleIndex, tmp_path: Path, form: str, around: str
) -> None:
    file = tmp_path / "left"
    AROUND[around](RAW[form](picture[100:400, 200:600]), file)
    assert any("pixels of the session" in found.what for found in pictures_in(file, "left", index))


@pytest.mark.parametrize("form", ENCODED)
@pytest.mark.parametrize("around", ["alone", "compressed", "in base64", "in an archive"])
def test_image_files_are_found_whatever_they_show(tmp_path: Path, form: str, around: str) -> None:
    file = tmp_path / "left"
    AROUND[around](ENCODED[form](np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)), file)
    assert pictures_in(file, "left", NeedleIndex([]))


def test_a_picture_at_the_end_of_a_large_file_is_found(picture: Image, index: NeedleIndex, tmp_path: Path) -> None:
    file = tmp_path / "core"
    with file.open("wb") as core:
        core.truncate(16_000_000 - 1000)
        core.seek(0, 2)
        core.write(picture[300:303].tobytes())
    assert pictures_in(file, "core", index)


def test_what_a_session_writes_is_no_picture(index: NeedleIndex, tmp_path: Path) -> None:
    file = tmp_path / "left"
    for content in ("time,state\n" + "2026-11-28T09:00:00,live,0.125\n" * 5000, json.dumps({"a" * 300: ["f" * 500]})):
        file.write_text(content, encoding="utf-8")
        assert pictures_in(file, "left", index) == []
    file.write_bytes(bytes(100_000))
    assert pictures_in(file, "left", index) == []


PLANT = """
import os, socket
from pathlib import Path
from fer_desktop.vision.detectors import YuNetDetector
detect = YuNetDetector.detect
def leaking(self, image):
    leak = Path(os.environ["HOME"]) / ".cache" / "leak"
    if image.shape[0] > 500 and not leak.exists():
        leak.write_bytes(image.tobytes())
        asked = socket.socket()
        asked.settimeout(0.2)
        asked.connect_ex(("127.0.0.1", 9))
        asked.close()
    return detect(self, image)
YuNetDetector.detect = leaking
"""


def planted(words: list[str], plant: str) -> list[str]:
    """The program with a fault in it."""
    return [word.replace("from fer_desktop.app.main", f"{plant}from fer_desktop.app.main") for word in words]


def test_a_picture_and_a_socket_that_the_program_leaks_are_found() -> None:
    found = audited({ENDED_HARD: planted(words_of_session(5, ends_hard=True), PLANT)})
    assert not found.clean
    assert {(one.file, one.what) for one in found.pictures} == {(".cache/leak", "pixels of the session")}
    by_python = [one for one in found.sockets if one.seen_by == "Python"]
    assert any("127.0.0.1" in one.what for one in by_python)
    assert all(one.where for one in by_python)
    if found.system_calls_seen:
        assert any(one.seen_by == "system calls" and "127.0.0.1" in one.what for one in found.sockets)


def test_a_session_of_the_program_leaves_no_picture_and_asks_for_no_socket(tmp_path: Path) -> None:
    done = run(tmp_path, "audit", "--seconds", "5", "--json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert (found["pictures_found"], found["sockets"], found["programs"]) == (0, [], [])
    assert found["sessions"] == [ENDED_AS_USUAL, ENDED_HARD]
    assert found["pixels_looked_for"] > 1000
    left = {file["path"] for file in found["files"]}
    assert any(path.endswith("settings.json") for path in left)
    assert sum(path.endswith(".csv") for path in left) == 2
    if sys.platform != "win32":
        assert {file["mode"] for file in found["files"]} == {"600"}


def small(code: str) -> Findings:
    """The findings of a few lines of Python, whose calls are recorded."""
    recorded = "import sys, pathlib\nfrom fer_desktop.app.audit.recorder import record_to\n"
    return audited(
        {ENDED_AS_USUAL: [sys.executable, "-c", f"{recorded}record_to(pathlib.Path(sys.argv[1]))\n{code}", "{folder}"]}
    )


def test_a_file_that_is_written_elsewhere_is_looked_at_too(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    png = cv2.imencode(".png", np.zeros((9, 9, 3), np.uint8))[1].tobytes()
    found = small(f"open({str(elsewhere)!r}, 'wb').write(bytes.fromhex({png.hex()!r}))")
    assert [one.file for one in found.pictures] == [str(elsewhere)]
    assert [one.path for one in found.files] == [str(elsewhere)]


def test_programs_that_are_started_are_listed() -> None:
    found = small("import subprocess\nsubprocess.run([sys.executable, '-c', 'pass'])")
    assert len(found.programs) == 1
    assert found.clean


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_socket_below_python_is_found(tmp_path: Path) -> None:
    if traced(["true"], tmp_path) == ["true"]:
        pytest.skip("strace may not look at processes here")
    found = small("import ctypes\nctypes.CDLL(None).socket(2, 1, 0)")
    assert [(one.seen_by, one.call) for one in found.sockets] == [("system calls", "socket")]


def test_a_session_that_fails_is_no_clean_one() -> None:
    with pytest.raises(FerError, match="ZeroDivisionError"):
        small("1 / 0")
