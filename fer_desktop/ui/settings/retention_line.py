"""What goes when, of the sessions that are stored, as long as they are kept as is chosen."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.core.settings import Retention
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import SavedSessions
from fer_desktop.ui.look.theme import set_role
from fer_desktop.ui.look.times import day_words, now
from fer_desktop.ui.toolkit.plain import PlainLabel

_SOON_DAYS: Final = 7


class RetentionLine(PlainLabel):
    """One small line under the choice; empty where nothing is stored, or where that cannot be read."""

    def __init__(self, saved: SavedSessions, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._saved = saved
        self._asked: Retention | None = None
        set_role(self, "small")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing())  # nothing below is pushed by it

    def look(self, keep: Retention) -> None:
        """Asks the store, and shows what it says."""
        self._asked = keep
        run_job(lambda: self._look(keep), lambda found: self._show(keep, *found), self._say_nothing, self)

    def _look(self, keep: Retention) -> tuple[Sequence[datetime], bool]:
        return self._saved.go(keep), self._saved.on_network()

    def _show(self, keep: Retention, times: Sequence[datetime], is_on_network: bool) -> None:
        if keep is self._asked:
            words = self.words(keep, times, now())
            self.setText(f"{words} {self.drive_words()}" if is_on_network else words)

    def _say_nothing(self, _sentence: str) -> None:
        self.clear()

    def drive_words(self) -> str:
        """What is said where they lie on a drive of another computer."""
        return self.tr("They are on a network drive: let one computer at a time record.")

    def words(self, keep: Retention, times: Sequence[datetime], now: datetime) -> str:
        """What is said of sessions that go at those times, the next one first."""
        if keep is Retention.FOR_EVER:
            return self.tr("No lesson will be erased by itself.")
        at_once = sum(at <= now for at in times)
        if at_once == 1:
            return self.tr("1 lesson will be erased with its CSV file when the next one begins or the program starts.")
        if at_once:
            return self.tr(
                "%n lessons will be erased with their CSV files when the next one begins or the program starts.",
                None,
                at_once,
            )
        if not times:
            return self.tr("Each will be erased then, with its CSV file.")
        day = day_words(times[0].astimezone().date(), now.date())
        soon = sum(at <= now + timedelta(days=_SOON_DAYS) for at in times)
        if soon == 1:
            return self.tr("1 lesson will be erased within the next 7 days, with its CSV file: {day}.").format(day=day)
        if soon:
            words = self.tr(
                "%n lessons will be erased within the next 7 days, with their CSV files, the first {day}.", None, soon
            )
            return words.format(day=day)
        return self.tr("The oldest lesson will be erased on {day}, with its CSV file.").format(day=day)
