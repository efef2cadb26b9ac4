"""A widget for each setting, made from the bounds and choices that the setting itself states."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.settings import Settings
from fer_desktop.ui.look.theme import set_role
from fer_desktop.ui.widgets.file_field import FileField

# Those of the page on responsible use and of the View menu are not asked here.
ELSEWHERE: Final = frozenset({"accepted_use", "region", "setting", "seat_view"})
_WORDS: Final = {
    "centerface": "CenterFace, built in",
    "yunet": "YuNet, from a file of yours",
    "system": "As the system",
    "light": "Light",
    "dark": "Dark",
}
_TEACHERS: Final = {"": "As the network has it", "crowd": "Ten people's votes", "fer2013": "The original labels"}
_UNITS: Final = {"min_height_px": " px", "smoothing_s": " s"}
_STEPS: Final = {"min_score": 0.05, "smoothing_s": 0.5, "max_updates_hz": 0.5}
_DIGITS: Final = {"min_score": 2, "smoothing_s": 1, "max_updates_hz": 1}
# What a switch turns on, and what that means.
SWITCHES: Final = {
    "baseline": (
        "Compare each face with how it usually looks",
        (
            "Some faces look sad at rest. From five faces on, half of what is usual for each is left out after its "
            "first minute. It is kept in memory only."
        ),
    ),
}
LABELS: Final = {
    "detector": "Face detector",
    "yunet_file": "YuNet's file",
    "model_file": "Network",
    "head": "Network taught by",
    "min_score": "Sure of a face from",
    "min_height_px": "Smallest face that is read",
    "smoothing_s": "Smoothed over",
    "baseline": "Usual look",
    "max_updates_hz": "Updates a second, at most",
    "cpu_share": "Processor share, at most",
    "threads": "Processor cores used",
    "sessions_folder": "Sessions are saved in",
    "theme": "Look",
}
GROUPS: Final = (
    ("Recognition", ("detector", "yunet_file", "model_file", "head")),
    ("Faces", ("min_score", "min_height_px", "smoothing_s", "baseline")),
    ("Speed", ("max_updates_hz", "cpu_share", "threads")),
    ("Program", ("sessions_folder", "theme")),
)


@dataclass(frozen=True, slots=True)
class Field:
    """A widget and how its value is read, set and watched."""

    widget: QWidget
    get: Callable[[], Any]
    set: Callable[[Any], None]
    changed: SignalInstance


def make_field(name: str) -> Field:
    """The field of the setting of that name."""
    item = next(item for item in dataclasses.fields(Settings) if item.name == name)
    if name == "head":
        field = _taught_by()
    elif name == "cpu_share":
        field = _percent(item.metadata["low"], item.metadata["high"])
    elif "choices" in item.metadata:
        field = _choice(item.metadata["choices"])
    elif item.type is bool:
        field = _switch(name)
    elif item.type is int:
        field = _whole(item.metadata["low"], item.metadata["high"])
    elif item.type is float:
        field = _number(name, item.metadata["low"], item.metadata["high"])
    else:
        field = _text(name)
    field.widget.setToolTip(item.metadata["what"][:1].upper() + item.metadata["what"][1:])
    field.widget.setAccessibleName(LABELS[name])
    if isinstance(field.widget, QAbstractSpinBox) and (line := field.widget.findChild(QLineEdit)) is not None:
        line.setTextMargins(6, 0, 0, 0)  # Qt leaves out a style sheet's padding here
    return field


def _choice(choices: tuple[str, ...]) -> Field:
    box = QComboBox()
    for choice in choices:
        box.addItem(_WORDS.get(choice, choice), choice)
    return Field(box, box.currentData, lambda value: box.setCurrentIndex(box.findData(value)), box.currentIndexChanged)


def _taught_by() -> Field:
    box = QComboBox()
    for head, words in _TEACHERS.items():
        box.addItem(words, head)

    def choose(head: str) -> None:
        if box.findData(head) < 0:  # of a network of the user's own
            box.addItem(head, head)
        box.setCurrentIndex(box.findData(head))

    return Field(box, box.currentData, choose, box.currentIndexChanged)


def _switch(name: str) -> Field:
    words, meaning = SWITCHES[name]
    box, hint, both = QCheckBox(words), QLabel(meaning), QWidget()
    box.setAccessibleName(words)
    box.setAccessibleDescription(meaning)
    hint.setWordWrap(True)
    set_role(hint, "small")
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(2)
    column.addWidget(box)
    column.addWidget(hint)
    both.setFocusProxy(box)
    return Field(both, box.isChecked, box.setChecked, box.toggled)


def _whole(low: int, high: int) -> Field:
    box = QSpinBox(minimum=low, maximum=high)
    return Field(box, box.value, box.setValue, box.valueChanged)


def _percent(low: float, high: float) -> Field:
    box = QSpinBox(minimum=round(100 * low), maximum=round(100 * high), singleStep=5, suffix=" %")
    return Field(box, lambda: box.value() / 100, lambda share: box.setValue(round(100 * share)), box.valueChanged)


def _number(name: str, low: float, high: float) -> Field:
    if name not in _DIGITS:
        px = QSpinBox(minimum=int(low), maximum=int(high), suffix=_UNITS.get(name, ""))
        return Field(px, lambda: float(px.value()), lambda value: px.setValue(round(value)), px.valueChanged)
    box = QDoubleSpinBox(decimals=_DIGITS[name], minimum=low, maximum=high, singleStep=_STEPS[name])
    box.setSuffix(_UNITS.get(name, ""))
    return Field(box, lambda: round(box.value(), _DIGITS[name]), box.setValue, box.valueChanged)


def _text(name: str) -> Field:
    filters = {"yunet_file": "YuNet (*.onnx)"}
    hints = {"yunet_file": "face_detection_yunet.onnx", "sessions_folder": "FER Desktop, in your documents"}
    file = FileField(LABELS[name], filters.get(name), hints.get(name, ""))
    return Field(file, file.text, file.set_text, file.changed)
