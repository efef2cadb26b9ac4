"""The first start of the real program on a real X screen, with the keyboard alone."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.command_line import environment, settings_file, store_file
from support.places import ROOT
from support.screen.virtual_screen import screen_environment, virtual_screen

_PATIENCE_S = 60.0
_TITLE = "Before you begin"


@contextmanager
def first_start(display: str, home: Path, scale: str) -> Iterator[Callable[..., str]]:
    """The program, when its first page has the keyboard; what is given sends words to xdotool."""
    surroundings = environment(home) | screen_environment(display) | {"QT_SCALE_FACTOR": scale}
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR", "HOME"):
        surroundings[name] = environment(home)[name]
        Path(surroundings[name]).mkdir(parents=True, exist_ok=True)

    def hand(*words: object) -> str:
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(
            command, env=surroundings, capture_output=True, timeout=_PATIENCE_S, text=True, check=True
        )
        return done.stdout

    with subprocess.Popen([sys.executable, ROOT / "main.py"], cwd=ROOT, env=surroundings) as process:
        try:
            hand("search", "--sync", "--onlyvisible", "--name", _TITLE, "windowactivate", "--sync")
            yield hand
        finally:
            process.terminate()


def until(holds: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


@pytest.mark.parametrize(("size", "scale"), [((640, 480), "1"), ((1366, 768), "1.5")])
def test_the_first_start_is_gone_through_with_the_keyboard_and_fits(
    tmp_path: Path, size: tuple[int, int], scale: str
) -> None:
    with virtual_screen(size) as display, first_start(display, tmp_path, scale) as hand:
        place = dict(
            line.split("=") for line in hand("search", "--name", _TITLE, "getwindowgeometry", "--shell").split()
        )
        assert int(place["X"]) >= 0
        assert int(place["X"]) + int(place["WIDTH"]) <= size[0]
        assert int(place["Y"]) + int(place["HEIGHT"]) <= size[1]
        hand("key", "--delay", 80, "Return", "Down", "space", "Tab", "space", "Return", "Return")
        log = store_file(tmp_path).with_name("consent.jsonl")
        until(lambda: log.exists() and log.read_text().endswith("\n"))
        told = json.loads(log.read_text())
        assert (told["event"], told["jurisdiction"], told["context"]) == ("accepted", "other", "education")
        until(settings_file(tmp_path).exists)
        kept = json.loads(settings_file(tmp_path).read_text())
        assert (kept["accepted_use"], kept["jurisdiction"], kept["context"]) == (True, "other", "education")


def test_escape_is_later_and_nothing_is_kept(tmp_path: Path) -> None:
    with virtual_screen((1366, 768)) as display, first_start(display, tmp_path, "1") as hand:
        hand("key", "--delay", 80, "Return", "space", "Escape")

        def closed() -> bool:
            try:
                hand("search", "--onlyvisible", "--name", _TITLE)
            except subprocess.CalledProcessError:
                return True
            return False

        until(closed)
        assert not store_file(tmp_path).with_name("consent.jsonl").exists()
        assert not settings_file(tmp_path).exists()
