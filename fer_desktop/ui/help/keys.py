"""The keys as the menus have them, so that what help says of them is never another."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from fer_desktop.ui.toolkit.global_key import KEY, is_offered

_LETTER: Final = re.compile(r"\s*\(&\w\)|&(?=\w)")  # what is underlined; some languages add it in brackets

translate = QCoreApplication.translate


def keys_of(bar: QMenuBar) -> list[tuple[str, str]]:
    """Each key and what it does, in the order of the menus; then those that no menu has."""
    rows = [
        _row(action) for entry in bar.actions() if isinstance(menu := entry.menu(), QMenu) for action in menu.actions()
    ]
    rows += [
        (
            translate("KeysPage", "Arrows, Space"),
            translate("KeysPage", "In the live view: move between faces, leave out or bring back"),
        ),
        (
            translate("KeysPage", "Arrows, Enter, Delete"),
            translate("KeysPage", "In the lesson so far: move its cursor, rename the marker there, or remove it"),
        ),
        (
            translate("KeysPage", "F2, Shift+F2, Delete"),
            translate("KeysPage", "On a lesson in the list: give it a name, a class, or erase it"),
        ),
        (
            translate("KeysPage", "Arrows, Page Up and Down, Space"),
            translate("KeysPage", "In an opened lesson: go through it by seconds and minutes, play or pause"),
        ),
    ]
    if is_offered():
        keys = QKeySequence(KEY).toString(QKeySequence.SequenceFormat.NativeText)
        rows.append((keys, translate("KeysPage", "In any program, during a lesson: mark the moment")))
    return [row for row in rows if row[0]]


def plain(text: str) -> str:
    """The words of a menu's entry, without its underlined letter and its dots."""
    return _LETTER.sub("", text.partition("\t")[0]).removesuffix("…").strip()


def _row(action: QAction) -> tuple[str, str]:
    # A key behind a tab is shown in the menu, and answered by the window.
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) or action.text().partition("\t")[2]
    told_more = {
        translate("KeysPage", "Space"): translate("KeysPage", "Pause or resume"),
        translate("KeysPage", "M"): translate("KeysPage", "Add a marker; press twice to add it without a name"),
    }
    return key, told_more.get(key, plain(action.text()))
