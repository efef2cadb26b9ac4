"""The actors of a simulated call: generated people, or portraits from a folder."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.errors import SourceError
from fer_desktop.core.expressions import N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.types import FloatArray, Image, PeopleSplit
from fer_desktop.simulation.cast.generated_people import GeneratedPerson, PeopleSheets, count_people, load_people

BOXES_FILE: Final = "boxes.csv"
_MAX_HEIGHT_PX: Final = 512  # of a portrait; more would never be visible
_WHOLE_BUST_PX: Final = 250  # rows of a bust without those of the soft edge at its end
_CHEST_PX: Final = 230  # rows added below


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """A person who takes part in a call."""

    person: GeneratedPerson
    chest: Image | None  # (H, W, 4) premultiplied, to go below the bust; None for a photo

    @property
    def photo(self) -> bool:
        """Whether this is a still with its own background, whose expression is not known."""
        return self.chest is None

    def bust(self, before: int, after: int, share: float) -> Image:
        """(H, W, 4) premultiplied, down to the waist, between two expressions (`share` 0-1 of the way)."""
        if self.chest is None:
            return self.person.busts[NEUTRAL]
        # An expression changes nothing below this.
        return np.concatenate([self.person.between(before, after, share)[:_WHOLE_BUST_PX], self.chest])

    def face(self, before: int, after: int, share: float) -> FloatArray:
        """(4,) xyxy px of the bust."""
        faces = self.person.faces
        return np.asarray(faces[before] + share * (faces[after] - faces[before]), np.float32)

    def backdrop(self) -> Image | None:
        """A photo's own background (H, W, 3), blurred; None for a generated person."""
        if not self.photo:
            return None
        whole = self.person.busts[NEUTRAL][..., :3]
        # Of so much blur a small picture loses nothing, in a hundredth of the time.
        small = cv2.resize(whole, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
        blurred = cv2.GaussianBlur(small, (0, 0), 45 / 8)
        return np.asarray(cv2.resize(blurred, whole.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


@dataclass(frozen=True, slots=True)
class Cast:
    """Whose faces a call has."""

    resources: Path  # the folder with the generated people
    split: PeopleSplit
    portraits: Path | None = None  # a folder with pictures to use instead
    first: int | None = None  # only this many, from the start of the split
    sheets: PeopleSheets | None = None  # saves reading the split's pictures
    pictured: float = 1.0  # with `portraits`: the share of people who are one of its pictures

    def actors(self, seed: int, expressions: Sequence[Collection[int]]) -> tuple[Actor, ...]:
        """An actor for each participant, with the expressions wanted. Raises SourceError where files are missing."""
        if self.portraits is not None and self.pictured >= 1:
            return photo_actors(self.portraits, seed, len(expressions))
        made = generated_actors(self.resources, self.split, seed, expressions, self.first, self.sheets)
        if self.portraits is None:
            return made
        photos = photo_actors(self.portraits, seed, len(expressions))
        pictured = np.random.default_rng([seed, 42]).random(len(made)) < self.pictured
        return tuple(photo if is_one else other for photo, other, is_one in zip(photos, made, pictured, strict=True))


def _chest(bust: Image) -> Image:
    maps = _chest_maps(bust.shape[1])
    return np.asarray(cv2.remap(bust[:_WHOLE_BUST_PX], *maps, cv2.INTER_LINEAR), np.uint8)


@lru_cache(maxsize=1)
def _chest_maps(width: int) -> tuple[FloatArray, FloatArray]:
    """For each pixel below the bust, which pixel of its last row to repeat, wider towards the arms: x and y (H, W)."""
    y, x = np.mgrid[0:_CHEST_PX, 0:width].astype(np.float32)
    widening = 1 + 0.14 * (1 - np.exp(-y / 45))
    middle = (width - 1) / 2
    return (middle + (x - middle) / widening).astype(np.float32), np.full_like(y, _WHOLE_BUST_PX - 1)


def generated_actors(
    resources: Path,
    split: PeopleSplit,
    seed: int,
    expressions: Sequence[Collection[int]],
    first: int | None = None,
    sheets: PeopleSheets | None = None,
) -> tuple[Actor, ...]:
    """A person of the split, or of its `first` ones, for each participant. Raises SourceError without their files."""
    order = np.random.default_rng([seed, 41]).permutation(first or count_people(resources, split))
    wanted = [(int(order[k % len(order)]), {NEUTRAL, *wants}) for k, wants in enumerate(expressions)]
    people = load_people(resources, split, wanted, sheets)
    return tuple(Actor(person, _chest(person.busts[NEUTRAL])) for person in people)


def photo_actors(folder: Path, seed: int, participants: int) -> tuple[Actor, ...]:
    """A portrait from the folder for each participant, repeated where there are too few.

    `boxes.csv` (`file,x0,y0,x1,y1` in px), in the folder or beside it, holds the box of each face. Raises
    SourceError where that or the pictures are missing.
    """
    boxes = _face_boxes(folder)
    files = [folder / name for name in sorted(boxes) if (folder / name).is_file()]
    if not files:
        raise SourceError(
            "No picture in {folder} has a line in {boxes_file}: add one with the box of its face.",
            folder=folder,
            boxes_file=BOXES_FILE,
        )
    order = np.random.default_rng([seed, 41]).permutation(len(files))
    chosen = [files[int(number)] for number in order[:participants]]
    actors = [_photo(file, boxes[file.name]) for file in chosen]
    return tuple(actors[k % len(actors)] for k in range(participants))


def _face_boxes(folder: Path) -> dict[str, FloatArray]:
    """By a picture's name."""
    for file in (folder / BOXES_FILE, folder.parent / BOXES_FILE):
        if not file.is_file():
            continue
        try:
            with file.open(encoding="utf-8", newline="") as lines:
                rows = [(Path(row["file"]), row) for row in csv.DictReader(lines)]
            return {
                path.name: np.array([float(row[side]) for side in ("x0", "y0", "x1", "y1")], np.float32)
                for path, row in rows
                if path.parent.name in ("", folder.name)
            }
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SourceError("{file} is damaged: its columns are file,x0,y0,x1,y1, in px.", file=file) from error
    raise SourceError(
        "There is no {boxes_file} in or beside {folder}: add one with the boxes of the faces.",
        boxes_file=BOXES_FILE,
        folder=folder,
    )


def _photo(file: Path, face: FloatArray) -> Actor:
    picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
    if picture is None:
        raise SourceError("{file} cannot be read as a picture: save it as JPEG or PNG.", file=file)
    shrink = min(1.0, _MAX_HEIGHT_PX / picture.shape[0])
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    bust = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2BGRA), np.uint8)
    return Actor(GeneratedPerson(file.stem, {NEUTRAL: bust}, np.tile(face * shrink, (N_EXPRESSIONS, 1))), None)
