"""The files given to `analyze`, collected before anything is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fer_desktop.capture.files.pictures import natural_order
from fer_desktop.core.errors import FerError, SourceError
from fer_desktop.core.file_kinds import is_offered, is_picture


@dataclass(frozen=True, slots=True)
class Input:
    """One file, and its name in the rows."""

    path: Path
    name: str


@dataclass(slots=True)
class Inputs:
    """Files by kind, each once, in the order given and by name within a folder; and why others cannot be used."""

    recordings: list[Input] = field(default_factory=list)
    pictures: list[Input] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)  # by path


def collect_inputs(given: Sequence[Path]) -> Inputs:
    """The recordings and pictures among files and folders; folders are searched recursively."""
    inputs = Inputs()
    seen: set[Path] = set()
    for path in given:
        try:
            found = _files(path)
        except FerError as error:
            inputs.problems[str(path)] = str(error)
            continue
        except OSError:
            inputs.problems[str(path)] = f"{path} cannot be opened: check its name, and that you may read it."
            continue
        for item in found:
            if item.path.resolve() not in seen:
                seen.add(item.path.resolve())
                (inputs.pictures if is_picture(item.path) else inputs.recordings).append(item)
    return inputs


def _files(path: Path) -> list[Input]:
    if not path.exists():
        raise SourceError("{path} was not found: check where it is.", path=path)
    if not path.is_dir():
        return [Input(path, path.name)]
    found: list[Path] = []
    for folder in (path, *sorted(below for below in path.rglob("*") if below.is_dir())):
        found += sorted(filter(is_offered, folder.iterdir()), key=lambda file: natural_order(file.name))
    if not found:
        raise SourceError("{path} contains no recordings or pictures: choose another folder.", path=path)
    return [Input(file, file.relative_to(path).as_posix()) for file in found]
