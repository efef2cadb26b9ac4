"""What the window asks for, from the rooms that have it."""

import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fer_desktop import __version__
from fer_desktop.app import compose, paths
from fer_desktop.app.figure_settings import FIGURE_SETTINGS
from fer_desktop.app.saved import StoredSessions
from fer_desktop.app.taking_home.lesson_files import StoredLessonFiles
from fer_desktop.core import policy
from fer_desktop.core.consent import Acceptance, Answered, ConsentLog, add_acceptance, read_log, save_copy
from fer_desktop.core.errors import ModelError, SourceError, StoreError
from fer_desktop.core.files import write_whole
from fer_desktop.core.messages import Message
from fer_desktop.core.seats.kept_aliases import erase_aliases, keep_aliases, kept_aliases
from fer_desktop.core.settings import Settings, save_settings
from fer_desktop.core.sources import (
    DEMO_NAME,
    CameraChoice,
    DemoChoice,
    RecordingChoice,
    Region,
    SourceChoice,
    WindowChoice,
)
from fer_desktop.core.types import Image
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.ports import SessionFile, Source
from fer_desktop.sessions.csv_export import SessionCsv, new_session
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore
from fer_desktop.sessions.unrecorded import Unrecorded
from fer_desktop.ui.bridge.reading import ReadingOfRecording, ReadLesson
from fer_desktop.ui.bridge.services import ModelCard

if TYPE_CHECKING:
    from fer_desktop.capture.desktop.hidden_window import HiddenWindow
    from fer_desktop.capture.desktop.own_windows import OwnWindows

logger = logging.getLogger(__name__)


