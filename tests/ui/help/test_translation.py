"""The pages of Help in another language: nothing of them stays English."""

import dataclasses
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.pseudo_translation import untranslated

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.model_card import CardContent
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.services import ModelCard
from fer_desktop.ui.help.help_pages import about_page
from fer_desktop.ui.help.model_card_dialog import ModelCardDialog

# The platform without a display says so of what it lacks.
pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.usefixtures("in_brackets")]

PRODUCT = ["Page: FER Desktop", "PlainLabel: FER Desktop"]
CONFUSION = [[9 if row == column else 1 for column in range(7)] for row in range(7)]
BY_PEOPLE = {
    "n": 3589,
    "accuracy": 0.67,
    "ferplus_n": 3350,
    "ferplus_agreement": 0.83,
    "ferplus_ece": 0.02,
    "ferplus_confusion": CONFUSION,
    "by_height": {"24": {"n": 9, "fer2013": 0.6, "crowd": 0.7}},
    "by_condition": {"dim_30": {"words": "30 % of the light", "n": 9, "fer2013": 0.6, "crowd": 0.7}},
}
BY_LABELS = {"n": 3589, "accuracy": 0.67, "ece": 0.2, "confusion": CONFUSION}


def card(split: str, figures: dict[str, object], measured: str = "5c", head: str = "crowd") -> ModelCard:
    """One of the program's own; `measured`: how the checksum of the file begins to which the figures belong."""
    sha256 = 32 * measured
    content = CardContent.model_validate({"classes": list(EXPRESSIONS), "figures": {split: figures}, "sha256": sha256})
    return ModelCard(Path("expression.tflite"), True, head, content, 32 * "5c", page="")


def unknown() -> ModelCard:
    return ModelCard(Path("own.tflite"), False, "", CardContent(), 32 * "5c", page="")


def english(dialog: ModelCardDialog) -> list[str]:
    """What is not translated, but for the command that measures."""
    return [line for line in untranslated(dialog) if "fer-desktop evaluate" not in line]


CARDS = [
    card("private_test", BY_PEOPLE),
    card("public_test", BY_PEOPLE, measured=""),
    card("private_test", BY_LABELS, measured="0f", head="fer2013"),
    dataclasses.replace(card("private_test", BY_LABELS, measured="0f", head="fer2013"), shipped=False),
    unknown(),
]


def test_the_page_about_the_program_is_translated_but_for_its_name(qtbot: QtBot) -> None:
    page = about_page()
    qtbot.addWidget(page)
    assert set(untranslated(page)) == {*PRODUCT, "QScrollArea: FER Desktop"}


@pytest.mark.parametrize("shown", CARDS, ids=["people", "file unknown", "labels", "own, other file", "unmeasured"])
def test_the_card_of_a_model_is_translated_but_for_files_and_commands(
    qtbot: QtBot, tmp_path: Path, shown: ModelCard
) -> None:
    services = FakeServices(tmp_path)
    services.card = shown
    dialog = ModelCardDialog(services)
    qtbot.addWidget(dialog)
    assert untranslated(dialog) == []
    dialog.show()
    qtbot.waitUntil(dialog.unfold.isVisible)
    assert english(dialog) == []
    dialog.unfold.click()
    assert english(dialog) == [f"MarkdownPage: {shown.file}"]
    assert wait_for_jobs(5000)
