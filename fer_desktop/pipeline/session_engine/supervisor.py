"""Starts parts of a session again that hang or died, and says so."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.messages import Message, message
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.pipeline.session_engine.loops.watchdog import (
    DISK_PATIENCE_S,
    IN_A_ROW,
    RECORD_PATIENCE_S,
    Watchdogs,
    where_threads_are,
)
from fer_desktop.pipeline.session_engine.parts import Parts

logger = logging.getLogger(__name__)

# Whole sentences in constants of their own: from these the translators' template is made.
_ANALYSIS_HUNG: Final = "Detector or network gave no answer for {seconds} s; they are loaded again."
_ANALYSIS_DIED: Final = "The reading of frames ended by a fault; it is started again."
_ANALYSIS_GIVEN_UP: Final = (
    "Detector or network failed {times} times in a row, and nothing is read any more: "
    "stop the session, and begin another."
)
_LEFT_OUT_AGAIN: Final = "{problem} Who was left out is counted again: leave them out once more."
_SOURCE_SILENT: Final = "The source has given no picture for {seconds} s; it is being opened again."
_RECORDING_SILENT: Final = "The source has given no picture for {seconds} s."
_SOURCE_DIED: Final = "The source ended by a fault in the program; it is being opened again."
_SOURCE_GIVEN_UP: Final = (
    "The source failed {times} times in a row, and is not opened again: stop the session, check the source, and begin "
    "another."
)
_SOURCE_SLOW: Final = "The source gives a picture every {seconds} s only: seconds long after one have no figures."
_DISK_SILENT: Final = "The disk does not answer: what is not saved waits in memory until it does."
_REPORTED: Final = "{problem} What happened is in {file}"
_LOGGED: Final = "{problem} What happened is in the log file."
_TOLD_FOR_S: Final = 10.0  # at least: what works again after a second was still worth a sentence
_SLOW_SOURCE_S: Final = 1.25  # a source of a picture a second is on time


@dataclass(frozen=True, slots=True)
class Actions:
    """What a supervisor has done; each is the controller's."""

    replace_analysis: Callable[[], None]
    replace_capture: Callable[[float], None]  # after so many seconds of silence
    lose: Callable[[Message], None]  # the source, which hangs
    found: Callable[[], None]  # it gives frames again
    anybody_excluded: Callable[[], bool]


class Supervisor:
    """Looks after the loops of one session, once a second. The controller's thread."""

    def __init__(self, parts: Parts, actions: Actions) -> None:
        self._parts, self._actions = parts, actions
        self._watchdogs = Watchdogs()
        self._analysis_failures = self._capture_failures = 0  # in a row
        self._updates = self._frames = 0  # when a part was started again
        self._told_s = 0.0
        self._now_s = 0.0
        self._trouble: Message | None = None
        self._silence: Message | None = None
        self._disk: Message | None = None
        self.record_hangs = False  # for the time that the end of a session may take
        self._slow: Message | None = None

    @property
    def problem(self) -> Message | None:
        """What does not work, the worst first."""
        return self._disk or self._trouble or self._silence or self._slow

    def look(self, now_s: float) -> None:
        """Looks after all parts of a session that is not ending."""
        self._now_s = now_s
        self._look_at_record()
        if self._parts.stage in (Phase.SAVING, Phase.IDLE):
            return
        self._look_at_analysis()
        if self._parts.stage in (Phase.WAITING, Phase.LIVE):
            self._look_at_source()

    def analysis_died(self) -> None:
        """Its thread is over, and nobody told it to end."""
        self._restart_analysis(message(_ANALYSIS_DIED))

    def capture_died(self) -> None:
        """Its thread is over, and neither it nor anybody else said so."""
        self._restart_capture(message(_SOURCE_DIED))

    def _look_at_record(self) -> None:
        record = self._parts.record
        stuck_s = self._watchdogs.record_stuck_s(record, self._now_s) if record is not None else 0.0
        self.record_hangs = stuck_s >= RECORD_PATIENCE_S
        self._disk = message(_DISK_SILENT) if stuck_s >= DISK_PATIENCE_S else None

    def _look_at_analysis(self) -> None:
        analysis = self._parts.analysis
        if analysis is None:
            return
        if self._analysis_failures and analysis.progress.updates > self._updates:
            if self._now_s - self._told_s >= _TOLD_FOR_S:
                self._analysis_failures, self._trouble = 0, None
        elif self._analysis_failures < IN_A_ROW:
            hangs_s = self._watchdogs.hangs_s(analysis, self._now_s)
            if hangs_s is not None:
                self._restart_analysis(message(_ANALYSIS_HUNG, seconds=round(hangs_s)))

    def _restart_analysis(self, why: Message) -> None:
        if self._parts.analysis is None:
            return
        if self._parts.analysis.progress.updates > self._updates:
            self._analysis_failures = 0
        self._analysis_failures += 1
        self._updates, self._told_s = self._parts.analysis.progress.updates, self._now_s
        logger.error("%s", why)
        if self._analysis_failures >= IN_A_ROW:
            self._trouble = self._fault(message(_ANALYSIS_GIVEN_UP, times=self._analysis_failures))
            return
        self._trouble = message(_LEFT_OUT_AGAIN, problem=why) if self._actions.anybody_excluded() else why
        self._actions.replace_analysis()

    def _look_at_source(self) -> None:
        parts, capture = self._parts, self._parts.capture
        if capture is None or not parts.capture_started:
            return
        self._tell_of_slow_source(capture.usual_s)
        if capture.frames_in > self._frames:
            self._capture_failures = 0
            if parts.silent or self._silence is not None:
                self._silence = None
                self._actions.found()
        if parts.lost:
            self._watchdogs.source_is_lost()
            return
        silent_s = self._watchdogs.silent_s(capture, self._now_s)
        if silent_s is None:
            return
        self._frames = capture.frames_in
        if capture.reopens:
            self._restart_capture(message(_SOURCE_SILENT, seconds=round(silent_s)), silent_s)
        else:  # to open a recording again would begin it anew
            self._silence = message(_RECORDING_SILENT, seconds=round(silent_s))

    def _restart_capture(self, why: Message, silent_s: float = 0.0) -> None:
        self._capture_failures += 1
        logger.error("%s", why)
        if self._capture_failures >= IN_A_ROW:
            self._actions.lose(self._fault(message(_SOURCE_GIVEN_UP, times=self._capture_failures)))
            return
        self._frames = 0  # of the next loop, which counts for itself
        self._actions.lose(why)
        self._actions.replace_capture(silent_s)

    def _tell_of_slow_source(self, usual_s: float) -> None:
        self._slow = message(_SOURCE_SLOW, seconds=round(usual_s, 1)) if usual_s > _SLOW_SOURCE_S else None

    def _fault(self, problem: Message) -> Message:
        """What to say of a part that is given up; all that is known of it is kept."""
        report = f"{problem}\n\n{where_threads_are()}"
        logger.critical("%s", report)
        file = self._parts.plan.write_report(report)
        if file is None:
            return message(_LOGGED, problem=problem)
        return message(_REPORTED, problem=problem, file=file)
