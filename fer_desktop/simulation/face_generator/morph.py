"""Warps faces onto one mesh, averages them there, and transfers an expression to another person."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from fer_desktop.core.types import FloatArray
from fer_desktop.simulation.face_generator.mesh import BROWS, EYES, LIPS_INNER, LIPS_OUTER, OVAL, STABLE, ByteArray

TEXTURE_PX: Final = (176, 208)  # width, height of the common texture
_OVAL_PX: Final = 124.0  # width of the face's oval in it
_RING: Final = 1.14  # the ring around the oval, so that its edge is not cut
# Bands of detail that averaging weakens (sigmas in texture px), and how far each may be raised again.
_BANDS: Final = ((0.0, 1.3), (1.3, 2.6), (2.6, 5.2))
_GAIN_LIMITS: Final = (1.7, 1.9, 1.6)
_LIPS_SOFTENED: Final = 0.7
_OPEN: Final = 0.2  # gap between the lips, over the mouth's width, from which a mouth counts fully


def frontal(points: FloatArray, reference: FloatArray) -> FloatArray:
    """The points (468, 3) turned, moved and scaled onto `reference` by the landmarks that an expression hardly moves.

    Umeyama's least-squares similarity (1991) in three dimensions.
    """
    rows = list(STABLE)
    source, target = points[rows].astype(np.float64), reference[rows].astype(np.float64)
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    u, strength, vt = np.linalg.svd((target - target_mean).T @ (source - source_mean))
    flip = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    turn = u @ np.diag(flip) @ vt
    scale = (strength * flip).sum() / ((source - source_mean) ** 2).sum()
    return np.asarray((points - source_mean) @ turn.T * scale + target_mean, np.float32)


def ringed(points: FloatArray) -> FloatArray:
    """The mesh's x and y (468, 2) with a ring of 36 points around its oval: (504, 2)."""
    flat = points[:, :2]
    oval = flat[list(OVAL)]
    centre = oval.mean(axis=0)
    return np.vstack([flat, (oval - centre) * _RING + centre]).astype(np.float32)


def triangulate(points: FloatArray) -> NDArray[np.int32]:
    """Delaunay triangles (N, 3) of the points (504, 2), as rows of indices in a fixed order."""
    low, high = points.min(axis=0) - 2, points.max(axis=0) + 2
    plane = cv2.Subdiv2D((int(low[0]), int(low[1]), int(high[0] - low[0]) + 4, int(high[1] - low[1]) + 4))
    # Coinciding points would merge in the subdivision and lose their index.
    nudged = points + np.linspace(0, 1e-3, points.size, dtype=np.float32).reshape(points.shape)
    for x, y in nudged:
        plane.insert((float(x), float(y)))
    corners = np.asarray(plane.getTriangleList(), np.float32).reshape(-1, 3, 2)
    distance = np.linalg.norm(corners[:, :, None, :] - nudged[None, None, :, :], axis=3)
    triangles = np.sort(distance.argmin(axis=2)[(distance.min(axis=2) < 1e-2).all(axis=1)], axis=1)
    return np.unique(triangles, axis=0).astype(np.int32)


