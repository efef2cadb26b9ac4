"""The settings, the address of a stream, the pages of Help."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices

from fer_desktop.core.errors import StoreError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.settings import Language, Settings, Theme
from fer_desktop.core.settings.catalogue import all_settings
from fer_desktop.core.settings.description import Choice, Percent
from fer_desktop.core.sources import (
    CameraChoice,
    DemoChoice,
    PicturesChoice,
    RecordingChoice,
    Region,
    RegionChoice,
    SourceChoice,
    SourceKind,
    StreamChoice,
    WindowChoice,
)
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.help.help_pages import about_page
from fer_desktop.ui.languages import own_name
from fer_desktop.ui.look.theme import apply_theme, current_theme
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.settings.model_file_field import Verdict
from fer_desktop.ui.sources.choice_text import choice_from_text, choice_of_path, choice_of_stream, choice_to_text
from fer_desktop.ui.sources.stream_dialog import StreamDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path)


@pytest.fixture
def dialog(qtbot: QtBot, services: FakeServices) -> Iterator[SettingsDialog]:
    settings = SettingsModel(services)
    made = SettingsDialog(services, settings, running=False)
    qtbot.addWidget(made)
    made.show()
    yield made
    assert wait_for_jobs(5000)


def _network(folder: Path, name: str = "mine.tflite") -> Path:
    file = folder / name
    file.write_bytes(b"a network")
    return file


def test_every_setting_can_be_changed_here_or_elsewhere_in_the_window(dialog: SettingsDialog) -> None:
    elsewhere = set(Settings.model_fields) - set(dialog.fields)
    assert elsewhere == {"accepted_use", "jurisdiction", "context"}


def test_the_fields_are_made_from_what_the_settings_state(dialog: SettingsDialog) -> None:
    for setting in (setting for setting in all_settings() if setting.name in dialog.fields):
        field = dialog.fields[setting.name]
        if setting.low is not None and setting.high is not None:
            assert isinstance(field.widget, QSpinBox | QDoubleSpinBox)
            shown = 100 if isinstance(setting.info.widget, Percent) else 1
            assert (field.widget.minimum(), field.widget.maximum()) == (shown * setting.low, shown * setting.high)
            field.set(setting.high + 1000)
            assert field.get() == setting.high
        if isinstance(setting.info.widget, Choice):
            assert isinstance(field.widget, QComboBox)
            shown_words = [field.widget.itemText(index) for index in range(field.widget.count())]
            names = setting.info.widget.words.items()
            assert shown_words == [own_name(one, name) if isinstance(one, Language) else name for one, name in names]
            for member in setting.info.widget.words:
                field.set(member)
                assert field.get() is member


def test_what_is_saved_is_what_the_fields_say(qtbot: QtBot, services: FakeServices, dialog: SettingsDialog) -> None:
    dialog.fields["max_updates_hz"].set(2.5)
    dialog.fields["min_height_px"].set(40.0)
    dialog.fields["sessions_folder"].set("/somewhere/else")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    saved = services.saved[-1]
    assert (saved.max_updates_hz, saved.min_height_px, saved.sessions_folder) == (2.5, 40.0, "/somewhere/else")
    assert saved.accepted_use
    assert not dialog.isVisible()


def test_defaults_come_back_and_the_answers_on_responsible_use_stay(
    services: FakeServices, qtbot: QtBot, tmp_path: Path
) -> None:
    services.put(min_score=0.8, detector_file="a.onnx", model_file=str(_network(tmp_path)))
    settings = SettingsModel(services)
    dialog = SettingsDialog(services, settings, running=False)
    qtbot.addWidget(dialog)
    assert dialog.fields["min_score"].get() == 0.8
    dialog.defaults.click()
    before = services.settings()
    assert before.jurisdiction
    assert dialog.values() == Settings(
        accepted_use=before.accepted_use, jurisdiction=before.jurisdiction, context=before.context
    )


def test_the_comparison_with_the_usual_look_is_off_until_it_is_switched_on(
    qtbot: QtBot, services: FakeServices, dialog: SettingsDialog
) -> None:
    switch = dialog.fields["baseline"].widget.findChild(QCheckBox)
    assert switch is not None
    assert not switch.isChecked()
    assert switch.text() == "Compare each face with how it usually looks"
    assert "memory only" in switch.accessibleDescription()
    switch.click()
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert services.saved[-1].baseline


def test_a_detector_of_ones_own_must_be_a_file_of_its_kind(
    qtbot: QtBot, services: FakeServices, dialog: SettingsDialog
) -> None:
    dialog.fields["detector_file"].set("yunet.pt")
    dialog.save.click()
    assert dialog.problem == "Face detector: choose a .onnx file of YuNet, or empty the field."
    assert dialog.isVisible()
    assert services.saved == []
    dialog.fields["detector_file"].set("YuNet.ONNX")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert services.saved[-1].detector_file == "YuNet.ONNX"


def test_a_network_that_does_not_fit_is_refused_in_one_sentence(
    qtbot: QtBot, services: FakeServices, dialog: SettingsDialog, tmp_path: Path
) -> None:
    dialog.model.file.set_text(str(tmp_path / "wrong.txt"))
    qtbot.waitUntil(lambda: dialog.model.verdict is Verdict.REFUSED)
    assert dialog.model.says == "wrong.txt is no network with seven outputs: choose another file."
    dialog.save.click()
    assert "cannot be used" in dialog.problem
    assert services.saved == []
    dialog.model.file.set_text("")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()


def test_a_network_without_a_sidecar_is_asked_about_and_never_guessed(
    qtbot: QtBot, services: FakeServices, dialog: SettingsDialog, tmp_path: Path
) -> None:
    file = _network(tmp_path)
    dialog.model.file.set_text(str(file))
    qtbot.waitUntil(lambda: dialog.model.asks)
    dialog.save.click()
    assert services.saved == []
    assert "order" in dialog.model.says
    dialog.model.order.setCurrentIndex(2)
    dialog.save.click()
    assert "grey or in colour" in dialog.model.says
    dialog.model.channels.setCurrentIndex(1)
    dialog.save.click()
    assert "black and for white" in dialog.model.says
    dialog.model.range.setCurrentIndex(2)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert services.described[file] == (sorted(EXPRESSIONS), 1, (0.0, 1.0))
    assert services.saved[-1].model_file == str(file)


def test_an_order_of_ones_own_must_name_each_class_once(
    qtbot: QtBot, services: FakeServices, dialog: SettingsDialog, tmp_path: Path
) -> None:
    file = _network(tmp_path)
    dialog.model.file.set_text(str(file))
    qtbot.waitUntil(lambda: dialog.model.asks)
    dialog.model.order.setCurrentIndex(3)
    dialog.model.channels.setCurrentIndex(2)
    dialog.model.range.setCurrentIndex(3)
    dialog.model.own_order.setText("happy, sad, angry")
    dialog.save.click()
    assert file not in services.described
    dialog.model.own_order.setText("Happy, sad, angry, fear, neutral, surprise, disgust")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    order = ["happy", "sad", "angry", "fear", "neutral", "surprise", "disgust"]
    assert services.described[file] == (order, 3, (-1.0, 1.0))


def test_save_waits_for_the_network_that_is_still_being_read(
    qtbot: QtBot, services: FakeServices, dialog: SettingsDialog, tmp_path: Path
) -> None:
    file = _network(tmp_path)
    services.described[file] = (list(EXPRESSIONS), 1, (0.0, 255.0))
    dialog.model.file.set_text(str(file))
    assert dialog.model.verdict is Verdict.CHECKING
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert services.saved[-1].model_file == str(file)


def test_the_look_changes_at_once_and_back_on_cancel(dialog: SettingsDialog) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    dialog.fields["theme"].set(Theme.DARK)
    assert current_theme().is_dark
    dialog.cancel.click()
    assert not current_theme().is_dark


def test_settings_that_cannot_be_written_say_so_and_the_dialog_stays(
    qtbot: QtBot, services: FakeServices, dialog: SettingsDialog
) -> None:
    services.save_error = StoreError("The settings cannot be saved: check the folder.")
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.problem == "The settings cannot be saved: check the folder.")
    assert dialog.isVisible()
    assert dialog.save.isEnabled()


def test_the_address_of_a_stream_must_look_like_one(qtbot: QtBot) -> None:
    dialog = StreamDialog("")
    qtbot.addWidget(dialog)
    for wrong in ("", "camera", "file:///etc/passwd", "http://"):
        dialog.line.setText(wrong)
        assert not dialog.go_on.isEnabled(), wrong
    dialog.line.setText(" rtsp://me:secret@10.0.0.1/stream ")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.go_on.click()
    assert chosen.args[0].url == "rtsp://me:secret@10.0.0.1/stream"
    assert "secret" not in chosen.args[0].name


def test_the_page_about_the_program_can_be_read(qtbot: QtBot) -> None:
    page = about_page()
    qtbot.addWidget(page)
    assert any("never a verdict" in label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize(
    "choice",
    [
        CameraChoice("HD Webcam", "HD Webcam"),
        CameraChoice("HD Webcam (2)", 2),
        RegionChoice("Part", Region(-5, 0, 640, 480)),
        WindowChoice("7b | Teams", 4194311, "Microsoft Teams - Preview"),
        RecordingChoice("lesson.mp4", Path("calls") / "lesson.mp4"),
        PicturesChoice("faces", Path("faces")),
        choice_of_stream("http://10.0.0.1/a"),
        DemoChoice("Demo class"),
    ],
)
def test_a_choice_survives_being_kept_as_text(choice: SourceChoice) -> None:
    assert choice_from_text(choice_to_text(choice)) == choice


@pytest.mark.parametrize(
    ("kept", "choice"),
    [
        ('["camera", "HD Webcam", "HD Webcam", null]', CameraChoice("HD Webcam", "HD Webcam")),
        ('["camera", "HD Webcam (2)", "2", null]', CameraChoice("HD Webcam (2)", 2)),
        ('["region", "Part", "", [-5, 0, 640, 480]]', RegionChoice("Part", Region(-5, 0, 640, 480))),
        (
            '["window", "7b | Teams", "4194311 Microsoft Teams - Preview", null]',
            WindowChoice("7b | Teams", 4194311, "Microsoft Teams - Preview"),
        ),
        ('["recording", "a.mp4", "calls/a.mp4", null]', RecordingChoice("a.mp4", Path("calls/a.mp4"))),
        ('["pictures", "faces", "faces", null]', PicturesChoice("faces", Path("faces"))),
        ('["stream", "10.0.0.1", "http://10.0.0.1/a", null]', StreamChoice("10.0.0.1", "http://10.0.0.1/a")),
        ('["demo", "Demo class", "", null]', DemoChoice("Demo class")),
    ],
)
def test_what_version_0_1_remembered_is_still_known(kept: str, choice: SourceChoice) -> None:
    assert choice_from_text(kept) == choice


@pytest.mark.parametrize(
    "broken",
    [
        *("", "{}", "[1]", "7", '["camera", "x", "0", [1]', '["moon", "x", "", null]', '["region", "x", "", null]'),
        *('{"kind": "camera"}', '{"kind": "moon", "name": "x"}', '{"kind": "region", "name": "x", "region": [1]}'),
        '{"kind": "window", "name": "x", "handle": "none", "program": ""}',
    ],
)
def test_what_is_no_choice_is_none(broken: str) -> None:
    assert choice_from_text(broken) is None


def test_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    assert choice_of_path(tmp_path).kind is SourceKind.PICTURES
    assert choice_of_path(tmp_path / "a.JPG").kind is SourceKind.PICTURES
    assert choice_of_path(tmp_path / "a.mp4").kind is SourceKind.RECORDING


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_no_setting_is_cut_off_sideways_however_small_the_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    services = FakeServices(tmp_path)
    settings = SettingsModel(services)
    dialog = SettingsDialog(services, settings, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(dialog.minimumSizeHint())
    view = dialog._scroll.viewport()
    for button in dialog._scroll.findChildren(QPushButton):
        assert button.mapTo(dialog._fields_page, button.rect().topRight()).x() < view.width()
