"""Hair in enough detail for a webcam: behind the neck, and around the face."""

from dataclasses import dataclass

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray
from fer_desktop.simulation.face_generator.head import BUST_PX, Looks, Measures, area, grid, noise

_HAIRLINE_PX = 2.6  # how softly hair begins


@dataclass(frozen=True, slots=True)
class Cut:
    """The shape of a style, in half face widths."""

    lift: float  # above the skull
    side: float  # beyond the skull at the temples
    line: float  # hairline's middle, below the forehead's top
    corner: float  # hairline's corners, below the forehead's top
    end: float  # where the hair at the sides ends, below the eyes
    part: float = 0.0  # of the parting, right of the middle
    back: float = 0.0  # length behind the neck, below the eyes; 0 = none
    curl: float = 0.0  # 0 straight, 1 curly
    rough: float = 0.4  # of the outline, px


CUTS = {
    "buzz": Cut(0.05, 0.0, -0.2, 0.02, 0.15, rough=0.3),
    "short": Cut(0.2, 0.05, -0.2, 0.02, 0.2, 0.1, rough=1.0),
    "side": Cut(0.27, 0.06, -0.16, 0.04, 0.25, 0.45, rough=0.9),
    "curly": Cut(0.3, 0.14, -0.18, 0.02, 0.2, curl=1.0, rough=2.4),
    "receding": Cut(0.06, 0.02, -0.34, -0.16, 0.2, rough=0.5),
    "bob": Cut(0.22, 0.2, -0.16, 0.16, 1.35, 0.2, back=1.45, rough=0.9),
    "long": Cut(0.2, 0.16, -0.24, 0.14, 1.9, 0.0, back=2.9, rough=0.9),
    "wavy": Cut(0.25, 0.24, -0.2, 0.14, 1.9, 0.3, back=2.6, curl=0.4, rough=1.6),
    "bun": Cut(0.1, 0.03, -0.24, 0.0, 0.3, rough=0.6),
    "fringe": Cut(0.22, 0.18, 0.36, 0.42, 1.7, 0.0, back=2.5, rough=0.9),
    "afro": Cut(0.6, 0.42, -0.18, 0.04, 0.5, curl=1.0, rough=2.0),
    "scarf": Cut(0.2, 0.16, 0.02, 0.12, 1.0),
}


def strands(m: Measures, looks: Looks, cut: Cut) -> tuple[FloatArray, FloatArray]:
    """Hair's colour everywhere (H, W, 3), strands running from the parting down, and these strands alone (H, W)."""
    xs, ys = grid()
    origin_x, origin_y = m.x + cut.part * m.half, m.forehead - 0.5 * m.half
    dx, dy = xs - origin_x, ys - origin_y
    angle, radius = np.arctan2(dx, dy + 0.35 * m.half), np.hypot(dx, dy)
    wave = cut.curl * 4 * np.sin(ys / 7.0 + noise(looks.seed + 3, 20, 20))
    hanging = np.clip((ys - m.eyes) / m.half, 0, 1)
    # Around the crown strands fan out with the angle; below the eyes they hang.
    across = (1 - hanging) * angle * 60 + hanging * (xs + wave) * 1.1
    along = radius * 0.12
    base = noise(looks.seed + 4, 0.8, 3.0)
    maps = np.mod(across + 160, BUST_PX[0] - 1).astype(np.float32), np.mod(along, BUST_PX[1] - 1).astype(np.float32)
    fibre = cv2.remap(base, *maps, cv2.INTER_LINEAR)
    if cut.curl:
        fibre = (1 - cut.curl) * fibre + cut.curl * (0.7 * noise(looks.seed + 5, 2.2, 2.2) + 0.5 * fibre)
    ring = np.exp(-(((radius - 0.62 * m.half - 2 * fibre) / (0.24 * m.half)) ** 2)) * (1 - 0.6 * cut.curl)
    depth = np.clip(np.abs(dx) / (1.5 * m.half), 0, 1) ** 2
    colour = np.array(looks.hair, np.float32)
    # Strands of fair hair are less visible than the gloss of dark hair.
    fair = float(colour.mean()) / 255
    light = 0.92 + (0.17 - 0.12 * fair) * fibre + (0.4 - 0.3 * fair) * ring - 0.22 * depth - 0.16 * hanging
    sheen = (12 * ring)[..., None]
    return np.asarray(np.clip(light[..., None] * colour + sheen, 0, 255), np.float32), np.asarray(fibre, np.float32)


