"""Prints what following a window costs: `PYTHONPATH=.:tests python benchmarks/window_following.py`."""

import os
import sys
import time
from contextlib import ExitStack, closing
from functools import partial

from support.screen.virtual_screen import virtual_screen
from support.screen.window_desk import shown, until

from fer_desktop.capture.desktop.window import WindowSource, list_windows
from fer_desktop.capture.desktop.windows import open_desktop, window_and_above

LOOKS, FRAMES = 200, 60


def main() -> None:
    """CPU of a look with so many windows above, and of a source at 15 frames a second."""
    with virtual_screen() as os.environ["DISPLAY"], ExitStack() as others:
        display = os.environ["DISPLAY"]
        window = others.enter_context(shown(display, "Call", (100, 100, 960, 540)))
        until(lambda: bool(list_windows()), "the window is not listed")
        choice = list_windows()[0]
        for above in range(7):
            if above:
                others.enter_context(shown(display, "Other", (1500, 700, 200, 150), "white"))
                until(partial(_listed, above + 1), "the window is not listed")
            cost_ms = _look_ms(window.handle)
            say(f"{above} windows above: {cost_ms:.2f} ms a look, {cost_ms * 15 / 10:.1f} % of a core at 15 a second")
        assert choice.handle == window.handle
        source = WindowSource(choice)
        source.open()
        source.read()
        began, cpu = time.monotonic(), time.process_time()
        for _ in range(FRAMES):
            source.read()
        wall = time.monotonic() - began
        say(f"960x540: {FRAMES / wall:.1f} frames a second, {100 * (time.process_time() - cpu) / wall:.0f} % of a core")
        source.close()


def say(line: str) -> None:
    """Prints it at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _listed(windows: int) -> bool:
    return len(list_windows()) >= windows


def _look_ms(handle: int) -> float:
    with closing(open_desktop()) as desktop:
        cpu = time.process_time()
        for _ in range(LOOKS):
            window_and_above(desktop, handle)
        return 1000 * (time.process_time() - cpu) / LOOKS


if __name__ == "__main__":
    main()
