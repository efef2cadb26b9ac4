"""What the user has chosen: one frozen value with bounds and a schema version, kept as JSON."""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from fer_desktop.core.errors import SettingsError, StoreError
from fer_desktop.core.files import write_whole

SCHEMA_VERSION: Final = 1


def _number(default: float, low: float, high: float, what: str) -> Any:
    return field(default=default, metadata={"low": low, "high": high, "what": what})


def _choice(default: str, choices: tuple[str, ...], what: str) -> Any:
    return field(default=default, metadata={"choices": choices, "what": what})


def _text(what: str) -> Any:
    return field(default="", metadata={"what": what})


def _flag(default: bool, what: str) -> Any:
    return field(default=default, metadata={"what": what})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. A value out of bounds cannot be made."""

    detector: str = _choice("centerface", ("centerface", "yunet"), "face detector")
    yunet_file: str = _text("YuNet's .onnx file, where the detector is yunet")
    model_file: str = _text("own network (.tflite or .keras with its sidecar .json); empty: the shipped one")
    head: str = _text("which output of the network speaks; empty: the one its sidecar names first")
    min_score: float = _number(0.4, 0.2, 0.95, "detector score from which a face is readable")
    min_height_px: float = _number(16.0, 10.0, 200.0, "height from which a face is readable, px")
    smoothing_s: float = _number(1.0, 0.0, 10.0, "time constant of the smoothing, s")
    baseline: bool = _flag(False, "each face is compared with how it usually looks")
    max_updates_hz: float = _number(5.0, 0.5, 15.0, "analyses a second at most")
    cpu_share: float = _number(0.5, 0.1, 1.0, "share of the processor that the program may take, 0-1")
    threads: int = _number(2, 1, 16, "threads of the network")
    sessions_folder: str = _text("where sessions are saved; empty: FER Desktop in the documents")
    seat_view: bool = _flag(False, "each tile shows its seat's number, and under the pointer since when it is there")
    theme: str = _choice("system", ("system", "light", "dark"), "light or dark")
    accepted_use: bool = _flag(False, "the page on responsible use was read and accepted")
    region: str = _choice("", ("", "eu", "other"), "where the class is held: in the EU or EEA, or elsewhere")
    setting: str = _choice("", ("", "education", "other"), "what the calls are: education or something else")

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):
            _check(item, getattr(self, item.name))

    @property
    def live_class_allowed(self) -> bool:
        """Whether a live class may be captured.

        Not before both questions on responsible use were answered; not in education in the EU or EEA (AI Act 5(1)(f)).
        """
        asked = self.accepted_use and self.region != "" and self.setting != ""
        return asked and not (self.region == "eu" and self.setting == "education")


def _check(item: "dataclasses.Field[Any]", value: Any) -> None:
    low: Any
    high: Any
    choices: Any
    low, high, choices = (item.metadata.get(name) for name in ("low", "high", "choices"))
    kinds: dict[Any, tuple[type, ...]] = {float: (int, float), int: (int,), bool: (bool,), str: (str,)}
    if not isinstance(value, kinds[item.type]) or (isinstance(value, bool) and item.type is not bool):
        raise SettingsError(f"Setting {item.name} ({item.metadata['what']}) cannot be {value!r}.")
    if low is not None and not low <= value <= high:
        raise SettingsError(f"Setting {item.name} ({item.metadata['what']}) is {value}; it goes from {low} to {high}.")
    if choices is not None and value not in choices:
        known = ", ".join(repr(choice) for choice in choices)
        raise SettingsError(f"Setting {item.name} ({item.metadata['what']}) is {value!r}; it can be {known}.")


def load_settings(file: Path) -> Settings:
    """The settings in `file`; the defaults where there is none. Unknown names are left out.

    Raises SettingsError where it is not JSON, of a newer program, or holds a value out of bounds.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingsError(f"The settings in {file} cannot be read: mend or delete the file.") from error
    if not isinstance(found, dict) or not isinstance(found.get("schema"), int):
        raise SettingsError(f"The settings in {file} are not this program's: mend or delete the file.")
    if found["schema"] > SCHEMA_VERSION:
        raise SettingsError(f"The settings in {file} were written by a newer version: update, or delete the file.")
    known = {item.name for item in dataclasses.fields(Settings)}
    try:
        return Settings(**{name: value for name, value in found.items() if name in known})
    except SettingsError as error:
        raise SettingsError(f"{error} Change it in {file}, or delete the file.") from error


def save_settings(settings: Settings, file: Path) -> None:
    """Writes the settings whole or not at all. Raises StoreError where the folder cannot be written."""
    text = json.dumps({"schema": SCHEMA_VERSION, **dataclasses.asdict(settings)}, indent=2) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
    except OSError as error:
        raise StoreError(f"The settings cannot be saved in {file.parent}: check that it can be written.") from error
