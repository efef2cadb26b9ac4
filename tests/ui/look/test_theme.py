from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.gui.made_up import gallery
from support.gui.pictures import FAMILY, picture_of, pixels, rgb

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.look.theme import (
    DARK,
    LIGHT,
    OVER_PICTURE,
    Role,
    Theme,
    app_font,
    apply_theme,
    contrast,
    current_theme,
    mixed,
    px,
    set_role,
    text_on,
    text_percent,
)
from fer_desktop.ui.session.class_bars import ClassBars
from fer_desktop.ui.session.coverage import CoverageLine
from fer_desktop.ui.sources.source_card import SourceCard
from fer_desktop.ui.sources.window_preview import WindowPreview


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_what_it_is_written_on(theme: Theme) -> None:
    for ground in (theme.ground, theme.card, theme.hover, theme.track):
        for text in (theme.text, theme.muted, theme.link, theme.error):
            assert contrast(text, ground) >= 4.5, (text.name(), ground.name())
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.strong_line, theme.card) >= 3.0


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_on_an_expressions_colour_can_be_read(theme: Theme) -> None:
    for colour in theme.expressions:
        assert contrast(text_on(colour), colour) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_groups_of_faces_have_the_colours_of_the_design_and_stand_out_by_fill_or_edge(theme: Theme) -> None:
    assert (theme.smiling.name(), theme.surprised.name()) == ("#e69f00", "#56b4e9")
    assert theme.low.name() == ("#4aa3df" if theme.is_dark else "#0072b2")
    assert (theme.neutral.name(), theme.neutral_edge.name()) == (
        ("#3a3d46", "#7a7d8a") if theme.is_dark else ("#d3d4dc", "#868894")
    )
    for edge in (theme.smiling_edge, theme.surprised_edge, theme.low, theme.neutral_edge):
        assert contrast(edge, theme.card) >= 3.0, edge.name()
    for full, pale in ((theme.smiling, theme.smiling_pale), (theme.low, theme.low_pale)):
        assert contrast(full, pale) >= 1.5, pale.name()


def test_expressions_have_the_colours_of_the_design_in_both_themes_and_symbols_of_their_own() -> None:
    wanted = {
        "neutral": "#8c8c8c",
        "happy": "#e69f00",
        "surprise": "#56b4e9",
        "sad": "#0072b2",
        "fear": "#cc79a7",
        "angry": "#d55e00",
        "disgust": "#009e73",
    }
    for theme in (LIGHT, DARK):
        assert {name: theme.expressions[index].name() for index, name in enumerate(EXPRESSIONS)} == wanted
        assert len(set(theme.symbols)) == len(EXPRESSIONS)


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


def test_a_change_of_theme_reaches_widgets_that_are_there(qapp: QApplication, qtbot: QtBot) -> None:
    button, live = QPushButton("Start"), LiveView()
    qtbot.addWidget(button)
    qtbot.addWidget(live)
    set_role(button, "primary")
    live.resize(320, 320)
    live.show_analysis(gallery(2, 2))
    before = pixels(picture_of(live))[4, 160]

    assert apply_theme(qapp, "dark") is DARK
    assert current_theme() is DARK

    assert tuple(before[::-1]) == rgb(LIGHT.track)
    assert tuple(pixels(picture_of(live))[4, 160][::-1]) == rgb(DARK.track)
    assert qapp.palette().window().color() == DARK.ground
    assert tuple(pixels(picture_of(button))[4, button.width() // 2][::-1]) == rgb(DARK.accent)


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("made", [ClassBars, CoverageLine, WindowPreview, lambda: SourceCard("", "Title", "", "")])
def test_what_paints_itself_is_painted_anew_in_another_theme(
    qapp: QApplication, qtbot: QtBot, made: Callable[[], QWidget]
) -> None:
    widget = made()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    paints = Paints(widget)
    widget.repaint()
    assert paints.count == 1
    apply_theme(qapp, "dark")
    qtbot.waitUntil(lambda: paints.count > 1)


def test_the_desktops_choice_is_followed_when_nothing_else_is_wanted(qapp: QApplication) -> None:
    theme = apply_theme(qapp, "system")
    assert theme in (LIGHT, DARK)
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme().Dark)
    assert current_theme() is DARK

    apply_theme(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme().Dark)
    assert current_theme() is LIGHT


def test_type_has_the_heights_of_the_design(qtbot: QtBot) -> None:
    label = QLabel("Mostly neutral")
    qtbot.addWidget(label)
    heights = {}
    roles: tuple[Role, ...] = ("display", "heading", "strong", "small")
    for role in roles:
        set_role(label, role)
        label.ensurePolished()
        heights[role] = label.font().pixelSize()
    assert heights == {"display": 28, "heading": 20, "strong": 14, "small": 12}
    assert app_font(14).families()[0] == FAMILY


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_of_the_style_sheet_stand_out_in_every_state(theme: Theme) -> None:
    """What `style_sheet.py` writes on what; greyed controls are left out, as the guideline does."""
    deep = QColor("#3160CC")  # a primary button under the pointer
    pairs = {
        "tooltip": (theme.card, theme.text),
        "primary": (theme.on_accent, theme.accent),
        "primary, touched": (theme.on_accent, deep),
        "primary, greyed": (theme.muted, theme.track),
        "segment": (theme.muted, theme.card),
        "segment, touched": (theme.text, theme.hover),
        "segment, chosen": (theme.text, theme.track),
        "selected words": (theme.on_accent, theme.accent),
        "status line": (theme.muted, theme.ground),
        "words on a chart": (theme.muted, theme.card),
    }
    assert {name: contrast(*pair) for name, pair in pairs.items() if contrast(*pair) < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_lines_and_borders_of_controls_have_3_to_1(theme: Theme) -> None:
    marks = {
        **{f"marker {index}": (colour, theme.card) for index, colour in enumerate(theme.markers)},
        "accent on a card": (theme.accent, theme.card),
        "accent on the ground": (theme.accent, theme.ground),
        "filled bar": (theme.focus, theme.track),
        "border on a card": (theme.strong_line, theme.card),
        "border on the ground": (theme.strong_line, theme.ground),
        "lost": (theme.error, theme.ground),
    }
    assert {name: contrast(*pair) for name, pair in marks.items() if contrast(*pair) < 3.0} == {}


@pytest.mark.parametrize("ground", ["#000000", "#FFFFFF", "#808080"])
def test_words_over_a_picture_can_be_read_however_bright_it_is(ground: str) -> None:
    over, under, share = OVER_PICTURE, QColor(ground), OVER_PICTURE.ground.alphaF()
    seen = mixed(QColor("#000000"), under, 1 - share)
    for ink in (over.ink, over.quiet):
        assert contrast(ink, seen) >= 4.5


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_type_heights_and_lengths_go_with_the_size_of_text(qapp: QApplication, qtbot: QtBot) -> None:
    label, button = QLabel("Mostly neutral"), QPushButton("Start")
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.show()
    set_role(label, "heading")
    before = button.sizeHint().height()
    apply_theme(qapp, "light", percent=150)
    assert (px(24), app_font(14).pixelSize(), label.font().pixelSize(), button.font().pixelSize()) == (36, 21, 30, 21)
    assert button.sizeHint().height() >= 1.4 * before
    button.setFocus()
    assert button.sizeHint().height() in (47, 48)  # the ring takes no room of its own
    apply_theme(qapp, "dark")
    assert text_percent() == 150  # another theme leaves it
    apply_theme(qapp, "light", percent=100)
    assert button.sizeHint().height() == before
