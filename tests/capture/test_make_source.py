from pathlib import Path

import pytest

from fer_desktop.capture.desktop.region import ScreenSource
from fer_desktop.capture.desktop.window import WindowSource
from fer_desktop.capture.devices.camera import CameraSource
from fer_desktop.capture.devices.stream import StreamSource
from fer_desktop.capture.files.pictures import PicturesSource
from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.capture.sources import make_source
from fer_desktop.core.sources import (
    CameraChoice,
    CapturedChoice,
    PicturesChoice,
    RecordingChoice,
    Region,
    RegionChoice,
    StreamChoice,
    WindowChoice,
)


@pytest.mark.parametrize(
    ("choice", "kind", "reopens"),
    [
        (CameraChoice("Webcam", 0), CameraSource, True),
        (RegionChoice("Gallery", Region(0, 0, 10, 10)), ScreenSource, True),
        (WindowChoice("Zoom Meeting", 7, "zoom"), WindowSource, True),
        (RecordingChoice("Lesson", Path("lesson.mp4")), RecordingSource, False),
        (PicturesChoice("Faces", Path("faces")), PicturesSource, False),
        (StreamChoice("cam", "rtsp://cam/live"), StreamSource, True),
    ],
)
def test_each_choice_has_its_source(choice: CapturedChoice, kind: type, reopens: bool) -> None:
    source = make_source(choice)
    assert isinstance(source, kind)
    assert source.name == choice.name
    assert source.reopens is reopens
    source.close()


def test_a_recording_is_shown_in_real_time(clip: Path) -> None:
    source = make_source(RecordingChoice("Lesson", clip))
    source.open()
    first, second = source.read(), source.read()
    source.close()
    assert first
    assert second
    assert second.captured_s - first.captured_s >= 0.09
