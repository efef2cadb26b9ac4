"""Sources as text: for the settings of the window, and from what the user drops on it."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.addresses import public_name, without_secrets
from fer_desktop.core.file_kinds import is_picture
from fer_desktop.core.sources import (
    PICTURE_SUFFIXES,
    RECORDING_SUFFIXES,
    CameraChoice,
    DemoChoice,
    PicturesChoice,
    RecordingChoice,
    Region,
    RegionChoice,
    Shows,
    SourceChoice,
    SourceKind,
    StreamChoice,
    WindowChoice,
)

_MOST_SOURCES = 8  # of which is known how many were left out


def file_filter() -> str:
    """What a file dialog offers."""
    known = " ".join(f"*{suffix}" for suffix in (*sorted(RECORDING_SUFFIXES), *sorted(PICTURE_SUFFIXES)))
    playable = QCoreApplication.translate("SourceFlow", "Recordings and pictures ({patterns})").format(patterns=known)
    anything = QCoreApplication.translate("SourceFlow", "All files (*)")
    return f"{playable};;{anything}"


def choice_of_path(path: Path, shows: Shows = Shows.OTHERS, whole: bool = False) -> PicturesChoice | RecordingChoice:
    """The source in a file or folder; asks the file system, so from a worker.

    `shows`: who is seen in it. `whole`: a recording is read as fast as that goes.
    """
    name = path.name or str(path)
    if path.is_dir() or is_picture(path):
        return PicturesChoice(name, path, shows)
    return RecordingChoice(name, path, shows, whole)


def choice_of_region(region: Region) -> RegionChoice:
    """The source of a part of the screen; its name is for the record, the window tells it in its own words."""
    return RegionChoice(f"Part of the screen · {region.width} × {region.height} px", region)


def choice_of_stream(url: str) -> StreamChoice:
    """The source at a URL; its name is the host, since all else may hold a password or a token."""
    return StreamChoice(public_name(url), url.strip())


def choice_to_text(choice: SourceChoice) -> str:
    """JSON that `choice_from_text` reads; a stream's URL without what may be secret."""
    if isinstance(choice, StreamChoice):
        choice = dataclasses.replace(choice, url=without_secrets(choice.url))
    return json.dumps({"kind": choice.kind, **dataclasses.asdict(choice)}, default=str)


def with_left_out(text: str, choice: SourceChoice, count: int) -> str:
    """JSON that `count_left_out` reads: what was there, and that number of this source as the last one."""
    counts = _counts_left_out(text)
    key = _same_next_time(choice)
    counts.pop(key, None)
    return json.dumps(dict([*counts.items(), (key, count)][-_MOST_SOURCES:]))


def count_left_out(text: str, choice: SourceChoice) -> int:
    """How many were left out in the last lesson of that source.

    Of one that is not known the last number of any that is not 0: the same class may meet in a window of another title.
    """
    counts = _counts_left_out(text)
    last = next((count for count in reversed(counts.values()) if count), 0)
    return counts.get(_same_next_time(choice), last)


def _counts_left_out(text: str) -> dict[str, int]:
    """Numbers by source, the last one last; none where the text is not such."""
    try:
        return {str(key): max(0, int(count)) for key, count in json.loads(text).items()}
    except (AttributeError, TypeError, ValueError, RecursionError, OverflowError):
        return {}


def _same_next_time(choice: SourceChoice) -> str:
    """What the choice is known by; a window without its number, which is another one each time. It tells no name."""
    lasting = dataclasses.replace(choice, handle=0) if isinstance(choice, WindowChoice) else choice
    return hashlib.sha256(choice_to_text(lasting).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def choice_from_text(text: str) -> SourceChoice | None:
    """The choice in the text; None where it is not one."""
    try:
        found = json.loads(text)
        return _choice_of(_of_version_0_1(*found) if isinstance(found, list) else found)
    except (KeyError, TypeError, ValueError, RecursionError, OverflowError):
        return None


def _choice_of(found: Mapping[str, Any]) -> SourceChoice:
    name = str(found["name"])
    match SourceKind(found["kind"]):
        case SourceKind.CAMERA:
            device = found["device"]
            return CameraChoice(name, device if isinstance(device, int) else str(device))
        case SourceKind.REGION:
            place = found["region"]
            return RegionChoice(name, Region(*(int(place[side]) for side in ("left", "top", "width", "height"))))
        case SourceKind.WINDOW:
            return WindowChoice(name, int(found["handle"]), str(found["program"]))
        case SourceKind.RECORDING:
            return RecordingChoice(name, Path(found["path"]), _shows(found))
        case SourceKind.PICTURES:
            return PicturesChoice(name, Path(found["path"]), _shows(found))
        case SourceKind.STREAM:
            url = str(found["url"])  # older versions kept more of some addresses
            return StreamChoice(public_name(url), without_secrets(url))
        case SourceKind.DEMO:
            return DemoChoice(name)


def _shows(found: Mapping[str, Any]) -> Shows:
    """Who is seen; older versions did not say."""
    return Shows(found.get("shows", Shows.OTHERS))


def _of_version_0_1(kind: object, name: object, address: object, place: list[int] | None) -> dict[str, Any]:
    """A choice as the program wrote it when an address was one text for all kinds of source."""
    text = str(address)
    handle, _, program = text.partition(" ")
    return {
        "kind": kind,
        "name": name,
        "device": int(text) if text.isdecimal() else text,
        "region": dict(zip(("left", "top", "width", "height"), place or (), strict=False)),
        "handle": handle if handle.isdecimal() else 0,
        "program": program,
        "path": text,
        "url": text,
    }
