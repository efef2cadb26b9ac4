"""Pictures are told from recordings, also where the name does not tell."""

import os
import sys
from pathlib import Path

import PIL.Image
import pytest
from support.places import SHARED

from fer_desktop.core.file_kinds import is_picture

FRAMES = [PIL.Image.new("RGB", (40, 30), (shade, 0, 0)) for shade in (0, 90, 200)]


def written(path: Path, frames: int, form: str | None = None) -> Path:
    FRAMES[0].save(path, form, **({"save_all": True, "append_images": FRAMES[1:frames]} if frames > 1 else {}))
    return path


@pytest.mark.parametrize(
    "name", ["a.jpg", "a.JPE", "a.jfif", "a.JFIF", "a.pjpeg", "a.png", "a.gif", "a.webp", "a.heic"]
)
def test_a_picture_goes_by_its_name_also_where_it_is_not_there(tmp_path: Path, name: str) -> None:
    assert is_picture(tmp_path / name)


@pytest.mark.parametrize("name", ["a.mp4", "a.WEBM", "a", "a.txt", "."])
def test_a_recording_goes_by_its_name_also_where_it_is_not_there(tmp_path: Path, name: str) -> None:
    assert not is_picture(tmp_path / name)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
def test_a_picture_without_a_telling_name_goes_by_its_bytes(tmp_path: Path, form: str) -> None:
    assert is_picture(written(tmp_path / "photo", 1, form))
    assert is_picture(written(tmp_path / "photo.old", 1, form))


@pytest.mark.parametrize("name", ["a.gif", "a.png", "a.apng"])
@pytest.mark.parametrize("frames", [1, 2, 3])
def test_a_picture_that_moves_is_a_recording(tmp_path: Path, name: str, frames: int) -> None:
    form = "GIF" if name.endswith("gif") else "PNG"
    assert is_picture(written(tmp_path / name, frames, form)) == (frames == 1)


@pytest.mark.parametrize("name", ["a.gif", "a.png"])
def test_half_a_picture_ends(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, 3)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert is_picture(path) in (True, False)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("a.gif", "a"):
        if sys.platform != "win32":
            os.mkfifo(tmp_path / name)
    assert is_picture(tmp_path / "a.gif")
    assert not is_picture(tmp_path / "a")
    assert is_picture(tmp_path / "a\0b.gif")


@pytest.mark.needs_data("cases")
def test_cases_are_what_they_are() -> None:
    assert is_picture(SHARED / "cases" / "photo.jfif")
    assert is_picture(SHARED / "cases" / "gallery_smoothed.avif")
    assert not is_picture(SHARED / "cases" / "animated_4s.gif")
