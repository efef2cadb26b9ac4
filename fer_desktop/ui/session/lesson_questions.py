"""What is asked once a lesson: which tile is the teacher's own, and whether somebody is left out again."""

from typing import Final, Protocol

from PySide6.QtCore import QObject

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.channel.status import SessionEnd
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.session.page import SessionPage
from fer_desktop.ui.widgets.message_bar import MessageBar

_LEAST_TARGETS: Final = 2  # of one there is no choice


class LeftOutCounts(Protocol):
    """How many were left out in the last lesson of a source; a number, and nothing of whom."""

    def left_out_before(self, choice: SourceChoice) -> int:
        """How many were left out in the last lesson, where that was of this source; else 0."""

    def keep_left_out(self, choice: SourceChoice, count: int) -> None:
        """Keeps that number until the next lesson, where sources are remembered."""


class LessonQuestions(QObject):
    """Asks above the picture; where that is out of sight, across the foot of the window. Of live classes alone."""

    def __init__(self, page: SessionPage, session: LiveSession, counts: LeftOutCounts, notice: MessageBar) -> None:
        super().__init__(page)
        self._page, self._live, self._line = page, page.live, page.read.question
        self._session, self._counts, self._notice = session, counts, notice
        self._me_due = False  # whether it is still to be answered which tile is hers
        self._again = 0  # how many she may want to leave out again; 0: that is answered
        self._hinted = ""  # what was said across the window
        model = session.model
        model.started.connect(self._on_started)
        model.summary.connect(self._on_summary)
        model.exclusion_changed.connect(self._on_exclusion)
        model.ended.connect(self._on_ended)
        self._live.asking_changed.connect(self._on_asking)
        self._line.skipped.connect(self._skip)
        self._line.picture_wanted.connect(page.read.go_to_picture)

    @property
    def _others_out(self) -> int:
        exclusion = self._session.model.exclusion
        return len(exclusion.seats - {exclusion.you})

    def _on_started(self) -> None:
        choice = self._session.choice
        self._me_due, self._again, self._hinted = False, 0, ""
        if choice is not None and choice.is_live_class:
            self._me_due, self._again = True, self._counts.left_out_before(choice)
        self._show()

    def _on_summary(self, summary: Summary) -> None:
        """Asks as soon as there is somebody to be clicked."""
        if not (self._me_due or self._again) or not self._session.status.can_exclude or not summary.state.seen:
            return
        if not self._page.sees_picture:
            self._hint(summary)
        elif self._me_due and not self._live.asks_me and self._live.has_targets(_LEAST_TARGETS):
            self._clear_hint()
            self._live.ask_me(focus=False)
        else:
            self._clear_hint()
            self._show()

    def _on_asking(self, on: bool) -> None:
        # A picture that stands still ends it as well, and is no answer.
        if not on and self._session.status.can_exclude:
            self._me_due = False
        self._show()

    def _on_exclusion(self, exclusion: Exclusion) -> None:
        if exclusion.you is not None:
            self._me_due = False
            self._live.ask_me(False)
        if self._again and self._others_out >= self._again:
            self._again = 0
        self._show()

    def _skip(self) -> None:
        if self._live.asks_me:
            self._live.ask_me(False)
        else:
            self._again = 0
        self._show()

    def _show(self) -> None:
        if self._live.asks_me:
            self._page.read.ask(self.tr("Which is you? Click your own picture."))
        elif self._again and not self._me_due and self._session.status.can_exclude:
            words = self.tr("Leave out again? 1 last time: click who it is.")
            if self._again > 1:
                words = self.tr("Leave out again? %n last time: click them.", None, self._again)
            self._page.read.ask(words, self._others_out, self._again)
        else:
            self._page.read.ask("")

    def _hint(self, summary: Summary) -> None:
        """Says once across the window that there is a question about the picture, which is not in sight."""
        if self._hinted or self._notice.text or summary.seats < _LEAST_TARGETS:
            return
        self._hinted = self.tr("Which is you? You are left out then, and count nowhere.")
        if self._again:
            self._hinted = self.tr("Leave yourself out, and who was left out last time?")
        actions = [(self.tr("Show the picture"), self._go_to_picture), (self.tr("Skip"), self._skip_all)]
        self._notice.tell("note", self._hinted, actions)

    def _go_to_picture(self) -> None:
        self._clear_hint()
        if self._page.folded:
            self._page.header.fold_wanted.emit()
        else:
            self._page.fold(False)  # it is scrolled away

    def _skip_all(self) -> None:
        self._me_due, self._again = False, 0
        self._live.ask_me(False)
        self._clear_hint()

    def _clear_hint(self) -> None:
        if self._hinted and self._notice.text == self._hinted:
            self._notice.clear()

    def _on_ended(self, end: SessionEnd) -> None:
        unanswered = self._again
        self._me_due = False
        self._live.ask_me(False)
        self._again = 0
        self._clear_hint()
        self._show()
        if end.choice.is_live_class and end.elapsed_s > 0 and not end.failed:
            # Who objected once is asked for again until she has answered.
            self._counts.keep_left_out(end.choice, max(self._others_out, unanswered))
