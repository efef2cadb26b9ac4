"""Icons from QtAwesome in the theme's colours.

The icon font takes a quarter of a second to load, so a widget only notes which icon it wants; `apply_icons` gives it
once the window was painted, and again when the theme has changed.
"""

from typing import Final, Literal

from PySide6.QtGui import QAction, QColor, QIcon
from PySide6.QtWidgets import QAbstractButton, QWidget

from fer_desktop.ui.look.theme import Theme, current_theme

Tone = Literal["text", "muted", "on_accent", "error", "link"]

_WANTED: Final = "wanted_icon"
_PREFIX: Final = "mdi6."


def icon(name: str, tone: Tone | QColor = "text") -> QIcon:
    """The icon of that name (Material Design Icons 6) in a colour, or in one of the theme in force."""
    import qtawesome

    theme: Theme = current_theme()
    colour = tone if isinstance(tone, QColor) else getattr(theme, tone)
    found: QIcon = qtawesome.icon(_PREFIX + name, color=colour, color_disabled=theme.strong_line)
    return found


def request_icon(target: QAbstractButton | QAction, name: str, tone: Tone = "text") -> None:
    """Notes the icon of a button or action for the next `apply_icons`."""
    target.setProperty(_WANTED, [name, tone])


def apply_icons(root: QWidget) -> None:
    """Gives all buttons and actions under `root` the icons that they want, in the colours of the theme in force."""
    targets: list[QAbstractButton | QAction] = [*root.findChildren(QAbstractButton), *root.findChildren(QAction)]
    if isinstance(root, QAbstractButton):
        targets.append(root)
    for target in targets:
        wanted = target.property(_WANTED)
        if wanted:
            target.setIcon(icon(*wanted))
