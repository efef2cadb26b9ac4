import csv
import dataclasses
import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from training.small_data import small_csv, small_data
from typer.testing import CliRunner

from fer_desktop.app.train import needs_tensorflow
from fer_desktop.core.errors import TrainingError
from fer_desktop.core.files import write_whole
from fer_desktop.training.dataset import TrainingData, load_training_data

needs_tensorflow()

# TensorFlow reads its environment when it is imported.
import keras  # noqa: E402

from fer_desktop.app.evaluate import judged  # noqa: E402
from fer_desktop.app.main import app  # noqa: E402
from fer_desktop.training import export as export_module  # noqa: E402
from fer_desktop.training.export import export  # noqa: E402
from fer_desktop.training.networks import HEADS, NETWORKS, TRUNK, mobilenet  # noqa: E402
from fer_desktop.training.recipes import Recipe  # noqa: E402
from fer_desktop.training.run_folder import RunFolder  # noqa: E402
from fer_desktop.training.start_from import take_weights  # noqa: E402
from fer_desktop.training.teachers import taught  # noqa: E402
from fer_desktop.training.train import Batches, train  # noqa: E402
from fer_desktop.vision.classifiers import make_classifier  # noqa: E402

SHORT = Recipe(network="tiny", epochs=2, batch=32)
PRETRAINED = Recipe(network="tiny", epochs=3, frozen_epochs=1, batch=32, rarity=0.25)


@pytest.fixture(scope="module", autouse=True)
def tiny_network() -> Iterator[None]:
    """A network that trains in a blink, with what matters for resuming: batch norm's and dropout's own state."""

    def tiny(_weights: Path | None, heads: Sequence[str], _pretrained: bool, filters: int = 4) -> keras.Model:
        inputs = keras.Input((48, 48, 1), dtype="uint8")
        x = keras.layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
        x = keras.layers.Conv2D(filters, 3, strides=4, use_bias=False, name=TRUNK)(keras.layers.Resizing(52, 52)(x))
        x = keras.layers.GlobalAveragePooling2D()(keras.layers.BatchNormalization()(x))
        x = keras.layers.Dropout(0.2)(x)
        return keras.Model(inputs, {head: keras.layers.Dense(7, name=head)(x) for head in heads}, name="tiny")

    def wide(weights: Path | None, heads: Sequence[str], pretrained: bool) -> keras.Model:
        return tiny(weights, heads, pretrained, filters=5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(NETWORKS, "tiny", tiny)
        patch.setitem(NETWORKS, "wide", wide)
        patch.setitem(NETWORKS, "compact", tiny)  # for the command line
        yield


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("sheets"))


@pytest.fixture(scope="module")
def data(sheets: Path) -> TrainingData:
    return load_training_data(sheets)


@pytest.fixture(scope="module")
def unvoted(sheets: Path, tmp_path_factory: pytest.TempPathFactory) -> TrainingData:
    """The same faces without FER+'s votes."""
    return load_training_data(small_csv(sheets, tmp_path_factory.mktemp("kaggle") / "fer2013.csv"))


def epochs_of(data: TrainingData, folder: Path, recipe: Recipe, resume: bool = False) -> list[int]:
    seen: list[int] = []
    train(data, folder, recipe, resume=resume, report=lambda epoch, _figures: seen.append(epoch))
    return seen


def log_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "log.csv").open(newline="") as handle:
        return list(csv.DictReader(handle))


class PowerCutError(Exception):
    pass


def cut_after(epoch: int) -> Any:
    def report(number: int, _figures: dict[str, float]) -> None:
        if number == epoch:
            raise PowerCutError

    return report