@dataclass(frozen=True)
class Canonical:
    """The common shape that all textures are warped to."""

    shape: FloatArray  # (468, 3) the mean face, mouth a little open, in texture px
    neutral: FloatArray  # (468, 3) the mean neutral face in the same frame

    @cached_property
    def points(self) -> FloatArray:
        """The shape with its ring (504, 2)."""
        return ringed(self.shape)

    @cached_property
    def triangles(self) -> NDArray[np.int32]:
        """The mesh's triangles (N, 3), valid for every shape."""
        return triangulate(self.points)

    @cached_property
    def face(self) -> FloatArray:
        """1 inside the oval, 0 outside (208, 176)."""
        return self.mask(OVAL)

    @cached_property
    def features(self) -> FloatArray:
        """1 on lips, mouth, eyes and brows, softly 0 on bare skin (208, 176)."""
        whole = self.mask(LIPS_OUTER)
        for group in (*EYES, *BROWS):
            whole = np.maximum(whole, self.mask(group))
        grown = cv2.dilate(whole, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
        return np.asarray(cv2.GaussianBlur(grown, (0, 0), 2.0), np.float32)

    @cached_property
    def play(self) -> FloatArray:
        """1 around mouth and brows, which an expression moves, 0 elsewhere (208, 176)."""
        whole = self.mask(LIPS_OUTER)
        for group in BROWS:
            whole = np.maximum(whole, self.mask(group))
        return np.asarray(cv2.dilate(whole, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (17, 17))), np.float32)

    @cached_property
    def lips(self) -> FloatArray:
        """1 on lips and mouth, softly 0 outside (208, 176)."""
        return np.asarray(cv2.GaussianBlur(self.mask(LIPS_OUTER), (0, 0), 2.0), np.float32)

    @cached_property
    def mouth(self) -> FloatArray:
        """1 between the lips, softly 0 outside (208, 176)."""
        return np.asarray(cv2.GaussianBlur(self.mask(LIPS_INNER), (0, 0), 1.0), np.float32)

    @cached_property
    def inner(self) -> FloatArray:
        """1 where an expression is visible, softly 0 towards the oval (208, 176)."""
        oval = self.points[list(OVAL)]
        centre = oval.mean(axis=0)
        polygon = (oval - centre) * np.float32(0.84) + centre
        return np.asarray(cv2.GaussianBlur(filled(polygon, TEXTURE_PX), (0, 0), 6.0), np.float32)

    def mask(self, group: tuple[int, ...]) -> FloatArray:
        """1 inside the polygon of the landmarks `group`, 0 outside (208, 176)."""
        return filled(self.points[list(group)], TEXTURE_PX)

    def flatten(self, crop: ByteArray, points: FloatArray) -> FloatArray:
        """The face in `crop` warped to the common shape (208, 176), mean 0 and deviation 1 over the inner face."""
        grey = warp(crop.astype(np.float32), ringed(points), self.points, self.triangles, TEXTURE_PX)
        # Over the inner face, so that hair and background at the oval's edge do not affect the contrast.
        inside = grey[self.inner > 0.5]
        return np.asarray((grey - inside.mean()) / max(float(inside.std()), 1.0), np.float32)

    def dress(self, texture: FloatArray, points: FloatArray, size: tuple[int, int]) -> FloatArray:
        """The texture warped onto the shape `points` (468, 2+) in a picture of `size` (width, height)."""
        return warp(texture, self.points, ringed(points), self.triangles, size)


def common_frame(neutral: FloatArray, surprised: FloatArray) -> Canonical:
    """The canonical face from neutral and surprised shapes (N, 468, 3): a generalised Procrustes mean."""
    mean = neutral[0]
    for _ in range(4):
        mean = np.mean([frontal(points, mean) for points in neutral], axis=0, dtype=np.float32)
        mean = _upright(mean)
    open_mouth = np.mean([frontal(points, mean) for points in surprised], axis=0, dtype=np.float32)
    # Half way to an open mouth the triangles between the lips are well shaped, and so for every expression.
    # Rounded, so that the values written to the index are exactly those used.
    return Canonical(np.round(0.5 * (mean + open_mouth), 2), np.round(mean, 2))


def _upright(points: FloatArray) -> FloatArray:
    """The points scaled and moved to the texture's middle, made mirror-symmetric in height, and rolled level."""
    oval = points[list(OVAL)]
    eyes = points[263, :2] - points[33, :2]
    angle = -float(np.arctan2(eyes[1], eyes[0]))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    scale = _OVAL_PX / float(np.ptp(oval[:, 0]))
    moved = points - oval.mean(axis=0)
    moved[:, :2] = moved[:, :2] @ turn.T
    moved *= scale
    moved[:, :2] += np.array(TEXTURE_PX, np.float32) / 2
    return np.asarray(moved, np.float32)


