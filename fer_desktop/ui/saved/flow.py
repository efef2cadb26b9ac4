"""The stored sessions in the window: what is offered at a start, the list of them, and erasing that can be undone."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.lesson_files import FileKind
from fer_desktop.ui.bridge.saved import Gone, SavedSession, Tended
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.exporting.dialog import ExportDialog, open_export
from fer_desktop.ui.exporting.moving import BackupDialog, ImportDialog, RestoreDialog
from fer_desktop.ui.look.words import told
from fer_desktop.ui.saved.dialog import Offers, SavedDialog
from fer_desktop.ui.saved.editing import Editing
from fer_desktop.ui.saved.erasing import Erasing, Erasure
from fer_desktop.ui.saved.words import edited, erased, kept, left_alone, unexpected_end
from fer_desktop.ui.widgets.message_bar import MessageBar

# What an opened lesson calls its files.
KINDS: Final = {"report": FileKind.PDF, "spreadsheet": FileKind.XLSX, "csv": FileKind.CSV}
COMPARE: Final = "compare"
LEADS_TO: Final = (*KINDS, COMPARE)


class SavedFlow(QObject):
    """Offers what ended unexpectedly on a bar at home; `undo` is a bar across the window."""

    problem = Signal(str)
    note = Signal(str)  # what was done
    brought = Signal()  # there are lessons that were not there before
    followed_gone = Signal()  # what `follow` follows is erased for good
    tended = Signal()  # the store was looked after, and may hold other lessons
    opened = Signal(int)  # the lesson of that id is to be shown

    def __init__(
        self, services: Services, bar: MessageBar, window: QWidget, may_open: Callable[[], bool] = lambda: True
    ) -> None:
        """`may_open`: whether a stored lesson may be shown now, as none is while one runs."""
        super().__init__(window)
        self._may_open = may_open
        self._services, self._saved, self._bar, self._window = services, services.stored, bar, window
        self._unfinished: list[SavedSession] = []
        self._followed: tuple[SavedSession, Callable[[str, bool], object]] | None = None  # the one that has just ended
        self._answered: set[str] = set()
        self.undo = MessageBar()
        self._dialog: SavedDialog | None = None  # while it is open, which says itself what can be undone
        self.erasing = Erasing(self._saved, self)
        self.editing = Editing(self._saved, self)
        self.erasing.changed.connect(self._on_erasing)
        self.erasing.changed.connect(self._tell_followed)
        self.erasing.gone.connect(self._on_gone)
        self.erasing.failed.connect(self._on_failed)
        self.editing.changed.connect(self._on_editing)
        self.editing.failed.connect(self.problem)

    def begin(self) -> None:
        """Looks for sessions that ended unexpectedly, then after the store; for the start of the program."""
        if not self._services.records:
            return
        # A store that cannot be read is seen to next.
        run_job(self._saved.unfinished, self._offer_first, self._tend, self)

    def session_begins(self) -> None:
        """Lets go what was kept long enough; a program may run for weeks."""
        self._followed = None
        if self._services.records:
            # Where the store cannot be used, the session says so.
            run_job(self._saved.expire, self._tell_gone, lambda _sentence: None, self)

    def open_list(self, key: str = "") -> None:
        """Opens the list of what is stored, with the lesson of that key chosen where there is one."""
        offers = Offers(self.save, self.back_up, self.restore, self.import_csv, self.compare)
        dialog = SavedDialog(self._saved, self.erasing, offers, self._window, key, self._may_open)
        dialog.opened.connect(self.opened)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_dialog_closed)
        self._dialog = dialog
        self._show()
        dialog.open()

    def compare(self, sessions: Sequence[SavedSession], parent: QWidget) -> None:
        """Opens the comparison of the first with the second one, or with what is chosen there."""
        from fer_desktop.ui.compare.dialog import open_compare  # the plots take a moment to load

        open_compare(parent, self._services, sessions[0].id, sessions[1].id if len(sessions) > 1 else None)

    def _on_dialog_closed(self) -> None:
        self._dialog = None
        self._show()
        if self._unfinished:
            self._run(self._saved.unfinished, self._on_unfinished)

    def follow(self, file: Path, then: Callable[[str, bool], object]) -> None:
        """Hands on until when the session of that file is kept, and whether it is erased, as often as that changes.

        It is not called where the store does not have the session.
        """

        def tell(session: SavedSession | None) -> None:
            if session is not None:
                self._followed = session, then
                self._tell_followed()

        run_job(lambda: self._saved.of_file(file), tell, lambda _sentence: None, self)

    @property
    def followed(self) -> SavedSession | None:
        """What `follow` follows, once the store has told of it and while it is there."""
        return self._followed[0] if self._followed is not None else None

    def export(self, session_id: int, kind: str) -> None:
        """Asks where a file of that kind goes, of the lesson of that id, or what it is compared with; of LEADS_TO."""

        def ask(sessions: Sequence[SavedSession]) -> None:
            session = next((one for one in sessions if one.id == session_id), None)
            if session is None:
                return
            if kind == COMPARE:
                self.compare([session], self._window)
            else:
                self.save([session], self._window, KINDS[kind])

        self._run(self._saved.listed, ask)

    def _tell_followed(self) -> None:
        if self._followed is not None:
            session, then = self._followed
            then(kept(session), self.erasing.hides(session))

    def save(self, sessions: Sequence[SavedSession], parent: QWidget, kind: FileKind = FileKind.PDF) -> ExportDialog:
        """Asks what copies of these lessons are to be, and where they go."""
        return open_export(parent, self._services, [session.key for session in sessions], kind)

    def back_up(self, parent: QWidget | None = None) -> None:
        """Asks where all lessons go in one file."""
        self._open(BackupDialog(self._services, parent or self._window))

    def restore(self, parent: QWidget | None = None) -> None:
        """Asks for the backup whose lessons are to come back."""
        self._open(RestoreDialog(self._services, parent or self._window))

    def import_csv(self, parent: QWidget | None = None) -> None:
        """Asks for the CSV that is to be a lesson again."""
        self._open(ImportDialog(self._services, parent or self._window))

    def _open(self, dialog: BackupDialog | RestoreDialog | ImportDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.brought.connect(self._on_brought)
        dialog.open()

    def _on_brought(self) -> None:
        if self._dialog is not None:
            self._dialog.look()
        self.brought.emit()

    def _run(self, work: Callable[[], object], then: Callable[[Any], object]) -> None:
        run_job(work, then, self.problem.emit, self)

    def _offer_first(self, sessions: Sequence[SavedSession]) -> None:
        self._on_unfinished(sessions)
        self._tend()

    def _tend(self, _sentence: str = "") -> None:
        self._run(self._saved.tend, self._on_tended)

    def _on_tended(self, tended: Tended) -> None:
        repaired, left = told(tended.repaired), left_alone(tended.gone.left)
        expired = self._expired(tended.gone.sessions, self._services.settings().keep_sessions.days)
        if words := "\n".join(filter(None, (repaired, expired, left))):
            (self.problem if repaired or left else self.note).emit(words)
        self.tended.emit()
        # A repair may have brought some back, and some may have been kept long enough.
        self._run(self._saved.unfinished, self._on_unfinished)

    def _expired(self, count: int, days: int | None) -> str:
        """How many went by themselves; empty where none did."""
        if not count or days is None:
            return ""
        if not days:
            if count == 1:
                return self.tr("1 lesson was erased: it was kept until the next start.")
            return self.tr("%n lessons were erased: they were kept until the next start.", None, count)
        if count == 1:
            return self.tr("1 lesson was erased: it was kept for {days} days.").format(days=days)
        return self.tr("%n lessons were erased: they were kept for {days} days.", None, count).format(days=days)

    def _on_unfinished(self, sessions: Sequence[SavedSession]) -> None:
        self._unfinished = list(sessions)
        self._show()

    def _offered(self) -> list[SavedSession]:
        left = (one for one in self._unfinished if one.key not in self._answered)
        return [one for one in left if not self.erasing.hides(one)]

    def undo_last(self) -> None:
        """Takes back what the window says can be undone."""
        if self.erasing.waiting is not None:
            self.erasing.undo()
        else:
            self.editing.undo()

    def _on_erasing(self) -> None:
        if self.erasing.waiting is not None:
            self.editing.settle()  # what comes after it makes it final
        self._show()

    def _on_editing(self) -> None:
        if self.editing.waiting is not None:
            self.erasing.finish()
        self._show()

    def _show(self) -> None:
        """What can be undone comes first, then what is offered."""
        erasure, edit, offered = self.erasing.waiting, self.editing.waiting, self._offered()
        words = erased(erasure) if erasure is not None else edited(edit) if edit is not None else ""
        if not words or self._dialog is not None:
            self.undo.clear()
        elif self.undo.button(self.tr("Undo")) is None or self.undo.text != words:
            self.undo.tell("done", words, [(self.tr("Undo"), self.undo_last)], closable=False)
        if erasure is None and offered:
            self._offer(offered[0], len(offered))
        else:
            self._bar.clear()

    def _offer(self, session: SavedSession, count: int) -> None:
        words = unexpected_end(session)
        if count > 1:
            words = self.tr("{offer} One of {count}.").format(offer=words, count=count)
        actions: list[tuple[str, Callable[[], object]]] = [
            (self.tr("Erase"), lambda: self._erase_offered(session)),
            (self.tr("Keep"), lambda: self._keep(session)),
        ]
        if session.has_figures:
            actions.insert(0, (self.tr("Save a copy…"), lambda: self._save_offered(session)))
        self._bar.tell("note", words, actions, closable=False)  # the page's one primary button starts a lesson

    def _erase_offered(self, session: SavedSession) -> None:
        self.erasing.ask(Erasure((session,)))
        self.undo.focus(self.tr("Undo"))

    def _keep(self, session: SavedSession) -> None:
        self._answered.add(session.key)
        self._run(lambda: self._saved.keep(session), lambda _done: None)
        self._show()

    def _save_offered(self, session: SavedSession) -> None:
        self.save([session], self._window, FileKind.CSV).copied.connect(lambda _copied: self._keep(session))

    def _on_gone(self, gone: Gone) -> None:
        if self._followed is not None and self.erasing.is_gone(self._followed[0]):
            self._followed = None
            self.followed_gone.emit()
        if self._dialog is None:
            self._tell_gone(gone)

    def _on_failed(self, sentence: str) -> None:
        if self._dialog is None:
            self.problem.emit(sentence)

    def _tell_gone(self, gone: Gone) -> None:
        if words := left_alone(gone.left):
            self.problem.emit(words)
