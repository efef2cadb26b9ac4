"""What is between and around the tiles of a case, and the colours of the program."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.hard_cases.case import Ground
from fer_desktop.simulation.hard_cases.case import Theme as Colours
from fer_desktop.simulation.layout import THEMES, Style, Theme
from fer_desktop.simulation.render.backgrounds import Background, make_background
from fer_desktop.simulation.render.drawing import Colour

_LIGHT: Final = (Style.ZOOM_LIGHT, Style.MEET, Style.TEAMS)
_DARK: Final = (Style.ZOOM_DARK, Style.MEET, Style.TEAMS)
_LIGHT_GROUND: Final[dict[Style, Colour]] = {Style.MEET: (255, 255, 255), Style.TEAMS: (245, 245, 245)}
_GREYS: Final = {Colours.ZOOM_34_ON_26: 26, Colours.ZOOM_34_ON_17: 17}
# Accents that systems offer, as dark and as light grounds.
_ACCENTS: Final[tuple[Colour, ...]] = (
    (92, 58, 24), (74, 40, 66), (40, 66, 34), (44, 44, 94), (70, 60, 20), (236, 214, 196), (214, 232, 206),
    (226, 210, 236), (200, 222, 244),
)  # fmt: skip


def make_theme(rng: np.random.Generator, colours: Colours) -> tuple[Style, Theme]:
    """The program whose call it is, and its colours."""
    if colours in _GREYS:
        theme = THEMES[Style.ZOOM_DARK]
        grey = _GREYS[colours]
        return Style.ZOOM_DARK, replace(theme, ground=(grey, grey, grey), off=(34, 34, 34))
    if colours is Colours.LIGHT:
        style = _LIGHT[int(rng.integers(len(_LIGHT)))]
        return style, _lightened(style)
    if colours is Colours.COLOURED:
        style = _DARK[int(rng.integers(len(_DARK)))]
        return style, _coloured(THEMES[style], _ACCENTS[int(rng.integers(len(_ACCENTS)))])
    styles = _DARK if colours is Colours.DARK else tuple(Style)
    style = styles[int(rng.integers(len(styles)))]
    return style, THEMES[style]


def _lightened(style: Style) -> Theme:
    if style not in _LIGHT_GROUND:
        return THEMES[style]
    ground = _LIGHT_GROUND[style]
    return replace(
        THEMES[style], ground=ground, bar=ground, ink=(50, 46, 42), button=(232, 230, 228), off=(222, 218, 214),
        off_ink=(50, 46, 42),
    )  # fmt: skip


def _coloured(theme: Theme, ground: Colour) -> Theme:
    light = sum(ground) > 3 * 128
    bar = _shifted(ground, -14 if light else -10)
    ink: Colour = (46, 42, 40) if light else (236, 234, 232)
    return replace(
        theme, ground=ground, bar=bar, ink=ink, button=_shifted(ground, -26 if light else 20),
        off=_shifted(ground, -20 if light else 18), off_ink=ink,
    )  # fmt: skip


def _shifted(colour: Colour, by: int) -> Colour:
    blue, green, red = (min(max(part + by, 0), 255) for part in colour)
    return blue, green, red


def other_colour(rng: np.random.Generator, ground: Colour) -> Colour:
    """A colour for gaps and borders, plainly another than the ground's."""
    light = sum(ground) > 3 * 128
    kinds: tuple[Colour, ...] = ((0, 0, 0), (255, 255, 255), (90, 86, 82), (150, 104, 60), (60, 60, 60))
    far = [kind for kind in kinds if abs(sum(kind) - sum(ground)) > 60]
    return far[int(rng.integers(len(far)))] if rng.random() < 0.7 else _shifted(ground, -60 if light else 60)


def put_ground(stage: Image, rng: np.random.Generator, ground: Ground, theme: Theme) -> None:
    """Fills the stage (H, W, 3); in place."""
    height, width = stage.shape[:2]
    if ground in (Ground.FLAT, Ground.OWN_GAP):
        stage[:] = theme.ground
    elif ground is Ground.GRADIENT:
        corners = rng.uniform(15, 200) + rng.uniform(-45, 45, (2, 2, 3))
        smooth = cv2.resize(
            np.clip(corners, 0, 255).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR
        )
        # What draws gradients dithers them.
        stage[:] = np.clip(smooth + rng.uniform(0, 1, (height, width, 1)), 0, 255)
    else:
        kind = Background.ROOM if rng.random() < 0.5 else Background.VIRTUAL
        photo = cv2.resize(make_background(rng, kind), (width, height), interpolation=cv2.INTER_CUBIC)
        if ground is Ground.BLURRED:
            small = cv2.resize(photo, (160, 90), interpolation=cv2.INTER_AREA)
            photo = cv2.resize(cv2.GaussianBlur(small, (0, 0), 5.0), (width, height), interpolation=cv2.INTER_CUBIC)
            stage[:] = np.asarray(photo, np.float32) * rng.uniform(0.5, 0.9)
            return
        grain = rng.normal(0, 3.0, (height, width, 1)).astype(np.float32)
        stage[:] = np.clip(photo + grain, 0, 255)
