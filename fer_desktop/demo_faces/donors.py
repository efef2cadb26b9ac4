"""Which FER-2013 training faces a generated person is morphed from: chosen by votes and landmarks, by no network's
opinion of an expression."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from fer_desktop.core.expressions import DISGUST, FEAR, N_EXPRESSIONS, NEUTRAL, SURPRISE
from fer_desktop.datasets.fer2013 import SIDE_PX, Split, load_split
from fer_desktop.demo_faces.mesh import EYES, FOREHEAD, ByteArray, FaceMesh, FloatArray, MeshFit
from fer_desktop.demo_faces.morph import Canonical, common_frame, frontal, openness

HALVES: Final = "AB"
NEUTRAL_DONORS: Final = 5
EXPRESSION_DONORS: Final = 5
# Of ten voters, how many must have named the expression (in the order of EXPRESSIONS): rare ones allow some doubt.
_VOTES: Final = (7, 4, 5, 10, 7, 8, 7)
_AT_MOST: Final = (2000, 2000, 2000, 2000, 2000, 2000, 4000)  # looked at for each expression
_RARE: Final = (DISGUST, FEAR)  # so few that a looser fit is taken
_SPREAD_PX, _SCORE, _OUTSIDE, _ROLL_RAD, _SHARPNESS = 1.5, 12.0, 0.06, 0.25, 30.0
# Depth from side to side and from forehead to chin, in face widths, of a face that looks into the camera.
_YAW, _PITCH = 0.2, (-0.45, 0.06)
# In deviations of a face's texture; the last is the face's height below the eyes over its width.
_UNEVEN, _DARK_EYES, _FRINGE, _INFANT = 1.2, -1.55, -0.1, 0.708
_NEAR_COPY: Final = 0.975
_LOOK_PX: Final = (22, 26)
_NEAR: Final = 30  # people like the person among whom one way to play an expression is sought
_LIKENESS: Final = 1.0
_WORN: Final = 0.3  # against giving everybody the same few plays
_GAP: Final = 0.1  # between the lips over the mouth's width: a fearful mouth below it morphs into a smear
_GAP_WEIGHT: Final = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class Donors:
    """Faces that may be morphed, all arrays row-aligned."""

    cells: NDArray[np.int64]  # (N,) index into the training sheet
    expressions: NDArray[np.int64]  # (N,) what the voters and the label agree on
    halves: NDArray[np.int64]  # (N,) 0 = A, 1 = B
    points: FloatArray  # (N, 468, 3) px of the 48 px crop
    looks: FloatArray  # (N, D) what two people are compared by: low-resolution texture and shape, whitened
    light: FloatArray  # (N,) mean grey of the face in the crop, 0-255
    acts: FloatArray  # (N, E) what two plays are compared by: the lips' gap and the low-resolution texture


@dataclass(frozen=True, slots=True)
class Person:
    """What a person is morphed from."""

    half: str  # A or B
    donors: tuple[tuple[int, ...], ...]  # seven tuples of cells in the training sheet, in the order of EXPRESSIONS


def candidates(split: Split) -> NDArray[np.int64]:
    """Cells of the training sheet where voters and label agree, without exact copies."""
    chosen: list[int] = []
    seen: set[bytes] = set()
    for expression in range(N_EXPRESSIONS):
        agreed = (split.labels == expression) & (split.plurality == expression)
        cells = np.flatnonzero(agreed & (split.votes[:, expression] >= _VOTES[expression]))
        for cell in cells[: _AT_MOST[expression]]:
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
    frontal_face = abs(yaw) < _YAW * leniency and _PITCH[0] * leniency < pitch < _PITCH[1] * leniency
    roll = abs(float(np.arctan2(*(points[263, :2] - points[33, :2])[::-1])))
    outside = float(((points[:, :2] < -1) | (points[:, :2] > SIDE_PX)).any(axis=1).mean())
    sharp = float(cv2.Laplacian(crop, cv2.CV_32F)[8:40, 8:40].std()) > _SHARPNESS
    trusted = fit.spread_px < _SPREAD_PX * leniency and fit.score > _SCORE / leniency**2
    return bool(trusted and frontal_face and sharp and roll < _ROLL_RAD and outside < _OUTSIDE)


def gather(split: Split, seed: int, progress: Callable[[float], None]) -> tuple[Donors, Canonical]:
    """All usable donors, each in one of two halves, and the canonical face that they define."""
    mesh = FaceMesh()
    cells = candidates(split)
    kept: list[int] = []
    points: list[FloatArray] = []
    for number, cell in enumerate(cells):
        fit = mesh.fit(split.images[cell])
        leniency = 1.4 if split.labels[cell] in _RARE else 1.0
        if well_seen(split.images[cell], fit, leniency):
            kept.append(int(cell))
            points.append(fit.points)
        if number % 100 == 0:
            progress(number / len(cells))
    rows, shapes = np.array(kept), np.array(points)
    expressions = split.labels[rows]
    canonical = common_frame(shapes[expressions == NEUTRAL][:600], shapes[expressions == SURPRISE][:300])
    flats = np.array([canonical.flatten(split.images[r], p) for r, p in zip(rows, shapes, strict=True)])
    forms = np.array([frontal(p, canonical.neutral) for p in shapes])
    good = _first_of_near_copies(split.images[rows]) & _plain(flats, canonical)
    good &= _grown_up(forms) | (expressions != NEUTRAL)
    good &= (openness(forms) > _GAP) | (expressions != FEAR)
    looks, acts = _compared(flats[good], forms[good], expressions[good], canonical)
    light = split.images[rows[good], 10:40, 10:38].mean(axis=(1, 2), dtype=np.float32)
    halves = _halves(expressions[good], seed)
    return Donors(rows[good], expressions[good], halves, shapes[good], looks, light, acts), canonical


def _plain(flats: FloatArray, canonical: Canonical) -> NDArray[np.bool_]:
    """(N,) true where the light is even, the eyes are not behind dark glasses and the forehead not behind hair."""
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
    return np.asarray((uneven < _UNEVEN) & (eyes > _DARK_EYES) & (forehead > _FRINGE), np.bool_)


def _grown_up(forms: FloatArray) -> NDArray[np.bool_]:
    """(N,) false for infants' proportions: eyes low in a short face (frontal shapes, N, 468, 3)."""
    height = forms[:, 152, 1] - forms[:, 6, 1]
    return np.asarray(height / (forms[:, 454, 0] - forms[:, 234, 0]) > _INFANT, np.bool_)


