"""The menus: every command of the window with its key."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from fer_desktop.core.help.pages import Topic
from fer_desktop.core.sources import SourceKind
from fer_desktop.pipeline.session_engine.channel.status import SessionStatus
from fer_desktop.ui.toolkit.keyboard import MINI_KEY


@dataclass(frozen=True, slots=True)
class Commands:
    """What the menus call."""

    start_lesson: Callable[[], object]
    home: Callable[[], object]
    find: Callable[[], object]
    sources: Callable[[], object]
    request: Callable[[SourceKind], object]
    demo: Callable[[], object]
    saved: Callable[[], object]
    back_up: Callable[[], object]
    restore: Callable[[], object]
    import_csv: Callable[[], object]
    settings: Callable[[], object]
    leave: Callable[[], object]
    pause: Callable[[], object]
    marker: Callable[[], object]
    markers: Callable[[], object]
    stop: Callable[[], object]
    take_up: Callable[[], object]
    compare: Callable[[], object]
    this_is_me: Callable[[], object]
    bring_back: Callable[[], object]
    mini: Callable[[], object]
    fold: Callable[[], object]
    show_seats: Callable[[], object]
    full_screen: Callable[[], object]
    model: Callable[[], object]
    change_answers: Callable[[], object]
    help: Callable[[Topic | None], object]  # None: on what is shown now
    about: Callable[[], object]


class Menus(QObject):
    """File, Lesson, View and Help; what cannot be done at a time is grey."""

    def __init__(self, window: QMainWindow, do: Commands) -> None:
        super().__init__(window)
        bar = window.menuBar()
        file, session = bar.addMenu(self.tr("&File")), bar.addMenu(self.tr("&Lesson"))
        view, helping = bar.addMenu(self.tr("&View")), bar.addMenu(self.tr("&Help"))
        self._starts = [
            _add(file, self.tr("Start a &lesson"), do.start_lesson, "Ctrl+N"),
            _add(file, self.tr("&Part of the screen…"), lambda: do.request(SourceKind.REGION), "Ctrl+R"),
            _add(file, self.tr("&Window…"), lambda: do.request(SourceKind.WINDOW)),
            _add(file, self.tr("&Recording or pictures…"), lambda: do.request(SourceKind.RECORDING), "Ctrl+O"),
            _add(file, self.tr("&Folder of pictures…"), lambda: do.request(SourceKind.PICTURES), "Ctrl+Shift+O"),
            _add(file, self.tr("S&tream…"), lambda: do.request(SourceKind.STREAM)),
            _add(file, self.tr("&Demo class"), do.demo),
            _add(file, self.tr("&Cameras and all others"), do.sources),
        ]
        file.addSeparator()
        self._starts.append(_add(file, self.tr("&Your lessons"), do.home, "Alt+Home"))
        self._starts.append(_add(file, self.tr("F&ind a lesson"), do.find, "Ctrl+F"))
        _add(file, self.tr("S&ave or erase lessons…"), do.saved, "Ctrl+H")
        moving = file.addMenu(self.tr("All less&ons"))
        _add(moving, self.tr("&Back up all…"), do.back_up)
        _add(moving, self.tr("&Restore…"), do.restore)
        self.import_csv = _add(moving, self.tr("&Import a CSV…"), do.import_csv)
        _add(file, self.tr("S&ettings…"), do.settings, "Ctrl+,", QAction.MenuRole.PreferencesRole)
        file.addSeparator()
        _add(file, self.tr("&Quit"), do.leave, "Ctrl+Q", QAction.MenuRole.QuitRole)
        # A key behind a tab is shown, not grabbed: Space must reach a button that has the keyboard, and M is more than
        # one key: the window finds it by its place too.
        self.pause = _add(session, self.tr("&Pause\tSpace"), do.pause)
        self._marker = _add(session, self.tr("&Marker…\tM"), do.marker)
        self._markers = _add(session, self.tr("Change mar&kers…"), do.markers)
        self.compare = _add(session, self.tr("&Compare with the last marker"), do.compare)
        self.compare.setCheckable(True)
        self._me = _add(session, self.tr("&This is me…"), do.this_is_me)
        self.bring_back = _add(session, self.tr("&Bring everybody back"), do.bring_back, "Ctrl+B")
        self._stop = _add(session, self.tr("&Stop and save"), do.stop, "Ctrl+E")
        self._take_up = _add(session, self.tr("R&esume after Stop"), do.take_up, "Ctrl+Shift+E")
        self._mini = _add(view, self.tr("&Mini strip"), do.mini, MINI_KEY)
        self.fold = _add(view, self.tr("Fold what is &read away"), do.fold, "Ctrl+L")
        self.fold.setCheckable(True)
        self.seats = _add(view, self.tr("&Seats"), do.show_seats, "Ctrl+T")
        self.seats.setCheckable(True)
        _add(view, self.tr("&Full screen"), do.full_screen, "F11").setCheckable(True)
        _add(helping, self.tr("&First steps and help"), lambda: do.help(None), "F1")
        _add(helping, self.tr("&Keyboard shortcuts"), lambda: do.help(Topic.KEYS))
        _add(helping, self.tr("When something goes &wrong"), lambda: do.help(Topic.FAULTS))
        helping.addSeparator()
        _add(helping, self.tr("About the &model"), do.model)
        _add(helping, self.tr("&Change answers…"), do.change_answers)
        helping.addSeparator()
        _add(helping, self.tr("&About FER Desktop"), do.about, role=QAction.MenuRole.AboutRole)
        self.show(SessionStatus(), page=False)

    def show(self, status: SessionStatus, page: bool) -> None:
        """Makes grey what cannot be done now; `page`: a session's page is shown."""
        for action in self._starts:
            action.setEnabled(status.can_start)
        self.pause.setEnabled(status.can_pause or status.can_resume)
        self._marker.setEnabled(status.can_mark)
        self._markers.setEnabled(status.can_mark)
        self._stop.setEnabled(status.can_stop)
        self._take_up.setEnabled(status.can_take_up)
        self._mini.setEnabled(status.can_stop)
        self.compare.setEnabled(status.recording)
        if not status.recording:
            self.compare.setChecked(False)
        self._me.setEnabled(page and status.can_exclude)
        self.bring_back.setEnabled(status.can_include_everybody)
        self.fold.setEnabled(page)
        self.pause.setText(self.tr("&Resume\tSpace") if status.can_resume else self.tr("&Pause\tSpace"))


def _add(
    menu: QMenu,
    text: str,
    act: Callable[[], object],
    key: str = "",
    role: QAction.MenuRole = QAction.MenuRole.NoRole,
) -> QAction:
    action = QAction(text, menu)
    action.setMenuRole(role)
    if key:
        action.setShortcut(QKeySequence(key))
    action.triggered.connect(lambda _checked=False: act())
    menu.addAction(action)
    return action
