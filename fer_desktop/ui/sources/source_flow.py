"""From a wish to a source: the questions between a press on a card and the start of a session."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from fer_desktop.core.errors import SourceError
from fer_desktop.core.settings import Settings
from fer_desktop.core.sources import Region, RegionChoice, SourceChoice, SourceKind, StreamChoice
from fer_desktop.pipeline.session_engine.status import REFUSED
from fer_desktop.ui.bridge.jobs import Job
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.look.words import told
from fer_desktop.ui.sources.choice_text import (
    choice_from_text,
    choice_of_path,
    choice_of_region,
    choice_to_text,
    file_filter,
)
from fer_desktop.ui.sources.responsible_use import ResponsibleUse
from fer_desktop.ui.sources.start_page import StartPage
from fer_desktop.ui.sources.stream_dialog import StreamDialog
from fer_desktop.ui.sources.window_dialog import WindowDialog

_LAST: Final = "source/last"
_LAST_REGION: Final = "source/region"
# Where Qt's own file dialogs keep which folders were opened, for all programs of the user.
_OF_FILE_DIALOGS: Final = ("FileDialog/history", "FileDialog/lastVisited")


class SourceFlow(QObject):
    """Asks what there is to ask: responsible use before a capture, a region, a window, a file, an address."""

    decided = Signal(object)  # SourceChoice
    problem = Signal(str)

    def __init__(self, services: Services, settings: SettingsModel, store: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._settings, self._store, self._window = services, settings, store, window
        self._wish: SourceChoice | SourceKind | None = None
        self._dialog: QDialog | None = None
        self._overlay: QObject | None = None
        settings.changed.connect(self._on_settings)

    @property
    def dialog(self) -> QDialog | None:
        """The dialog that was opened last."""
        return self._dialog

    def last_choice(self) -> SourceChoice | None:
        """The source of the last session, from the window's store."""
        return choice_from_text(str(self._store.value(_LAST, "")))

    def last_region(self) -> Region | None:
        """The region that was drawn last."""
        choice = choice_from_text(str(self._store.value(_LAST_REGION, "")))
        return choice.region if isinstance(choice, RegionChoice) else None

    def answer(self, page: StartPage) -> None:
        """Requests what is chosen on the start page from here on."""
        page.chosen.connect(self.request)
        page.region_wanted.connect(lambda: self.request(SourceKind.REGION))
        page.window_wanted.connect(lambda: self.request(SourceKind.WINDOW))
        page.file_wanted.connect(lambda: self.request(SourceKind.RECORDING))
        page.stream_wanted.connect(lambda: self.request(SourceKind.STREAM))

    def request(self, request: SourceChoice | SourceKind) -> None:
        """A source, or a kind of which one is still to be chosen; `decided` or `problem` follows, or nothing."""
        settings = self._settings.current
        if request.is_captured and not settings.use_is_settled:
            self._wish = request
            self.ask_use()
            return
        if request.is_live_class and not settings.live_class_allowed:
            self._wish = request
            self.problem.emit(told(REFUSED))
            return
        self._wish = None
        if isinstance(request, SourceKind):
            self._ask_for(request)
        else:
            self._decide(request)

    def open_path(self, path: Path) -> None:
        """A file or folder that was chosen or dropped."""
        job = Job(lambda: choice_of_path(path))
        job.done.connect(self._decide)
        job.failed.connect(self.problem)
        job.begin()

    def ask_use(self) -> None:
        """Opens the page on responsible use."""
        page = ResponsibleUse(self._settings.current, self._window)
        page.answered.connect(self._settings.put)
        page.rejected.connect(self._forget_wish)
        self._show(page)

    def ask_folder(self) -> None:
        """Asks for a folder of pictures."""
        with self._file_dialog():
            path = QFileDialog.getExistingDirectory(self._window, self.tr("Folder of pictures"))
        if path:
            self.open_path(Path(path))

    def _ask_for(self, kind: SourceKind) -> None:
        if kind is SourceKind.REGION:
            self._ask_region()
        elif kind is SourceKind.WINDOW:
            windows = WindowDialog(self._services, self.last_choice(), self._window)
            windows.chosen.connect(self._decide)
            self._show(windows)
        elif kind is SourceKind.STREAM:
            last = self.last_choice()
            dialog = StreamDialog(last.url if isinstance(last, StreamChoice) else "", self._window)
            dialog.chosen.connect(self._decide)
            self._show(dialog)
        else:
            title = self.tr("Recording or pictures")
            with self._file_dialog():
                path, _ = QFileDialog.getOpenFileName(self._window, title, "", file_filter())
            if path:
                self.open_path(Path(path))

    def _ask_region(self) -> None:
        from fer_desktop.ui.region.overlay import RegionOverlay

        try:
            screens = self._services.screens()
        except SourceError as error:
            self.problem.emit(told(error.message))
            return
        overlay = RegionOverlay(self._services.grab, screens, self.last_region(), self)
        overlay.chosen.connect(self._on_region)
        overlay.failed.connect(self.problem)
        for over in (overlay.chosen, overlay.cancelled, overlay.failed):
            over.connect(self._drop_overlay)
        self._overlay = overlay
        overlay.start(hiding=self._window.window())

    def _drop_overlay(self) -> None:
        if self._overlay is not None:
            self._overlay.deleteLater()
            self._overlay = None

    def _on_region(self, region: Region) -> None:
        choice = choice_of_region(region)
        self._keep(_LAST_REGION, choice)
        self._decide(choice)

    def _forget_wish(self) -> None:
        self._wish = None

    def _on_settings(self, settings: Settings) -> None:
        """Goes on with what waited for responsible use to be settled; forgets what is no longer to be kept."""
        if not settings.keep_last_source:
            self._forget_sources()
        if self._wish is not None and settings.use_is_settled:
            request, self._wish = self._wish, None
            self.request(request)

    def _decide(self, choice: SourceChoice) -> None:
        self._keep(_LAST, choice)
        self.decided.emit(choice)

    def _keep(self, key: str, choice: SourceChoice) -> None:
        if self._settings.current.keep_last_source:
            self._store.setValue(key, choice_to_text(choice))
        else:
            self._forget_sources()

    def _forget_sources(self) -> None:
        """Removes every trace of a source from what the window keeps."""
        for key in (_LAST, _LAST_REGION):
            self._store.remove(key)

    @contextmanager
    def _file_dialog(self) -> Iterator[None]:
        """Puts back what Qt's file dialogs had kept before, where no source is to be kept."""
        kept = QSettings(QSettings.Scope.UserScope, "QtProject")
        before = {key: kept.value(key) for key in _OF_FILE_DIALOGS if kept.contains(key)}
        yield
        if not self._settings.current.keep_last_source:
            for key in _OF_FILE_DIALOGS:
                if key in before:
                    kept.setValue(key, before[key])
                else:
                    kept.remove(key)

    def _show(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
