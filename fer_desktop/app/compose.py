"""The one place where detector, cropping and network become an analyzer."""

from dataclasses import dataclass
from pathlib import Path

from fer_desktop.app import paths
from fer_desktop.app.logs import native_chatter_silenced
from fer_desktop.core.errors import ModelError
from fer_desktop.core.readings.quality import Gate
from fer_desktop.core.settings import Settings
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.frame.participants import DETECT_EVERY_S
from fer_desktop.pipeline.ports import ExpressionClassifier, FaceDetector


@dataclass(frozen=True, slots=True)
class LoadedModels:
    """Detector and network, loaded; slow to get, cheap to make analyzers of. For one thread."""

    settings: Settings
    detector: FaceDetector
    classifier: ExpressionClassifier

    def analyzer(self, detect_every_s: float = DETECT_EVERY_S) -> FrameAnalyzer:
        """An analyzer that has seen nothing yet; how often it looks for faces in each tile of a gallery."""
        from fer_desktop.vision.crop import cut_crops
        from fer_desktop.vision.gallery.reader import CallGallery

        return FrameAnalyzer(
            self.detector,
            cut_crops,
            self.classifier,
            Gate(self.settings.min_score, self.settings.min_height_px),
            self.settings.smoothing_s,
            self.settings.baseline,
            lambda: CallGallery(self.detector),
            detect_every_s,
        )


def model_file(settings: Settings) -> Path:
    """The network in use: the user's own, else the shipped one. Raises ModelError where that one is missing."""
    if settings.model_file:
        return paths.at_home(settings.model_file, "network")
    shipped = paths.models() / "expression.tflite"
    if not shipped.is_file():
        raise ModelError("The shipped network {shipped} is missing: install the program again.", shipped=shipped)
    return shipped


def load_models(settings: Settings) -> LoadedModels:
    """Detector and network as the settings name them; slow. Raises ModelError."""
    from fer_desktop.vision.classifiers import make_classifier
    from fer_desktop.vision.detectors import make_detector

    model = model_file(settings)
    with native_chatter_silenced():
        return LoadedModels(
            settings,
            make_detector(settings, paths.models()),
            make_classifier(model, settings.output, settings.threads),
        )


def make_analyzer(settings: Settings) -> FrameAnalyzer:
    """A fresh analyzer as the settings describe it; slow. Raises ModelError."""
    return load_models(settings).analyzer()
