"""Who is read in a session, and who is not: the seats, what is asked of them, and whoever objects."""

from collections.abc import Callable
from pathlib import Path

from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.session.lesson_questions import LeftOutCounts, LessonQuestions
from fer_desktop.ui.session.objection import Objection
from fer_desktop.ui.session.page import SessionPage
from fer_desktop.ui.session.seating import Seating
from fer_desktop.ui.widgets.message_bar import MessageBar


class WhoIsRead:
    """Holds what belongs to a page for as long as there is one."""

    def __init__(
        self,
        page: SessionPage,
        session: LiveSession,
        settings: SettingsModel,
        services: Services,
        notice: MessageBar,
        counts: LeftOutCounts,
        erase: Callable[[Path], object],
        new_session: Callable[[], object],
    ) -> None:
        """`counts`: of those left out before. `erase` lets the lesson of a file go, which can be undone."""
        self.seating = Seating(page, session, settings, services, notice)
        self.questions = LessonQuestions(page, session, counts, notice)
        self.objection = Objection(page, session, notice, erase, new_session)