def _first_of_near_copies(images: ByteArray) -> NDArray[np.bool_]:
    """(N,) false where an earlier picture is nearly the same: another scan of one photo must not be in both halves."""
    small = np.array([cv2.resize(image[4:44, 4:44], (14, 14), interpolation=cv2.INTER_AREA) for image in images])
    flat = small.reshape(len(small), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6
    alike = np.tril(flat @ flat.T > _NEAR_COPY, k=-1)
    return np.asarray(~alike.any(axis=1), np.bool_)


def _halves(expressions: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """(N,) 0 or 1, as many of each within every expression."""
    rng = np.random.default_rng([seed, 1])
    halves = np.zeros(len(expressions), np.int64)
    for expression in range(N_EXPRESSIONS):
        rows = rng.permutation(np.flatnonzero(expressions == expression))
        halves[rows[1::2]] = 1
    return halves


def _compared(
    flats: FloatArray, forms: FloatArray, expressions: NDArray[np.int64], canonical: Canonical
) -> tuple[FloatArray, FloatArray]:
    """Looks (N, 36), from texture without mouth and brows and from the frontal shape; acts (N, E), from the texture."""
    face = cv2.resize(canonical.face, _LOOK_PX, interpolation=cv2.INTER_AREA)
    still = face * (1 - cv2.resize(canonical.play, _LOOK_PX, interpolation=cv2.INTER_AREA))
    small = np.array([cv2.resize(flat, _LOOK_PX, interpolation=cv2.INTER_AREA) for flat in flats])
    textures = (small * still)[:, still > 0.1]
    flat_forms = forms[:, :, :2].reshape(len(forms), -1)
    looks = [_whitened(textures, 24, expressions), 0.6 * _whitened(flat_forms, 12, expressions)]
    acts = (small * face)[:, face > 0.5]
    gaps = _GAP_WEIGHT * openness(forms)[:, None]
    return np.hstack(looks).astype(np.float32), np.hstack([gaps, acts / np.sqrt(acts.shape[1])]).astype(np.float32)


def _whitened(rows: FloatArray, components: int, groups: NDArray[np.int64]) -> FloatArray:
    """Principal components (N, components) at unit variance, each group's own mean taken out."""
    centred = rows.astype(np.float64)
    for group in np.unique(groups):
        centred[groups == group] -= centred[groups == group].mean(axis=0)
    strength, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    axes = axes[:, ::-1][:, :components]
    # The root of the root: the strong components (light, sex, age) still count for more than the weak ones.
    scale = np.sqrt(np.sqrt(strength[::-1][:components] * strength[-1]))
    return np.asarray(centred @ axes / scale, np.float32)


def cast(donors: Donors, people: int, seed: int) -> tuple[Person, ...]:
    """`people` persons, alternating between the halves, no neutral donor in two persons."""
    found: list[Person] = []
    for half in range(2):
        rng = np.random.default_rng([seed, 2, half])
        members = np.flatnonzero(donors.halves == half)
        neutral = members[donors.expressions[members] == NEUTRAL]
        groups = _tight_groups(donors.looks[neutral], (people + 1 - half) // 2, rng)
        used = np.zeros(len(donors.cells))
        found += [_person(donors, members, neutral[group], used) for group in groups]
    order = sorted(range(len(found)), key=lambda k: (k % ((people + 1) // 2), found[k].half))
    return tuple(found[k] for k in order)


def _tight_groups(looks: FloatArray, count: int, rng: np.random.Generator) -> list[NDArray[np.int64]]:
    """`count` disjoint groups of NEUTRAL_DONORS rows which look alike, spread over all looks."""
    distance = np.linalg.norm(looks[:, None] - looks[None], axis=2)
    free = np.ones(len(looks), bool)
    groups: list[NDArray[np.int64]] = []
    # In random order the tightest group around each of a few seeds: varied people, no outliers.
    while len(groups) < count and free.sum() >= NEUTRAL_DONORS:
        seeds = rng.choice(np.flatnonzero(free), size=min(4, int(free.sum())), replace=False)
        best = min((_nearest(distance, int(s), free) for s in seeds), key=lambda g: float(distance[g[0], g].mean()))
        free[best] = False
        groups.append(best)
    return groups


def _nearest(distance: FloatArray, row: int, free: NDArray[np.bool_]) -> NDArray[np.int64]:
    reach = np.where(free, distance[row], np.inf)
    return np.argsort(reach, kind="stable")[:NEUTRAL_DONORS]


def _person(
    donors: Donors, members: NDArray[np.int64], neutral: NDArray[np.int64], used: NDArray[np.float64]
) -> Person:
    look = donors.looks[neutral].mean(axis=0)
    chosen: list[tuple[int, ...]] = []
    for expression in range(N_EXPRESSIONS):
        rows = neutral
        if expression != NEUTRAL:
            members_of = members[donors.expressions[members] == expression]
            rows = _one_play(donors, members_of, look, used)
            used[rows] += 1
        chosen.append(tuple(int(cell) for cell in donors.cells[rows]))
    return Person(HALVES[int(donors.halves[neutral[0]])], tuple(chosen))


def _one_play(
    donors: Donors, rows: NDArray[np.int64], look: FloatArray, used: NDArray[np.float64]
) -> NDArray[np.int64]:
    """EXPRESSION_DONORS of `rows` which look like the person and play the expression in one way.

    An open mouth averaged with a closed one is neither; so the group is chosen by how alike its faces are.
    """
    like = np.linalg.norm(donors.looks[rows] - look, axis=1)
    near = np.argsort(like, kind="stable")[:_NEAR]
    rows, like = rows[near], like[near]
    apart = np.linalg.norm(donors.acts[rows][:, None] - donors.acts[rows][None], axis=2)
    groups = np.argsort(apart, axis=1, kind="stable")[:, :EXPRESSION_DONORS]
    worn = used[rows] / max(float(used[rows].mean()), 1.0)
    cost = [
        apart[np.ix_(g, g)].mean() / apart.mean() + _LIKENESS * like[g].mean() / like.mean() + _WORN * worn[g].mean()
        for g in groups
    ]
    return np.asarray(rows[groups[int(np.argmin(cost))]], np.int64)


def training_faces(data_dir: Path) -> Split:
    """FER-2013's training split from `data_dir/fer2013`."""
    return load_split(data_dir / "fer2013", "training")


def fit_all(split: Split, cells: Sequence[int]) -> dict[int, FloatArray]:
    """The landmarks (468, 3) of the given cells."""
    mesh = FaceMesh()
    return {int(cell): mesh.fit(split.images[cell]).points for cell in cells}
