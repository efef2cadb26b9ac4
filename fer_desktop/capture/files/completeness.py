"""Whether a recording that was read to its end was all there."""

from pathlib import Path

from fer_desktop.capture.files.whole_file import is_cut_off
from fer_desktop.core.errors import SourceError


def note_on_length(path: Path, called: str, claimed_s: float | None, end_s: float) -> str:
    """A note where the picture ends long before the length that the file claims; empty where it does not.

    A complete file may do that: its sound lasts longer, or its last picture stays on. Raises SourceError, in which the
    recording is `called` so, where the file itself is cut off.
    """
    ends_early = claimed_s is not None and claimed_s - end_s > max(1.0, 0.05 * claimed_s)  # less is rounding
    try:
        cut = is_cut_off(path, ends_early)
    except OSError:  # it was read to its end, and is gone since
        cut = False
    if claimed_s is None or not ends_early:
        if cut:
            raise SourceError(
                "The recording {path} breaks off at {end_s:.0f} s: "
                "get a complete copy of it; the rows up to there are saved.",
                path=called,
                end_s=end_s,
            )
        return ""
    if cut:
        raise SourceError(
            "The recording {path} breaks off at {end_s:.0f} s of {claimed_s:.0f} s: "
            "get a complete copy of it; the rows up to there are saved.",
            path=called,
            end_s=end_s,
            claimed_s=claimed_s,
        )
    return f"its picture ends at {end_s:.0f} s of {claimed_s:.0f} s"
