import json
from pathlib import Path

import pytest

from fer_desktop.core.errors import SettingsError, StoreError
from fer_desktop.core.settings import Settings, load_settings, save_settings


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    chosen = Settings(detector="yunet", yunet_file="y.onnx", smoothing_s=2.5, accepted_use=True, region="other")
    save_settings(chosen, file)
    assert load_settings(file) == chosen
    assert [found.name for found in file.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()


def test_names_of_a_later_version_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"schema": 1, "min_score": 0.5, "glow": True}))
    assert load_settings(file) == Settings(min_score=0.5)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"schema": 99}',
        '{"schema": 1, "min_score": 7}',
        '{"schema": 1, "min_score": true}',
        '{"schema": 1, "threads": 1.5}',
        '{"schema": 1, "detector": "haar"}',
        '{"schema": 1, "yunet_file": 3}',
        "\x00\x01",
    ],
)
def test_a_bad_file_is_one_sentence_that_names_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"settings\.json") as caught:
        load_settings(file)
    assert "\n" not in str(caught.value)
    assert file.read_text() == text


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can be written"):
        save_settings(Settings(), tmp_path / "file" / "settings.json")


def test_a_live_class_in_education_in_the_eu_stays_off() -> None:
    assert not Settings(accepted_use=True, region="eu", setting="education").live_class_allowed
    assert Settings(accepted_use=True, region="other", setting="education").live_class_allowed
    assert Settings(accepted_use=True, region="eu", setting="other").live_class_allowed
    assert not Settings(region="other", setting="other").live_class_allowed


@pytest.mark.parametrize(("region", "setting"), [("", ""), ("other", ""), ("", "other")])
def test_a_live_class_waits_until_both_questions_are_answered(region: str, setting: str) -> None:
    assert not Settings(accepted_use=True, region=region, setting=setting).live_class_allowed
