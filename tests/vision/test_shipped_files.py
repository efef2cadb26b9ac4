"""No byte of what is shipped changes unseen: not the network's, not its sidecar's, not the detector's."""

import random
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.places import MODELS

from fer_desktop.app import compose, paths
from fer_desktop.core.errors import ModelError
from fer_desktop.core.model_card import Sidecar
from fer_desktop.core.settings import Settings
from fer_desktop.vision import model_files
from fer_desktop.vision.detectors import SHIPPED as DETECTOR
from fer_desktop.vision.detectors import check_shipped
from fer_desktop.vision.model_files import SHIPPED, SPARE, is_as_shipped, read_sidecar, shipped_network

FLIPS = 40
CONTRACT_BYTES = 700  # of the sidecar, from its start: all that the program runs the network by


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of what is shipped, without the spare."""
    for name in (SHIPPED, "expression.json", DETECTOR):
        shutil.copy(MODELS / name, tmp_path)
    return tmp_path


def flip(file: Path, place: int, bit: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(place)
        byte = opened.read(1)[0]
        opened.seek(place)
        opened.write(bytes([byte ^ 1 << bit]))


def flips(file: Path, count: int = FLIPS, within: int | None = None) -> list[tuple[int, int]]:
    chance = random.Random(13)
    return [(chance.randrange(within or file.stat().st_size), chance.randrange(8)) for _ in range(count)]


def test_what_is_shipped_is_as_shipped(models: Path):
    assert shipped_network(models) == (models / SHIPPED, None)
    assert is_as_shipped(MODELS / SPARE)
    assert check_shipped(models) == models / DETECTOR


@pytest.mark.parametrize(("name", "look"), [(SHIPPED, shipped_network), (DETECTOR, check_shipped)])
def test_no_flipped_bit_of_network_or_detector_is_unseen(models: Path, name: str, look: Callable[[Path], object]):
    for place, bit in flips(models / name):
        flip(models / name, place, bit)
        with pytest.raises(ModelError, match="not the one that was shipped"):
            look(models)
        flip(models / name, place, bit)
    look(models)


def test_no_flipped_bit_of_the_sidecar_changes_an_answer(models: Path):
    """What it says of the network stays the same, or it is refused: here, or where network and sidecar meet."""
    from fer_desktop.vision.classifiers import make_classifier

    file = models / "expression.json"
    contract = read_sidecar(models / SHIPPED)
    refused = 0
    for place, bit in flips(file, 3 * FLIPS, CONTRACT_BYTES) + flips(file):
        flip(file, place, bit)
        try:
            network, _ = shipped_network(models)
            if told_of(network) != told_of(models / SHIPPED, contract):
                make_classifier(network)
                pytest.fail(f"bit {bit} of byte {place} is unseen")
        except ModelError:
            refused += 1
        flip(file, place, bit)
    assert refused > FLIPS // 2


def told_of(model: Path, sidecar: object = None) -> tuple[object, ...]:
    """What the program runs a network by."""
    told = sidecar or read_sidecar(model)
    assert isinstance(told, Sidecar)
    return told.classes, told.input.channels, told.input.value_range, told.outputs


def test_a_damaged_network_has_a_stand_in_where_keras_is_there(models: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copy(MODELS / SPARE, models)
    flip(models / SHIPPED, 4_000_000, 3)
    monkeypatch.setattr(model_files, "find_spec", lambda name: name)
    network, note = shipped_network(models)
    assert network == models / SPARE
    assert "damaged" in str(note)
    monkeypatch.setattr(model_files, "find_spec", lambda _name: None)
    with pytest.raises(ModelError, match="not the one that was shipped"):
        shipped_network(models)


@pytest.mark.skipif(find_spec("tensorflow") is None, reason="needs the extra train")
def test_the_stand_in_answers_as_the_network_does():
    import numpy as np

    from fer_desktop.vision.classifiers import make_classifier

    crops = np.random.default_rng(0).integers(0, 256, (9, 48, 48, 1), dtype=np.uint8)
    answers = [make_classifier(MODELS / name).classify(crops) for name in (SHIPPED, SPARE)]
    assert answers[0] == pytest.approx(answers[1], abs=1e-3)


def test_damage_is_one_sentence_at_the_start(models: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paths, "models", lambda: models)
    assert compose.installation_problem(Settings()) is None
    flip(models / DETECTOR, 100_000, 0)
    assert "face detector" in str(compose.installation_problem(Settings()))
    shutil.copy(MODELS / DETECTOR, models)
    flip(models / SHIPPED, 100_000, 0)
    assert "not the one that was shipped" in str(compose.installation_problem(Settings()))
    (models / SHIPPED).unlink()
    assert "is missing" in str(compose.installation_problem(Settings()))
