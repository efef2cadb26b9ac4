"""The two plots of the trend: the class as a stack of shares, and seven curves."""

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.ui.look.ring import paint_ring
from fer_desktop.ui.look.theme import SMALL, Theme, app_font, current_theme, px, resizes_text, text_percent
from fer_desktop.ui.trend.history import History, Points
from fer_desktop.ui.trend.items import LABEL_PX, MarkerLayer, ShareAxis, StackItem, TimeAxis, TimeViewBox

_SYMBOLS: Final = 9  # along a curve: the second cue beside its colour
_SYMBOL_PX: Final = 9
_CURVE_PX: Final = 2
_LEFT_AXIS_PX: Final = 54
_TICK_TEXT_PX: Final = 8  # between an axis and its labels
_GAP_PX: Final = 8  # between the two plots
_LABEL_PX: Final = 20


class TrendPlots(pg.GraphicsLayoutWidget):
    """Stack above curves on one time axis; either may be hidden. Draws what is in view, 600 points per curve."""

    panned = Signal()  # the user moved along time
    stepped = Signal(int)  # a key asks for a step back (-1), on (1), or to the end (0)

    def __init__(self, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.shown = [True] * N_EXPRESSIONS
        self._percent = text_percent()
        self._curve_top = 1.0
        self.stack = StackItem()
        self.curves = [pg.PlotCurveItem(connect="finite", antialias=True) for _ in range(N_EXPRESSIONS)]
        self._symbols = [pg.ScatterPlotItem(size=_SYMBOL_PX, pen=None) for _ in range(N_EXPRESSIONS)]
        self._layers = [MarkerLayer(history.markers), MarkerLayer(history.markers)]
        self.share_plot, self.curve_plot = self._make_plot(), self._make_plot()
        self._heads = [pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=90)]  # the shown moment of a stored lesson
        for plot, head in zip((self.share_plot, self.curve_plot), self._heads, strict=True):
            head.setZValue(20)
            head.hide()
            plot.addItem(head, ignoreBounds=True)
        for plot, layer in zip((self.share_plot, self.curve_plot), self._layers, strict=True):
            plot.addItem(layer, ignoreBounds=True)
        self.share_plot.addItem(self.stack, ignoreBounds=True)
        for curve, symbols in zip(self.curves, self._symbols, strict=True):
            curve.setSegmentedLineMode("on")
            self.curve_plot.addItem(curve, ignoreBounds=True)
            self.curve_plot.addItem(symbols, ignoreBounds=True)
        self.ci.layout.setVerticalSpacing(_GAP_PX)
        # The last label of the time axis is centred on its tick and would be cut at the edge.
        self.ci.layout.setContentsMargins(0, 0, _LABEL_PX, 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_panels(share=True, curves=True)
        self._follow_theme()

    def _make_plot(self) -> Any:
        axes = {"bottom": TimeAxis("bottom"), "left": ShareAxis("left")}
        plot = pg.PlotItem(viewBox=TimeViewBox(), axisItems=axes)
        plot.hideButtons()
        plot.disableAutoRange()
        plot.showGrid(y=True, alpha=1.0)
        plot.getAxis("left").setZValue(-1)
        plot.vb.sigRangeChangedManually.connect(lambda *_: self._on_panned(plot))
        return plot

    def _on_panned(self, plot: Any) -> None:
        self.set_span(*plot.vb.viewRange()[0])
        self.panned.emit()

    def set_panels(self, share: bool, curves: bool) -> None:
        """Which of the two are there; the names of the markers stand in the upper one."""
        self.ci.clear()
        row = 0
        for wanted, plot, layer in zip((share, curves), (self.share_plot, self.curve_plot), self._layers, strict=True):
            plot.setVisible(wanted)
            layer.named = wanted and row == 0
            if wanted:
                self.ci.addItem(plot, row=row, col=0)
                row += 1
        self.share_plot.showAxis("bottom", not curves)
        self._fit_heights()

    def set_span(self, start_s: float, end_s: float) -> None:
        """Looks at that time."""
        for plot in (self.share_plot, self.curve_plot):
            plot.setXRange(start_s, end_s, padding=0)

    @property
    def span(self) -> tuple[float, float]:
        """The time in view."""
        start_s, end_s = self.share_plot.vb.viewRange()[0]
        return float(start_s), float(end_s)

    def show_position(self, elapsed_s: float | None) -> None:
        """Which moment of a stored lesson is shown; None: none."""
        for head in self._heads:
            head.setVisible(elapsed_s is not None)
            head.setPos(elapsed_s or 0.0)

    def refresh(self) -> None:
        """Draws what lies in view."""
        points = self._history.points(*self.span)
        if self.share_plot.isVisible():
            self.stack.shown = self.shown
            self.stack.set_points(points)
        if self.curve_plot.isVisible():
            self._draw_curves(points)
        for layer in self._layers:
            layer.update()

    def _draw_curves(self, points: Points) -> None:
        highest = 0.0
        for expression, (curve, symbols) in enumerate(zip(self.curves, self._symbols, strict=True)):
            shown = self.shown[expression]
            curve.setVisible(shown)
            symbols.setVisible(shown)
            if shown:
                shares = points.shares[:, expression].astype(np.float64)
                curve.setData(points.elapsed_s, shares)
                places = _symbol_places(points, expression)
                symbols.setData(points.elapsed_s[places], shares[places])
                highest = max(highest, float(np.nan_to_num(shares).max(initial=0.0)))
        # In quarters, so that the scale seldom moves.
        self._curve_top = min(1.0, max(0.5, np.ceil(highest * 4) / 4))
        self._fit_heights()

    def _fit_heights(self) -> None:
        for plot, top in ((self.share_plot, 1.0), (self.curve_plot, self._curve_top)):
            height = max(2.0 * px(LABEL_PX), plot.vb.height())
            plot.getAxis("left").top = top
            plot.setYRange(0, top * height / (height - px(LABEL_PX)), padding=0)

    def _follow_theme(self) -> None:
        theme = current_theme()
        self.setBackground(theme.card)
        for plot in (self.share_plot, self.curve_plot):
            for side in ("left", "bottom"):
                _style_axis(plot.getAxis(side), theme)
            plot.getAxis("left").setWidth(px(_LEFT_AXIS_PX))
        for expression in range(N_EXPRESSIONS):
            colour = theme.expressions[expression]
            self.curves[expression].setPen(pg.mkPen(colour, width=_CURVE_PX))
            self._symbols[expression].setSymbol(theme.symbols[expression])
            self._symbols[expression].setBrush(colour)
        for head in self._heads:
            head.setPen(pg.mkPen(theme.focus, width=2))
        self.stack.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move along time, End goes back to now."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_End: 0}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the plots, and the ring of the keyboard over them."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            paint_ring(painter, self.viewport())
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides the ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the markers' names above the figures."""
        super().resizeEvent(event)
        if hasattr(self, "curve_plot"):  # pyqtgraph resizes while it is being made
            self._fit_heights()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme and the size of text."""
        known = hasattr(self, "curve_plot")  # pyqtgraph changes while it is being made
        resized = known and resizes_text(event) and self._percent != text_percent()
        if resized or (known and event.type() == QEvent.Type.PaletteChange):
            self._percent = text_percent()
            self._follow_theme()
            self._fit_heights()
        super().changeEvent(event)


def _symbol_places(points: Points, expression: int) -> "np.typing.NDArray[np.int64]":
    """Points that carry a symbol: the same moments however far the curve has moved, each curve its own."""
    numbers = points.first + np.arange(len(points.elapsed_s))
    every = max(8, 1 << (len(numbers) // _SYMBOLS).bit_length())
    wanted = (numbers + expression * every // N_EXPRESSIONS) % every == 0
    return np.flatnonzero(wanted & np.isfinite(points.shares[:, expression]))


def _style_axis(axis: Any, theme: Theme) -> None:
    axis.setTickFont(app_font(SMALL))
    axis.setTextPen(theme.muted)
    axis.setPen(pg.mkPen(theme.line))
    axis.setStyle(tickLength=0, tickTextOffset=_TICK_TEXT_PX, hideOverlappingLabels=False)
