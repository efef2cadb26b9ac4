"""The trend and its legend in another language."""

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from support.gui.pseudo_translation import CLOSE, OPEN, pseudo_language, untranslated

from fer_desktop.ui.trend.view import TrendView


def test_the_trend_with_its_legend_is_translated(qtbot: QtBot) -> None:
    with pseudo_language():
        trend = TrendView()
        qtbot.addWidget(trend)
        assert untranslated(trend) == []
        words = {button.text() for button in trend.findChildren(QAbstractButton)}
        assert {f"{OPEN}{word}{CLOSE}" for word in ("All", "Both", "surprise")} <= words
