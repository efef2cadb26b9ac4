"""All that can be read in the settings is in the user's language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.pseudo_translation import pseudo_language, untranslated

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.look.words import expression_word
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.settings.model_file_field import Verdict

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def dialog(qtbot: QtBot, services: FakeServices) -> Iterator[SettingsDialog]:
    """Opened during a session, so that its note is there too."""
    with pseudo_language():
        made = SettingsDialog(services, SettingsModel(services), running=True)
        qtbot.addWidget(made)
        made.show()
        yield made
        assert wait_for_jobs(5000)


def _network(folder: Path) -> Path:
    file = folder / "mine.tflite"
    file.write_bytes(b"a network")
    return file


def test_labels_hints_units_and_choices_are_translated(dialog: SettingsDialog) -> None:
    assert untranslated(dialog) == []
    height = dialog.fields["min_height_px"].widget
    assert isinstance(height, QSpinBox)
    assert height.suffix() == " ⟦px⟧"


def test_an_output_that_the_user_named_is_shown_as_it_is(dialog: SettingsDialog) -> None:
    dialog.fields["output"].set("votes")
    assert untranslated(dialog) == ["ComboBox: votes"]
    box = dialog.fields["output"].widget
    assert isinstance(box, QComboBox)
    assert box.currentData() == "votes"


def test_a_file_of_another_kind_is_refused_in_the_users_language(dialog: SettingsDialog) -> None:
    dialog.fields["detector_file"].set("faces.pt")
    dialog.save.click()
    assert dialog.problem == "⟦⟦Face detector⟧: choose a .onnx file of ⟦YuNet⟧, or empty the field.⟧"


def test_what_is_said_of_a_network_that_does_not_fit_is_translated(
    qtbot: QtBot, dialog: SettingsDialog, tmp_path: Path
) -> None:
    dialog.model.file.set_text(str(tmp_path / "wrong.txt"))
    qtbot.waitUntil(lambda: dialog.model.verdict is Verdict.REFUSED)
    dialog.save.click()
    assert "cannot be used" in dialog.problem
    assert untranslated(dialog) == []


def test_all_questions_about_a_network_are_translated_and_take_its_classes_in_the_users_words(
    qtbot: QtBot, services: FakeServices, dialog: SettingsDialog, tmp_path: Path
) -> None:
    file, model = _network(tmp_path), dialog.model
    model.file.set_text(str(file))
    qtbot.waitUntil(lambda: model.asks)
    assert untranslated(dialog) == []
    for box, words in ((model.order, "order"), (model.channels, "grey or in colour"), (model.range, "black and for")):
        dialog.save.click()
        assert words in model.says
        assert untranslated(dialog) == []
        box.setCurrentIndex(box.count() - 1)
        model.own_order.setText(", ".join(expression_word(index) for index in reversed(range(len(EXPRESSIONS)))))
    model.describe()
    assert model.says == "⟦Reading the network⟧"
    qtbot.waitUntil(lambda: model.verdict is Verdict.FITS)
    assert model.says == "⟦This network fits.⟧"
    assert services.described[file] == (list(reversed(EXPRESSIONS)), 3, (-1.0, 1.0))
