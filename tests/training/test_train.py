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
from fer_desktop.training.networks import HEADS, NETWORKS  # noqa: E402
from fer_desktop.training.train import Recipe, train  # noqa: E402

SHORT = Recipe(network="tiny", epochs=2, batch=32)


@pytest.fixture(autouse=True)
def tiny_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that trains in a blink, with what matters for resuming: batch norm's and dropout's own state."""

    def tiny() -> keras.Model:
        inputs = keras.Input((48, 48, 1), dtype="uint8")
        x = keras.layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
        x = keras.layers.Conv2D(4, 3, strides=4)(x)
        x = keras.layers.GlobalAveragePooling2D()(keras.layers.BatchNormalization()(x))
        x = keras.layers.Dropout(0.2)(x)
        return keras.Model(inputs, {head: keras.layers.Dense(7, name=head)(x) for head in HEADS})

    monkeypatch.setitem(NETWORKS, "tiny", tiny)


def epochs_of(data: Path, folder: Path, recipe: Recipe, resume: bool = False) -> list[int]:
    seen: list[int] = []
    train(data, folder, recipe, resume, lambda epoch, _figures: seen.append(epoch))
    return seen


def test_a_run_cut_in_two_ends_where_the_unbroken_one_ends(tmp_path: Path) -> None:
    data = small_data(tmp_path)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    assert epochs_of(data, whole, SHORT) == [1, 2]

    class PowerCutError(Exception):
        pass

    def fail_after_the_first(epoch: int, _figures: dict[str, float]) -> None:
        if epoch == 1:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        train(data, cut, SHORT, False, fail_after_the_first)
    with pytest.raises(TrainingError, match="--resume"):
        epochs_of(data, cut, SHORT)
    assert epochs_of(data, cut, SHORT, resume=True) == [2]

    one, two = (keras.saving.load_model(folder / "epoch-002.keras", compile=False) for folder in (whole, cut))
    for a, b in zip(one.get_weights(), two.get_weights(), strict=True):
        assert a == pytest.approx(b, abs=1e-4)
    assert len((cut / "log.csv").read_text().splitlines()) == 3


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
