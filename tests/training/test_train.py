import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
from support.inputs.tiny_runs import AVERAGED, PRETRAINED, SHORT, PowerCutError, cut_after, epochs_of, log_of

from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.fer2013 import TrainingData
from fer_desktop.training.recipes import Recipe
from fer_desktop.training.run_folder import RunFolder
from fer_desktop.training.train import train


@pytest.mark.parametrize(
    ("recipe", "last"), [(SHORT, 1), (PRETRAINED, 1), (PRETRAINED, 2), (AVERAGED, 1), (AVERAGED, 2)]
)
def test_a_run_cut_in_two_ends_where_the_unbroken_one_ends(
    tmp_path: Path, data: TrainingData, unbroken: Callable[[Recipe], Path], recipe: Recipe, last: int
) -> None:
    whole, cut, steps = unbroken(recipe), tmp_path / "cut", []

    def on_step(done: int, of: int) -> None:
        steps.append((done, of))

    with pytest.raises(PowerCutError):
        train(data, cut, recipe, on_epoch=cut_after(last), on_step=on_step)
    with pytest.raises(TrainingError, match=r"unfinished run.*--resume"):
        epochs_of(data, cut, recipe)
    train(data, cut, recipe, resume=True, on_step=on_step)

    assert steps == [(done, 3 * recipe.epochs) for done in range(1, 3 * recipe.epochs + 1)]  # batches of 32 of 96
    name = f"epoch-{recipe.epochs:03d}.keras"
    one, two = (keras.saving.load_model(folder / name, compile=False) for folder in (whole, cut))
    for a, b in zip(one.get_weights(), two.get_weights(), strict=True):
        assert a == pytest.approx(b, abs=1e-4)
    assert [row["epoch"] for row in log_of(cut)] == [str(epoch) for epoch in range(1, recipe.epochs + 1)]
    assert [file.name for file in cut.glob("*.keras")] == [name]


@pytest.mark.parametrize("ema_decay", [0.0, 0.9])
def test_the_network_that_is_kept_is_the_one_that_was_tested(
    tmp_path: Path, data: TrainingData, ema_decay: float
) -> None:
    recipe = dataclasses.replace(SHORT, ema_decay=ema_decay, learning_rate=0.05)
    kept = keras.saving.load_model(train(data, tmp_path, recipe), compile=False)
    logits = kept.predict(data.public_test.images[..., None], verbose=0)["fer2013"]
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.label_smoothing)
    measured = float(loss(np.eye(7)[data.public_test.labels], logits))
    assert measured == pytest.approx(float(log_of(tmp_path)[-1]["val_fer2013_loss"]), abs=2e-5)


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
    with pytest.raises(TrainingError, match=r"started with epochs 2, not 9; learning_rate 0\.002, not 0\.5: .*--out"):
        epochs_of(data, run, other, resume=True)
    with pytest.raises(TrainingError, match="started with other --data"):
        epochs_of(unvoted, run, SHORT, resume=True)


def test_a_run_whose_recipe_lacks_a_newer_field_goes_on(tmp_path: Path, half_done: Path) -> None:
    run = RunFolder(shutil.copytree(half_done, tmp_path / "run"))
    recipe = json.loads((run.path / "recipe.json").read_text())
    assert recipe == json.loads(json.dumps(dataclasses.asdict(SHORT)))
    del recipe["class_weight_power"]
    (run.path / "recipe.json").write_text(json.dumps(recipe))
    run.check(SHORT, resume=True)
    (run.path / "recipe.json").unlink()
    run.check(SHORT, resume=True)


def test_a_run_whose_recipe_has_former_names_goes_on(tmp_path: Path, half_done: Path) -> None:
    run = RunFolder(shutil.copytree(half_done, tmp_path / "run"))
    text = (run.path / "recipe.json").read_text()
    for former, current in (("rarity", "class_weight_power"), ("kept", "weight_interpolation"), ("rows", "subset")):
        assert f'"{current}"' in text
        text = text.replace(f'"{current}"', f'"{former}"')
    (run.path / "recipe.json").write_text(text)
    run.check(SHORT, resume=True)
    with pytest.raises(TrainingError, match=r"started with class_weight_power 0\.0, not 0\.5"):
        run.check(dataclasses.replace(SHORT, class_weight_power=0.5), resume=True)


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


def test_the_interpolation_of_weights_may_be_changed_when_a_run_is_resumed(half_done: Path) -> None:
    RunFolder(half_done).check(dataclasses.replace(SHORT, weight_interpolation=0.3), resume=True)
    with pytest.raises(TrainingError, match="vote_label_mix"):
        RunFolder(half_done).check(
            dataclasses.replace(SHORT, weight_interpolation=0.3, vote_label_mix=0.3), resume=True
        )
