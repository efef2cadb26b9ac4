"""How fast frames of a simulated call become rows of a session, by stage."""

import dataclasses
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.app import paths
from fer_desktop.app.compose import LoadedModels
from fer_desktop.capture.desktop.region import ScreenSource
from fer_desktop.core.errors import SourceError
from fer_desktop.core.files import temporary_folder
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Face, FloatArray, Frame, Image, PeopleSplit
from fer_desktop.pipeline.events import Started
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.frame.participants import DETECT_EVERY_S
from fer_desktop.pipeline.frame.stage_timer import Stage
from fer_desktop.pipeline.ports import CropSpec, ExpressionClassifier, FaceDetector
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.pipeline.session_engine.recording.seen import seen_in
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.simulation.simulator import CallSimulator

_SEED: Final = 5
_WARM_UP: Final = 4  # frames before those that count
_FIRST_S: Final = 1.0  # of the script
_CAPTURE_S: Final = 1 / 15  # frames do not come faster than a screen is read
_SCREEN_PX: Final = (2560, 1440)  # of the virtual screen, where there is no real one


@dataclass(frozen=True, slots=True)
class Case:
    """A call in which all cameras are on."""

    faces: int
    picture_px: tuple[int, int]

    @property
    def name(self) -> str:
        """ "49@1080p"."""
        return f"{self.faces}@{self.picture_px[1]}p"


CASES: Final = (
    Case(1, (1920, 1080)),
    Case(25, (1920, 1080)),
    Case(49, (1920, 1080)),
    Case(49, (2560, 1440)),
)
OVERHEAD_CASE: Final = CASES[2]


@dataclass(slots=True)
class Timings:
    """How long the frames of one case took, ms each."""

    frame_ms: list[float] = field(default_factory=list)  # from the screen's pixels to the row
    stages_ms: dict[Stage, list[float]] = field(default_factory=lambda: {stage: [] for stage in Stage})
    detector_ms: list[float] = field(default_factory=list)  # the detector alone, without cropping and mosaics
    classifier_ms: list[float] = field(default_factory=list)
    faces: list[int] = field(default_factory=list)

    @property
    def updates_per_s(self) -> float:
        """Number of frames over the time that they took."""
        return 1000 * len(self.frame_ms) / sum(self.frame_ms)

    @property
    def overhead_ratio(self) -> float:
        """Total time over the time in the detector and the network alone."""
        return sum(self.frame_ms) / (sum(self.detector_ms) + sum(self.classifier_ms))


Grab = Callable[[tuple[int, int]], float]  # picture size in px, to s


def measured(
    case: Case, models: LoadedModels, grab: Grab | None, frames: int, detect_every_s: float = DETECT_EVERY_S
) -> Timings:
    """The timings of so many frames, read one after the other without a pause; the simulator's own work is left out.

    `grab` times a grab of as many pixels from a real screen. With `detect_every_s` 0 the detector runs on every
    tile of every frame.
    """
    simulator = CallSimulator(
        paths.resources(), "all_on", case.faces, picture_px=case.picture_px, seed=_SEED, split=PeopleSplit.HOLDOUT
    )
    detector, classifier = _TimedDetector(models.detector), _TimedClassifier(models.classifier)
    analyzer = dataclasses.replace(models, detector=detector, classifier=classifier).analyzer(detect_every_s)
    timings, at_s = Timings(), _FIRST_S
    with temporary_folder() as folder:
        file = SessionCsv(folder / "session.csv")
        recorder = Recorder([file], Started(datetime.now().astimezone(), case.name, live_class=False), at_s)
        for number in range(_WARM_UP + frames):
            frame = simulator.frame_at(at_s % simulator.lasts_s)
            frame = dataclasses.replace(frame, captured_s=at_s)
            counted = timings if number >= _WARM_UP else Timings()
            took_s = _one(frame, analyzer, recorder, grab, counted)
            counted.detector_ms.append(1000 * detector.take_s())
            counted.classifier_ms.append(1000 * classifier.take_s())
            at_s += max(took_s, _CAPTURE_S)
        file.close()
    simulator.close()
    return timings


