"""Sheets of a few made-up faces, and what tiny runs on them left; tests only read these, or work on a copy."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.inputs.small_data import small_csv, small_data
from support.inputs.tiny_runs import SHORT, PowerCutError, cut_after, epochs_of, tiny, wide

from fer_desktop.datasets.fer2013 import TrainingData, load_training_data
from fer_desktop.training.networks import NETWORKS
from fer_desktop.training.recipes import Recipe
from fer_desktop.training.train import train


@pytest.fixture(scope="session", autouse=True)
def _tiny_networks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(NETWORKS, "tiny", tiny)
        patch.setitem(NETWORKS, "wide", wide)
        yield


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("sheets"))


@pytest.fixture(scope="session")
def data(sheets: Path) -> TrainingData:
    return load_training_data(sheets)


@pytest.fixture(scope="session")
def unvoted(sheets: Path, tmp_path_factory: pytest.TempPathFactory) -> TrainingData:
    """The same faces without FER+'s votes."""
    return load_training_data(small_csv(sheets, tmp_path_factory.mktemp("kaggle") / "fer2013.csv"))


@pytest.fixture(scope="session")
def finished(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of a finished run, for tests that only read it."""
    return train(data, tmp_path_factory.mktemp("finished"), SHORT)


@pytest.fixture(scope="session")
def unbroken(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Recipe], Path]:
    """The folder of a run of that recipe from its start to its end, trained when it is first asked for."""
    folders: dict[Recipe, Path] = {}

    def folder_of(recipe: Recipe) -> Path:
        if recipe not in folders:
            folders[recipe] = tmp_path_factory.mktemp("unbroken")
            assert epochs_of(data, folders[recipe], recipe) == list(range(1, recipe.epochs + 1))
        return folders[recipe]

    return folder_of


@pytest.fixture(scope="session")
def half_done(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was cut after the first of two epochs; tests go on in a copy."""
    folder = tmp_path_factory.mktemp("half-done")
    with pytest.raises(PowerCutError):
        train(data, folder, SHORT, on_epoch=cut_after(1))
    return folder
