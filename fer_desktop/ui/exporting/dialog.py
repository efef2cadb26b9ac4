"""Copies of one or many lessons: what they become, and where they go."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.lesson_files import FileKind
from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.exporting.copying import Copied, copy_all
from fer_desktop.ui.exporting.kinds import Kinds
from fer_desktop.ui.exporting.working_dialog import WorkingDialog
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.times import day_words, time_words
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.plain import PlainLabel, plain_tip
from fer_desktop.ui.widgets.file_field import FileField

_WIDTH_PX: Final = 584  # with a frame it fits a screen of 640 px


def open_export(
    parent: QWidget, services: Services, keys: Sequence[str], kind: FileKind = FileKind.PDF
) -> "ExportDialog":
    """Opens the dialog for the lessons of these keys, with that kind chosen at first; it is gone once it is closed."""
    dialog = ExportDialog(services, keys, kind, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class ExportDialog(WorkingDialog):
    """Says "saved" of files alone that were read back."""

    looked = Signal()  # the lessons are known, or why they are not
    copied = Signal(object)  # Copied: at least one file is there

    def __init__(
        self, services: Services, keys: Sequence[str], kind: FileKind = FileKind.PDF, parent: QWidget | None = None
    ) -> None:
        super().__init__(_WIDTH_PX, parent)
        self.name(self.tr("Save a copy"), self.tr("Save"))
        self._files = services.lesson_files
        self._settings = SettingsModel(services, self)
        self._keys = tuple(keys)
        self.lessons: Sequence[SavedSession] = ()
        self.kinds = Kinds(self._files, kind)
        self.folder = FileField(self.tr("Folder"), None)
        self.folder.set_text(str(self._files.folder()))
        self.title, self.when, self.limits = PlainLabel(self.tr("Save a copy")), PlainLabel(), PlainLabel()
        self._lay_out()
        self.folder.changed.connect(self._grey)
        self.go_on.clicked.connect(self._save)
        self._grey()
        run_job(services.stored.listed, self._on_listed, self._on_failed, self)

    def _lay_out(self) -> None:
        set_role(self.title, "heading")
        set_role(self.when, "muted")
        set_role(self.limits, "muted")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.limits.setWordWrap(True)
        self.limits.setText(
            self.tr(
                "Of a class, means are of 30 seconds, and one or two sad, afraid or angry faces are left out: so small "
                "a number could tell of one child."
            )
        )
        self.limits.hide()
        where = PlainLabel(self.tr("In the &folder"))
        set_role(where, "strong")
        where.setBuddy(self.folder.line)
        for widget in (self.title, self.when):
            self.column.addWidget(widget)
        self.column.addSpacing(SPACE)
        self.column.addWidget(self.kinds)
        self.column.addWidget(self.limits)
        self.column.addSpacing(SPACE)
        self.column.addWidget(where)
        self.column.addWidget(self.folder)
        self.column.addStretch(1)

    def _on_listed(self, sessions: Sequence[SavedSession]) -> None:
        by_key = {session.key: session for session in sessions}
        self.lessons = [by_key[key] for key in self._keys if key in by_key]
        if len(self.lessons) == 1:
            (one,) = self.lessons
            self.title.setText(name_of(one))
            self.title.setToolTip(plain_tip(name_of(one)))
            text = self.tr("{day}, {time}", "day and time")
            self.when.setText(text.format(day=day_words(one.started.date()), time=time_words(one.started)))
        elif self.lessons:
            self.title.setText(self.tr("%n lessons", None, len(self.lessons)))
            self.when.setText(self.tr("A file for each of them."))
        else:
            self.work.tell("problem", self.tr("This lesson is no longer stored."))
        self.limits.setVisible(any(one.live_class for one in self.lessons))
        self._grey()
        self.make_room()
        if not self.kinds.isAncestorOf(self.focusWidget() or self):
            self.kinds.buttons[self.kinds.kind].setFocus()
        self.looked.emit()

    def _on_failed(self, sentence: str) -> None:
        self.work.tell("problem", sentence)
        self.looked.emit()

    def _grey(self) -> None:
        self.can_go_on(bool(self.lessons) and bool(self.folder.text()))
        for widget in (self.kinds, self.folder):
            widget.setEnabled(not self.work.running)

    def _save(self) -> None:
        lessons, kind, folder = self.lessons, self.kinds.kind, Path(self.folder.text()).expanduser()
        self.work.run(
            self.tr("Saving…"),
            lambda progress: copy_all(self._files, lessons, kind, folder, progress),
            lambda copied: self._on_copied(copied, folder),
        )
        self._grey()

    def _on_copied(self, copied: Copied, folder: Path) -> None:
        count = len(copied.files)
        if count == len(self.lessons) == 1 and not copied.failed:
            self.work.tell("done", self.tr("Saved to {path}").format(path=copied.files[0]), folder)
        elif count == len(self.lessons) and not copied.failed:
            self.work.tell("done", self.tr("%n files saved.", None, count), folder)
        else:
            self.work.tell("problem" if copied.failed else "note", self._part(copied), folder if count else None)
        if count:
            self._remember(folder)
            self.copied.emit(copied)

    def _part(self, copied: Copied) -> str:
        """What is there of what was wanted, and why not the rest."""
        why = [told(sentence) for _, sentence in copied.failed[:1]]
        if not copied.files:
            return " ".join(why) or self.tr("Stopped: nothing was saved.")
        text = self.tr("{saved} of {all} files saved, and these are whole.")
        return " ".join([text.format(saved=len(copied.files), all=len(self.lessons)), *why])

    def _remember(self, folder: Path) -> None:
        if str(folder) != self._settings.current.export_folder:
            self._settings.put(self._settings.current.changed(export_folder=str(folder)))

    def _on_running(self, running: bool) -> None:
        super()._on_running(running)
        self._grey()
