"""Somebody is left out in the middle of a lesson: what that means for the seconds before, and a way to erase them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.channel.commands import Exclude, ExclusionCommand
from fer_desktop.pipeline.session_engine.channel.status import SessionEnd
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.session.page import SessionPage
from fer_desktop.ui.widgets.message_bar import MessageBar

# Whoever is left out sooner was hardly in it.
FROM_S: Final = 10.0


class Objection(QObject):
    """Whoever objects may want to be left out from the start: past seconds cannot be undone for one, but for all."""

    def __init__(
        self,
        page: SessionPage,
        session: LiveSession,
        notice: MessageBar,
        erase: Callable[[Path], object],
        new_session: Callable[[], object],
    ) -> None:
        """`erase` lets the lesson of that file go, which can be undone for some seconds."""
        super().__init__(page)
        self._session, self._notice, self._erase, self._new_session = session, notice, erase, new_session
        self._recorded_s = 0.0
        self._wanted = False
        page.live.exclusion_wanted.connect(self._look)
        session.model.summary.connect(self._on_summary)
        session.model.started.connect(self._on_started)
        session.model.ended.connect(self._on_ended)

    def _look(self, command: ExclusionCommand) -> None:
        """Says what a choice of the teacher's means for what was recorded before it."""
        choice = self._session.choice
        kept = choice is not None and choice.is_live_class and self._session.records
        recorded = kept and self._recorded_s >= FROM_S
        if isinstance(command, Exclude) and not command.own and recorded:
            words = self.tr("Left out from now on. The seconds before hold figures of the class, and none of a person.")
            self._notice.tell("note", words, [(self.tr("Erase the lesson…"), self._ask)])

    def _ask(self) -> None:
        words = self.tr("The lesson ends now and is erased, with all of its figures.")
        actions = [(self.tr("End and erase"), self._end), (self.tr("Go on"), self._notice.clear)]
        self._notice.tell("note", words, actions, primary=1, closable=False)

    def _end(self) -> None:
        if self._session.status.can_stop:
            self._wanted = True
            self._notice.clear()
            self._session.stop()

    def _on_started(self) -> None:
        self._recorded_s, self._wanted = 0.0, False

    def _on_summary(self, summary: Summary) -> None:
        self._recorded_s = summary.elapsed_s

    def _on_ended(self, end: SessionEnd) -> None:
        wanted, self._wanted, self._recorded_s = self._wanted, False, 0.0
        if wanted and end.path is not None:
            self._erase(end.path)
            # Once the window has said what it says of every end.
            QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        actions = [(self.tr("New lesson"), self._new_session)]
        self._notice.tell("note", self.tr("The lesson was ended."), actions, primary=0, closable=False)
