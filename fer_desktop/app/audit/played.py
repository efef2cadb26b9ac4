"""Inside of the audited process: a session on the demo class that notes what it sees, so that it can be looked for."""

import dataclasses
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fer_desktop.app import compose
from fer_desktop.app.audit.needles import NeedleCollector
from fer_desktop.app.services import AppServices
from fer_desktop.core.settings import load_settings
from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Face, FloatArray, Frame, Image
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.ports import CropSpec, ExpressionClassifier, FaceDetector, Source


def play_audited(folder: Path, settings_file: Path, seconds: float, ends_hard: bool) -> None:
    """Plays a session whose pictures are noted in `folder`. Raises FerError."""
    from fer_desktop.ui.automation.audited_run import play

    services = _NotingServices(folder, settings_file)
    play(services, services.demo(), seconds, ends_hard)


class _NotingServices(AppServices):
    """The program behind the window, which notes each frame and each crop."""

    def __init__(self, folder: Path, settings_file: Path) -> None:
        super().__init__(load_settings(settings_file), settings_file, demo_loops=True)
        self._frames, self._crops = NeedleCollector(folder, seed=0), NeedleCollector(folder, seed=1)

    def source(self, choice: SourceChoice) -> Source:
        return _NotingSource(super().source(choice), self._frames)

    def analyzer(self) -> FrameAnalyzer:
        models = compose.load_models(self.settings())
        return dataclasses.replace(
            models,
            detector=_NotingDetector(models.detector, self._crops),
            classifier=_NotingClassifier(models.classifier, self._crops),
        ).analyzer()


class _NotingSource:
    def __init__(self, source: Source, needles: NeedleCollector) -> None:
        self._source, self._needles = source, needles

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def reopens(self) -> bool:
        return self._source.reopens

    def open(self) -> None:
        self._source.open()

    def read(self) -> Frame | None:
        frame = self._source.read()
        if frame is not None:
            self._needles.look_at_frame(frame.image)
        return frame

    def cancel(self) -> None:
        self._source.cancel()

    def close(self) -> None:
        self._source.close()


class _NotingDetector:
    def __init__(self, detector: FaceDetector, needles: NeedleCollector) -> None:
        self._detector, self._needles = detector, needles

    def detect(self, image: Image) -> list[Face]:
        faces = self._detector.detect(image)
        self._needles.look_at_frame(image, [face.xyxy for face in faces])
        return faces


class _NotingClassifier:
    def __init__(self, classifier: ExpressionClassifier, needles: NeedleCollector) -> None:
        self._classifier, self._needles = classifier, needles

    @property
    def spec(self) -> CropSpec:
        return self._classifier.spec

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        self._needles.look_at_crops(crops)
        return self._classifier.classify(crops)
