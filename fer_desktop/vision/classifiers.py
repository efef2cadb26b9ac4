"""Networks that read expressions: TensorFlow Lite files, and a user's own .keras file through Keras."""

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import ModelError
from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS
from fer_desktop.core.model_card import Sidecar
from fer_desktop.core.types import FloatArray
from fer_desktop.pipeline.frame.checked_answers import checked_probabilities
from fer_desktop.pipeline.ports import CropSpec
from fer_desktop.vision.model_bounds import check_shapes, check_side, check_size, check_tensors
from fer_desktop.vision.model_files import read_sidecar

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter

# Changing the batch size costs the runtime up to 29 ms, so crops are read in batches of these sizes. Each keeps memory:
# one of 49 would take 40 MB for 2 % of the time of 49 faces.
BATCHES: Final = (1, 9, 25)
_CALL_COSTS: Final = 1.0  # what starting a batch costs, in crops


class _Runtime(Protocol):
    """A loaded network."""

    shape: tuple[int, ...]  # of the input; 0 or -1 where a size is open
    takes_uint8: bool
    heads: tuple[str, ...]

    def run(self, batch: npt.NDArray[np.generic], head: str) -> FloatArray: ...


class Classifier:
    """Reads expressions with a network as its sidecar describes it. For one thread."""

    def __init__(self, model: Path, head: str = "", threads: int = 2) -> None:
        """Loads the file and runs it once on noise.

        `head` names the output to read; empty: the sidecar's first. Raises ModelError where file, sidecar and
        head do not fit together or the output is not seven probabilities.
        """
        sidecar = read_sidecar(model)
        check_size(model)
        self._runtime = _loaded(model, threads)
        self._head = _chosen_head(model, sidecar, self._runtime.heads, head)
        side_px = _side_px(model, self._runtime.shape, sidecar.input.channels)
        self._order = [sidecar.classes.index(name) for name in EXPRESSIONS]
        self._low, self._high = sidecar.input.value_range
        self.spec = CropSpec(side_px, sidecar.input.channels)
        if self._runtime.takes_uint8 and sidecar.input.value_range != (0.0, 255.0):
            raise ModelError(
                "{model} takes whole numbers from 0 to 255: its sidecar's value_range must say so.", model=model
            )
        self._try(model)

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        """(N, 7) calibrated probabilities in EXPRESSIONS' order, each row sum 1, of crops (N, side, side, channels).

        Raises ModelError where the network answers with anything else.
        """
        if not len(crops):
            return np.empty((0, N_EXPRESSIONS), np.float32)
        parts = np.split(crops, np.cumsum(batches_for(len(crops)))[:-1])
        answers = [checked_probabilities(self._run(part), len(part)) for part in parts]
        return np.concatenate(answers)[:, self._order]

    def _run(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        size = next(batch for batch in BATCHES if batch >= len(crops))
        batch: npt.NDArray[np.generic] = np.zeros((size, *crops.shape[1:]), np.uint8)
        batch[: len(crops)] = crops
        if not self._runtime.takes_uint8:
            batch = (self._low + batch.astype(np.float32) * ((self._high - self._low) / 255.0)).astype(np.float32)
        return self._runtime.run(batch, self._head)[: len(crops)]

    def _try(self, model: Path) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (2, self.spec.side_px, self.spec.side_px, self.spec.channels))
        try:
            answer = self._run(noise.astype(np.uint8))
        except ModelError:
            raise
        except Exception as error:  # the runtimes raise no common class for a wrong input
            raise ModelError(
                "{model} does not take the crops that its sidecar describes: correct one of them.", model=model
            ) from error
        try:
            checked_probabilities(answer, len(noise))
        except ModelError as error:
            raise ModelError(
                "{model} does not output seven probabilities: end it in a softmax over seven classes.", model=model
            ) from error


@cache
def batches_for(count: int) -> tuple[int, ...]:
    """The sizes of the batches that read so many crops at the least cost, largest first; only the last is padded."""
    best: list[tuple[int, ...]] = [()]  # for 0 crops, 1 crop, ...
    for crops in range(1, count + 1):
        best.append(min(((*best[max(0, crops - size)], size) for size in BATCHES), key=_cost))
    return tuple(sorted(best[count], reverse=True))


def _cost(batches: tuple[int, ...]) -> tuple[float, int]:
    return sum(batches) + _CALL_COSTS * len(batches), len(batches)


def _chosen_head(model: Path, sidecar: Sidecar, heads: tuple[str, ...], wanted: str) -> str:
    if wanted:
        if wanted not in heads:
            raise ModelError(
                "{model} has no output named {wanted}: choose one of {heads}.",
                model=model,
                wanted=wanted,
                heads=", ".join(heads),
            )
        return wanted
    absent = [name for name in sidecar.outputs if name not in heads]
    if absent:
        # To take the next one unasked would change all answers.
        raise ModelError(
            "{model} has no output named {wanted}, which its sidecar lists in `outputs`: correct it.",
            model=model,
            wanted=", ".join(absent),
        )
    named = sidecar.outputs
    if not named and len(heads) != 1:
        raise ModelError(
            "{model} has the outputs {heads}: its sidecar must list in `outputs` the one to read first.",
            model=model,
            heads=", ".join(heads),
        )
    return named[0] if named else heads[0]


