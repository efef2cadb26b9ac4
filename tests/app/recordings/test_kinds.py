"""What a file is goes by its bytes and not by its name, and what was not read is named."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from support.command_line import Ended, run
from support.inputs.clips import write_clip
from support.tables import read_table

from fer_desktop.app.terminal.inputs import collect_inputs
from fer_desktop.capture.files.picture_file import read_picture
from fer_desktop.capture.files.recording import RecordingSource

SHADES = (30, 90, 150, 210)
FORMS = {"gif": "GIF", "webp": "WEBP", "apng": "PNG", "png": "PNG", "avif": "AVIF"}


def picture(path: Path, form: str) -> Path:
    PIL.Image.new("RGB", (160, 120), (90, 90, 90)).save(path, form)
    return path


def moving(path: Path, form: str) -> Path:
    frames = [PIL.Image.new("RGB", (160, 120), (shade,) * 3) for shade in SHADES]
    frames[0].save(path, form, save_all=True, append_images=frames[1:], duration=500)
    return path


def text(path: Path, _form: str = "") -> Path:
    path.write_text("Slide 7: questions\n" * 200, encoding="utf-8")
    return path


def video(path: Path, _form: str = "") -> Path:
    made = write_clip(path.parent / "made.mp4", 12)
    shutil.move(made, path)
    return path


KINDS: dict[str, tuple[Callable[[Path, str], Path], str, str]] = {
    "photo.jfif": (picture, "JPEG", "picture"),
    "photo.JPE": (picture, "JPEG", "picture"),
    "photo.PJPEG": (picture, "JPEG", "picture"),
    "photo": (picture, "PNG", "picture"),
    "photo.mp4": (picture, "JPEG", "picture"),
    "photo.txt": (picture, "BMP", "picture"),
    "still.webp": (picture, "WEBP", "picture"),
    "moves.gif": (moving, "GIF", "recording"),
    "moves.webp": (moving, "WEBP", "recording"),
    "moves.apng": (moving, "PNG", "recording"),
    "moves.png": (moving, "PNG", "recording"),
    "moves.jpg": (moving, "GIF", "recording"),
    "moves.avif": (moving, "AVIF", "recording"),
    "lesson.mp4": (video, "", "recording"),
    "lesson": (video, "", "recording"),
    "lesson.png": (video, "", "recording"),
    "...mp4": (video, "", "recording"),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_file_of_a_folder_is_taken_for_what_it_is(tmp_path: Path, name: str) -> None:
    make, form, kind = KINDS[name]
    make(tmp_path / name, form)
    found = collect_inputs([tmp_path])
    assert [item.name for item in found.pictures] == [name] * (kind == "picture")
    assert [item.name for item in found.recordings] == [name] * (kind == "recording")
    assert not found.problems


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.apng", "a.png", "a.avif"])
def test_a_picture_that_moves_is_read_frame_by_frame(tmp_path: Path, name: str) -> None:
    source = RecordingSource(moving(tmp_path / name, FORMS[name.split(".")[1]]), paced=False)
    source.open()
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    assert [frame.captured_s for frame in frames] == pytest.approx([0, 0.5, 1, 1.5])
    assert [float(frame.image.mean()) for frame in frames] == pytest.approx(SHADES, abs=3)
    assert source.length_s == pytest.approx(2.0)
    source.close()


def hidden(shape: tuple[int, int], mode: str) -> PIL.Image.Image:
    """A picture whose left half shows grey 200, and whose right half hides stripes behind full transparency."""
    values = np.zeros((*shape, 4), np.uint8)
    values[..., :3] = 200
    values[:, ::2, :3] = 0
    values[:, : shape[1] // 2] = (200, 200, 200, 255)
    return PIL.Image.fromarray(values, "RGBA").convert(mode)


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tiff"])
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_a_picture_hides_behind_transparency_is_not_read(tmp_path: Path, name: str, mode: str) -> None:
    if name == "a.webp":
        if mode == "LA":
            pytest.skip("WebP has no grey")
        hidden((40, 80), mode).save(tmp_path / name, lossless=True, exact=True)
    else:
        hidden((40, 80), mode).save(tmp_path / name)
    image = read_picture(tmp_path / name)
    assert image[:, 2:38].mean() == pytest.approx(200, abs=1)
    assert np.ptp(image[:, 42:]) == 0
    assert image[0, 60, 0] == 128


@pytest.mark.parametrize("name", ["a.gif", "a.apng", "a.webp"])
def test_nor_what_one_that_moves_hides(tmp_path: Path, name: str) -> None:
    frames = [hidden((40, 80), "RGBA"), hidden((40, 80), "RGBA").point(lambda value: value // 2 * 2)]
    form = FORMS[name.split(".")[1]]
    more = {"lossless": True, "exact": True} if form == "WEBP" else {"disposal": 2} if form == "GIF" else {}
    frames[0].putpixel((0, 0), (0, 0, 0, 255))
    frames[0].save(tmp_path / name, form, save_all=True, append_images=frames[1:], duration=500, **more)
    source = RecordingSource(tmp_path / name, paced=False)
    source.open()
    while (frame := source.read()) is not None:
        assert np.ptp(frame.image[:, 42:]) == 0
    source.close()


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """A folder of such files, read."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "given").mkdir()
    for name in ("photo.jfif", "photo.JPE", "moves.webp", "moves.gif"):
        KINDS[name][0](folder / "given" / name, KINDS[name][1])
    text(folder / "given" / "text.mp4")
    text(folder / "given" / "notes.txt")
    dots = video(folder / "...mp4")
    return folder, run(folder, "analyze", folder / "given", dots, "--json", "--out", folder / "out")


def test_all_that_can_be_read_is_read_and_what_is_not_is_named(odd: tuple[Path, Ended]) -> None:
    folder, done = odd
    assert done.code == 1
    told = json.loads(done.out)
    assert {one["name"] for one in told["runs"]} == {"moves.webp", "moves.gif", "...mp4", "pictures"}
    assert "text.mp4" in done.sentence  # and notes.txt was never meant
    assert list(read_table(folder / "out" / "session.csv").marker) == ["photo.jfif", "photo.JPE"]
    assert [one["lesson"] for one in told["runs"]].count(None) == 1  # pictures are no lesson


def test_nothing_is_written_outside_of_the_folder(odd: tuple[Path, Ended]) -> None:
    folder, done = odd
    for one in json.loads(done.out)["runs"]:
        assert (folder / "out").resolve() in Path(one["session"]).resolve().parents
    assert not list(folder.glob("*.csv"))
    assert (folder / "out" / "recording" / "session.csv").is_file()
