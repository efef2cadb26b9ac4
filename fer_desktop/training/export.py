"""From a trained network to the file that ships: calibrated probabilities, preprocessing inside."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
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
from fer_desktop.training.start_from import interpolate_weights

# The app uses the first output by default: what people see in a face, not what one annotator wrote.
OUTPUT_ORDER: Final = ("crowd", "fer2013")
_FILES: Final = ("expression.keras", "expression.tflite", "expression.json")
_PAGE: Final = "expression.md"
_FER_2013_COUNTS: Final = (467, 56, 496, 895, 653, 415, 607)  # faces of each class in its public test split


def export(
    trained: Path, public_test: Split, out: Path, recipe: Recipe, start_from: Path | None = None
) -> dict[str, Calibration]:
    """`export_model` of what a run has trained, with the share of `start_from` that its recipe keeps."""
    model = keras.saving.load_model(trained, compile=False)
    if recipe.weight_interpolation and start_from is not None:
        interpolate_weights(model, start_from, recipe.weight_interpolation)
    return export_model(model, public_test, out, asdict(recipe))


def load_uncalibrated(file: Path) -> keras.Model:
    """The network in a .keras file that answers with logits, as a run's checkpoint does.

    Raises TrainingError where the file holds none, or one that answers with probabilities already.
    """
    try:
        model = keras.saving.load_model(file, compile=False)
    except (
        Exception
    ) as error:  # Keras has no class for a bad archive: KeyError, TypeError, OSError, zipfile's, h5py's ...
        raise TrainingError(
            "{file} is no Keras network that can be loaded here: give another .keras file.", file=file
        ) from error
    known = isinstance(model.output, dict) and set(model.output) <= set(OUTPUT_ORDER)
    # What was calibrated once ends in a rescaling of probabilities.
    if not known or any(layer.name.endswith("_probabilities") for layer in model.layers):
        raise TrainingError(
            "{file} does not answer with the logits of {output_order}: give the checkpoint of a run, "
            "not what was exported from it.",
            file=file,
            output_order=" and ".join(OUTPUT_ORDER),
        )
    return model


def export_model(
    model: keras.Model, public_test: Split, out: Path, recipe: Mapping[str, Any]
) -> dict[str, Calibration]:
    """Writes expression.tflite, expression.keras and their sidecar expression.json; returns each head's calibration.

    The calibrations are fitted on the public test. Older files in `out` are replaced only once all new ones are
    complete, and restored if any of those cannot be moved into place. Raises TrainingError where they cannot be
    written.
    """
    fitted = calibrations(model, public_test)
    calibrated = _calibrated(model, fitted)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=".export-") as folder:
            new = Path(folder)
            calibrated.save(new / "expression.keras")
            (new / "expression.tflite").write_bytes(_converted(calibrated, new / "saved"))
            sidecar = _sidecar(model, fitted, recipe) | {"trained_on": _dataset_name(public_test)}
            (new / "expression.json").write_text(json.dumps(sidecar, indent=2) + "\n", encoding="utf-8")
            _replace_files(new, out)
    except OSError as error:
        raise TrainingError(
            "The network cannot be written to {out}: close programs that use it or make room, then use --resume.",
            out=out,
        ) from error
    return fitted


def _dataset_name(public_test: Split) -> str:
    """What the network was trained on, as its card calls it: users may train on pictures of their own."""
    counts = np.bincount(public_test.labels, minlength=len(EXPRESSIONS))
    return FER_2013 if tuple(counts) == _FER_2013_COUNTS else "other pictures"


def _sidecar(model: keras.Model, fitted: dict[str, Calibration], recipe: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "schema": 1,
        "classes": list(EXPRESSIONS),
        "input": {"side_px": SIDE_PX, "channels": 1, "value_range": [0, 255]},
        "outputs": [head for head in OUTPUT_ORDER if head in fitted],
        "temperature": {head: round(one.temperature, 4) for head, one in fitted.items()},
        "chance_taken_off": {head: round(one.uniform_share, 4) for head, one in fitted.items()},
        "recipe": dict(recipe),
        "parameters": int(model.count_params()),
    }


def _replace_files(new: Path, out: Path) -> None:
    """Moves the network's files from `new` to `out`: all of them, or none. The older network's card page is removed."""
    older = new / "older"
    older.mkdir()
    moved: list[str] = []
    try:
        for name in (*_FILES, _PAGE):
            if (out / name).exists():
                os.replace(out / name, older / name)
            moved.append(name)
            if name != _PAGE:
                os.replace(new / name, out / name)
    except BaseException:
        for name in (*_FILES, _PAGE):
            if (older / name).exists():
                os.replace(older / name, out / name)
            elif name in moved:
                (out / name).unlink(missing_ok=True)
        raise


def _calibrated(model: keras.Model, fitted: dict[str, Calibration]) -> keras.Model:
    outputs = {head: fitted[head].layers(model.output[head], head) for head in OUTPUT_ORDER if head in fitted}
    return keras.Model(model.input, outputs, name=model.name)


def _converted(model: keras.Model, folder: Path) -> bytes:
    """The TensorFlow Lite file; needs TensorFlow whatever Keras runs on."""
    import tensorflow as tf

    def serve(faces: Any) -> Any:
        # Explicit: Keras may pass on an earlier call's flag, and batch normalisation would use the batch's statistics.
        return model(faces, training=False)

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serve", serve, [tf.TensorSpec((None, *model.input.shape[1:]), model.input.dtype, "faces")])
    archive.write_out(folder, verbose=False)
    content: Any = tf.lite.TFLiteConverter.from_saved_model(str(folder)).convert()
    shutil.rmtree(folder)
    return bytes(content)
