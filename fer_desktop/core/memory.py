"""Memory that is not needed any more goes back to the system, which C libraries see to in their own ways."""

import ctypes
import sys
from typing import Final

# From malloc.h of the GNU C library; musl and others have no such function.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
# Pictures, and what detector and network work in, are larger. Left to itself the library moves the limit up to the
# largest block that was ever freed, at most 32 MB; frames then lie between small blocks that hold their place for good.
_LARGE_BYTES: Final = 1_000_000
_KEPT_BYTES: Final = 16_000_000  # at the end of the heap, for the next frame


def let_large_blocks_go() -> None:
    """From here on a large block goes back to the system when it is freed; early in `main`, for the whole process."""
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES)


def give_back() -> None:
    """Gives back what lies free between blocks in use; takes some ten milliseconds, in which others run."""
    if sys.platform != "linux":
        return
    malloc_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if malloc_trim is not None:
        malloc_trim(0)
