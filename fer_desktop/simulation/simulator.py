"""A simulated video call: galleries of up to 49 people as Zoom, Meet and Teams show them, with their ground truth."""

from pathlib import Path

from fer_desktop.core.types import PeopleSplit
from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.layout import MOST_TILES, Box, Style, View
from fer_desktop.simulation.recording import Codec
from fer_desktop.simulation.render.painter import CallPainter
from fer_desktop.simulation.scenarios import make_script, participants_in
from fer_desktop.simulation.source import CallSource
from fer_desktop.simulation.view import CallView


class CallSimulator(CallSource):
    """Plays a script (see ScriptName) in a call where a page shows `count` tiles. A Source; the same for the same seed.

    `split` says which half of the generated people takes part; with `portraits` the faces are a folder's pictures
    instead. `window_xyxy` is the window, by default the whole picture; the script moves it within that. Without
    `realtime` the frames come as fast as they are read, and `captured_s` is the script's time instead of the clock's.
    """

    def __init__(
        self,
        resources: Path,
        script: str = "calm",
        count: int = 25,
        style: Style = Style.ZOOM_DARK,
        picture_px: tuple[int, int] = (1920, 1080),
        seed: int = 7,
        split: PeopleSplit = PeopleSplit.TUNING,
        portraits: Path | None = None,
        participants: int | None = None,
        view: View | None = None,
        window_xyxy: Box | None = None,
        gap_px: int | None = None,
        corner_px: int | None = None,
        rate_hz: float = 15.0,
        realtime: bool = True,
        loop: bool = False,
        line: Codec | None = None,
    ) -> None:
        """`view` replaces the script's; `line` is the encoder of the cameras' pictures (see CallPeople).

        Raises ValueError for an unknown script, or a count that is not 1 to 49.
        """
        if not 1 <= count <= MOST_TILES:
            raise ValueError(f"{count} tiles: 1 to {MOST_TILES} fit")
        call_view = CallView(count, style, picture_px, view, window_xyxy, gap_px, corner_px)
        self.participants = participants_in(script, count) if participants is None else participants
        made = make_script(script, seed, self.participants, count)
        # The splits have nothing in common, not even their rooms.
        people = CallPeople(2 * seed + list(PeopleSplit).index(split), self.participants, made, line=line)
        super().__init__(
            made, people, Cast(resources, split, portraits), call_view, CallPainter(seed), made.lasts_s, rate_hz,
            realtime, loop,
        )  # fmt: skip
