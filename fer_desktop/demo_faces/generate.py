"""Generated people in seven expressions for the demo class: morphs of FER-2013 training faces, none a real person.

Two sheets a half: `faces_A.webp` has a person a row and an expression a column, `busts_A.webp` the neutral people.
`index.json` says how to read them and from which cells of the training sheet each person was morphed.
"""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS, NEUTRAL
from fer_desktop.datasets.fer2013 import Split
from fer_desktop.demo_faces import hair
from fer_desktop.demo_faces.donors import HALVES, Donors, Person, cast, fit_all, gather, training_faces
from fer_desktop.demo_faces.head import (
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
from fer_desktop.demo_faces.looks import draw_looks, softness
from fer_desktop.demo_faces.mesh import OVAL, FloatArray
from fer_desktop.demo_faces.morph import TEXTURE_PX, Canonical, Morph, frontal, morph
from fer_desktop.demo_faces.skin import Skin, face_alpha, paint

VERSION: Final = 1
PEOPLE: Final = 120
PATCH: Final = (92, 44, 136, 172)  # x, y, width, height in the bust of what an expression changes
BUST_COLUMNS: Final = 6
_QUALITY: Final = 84  # of the WebP sheets, 0-100
_MEAN_DONORS: Final = 40  # for each expression, of the mean texture that moves a person's own
_OVAL_IN_TEXTURE_PX: Final = 124.0
# A detector's box in the oval's width and height: beyond the left and right edge, above the top, below the chin.
_BOX_MARGINS: Final = (-0.035, 0.015, -0.012)


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The training faces behind the generated people, warped to the common face."""

    split: Split
    canonical: Canonical
    points: dict[int, FloatArray]  # landmarks (468, 3) by cell of the training sheet
    means: FloatArray  # (7, 208, 176) mean texture of each expression

    @classmethod
    def of(
        cls, split: Split, canonical: Canonical, points: dict[int, FloatArray], mean_cells: Sequence[Sequence[int]]
    ) -> Self:
        """With the mean textures of `mean_cells`, seven lists of cells."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """A person's pictures, before they are packed into sheets."""

    busts: FloatArray  # (7, 256, 320, 4) BGR 0-255 and alpha 0-1, premultiplied
    points: FloatArray  # (7, 468, 2) landmarks in the bust, px


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
    # Beyond these a webcam would clip, and so would we: softly.
    level = np.asarray((level - 12) / 236, np.float32)
    return paint(12 + 236 * _squash(level), looks.skin, shape, looks.lip)


def _squash(share: FloatArray) -> FloatArray:
    """0-1 stays nearly itself, what lies beyond comes back into it."""
    return np.asarray(1 / (1 + np.exp(-4 * (share - 0.5))) * 1.04 - 0.02, np.float32)


def picture(bust: FloatArray) -> NDArray[np.uint8]:
    """A premultiplied bust (H, W, 4) as straight BGRA (H, W, 4) uint8, its hidden colours near those beside them."""
    alpha = bust[..., 3:]
    spread = cv2.GaussianBlur(bust, (0, 0), 4)
    around = spread[..., :3] / np.maximum(spread[..., 3:], 1e-3)
    straight = np.where(alpha > 0.02, bust[..., :3] / np.maximum(alpha, 0.02), around)
    return np.asarray(np.round(np.clip(np.dstack([straight, alpha * 255]), 0, 255)), np.uint8)


def patch(bust: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What an expression changes of a bust: (172, 136, 4)."""
    x, y, width, height = PATCH
    return bust[y : y + height, x : x + width]


def face_box(points: FloatArray) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 in px of the bust as CenterFace frames the face with these landmarks (468, 2)."""
    oval = points[list(OVAL)]
    (x0, y0), (x1, y1) = oval.min(axis=0), oval.max(axis=0)
    side, above, below = _BOX_MARGINS
    width, height = x1 - x0, y1 - y0
    return (
        round(float(x0 - side * width), 1),
        round(float(y0 - above * height), 1),
        round(float(x1 + side * width), 1),
        round(float(y1 + below * height), 1),
    )


def generate(
    data_dir: Path, out_dir: Path, seed: int = 7, progress: Callable[[float], None] | None = None, people: int = PEOPLE
) -> None:
    """Writes the sheets and `index.json` into `out_dir`, from `data_dir/fer2013`; takes about four minutes.

    `progress` is called with the share done, 0-1. Raises TrainingError where the data is missing.
    """
    report = progress or (lambda _share: None)
    split = training_faces(data_dir)
    donors, canonical = gather(split, seed, lambda share: report(0.5 * share))
    means = [
        [int(cell) for cell in donors.cells[donors.expressions == expression][:_MEAN_DONORS]]
        for expression in range(N_EXPRESSIONS)
    ]
    points = dict(zip((int(cell) for cell in donors.cells), donors.points, strict=True))
    material = Material.of(split, canonical, points, means)
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
    for half in HALVES:
        _write_half(out_dir, half, [p for p, person in zip(portraits, persons, strict=True) if person.half == half])
    _write_index(out_dir, persons, looks, portraits, canonical, means, seed)


def _all_looks(
    persons: Sequence[Person], morphs: Sequence[Morph], canonical: Canonical, donors: Donors, seed: int
) -> list[Looks]:
    light = dict(zip((int(cell) for cell in donors.cells), donors.light, strict=True))
    measures = [softness(one, canonical) for one in morphs]
    brightness = [np.mean([light[cell] for cell in person.donors[NEUTRAL]]) for person in persons]
    return draw_looks(np.array(measures, np.float32), np.array(brightness, np.float32), seed)


def _write_half(out_dir: Path, half: str, portraits: Iterable[Portrait]) -> None:
    pictures = [[picture(bust) for bust in portrait.busts] for portrait in portraits]
    faces = np.vstack([np.hstack([patch(bust) for bust in row]) for row in pictures])
    neutral = [row[NEUTRAL] for row in pictures]
    neutral += [np.zeros_like(neutral[0])] * (-len(neutral) % BUST_COLUMNS)
    busts = np.vstack([np.hstack(neutral[k : k + BUST_COLUMNS]) for k in range(0, len(neutral), BUST_COLUMNS)])
    for name, sheet in (("faces", faces), ("busts", busts)):
        done, data = cv2.imencode(".webp", sheet, [cv2.IMWRITE_WEBP_QUALITY, _QUALITY])
        assert done, "OpenCV's own build encodes WebP"
        _write_whole(out_dir / f"{name}_{half}.webp", data.tobytes())


def _write_index(
    out_dir: Path,
    persons: Sequence[Person],
    looks: Sequence[Looks],
    portraits: Sequence[Portrait],
    canonical: Canonical,
    means: Sequence[Sequence[int]],
    seed: int,
) -> None:
    rows = dict.fromkeys(HALVES, 0)
    people = []
    for person, look, portrait in zip(persons, looks, portraits, strict=True):
        people.append(
            {
                "id": f"{person.half}{rows[person.half]:02d}",
                "half": person.half,
                "row": rows[person.half],
                "faces_xyxy": [face_box(points) for points in portrait.points],
                "eyes_xy": _eyes(portrait.points[NEUTRAL]),
                "looks": asdict(look),
                "donors": person.donors,
            }
        )
        rows[person.half] += 1
    index = {
        "version": VERSION,
        "seed": seed,
        "source": "Morphs of FER-2013 training faces on which FER+'s voters and the original label agree; "
        "donors are cells of the training sheet; no donor is in both halves; none shows a real person.",
        "expressions": EXPRESSIONS,
        "bust_px": BUST_PX,
        "bust_columns": BUST_COLUMNS,
        "patch_xywh": PATCH,
        "mean_donors": means,
        "canonical": {"shape": _rounded(canonical.shape), "neutral": _rounded(canonical.neutral)},
        "people": people,
    }
    text = json.dumps(index, separators=(",", ":")).replace('{"id"', '\n{"id"')
    _write_whole(out_dir / "index.json", (text + "\n").encode())


def _eyes(points: FloatArray) -> list[list[float]]:
    corners = points[[33, 133, 362, 263]]
    return [[round(float(v), 1) for v in corners[k : k + 2].mean(axis=0)] for k in (0, 2)]


def _rounded(points: FloatArray) -> list[list[float]]:
    return [[round(float(v), 2) for v in row] for row in points]


def _write_whole(path: Path, data: bytes) -> None:
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    os.replace(beside, path)


def regenerate(data_dir: Path, index: dict[str, Any], ids: Sequence[str]) -> dict[str, list[NDArray[np.uint8]]]:
    """The given people's seven busts (256, 320, 4) BGRA made anew from what `index.json` says of them."""
    split = training_faces(data_dir)
    chosen = [row for row in index["people"] if row["id"] in ids]
    canonical = Canonical(*(np.array(index["canonical"][name], np.float32) for name in ("shape", "neutral")))
    means = index["mean_donors"]
    cells = {cell for cells in means for cell in cells}
    cells |= {cell for row in chosen for donors in row["donors"] for cell in donors}
    material = Material.of(split, canonical, fit_all(split, sorted(cells)), means)
    result = {}
    for row in chosen:
        person = Person(row["half"], tuple(tuple(cells) for cells in row["donors"]))
        portrait = portray(material.morph(person), canonical, _looks_from(row["looks"]))
        result[row["id"]] = [picture(bust) for bust in portrait.busts]
    return result


def _looks_from(row: dict[str, Any]) -> Looks:
    skin = Skin(tuple(row["skin"]["tone"]), row["skin"]["contrast"])
    return Looks(**{**row, "skin": skin, "hair": tuple(row["hair"]), "cloth": tuple(row["cloth"])})
