"""Which source the user means; nothing is opened here."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final

# Of a folder and in file dialogs only these are taken; a file that is named by itself is tried whatever it is called.
# Phones save HEIC, which cannot be read; as a picture it is at least told what to do with it.
PICTURE_SUFFIXES: Final = frozenset(
    f".{suffix}"
    for suffix in (
        *("apng", "avif", "bmp", "dib", "gif", "heic", "heif", "jfi", "jfif", "jif", "jpe", "jpeg", "jpg", "pjp"),
        *("pjpeg", "png", "tif", "tiff", "webp"),
    )
)
RECORDING_SUFFIXES: Final = frozenset(
    f".{suffix}"
    for suffix in (
        *("3gp", "asf", "avi", "flv", "m2ts", "m4v", "mjpeg", "mjpg", "mkv", "mov", "mp4", "mpeg", "mpg", "mts"),
        *("ogv", "ts", "vob", "webm", "wmv"),
    )
)

DEMO_NAME: Final = "Demo class"  # what lessons of it are stored under; the window tells it in the user's language


class SourceKind(StrEnum):
    """The kinds of source, by what the user points at."""

    CAMERA = "camera"
    REGION = "region"
    WINDOW = "window"
    RECORDING = "recording"
    PICTURES = "pictures"
    STREAM = "stream"
    DEMO = "demo"

    @property
    def is_live_class(self) -> bool:
        """Whether other people are captured live: not one's own camera, the demo or a recording."""
        return self in (SourceKind.REGION, SourceKind.WINDOW, SourceKind.STREAM)

    @property
    def is_captured(self) -> bool:
        """Whether what happens now is captured: a live class, or what one's own camera sees."""
        return self.is_live_class or self is SourceKind.CAMERA


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the virtual desktop in device pixels, as the screen grabber counts them."""

    left: int
    top: int
    width: int
    height: int

    def overlap(self, other: "Region") -> "Region | None":
        """What both regions cover; None where they do not meet."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        width = min(self.left + self.width, other.left + other.width) - left
        height = min(self.top + self.height, other.top + other.height) - top
        return Region(left, top, width, height) if width > 0 and height > 0 else None


class Shows(StrEnum):
    """Who is seen in a recording or in pictures, as the user says."""

    OTHERS = "others"
    MYSELF = "myself"
    CONSENTED = "consented"  # people who agreed to research on this recording


class _Choice:
    """What all choices have in common."""

    __slots__ = ()
    kind: ClassVar[SourceKind]

    @property
    def is_live_class(self) -> bool:
        """Whether other people are captured live: not one's own camera, the demo or a recording."""
        return self.kind.is_live_class

    @property
    def is_captured(self) -> bool:
        """Whether what happens now is captured: a live class, or what one's own camera sees."""
        return self.kind.is_captured


@dataclass(frozen=True, slots=True)
class CameraChoice(_Choice):
    """A camera of this computer."""

    kind: ClassVar[SourceKind] = SourceKind.CAMERA
    name: str  # what the user calls it
    device: int | str  # its name; its number where another has the same name


@dataclass(frozen=True, slots=True)
class RegionChoice(_Choice):
    """A part of the screen."""

    kind: ClassVar[SourceKind] = SourceKind.REGION
    name: str
    region: Region


@dataclass(frozen=True, slots=True)
class WindowChoice(_Choice):
    """A window of another program."""

    kind: ClassVar[SourceKind] = SourceKind.WINDOW
    name: str  # its title
    handle: int  # the desktop's number for it
    program: str  # that it belongs to


@dataclass(frozen=True, slots=True)
class RecordingChoice(_Choice):
    """A video file."""

    kind: ClassVar[SourceKind] = SourceKind.RECORDING
    name: str
    path: Path
    shows: Shows = Shows.OTHERS
    whole: bool = False  # it is read as fast as that goes, and not played


@dataclass(frozen=True, slots=True)
class PicturesChoice(_Choice):
    """A picture, or a folder of them."""

    kind: ClassVar[SourceKind] = SourceKind.PICTURES
    name: str
    path: Path
    shows: Shows = Shows.OTHERS


@dataclass(frozen=True, slots=True)
class StreamChoice(_Choice):
    """A stream over the network."""

    kind: ClassVar[SourceKind] = SourceKind.STREAM
    name: str  # of its host alone
    url: str = field(repr=False)  # with what may be secret: it must not get into a log


@dataclass(frozen=True, slots=True)
class DemoChoice(_Choice):
    """The demo class."""

    kind: ClassVar[SourceKind] = SourceKind.DEMO
    name: str


# A source before it is opened: one that the user has, or any.
CapturedChoice = CameraChoice | RegionChoice | WindowChoice | RecordingChoice | PicturesChoice | StreamChoice
SourceChoice = CapturedChoice | DemoChoice
