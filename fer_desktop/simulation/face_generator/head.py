"""A head with hair, neck, shoulders and clothes around a morphed face, like a person in front of a webcam."""

from dataclasses import dataclass
from typing import Final, Self

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray
from fer_desktop.simulation.face_generator.mesh import OVAL
from fer_desktop.simulation.face_generator.morph import filled
from fer_desktop.simulation.face_generator.skin import Colour, Skin

BUST_PX: Final = (320, 256)  # width, height of a person's picture
FACE_CENTRE: Final = (160.0, 122.0)  # where the middle of the face's oval is in it
FACE_WIDTH_PX: Final = 102.0  # of the oval

STYLES: Final = ("buzz", "short", "side", "curly", "receding", "bob", "long", "wavy", "bun", "fringe", "scarf", "afro")
TOPS: Final = ("tee", "vneck", "shirt", "hoodie", "polo")


@dataclass(frozen=True, slots=True)
class Looks:
    """What surrounds a person's face."""

    skin: Skin
    hair: Colour
    style: str  # one of STYLES
    top: str  # one of TOPS
    cloth: Colour
    lip: float  # 0-1
    build: float  # half the shoulders' width in face widths
    seed: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Where a face's parts are in the bust, px."""

    x: float
    brow: float
    eyes: float
    forehead: float  # top of the oval
    chin: float
    half: float  # half the width of the oval

    @classmethod
    def of(cls, points: FloatArray) -> Self:
        """From the neutral face's landmarks (468, 2+) in the bust."""
        oval = points[list(OVAL), :2]
        return cls(
            x=float(points[[10, 152, 234, 454], 0].mean()),
            brow=float(points[[105, 334], 1].mean()),
            eyes=float(points[[33, 133, 362, 263], 1].mean()),
            forehead=float(points[10, 1]),
            chin=float(points[152, 1]),
            half=float(np.ptp(oval[:, 0])) / 2,
        )


CLOTHS: Final[tuple[Colour, ...]] = (
    (74, 62, 52), (96, 78, 58), (120, 104, 78), (58, 58, 62), (112, 112, 116), (196, 198, 202), (66, 74, 112),
    (62, 66, 138), (92, 118, 86), (70, 88, 70), (106, 142, 168), (136, 116, 132), (150, 134, 96), (64, 108, 160),
    (176, 168, 150), (44, 44, 46),
)  # fmt: skip


def laid(below: FloatArray, layer: FloatArray, alpha: FloatArray) -> FloatArray:
    """A layer (H, W, 3) with `alpha` (H, W) on a picture with premultiplied alpha (H, W, 4): the same kind."""
    own = np.dstack([layer, np.full(alpha.shape, 1, np.float32)]) * alpha[..., None]
    return np.asarray(own + below * (1 - alpha[..., None]), np.float32)


def over(below: FloatArray, layer: FloatArray, alpha: FloatArray) -> FloatArray:
    """`layer` (H, W, 3) laid over the opaque `below` with `alpha` (H, W)."""
    return np.asarray(below + alpha[..., None] * (layer - below), np.float32)


def smooth(corners: list[tuple[float, float]], closed: bool = True, steps: int = 12) -> FloatArray:
    """A Catmull-Rom curve (N, 2) through the corners."""
    points = np.array(corners, np.float32)
    around = np.roll(points, 1, axis=0), points, np.roll(points, -1, axis=0), np.roll(points, -2, axis=0)
    t = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[None, :, None]
    p0, p1, p2, p3 = (p[:, None, :] for p in around)
    curve = 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
    rows = curve if closed else curve[1:-2]
    return np.asarray(rows.reshape(-1, 2), np.float32)


def area(corners: list[tuple[float, float]], blur: float = 0.8) -> FloatArray:
    """A smooth closed shape (H, W), 0-1, with soft edges."""
    return np.asarray(cv2.GaussianBlur(filled(smooth(corners), BUST_PX), (0, 0), blur), np.float32)


