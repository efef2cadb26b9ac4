"""Parts of a session's page: its cards, and what it says of a session that is not live."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus, Unseen
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.words import told

_STATES: Final = {
    Phase.LOADING: QT_TRANSLATE_NOOP("SessionPage", "Loading the model"),
    Phase.OPENING: QT_TRANSLATE_NOOP("SessionPage", "Opening the source"),
    Phase.WAITING: QT_TRANSLATE_NOOP("SessionPage", "Waiting for the first picture"),
    Phase.PAUSED: QT_TRANSLATE_NOOP("SessionPage", "Paused"),
    Phase.LOST: QT_TRANSLATE_NOOP("SessionPage", "Source lost, trying again"),
    Phase.SAVING: QT_TRANSLATE_NOOP("SessionPage", "Saving the session"),
}
_UNSEEN: Final = {
    Unseen.COVERED: QT_TRANSLATE_NOOP("SessionPage", "Waiting: another window covers the call"),
    Unseen.OURS: QT_TRANSLATE_NOOP("SessionPage", "Waiting: a window of this program lies over the call"),
    Unseen.HIDDEN: QT_TRANSLATE_NOOP("SessionPage", "Waiting: the call's window is not shown"),
}
_EXPLAINED: Final = {
    Phase.LOADING: QT_TRANSLATE_NOOP("SessionPage", "The detector and the network are read once a session."),
    Phase.PAUSED: QT_TRANSLATE_NOOP("SessionPage", "Nothing is read until you resume."),
}


def state_words(status: SessionStatus) -> tuple[str, str] | None:
    """What stands in the picture's place, and below it; None while a session is live, and where there is none."""
    if status.phase not in _STATES:
        return None
    translate = QCoreApplication.translate
    title = translate("SessionPage", str(_UNSEEN.get(status.unseen, _STATES[status.phase])))
    text = told(status.reason)
    if not text and status.phase in _EXPLAINED:
        text = translate("SessionPage", str(_EXPLAINED[status.phase]))
    return title, text


class LeftSide(QWidget):
    """The lesson or the seats: as high as these need, and no lower than is required of it."""

    def __init__(self) -> None:
        super().__init__()
        self._least_px = 0

    def require(self, height_px: int) -> None:
        """It is no lower from now on."""
        self._least_px = height_px
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """What is in it may need more, as the seven curves do."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._least_px))


def card(*widgets: QWidget) -> QFrame:
    """These below one another; the last one takes what room there is."""
    frame = QFrame()
    set_role(frame, "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
    column.setSpacing(2 * SPACE)
    for widget in widgets:
        column.addWidget(widget)
    column.setStretchFactor(widgets[-1], 1)
    return frame
