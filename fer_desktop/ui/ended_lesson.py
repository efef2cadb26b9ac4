"""What can be done with a lesson that has ended: look where it is, go on with it for ten minutes, begin another."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from fer_desktop.core import policy
from fer_desktop.core.messages import Message
from fer_desktop.core.sources import SourceChoice, SourceKind
from fer_desktop.pipeline.session_engine.channel.status import SessionEnd, SessionStatus
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.look.words import told
from fer_desktop.ui.saved.flow import SavedFlow
from fer_desktop.ui.session.session_messages import SessionMessages

if TYPE_CHECKING:
    from fer_desktop.ui.session.page import SessionPage

LATELY_MS: Final = 600_000


class _Begin(Protocol):
    def __call__(self, choice: SourceChoice, goes_on: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class Ways:
    """What the window does next."""

    start_page: Callable[[], object]
    begin: _Begin  # with a source, or with the session that was stopped
    refuse: Callable[[SourceChoice | SourceKind, Message], object]
    open_lesson: Callable[[int], object]  # the stored one of that id


class EndedLesson(QObject):
    """Says where the last session is, and forgets after a while how to go on with it."""

    def __init__(
        self,
        session: LiveSession,
        messages: SessionMessages,
        saved: SavedFlow,
        store: Path,
        ways: Ways,
        window: QWidget,
    ) -> None:
        """`store`: the file of all sessions."""
        super().__init__(window)
        self._session, self._messages, self._saved = session, messages, saved
        self._store, self._ways = store, ways
        self._end: SessionEnd | None = None
        self._kept = self._told = ""  # until when it is kept, and all that was said of it
        self._erased = False
        self.left_out_before = False  # whether anybody was left out when it was stopped
        self.lately = QTimer(self)
        self.lately.setSingleShot(True)
        self.lately.setInterval(LATELY_MS)
        self.lately.timeout.connect(session.forget_stopped)
        session.model.status_changed.connect(self._on_status)

    def serve(self, page: "SessionPage", settings: SettingsModel) -> None:
        """Does what that page wants of the session beside steering it."""
        page.header.new_wanted.connect(self._ways.start_page)
        size = page.read.class_size
        size.changed.connect(self._session.set_class_size)
        size.keep(settings.current.keep_last_source)
        settings.changed.connect(lambda changed: size.keep(changed.keep_last_source))

    def tell(self, end: SessionEnd) -> None:
        """Where the session is; and until when, as soon as the store was asked. Or why there is none."""
        if end.path is None and not end.unrecorded:
            self._tell_none(end)
            return
        self._end, self._kept, self._erased = end, "", False
        self._tell()
        if end.path is not None and not end.unrecorded:
            self._saved.follow(end.path, self._tell_kept)

    def _tell_kept(self, kept: str, erased: bool) -> None:
        """Until when it is kept, or that it was erased since; nothing where something else is told by now."""
        if self._messages.notice.text != self._told:
            return
        if erased and not self._erased:
            self._erased = True
            self._messages.tell_erased(self._ways.start_page)
            self._told = self._messages.notice.text
            self._session.forget_stopped()
        elif not erased:
            self._kept, self._erased = kept, False
            self._tell()

    def take_up(self) -> None:
        """Goes on with the session that was stopped lately; nothing where that cannot be done any more."""
        if self._session.status.can_take_up and self._session.choice is not None:
            self._ways.begin(self._session.choice, goes_on=True)

    def tell_left_out(self) -> None:
        """Before it goes on: says that those are read again who were left out, where nobody knows their seats."""
        if self.left_out_before and not self._session.status.seats_known:
            self._messages.notice.tell(
                "note", self.tr("Whoever was left out before Stop is read again: leave them out once more.")
            )

    def _tell(self) -> None:
        assert self._end is not None
        take_up = self.take_up if self._session.status.can_take_up else None
        start, saved = self._ways.start_page, self._saved.open_list
        followed = self._saved.followed
        look = None if followed is None else lambda: self._ways.open_lesson(followed.id)
        self._messages.tell_end(self._end, self._store, start, saved, self._kept, take_up, look)
        self._told = self._messages.notice.text

    def _tell_none(self, end: SessionEnd) -> None:
        self._ways.start_page()
        if end.reason == policy.REFUSED:
            self._ways.refuse(end.choice, policy.REFUSED)
        elif end.reason is not None:
            self._messages.notice.tell("problem", told(end.reason))

    def _on_status(self, status: SessionStatus) -> None:
        if status.running:
            self.lately.stop()
        elif status.can_take_up:
            if not self.lately.isActive():
                self.left_out_before = status.anybody_excluded
                self.lately.start()
        elif self.lately.isActive() or self._messages.take_up_offered:
            self.lately.stop()
            if self._messages.take_up_offered:
                self._tell()
