"""A session that is kept nowhere."""

from fer_desktop.core.messages import Message
from fer_desktop.pipeline.events import SessionEvent


class Unrecorded:
    """Fulfils `pipeline.ports.SessionFile` and keeps nothing."""

    @property
    def path(self) -> None:
        """There is no file."""
        return

    @property
    def notice(self) -> Message | None:
        """Nothing happens to what is not there."""
        return None

    def write(self, event: SessionEvent) -> None:
        """Lets the event go."""

    def verify(self) -> None:
        """There is nothing to be read back."""

    def reopen(self) -> None:
        """There is nothing that could be gone."""

    def close(self) -> None:
        """Nothing is open."""
