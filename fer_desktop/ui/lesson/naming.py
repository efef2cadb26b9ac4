"""What an opened lesson is called and which class it was of: both are typed over where they stand."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.look.icons import request_icon
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.saved import words
from fer_desktop.ui.saved.editing import MOST_NAME
from fer_desktop.ui.toolkit.plain import PlainLabel, plain_tip

_NAME_PX, _CLASS_PX = 360, 200  # at most


def is_class_key(event: QKeyEvent) -> bool:
    """Shift+F2, which edits the class."""
    return event.key() == Qt.Key.Key_F2 and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class _Line(QLineEdit):
    """Enter and another place take what was typed, Escape leaves all as it was."""

    done = Signal(bool)  # whether it is to be taken

    def __init__(self, width_px: int) -> None:
        super().__init__()
        self._width_px = width_px
        self.setMaxLength(MOST_NAME)
        self.hide()
        self._fit()

    def begin(self, text: str) -> None:
        """Shows it over that, all of it marked."""
        self.setText(text)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.done.emit(True)
            case Qt.Key.Key_Escape:
                self.done.emit(False)
            case _:
                super().keyPressEvent(event)
                event.accept()  # what it has no use for is meant for nobody else

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Its own menu and the classes that it offers, and another program for a while, are no other place.
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.done.emit(True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    def _fit(self) -> None:
        self.setMaximumWidth(px(self._width_px))


class _Shown(QLabel):
    """A name in one line, of which as much is shown as there is room for; a click edits it."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_role(self, "heading")

    def show_name(self, name: str) -> None:
        """Is that."""
        self._name = name
        self.setToolTip(plain_tip(name))
        self.setAccessibleName(name)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """All of the name."""
        return QSize(self.fontMetrics().horizontalAdvance(self._name) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Nothing of it: it may be as long as a window's title."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if resizes_text(event):
            self.updateGeometry()
            self._elide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, self.width()))


class _Edited(QWidget):
    """What is shown until it is edited, and a line in its place then."""

    typed = Signal(str)
    over = Signal()  # the keyboard is free again

    def __init__(self, width_px: int) -> None:
        super().__init__()
        self.line = _Line(width_px)
        self.line.done.connect(self._done)
        self._lesson: SavedSession | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE // 2)

    def edit(self) -> None:
        """Opens the line, unless it is open."""
        if self._lesson is not None and self.line.isHidden():
            for one in self._instead():
                one.hide()
            self.line.begin(self._text(self._lesson))

    def _done(self, takes: bool) -> None:
        if self.line.isHidden():
            return
        had, text = self.line.hasFocus(), self.line.text()
        for one in self._instead():
            one.show()
        self.line.hide()
        if takes:
            self.typed.emit(text)
        if had:
            self.over.emit()

    def _instead(self) -> Sequence[QWidget]:
        """What the line takes the place of."""
        raise NotImplementedError

    def _text(self, lesson: SavedSession) -> str:
        """What is typed over."""
        raise NotImplementedError


class Name(_Edited):
    """Its name, and a pencil."""

    def __init__(self) -> None:
        super().__init__(_NAME_PX)
        self.line.setAccessibleName(self.tr("Name of the lesson"))
        self.shown, self.pencil = _Shown(), QToolButton()
        self.pencil.setAccessibleName(self.tr("Rename the lesson"))
        self.pencil.setToolTip(self.tr("Rename the lesson (F2)"))
        set_role(self.pencil, "quiet")
        request_icon(self.pencil, "pencil-outline", "muted")
        self._row.addWidget(self.shown)
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self.pencil)
        self._row.addStretch(1)
        self.shown.clicked.connect(self.edit)
        self.pencil.clicked.connect(self.edit)

    def text(self) -> str:
        """As much of it as is shown."""
        return self.shown.text()

    def show_lesson(self, lesson: SavedSession) -> None:
        """Is its name."""
        self._lesson = lesson
        self.shown.show_name(words.name(lesson))

    def _instead(self) -> Sequence[QWidget]:
        return self.shown, self.pencil

    def _text(self, lesson: SavedSession) -> str:
        return words.name(lesson)


class ClassAndFacts(_Edited):
    """Its class, which is pressed to be edited, and what is known of the lesson."""

    def __init__(self, facts: str, classes: Callable[[], Sequence[str]]) -> None:
        """`classes`: those that she has used; slow."""
        super().__init__(_CLASS_PX)
        self._classes = classes
        self.line.setAccessibleName(self.tr("Class of the lesson"))
        self.line.setPlaceholderText(self.tr("Class, such as 9b"))
        self.of, self.facts = QPushButton(), PlainLabel(facts)
        self.of.setAutoDefault(False)
        self.of.setToolTip(self.tr("Say which class it was (Shift+F2)"))
        set_role(self.of, "segment")
        set_role(self.facts, "muted")
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self._row.addWidget(self.of, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.line)
        self._row.addWidget(self.facts, 1)
        self.of.clicked.connect(self.edit)

    def show_lesson(self, lesson: SavedSession) -> None:
        """Is its class."""
        self._lesson = lesson
        named = lesson.class_name
        cut = self.of.fontMetrics().elidedText(named, Qt.TextElideMode.ElideRight, px(_CLASS_PX))
        self.of.setText(cut.replace("&", "&&") if named else self.tr("Class…"))
        spoken = self.tr("Class: {class_name}").format(class_name=named) if named else self.tr("No class yet")
        self.of.setAccessibleName(spoken)
        self.of.setAccessibleDescription(self.of.toolTip())

    def edit(self) -> None:
        """Opens the line, which completes the classes that she has used."""
        super().edit()
        run_job(self._classes, self._complete, lambda _sentence: None, self)  # without them all is typed

    def _complete(self, known: Sequence[str]) -> None:
        completer = QCompleter(list(known), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)

    def _instead(self) -> Sequence[QWidget]:
        return (self.of,)

    def _text(self, lesson: SavedSession) -> str:
        return lesson.class_name
