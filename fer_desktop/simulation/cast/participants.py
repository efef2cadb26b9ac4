"""The participants of a simulated call, and what each camera sends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.expressions import HAPPY, NEUTRAL
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.cast.actors import Actor, Cast
from fer_desktop.simulation.cast.line import CameraLine
from fer_desktop.simulation.cast.webcam import SENT_PX, ActorProfile, Camera, Pose, face_box, make_profile, put_bust
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.recording import Codec
from fer_desktop.simulation.render.backgrounds import (
    BACKGROUND_PX,
    Background,
    Walls,
    make_background,
    make_white_wall,
)
from fer_desktop.simulation.script import CallScript, Shown

# Names that suggest neither sex nor origin, since who is drawn in a tile is independent of its name.
_FIRST: Final = (
    "Alex", "Robin", "Sam", "Kim", "Noa", "Jules", "Sasha", "Toni", "Mika", "Charlie", "Quinn", "Luca", "Andrea",
    "Nico", "Jona", "Remy", "Ari", "Eli", "Rowan", "Sky", "Yuki", "Ash", "Dana", "Jamie", "Kai", "Ren", "Max",
    "Chris", "Billie", "Lou",
)  # fmt: skip
_LAST: Final = (
    "Berg", "Costa", "Novak", "Silva", "Okoro", "Lind", "Marsh", "Tanaka", "Weber", "Rossi", "Haddad", "Kaur",
    "Moreau", "Nguyen", "Petrov", "Santos", "Vance", "Yilmaz",
)  # fmt: skip
_PORTRAITS: Final = 0.5  # usual share of participants with a portrait as their avatar
_PORTRAIT_PX: Final = 240
_BACKGROUNDS: Final = 2  # per participant
_UNMUTED: Final = 0.15

Version = tuple[float, Shown, int, int]


@dataclass(frozen=True, slots=True)
class Identity:
    """How the call presents a participant."""

    name: str
    portrait: bool  # the avatar is a picture
    open_microphone: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Sent:
    """What determines a camera's picture."""

    tick_s: float
    shown: Shown
    background: int
    size: int  # index into SENT_PX
    pose: Pose
    degradation: str


