from pathlib import Path

import pytest

from fer_desktop.capture.desktop.region import ScreenSource
from fer_desktop.capture.desktop.window import WindowSource
from fer_desktop.capture.devices.camera import CameraSource
from fer_desktop.capture.devices.stream import StreamSource
from fer_desktop.capture.files.pictures import PicturesSource
from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.capture.sources import make_source
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region, SourceChoice, SourceKind, window_choice


@pytest.mark.parametrize(
    ("choice", "kind", "reopens"),
    [
        (SourceChoice(SourceKind.CAMERA, "Webcam", "0"), CameraSource, True),
        (SourceChoice(SourceKind.REGION, "Gallery", region=Region(0, 0, 10, 10)), ScreenSource, True),
        (window_choice(7, "zoom", "Zoom Meeting"), WindowSource, True),
        (SourceChoice(SourceKind.RECORDING, "Lesson", "lesson.mp4"), RecordingSource, False),
        (SourceChoice(SourceKind.PICTURES, "Faces", "faces"), PicturesSource, False),
        (SourceChoice(SourceKind.STREAM, "Room 4", "rtsp://cam/live"), StreamSource, True),
    ],
)
def test_each_choice_has_its_source(choice: SourceChoice, kind: type, reopens: bool) -> None:
    source = make_source(choice)
    assert isinstance(source, kind)
    assert source.name == choice.name
    assert source.reopens is reopens
    source.close()


def test_a_recording_is_shown_in_real_time(clip: Path) -> None:
    source = make_source(SourceChoice(SourceKind.RECORDING, "Lesson", str(clip)))
    source.open()
    first, second = source.read(), source.read()
    source.close()
    assert first
    assert second
    assert second.captured_s - first.captured_s >= 0.09


def test_a_region_that_was_never_drawn_is_refused() -> None:
    with pytest.raises(SourceError, match="draw a rectangle around the faces first"):
        make_source(SourceChoice(SourceKind.REGION, "Gallery"))
