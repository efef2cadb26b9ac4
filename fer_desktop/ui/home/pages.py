"""What the window shows: home, all sources, a stored lesson, or a session."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.home.page import HomePage
from fer_desktop.ui.saved.flow import LEADS_TO, SavedFlow
from fer_desktop.ui.sources.source_flow import SourceFlow
from fer_desktop.ui.sources.start_page import StartPage

if TYPE_CHECKING:
    from fer_desktop.ui.lesson.page import LessonPage


class Pages(QStackedWidget):
    """Home first; the pages of a session and of a stored lesson are added as soon as there is one."""

    at_home = Signal(bool)  # home or the sources are shown
    left_session = Signal()  # what is shown is no session
    export_wanted = Signal(int, str)  # of the lesson of that id a file of that kind
    problem = Signal(str)  # one sentence

    def __init__(self, services: Services, flow: SourceFlow, sources: StartPage, saved: SavedFlow) -> None:
        super().__init__()
        self._flow, self.sources = flow, sources
        self._stored, self._saved = services.stored, saved
        self._lesson: LessonPage | None = None
        self.home = HomePage(services, saved)
        self.addWidget(self.home)
        self.addWidget(sources)
        flow.answer(sources)
        self.home.lesson_wanted.connect(flow.start_lesson)
        self.home.kind_wanted.connect(flow.request)
        self.home.sources_wanted.connect(self.show_sources)
        self.home.saved_wanted.connect(saved.open_list)
        sources.home_wanted.connect(self.show_home)
        for opened in (self.home.lesson_opened, saved.opened):
            opened.connect(self.open_lesson)
        self._remember()

    def show_home(self) -> None:
        """Her lessons."""
        self._remember()
        self._show(self.home)

    def find_lesson(self) -> None:
        """Her lessons, where they are searched."""
        if self.currentWidget() is not self.home:
            self.show_home()
        self.home.find_lesson()

    def show_sources(self) -> None:
        """All that can be looked at, with what it shows now."""
        self._remember()
        self._show(self.sources)

    @property
    def lesson(self) -> "LessonPage":
        """The page of a stored lesson; made when it is first asked for, since the plots take a moment to load."""
        if self._lesson is None:
            from fer_desktop.ui.lesson.page import LessonPage

            self._lesson = page = LessonPage(self._stored, self._saved.erasing, self._saved.editing, LEADS_TO)
            page.back_wanted.connect(self._on_back)
            page.export_wanted.connect(self.export_wanted)
            page.problem.connect(self.problem)
            self.addWidget(page)
        return self._lesson

    def open_lesson(self, session_id: int) -> None:
        """The stored lesson of that id."""
        self._show(self.lesson)
        self.lesson.open(session_id)

    def _on_back(self) -> None:
        if self.currentWidget() is self._lesson:
            self.show_home()

    def show_session(self, page: QWidget) -> None:
        """The running session, or a recording that is read."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self._show(page)

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.at_home.emit(page in (self.home, self.sources))
        if page in (self.home, self.sources, self._lesson):
            self.left_session.emit()

    def _remember(self) -> None:
        last = self._flow.last_choice()
        self.sources.remember(last, self._flow.last_region())
        self.home.sources.remember(last)
