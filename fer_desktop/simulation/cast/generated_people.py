"""The shipped generated people, read from `resources/demo_faces`."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from fer_desktop.core.errors import SourceError
from fer_desktop.core.expressions import NEUTRAL
from fer_desktop.core.types import FloatArray, Image, PeopleSplit

FOLDER: Final = "demo_faces"
# An expression's patch fades into the neutral bust over its outermost pixels.
_FEATHER_PX: Final = 7


@dataclass(frozen=True, slots=True, eq=False)
class GeneratedPerson:
    """One person from the waist up, in the expressions that were asked for."""

    name: str  # as in index.json, such as tuning-07
    busts: Mapping[int, Image]  # by expression: (H, W, 4) BGRA, colours premultiplied with alpha
    faces: FloatArray  # (7, 4) xyxy px of the bust, as a detector frames them

    def between(self, before: int, after: int, share: float) -> Image:
        """The bust (H, W, 4) on the way from one expression to another, `share` 0-1 of it done."""
        if share <= 0 or before == after:
            return self.busts[before]
        if share >= 1:
            return self.busts[after]
        return np.asarray(cv2.addWeighted(self.busts[after], share, self.busts[before], 1 - share, 0), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class PeopleSheets:
    """The pictures of a split's people, some 60 MB: for whoever loads people again and again."""

    index: dict[str, Any]
    rows: tuple[dict[str, Any], ...]  # one a person
    faces: Image  # (H, W, 4)
    busts: Image  # (H, W, 4)


def load_sheets(resources: Path, split: PeopleSplit) -> PeopleSheets:
    """The pictures of a split. Raises SourceError where they are missing or damaged."""
    folder = resources / FOLDER
    try:
        index = json.loads((folder / "index.json").read_text("utf-8"))
        rows = tuple(row for row in index["people"] if row["split"] == split)
        faces, busts = (_sheet(folder / f"{kind}_{split}.webp") for kind in ("faces", "busts"))
        return PeopleSheets(index, rows, faces, busts)
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(folder) from error


def load_people(
    resources: Path,
    split: PeopleSplit,
    wanted: Sequence[tuple[int, Collection[int]]],
    sheets: PeopleSheets | None = None,
) -> tuple[GeneratedPerson, ...]:
    """People of a split, each by number and with the expressions that are wanted; `sheets` saves reading the split's.

    Raises SourceError where their files are missing or damaged.
    """
    read = sheets or load_sheets(resources, split)
    try:
        return tuple(
            _person(read.index, read.rows[number], expressions, read.faces, read.busts)
            for number, expressions in wanted
        )
    except (ValueError, KeyError, IndexError) as error:
        raise _damaged(resources / FOLDER) from error


def _damaged(folder: Path) -> SourceError:
    return SourceError("The demo class in {folder} is missing or damaged: install the program again.", folder=folder)


def count_people(resources: Path, split: PeopleSplit) -> int:
    """How many people a split has. Raises SourceError where the file that lists them is missing or damaged."""
    folder = resources / FOLDER
    try:
        index = json.loads((folder / "index.json").read_text("utf-8"))
        return sum(row["split"] == split for row in index["people"])
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(folder) from error


def _sheet(file: Path) -> Image:
    picture = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    if picture is None or picture.ndim != 3 or picture.shape[2] != 4:
        raise ValueError(file.name)
    return np.asarray(picture, np.uint8)


def _person(
    index: dict[str, Any], row: dict[str, Any], expressions: Collection[int], faces: Image, busts: Image
) -> GeneratedPerson:
    width, height = index["bust_px"]
    down, right = divmod(row["row"], index["bust_columns"])
    neutral = _premultiplied(busts[down * height : (down + 1) * height, right * width : (right + 1) * width])
    x, y, patch_width, patch_height = index["patch_xywh"]
    weight = _feather(patch_width, patch_height)
    made = {}
    for expression in expressions:
        bust = neutral.copy()
        if expression != NEUTRAL:
            top, left = row["row"] * patch_height, expression * patch_width
            patch = _premultiplied(faces[top : top + patch_height, left : left + patch_width])
            under = bust[y : y + patch_height, x : x + patch_width]
            bust[y : y + patch_height, x : x + patch_width] = np.round(under + weight * (patch.astype(float) - under))
        made[expression] = bust
    return GeneratedPerson(row["id"], made, np.array(row["faces_xyxy"], np.float32))


def _premultiplied(picture: Image) -> Image:
    alpha = picture[..., 3:].astype(np.float32) / 255
    weights = np.concatenate([alpha.repeat(3, 2), np.ones_like(alpha)], axis=2)
    return np.asarray(np.round(picture * weights), np.uint8)


def _feather(width: int, height: int) -> FloatArray:
    """(H, W, 1) 0 on the edge, 1 inside."""
    across = np.minimum(np.arange(width), np.arange(width)[::-1]) / _FEATHER_PX
    down = np.minimum(np.arange(height), np.arange(height)[::-1]) / _FEATHER_PX
    return np.clip(np.minimum(down[:, None], across[None, :]), 0, 1)[..., None].astype(np.float32)
