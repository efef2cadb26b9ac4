"""A window with one of each kind of control that has the keyboard, and what its ring changes in the picture."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from support.gui.glances import CALM
from support.gui.made_up import gallery, lesson
from support.gui.pictures import pixels

from fer_desktop.pipeline.events import MarkerColour
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.look.theme import Role, set_role
from fer_desktop.ui.session.class_bars import ClassBars
from fer_desktop.ui.session.coverage import CoverageLine
from fer_desktop.ui.sources.source_card import SourceCard
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.trend.view import TrendView
from fer_desktop.ui.widgets.fields import ComboBox, DoubleSpinBox, SpinBox
from fer_desktop.ui.widgets.marker_flag import MarkerFlag


def every_control() -> tuple[QWidget, dict[str, QWidget]]:
    """A window, and its controls by kind."""
    controls = {kind: make() for kind, make in _KINDS.items()}
    chart, trend = LessonChart(), TrendView()
    for tick in lesson(120):
        chart.append(tick)
        trend.append(tick)
    chart.show_glance(CALM)
    controls |= {"lesson chart": chart.plot, "trend": trend.plots}
    window = QWidget()
    grid = QGridLayout(window)
    for index, control in enumerate((*list(controls.values())[:-2], chart, trend)):
        grid.addWidget(control, index // 3, index % 3)
    window.resize(1100, 1000)
    return window, controls


def _button(role: Role | None, kind: type[QPushButton] | type[QToolButton] = QPushButton) -> Callable[[], QWidget]:
    def make() -> QWidget:
        button = kind()
        button.setText("Words gjpqy")
        if role is not None:
            set_role(button, role)
        button.setCheckable(role in ("segment", "legend"))
        button.setChecked(role in ("segment", "legend"))
        return button

    return make


def _filled(box: ComboBox) -> ComboBox:
    box.addItems(["One", "Two"])
    return box


def _list() -> QListWidget:
    rows = QListWidget()
    rows.addItems(["One", "Two"])
    rows.setCurrentRow(0)
    return rows


def _tree() -> QTreeWidget:
    rows = QTreeWidget()
    rows.addTopLevelItems([QTreeWidgetItem(["One"]), QTreeWidgetItem(["Two"])])
    return rows


def _live() -> LiveView:
    live = LiveView()
    live.show_analysis(gallery(3, 2))
    return live


def _card() -> SourceCard:
    card = SourceCard("demo", "Demo class", "A class of generated faces", "school-outline")
    card.setFixedSize(232, 200)
    return card


_KINDS: dict[str, Callable[[], QWidget]] = {
    "button": _button(None),
    "primary button": _button("primary"),
    "quiet button": _button("quiet"),
    "segment": _button("segment"),
    "tool segment": _button("segment", QToolButton),
    "legend": _button("legend", QToolButton),
    "line": lambda: QLineEdit("Words"),
    "text": lambda: QPlainTextEdit("Words"),
    "combo box": lambda: _filled(ComboBox()),
    "spin box": SpinBox,
    "double spin box": DoubleSpinBox,
    "check box": lambda: QCheckBox("Words gjpqy"),
    "radio button": lambda: QRadioButton("Words gjpqy"),
    "list": _list,
    "tree": _tree,
    "coverage": CoverageLine,
    "class bars": ClassBars,
    "live view": _live,
    "marker": lambda: MarkerFlag(MarkerColour.GREY),
    "card": _card,
}


def ring_of(window: QWidget, control: QWidget) -> tuple[float, float]:
    """How much of its outline the ring of the keyboard draws, 0-1, and its least contrast to what was there before.

    The outline is looked for in the picture of the window, so that a ring that its parents cut is not whole.
    """
    place = QRect(control.mapTo(window, QPoint()), control.size())
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    before = pixels(window.grab(place).toImage()).astype(float)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    after = pixels(window.grab(place).toImage()).astype(float)
    apart = np.abs(after - before).max(axis=2) > 24
    if not apart.any():
        return 0.0, 1.0
    ratios = np.where(apart, _contrast(_luminance(before), _luminance(after)), 0.0)
    marks = ratios >= 3.0
    rows, columns = np.flatnonzero(marks.any(axis=1)), np.flatnonzero(marks.any(axis=0))
    if not rows.size:
        return 0.0, float(ratios.max())
    box = marks[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    thick = 3  # px within which an edge's line is looked for
    edges = (box[:thick].any(axis=0), box[-thick:].any(axis=0), box[:, :thick].any(axis=1), box[:, -thick:].any(axis=1))
    return min(float(edge.mean()) for edge in edges), float(np.median(ratios[marks]))


def _luminance(picture: np.ndarray) -> np.ndarray:
    part = picture[:, :, ::-1] / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _contrast(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.asarray((np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05))
