"""What surrounds each generated face: skin, hair and clothes, drawn at random but to fit the face."""

from typing import Final

import numpy as np

from fer_desktop.core.expressions import NEUTRAL
from fer_desktop.core.types import FloatArray
from fer_desktop.simulation.face_generator.head import CLOTHS, TOPS, Looks
from fer_desktop.simulation.face_generator.mesh import BROWS, LIPS_OUTER
from fer_desktop.simulation.face_generator.morph import Canonical, Morph
from fer_desktop.simulation.face_generator.skin import HAIR_COLOURS, SKIN_TONES, Skin

# Where in the order of brightness each skin tone ends, from light to dark.
_TONE_ENDS: Final = (0.16, 0.34, 0.5, 0.63, 0.75, 0.85, 0.93, 1.0)
_LONG: Final = ("bob", "long", "wavy", "bun", "fringe", "scarf", "long", "wavy")
_EITHER: Final = ("side", "curly", "short", "bob", "short", "curly")
_SHORT: Final = ("short", "side", "buzz", "short", "curly", "side", "receding")
# Weights of brow height, jaw, lips' height, beard, chin's shade, lips' contrast and brows' darkness.
_WEIGHTS: Final = np.array([1.0, 0.8, 0.3, 1.2, 1.0, 0.4, 0.7])


def softness(morph: Morph, canonical: Canonical) -> FloatArray:
    """Seven measures (7,) of a neutral face that are larger, on average, in women's faces than in men's.

    They only bias the choice of haircut; plenty of people have another.
    """
    shape, texture = morph.shapes[NEUTRAL][:, :2], morph.textures[NEUTRAL]
    height = np.linalg.norm(shape[152] - shape[10])
    width = np.linalg.norm(shape[234] - shape[454])
    gap = ((shape[159] - shape[105])[1] + (shape[386] - shape[334])[1]) / 2 / height
    jaw = np.linalg.norm(shape[172] - shape[397]) / width
    fullness = np.linalg.norm(shape[0] - shape[17]) / np.linalg.norm(shape[61] - shape[291])
    cheek = _around(texture, canonical, (50, 280))
    lip = float(texture[canonical.mask(LIPS_OUTER) > 0.5].mean())
    brow = float(np.mean([texture[canonical.mask(group) > 0.5].mean() for group in BROWS]))
    beard = _around(texture, canonical, (164, 92, 322)) - cheek
    chin = _around(texture, canonical, (199, 170, 395)) - cheek
    return np.array([gap, -jaw, fullness, beard, chin, cheek - lip, brow - cheek], np.float32)


def _around(texture: FloatArray, canonical: Canonical, landmarks: tuple[int, ...], reach: int = 5) -> float:
    centres = np.round(canonical.points[list(landmarks)]).astype(int)
    return float(np.mean([texture[y - reach : y + reach + 1, x - reach : x + reach + 1].mean() for x, y in centres]))


def draw_looks(softnesses: FloatArray, brightness: FloatArray, seed: int) -> list[Looks]:
    """One person's looks for each row of the measures (N, 7) and of the donors' mean brightness (N,)."""
    score = ((softnesses - softnesses.mean(axis=0)) / (softnesses.std(axis=0) + 1e-6)) @ _WEIGHTS
    order = np.argsort(np.argsort(-brightness, kind="stable")) / max(len(brightness), 1)
    rank = np.argsort(np.argsort(score, kind="stable")) / max(len(score), 1)
    return [_looks(float(order[k]), float(rank[k]), np.random.default_rng([seed, 3, k]), k) for k in range(len(score))]


def _looks(darkness: float, softer: float, rng: np.random.Generator, number: int) -> Looks:
    tone = int(np.searchsorted(_TONE_ENDS, darkness, side="right"))
    tone = min(tone, len(SKIN_TONES) - 1)
    styles = _LONG if softer > 0.6 else _EITHER if softer > 0.48 else _SHORT
    style = str(rng.choice(styles))
    if style == "scarf" and softer < 0.82:
        style = "long"
    if tone >= 5 and style in ("curly", "fringe", "wavy") and rng.random() < 0.7:
        style = "afro"
    shades = [0.2, 0.22, 0.2, 0.16, 0.1, 0.07, 0.03, 0.02] if tone < 4 else [0.55, 0.3, 0.15, 0, 0, 0, 0, 0]
    if style == "receding":
        shades = [0.1, 0.2, 0.2, 0.1, 0.05, 0.0, 0.0, 0.35]
    hair = HAIR_COLOURS[int(rng.choice(len(HAIR_COLOURS), p=shades))]
    level = Skin(SKIN_TONES[tone], 0.0).level
    return Looks(
        skin=Skin(SKIN_TONES[tone], round(level * (0.25 + 0.02 * min(tone, 5) / 5), 2)),
        hair=hair,
        style=style,
        top=str(rng.choice(TOPS)),
        cloth=CLOTHS[int(rng.integers(len(CLOTHS)))],
        lip=round(float(rng.uniform(0.7, 1.1) if softer > 0.6 else rng.uniform(0.25, 0.5)), 2),
        build=round(float(rng.uniform(1.0, 1.12) if softer > 0.6 else rng.uniform(1.1, 1.24)), 2),
        seed=1000 + 17 * number,
    )
