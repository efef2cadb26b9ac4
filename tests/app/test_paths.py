import sys
from pathlib import Path

import pytest
from support.places import ROOT

from fer_desktop.app import paths
from fer_desktop.core.errors import SettingsError, StoreError
from fer_desktop.core.settings import Settings


def test_a_checkout_has_its_folders_on_top() -> None:
    assert paths.resources() == ROOT / "resources"
    assert paths.models() == ROOT / "models"


def test_a_bundle_has_them_where_it_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
    with pytest.raises(StoreError, match="install it again"):
        paths.models()


def test_an_installed_package_carries_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fer_desktop" / "models").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "fer_desktop" / "app" / "paths.py"))
    assert paths.models() == tmp_path / "fer_desktop" / "models"


def test_sessions_go_to_the_documents_unless_the_settings_say_otherwise(tmp_path: Path) -> None:
    assert paths.sessions_folder(Settings()).parts[-2:] == ("Documents", "FER Desktop")
    assert paths.sessions_folder(Settings(sessions_folder=str(tmp_path))) == tmp_path
    assert paths.sessions_folder(Settings(sessions_folder="~/calls")) == Path.home() / "calls"


def test_the_home_of_a_user_who_is_not_there_is_told() -> None:
    with pytest.raises(SettingsError, match="choose another sessions folder"):
        paths.sessions_folder(Settings(sessions_folder="~nobody-of-that-name/calls"))


def test_settings_and_log_are_the_users_own() -> None:
    assert paths.settings_file().is_relative_to(Path.home())
    assert paths.log_file().is_relative_to(Path.home())
    assert paths.settings_file().parent != paths.log_file().parent
