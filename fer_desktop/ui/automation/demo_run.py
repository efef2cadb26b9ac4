"""A session that runs by itself and keeps pictures of the window."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QPixmap

from fer_desktop.core.errors import FerError, SourceError, StoreError
from fer_desktop.core.files import temporary_folder
from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd
from fer_desktop.ui.application import end_threads, excepthooks_installed, make_application, signals_close
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.theme import EASE_MS
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.toolkit.png_file import write_png
from fer_desktop.ui.toolkit.timers import single_shot_timer

WINDOW_FILE: Final = "window.png"
TREND_FILE: Final = "trend.png"
WIDTH_PX, HEIGHT_PX = 1280, 800
# The picture of the window is taken from here on, as a share of the time; the last one while live is kept.
_FROM: Final = 0.8
# A source that should have ended this much earlier is stopped; a run that does not even get there is given up.
_LATE_S: Final = 10.0
_GIVE_UP_S: Final = 120.0


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """What a run left."""

    session: Path
    window: Path
    trend: Path


def run_demo(
    services: Services, choice: SourceChoice, out: Path, seconds: float, log_file: Path | None = None
) -> DemoFiles:
    """The files left by the window on a source that lasts for `seconds`; it ends itself, with or without a display.

    Raises SourceError where no frame came, StoreError where the pictures cannot be written.
    """
    app = make_application(services)
    with temporary_folder() as folder:  # the user's own window keeps its place and its last source
        store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(services, store, choice)
        window.resize(WIDTH_PX, HEIGHT_PX)
        recorder = DemoRecorder(window, out, seconds)
        with excepthooks_installed(window, log_file), signals_close(window):
            window.show()
            app.exec()
    end_threads(window)
    return recorder.files()


class DemoRecorder(QObject):
    """Keeps pictures of the window while the demo class plays, and ends it."""

    def __init__(self, window: MainWindow, out: Path, seconds: float) -> None:
        super().__init__(window)
        self._window, self._out, self._seconds = window, out, seconds
        self._picture: QPixmap | None = None
        self._session: Path | None = None
        self._error: FerError | None = None
        self._settled = single_shot_timer(self, EASE_MS + 100)
        self._settled.timeout.connect(self._take_picture)
        window.ready.connect(self._on_ready)
        self._deadline = single_shot_timer(self, round(1000 * (seconds + _GIVE_UP_S)))
        self._deadline.timeout.connect(self._give_up)
        self._deadline.start()

    def files(self) -> DemoFiles:
        """What was left. Raises what kept it from being complete."""
        if self._error is not None:
            raise self._error
        if self._session is None:
            raise SourceError("The demo was closed before its first frame: run it again.")
        return DemoFiles(self._session, self._out / WINDOW_FILE, self._out / TREND_FILE)

    def _on_ready(self) -> None:
        self._window.page.trend.set_range(None)
        self._window.model.summary.connect(self._on_summary)
        self._window.model.ended.connect(self._on_ended)

    def _on_summary(self, summary: Summary) -> None:
        if summary.elapsed_s >= _FROM * self._seconds:
            self._settled.start()
        if summary.elapsed_s > self._seconds + _LATE_S:
            self._window.session.stop()

    def _give_up(self) -> None:
        self._error = SourceError("The demo did not end in its time: see the log file, then run it again.")
        self._window.close()

    def _take_picture(self) -> None:
        if self._window.session.status.phase is Phase.LIVE:
            self._picture = self._window.grab()

    def _on_ended(self, end: SessionEnd) -> None:
        self._session = end.path
        if end.path is None and end.reason is not None:
            self._error = SourceError(end.reason)
        elif end.path is not None:
            self._keep_pictures()
        self._window.close()

    def _keep_pictures(self) -> None:
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            write_png(self._picture or self._window.grab(), self._out / WINDOW_FILE)
            self._window.page.trend.save_png(self._out / TREND_FILE)
        except StoreError as error:
            self._error = error
        except OSError:
            self._error = StoreError("The folder {out} cannot be made: choose another.", out=self._out)
