"""Generated people in seven expressions for the demo class: morphs of FER-2013 training faces, none a real person.

Two sheets per split: `faces_tuning.webp` has a row per person and a column per expression, `busts_tuning.webp` the
neutral people. `index.json` says how to read them and from which cells of the training sheet each person was morphed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import cv2
import numpy as np

from fer_desktop.core.expressions import N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.types import FloatArray, PeopleSplit
from fer_desktop.datasets.fer2013 import Split
from fer_desktop.simulation.face_generator import hair
from fer_desktop.simulation.face_generator.casting import Person, cast
from fer_desktop.simulation.face_generator.donors import Donors, gather, training_faces
from fer_desktop.simulation.face_generator.head import (
    BUST_PX,
    FACE_CENTRE,
    FACE_WIDTH_PX,
    Looks,
    Measures,
    body,
    laid,
    over,
    skull,
)
from fer_desktop.simulation.face_generator.looks import draw_looks, softness
from fer_desktop.simulation.face_generator.morph import TEXTURE_PX, Canonical, Morph, frontal, morph
from fer_desktop.simulation.face_generator.sheets import Portrait, write_index, write_sheets
from fer_desktop.simulation.face_generator.skin import face_alpha, paint

PEOPLE: Final = 120
_MEAN_DONORS: Final = 40  # for each expression, of the mean texture that moves a person's own
_OVAL_IN_TEXTURE_PX: Final = 124.0  # width of the face's oval


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The training faces behind the generated people, in the common shape."""

    split: Split
    canonical: Canonical
    points: dict[int, FloatArray]  # landmarks (468, 3) by cell of the training sheet
    means: FloatArray  # (7, 208, 176) mean texture of each expression

    @classmethod
    def of(
        cls, split: Split, canonical: Canonical, points: dict[int, FloatArray], mean_cells: Sequence[Sequence[int]]
    ) -> Self:
        """Material with the mean textures of `mean_cells`, seven lists of cells."""
        means = [
            np.mean([canonical.flatten(split.images[cell], points[cell]) for cell in cells], axis=0)
            for cells in mean_cells
        ]
        return cls(split, canonical, points, np.array(means, np.float32))

    def morph(self, person: Person) -> Morph:
        """The person's seven textures and shapes."""
        images, points = self.split.images, self.points
        flats = [np.array([self.canonical.flatten(images[c], points[c]) for c in cells]) for cells in person.donors]
        shapes = [np.array([frontal(points[c], self.canonical.neutral) for c in cells]) for cells in person.donors]
        return morph(flats, shapes, self.means, self.canonical, NEUTRAL)


def in_bust(points: FloatArray) -> FloatArray:
    """Frontal landmarks (468, 3) of the texture's frame, in px of the bust (468, 2)."""
    scale = FACE_WIDTH_PX / _OVAL_IN_TEXTURE_PX
    middle = np.array(TEXTURE_PX, np.float32) / 2
    return ((points[:, :2] - middle) * np.float32(scale) + np.array(FACE_CENTRE, np.float32)).astype(np.float32)


def portray(morph: Morph, canonical: Canonical, looks: Looks) -> Portrait:
    """The morph as seven coloured busts."""
    points = np.array([in_bust(shape) for shape in morph.shapes])
    m = Measures.of(points[NEUTRAL])
    torso, torso_alpha = body(m, looks)
    behind, behind_alpha = hair.back(m, looks)
    covered = looks.style == "scarf"
    fringe, fringe_alpha = hair.scarf(m, looks) if covered else hair.front(m, looks)
    shadow = cv2.GaussianBlur(np.roll(fringe_alpha, 3, axis=0), (0, 0), 3.0) * (1 - fringe_alpha)
    ground = laid(laid(np.zeros((*BUST_PX[::-1], 4), np.float32), behind, behind_alpha), torso, torso_alpha)
    busts = []
    for texture, shape in zip(morph.textures, points, strict=True):
        face = _face(texture, shape, canonical, looks)
        head, head_alpha = skull(m, looks, face, shape)
        head = over(head, face, face_alpha(shape, BUST_PX))
        head = head * (1 - 0.3 * shadow[..., None])
        busts.append(laid(laid(ground, head, head_alpha), fringe, fringe_alpha))
    return Portrait(np.array(busts, np.float32), points)


def _face(texture: FloatArray, shape: FloatArray, canonical: Canonical, looks: Looks) -> FloatArray:
    grey = canonical.dress(texture, shape, BUST_PX)
    level = np.asarray(looks.skin.level + looks.skin.contrast * grey, np.float32)
    # Beyond these levels a webcam clips; here softly.
    level = np.asarray((level - 12) / 236, np.float32)
    return paint(12 + 236 * _squash(level), looks.skin, shape, looks.lip)


def _squash(share: FloatArray) -> FloatArray:
    """A soft clip: values within 0-1 hardly change, values beyond are pulled back in."""
    return np.asarray(1 / (1 + np.exp(-4 * (share - 0.5))) * 1.04 - 0.02, np.float32)


def generate(
    data_dir: Path, out_dir: Path, seed: int = 7, progress: Callable[[float], None] | None = None, people: int = PEOPLE
) -> None:
    """Writes the sheets and `index.json` to `out_dir`, from `data_dir/fer2013`; takes about four minutes.

    `progress` gets the share done, 0-1. Raises TrainingError where the data is missing.
    """
    report = progress or (lambda _share: None)
    faces = training_faces(data_dir)
    donors, canonical = gather(faces, seed, lambda share: report(0.5 * share))
    means = [
        [int(cell) for cell in donors.cells[donors.expressions == expression][:_MEAN_DONORS]]
        for expression in range(N_EXPRESSIONS)
    ]
    points = dict(zip((int(cell) for cell in donors.cells), donors.points, strict=True))
    material = Material.of(faces, canonical, points, means)
    persons = cast(donors, people, seed)
    morphs = []
    for number, person in enumerate(persons):
        morphs.append(material.morph(person))
        report(0.5 + 0.25 * (number + 1) / len(persons))
    looks = _all_looks(persons, morphs, canonical, donors, seed)
    portraits = []
    for number, (one, look) in enumerate(zip(morphs, looks, strict=True)):
        portraits.append(portray(one, canonical, look))
        report(0.75 + 0.25 * (number + 1) / len(persons))
    out_dir.mkdir(parents=True, exist_ok=True)
    for split in PeopleSplit:
        write_sheets(out_dir, split, [p for p, person in zip(portraits, persons, strict=True) if person.split == split])
    write_index(out_dir, persons, looks, portraits, canonical, means, seed)


def _all_looks(
    persons: Sequence[Person], morphs: Sequence[Morph], canonical: Canonical, donors: Donors, seed: int
) -> list[Looks]:
    light = dict(zip((int(cell) for cell in donors.cells), donors.light, strict=True))
    measures = [softness(one, canonical) for one in morphs]
    brightness = [np.mean([light[cell] for cell in person.donors[NEUTRAL]]) for person in persons]
    return draw_looks(np.array(measures, np.float32), np.array(brightness, np.float32), seed)
