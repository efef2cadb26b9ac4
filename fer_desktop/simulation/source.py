"""A simulated call as a source: plays a script, draws the frames, and provides their ground truth."""

import time
from typing import Final

from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.pacing import Pacer
from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.ground_truth import Avatar, CallTile, CallTruth, share_inside
from fer_desktop.simulation.layout import Box
from fer_desktop.simulation.render.painter import CallPainter
from fer_desktop.simulation.render.tiles import TileContent
from fer_desktop.simulation.script import CallScript, Moment
from fer_desktop.simulation.view import CallView

_SLACK_S: Final = 0.5  # a longer gap between two reads means that the reader was paused
_SETTLES_S: Final = 0.5


class CallSource:
    """Plays a script in `seconds`, after which it ends. A Source.

    Without `realtime` the frames come as fast as they are read, and `captured_s` is the time played instead of the
    clock's.
    """

    def __init__(
        self,
        script: CallScript,
        people: CallPeople,
        cast: Cast,
        view: CallView,
        painter: CallPainter,
        seconds: float,
        rate_hz: float,
        realtime: bool,
        loop: bool,
    ) -> None:
        self.script = script
        self._people, self._cast, self._view, self._painter = people, cast, view, painter
        self._seconds, self._rate_hz, self._realtime, self._loop = seconds, rate_hz, realtime, loop
        self._pacer = Pacer()
        self._index = 0
        self._started_s = self._given_s = 0.0

    @property
    def name(self) -> str:
        """What the user calls it."""
        return "Simulated call"

    @property
    def reopens(self) -> bool:
        """False: there are no failures that reopening would help with."""
        return False

    @property
    def lasts_s(self) -> float:
        """Script seconds."""
        return self.script.lasts_s

    def open(self) -> None:
        """Loads the people and starts the script. Raises SourceError where their files are missing."""
        # The first picture takes longest, since rooms, bars and name plates are drawn once.
        self.image_at(0.0)
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
                # The reader was paused: so was the script.
                self._started_s += captured_s - self._given_s - 1 / self._rate_hz
            self._given_s = captured_s
            played_s = captured_s - self._started_s
        else:
            captured_s = played_s = self._index / self._rate_hz
        if played_s >= self._seconds and not self._loop:
            return None
        frame = Frame(self._index, captured_s, self.image_at(self.script_s(played_s)))
        self._index += 1
        return frame

    def cancel(self) -> None:
        """Makes a waiting `read` return soon; from any thread."""
        self._pacer.cancel()

    def close(self) -> None:
        """Releases the pictures."""
        self._pacer.cancel()
        self._people.forget()
        self._painter.forget()

    def script_s(self, played_s: float) -> float:
        """The script's time after `played_s` seconds of playing; it starts over at its end."""
        return played_s * (self.lasts_s / self._seconds) % self.lasts_s

    def frame_at(self, script_s: float) -> Frame:
        """The frame at a time of the script; its index counts by `rate_hz`."""
        return Frame(round(script_s * self._rate_hz), script_s, self.image_at(script_s))

    def image_at(self, script_s: float) -> Image:
        """The picture (H, W, 3) BGR at a time of the script."""
        self._people.load(self._cast)
        moment = self.script.moment(script_s)
        made, visible = self._view.seen(moment)
        contents = [
            self._content(participant, tile, moment, script_s)
            for participant, tile in zip(visible, made.tiles, strict=True)
        ]
        return self._painter.draw(made, contents, moment.slide)

    def truth_at(self, script_s: float) -> CallTruth:
        """The ground truth of the frame at a time of the script."""
        self._people.load(self._cast)
        moment = self.script.moment(script_s)
        made, visible = self._view.seen(moment)
        before = self._view.seen(self.script.moment(max(0.0, script_s - _SETTLES_S)))
        page, pages = self._view.page(moment)
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

    def _content(self, participant: int, tile: Box, moment: Moment, script_s: float) -> TileContent:
        identity = self._people.identities[participant]
        speaking = participant == moment.speaker
        muted = not speaking and not identity.open_microphone
        if not self.script.camera_on(participant, script_s):
            portrait = self._people.portrait(participant)
            return TileContent(participant, identity.name, None, "off", portrait, speaking, muted)
        version, picture = self._people.picture(participant, script_s, tile[3] - tile[1])
        return TileContent(participant, identity.name, picture, version, None, speaking, muted)

    def _truth(self, participant: int, tile: Box, script_s: float) -> CallTile:
        if not self.script.camera_on(participant, script_s):
            avatar = Avatar.PORTRAIT if self._people.identities[participant].portrait else Avatar.INITIALS
            return CallTile(participant, tile, False, avatar, None, 0.0, None, False, "")
        face = self._people.face(participant, script_s, tile)
        expression, changing = self._people.expression(participant, script_s)
        degradation = self._people.degradation(participant, script_s)
        inside = share_inside(face, tile)
        return CallTile(participant, tile, True, Avatar.NONE, face, inside, expression, changing, degradation)
