"""A recording's time, from time stamps that may be wrong."""

import math
from typing import Final

# A longer step forwards is a still, in which nothing was written, or a broken stamp: the next stamp decides.
JUMP_S: Final = 10.0
# The longest still that is believed beyond the length that the file claims.
LONGEST_STILL_S: Final = 3600.0


class MediaClock:
    """Time from time stamps where they make sense, from the frame rate where they do not."""

    def __init__(self, frame_s: float, length_s: float) -> None:
        """`frame_s`: how long a frame is shown. `length_s`: the length that the file claims; 0 where it claims none."""
        self._frame_s, self._length_s = frame_s, length_s
        self._now_s: float | None = None
        self._offset_s = 0.0
        self._step_s = frame_s
        self._mended = False

    @property
    def plain(self) -> bool:
        """Whether all stamps so far were taken as they are: only then is a moment where its stamp says."""
        return not self._mended

    def go_to(self, first_s: float, stamp_s: float) -> None:
        """The next stamp is this one, of a file whose first frame has the stamp `first_s`."""
        self._offset_s = first_s
        self._now_s = stamp_s - first_s - self._frame_s

    @property
    def end_s(self) -> float:
        """When the last frame stops being shown."""
        return 0.0 if self._now_s is None else self._now_s + min(self._frame_s, self._step_s)

    def is_jump(self, stamp_s: float) -> bool:
        """Whether `time` has to know the stamp after this one too."""
        return self._now_s is not None and stamp_s - self._offset_s > self._now_s + JUMP_S

    def time(self, stamp_s: float, after_s: float | None = None) -> float:
        """Seconds since the first frame, more with every call. `after_s` is the stamp after this one, where known."""
        if self._now_s is None:
            self._offset_s, self._now_s = (stamp_s if math.isfinite(stamp_s) else 0.0), 0.0
            return 0.0
        at_s = stamp_s - self._offset_s
        if not (self._now_s < at_s <= self._now_s + JUMP_S or self._is_still(at_s, after_s)):
            at_s = self._now_s + self._frame_s
            self._mended = True
            if math.isfinite(stamp_s) and not self._goes_on(at_s, after_s):
                self._offset_s = stamp_s - at_s
        self._now_s, self._step_s = at_s, at_s - self._now_s
        return at_s

    def _is_still(self, at_s: float, after_s: float | None) -> bool:
        """Whether the recording stood still until then: the next stamp goes on from there."""
        assert self._now_s is not None
        gap_s = at_s - self._now_s
        if not 0 < gap_s <= max(LONGEST_STILL_S, self._length_s - self._now_s):
            return False
        # After the last frame there is none to ask: it is believed as far as the file's length goes.
        if after_s is None:
            return at_s <= self._length_s
        return 0 < after_s - self._offset_s - at_s <= LONGEST_STILL_S

    def _goes_on(self, at_s: float, after_s: float | None) -> bool:
        """Whether the stamp after a broken one goes on as if that had not been."""
        return after_s is not None and 0 < after_s - self._offset_s - at_s <= JUMP_S
