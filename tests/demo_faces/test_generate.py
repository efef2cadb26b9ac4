"""The shipped people are what their index says: morphs that can be made again, in two halves without a common donor."""

import json
from itertools import chain
from typing import Any

import numpy as np
import pytest
from support.places import ROOT, SHARED

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS, NEUTRAL
from fer_desktop.datasets.fer2013 import load_split
from fer_desktop.demo_faces.generate import regenerate
from fer_desktop.simulation.cast.generated_people import load_people

needs_data = pytest.mark.needs_data("fer2013")


@pytest.fixture(scope="module")
def index() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((ROOT / "resources/demo_faces/index.json").read_text("utf-8"))
    return content


def donors_of(person: dict[str, Any]) -> set[int]:
    return set(chain.from_iterable(person["donors"]))


def test_there_are_two_halves_of_sixty_people(index: dict[str, Any]):
    assert [sum(p["half"] == half for p in index["people"]) for half in "AB"] == [60, 60]
    assert tuple(index["expressions"]) == EXPRESSIONS


def test_the_halves_share_no_donor(index: dict[str, Any]):
    halves = [set().union(*(donors_of(p) for p in index["people"] if p["half"] == half)) for half in "AB"]
    assert not halves[0] & halves[1]


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


@needs_data
@pytest.mark.parametrize("name", ["A07", "B31"])
def test_a_shipped_person_can_be_made_again(index: dict[str, Any], name: str):
    (made,) = regenerate(SHARED, index, [name]).values()
    (shipped,) = load_people(ROOT / "resources", name[0], [(int(name[1:]), range(N_EXPRESSIONS))])
    assert shipped.name == name
    for expression in range(N_EXPRESSIONS):
        alpha = made[expression][..., 3:].astype(np.float32) / 255
        difference = made[expression][..., :3] * alpha - shipped.busts[expression][..., :3]
        # What WebP lost, and what another processor rounds otherwise.
        assert np.abs(difference).mean() < 2.0
        assert np.percentile(np.abs(difference), 99) < 16
