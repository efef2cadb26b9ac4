import os
import sys
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from support.inputs.clips import write_clip
from support.places import SHARED

from fer_desktop.capture.files.media_clock import MediaClock
from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.capture.opencv import quiet_opencv
from fer_desktop.core.errors import SourceError
from fer_desktop.core.types import Frame

SHARED_VIDEO = SHARED / "video"


def played(source: RecordingSource) -> list[Frame]:
    source.open()
    try:
        return list(iter(source.read, None))
    finally:
        source.close()


def refusal(source: RecordingSource) -> str:
    with pytest.raises(SourceError) as caught:
        played(source)
    return str(caught.value)


def test_every_frame_comes_with_its_own_time_and_picture(clip: Path) -> None:
    frames = played(RecordingSource(clip, paced=False))
    assert [frame.index for frame in frames] == list(range(35))
    assert [frame.captured_s for frame in frames] == pytest.approx([n / 10 for n in range(35)])
    assert [float(frame.image.mean()) for frame in frames] == pytest.approx([40 + 5 * n for n in range(35)], abs=2)
    assert all(frame.image.shape == (240, 320, 3) and frame.image.flags.c_contiguous for frame in frames)


def test_sampling_gives_the_frames_that_are_due_and_no_others(clip: Path) -> None:
    frames = played(RecordingSource(clip, paced=False, every_s=0.5))
    assert [frame.captured_s for frame in frames] == pytest.approx([0, 0.5, 1, 1.5, 2, 2.5, 3])
    assert [frame.index for frame in frames] == [0, 5, 10, 15, 20, 25, 30]
    assert [float(frame.image.mean()) for frame in frames] == pytest.approx([40 + 25 * n for n in range(7)], abs=2)


def test_the_length_is_claimed_at_first_and_known_at_the_end(clip: Path) -> None:
    source = RecordingSource(clip, paced=False, every_s=1.0)
    source.open()
    assert source.length_s == pytest.approx(3.5)
    while source.read():
        assert source.position_s < 3.5
    assert source.length_s == pytest.approx(3.5)


