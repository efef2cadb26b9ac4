"""A network of the user's own is looked at before it is loaded: nothing that is too large is."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.places import MODELS

from fer_desktop.core.errors import ModelError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.vision import model_bounds
from fer_desktop.vision.classifiers import make_classifier
from fer_desktop.vision.model_bounds import MOST_FILE_BYTES, check_shapes, check_side, check_size, check_tensors
from fer_desktop.vision.model_files import write_sidecar


def archive(file: Path, layers: object, **members: bytes) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("config.json", layers if isinstance(layers, str) else json.dumps(layers))
        written.writestr("metadata.json", "{}")
        for name, content in members.items():
            written.writestr(name, content)
    return file


def layer(kind: str, before: list[int | None], **config: Any) -> dict[str, Any]:
    return {"class_name": kind, "config": config, "build_config": {"input_shape": before}}


@pytest.mark.parametrize("name", ["expression.tflite", "expression.keras"])
def test_what_is_shipped_is_within_bounds(name: str):
    check_size(MODELS / name)


def test_an_archive_that_unpacks_to_more_than_the_memory_is_refused_unread(tmp_path: Path):
    """A bomb: less than a hundredth of its content."""
    file = tmp_path / "bomb.keras"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        written.writestr("config.json", "{}")
        with written.open("model.weights.h5", "w", force_zip64=True) as weights:
            for _ in range(1300):
                weights.write(bytes(1_000_000))
    assert file.stat().st_size < 10_000_000
    write_sidecar(file, EXPRESSIONS, channels=1)
    with pytest.raises(ModelError, match="too large to be loaded"):
        make_classifier(file)


@pytest.mark.parametrize(
    "layers",
    [
        [layer("Dense", [None, 1_000_000], units=1_000_000)],
        [layer("Dense", [None, 40_000], units=2_000)] * 3,
        [layer("Embedding", [None], input_dim=10**9, output_dim=10)],
        [layer("Conv2D", [None, 48, 48, 4096], filters=4096, kernel_size=[11, 11], groups=1)],
        [{"class_name": "InputLayer", "config": {"batch_shape": [None, 4000, 4000, 3]}}],
        [{"class_name": "InputLayer", "config": {"batch_shape": [None, 1024, 1024, 1]}}],
        [{"args": [{"config": {"shape": [None, 48, 48, 100_000]}}]}],
    ],
)
def test_layers_that_take_too_much_are_refused_by_what_they_say_of_themselves(tmp_path: Path, layers: object):
    with pytest.raises(ModelError, match="too large to be loaded"):
        check_size(archive(tmp_path / "wide.keras", {"config": {"layers": layers}}))


@pytest.mark.parametrize("described", ["{", "[" * 100_000, '{"a": ' * 50_000])
def test_an_archive_whose_layers_cannot_be_read_is_one_sentence(tmp_path: Path, described: str):
    with pytest.raises(ModelError, match="can be read"):
        check_size(archive(tmp_path / "torn.keras", described))


def test_an_archive_of_countless_members_is_refused(tmp_path: Path):
    many = {f"{number}": b"" for number in range(1100)}
    with pytest.raises(ModelError, match="too large"):
        check_size(archive(tmp_path / "many.keras", {}, **many))


def test_a_file_beyond_measure_is_refused_unread(tmp_path: Path):
    file = tmp_path / "huge.tflite"
    with file.open("wb") as written:
        written.truncate(MOST_FILE_BYTES + 1)
    write_sidecar(file, EXPRESSIONS, channels=1)
    with pytest.raises(ModelError, match="too large"):
        make_classifier(file)


def test_usual_networks_are_within_bounds(tmp_path: Path):
    vgg = tmp_path / "vgg.keras"
    check_shapes(vgg, [[-1, 224, 224, 64]])
    check_side(vgg, 224)
    check_tensors(vgg, [580_000_000])


def test_the_largest_batch_is_the_one_that_is_read():
    from fer_desktop.vision.classifiers import BATCHES

    assert max(BATCHES) == model_bounds.LARGEST_BATCH
