"""Which participants of a simulated call are visible at one time, and where."""

from fer_desktop.simulation.layout import Box, Layout, Style, View, layout
from fer_desktop.simulation.script import Moment, Part


class CallView:
    """A call's window, where a page shows `count` tiles; `view` replaces the script's.

    `window_xyxy` is the window, by default the whole picture; the script moves it within that.
    """

    def __init__(
        self,
        count: int,
        style: Style,
        picture_px: tuple[int, int],
        view: View | None = None,
        window_xyxy: Box | None = None,
        gap_px: int | None = None,
        corner_px: int | None = None,
    ) -> None:
        self._count, self._style, self._picture_px, self._view = count, style, picture_px, view
        self._whole = window_xyxy or (0, 0, *picture_px)
        self._gap_px, self._corner_px = gap_px, corner_px
        self._layouts: dict[tuple[View, int, Box], Layout] = {}

    def seen(self, moment: Moment) -> tuple[Layout, tuple[int, ...]]:
        """The layout and who is in each of its tiles."""
        page, _ = self.page(moment)
        fits = self._fits(moment)
        window = self._window(moment.window)
        view = self._view or moment.view
        if view is not View.SPEAKER:
            visible = moment.order[page * fits : (page + 1) * fits]
            return self._layout(view, len(visible), window), visible
        large = moment.speaker if moment.speaker in moment.order else moment.order[0]
        others = tuple(k for k in moment.order if k != large)
        visible = others[page * (fits - 1) : (page + 1) * (fits - 1)] if fits > 1 else ()
        made = self._layout(view, len(visible) + 1, window)
        place = made.large or 0
        return made, (*visible[:place], large, *visible[place:])

    def page(self, moment: Moment) -> tuple[int, int]:
        """The visible page, and the number of pages."""
        pages = self._pages(moment)
        return min(moment.page, pages - 1), pages

    def _pages(self, moment: Moment) -> int:
        fits = self._fits(moment)
        if (self._view or moment.view) is View.SPEAKER:
            return max(1, -(-(len(moment.order) - 1) // max(fits - 1, 1)))
        return -(-len(moment.order) // fits)

    def _fits(self, moment: Moment) -> int:
        """How many tiles fit on a page in this view."""
        most = min(self._count, len(moment.order))
        view = self._view or moment.view
        return len(self._layout(view, most, self._window(moment.window)).tiles)

    def _layout(self, view: View, count: int, window: Box) -> Layout:
        key = (view, count, window)
        if key not in self._layouts:
            if len(self._layouts) > 64:
                self._layouts.clear()
            self._layouts[key] = layout(
                self._style, view, count, self._picture_px, window, self._gap_px, self._corner_px
            )
        return self._layouts[key]

    def _window(self, part: Part) -> Box:
        x0, y0, x1, y1 = self._whole
        width, height = x1 - x0, y1 - y0
        return (
            x0 + round(part[0] * width),
            y0 + round(part[1] * height),
            x0 + round(part[2] * width),
            y0 + round(part[3] * height),
        )