def _loaded(model: Path, threads: int) -> _Runtime:
    return _LiteRt(model, threads) if model.suffix.lower() == ".tflite" else _Keras(model)


def _side_px(model: Path, shape: tuple[int, ...], channels: int) -> int:
    if len(shape) != 4 or shape[1] != shape[2] or shape[1] < 8:
        raise ModelError("{model} does not take square crops of a fixed size: use a network that does.", model=model)
    check_side(model, shape[1])
    if shape[3] != channels:
        raise ModelError(
            "{model} takes crops of {shape} channels, its sidecar says {channels}: correct it.",
            model=model,
            shape=shape[3],
            channels=channels,
        )
    return shape[1]


class _LiteRt:
    """A TensorFlow Lite file; one interpreter per batch size, since resizing one is slow."""

    def __init__(self, model: Path, threads: int) -> None:
        from ai_edge_litert.interpreter import Interpreter

        try:
            content = model.read_bytes()
            first = Interpreter(model_content=content, num_threads=threads)
            details = first.get_input_details()
            signatures = first.get_signature_list()
            self._signature = next(iter(signatures), None)
            if len(details) != 1 or self._signature is None:
                raise ValueError("one input and a signature are needed")
            runner = first.get_signature_runner(self._signature)
            outputs = runner.get_output_details()
        except (ValueError, RuntimeError, OSError) as error:
            raise ModelError(
                "{model} is not a TensorFlow Lite network with one input and named outputs: choose another.",
                model=model,
            ) from error
        self.heads = tuple(outputs)
        self._index = {name: detail["index"] for name, detail in outputs.items()}
        self.shape = tuple(int(size) for size in details[0]["shape_signature"])
        self.takes_uint8 = details[0]["dtype"] is np.uint8
        self._input = details[0]["index"]
        self._model, self._content, self._threads = model, content, threads
        self._interpreters: dict[int, Interpreter] = {}
        # Nothing is allocated yet.
        tensors = [
            (tensor["shape"].tolist(), np.dtype(tensor["dtype"]).itemsize) for tensor in first.get_tensor_details()
        ]
        check_side(model, max(0, *self.shape[1:3], 0))
        check_tensors(model, [math.prod(shape) * size for shape, size in tensors])
        # What is as large for every crop has no 1 at its front: those are weights.
        for shape, size in tensors:
            if shape[:1] == [1]:
                check_shapes(model, [shape], size)

    def _sized(self, batch: int) -> "Interpreter":
        """The interpreter for a batch size, made when it is first needed: most of them never are."""
        from ai_edge_litert.interpreter import Interpreter

        if batch not in self._interpreters:
            try:
                # A fixed batch size is overridden; most networks allow it, and the trial run finds those that do not.
                interpreter = Interpreter(model_content=self._content, num_threads=self._threads)
                interpreter.resize_tensor_input(self._input, [batch, *self.shape[1:]], strict=False)
                interpreter.allocate_tensors()
            except (ValueError, RuntimeError) as error:
                raise ModelError(
                    "{model} cannot read several crops at once: convert it with an open batch size.", model=self._model
                ) from error
            self._interpreters[batch] = interpreter
        return self._interpreters[batch]

    def run(self, batch: npt.NDArray[np.generic], head: str) -> FloatArray:
        interpreter = self._sized(len(batch))
        interpreter.set_tensor(self._input, batch)
        interpreter.invoke()
        return np.asarray(interpreter.get_tensor(self._index[head]), dtype=np.float32)


class _Keras:
    """A .keras file of the user's own; needs TensorFlow."""

    def __init__(self, model: Path) -> None:
        try:
            import keras
        except ImportError as error:
            raise ModelError(
                "{name} needs TensorFlow, which is not installed: pip install 'fer-desktop[train]'.", name=model.name
            ) from error
        try:
            self._model = keras.saving.load_model(model, compile=False)
        except Exception as error:  # Keras lets through whatever a damaged archive causes
            raise ModelError(
                "{model} is not a Keras network that can be loaded here: choose another.", model=model
            ) from error
        if not hasattr(self._model, "inputs") or len(self._model.inputs) != 1:
            raise ModelError("{model} does not have one input: use a network that takes one crop.", model=model)
        self.shape = tuple(int(size or 0) for size in self._model.inputs[0].shape)
        self.takes_uint8 = self._model.inputs[0].dtype == "uint8"
        named = getattr(self._model, "output", None)
        self.heads = tuple(named) if isinstance(named, dict) else tuple(self._model.output_names)

    def run(self, batch: npt.NDArray[np.generic], head: str) -> FloatArray:
        answer = self._model.predict_on_batch(batch)
        if isinstance(answer, dict):
            answer = answer[head]
        elif isinstance(answer, list):
            answer = answer[self.heads.index(head)]
        return np.asarray(answer, dtype=np.float32)


def make_classifier(model: Path, head: str = "", threads: int = 2) -> Classifier:
    """The network in `model`, ready to use. Raises ModelError where it does not fit."""
    return Classifier(model, head, threads)
