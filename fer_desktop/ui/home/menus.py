"""Menus of home: all other sources, and what can be done with a lesson."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from fer_desktop.core.sources import DemoChoice, SourceChoice, SourceKind
from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.look.source_names import shown_name
from fer_desktop.ui.saved.editing import Field
from fer_desktop.ui.toolkit.keyboard import key_words

_MOST_CLASSES = 12  # in the menu; others are typed


class SourcesMenu(QMenu):
    """The last source first, then every kind."""

    wanted = Signal(object)  # SourceKind or SourceChoice
    demo_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._again: list[QAction] = []  # the last source, and the line below it
        for text, kind in (
            (self.tr("&Window…"), SourceKind.WINDOW),
            (self.tr("&Recording or pictures…"), SourceKind.RECORDING),
            (self.tr("&Folder of pictures…"), SourceKind.PICTURES),
            (self.tr("S&tream…"), SourceKind.STREAM),
        ):
            _add(self, text, lambda kind=kind: self.wanted.emit(kind))  # type: ignore[misc]
        _add(self, self.tr("&Demo class"), self.demo_wanted.emit)
        self.addSeparator()
        _add(self, self.tr("&Cameras and all others"), self.all_wanted.emit)

    def remember(self, last: SourceChoice | None) -> None:
        """Offers the source of the last lesson again; the demo class stands below anyway."""
        for action in self._again:
            self.removeAction(action)
        self._again = []
        if last is not None and not isinstance(last, DemoChoice):
            text = self.tr("&Again: {source}").format(source=shown_name(last).replace("&", "&&"))
            first = self.actions()[0]
            self._again = [_action(self, text, lambda: self.wanted.emit(last)), QAction(self)]
            self._again[1].setSeparator(True)
            self.insertActions(first, self._again)


@dataclass(frozen=True, slots=True)
class LessonWays:
    """What the menu of a lesson calls."""

    open: Callable[[], object]
    edit: Callable[[Field], object]
    set_class: Callable[[str], object]
    manage: Callable[[], object]
    erase: Callable[[], object]


class LessonMenu(QObject):
    """Fills a menu each time it opens, for the lesson that is chosen then."""

    def __init__(self, menu: QMenu, ways: LessonWays) -> None:
        super().__init__(menu)
        self._menu, self._ways = menu, ways

    def fill(self, lesson: SavedSession, classes: Sequence[str]) -> None:
        """For that lesson; `classes`: those that she has used, the newest first."""
        menu, ways = self._menu, self._ways
        menu.clear()
        _add(menu, self.tr("&Open"), ways.open, "Enter")
        _add(menu, self.tr("&Rename"), lambda: ways.edit(Field.NAME), "F2")
        of = QMenu(self.tr("&Class"), menu)
        menu.addMenu(of)
        for name in classes[:_MOST_CLASSES]:
            self._add_class(of, name.replace("&", "&&"), name, lesson)
        self._add_class(of, self.tr("&None"), "", lesson)
        of.addSeparator()
        _add(of, self.tr("Another &class…"), lambda: ways.edit(Field.CLASS), "Shift+F2")
        menu.addSeparator()
        _add(menu, self.tr("&Save as CSV, or erase what a marker says…"), ways.manage)
        erase = _add(menu, self.tr("&Erase"), ways.erase, "Delete")
        if lesson.state is SavedState.RECORDING:
            erase.setEnabled(False)
            erase.setText(self.tr("Erase: stop it first"))

    def _add_class(self, menu: QMenu, text: str, name: str, lesson: SavedSession) -> None:
        action = _add(menu, text, lambda: self._ways.set_class(name))
        action.setCheckable(True)
        action.setChecked(name == lesson.class_name)


def _add(menu: QMenu, text: str, act: Callable[[], object], key: str = "") -> QAction:
    """The key is shown; the list itself answers it, which has the keyboard then."""
    shown = key_words(key)
    action = _action(menu, f"{text}\t{shown}" if shown else text, act)
    menu.addAction(action)
    return action


def _action(menu: QMenu, text: str, act: Callable[[], object]) -> QAction:
    action = QAction(text, menu)
    action.triggered.connect(lambda _checked=False: act())
    return action
