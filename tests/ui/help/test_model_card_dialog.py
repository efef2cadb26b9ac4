"""Help → About the model: what it says of a network, and what it says where little is known."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.pictures import Snapshot
from support.places import ROOT

from fer_desktop.core.errors import ModelError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.services import ModelCard
from fer_desktop.ui.help.model_card_details import details
from fer_desktop.ui.help.model_card_dialog import ModelCardDialog
from fer_desktop.ui.help.model_card_text import card_text

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

JARGON = ("ECE", "F1", "accuracy", "tflite", "private_test", "SHA", "calibrat", "softmax", "logit")
SHARES = (0.55, 0.71, 0.79, 0.83)
Show = Callable[[ModelCard], ModelCardDialog]


def confusion(right: int, faces: int) -> list[list[int]]:
    """As many of each expression are right; what is not is taken for neutral, and neutral for sad."""
    rows = [[0] * 7 for _ in EXPRESSIONS]
    for index, row in enumerate(rows):
        row[index] = right + index
        row[4 if index == 6 else 6] += faces - right - index
    return rows


def figures() -> dict[str, Any]:
    return {
        "n": 3589,
        "accuracy": 0.674,
        "ece": 0.02,
        "command": "python main.py evaluate --split private_test --data DIR",
        "confusion": confusion(60, 100),
        "ferplus_n": 3350,
        "ferplus_agreement": 0.826,
        "ferplus_ece": 0.022,
        "ferplus_confusion": confusion(80, 100),
        "by_height": {
            height: {"n": 3589, "fer2013": share - 0.1, "crowd": share}
            for height, share in zip(("16", "24", "32", "48"), SHARES, strict=True)
        },
        "by_condition": {"dim_30": {"words": "30 % of the light", "n": 3589, "fer2013": 0.6, "crowd": 0.78}},
        "by_class": {"crowd": {"sad": {"n": 424, "precision": 0.7, "recall": None, "f1": 0.6}}},
        "by_confidence": [{"from": 0.4, "to": 0.5, "n": 12, "said": 0.45, "right": 0.41}],
    }


def content(**changes: Any) -> dict[str, Any]:
    whole = {
        "classes": list(EXPRESSIONS),
        "input": {"side_px": 48, "channels": 1, "value_range": [0, 255]},
        "outputs": ["crowd", "fer2013"],
        "temperature": {"crowd": 0.63},
        "chance_taken_off": {"crowd": 0.02},
        "recipe": {"network": "compact", "epochs": 26, "taught_by": ["2a" * 32, "65" * 32]},
        "parameters": 664166,
        "bytes": 2656792,
        "sha256": "5c" * 32,
        "data": ["FER-2013 (ICML 2013 challenge): found on the web by search words."],
        "licence": ["The pictures carry no licence text."],
        "known_biases": ["The classes are uneven."],
        "not_for": ["Marking, ranking or watching single persons."],
        "figures": {"private_test": figures(), "public_test": {"n": 3589, "ferplus_n": 9, "ferplus_agreement": 0.99}},
    }
    return whole | changes


def shipped(**changes: Any) -> ModelCard:
    return ModelCard(Path("models") / "expression.tflite", True, "crowd", content(**changes), "5c" * 32)


def own(**known: Any) -> ModelCard:
    described = {"classes": list(EXPRESSIONS), "input": {"channels": 1, "value_range": [0.0, 1.0]}}
    return ModelCard(Path("networks") / "own.tflite", False, "", described | known, "0f" * 32)


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Show]:
    def shown(card: ModelCard) -> ModelCardDialog:
        services = FakeServices(tmp_path)
        services.card = card
        services.put(min_height_px=24.0)
        dialog = ModelCardDialog(services)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.resize(680, 704)
        qtbot.waitUntil(dialog.unfold.isVisible)
        QApplication.processEvents()  # the page is laid out
        return dialog

    yield shown
    assert wait_for_jobs(5000)


def test_the_details_say_how_the_answers_were_calibrated() -> None:
    line = "Calibrated  temperature crowd 0.63; share of chance taken off crowd 0.02"
    assert line in details(shipped()).splitlines()
    assert "Calibrated  temperature crowd 0.63" in details(shipped(chance_taken_off=None)).splitlines()
    assert "Calibrated" not in details(shipped(chance_taken_off=None, temperature=[]))


def test_a_teacher_reads_first_how_often_people_agree_and_on_how_many_faces(show: Show) -> None:
    lines = show(shipped()).words.splitlines()
    assert lines[0] == "Of 100 faces, people agree with it on 83"
    assert lines[1].startswith("Measured on 3,350 faces")
    assert "off by 2." in lines[1]


def test_each_expression_has_its_figure_its_basis_and_what_it_is_taken_for() -> None:
    rows = {row.name: row for row in card_text(shipped(), 24).by_expression}
    assert sorted(rows) == sorted(EXPRESSIONS)
    assert rows["happy"].share == pytest.approx(0.83)
    assert rows["happy"].remark == "100 faces, else mostly neutral"
    assert rows["neutral"].remark == "100 faces, else mostly sad"
    assert rows["happy"].expression == EXPRESSIONS.index("happy")


def test_small_faces_and_those_that_are_not_read_are_told() -> None:
    rows = card_text(shipped(), min_height_px=24).by_height
    assert [row.name for row in rows] == ["48 px tall", "32 px tall", "24 px tall", "16 px tall"]
    assert [row.share for row in rows] == list(reversed(SHARES))
    assert [bool(row.remark) for row in rows] == [False, False, False, True]


def test_small_faces_that_were_measured_on_other_faces_are_told_all_the_same() -> None:
    public = {"ferplus_agreement": 0.9, "by_height": {"24": {"n": 9, "crowd": 0.77, "fer2013": 0.6}}}
    text = card_text(shipped(figures={"public_test": public, "private_test": {"ferplus_agreement": 0.826}}), 24)
    assert text.headline.endswith("on 83")
    assert [row.share for row in text.by_height] == [0.77]


def test_the_page_holds_limits_and_origin_and_no_jargon_above_the_technical_part(show: Show) -> None:
    words = show(shipped()).words
    for told in ("ranking", "EU", "few have dark skins", "in dim light", "turned away", "feels"):
        assert told in words
    assert [term for term in JARGON if term in words] == []


def test_the_output_that_speaks_is_the_one_that_is_spoken_of() -> None:
    text = card_text(dataclasses.replace(shipped(), head="fer2013"), 24)
    assert text.headline == "Of 100 faces, it agrees with the picture's label on 67"
    assert text.by_expression[1].share == pytest.approx(0.63)
    assert text.by_height[0].share == pytest.approx(SHARES[-1] - 0.1)


def test_faces_without_votes_have_their_labels_to_speak_for_the_crowds_output() -> None:
    on_labels = {"accuracy": 0.5, "ece": 0.2, "confusion": confusion(50, 100)}
    plain = {"n": 70, "accuracy": 0.9, "ferplus_agreement": None, "ferplus_n": 0, "crowd_on_labels": on_labels}
    text = card_text(shipped(figures={"mine": plain}), 24)
    assert text.headline == "Of 100 faces, it agrees with the picture's label on 50"
    assert "are rough" in text.basis
    assert text.by_expression[0].share == pytest.approx(0.56)


def test_a_figure_of_the_faces_that_chose_the_network_says_so() -> None:
    text = card_text(shipped(figures={"public_test": figures()}), 24)
    assert "helped to choose the network" in text.basis
    assert "helped to choose" not in card_text(shipped(), 24).basis


def test_a_file_that_is_not_the_measured_one_is_told_so_above_all_else(show: Show) -> None:
    other = dataclasses.replace(shipped(), sha256="ab" * 32)
    words = show(other).words
    assert words.startswith("This file is not the one that was measured.")
    assert "ab" * 32 in details(other)
    assert "5c" * 32 in details(other)
    assert "NOT the file" in details(other)
    assert card_text(shipped(), 24).warning == ""


def test_figures_without_a_hash_are_doubted() -> None:
    card = shipped()
    loose = dataclasses.replace(card, content={name: part for name, part in card.content.items() if name != "sha256"})
    assert "not known which file" in card_text(loose, 24).warning


def test_of_a_network_of_ones_own_nothing_is_known_and_the_page_says_how_to_measure_it(show: Show) -> None:
    card = own()
    words = show(card).words
    assert words.startswith("How often this network is right is not known")
    assert f'fer-desktop evaluate --model "{card.file}" --data DIR --card' in words
    assert "Ask whoever made it" in words
    assert "FER-2013:" not in words
    assert "of 100" not in words


def test_a_network_of_ones_own_that_was_measured_has_its_figures_and_says_itself_where_it_comes_from() -> None:
    measured = {"measured": {"file": "own.tflite", "sha256": "0f" * 32}}
    told = {"data": ["Photos of our school."], "known_biases": ["Children alone."]}
    text = card_text(own(figures={"private_test": figures() | measured}, sha256="aa" * 32, **told), 24)
    assert text.headline.endswith("on 83")
    assert text.warning == ""
    assert text.origin == ("Photos of our school.", "Children alone.")


def test_a_network_that_was_trained_with_this_program_has_our_origin() -> None:
    assert "FER-2013" in card_text(own(recipe={"network": "compact"}), 24).origin[0]
    other = own(recipe={"network": "compact"}, trained_on="other pictures")
    assert "FER-2013" not in " ".join(card_text(other, 24).origin)


@pytest.mark.parametrize(
    "broken",
    [
        {"figures": "none"},
        {"figures": {"private_test": [1]}},
        {"figures": {"private_test": {"ferplus_agreement": "good", "by_height": [], "by_condition": {"x": 3}}}},
        {"figures": {"private_test": {"ferplus_agreement": 83, "accuracy": float("nan"), "confusion": [[1]]}}},
        {"figures": {"private_test": figures() | {"ferplus_confusion": [["a"] * 7] * 7, "by_confidence": 3}}},
        {"recipe": 1, "temperature": [], "input": None, "parameters": "many", "bytes": None, "outputs": None},
    ],
)
def test_a_card_that_somebody_broke_is_shown_as_far_as_it_holds(show: Show, broken: dict[str, Any]) -> None:
    dialog = show(shipped(**broken))
    assert "What it must not be used for" in dialog.words
    assert "5c5c" in dialog.technical.toPlainText()


def test_a_network_that_cannot_be_read_is_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    services.model_error = ModelError("The network is not there: choose another in the settings.")
    dialog = ModelCardDialog(services)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.words == "The network is not there: choose another in the settings.")
    assert dialog.unfold.isHidden()
    assert wait_for_jobs(5000)


def test_the_technical_part_is_folded_until_it_is_wanted_and_can_be_copied(qtbot: QtBot, show: Show) -> None:
    dialog = show(shipped())
    assert not dialog.technical.isVisible()
    qtbot.mouseClick(dialog.unfold, Qt.MouseButton.LeftButton)
    assert dialog.technical.isVisible()
    qtbot.waitUntil(lambda: dialog.technical.visibleRegion().boundingRect().height() > 300)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    for told in (
        "5c" * 32,
        "664,166 parameters",
        "epochs 26",
        "ECE",
        "0.8260",
        "16 px",
        "crowd (speaks)",
        "0.4 to 0.5",
    ):
        assert told in copied
    for told in ("python main.py evaluate --split private_test", "The classes are uneven.", "no licence text"):
        assert told in copied
    assert max(len(line) for line in copied.splitlines()) <= 78
    qtbot.mouseClick(dialog.unfold, Qt.MouseButton.LeftButton)
    assert not dialog.technical.isVisible()
    assert dialog.copy.isHidden()


def test_the_keyboard_reaches_everything_and_escape_closes(qtbot: QtBot, show: Show) -> None:
    dialog = show(shipped())
    dialog.activateWindow()
    dialog.unfold.click()
    reached = []
    for _ in range(5):
        reached.append(dialog.focusWidget())
        dialog.focusNextChild()
    assert reached == [dialog._scroll, dialog.unfold, dialog.copy, dialog.technical, dialog.close_button]
    assert all(widget.accessibleName() or widget.property("text") for widget in reached)
    assert "on 83" in dialog._scroll.accessibleDescription()
    qtbot.keyClick(dialog.technical, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_nothing_is_cut_off_sideways_however_small_the_dialog(show: Show) -> None:
    dialog = show(shipped())
    dialog.resize(dialog.minimumSizeHint())
    QApplication.processEvents()
    assert dialog._content.minimumSizeHint().width() > 400
    assert dialog._content.width() <= dialog._scroll.viewport().width()


def test_the_shipped_card_can_be_read() -> None:
    file = ROOT / "models" / "expression.tflite"
    found = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    text = card_text(ModelCard(file, True, found["outputs"][0], found, found["sha256"]), 24)
    assert text.headline.startswith("Of 100 faces, people agree")
    assert len(text.by_expression) == len(EXPRESSIONS)


def test_the_card_of_the_shipped_network(show: Show, snapshot: Snapshot) -> None:
    snapshot(show(shipped()), "model_card")


@pytest.mark.usefixtures("dark")
def test_the_card_of_a_file_that_was_not_measured_in_the_dark(show: Show, snapshot: Snapshot) -> None:
    snapshot(show(dataclasses.replace(shipped(), sha256="ab" * 32)), "model_card_other_file_dark")


def test_the_card_of_a_network_of_ones_own(show: Show, snapshot: Snapshot) -> None:
    snapshot(show(own()), "model_card_unknown")
