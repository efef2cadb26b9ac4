"""Help → About the model: what it says of a network, and what it says where little is known."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.pictures import Snapshot
from support.places import ROOT

from fer_desktop.core.errors import ModelError
from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS
from fer_desktop.core.model_card import CardContent
from fer_desktop.evaluation.model_card_page import card as card_page
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.services import ModelCard
from fer_desktop.ui.help.model_card_dialog import ModelCardDialog
from fer_desktop.ui.help.model_card_summary import file_details, summary
from fer_desktop.ui.look.words import expression_word

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
    found = CardContent.model_validate(content(**changes))
    return ModelCard(Path("models") / "expression.tflite", True, "crowd", found, "5c" * 32, page=card_page(found))


def own(**known: Any) -> ModelCard:
    described = {"classes": list(EXPRESSIONS), "input": {"channels": 1, "value_range": [0.0, 1.0]}}
    found = CardContent.model_validate(described | known)
    return ModelCard(Path("networks") / "own.tflite", False, "", found, "0f" * 32, page=card_page(found))


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Show]:
    def shown(card: ModelCard) -> ModelCardDialog:
        services = FakeServices(tmp_path)
        services.card = card
        services.put(min_height_px=24.0)
        dialog = ModelCardDialog(services)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.resize(720, 704)
        qtbot.waitUntil(dialog.unfold.isVisible)
        QApplication.processEvents()  # the page is laid out
        return dialog

    yield shown
    assert wait_for_jobs(5000)


def words(dialog: ModelCardDialog) -> str:
    return dialog.page.toPlainText()


def headline(card: ModelCard) -> str:
    return summary(card, 24).splitlines()[0]


def test_a_teacher_reads_first_how_often_people_agree_and_on_how_many_faces(show: Show) -> None:
    lines = words(show(shipped())).splitlines()
    assert lines[0] == "Of 100 faces, people agree with it on 83"
    assert lines[1].startswith("Measured on 3,350 faces")
    assert lines[2].endswith("off by 2.")


def test_each_expression_has_its_figure_the_best_first() -> None:
    shares = "angry (80), disgust (81), afraid (82), smiling (83), sad (84), surprise (85), neutral (86)"
    best_first = ", ".join(reversed(shares.split(", ")))
    assert f"by what people see in them: {best_first}." in summary(shipped(), 24)


def test_small_faces_poor_pictures_and_those_that_are_not_read_are_told() -> None:
    text = summary(shipped(), min_height_px=24)
    assert "by their height: 48 px (83), 32 px (79), 24 px (71), 16 px (55)." in text
    assert "in dim light (78)" in text
    assert "faces under 24 px are not read" in text


def test_small_faces_that_were_measured_on_other_faces_are_told_all_the_same() -> None:
    public = {"ferplus_agreement": 0.9, "by_height": {"24": {"n": 9, "crowd": 0.77, "fer2013": 0.6}}}
    card = shipped(figures={"public_test": public, "private_test": {"ferplus_agreement": 0.826}})
    assert headline(card).endswith("on 83")
    assert "24 px (77)" in summary(card, 24)


def test_small_faces_that_were_not_measured_are_said_to_be_unknown() -> None:
    text = summary(shipped(figures={"private_test": {"ferplus_agreement": 0.826}}), 24)
    assert "was not measured for this file" in text
    assert "faces under 24 px are not read" in text


def test_the_page_holds_limits_and_origin_and_no_jargon_above_the_technical_part(show: Show) -> None:
    told = words(show(shipped()))
    for each in ("ranking", "EU", "few have dark skin", "in dim light", "turned away", "feels"):
        assert each in told
    assert [term for term in JARGON if term in told] == []


def test_the_figures_are_those_of_the_output_in_use() -> None:
    card = dataclasses.replace(shipped(), head="fer2013")
    assert headline(card) == "# Of 100 faces, it agrees with the picture's label on 67"
    assert "disgust (61)" in summary(card, 24)
    assert "48 px (73)" in summary(card, 24)


def test_faces_without_votes_have_their_labels_to_compare_the_crowds_output_with() -> None:
    on_labels = {"accuracy": 0.5, "ece": 0.2, "confusion": confusion(50, 100)}
    plain = {"n": 70, "accuracy": 0.9, "ferplus_agreement": None, "ferplus_n": 0, "crowd_on_labels": on_labels}
    card = shipped(figures={"mine": plain})
    assert headline(card) == "# Of 100 faces, it agrees with the picture's label on 50"
    assert "are rough: on average they are off by 20" in summary(card, 24)
    assert "by the label of the picture: neutral (56)" in summary(card, 24)


def test_a_figure_of_the_faces_that_chose_the_network_says_so() -> None:
    assert "helped to choose the network" in summary(shipped(figures={"public_test": figures()}), 24)
    assert "helped to choose" not in summary(shipped(), 24)


def test_a_file_that_is_not_the_measured_one_is_told_so_above_all_figures(show: Show) -> None:
    other = dataclasses.replace(shipped(), sha256="ab" * 32)
    lines = words(show(other)).splitlines()
    assert lines[1].startswith("This file is not the one that was measured.")
    assert lines[2] == "Install the program again."
    for told in ("ab" * 32, "5c" * 32, "NOT the file"):
        assert told in file_details(other)
    assert "not the one that was measured" not in summary(shipped(), 24)
    assert "It is the file that was measured" in file_details(shipped())


def test_figures_without_a_hash_are_doubted() -> None:
    told = {name: part for name, part in content().items() if name != "sha256"}
    loose = dataclasses.replace(shipped(), content=CardContent.model_validate(told))
    assert "not known which file" in summary(loose, 24)
    assert "not known which file" in file_details(loose)


def test_of_a_network_of_ones_own_nothing_is_known_and_the_page_says_how_to_measure_it(show: Show) -> None:
    card = own()
    told = words(show(card))
    assert told.startswith("How often this network is right is not known")
    assert f'fer-desktop evaluate --model "{card.file}" --data DIR --card' in told
    assert "Ask whoever made it" in told
    assert "FER-2013:" not in told
    assert "of 100" not in told


def test_a_network_of_ones_own_that_was_measured_has_its_figures_and_says_itself_where_it_comes_from() -> None:
    measured = {"measured": {"file": "own.tflite", "sha256": "0f" * 32}}
    told = {"data": ["Photos of our school."], "known_biases": ["Children alone."]}
    card = own(figures={"private_test": figures() | measured}, sha256="aa" * 32, **told)
    assert headline(card).endswith("on 83")
    assert "not the one that was measured" not in summary(card, 24)
    assert summary(card, 24).endswith("- Photos of our school.\n- Children alone.")


def test_a_network_that_was_trained_with_this_program_has_our_origin() -> None:
    assert "trained on FER-2013" in summary(own(recipe={"network": "compact"}), 24)
    assert "trained on FER-2013" not in summary(own(recipe={"network": "compact"}, trained_on="other pictures"), 24)


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
    assert "What it must not be used for" in words(dialog)
    dialog.unfold.click()
    assert "5c5c" in words(dialog)


def test_a_network_that_cannot_be_read_is_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    services.model_error = ModelError("The network is not there: choose another in the settings.")
    dialog = ModelCardDialog(services)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: words(dialog) == "The network is not there: choose another in the settings.")
    assert dialog.unfold.isHidden()
    assert wait_for_jobs(5000)


def test_the_technical_part_is_folded_until_it_is_wanted_and_can_be_copied(qtbot: QtBot, show: Show) -> None:
    dialog = show(shipped())
    assert "Technical details" not in words(dialog)
    qtbot.mouseClick(dialog.unfold, Qt.MouseButton.LeftButton)
    assert dialog.page.cursorForPosition(QPoint(40, 24)).block().text() == "Technical details"
    dialog.page.setFocus()
    qtbot.keyClick(dialog.page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    for told in (
        "5c" * 32,
        "664,166 parameters",
        "epochs: 26",
        "ECE",
        "0.8260",
        "16 px",
        "Output in use: crowd",
        "40 %",
    ):
        assert told in copied
    for told in ("python main.py evaluate --split private_test", "The classes are uneven.", "no licence text"):
        assert told in copied
    qtbot.mouseClick(dialog.unfold, Qt.MouseButton.LeftButton)
    assert "Technical details" not in words(dialog)


def test_the_keyboard_reaches_everything_and_escape_closes(qtbot: QtBot, show: Show) -> None:
    dialog = show(shipped())
    dialog.activateWindow()
    reached = []
    for _ in range(3):
        reached.append(dialog.focusWidget())
        dialog.focusNextChild()
    assert reached == [dialog.page, dialog.unfold, dialog.close_button]
    assert all(widget.accessibleName() or widget.property("text") for widget in reached)
    qtbot.keyClick(dialog.page, Qt.Key.Key_PageDown)
    assert dialog.page.verticalScrollBar().value() > 0
    qtbot.keyClick(dialog.page, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_nothing_is_cut_off_sideways_however_small_the_dialog(show: Show) -> None:
    dialog = show(shipped())
    dialog.unfold.click()
    dialog.resize(dialog.minimumSizeHint())
    QApplication.processEvents()
    assert dialog.page.horizontalScrollBar().maximum() == 0


def test_the_shipped_card_can_be_read() -> None:
    file = ROOT / "models" / "expression.tflite"
    found = CardContent.model_validate_json(file.with_suffix(".json").read_bytes())
    text = summary(ModelCard(file, True, found.outputs[0], found, found.sha256, page=""), 24)
    assert text.startswith("# Of 100 faces, people agree")
    assert all(f"{expression_word(index)} (" in text for index in range(N_EXPRESSIONS))


def test_the_card_of_the_shipped_network(show: Show, snapshot: Snapshot) -> None:
    snapshot(show(shipped()), "model_card")


@pytest.mark.usefixtures("dark")
def test_the_card_of_a_file_that_was_not_measured_in_the_dark(show: Show, snapshot: Snapshot) -> None:
    snapshot(show(dataclasses.replace(shipped(), sha256="ab" * 32)), "model_card_other_file_dark")


def test_the_card_of_a_network_of_ones_own(show: Show, snapshot: Snapshot) -> None:
    snapshot(show(own()), "model_card_unknown")


def test_the_technical_details(show: Show, snapshot: Snapshot) -> None:
    dialog = show(shipped())
    dialog.unfold.click()
    snapshot(dialog, "model_card_details")
