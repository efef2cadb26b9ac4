import json
import os
import sys
from enum import Enum
from pathlib import Path

import pytest

from fer_desktop.core.errors import SettingsError, StoreError
from fer_desktop.core.settings import Context, Jurisdiction, Settings, Theme, load_settings, save_settings
from fer_desktop.core.settings.catalogue import all_settings
from fer_desktop.core.settings.description import Choice
from fer_desktop.core.settings.migrations import SCHEMA_VERSION

# As version 0.1 of the program wrote it.
OF_VERSION_1 = """{
  "schema": 1,
  "detector": "yunet",
  "yunet_file": "/home/anna/face_detection_yunet.onnx",
  "model_file": "/home/anna/mine.tflite",
  "head": "fer2013",
  "min_score": 0.4,
  "min_height_px": 24.0,
  "smoothing_s": 2.5,
  "baseline": true,
  "max_updates_hz": 7.5,
  "cpu_share": 0.25,
  "threads": 3,
  "sessions_folder": "/home/anna/calls",
  "seat_view": true,
  "theme": "dark",
  "accepted_use": true,
  "region": "eu",
  "setting": "education"
}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    chosen = Settings(
        detector_file="y.onnx", smoothing_s=2.5, accepted_use=True, jurisdiction=Jurisdiction.OTHER, theme=Theme.DARK
    )
    save_settings(chosen, file)
    assert load_settings(file) == chosen
    assert hash(load_settings(file)) == hash(chosen)
    assert [found.name for found in file.parent.iterdir()] == ["settings.json"]
    assert json.loads(file.read_text())["schema"] == SCHEMA_VERSION


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()


def test_names_of_a_later_version_are_left_out(file: Path) -> None:
    file.write_text(json.dumps({"schema": SCHEMA_VERSION, "min_score": 0.6, "glow": True}))
    assert load_settings(file) == Settings(min_score=0.6)


def test_a_file_of_version_1_keeps_its_values_under_todays_names(file: Path) -> None:
    file.write_text(OF_VERSION_1)
    loaded = load_settings(file)
    assert loaded == Settings(
        detector_file="/home/anna/face_detection_yunet.onnx",
        model_file="/home/anna/mine.tflite",
        output="fer2013",
        min_score=0.5,  # 0.4 was the default, and nobody's choice
        min_height_px=24.0,
        smoothing_s=2.5,
        baseline=True,
        max_updates_hz=7.5,
        cpu_share=0.25,
        threads=3,
        sessions_folder="/home/anna/calls",
        seat_view=True,
        theme=Theme.DARK,
        accepted_use=False,  # what is accepted says more now
        jurisdiction=Jurisdiction.EU,
        context=Context.EDUCATION,
    )
    save_settings(loaded, file)
    assert load_settings(file) == loaded


def test_a_file_of_version_1_keeps_a_score_that_was_chosen(file: Path) -> None:
    file.write_text('{"schema": 1, "min_score": 0.45}')
    assert load_settings(file).min_score == 0.45


def test_a_yunet_file_that_version_1_did_not_use_is_not_used_now(file: Path) -> None:
    file.write_text('{"schema": 1, "detector": "centerface", "yunet_file": "old.onnx"}')
    assert load_settings(file) == Settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "cannot be read"),
        ("\x00\x01", "cannot be read"),
        ("[" * 200_000, "cannot be read"),
        ("[]", "not this program's"),
        ("{}", "not this program's"),
        ('{"schema": 0}', "not this program's"),
        ('{"schema": true}', "not this program's"),
        ('{"schema": 99}', "newer version"),
        (
            '{"schema": 1, "min_score": 7}',
            '"Sure of a face from" (min_score) is 7: it must be a number from 0.2 to 0.95.',
        ),
        ('{"schema": 2, "min_score": true}', "(min_score) is true: it must be a number from 0.2 to 0.95."),
        ('{"schema": 2, "min_score": NaN}', "(min_score) is NaN: it must be a number from 0.2 to 0.95."),
        ('{"schema": 2, "min_height_px": 9}', "(min_height_px) is 9: it must be a number from 10 to 200 px."),
        ('{"schema": 2, "threads": 1.5}', "(threads) is 1.5: it must be a whole number from 1 to 16."),
        ('{"schema": 2, "baseline": 1}', "(baseline) is 1: it can be true or false."),
        ('{"schema": 2, "theme": "pink"}', '(theme) is "pink": it can be system, light or dark.'),
        ('{"schema": 1, "setting": "moon"}', '(context) is "moon": it can be empty, education, work or other.'),
        ('{"schema": 2, "detector_file": 3}', "(detector_file) is 3: it must be text."),
        ('{"schema": 2, "output": "a\\nb", "model_file": ["a\\nb"]}', "(model_file)"),
    ],
)
def test_a_bad_file_is_one_sentence_that_names_it(file: Path, text: str, says: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"settings\.json") as caught:
        load_settings(file)
    assert says in str(caught.value)
    assert not any(word in str(caught.value) for word in ("\n", "pydantic", "Input should"))
    assert file.read_text() == text


NESTED = "[" * 900 + "]" * 900


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"schema": 2, "theme": "' + "pink" * 100_000 + '"}', "(theme) is"),
        ('{"schema": 2, "theme": "' + "pink" * 500_000 + '"}', "cannot be read"),
        ('{"schema": 2, "model_file": {"' + "a" * 100_000 + '": 1}}', "(model_file) is"),
        (f'{{"schema": 2, "output": {NESTED}}}', "(output) is"),
        (f'{{"schema": 1, "head": {NESTED}}}', "(output) is"),
        ('{"schema": 2, "threads": ' + "9" * 4000 + "}", "(threads) is 99"),
        ('{"schema": 2, "threads": ' + "9" * 100_000 + "}", "cannot be read"),
        ('{"schema": ' + "9" * 4000 + "}", "newer version"),
        ('{"schema": 2, "sessions_folder": "a\\u0000b"}', '(sessions_folder) is "a\\u0000b": it must be text'),
        ('{"schema": 2, "model_file": "\\ud800"}', "(model_file) is"),
        ('{"schema": 2, "detector_file": null}', "(detector_file) is null"),
    ],
    ids=["long", "longest", "name", "nested", "nested of 1", "number", "digits", "schema", "zero", "half", "null"],
)
def test_whatever_stands_in_a_file_the_sentence_on_it_is_short(file: Path, text: str, says: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"settings\.json") as caught:
        load_settings(file)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 300 + len(str(file))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_settings_that_are_a_pipe_are_refused_at_once(file: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(file)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(file)


def test_settings_that_are_a_folder_or_have_no_possible_name_are_refused(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "a\0b", tmp_path / ("long" * 100)):
        with pytest.raises(SettingsError, match="cannot be read"):
            load_settings(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_folder_whose_name_is_no_text_is_kept(file: Path) -> None:
    chosen = Settings(sessions_folder=os.fsdecode(b"/home/anna/\xdcbung"))
    save_settings(chosen, file)
    assert load_settings(file) == chosen


def test_a_change_is_checked_as_new_settings_are() -> None:
    assert Settings().changed(threads=4, theme="dark") == Settings(threads=4, theme=Theme.DARK)
    with pytest.raises(SettingsError, match="from 1 to 16"):
        Settings().changed(threads=17)
    with pytest.raises(TypeError, match="glow"):
        Settings().changed(glow=True)


def test_every_setting_is_described_in_words_of_its_own() -> None:
    settings = all_settings()
    assert [setting.name for setting in settings] == list(Settings.model_fields)
    assert len({setting.info.label for setting in settings}) == len(settings)
    for setting in settings:
        assert setting.info.label
        assert setting.info.sentence
        if isinstance(setting.info.widget, Choice):
            words = setting.info.widget.words
            members: type[Enum] = type(setting.default)
            assert list(words) == list(members)
            assert not set(words.values()) & {str(value) for value in words}


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can be written"):
        save_settings(Settings(), tmp_path / "file" / "settings.json")


def test_answers_of_version_2_are_to_be_accepted_again_and_those_that_may_mean_work_given_again(file: Path) -> None:
    accepted = {"schema": 2, "accepted_use": True, "jurisdiction": "eu"}
    for context, kept in (("education", Context.EDUCATION), ("other", Context.UNANSWERED)):
        file.write_text(json.dumps({**accepted, "context": context}))
        loaded = load_settings(file)
        assert (loaded.accepted_use, loaded.jurisdiction, loaded.context) == (False, Jurisdiction.EU, kept)


@pytest.mark.parametrize(("jurisdiction", "context"), [("", ""), ("other", ""), ("", "other")])
def test_nothing_is_settled_until_both_questions_are_answered(jurisdiction: str, context: str) -> None:
    answers = Settings().changed(accepted_use=True, jurisdiction=jurisdiction, context=context)
    assert not answers.use_is_settled
