"""What the seven curves show, in words: for those who do not see them."""

from PySide6.QtCore import QObject

from fer_desktop.core.expressions import STACK_ORDER
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.look.words import expression_word, in_sentences, listed
from fer_desktop.ui.trend.history import Points, runs_of_figures

_HOUR_S = 3600.0


class TrendWords(QObject):
    """Phrases about what is in view."""

    def described(self, points: Points) -> str:
        """The shares at the end of what is in view, and at its beginning."""
        runs = runs_of_figures(points)
        if not runs:
            return self.tr("No figures in what is shown.")
        last, first = runs[-1].stop - 1, runs[0].start
        now = self._at(points, last)
        return in_sentences((now, self._at(points, first))) if first != last else now

    def _at(self, points: Points, index: int) -> str:
        elapsed_s = float(points.elapsed_s[index])
        shares = (
            self.tr("{expression} {share} %").format(
                expression=expression_word(expression), share=f"{100 * float(points.shares[index, expression]):.0f}"
            )
            for expression in STACK_ORDER
        )
        time = moment_words(elapsed_s)
        return self.tr("At {time}: {shares}").format(time=time, shares=listed(shares))
