"""Finds words that do not fit where they are shown: in Qt's widgets, and in what widgets paint themselves."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

NAMES: list[str] = []  # what a user called something; that may be long, and be shortened
_ROUNDED = 1  # px that letters may differ from their measure
_CURSOR = 4  # px that a field leaves on both sides
_SIDEWAYS = Qt.Orientation.Horizontal


def clipped(root: QWidget) -> list[str]:
    """What does not fit in a window that is shown: the words, and how many px they lack."""
    shown = [one for one in (root, *root.findChildren(QWidget)) if one.isVisibleTo(root) and not one.size().isEmpty()]
    found = [line for one in shown for line in _in_widget(one)]
    found += [line for one in shown if _words(one) for line in _beyond_parents(one, root)]
    return sorted({*found, *painted(root)})


def _in_widget(one: QWidget) -> Iterator[str]:
    match one:
        case QLabel():
            yield from _label(one)
        case QAbstractButton():
            yield from _lacks(one.text(), _button_px(one), _room_px(one))
        case QComboBox():
            yield from _choices(one)
        case QLineEdit():
            margins = one.textMargins()
            room = one.contentsRect().width() - margins.left() - margins.right() - _CURSOR
            yield from _lacks(one.placeholderText(), _advance(one, one.placeholderText()), room)
        case QGroupBox():
            yield from _lacks(one.title(), _advance(one, one.title()), one.width())
        case QMenuBar() | QTabBar() | QHeaderView():
            yield from _row(one)


def _choices(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(control, option, part, box).width()
    for index in range(box.count()):
        if box.itemData(index) is not None:  # else a name of the user's
            yield from _lacks(box.itemText(index), _advance(box, box.itemText(index)), room)


def _row(one: QMenuBar | QTabBar | QHeaderView) -> Iterator[str]:
    if isinstance(one, QMenuBar):
        for action in one.actions():
            place = one.actionGeometry(action)
            if place.right() >= one.width() or place.left() < 0 or place.isEmpty():
                yield f"{action.text()!r} has no room in the menu bar"
        return
    for index in range(one.count()):
        if isinstance(one, QHeaderView) and one.isSectionHidden(index):
            continue
        if isinstance(one, QTabBar):
            text, room = one.tabText(index), one.tabRect(index).width()
        else:
            text, room = str(one.model().headerData(index, _SIDEWAYS) or ""), one.sectionSize(index)
        yield from _lacks(text, _advance(one, text), room)


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or not label.pixmap().isNull():
        return
    if not label.wordWrap():
        if label.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored and "…" in text:
            return  # shortened on purpose, and the tooltip has all of it
        hint = label.sizeHint()
        yield from _lacks(text, hint.width(), label.width())
        yield from _lacks(text, hint.height(), label.height(), "high")
        return
    yield from _lacks(text, label.heightForWidth(label.width()), label.height(), "high")
    if label.textFormat() is not Qt.TextFormat.RichText:
        longest = max(text.split(), key=lambda word: _advance(label, word), default="")
        yield from _lacks(longest, _advance(label, longest), label.contentsRect().width() - 2 * label.margin())


def _advance(one: QWidget, text: str) -> int:
    return max((one.fontMetrics().horizontalAdvance(line) for line in text.split("\n")), default=0)


def _button_px(button: QAbstractButton) -> int:
    text = button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    if not text or (
        isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        return 0
    icon = button.iconSize().width() + 4 if not button.icon().isNull() else 0
    return _advance(button, text) + icon


def _room_px(button: QAbstractButton) -> int:
    option = QStyleOptionButton()
    option.initFrom(button)
    if isinstance(button, QPushButton):
        button.initStyleOption(option)
        return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).width()
    if isinstance(button, QToolButton):
        return button.contentsRect().width()
    return button.width() - button.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, option, button)


def _lacks(text: str, needed: float, room: float, way: str = "wide") -> Iterator[str]:
    if text and needed > room + _ROUNDED:
        yield f"{text!r} is {math.ceil(needed)} px {way} and has {math.floor(room)}"


def _words(one: QWidget) -> str:
    if isinstance(one, QLabel | QAbstractButton):
        return one.text()
    return one.currentText() if isinstance(one, QComboBox) else ""


def _beyond_parents(one: QWidget, root: QWidget) -> Iterator[str]:
    """Where it lies outside of a widget that it is in, and nothing scrolls to it."""
    at, inside = QRect(QPoint(), one.size()), one
    while inside is not root and not inside.isWindow():
        parent = inside.parentWidget()
        if parent is None:
            return
        at.translate(inside.pos())
        area = parent.parentWidget()
        sideways = down = True
        if isinstance(area, QAbstractScrollArea) and parent is area.viewport():
            down = False
            sideways = isinstance(area, QScrollArea) and (
                area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            )
        if sideways and (at.left() < -_ROUNDED or at.right() > parent.width() + _ROUNDED):
            yield f"{_words(one)!r} lies beyond the sides of {type(parent).__name__}"
            return
        if down and (at.top() < -_ROUNDED or at.bottom() > parent.height() + _ROUNDED):
            yield f"{_words(one)!r} lies above or below {type(parent).__name__}"
            return
        if not (sideways and down):  # what scrolls is looked at as far as its page
            return
        inside = parent


def painted(root: QWidget) -> list[str]:
    """What widgets paint that is wider than its place, or that they shorten although it is no name of the user's."""
    seen: list[str] = []
    with _Watching(seen):
        root.grab()
    return seen


