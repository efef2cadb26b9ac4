"""From a wish to a source: the questions between a press and the start of a session."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from fer_desktop.core import policy
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message
from fer_desktop.core.settings import Settings
from fer_desktop.core.sources import (
    PicturesChoice,
    RecordingChoice,
    Region,
    RegionChoice,
    Shows,
    SourceChoice,
    SourceKind,
    StreamChoice,
    WindowChoice,
)
from fer_desktop.ui.bridge.jobs import Job
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.look.words import told
from fer_desktop.ui.sources.choice_text import (
    choice_from_text,
    choice_of_path,
    choice_of_region,
    choice_to_text,
    count_left_out,
    file_filter,
    with_left_out,
)
from fer_desktop.ui.sources.own_recording import OwnRecording
from fer_desktop.ui.sources.start_page import StartPage
from fer_desktop.ui.sources.stream_dialog import StreamDialog
from fer_desktop.ui.sources.window_dialog import WindowDialog
from fer_desktop.ui.sources.window_rows import is_call

_LAST: Final = "source/last"
_LAST_REGION: Final = "source/region"
_LEFT_OUT: Final = "source/left_out"  # how many were left out in the last lessons, by source
# Where Qt's own file dialogs keep which folders were opened, for all programs of the user.
_OF_FILE_DIALOGS: Final = ("FileDialog/history", "FileDialog/lastVisited")


class SourceFlow(QObject):
    """Asks what there is to ask: the answers that come before a capture, a region, a window, a file, an address."""

    decided = Signal(object)  # SourceChoice
    problem = Signal(str)
    # One sentence; and what can still be opened where the user alone is seen in it, a source or a kind, or None.
    refused = Signal(str, object)

    def __init__(self, services: Services, settings: SettingsModel, store: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._settings, self._store, self._window = services, settings, store, window
        self._wish: Callable[[], None] | None = None  # what goes on as soon as the answers are accepted
        self._searching = False
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

    def left_out_before(self, choice: SourceChoice) -> int:
        """How many were left out in the last lesson of this source, or of any where this one is new; see there."""
        return count_left_out(str(self._store.value(_LEFT_OUT, "")), choice)

    def keep_left_out(self, choice: SourceChoice, count: int) -> None:
        """Keeps that number for its next lesson, where sources are remembered; nothing is kept of whom."""
        if self._settings.current.keep_last_source:
            kept = str(self._store.value(_LEFT_OUT, ""))
            self._store.setValue(_LEFT_OUT, with_left_out(kept, choice, count))
        else:
            self._store.remove(_LEFT_OUT)

    def answer(self, page: StartPage) -> None:
        """Requests what is chosen on the page of all sources from here on."""
        page.chosen.connect(self.request)
        page.region_wanted.connect(lambda: self.request(SourceKind.REGION))
        page.window_wanted.connect(lambda: self.request(SourceKind.WINDOW))
        page.file_wanted.connect(lambda: self.request(SourceKind.RECORDING))
        page.stream_wanted.connect(lambda: self.request(SourceKind.STREAM))

    def request(self, request: SourceChoice | SourceKind) -> None:
        """A source, or a kind of which one is still to be chosen; one of the signals follows, or nothing."""
        verdict = policy.verdict(self._settings.current, policy.opening_of(request))
        self._wish = (lambda: self.request(request)) if verdict.asks else None
        if verdict.asks:
            self.ask_use()
        elif verdict.refusal is not None:
            self.refuse(request, verdict.refusal)
        elif isinstance(request, SourceKind):
            self._ask_for(request)
        else:
            self._decide(request)

    def start_lesson(self) -> None:
        """Begins with the call's window where one alone is open; where there are several, or none, it asks which."""
        verdict = policy.verdict(self._settings.current, policy.opening_of(SourceKind.WINDOW))
        self._wish = self.start_lesson if verdict.asks else None
        if verdict.asks:
            self.ask_use()
        elif verdict.refusal is not None:
            self.refuse(SourceKind.WINDOW, verdict.refusal)
        elif not self._searching:
            self._searching = True
            job = Job(self._services.windows)
            job.done.connect(self._on_windows)
            job.failed.connect(lambda _sentence: self._on_windows(()))  # the dialog meets it too, and says it
            job.begin()

    def _on_windows(self, windows: Sequence[WindowChoice]) -> None:
        self._searching = False
        calls = [window for window in windows if is_call(window)]
        self.request(calls[0] if len(calls) == 1 else SourceKind.WINDOW)

    def refuse(self, request: SourceChoice | SourceKind, refusal: Message) -> None:
        """Tells that something may not be opened, and whether it might be as a recording of the user alone."""
        recorded = policy.opening_of(request) is policy.Opening.RECORDING
        self.refused.emit(told(refusal), request if recorded else None)

    def open_path(self, path: Path, shows: Shows = Shows.OTHERS, whole: bool = False) -> None:
        """A file or folder that was chosen or dropped; `shows`: who is seen in it.

        `whole`: a recording is to be read as fast as that goes, and not played.
        """
        job = Job(lambda: choice_of_path(path, shows, whole))
        job.done.connect(self.request)
        job.failed.connect(self.problem)
        job.begin()

    def ask_use(self) -> None:
        """Opens the pages that come before anything is captured; what was wanted goes on when they are accepted."""
        if not isinstance(self._dialog, FirstRun):
            self._open_pages(changing=False)

    def change_answers(self) -> None:
        """Opens the same pages to look at the answers again. Nothing starts when others are given."""
        self._wish = None
        if not isinstance(self._dialog, FirstRun):
            self._open_pages(changing=self._settings.current.use_is_settled)

    def ask_whether_own(self, request: SourceChoice | SourceKind) -> None:
        """Asks whether the user alone is seen in a recording, and opens it then."""
        question = OwnRecording(self._window)
        question.accepted.connect(lambda: self._open_own(request))
        self._show(question)

    def _open_own(self, request: SourceChoice | SourceKind) -> None:
        if isinstance(request, SourceKind):
            self._ask_for(request, Shows.MYSELF)
        elif isinstance(request, RecordingChoice | PicturesChoice):
            self.request(replace(request, shows=Shows.MYSELF))

    def _open_pages(self, changing: bool) -> None:
        pages = FirstRun(self._services, changing, self._window)
        pages.answered.connect(self._settings.put)
        pages.rejected.connect(self._forget_wish)
        self._show(pages)

    def _ask_for(self, kind: SourceKind, shows: Shows = Shows.OTHERS) -> None:
        if kind is SourceKind.REGION:
            self._ask_region()
        elif kind is SourceKind.WINDOW:
            windows = WindowDialog(self._services, self.last_choice(), self._window)
            windows.chosen.connect(self.request)
            self._show(windows)
        elif kind is SourceKind.STREAM:
            last = self.last_choice()
            dialog = StreamDialog(last.url if isinstance(last, StreamChoice) else "", self._window)
            dialog.chosen.connect(self.request)
            self._show(dialog)
        else:
            self._ask_path(kind, shows)

    def _ask_path(self, kind: SourceKind, shows: Shows) -> None:
        with self._file_dialog():
            if kind is SourceKind.PICTURES:
                path = QFileDialog.getExistingDirectory(self._window, self.tr("Folder of pictures"))
            else:
                title = self.tr("Recording or pictures")
                path, _ = QFileDialog.getOpenFileName(self._window, title, "", file_filter())
        if path:
            self.open_path(Path(path), shows)

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
        self.request(choice)

    def _forget_wish(self) -> None:
        self._wish = None

    def _on_settings(self, settings: Settings) -> None:
        """Goes on with what waited for the answers; forgets what is no longer to be kept."""
        if not settings.keep_last_source:
            self._forget_sources()
        if self._wish is not None and settings.use_is_settled:
            wish, self._wish = self._wish, None
            wish()

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
        for key in (_LAST, _LAST_REGION, _LEFT_OUT):
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
        dialog.finished.connect(lambda: self._on_dialog_over(dialog))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_dialog_over(self, dialog: QDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
