"""Solid heads of random shapes, of two families that share no measure of depth.

Lengths are in distances between the eyes. x goes to the right of the picture, y down, z towards the camera; the middle
between the eyes is the origin.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray

CELLS: Final = 40  # of a depth map, in a distance between the eyes
HALF_WIDTH, ABOVE, BELOW = 1.5, 2.1, 2.1  # what a depth map spans around the origin
NOWHERE: Final = -9.0  # depth where there is no head
# Of an average adult's profile, without the nose: y, and depth before the eyes' pupils.
_PROFILE_Y: Final = (-2.1, -1.5, -0.92, -0.37, -0.1, 0.3, 0.82, 0.97, 1.06, 1.22, 1.4, 1.6, 1.84, 1.95, 2.1)
_PROFILE_Z: Final = (-0.5, -0.05, 0.11, 0.26, 0.12, 0.25, 0.34, 0.35, 0.26, 0.29, 0.21, 0.22, 0.17, 0.07, -0.2)
# The ridge of the nose: y, how far it stands out of that profile, and half of its width.
_RIDGE_Y: Final = (-0.1, 0.05, 0.25, 0.4, 0.54, 0.62, 0.7, 0.76)
_RIDGE_Z: Final = (0.0, 0.2, 0.32, 0.37, 0.37, 0.32, 0.14, 0.0)
_RIDGE_HALF: Final = (0.12, 0.13, 0.16, 0.2, 0.26, 0.28, 0.28, 0.28)


class Family(StrEnum):
    """How heads are made."""

    EGG = "egg"  # an ellipsoid with a nose, and hollows for eyes
    PROFILE = "profile"  # an adult's measured profile, carried round on ellipses


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A head as two depth maps (H, W), in the grid of `CELLS`; NOWHERE outside its outline."""

    front: FloatArray
    back: FloatArray
    wide: float  # half of its width
    tall: float  # half of its height


def random_head(family: Family, rng: np.random.Generator) -> Head:
    """A head of the family, of a shape of its own."""
    wide, tall = rng.normal(1.28, 0.04), rng.normal(1.86, 0.05)
    x, y = np.meshgrid(
        np.arange(-HALF_WIDTH, HALF_WIDTH, 1 / CELLS), np.arange(-ABOVE, BELOW, 1 / CELLS), indexing="xy"
    )
    inside = 1 - (x / wide) ** 2 - np.abs(y / tall) ** 3
    round_ = np.sqrt(np.clip(inside, 0, 1))
    make: Callable[..., tuple[float, FloatArray]] = {Family.EGG: _egg, Family.PROFILE: _profile}[family]
    ears, front = make(x, y, wide, round_, rng)
    back = ears - rng.normal(1.5, 0.08) * round_
    outline = inside > 0
    return Head(
        np.where(outline, front, NOWHERE).astype(np.float32),
        np.where(outline, back, -NOWHERE).astype(np.float32),
        float(wide),
        float(tall),
    )


def _bump(x: FloatArray, y: FloatArray, at: tuple[float, float], size: tuple[float, float]) -> FloatArray:
    return np.asarray(np.exp(-(((x - at[0]) / size[0]) ** 2) - ((y - at[1]) / size[1]) ** 2))


def _egg(
    x: FloatArray, y: FloatArray, wide: float, round_: FloatArray, rng: np.random.Generator
) -> tuple[float, FloatArray]:
    deep = rng.normal(1.15, 0.07)
    ears = -deep * float(np.sqrt(1 - (0.5 / wide) ** 2))
    nose = rng.normal(0.42, 0.05) * _bump(x, y, (0, 0.52), (0.2, 0.26))
    bridge = rng.normal(0.14, 0.03) * _bump(x, y, (0, 0.15), (0.14, 0.3))
    eyes = rng.normal(0.06, 0.02) * (_bump(x, y, (-0.5, 0), (0.26, 0.16)) + _bump(x, y, (0.5, 0), (0.26, 0.16)))
    chin = rng.normal(0.1, 0.03) * _bump(x, y, (0, 1.6), (0.4, 0.3))
    return ears, np.asarray(ears + deep * round_ + nose + bridge - eyes + chin)


def _profile(
    x: FloatArray, y: FloatArray, wide: float, round_: FloatArray, rng: np.random.Generator
) -> tuple[float, FloatArray]:
    flat, out, tip = rng.normal(1.0, 0.07), rng.normal(1.0, 0.12), rng.normal(0.0, 0.03)
    ears = -rng.normal(1.02, 0.06)
    middle = np.interp(y, _PROFILE_Y, _PROFILE_Z) * flat
    across = np.sqrt(np.clip(1 - (x / wide) ** 2, 0, 1))
    # Towards the outline the profile ends on the plane of the ears.
    surface = ears + (middle - ears) * across * np.minimum(1, 2.2 * round_)
    half = np.interp(y - tip, _RIDGE_Y, _RIDGE_HALF)
    ridge = out * np.interp(y - tip, _RIDGE_Y, _RIDGE_Z) * np.exp(-((np.abs(x) / half) ** 2.5))
    sockets = 0.04 * (_bump(x, y, (-0.25, 0), (0.14, 0.16)) + _bump(x, y, (0.25, 0), (0.14, 0.16)))
    return float(ears), np.asarray(cv2.GaussianBlur(surface + ridge - sockets, (0, 0), 1.2))