def filled(polygon: FloatArray, size: tuple[int, int]) -> FloatArray:
    """1 inside the polygon (N, 2) in px, 0 outside, in a picture of `size` (width, height)."""
    picture = np.zeros(size[::-1], np.uint8)
    cv2.fillPoly(picture, [np.round(polygon * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    return np.asarray(picture.astype(np.float32) / 255, np.float32)


def warp(
    picture: FloatArray, source: FloatArray, target: FloatArray, triangles: NDArray[np.int32], size: tuple[int, int]
) -> FloatArray:
    """`picture` with its points `source` moved to `target`, affine within each triangle, in `size` (width, height)."""
    owner = np.full(size[::-1], -1, np.int32)
    for row, corners in enumerate(np.round(target[triangles] * 16).astype(np.int32)):
        cv2.fillConvexPoly(owner, corners, row, cv2.LINE_8, shift=4)
    ys, xs = np.nonzero(owner >= 0)
    number = owner[ys, xs]
    a, b, c = (target[triangles[:, k]] for k in range(3))
    det = (b[:, 1] - c[:, 1]) * (a[:, 0] - c[:, 0]) + (c[:, 0] - b[:, 0]) * (a[:, 1] - c[:, 1])
    det = np.where(np.abs(det) < 1e-4, np.float32(1e-4), det)
    dx, dy = xs - c[number, 0], ys - c[number, 1]
    u = ((b[:, 1] - c[:, 1])[number] * dx + (c[:, 0] - b[:, 0])[number] * dy) / det[number]
    v = ((c[:, 1] - a[:, 1])[number] * dx + (a[:, 0] - c[:, 0])[number] * dy) / det[number]
    # Rounding makes slivers reach beyond themselves: keep their pixels inside.
    u, v = np.clip(u, -0.1, 1.1), np.clip(v, -0.1, 1.1)
    corners_from = source[triangles][number]
    weights = np.stack([u, v, 1 - u - v], axis=1).astype(np.float32)
    places = (weights[:, :, None] * corners_from).sum(axis=1)
    maps = np.full((*size[::-1], 2), -10, np.float32)
    maps[ys, xs] = places
    return np.asarray(
        cv2.remap(picture, maps[..., 0], maps[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def averaged(textures: FloatArray, shapes: FloatArray, canonical: Canonical) -> FloatArray:
    """The mean of textures (N, H, W) with the detail lost by averaging raised back to the donors' own strength.

    Inside the mouth a donor counts as much as its mouth is open (`shapes`, N, 468, 3): shut lips, stretched to the
    common open mouth, are streaks.
    """
    mean = textures.mean(axis=0)
    inside = canonical.face > 0.5
    raised = mean.copy()
    for (fine, coarse), limit in zip(_BANDS, _GAIN_LIMITS, strict=True):
        band = _band(mean, fine, coarse)
        own = float(np.mean([_band(t, fine, coarse)[inside].std() for t in textures]))
        gain = min(limit, own / max(float(band[inside].std()), 1e-6))
        raised += (gain - 1) * band
    # On the lips, where landmarks are least sure, raised detail would be ghosts of other mouths.
    raised = mean + (1 - _LIPS_SOFTENED * canonical.lips) * (raised - mean)
    opened = np.clip(openness(shapes) / _OPEN, 0.03, 1.0)
    mouth = (textures * opened[:, None, None]).sum(axis=0) / opened.sum()
    return np.asarray(raised + canonical.mouth * (mouth - raised), np.float32)


def openness(shapes: FloatArray) -> FloatArray:
    """(N,) the gap between the lips over the mouth's width."""
    gap = np.linalg.norm(shapes[:, 13, :2] - shapes[:, 14, :2], axis=1)
    return np.asarray(gap / np.linalg.norm(shapes[:, 78, :2] - shapes[:, 308, :2], axis=1), np.float32)


def _band(picture: FloatArray, fine: float, coarse: float) -> FloatArray:
    sharp = cv2.GaussianBlur(picture, (0, 0), fine) if fine else picture
    return np.asarray(sharp - cv2.GaussianBlur(picture, (0, 0), coarse), np.float32)


def relit(texture: FloatArray, model: FloatArray, skin: FloatArray, sigma: float = 16.0) -> FloatArray:
    """`texture` under the light of `model`: the bare skin's low frequencies exchanged (all H, W)."""
    weight = cv2.GaussianBlur(skin, (0, 0), sigma) + 1e-3
    change = cv2.GaussianBlur((model - texture) * skin, (0, 0), sigma) / weight
    return np.asarray(texture + change, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Morph:
    """One person in seven expressions, before colour."""

    textures: FloatArray  # (7, 208, 176) on the common shape, about mean 0 and deviation 1
    shapes: FloatArray  # (7, 468, 3) frontal, px of the common texture


# Share of the person's own moved texture in an expression's inner face: on bare skin, and on mouth, eyes and brows.
_OWN_SKIN, _OWN_FEATURES = 0.65, 0.35
_SHAPE_GAIN: Final = 1.1


def morph(
    flats: list[FloatArray], shapes: list[FloatArray], means: FloatArray, canonical: Canonical, neutral: int
) -> Morph:
    """The person whose donors' textures (N, 208, 176) and frontal shapes (N, 468, 3) are given for each expression.

    `means` (7, 208, 176) are the textures of many people: their difference moves the person's own texture.
    """
    skin = canonical.face * (1 - canonical.features)
    own = averaged(flats[neutral], shapes[neutral], canonical)
    own_shape = shapes[neutral].mean(axis=0)
    textures, forms = [], []
    for expression, (donors, forms_of) in enumerate(zip(flats, shapes, strict=True)):
        if expression == neutral:
            textures.append(own)
            forms.append(own_shape)
            continue
        acted = relit(averaged(donors, forms_of, canonical), own, skin)
        moved = own + means[expression] - means[neutral]
        inner = canonical.inner
        share = _OWN_SKIN + (_OWN_FEATURES - _OWN_SKIN) * canonical.features
        share = share * (1 - canonical.mouth)
        blend = (1 - share) * acted + share * relit(moved, own, skin)
        textures.append(inner * blend + (1 - inner) * own)
        forms.append(own_shape + _SHAPE_GAIN * (forms_of.mean(axis=0) - canonical.neutral))
    return Morph(np.array(textures, np.float32), np.array(forms, np.float32))
