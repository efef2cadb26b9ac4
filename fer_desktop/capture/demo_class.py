"""A scripted class of generated people in a video call: a source that needs no camera, and knows what it shows."""

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.capture.demo_script import PARTICIPANTS, SCRIPT_S, DemoScript, Shown
from fer_desktop.capture.gallery_scene import (
    Box,
    Pose,
    empty_frame,
    finish,
    initials,
    plate,
    room,
    seat_person,
    tile_boxes,
)
from fer_desktop.capture.generated_people import GeneratedPerson, load_people
from fer_desktop.capture.pacing import Pacer
from fer_desktop.core.expressions import NEUTRAL
from fer_desktop.core.types import FloatArray, Frame, Image

# Names that tell neither sex nor origin.
NAMES: Final = (
    "Alex", "Robin", "Sam", "Kim", "Noa", "Jules", "Sasha", "Toni", "Mika", "Charlie", "Quinn", "Luca", "Andrea",
    "Nico", "Jona", "Remy", "Ari", "Eli", "Rowan", "Sky", "Yuki", "Ash", "Dana", "Jamie", "Kai",
)  # fmt: skip
_HALF: Final = "A"
_CHOICE: Final = 36  # the first of the half: those whose donors were most alike
_PICTURES_HZ: Final = 7.5  # that a full gallery shows of each participant
_SLACK_S: Final = 0.5  # a frame that is asked for later than this was not asked for while the reader was paused
_SCALE: Final = 0.8  # px of the tile a px of the bust


@dataclass(frozen=True, slots=True)
class TileTruth:
    """What one tile shows at one time."""

    participant: int
    tile_xyxy: Box  # px of the frame
    face_xyxy: tuple[float, float, float, float] | None  # px of the frame; None where the camera is off
    expression: int | None  # index into EXPRESSIONS; None where the camera is off
    camera_on: bool
    transitioning: bool  # between two expressions


@dataclass(frozen=True, slots=True)
class _Sway:
    """How one participant moves."""

    phases: tuple[float, ...]  # rad
    periods_s: tuple[float, ...]
    scale: float
    offset: tuple[float, float]  # px of the tile

    def pose(self, script_s: float) -> Pose:
        waves = [math.sin(2 * math.pi * script_s / t + p) for t, p in zip(self.periods_s, self.phases, strict=True)]
        return Pose(
            shift_x=self.offset[0] + 3.5 * waves[0] + 1.5 * waves[1],
            shift_y=self.offset[1] + 1.6 * waves[2],
            scale=self.scale * (1 + 0.018 * waves[3]),
            turn=0.022 * waves[0] + 0.016 * waves[4],
        )


