"""A simulated video call: galleries of up to 49 people as Zoom, Meet and Teams show them, and what is true in them."""

import time
from pathlib import Path
from typing import Final

from fer_desktop.capture.call_events import make_script, participants_in
from fer_desktop.capture.call_layouts import MOST_TILES, Box, Layout, Style, View, layout
from fer_desktop.capture.call_people import CallPeople
from fer_desktop.capture.call_scene import CallPainter
from fer_desktop.capture.call_script import CallScript, Moment, Part
from fer_desktop.capture.call_tiles import TileContent
from fer_desktop.capture.call_truth import Avatar, CallTile, CallTruth, share_inside
from fer_desktop.capture.pacing import Pacer
from fer_desktop.core.types import Frame, Image

_SLACK_S: Final = 0.5  # a frame that is asked for later than this was not asked for while the reader was paused
_SETTLES_S: Final = 0.5
HALVES: Final = ("A", "B")


class CallSimulator:
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
        self._resources, self._half, self._portraits = resources, half, portraits
        self._count, self._style, self._picture_px, self._view = count, style, picture_px, view
        self._whole = window_xyxy or (0, 0, *picture_px)
        self._gap_px, self._corner_px = gap_px, corner_px
        self._rate_hz, self._realtime, self._loop = rate_hz, realtime, loop
        self.participants = participants_in(script, count) if participants is None else participants
        self.script: CallScript = make_script(script, seed, self.participants, count)
        # The halves have nothing in common, their rooms neither.
        self._people = CallPeople(2 * seed + HALVES.index(half), self.participants, self.script)
        self._painter = CallPainter(seed)
        self._layouts: dict[tuple[View, int, Box], Layout] = {}
        self._pacer = Pacer()
        self._index = 0
        self._started_s = self._given_s = 0.0

    @property
    def name(self) -> str:
        """What the user calls it."""
        return "Simulated call"

    @property
    def reopens(self) -> bool:
        """It cannot fail in a way that passes."""
        return False

    @property
    def lasts_s(self) -> float:
        """Script seconds."""
        return self.script.lasts_s

    def open(self) -> None:
        """Loads the people and starts the script. Raises SourceError where their files are missing."""
        self._load()
        self._index = 0
        self._started_s = time.monotonic()

    def read(self) -> Frame | None:
        """The next frame, in real time the one that is due; None at the script's end and after `cancel`."""
        if self._pacer.cancelled:
            return None
        if self._realtime:
            if not self._pacer.step(1 / self._rate_hz):
                return None
            captured_s = time.monotonic()
            if self._index and captured_s - self._given_s > _SLACK_S:
                # The reader was paused: the script stood still for as long.
                self._started_s += captured_s - self._given_s - 1 / self._rate_hz
            self._given_s = captured_s
            script_s = captured_s - self._started_s
        else:
            captured_s = script_s = self._index / self._rate_hz
        if script_s >= self.lasts_s and not self._loop:
            return None
        frame = Frame(self._index, captured_s, self.image_at(script_s % self.lasts_s))
        self._index += 1
        return frame

    def cancel(self) -> None:
        """Makes a waiting `read` return soon; from any thread."""
        self._pacer.cancel()

    def close(self) -> None:
        """Lets go of the pictures."""
        self._pacer.cancel()
        self._people.forget()
        self._painter.forget()

    def frame_at(self, script_s: float) -> Frame:
        """The frame at a time of the script; its index counts by `rate_hz`."""
        return Frame(round(script_s * self._rate_hz), script_s, self.image_at(script_s))

    def image_at(self, script_s: float) -> Image:
        """The picture (H, W, 3) BGR at a time of the script."""
        self._load()
        moment = self._moment(script_s)
        made, visible = self._seen(moment)
        contents = [
            self._content(participant, tile, moment, script_s)
            for participant, tile in zip(visible, made.tiles, strict=True)
        ]
        return self._painter.draw(made, contents, moment.slide)

    def truth_at(self, script_s: float) -> CallTruth:
        """What the frame at a time of the script shows."""
        self._load()
        moment = self._moment(script_s)
        made, visible = self._seen(moment)
        before = self._seen(self._moment(max(0.0, script_s - _SETTLES_S)))
        page, pages = self._page(moment)
        return CallTruth(
            layout=made,
            tiles=tuple(self._truth(k, tile, script_s) for k, tile in zip(visible, made.tiles, strict=True)),
            participants=moment.order,
            cameras_on=sum(self.script.camera_on(k, script_s) for k in moment.order),
            speaker=moment.speaker,
            page=page,
            pages=pages,
            transitioning=before != (made, visible),
        )

    def _moment(self, script_s: float) -> Moment:
        return self.script.moment(script_s)

    def _seen(self, moment: Moment) -> tuple[Layout, tuple[int, ...]]:
        """The layout and who is in each of its tiles."""
        page, _ = self._page(moment)
        fits = self._fits(moment)
        window = self._window(moment.window)
        view = self._view or moment.view
        if view is not View.SPEAKER:
            visible = moment.order[page * fits : (page + 1) * fits]
            return self._layout(view, len(visible), window), visible
        large = moment.speaker if moment.speaker in moment.order else moment.order[0]
        others = tuple(k for k in moment.order if k != large)
        visible = others[page * (fits - 1) : (page + 1) * (fits - 1)] if fits > 1 else ()
        made = self._layout(view, len(visible) + 1, window)
        place = made.large or 0
        return made, (*visible[:place], large, *visible[place:])

    def _page(self, moment: Moment) -> tuple[int, int]:
        """Which page is seen, and how many there are."""
        pages = self._pages(moment)
        return min(moment.page, pages - 1), pages

    def _pages(self, moment: Moment) -> int:
        fits = self._fits(moment)
        if (self._view or moment.view) is View.SPEAKER:
            return max(1, -(-(len(moment.order) - 1) // max(fits - 1, 1)))
        return -(-len(moment.order) // fits)

    def _fits(self, moment: Moment) -> int:
        """How many tiles a page has in this view."""
        most = min(self._count, len(moment.order))
        view = self._view or moment.view
        return len(self._layout(view, most, self._window(moment.window)).tiles)

    def _layout(self, view: View, count: int, window: Box) -> Layout:
        key = (view, count, window)
        if key not in self._layouts:
            if len(self._layouts) > 64:
                self._layouts.clear()
            self._layouts[key] = layout(
                self._style, view, count, self._picture_px, window, self._gap_px, self._corner_px
            )
        return self._layouts[key]

    def _window(self, part: Part) -> Box:
        x0, y0, x1, y1 = self._whole
        width, height = x1 - x0, y1 - y0
        return (
            x0 + round(part[0] * width),
            y0 + round(part[1] * height),
            x0 + round(part[2] * width),
            y0 + round(part[3] * height),
        )

    def _content(self, participant: int, tile: Box, moment: Moment, script_s: float) -> TileContent:
        identity = self._people.identities[participant]
        speaking = participant == moment.speaker
        muted = not speaking and not identity.open_microphone
        if not self.script.camera_on(participant, script_s):
            portrait = self._people.portrait(participant)
            return TileContent(participant, identity.name, None, "off", portrait, speaking, muted)
        height = tile[3] - tile[1]
        picture = self._people.picture(participant, script_s, height)
        version = self._people.version(participant, script_s, height)
        return TileContent(participant, identity.name, picture, version, None, speaking, muted)

    def _truth(self, participant: int, tile: Box, script_s: float) -> CallTile:
        if not self.script.camera_on(participant, script_s):
            avatar = Avatar.PORTRAIT if self._people.identities[participant].portrait else Avatar.INITIALS
            return CallTile(participant, tile, False, avatar, None, 0.0, None, False, "")
        face = self._people.face(participant, script_s, tile)
        expression, changing = self._people.expression(participant, script_s)
        trouble = self._people.trouble(participant, script_s)
        inside = share_inside(face, tile)
        return CallTile(participant, tile, True, Avatar.NONE, face, inside, expression, changing, trouble)

    def _load(self) -> None:
        self._people.load(self._resources, self._half, self._portraits)
