import os
import struct
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from support.places import MODELS, SHARED

from fer_desktop.capture.files import picture_file
from fer_desktop.capture.files.picture_file import KEPT_PIXELS, read_picture
from fer_desktop.capture.files.pictures import PicturesSource, list_pictures
from fer_desktop.core.errors import SourceError
from fer_desktop.vision.detectors import shipped_detector

RED = (250, 10, 20)


def painted(path: Path, size: tuple[int, int] = (40, 30), colour: tuple[int, int, int] = RED) -> Path:
    PIL.Image.new("RGB", size, colour).save(path)
    return path


def black_png(path: Path, width: int, height: int) -> Path:
    """A black PNG of one bit a pixel, made without ever holding it."""
    packer = zlib.compressobj(1)
    row = bytes(1 + (width + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            (b"IDAT", body),
            (b"IEND", b""),
        ):
            file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_picture(path)
    return str(caught.value)


@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "tiff", "webp", "gif"])
def test_a_picture_is_read_as_blue_green_red(tmp_path: Path, suffix: str) -> None:
    image = read_picture(painted(tmp_path / f"face.{suffix}"))
    assert image.shape == (30, 40, 3)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    assert np.abs(image[15, 20].astype(int) - RED[::-1]).max() <= 8


def test_a_picture_taken_sideways_stands_upright(tmp_path: Path) -> None:
    path = tmp_path / "phone.jpg"
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # turned clockwise
    PIL.Image.new("RGB", (40, 30)).save(path, exif=exif)
    assert read_picture(path).shape == (40, 30, 3)


def test_a_photo_as_phones_save_it_is_told_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "class.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + bytes(200))
    assert refusal(tmp_path / "class.HEIC").endswith(
        "is a HEIC photo, which cannot be read here: save it as JPEG or PNG."
    )
    assert list_pictures(tmp_path) == [tmp_path / "class.HEIC"]


@pytest.mark.parametrize("shade", [0x0000, 0x0080, 0x8000, 0xFFFF])
def test_grey_of_sixteen_bits_keeps_its_shades(tmp_path: Path, shade: int) -> None:
    path = tmp_path / "grey.png"
    PIL.Image.fromarray(np.full((30, 40), shade, dtype=np.uint16)).save(path)
    assert np.abs(read_picture(path).astype(int) - shade / 257).max() <= 1


def test_shares_of_white_are_read_as_shades(tmp_path: Path) -> None:
    path = tmp_path / "grey.tiff"
    PIL.Image.fromarray(np.linspace(0, 1, 1200, dtype=np.float32).reshape(30, 40)).save(path)
    image = read_picture(path)
    assert (image.min(), image.max()) == (0, 255)


@pytest.mark.parametrize("suffix", ["png", "webp", "tiff"])
def test_what_is_fully_transparent_is_not_seen_and_what_is_partly_so_is_blended(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"logo.{suffix}"
    picture = PIL.Image.new("RGBA", (60, 20), (*RED, 255))
    picture.paste((*RED, 0), (20, 0, 40, 20))
    picture.paste((*RED, 128), (40, 0, 60, 20))
    picture.save(path, lossless=True, exact=True)
    grey = np.array([128, 128, 128])
    seen = read_picture(path)[10, [10, 30, 50]]
    assert np.abs(seen - np.stack([RED[::-1], grey, (grey + RED[::-1]) / 2])).max() <= 1


@pytest.mark.parametrize("mode", ["L", "RGB", "P"])
def test_a_colour_that_stands_for_transparent_is_not_seen(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "logo.png"
    picture = PIL.Image.new("L", (40, 30), 250)
    picture.paste(10, (0, 0, 20, 30))
    hidden = {"L": 10, "RGB": (10, 10, 10), "P": 10}[mode]
    picture.convert(mode).save(path, transparency=hidden)
    assert read_picture(path)[15, [10, 30], 0].tolist() == [128, 250]


def test_faces_hidden_by_transparency_are_not_read() -> None:
    path = SHARED / "cases" / "alpha_hidden_faces.png"
    if not path.is_file():
        pytest.skip(f"needs {path}")
    assert len(shipped_detector(MODELS).detect(read_picture(path))) == 2


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (16_001, 10), (7_100, 7_100)])
def test_a_picture_too_large_is_refused_by_its_header(tmp_path: Path, width: int, height: int) -> None:
    path = black_png(tmp_path / "poster.png", width, height)
    text = refusal(path)
    assert text.startswith(f"{path} is too large")
    assert text.endswith("make it smaller, at most 16,000 px a side and 50 megapixels.")


def test_a_large_picture_is_read(tmp_path: Path) -> None:
    assert read_picture(black_png(tmp_path / "group.png", 12_000, 2_000)).shape == (2_000, 12_000, 3)


