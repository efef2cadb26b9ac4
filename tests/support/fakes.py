"""The program behind the window, for tests: no camera, no network, no file but the sessions'.

Sources, detector and classifier are fakes of the ports; the analyzer, the recorder and the CSV are the real ones.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fer_desktop.app.saved import StoredSessions
from fer_desktop.app.taking_home.lesson_files import StoredLessonFiles
from fer_desktop.core.consent import Acceptance, Answered, ConsentLog, add_acceptance, read_log, save_copy
from fer_desktop.core.errors import ModelError, SourceError, StoreError
from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.messages import Message
from fer_desktop.core.model_card import CardContent
from fer_desktop.core.policy import TEXT_VERSION
from fer_desktop.core.seats.kept_aliases import erase_aliases, keep_aliases, kept_aliases
from fer_desktop.core.settings import Context, Jurisdiction, Settings, Theme
from fer_desktop.core.sources import (
    CameraChoice,
    DemoChoice,
    RecordingChoice,
    Region,
    RegionChoice,
    SourceChoice,
    StreamChoice,
    WindowChoice,
)
from fer_desktop.core.types import Face, FloatArray, Frame, Image, Summary
from fer_desktop.pipeline.events import Marker, SessionEvent
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.ports import CropSpec, Source
from fer_desktop.ui.bridge.reading import ReadingOfRecording, ReadLesson
from fer_desktop.ui.bridge.services import ModelCard

DEMO = DemoChoice("Demo class")
CAMERA = CameraChoice("Built-in camera", 0)
REGION = RegionChoice("Part of the screen · 640 × 360 px", Region(0, 0, 640, 360))
STREAM = StreamChoice("rtsp://classroom/1", "rtsp://classroom/1")
WINDOW = WindowChoice("Zoom Meeting", 7, "zoom")
NOTES = WindowChoice("Plan of the lesson", 3, "gedit")
FRAME_S = 0.02


class FakeSource:
    """Frames of one colour, as many as told; `script` says what each call of `read` does."""

    def __init__(self, name: str = "Demo class", frames: int | None = None, reopens: bool = False) -> None:
        self.name, self.reopens = name, reopens
        self.left = frames
        self.open_failures: list[str] = []  # one is raised by each call of `open`
        self.read_failures: list[tuple[int, str]] = []  # (after so many frames, sentence)
        self.hangs = False  # `open` waits until cancelled, or for ever where it is deaf
        self.deaf = False
        self.opened, self.closed, self.count = 0, 0, 0
        self.threads: set[int] = set()  # in which it was opened, read and closed
        self.freed = threading.Event()
        self.reading = threading.Event()  # while `read` goes on
        self._cancelled = threading.Event()

    def open(self) -> None:
        self.threads.add(threading.get_ident())
        self.opened += 1
        if self.hangs:
            (self.freed if self.deaf else self._cancelled).wait()
        if self.open_failures:
            raise SourceError(self.open_failures.pop(0))

    def read(self) -> Frame | None:
        self.reading.set()
        try:
            return self._read()
        finally:
            self.reading.clear()

    def _read(self) -> Frame | None:
        self.threads.add(threading.get_ident())
        if self.read_failures and self.count >= self.read_failures[0][0]:
            raise SourceError(self.read_failures.pop(0)[1])
        if self._cancelled.wait(FRAME_S) or self.left == 0:
            return None
        if self.left is not None:
            self.left -= 1
        self.count += 1
        return Frame(self.count, time.monotonic(), picture())

    def cancel(self) -> None:
        self._cancelled.set()

    def close(self) -> None:
        self.threads.add(threading.get_ident())
        self.closed += 1


def picture() -> Image:
    return np.full((360, 640, 3), 96, np.uint8)


class FakeDetector:
    """A row of faces in every frame; `faces` of them."""

    def __init__(self, faces: int = 6) -> None:
        self.faces = faces
        self.failures: list[Exception] = []  # one is raised by each call

    def detect(self, image: Image) -> list[Face]:
        if self.failures:
            raise self.failures.pop(0)
        del image
        return [_face(20.0 + 100 * index, 100.0) for index in range(self.faces)]


def _face(left: float, top: float, side: float = 80.0) -> Face:
    xyxy = np.array([left, top, left + side, top + side], np.float32)
    points = np.array([[0.3, 0.36], [0.7, 0.36], [0.5, 0.55], [0.35, 0.68], [0.65, 0.68]], np.float32)
    return Face(xyxy, 0.9, np.asarray(xyxy[:2] + side * points, np.float32))


class FakeClassifier:
    spec = CropSpec(48, 1)

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        rows = np.full((len(crops), N_EXPRESSIONS), 0.05, np.float32)
        rows[:, NEUTRAL] = 0.3
        rows[:, HAPPY] = 0.45
        return rows


def cut(image: Image, squares: FloatArray, spec: CropSpec) -> npt.NDArray[np.uint8]:
    del image
    # Neither dark nor blurred, so that every face is readable.
    noise = np.random.default_rng(0).integers(80, 176, (spec.side_px, spec.side_px, spec.channels), dtype=np.uint8)
    return np.repeat(noise[None], len(squares), axis=0)


class FakeSessionFile:
    """A list of events; `full` is what a full disk does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.events: list[SessionEvent] = []
        self.full = False
        self.closed = False
        self.notice: Message | None = None
        self.csv_file: Path | None = None  # that a store was told of
        self.losses: list[str] = []  # one is raised by each call of `verify`
        self.verified = 0
        self.erased = False

    @property
    def rows(self) -> list[Summary]:
        return [event for event in tuple(self.events) if isinstance(event, Summary)]

    @property
    def markers(self) -> list[Marker]:
        return [event for event in tuple(self.events) if isinstance(event, Marker)]

    def write(self, event: SessionEvent) -> None:
        if self.full:
            raise StoreError("The disk is full: free some space.")
        self.events.append(event)

    def move_csv(self, file: Path) -> None:
        """As a store."""
        self.csv_file = file

    def verify(self) -> None:
        assert self.closed
        if self.losses:
            raise StoreError(self.losses.pop(0))
        self.verified += 1

    def reopen(self) -> None:
        assert self.closed
        if self.erased:
            raise StoreError("This lesson is no longer stored: begin a new session.")
        self.closed = False

    def close(self) -> None:
        self.closed = True