def back(m: Measures, looks: Looks) -> tuple[FloatArray, FloatArray]:
    """The hair behind neck and ears: colour (H, W, 3) and alpha (H, W)."""
    cut = CUTS[looks.style]
    colour, _ = strands(m, looks, cut)
    colour = colour * np.float32(0.72)
    empty = np.zeros(BUST_PX[::-1], np.float32)
    w, x = m.half, m.x
    if looks.style == "scarf":
        return np.broadcast_to(np.array(looks.cloth, np.float32) * np.float32(0.5), colour.shape), _scarf_outline(m)
    if looks.style == "bun":
        bun = area([
            (x, m.forehead - 0.98 * w), (x - 0.4 * w, m.forehead - 0.72 * w), (x - 0.3 * w, m.forehead - 0.3 * w),
            (x + 0.3 * w, m.forehead - 0.3 * w), (x + 0.4 * w, m.forehead - 0.72 * w),
        ], 1.0)  # fmt: skip
        return colour / np.float32(0.72), bun
    if not cut.back:
        return colour, empty
    end, wide = m.eyes + cut.back * w, 1.06 + cut.side
    flare = 1.12 if cut.back < 2 else 1.2
    shape = area([
        (x - wide * w, m.eyes), (x - flare * wide * w, m.eyes + 0.6 * cut.back * w), (x - 1.06 * wide * w, end),
        (x - 0.5 * w, end + 0.05 * w), (x + 0.5 * w, end + 0.05 * w), (x + 1.06 * wide * w, end),
        (x + flare * wide * w, m.eyes + 0.6 * cut.back * w), (x + wide * w, m.eyes), (x, m.forehead),
    ], 1.2)  # fmt: skip
    return colour, _frayed(shape, looks, cut)


def front(m: Measures, looks: Looks) -> tuple[FloatArray, FloatArray]:
    """The hair over forehead and temples: colour (H, W, 3) and alpha (H, W)."""
    cut = CUTS[looks.style]
    outer = _outline(m, cut)
    w, x, top = m.half, m.x, m.forehead
    peak = x + cut.part * w * 0.7
    end = m.eyes + cut.end * w
    inner = 0.99 if cut.end < 1 else 0.93
    lower = 0.88 if cut.end > 1 else inner
    face = area([
        (x - lower * w, end + 0.5 * w), (x - inner * w, m.eyes + 0.12 * w), (x - 0.93 * w, m.brow - 0.1 * w),
        (x - 0.74 * w, top + cut.corner * w), (peak - 0.1 * w, top + cut.line * w),
        (x + 0.74 * w, top + cut.corner * w),
        (x + 0.93 * w, m.brow - 0.1 * w), (x + inner * w, m.eyes + 0.12 * w), (x + lower * w, end + 0.5 * w),
        (x, end + 2.2 * w),
    ], 1.3)  # fmt: skip
    ragged = 5 * cut.curl * noise(looks.seed + 6, 2.5, 2.5)
    below = np.clip((end + ragged - grid()[1]) / (0.26 * w) + 0.5, 0, 1)
    colour, fibre = strands(m, looks, cut)
    # Single strands cross the hairline, so that it fades instead of ending abruptly.
    opening = cv2.GaussianBlur(face, (0, 0), _HAIRLINE_PX)
    covered = np.clip((0.55 - opening + 0.13 * fibre) * 2.4 + 0.5, 0, 1)
    alpha = _frayed(outer, looks, cut) * covered * below
    if looks.style in ("buzz", "receding"):
        alpha = alpha * 0.8
    return colour, np.asarray(cv2.GaussianBlur(alpha, (0, 0), 0.6), np.float32)