def _one(frame: Frame, analyzer: FrameAnalyzer, recorder: Recorder, grab: Grab | None, timings: Timings) -> float:
    """Reads a frame as a session does and adds its timings; returns the seconds that it took."""
    height, width = frame.image.shape[:2]
    grab_s = grab((width, height)) if grab is not None else 0.0
    started_s = time.perf_counter()
    analysis = analyzer.analyze(frame)
    with analyzer.stage_timer.timing(Stage.SUMMARY):
        recorder.observe(seen_in(analysis))
        recorder.advance(frame.captured_s)
    took_s = time.perf_counter() - started_s + grab_s
    spent_s = analyzer.stage_timer.take()
    if grab is not None:
        spent_s[Stage.GRAB] = grab_s
    for stage, ms in timings.stages_ms.items():
        if stage is not Stage.GRAB or grab is not None:
            ms.append(1000 * spent_s.get(stage, 0.0))
    timings.frame_ms.append(1000 * took_s)
    timings.faces.append(len(analysis.readings))
    return took_s


class _Timed:
    """Measures how long it has worked since it was last asked."""

    def __init__(self) -> None:
        self._spent_s = 0.0

    @contextmanager
    def _working(self) -> Iterator[None]:
        started_s = time.perf_counter()
        yield
        self._spent_s += time.perf_counter() - started_s

    def take_s(self) -> float:
        spent_s, self._spent_s = self._spent_s, 0.0
        return spent_s


class _TimedDetector(_Timed):
    """A FaceDetector that measures its own time."""

    def __init__(self, detector: FaceDetector) -> None:
        super().__init__()
        self._detector = detector

    def detect(self, image: Image) -> list[Face]:
        with self._working():
            return self._detector.detect(image)


class _TimedClassifier(_Timed):
    """An ExpressionClassifier that measures its own time."""

    def __init__(self, classifier: ExpressionClassifier) -> None:
        super().__init__()
        self._classifier = classifier

    @property
    def spec(self) -> CropSpec:
        return self._classifier.spec

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        with self._working():
            return self._classifier.classify(crops)


@contextmanager
def real_screen() -> Iterator[Grab | None]:
    """Times grabs from the user's screen or, where there is none, from a virtual one of Xvfb.

    None where there is neither. A smaller screen than asked for is grabbed as a whole.
    """
    with ExitStack() as opened:
        grab = _grabber(None, opened)
        if grab is None:
            server, display = _virtual_screen()
            if server is not None:
                opened.callback(_end, server)
                grab = _grabber(display, opened)
        yield grab


def _grabber(display: str | None, opened: ExitStack) -> Grab | None:
    """Times grabs from a display; None where there is none. What it opens is closed with `opened`."""
    sources: dict[tuple[int, int], ScreenSource] = {}

    def grab(size_px: tuple[int, int]) -> float:
        if size_px not in sources:
            sources[size_px] = source = ScreenSource(Region(0, 0, *size_px), rate_hz=1e4, display=display)
            opened.callback(source.close)
            source.open()
            source.read()
        started_s = time.perf_counter()
        sources[size_px].read()
        return time.perf_counter() - started_s

    try:
        grab((64, 64))
    except SourceError:
        return None
    return grab


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    server.wait()


def _virtual_screen() -> tuple["subprocess.Popen[bytes] | None", str | None]:
    program = shutil.which("Xvfb")
    if program is None:
        return None, None
    reader, writer = os.pipe()
    screen = f"{_SCREEN_PX[0]}x{_SCREEN_PX[1]}x24"
    server = subprocess.Popen(
        [program, "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp"],
        pass_fds=(writer,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()  # empty if the server has died
    return (server, f":{number}") if number else (None, None)


def peak_rss_mb() -> float:
    """The peak memory of this process so far."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
