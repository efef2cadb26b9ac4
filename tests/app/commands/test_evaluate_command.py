import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from support.command_line import run
from support.inputs.small_data import small_data
from support.places import ROOT
from typer.testing import CliRunner

from fer_desktop.app.main import app
from fer_desktop.core.errors import TrainingError

KEYS = {
    *("accuracy", "accuracy_distinct", "macro_f1", "ece", "ferplus_agreement", "ferplus_macro_f1", "ferplus_ece"),
    *("by_height", "by_condition", "by_class", "by_confidence", "confusion", "n", "skipped", "model", "split"),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "fer2013"
    folder.mkdir()
    return small_data(folder, faces=14)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder of the user's own: coloured, of any size, one of them damaged."""
    folder = tmp_path / "mine"
    for name, side in (("happy", 120), ("sad", 30)):
        (folder / name).mkdir(parents=True)
        for number in range(2):
            noise = np.random.default_rng(number).integers(0, 256, (side, side + 10, 3), dtype=np.uint8)
            cv2.imwrite(str(folder / name / f"{number}.jpg"), noise)
    (folder / "sad" / "damaged.png").write_bytes(b"\x89PNG")
    return folder


def test_figures_are_nothing_but_json_where_that_is_asked_for(tmp_path: Path, data: Path) -> None:
    done = run(tmp_path, "evaluate", "--data", data, "--split", "private_test", "--json")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert set(told) >= KEYS
    assert (told["n"], told["split"], told["ferplus_n"]) == (14, "private_test", 14)
    assert list(told["by_height"]) == ["16", "24", "32", "48"]
    assert np.sum(told["confusion"]) == 14


def test_text_plots_and_file_tell_the_same(tmp_path: Path, data: Path) -> None:
    out = tmp_path / "figures"
    done = run(tmp_path, "evaluate", "--data", data, "--out", out)
    assert (done.code, done.err) == (0, "")
    told = json.loads((out / "evaluation.json").read_text(encoding="utf-8"))
    assert f"{told['accuracy']:.1%}".replace("%", " %") in done.out
    assert f"{told['by_height']['24']['crowd']:.1%}".replace("%", " %") in done.out
    assert "public_test" in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    assert "…" not in done.out
    assert sorted(file.name for file in out.iterdir()) == [
        "confusion_crowd.png",
        "confusion_fer2013.png",
        "evaluation.json",
        "precision_recall.png",
        "reliability.png",
        "robustness.png",
    ]


def test_a_folder_of_one_s_own_is_measured_and_what_is_damaged_is_named(tmp_path: Path, pictures: Path) -> None:
    done = run(tmp_path, "evaluate", "--data", pictures, "--json")
    assert done.code == 0
    assert "damaged.png" in done.sentence
    told = json.loads(done.out)
    assert (told["n"], told["split"], told["accuracy_distinct"], told["ferplus_agreement"]) == (4, None, None, None)
    assert told["crowd_on_labels"]["accuracy"] is not None
    assert [row["n"] for row in told["by_height"].values()] == [4, 4, 4, 2]
    assert len(told["skipped"]) == 1


def test_a_split_of_a_folder_of_one_s_own_is_said_to_mean_nothing(pictures: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", "--data", str(pictures), "--split", "private_test"])
    assert done.exit_code == 0
    assert "has no splits" in done.stderr
    assert "output crowd" in done.stdout
    assert "These pictures have no FER+ votes" in done.stdout


def test_pictures_of_one_s_own_do_not_go_into_the_card(pictures: Path) -> None:
    before = (ROOT / "models" / "expression.json").read_bytes()
    assert CliRunner().invoke(app, ["evaluate", "--data", str(pictures), "--card"]).exit_code == 2
    assert (ROOT / "models" / "expression.json").read_bytes() == before


def test_the_card_is_written_beside_the_network(tmp_path: Path, data: Path) -> None:
    for name in ("expression.tflite", "expression.json"):
        (tmp_path / name).write_bytes((ROOT / "models" / name).read_bytes())
    network = tmp_path / "expression.tflite"
    done = CliRunner().invoke(app, ["evaluate", "--model", str(network), "--data", str(data), "--card"])
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads((tmp_path / "expression.json").read_text())["figures"]["public_test"]["n"] == 14
    assert "| faces | 14 |" in (tmp_path / "expression.md").read_text(encoding="utf-8")


def test_ctrl_c_ends_it_with_one_sentence_and_nothing_written(tmp_path: Path, data: Path) -> None:
    before = signal.getsignal(signal.SIGINT)

    def press_once_it_listens() -> None:
        until = time.monotonic() + 60
        while signal.getsignal(signal.SIGINT) is before and time.monotonic() < until:
            time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press_once_it_listens)
    presser.start()
    done = CliRunner().invoke(app, ["evaluate", "--data", str(data), "--out", str(tmp_path / "out")])
    presser.join()
    assert done.exit_code == 130
    assert done.stdout == ""
    assert done.stderr == "Stopped before the end: nothing was written.\n"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_missing_plotting_library_is_told_before_anything_is_measured(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = CliRunner().invoke(app, ["evaluate", "--data", str(data), "--out", str(tmp_path / "out")])
    assert isinstance(done.exception, TrainingError)
    assert "make setup EXTRAS=train" in str(done.exception)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--data", "nowhere"], "nowhere was not found"),
        (["--model", "nowhere.tflite"], "nowhere.tflite was not found"),
        (["--model", "network.h5"], "choose a .tflite or .keras file"),
    ],
)
def test_what_is_not_there_is_told_in_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = run(tmp_path, "evaluate", *arguments)
    assert (done.code, done.out) == (1, "")
    assert sentence in done.sentence
