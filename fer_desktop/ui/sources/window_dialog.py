"""Asks which window is looked at."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.core.sources import SourceChoice, WindowChoice
from fer_desktop.ui.bridge.jobs import Job
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.icons import apply_icons, icon, request_icon
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.sources.window_preview import Look, WindowPreview, look
from fer_desktop.ui.sources.window_rows import WindowRows, is_call
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.screen_geometry import fit
from fer_desktop.ui.toolkit.timers import repeating_timer

LOOK_EVERY_MS: Final = 1000
_LIST_PX, _LEAST_LIST_PX = 336, 240
_ICON_PX: Final = 48


class WindowDialog(QDialog):
    """The open windows, and a picture of the chosen one that is taken again each second."""

    chosen = Signal(object)  # WindowChoice

    def __init__(self, services: Services, last: SourceChoice | None, parent: QWidget | None = None) -> None:
        """`last`: the source of the last session, which is chosen again where it is a window that is still there."""
        super().__init__(parent)
        self._services, self._last = services, last
        self._looking = self._searching = False
        self.setWindowTitle(self.tr("Window"))
        self.rows, self.preview, self.caption = WindowRows(), WindowPreview(), PlainLabel()
        self.promise, self.note = PlainLabel(self._followed()), _Note()
        self.refresh, self.cancel, self.go_on = (
            QPushButton(self.tr("Refresh")),
            QPushButton(self.tr("Cancel")),
            QPushButton(self.tr("Use this window")),
        )
        self._pages = QStackedWidget()
        self._lay_out()
        self._timer = repeating_timer(self, LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.rows.currentRowChanged.connect(self._on_row)
        self.rows.itemDoubleClicked.connect(self._choose)
        self.refresh.clicked.connect(self.search)
        self.cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self._choose)
        self.go_on.setEnabled(False)
        self.search()

    def _followed(self) -> str:
        return self.tr("It is followed when it moves. What lies over it is not read: the session waits and says so.")

    def _lay_out(self) -> None:
        title = PlainLabel(self.tr("Which window shows the call?"))
        set_role(title, "heading")
        for label in (self.promise, self.caption):
            set_role(label, "muted")
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(title)
        column.addWidget(self.promise)
        column.addSpacing(SPACE)
        self._pages.addWidget(self._choosing())
        self._pages.addWidget(self.note)
        column.addWidget(self._pages, 1)
        column.addSpacing(SPACE)
        column.addLayout(self._buttons())

    def _choosing(self) -> QWidget:
        page, beside = QWidget(), QVBoxLayout()
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.caption.setMinimumHeight(2 * self.caption.fontMetrics().lineSpacing())
        beside.setSpacing(SPACE)
        beside.addWidget(self.preview)
        beside.addWidget(self.caption)
        beside.addStretch(1)
        self.rows.setMinimumWidth(px(_LEAST_LIST_PX))
        self.rows.setMaximumWidth(px(_LIST_PX))
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.rows, 1)
        row.addLayout(beside, 1)
        return page

    def _buttons(self) -> QHBoxLayout:
        set_role(self.go_on, "primary")
        self.go_on.setDefault(True)
        self.refresh.setShortcut(QKeySequence("F5"))
        self.refresh.setToolTip(self.tr("Search again (F5)"))
        request_icon(self.refresh, "refresh")
        for button in (self.refresh, self.cancel):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.refresh)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go_on)
        return buttons

    def search(self) -> None:
        """Lists the windows again."""
        if self._searching:
            return
        self._searching = True
        job = Job(self._services.windows)
        job.done.connect(self._show_windows)
        job.failed.connect(self._show_failure)
        job.begin()

    def sizeHint(self) -> QSize:
        """Room for a list and a picture."""
        return QSize(px(880), px(520))

    def showEvent(self, event: QShowEvent) -> None:
        """Takes its icons, and begins to take pictures."""
        super().showEvent(event)
        fit(self)
        apply_icons(self)
        self.note.apply_icons()
        self.rows.setFocus()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Takes no more pictures while nobody sees them."""
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Gives the icons the colours of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)
            self.note.apply_icons()

    def _show_windows(self, windows: Sequence[WindowChoice]) -> None:
        self._searching = False
        self.rows.show_windows(windows, self._last)
        self.go_on.setEnabled(bool(windows))
        none = self.tr(
            "No window looks like a call. Start the call and press Refresh, or choose the one that shows it."
        )
        self.promise.setText(none if windows and not any(map(is_call, windows)) else self._followed())
        if windows:
            self._pages.setCurrentIndex(0)
        else:
            self._say(self.tr("No window of another program is open"), self.tr("Start the call, then press Refresh."))

    def _show_failure(self, sentence: str) -> None:
        self._searching = False
        self.go_on.setEnabled(False)
        self._say(self.tr("The windows cannot be listed"), sentence)

    def _say(self, title: str, text: str) -> None:
        self.note.say(title, text)
        self._pages.setCurrentWidget(self.note)
        self.refresh.setFocus()

    def _on_row(self, _row: int) -> None:
        self.preview.show_look(None)
        self.caption.clear()
        self._look()

    def _look(self) -> None:
        window = self.rows.choice
        if window is None or self._looking:
            return
        self._looking = True
        job = Job(lambda: look(self._services, window))
        job.done.connect(self._show_look)
        job.failed.connect(self._on_fault)
        job.begin()

    def _show_look(self, seen: Look) -> None:
        self._looking = False
        if seen.window != self.rows.choice:
            self._look()  # another one was chosen meanwhile
        elif seen.image is not None:
            self.preview.show_look(seen.image)
            self.caption.setText(seen.sentence)
        else:
            self.preview.show_look(None, seen.sentence)
            self.caption.clear()

    def _on_fault(self, sentence: str) -> None:
        self._timer.stop()  # the fault would recur each second
        self.preview.show_look(None, sentence)

    def _choose(self) -> None:
        window = self.rows.choice
        if window is not None and self.go_on.isEnabled():
            self.chosen.emit(window)
            self.accept()


class _Note(QWidget):
    """What stands in place of the list where there is none: an icon and two lines in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self.title, self.text = PlainLabel(), PlainLabel(), PlainLabel()
        set_role(self.title, "strong")
        set_role(self.text, "muted")
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addStretch(1)
        for label in (self._icon, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)

    def say(self, title: str, text: str) -> None:
        """Replaces the words."""
        self.title.setText(title)
        self.text.setText(text)

    def apply_icons(self) -> None:
        """Draws the icon in the theme's colours."""
        self._icon.setPixmap(icon("window-restore", "muted").pixmap(_ICON_PX, _ICON_PX))