def _outline(m: Measures, cut: Cut) -> FloatArray:
    w, x = m.half, m.x
    top = m.forehead - (0.44 + cut.lift) * w
    side = 1.05 + cut.side
    end = m.eyes + cut.end * w
    drop = 1.08 if cut.back else 0.99
    return area([
        (x - drop * side * w, end + 0.3 * w), (x - side * w, m.eyes - 0.1 * w),
        (x - (0.93 + cut.side) * w, m.forehead + 0.02 * w), (x - (0.5 + 0.5 * cut.side) * w, top + 0.13 * w),
        (x + cut.part * 0.4 * w, top),
        (x + (0.5 + 0.5 * cut.side) * w, top + 0.13 * w), (x + (0.93 + cut.side) * w, m.forehead + 0.02 * w),
        (x + side * w, m.eyes - 0.1 * w), (x + drop * side * w, end + 0.3 * w), (x, end + 0.6 * w),
    ], 0.9)  # fmt: skip


def _frayed(shape: FloatArray, looks: Looks, cut: Cut) -> FloatArray:
    """The shape with its outline roughened by `cut.rough` px, as the edge of hair."""
    xs, ys = grid()
    size = 1.2 + 1.6 * cut.curl
    moved = cv2.remap(
        shape,
        (xs + cut.rough * noise(looks.seed + 7, size, size * 2)).astype(np.float32),
        (ys + cut.rough * noise(looks.seed + 8, size, size * 2)).astype(np.float32),
        cv2.INTER_LINEAR,
    )
    return np.asarray(cv2.GaussianBlur(moved, (0, 0), 0.7), np.float32)


def scarf(m: Measures, looks: Looks) -> tuple[FloatArray, FloatArray]:
    """A headscarf with its face opening: colour (H, W, 3) and alpha (H, W)."""
    xs, ys = grid()
    w, x = m.half, m.x
    whole = _scarf_outline(m)
    opening = area([
        (x, m.forehead + 0.06 * w), (x - 0.6 * w, m.forehead + 0.22 * w), (x - 0.93 * w, m.eyes),
        (x - 0.84 * w, m.eyes + 0.85 * w), (x - 0.4 * w, m.chin - 0.06 * w), (x, m.chin + 0.05 * w),
        (x + 0.4 * w, m.chin - 0.06 * w), (x + 0.84 * w, m.eyes + 0.85 * w), (x + 0.93 * w, m.eyes),
        (x + 0.6 * w, m.forehead + 0.22 * w),
    ], 1.0)  # fmt: skip
    radius = np.hypot((xs - x) / 1.0, (ys - m.eyes) / 1.25)
    folds = 0.09 * np.sin(radius / 5.5 + 0.9 * noise(looks.seed + 9, 26, 26))
    rim = cv2.GaussianBlur(opening, (0, 0), 4)
    light = 0.98 + folds - 0.25 * np.clip(np.abs(xs - x) / (1.4 * w), 0, 1) ** 2 - 0.3 * rim
    colour = np.array(looks.cloth, np.float32) * np.float32(0.9)
    return np.asarray(np.clip(light[..., None] * colour, 0, 255), np.float32), whole * (1 - opening)


def _scarf_outline(m: Measures) -> FloatArray:
    w, x = m.half, m.x
    return area([
        (x, m.forehead - 0.62 * w), (x - 0.7 * w, m.forehead - 0.4 * w), (x - 1.18 * w, m.eyes - 0.3 * w),
        (x - 1.2 * w, m.eyes + 0.9 * w), (x - 1.3 * w, m.chin + 0.5 * w), (x - 1.15 * w, m.chin + 1.3 * w),
        (x, m.chin + 1.7 * w), (x + 1.15 * w, m.chin + 1.3 * w), (x + 1.3 * w, m.chin + 0.5 * w),
        (x + 1.2 * w, m.eyes + 0.9 * w), (x + 1.18 * w, m.eyes - 0.3 * w), (x + 0.7 * w, m.forehead - 0.4 * w),
    ], 1.0)  # fmt: skip