class FakeServices:
    """Fulfils `ui.services.Services`; the store is a real one that nothing records into."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self.folder = folder
        self._settings = settings or Settings(
            accepted_use=True, jurisdiction=Jurisdiction.OTHER, context=Context.EDUCATION, theme=Theme.LIGHT
        )
        self.sources: dict[str, Callable[[], Source]] = {}
        self.made: list[Source] = []
        self.files: list[FakeSessionFile] = []
        self.stores: list[FakeSessionFile] = []
        self.file_is_store = False
        self.store_error: Exception | None = None
        self.screens_error: Exception | None = None
        self.screens_asked = 0
        self.camera_list: list[CameraChoice] = [CAMERA]
        self.window_list: list[WindowChoice] = [NOTES, WINDOW]
        self.window_covered: dict[str, float] = {}  # by title
        self.can_leave_out, self.left_out = False, set[int]()  # windows of this program, of pictures of the screen
        self.covered = False  # other programs lie over the window
        self.window_places: dict[str, Region] = {}  # by title
        self.detector = FakeDetector()
        self.model_loads = threading.Event()  # set: `analyzer` does not wait
        self.model_loads.set()
        self.analyzer_thread = 0
        self.damage: Message | None = None  # of what the program came with
        self.start_error: Exception | None = None
        self.model_error: Exception | None = None
        self.save_error: Exception | None = None
        self.full_from_start = False
        self.consent_file = folder / "consent.jsonl"
        self.log_error: Exception | None = None
        self.read: list[RecordingChoice] = []  # recordings that became lessons
        self.reads: Callable[[RecordingChoice, ReadingOfRecording], ReadLesson] = lambda *_: ReadLesson(end_s=60.0)
        self.aliases_file = folder / "aliases.jsonl"
        self.now: Callable[[], datetime] = lambda: datetime.now().astimezone()  # by which aliases are kept
        self.described: dict[Path, tuple[list[str], int, tuple[float, float]]] = {}
        self.saved: list[Settings] = []
        self.reports: list[str] = []  # of faults
        self.stored, self.records = StoredSessions(folder / "sessions.db", self.settings), True
        self.lesson_files = StoredLessonFiles(self.stored, self.settings)
        self.other_window = True  # where this one does not record
        self.card = ModelCard(
            folder / "own.tflite", shipped=False, head="", content=CardContent(), sha256="0" * 64, page=""
        )

    def settings(self) -> Settings:
        return self._settings

    def put(self, **values: object) -> None:
        self._settings = self._settings.changed(**values)

    def use_settings(self, settings: Settings) -> None:
        self._settings = settings

    def forbid_live_classes(self) -> None:
        """As in education in the EU."""
        self.put(jurisdiction="eu", context="education")

    def save_settings(self, settings: Settings) -> None:
        self.saved.append(settings)
        if self.save_error is not None:
            raise self.save_error

    def log_answers(self, settings: Settings) -> None:
        if self.log_error is not None:
            raise self.log_error
        event = Answered.CHANGED if self._settings.use_is_settled else Answered.ACCEPTED
        now = datetime(2026, 11, 28, 9, 30, tzinfo=timezone(timedelta(hours=1)))
        answers = settings.jurisdiction, settings.context
        add_acceptance(self.consent_file, Acceptance(now, "0.1.0", TEXT_VERSION, event, *answers))

    def consent_log(self) -> ConsentLog:
        return read_log(self.consent_file)

    def save_consent_log(self, target: Path) -> None:
        save_copy(self.consent_file, target)

    def kept_aliases(self) -> Sequence[str]:
        return kept_aliases(self.aliases_file, self.now())

    def keep_aliases(self, names: Sequence[str]) -> None:
        keep_aliases(self.aliases_file, names, self.now())

    def erase_aliases(self) -> None:
        erase_aliases(self.aliases_file)

    def cameras(self) -> Sequence[CameraChoice]:
        return self.camera_list

    def screens(self) -> Sequence[Region]:
        self.screens_asked += 1
        if self.screens_error is not None:
            raise self.screens_error
        return [Region(0, 0, 640, 360)]

    def grab(self, region: Region) -> Image:
        return np.full((region.height, region.width, 3), 160, np.uint8)

    def windows(self) -> Sequence[WindowChoice]:
        if self.screens_error is not None:
            raise self.screens_error
        return self.window_list

    def window_picture(self, window: WindowChoice) -> tuple[Image, float]:
        if window not in self.window_list:
            raise SourceError("The window was closed: open it again.")
        covered = self.window_covered.get(window.name, 0.0)
        image = np.full((400, 600, 3), 160, np.uint8)
        image[:, : round(600 * covered)] = 0
        return image, covered

    def window_place(self, window: WindowChoice) -> Region | None:
        return self.window_places.get(window.name)

    def is_hidden(self, place: Region) -> bool:
        return self.covered and place.width > 0

    def leave_out_of_pictures(self, window: int, on: bool) -> bool:
        self.left_out = self.left_out - {window} | ({window} if on and self.can_leave_out else set())
        return self.can_leave_out

    def demo(self) -> DemoChoice:
        return DEMO

    def source(self, choice: SourceChoice) -> Source:
        made = self.sources.get(choice.kind, FakeSource)()
        self.made.append(made)
        return made

    def read_recording(self, choice: RecordingChoice, reading: ReadingOfRecording) -> ReadLesson:
        self.read.append(choice)
        return self.reads(choice, reading)

    def analyzer(self) -> FrameAnalyzer:
        self.analyzer_thread = threading.get_ident()
        self.model_loads.wait()
        if self.model_error is not None:
            raise self.model_error
        return FrameAnalyzer(self.detector, cut, FakeClassifier())

    def open_store(self, file: Path) -> FakeSessionFile | None:
        if self.file_is_store:
            return None
        if self.store_error is not None:
            raise self.store_error
        self.stores.append(FakeSessionFile(file.with_suffix(".db")))
        return self.stores[-1]

    def start_session(self) -> FakeSessionFile:
        if self.start_error is not None:
            raise self.start_error
        file = FakeSessionFile(self.folder / f"session {len(self.files) + 1}.csv")
        file.full = self.full_from_start
        self.files.append(file)
        return file

    def record_if_free(self) -> bool:
        self.records = self.records or not self.other_window
        return self.records

    def write_report(self, text: str) -> Path | None:
        self.reports.append(text)
        return self.folder / "report.txt"

    def model_card(self) -> ModelCard:
        if self.model_error is not None:
            raise self.model_error
        return self.card

    def installation_problem(self) -> Message | None:
        return self.damage

    def has_sidecar(self, model: Path) -> bool:
        return model in self.described or model.with_suffix(".json").exists()

    def write_sidecar(
        self, model: Path, classes: Sequence[str], channels: int, value_range: tuple[float, float]
    ) -> None:
        self.described[model] = (list(classes), channels, value_range)

    def check_model(self, model: Path) -> None:
        if "wrong" in model.name or not model.is_file():
            raise ModelError(f"{model.name} is no network with seven outputs: choose another file.")


def rows_of(services: FakeServices) -> Iterator[Summary]:
    """The rows of all sessions so far."""
    for file in services.files:
        yield from tuple(file.rows)


def marks_of(services: FakeServices) -> list[str]:
    """The names of all markers so far."""
    return [marker.text for file in services.files for marker in file.markers]
