"""A widget for each setting, made from what the setting itself states."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.messages import Message
from fer_desktop.core.settings import Language
from fer_desktop.core.settings.description import Choice, File, Folder, Number, Percent, Suggestions, Switch
from fer_desktop.core.settings.setting import Setting
from fer_desktop.ui.languages import own_name
from fer_desktop.ui.look.theme import set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.widgets.fields import ComboBox, DoubleSpinBox, SpinBox
from fer_desktop.ui.widgets.file_field import FileField


@dataclass(frozen=True, slots=True)
class Field:
    """A widget and how its value is read, set and watched."""

    widget: QWidget
    get: Callable[[], Any]
    set: Callable[[Any], None]
    changed: SignalInstance


def make_field(setting: Setting) -> Field:
    """The field of that setting; a network's file has one of its own."""
    field = _field(setting)
    field.widget.setToolTip(told(Message(setting.info.sentence)))
    field.widget.setAccessibleName(told(Message(setting.info.label)))
    if isinstance(field.widget, QAbstractSpinBox) and (line := field.widget.findChild(QLineEdit)) is not None:
        line.setTextMargins(6, 0, 0, 0)  # Qt leaves out a style sheet's padding here
    return field


def _field(setting: Setting) -> Field:
    match setting.info.widget:
        case Number() as number:
            return _number(setting, number)
        case Percent(step):
            return _percent(setting, step)
        case Choice(words):
            return _choice(words)
        case Suggestions(words):
            return _suggestions(words)
        case Switch() as switch:
            return _switch(switch)
        case File() as file:
            return _path(setting, f"{told(Message(file.kind))} (*{file.suffix})", file.placeholder)
        case Folder(placeholder):
            return _path(setting, None, placeholder)
    raise ValueError(f"{setting.name} has no plain field")


def _choice(words: Mapping[Any, str]) -> Field:
    box = ComboBox()
    for member, shown in words.items():
        name = told(Message(shown))
        box.addItem(own_name(member, name) if isinstance(member, Language) else name, member)
    members = tuple(words)  # kept here, since Qt gives back plain text
    return Field(
        box,
        lambda: members[box.currentIndex()],
        lambda value: box.setCurrentIndex(members.index(value)),
        box.currentIndexChanged,
    )


def _suggestions(words: Mapping[str, str]) -> Field:
    box = ComboBox()
    for text, shown in words.items():
        box.addItem(told(Message(shown)), text)

    def choose(text: str) -> None:
        if box.findData(text) < 0:  # none of those that are suggested
            box.addItem(text, text)
        box.setCurrentIndex(box.findData(text))

    return Field(box, box.currentData, choose, box.currentIndexChanged)


class _Explanation(PlainLabel):
    """Words that take as many lines as they need: a row that is below its label is given those of a row beside it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Asks for the height of this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(0, self.heightForWidth(event.size().width())))  # -1: it says nothing


def _switch(switch: Switch) -> Field:
    caption, explanation = told(Message(switch.caption)), told(Message(switch.explanation))
    box, hint, both = QCheckBox(caption), _Explanation(explanation), QWidget()
    box.setAccessibleName(caption)
    box.setAccessibleDescription(explanation)
    hint.setWordWrap(True)
    if not explanation:
        hint.hide()
    set_role(hint, "small")
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(2)
    column.addWidget(box)
    column.addWidget(hint)
    both.setFocusProxy(box)
    both.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)  # else the hint is cut off
    return Field(both, box.isChecked, box.setChecked, box.toggled)


def _number(setting: Setting, number: Number) -> Field:
    low, high = _bounds(setting)
    suffix = f" {told(Message(setting.info.unit))}" if setting.info.unit and number.shows_unit else ""
    if number.digits:
        box = DoubleSpinBox()
        box.setDecimals(number.digits)
        box.setRange(low, high)
        box.setSingleStep(number.step)
        box.setSuffix(suffix)
        return Field(box, lambda: round(box.value(), number.digits), box.setValue, box.valueChanged)
    kind = type(setting.default)
    whole = _whole(int(low), int(high), int(number.step), suffix)
    return Field(whole, lambda: kind(whole.value()), lambda value: whole.setValue(round(value)), whole.valueChanged)


def _percent(setting: Setting, step: int) -> Field:
    low, high = _bounds(setting)
    box = _whole(round(100 * low), round(100 * high), step, " %")
    return Field(box, lambda: box.value() / 100, lambda share: box.setValue(round(100 * share)), box.valueChanged)


def _whole(low: int, high: int, step: int, suffix: str) -> QSpinBox:
    box = SpinBox()
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setSuffix(suffix)
    return box


def _bounds(setting: Setting) -> tuple[float, float]:
    if setting.low is None or setting.high is None:
        raise ValueError(f"{setting.name} has no bounds")
    return setting.low, setting.high


def _path(setting: Setting, name_filter: str | None, placeholder: str) -> Field:
    file = FileField(told(Message(setting.info.label)), name_filter, told(Message(placeholder)))
    return Field(file, file.text, file.set_text, file.changed)
