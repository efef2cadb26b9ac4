"""How states of stored lessons are brought about: files of them, erasing, a recording that is read, comparisons."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Alert
from fer_desktop.ui.automation.screenshots.replay import Moment
from fer_desktop.ui.automation.screenshots.stage import SIZE, Stage, settle, until
from fer_desktop.ui.bridge.lesson_files import FileKind
from fer_desktop.ui.compare.dialog import open_compare
from fer_desktop.ui.exporting.dialog import open_export
from fer_desktop.ui.exporting.moving import BackupDialog, ImportDialog, RestoreDialog
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog

Show = Callable[[Stage], QWidget]

FOLDER: Final = "/home/teacher/Lessons"
COMPARED: Final = QSize(960, 600)
_RECORDING: Final = "Maths 9b, 27 November.mp4"
_READ_S, _LONG_S, _LEFT_S = 555.0, 800.0, 95.0


def export(kind: FileKind) -> Show:
    """Where a copy of the newest lesson goes, as a file of that kind."""

    def show(stage: Stage) -> QWidget:
        window = stage.window()
        dialog = open_export(window, stage.studio, [stage.studio.stored.listed()[0].key], kind)
        stage.at_end(dialog.close)
        until(lambda: bool(dialog.lessons), "the lesson was not found")
        dialog.folder.set_text(FOLDER)
        settle()
        return dialog

    return show


def moving(make: type[BackupDialog] | type[RestoreDialog] | type[ImportDialog], file: str = "") -> Show:
    """All lessons into one file, back from it, or one out of a CSV."""

    def show(stage: Stage) -> QWidget:
        dialog = make(stage.studio, stage.window())
        dialog.place.set_text(f"{FOLDER}/{file}" if file else FOLDER)
        return stage.dialog(dialog)

    return show


def erase_everything(stage: Stage) -> QWidget:
    """The question before all lessons are erased."""
    dialog = saved_list(stage)
    dialog.erase_all.click()
    settle()
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QDialog)
    stage.at_end(box.close)
    return box


def erased(stage: Stage) -> QWidget:
    """The list right after a lesson was erased; it is undone once the picture is taken."""
    dialog = saved_list(stage)
    dialog.erase.click()
    stage.at_end(_window_of(dialog).saved.erasing.undo)
    settle()
    return dialog


def _window_of(dialog: QDialog) -> MainWindow:
    window = dialog.parentWidget()
    assert isinstance(window, MainWindow)
    return window


def saved_list(stage: Stage) -> SavedDialog:
    """The list of what is stored, the newest lesson chosen."""
    window = stage.window()
    window.saved.open_list()
    dialog = window.findChild(SavedDialog)
    assert isinstance(dialog, SavedDialog)
    stage.at_end(dialog.close)
    until(lambda: dialog.list.topLevelItemCount() > 0, "no lesson is stored")
    return dialog


def reading(done: bool, size: QSize = SIZE) -> Show:
    """A recording while it is read, or once that is done."""

    def show(stage: Stage) -> QWidget:
        window = stage.window(size)
        page = window.reading.page
        page.begin(_RECORDING)
        window.pages.show_session(page)
        told = stage.studio.replay(Moment.ENDED if done else Moment.CALM).notices
        page.append([one for one in told if isinstance(one, Summary | Glance | Alert)])
        if done:
            page.show_progress(_LONG_S, _LONG_S, None)
            page.end(page.tr("All of it is read. It is one of your lessons now."))
        else:
            page.show_progress(_READ_S, _LONG_S, _LEFT_S)
        settle()
        return window

    return show


def comparison(size: QSize = COMPARED, usual: bool = False) -> Show:
    """The newest lesson whose class is named beside the one of that class before it, or the usual of that class."""

    def show(stage: Stage) -> QWidget:
        window = stage.window()
        lesson = next(one for one in stage.studio.stored.listed() if one.class_name)
        dialog = open_compare(window, stage.studio, lesson.id)
        stage.at_end(dialog.close)
        until(lambda: dialog.comparison is not None, "nothing was compared")
        if usual:
            before = dialog.comparison
            dialog.other.setCurrentIndex(0)
            dialog.other.activated.emit(0)
            until(lambda: dialog.comparison is not before, "nothing was compared with what is usual")
        dialog.resize(size)
        settle()
        return dialog

    return show
