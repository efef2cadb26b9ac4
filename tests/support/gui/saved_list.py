"""The list of saved lessons, opened in the window, and what is done and read there."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fer_desktop.ui.exporting.dialog import ExportDialog
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog


def opened(qtbot: QtBot, window: MainWindow) -> SavedDialog:
    window.saved.open_list()
    dialog = window.findChild(SavedDialog)
    assert isinstance(dialog, SavedDialog)
    with qtbot.waitSignal(dialog.looked):
        pass
    return dialog


def rows(dialog: SavedDialog) -> list[list[str]]:
    tree = dialog.list
    items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(5)] for item in items if item is not None]


def markers(dialog: SavedDialog, row: int) -> list[str]:
    item = dialog.list.topLevelItem(row)
    assert item is not None
    under = [item.child(index) for index in range(item.childCount())]
    return [one.text(0) for one in under if one is not None]


def choose(dialog: SavedDialog, row: int, marker: int | None = None) -> None:
    item = dialog.list.topLevelItem(row)
    assert item is not None
    chosen = item if marker is None else item.child(marker)
    assert chosen is not None
    dialog.list.setCurrentItem(chosen)


def press(button: QPushButton | None) -> None:
    assert button is not None
    button.click()


def save_copies(qtbot: QtBot, dialog: SavedDialog) -> list[Path]:
    """Saves what is chosen as reports; the files."""
    dialog.save.click()
    copies = dialog.findChild(ExportDialog)
    assert isinstance(copies, ExportDialog)
    with qtbot.waitSignal(copies.looked):
        pass
    with qtbot.waitSignal(copies.copied, timeout=20_000) as told:
        copies.go_on.click()
    copies.close()
    assert told.args is not None
    return list(told.args[0].files)


def until_erased(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.saved.erasing.busy)
