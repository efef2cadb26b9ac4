"""All lessons in one file and back from it, and a lesson out of a CSV."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from fer_desktop.ui.bridge.lesson_files import BroughtBack, Seen
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.exporting.progress import Progress
from fer_desktop.ui.exporting.working_dialog import WorkingDialog
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.keyboard import OneStop
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.widgets.file_field import FileField

_WIDTH_PX: Final = 520


class _FileDialog(WorkingDialog):
    """A sentence, a place, and the button."""

    brought = Signal()  # there are lessons that were not there before

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(_WIDTH_PX, parent)
        self._files = services.lesson_files
        self.place = self._place()
        self._lay_out()
        self.place.changed.connect(self._grey)
        self.go_on.clicked.connect(self._go)
        self._grey()
        self.place.setFocus()

    def _lay_out(self) -> None:
        title, sentence, go_on = self._words()
        self.name(title, go_on)
        heading, words = PlainLabel(title), PlainLabel(sentence)
        named = PlainLabel(self.place.line.accessibleName())
        set_role(heading, "heading")
        set_role(words, "muted")
        set_role(named, "strong")
        words.setWordWrap(True)
        self.column.addWidget(heading)
        self.column.addWidget(words)
        self.column.addSpacing(SPACE)
        self._add_questions()
        self.column.addWidget(named)
        self.column.addWidget(self.place)
        self.column.addStretch(1)

    def _place(self) -> FileField:
        """Where the file is, or goes."""
        raise NotImplementedError

    def _words(self) -> tuple[str, str, str]:
        """Title, sentence, and what the button does."""
        raise NotImplementedError

    def _add_questions(self) -> None:
        """What is asked beside the place."""

    def _file(self) -> Path:
        return Path(self.place.text()).expanduser()

    def _go(self) -> None:
        raise NotImplementedError

    def _grey(self) -> None:
        self.can_go_on(bool(self.place.text()))
        self.place.setEnabled(not self.work.running)

    def _on_running(self, running: bool) -> None:
        super()._on_running(running)
        self._grey()


class BackupDialog(_FileDialog):
    """All lessons in one new file."""

    def _place(self) -> FileField:
        place = FileField(self.tr("Folder of the backup"), None)
        place.set_text(str(self._files.folder()))
        return place

    def _words(self) -> tuple[str, str, str]:
        sentence = self.tr(
            "All lessons go into one file, for a new computer or a safe place. Settings do not. Whoever has the file "
            "can read it."
        )
        return self.tr("Back up all lessons"), sentence, self.tr("Back up")

    def _go(self) -> None:
        folder, files = self._file(), self._files

        def work(progress: Progress) -> tuple[int, Path]:
            file = files.free_backup(folder)
            return files.back_up(file, progress.tell), file

        self.work.run(self.tr("Backing up…"), work, self._on_done)

    def _on_done(self, done: tuple[int, Path]) -> None:
        count, file = done
        if count == 1:
            words = self.tr("1 lesson is in {path}").format(path=file)
        else:
            words = self.tr("%n lessons are in {path}", None, count).format(path=file)
        self.work.tell("done", words, file.parent)


class RestoreDialog(_FileDialog):
    """The lessons of a backup."""

    def _place(self) -> FileField:
        return FileField(self.tr("Backup"), self.tr("Backups (*.db)"))

    def _words(self) -> tuple[str, str, str]:
        sentence = self.tr("Lessons of the backup that are not here are added. Those that are here stay as they are.")
        return self.tr("Restore lessons"), sentence, self.tr("Restore")

    def _go(self) -> None:
        file, files = self._file(), self._files
        self.work.run(self.tr("Restoring…"), lambda progress: files.restore(file, progress.tell), self._on_done)

    def _on_done(self, done: BroughtBack) -> None:
        self.work.tell("done", " ".join(filter(None, (self._added(done), self._kept(done), self._expiring(done)))))
        if done.lessons:
            self.brought.emit()

    def _added(self, done: BroughtBack) -> str:
        if done.lessons == 1:
            return self.tr("1 lesson was added.")
        return self.tr("%n lessons were added.", None, done.lessons) if done.lessons else self.tr("None was added.")

    def _kept(self, done: BroughtBack) -> str:
        return self.tr("Here already: {count}.").format(count=done.kept) if done.kept else ""

    def _expiring(self, done: BroughtBack) -> str:
        if not done.expiring:
            return ""
        text = self.tr(
            "Older than lessons are kept, and erased at the next start unless you choose longer in the settings: "
            "{count}."
        )
        return text.format(count=done.expiring)


class ImportDialog(_FileDialog):
    """A session's CSV file as a lesson."""

    def _place(self) -> FileField:
        return FileField(self.tr("CSV file"), self.tr("CSV files (*.csv)"))

    def _words(self) -> tuple[str, str, str]:
        sentence = self.tr("A CSV file that this program wrote becomes a lesson again.")
        return self.tr("Import a CSV"), sentence, self.tr("Import")

    def _add_questions(self) -> None:
        asked = PlainLabel(self.tr("Who was seen?"))
        set_role(asked, "strong")
        self.column.addWidget(asked)
        self._group, self.seen = QButtonGroup(self), dict[Seen, QRadioButton]()
        names = {
            Seen.CLASS: self.tr("A &class, or others"),
            Seen.MYSELF: self.tr("Only &myself"),
            Seen.DEMO: self.tr("The &demo class"),
        }
        for seen, name in names.items():
            button = self.seen[seen] = QRadioButton(name)
            self._group.addButton(button)
            self.column.addWidget(button)
        refusal = self._files.import_refusal(Seen.CLASS)
        self.refusal = PlainLabel(told(refusal))
        set_role(self.refusal, "muted")
        self.refusal.setWordWrap(True)
        self.refusal.setVisible(refusal is not None)
        self.column.addWidget(self.refusal)
        self.column.addSpacing(SPACE)
        self.seen[Seen.CLASS].setEnabled(refusal is None)
        # Files of a class tell least, and so it is a class unless she says otherwise.
        self.seen[Seen.CLASS].setChecked(refusal is None)
        OneStop(self._group)
        self._group.buttonToggled.connect(self._grey)

    def _chosen(self) -> Seen | None:
        return next((seen for seen, button in self.seen.items() if button.isChecked()), None)

    def _grey(self) -> None:
        self.can_go_on(bool(self.place.text()) and self._chosen() is not None)
        self.place.setEnabled(not self.work.running)

    def _go(self) -> None:
        file, files, seen = self._file(), self._files, self._chosen()
        if seen is not None:
            self.work.run(self.tr("Reading…"), lambda _progress: files.import_csv(file, seen), self._on_done)

    def _on_done(self, _done: None) -> None:
        self.work.tell("done", self.tr("It is among your lessons now."))
        self.place.set_text("")
        self.brought.emit()
