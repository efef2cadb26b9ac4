"""What the window asks of the rest of the program; `app/` fulfils it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fer_desktop.core.consent import ConsentLog
from fer_desktop.core.messages import Message
from fer_desktop.core.model_card import CardContent
from fer_desktop.core.settings import Settings
from fer_desktop.core.sources import CameraChoice, DemoChoice, RecordingChoice, Region, SourceChoice, WindowChoice
from fer_desktop.core.types import Image
from fer_desktop.pipeline.ports import Analyzer, SessionFile, SessionStorage, Source
from fer_desktop.ui.bridge.lesson_files import LessonFiles
from fer_desktop.ui.bridge.reading import ReadingOfRecording, ReadLesson
from fer_desktop.ui.bridge.saved import SavedSessions


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of the network in use."""

    file: Path
    shipped: bool  # whether it came with the program
    head: str  # the output that is read; empty: the only one
    content: CardContent  # of a network of the user's own often classes and input alone
    sha256: str  # of the file as it is now
    page: str  # the whole card, Markdown


class Services(Protocol):
    """Everything with a camera, a file or a network behind it. Slow calls are made from worker threads."""

    def settings(self) -> Settings:
        """The settings in force; quick."""

    def use_settings(self, settings: Settings) -> None:
        """Puts the settings in force; quick."""

    def save_settings(self, settings: Settings) -> None:
        """Writes the settings to disk; slow, from a worker. Raises StoreError."""

    def log_answers(self, settings: Settings) -> None:
        """Keeps for good when which answers were accepted; slow, from a worker. Raises StoreError."""

    def consent_log(self) -> ConsentLog:
        """When which answers were accepted; slow, from a worker. Raises StoreError."""

    def save_consent_log(self, target: Path) -> None:
        """Writes a copy of that log; slow, from a worker. Raises StoreError."""

    def cameras(self) -> Sequence[CameraChoice]:
        """The cameras of this computer; slow, from a worker."""

    def screens(self) -> Sequence[Region]:
        """The monitors, in device pixels; quick. Raises SourceError where the screen cannot be seen."""

    def grab(self, region: Region) -> Image:
        """A picture of that part of the screen, (H, W, 3) BGR; quick. Raises SourceError."""

    def windows(self) -> Sequence[WindowChoice]:
        """The windows of other programs, front to back; slow, from a worker. Raises SourceError."""

    def window_picture(self, window: WindowChoice) -> tuple[Image, float]:
        """That window as it is seen now, (H, W, 3) BGR, black where others lie over it, and their share, 0-1.

        Slow, from a worker. Raises SourceError where it is not on the screen.
        """

    def window_place(self, window: WindowChoice) -> Region | None:
        """Where that window lies with its frame; None where it is not shown.

        Slow, from a worker. Raises SourceError.
        """

    def leave_out_of_pictures(self, window: int, on: bool) -> bool:
        """Leaves a window of this program out of all pictures of the screen, those of other programs too, or no longer.

        Whether the system does that: where not, it is blackened in what is read. Quick; in the windows' thread.
        """

    def is_hidden(self, place: Region) -> bool:
        """Whether this program's window at that place on the screen lies under those of others; quick."""

    def demo(self) -> DemoChoice:
        """The demo class."""

    def source(self, choice: SourceChoice) -> Source:
        """A source that is not open yet; quick."""

    def read_recording(self, choice: RecordingChoice, reading: ReadingOfRecording) -> ReadLesson:
        """Makes a lesson of a whole recording, as fast as it goes; slow, from a worker. Raises FerError."""

    def analyzer(self) -> Analyzer:
        """A fresh analyzer with detector and network loaded; slow, from a worker. Raises ModelError."""

    def start_session(self) -> SessionFile:
        """What a session is kept in: a new file, or the store; from a worker. Raises StoreError."""

    def open_store(self, file: Path) -> SessionStorage | None:
        """Where the session is stored beside that file of its own; from a worker. Raises FerError.

        None where that file is the store itself.
        """

    def kept_aliases(self) -> Sequence[str]:
        """What she called seats in the last seven days and keeps, newest first; slow, from a worker.

        Raises StoreError where older ones cannot be erased.
        """

    def keep_aliases(self, names: Sequence[str]) -> None:
        """Keeps these for seven days; slow, from a worker. Raises StoreError."""

    def erase_aliases(self) -> None:
        """Erases all that are kept; slow, from a worker. Raises StoreError."""

    @property
    def stored(self) -> SavedSessions:
        """The sessions that are stored; quick."""

    @property
    def lesson_files(self) -> LessonFiles:
        """Files that are made of them, and that they are made of; quick."""

    @property
    def records(self) -> bool:
        """Whether sessions are kept at all; not where another window of the program does that."""

    def record_if_free(self) -> bool:
        """Whether sessions are kept from now on, as no other window does that, or not any more; quick."""

    def write_report(self, text: str) -> Path | None:
        """Keeps what is known of a fault; where, or None where that is not possible."""

    def model_card(self) -> ModelCard:
        """What is known of the network in use; reads the whole file, from a worker. Raises ModelError."""

    def installation_problem(self) -> Message | None:
        """One sentence where files that the program came with are damaged; reads them, from a worker."""

    def has_sidecar(self, model: Path) -> bool:
        """Whether a network file comes with the description of its input and outputs; from a worker."""

    def write_sidecar(
        self, model: Path, classes: Sequence[str], channels: int, value_range: tuple[float, float]
    ) -> None:
        """Describes a network of the user's own beside it. Raises ModelError, StoreError."""

    def check_model(self, model: Path) -> None:
        """Raises ModelError where the network cannot be used, in one sentence; slow, from a worker."""
