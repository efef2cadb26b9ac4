"""Sources as text: for the settings of the window, and from what the user drops on it."""

import json
from pathlib import Path

from fer_desktop.core.sources import (
    PICTURE_SUFFIXES,
    RECORDING_SUFFIXES,
    Region,
    SourceChoice,
    SourceKind,
    public_name,
    without_secrets,
)


def file_filter() -> str:
    """What a file dialog offers."""
    known = " ".join(f"*{suffix}" for suffix in (*sorted(RECORDING_SUFFIXES), *sorted(PICTURE_SUFFIXES)))
    return f"Recordings and pictures ({known});;All files (*)"


def choice_of_path(path: Path) -> SourceChoice:
    """The source in a file or folder; asks the file system, so from a worker."""
    pictures = path.suffix.lower() in PICTURE_SUFFIXES or path.is_dir()
    return SourceChoice(SourceKind.PICTURES if pictures else SourceKind.RECORDING, path.name or str(path), str(path))


def choice_of_region(region: Region) -> SourceChoice:
    """The source of a part of the screen."""
    return SourceChoice(SourceKind.REGION, f"Part of the screen · {region.width} × {region.height} px", region=region)


def choice_of_stream(address: str) -> SourceChoice:
    """The source at an address; its name is the host, since all else may hold a password or a token."""
    return SourceChoice(SourceKind.STREAM, public_name(address), address.strip())


def choice_to_text(choice: SourceChoice) -> str:
    """JSON that `choice_from_text` reads; a stream's address without what may be secret."""
    address = without_secrets(choice.address) if choice.kind is SourceKind.STREAM else choice.address
    region = choice.region
    place = [region.left, region.top, region.width, region.height] if region else None
    return json.dumps([choice.kind, choice.name, address, place])


def choice_from_text(text: str) -> SourceChoice | None:
    """The choice in the text; None where it is not one."""
    try:
        kind, name, address, place = json.loads(text)
        region = Region(*(int(number) for number in place)) if place else None
        return SourceChoice(SourceKind(kind), str(name), str(address), region)
    except (ValueError, TypeError):
        return None
