"""The shipped people are what their index says: reproducible morphs, in two splits without a common donor."""

import json
from itertools import chain
from typing import Any

import numpy as np
import pytest
from support.places import ROOT, SHARED

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.types import Image, PeopleSplit
from fer_desktop.datasets.fer2013 import load_split
from fer_desktop.simulation.cast.generated_people import load_people
from fer_desktop.simulation.face_generator.casting import Person
from fer_desktop.simulation.face_generator.donors import training_faces
from fer_desktop.simulation.face_generator.generate import Material, portray
from fer_desktop.simulation.face_generator.head import Looks
from fer_desktop.simulation.face_generator.mesh import FaceMesh
from fer_desktop.simulation.face_generator.morph import Canonical
from fer_desktop.simulation.face_generator.sheets import picture
from fer_desktop.simulation.face_generator.skin import Skin

needs_data = pytest.mark.needs_data("fer2013")


@pytest.fixture(scope="module")
def index() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((ROOT / "resources/demo_faces/index.json").read_text("utf-8"))
    return content


def donors_of(person: dict[str, Any]) -> set[int]:
    return set(chain.from_iterable(person["donors"]))


def test_there_are_two_splits_of_sixty_people(index: dict[str, Any]):
    assert [sum(p["split"] == split for p in index["people"]) for split in PeopleSplit] == [60, 60]
    assert tuple(index["expressions"]) == EXPRESSIONS


def test_the_splits_share_no_donor(index: dict[str, Any]):
    tuning, holdout = (
        set().union(*(donors_of(p) for p in index["people"] if p["split"] == split)) for split in PeopleSplit
    )
    assert not tuning & holdout


def test_everybody_is_a_morph_of_several(index: dict[str, Any]):
    for person in index["people"]:
        assert len(person["donors"]) == N_EXPRESSIONS
        assert all(len(set(cells)) >= 5 for cells in person["donors"])


def test_no_two_people_are_morphed_from_the_same_neutral_faces(index: dict[str, Any]):
    neutral = [cell for person in index["people"] for cell in person["donors"][NEUTRAL]]
    assert len(neutral) == len(set(neutral))


@needs_data
def test_voters_and_label_agree_on_every_donor(index: dict[str, Any]):
    split = load_split(SHARED / "fer2013", "training")
    for person in index["people"]:
        for expression, cells in enumerate(person["donors"]):
            rows = np.array(cells)
            assert (split.labels[rows] == expression).all()
            assert (split.plurality[rows] == expression).all()


def test_the_pictures_are_small_enough_to_ship():
    assert sum(file.stat().st_size for file in (ROOT / "resources/demo_faces").iterdir()) < 4_000_000


def regenerated(index: dict[str, Any], name: str) -> list[Image]:
    """A person's seven busts (256, 320, 4) BGRA, generated again from what the index says of them."""
    faces = training_faces(SHARED)
    (row,) = (row for row in index["people"] if row["id"] == name)
    canonical = Canonical(*(np.array(index["canonical"][shape], np.float32) for shape in ("shape", "neutral")))
    cells = sorted(set(chain.from_iterable([*index["mean_donors"], *row["donors"]])))
    mesh = FaceMesh()
    points = {cell: mesh.fit(faces.images[cell]).points for cell in cells}
    material = Material.of(faces, canonical, points, index["mean_donors"])
    skin = Skin(tuple(row["looks"]["skin"]["tone"]), row["looks"]["skin"]["contrast"])
    colours = {part: tuple(row["looks"][part]) for part in ("hair", "cloth")}
    looks = Looks(**{**row["looks"], "skin": skin, **colours})
    person = Person(PeopleSplit(row["split"]), tuple(tuple(cells) for cells in row["donors"]))
    return [picture(bust) for bust in portray(material.morph(person), canonical, looks).busts]


@needs_data
@pytest.mark.parametrize(("split", "number"), [(PeopleSplit.TUNING, 7), (PeopleSplit.HOLDOUT, 31)])
def test_a_shipped_person_can_be_generated_again(index: dict[str, Any], split: PeopleSplit, number: int):
    (shipped,) = load_people(ROOT / "resources", split, [(number, range(N_EXPRESSIONS))])
    assert shipped.name == f"{split}-{number:02d}"
    generated = regenerated(index, shipped.name)
    for expression in range(N_EXPRESSIONS):
        alpha = generated[expression][..., 3:].astype(np.float32) / 255
        difference = generated[expression][..., :3] * alpha - shipped.busts[expression][..., :3]
        # What WebP loses, and what other processors round differently.
        assert np.abs(difference).mean() < 2.0
        assert np.percentile(np.abs(difference), 99) < 16
