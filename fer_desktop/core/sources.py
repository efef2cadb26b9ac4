"""Which source the user means; nothing is opened here."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit, urlunsplit

# Of a folder and in file dialogs only these are taken; a file that is named by itself is tried whatever it is called.
# Phones save HEIC, which cannot be read; as a picture it is at least told what to do with it.
PICTURE_SUFFIXES: Final = frozenset(
    {".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
)
RECORDING_SUFFIXES: Final = frozenset(
    f".{suffix}"
    for suffix in (
        *("3gp", "asf", "avi", "flv", "m2ts", "m4v", "mjpeg", "mjpg", "mkv", "mov", "mp4", "mpeg", "mpg", "mts"),
        *("ogv", "ts", "vob", "webm", "wmv"),
    )
)


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


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source before it is opened."""

    kind: SourceKind
    name: str  # what the user calls it
    address: str = ""  # camera: its number or name; recording, pictures: a path; stream: a URL; window: `window_choice`
    region: Region | None = None  # of a screen region

    @property
    def is_live_class(self) -> bool:
        """Whether other people are captured live: not one's own camera, the demo or a recording."""
        return self.kind.is_live_class


def window_choice(handle: int, program: str, title: str) -> SourceChoice:
    """The source of a window; the desktop's number for it and the program that it belongs to are its address."""
    return SourceChoice(SourceKind.WINDOW, title, f"{handle} {program}")


def window_of(choice: SourceChoice) -> tuple[int, str]:
    """Number and program of a window's choice; number 0, which no window has, where the address is none."""
    handle, _, program = choice.address.partition(" ")
    return (int(handle) if handle.isdecimal() else 0), program


def public_name(url: str) -> str:
    """The host and port of a URL, which is all of it that may be shown."""
    try:
        parts = urlsplit(url.strip())
        return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or "the stream"
    except ValueError:
        return "the stream"


def without_secrets(url: str) -> str:
    """The URL as it may be kept: without user, password, query and fragment; empty where it is no URL."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
