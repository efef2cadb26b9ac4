import dataclasses
from pathlib import Path

import keras
import numpy as np
import pytest
from support.inputs.tiny_runs import PRETRAINED, SHORT

from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.fer2013 import TrainingData
from fer_desktop.training.export import export
from fer_desktop.training.networks import HEADS, NETWORKS, TRUNK, mobilenet
from fer_desktop.training.recipes import RECIPES
from fer_desktop.training.start_from import load_weights
from fer_desktop.training.train import train


def test_a_run_starts_from_the_weights_of_a_checkpoint_or_of_an_exported_network(
    tmp_path: Path, data: TrainingData, unvoted: TrainingData, finished: Path
) -> None:
    export(finished, data.public_test, tmp_path, SHORT)
    expected = keras.saving.load_model(finished, compile=False)
    for file in (finished, tmp_path / "expression.keras"):
        model = NETWORKS["tiny"](None, HEADS, True, SHORT)
        load_weights(model, file)
        for a, b in zip(model.get_weights(), expected.get_weights(), strict=True):
            assert np.array_equal(a, b)
    stays = dataclasses.replace(SHORT, epochs=1, learning_rate=1e-12)
    started = train(unvoted, tmp_path / "run", stays, start_from=tmp_path / "expression.keras")
    model = keras.saving.load_model(started, compile=False)
    for name in (TRUNK, "fer2013"):
        assert model.get_layer(name).get_weights()[0] == pytest.approx(
            expected.get_layer(name).get_weights()[0], abs=1e-6
        )


def test_a_run_that_starts_from_a_network_needs_no_pretrained_trunk(
    tmp_path: Path, data: TrainingData, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(_weights: Path | None, _side_px: int) -> keras.Model:
        raise TrainingError("offline")

    monkeypatch.setattr("fer_desktop.training.networks._imagenet_trunk", no_network)
    file = tmp_path / "other.keras"
    NETWORKS["tiny"](None, HEADS, True, SHORT).save(file)
    recipe = dataclasses.replace(SHORT, network="mobilenet")
    with pytest.raises(TrainingError, match="does not hold a mobilenet network"):
        train(data, tmp_path / "run", recipe, start_from=file)
    with pytest.raises(TrainingError, match="offline"):
        train(data, tmp_path / "run", recipe)


def test_a_network_that_does_not_fit_is_not_started_from(tmp_path: Path, data: TrainingData) -> None:
    wide, single, nothing = (tmp_path / f"{name}.keras" for name in ("wide", "single", "nothing"))
    NETWORKS["wide"](None, HEADS, True, SHORT).save(wide)
    NETWORKS["tiny"](None, HEADS[:1], True, SHORT).save(single)
    nothing.write_bytes(b"nothing")
    for file, match in (
        (wide, "hold a tiny network"),
        (single, "hold a tiny network"),
        (nothing, "be loaded as a Keras"),
    ):
        with pytest.raises(TrainingError, match=f"{match}.*--start-from"):
            train(data, tmp_path / "run", SHORT, start_from=file)
    assert not (tmp_path / "run").exists()


def test_a_pretrained_trunk_stays_as_it_came_while_it_is_frozen(tmp_path: Path, data: TrainingData) -> None:
    out, seen = tmp_path / "run", []

    def look(epoch: int, _figures: dict[str, float]) -> None:
        model = keras.saving.load_model(out / f"epoch-{epoch:03d}.keras", compile=False)
        seen.append(model.get_layer(TRUNK).get_weights()[0])

    train(data, out, dataclasses.replace(PRETRAINED, frozen_epochs=2, epochs=4), on_epoch=look)
    assert np.array_equal(seen[0], seen[1])
    assert not np.array_equal(seen[1], seen[2])


def test_the_grey_mobilenet_answers_as_the_coloured_one_does_on_a_grey_picture(tmp_path: Path) -> None:
    coloured = keras.applications.MobileNet(input_shape=(80, 80, 3), include_top=False, weights=None)
    coloured = keras.Model(coloured.input, coloured.get_layer("conv_pw_12_relu").output)
    file = tmp_path / "trunk.weights.h5"
    coloured.save_weights(file)
    grey = mobilenet(file).get_layer(TRUNK)
    picture = np.random.default_rng(1).uniform(-1, 1, (2, 80, 80, 1)).astype(np.float32)
    expected = coloured(np.repeat(picture, 3, axis=3), training=False)
    assert np.asarray(grey(picture, training=False)) == pytest.approx(np.asarray(expected), abs=1e-4)


def test_weights_of_another_network_are_told_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "other.weights.h5"
    NETWORKS["tiny"](None, HEADS, True, SHORT).save_weights(file)
    with pytest.raises(TrainingError, match="--weights"):
        mobilenet(file)
    with pytest.raises(TrainingError, match="--weights"):
        mobilenet(tmp_path / "missing.weights.h5")


@pytest.mark.parametrize("name", ["compact", "mobilenet"])
def test_squeeze_excitation_adds_weights_that_are_used(name: str) -> None:
    recipe = dataclasses.replace(RECIPES[name], se_ratio=8, side_px=48)
    plain, excited = (NETWORKS[name](None, HEADS, False, one) for one in (RECIPES[name], recipe))
    assert excited.count_params() > plain.count_params()
    faces = np.random.default_rng(1).integers(0, 256, (2, 48, 48, 1)).astype(np.uint8)
    before = np.asarray(excited(faces)["crowd"])
    for layer in excited.layers:
        if isinstance(layer, keras.layers.Dense) and layer.name not in HEADS:
            layer.set_weights([weight - 3.0 for weight in layer.get_weights()])
    assert not np.allclose(np.asarray(excited(faces)["crowd"]), before)


def test_mobilenet_enlarges_faces_to_the_side_that_its_recipe_says() -> None:
    model = mobilenet(None, HEADS, False, dataclasses.replace(RECIPES["mobilenet"], side_px=64))
    assert model.get_layer(TRUNK).input.shape[1:3] == (64, 64)
    assert model.input.shape[1:3] == (48, 48)


def test_a_share_of_the_network_that_a_run_started_from_stays_in_what_is_exported(
    tmp_path: Path, data: TrainingData, finished: Path
) -> None:
    other = train(data, tmp_path / "run", dataclasses.replace(SHORT, seed=5, learning_rate=0.05), start_from=finished)
    export(other, data.public_test, tmp_path, dataclasses.replace(SHORT, weight_interpolation=0.25), finished)
    before, after, mean = (
        keras.saving.load_model(file, compile=False).get_layer(TRUNK).get_weights()[0]
        for file in (finished, other, tmp_path / "expression.keras")
    )
    assert not np.allclose(before, after, atol=1e-3)
    assert mean == pytest.approx(0.25 * before + 0.75 * after, abs=1e-6)
