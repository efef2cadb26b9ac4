"""The seat view of the running session: its rows, the aliases, and what is chosen in it."""

from typing import Final

from PySide6.QtCore import QObject

from fer_desktop.core.seats.aliases import Aliases
from fer_desktop.core.seats.seat_rows import SeatBook
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Analysis, Summary
from fer_desktop.pipeline.events import SeatChange, SeatEvent
from fer_desktop.pipeline.session_engine.channel.commands import Exclude, Include
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.session.page import SessionPage
from fer_desktop.ui.session.page_parts import state_words
from fer_desktop.ui.widgets.message_bar import MessageBar

_OBSERVE_EVERY_S: Final = 0.9  # of the frames' clock: oftener, nothing that a row says would change


class Seating(QObject):
    """Follows the seats while the seat view is chosen, and forgets all of it when it is not, or the session ends."""

    def __init__(
        self, page: SessionPage, session: LiveSession, settings: SettingsModel, services: Services, notice: MessageBar
    ) -> None:
        super().__init__(page)
        self._page, self._session, self._services, self._notice = page, session, services, notice
        self._settings = settings
        self._book, self._aliases = SeatBook(), Aliases()
        self._on, self._keeps, self._now_s = False, False, 0.0
        self._scene = 0  # that seats and aliases are of
        self._observed_s = -_OBSERVE_EVERY_S
        self._fresh = False  # whether anything was observed since the last second
        model, pane = session.model, page.seats
        model.started.connect(self._on_started)
        model.analysed.connect(self._on_analysis)
        model.summary.connect(self._on_summary)
        model.status_changed.connect(self._show)
        model.seat_changed.connect(self._on_seat)
        model.exclusion_changed.connect(self._show)
        model.ended.connect(self._on_ended)
        pane.hide_wanted.connect(lambda: settings.put(settings.current.changed(seat_view=False)))
        pane.keep_wanted.connect(self._keep)
        pane.model.alias_typed.connect(self._name)
        pane.table.switch_wanted.connect(self._switch)
        pane.table.me_wanted.connect(lambda seat: self._exclude(Exclude(seat, self._scene, own=True)))
        page.live.name_seats(self._alias_in)
        settings.changed.connect(self._choose)
        self._choose(settings.current)

    def _choose(self, settings: Settings) -> None:
        """Follows seats from now on, or no longer."""
        if settings.seat_view == self._on:
            return
        self._on = settings.seat_view
        self._page.show_seats(self._on)
        if self._on:
            self._ask_kept()
        self._book.clear()
        self._observed_s = -_OBSERVE_EVERY_S
        self._show()

    def _on_analysis(self, analysis: Analysis) -> None:
        self._fresh, scene = True, analysis.frame.scene
        if scene != self._scene:
            self._aliases.clear()  # the same numbers are others' now
            self._book.clear()
            self._scene = scene
            self._show()
        passed_s = analysis.frame.captured_s - self._observed_s
        if self._on and (scene != self._book.scene or not 0 <= passed_s < _OBSERVE_EVERY_S):
            self._observed_s = analysis.frame.captured_s
            self._book.observe(analysis, self._now_s)

    def _on_summary(self, summary: Summary) -> None:
        self._now_s = summary.elapsed_s
        if not self._on:
            return
        if not self._fresh and self._session.status.phase is Phase.LIVE:
            self._session.model.take_analysis()  # nobody looks at the picture
        self._fresh = False
        self._show()

    def _on_seat(self, event: SeatEvent) -> None:
        if event.change is SeatChange.MERGED and event.into is not None:
            self._book.merge(event.seat, event.into)
            self._aliases.merge(event.seat, event.into)
        elif event.change is SeatChange.LEFT:
            self._book.has_left(event.seat, event.elapsed_s)

    def _show(self) -> None:
        words = state_words(self._session.status)
        self._page.seats.wait("\n".join(filter(None, words)) if words else "")
        rows = self._book.rows(self._session.model.exclusion) if self._on else ()
        self._page.seats.show_rows(rows, self._aliases.of, self._now_s)

    def _alias_in(self, seat: int, scene: int) -> str:
        """What she calls that seat of that scene, for the hint in the picture."""
        return self._aliases.of(seat) if self._on and scene == self._scene else ""

    def _name(self, seat: int, text: str) -> None:
        self._aliases.name(seat, text)
        self._show()

    def _switch(self, seat: int, out: bool) -> None:
        self._exclude(Exclude(seat, self._scene) if out else Include(seat, self._scene))

    def _exclude(self, command: Exclude | Include) -> None:
        if self._session.status.can_exclude:
            self._page.live.exclusion_wanted.emit(command)

    def _keep(self, on: bool) -> None:
        self._keeps = on
        if not on:
            self._page.seats.table.offer(())
            run_job(self._services.erase_aliases, lambda _done: None, self._tell, self)

    def _ask_kept(self) -> None:
        def show(aliases: tuple[str, ...]) -> None:
            self._keeps = self._keeps or bool(aliases)
            self._page.seats.show_kept(aliases, self._keeps)

        run_job(self._services.kept_aliases, show, self._tell, self)

    def _tell(self, sentence: str) -> None:
        self._notice.tell("problem", sentence)

    def _on_started(self) -> None:
        self._forget()
        self._ask_kept()  # a program may run for weeks, and what was kept long enough goes by that

    def _on_ended(self) -> None:
        names = self._aliases.names
        if self._keeps and names:
            run_job(lambda: self._services.keep_aliases(names), lambda _done: self._ask_kept(), self._tell, self)
        self._forget()

    def _forget(self) -> None:
        self._book.clear()
        self._aliases.clear()
        self._now_s, self._observed_s, self._scene = 0.0, -_OBSERVE_EVERY_S, 0
        self._show()
