"""Starts and ends the window."""

import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QObject, QSettings, Qt, QTranslator, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from fer_desktop.core.files import make_private
from fer_desktop.core.sources import SourceChoice
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.languages import language_problem, speak, wanted_language
from fer_desktop.ui.look.appearance import apply_appearance
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.toolkit.garbage import collect_here
from fer_desktop.ui.toolkit.timers import repeating_timer, single_shot_timer

logger = logging.getLogger(__name__)

NAME: Final = "FER Desktop"
_END_MS: Final = 1000  # for all of them; a session gives its own three seconds before
_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows lacks the last
_SIGNAL_PATIENCE_MS: Final = 2500  # for what waits for room on the disk
_HEARTBEAT_MS: Final = 200
_ASKED_EVERY_MS: Final = 500
# A repaint waits for the interpreter many times over; with Python's own 5 ms each, beside two busy threads, the longest
# stall of the window was twice as long, and updates were no more.
_SWITCH_S: Final = 0.0005
# Qt aborts where a thread is destroyed that runs, so windows whose threads hang are kept.
_outlived: Final[list[MainWindow]] = []


def run_app(
    services: Services,
    start: SourceChoice | None = None,
    store: QSettings | None = None,
    log_file: Path | None = None,
    icon: Path | None = None,
    translations: Path | None = None,
    asked_to_show: Callable[[], bool] | None = None,
) -> int:
    """The exit code after the window was closed. A thread that hangs may be left, which only the process ends.

    `start` is a source to begin with at once, `icon` a picture file, `translations` the folder of the languages.
    `asked_to_show` tells, each time it is asked, whether the window is to come to the front.
    """
    app = make_application(services, translations, icon)
    store = store or QSettings("fer-desktop", "fer-desktop")
    if (kept_in := Path(store.fileName())).is_file():  # on Windows it is the registry
        make_private(kept_in)
    window = MainWindow(services, store, start)
    if asked_to_show is not None:
        _show_when_asked(window, asked_to_show)
    if start is None:
        window.ready.connect(window.saved.begin)
        if not services.settings().use_is_settled:
            window.ready.connect(window.flow.ask_use)
    with excepthooks_installed(window, log_file), signals_close(window):
        window.show()
        if translations is not None:
            _tell_of_language(window, wanted_language(services.settings().language, translations))
        code = app.exec()
    end_threads(window)
    return code


def make_application(services: Services, translations: Path | None = None, icon: Path | None = None) -> QApplication:
    """The application, in the look and the language of the settings; the running one where there is one."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName(NAME)
    app.setDesktopFileName("fer-desktop")
    if icon is not None:
        app.setWindowIcon(QIcon(str(icon)))
    apply_appearance(services.settings())
    sys.setswitchinterval(_SWITCH_S)
    collect_here(app)
    if translations is not None and app.findChild(QTranslator) is None:
        speak(app, translations, wanted_language(services.settings().language, translations))
    return app


def _tell_of_language(window: MainWindow, wanted: str) -> None:
    if sentence := language_problem(wanted):
        window.tell_problem(sentence)


def _show_when_asked(window: MainWindow, asked: Callable[[], bool]) -> None:
    def look() -> None:
        if asked():
            come_to_front(window)

    looking = repeating_timer(window, _ASKED_EVERY_MS)
    looking.timeout.connect(look)
    looking.start()


def come_to_front(window: QWidget) -> None:
    """Opens it where it is minimised, and puts it before the others as far as the desktop lets a program do that."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)


class _FaultRelay(QObject):
    """Carries a fault from any thread to the thread of the window."""

    met = Signal(str)


@contextmanager
def excepthooks_installed(window: MainWindow, log_file: Path | None = None) -> Iterator[None]:
    """Faults are logged with their traceback and told across the window; nothing is ended by them."""
    relay = _FaultRelay()
    relay.met.connect(window.tell_problem)
    sentence = _fault_sentence(log_file)

    def tell(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        logger.critical("Fault in the program", exc_info=error)
        relay.met.emit(sentence)

    def tell_of_thread(args: threading.ExceptHookArgs) -> None:
        tell(args.exc_type, args.exc_value, args.exc_traceback)

    before, before_threads = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = tell, tell_of_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before, before_threads


def _fault_sentence(log_file: Path | None) -> str:
    if log_file is None:
        return QCoreApplication.translate(
            "Application",
            "A fault in the program was met; a running session goes on. What happened is in the log file.",
        )
    return QCoreApplication.translate(
        "Application",
        "A fault in the program was met; a running session goes on. What happened is in the log file {file}.",
    ).format(file=log_file)


@contextmanager
def signals_close(window: MainWindow) -> Iterator[None]:
    """Ctrl+C in the terminal, a terminal that is closed, and a system that shuts down close the window.

    A session is saved before; what a full disk has no room for is let go then, since nobody is there to make any.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Python sees a signal only when it runs, and an idle window does not.
    heartbeat = repeating_timer(window, _HEARTBEAT_MS)
    heartbeat.timeout.connect(_let_python_run)
    heartbeat.start()
    patience = single_shot_timer(window, _SIGNAL_PATIENCE_MS)
    patience.timeout.connect(window.session.give_up_saving)

    def close(*_: object) -> None:
        patience.start()
        window.close()

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = [signal.signal(number, close) for number in numbers]
    try:
        yield
    finally:
        heartbeat.stop()
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _let_python_run() -> None:
    pass


def end_threads(window: MainWindow) -> bool:
    """Whether all threads ended within a second; one that hangs in a driver does not, and is not to be destroyed."""
    deadline = QDeadlineTimer(_END_MS)
    over = [wait(deadline.remainingTime()) for wait in (window.start_page.wait, window.session.wait, wait_for_jobs)]
    if not all(over):
        logger.warning("A thread did not end; the program ends without it")
        _outlived.append(window)
    return all(over)
