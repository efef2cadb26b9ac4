import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fer_desktop.app import paths
from fer_desktop.app.commands.measure import evaluate_gallery
from fer_desktop.app.compose import LoadedModels, load_models
from fer_desktop.app.main import app
from fer_desktop.core.errors import SourceError
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import PeopleSplit
from fer_desktop.evaluation import cases as case_evaluation
from fer_desktop.evaluation import gallery as gallery_evaluation
from fer_desktop.evaluation.cases import Amount
from fer_desktop.evaluation.gallery import CALLS, Call, evaluate_calls
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.simulation import recording
from fer_desktop.simulation.hard_cases import catalogue
from fer_desktop.simulation.layout import Style
from fer_desktop.vision.crop import cut_crops

SHORT = Call("cameras", Style.ZOOM_DARK, 9, (1280, 720), 2.0)


@pytest.fixture(scope="module")
def models() -> LoadedModels:
    return load_models(Settings(threads=1))


def test_a_call_that_is_read_right_has_full_marks(models: LoadedModels) -> None:
    figures = evaluate_calls([SHORT], paths.resources(), models.analyzer, seed=5).figures()
    assert figures["frames"] == 4
    assert (figures["tile_recall"], figures["tile_false"]) == (1.0, 0.0)
    assert (figures["face_recall_45"], figures["false_faces_per_frame"]) == (1.0, 0.0)
    assert (figures["identity_kept"], figures["unnoticed_swaps"]) == (1.0, 0.0)


def test_what_is_not_read_shows_in_the_figures(models: LoadedModels) -> None:
    class Blind:
        def detect(self, _image: object) -> list[object]:
            return []

    def analyzer() -> FrameAnalyzer:
        return FrameAnalyzer(Blind(), cut_crops, models.classifier)  # type: ignore[arg-type]  # finds nothing at all

    figures = evaluate_calls([SHORT], paths.resources(), analyzer, seed=5).figures()
    assert (figures["tile_recall"], figures["face_recall_45"], figures["coverage_error"]) == (0.0, 0.0, 1.0)


def test_the_hardest_call_counts_once_more_alone(models: LoadedModels) -> None:
    hardest = Call("hardest", Style.ZOOM_DARK, 9, (1280, 720), 1.0)
    one_by_one = evaluate_calls([SHORT], paths.resources(), models.analyzer, seed=5)
    both = evaluate_calls([SHORT, hardest], paths.resources(), models.analyzer, seed=5)
    assert (one_by_one.hardest, both.hardest) == (0, both.sightings - one_by_one.sightings)
    assert both.hardest > 0
    assert both.figures()["identity_kept_hardest"] == both.hardest_kept / both.hardest == 1.0


def test_a_seat_that_is_another_participants_for_longer_is_a_swap() -> None:
    seats = gallery_evaluation._Seats()
    seats.update(0.0, [(1, 10), (2, 20)])
    for at_s in (1.0, 3.0, 5.0):
        seats.update(at_s, [(1, 20), (2, 10)])
    assert (seats.kept, seats.sightings, seats.swaps) == (2, 8, 0)
    seats.update(6.5, [(1, 20), (2, 10)])
    assert seats.swaps == 2
    seats.update(7.0, [(1, 10), (2, 20)])
    seats.update(20.0, [(1, 10), (3, 30)])
    assert seats.swaps == 2


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """One short call, two cases, and five frames of each."""
    monkeypatch.setattr(gallery_evaluation, "CALLS", (SHORT,))
    monkeypatch.setattr(catalogue, "CASES", {name: catalogue.CASES[name] for name in ("gap_3", "spreadsheet")})
    for amount in ("FULL", "QUICK"):
        monkeypatch.setattr(case_evaluation, amount, Amount(1, 5))


@pytest.mark.usefixtures("small")
def test_the_command_prints_what_was_measured() -> None:
    ended = CliRunner().invoke(app, ["evaluate-gallery", "--json", "--seed", "5"])
    assert ended.exit_code == 0, ended.output
    figures = json.loads(ended.stdout)
    assert figures["tile_recall"] == 1.0
    assert {"tile_false", "face_recall_45", "face_recall_24", "identity_kept", "unnoticed_swaps"} <= figures.keys()
    assert list(figures)[list(figures).index("identity_kept") + 1] == "identity_kept_hardest"
    assert list(figures["by_case"]) == ["gap_3", "spreadsheet"]
    found = figures["by_case"]["gap_3"]
    assert {
        "participants",
        "once",
        "none_counted",
        "faces_found",
        "faces_read",
        "false_faces",
        "frames",
    } <= found.keys()
    assert (found["frames"], found["settling"]["frames"]) == (1, 4)
    assert found["participants"] >= 9
    assert figures["by_case"]["spreadsheet"]["participants"] == 0
    words = CliRunner().invoke(app, ["evaluate-gallery", "--seed", "5", "--quick"]).stdout
    assert "tiles found" in words
    assert "the same in the hardest call" in words
    assert "frames                                             4" in words
    assert [line.split()[0] for line in words.splitlines()[-4:]] == ["case", "gap_3", "spreadsheet", "all"]


@pytest.mark.usefixtures("small")
def test_chosen_cases_are_measured_alone_and_drawn(tmp_path: Path) -> None:
    folder = tmp_path / "seen"
    ended = CliRunner().invoke(app, ["evaluate-gallery", "--json", "--cases", "gaps", "--overlays", str(folder)])
    assert ended.exit_code == 0, ended.output
    assert list(json.loads(ended.stdout)) == ["by_case"]
    assert list(json.loads(ended.stdout)["by_case"]) == ["gap_3"]
    assert [file.name for file in folder.iterdir()] == ["gap_3.png"]


def test_the_people_to_choose_from_are_those_of_the_simulation() -> None:
    assert [each.value for each in evaluate_gallery.People] == [each.value for each in PeopleSplit]


def test_a_case_that_there_is_not_is_named_with_those_that_there_are() -> None:
    ended = CliRunner().invoke(app, ["evaluate-gallery", "--cases", "gap_3,gap_33"])
    assert ended.exit_code == 2
    assert "gap_33" in ended.output
    assert "gap_2" in ended.output


@pytest.fixture
def no_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (recording, case_evaluation):
        monkeypatch.setattr(module, "has_encoders", lambda: False)


@pytest.mark.usefixtures("no_encoders")
def test_without_encoders_a_case_that_needs_them_says_how_to_get_them() -> None:
    ended = CliRunner().invoke(app, ["evaluate-gallery", "--quick", "--cases", "h264_18"])
    assert isinstance(ended.exception, SourceError)
    assert str(ended.exception).endswith("run `make setup EXTRAS=dev`, or `pip install av`.")


@pytest.mark.usefixtures("no_encoders")
def test_without_encoders_the_other_cases_are_measured_and_the_lack_is_told() -> None:
    ended = CliRunner().invoke(app, ["evaluate-gallery", "--quick", "--json", "--cases", "h264_18,document"])
    assert "these cases are left out: h264_18." in ended.stderr
    assert list(json.loads(ended.stdout)["by_case"]) == ["document"]


def test_the_calls_of_the_evaluation_hold_every_style_and_small_faces() -> None:
    assert {call.style for call in CALLS} == set(Style)
    assert max(call.tiles for call in CALLS) == 49
