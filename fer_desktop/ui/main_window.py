"""The window: home, sources or a session's page, with what happens between them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from fer_desktop.core import policy
from fer_desktop.core.settings import Settings
from fer_desktop.core.sources import RecordingChoice, SourceChoice, SourceKind
from fer_desktop.pipeline.session_engine.channel.commands import IncludeEverybody
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd, SessionStatus
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.ended_lesson import EndedLesson, Ways
from fer_desktop.ui.help_desk import HelpDesk
from fer_desktop.ui.home.pages import Pages
from fer_desktop.ui.look.appearance import apply_appearance
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.theme import SPACE
from fer_desktop.ui.look.words import told
from fer_desktop.ui.menus import Commands, Menus
from fer_desktop.ui.reading.flow import Reading
from fer_desktop.ui.saved.flow import SavedFlow
from fer_desktop.ui.session.marking import Marking
from fer_desktop.ui.session.session_messages import SessionMessages
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.sources.file_drop import FileDrop
from fer_desktop.ui.sources.source_flow import SourceFlow
from fer_desktop.ui.sources.start_page import StartPage
from fer_desktop.ui.toolkit.keyboard import enter_presses
from fer_desktop.ui.toolkit.marker_key import is_marker_key
from fer_desktop.ui.widgets.status_line import StatusLine
from fer_desktop.ui.window.lawful import Lawful
from fer_desktop.ui.window.message_stack import MessageStack
from fer_desktop.ui.window.own_dialogs import OwnDialogs
from fer_desktop.ui.window.own_windows import OwnWindows
from fer_desktop.ui.window.placing import Placing
from fer_desktop.ui.window.recording_turn import RecordingTurn
from fer_desktop.ui.window.while_away import WhileAway

if TYPE_CHECKING:
    from fer_desktop.ui.session.page import SessionPage

_MARGIN: Final = SPACE + SPACE // 2


class MainWindow(QMainWindow):
    """Everything the user sees. It is painted before anything slow is touched."""

    painted = Signal()  # for the first time
    ready = Signal()  # painted, with icons and all pages
    left = Signal()  # closed, with any session saved

    def __init__(self, services: Services, store: QSettings, start: SourceChoice | None = None) -> None:
        """`start`: a source to begin with at once; `store` keeps geometry and the last source."""
        super().__init__()
        self._services, self._store, self._start = services, store, start
        self._painted = self._closing = self._goes_on = False
        self._pending: SourceChoice | None = None
        self._page: SessionPage | None = None
        self.model = SessionModel(self)
        self.session = LiveSession(services, self.model, self)
        self.settings = SettingsModel(services, self)
        self.flow = SourceFlow(services, self.settings, store, self)
        self.start_page = StartPage(services)
        self.saved = SavedFlow(services, self.start_page.bar, self, lambda: self.session.status.can_start)
        self.pages = Pages(services, self.flow, self.start_page, self.saved)
        self._drop = FileDrop(self, lambda: self.session.status.can_start and not self.reading.busy)
        self.reading = Reading(services, self.pages.show_session, self)
        self.own_windows = OwnWindows(services, self.model, self)
        self._messages = SessionMessages(self.session, self.model, self.own_windows.lie_over, self)
        self.notice, self.trouble = self._messages.notice, self._messages.trouble
        self.status = StatusLine()
        self.placing, self.marking = Placing(self, services), Marking(self.session, self.status, self)
        self.dialogs = OwnDialogs(self, lambda: self.placing.target if self.session.status.can_stop else None)
        self.away = WhileAway(self, self.model, services, store)
        ways = Ways(self.new_session, self._begin, self.flow.refuse, self.pages.open_lesson)
        self.ended = EndedLesson(self.session, self._messages, self.saved, services.stored.store, ways, self)
        self.menus = Menus(self, self._commands())
        self.lawful = Lawful(self.session, self.settings, self)
        self.turn = RecordingTurn(services, self._may_record, self)
        self._lay_out()
        self.help = HelpDesk(self, services, store, lambda: self.session.status, self.left, self.dialogs.watch)
        self._connect()
        self.placing.restore(store)
        self.menus.seats.setChecked(self.settings.current.seat_view)

    def _lay_out(self) -> None:
        ground = QWidget()
        ground.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside the buttons gives Space back to Pause
        column = QVBoxLayout(ground)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(ground)
        self.setStatusBar(self.status)
        self.status.hide()
        bars = self._messages.standing, self.trouble, self.notice, self.saved.undo
        self._bars = MessageStack(self, bars, at_home=[self.start_page.bar])
        self.pages.at_home.connect(self._bars.show_home)
        self.pages.left_session.connect(self._on_session_left)

    def _commands(self) -> Commands:
        return Commands(
            start_lesson=self.flow.start_lesson,
            home=self.new_session,
            find=self.pages.find_lesson,
            sources=self.pages.show_sources,
            request=self.flow.request,
            demo=lambda: self.flow.request(self._services.demo()),
            saved=self.saved.open_list,
            back_up=self.saved.back_up,
            restore=self.saved.restore,
            import_csv=self.saved.import_csv,
            settings=self.open_settings,
            leave=self.close,
            pause=self.pause_or_resume,
            marker=self.ask_marker,
            markers=lambda: self.marking.open_list(self.page.header.marker),
            stop=self.session.stop,
            take_up=self.ended.take_up,
            compare=lambda: self.menus.compare.setChecked(self.marking.compare(self.menus.compare.isChecked())),
            this_is_me=self.ask_who_is_me,
            bring_back=lambda: self.session.change_exclusion(IncludeEverybody()),
            mini=self.away.give_way,
            fold=self.fold_or_unfold,
            show_seats=lambda: self.settings.put(self.settings.current.changed(seat_view=self.menus.seats.isChecked())),
            full_screen=lambda: self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen),
            model=lambda: self.help.show_model(),
            change_answers=self.flow.change_answers,
            help=lambda topic: self.help.open(topic),
            about=lambda: self.help.show_about(),
        )

    def _connect(self) -> None:
        self.pages.home.settings_wanted.connect(self.open_settings)
        self.start_page.released.connect(self._on_released)
        self._drop.dropped.connect(lambda path: self.flow.open_path(path, whole=True))
        self.flow.decided.connect(self._begin)
        self.reading.home_wanted.connect(self.new_session)
        self.reading.over.connect(lambda: self.close() if self._closing else None)
        self.flow.refused.connect(self.tell_refusal)
        self.settings.changed.connect(self._on_settings)
        self.lawful.refused.connect(lambda refusal: self.tell_refusal(told(refusal), None))
        self.model.status_changed.connect(self._on_status)
        self.model.counters.connect(self.status.show_counters)
        failed = self.settings.not_saved, self.reading.failed
        for problem in (self.flow.problem, self.saved.problem, self.pages.problem, *failed):
            problem.connect(self.tell_problem)
        self.pages.export_wanted.connect(self.saved.export)
        self.saved.note.connect(lambda words: self.notice.tell("done", words))
        self.saved.brought.connect(self.pages.home.look)
        self.saved.erasing.failed.connect(self._on_not_erased)
        self.saved.erasing.over.connect(lambda: self.close() if self._closing else None)
        self.turn.taken.connect(self._on_turn)
        self.away.pause_wanted.connect(self.pause_or_resume)
        self.away.marker_wanted.connect(lambda: self.mark(""))
        self.away.stop_wanted.connect(self.session.stop)
        self.placing.no_room.connect(self.away.give_way)

    @property
    def page(self) -> "SessionPage":
        """The page of a session; made when it is first asked for, since the plots take a moment to load."""
        if self._page is None:
            from fer_desktop.ui.session.alerting import Alerting
            from fer_desktop.ui.session.page import SessionPage
            from fer_desktop.ui.session.who_is_read import WhoIsRead

            self._page = page = SessionPage(self.model)
            page.header.pause_wanted.connect(self.pause_or_resume)
            page.header.marker_wanted.connect(self.ask_marker)
            page.header.stop_wanted.connect(self.session.stop)
            page.chart.marker_pressed.connect(lambda number: self.marking.open_list(page.header.marker, number))
            page.chart.marker_unwanted.connect(lambda number: self.marking.remove(page.header.marker, number))
            page.header.fold_wanted.connect(self.fold_or_unfold)
            page.header.settings_wanted.connect(self.open_settings)
            of_session = page, self.session, self.settings, self._services, self.notice
            self._who = WhoIsRead(*of_session, self.flow, self.saved.erasing.ask_of_file, self.new_session)
            self.ended.serve(page, self.settings)
            self._bars.placed.connect(page.keep_clear_of)
            # After the page's own, so that it shows the end before a new session can be asked for.
            self.model.ended.connect(self._on_ended)
            self.saved.followed_gone.connect(page.show_erased)
            page.live.exclusion_wanted.connect(self.session.change_exclusion)
            page.read.told.told_changed.connect(self.own_windows.set_told)
            page.read.told.told_changed.connect(self.away.set_told)
            self.away.told_wanted.connect(page.read.told.what.click)
            self._alerting = Alerting(page, self.session, self.marking, self.settings.current)
            self.pages.addWidget(page)
            page.restore(self._store)
            self.menus.fold.setChecked(page.folded)
            apply_icons(page)
        return self._page

    def new_session(self) -> None:
        """Back home, where the next one is started."""
        if self.session.status.can_start:
            self.pages.show_home()

    def _on_session_left(self) -> None:
        self.notice.clear()
        self.status.hide()
        self.placing.undock()
        self._grey()

    def pause_or_resume(self) -> None:
        """Pauses a session that goes on, resumes one that is paused, or that was stopped."""
        if self.session.status.can_take_up:
            self.ended.take_up()
        elif self.session.status.can_resume:
            self.session.resume()
        else:
            self.session.pause()

    def ask_marker(self) -> None:
        """Opens the field for a marker's name."""
        if self.session.status.can_mark:
            self.marking.ask(self.page.header.marker)

    def mark(self, name: str) -> None:
        """Names the running second; without a name markers are counted."""
        self.marking.mark(name)

    def fold_or_unfold(self) -> None:
        """Folds the live view away, or back."""
        self.page.fold(not self.page.folded)
        self.menus.fold.setChecked(self.page.folded)

    def ask_who_is_me(self) -> None:
        """Shows what is read, and has her click her own tile in it."""
        if self.page.folded:
            self.fold_or_unfold()
        self.page.live.ask_me()

    def open_settings(self) -> None:
        """Opens the settings."""
        dialog = SettingsDialog(self._services, self.settings, self.session.status.can_stop, self)
        dialog.answers.change_wanted.connect(self.flow.change_answers)
        self.model.status_changed.connect(dialog.show_status)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_settings(self, settings: Settings) -> None:
        self.menus.seats.setChecked(settings.seat_view)
        if self._page is not None:
            self._alerting.choose(settings)
        apply_appearance(settings)

    def tell_problem(self, sentence: str) -> None:
        """Says across the window what went wrong."""
        self.notice.tell("problem", sentence)

    def tell_refusal(self, sentence: str, recording: SourceChoice | SourceKind | None) -> None:
        """Says what may not be opened, with the ways out; `recording` may be of the user alone."""
        actions: list[tuple[str, Callable[[], object]]] = [(self.tr("Change answers"), self.flow.change_answers)]
        if recording is not None:
            actions.insert(0, (self.tr("Only I am in it"), lambda: self.flow.ask_whether_own(recording)))
        self.notice.tell("problem", sentence, actions)

    def _begin(self, choice: SourceChoice, goes_on: bool = False) -> None:
        if self.session.status.running or self._pending is not None:
            return
        self.reading.cancel()  # what is live has the computer
        if isinstance(choice, RecordingChoice) and choice.whole:
            self.notice.clear()
            self.reading.begin(choice)
            return
        self._pending, self._goes_on = choice, goes_on
        self.show_session(choice, goes_on)
        self.start_page.release()

    def show_session(self, choice: SourceChoice, goes_on: bool = False) -> None:
        """Turns to the page of a session of that source, which whoever feeds the model begins."""
        self.notice.clear()
        verdict = policy.verdict(self.settings.current, policy.opening_of(choice))
        self.page.begin(choice, verdict.words_on_faces, goes_on)
        self.pages.show_session(self.page)
        self.placing.dock(choice)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_with(self, start: SourceChoice) -> None:
        """Begins with it where that is allowed; else asks, or says why not, before the window moves beside it."""
        if policy.verdict(self.settings.current, policy.opening_of(start)).allowed:
            self._begin(start)
        else:
            self.flow.request(start)

    def _on_released(self) -> None:
        choice, self._pending = self._pending, None
        if choice is None or self._closing:
            return
        if self._goes_on:
            self.ended.tell_left_out()
            self.session.take_up()
        else:
            self.marking.begin()
            self.turn.take_if_free()
            self.saved.session_begins()
            self.session.begin(choice)
        self._messages.own_end.begin(choice.is_live_class)

    def _on_status(self, status: SessionStatus) -> None:
        self._grey()
        if status.phase is Phase.LOADING:
            self.status.begin()
        elif status.phase is Phase.SAVING:
            self._messages.offer_to_leave_out()

    def _grey(self) -> None:
        page = self._page is not None and self.pages.currentWidget() is self._page
        self.menus.show(self.session.status, page)

    def _on_ended(self, end: SessionEnd) -> None:
        self.trouble.clear()
        if self._services.records:
            self._messages.standing.clear()
        self._grey()
        self.status.end()
        if self._closing:
            self.close()
        else:
            self.ended.tell(end)

    def _on_not_erased(self) -> None:
        """What she wanted to be gone is there: the window stays to say so, and can be closed once more."""
        self._closing = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leaves everything slow for after the first paint."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self.painted.emit()
        apply_icons(self)
        # Before any thread is started: two that load libraries at once take twice as long each.
        _ = self.page
        if self._start is not None:
            self._begin_with(self._start)
        self.start_page.apply_icons()
        if not self._services.records:
            self._messages.tell_unrecorded()
            self.turn.wait()
        damage = self._services.installation_problem
        run_job(damage, lambda one: self.tell_problem(told(one)) if one else None, self.tell_problem, self)
        self.ready.emit()

    def _may_record(self) -> bool:
        status = self.session.status
        return (status.can_start and self._pending is None) or status.recording

    def _on_turn(self) -> None:
        if self.session.status.running:
            self._messages.tell_recorded_next()
            return
        self._messages.standing.clear()
        if self._pending is None:
            self.saved.begin()

    def changeEvent(self, event: QEvent) -> None:
        """Gives the icons the colours of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._painted:
            apply_icons(self)
        elif event.type() is QEvent.Type.WindowStateChange and self._page is not None:
            self._page.look_to_window()
            self.start_page.look_to_window()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pauses, unless a button that has the keyboard takes it; M marks on every keyboard."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat() and self.session.status.running:
            self.pause_or_resume()
        elif is_marker_key(event) and self.session.status.can_mark:
            self.ask_marker()
        elif not enter_presses(event, self):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A running session is saved, and what is to be erased is erased first; the window closes when it is."""
        waits, self._closing = not self._closing, True  # for a decoder that hangs nobody waits twice
        self.saved.erasing.finish()
        self.reading.cancel()
        if self.session.status.running or self.saved.erasing.busy or (waits and self.reading.busy):
            self.session.stop()
            event.ignore()
            return
        self.away.close()
        self.placing.save(self._store)
        if self._page is not None:
            self._page.save(self._store)
        self._store.sync()
        super().closeEvent(event)
        self.left.emit()
