"""The files of a network: itself, and the sidecar that says how to feed it. Nothing is guessed."""

import hashlib
import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from fer_desktop.core.errors import ModelError, StoreError
from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS
from fer_desktop.core.files import read_small, write_whole
from fer_desktop.core.messages import Message, message
from fer_desktop.core.model_card import CardContent, Sidecar

SUFFIXES: Final = (".tflite", ".keras")
SHIPPED: Final = "expression.tflite"
SPARE: Final = "expression.keras"  # the same network; TensorFlow is needed to run it
_MOST_SIDECAR_BYTES: Final = 4_000_000  # with a card; the shipped one has 30,000


def sidecar_file(model: Path) -> Path:
    """The path of a network file's sidecar: beside it, with the suffix .json."""
    return model.with_suffix(".json")


def read_sidecar(model: Path) -> Sidecar:
    """The sidecar of a network file.

    Raises ModelError where the network is missing or of another kind, or the sidecar missing, not JSON or incomplete.
    """
    found = _content(model)
    try:
        return Sidecar.model_validate(found)
    except ValueError as error:
        raise ModelError(
            "The sidecar {model} does not fit: it needs the seven classes ({expressions}) in "
            "the network's order, and input with channels 1 or 3 and a value_range.",
            model=sidecar_file(model),
            expressions=", ".join(EXPRESSIONS),
        ) from error


def read_card(model: Path) -> CardContent:
    """The model card in a network file's sidecar. Raises ModelError where it cannot be read."""
    return CardContent.model_validate(_content(model))


def _content(model: Path) -> Any:
    if model.suffix.lower() not in SUFFIXES:
        raise ModelError("{model} cannot be used as a network: choose a .tflite or .keras file.", model=model)
    if not model.is_file():
        raise ModelError(
            "The network {model} was not found: choose another in the settings, or the shipped one.", model=model
        )
    file = sidecar_file(model)
    try:
        return json.loads(read_small(file, _MOST_SIDECAR_BYTES))
    except FileNotFoundError as error:
        raise ModelError(
            "{model} has no sidecar {name} beside it: choose the network in the settings, which ask for it.",
            model=model,
            name=file.name,
        ) from error
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise ModelError(
            "The sidecar {file} cannot be read: correct it, or choose the network again.", file=file
        ) from error


def write_sidecar(
    model: Path, classes: Sequence[str], channels: int, value_range: tuple[float, float] = (0.0, 255.0)
) -> None:
    """Writes a sidecar for the user's own network. Raises StoreError, or ModelError where its values are wrong."""
    content = {"classes": list(classes), "input": {"channels": channels, "value_range": list(value_range)}}
    try:
        Sidecar.model_validate(content)
    except ValueError as error:
        raise ModelError(
            "Each of the {n_expressions} classes is needed once: {expressions}.",
            n_expressions=N_EXPRESSIONS,
            expressions=", ".join(EXPRESSIONS),
        ) from error
    file = sidecar_file(model)
    try:
        write_whole(file, json.dumps(content, indent=2) + "\n")
    except OSError as error:
        raise StoreError("{file} cannot be written: copy the network to a folder of yours.", file=file) from error


def model_hash(model: Path) -> str:
    """SHA-256 of the file, in hex."""
    with model.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_as_shipped(model: Path) -> bool:
    """Whether a shipped network and its sidecar are those that were shipped: each byte of the one, the other's sense.

    Quick: some 30 ms.
    """
    try:
        told = read_card(model)
        read_sidecar(model)
        by_name = {told.files[model.name].sha256} if model.name in told.files else set()
        # The card's own hash is of the network that the program runs; the spare is told by its name alone.
        expected = by_name | ({told.sha256} if model.name == SHIPPED else set())
        return expected == {model_hash(model)}
    except (ModelError, OSError):
        return False


def shipped_network(models: Path) -> tuple[Path, Message | None]:
    """The shipped network in the folder `models`, and a sentence where another file had to stand in for it.

    Raises ModelError where it is missing or not what was shipped, and nothing can stand in.
    """
    network, spare = models / SHIPPED, models / SPARE
    if is_as_shipped(network):
        return network, None
    if find_spec("keras") is not None and find_spec("tensorflow") is not None and is_as_shipped(spare):
        return spare, message(
            "The network {network} is damaged; {spare} reads the same in its place, more slowly: install the program "
            "again.",
            network=network,
            spare=spare.name,
        )
    if not network.is_file():
        raise ModelError("The shipped network {shipped} is missing: install the program again.", shipped=network)
    raise ModelError(
        "The network {model} is not the one that was shipped: install the program again.",
        model=network,
    )
