"""The whole program as its user starts it, and a pair of eyes on its windows.

Each line that it is given, a word of no meaning, is answered with one line of JSON: of every window its title, its
place, the words on it, and where its buttons are, in px of the screen.
"""

import json
import os
import sys
import threading
import traceback
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QWidget

from fer_desktop.app.main import main as program

_MOST_COLUMNS: Final = 5


class Eyes(QObject):
    """Looks in the thread of the windows."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._answer)

    def listen(self) -> None:
        for _ in sys.stdin:
            self.asked.emit()

    def _answer(self) -> None:
        try:
            shown = [_window(one) for one in QApplication.topLevelWidgets() if one.isVisible()]
        except Exception:  # noqa: BLE001 (the program would log it and go on, and the test wait for ever)
            traceback.print_exc()
            os._exit(1)
        sys.stdout.write(json.dumps(shown) + "\n")
        sys.stdout.flush()


def _window(window: QWidget) -> dict[str, Any]:
    parts = [one for one in [window, *window.findChildren(QWidget)] if one.isVisible()]
    seen = [one for one in parts if not one.visibleRegion().isEmpty()]
    words = [one.text() for one in seen if isinstance(one, QLabel)]
    words += [one.accessibleDescription() for one in seen]
    words += [text for one in seen if isinstance(one, QAbstractItemView) for text in _rows(one.model())]
    rows = [row for one in seen if isinstance(one, QAbstractItemView) for row in _placed(one)]
    named = [one for one in parts if one.accessibleName() and not isinstance(one, QAbstractButton)]
    buttons = {_name(one): _centre(one) for one in seen if isinstance(one, QAbstractButton) and one.isEnabled()}
    return {
        "title": window.windowTitle(),
        "kind": type(window).__name__,
        "place": window.frameGeometry().getRect(),
        "minimised": window.isMinimized(),
        "words": [one for one in words if one],
        "buttons": buttons,
        "rows": rows,
        "parts": {one.accessibleName(): (*one.mapToGlobal(QPoint()).toTuple(), *one.size().toTuple()) for one in named},
    }


def _placed(view: QAbstractItemView) -> list[tuple[str, tuple[int, int]]]:
    """What the rows that are seen say, and where to press on them."""
    model, inside = view.model(), view.viewport().rect()
    every = [(row, column) for row in range(model.rowCount()) for column in range(_MOST_COLUMNS)]
    indexes = [model.index(*one) for one in every if model.hasIndex(*one)]
    places = [(str(one.data()), view.visualRect(one)) for one in indexes if inside.intersects(view.visualRect(one))]
    return [(words, view.viewport().mapToGlobal(place.center()).toTuple()) for words, place in places]


def _rows(model: QAbstractItemModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def _name(button: QAbstractButton) -> str:
    return (button.text() or button.accessibleName()).replace("&", "")


def _centre(button: QAbstractButton) -> tuple[int, int]:
    inside = QRect(QPoint(), button.size())
    at = button.mapToGlobal(QPoint(min(12, inside.center().x()), inside.center().y()))
    return at.x(), at.y()


def main() -> None:
    eyes = Eyes()
    threading.Thread(target=eyes.listen, daemon=True).start()
    program([])


if __name__ == "__main__":
    main()
