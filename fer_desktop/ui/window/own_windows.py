"""The program's own windows and what is read of the screen: where they lie over it, and who else sees them."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from fer_desktop.core.sources import Region
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.toolkit.screen_geometry import covers

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)  # gone in a moment, and blackened meanwhile


class OwnWindows(QObject):
    """Keeps all windows of the program out of pictures of the screen once the class was told, as far as the system can.

    Until then others see them where the screen is shared, since they say that expressions are being read. What is read
    never has them in it: where the system does not leave them out, they are blackened.
    """

    def __init__(self, services: Services, model: SessionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._told = services, False
        self._left_out: set[int] = set()
        model.summary.connect(self._look)

    @property
    def told(self) -> bool:
        """Whether the class was told of this call's reading."""
        return self._told

    def set_told(self, told: bool) -> None:
        """The class was told, so that nobody need see these windows; or, of another call, not yet."""
        self._told = told
        self._look()

    def lie_over(self, region: Region) -> bool:
        """Whether one of them covers a part of the region, which is left out of what is read then."""
        return any(covers(one, region) and int(one.winId()) not in self._left_out for one in _shown())

    def _look(self) -> None:
        """Once a second: windows come and go."""
        shown = {int(one.winId()) for one in _shown()}
        self._left_out &= shown
        for window in shown - self._left_out if self._told else frozenset(self._left_out):
            if self._services.leave_out_of_pictures(window, self._told) and self._told:
                self._left_out.add(window)
            else:
                self._left_out.discard(window)


def _shown() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowType() not in _PASSING]