@pytest.mark.parametrize("name", ["clip.avi", "clip.mkv"])
def test_a_truncated_recording_gives_what_it_has_and_ends(tmp_path: Path, name: str) -> None:
    whole = write_clip(tmp_path / name, 35).read_bytes()
    half = tmp_path / f"half {name}"
    half.write_bytes(whole[: len(whole) // 2])
    source = RecordingSource(half, paced=False)
    frames = played(source)
    assert 5 < len(frames) < 30
    assert source.length_s == pytest.approx(len(frames) / 10)


def test_an_mp4_without_its_end_is_refused(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "clip.mp4", 35).read_bytes()
    half = tmp_path / "half.mp4"
    half.write_bytes(whole[: len(whole) // 2])
    assert f"The recording {half} is damaged or not a video" in refusal(RecordingSource(half, paced=False))


@pytest.mark.parametrize("name", ["notes.mp4", "notes.txt"])
def test_a_text_file_is_no_recording_whatever_its_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("Grüße aus der Klasse\n" * 500, encoding="utf-8")
    assert f"The recording {file} is damaged or not a video" in refusal(RecordingSource(file, paced=False))


CONCAT = "ffconcat version 1.0\nfile {name}\n"
HLS = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n#EXTINF:3.5,\n{name}\n#EXT-X-ENDLIST\n"
DASH = (
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static">'
    "<Period><AdaptationSet><Representation><BaseURL>{name}</BaseURL></Representation></AdaptationSet></Period></MPD>"
)
SDP = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n"


@pytest.mark.parametrize("ending", [b"", b"#\0\n", bytes(5000)], ids=["text", "one zero", "zeros"])
@pytest.mark.parametrize("before", [b"", b"ID3\x03\0\0\0\0\0\x10" + bytes(16)], ids=["bare", "tagged"])
@pytest.mark.parametrize("name", ["lesson.mp4", "lesson.m3u8", "lesson.mkv", "lesson"])
@pytest.mark.parametrize("content", [CONCAT, HLS, DASH, SDP], ids=["concat", "hls", "dash", "sdp"])
def test_a_list_of_recordings_is_not_followed_whatever_it_is_called(
    clip: Path, content: str, name: str, before: bytes, ending: bytes
) -> None:
    playlist = clip.with_name(name)
    playlist.write_bytes(before + content.format(name=clip.name).encode() + ending)
    assert f"The recording {playlist} is damaged or not a video" in refusal(RecordingSource(playlist, paced=False))


def test_ffmpeg_itself_does_not_follow_a_list(clip: Path) -> None:
    """Also not one that gets past the look at a file's first bytes."""
    quiet_opencv()
    playlist = clip.with_name("lesson.mp4")
    playlist.write_text(f"ffconcat version 1.0\nfile {clip.name}\n", encoding="utf-8")
    assert cv2.VideoCapture(str(clip), cv2.CAP_FFMPEG).isOpened()
    assert not cv2.VideoCapture(str(playlist), cv2.CAP_FFMPEG).isOpened()


def test_what_the_user_told_ffmpeg_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;udp")
    quiet_opencv()
    quiet_opencv()
    assert os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"].startswith("rtsp_transport;udp|format_whitelist;")
    assert os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"].count("format_whitelist") == 1


def test_a_recording_cut_before_its_first_frame_is_refused(clip: Path) -> None:
    whole = clip.read_bytes()
    clip.write_bytes(whole[: whole.index(b"movi") + 4])
    assert f"The recording {clip} is damaged or not a video" in refusal(RecordingSource(clip, paced=False))


def test_bytes_without_meaning_are_no_recording(tmp_path: Path) -> None:
    file = tmp_path / "noise.mp4"
    file.write_bytes(np.random.default_rng(0).bytes(50_000))
    assert "is damaged or not a video" in refusal(RecordingSource(file, paced=False))


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    file = tmp_path / "empty.mp4"
    file.touch()
    assert refusal(RecordingSource(file, paced=False)) == f"The recording {file} is empty: choose another file."


@pytest.mark.parametrize("kind", ["nothing", "folder"])
def test_a_missing_recording_is_called_missing(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "class.mp4"
    if kind == "folder":
        path.mkdir()
    assert refusal(RecordingSource(path, paced=False)) == f"The recording {path} was not found: check where it is."


def test_the_video_is_opened_under_any_name(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.avi", 3).rename(tmp_path / "Übung 100% – 教室 %02d.avi")
    assert len(played(RecordingSource(clip, paced=False))) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name has letters")
def test_the_video_is_opened_under_a_name_that_is_no_text(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.avi", 3).rename(tmp_path / os.fsdecode(b"\xdcbung.avi"))
    assert len(played(RecordingSource(clip, paced=False))) == 3


def test_a_paced_recording_is_never_faster_than_real_time(clip: Path) -> None:
    started_s = time.monotonic()
    frames = played(RecordingSource(clip, paced=True, every_s=0.1))
    times = [frame.captured_s for frame in frames]
    assert len(frames) == 35
    assert times[-1] - times[0] >= 3.3
    assert started_s <= times[0] < times[-1] <= time.monotonic()
    assert times == sorted(times)


def test_a_pause_of_the_reader_is_not_made_up_for(clip: Path) -> None:
    source = RecordingSource(clip, paced=True, every_s=0.1)
    source.open()
    assert source.read()
    time.sleep(1.0)  # the pause itself
    before_s, resumed = source.position_s, time.monotonic()
    while source.position_s < before_s + 0.5:
        assert source.read()
    assert time.monotonic() - resumed >= 0.3
    source.close()


def test_cancelling_ends_a_waiting_read(tmp_path: Path) -> None:
    source = RecordingSource(write_clip(tmp_path / "clip.avi", 35), paced=True, every_s=3.0)
    source.open()
    assert source.read()
    canceller = threading.Timer(0.1, source.cancel)
    canceller.start()
    assert source.read() is None
    assert source.read() is None
    canceller.join()
    source.close()
    source.close()


def test_what_stands_still_is_given_again(tmp_path: Path) -> None:
    """Recorders leave frames out while nothing moves: here there is none between 0.2 s and 4.5 s."""
    clip = write_clip(tmp_path / "clip.mkv", 5)
    moved = clip.read_bytes()
    for number in (3, 4):
        old, new = (b"\x81" + at_ms.to_bytes(2, "big") for at_ms in (100 * number, 100 * number + 4200))
        assert moved.count(old) == 1
        moved = moved.replace(old, new)
    clip.write_bytes(moved)
    frames = played(RecordingSource(clip, paced=False))
    times = [0, 0.1, 0.2, 1.2, 2.2, 3.2, 4.2, 4.5, 4.6]
    assert [frame.captured_s for frame in frames] == pytest.approx(times)
    assert [frame.index for frame in frames] == [0, 1, 2, 2, 2, 2, 2, 3, 4]
    assert [float(frame.image.mean()) for frame in frames] == pytest.approx([40, 45, 50, 50, 50, 50, 50, 55, 60], abs=4)


def test_a_long_still_that_the_file_claims_is_believed() -> None:
    clock = MediaClock(0.04, length_s=30.0)
    assert [clock.time(stamp_s) for stamp_s in (5.0, 5.04, 25.0)] == pytest.approx([0.0, 0.04, 20.0])


@pytest.mark.parametrize(
    ("stamps_s", "times_s"),
    [
        ([0, 0, 0, 0], [0.0, 0.1, 0.2, 0.3]),  # no time stamps
        ([9.0, 9.1, 9.2], [0.0, 0.1, 0.2]),  # cut out of a longer recording
        ([0.0, 0.1, 0.1, 0.3], [0.0, 0.1, 0.2, 0.4]),  # one twice
        ([7.0, 7.1, 0.0, 0.1, 0.2], [0.0, 0.1, 0.2, 0.3, 0.4]),  # begins anew
        ([0.0, 0.1, 90000.0, 90000.1], [0.0, 0.1, 0.2, 0.3]),  # a stamp out of the blue
    ],
)
def test_time_never_runs_backwards_nor_away(stamps_s: list[float], times_s: list[float]) -> None:
    clock = MediaClock(0.1, length_s=1.0)
    assert [clock.time(stamp_s) for stamp_s in stamps_s] == pytest.approx(times_s)
    assert clock.end_s == pytest.approx(times_s[-1] + 0.1)


@pytest.mark.needs_data("video")
@pytest.mark.parametrize(
    ("name", "length_s"),
    [
        ("pyfeat_single_face.mp4", 2.4),
        ("pyfeat_no_face.mp4", 3.96),  # claims 4.14 s and 98 frames, of which 95 can be decoded
        ("pyfeat_WolfgangLanger_Pexels.mp4", 19.69),
    ],
)
def test_real_clips_are_played_to_their_last_frame(name: str, length_s: float) -> None:
    source = RecordingSource(SHARED_VIDEO / name, paced=False, every_s=0.5)
    frames = played(source)
    assert source.length_s == pytest.approx(length_s, abs=0.05)
    assert len(frames) == int(length_s / 0.5) + 1
    assert all(frame.image.std() > 5 for frame in frames)
