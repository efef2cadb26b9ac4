"""How the class moved: its shares as a stack and as seven curves over the session."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.readings.withholding import MIN_READABLE, is_withheld
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Marker
from fer_desktop.ui.look.theme import SPACE, current_theme, px, resizes_text, set_role
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.keyboard import OneStop
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.png_file import write_png
from fer_desktop.ui.trend.history import History
from fer_desktop.ui.trend.legend import Legend
from fer_desktop.ui.trend.plots import TrendPlots
from fer_desktop.ui.trend.spoken import TrendWords

Panels = Literal["share", "curves", "both"]
WHOLE_SESSION: Final = None
# What can be chosen, what its button says, and what it is called where it is not seen.
_RANGES: Final = (
    (60.0, QT_TRANSLATE_NOOP("TrendView", "1 min"), QT_TRANSLATE_NOOP("TrendView", "Show the last 1 min")),
    (300.0, QT_TRANSLATE_NOOP("TrendView", "5 min"), QT_TRANSLATE_NOOP("TrendView", "Show the last 5 min")),
    (900.0, QT_TRANSLATE_NOOP("TrendView", "15 min"), QT_TRANSLATE_NOOP("TrendView", "Show the last 15 min")),
    (WHOLE_SESSION, QT_TRANSLATE_NOOP("TrendView", "All"), QT_TRANSLATE_NOOP("TrendView", "Show the whole session")),
)
_PANELS: Final[tuple[tuple[Panels, object, object], ...]] = (
    ("share", QT_TRANSLATE_NOOP("TrendView", "Share"), QT_TRANSLATE_NOOP("TrendView", "Show share")),
    ("curves", QT_TRANSLATE_NOOP("TrendView", "Curves"), QT_TRANSLATE_NOOP("TrendView", "Show curves")),
    ("both", QT_TRANSLATE_NOOP("TrendView", "Both"), QT_TRANSLATE_NOOP("TrendView", "Show both")),
)
_SHORTEST_S: Final = 60.0  # a whole session shows a minute at least
_TITLE_FROM_PX: Final = 720
_ON: Final = "»"  # is turned round where one reads from the right
_PICTURE: Final = QSize(1280, 720)
_PICTURE_SCALE: Final = 1.5


class TrendView(QWidget):
    """Follows the session as it grows, unless the user looks back. Gaps stay gaps."""

    def __init__(self, parent: QWidget | None = None, history: History | None = None) -> None:
        super().__init__(parent)
        self._history = history if history is not None else History()
        self._range_s: float | None = 300.0
        self._following = True
        self.plots = TrendPlots(self._history)
        self.legend, self._words = Legend(), TrendWords(self)
        self._title = PlainLabel(self.tr("Share of the class"))
        set_role(self._title, "strong")
        self._empty = PlainLabel(self.tr("The class over time appears here as soon as a face is read."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        set_role(self._empty, "on_chart")
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._back = QPushButton(self.tr("Back to now"))
        set_role(self._back, "segment")
        self._panel_group = self._make_group([words for _, *words in _PANELS])
        self._range_group = self._make_group([words for _, *words in _RANGES])
        self._lay_out()
        self._connect()
        self.setAccessibleName(self.tr("Trend of the class"))
        self.plots.setAccessibleName(self.tr("Share of the class over time"))
        speak_as(self.plots, Role.Chart)
        self.set_panels("share")
        self.set_range(300.0)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(960, 260)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is given, and high enough for all names beside the curves."""
        return QSize(1, self._header.sizeHint().height() + SPACE + self.legend.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts what stands above where it has room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Does so with words of another size too."""
        super().changeEvent(event)
        if resizes_text(event):
            QTimer.singleShot(0, self, self._fit)

    def entitle(self, title: str) -> None:
        """Another title; none where it is empty, as where the view is a part of what has one."""
        self._title.setText(title)
        self._fit()

    def _make_group(self, words: Sequence[Sequence[object]]) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, (label, name) in enumerate(words):
            button = QToolButton()
            button.setText(self.tr(str(label)))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self.tr(str(name)))
            set_role(button, "segment")
            group.addButton(button, number)
        return group

    def _lay_out(self) -> None:
        self._choices = tuple(_row(group.buttons()) for group in (self._panel_group, self._range_group))
        self._header = QGridLayout()
        self._header.setHorizontalSpacing(SPACE)
        self._header.setVerticalSpacing(0)
        self._header.setColumnStretch(2, 1)
        self._header.addWidget(self._title, 0, 0)
        self._header.addWidget(self._choices[0], 0, 1)
        self._header.addWidget(self._back, 0, 3)
        self._back.setAccessibleName(self._back.text())
        policy = self._back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(policy)
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        body = QGridLayout()
        body.setHorizontalSpacing(SPACE)
        body.addWidget(self.plots, 0, 0)
        body.addWidget(self._empty, 0, 0, Qt.AlignmentFlag.AlignCenter)
        body.addWidget(self.legend, 0, 1)
        body.setColumnStretch(0, 1)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(self._header)
        layout.addLayout(body, 1)
        self._fit()
        order: list[QWidget] = [
            *self._panel_group.buttons(),
            self._back,
            *self._range_group.buttons(),
            self.plots,
            *self.legend.buttons,
        ]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        for group in (self._panel_group, self._range_group):  # now: Qt puts in order what can have the keyboard
            OneStop(group)

    def _fit(self) -> None:
        """Where it gets narrow the title goes, since what is shown is on the buttons too, and these stand in two rows.

        The way back to now is a sign alone then.
        """
        panels, ranges = self._choices
        words_px = self._back.fontMetrics().horizontalAdvance(self._back.accessibleName()) + 4 * SPACE
        narrow = self.width() < panels.sizeHint().width() + ranges.sizeHint().width() + words_px + 4 * SPACE
        self._title.setVisible(bool(self._title.text()) and self.width() >= px(_TITLE_FROM_PX) and not narrow)
        self._back.setText(_ON if narrow else self._back.accessibleName())
        self._back.setToolTip(self._back.accessibleName() if narrow else "")
        if narrow:
            self._header.addWidget(ranges, 1, 0, 1, 5, Qt.AlignmentFlag.AlignLeft)
        else:
            self._header.addWidget(ranges, 0, 4)

    def _connect(self) -> None:
        self._panel_group.idClicked.connect(lambda number: self.set_panels(_PANELS[number][0]))
        self._range_group.idClicked.connect(lambda number: self.set_range(_RANGES[number][0]))
        self._back.clicked.connect(self.follow)
        self.legend.toggled.connect(self.show_expression)
        self.plots.panned.connect(self._on_panned)
        self.plots.stepped.connect(self._on_step)

    def append(self, summary: Summary) -> None:
        """Takes the next tick's summary."""
        in_view = self.plots.span[1] >= self._history.last_s
        self._history.append(summary)
        self._empty.setText(self._why_empty(summary))
        if self._following:
            self._look()
        elif in_view:
            self._refresh()

    def _why_empty(self, summary: Summary) -> str:
        """What stands in place of the figures until there are some."""
        if not is_withheld(summary):
            return self.tr("The class over time appears here as soon as a face is read.")
        if summary.readable == 1:
            read = self.tr("1 face is read; its figures are withheld.")
        else:
            read = self.tr("%n faces are read; their figures are withheld.", None, summary.readable)
        from_when = self.tr("From {least} faces on they are of a class.").format(least=MIN_READABLE)
        return f"{read}\n{from_when}"

    def mark(self, marker: Marker) -> None:
        """Takes a moment that was named."""
        self._history.mark(marker)
        self._refresh()

    def show_markers(self, markers: Iterable[Marker]) -> None:
        """The named moments as they are now, renamed ones and those taken away too."""
        self._history.show_markers(markers)
        self._refresh()

    def catch_up(self) -> None:
        """Draws what came while the view was hidden, straight into its history."""
        if self._following:
            self._look()
        else:
            self._refresh()

    def clear(self) -> None:
        """Forgets the session, and which curves were hidden in it."""
        self._history.clear()
        for expression in range(N_EXPRESSIONS):
            self.show_expression(expression, True)
        self.follow()

    def set_panels(self, panels: Panels) -> None:
        """Shows the stacked share, the curves, or both on one time axis."""
        number = [known for known, *_ in _PANELS].index(panels)
        self._panel_group.button(number).setChecked(True)
        self.plots.set_panels(share=panels != "curves", curves=panels != "share")
        self.plots.refresh()

    def set_range(self, range_s: float | None) -> None:
        """Shows that much of the session up to now; None the whole of it."""
        self._range_s = range_s
        for number, (known_s, *_) in enumerate(_RANGES):
            self._range_group.button(number).setChecked(known_s == range_s)
        self.follow()

    def follow(self) -> None:
        """Looks at now, and goes on doing so."""
        self._following = True
        self._back.setVisible(False)
        self._look()

    @property
    def following(self) -> bool:
        """Whether the view moves with the session."""
        return self._following

    def show_expression(self, expression: int, shown: bool) -> None:
        """Shows or hides a curve; in the stack a hidden one keeps its place without its colour."""
        self.plots.shown[expression] = shown
        self.legend.button(expression).setChecked(shown)
        self.plots.refresh()

    def _look(self) -> None:
        last_s = self._history.last_s
        span_s = max(_SHORTEST_S, last_s) if self._range_s is None else self._range_s
        end_s = max(last_s, span_s)
        self.plots.set_span(end_s - span_s, end_s)
        self._refresh()

    def _refresh(self) -> None:
        self._empty.setVisible(not self._history.has_figures)
        self.plots.refresh()
        said = self._words.described(self._history.points(*self.plots.span))
        if said != self.plots.accessibleDescription():
            self.plots.setAccessibleDescription(said)

    def _on_panned(self) -> None:
        self._following = False
        self._back.setVisible(True)
        self._refresh()

    def _on_step(self, step: int) -> None:
        start_s, end_s = self.plots.span
        shift_s = max(-start_s, step * (end_s - start_s) / 10)
        if step == 0 or end_s + shift_s >= self._history.last_s:
            self.follow()
        else:
            self.plots.set_span(start_s + shift_s, end_s + shift_s)
            self._on_panned()

    def save_png(self, path: Path) -> None:
        """Writes a picture of the whole session, both panels, whole or not at all. Raises StoreError."""
        picture = TrendView(history=self._history)
        picture.set_panels("both")
        for group in (picture._panel_group, picture._range_group):
            for button in group.buttons():
                button.hide()
        for expression, shown in enumerate(self.plots.shown):
            picture.show_expression(expression, shown)
        picture._layout.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        palette = picture.palette()
        palette.setColor(QPalette.ColorRole.Window, current_theme().card)
        picture.setPalette(palette)
        picture.setAutoFillBackground(True)
        picture.resize(_PICTURE)
        picture.ensurePolished()
        picture._layout.activate()
        picture.set_range(WHOLE_SESSION)
        pixmap = QPixmap(_PICTURE * _PICTURE_SCALE)
        pixmap.setDevicePixelRatio(_PICTURE_SCALE)
        picture.render(pixmap)
        picture.deleteLater()
        write_png(pixmap, Path(path))


def _row(buttons: Sequence[QAbstractButton]) -> QWidget:
    """The buttons beside each other."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE // 2)
    for button in buttons:
        layout.addWidget(button)
    return row
