"""The program behind the soaked window: its own, in a folder of its own, with sources that are watched."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fer_desktop.app.services import AppServices
from fer_desktop.app.soak.sources import WatchedSource
from fer_desktop.core.settings import Context, Jurisdiction, Settings
from fer_desktop.core.sources import CameraChoice, DemoChoice, SourceChoice, StreamChoice

SESSIONS: Final = "sessions"
STORE: Final = "sessions.db"


class SoakServices(AppServices):
    """Sessions, settings and store lie in one folder, and no camera is looked for."""

    def __init__(self, folder: Path) -> None:
        # The defaults, whatever this user has chosen, so that figures can be compared; a stream counts as live.
        settings = Settings().changed(
            sessions_folder=str(folder / SESSIONS),
            accepted_use=True,
            jurisdiction=Jurisdiction.OTHER,
            context=Context.OTHER,
        )
        super().__init__(settings, folder / "settings.json", demo_loops=True, store_file=folder / STORE)
        self._watched: WatchedSource | None = None

    def cameras(self) -> Sequence[CameraChoice]:
        """None: what is plugged in here is not looked at."""
        return ()

    def source(self, choice: SourceChoice) -> WatchedSource:
        """The source, watched."""
        make = super().source
        self._watched = WatchedSource(lambda: make(choice), isinstance(choice, DemoChoice | StreamChoice))
        return self._watched

    @property
    def first_frame_s(self) -> float | None:
        """When the source of the running session gave its first frame, in monotonic time."""
        return self._watched.first_frame_s if self._watched is not None else None

    @property
    def over_s(self) -> float | None:
        """When that source said that no more comes."""
        return self._watched.over_s if self._watched is not None else None

    def forget(self) -> None:
        """The next source is another one."""
        self._watched = None

    def lose(self, seconds: float) -> None:
        """That source is lost for so long, where it can be."""
        if self._watched is not None:
            self._watched.lose(seconds)
