"""FER-2013 as distributed by Kaggle: one file with a line per face, its pixels as numbers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.datasets.split import SIDE_PX, Split, with_identical, without_votes

_FILES: Final = ("fer2013.csv", "icml_face_data.csv")
_COLUMNS: Final = ("emotion", "pixels", "usage")
_USAGES: Final = {"training": "training", "publictest": "public_test", "privatetest": "private_test"}

_Face = tuple[int, npt.NDArray[np.uint8]]


def kaggle_file(data: Path) -> Path | None:
    """The file itself, or the one in the folder `data`; None where there is none."""
    if data.is_file():
        return data if data.suffix.lower() == ".csv" else None
    return next((data / name for name in _FILES if (data / name).is_file()), None)


def read_kaggle_csv(file: Path, splits: Sequence[str]) -> dict[str, Split]:
    """The requested splits; lines without a face are left out and listed in `Split.skipped`.

    Raises TrainingError where the file is something else or a split has no faces.
    """
    wanted = dict.fromkeys(("training", *splits))
    faces: dict[str, list[_Face]] = {split: [] for split in wanted}
    skipped: dict[str, list[str]] = {split: [] for split in wanted}
    try:
        with file.open(encoding="utf-8", errors="replace") as handle:
            columns = _columns(file, handle.readline())
            for number, line in enumerate(handle, start=2):
                split, face = _parsed(line, columns, wanted)
                if face is not None:
                    faces[split].append(face)
                elif split in wanted:
                    skipped[split].append(f"line {number}")
    except OSError as error:
        raise TrainingError("{file} cannot be opened: check that you may read it.", file=file) from error
    for split in wanted:
        if not faces[split]:
            raise TrainingError(
                "{file} holds no faces of {split}: take a fresh copy of fer2013.csv.", file=file, split=split
            )
    read = with_identical({split: _as_split(found, skipped[split]) for split, found in faces.items()})
    return {split: read[split] for split in splits}


def _as_split(faces: list[_Face], skipped: list[str]) -> Split:
    return without_votes([image for _, image in faces], [label for label, _ in faces], skipped)


def _columns(file: Path, line: str) -> list[int]:
    """The indices of the columns emotion, pixels and usage."""
    names = [name.strip(' "\n\ufeff').casefold() for name in line.split(",")]
    if not set(_COLUMNS) <= set(names):
        raise TrainingError("{file} is not fer2013.csv: its first line must name emotion, pixels and Usage.", file=file)
    return [names.index(name) for name in _COLUMNS]


def _parsed(line: str, columns: list[int], wanted: dict[str, None]) -> tuple[str, _Face | None]:
    """The split that the line belongs to and its face; None where it has none or was not requested."""
    parts = [part.strip(' "\n') for part in line.split(",")]
    label, pixels, usage = (parts[column] if column < len(parts) else "" for column in columns)
    # A line without a valid usage counts as one of the training split.
    split = _USAGES.get(usage.casefold(), "training" if line.strip() else "")
    if split not in wanted:
        return split, None
    try:
        values = np.frombuffer(bytes(map(int, pixels.split())), dtype=np.uint8)
        if usage.casefold() not in _USAGES or not 0 <= int(label) < N_EXPRESSIONS or values.size != SIDE_PX**2:
            return split, None
        return split, (int(label), values.reshape(SIDE_PX, SIDE_PX))
    except ValueError:
        return split, None
