import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.inputs.made_up_readers import AlwaysSays, ReadsBrightness
from support.inputs.small_data import small_data
from support.places import ROOT, SHARED

from fer_desktop.app.commands.measure.evaluate import measure
from fer_desktop.core.errors import ModelError
from fer_desktop.core.expressions import EXPRESSIONS, SAD
from fer_desktop.core.model_card import CardContent
from fer_desktop.datasets.fer2013 import load_split
from fer_desktop.datasets.labelled_faces import LabelledFaces, faces_of_split
from fer_desktop.evaluation.classifier import CHECK_ROWS, Scores, evaluate
from fer_desktop.evaluation.model_card import add_figures, card
from fer_desktop.vision.crop import cut_crops

SHIPPED = ROOT / "models" / "expression.tflite"


def shipped() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(SHIPPED.with_suffix(".json").read_text(encoding="utf-8"))
    return content


@pytest.fixture
def scores(tmp_path: Path) -> Scores:
    folder = tmp_path / "data"
    folder.mkdir()
    faces = faces_of_split(load_split(small_data(folder, faces=28), "public_test"))
    return evaluate({"crowd": AlwaysSays(SAD), "fer2013": ReadsBrightness()}, cut_crops, faces).scores


def page_of(content: dict[str, Any]) -> str:
    return card(CardContent.model_validate(content))


def network(folder: Path, **more: Any) -> Path:
    """A file that stands for a network, and the sidecar that `train` would leave beside it."""
    file = folder / "expression.tflite"
    file.write_bytes(b"a network")
    file.with_suffix(".keras").write_bytes(b"the same")
    content = {
        "classes": list(EXPRESSIONS),
        "input": {"side_px": 48, "channels": 1, "value_range": [0, 255]},
        "outputs": ["crowd", "fer2013"],
        "temperature": {"crowd": 0.7, "fer2013": 0.9},
        "recipe": {"network": "compact", "seed": 1},
        "parameters": 1234567,
    }
    file.with_suffix(".json").write_text(json.dumps(content | more))
    return file


def read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    return content


def test_the_shipped_card_is_the_one_that_its_figures_make() -> None:
    assert SHIPPED.with_suffix(".md").read_text(encoding="utf-8") == page_of(shipped())


def test_the_shipped_card_tells_of_the_shipped_files() -> None:
    content = shipped()
    assert content["sha256"] == hashlib.sha256(SHIPPED.read_bytes()).hexdigest()
    for name, told in content["files"].items():
        file = SHIPPED.with_name(name)
        assert (told["sha256"], told["bytes"]) == (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_size)
    assert sorted(content["files"]) == ["expression.keras", "expression.tflite"]
    known = {file["sha256"] for file in content["files"].values()}
    assert all(split["measured"]["sha256"] in known for split in content["figures"].values() if "measured" in split)


@pytest.mark.needs_data("fer2013")
def test_the_shipped_network_answers_as_its_card_says() -> None:
    checks = {name: split["check"] for name, split in shipped()["figures"].items() if "check" in split}
    assert checks
    split = load_split(SHARED / "fer2013", "public_test")
    told = checks["public_test"]
    assert told["rows"] == CHECK_ROWS
    whole = faces_of_split(split)
    some = slice(0, CHECK_ROWS)
    assert whole.plurality is not None
    faces = LabelledFaces(whole.pictures[some], whole.labels[some], whole.plurality[some])
    found = measure(SHIPPED, faces, thorough=False).scores.check
    # Another processor rounds otherwise, which may tip a face that stands on the edge.
    assert found == {name: pytest.approx(count, abs=2) for name, count in told.items()}


def test_figures_reach_sidecar_and_page_with_their_command_and_file(tmp_path: Path, scores: Scores) -> None:
    file = network(tmp_path)
    page = add_figures(file, "public_test", scores).read_text(encoding="utf-8")
    content = read(file)
    assert page == page_of(content)
    split = content["figures"]["public_test"]
    assert (split["accuracy"], split["ferplus_agreement"]) == (1.0, 0.1429)
    assert split["command"] == "python main.py evaluate --split public_test --data DIR"
    assert split["measured"] == {"file": "expression.tflite", "sha256": hashlib.sha256(b"a network").hexdigest()}
    assert content["sha256"] == hashlib.sha256(b"a network").hexdigest()
    assert content["files"]["expression.keras"]["sha256"] == hashlib.sha256(b"the same").hexdigest()
    for told in (split["command"], content["sha256"], "1,234,567 parameters", "0.1429", "| 24 px |", "- seed: 1"):
        assert told in page
    assert str(tmp_path) not in page + json.dumps(content)


def test_one_card_holds_all_splits_and_shows_the_tables_of_the_private_one(tmp_path: Path, scores: Scores) -> None:
    file = network(tmp_path)
    add_figures(file, "private_test", scores)
    page = add_figures(file, "public_test", scores).read_text(encoding="utf-8")
    assert "| figure | public_test | private_test |" in page
    assert "By expression, private_test" in page
    assert "By expression, public_test" not in page


def test_figures_of_another_file_are_dropped(tmp_path: Path, scores: Scores) -> None:
    file = network(tmp_path)
    add_figures(file, "private_test", scores)
    file.write_bytes(b"a better network")
    add_figures(file, "public_test", scores)
    assert list(read(file)["figures"]) == ["public_test"]