class _Watching:
    """While it lasts, whatever is painted by Python is measured."""

    def __init__(self, seen: list[str]) -> None:
        self._seen = seen
        self._kept: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> None:
        self._watch(QPainter, "drawText", self._drawn)
        for metrics in (QFontMetrics, QFontMetricsF):
            self._watch(metrics, "elidedText", self._elided)

    def __exit__(self, *_: object) -> None:
        for owner, name, original in self._kept:
            setattr(owner, name, original)

    def _watch(self, owner: Any, name: str, look: Any) -> None:
        original = getattr(owner, name)
        self._kept.append((owner, name, original))

        def watched(self: Any, *arguments: Any) -> Any:
            result = original(self, *arguments)
            look(self, arguments, result)
            return result

        setattr(owner, name, watched)

    def _drawn(self, painter: QPainter, arguments: Sequence[Any], _result: object) -> None:
        match arguments:
            case [QRect() | QRectF() as place, flags, str(text), *_] if text:
                flags = getattr(flags, "value", flags)
                needed = painter.boundingRect(QRectF(place), flags, text)
                if needed.width() > place.width() + _ROUNDED or needed.height() > place.height() + 2 * _ROUNDED:
                    have = f"{place.width():.0f} × {place.height():.0f}"
                    self._seen.append(f"{text!r} is painted {needed.width():.0f} × {needed.height():.0f} px in {have}")
            case [QPoint() | QPointF() as at, str(text)] if text:
                device = painter.device()
                width = device.width() / max(1.0, device.devicePixelRatioF())
                left = painter.worldTransform().map(QPointF(at)).x()
                right = left + painter.fontMetrics().horizontalAdvance(text)
                if left < -_ROUNDED or right > width + _ROUNDED:
                    self._seen.append(
                        f"{text!r} is painted beyond the window: {left:.0f} to {right:.0f} of {width:.0f}"
                    )

    def _elided(self, _metrics: object, arguments: Sequence[Any], result: str) -> None:
        text = str(arguments[0])
        if result != text and not _is_name(text):
            self._seen.append(f"{text!r} is shortened to {result!r}")


def _is_name(text: str) -> bool:
    """Whether a name is in it."""
    return any(name in text for name in NAMES)


def settle(rounds: int = 6) -> None:
    """Lets layouts come to rest."""
    for _ in range(rounds):
        QApplication.sendPostedEvents()
        QCoreApplication.processEvents()


def fits(window: QWidget, size: QSize) -> QSize:
    """Gives the window that size, or the least that it can have."""
    window.resize(size.expandedTo(window.minimumSizeHint()))
    settle()
    return window.size()
