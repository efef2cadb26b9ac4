"""The look, in one place: colours, type, measures and the style sheet, light and dark.

Widgets carry no style strings. A standard widget gets its look by its class and by `set_role`; a widget that paints
itself reads `current_theme()` when it paints and repaints on `QEvent.Type.PaletteChange`, which every change of theme
sends.
"""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, N_EXPRESSIONS, NEUTRAL, SAD, SURPRISE
from fer_desktop.ui.look.glyphs import glyph_files
from fer_desktop.ui.look.style_sheet import style_sheet

SPACE: Final = 8  # px; distances are multiples of it
RADIUS: Final = 8  # px
CHIP_RADIUS, CHIP_PAD = 4, 6  # px, of words on a ground of their own
SMALL, TEXT, HEADING = 12, 14, 20  # px, heights of type
GLANCE, SENTENCE = 26, 32  # px, of what is read from a metre away: capitals of 16 arc minutes at 96 dpi
EASE_MS: Final = 300
PLAIN: Final = 100  # %, the size of text

# Okabe and Ito: told apart by colour-blind eyes. The same in both themes, in boxes, bars, curves and reports.
_OKABE_ITO: Final = {
    NEUTRAL: "#8C8C8C",
    HAPPY: "#E69F00",
    SURPRISE: "#56B4E9",
    SAD: "#0072B2",
    FEAR: "#CC79A7",
    ANGRY: "#D55E00",
    DISGUST: "#009E73",
}
# The second cue beside the colour: pyqtgraph's names of symbols.
_SYMBOLS: Final = {NEUTRAL: "o", HAPPY: "t1", SURPRISE: "star", SAD: "t", FEAR: "d", ANGRY: "s", DISGUST: "+"}

Role = Literal[
    "display",  # label: the statement, 28 px
    "heading",  # label: 20 px
    "clock",  # label: 20 px, not heavier, figures of one width
    "strong",  # label: 14 px, heavier
    "muted",  # label: secondary text
    "small",  # label: 12 px, secondary
    "error",  # label: what went wrong
    "on_chart",  # label: secondary text over a chart, whose lines end beside it
    "card",  # frame: white ground, hairline, round corners
    "floating",  # frame: as a card, with an edge that is seen over what it lies on
    "primary",  # button: the one of the page
    "quiet",  # button: no border until it is touched
    "segment",  # small button, checkable: one of several beside each other
    "legend",  # checkable tool button: an entry of a legend
    "read",  # scroll area: words that the keyboard scrolls through
]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme. Text on `ground` and `card` has 4.5:1 or more, `strong_line` 3:1."""

    name: Literal["light", "dark"]
    ground: QColor  # the window
    card: QColor  # panels on it
    text: QColor
    muted: QColor  # secondary text
    line: QColor  # hairlines
    strong_line: QColor  # borders of what can be typed in or pressed
    track: QColor  # the empty part of a bar, the margin round a picture
    hover: QColor
    accent: QColor
    on_accent: QColor
    link: QColor  # the accent as text
    focus: QColor  # the ring of the keyboard, and bars on `track`
    error: QColor  # as text
    # What groups of faces show. Fills may be faint where their edge has 3:1 on `card`; none stands without a mark.
    smiling: QColor
    smiling_edge: QColor
    smiling_pale: QColor  # as far as it is usual
    surprised: QColor
    surprised_edge: QColor
    low: QColor  # sad, afraid, angry or disgusted
    low_pale: QColor
    neutral: QColor  # recedes
    neutral_edge: QColor
    markers: tuple[QColor, ...]  # (4,) grey, violet, teal, brown: moments that were named
    expressions: tuple[QColor, ...]  # (7,) in EXPRESSIONS' order
    symbols: tuple[str, ...]  # (7,) in EXPRESSIONS' order, names of pyqtgraph's

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than what it stands on."""
        return self.name == "dark"


def _theme(name: Literal["light", "dark"], markers: tuple[str, ...], **colours: str) -> Theme:
    return Theme(
        name=name,
        markers=tuple(QColor(value) for value in markers),
        **{role: QColor(value) for role, value in colours.items()},
        expressions=tuple(QColor(_OKABE_ITO[index]) for index in range(N_EXPRESSIONS)),
        symbols=tuple(_SYMBOLS[index] for index in range(N_EXPRESSIONS)),
    )


LIGHT: Final = _theme(
    "light",
    ("#5D5E68", "#7A4FD0", "#00766C", "#8D5A2B"),
    ground="#FAFAFA",
    card="#FFFFFF",
    text="#1B1B1F",
    muted="#5D5E68",
    line="#E3E3E8",
    strong_line="#8B8C96",
    track="#EDEDF1",
    hover="#F1F1F4",
    accent="#3B6FE0",
    on_accent="#FFFFFF",
    link="#3160CC",
    focus="#3B6FE0",
    error="#B3261E",
    smiling="#E69F00",
    smiling_edge="#A06E00",
    smiling_pale="#F8E2B8",
    surprised="#56B4E9",
    surprised_edge="#2A7FB4",
    low="#0072B2",
    low_pale="#BFDCEC",
    neutral="#D3D4DC",
    neutral_edge="#868894",
)
DARK: Final = _theme(
    "dark",
    ("#A9ABB6", "#B79CF2", "#4DB6AC", "#D0A070"),
    ground="#17181C",
    card="#212329",
    text="#ECECF0",
    muted="#A9ABB6",
    line="#34363F",
    strong_line="#767985",
    track="#30323A",
    hover="#2B2D35",
    accent="#3B6FE0",
    on_accent="#FFFFFF",
    link="#8FB0F7",
    focus="#8FB0F7",
    error="#F2A09A",
    smiling="#E69F00",
    smiling_edge="#E69F00",
    smiling_pale="#5E4B22",
    surprised="#56B4E9",
    surprised_edge="#56B4E9",
    low="#4AA3DF",
    low_pale="#2C4A60",
    neutral="#3A3D46",
    neutral_edge="#7A7D8A",
)