@pytest.fixture(scope="module")
def finished(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of a finished run, for tests that only read it."""
    return train(data, tmp_path_factory.mktemp("finished"), SHORT)


@pytest.fixture(scope="module")
def half_done(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was cut after the first of two epochs; tests go on in a copy."""
    folder = tmp_path_factory.mktemp("half-done")
    with pytest.raises(PowerCutError):
        train(data, folder, SHORT, report=cut_after(1))
    return folder


@pytest.mark.parametrize(("recipe", "last"), [(SHORT, 1), (PRETRAINED, 1), (PRETRAINED, 2)])
def test_a_run_cut_in_two_ends_where_the_unbroken_one_ends(
    tmp_path: Path, data: TrainingData, recipe: Recipe, last: int
) -> None:
    whole, cut, steps = tmp_path / "whole", tmp_path / "cut", []

    def stepped(done: int, of: int) -> None:
        steps.append((done, of))

    every = list(range(1, recipe.epochs + 1))
    assert epochs_of(data, whole, recipe) == every

    with pytest.raises(PowerCutError):
        train(data, cut, recipe, report=cut_after(last), stepped=stepped)
    with pytest.raises(TrainingError, match=r"unfinished run.*--resume"):
        epochs_of(data, cut, recipe)
    train(data, cut, recipe, resume=True, stepped=stepped)

    assert steps == [(done, 3 * recipe.epochs) for done in range(1, 3 * recipe.epochs + 1)]  # batches of 32 of 96
    name = f"epoch-{recipe.epochs:03d}.keras"
    one, two = (keras.saving.load_model(folder / name, compile=False) for folder in (whole, cut))
    for a, b in zip(one.get_weights(), two.get_weights(), strict=True):
        assert a == pytest.approx(b, abs=1e-4)
    assert [row["epoch"] for row in log_of(cut)] == [str(epoch) for epoch in every]
    assert [file.name for file in cut.glob("*.keras")] == [name]


def test_a_checkpoint_that_was_not_finished_leaves_no_second_line_in_the_log(
    tmp_path: Path, data: TrainingData, half_done: Path
) -> None:
    run = shutil.copytree(half_done, tmp_path / "run")
    with (run / "log.csv").open("a") as log:
        log.write("2,0.1,0.2\n2,0.")
    (run / "writing.keras").write_bytes(b"half")
    assert epochs_of(data, run, SHORT, resume=True) == [2]
    rows = log_of(run)
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert all(None not in row.values() for row in rows)


def test_a_finished_run_is_told_so(data: TrainingData, finished: Path) -> None:
    for recipe in (SHORT, dataclasses.replace(SHORT, epochs=5)):
        with pytest.raises(TrainingError, match=r"a finished run of 2 epochs.*--out"):
            epochs_of(data, finished.parent, recipe)
    assert epochs_of(data, finished.parent, SHORT, resume=True) == []


def test_a_run_goes_on_only_with_the_recipe_and_the_kind_of_data_that_it_was_begun_with(
    tmp_path: Path, data: TrainingData, unvoted: TrainingData, half_done: Path
) -> None:
    run = shutil.copytree(half_done, tmp_path / "run")
    other = dataclasses.replace(SHORT, epochs=9, learning_rate=0.5)
    with pytest.raises(TrainingError, match=r"begun with epochs 2, not 9; learning_rate 0\.002, not 0\.5: .*--out"):
        epochs_of(data, run, other, resume=True)
    with pytest.raises(TrainingError, match="begun with other --data"):
        epochs_of(unvoted, run, SHORT, resume=True)


def test_a_run_of_before_a_recipe_had_a_field_goes_on(tmp_path: Path, half_done: Path) -> None:
    run = RunFolder(shutil.copytree(half_done, tmp_path / "run"))
    recipe = json.loads((run.path / "recipe.json").read_text())
    assert recipe == json.loads(json.dumps(dataclasses.asdict(SHORT)))
    del recipe["rarity"]
    (run.path / "recipe.json").write_text(json.dumps(recipe))
    run.check(SHORT, resume=True)
    (run.path / "recipe.json").unlink()
    run.check(SHORT, resume=True)


def test_a_loss_that_is_no_number_ends_the_run_and_keeps_no_checkpoint(tmp_path: Path, data: TrainingData) -> None:
    with pytest.raises(TrainingError, match="lower --learning-rate"):
        train(data, tmp_path, dataclasses.replace(SHORT, learning_rate=float("nan")))
    assert not list(tmp_path.glob("*.keras"))


def test_fewer_pictures_than_a_batch_are_told(tmp_path: Path, data: TrainingData) -> None:
    with pytest.raises(TrainingError, match="96 pictures are too few"):
        train(data, tmp_path, dataclasses.replace(SHORT, batch=128))


def test_a_damaged_checkpoint_is_one_sentence(tmp_path: Path, data: TrainingData) -> None:
    (tmp_path / "epoch-001.keras").write_bytes(b"half")
    with pytest.raises(TrainingError, match=r"epoch-001\.keras cannot be loaded"):
        train(data, tmp_path, SHORT, resume=True)


def test_a_run_starts_from_the_weights_of_a_checkpoint_or_of_an_exported_network(
    tmp_path: Path, data: TrainingData, unvoted: TrainingData, finished: Path
) -> None:
    export(finished, data.public_test, tmp_path, SHORT)
    expected = keras.saving.load_model(finished, compile=False)
    for file in (finished, tmp_path / "expression.keras"):
        model = NETWORKS["tiny"](None, HEADS, True)
        take_weights(model, file)
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
    def no_network(_weights: Path | None) -> keras.Model:
        raise TrainingError("offline")

    monkeypatch.setattr("fer_desktop.training.networks._imagenet_trunk", no_network)
    file = tmp_path / "other.keras"
    NETWORKS["tiny"](None, HEADS, True).save(file)
    recipe = dataclasses.replace(SHORT, network="mobilenet")
    with pytest.raises(TrainingError, match="not of the network mobilenet"):
        train(data, tmp_path / "run", recipe, start_from=file)
    with pytest.raises(TrainingError, match="offline"):
        train(data, tmp_path / "run", recipe)


def test_a_network_that_does_not_fit_is_not_started_from(tmp_path: Path, data: TrainingData) -> None:
    wide, single, nothing = (tmp_path / f"{name}.keras" for name in ("wide", "single", "nothing"))
    NETWORKS["wide"](None, HEADS, True).save(wide)
    NETWORKS["tiny"](None, HEADS[:1], True).save(single)
    nothing.write_bytes(b"nothing")
    for file, match in ((wide, "not of the network"), (single, "not of the network"), (nothing, "no Keras network")):
        with pytest.raises(TrainingError, match=f"{match}.*--start-from"):
            train(data, tmp_path / "run", SHORT, start_from=file)
    assert not (tmp_path / "run").exists()


def test_a_pretrained_trunk_stays_as_it_came_while_it_is_frozen(tmp_path: Path, data: TrainingData) -> None:
    out, seen = tmp_path / "run", []

    def look(epoch: int, _figures: dict[str, float]) -> None:
        model = keras.saving.load_model(out / f"epoch-{epoch:03d}.keras", compile=False)
        seen.append(model.get_layer(TRUNK).get_weights()[0])

    train(data, out, dataclasses.replace(PRETRAINED, frozen_epochs=2, epochs=4), report=look)
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
    NETWORKS["tiny"](None, HEADS, True).save_weights(file)
    with pytest.raises(TrainingError, match="--weights"):
        mobilenet(file)
    with pytest.raises(TrainingError, match="--weights"):
        mobilenet(tmp_path / "missing.weights.h5")


def test_what_was_trained_is_exported_calibrated_and_has_its_card(
    tmp_path: Path, sheets: Path, data: TrainingData, finished: Path
) -> None:
    temperatures = export(finished, data.public_test, tmp_path, SHORT)
    assert set(temperatures) == {"fer2013", "crowd"}
    scores, card = judged(tmp_path / "expression.tflite", sheets, "public_test", into_card=True)
    keras_scores, _ = judged(tmp_path / "expression.keras", sheets, "public_test", into_card=False)
    assert scores.n == 96
    assert np.sum(scores.confusion) == 96
    assert keras_scores.accuracy == pytest.approx(scores.accuracy, abs=0.02)
    sidecar = json.loads((tmp_path / "expression.json").read_text())
    assert sidecar["figures"]["public_test"]["accuracy"] == pytest.approx(scores.accuracy, abs=1e-4)
    assert card is not None
    assert sidecar["sha256"] in card.read_text()
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


def test_the_command_trains_exports_and_draws_without_votes_too(
    tmp_path: Path, sheets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = small_csv(sheets, tmp_path / "fer2013.csv"), tmp_path / "run"
    write_whole(file, file.read_text() + "9,1 2 3,Training\n")
    monkeypatch.setattr("fer_desktop.training.recipes.RECIPES", {"compact": dataclasses.replace(SHORT, network="tiny")})
    command = ["train", "compact", "--data", str(file), "--out", str(out), "--learning-rate", "0.01", "--epochs", "2"]
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
    assert {"loss", "fer2013_accuracy", "val_fer2013_accuracy"} <= log_of(out)[0].keys()
    again = CliRunner().invoke(app, command)
    assert isinstance(again.exception, TrainingError)
    assert "finished" in str(again.exception)


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


def test_a_network_learns_from_its_teachers_and_goes_on_after_an_interruption(
    tmp_path: Path, data: TrainingData, finished: Path
) -> None:
    export(finished, data.public_test, tmp_path / "teacher", SHORT)
    teacher, out = tmp_path / "teacher" / "expression.keras", tmp_path / "run"
    recipe = dataclasses.replace(SHORT, teaching=0.5, taught_by=("0" * 64,))
    with pytest.raises(PowerCutError):
        train(data, out, recipe, report=cut_after(1), teachers=[teacher])
    train(data, out, recipe, resume=True, teachers=[teacher])
    assert [row["epoch"] for row in log_of(out)] == ["1", "2"]

    soft = taught(data.training, [teacher], HEADS)
    assert soft["crowd"].sum(axis=1) == pytest.approx(1.0, abs=1e-3)
    alone, helped = Batches(data.training, SHORT, 0), Batches(data.training, recipe, 0, HEADS, soft)
    expected = 0.5 * (0.9 * alone[0][1]["fer2013"] + 0.1 / 7)
    order = np.random.default_rng((recipe.seed, 0)).permutation(len(data.training))[: recipe.batch]
    assert helped[0][1]["fer2013"] == pytest.approx(expected + 0.5 * soft["fer2013"][order], abs=1e-5)


def test_a_network_that_cannot_teach_is_told_in_one_sentence(
    tmp_path: Path, data: TrainingData, finished: Path
) -> None:
    with pytest.raises(TrainingError, match="cannot teach"):  # its answers are no probabilities
        taught(data.training, [finished], HEADS)
    with pytest.raises(TrainingError, match="cannot teach"):
        taught(data.training, [tmp_path / "missing.keras"], HEADS)


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
