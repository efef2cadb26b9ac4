import dataclasses
import json
import signal
import threading
from pathlib import Path

import pytest
from support.inputs.small_data import small_csv
from support.inputs.tiny_runs import SHORT, log_of, tiny
from typer.testing import CliRunner

from fer_desktop.app.main import app
from fer_desktop.core.errors import TrainingError
from fer_desktop.core.files import write_whole
from fer_desktop.training.networks import NETWORKS


@pytest.fixture(autouse=True)
def _tiny_compact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NETWORKS, "compact", tiny)


def test_the_command_trains_exports_and_draws_without_votes_too(
    tmp_path: Path, sheets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = small_csv(sheets, tmp_path / "fer2013.csv"), tmp_path / "run"
    write_whole(file, file.read_text() + "9,1 2 3,Training\n")
    monkeypatch.setattr("fer_desktop.training.recipes.RECIPES", {"compact": dataclasses.replace(SHORT, network="tiny")})
    command = ["train", "compact", "--data", str(file), "--out", str(out), "--epochs", "2"]
    command += ["--learning-rate", "0.01", "--mixup", "0.3"]
    ended = CliRunner().invoke(app, command)
    assert ended.exit_code == 0, ended.output
    lines = ended.output.splitlines()
    assert "1 of the pictures (line 290)" in lines[0]
    assert sum(line.startswith("epoch ") for line in lines) == 2
    assert {"expression.tflite", "expression.md", "training.png", "log.csv", "recipe.json"} <= {
        found.name for found in out.iterdir()
    }
    sidecar = json.loads((out / "expression.json").read_text())
    assert sidecar["outputs"] == ["fer2013"]
    assert sidecar["recipe"]["learning_rate"] == 0.01
    assert sidecar["recipe"]["mixup"] == 0.3
    assert {"loss", "fer2013_accuracy", "val_fer2013_accuracy"} <= log_of(out)[0].keys()
    again = CliRunner().invoke(app, command)
    assert isinstance(again.exception, TrainingError)
    assert "finished" in str(again.exception)


def test_ctrl_c_says_how_to_go_on(tmp_path: Path, sheets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fer_desktop.training.recipes.RECIPES", {"compact": SHORT})
    out, tired = tmp_path / "run", threading.Event()

    def press_when_an_epoch_is_done() -> None:
        while not list(out.glob("epoch-*.keras")):
            if tired.wait(0.02):
                return
        signal.raise_signal(signal.SIGINT)

    hand = threading.Thread(target=press_when_an_epoch_is_done)
    hand.start()
    try:
        command = ["train", "compact", "--data", str(sheets), "--out", str(out), "--epochs", "900"]
        ended = CliRunner().invoke(app, command)
    finally:
        tired.set()
        hand.join()
    assert ended.exit_code == 130
    sentence = ended.stderr.splitlines()[-1]
    assert sentence.startswith("Stopped after ")
    assert "of 900 epochs" in sentence
    assert "--resume" in sentence