@dataclass(frozen=True, slots=True)
class OverPicture:
    """Colours of what is painted over pictures: these may be bright or dark, whatever the theme."""

    ground: QColor  # under words
    ink: QColor  # words on it
    quiet: QColor  # boxes and words of faces that show no expression
    line: QColor  # outlines of tiles
    pointed_at: QColor  # the outline of what a click would act on
    faint_line: QColor  # of tiles whose camera is off
    edge: QColor  # beside a line, so that it is seen on a bright wall
    veil: QColor  # over what is left out


OVER_PICTURE: Final = OverPicture(
    ground=QColor(0, 0, 0, 190),
    ink=QColor("#E6E7EC"),
    quiet=QColor("#BDBFC9"),
    line=QColor(255, 255, 255, 150),
    pointed_at=QColor(255, 255, 255, 230),
    faint_line=QColor(255, 255, 255, 90),
    edge=QColor(0, 0, 0, 110),
    veil=QColor(0, 0, 0, 165),
)


@dataclass(slots=True)
class _InForce:
    wanted: str = "light"
    theme: Theme = LIGHT
    family: str = ""  # of the font; empty: the desktop's
    follows: bool = False
    percent: int = PLAIN  # of the plain size of text


_in_force: Final = _InForce()


def current_theme() -> Theme:
    """The theme in force; the light one before any was applied."""
    return _in_force.theme


def px(length: float) -> int:
    """A length that goes with the text, in whole px: `length` is what it is at the plain size of text."""
    return round(length * _in_force.percent / 100)


def theme_wanted() -> str:
    """What was applied last: "light", "dark" or "system"; empty before that."""
    return _in_force.wanted if _in_force.follows else ""


def text_percent() -> int:
    """The size of text in force, in per cent of the plain one."""
    return _in_force.percent


def resizes_text(event: QEvent) -> bool:
    """Whether text may have another size from now on; every widget is told so in its `changeEvent`."""
    return event.type() is QEvent.Type.StyleChange


def apply_theme(app: QApplication, theme: str, family: str = "", percent: int | None = None) -> Theme:
    """The theme now in force: "light", "dark", or "system" for what the desktop says, now and when it changes.

    `family` names the font, `percent` is the size of text; without them, what was named before, else the desktop's own
    font at 100 %. May be called again at any time.
    """
    if not _in_force.follows:
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(_follow_system)
    _in_force.follows, _in_force.wanted = True, theme
    _in_force.family = family or _in_force.family
    _in_force.percent = percent or _in_force.percent
    app.setFont(app_font(TEXT))
    # Tells the window frames and native dialogs too; what is neither light nor dark is the desktop's choice.
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))
    if theme == "system":
        return _put_in_force(app, DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT)
    return _put_in_force(app, DARK if theme == "dark" else LIGHT)


def _follow_system(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if _in_force.wanted == "system" and isinstance(app, QApplication):
        _put_in_force(app, DARK if scheme is Qt.ColorScheme.Dark else LIGHT)


def _put_in_force(app: QApplication, theme: Theme) -> Theme:
    _in_force.theme = theme
    colours = {name: getattr(theme, name).name() for name in _COLOUR_NAMES}
    app.setPalette(_palette(theme))
    sheet = style_sheet(colours | glyph_files(theme.muted, theme.on_accent, _in_force.percent), px)
    if sheet != app.styleSheet():  # else every widget would be told of a change that is none
        app.setStyleSheet(sheet)
    return theme


_COLOUR_NAMES: Final = (
    *("ground", "card", "text", "muted", "line", "strong_line", "track", "hover"),
    *("accent", "on_accent", "link", "focus", "error"),
)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground,
        role.WindowText: theme.text,
        role.Base: theme.card,
        role.AlternateBase: theme.hover,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.card,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.card,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.link,
        role.LinkVisited: theme.link,
        role.Light: theme.card,
        role.Midlight: theme.hover,
        role.Mid: theme.strong_line,
        role.Dark: theme.strong_line,
        role.Shadow: theme.line,
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, mixed(theme.muted, theme.card, 0.35))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, theme.strong_line)
    return palette


def app_font(size_px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A font of that height at the plain size of text, with figures of one width."""
    return font_of(px(size_px), weight)


def font_of(size_px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A font of that height whatever the size of text, for letters in a box that does not grow."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if _in_force.family:
        font.setFamilies([_in_force.family, *font.families()])
    font.setPixelSize(size_px)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def fixed_font() -> QFont:
    """A small font whose letters are all as wide, for what is to be typed."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if _in_force.family:
        font.setFamilies([f"{_in_force.family} Mono", *font.families()])
    font.setPixelSize(px(SMALL))
    return font


def set_role(widget: QWidget, role: Role) -> None:
    """Gives a standard widget the look of that role."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """A colour between two; `share` (0-1) of it is the other."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return QColor.fromRgbF(*(a * (1 - share) + b * share for a, b in pairs))


def contrast(a: QColor, b: QColor) -> float:
    """The contrast of two opaque colours, 1-21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour)]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def text_on(colour: QColor) -> QColor:
    """Black or white, whichever is easier to read on the colour; 4.5:1 at least."""
    black, white = QColor("#0B0B0D"), QColor("#FFFFFF")
    return black if contrast(black, colour) >= contrast(white, colour) else white
