"""Failures of the world. Their text is one sentence for the user, with the way out; anything else raised is a bug."""

from fer_desktop.core.messages import Message, message


class FerError(Exception):
    """Something outside the program is not as it should be; `message` is what the user reads, `str()` its English."""

    def __init__(self, text: str | Message, /, **values: object) -> None:
        """A sentence with {names} in it, and what stands for them; or a message that is made already."""
        self.message = text if isinstance(text, Message) else message(text, **values)
        super().__init__(str(self.message))


class SourceError(FerError):
    """Frames cannot be had: no camera, a region off the screen, an unreadable file."""


class ModelError(FerError):
    """A detector or network file is missing or does not fit."""


class StoreError(FerError):
    """A session or a result cannot be written."""


class SettingsError(FerError):
    """The settings cannot be read or hold a value out of bounds."""


class TrainingError(FerError):
    """The training data or a run's folder is not as it should be."""
