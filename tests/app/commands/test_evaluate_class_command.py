import json
from pathlib import Path

import pytest
from support.command_line import run
from support.inputs.small_data import small_csv, small_data

from fer_desktop.app import paths
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.model_card import Sidecar
from fer_desktop.vision.model_files import read_sidecar


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "fer2013"
    folder.mkdir()
    return small_data(folder, faces=28)


def test_the_figures_of_few_classes_are_told_as_json(tmp_path: Path, data: Path) -> None:
    done = run(tmp_path, "evaluate-class", "--data", data, "--classes", "3", "--json")
    assert done.code == 0
    told = json.loads(done.out)
    assert {"share_error", "change_error", "interval_coverage"} < set(told)
    for figure in ("share_error", "change_error", "interval_coverage"):
        assert list(told[figure]) == ["10", "25", "49"]
        assert all(0 <= value <= 1 for row in told[figure].values() for value in row.values())
    assert told["plan"]["faces"]["home"] == 14  # every other one
    assert {"home", "24 px", "generated"} <= set(told["share_error"]["25"])


def test_a_table_says_the_same_in_points(tmp_path: Path, data: Path) -> None:
    done = run(tmp_path, "evaluate-class", "--data", data, "--classes", "3", "--split", "private_test")
    assert done.code == 0
    assert "intervals that hold the truth" in done.out
    assert "49" in done.out


def test_what_is_chosen_fits_into_a_sidecar(tmp_path: Path, data: Path) -> None:
    done = run(tmp_path, "evaluate-class", "--data", data, "--classes", "3", "--choose")
    assert done.code == 0
    content = read_sidecar(paths.models() / "expression.tflite").model_dump()
    chosen = Sidecar.model_validate(content | {"class_shares": json.loads(done.out)})
    rule = chosen.shares_rule("crowd")
    assert rule.usual is not None
    assert rule.usual.sum() == pytest.approx(1.0)


def test_the_shipped_network_has_a_rule_for_each_of_its_outputs() -> None:
    sidecar = read_sidecar(paths.models() / "expression.tflite")
    assert set(sidecar.class_shares) == set(sidecar.outputs)
    assert sidecar.shares_rule().usual is not None
    assert sidecar.shares_rule("fer2013").weight != sidecar.shares_rule("crowd").weight


def test_a_rule_without_an_expression_is_no_rule() -> None:
    content = read_sidecar(paths.models() / "expression.tflite").model_dump()
    content["class_shares"]["crowd"]["usual"].pop(EXPRESSIONS[0])
    with pytest.raises(ValueError, match="usual share"):
        Sidecar.model_validate(content)


def test_without_votes_one_sentence_says_which_output_can_be_measured(tmp_path: Path, data: Path) -> None:
    file = small_csv(data, tmp_path / "fer2013.csv")
    done = run(tmp_path, "evaluate-class", "--data", file, "--classes", "3")
    assert done.code == 1
    assert "use --output fer2013" in done.sentence
