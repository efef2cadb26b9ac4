"""What a session's controller needs of whoever runs its loops, and what it tells them."""

from typing import Protocol

from fer_desktop.pipeline.events import SessionEvent
from fer_desktop.pipeline.session_engine.channel.reports import Problem, Report
from fer_desktop.pipeline.session_engine.channel.status import Counters, SessionEnd, SessionStatus
from fer_desktop.pipeline.session_engine.parts import Loop

Notice = SessionStatus | SessionEvent | Problem | Counters | SessionEnd


class SessionHost(Protocol):
    """Who runs the loops and shows what comes of them."""

    def start(self, loop: Loop) -> None:
        """Runs the loop in a thread of its own; when it is over, `controller.loop_ended` is called in the owner's."""

    def post(self, loop: Loop, report: Report) -> None:
        """Called in the loop's thread: has `controller.handle` called in the owner's, in order."""

    def show(self, notice: Notice) -> None:
        """Shows what has changed; called in the owner's thread."""
