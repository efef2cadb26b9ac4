"""A simulated video call: galleries of up to 49 people as Zoom, Meet and Teams show them, and what is true in them."""

from pathlib import Path
from typing import Final

from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.layout import MOST_TILES, Box, Style, View
from fer_desktop.simulation.render.painter import CallPainter
from fer_desktop.simulation.scenarios import make_script, participants_in
from fer_desktop.simulation.source import CallSource
from fer_desktop.simulation.view import CallView

HALVES: Final = ("A", "B")


class CallSimulator(CallSource):
    """Plays a script (see ScriptName) in a call where a page shows `count` tiles. A Source; the same for the same seed.

    Half A of the generated people is there to choose thresholds with, half B for the figures. With `portraits` the
    faces are a folder's pictures. `window_xyxy` is where the window is, the whole picture where it is not given; the
    script's moves are within it. Without `realtime` the frames come as fast as they are asked for, and `captured_s` is
    the script's time instead of the clock's.
    """

    def __init__(
        self,
        resources: Path,
        script: str = "calm",
        count: int = 25,
        style: Style = Style.ZOOM_DARK,
        picture_px: tuple[int, int] = (1920, 1080),
        seed: int = 7,
        half: str = "A",
        portraits: Path | None = None,
        participants: int | None = None,
        view: View | None = None,
        window_xyxy: Box | None = None,
        gap_px: int | None = None,
        corner_px: int | None = None,
        rate_hz: float = 15.0,
        realtime: bool = True,
        loop: bool = False,
    ) -> None:
        """`view` replaces the script's. Raises ValueError where the script or the half is none, or 49 are exceeded."""
        if half not in HALVES or not 1 <= count <= MOST_TILES:
            raise ValueError(f"half {half!r} of {HALVES}, {count} tiles of {MOST_TILES}")
        looked_at = CallView(count, style, picture_px, view, window_xyxy, gap_px, corner_px)
        self.participants = participants_in(script, count) if participants is None else participants
        made = make_script(script, seed, self.participants, count)
        # The halves have nothing in common, their rooms neither.
        people = CallPeople(2 * seed + HALVES.index(half), self.participants, made)
        super().__init__(
            made, people, Cast(resources, half, portraits), looked_at, CallPainter(seed), made.lasts_s, rate_hz,
            realtime, loop,
        )  # fmt: skip
