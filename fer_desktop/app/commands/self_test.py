"""`self-test`: whether an installation works, on one frame of the demo class."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer

from fer_desktop.core.errors import ModelError

if TYPE_CHECKING:
    from fer_desktop.core.types import Analysis
    from fer_desktop.simulation.ground_truth import CallTile

_REPEATS: Final = 5
_DEMO_S: Final = 160.0  # of the script: half of the class is happy and half neutral
_MIN_FOUND: Final = 0.8  # of the faces that are shown
_MIN_RIGHT: Final = 0.6  # of those that are found; a network with a constant answer gets half


def self_test(as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False) -> None:
    """Analyze one frame of the demo class, check what is read, and print versions, the network's hash and timings.

    Example: fer-desktop self-test
    """
    result = check()
    typer.echo(json.dumps(asdict(result), indent=2) if as_json else _as_text(result))


@dataclass(frozen=True, slots=True)
class Result:
    """What the test found."""

    versions: dict[str, str]
    model: str
    model_sha256: str
    frame_px: tuple[int, int]  # width, height
    shown: int  # faces in the frame
    faces: int  # found
    readable: int
    as_scripted: int  # read as what they show
    load_ms: float
    frame_ms: float  # median of a few


def check() -> Result:
    """Loads the models of the settings and reads one frame a few times. Raises FerError if something is broken."""
    import statistics
    import time

    from fer_desktop.app import compose, paths
    from fer_desktop.core.settings import load_settings
    from fer_desktop.simulation.demo_class import DemoClass
    from fer_desktop.vision.model_files import is_as_shipped, model_hash

    settings = load_settings(paths.settings_file())
    if not settings.model_file and not is_as_shipped(model := compose.model_file(settings)):
        raise ModelError("The network {model} is not the one that was shipped: install the program again.", model=model)
    demo = DemoClass(paths.resources())
    frame = demo.frame_at(_DEMO_S)
    started_s = time.monotonic()
    models = compose.load_models(settings)
    loaded_s = time.monotonic()
    analyses = [models.analyzer().analyze(frame) for _ in range(_REPEATS)]
    truth = demo.truth_at(_DEMO_S).tiles
    shown = sum(tile.camera_on for tile in truth)
    faces = len(analyses[0].readings)
    if faces < _MIN_FOUND * shown:
        raise ModelError(
            "Only {faces} of {shown} faces were found: reset the settings, or install the program again.",
            faces=faces,
            shown=shown,
        )
    model = compose.model_file(settings)
    as_scripted = _as_scripted(truth, analyses[0])
    if as_scripted < _MIN_RIGHT * faces:
        raise ModelError(
            "Only {as_scripted} of {faces} faces were read as what they show by {model}: "
            "choose the shipped network in the settings, or install the program again.",
            as_scripted=as_scripted,
            faces=faces,
            model=model,
        )
    return Result(
        _versions(),
        str(model),
        model_hash(model),
        (frame.image.shape[1], frame.image.shape[0]),
        shown,
        faces,
        sum(reading.quality.readable for reading in analyses[0].readings),
        as_scripted,
        round((loaded_s - started_s) * 1000, 1),
        round(statistics.median(analysis.duration_s for analysis in analyses) * 1000, 1),
    )


def _as_scripted(truth: Sequence["CallTile"], analysis: "Analysis") -> int:
    """How many found faces are read as what the demo class shows there."""
    import numpy as np

    from fer_desktop.core.geometry import iou_matrix, match_greedily

    shown = [tile for tile in truth if tile.face_xyxy is not None]
    found = analysis.readings
    overlap = iou_matrix(
        np.array([tile.face_xyxy for tile in shown], np.float32), np.array([one.face.xyxy for one in found], np.float32)
    )
    return sum(shown[row].expression == found[column].expression for row, column in match_greedily(overlap, 0.4))


def _versions() -> dict[str, str]:
    import importlib.metadata
    import platform

    import cv2
    import numpy as np

    from fer_desktop import __version__

    return {
        "FER Desktop": __version__,
        "Python": platform.python_version(),
        "system": platform.platform(),
        "OpenCV": cv2.__version__,
        "LiteRT": importlib.metadata.version("ai-edge-litert"),
        "NumPy": np.__version__,
    }


def _as_text(result: Result) -> str:
    lines = [f"{name} {version}" for name, version in result.versions.items()]
    lines += [
        f"Network {result.model}",
        f"SHA-256 {result.model_sha256}",
        f"Loaded in {result.load_ms:.0f} ms",
        f"Demo frame of {result.frame_px[0]} x {result.frame_px[1]} px read in {result.frame_ms:.0f} ms",
        f"{result.faces} of {result.shown} faces found, {result.readable} readable",
        f"{result.as_scripted} read as what they show",
        "Everything works.",
    ]
    return "\n".join(lines)
