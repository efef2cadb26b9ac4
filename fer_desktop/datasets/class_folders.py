"""Pictures sorted into one folder per class, under any of the classes' usual names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.types import Image
from fer_desktop.datasets.picture_files import is_picture, read_picture

_ALIASES: Final = {
    "anger": "angry",
    "disgusted": "disgust",
    "fearful": "fear",
    "afraid": "fear",
    "scared": "fear",
    "happiness": "happy",
    "joy": "happy",
    "sadness": "sad",
    "surprised": "surprise",
    "neutrality": "neutral",
}
_NO_CLASSES: Final = ("__macosx",)  # left by archives


def pictures_of(folder: Path) -> Iterator[tuple[Path, int, Image | None]]:
    """Each picture file with its label and its picture, None where it cannot be read; one in memory at a time.

    Raises TrainingError before the first one where a subfolder is no class or there are no pictures.
    """
    for file, label in class_files(folder):
        try:
            yield file, label, read_picture(file)
        except TrainingError:
            yield file, label, None


def class_files(folder: Path) -> list[tuple[Path, int]]:
    """The picture files in `folder`/<class>/ and their labels, by class and then by name; nothing is opened.

    Raises TrainingError where a subfolder is no class or there are no pictures.
    """
    try:
        subfolders = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not _is_hidden(entry))
        classes = [(subfolder, _label(subfolder)) for subfolder in subfolders]
        found = [(file, label) for subfolder, label in classes for file in sorted(subfolder.iterdir())]
    except OSError as error:
        raise TrainingError(
            "{folder} cannot be opened: check where it is and that you may read it.", folder=folder
        ) from error
    files = [(file, label) for file, label in found if is_picture(file)]
    if not files:
        raise TrainingError(
            "There are no pictures in {folder}: it needs folders named {expressions}.",
            folder=folder,
            expressions=", ".join(EXPRESSIONS),
        )
    return sorted(files, key=lambda entry: entry[1])


def _is_hidden(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name.casefold() in _NO_CLASSES


def _label(folder: Path) -> int:
    name = folder.name.strip().casefold()
    name = _ALIASES.get(name, name)
    if name not in EXPRESSIONS:
        raise TrainingError(
            "{folder} is named after no expression: the folders are {expressions}.",
            folder=folder,
            expressions=", ".join(EXPRESSIONS),
        )
    return EXPRESSIONS.index(name)
