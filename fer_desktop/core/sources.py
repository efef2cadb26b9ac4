"""Which source the user means; nothing is opened here."""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """The kinds of source, by what the user points at."""

    CAMERA = "camera"
    REGION = "region"
    RECORDING = "recording"
    PICTURES = "pictures"
    STREAM = "stream"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the virtual desktop in device pixels, as the screen grabber counts them."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source before it is opened."""

    kind: SourceKind
    name: str  # what the user calls it
    address: str = ""  # camera: its number or name; recording, pictures: a path; stream: a URL
    region: Region | None = None  # of a screen region

    @property
    def is_live_class(self) -> bool:
        """Whether other people are captured live: not one's own camera, the demo or a recording."""
        return self.kind in (SourceKind.REGION, SourceKind.STREAM)
