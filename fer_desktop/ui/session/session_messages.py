"""What a session says across the window: what does not work, what is in its way, where it was saved."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from fer_desktop.core.sources import Region, RegionChoice
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.channel.reports import Problem
from fer_desktop.pipeline.session_engine.channel.status import SessionEnd
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.look.words import told
from fer_desktop.ui.session.own_end import OwnEnd
from fer_desktop.ui.toolkit.open_folder import open_folder
from fer_desktop.ui.widgets.message_bar import MessageBar


class SessionMessages(QObject):
    """`standing` holds for the whole window; `trouble` while something does not work; `notice` is about all else."""

    def __init__(
        self, session: LiveSession, model: SessionModel, lie_over: Callable[[Region], bool], window: QWidget
    ) -> None:
        """`lie_over`: whether a window of the program covers a part of that region."""
        super().__init__(window)
        self._session, self._lie_over, self._window = session, lie_over, window
        self._problem = ""  # what `trouble` is about
        self._question = ""  # whether the session is to end
        self.standing, self.notice, self.trouble = MessageBar(), MessageBar(), MessageBar()
        self.own_end = OwnEnd(model, self)
        model.problem.connect(self._on_problem)
        model.summary.connect(self._on_summary)
        self.own_end.asked.connect(self._on_own_end)
        self.own_end.withdrawn.connect(self._on_end_withdrawn)
        self.own_end.over.connect(session.stop)

    def tell_unrecorded(self) -> None:
        """Says, until another is told, that no session of this window is kept."""
        self.standing.tell(
            "note", self.tr("Nothing is recorded in this window: the other one does that."), closable=False
        )

    def tell_recorded_next(self) -> None:
        """Says of a session that is not kept that the next one is."""
        self.standing.tell("note", self.tr("This session is not recorded. The next one is."), closable=False)

    def offer_to_leave_out(self) -> None:
        """Where a stopped session waits for room on the disk, which it does as long as the user: a way to end that."""
        status = self._session.status
        if status.can_give_up_saving and self.trouble.text:
            if status.unsaved_s == 1:
                text = self.tr("{problem} 1 second waits to be saved.")
            else:
                text = self.tr("{problem} %n seconds wait to be saved.", None, status.unsaved_s)
            actions = [(self.tr("Leave them out"), self._session.give_up_saving)]
            self.trouble.tell("problem", text.format(problem=self._problem), actions, closable=False)

    def tell_end(
        self,
        end: SessionEnd,
        store: Path,
        new_session: Callable[[], object],
        open_saved: Callable[[], object],
        kept: str = "",
        take_up: Callable[[], object] | None = None,
        look: Callable[[], object] | None = None,
    ) -> None:
        """Says where the session is, after the reason where it broke off, and offers to look there, or a new one.

        `store`: the file of all sessions, of which `open_saved` shows the list. `kept`: until when it is kept there.
        `take_up` goes on with it, `look` opens it; None: that cannot be done.
        """
        sentence = told(end.reason)
        goes_on = [(self.tr("Resume"), take_up)] if take_up is not None else []
        opens = [(self.tr("Open this lesson"), look)] if look is not None else []
        actions: list[tuple[str, Callable[[], object]]] = [*opens, *goes_on, (self.tr("New lesson"), new_session)]
        if end.path is not None and end.path != store:
            self._tell_saved(end.path, sentence, actions, kept)
            return
        if end.unrecorded:
            words = self.tr("The session is over. Nothing of it was recorded.")
        else:
            words = kept or self.tr("The session is saved with your lessons.")
            if look is None:
                actions.insert(0, (self.tr("Saved lessons…"), open_saved))
        text = self.tr("{reason} {saved}").format(reason=sentence, saved=words) if sentence else words
        self.notice.tell("problem" if sentence else "done", text, actions, primary=len(actions) - 1)

    def tell_erased(self, new_session: Callable[[], object]) -> None:
        """Says of the session whose end was told that it was erased since."""
        actions = [(self.tr("New lesson"), new_session)]
        self.notice.tell("done", self.tr("The lesson is erased."), actions, primary=0)

    @property
    def take_up_offered(self) -> bool:
        """Whether a message offers to go on with a session that was stopped."""
        return bool(self.notice.text) and self.notice.button(self.tr("Resume")) is not None

    def _tell_saved(
        self, path: Path, sentence: str, after: Sequence[tuple[str, Callable[[], object]]], kept: str
    ) -> None:
        if sentence:
            text = self.tr("{reason} What came before is saved to {path}").format(reason=sentence, path=path)
        else:
            text = self.tr("Saved to {path}").format(path=path)
        actions: list[tuple[str, Callable[[], object]]] = [
            (self.tr("Open folder"), lambda: open_folder(path.parent, tell_no_folder, self)),
            *after,
        ]
        text = f"{text}\n{kept}" if kept else text

        def tell_no_folder() -> None:
            words = self.tr("No program here can show a folder. The file is {path}").format(path=path)
            copying = (self.tr("Copy the path"), lambda: QApplication.clipboard().setText(str(path)))
            self.notice.tell("problem", words, [copying, *after], primary=len(after))

        self.notice.tell("problem" if sentence else "done", text, actions, primary=len(after))

    def _on_own_end(self, question: str) -> None:
        actions = [(self.tr("Go on"), self.own_end.go_on), (self.tr("End now"), self._session.stop)]
        self.notice.tell("note", question, actions, primary=0, closable=False)
        self._question = question
        QApplication.alert(self._window)  # she may be looking at another one

    def _on_end_withdrawn(self) -> None:
        if self.notice.text == self._question:
            self.notice.clear()

    def _on_problem(self, problem: Problem) -> None:
        if problem.message is not None:
            self._problem = text = told(problem.message)
            if problem.waits:
                text = self.tr("{problem} The session goes on, and what is not saved waits in memory.")
            self.trouble.tell("problem", text.format(problem=self._problem), closable=False)
            self.offer_to_leave_out()
        else:
            self.trouble.clear()

    def _on_summary(self, _summary: Summary) -> None:
        choice = self._session.choice
        if isinstance(choice, RegionChoice) and self._session.status.running:
            over = self._lie_over(choice.region)
            covered = self.tr("This window covers a part of what is read, and that part is left out: move it aside.")
            if over and not self.notice.text:
                self.notice.tell("note", covered, closable=False)
            elif not over and self.notice.text == covered:
                self.notice.clear()