class CallPeople:
    """Draws what the participants' cameras send; depends on the seed and the time only."""

    def __init__(
        self,
        seed: int,
        participants: int,
        script: CallScript,
        profiles: Sequence[ActorProfile] = (),
        portraits: float = _PORTRAITS,
        line: Codec | None = None,
        walls: Walls = Walls.USUAL,
    ) -> None:
        """`profiles`, if given, are one per participant; `portraits` is the share of avatars that are pictures.

        With `line` the cameras' pictures come through that encoder, at some ms each; without it each is a JPEG.
        `walls` is what hangs behind the participants.
        """
        self._seed, self._script, self._line, self._walls = seed, script, line, walls
        self.identities = _identities(np.random.default_rng([seed, 81]), participants, portraits)
        self._profiles = tuple(
            profiles or (make_profile(np.random.default_rng([seed, 82, k])) for k in range(participants))
        )
        self._camera = Camera(seed)
        self._actors: tuple[Actor, ...] = ()
        self._backgrounds: dict[tuple[int, int, int], Image] = {}
        self._portraits: dict[int, tuple[Image, FloatBox]] = {}
        self._busts: dict[int, tuple[Shown, Image]] = {}
        self._pictures: dict[int, tuple[Version, Image]] = {}
        self._last_sent: dict[int, tuple[tuple[float, bool], _Sent]] = {}
        self._lines: dict[tuple[int, int], CameraLine] = {}

    def load(self, cast: Cast) -> None:
        """Reads the actors. Raises SourceError where their files are missing."""
        if not self._actors:
            # Portraits in avatars smile.
            wanted = [
                self._script.expressions(k) | ({HAPPY} if identity.portrait else set())
                for k, identity in enumerate(self.identities)
            ]
            self._actors = cast.actors(self._seed, wanted)

    def forget(self) -> None:
        """Releases the pictures."""
        self._actors = ()
        for kept in (self._backgrounds, self._portraits, self._busts, self._pictures, self._lines):
            kept.clear()

    def picture(self, participant: int, script_s: float, tile_height: int) -> tuple[Version, Image]:
        """Version and picture (H, W, 3), of one of SENT_PX, that the camera sent last; one version is one picture."""
        sent = self._sent(participant, script_s, tile_height)
        version = sent.tick_s, sent.shown, sent.background, sent.size
        kept = self._pictures.get(participant)
        if kept is None or kept[0] != version:
            kept = (
                version,
                self._through(self._line, participant, sent) if self._line else self._taken(participant, sent),
            )
            self._pictures[participant] = kept
        return kept

    def _through(self, codec: Codec, participant: int, sent: _Sent) -> Image:
        """The picture after the participant's line."""
        profile = self._profiles[participant]
        line = self._lines.setdefault((participant, sent.size), CameraLine(codec, profile, sent.size))
        large = sent.size == len(SENT_PX) - 1

        def taken(number: int) -> Image:
            return self._taken(participant, self._sent_at(participant, profile.sent_at(number), large))

        return line.picture(profile.pictures_until(sent.tick_s + profile.tick_s / 2), taken)

    def _taken(self, participant: int, sent: _Sent) -> Image:
        """The picture as the camera took it, or as JPEG where there is no line."""
        background = self._background(participant, sent.background, max(sent.size, 1))
        height, width = background.shape[:2]
        matrix = sent.pose.matrix(self._actors[participant], (width, height))
        profile = self._profiles[participant]
        if self._line is not None:
            profile = replace(profile, jpeg=None)
        return self._camera.take(self._bust(participant, sent.shown), matrix, sent.pose, background, profile, sent.size)

    def face(self, participant: int, script_s: float, tile: tuple[int, int, int, int]) -> FloatBox:
        """Where the face is in that picture, shown in a tile: xyxy px of the frame."""
        x0, y0, x1, y1 = tile
        sent = self._sent(participant, script_s, y1 - y0)
        actor = self._actors[participant]
        shown = sent.shown
        face = actor.face(shown.before, shown.after, shown.share)
        box = face_box(face, sent.pose.matrix(actor, (x1 - x0, y1 - y0)))
        return box[0] + x0, box[1] + y0, box[2] + x0, box[3] + y0

    def expression(self, participant: int, script_s: float) -> tuple[int | None, bool]:
        """What the face shows in that picture, None where it is not known; and whether it is changing."""
        shown = self._script.shown(participant, self._profiles[participant].tick(script_s))
        return (None, False) if self._actors[participant].photo else (shown.expression, shown.changing)

    def degradation(self, participant: int, script_s: float) -> str:
        """The degradation of the face in that picture; empty where there is none."""
        return self._sent(participant, script_s, 0).degradation

    def portrait(self, participant: int) -> Image | None:
        """The avatar (240, 240, 3); None where it is the initials."""
        return self.likeness(participant)[0] if self.identities[participant].portrait else None

    def likeness(self, participant: int) -> tuple[Image, FloatBox]:
        """A picture of the participant (240, 240, 3), whatever the avatar is, and where the face is in it: xyxy px."""
        kept = self._portraits.get(participant)
        if kept is None:
            kept = _portrait(self._actors[participant], np.random.default_rng([self._seed, 83, participant]))
            self._portraits[participant] = kept
        return kept

    def poster(self, participant: int) -> FloatBox | None:
        """The face on the poster behind the participant: xyxy in shares of the camera's picture; None without one."""
        if self._walls is not Walls.POSTERS or self._actors[participant].photo:
            return None
        (x, y), side = self._poster_place(participant)
        portrait, face = self.likeness(self._poster_of(participant))
        unit = side / portrait.shape[0]
        across, down = BACKGROUND_PX
        return (
            (x + unit * face[0]) / across,
            (y + unit * face[1]) / down,
            (x + unit * face[2]) / across,
            (y + unit * face[3]) / down,
        )

    def _poster_of(self, participant: int) -> int:
        return (participant + 1) % len(self.identities)

    def _poster_place(self, participant: int) -> tuple[tuple[int, int], int]:
        """Upper left corner and side, px of BACKGROUND_PX: beside the head."""
        rng = np.random.default_rng([self._seed, 86, participant])
        side = int(rng.integers(110, 136))
        at_left = bool(rng.random() < 0.5)
        x = int(rng.integers(14, 44)) if at_left else BACKGROUND_PX[0] - side - int(rng.integers(14, 44))
        return (x, int(rng.integers(14, 60))), side

    def _hang_poster(self, participant: int, wall: Image) -> None:
        (x, y), side = self._poster_place(participant)
        portrait, _ = self.likeness(self._poster_of(participant))
        wall[y - 5 : y + side + 5, x - 5 : x + side + 5] = (40, 44, 50)
        wall[y : y + side, x : x + side] = cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA)

    def cut_out(self, participant: int, script_s: float) -> tuple[Image, FloatArray, Pose]:
        """The participant without a background: bust (H, W, 4) premultiplied, face (4,) xyxy px of it, and pose."""
        sent = self._sent(participant, script_s, 0)
        actor, shown = self._actors[participant], sent.shown
        return self._bust(participant, shown), actor.face(shown.before, shown.after, shown.share), sent.pose

    def _sent(self, participant: int, script_s: float, tile_height: int) -> _Sent:
        tick_s = self._profiles[participant].tick(script_s)
        large = tile_height > 1.7 * SENT_PX[1][1]
        kept = self._last_sent.get(participant)
        if kept is None or kept[0] != (tick_s, large):
            kept = (tick_s, large), self._sent_at(participant, tick_s, large)
            self._last_sent[participant] = kept
        return kept[1]

    def _sent_at(self, participant: int, tick_s: float, large: bool) -> _Sent:
        profile = self._profiles[participant]
        shown = self._script.shown(participant, tick_s)
        episode = self._script.episode(participant, tick_s)
        if episode is None:
            pose, degradation = profile.pose(tick_s, None, 1, 0.0), ""
        else:
            pose, degradation = (
                profile.pose(tick_s, episode[0].degradation, episode[0].sign, episode[1]),
                str(episode[0].degradation),
            )
        background = self._script.background(participant, tick_s)
        return _Sent(tick_s, shown, background, 2 if large else profile.sent, pose, degradation)

    def _background(self, participant: int, number: int, size: int) -> Image:
        key = (participant, number % _BACKGROUNDS, size)
        kept = self._backgrounds.get(key)
        if kept is None:
            rng = np.random.default_rng([self._seed, 84, participant, key[1]])
            kinds = list(Background)
            # The second one is of another kind than the first.
            first = int(np.random.default_rng([self._seed, 85, participant]).integers(len(kinds)))
            whole = self._actors[participant].backdrop()
            if whole is None and self._walls is Walls.WHITE:
                whole = make_white_wall(rng)
            elif whole is None:
                whole = make_background(rng, kinds[(first + key[1]) % len(kinds)])
                if self._walls is Walls.POSTERS:
                    self._hang_poster(participant, whole)
            kept = np.asarray(cv2.resize(whole, SENT_PX[size], interpolation=cv2.INTER_AREA), np.uint8)
            self._backgrounds[key] = kept
        return kept

    def _bust(self, participant: int, shown: Shown) -> Image:
        kept = self._busts.get(participant)
        if kept is None or kept[0] != shown:
            kept = shown, self._actors[participant].bust(shown.before, shown.after, shown.share)
            self._busts[participant] = kept
        return kept[1]


