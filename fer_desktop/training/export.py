"""From a trained network to the file that ships: calibrated probabilities, preprocessing inside."""

import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import keras
import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.training.dataset import SIDE_PX, Split, load_split
from fer_desktop.training.measures import softmax
from fer_desktop.training.networks import HEADS
from fer_desktop.training.recipes import Recipe

# The output that speaks in the app comes first: what people see in a face, not what one annotator wrote.
SPEAKING_FIRST = ("crowd", "fer2013")


def export(trained: Path, data: Path, out: Path, recipe: Recipe) -> dict[str, float]:
    """Writes expression.tflite, expression.keras and their sidecar expression.json; the temperature of each head.

    The temperatures are fitted on public_test. Files are put in place only when all of them are whole.
    """
    model = keras.saving.load_model(trained, compile=False)
    temperatures = fit_temperatures(model, load_split(data, "public_test"))
    calibrated = _calibrated(model, temperatures)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        half = Path(folder)
        calibrated.save(half / "expression.keras")
        (half / "expression.tflite").write_bytes(_converted(calibrated, half / "saved"))
        content = {
            "schema": 1,
            "classes": list(EXPRESSIONS),
            "input": {"side_px": SIDE_PX, "channels": 1, "value_range": [0, 255]},
            "outputs": list(SPEAKING_FIRST),
            "temperature": {head: round(value, 4) for head, value in temperatures.items()},
            "recipe": asdict(recipe),
            "parameters": int(model.count_params()),
        }
        (half / "expression.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        for name in ("expression.keras", "expression.tflite", "expression.json"):
            os.replace(half / name, out / name)
    return temperatures


def fit_temperatures(model: keras.Model, split: Split) -> dict[str, float]:
    """By head, the temperature under which the split's labels are most likely (Guo et al. 2017)."""
    logits = cast(dict[str, npt.NDArray[np.float32]], model.predict(split.images[..., None], batch_size=256, verbose=0))
    targets = {"fer2013": split.labels, "crowd": split.plurality}
    return {
        head: fit_temperature(logits[head][targets[head] >= 0], targets[head][targets[head] >= 0]) for head in HEADS
    }


def fit_temperature(logits: npt.NDArray[np.float32], labels: npt.NDArray[np.int64]) -> float:
    """The temperature from 0.3 to 5 that makes `labels` (N,) most likely under `logits` (N, 7)."""

    def loss(temperature: float) -> float:
        probabilities = softmax(logits / temperature)
        return float(-np.log(probabilities[np.arange(len(labels)), labels] + 1e-12).mean())

    candidates = np.geomspace(0.3, 5.0, 400)
    return float(candidates[int(np.argmin([loss(float(value)) for value in candidates]))])


def _calibrated(model: keras.Model, temperatures: dict[str, float]) -> keras.Model:
    outputs = {}
    for head in SPEAKING_FIRST:
        cooled = keras.layers.Rescaling(1.0 / temperatures[head], name=f"{head}_temperature")(model.output[head])
        outputs[head] = keras.layers.Softmax(name=f"{head}_probabilities")(cooled)
    return keras.Model(model.input, outputs, name=model.name)


def _converted(model: keras.Model, folder: Path) -> bytes:
    """The TensorFlow Lite file; needs TensorFlow whatever Keras runs on."""
    import tensorflow as tf

    model.export(folder, verbose=False)
    content: Any = tf.lite.TFLiteConverter.from_saved_model(str(folder)).convert()
    shutil.rmtree(folder)
    return bytes(content)
