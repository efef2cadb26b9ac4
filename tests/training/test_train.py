import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from training.small_data import small_data

from fer_desktop.app.train import needs_tensorflow
from fer_desktop.core.errors import TrainingError

needs_tensorflow()

# TensorFlow reads its environment when it is imported.
import keras  # noqa: E402

from fer_desktop.app.evaluate import judged  # noqa: E402
from fer_desktop.training.export import export  # noqa: E402
from fer_desktop.training.networks import HEADS, NETWORKS, TRUNK, mobilenet  # noqa: E402
from fer_desktop.training.recipes import Recipe  # noqa: E402
from fer_desktop.training.train import train  # noqa: E402

SHORT = Recipe(network="tiny", epochs=2, batch=32)
PRETRAINED = Recipe(network="tiny", epochs=3, frozen_epochs=1, batch=32, rarity=0.25)


@pytest.fixture(autouse=True)
def tiny_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that trains in a blink, with what matters for resuming: batch norm's and dropout's own state."""

    def tiny(_weights: Path | None) -> keras.Model:
        inputs = keras.Input((48, 48, 1), dtype="uint8")
        x = keras.layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
        x = keras.layers.Conv2D(4, 3, strides=4, use_bias=False, name=TRUNK)(x)
        x = keras.layers.GlobalAveragePooling2D()(keras.layers.BatchNormalization()(x))
        x = keras.layers.Dropout(0.2)(x)
        return keras.Model(inputs, {head: keras.layers.Dense(7, name=head)(x) for head in HEADS})

    monkeypatch.setitem(NETWORKS, "tiny", tiny)


def epochs_of(data: Path, folder: Path, recipe: Recipe, resume: bool = False) -> list[int]:
    seen: list[int] = []
    train(data, folder, recipe, resume, lambda epoch, _figures: seen.append(epoch))
    return seen


class PowerCutError(Exception):
    pass


@pytest.mark.parametrize(("recipe", "cut_after"), [(SHORT, 1), (PRETRAINED, 1), (PRETRAINED, 2)])
def test_a_run_cut_in_two_ends_where_the_unbroken_one_ends(tmp_path: Path, recipe: Recipe, cut_after: int) -> None:
    data = small_data(tmp_path)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    every = list(range(1, recipe.epochs + 1))
    assert epochs_of(data, whole, recipe) == every

    def fail_in_time(epoch: int, _figures: dict[str, float]) -> None:
        if epoch == cut_after:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        train(data, cut, recipe, False, fail_in_time)
    with pytest.raises(TrainingError, match="--resume"):
        epochs_of(data, cut, recipe)
    assert epochs_of(data, cut, recipe, resume=True) == every[cut_after:]

    last = f"epoch-{recipe.epochs:03d}.keras"
    one, two = (keras.saving.load_model(folder / last, compile=False) for folder in (whole, cut))
    for a, b in zip(one.get_weights(), two.get_weights(), strict=True):
        assert a == pytest.approx(b, abs=1e-4)
    assert len((cut / "log.csv").read_text().splitlines()) == recipe.epochs + 1


def test_a_pretrained_trunk_stays_as_it_came_while_it_is_frozen(tmp_path: Path) -> None:
    data, out, seen = small_data(tmp_path), tmp_path / "run", []

    def look(epoch: int, _figures: dict[str, float]) -> None:
        model = keras.saving.load_model(out / f"epoch-{epoch:03d}.keras", compile=False)
        seen.append(model.get_layer(TRUNK).get_weights()[0])

    train(data, out, dataclasses.replace(PRETRAINED, frozen_epochs=2, epochs=4), False, look)
    assert np.array_equal(seen[0], seen[1])
    assert not np.array_equal(seen[1], seen[2])


def test_the_grey_mobilenet_answers_as_the_coloured_one_does_on_a_grey_picture(tmp_path: Path) -> None:
    coloured = keras.applications.MobileNet(input_shape=(64, 64, 3), include_top=False, weights=None)
    coloured = keras.Model(coloured.input, coloured.get_layer("conv_pw_12_relu").output)
    file = tmp_path / "trunk.weights.h5"
    coloured.save_weights(file)
    grey = mobilenet(file).get_layer(TRUNK)
    picture = np.random.default_rng(1).uniform(-1, 1, (2, 64, 64, 1)).astype(np.float32)
    expected = coloured(np.repeat(picture, 3, axis=3), training=False)
    assert np.asarray(grey(picture, training=False)) == pytest.approx(np.asarray(expected), abs=1e-4)


def test_weights_of_another_network_are_told_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "other.weights.h5"
    NETWORKS["tiny"](None).save_weights(file)
    with pytest.raises(TrainingError, match="--weights"):
        mobilenet(file)
    with pytest.raises(TrainingError, match="--weights"):
        mobilenet(tmp_path / "missing.weights.h5")


def test_what_was_trained_is_exported_calibrated_and_has_its_card(tmp_path: Path) -> None:
    data, out = small_data(tmp_path), tmp_path / "run"
    trained = train(data, out, SHORT, False, lambda _epoch, _figures: None)
    temperatures = export(trained, data, out, SHORT)
    assert set(temperatures) == {"fer2013", "crowd"}
    scores, card = judged(out / "expression.tflite", data, "public_test", into_card=True)
    keras_scores, _ = judged(out / "expression.keras", data, "public_test", into_card=False)
    assert scores.n == 96
    assert np.sum(scores.confusion) == 96
    assert keras_scores.accuracy == pytest.approx(scores.accuracy, abs=0.02)
    sidecar = json.loads((out / "expression.json").read_text())
    assert sidecar["figures"]["public_test"]["accuracy"] == pytest.approx(scores.accuracy, abs=1e-4)
    assert card is not None
    assert sidecar["sha256"] in card.read_text()
    assert not list(out.glob("*.part"))
