"""What a loop is given by other threads."""

import threading
from collections import deque
from dataclasses import dataclass

from fer_desktop.core.types import Frame
from fer_desktop.pipeline.session_engine.channel.commands import Command


@dataclass(frozen=True, slots=True)
class Wait:
    """How long there is nothing to do, but for a command, or a frame where that is waited for."""

    at_most_s: float
    for_frame: bool = False


class Inbox:
    """Commands, each in its turn, and one frame: the newest. Any thread may put in; one takes out."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._commands: deque[Command] = deque()
        self._frame: Frame | None = None

    def send(self, command: Command) -> None:
        """Never waits."""
        with self._changed:
            self._commands.append(command)
            self._changed.notify()

    def put(self, frame: Frame) -> None:
        """Never waits; a frame that nobody took is let go."""
        with self._changed:
            self._frame = frame
            self._changed.notify()

    def take_commands(self) -> tuple[Command, ...]:
        """All that wait, oldest first."""
        with self._changed:
            commands = tuple(self._commands)
            self._commands.clear()
            return commands

    def take_frame(self) -> Frame | None:
        """The newest frame; None where there is none."""
        with self._changed:
            frame, self._frame = self._frame, None
            return frame

    def wait(self, at_most_s: float, for_frame: bool) -> None:
        """Returns when there is a command, a frame where that is waited for, or the time is over."""
        with self._changed:
            self._changed.wait_for(
                lambda: bool(self._commands) or (for_frame and self._frame is not None), max(0.0, at_most_s)
            )
