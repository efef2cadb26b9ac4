"""Makes the source that the user chose."""

from fer_desktop.capture.desktop.own_windows import OwnWindows
from fer_desktop.capture.desktop.region import ScreenSource
from fer_desktop.capture.desktop.window import WindowSource
from fer_desktop.capture.devices.camera import CameraSource
from fer_desktop.capture.devices.stream import StreamSource
from fer_desktop.capture.files.pictures import PicturesSource
from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.core.sources import (
    CameraChoice,
    CapturedChoice,
    PicturesChoice,
    RecordingChoice,
    RegionChoice,
    StreamChoice,
    WindowChoice,
)
from fer_desktop.pipeline.ports import Source

# No more frames of a recording than a screen would show.
_SHOWN_S = 1.0 / 30.0


def make_source(choice: CapturedChoice, own: OwnWindows | None = None) -> Source:
    """A source for the window, not open yet; `own`: which of the program's windows pictures of the screen lack."""
    match choice:
        case CameraChoice(name, device):
            return CameraSource(device, name)
        case RegionChoice(name, region):
            return ScreenSource(region, name, own=own)
        case WindowChoice():
            return WindowSource(choice, own=own)
        case RecordingChoice(name, path):
            return RecordingSource(path, paced=True, every_s=_SHOWN_S, name=name)
        case PicturesChoice(name, path):
            return PicturesSource(path, name=name)
        case StreamChoice(url=url):
            return StreamSource(url)
