"""The program behind the pictures."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from fer_desktop.app.saved import StoredSessions
from fer_desktop.app.screenshots.calls import screen_with_call
from fer_desktop.app.screenshots.day import CALL, OTHER_WINDOWS
from fer_desktop.app.screenshots.lesson import ALERTS
from fer_desktop.app.screenshots.moments import Moments
from fer_desktop.app.screenshots.stored import store_lessons
from fer_desktop.app.services import AppServices
from fer_desktop.capture.desktop.screen_access import NO_SCREEN
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message
from fer_desktop.core.settings import Context, Jurisdiction, Language, Settings
from fer_desktop.core.sources import CameraChoice, Region, SourceChoice, WindowChoice
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.ports import Source
from fer_desktop.ui.automation.screenshots.replay import Circumstances, Moment, Replay

_COLUMN_PX: Final = 400  # that a call leaves beside it


class PictureStudio(AppServices):
    """Fulfils `ui.automation.screenshots.replay.Studio`. No camera, no screen and no file of the user is looked at."""

    def __init__(self, folder: Path, language: Language, screen_px: tuple[int, int], scale: float) -> None:
        """`folder` is its own; `screen_px` in device pixels, of which `scale` are one of the window's."""
        self._language, self._screen_px, self._scale = language, screen_px, scale
        super().__init__(
            self._settings_for(Circumstances()), folder / "settings.json", store_file=folder / "lessons.db"
        )
        self._empty = StoredSessions(folder / "none.db", self.settings)
        self._given = Circumstances()
        self._moments = Moments(folder / "lessons.db")
        self._filled = False

    def set_up(self, given: Circumstances) -> None:
        """As if it were started there."""
        self._given = given
        self.use_settings(self._settings_for(given))

    def _settings_for(self, given: Circumstances) -> Settings:
        answers = {
            "accepted_use": True,
            "jurisdiction": Jurisdiction.EU if given.in_eu else Jurisdiction.OTHER,
            "context": Context.EDUCATION,
        }
        alerts = {f"alert_{kind.name.lower()}": True for kind in ALERTS.kinds}
        return Settings().changed(language=self._language, **alerts, **(answers if given.answered else {}))

    def replay(self, moment: Moment) -> Replay:
        """The lesson up to that moment."""
        return self._moments.replay(moment)

    @property
    def stored(self) -> StoredSessions:
        """The lessons of some days, or none."""
        if not self._given.lessons:
            return self._empty
        if not self._filled:
            self._filled = True
            store_lessons(super().stored.store, self._moments.lesson.events())
        return super().stored

    @cached_property
    def _screen(self) -> tuple[Image, Region]:
        image, (x0, y0, x1, y1) = screen_with_call(*self._screen_px)
        return image, Region(x0, y0, x1 - x0, y1 - y0)

    @property
    def call_place(self) -> Region:
        """Where the gallery of the call lies on the screen."""
        return self._screen[1]

    def cameras(self) -> Sequence[CameraChoice]:
        """One."""
        return [CameraChoice("Built-in camera", 0)]

    def screens(self) -> Sequence[Region]:
        """One. Raises SourceError where it is not to be seen."""
        if not self._given.sees_screen:
            raise SourceError(NO_SCREEN)
        return [Region(0, 0, *self._screen_px)]

    def grab(self, region: Region) -> Image:
        """A picture of that part of it."""
        image, _ = self._screen
        return image[region.top : region.top + region.height, region.left : region.left + region.width]

    def windows(self) -> Sequence[WindowChoice]:
        """The call's, and two more."""
        return [CALL, *OTHER_WINDOWS]

    def window_picture(self, window: WindowChoice) -> tuple[Image, float]:
        """The call, whatever is asked for."""
        del window
        return self._moments.call.image, 0.0

    def window_place(self, window: WindowChoice) -> Region | None:
        """Nowhere; or so that a column is left beside it."""
        del window
        width, height = self._screen_px
        return Region(0, 0, width - round(_COLUMN_PX * self._scale), height) if self._given.docks else None

    def source(self, choice: SourceChoice) -> Source:
        """A picture of the call that stands still."""
        return _Still(choice.name, self._moments.call.image)

    def leave_out_of_pictures(self, window: int, on: bool) -> bool:
        """Nobody takes any here."""
        del window, on
        return False

    def is_hidden(self, place: Region) -> bool:
        """Nothing is in front."""
        del place
        return False

    def installation_problem(self) -> Message | None:
        """None: what this computer lacks is no part of the pictures."""
        return None


class _Still:
    """A source that shows one picture as long as it is asked. A Source."""

    def __init__(self, name: str, image: Image) -> None:
        self.name, self.reopens = name, False
        self._image, self._cancelled = image, False

    def open(self) -> None:
        """Nothing is to be opened."""

    def read(self) -> Frame | None:
        """The picture; None after `cancel`."""
        return None if self._cancelled else Frame(0, 0.0, self._image)

    def cancel(self) -> None:
        """No more."""
        self._cancelled = True

    def close(self) -> None:
        """Nothing is to be closed."""
