"""From a trained network to the file that ships: calibrated probabilities, preprocessing inside."""

import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.model_card import FER_2013
from fer_desktop.datasets.fer2013 import SIDE_PX, Split
from fer_desktop.training.calibration import Calibration, calibrations
from fer_desktop.training.recipes import Recipe
from fer_desktop.training.start_from import keep_of

# The output that speaks in the app comes first: what people see in a face, not what one annotator wrote.
SPEAKING_FIRST: Final = ("crowd", "fer2013")
_FILES: Final = ("expression.keras", "expression.tflite", "expression.json")
_PAGE: Final = "expression.md"
_FER_2013_COUNTS: Final = (467, 56, 496, 895, 653, 415, 607)  # faces of each class in its public test


def export(
    trained: Path, public_test: Split, out: Path, recipe: Recipe, start_from: Path | None = None
) -> dict[str, Calibration]:
    """Writes expression.tflite, expression.keras and their sidecar expression.json; the calibration of each head.

    The calibrations are fitted on the public test. What was in `out` before stays as it is until all files are whole,
    and is put back where one of them cannot be put in its place. Raises TrainingError where they cannot be written.
    """
    model = keras.saving.load_model(trained, compile=False)
    if recipe.kept and start_from is not None:
        keep_of(model, start_from, recipe.kept)
    fitted = calibrations(model, public_test)
    calibrated = _calibrated(model, fitted)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=".export-") as folder:
            half = Path(folder)
            calibrated.save(half / "expression.keras")
            (half / "expression.tflite").write_bytes(_converted(calibrated, half / "saved"))
            sidecar = _sidecar(model, fitted, recipe) | {"trained_on": _name_of(public_test)}
            (half / "expression.json").write_text(json.dumps(sidecar, indent=2) + "\n", encoding="utf-8")
            _put_in_place(half, out)
    except OSError as error:
        raise TrainingError(
            f"The network cannot be written to {out}: close what uses it or make room, then go on with --resume."
        ) from error
    return fitted


def _name_of(public_test: Split) -> str:
    """What it learnt from, as its card calls it: a user may train on pictures of his own."""
    counts = np.bincount(public_test.labels, minlength=len(EXPRESSIONS))
    return FER_2013 if tuple(counts) == _FER_2013_COUNTS else "other pictures"


def _sidecar(model: keras.Model, fitted: dict[str, Calibration], recipe: Recipe) -> dict[str, Any]:
    return {
        "schema": 1,
        "classes": list(EXPRESSIONS),
        "input": {"side_px": SIDE_PX, "channels": 1, "value_range": [0, 255]},
        "outputs": [head for head in SPEAKING_FIRST if head in fitted],
        "temperature": {head: round(found.temperature, 4) for head, found in fitted.items()},
        "chance_taken_off": {head: round(found.chance, 4) for head, found in fitted.items()},
        "recipe": asdict(recipe),
        "parameters": int(model.count_params()),
    }


def _put_in_place(half: Path, out: Path) -> None:
    """Moves the network's files from `half` to `out`: all of them, or none. The page about an older one goes."""
    older = half / "older"
    older.mkdir()
    moved: list[str] = []
    try:
        for name in (*_FILES, _PAGE):
            if (out / name).exists():
                os.replace(out / name, older / name)
            moved.append(name)
            if name != _PAGE:
                os.replace(half / name, out / name)
    except BaseException:
        for name in (*_FILES, _PAGE):
            if (older / name).exists():
                os.replace(older / name, out / name)
            elif name in moved:
                (out / name).unlink(missing_ok=True)
        raise


def _calibrated(model: keras.Model, fitted: dict[str, Calibration]) -> keras.Model:
    outputs = {head: fitted[head].layers(model.output[head], head) for head in SPEAKING_FIRST if head in fitted}
    return keras.Model(model.input, outputs, name=model.name)


def _converted(model: keras.Model, folder: Path) -> bytes:
    """The TensorFlow Lite file; needs TensorFlow whatever Keras runs on."""
    import tensorflow as tf

    def serve(faces: Any) -> Any:
        # Unasked, Keras hands what was noted for one layer on to the next, and batch norm goes by the batch.
        return model(faces, training=False)

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serve", serve, [tf.TensorSpec((None, *model.input.shape[1:]), model.input.dtype, "faces")])
    archive.write_out(folder, verbose=False)
    content: Any = tf.lite.TFLiteConverter.from_saved_model(str(folder)).convert()
    shutil.rmtree(folder)
    return bytes(content)
