"""How large a network may be: looked at before it is loaded, since one that is too large takes the program down."""

import json
import math
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from fer_desktop.core.errors import ModelError

MOST_FILE_BYTES: Final = 600_000_000  # VGG-Face, the largest that anybody uses for this, has 580 MB
MOST_SIDE_PX: Final = 512  # of a crop: faces in a call are smaller
MOST_UNPACKED_BYTES: Final = 2 * MOST_FILE_BYTES
MOST_MEMBERS: Final = 1000  # of an archive; a network has three, and a few where it brings vocabulary
MOST_CONFIG_BYTES: Final = 20_000_000  # the description of its layers, which is read as a whole
MOST_WEIGHTS: Final = MOST_FILE_BYTES // 4  # of four bytes each
# Of what one layer hands to the next, in 49 crops at once; two of them are held at a time.
MOST_LAYER_BYTES: Final = 1_000_000_000
LARGEST_BATCH: Final = 25
_CONFIG: Final = "config.json"
_SHAPES: Final = ("shape", "batch_shape", "input_shape", "target_shape")
_WIDTHS: Final = ("units", "filters", "output_dim")


def check_size(model: Path) -> None:
    """Raises ModelError where the file is too large, or an archive unpacks to too much."""
    try:
        size = model.stat().st_size
        if size > MOST_FILE_BYTES:
            raise _too_large(model, _mb(size), _mb(MOST_FILE_BYTES))
        if model.suffix.lower() == ".keras":
            _check_archive(model)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError, RecursionError, MemoryError) as error:
        raise ModelError("{model} is not a network that can be read: choose another.", model=model) from error


def check_shapes(model: Path, shapes: Sequence[Sequence[int]], item_bytes: int = 4) -> None:
    """Raises ModelError where layers (batch, ...) would take too much memory; open sizes are 0, -1 or 1."""
    for shape in shapes:
        inner = math.prod(max(1, size) for size in shape[1:])
        if inner * item_bytes * LARGEST_BATCH > MOST_LAYER_BYTES:
            raise _too_large(model, _mb(inner * item_bytes * LARGEST_BATCH), _mb(MOST_LAYER_BYTES))


def check_side(model: Path, side_px: int) -> None:
    """Raises ModelError where it takes larger crops than there are."""
    if side_px > MOST_SIDE_PX:
        raise _too_large(model, f"{side_px} px", f"{MOST_SIDE_PX} px")


def check_tensors(model: Path, sizes_bytes: Sequence[int]) -> None:
    """Raises ModelError where all tensors together are too large."""
    if sum(sizes_bytes) > MOST_UNPACKED_BYTES:
        raise _too_large(model, _mb(sum(sizes_bytes)), _mb(MOST_UNPACKED_BYTES))


def _check_archive(model: Path) -> None:
    with zipfile.ZipFile(model) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise _too_large(model, f"{len(members):,}", f"{MOST_MEMBERS:,}")
        unpacked = sum(member.file_size for member in members)
        if unpacked > MOST_UNPACKED_BYTES:
            raise _too_large(model, _mb(unpacked), _mb(MOST_UNPACKED_BYTES))
        described = [member for member in members if member.filename == _CONFIG]
        if len(described) != 1 or described[0].file_size > MOST_CONFIG_BYTES:
            raise ValueError("no description of the layers, or one beyond all measure")
        with archive.open(described[0]) as file:
            # What the directory says of its size may be a lie.
            content = file.read(MOST_CONFIG_BYTES + 1)
    if len(content) > MOST_CONFIG_BYTES:
        raise ValueError("a description beyond all measure")
    _check_layers(model, json.loads(content))


def _check_layers(model: Path, described: Any) -> None:
    """Raises ModelError where what the layers say of themselves would take too much memory."""
    weights = 0
    for node in _objects(described):
        shapes = [_sizes(node[name]) for name in _SHAPES if isinstance(node.get(name), list)]
        check_shapes(model, [shape for shape in shapes if shape])
        if node.get("class_name") == "InputLayer" and isinstance(node.get("config"), dict):
            check_side(model, max([0, *_sizes(node["config"].get("batch_shape"))[1:3]]))
        weights += _weights_of(node)
        if weights > MOST_WEIGHTS:
            raise _too_large(model, _mb(4 * weights), _mb(4 * MOST_WEIGHTS))


def _weights_of(layer: Mapping[str, Any]) -> int:
    """How many weights a layer has at least, by its own description; 0 for what is no layer with weights."""
    config = layer.get("config")
    if not isinstance(config, dict):
        return 0
    width = max([0, *(size for name in _WIDTHS for size in _sizes([config.get(name)]))])
    build = layer.get("build_config")
    before = _sizes(build.get("input_shape")) if isinstance(build, dict) else []
    rows = max(1, before[-1] if before else 0, *_sizes([config.get("input_dim")]))
    groups = max(1, *_sizes([config.get("groups")]))
    return width * rows * math.prod(_sizes(config.get("kernel_size")) or [1]) // groups


def _sizes(value: object) -> list[int]:
    """The whole numbers of a shape in their places; 0 where one is open."""
    if not isinstance(value, list):
        return []
    return [size if isinstance(size, int) and not isinstance(size, bool) else 0 for size in value]


def _objects(described: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of a JSON value, however deep."""
    waiting = [described]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _mb(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.0f} MB"


def _too_large(model: Path, found: str, most: str) -> ModelError:
    return ModelError(
        "{model} is too large to be loaded ({found}; at most {most}): choose a smaller network.",
        model=model,
        found=found,
        most=most,
    )