class DemoClass:
    """25 people in a gallery of 1920x1080 who play a script of three minutes. A Source; the same for the same seed.

    `seconds` is what the whole script is played in, after which the source ends. Without `realtime` the frames come
    as fast as they are asked for, and `captured_s` is the time played instead of the clock's.
    """

    def __init__(
        self,
        resources: Path,
        seconds: float = SCRIPT_S,
        seed: int = 7,
        rate_hz: float = 15.0,
        realtime: bool = True,
        loop: bool = False,
    ) -> None:
        self._resources, self._seed = resources, seed
        self._seconds, self._rate_hz, self._realtime, self._loop = seconds, rate_hz, realtime, loop
        self._script = DemoScript(seed)
        self._sways = tuple(_sway(np.random.default_rng([seed, 12, k])) for k in range(PARTICIPANTS))
        self._people: tuple[GeneratedPerson, ...] = ()
        self._rooms: tuple[Image, ...] = ()
        self._avatars = tuple(initials(name, k) for k, name in enumerate(NAMES))
        self._plates = tuple(plate(name) for name in NAMES)
        self._tick_s = SCRIPT_S / seconds / _PICTURES_HZ  # script s
        self._busts: dict[int, tuple[Shown, Image]] = {}
        self._tiles: dict[int, tuple[tuple[float, Shown], Image]] = {}
        self._pacer = Pacer()
        self._index = 0
        self._started_s = self._given_s = 0.0

    @property
    def name(self) -> str:
        """What the user calls it."""
        return "Demo class"

    @property
    def reopens(self) -> bool:
        """It cannot fail in a way that passes."""
        return False

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
        """Lets go of the pictures."""
        self._pacer.cancel()
        self._people, self._rooms = (), ()
        self._busts.clear()
        self._tiles.clear()

    def script_s(self, played_s: float) -> float:
        """The script's time (0-180) after `played_s` seconds of playing."""
        return played_s / self._seconds * SCRIPT_S % SCRIPT_S

    def frame_at(self, script_s: float) -> Frame:
        """The frame at a time of the script; its index counts by `rate_hz`."""
        return Frame(round(script_s * self._rate_hz), script_s, self.image_at(script_s))

    def image_at(self, script_s: float) -> Image:
        """The picture (1080, 1920, 3) BGR at a time of the script."""
        self._load()
        picture = empty_frame()
        order = self._script.order(script_s)
        speaker = self._script.speaker(script_s)
        for participant, (x0, y0, x1, y1) in zip(order, tile_boxes(len(order)), strict=True):
            tile = picture[y0:y1, x0:x1]
            tile[:] = self._tile(participant, script_s)
            finish(tile, self._plates[participant], participant == speaker)
        return picture

    def truth_at(self, script_s: float) -> tuple[TileTruth, ...]:
        """What each tile shows at a time of the script, by place from the top left."""
        self._load()
        order = self._script.order(script_s)
        return tuple(
            self._truth(participant, tile, script_s)
            for participant, tile in zip(order, tile_boxes(len(order)), strict=True)
        )

    def _truth(self, participant: int, tile: Box, script_s: float) -> TileTruth:
        if not self._script.camera_on(participant, script_s):
            return TileTruth(participant, tile, None, None, camera_on=False, transitioning=False)
        shown = self._script.shown(participant, script_s)
        faces = self._people[participant].faces
        box = faces[shown.before] + shown.share * (faces[shown.after] - faces[shown.before])
        matrix = self._matrix(participant, script_s)
        centre = matrix[:, :2] @ ((box[:2] + box[2:]) / 2) + matrix[:, 2]
        half = (box[2:] - box[:2]) / 2 * np.hypot(matrix[0, 0], matrix[1, 0])
        x, y = tile[:2]
        (x0, y0), (x1, y1) = (centre - half).tolist(), (centre + half).tolist()
        face = (x0 + x, y0 + y, x1 + x, y1 + y)
        return TileTruth(participant, tile, face, shown.expression, camera_on=True, transitioning=shown.changing)

    def _tile(self, participant: int, script_s: float) -> Image:
        """The participant's picture (206, 366, 3): the last one where it would be the same."""
        if not self._script.camera_on(participant, script_s):
            return self._avatars[participant]
        shows = _tick_s(participant, script_s, self._tick_s), self._script.shown(participant, script_s)
        kept = self._tiles.get(participant)
        if kept is None or kept[0] != shows:
            tile = self._rooms[participant].copy()
            seat_person(tile, self._bust(participant, shows[1]), self._matrix(participant, script_s))
            kept = shows, tile
            self._tiles[participant] = kept
        return kept[1]

    def _matrix(self, participant: int, script_s: float) -> FloatArray:
        script_s = _tick_s(participant, script_s, self._tick_s)
        height, width = self._people[participant].busts[NEUTRAL].shape[:2]
        return self._sways[participant].pose(script_s).matrix((width, height))

    def _bust(self, participant: int, shown: Shown) -> Image:
        kept = self._busts.get(participant)
        if kept is None or kept[0] != shown:
            kept = shown, self._people[participant].between(shown.before, shown.after, shown.share)
            self._busts[participant] = kept
        return kept[1]

    def _load(self) -> None:
        if not self._people:
            chosen = np.random.default_rng([self._seed, 13]).permutation(_CHOICE)[:PARTICIPANTS]
            wanted = [(int(number), self._script.expressions(k)) for k, number in enumerate(chosen)]
            self._people = load_people(self._resources, _HALF, wanted)
            self._rooms = tuple(room(np.random.default_rng([self._seed, 14, k])) for k in range(PARTICIPANTS))


def _tick_s(participant: int, script_s: float, tick_s: float) -> float:
    """The time of the last picture that the participant's camera sent; half of the class sends in between."""
    late_s = (participant % 2) * tick_s / 2
    return math.floor((script_s - late_s) / tick_s) * tick_s + late_s


def _sway(rng: np.random.Generator) -> _Sway:
    return _Sway(
        phases=tuple(rng.uniform(0, 2 * math.pi, 5).tolist()),
        periods_s=tuple(rng.uniform(5, 13, 5).tolist()),
        scale=_SCALE * float(rng.uniform(0.92, 1.1)),
        offset=(float(rng.uniform(-16, 16)), float(rng.uniform(-4, 3))),
    )
