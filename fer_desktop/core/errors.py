"""Expected failures. Their text is one sentence that tells the user what to do; any other exception is a bug."""

from fer_desktop.core.messages import Message, message


class FerError(Exception):
    """Something outside the program is wrong; `message` is what the user reads, `str()` its English."""

    def __init__(self, text: str | Message, /, **values: object) -> None:
        """From a sentence with {names} in it and their values, or from a finished message."""
        self.message = text if isinstance(text, Message) else message(text, **values)
        super().__init__(str(self.message))


class SourceError(FerError):
    """There are no frames: no camera, a region off the screen, an unreadable file."""


class CoveredError(SourceError):
    """What is to be read is there, but cannot be seen: something else lies over it."""


class HiddenError(CoveredError):
    """It cannot be seen since its window is minimised or on another desktop."""


class OwnWindowError(CoveredError):
    """It cannot be seen since a window of this program lies over it."""


class ModelError(FerError):
    """A detector or network file is missing or does not fit."""


class StoreError(FerError):
    """A session or a result cannot be written."""


class SettingsError(FerError):
    """The settings cannot be read or hold a value out of bounds."""


class TrainingError(FerError):
    """The training data or a run's folder is missing something or damaged."""
