"""Whether a recording is all there, told from its bytes."""

from pathlib import Path

import pytest
from support.inputs.clips import write_noise, write_timed
from support.places import SHARED

from fer_desktop.capture.files.whole_file import is_cut_off

KINDS = [
    ("clip.avi", "mpeg4"),
    ("clip.mp4", "libx264"),
    ("clip.mkv", "libx264"),
    ("clip.webm", "libvpx"),
    ("clip.mpg", "mpeg1video"),
    ("clip.vob", "mpeg2video"),
    ("clip.ts", "libx264"),
    ("clip.m2ts", "libx264"),
    ("clip.flv", "flv"),
    ("clip.wmv", "wmv2"),
]


@pytest.mark.parametrize(("name", "codec"), KINDS)
def test_a_whole_file_is_told_from_one_that_is_cut_anywhere(tmp_path: Path, name: str, codec: str) -> None:
    path = write_noise(tmp_path / name, codec)
    assert not is_cut_off(path, ends_early=False)
    assert not is_cut_off(path, ends_early=True)
    whole = path.read_bytes()
    for percent in range(30, 98, 4):
        path.write_bytes(whole[: len(whole) * percent // 100])
        assert is_cut_off(path, ends_early=True), f"at {percent} %"


@pytest.mark.parametrize(
    ("name", "codec", "unit"), [("clip.mpg", "mpeg1video", 2048), ("clip.vob", "mpeg2video", 2048)]
)
def test_a_program_stream_that_is_cut_between_two_packs_is_cut(
    tmp_path: Path, name: str, codec: str, unit: int
) -> None:
    path = write_noise(tmp_path / name, codec)
    whole = path.read_bytes()
    for packs in range(10, len(whole) // unit - 1, 7):
        path.write_bytes(whole[: packs * unit])
        assert is_cut_off(path, ends_early=False), f"after {packs} packs"


def test_a_transport_stream_that_is_cut_within_a_picture_is_mostly_told(tmp_path: Path) -> None:
    path = write_noise(tmp_path / "clip.ts", "libx264")
    whole = path.read_bytes()
    cuts = range(200, len(whole) // 188, 11)
    told = 0
    for packets in cuts:
        path.write_bytes(whole[: packets * 188])
        told += is_cut_off(path, ends_early=False)
    assert told >= 0.8 * len(cuts)  # the rest ends where a picture does


def _transport_stream(path: Path, code: int, length: int) -> Path:
    """Pieces of five full packets each, which say to be so long; 0: nothing is said."""
    packets = []
    for number in range(20):
        begins = number % 5 == 0
        head = bytes([0x47, 0x40 if begins else 0, 0x20, 0x10 | number % 16])
        piece = b"\0\0\1" + bytes([code]) + length.to_bytes(2, "big") + b"\x80\0\0" if begins else b""
        packets.append((head + piece).ljust(188, b"\xaa"))
    path.write_bytes(b"".join(packets))
    return path


@pytest.mark.parametrize("code", [0xC0, 0xE0], ids=["sound", "pictures"])
def test_a_transport_stream_whose_pieces_tell_their_length_is_told_wherever_it_is_cut(
    tmp_path: Path, code: int
) -> None:
    path = _transport_stream(tmp_path / "clip.ts", code, 5 * 184 - 6)
    whole = path.read_bytes()
    assert not is_cut_off(path, ends_early=False)
    for packets in range(6, 20):
        path.write_bytes(whole[: packets * 188])
        assert is_cut_off(path, ends_early=False) == (packets % 5 > 0)


def test_sound_that_does_not_tell_its_length_tells_nothing(tmp_path: Path) -> None:
    assert not is_cut_off(_transport_stream(tmp_path / "clip.ts", 0xC0, 0), ends_early=False)
    assert is_cut_off(_transport_stream(tmp_path / "clip.ts", 0xE0, 0), ends_early=False)


def test_what_a_header_tells_matters_only_where_the_picture_ends_early(tmp_path: Path) -> None:
    """The end of an AVI is its index: without it nothing that is seen is lost."""
    path = write_noise(tmp_path / "clip.avi", "mpeg4")
    path.write_bytes(path.read_bytes()[:-100])
    assert not is_cut_off(path, ends_early=False)


def test_a_recorder_that_was_killed_left_a_matroska_without_a_length(tmp_path: Path) -> None:
    stamps_s = [number / 10 for number in range(20)]
    assert is_cut_off(write_timed(tmp_path / "clip.mkv", stamps_s, "libx264", {"live": "1"}), ends_early=False)
    # Browsers write WebM so, from beginning to end.
    assert not is_cut_off(write_timed(tmp_path / "clip.webm", stamps_s, "libvpx", {"live": "1"}), ends_early=False)


@pytest.mark.needs_data("cases")
def test_cases_are_told_as_they_are() -> None:
    told = {
        name: is_cut_off(SHARED / "cases" / name, ends_early=False)
        for name in ("gap_killed_recording.mkv", "gap_no_duration.webm", "animated_4s.gif")
    }
    assert told == {"gap_killed_recording.mkv": True, "gap_no_duration.webm": False, "animated_4s.gif": False}


@pytest.mark.parametrize(
    "content", [b"", b"\x1a\x45\xdf\xa3", b"\x1a\x45\xdf\xa3" + bytes(500), b"G" * 5000, b"OggS", b"FLV\x01"]
)
def test_bytes_without_an_end_never_hang_nor_fault(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clip"
    path.write_bytes(content)
    assert is_cut_off(path, ends_early=True) in (True, False)