MEASURE = """
import re, sys
from pathlib import Path
from fer_desktop.capture.files.picture_file import read_picture
image = read_picture(Path(sys.argv[1]))
status = Path("/proc/self/status").read_text()
print(*image.shape, int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc elsewhere")
@pytest.mark.parametrize(("name", "side"), [("a.jpg", 9_900), ("a.png", 7_000), ("a.gif", 7_000)])
def test_the_largest_picture_takes_a_bounded_memory(tmp_path: Path, name: str, side: int) -> None:
    path = tmp_path / name
    PIL.Image.new("P" if name == "a.gif" else "RGB", (side, side)).save(path)
    program = [sys.executable, "-c", MEASURE, str(path)]
    height, width, _, peak_mb = map(int, subprocess.check_output(program, timeout=60).split())
    assert (height, width) == (side // 2, side // 2)
    assert peak_mb < 350


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_a_picture_that_is_made_smaller_looks_the_same(
    tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_file, "KEPT_PIXELS", 3_000)
    monkeypatch.setattr(picture_file, "_STRIP_PIXELS", 1_000)
    halves = PIL.Image.new("L", (120, 80), 0)
    halves.paste(255, (60, 0, 120, 80))
    if mode == "I;16":
        picture = PIL.Image.fromarray(np.asarray(halves).astype(np.uint16) * 257)
    else:
        picture = halves.convert(mode)
    picture.save(tmp_path / "a.tiff")
    image = read_picture(tmp_path / "a.tiff")
    assert image.shape == (40, 60, 3)
    assert image[:, :28].max() < 5
    assert image[:, 32:].min() > 250


def test_a_large_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    PIL.Image.new("L", (7_000, 5_000)).save(tmp_path / "a.jpg", exif=exif)
    image = read_picture(tmp_path / "a.jpg")
    assert image.shape == (3_500, 2_500, 3)
    assert image.shape[0] * image.shape[1] <= KEPT_PIXELS


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such files")
def test_a_pipe_is_no_picture_and_not_waited_for(tmp_path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "a.jpg")
    assert "is no file: choose a picture" in refusal(tmp_path / "a.jpg")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name has letters")
def test_a_picture_is_read_under_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = painted(tmp_path / "a.jpg").rename(tmp_path / os.fsdecode(b"\xe4.jpg"))
    assert read_picture(path).shape == (30, 40, 3)
    assert list_pictures(tmp_path) == [path]


@pytest.mark.parametrize("content", [b"", b"no picture at all\n" * 100, bytes(range(256)) * 50])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "face.jpg"
    path.write_bytes(content)
    assert refusal(path) == f"{path} is damaged or not a picture: save it again as JPEG or PNG."


@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "tiff", "webp", "gif"])
def test_half_a_picture_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"face.{suffix}"
    noise = np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    PIL.Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "is damaged or not a picture" in refusal(path)


def test_a_missing_picture_is_called_missing(tmp_path: Path) -> None:
    path = tmp_path / "face.jpg"
    assert refusal(path) == f"The picture {path} was not found: check where it is."
    with pytest.raises(SourceError, match="was not found"):
        list_pictures(path)


def test_a_folder_lists_its_pictures_as_people_count(tmp_path: Path) -> None:
    for name in ("face 10.PNG", "face 2.jpg", "Face 1.webp", "._face 2.jpg", "boxes.csv", "10 faces.jpg"):
        (tmp_path / name).touch()
    (tmp_path / "older").mkdir()
    assert [path.name for path in list_pictures(tmp_path)] == [
        "10 faces.jpg",
        "Face 1.webp",
        "face 2.jpg",
        "face 10.PNG",
    ]


def test_a_picture_lists_itself(tmp_path: Path) -> None:
    path = painted(tmp_path / "face.png")
    assert list_pictures(path) == [path]


def test_a_folder_without_pictures_says_so(tmp_path: Path) -> None:
    (tmp_path / "boxes.csv").touch()
    with pytest.raises(SourceError, match="There are no pictures in"):
        list_pictures(tmp_path)


def test_a_folder_is_shown_picture_by_picture_and_ends(tmp_path: Path) -> None:
    for shade in (10, 20, 30):
        painted(tmp_path / f"{shade}.png", colour=(shade, shade, shade))
    source = PicturesSource(tmp_path, each_s=0.1)
    source.open()
    frames = list(iter(source.read, None))
    assert [int(frame.image[0, 0, 0]) for frame in frames] == [10, 20, 30]
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert frames[0].captured_s < frames[1].captured_s < frames[2].captured_s
    source.close()


def test_a_picture_of_a_folder_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(b"no picture")
    painted(tmp_path / "2.png")
    (tmp_path / "3.jpg").write_bytes(b"no picture")
    source = PicturesSource(tmp_path, each_s=0.1)
    source.open()
    assert len(list(iter(source.read, None))) == 1
    source.close()


def test_a_folder_of_nothing_readable_is_refused(tmp_path: Path) -> None:
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(b"no picture")
    with pytest.raises(SourceError, match="is damaged or not a picture"):
        PicturesSource(tmp_path).open()


def test_a_single_picture_stays_until_it_is_stopped(tmp_path: Path) -> None:
    source = PicturesSource(painted(tmp_path / "face.png"), each_s=0.1)
    source.open()
    assert all(source.read() for _ in range(3))
    stopper = threading.Timer(0.1, source.cancel)
    stopper.start()
    while source.read():
        pass
    stopper.join()
    source.close()
    source.close()
