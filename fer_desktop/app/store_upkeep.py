"""Looks after the store of sessions while the window opens."""

import logging
import threading
from pathlib import Path

from fer_desktop.core.errors import FerError

logger = logging.getLogger(__name__)


def tend_in_background(store: Path) -> threading.Thread:
    """Checks, expires and backs up the store in a thread that keeps nobody waiting; what it found is in the log."""
    thread = threading.Thread(target=_tend, args=(store,), name="store upkeep", daemon=True)
    thread.start()
    return thread


def _tend(store: Path) -> None:
    from fer_desktop.sessions.store.upkeep import tend

    try:
        done = tend(store)
    except FerError as error:
        logger.warning("The store could not be looked after: %s", error)
    except Exception:  # the top of a thread: what left it would vanish
        logger.exception("Fault while looking after the store")
    else:
        if done.repaired is not None:
            logger.warning("%s", done.repaired.sentence)
        if done.erased.sessions:
            logger.info("Erased %d sessions that were kept long enough", len(done.erased.sessions))
