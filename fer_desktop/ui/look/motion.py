"""Whether the user or the desktop wants less motion. Qt tells from 6.12 on only, which Python 3.11 cannot run."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(slots=True)
class _Wish:
    less: bool = False
    still: bool = False


_wish: Final = _Wish()


def want_less_motion(less: bool) -> None:
    """Whether the user wants less motion, whatever the desktop says."""
    _wish.less = less


def stand_still(wanted: bool = True) -> None:
    """Nothing moves from here on, whatever anybody says: for pictures. Or it may again."""
    _wish.still = wanted


def reduced_motion() -> bool:
    """True where the user wants less motion, animations are switched off in the system, or pictures are taken."""
    return _wish.less or _wish.still or system_reduces_motion()


@cache
def system_reduces_motion() -> bool:
    """True where animations are switched off in the system; asked once a run."""
    if sys.platform == "win32":
        return _windows_animations_off()
    if sys.platform == "darwin":
        return _says(["defaults", "read", "com.apple.universalaccess", "reduceMotion"], "1")
    if any(name in os.environ.get("XDG_CURRENT_DESKTOP", "") for name in ("GNOME", "Unity", "Cinnamon", "Budgie")):
        return _says(["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"], "false")
    return False


def _windows_animations_off() -> bool:
    import ctypes

    if sys.platform != "win32":
        return False
    wanted = ctypes.c_int(1)
    get_client_area_animation = 0x1042
    done = ctypes.windll.user32.SystemParametersInfoW(get_client_area_animation, 0, ctypes.byref(wanted), 0)
    return bool(done) and not wanted.value


def _says(command: list[str], answer: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=1, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.stdout.strip() == answer
