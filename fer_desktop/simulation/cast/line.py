"""The line of a participant's camera: its pictures after a video call's encoder."""

from collections.abc import Callable
from typing import Final

from fer_desktop.core.types import Image
from fer_desktop.simulation.cast.webcam import SENT_PX, ActorProfile
from fer_desktop.simulation.recording import Codec, LiveCoder

# Pictures from one key picture to the next. What a picture looks like depends on those since then and on no others, so
# that any time of a call can be looked at; it is also what looking elsewhere costs at most.
GROUP: Final = 12
# Bits a second for each of SENT_PX: thumbnails of a large call, and the large picture of who speaks.
_BIT_RATES: Final = (40_000, 120_000, 500_000)
_GOOD_LINE: Final = 68.0  # quantizer, less half the quality in per cent: 28 to 50 for the cameras of a call


class CameraLine:
    """One camera's stream in one size. What comes out depends on the number of the picture only."""

    def __init__(self, codec: Codec, profile: ActorProfile, size: int) -> None:
        """`size` is an index into SENT_PX."""
        self._codec, self._size = codec, size
        self._worst = round(_GOOD_LINE - (100 if profile.jpeg is None else profile.jpeg) / 2)
        self._rate_hz = 1 / profile.tick_s
        self._coder: LiveCoder | None = None
        self._last = -1
        self._shown: Image | None = None

    def picture(self, number: int, taken: Callable[[int], Image]) -> Image:
        """The picture of that number, (H, W, 3), after the line; `taken` gives what the camera took, by number.

        Raises SourceError where there are no encoders.
        """
        first = number - number % GROUP
        if self._coder is None or not first <= self._last <= number:
            self._coder, self._last, self._shown = self._new_coder(), first - 1, None
        for each in range(self._last + 1, number + 1):
            sent = taken(each)
            came = self._coder.send(sent)
            if came is not None or self._shown is None:
                self._shown = sent if came is None else came
        self._last = number
        if self._shown is None:
            raise RuntimeError("a group has a first picture")
        return self._shown

    def _new_coder(self) -> LiveCoder:
        return LiveCoder(self._codec, *SENT_PX[self._size], self._worst, _BIT_RATES[self._size], self._rate_hz)
