"""Ends a command that is stuck in native code, where Python is never asked what Ctrl+C means."""

import os
import signal
import sys
import threading
from typing import Final

from fer_desktop.app.ending import leave_at_once

_PATIENCE_S: Final = 2.0


class StuckWatch:
    """While it is started, the second Ctrl+C ends the process, if need be without what it is stuck in.

    Python's own handlers run between two of its instructions; the system's writes a byte at once, which a thread reads.
    """

    def __init__(self, code: int) -> None:
        """`code`: what the process ends with."""
        self._code = code
        self._over = threading.Event()
        self._pipe: tuple[int, int] | None = None
        self._thread = threading.Thread(target=self._watch, name="stuck watch", daemon=True)

    def start(self) -> None:
        """From the main thread. Windows ends a program that is stuck by Ctrl+Break."""
        if sys.platform == "win32":
            return
        self._pipe = reading, writing = os.pipe()
        os.set_blocking(writing, False)
        os.set_blocking(reading, True)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        self._thread.start()

    def stop(self) -> None:
        """From the main thread."""
        self._over.set()
        if self._pipe is None:
            return
        signal.set_wakeup_fd(-1)
        reading, writing = self._pipe
        os.close(writing)
        self._thread.join()
        os.close(reading)

    def _watch(self) -> None:
        assert self._pipe is not None
        pressed = 0
        while caught := os.read(self._pipe[0], 1):
            pressed += caught[0] == signal.SIGINT
            if pressed > 1 and not self._over.wait(_PATIENCE_S):
                os.write(2, b"Ended at once: what was written so far is saved.\n")
                leave_at_once(self._code)
