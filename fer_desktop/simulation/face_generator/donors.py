"""Which FER-2013 training faces a generated person is morphed from, chosen by votes and landmarks.

No network's reading of an expression has a say, so that networks can be tested on the result.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from fer_desktop.core.expressions import DISGUST, FEAR, N_EXPRESSIONS, NEUTRAL, SURPRISE
from fer_desktop.core.types import FloatArray, PeopleSplit
from fer_desktop.datasets.fer2013 import SIDE_PX, Split, load_split
from fer_desktop.simulation.face_generator.mesh import EYES, FOREHEAD, ByteArray, FaceMesh, MeshFit
from fer_desktop.simulation.face_generator.morph import Canonical, common_frame, frontal, openness

SPLITS: Final = tuple(PeopleSplit)
# How many of ten voters must have named the expression, in the order of EXPRESSIONS; fewer for rare ones.
_MIN_VOTES: Final = (7, 4, 5, 10, 7, 8, 7)
_MAX_CANDIDATES: Final = (2000, 2000, 2000, 2000, 2000, 2000, 4000)  # by expression
_RARE: Final = (DISGUST, FEAR)  # so few that a looser fit is accepted
_RARE_LENIENCY: Final = 1.4  # limits are widened by this for them
# Of a fit that can be trusted: spread between two sizes, the network's logit; of a usable face: share of landmarks
# outside the crop, roll, and deviation of the Laplacian.
_MAX_SPREAD_PX: Final = 1.5
_MIN_SCORE: Final = 12.0
_MAX_OUTSIDE: Final = 0.06
_MAX_ROLL_RAD: Final = 0.25
_MIN_SHARPNESS: Final = 30.0
# Of a face that looks into the camera: depth from side to side and from forehead to chin, in face widths.
_MAX_YAW: Final = 0.2
_PITCH_RANGE: Final = (-0.45, 0.06)
# In deviations of a face's texture.
_MAX_LIGHT_DIFFERENCE: Final = 1.2  # between the two sides of the face
_MIN_EYES: Final = -1.55  # eyes less skin: darker ones are behind dark glasses
_MIN_FOREHEAD: Final = -0.1  # forehead less skin: darker ones are behind hair
_MIN_ADULT_HEIGHT: Final = 0.708  # of the face below the eyes, over its width
_NEAR_COPY: Final = 0.975  # correlation of two pictures
_CANONICAL_NEUTRAL: Final = 600  # faces from which the common shape is made
_CANONICAL_SURPRISED: Final = 300
_LOOK_PX: Final = (22, 26)  # size of the texture by which faces are compared
_TEXTURE_COMPONENTS: Final = 24
_SHAPE_COMPONENTS: Final = 12
_SHAPE_WEIGHT: Final = 0.6  # of the shape against the texture
_MIN_MOUTH_GAP: Final = 0.1  # between the lips over the mouth's width: smaller fearful mouths morph into a smear
_GAP_WEIGHT: Final = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class Donors:
    """Faces that may be morphed, all arrays row-aligned."""

    cells: NDArray[np.int64]  # (N,) index into the training sheet
    expressions: NDArray[np.int64]  # (N,) what the voters and the label agree on
    splits: NDArray[np.int64]  # (N,) index into SPLITS
    points: FloatArray  # (N, 468, 3) px of the 48 px crop
    looks: FloatArray  # (N, D) features of the person: low-resolution texture and shape, whitened
    light: FloatArray  # (N,) mean grey of the face in the crop, 0-255
    acts: FloatArray  # (N, E) features of the acting: the lips' gap and the low-resolution texture


def candidates(split: Split) -> NDArray[np.int64]:
    """Cells of the training sheet in which voters and label agree, without exact copies."""
    chosen: list[int] = []
    seen: set[bytes] = set()
    for expression in range(N_EXPRESSIONS):
        agreed = (split.labels == expression) & (split.plurality == expression)
        cells = np.flatnonzero(agreed & (split.votes[:, expression] >= _MIN_VOTES[expression]))
        for cell in cells[: _MAX_CANDIDATES[expression]]:
            key = split.images[cell].tobytes()
            if key not in seen:
                seen.add(key)
                chosen.append(int(cell))
    return np.array(chosen)


def well_seen(crop: ByteArray, fit: MeshFit, leniency: float = 1.0) -> bool:
    """Whether a face looks into the camera, lies within its crop and is sharp, going by its landmarks."""
    points = fit.points
    width = max(float(np.linalg.norm(points[454, :2] - points[234, :2])), 1.0)
    yaw, pitch = (points[454, 2] - points[234, 2]) / width, (points[10, 2] - points[152, 2]) / width
    frontal_face = abs(yaw) < _MAX_YAW * leniency and _PITCH_RANGE[0] * leniency < pitch < _PITCH_RANGE[1] * leniency
    roll = abs(float(np.arctan2(*(points[263, :2] - points[33, :2])[::-1])))
    outside = float(((points[:, :2] < -1) | (points[:, :2] > SIDE_PX)).any(axis=1).mean())
    sharp = float(cv2.Laplacian(crop, cv2.CV_32F)[8:40, 8:40].std()) > _MIN_SHARPNESS
    trusted = fit.spread_px < _MAX_SPREAD_PX * leniency and fit.score > _MIN_SCORE / leniency**2
    return bool(trusted and frontal_face and sharp and roll < _MAX_ROLL_RAD and outside < _MAX_OUTSIDE)


def gather(split: Split, seed: int, progress: Callable[[float], None]) -> tuple[Donors, Canonical]:
    """All usable donors, each in one split, and the canonical face that they define."""
    mesh = FaceMesh()
    cells = candidates(split)
    kept: list[int] = []
    points: list[FloatArray] = []
    for number, cell in enumerate(cells):
        fit = mesh.fit(split.images[cell])
        leniency = _RARE_LENIENCY if split.labels[cell] in _RARE else 1.0
        if well_seen(split.images[cell], fit, leniency):
            kept.append(int(cell))
            points.append(fit.points)
        if number % 100 == 0:
            progress(number / len(cells))
    rows, shapes = np.array(kept), np.array(points)
    expressions = split.labels[rows]
    canonical = common_frame(
        shapes[expressions == NEUTRAL][:_CANONICAL_NEUTRAL], shapes[expressions == SURPRISE][:_CANONICAL_SURPRISED]
    )
    flats = np.array([canonical.flatten(split.images[r], p) for r, p in zip(rows, shapes, strict=True)])
    forms = np.array([frontal(p, canonical.neutral) for p in shapes])
    good = _first_of_near_copies(split.images[rows]) & _plain(flats, canonical)
    good &= _is_adult(forms) | (expressions != NEUTRAL)
    good &= (openness(forms) > _MIN_MOUTH_GAP) | (expressions != FEAR)
    looks, acts = _compared(flats[good], forms[good], expressions[good], canonical)
    light = split.images[rows[good], 10:40, 10:38].mean(axis=(1, 2), dtype=np.float32)
    splits = _splits(expressions[good], seed)
    return Donors(rows[good], expressions[good], splits, shapes[good], looks, light, acts), canonical


def _plain(flats: FloatArray, canonical: Canonical) -> NDArray[np.bool_]:
    """(N,) true where the light is even, and no dark glasses or hair cover the eyes or the forehead."""
    width = flats.shape[2]
    skin = canonical.face * (1 - canonical.features) > 0.9
    left, right = skin.copy(), skin.copy()
    left[:, width // 2 :], right[:, : width // 2] = False, False
    uneven = np.abs(flats[:, left].mean(axis=1) - flats[:, right].mean(axis=1))
    around = np.maximum(canonical.mask(EYES[0]), canonical.mask(EYES[1]))
    around = cv2.dilate(around, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))) > 0.5
    bare = flats[:, skin].mean(axis=1)
    eyes = flats[:, around].mean(axis=1) - bare
    forehead = flats[:, canonical.mask(FOREHEAD) > 0.5].mean(axis=1) - bare
    return np.asarray((uneven < _MAX_LIGHT_DIFFERENCE) & (eyes > _MIN_EYES) & (forehead > _MIN_FOREHEAD), np.bool_)


def _is_adult(forms: FloatArray) -> NDArray[np.bool_]:
    """(N,) false for an infant's proportions: eyes low in a short face (frontal shapes, N, 468, 3)."""
    height = forms[:, 152, 1] - forms[:, 6, 1]
    return np.asarray(height / (forms[:, 454, 0] - forms[:, 234, 0]) > _MIN_ADULT_HEIGHT, np.bool_)