def test_figures_of_a_sidecar_of_before_stay_while_its_hash_is_the_file_s(tmp_path: Path, scores: Scores) -> None:
    older = {"private_test": {"n": 28, "accuracy": 0.5}}
    file = network(tmp_path, figures=older, sha256=hashlib.sha256(b"a network").hexdigest(), bytes=9)
    assert "| accuracy, original labels | 0.5000 |" in page_of(read(file))
    add_figures(file, "public_test", scores)
    assert read(file)["figures"]["private_test"] == older["private_test"]
    network(tmp_path, figures=older, sha256="of something else")
    add_figures(file, "public_test", scores)
    assert "private_test" not in read(file)["figures"]


def test_measuring_the_keras_file_leaves_the_hash_that_the_app_checks(tmp_path: Path, scores: Scores) -> None:
    file = network(tmp_path)
    add_figures(file.with_suffix(".keras"), "public_test", scores)
    content = read(file)
    assert content["sha256"] == hashlib.sha256(b"a network").hexdigest()
    assert content["figures"]["public_test"]["measured"]["file"] == "expression.keras"
    assert "--model expression.keras" in content["figures"]["public_test"]["command"]


def test_a_network_of_one_s_own_is_not_said_to_be_trained_on_fer2013(tmp_path: Path, scores: Scores) -> None:
    file = tmp_path / "own.tflite"
    file.write_bytes(b"own")
    file.with_suffix(".json").write_text(json.dumps({"classes": list(EXPRESSIONS), "input": {"channels": 3}}))
    page = add_figures(file, "public_test", scores).read_text(encoding="utf-8")
    assert "not known here" in page
    assert "ICML" not in page
    assert "## Recipe" not in page


def test_what_a_network_began_with_is_told(tmp_path: Path) -> None:
    assert "ImageNet" in page_of(read(network(tmp_path, recipe={"network": "mobilenet"})))
    assert "ImageNet" not in page_of(read(network(tmp_path, recipe={"network": "compact"})))


def test_a_network_that_learnt_from_other_pictures_is_not_said_to_know_fer_2013(tmp_path: Path) -> None:
    recipe = {"network": "mobilenet"}
    assert "ICML 2013" in page_of(read(network(tmp_path, recipe=recipe)))
    page = page_of(read(network(tmp_path, recipe=recipe, trained_on="other pictures")))
    assert "ICML 2013" not in page
    assert "What it was trained on is not known here" in page
    assert "ImageNet" in page


def test_figures_are_not_told_of_a_file_that_came_meanwhile(tmp_path: Path) -> None:
    file = tmp_path / "expression.tflite"
    file.write_bytes(SHIPPED.read_bytes())
    file.with_suffix(".json").write_bytes(SHIPPED.with_suffix(".json").read_bytes())
    faces = LabelledFaces([np.zeros((48, 48, 3), np.uint8)], np.array([SAD]))

    def replace(_done: float, _of: float) -> None:
        file.write_bytes(b"another")

    with pytest.raises(ModelError, match="replaced while it was being measured"):
        measure(file, faces, replace, thorough=False)


def test_what_was_not_measured_is_not_on_the_card(tmp_path: Path) -> None:
    faces = faces_of_split(load_split(small_data(tmp_path, faces=28), "public_test"))
    without = LabelledFaces(faces.pictures, faces.labels, identical=faces.identical)
    file = network(tmp_path)
    page = add_figures(file, "public_test", evaluate({"": ReadsBrightness()}, cut_crops, without).scores)
    assert not [name for name in read(file)["figures"]["public_test"] if name.startswith("ferplus_a")]
    assert "agreement with that winner" not in page.read_text(encoding="utf-8")


def test_a_recipe_of_before_has_its_current_names_once_the_card_is_rewritten(tmp_path: Path, scores: Scores) -> None:
    file = network(tmp_path, recipe={"network": "compact", "rarity": 0.25, "taught_by": ["50"]})
    page = add_figures(file, "public_test", scores).read_text(encoding="utf-8")
    assert read(file)["recipe"] == {"network": "compact", "class_weight_power": 0.25, "teacher_hashes": ["50"]}
    assert "class weight power: 0.25" in page
    assert "rarity" not in page


def test_a_recipe_of_stages_and_teachers_can_be_read(tmp_path: Path) -> None:
    recipe = {
        "network": "student",
        "seed": 3,
        "stages": [{"epochs": 10, "learning_rate": 0.001, "frozen": True}, {"epochs": 30, "sizes": [48, 64]}],
        "teacher": {"network": "ensemble", "members": ["one", "two"], "weights": None},
        "tricks": [],
    }
    lines = page_of(read(network(tmp_path, recipe=recipe))).split("## Recipe\n\n")[1].splitlines()
    assert lines[:11] == [
        "- network: student",
        "- seed: 3",
        "- stages:",
        "  1. epochs 10, learning rate 0.001, frozen yes",
        "  2. epochs 30, sizes 48, 64",
        "- teacher:",
        "  - network: ensemble",
        "  - members: one, two",
        "  - weights: none",
        "- tricks: none",
        "- temperature of `crowd`: 0.7",
    ]
