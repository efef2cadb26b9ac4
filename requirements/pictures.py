"""The pictures of README.md and docs/, into docs/pictures/. `make pictures` calls it.

They are the program's own (`main.py screenshots`), with 256 colours at most and no wider than a page, so that all of
them together stay small.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import PIL.Image

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "docs" / "pictures"
# What each shows: a state and a theme of the command's.
PICTURES: Final = {
    "first-run": "first-run-1-light",
    "start": "home-lessons-light",
    "window-choice": "window-choice-light",
    "region": "region-light",
    "live-calm": "live-calm-light",
    "live-changed": "live-changed-light",
    "live-changed-dark": "live-changed-dark",
    "live-alert": "live-alert-light",
    "strip": "strip-alert-light",
    "withheld": "live-withheld-light",
    "covered": "live-covered-light",
    "ended": "ended-light",
    "lesson": "lesson-moment-light",
    "settings": "settings-light",
}
_FONT: Final = "DejaVu Sans"  # the same letters wherever they are made
_WIDEST_PX: Final = 1280
_COLOURS: Final = 256


def update(folder: Path = FOLDER) -> None:
    """Writes all of them there, and takes others away."""
    folder.mkdir(parents=True, exist_ok=True)
    states = ",".join(sorted({shown.rpartition("-")[0] for shown in PICTURES.values()}))
    with tempfile.TemporaryDirectory() as work:
        command: list[str | Path] = [
            sys.executable,
            ROOT / "main.py",
            "screenshots",
            "--out",
            work,
            "--only",
            states,
            "--font",
            _FONT,
        ]
        subprocess.run(command, check=True)
        for name, shown in PICTURES.items():
            make_small(Path(work, f"{shown}.png"), folder / f"{name}.png")
    for file in folder.glob("*.png"):
        if file.stem not in PICTURES:
            file.unlink()


def make_small(source: Path, target: Path) -> None:
    """The picture with few colours, and no wider than a page."""
    with PIL.Image.open(source) as picture:
        whole = picture.convert("RGB")
    if whole.width > _WIDEST_PX:
        size = _WIDEST_PX, round(whole.height * _WIDEST_PX / whole.width)
        whole = whole.resize(size, PIL.Image.Resampling.LANCZOS)
    few = whole.quantize(_COLOURS, method=PIL.Image.Quantize.MEDIANCUT, dither=PIL.Image.Dither.NONE)
    few.save(target, optimize=True)


if __name__ == "__main__":
    update()