def _first_of_near_copies(images: ByteArray) -> NDArray[np.bool_]:
    """(N,) false where an earlier picture is nearly the same: scans of one photo must not be in both splits."""
    small = np.array([cv2.resize(image[4:44, 4:44], (14, 14), interpolation=cv2.INTER_AREA) for image in images])
    flat = small.reshape(len(small), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6
    alike = np.tril(flat @ flat.T > _NEAR_COPY, k=-1)
    return np.asarray(~alike.any(axis=1), np.bool_)


def _splits(expressions: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """(N,) 0 or 1, equally many of each within every expression."""
    rng = np.random.default_rng([seed, 1])
    splits = np.zeros(len(expressions), np.int64)
    for expression in range(N_EXPRESSIONS):
        rows = rng.permutation(np.flatnonzero(expressions == expression))
        splits[rows[1::2]] = 1
    return splits


def _compared(
    flats: FloatArray, forms: FloatArray, expressions: NDArray[np.int64], canonical: Canonical
) -> tuple[FloatArray, FloatArray]:
    """Looks (N, 36), from texture without mouth and brows and from the frontal shape; acts (N, E), from the texture."""
    face = cv2.resize(canonical.face, _LOOK_PX, interpolation=cv2.INTER_AREA)
    still = face * (1 - cv2.resize(canonical.play, _LOOK_PX, interpolation=cv2.INTER_AREA))
    small = np.array([cv2.resize(flat, _LOOK_PX, interpolation=cv2.INTER_AREA) for flat in flats])
    textures = (small * still)[:, still > 0.1]
    flat_forms = forms[:, :, :2].reshape(len(forms), -1)
    looks = [
        _whitened(textures, _TEXTURE_COMPONENTS, expressions),
        _SHAPE_WEIGHT * _whitened(flat_forms, _SHAPE_COMPONENTS, expressions),
    ]
    acts = (small * face)[:, face > 0.5]
    gaps = _GAP_WEIGHT * openness(forms)[:, None]
    return np.hstack(looks).astype(np.float32), np.hstack([gaps, acts / np.sqrt(acts.shape[1])]).astype(np.float32)


def _whitened(rows: FloatArray, components: int, groups: NDArray[np.int64]) -> FloatArray:
    """Principal components (N, components), partly whitened, with each group's own mean subtracted."""
    centred = rows.astype(np.float64)
    for group in np.unique(groups):
        centred[groups == group] -= centred[groups == group].mean(axis=0)
    strength, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    axes = axes[:, ::-1][:, :components]
    # Not fully whitened: the strong components (light, sex, age) still count for more than the weak ones.
    scale = np.sqrt(np.sqrt(strength[::-1][:components] * strength[-1]))
    return np.asarray(centred @ axes / scale, np.float32)


def training_faces(data_dir: Path) -> Split:
    """FER-2013's training split from `data_dir/fer2013`."""
    return load_split(data_dir / "fer2013", "training")
