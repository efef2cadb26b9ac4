"""The self-test finds what is wrong with an installation, and says so in one sentence."""

import json
import shutil
from pathlib import Path

import pytest

from fer_desktop.app import paths
from fer_desktop.app.commands import self_test
from fer_desktop.core.errors import ModelError
from fer_desktop.core.settings import Settings, save_settings
from fer_desktop.vision.detectors import SHIPPED


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what is shipped, in its place."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("expression.tflite", "expression.json", SHIPPED):
        shutil.copy(paths.models() / name, folder)
    monkeypatch.setattr(paths, "models", lambda: folder)
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "settings.json")
    return folder


def change(sidecar: Path, **values: object) -> None:
    sidecar.write_text(json.dumps({**json.loads(sidecar.read_text(encoding="utf-8")), **values}), encoding="utf-8")


@pytest.mark.usefixtures("models")
def test_what_ships_reads_the_demo_class_as_it_is() -> None:
    result = self_test.check()
    assert result.as_scripted >= 0.8 * result.faces


def test_another_network_in_the_shipped_ones_place_is_found(models: Path) -> None:
    change(models / "expression.json", sha256="0" * 64)
    with pytest.raises(ModelError, match="not the one that was shipped"):
        self_test.check()


def test_a_sidecar_without_a_hash_is_found(models: Path) -> None:
    change(models / "expression.json", sha256=None)
    with pytest.raises(ModelError, match="not the one that was shipped"):
        self_test.check()


def test_another_detector_in_the_shipped_ones_place_is_found(models: Path) -> None:
    with (models / SHIPPED).open("ab") as file:
        file.write(b"changed")
    with pytest.raises(ModelError, match="not the one that was shipped"):
        self_test.check()


def test_a_network_that_reads_nonsense_is_found(models: Path, tmp_path: Path) -> None:
    classes = json.loads((models / "expression.json").read_text(encoding="utf-8"))["classes"]
    change(models / "expression.json", classes=[*classes[1:], classes[0]])
    save_settings(Settings(model_file=str(models / "expression.tflite")), tmp_path / "settings.json")
    with pytest.raises(ModelError, match="faces were read as what they show"):
        self_test.check()
