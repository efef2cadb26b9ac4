"""The one place where detector, cropping and network become an analyzer."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from fer_desktop.app import paths
from fer_desktop.app.logs import native_chatter_silenced
from fer_desktop.core.errors import ModelError
from fer_desktop.core.messages import Message
from fer_desktop.core.readings.quality import Gate
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import SharesRule
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.frame.checked_answers import CheckedDetector
from fer_desktop.pipeline.frame.participants import DETECT_EVERY_S
from fer_desktop.pipeline.ports import ExpressionClassifier, FaceDetector

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadedModels:
    """Detector and network, loaded; slow to get, cheap to make analyzers of. For one thread."""

    settings: Settings
    detector: FaceDetector
    classifier: ExpressionClassifier
    note: Message | None = None  # what stands in for a shipped file that is damaged
    sha256: str = ""  # of the network's file
    rule: SharesRule = field(default_factory=SharesRule)  # the network's, for the shares of a class

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
            lambda: CallGallery(CheckedDetector(self.detector)),
            detect_every_s,
            self.rule,
        )


def model_file(settings: Settings) -> Path:
    """The network in use: the user's own, else the shipped one. Raises ModelError where that one is missing."""
    if settings.model_file:
        return paths.at_home(settings.model_file, "network")
    shipped = paths.models() / "expression.tflite"
    if not shipped.is_file():
        raise ModelError("The shipped network {shipped} is missing: install the program again.", shipped=shipped)
    return shipped


def network_in_use(settings: Settings) -> tuple[Path, Message | None]:
    """The user's own network, else the shipped one or what stands in for it, with a sentence on that.

    Raises ModelError where the shipped one is damaged and nothing stands in.
    """
    from fer_desktop.vision.model_files import shipped_network

    return (model_file(settings), None) if settings.model_file else shipped_network(paths.models())


def installation_problem(settings: Settings) -> Message | None:
    """One sentence where shipped files that the settings need are not what was shipped; quick, some 30 ms."""
    from fer_desktop.vision.detectors import check_shipped

    try:
        if not settings.detector_file:
            check_shipped(paths.models())
        return network_in_use(settings)[1]
    except ModelError as error:
        return error.message


def load_models(settings: Settings) -> LoadedModels:
    """Detector and network as the settings name them; slow. Raises ModelError."""
    from fer_desktop.vision.classifiers import make_classifier
    from fer_desktop.vision.detectors import make_detector
    from fer_desktop.vision.model_files import model_hash, read_sidecar

    model, note = network_in_use(settings)
    if note is not None:
        logger.warning("%s", note)
    with native_chatter_silenced():
        return LoadedModels(
            settings,
            make_detector(settings, paths.models()),
            make_classifier(model, settings.output, settings.threads),
            note,
            model_hash(model),
            read_sidecar(model).shares_rule(settings.output),
        )


def make_analyzer(settings: Settings) -> FrameAnalyzer:
    """A fresh analyzer as the settings describe it; slow. Raises ModelError."""
    return load_models(settings).analyzer()
