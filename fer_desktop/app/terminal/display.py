"""Whether there is a screen to show a window on."""

import json
import os
import sys
from pathlib import Path
from typing import Final

# What a user may have set that changes how a window looks.
_LOOKS: Final = (
    *("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE"),
    *("QT_ENABLE_HIGHDPI_SCALING", "QT_AUTO_SCREEN_SCALE_FACTOR", "QT_SCALE_FACTOR_ROUNDING_POLICY"),
)


def has_display() -> bool:
    """Whether a window can be seen; a set `QT_QPA_PLATFORM` counts as yes."""
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def draw_offscreen() -> None:
    """Makes Qt draw in memory; only takes effect before Qt starts."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def draw_on_screen_in_memory(folder: Path, size: tuple[int, int], scale: float) -> None:
    """As `draw_offscreen`, on a screen of so many logical pixels, whatever this user's looks like.

    `folder` takes its description, and is needed until the program ends.
    """
    for name in _LOOKS:
        os.environ.pop(name, None)
    # Windows of that platform heed no ratio of their screen; Qt's own scaling is above it, as on a desktop.
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    width, height = (round(scale * side) for side in size)
    described = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}
    file = folder / "screen.json"
    screens = [described | {"logicalDpi": 96, "logicalBaseDpi": 96}]
    file.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    # A colon ends the platform's arguments, and Windows has one behind the letter of a drive.
    place = os.path.relpath(file) if sys.platform == "win32" else str(file)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={place}"
