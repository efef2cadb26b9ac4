from pathlib import Path

import pytest
from typer.testing import CliRunner

from fer_desktop.app.main import app
from fer_desktop.app.terminal.data_folder import PLACES, default_data
from fer_desktop.core.errors import TrainingError


@pytest.mark.parametrize("place", PLACES)
def test_fer_2013_is_found_where_it_usually_is(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = tmp_path / "checkout"
    (checkout / place).mkdir(parents=True)
    monkeypatch.chdir(checkout)
    assert default_data() == place


def test_without_data_the_first_place_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(app, ["evaluate", "--json"])
    assert isinstance(ended.exception, TrainingError)
    assert str(ended.exception) == "fer2013 was not found: choose the folder of FER-2013 with --data."