def noise(seed: int, sigma_x: float, sigma_y: float) -> FloatArray:
    """Smooth noise over the bust (H, W), mean 0, deviation 1."""
    rng = np.random.default_rng(seed)
    raw = rng.standard_normal(BUST_PX[::-1]).astype(np.float32)
    soft = cv2.GaussianBlur(raw, (0, 0), sigmaX=sigma_x, sigmaY=sigma_y, borderType=cv2.BORDER_REFLECT)
    return np.asarray((soft - soft.mean()) / soft.std(), np.float32)


def grid() -> tuple[FloatArray, FloatArray]:
    """x and y (H, W) of the bust's pixels."""
    xs, ys = np.meshgrid(np.arange(BUST_PX[0], dtype=np.float32), np.arange(BUST_PX[1], dtype=np.float32))
    return xs, ys


def body(m: Measures, looks: Looks) -> tuple[FloatArray, FloatArray]:
    """Neck, shoulders and clothes: colour (H, W, 3) and alpha (H, W)."""
    xs, ys = grid()
    w, x, chin = m.half, m.x, m.chin
    base = chin + 0.4 * w
    neck = area([
        (x - 0.62 * w, m.eyes + 0.4 * w), (x - 0.6 * w, chin), (x - 0.66 * w, base), (x - 1.0 * w, base + 0.4 * w),
        (x, base + 1.2 * w),
        (x + 1.0 * w, base + 0.4 * w), (x + 0.66 * w, base), (x + 0.6 * w, chin), (x + 0.62 * w, m.eyes + 0.4 * w),
    ])  # fmt: skip
    # The chin's shadow, and less light towards the neck's sides.
    shade = 1 - 0.36 * np.exp(-(((ys - chin - 0.02 * w) / (0.36 * w)) ** 2)) - 0.3 * ((xs - x) / w) ** 2
    skin = looks.skin.coloured(np.asarray(looks.skin.level * np.clip(shade, 0.3, 1.0) * 0.97, np.float32))
    wide = looks.build * 2 * w
    shoulders = area([
        (x - wide, 330), (x - 0.98 * wide, base + 1.15 * w), (x - 0.8 * wide, base + 0.62 * w),
        (x - 0.98 * w, base + 0.2 * w), (x - 0.6 * w, base - 0.06 * w), (x, base + 0.14 * w),
        (x + 0.6 * w, base - 0.06 * w), (x + 0.98 * w, base + 0.2 * w), (x + 0.8 * wide, base + 0.62 * w),
        (x + 0.98 * wide, base + 1.15 * w), (x + wide, 330),
    ])  # fmt: skip
    cloth = _cloth(m, looks, base)
    opening = _neckline(m, looks, base)
    picture = over(skin, cloth, shoulders * (1 - opening))
    picture = _trimmed(picture, m, looks, base)
    return picture, np.maximum(neck, shoulders)


def _cloth(m: Measures, looks: Looks, base: float) -> FloatArray:
    xs, ys = grid()
    folds = 0.045 * noise(looks.seed, 14, 26) + 0.012 * noise(looks.seed + 1, 5, 9)
    side = 0.2 * np.clip(np.abs(xs - m.x) / (2.4 * m.half), 0, 1) ** 2
    light = 1.02 - side + folds + 0.08 * np.clip((base + 0.8 * m.half - ys) / m.half, -1, 1)
    if looks.top == "shirt":
        light = light + 0.025 * np.sin((xs - m.x) * 0.7)
    return np.asarray(np.clip(light[..., None] * np.array(looks.cloth, np.float32), 0, 255), np.float32)


def _neckline(m: Measures, looks: Looks, base: float) -> FloatArray:
    w, x = m.half, m.x
    depth = {"tee": 0.34, "vneck": 0.72, "shirt": 0.6, "hoodie": 0.3, "polo": 0.5}[looks.top] * w
    pointed = looks.top in ("vneck", "shirt", "polo")
    bend = 0.18 if pointed else 0.46
    corners = [
        (x - 0.66 * w, base - 0.5 * w), (x - 0.64 * w, base), (x - bend * w, base + depth * (0.6 if pointed else 0.84)),
        (x, base + depth), (x + bend * w, base + depth * (0.6 if pointed else 0.84)), (x + 0.64 * w, base),
        (x + 0.66 * w, base - 0.5 * w),
    ]  # fmt: skip
    return area(corners, 0.7)


