"""The mouse wheel scrolls and never changes a value, and what can be chosen is named by what it is for."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QScrollBar,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices

from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.settings.dialog import SettingsDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _settings(services: FakeServices) -> QDialog:
    dialog = SettingsDialog(services, SettingsModel(services), running=False)
    dialog.model._form.show()
    return dialog


DIALOGS: dict[str, Callable[[FakeServices], QDialog]] = {
    "settings": _settings,
}


def turned(widget: QWidget, notches: int) -> QWheelEvent:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event


def value(field: QWidget) -> object:
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.value() if isinstance(field, QSpinBox | QDoubleSpinBox | QAbstractSlider) else None


@pytest.mark.parametrize("name", DIALOGS)
def test_the_wheel_changes_nothing_whether_a_field_has_the_keyboard_or_not(
    qtbot: QtBot, services: FakeServices, name: str
) -> None:
    dialog = DIALOGS[name](services)
    qtbot.addWidget(dialog)
    dialog.show()
    fields: list[QWidget] = [*dialog.findChildren(QComboBox), *dialog.findChildren(QAbstractSpinBox)]
    fields += [one for one in dialog.findChildren(QAbstractSlider) if not isinstance(one, QScrollBar)]
    assert fields
    for field in fields:
        for with_keyboard in (False, True):
            if with_keyboard:
                field.setFocus()
            before = value(field)
            for notches in (1, -1, -1):
                turned(field, notches)
            assert value(field) == before, field.accessibleName()
    assert wait_for_jobs(5000)


def test_the_wheel_over_a_field_scrolls_the_settings(qtbot: QtBot, services: FakeServices) -> None:
    dialog = SettingsDialog(services, SettingsModel(services), running=False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(640, 360)
    bar = dialog._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    field = next(box for box in dialog.findChildren(QSpinBox) if box.isVisible())
    dialog._scroll.ensureWidgetVisible(field)
    before_y = bar.value()
    before = value(field)
    place = QPointF(field.mapTo(dialog, field.rect().center()))
    QTest.wheelEvent(dialog.windowHandle(), place, QPoint(0, -120))  # type: ignore[attr-defined, unused-ignore]
    assert bar.value() > before_y
    assert value(field) == before
    assert wait_for_jobs(5000)


@pytest.mark.parametrize("name", DIALOGS)
def test_a_screen_reader_is_told_what_a_choice_is_for_and_what_is_chosen(
    qtbot: QtBot, services: FakeServices, name: str
) -> None:
    dialog = DIALOGS[name](services)
    qtbot.addWidget(dialog)
    boxes = dialog.findChildren(QComboBox)
    assert boxes
    for box in boxes:
        box.setCurrentIndex(1)
        told = QAccessible.queryAccessibleInterface(box)
        assert told is not None
        assert told.role() is QAccessible.Role.ComboBox
        assert told.text(QAccessible.Text.Value) == box.currentText()
        assert told.text(QAccessible.Text.Name) == box.accessibleName() != ""
        assert told.text(QAccessible.Text.Name) != box.currentText()
    assert wait_for_jobs(5000)


@pytest.mark.parametrize("name", DIALOGS)
def test_the_wheel_gives_no_field_the_keyboard(qtbot: QtBot, services: FakeServices, name: str) -> None:
    dialog = DIALOGS[name](services)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    fields: list[QWidget] = [*dialog.findChildren(QComboBox), *dialog.findChildren(QAbstractSpinBox)]
    has_it = dialog.focusWidget()
    for field in fields:
        if field.isVisible() and field is not has_it:
            dialog._scroll.ensureWidgetVisible(field)  # type: ignore[attr-defined]
            place = QPointF(field.mapTo(dialog, field.rect().center()))
            QTest.wheelEvent(dialog.windowHandle(), place, QPoint(0, -120))  # type: ignore[attr-defined, unused-ignore]
            assert dialog.focusWidget() is has_it, field.accessibleName()
    assert wait_for_jobs(5000)