def _identities(rng: np.random.Generator, participants: int, portraits: float) -> tuple[Identity, ...]:
    first, last = rng.permutation(len(_FIRST)), rng.permutation(len(_LAST))
    return tuple(
        Identity(
            # 30 first and 18 last names: none of 60 comes twice.
            f"{_FIRST[first[k % len(first)]]} {_LAST[last[(k + k // len(first)) % len(last)]]}",
            portrait=bool(rng.random() < portraits),
            open_microphone=bool(rng.random() < _UNMUTED),
        )
        for k in range(participants)
    )


def _portrait(actor: Actor, rng: np.random.Generator) -> tuple[Image, FloatBox]:
    """The picture, and where the face is in it."""
    expression = HAPPY if HAPPY in actor.person.busts else NEUTRAL
    side = _PORTRAIT_PX
    ground = np.empty((side, side, 3), np.uint8)
    ground[:] = rng.uniform(60, 220, 3)
    bust = actor.bust(expression, expression, 0.0)
    x0, y0, x1, y1 = (float(edge) for edge in actor.person.faces[expression])
    height, width = bust.shape[:2]
    scale = 0.45 * side / (y1 - y0)
    if actor.photo:
        scale = max(scale, side / min(height, width))
    left, top = 0.5 * side - scale * (x0 + x1) / 2, 0.48 * side - scale * (y0 + y1) / 2
    if actor.photo:
        # The photo covers the whole avatar.
        left, top = (min(max(left, side - scale * width), 0.0), min(max(top, side - scale * height), 0.0))
    matrix = np.array([[scale, 0, left], [0, scale, top]], np.float32)
    put_bust(ground, bust, matrix)
    return ground, face_box(actor.person.faces[expression], matrix)
