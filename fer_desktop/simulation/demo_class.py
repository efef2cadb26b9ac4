"""A scripted class of generated people in a video call: a source that needs no camera, with its ground truth."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.core.sources import DEMO_NAME
from fer_desktop.core.types import PeopleSplit
from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.cast.webcam import ActorProfile, make_profile
from fer_desktop.simulation.demo_script import PARTICIPANTS, SCRIPT_S, make_demo_script
from fer_desktop.simulation.layout import Style
from fer_desktop.simulation.render.painter import CallPainter
from fer_desktop.simulation.source import CallSource
from fer_desktop.simulation.view import CallView

_PICTURE_PX: Final = (1920, 1080)  # width, height
_CHOICE: Final = 36  # the first people of the split: those whose donors are most alike


class DemoClass(CallSource):
    """25 people in a gallery of 1920x1080 who play a script of three minutes. A Source; the same for the same seed.

    The whole script is played in `seconds`, after which the source ends. Without `realtime` the frames come as fast as
    they are read, and `captured_s` is the time played instead of the clock's.
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
        script = make_demo_script(seed)
        profiles = [_profile(np.random.default_rng([seed, 12, k]), SCRIPT_S / seconds) for k in range(PARTICIPANTS)]
        people = CallPeople(seed, PARTICIPANTS, script, profiles, portraits=0.0)
        view = CallView(PARTICIPANTS, Style.ZOOM_DARK, _PICTURE_PX)
        cast = Cast(resources, PeopleSplit.TUNING, first=_CHOICE)
        super().__init__(script, people, cast, view, CallPainter(seed), seconds, rate_hz, realtime, loop)

    @property
    def name(self) -> str:
        """What the user calls it."""
        return DEMO_NAME


def _profile(rng: np.random.Generator, speed: float) -> ActorProfile:
    """Near the camera, in good light, with a good connection; the frame rate is the same at any playing speed."""
    profile = make_profile(rng)
    return replace(
        profile,
        face=float(rng.uniform(0.42, 0.5)),
        light=(1.0, 1.0, 1.0),
        noise=0.0,
        sent=1,
        jpeg=None,
        tick_s=profile.tick_s * speed,
        late_s=profile.late_s * speed,
    )
