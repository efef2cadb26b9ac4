"""Sources as text: for the settings of the window, and from what the user drops on it."""

import json
from pathlib import Path
from typing import Final

from fer_desktop.core.sources import Region, SourceChoice, SourceKind

PICTURES: Final = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
RECORDINGS: Final = ("*.mp4", "*.m4v", "*.mov", "*.mkv", "*.webm", "*.avi", "*.mjpeg", "*.mjpg", "*.mpg", "*.wmv")


def file_filter() -> str:
    """What a file dialog offers."""
    pictures = " ".join(f"*{suffix}" for suffix in sorted(PICTURES))
    return f"Recordings and pictures ({' '.join(RECORDINGS)} {pictures});;All files (*)"


def choice_of_path(path: Path) -> SourceChoice:
    """The source in a file or folder; asks the file system, so from a worker."""
    pictures = path.suffix.lower() in PICTURES or path.is_dir()
    return SourceChoice(SourceKind.PICTURES if pictures else SourceKind.RECORDING, path.name or str(path), str(path))


def choice_of_region(region: Region) -> SourceChoice:
    """The source of a part of the screen."""
    return SourceChoice(SourceKind.REGION, f"Part of the screen · {region.width} × {region.height} px", region=region)


def choice_of_stream(address: str) -> SourceChoice:
    """The source at an address; its name leaves out a password that may stand in it."""
    scheme, separator, rest = address.strip().partition("://")
    return SourceChoice(SourceKind.STREAM, f"{scheme}{separator}{rest.rpartition('@')[2]}", address.strip())


def choice_to_text(choice: SourceChoice) -> str:
    """JSON that `choice_from_text` reads."""
    region = choice.region
    place = [region.left, region.top, region.width, region.height] if region else None
    return json.dumps([choice.kind, choice.name, choice.address, place])


def choice_from_text(text: str) -> SourceChoice | None:
    """The choice in the text; None where it is not one."""
    try:
        kind, name, address, place = json.loads(text)
        region = Region(*(int(number) for number in place)) if place else None
        return SourceChoice(SourceKind(kind), str(name), str(address), region)
    except (ValueError, TypeError):
        return None
