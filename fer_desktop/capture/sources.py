"""From what the user chose to a source."""

from pathlib import Path

from fer_desktop.capture.desktop.region import ScreenSource
from fer_desktop.capture.desktop.window import WindowSource
from fer_desktop.capture.devices.camera import CameraSource
from fer_desktop.capture.devices.stream import StreamSource
from fer_desktop.capture.files.pictures import PicturesSource
from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.pipeline.ports import Source

# A recording is shown no faster than a screen shows it.
_SHOWN_S = 1.0 / 30.0


def make_source(choice: SourceChoice) -> Source:
    """A source for the window, not open yet; the demo class is made elsewhere.

    Raises SourceError where no region is chosen.
    """
    address, name = choice.address, choice.name
    match choice.kind:
        case SourceKind.CAMERA:
            return CameraSource(address, name)
        case SourceKind.REGION:
            if choice.region is None:
                raise SourceError("No part of the screen is chosen: draw a rectangle around the faces first.")
            return ScreenSource(choice.region, name)
        case SourceKind.WINDOW:
            return WindowSource(choice)
        case SourceKind.RECORDING:
            return RecordingSource(Path(address), paced=True, every_s=_SHOWN_S, name=name)
        case SourceKind.PICTURES:
            return PicturesSource(Path(address), name=name)
        case SourceKind.STREAM:
            return StreamSource(address, name)
    raise ValueError(f"{choice.kind} has no source here")
