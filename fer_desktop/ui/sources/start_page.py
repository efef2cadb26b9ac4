"""All sources: what to look at."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fer_desktop.core.sources import CameraChoice, DemoChoice, Region, SourceChoice, WindowChoice
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.icons import request_icon
from fer_desktop.ui.look.source_names import shown_name
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.sources.choice_text import choice_of_region
from fer_desktop.ui.sources.source_card import SourceCard
from fer_desktop.ui.sources.thumbnails import ThumbnailThread, card_key
from fer_desktop.ui.toolkit.keyboard import FollowFocus
from fer_desktop.ui.toolkit.plain import PlainLabel, plain_tip
from fer_desktop.ui.toolkit.timers import single_shot_timer
from fer_desktop.ui.widgets.message_bar import MessageBar

_GAP_PX: Final = 2 * SPACE
_WIDEST_PX: Final = 1128  # of the whole page
_CARD_PX: Final = 232  # a card is at least this wide
# A camera that hangs must not keep the session from starting.
_RELEASE_MS: Final = 3000


class StartPage(QWidget):
    """Cards of all sources with what they show now."""

    chosen = Signal(object)  # SourceChoice
    region_wanted = Signal()
    window_wanted = Signal()
    file_wanted = Signal()
    stream_wanted = Signal()
    home_wanted = Signal()
    released = Signal()  # after `release`: no source is open any more

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._thread: ThumbnailThread | None = None
        self._retired: set[QThread] = set()
        self._choices: dict[str, SourceChoice] = {}
        self._cards: dict[str, SourceCard] = {}
        self._led: SourceCard | None = None  # where the keyboard was put
        self._last: SourceChoice | None = None
        self._region: Region | None = None
        self._may_load_icons = False
        self._releasing = self._looked_again = False
        self._patience = single_shot_timer(self, _RELEASE_MS)
        self._patience.timeout.connect(self._give_up)
        self._lay_out()
        self._cameras: list[CameraChoice] = []
        self._make_cards(self.tr("Looking for cameras"))

    def _lay_out(self) -> None:
        title = PlainLabel(self.tr("What do you want to look at?"))
        set_role(title, "display")
        promise = PlainLabel(
            self.tr("Only figures of the class are kept. No picture is saved, and nothing leaves this computer.")
        )
        set_role(promise, "muted")
        promise.setWordWrap(True)
        self.bar = MessageBar()  # what else there is to be said before a session begins; the window shows it
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP_PX)
        page = QWidget()
        column = self._column = QVBoxLayout(page)
        # Below there is room for a message of the window, so that every card can be scrolled clear of it.
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 8 * SPACE)
        column.setSpacing(SPACE)
        self.home = QPushButton(self.tr("Your lessons"))
        request_icon(self.home, "arrow-left")
        set_role(self.home, "quiet")
        self.home.clicked.connect(self.home_wanted)
        column.addWidget(self.home, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(promise)
        column.addSpacing(2 * SPACE)
        column.addLayout(self._grid)
        column.addStretch(2)
        page.setMaximumWidth(_WIDEST_PX)
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(ground)
        FollowFocus(scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    @property
    def cards(self) -> dict[str, SourceCard]:
        """The cards by key.

        `again`, `region`, `window`, `file`, `stream`, `card_key` of cameras and demo, `camera` for none.
        """
        return self._cards

    def remember(self, last: SourceChoice | None, region: Region | None) -> None:
        """What was used last: its card gets a badge and the keyboard; the region gets a card of its own."""
        self._last, self._region = last, region
        self._make_cards()

    def apply_icons(self) -> None:
        """From now on cards may draw their icons."""
        self._may_load_icons = True
        for card in self._cards.values():
            card.apply_icons()
        self._begin()

    def release(self) -> None:
        """Closes what is open for the thumbnails; `released` follows."""
        self._releasing = True
        if self._thread is None:
            self._done()
        else:
            self._thread.stop()
            self._patience.start()

    def look_again(self) -> None:
        """Searches for cameras again."""
        self._looked_again = True
        if "camera" in self._cards:
            self._cards["camera"].set_line(self.tr("Looking for cameras"))
        if self._thread is not None:
            self._thread.stop()
        else:
            self._begin()

    def wait(self, limit_ms: int) -> bool:
        """Whether all threads were over within the time. For the end of the program."""
        threads = [thread for thread in (self._thread, *self._retired) if thread is not None]
        for thread in threads:
            if isinstance(thread, ThumbnailThread):
                thread.stop()
        return all(thread.wait(limit_ms) for thread in threads)

    def showEvent(self, event: QShowEvent) -> None:
        """Begins to take pictures."""
        super().showEvent(event)
        self._begin()
        self._focus_last()

    def hideEvent(self, event: QHideEvent) -> None:
        """Closes what is open: no source is used while nobody sees its picture."""
        super().hideEvent(event)
        if self._thread is not None:
            self._thread.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arranges the cards in as many columns as there is room for."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Arranges the cards anew for words of another size."""
        super().changeEvent(event)
        if resizes_text(event):
            QTimer.singleShot(0, self, self._place)

    def look_to_window(self) -> None:
        """The window was minimised or is back."""
        if self._thread is not None and not self._is_seen():
            self._thread.stop()
        self._begin()

    def _is_seen(self) -> bool:
        return self.isVisible() and not self.window().isMinimized()

    def _begin(self) -> None:
        if self._thread is None and self._may_load_icons and not self._releasing and self._is_seen():
            self._thread = thread = ThumbnailThread(self._services, self._region)
            thread.cameras_found.connect(self._set_cameras)
            thread.picture.connect(self._show_picture)
            thread.silent.connect(self._show_silence)
            thread.finished.connect(self._on_finished)
            thread.start()

    def _on_finished(self) -> None:
        if self._thread is None:
            return
        # One that ended by itself met a fault, which it would meet again at once.
        begin_again = self._thread.stopped
        self._thread.wait()
        self._thread.deleteLater()
        self._thread = None
        if self._releasing:
            self._done()
        elif begin_again:
            self._begin()

    def _give_up(self) -> None:
        if self._thread is not None:
            self._thread.finished.disconnect(self._on_finished)
            self._thread.finished.connect(self._on_retired_finished)
            self._retired.add(self._thread)
            self._thread = None
            self._done()

    def _on_retired_finished(self) -> None:
        self._retired = {thread for thread in self._retired if not thread.wait(20)}

    def _done(self) -> None:
        self._patience.stop()
        if self._releasing:
            self._releasing = False
            self.released.emit()

    def _set_cameras(self, cameras: list[CameraChoice]) -> None:
        self._cameras = cameras
        self._make_cards()
        self._looked_again = self._looked_again and not cameras

    def _make_cards(self, camera_line: str = "") -> None:
        """`camera_line`: what is said where there is no camera, if not how to look again."""
        again = self.tr("Still none. Plug one in, then press here")
        camera_line = camera_line or (again if self._looked_again else self.tr("Plug one in, then press here"))
        old, self._cards, self._choices = self._cards, {}, {}
        for key, title, line, icon, choice in self._entries(camera_line):
            card = old.pop(key, None) or SourceCard(key, title, line, icon)
            card.set_line(line)
            card.set_badge(self.tr("Last used") if self._is_last(key, choice) else "")
            if card.parent() is None:
                card.clicked.connect(self._on_clicked)
                card.touched.connect(self._on_touched)
            if self._may_load_icons:
                card.apply_icons()
            self._cards[key] = card
            if choice is not None:
                self._choices[key] = choice
        for card in old.values():
            card.hide()
            card.deleteLater()
        self._place()
        self._focus_last()

    def _is_last(self, key: str, choice: SourceChoice | None) -> bool:
        if key == "window":  # which one is asked each time
            return isinstance(self._last, WindowChoice)
        return choice is not None and choice == self._last

    def _entries(self, camera_line: str) -> list[tuple[str, str, str, str, SourceChoice | None]]:
        """Key, title, line, icon and, where a press is enough, the choice."""
        entries: list[tuple[str, str, str, str, SourceChoice | None]] = []
        if self._region is not None:
            again = choice_of_region(self._region)
            size = self.tr("{width} × {height} px, as last time").format(
                width=self._region.width, height=self._region.height
            )
            entries.append(("again", self.tr("Same part of the screen"), size, "monitor-eye", again))
        region, window = self.tr("Draw around the faces of a call"), self.tr("Choose the call's window")
        entries.append(("region", self.tr("Part of the screen"), region, "monitor-screenshot", None))
        entries.append(("window", self.tr("Window"), window, "dock-window", None))
        entries += [(card_key(one), shown_name(one), self.tr("Camera"), "webcam", one) for one in self._cameras]
        if not self._cameras:
            entries.append(("camera", self.tr("No camera found"), camera_line, "webcam-off", None))
        file = self.tr("Choose a file, or drop one here")
        entries.append(("file", self.tr("Recording or pictures"), file, "filmstrip", None))
        entries.append(("stream", self.tr("Stream"), self.tr("An HTTP or RTSP address"), "access-point", None))
        demo = self._services.demo()
        entries.append(
            (card_key(demo), shown_name(demo), self.tr("A class of generated faces"), "school-outline", demo)
        )
        return entries

    def _place(self) -> None:
        room = min(self.width(), _WIDEST_PX) - 6 * SPACE
        most = 3 if len(self._cards) <= 6 else 4
        columns = max(1, min(most, (room + _GAP_PX) // (px(_CARD_PX) + _GAP_PX)))
        width = (room - (columns - 1) * _GAP_PX) // columns
        height = self._card_height(width, -(-len(self._cards) // columns))
        while self._grid.count():
            self._grid.takeAt(0)
        before: SourceCard | None = None
        for index, card in enumerate(self._cards.values()):
            card.setFixedSize(width, height)
            self._grid.addWidget(card, index // columns, index % columns)
            card.show()
            if before is not None:
                self.setTabOrder(before, card)
            before = card
        self._grid.setColumnStretch(columns, 1)
        for column in range(columns):
            self._grid.setColumnStretch(column, 0)

    def _card_height(self, width: int, rows: int) -> int:
        """As high as they like to be, or as there is room for with all that is above them."""
        card = next(iter(self._cards.values()))
        above = self._column.totalHeightForWidth(min(self.width(), _WIDEST_PX)) - self._grid.sizeHint().height()
        fits = (self.height() - above - (rows - 1) * _GAP_PX) // rows
        return min(card.heightForWidth(width), max(card.least_height(), fits))

    def _focus_last(self) -> None:
        last = (card for key, card in self._cards.items() if self._is_last(key, self._choices.get(key)))
        card = next(last, None) or next(iter(self._cards.values()))
        # Cameras are found late: until the user has moved the keyboard herself it may go to another card.
        if self.isVisible() and not any(one.hasFocus() and one is not self._led for one in self._cards.values()):
            self._led = card
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_picture(self, key: str, image: QImage) -> None:
        if key in self._cards:
            self._cards[key].set_image(image)

    def _show_silence(self, key: str, sentence: str) -> None:
        if key in self._cards:
            self._cards[key].set_image(None)
            self._cards[key].setToolTip(plain_tip(sentence))
            if isinstance(self._choices.get(key), CameraChoice):
                self._cards[key].set_line(sentence)

    def _on_touched(self, card: SourceCard, on: bool) -> None:
        choice = self._choices.get(card.key)
        if self._thread is not None and isinstance(choice, CameraChoice | DemoChoice):
            self._thread.look_at(choice if on else None)

    def _on_clicked(self) -> None:
        card = self.sender()
        if not isinstance(card, SourceCard):
            return
        wanted = {
            "region": self.region_wanted,
            "window": self.window_wanted,
            "file": self.file_wanted,
            "stream": self.stream_wanted,
        }
        if card.key in self._choices:
            self.chosen.emit(self._choices[card.key])
        elif card.key == "camera":
            self.look_again()
        else:
            wanted[card.key].emit()
