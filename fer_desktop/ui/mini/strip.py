"""The mini strip: the glance on top of everything, while she presents."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSettings, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from fer_desktop.core.glance.shown import shown_counts
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.messages import Message
from fer_desktop.core.types import State
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.look.icons import apply_icons, request_icon
from fer_desktop.ui.look.theme import RADIUS, SPACE, current_theme, px, resizes_text, set_role
from fer_desktop.ui.look.words import in_sentences, told
from fer_desktop.ui.mini.placing import (
    available_now,
    first_place,
    nearest_place,
    remember,
    remembered,
    screens_now,
    snapped,
)
from fer_desktop.ui.mini.strip_ground import StripFace
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.announcing import announce
from fer_desktop.ui.toolkit.timers import single_shot_timer
from fer_desktop.ui.widgets.group_bar import bar_parts

SIZE: Final = QSize(464, 80)
NOTICED_MS: Final = 10_000  # how long the border of a change stays
SAID_MS: Final = 2000  # how long it says what was just done
_STEP_PX: Final = 2 * SPACE  # of an arrow key
_BUTTON_PX, _ICON_PX = 36, 20
_ARROWS: Final = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}

HideFromShare = Callable[[int, bool], bool]  # (window's number, hidden) -> whether the system can


class MiniStrip(QWidget):
    """A window without a frame that stays on top and never takes the keyboard by itself."""

    pause_wanted = Signal()  # pause or resume
    marker_wanted = Signal()
    back_wanted = Signal()  # to the main window
    told_wanted = Signal()  # what others were told of the reading
    dismissed = Signal()  # closed by the user
    announced = Signal(str)  # what a screen reader was asked to say

    def __init__(self, store: QSettings, hide_from_share: HideFromShare | None = None) -> None:
        """`store` keeps its place; `hide_from_share` leaves its window out of what others are shown."""
        super().__init__(None, _flags())
        self._store, self._hide_from_share = store, hide_from_share
        self._told = False
        self._held_at: QPoint | None = None
        self._said: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)  # other programs are in front, that is its use
        self._rounded = QGuiApplication.platformName() != "xcb"  # without a compositor the corners would be black
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._rounded)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self._noticed = single_shot_timer(self, NOTICED_MS)
        self._noticed.timeout.connect(self.update)
        self._saying = single_shot_timer(self, SAID_MS)
        self._saying.timeout.connect(self._show_words)
        self._words = ""  # of the class
        self.face = StripFace()
        self.pause = self._button("pause", self.tr("Pause"), self.pause_wanted)
        self.marker = self._button("flag-outline", self.tr("Marker"), self.marker_wanted)
        self.back = self._button("arrow-expand", self.tr("Back to the window"), self.back_wanted)
        self.setWindowTitle(self.tr("FER Desktop: mini strip"))
        self.setAccessibleName(self.tr("The class at a glance"))
        speak_as(self, Role.Grouping)
        self._lay_out()
        self.clear()
        self.show_status(SessionStatus())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE + SPACE // 2, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(0)
        row.addWidget(self.face, 1)
        row.addSpacing(SPACE)
        for button in (self.pause, self.marker, self.back):
            row.addWidget(button)
        self._fit()

    def _fit(self) -> None:
        for button in (self.pause, self.marker, self.back):
            button.setFixedSize(px(_BUTTON_PX), px(_BUTTON_PX))
            button.setIconSize(QSize(px(_ICON_PX), px(_ICON_PX)))
        self.setFixedSize(px(SIZE.width()), px(SIZE.height()))

    def _button(self, icon: str, name: str, wanted: SignalInstance) -> QToolButton:
        button = QToolButton()
        set_role(button, "quiet")
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(wanted)
        request_icon(button, icon)
        _name(button, name)
        return button

    @property
    def told(self) -> bool:
        """Whether the class was told of this call's reading: then it need not be said here."""
        return self._told

    def set_told(self, told_so: bool) -> None:
        """Says no longer that expressions are read, and is left out of what others are shown; or again."""
        self._told = told_so
        self.face.show_note(not told_so)
        self._describe()
        self._hide_or_show_others()

    @property
    def noticed(self) -> bool:
        """Whether its border shows that something has just changed."""
        return self._noticed.isActive()

    def clear(self) -> None:
        """Nothing was read yet."""
        self._noticed.stop()
        self._said = ()
        self._saying.stop()
        self._words = self.tr("Nothing read yet")
        self._show_words()
        self.face.sign.show_change(None)
        self.face.bar.show_parts(None)
        self._describe()
        self.update()

    def show_glance(self, glance: Glance, words: Message) -> None:
        """Shows the class at that time in these words."""
        self._words = told(words)
        if not self._saying.isActive():
            self._show_words()
        self.face.sign.show_change(glance.change)
        if glance.state.seen or (glance.state is State.STARTING and not glance.now.read):
            withheld = glance.state is State.WITHHELD
            self.face.bar.show_parts(None if withheld else bar_parts(shown_counts(glance)))
        else:
            self.face.bar.show_parts(self.face.bar.parts, stale=True)
        self._describe()
        self._notice(glance, words)

    def say(self, words: str) -> None:
        """Says for two seconds what was just done, in the place of the words on the class."""
        self._saying.start()
        self.face.words.tell(words)
        if self.isVisible():
            announce(self, words)
            self.announced.emit(words)

    def _show_words(self) -> None:
        self.face.words.tell(self._words)

    def show_status(self, status: SessionStatus) -> None:
        """What may be done now."""
        self.face.sign.show_phase(Phase.WAITING if status.waits else status.phase)
        reading = status.phase is Phase.LIVE
        self.face.note.setText(self.tr("Expressions on faces are being read") if reading else "")
        self._describe()
        self.pause.setEnabled(status.can_pause or status.can_resume)
        self.marker.setEnabled(status.can_mark)
        _name(self.pause, self.tr("Resume") if status.can_resume else self.tr("Pause"))
        request_icon(self.pause, "play" if status.can_resume else "pause")
        if self.isVisible():
            apply_icons(self)

    def notice(self) -> None:
        """Shows by its border for some seconds that something has happened, such as an alert."""
        self._noticed.start()
        self.update()

    def _notice(self, glance: Glance, words: Message) -> None:
        change = glance.change
        said = words.text, (change.group, change.more) if change is not None else None
        if said != self._said:
            if change is not None and (not self._said or said[1] != self._said[1]):
                self.notice()
            elif change is None:
                self._noticed.stop()
            if self.isVisible() and announce(self, told(words), about=glance):
                self.announced.emit(told(words))
            self.update()
        self._said = said

    def _describe(self) -> None:
        note = "" if self._told else self.face.note.text()
        self.setAccessibleDescription(in_sentences((self._words.rstrip("."), note)))

    def place(self, anchor: QRect | None = None) -> None:
        """Puts it where it was with these screens, else at the upper right of the screen with `anchor` on it."""
        kept = remembered(self._store, screens_now())
        if kept is None:
            screen = QGuiApplication.screenAt(anchor.center()) if anchor is not None else None
            screen = screen or QGuiApplication.primaryScreen()
            kept = first_place(self.size(), screen.availableGeometry())
        self.move(nearest_place(QRect(kept, self.size()), available_now()))

    def _put(self, place: QPoint) -> None:
        self.move(place)
        remember(self._store, screens_now(), place)

    def keep_on_top(self) -> None:
        """Comes to the front again where no window manager looks after that."""
        if self.windowFlags() & Qt.WindowType.X11BypassWindowManagerHint:
            self.raise_()

    def take_keyboard(self) -> None:
        """Takes the keyboard, which it never does by itself."""
        self.activateWindow()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes its icons, and leaves its window out of what others see where it may."""
        super().showEvent(event)
        apply_icons(self)
        self._hide_or_show_others()

    def _hide_or_show_others(self) -> None:
        if self._hide_from_share is not None and self.isVisible():
            self._hide_from_share(int(self.winId()), self._told)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of it."""
        if event.button() is Qt.MouseButton.LeftButton:
            # Wayland alone lets no window place itself.
            if QGuiApplication.platformName() == "wayland" and self.windowHandle().startSystemMove():
                return
            self._held_at = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves it along; the edges of a screen take hold of it."""
        if self._held_at is not None:
            wanted = QRect(event.globalPosition().toPoint() - self._held_at, self.size())
            self.move(snapped(wanted, available_now()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go of it, and keeps the place."""
        if event.button() is Qt.MouseButton.LeftButton and self._held_at is not None:
            self._held_at = None
            self._put(self.pos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Goes back to the window."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held_at = None
            self.back_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move it, Esc goes back to the window."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None:
            self._put(nearest_place(QRect(self.pos() + step * _STEP_PX, self.size()), available_now()))
        elif event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done, in words."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """The buttons in words, and a way to put it away."""
        menu = QMenu(self)
        for button in (self.pause, self.marker, self.back):
            action = menu.addAction(button.accessibleName(), button.click)
            action.setEnabled(button.isEnabled())
        menu.addSeparator()
        menu.addAction(self.tr("What others were told…"), self.told_wanted.emit)
        menu.addAction(self.tr("Put the strip away"), self.close)
        return menu

    def closeEvent(self, event: QCloseEvent) -> None:
        """It stays away until the window was back."""
        super().closeEvent(event)
        self.dismissed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme and the size of text."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()
        elif event.type() is QEvent.Type.PaletteChange and self.isVisible():
            apply_icons(self)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the card, with a border that shows a change for some seconds."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._rounded)
        line = 3.0 if self.noticed else 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(theme.focus if line > 1 else theme.strong_line, line))
        painter.setBrush(theme.card)
        radius = RADIUS if self._rounded else 0
        inset = line / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()


def _flags() -> Qt.WindowType:
    # A shadow of its own would be captured with a region beside it.
    flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
    flags |= Qt.WindowType.WindowStaysOnTopHint
    if QGuiApplication.platformName() == "xcb":
        # Window managers put what fills the screen and has the keyboard over all that "stays on top" (EWMH).
        flags |= Qt.WindowType.X11BypassWindowManagerHint
    return flags


def _name(button: QToolButton, name: str) -> None:
    button.setToolTip(name)
    button.setAccessibleName(name)
