"""What the window shows: home, all sources, or a session."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.home.page import HomePage
from fer_desktop.ui.saved.flow import SavedFlow
from fer_desktop.ui.sources.source_flow import SourceFlow
from fer_desktop.ui.sources.start_page import StartPage


class Pages(QStackedWidget):
    """Home first; a session's page is added as soon as there is one."""

    at_home = Signal(bool)  # home or the sources are shown

    def __init__(self, services: Services, flow: SourceFlow, sources: StartPage, saved: SavedFlow) -> None:
        super().__init__()
        self._flow, self.sources = flow, sources
        self.home = HomePage(services, saved)
        self.addWidget(self.home)
        self.addWidget(sources)
        flow.answer(sources)
        self.home.lesson_wanted.connect(flow.start_lesson)
        self.home.kind_wanted.connect(flow.request)
        self.home.sources_wanted.connect(self.show_sources)
        self.home.saved_wanted.connect(saved.open_list)
        sources.home_wanted.connect(self.show_home)
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

    def show_session(self, page: QWidget) -> None:
        """The running session."""
        self._show(page)

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.at_home.emit(page in (self.home, self.sources))

    def _remember(self) -> None:
        last = self._flow.last_choice()
        self.sources.remember(last, self._flow.last_region())
        self.home.sources.remember(last)
