import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ai_edge_litert import interpreter
from support.places import MODELS

from fer_desktop.core.errors import ModelError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.vision.classifiers import BATCHES, batches_for, make_classifier
from fer_desktop.vision.model_files import read_sidecar, write_sidecar

KERAS_ORDER = sorted(EXPRESSIONS)


@pytest.fixture(scope="module")
def keras() -> Any:
    return pytest.importorskip("keras", reason="needs the extra train")


def brightness_network(keras: Any, classes: int = 7, side: int = 16, ending: str = "softmax") -> Any:
    """The brighter the crop, the likelier its third class."""
    inputs = keras.Input((side, side, 1), name="faces")
    mean = keras.layers.GlobalAveragePooling2D()(inputs)
    layer = keras.layers.Dense(classes, activation=ending, name="answer")
    model = keras.Model(inputs, layer(mean))
    weights = np.zeros((1, classes), np.float32)
    weights[0, 2] = 0.05
    layer.set_weights([weights, np.zeros(classes, np.float32)])
    return model


def crops(value: int, count: int = 3, side: int = 16) -> np.ndarray:
    return np.full((count, side, side, 1), value, np.uint8)


@pytest.fixture(scope="module", params=[".keras", ".tflite"])
def network(request: pytest.FixtureRequest, keras: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    model = brightness_network(keras)
    file = tmp_path_factory.mktemp("networks") / f"own{request.param}"
    if request.param == ".keras":
        model.save(file)
    else:
        import tensorflow as tf

        model.export(file.with_suffix(""), verbose=False)
        file.write_bytes(tf.lite.TFLiteConverter.from_saved_model(str(file.with_suffix(""))).convert())
    return file


def test_the_sidecar_says_which_class_is_which(network: Path) -> None:
    write_sidecar(network, KERAS_ORDER, channels=1)
    bright = make_classifier(network).classify(crops(255))
    assert EXPRESSIONS[int(bright[0].argmax())] == KERAS_ORDER[2]
    write_sidecar(network, EXPRESSIONS, channels=1)
    bright = make_classifier(network).classify(crops(255))
    assert EXPRESSIONS[int(bright[0].argmax())] == EXPRESSIONS[2]


def test_the_sidecar_says_what_white_is(network: Path) -> None:
    write_sidecar(network, EXPRESSIONS, channels=1, value_range=(0.0, 1.0))
    faint = make_classifier(network).classify(crops(255))
    assert faint[0] == pytest.approx(np.full(7, 1 / 7), abs=0.02)


@pytest.mark.parametrize("count", range(1, 2 * max(BATCHES) + 2))
def test_only_the_last_batch_is_padded_and_no_more_is_read_than_with_one_padded_batch(count: int) -> None:
    batches = batches_for(count)
    assert set(batches) <= set(BATCHES)
    assert sum(batches[:-1]) < count <= sum(batches)
    one_padded = -(-count // max(BATCHES)) * max(BATCHES)
    assert sum(batches) <= next((size for size in BATCHES if size >= count), one_padded)


@pytest.mark.parametrize("count", [0, 1, 9, 30, 60])
def test_a_batch_of_any_size_is_answered_row_by_row(network: Path, count: int) -> None:
    write_sidecar(network, EXPRESSIONS, channels=1)
    values = np.linspace(0, 255, max(count, 1)).astype(np.uint8)[:count]
    batch = np.broadcast_to(values[:, None, None, None], (count, 16, 16, 1))
    answer = make_classifier(network).classify(np.ascontiguousarray(batch))
    assert answer.shape == (count, 7)
    assert answer.sum(axis=1) == pytest.approx(np.ones(count), abs=1e-4)
    assert (np.diff(answer[:, 2]) >= 0).all()


def test_without_a_sidecar_nothing_is_guessed(network: Path) -> None:
    network.with_suffix(".json").unlink(missing_ok=True)
    with pytest.raises(ModelError, match="no sidecar"):
        make_classifier(network)


@pytest.mark.parametrize(
    "sidecar",
    [
        "{",
        "{}",
        json.dumps({"classes": list(EXPRESSIONS[:6]), "input": {"channels": 1}}),
        json.dumps({"classes": [*EXPRESSIONS[:6], "bored"], "input": {"channels": 1}}),
        json.dumps({"classes": list(EXPRESSIONS), "input": {"channels": 2}}),
        json.dumps({"classes": list(EXPRESSIONS), "input": {"channels": 3}}),
        json.dumps({"classes": list(EXPRESSIONS), "input": {"channels": 1, "value_range": [1, 0]}}),
        json.dumps({"classes": 7, "input": []}),
    ],
)
def test_a_sidecar_that_does_not_fit_is_one_sentence(network: Path, sidecar: str) -> None:
    network.with_suffix(".json").write_text(sidecar)
    with pytest.raises(ModelError) as caught:
        make_classifier(network)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("classes", "ending"), [(5, "softmax"), (7, "linear")])
def test_what_is_no_seven_probabilities_is_refused(keras: Any, tmp_path: Path, classes: int, ending: str) -> None:
    file = tmp_path / "wrong.keras"
    brightness_network(keras, classes, ending=ending).save(file)
    write_sidecar(file, EXPRESSIONS, channels=1)
    with pytest.raises(ModelError, match="seven probabilities"):
        make_classifier(file)


@pytest.mark.parametrize("name", ["text.tflite", "text.keras"])
def test_a_file_that_is_no_network_is_one_sentence(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("hello")
    write_sidecar(file, EXPRESSIONS, channels=1)
    with pytest.raises(ModelError) as caught:
        make_classifier(file)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_another_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="was not found"):
        read_sidecar(tmp_path / "none.tflite")
    with pytest.raises(ModelError, match=r"\.tflite or \.keras"):
        read_sidecar(tmp_path / "model.h5")


def test_an_output_that_is_not_there_is_refused_by_name(network: Path) -> None:
    write_sidecar(network, EXPRESSIONS, channels=1)
    with pytest.raises(ModelError, match="crowd"):
        make_classifier(network, head="crowd")


def test_a_class_named_twice_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="needed once"):
        write_sidecar(tmp_path / "own.tflite", ["happy"] * 7, channels=1)


def test_a_batch_size_is_prepared_when_it_is_first_read(monkeypatch: pytest.MonkeyPatch) -> None:
    made, make = [], interpreter.Interpreter

    def counted(**options: Any) -> Any:
        made.append(make(**options))
        return made[-1]

    monkeypatch.setattr(interpreter, "Interpreter", counted)
    classifier = make_classifier(MODELS / "expression.tflite")
    at_first, spec = len(made), classifier.spec
    assert at_first < len(BATCHES)
    some = np.zeros((BATCHES[1], spec.side_px, spec.side_px, spec.channels), np.uint8)
    classifier.classify(some)
    classifier.classify(some)
    assert len(made) == at_first  # the trial had that size
    classifier.classify(np.concatenate([some] * 6)[: BATCHES[-1]])
    classifier.classify(np.concatenate([some] * 6)[: BATCHES[-1]])
    assert len(made) == at_first + 1