class AppServices:
    """The program behind the window; fulfils `ui.services.Services`."""

    def __init__(
        self,
        settings: Settings,
        settings_file: Path,
        session_file: Path | None = None,
        demo_s: float | None = None,
        demo_loops: bool = False,
        store_file: Path | None = None,
        records: bool = True,
        take_over: Callable[[], bool] | None = None,
    ) -> None:
        """`session_file`: where the one session goes; None: a new file in the sessions' folder each time.

        `demo_s`: what the demo class's script is played in; None: its own time. `demo_loops`: it never ends.
        `store_file`: where sessions are stored; None: in the user's data folder. `records`: whether they are at all.
        `take_over`: whether this window may record from now on, which it does not yet.
        """
        self._take_over = take_over
        self._settings, self._settings_file = settings, settings_file
        self._session_file, self._demo_s, self._demo_loops = session_file, demo_s, demo_loops
        self._store_file = store_file or paths.store_file()
        self._consent_file = paths.consent_file() if store_file is None else store_file.with_name("consent.jsonl")
        self._aliases_file = paths.aliases_file(self._store_file)
        self._own: OwnWindows | None = None
        self._hidden: HiddenWindow | None = None
        self._stored, self._records = StoredSessions(self._store_file, self.settings), records
        self._lesson_files = StoredLessonFiles(self._stored, self.settings)

    @property
    def stored(self) -> StoredSessions:
        """The sessions that are stored; quick."""
        return self._stored

    @property
    def lesson_files(self) -> StoredLessonFiles:
        """Files that are made of them, and that they are made of; quick."""
        return self._lesson_files

    @property
    def records(self) -> bool:
        """Whether sessions are kept at all; quick."""
        return self._records

    def record_if_free(self) -> bool:
        """Whether sessions are kept from now on, as the window that did that before is gone; quick."""
        self._records = self._records or (self._take_over is not None and self._take_over())
        return self._records

    def settings(self) -> Settings:
        """The settings in force; quick."""
        return self._settings

    def use_settings(self, settings: Settings) -> None:
        """Puts the settings in force; quick."""
        self._settings = settings

    def save_settings(self, settings: Settings) -> None:
        """Writes the settings to disk; slow, from a worker. Raises StoreError."""
        save_settings(settings, self._settings_file)

    def log_answers(self, settings: Settings) -> None:
        """Keeps for good when which answers were accepted; slow, from a worker. Raises StoreError."""
        before, now = self._settings, datetime.now().astimezone()
        answers = settings.jurisdiction, settings.context
        others = before.use_is_settled and answers != (before.jurisdiction, before.context)
        event = Answered.CHANGED if others else Answered.ACCEPTED
        add_acceptance(self._consent_file, Acceptance(now, __version__, policy.TEXT_VERSION, event, *answers))

    def consent_log(self) -> ConsentLog:
        """When which answers were accepted; slow, from a worker. Raises StoreError."""
        return read_log(self._consent_file)

    def save_consent_log(self, target: Path) -> None:
        """Writes a copy of that log; slow, from a worker. Raises StoreError."""
        save_copy(self._consent_file, target)

    def kept_aliases(self) -> Sequence[str]:
        """What she called seats in the last seven days and keeps; slow, from a worker. Raises StoreError."""
        return kept_aliases(self._aliases_file, datetime.now().astimezone())

    def keep_aliases(self, names: Sequence[str]) -> None:
        """Keeps these for seven days; slow, from a worker. Raises StoreError."""
        keep_aliases(self._aliases_file, names, datetime.now().astimezone())

    def erase_aliases(self) -> None:
        """Erases all that are kept; slow, from a worker. Raises StoreError."""
        erase_aliases(self._aliases_file)

    def cameras(self) -> Sequence[CameraChoice]:
        """The cameras of this computer; slow, from a worker."""
        from fer_desktop.capture.devices.camera import list_cameras

        return list_cameras()

    def screens(self) -> Sequence[Region]:
        """The monitors, in device pixels; quick."""
        from fer_desktop.capture.desktop.region import monitors

        return monitors()

    def grab(self, region: Region) -> Image:
        """A picture of that part of the screen, (H, W, 3) BGR; quick. Raises SourceError."""
        self._ask_policy(policy.Opening.LIVE_CLASS)
        from fer_desktop.capture.desktop.region import grab

        return grab(region)

    def windows(self) -> Sequence[WindowChoice]:
        """The windows of other programs, front to back; slow, from a worker. Raises SourceError."""
        from fer_desktop.capture.desktop.window import list_windows

        return list_windows()

    def window_picture(self, window: WindowChoice) -> tuple[Image, float]:
        """That window as it is seen now, and the share that others lie over; slow. Raises SourceError."""
        self._ask_policy(policy.Opening.LIVE_CLASS)
        from fer_desktop.capture.desktop.window import picture_of

        return picture_of(window)

    def window_place(self, window: WindowChoice) -> Region | None:
        """Where that window lies with its frame; None where it is not shown. Slow. Raises SourceError."""
        from fer_desktop.capture.desktop.window import place_of

        return place_of(window)

    def demo(self) -> DemoChoice:
        """The demo class."""
        return DemoChoice(DEMO_NAME)

    def source(self, choice: SourceChoice) -> Source:
        """A source that is not open yet; quick. Raises SourceError where it may not be opened."""
        self._ask_policy(policy.opening_of(choice))
        if isinstance(choice, DemoChoice):
            from fer_desktop.simulation.demo_class import DemoClass
            from fer_desktop.simulation.demo_script import SCRIPT_S

            return DemoClass(paths.resources(), self._demo_s or SCRIPT_S, loop=self._demo_loops)
        from fer_desktop.capture.sources import make_source

        return make_source(choice, self._own_windows())

    def read_recording(self, choice: RecordingChoice, reading: ReadingOfRecording) -> ReadLesson:
        """Makes a lesson of a whole recording; slow, from a worker. Raises SourceError, StoreError, ModelError."""
        self._ask_policy(policy.opening_of(choice))
        from fer_desktop.app.recordings.for_window import read_lesson

        return read_lesson(choice, compose.load_models(self._settings), self._store_file, reading)

    def leave_out_of_pictures(self, window: int, on: bool) -> bool:
        """Leaves a window of this program out of pictures of the screen, or not; whether the system does so; quick."""
        return self._own_windows().leave_out(window, on)

    def is_hidden(self, place: Region) -> bool:
        """Whether this program's window at that place on the screen lies under those of others; quick."""
        from fer_desktop.capture.desktop.hidden_window import HiddenWindow

        self._hidden = self._hidden or HiddenWindow()
        return self._hidden.is_hidden(place)

    def _own_windows(self) -> "OwnWindows":
        from fer_desktop.capture.desktop.own_windows import OwnWindows

        self._own = self._own or OwnWindows()
        return self._own

    def _ask_policy(self, opening: policy.Opening) -> None:
        """The last one to ask, whatever led here. Raises SourceError."""
        refusal = policy.verdict(self._settings, opening).refusal
        if refusal is not None:
            raise SourceError(refusal)

    def analyzer(self) -> FrameAnalyzer:
        """A fresh analyzer with detector and network loaded; slow, from a worker. Raises ModelError."""
        return compose.make_analyzer(self._settings)

    def start_session(self) -> SessionFile:
        """What a session is kept in: a file of that name, a new one, or the store; from a worker. Raises StoreError."""
        started = datetime.now().astimezone()
        if not self._records:
            return Unrecorded()
        if self._session_file is not None:
            return SessionCsv(self._session_file)
        if not self._settings.write_csv:
            store = SessionStore(self._store_file, self._facts(None))
            try:
                store.open()
            except StoreError as error:
                # A lesson cannot be repeated. Why the store cannot be used is told when it is opened beside the file.
                logger.warning("The session is kept in a CSV file: %s", error)
            else:
                return store
        return new_session(paths.sessions_folder(self._settings), started)

    def open_store(self, file: Path) -> SessionStore | None:
        """Where the session is stored beside that file of its own; None: it is the store. From a worker.

        Raises ModelError.
        """
        if file == self._store_file:
            return None
        # What somebody asked for by name is theirs, and does not go with the session.
        return SessionStore(self._store_file, self._facts(file if self._session_file is None else None))

    def _facts(self, csv_file: Path | None) -> SessionFacts:
        from fer_desktop.vision.model_files import model_hash

        model = ""
        with contextlib.suppress(OSError):  # the session reads a network that is loaded, whatever became of its file
            model = model_hash(compose.model_file(self._settings))
        shapes_figures = {name: getattr(self._settings, name) for name in FIGURE_SETTINGS}
        return SessionFacts(__version__, model, shapes_figures, csv_file)

    def write_report(self, text: str) -> Path | None:
        """Keeps what is known of a fault beside the log; None where that is not possible."""
        file = paths.log_file().with_name(f"fault {datetime.now().astimezone():%Y-%m-%d %H-%M-%S}.txt")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, text, private=True)
        except (OSError, StoreError):
            return None
        return file

    def model_card(self) -> ModelCard:
        """What is known of the network in use; reads the whole file, from a worker. Raises ModelError."""
        from fer_desktop.evaluation.model_card_page import card
        from fer_desktop.vision.model_files import model_hash, read_card, read_sidecar

        file = compose.model_file(self._settings)
        by_default = next(iter(read_sidecar(file).outputs), "")
        content = read_card(file)
        try:
            found = model_hash(file)
        except OSError as error:
            raise ModelError(
                "The network {file} can no longer be read: choose another in the settings.", file=file
            ) from error
        head = self._settings.output or by_default
        return ModelCard(file, not self._settings.model_file, head, content, found, page=card(content))

    def installation_problem(self) -> Message | None:
        """One sentence where files that the program came with are damaged; reads them, from a worker."""
        return compose.installation_problem(self._settings)

    def has_sidecar(self, model: Path) -> bool:
        """Whether a network file comes with the description of its input and outputs; from a worker."""
        from fer_desktop.vision.model_files import sidecar_file

        return sidecar_file(model).is_file()

    def check_model(self, model: Path) -> None:
        """Loads a network of the user's own to see whether it fits; slow, from a worker. Raises ModelError."""
        from fer_desktop.vision.classifiers import make_classifier

        make_classifier(model, threads=self._settings.threads)

    def write_sidecar(
        self, model: Path, classes: Sequence[str], channels: int, value_range: tuple[float, float]
    ) -> None:
        """Keeps what the user said of a network of their own beside it. Raises ModelError, StoreError."""
        from fer_desktop.vision.model_files import write_sidecar

        write_sidecar(model, classes, channels, value_range)
