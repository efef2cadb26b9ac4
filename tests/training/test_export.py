import json
import os
from pathlib import Path

import keras
import numpy as np
import pytest
from support.inputs.tiny_runs import SHORT
from typer.testing import CliRunner

from fer_desktop.app.commands.measure.evaluate import evaluate_split
from fer_desktop.app.main import app
from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.fer2013 import TrainingData
from fer_desktop.training import export as export_module
from fer_desktop.training.export import export, load_uncalibrated
from fer_desktop.training.networks import HEADS
from fer_desktop.vision.classifiers import make_classifier


def test_what_was_trained_is_exported_calibrated_and_has_its_card(
    tmp_path: Path, sheets: Path, data: TrainingData, finished: Path
) -> None:
    fitted = export(finished, data.public_test, tmp_path, SHORT)
    assert set(fitted) == {"fer2013", "crowd"}
    scores, card = evaluate_split(tmp_path / "expression.tflite", sheets, "public_test", into_card=True)
    keras_scores, _ = evaluate_split(tmp_path / "expression.keras", sheets, "public_test", into_card=False)
    assert scores.n == 96
    assert np.sum(scores.confusion) == 96
    assert keras_scores.accuracy == pytest.approx(scores.accuracy, abs=0.02)
    sidecar = json.loads((tmp_path / "expression.json").read_text())
    assert sidecar["figures"]["public_test"]["accuracy"] == pytest.approx(scores.accuracy, abs=1e-4)
    assert card is not None
    assert sidecar["sha256"] in card.read_text()
    assert sidecar["trained_on"] == "other pictures"
    assert not list(tmp_path.glob("*.part"))


class _FailsAt:
    """`os.replace` that fails in the n-th call and works in all others."""

    def __init__(self, call: int) -> None:
        self.calls, self._fatal, self._really = 0, call, os.replace

    def __call__(self, source: Path, target: Path) -> None:
        self.calls += 1
        if self.calls == self._fatal:
            raise PermissionError(13, "in use", str(target))
        self._really(source, target)


OLD = ("expression.keras", "expression.tflite", "expression.json", "expression.md")


def test_an_export_that_fails_anywhere_leaves_the_older_network_as_it_was(
    tmp_path: Path, data: TrainingData, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in OLD:
        (out / name).write_bytes(f"the older {name}".encode())
    before = {file.name: file.read_bytes() for file in out.iterdir()}

    def still_whole() -> bool:
        return {file.name: file.read_bytes() for file in out.iterdir()} == before

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(export_module, "_converted", interrupted)
        with pytest.raises(KeyboardInterrupt):
            export(finished, data.public_test, out, SHORT)
    assert still_whole()

    monkeypatch.setattr(export_module, "_converted", lambda *_: b"converted")  # once is enough
    for call in range(1, 2 * len(OLD)):
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", _FailsAt(call))
            with pytest.raises(TrainingError, match="cannot be written"):
                export(finished, data.public_test, out, SHORT)
        assert still_whole()
    export(finished, data.public_test, out, SHORT)
    assert sorted(file.name for file in out.iterdir()) == sorted(OLD[:3])
    assert (out / "expression.tflite").read_bytes() == b"converted"


def test_a_first_export_that_fails_leaves_nothing(
    tmp_path: Path, data: TrainingData, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(export_module, "_converted", lambda *_: b"converted")
    monkeypatch.setattr(os, "replace", _FailsAt(3))
    with pytest.raises(TrainingError, match="cannot be written"):
        export(finished, data.public_test, out, SHORT)
    assert not list(out.iterdir())


def test_the_exported_file_answers_as_the_network_does_however_many_faces_there_are(
    tmp_path: Path, data: TrainingData, finished: Path
) -> None:
    export(finished, data.public_test, tmp_path, SHORT)
    faces = data.public_test.images[:9, ..., None]
    expected = keras.saving.load_model(tmp_path / "expression.keras", compile=False).predict(faces, verbose=0)
    for head in HEADS:
        classifier = make_classifier(tmp_path / "expression.tflite", head)
        assert classifier.classify(faces) == pytest.approx(expected[head], abs=1e-4)
        assert classifier.classify(faces[:1]) == pytest.approx(expected[head][:1], abs=1e-4)


def test_a_network_that_was_trained_elsewhere_is_exported_with_what_is_told_of_it(
    tmp_path: Path, sheets: Path, finished: Path
) -> None:
    recipe, out = tmp_path / "recipe.json", tmp_path / "out"
    recipe.write_text('{"network": "tiny", "trained": "elsewhere"}')
    command = ["export-network", str(finished), "--data", str(sheets), "--out", str(out), "--recipe", str(recipe)]
    ended = CliRunner().invoke(app, command)
    assert ended.exit_code == 0, ended.output
    assert "Public test:" in ended.output
    sidecar = json.loads((out / "expression.json").read_text())
    assert sidecar["recipe"] == {"network": "tiny", "trained": "elsewhere"}
    assert set(sidecar["temperature"]) == {"fer2013", "crowd"}
    assert "- trained: elsewhere" in (out / "expression.md").read_text()
    with pytest.raises(TrainingError, match="give the checkpoint"):
        load_uncalibrated(out / "expression.keras")
    with pytest.raises(TrainingError, match="no Keras network"):
        load_uncalibrated(recipe)


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_recipe_that_is_none_is_one_sentence(tmp_path: Path, sheets: Path, finished: Path, content: str) -> None:
    recipe = tmp_path / "recipe.json"
    recipe.write_text(content)
    command = [
        "export-network",
        str(finished),
        "--data",
        str(sheets),
        "--out",
        str(tmp_path / "o"),
        "--recipe",
        str(recipe),
    ]
    ended = CliRunner().invoke(app, command)
    assert isinstance(ended.exception, TrainingError)
    assert "leave --recipe away" in str(ended.exception)
    assert not (tmp_path / "o").exists()
