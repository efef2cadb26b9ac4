"""The end of the process, whatever still runs in it."""

import logging
import os
import sys
import threading
import time
from typing import Final, NoReturn

logger = logging.getLogger(__name__)

_GRACE_S: Final = 0.5
_LOOK_S: Final = 0.02


def end(code: int) -> NoReturn:
    """Ends the process with that exit code; all that was to be saved must be.

    A thread that hangs in a driver, a detector or a codec cannot be ended. To leave in the usual way beside one would
    crash: Qt aborts where a running thread is destroyed, and C++ where Python ends a thread that comes back to it.
    """
    if _others_are_over():
        sys.exit(code)
    logger.warning("The program ends without waiting for a thread that hangs")
    leave_at_once(code)


def leave_at_once(code: int) -> NoReturn:
    """As `end`, from any thread and without a look at the others."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # the terminal is gone, or the stream closed
            pass
    logging.shutdown()
    os._exit(code)


def _others_are_over() -> bool:
    """Whether no other thread has anything of Python's to do, now or soon; Qt's threads count as well."""
    deadline_s = time.monotonic() + _GRACE_S
    own = threading.get_ident()
    # This alone tells of threads that Python did not start; the underscore is for programs that do more than look.
    while set(sys._current_frames()) - {own}:  # noqa: SLF001 (documented; see above)
        if time.monotonic() >= deadline_s:
            return False
        time.sleep(_LOOK_S)  # threads of Qt's cannot be joined from here
    return True
