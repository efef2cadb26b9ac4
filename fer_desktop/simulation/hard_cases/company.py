"""Who is in a case's call, and how the cameras are."""

from dataclasses import replace
from typing import Final

import numpy as np

from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.cast.webcam import ActorProfile, make_profile
from fer_desktop.simulation.hard_cases.case import Cameras
from fer_desktop.simulation.recording import Codec
from fer_desktop.simulation.render.backgrounds import Walls
from fer_desktop.simulation.scenarios import make_gallery_script
from fer_desktop.simulation.script import CallScript

_LASTS_S: Final = 120.0
_EPISODE_EVERY_S: Final = 40.0  # for each participant
_FACES: Final = (0.3, 0.55)  # of the tile's height
_WALLS: Final = {Cameras.WHITE_WALLS: Walls.WHITE, Cameras.POSTERS: Walls.POSTERS}
_PORTRAITS: Final = 0.5  # of the avatars


def new_people(
    rng: np.random.Generator,
    cast: Cast,
    count: int,
    others: int,
    cameras: Cameras,
    off_share: float,
    line: Codec | None = None,
) -> tuple[CallPeople, CallScript]:
    """`count` participants, numbered from 0, then `others` who are in no tile; and what they do.

    Raises SourceError where their files are missing.
    """
    script = make_gallery_script(int(rng.integers(1 << 30)), count, _LASTS_S, off_share, _EPISODE_EVERY_S, others)
    profiles = [_profile(rng, cameras) for _ in range(count + others)]
    portraits = 1.0 if cameras is Cameras.PHOTOS else _PORTRAITS
    walls = _WALLS.get(cameras, Walls.USUAL)
    people = CallPeople(int(rng.integers(1 << 30)), count + others, script, profiles, portraits, line, walls)
    people.load(cast)
    return people, script


def _profile(rng: np.random.Generator, cameras: Cameras) -> ActorProfile:
    profile = replace(make_profile(rng), face=float(rng.uniform(*_FACES)))
    if cameras is Cameras.NEARLY_BLACK:
        light = float(rng.uniform(0.07, 0.2))
        return replace(profile, light=(light, light, light * 1.1), noise=float(rng.uniform(1.0, 3.0)))
    if cameras is Cameras.WHITE_WALLS:
        light = float(rng.uniform(0.97, 1.12))
        return replace(profile, light=(light, light, light))
    return profile