def _trimmed(picture: FloatArray, m: Measures, looks: Looks, base: float) -> FloatArray:
    """Adds the collar, which distinguishes a shirt from a tee."""
    w, x = m.half, m.x
    cloth = np.array(looks.cloth, np.float32)
    if looks.top in ("shirt", "polo"):
        for side in (-1, 1):
            collar = area([
                (x + side * 0.7 * w, base - 0.16 * w), (x + side * 0.86 * w, base + 0.18 * w),
                (x + side * 0.5 * w, base + 0.62 * w), (x + side * 0.12 * w, base + 0.56 * w),
                (x + side * 0.5 * w, base + 0.2 * w),
            ])  # fmt: skip
            edge = cv2.GaussianBlur(collar, (0, 0), 2.5)
            picture = over(picture, picture * 0.7, edge * (1 - collar))
            picture = over(picture, np.broadcast_to(np.clip(cloth * 1.1 + 8, 0, 255), picture.shape), collar)
        return picture
    rim = _neckline(m, looks, base)
    grown = cv2.dilate(rim, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    band = np.clip(grown - rim, 0, 1)
    band[grid()[1] < base - 0.06 * w] = 0
    return over(picture, np.broadcast_to(cloth * 0.86, picture.shape), 0.8 * band)


def skull(m: Measures, looks: Looks, face: FloatArray, points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Bare head and ears under face and hair: colour (H, W, 3) and alpha (H, W).

    `face` (H, W, 3) is the coloured face, whose soft light is carried on beyond its edge; `points` (468, 2+) its mesh.
    """
    w, x = m.half, m.x
    oval = points[list(OVAL), :2]
    chin = cv2.GaussianBlur(filled(oval, BUST_PX), (0, 0), 0.9)
    top = m.forehead - 0.42 * w
    head = area([
        (x - 0.98 * w, m.eyes + 0.3 * w), (x - 1.04 * w, m.eyes - 0.3 * w), (x - 0.88 * w, m.forehead + 0.06 * w),
        (x - 0.45 * w, top + 0.1 * w), (x, top), (x + 0.45 * w, top + 0.1 * w), (x + 0.88 * w, m.forehead + 0.06 * w),
        (x + 1.04 * w, m.eyes - 0.3 * w), (x + 0.98 * w, m.eyes + 0.3 * w), (x, m.eyes + 0.5 * w),
    ])  # fmt: skip
    ears = np.zeros(BUST_PX[::-1], np.float32)
    for side in (-1, 1):
        centre = (int((x + side * 1.03 * w) * 16), int((m.eyes + 0.3 * w) * 16))
        cv2.ellipse(ears, centre, (int(0.13 * w * 16), int(0.3 * w * 16)), side * 8, 0, 360, 1.0, -1, cv2.LINE_AA, 4)
    ears = cv2.GaussianBlur(ears, (0, 0), 0.9)
    alpha = np.maximum(np.maximum(chin, head), ears)
    weight = cv2.GaussianBlur(_core(points), (0, 0), 16)[..., None] + 1e-4
    soft = cv2.GaussianBlur(face * _core(points)[..., None], (0, 0), 16) / weight
    soft = 0.7 * soft + 0.3 * np.array(looks.skin.tone, np.float32)
    rim = cv2.GaussianBlur(np.maximum(chin, head), (0, 0), 5.0)
    light = 0.76 + 0.24 * np.clip((rim - 0.45) / 0.5, 0, 1)
    beside = ears * (1 - np.maximum(chin, head))
    light = light + beside * (0.86 - light)
    return np.asarray(soft * light[..., None], np.float32), np.asarray(alpha, np.float32)


def _core(points: FloatArray) -> FloatArray:
    oval = points[list(OVAL), :2]
    centre = oval.mean(axis=0)
    return filled((oval - centre) * np.float32(0.78) + centre, BUST_PX)
