"""Colour for a grey morph: skin by a tone curve, redder lips, eyes and teeth without skin's hue."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray
from fer_desktop.simulation.face_generator.mesh import EYES, LIPS_INNER, LIPS_OUTER, OVAL
from fer_desktop.simulation.face_generator.morph import filled

Colour = tuple[int, int, int]  # B, G, R

# From light to dark; the middle of the skin under even light.
SKIN_TONES: Final[tuple[Colour, ...]] = (
    (148, 164, 206),
    (134, 156, 204),
    (118, 143, 192),
    (100, 128, 180),
    (82, 112, 164),
    (64, 92, 142),
    (50, 74, 118),
    (42, 60, 98),
)
HAIR_COLOURS: Final[tuple[Colour, ...]] = (
    (34, 31, 33),
    (36, 38, 48),
    (34, 44, 62),
    (38, 52, 76),
    (52, 76, 108),
    (88, 124, 164),
    (34, 52, 112),
    (150, 152, 156),
)
# Gamma of each channel: skin is redder in the shade.
_GAMMAS: Final = (1.18, 1.04, 0.82)


@dataclass(frozen=True, slots=True)
class Skin:
    """How a person's skin reflects light."""

    tone: Colour
    contrast: float  # grey levels (0-255) per standard deviation of the texture

    @property
    def level(self) -> float:
        """The tone's own grey level, 0-255."""
        blue, green, red = self.tone
        return 0.114 * blue + 0.587 * green + 0.299 * red

    def coloured(self, grey: FloatArray) -> FloatArray:
        """Grey levels (H, W), 0-255, as skin (H, W, 3) BGR, 0-255."""
        share = np.clip(grey, 1, 255) / self.level
        skin = np.stack([t * share**g for t, g in zip(self.tone, _GAMMAS, strict=True)], axis=2)
        # The curve must not change the brightness, since expressions are read from grey levels.
        now = skin @ np.array([0.114, 0.587, 0.299], np.float32)
        return np.asarray(skin * (np.clip(grey, 1, 255) / np.maximum(now, 1))[..., None], np.float32)


def paint(grey: FloatArray, skin: Skin, points: FloatArray, lip: float) -> FloatArray:
    """The grey face (H, W), 0-255, in colour (H, W, 3) BGR, with its landmarks (468, 2) in px.

    `lip` 0-1 is how red the lips are.
    """
    size = grey.shape[::-1]
    picture = skin.coloured(grey)
    lips = _soft(points, LIPS_OUTER, size, 1.2) * (1 - _soft(points, LIPS_INNER, size, 0.8))
    tint = 1 + lips[..., None] * lip * np.array([-0.12, -0.2, 0.1], np.float32)
    picture = picture * tint
    eyes = np.maximum(_soft(points, EYES[0], size, 0.8), _soft(points, EYES[1], size, 0.8))
    teeth = _soft(points, LIPS_INNER, size, 0.8) * np.clip(grey / skin.level * 2 - 1, 0, 1)
    white = np.maximum(0.75 * eyes, 0.7 * teeth)
    pale = grey[..., None] * np.array([0.92, 0.99, 1.05], np.float32)
    return np.asarray(np.clip(picture + white[..., None] * (pale - picture), 0, 255), np.float32)


def face_alpha(points: FloatArray, size: tuple[int, int]) -> FloatArray:
    """1 inside the face, falling to 0 before its oval, where the donors' hair and background begin (H, W)."""
    oval = points[list(OVAL)]
    centre = oval.mean(axis=0)
    shrunk = (oval - centre) * np.array([0.9, 0.93], np.float32) + centre
    return np.asarray(cv2.GaussianBlur(filled(shrunk, size), (0, 0), 3.5), np.float32)


def _soft(points: FloatArray, group: tuple[int, ...], size: tuple[int, int], sigma: float) -> FloatArray:
    return np.asarray(cv2.GaussianBlur(filled(points[list(group)], size), (0, 0), sigma), np.float32)
