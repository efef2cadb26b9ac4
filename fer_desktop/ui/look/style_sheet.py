"""The style sheet of the window's standard widgets."""

import re
from collections.abc import Callable, Mapping
from string import Template
from typing import Final

_SHEET: Final = """
QLabel[role="display"] { font-size: ~28px; font-weight: 600; }
QLabel[role="heading"] { font-size: ~20px; font-weight: 600; }
QLabel[role="clock"] { font-size: ~20px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ~12px; }
QLabel[role="error"] { color: $error; }
QLabel[role="on_chart"] { color: $muted; background: $card; padding: 8px; }

QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: 8px; }

QFrame[role="floating"] { background: $card; border: 1px solid $strong_line; border-radius: 8px; }

/* The ring is the border: Qt's own, inside of it, would be a second one. */
QAbstractButton, QTabBar, QSlider { outline: none; }
QPushButton, QToolButton {
    background: $card; color: $text; border: 1px solid $strong_line; border-radius: 8px;
    padding: 0 14px; min-height: ~30px;
}
QToolButton { padding: 0 8px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked { background: $track; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 0 13px; min-height: ~30-2px; }
QToolButton:focus { padding: 0 7px; }
QPushButton:disabled, QToolButton:disabled { color: $strong_line; border-color: $line; background: $ground; }
QToolButton::menu-indicator { image: none; }

QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
}
QPushButton[role="primary"]:hover { background: $deep; border-color: $deep; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $track; color: $muted; border-color: $track; }

QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $track; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid $focus; }

QPushButton[role="segment"], QToolButton[role="segment"] {
    background: transparent; border: 1px solid transparent; border-radius: 6px; color: $muted;
    font-size: ~12px; padding: 0 9px; min-height: ~22px;
}
QPushButton[role="segment"]:hover, QToolButton[role="segment"]:hover { background: $hover; color: $text; }
QPushButton[role="segment"]:disabled, QToolButton[role="segment"]:disabled { color: $strong_line; }
QPushButton[role="segment"]:checked, QToolButton[role="segment"]:checked { background: $track; color: $text; }
QPushButton[role="segment"]:focus, QToolButton[role="segment"]:focus {
    border: 2px solid $focus; padding: 0 8px; min-height: ~22-2px;
}

QPushButton[role="small"] { font-size: ~12px; border-radius: 6px; padding: 0 8px; min-height: ~22px; }
QPushButton[role="small"]:focus { padding: 0 7px; min-height: ~22-2px; }
QPushButton[role="small"]:checked { background: $card; border: 2px solid $accent; padding: 0 7px; min-height: ~22-2px; }
QPushButton[role="small"]:checked:focus { border-color: $focus; background: $track; }

QToolButton[role="legend"] {
    background: transparent; border: 1px solid transparent; border-radius: 6px; color: $text;
    font-size: ~12px; padding: 0 5px; min-height: ~20px; text-align: left;
}
QToolButton[role="legend"]:hover { background: $hover; }
QToolButton[role="legend"]:!checked { color: $muted; }
QToolButton[role="legend"]:focus { border: 2px solid $focus; padding: 0 4px; min-height: ~20-2px; }

QLineEdit, QPlainTextEdit, QTextEdit {
    background: $card; color: $text; border: 1px solid $strong_line; border-radius: 8px; padding: 0 8px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit { min-height: ~30px; }
QLineEdit QToolButton { min-height: 0; border: 0; padding: 0; background: transparent; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 0 7px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px; }
QLineEdit:disabled { color: $strong_line; border-color: $line; background: $ground; }

QComboBox, QAbstractSpinBox {
    background: $card; color: $text; border: 1px solid $strong_line; border-radius: 8px;
    padding: 0 8px; min-height: ~30px; selection-background-color: $accent; selection-color: $on_accent;
}
QComboBox:hover { background: $hover; }
QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $focus; padding: 0 7px; min-height: ~30-2px; }
QComboBox:disabled, QAbstractSpinBox:disabled { color: $strong_line; border-color: $line; background: $ground; }
QComboBox::drop-down { border: 0; width: ~28px; }
QComboBox::down-arrow { image: url($down); width: ~16px; height: ~16px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit, QComboBox QLineEdit:focus {
    border: 0; border-radius: 0; padding: 0 0 0 7px; min-height: 0; background: transparent;
}
QAbstractSpinBox { padding-right: 2px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 24px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url($up); width: ~12px; height: ~12px; }
QAbstractSpinBox::down-arrow { image: url($down); width: ~12px; height: ~12px; }
QAbstractSpinBox[role="small"] { font-size: ~12px; min-height: ~22px; }
QAbstractSpinBox[role="small"]:focus { min-height: ~20px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $line; padding: 4px; }

QCheckBox, QRadioButton {
    spacing: 8px; min-height: ~24px; border: 2px solid transparent; border-radius: 6px; padding: 0 4px 0 2px;
}
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator {
    width: ~16px; height: ~16px; border: 1px solid $strong_line; border-radius: 4px; background: $card;
}
QRadioButton::indicator { border-radius: ~9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url($dot); }
QCheckBox:disabled, QRadioButton:disabled { color: $strong_line; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $track; }

QSlider { min-height: ~20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $track; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border: 1px solid $strong_line; border-radius: 8px; background: $card;
}
QSlider::handle:horizontal:focus { border: 2px solid $focus; width: 12px; height: 12px; }

QListView, QTreeView, QTableView {
    background: $card; border: 1px solid $line; border-radius: 8px; padding: 4px; outline: 0;
}
QListView::item { border: 2px solid transparent; border-radius: 6px; padding: 4px; min-height: ~24px; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $track; border-color: $strong_line; color: $text; }
QListView:focus, QTreeView:focus { border: 2px solid $focus; padding: 3px; }
QListView::item:selected:focus { border-color: $focus; }

QTreeView { show-decoration-selected: 1; selection-background-color: $track; selection-color: $text; }
QTreeView::item { border: 0; padding: 4px 8px; min-height: ~24px; }
QTreeView::item:hover { background: $hover; }
QTreeView::item:selected { background: $track; color: $text; }
QTableView { selection-background-color: $track; selection-color: $text; }
QTableView::item { border: 0; padding: 0 5px; }
QTableView::item:hover { background: $hover; }
QTableView::item:selected { background: $track; }
QTableView:focus { border: 2px solid $focus; padding: 3px; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section {
    background: transparent; color: $muted; border: 0; border-bottom: 1px solid $line;
    padding: 4px 8px; font-size: ~12px;
}

QProgressBar { background: $track; border: 0; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: $focus; border-radius: 4px; }

QMenu { background: $card; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $track; color: $text; }
QMenu::item:disabled { color: $strong_line; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QToolTip { background: $text; color: $card; border: 0; padding: 6px 8px; font-size: ~12px; }

QStatusBar { background: $ground; color: $muted; font-size: ~12px; border-top: 1px solid $line; }
QStatusBar QLabel { color: $muted; font-size: ~12px; }
QStatusBar::item { border: 0; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }

QTabBar::tab { background: transparent; color: $muted; padding: 8px 16px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $link; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }

QScrollArea { border: 0; background: transparent; }
QScrollArea[role="read"] { border: 2px solid transparent; border-radius: 8px; }
QScrollArea[role="read"]:focus { border-color: $focus; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $strong_line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


_GROWING: Final = re.compile(r"~(\d+)(-\d+)?px")  # "~30-2px": 30 px that go with the text, less 2 that do not


def style_sheet(values: Mapping[str, str], px: Callable[[float], int] = round) -> str:
    """The style sheet with the theme's colours (name to #rrggbb) and glyphs (name to file) in it.

    `px` makes a length of one at the plain size of text.
    """
    sheet = _GROWING.sub(lambda found: f"{px(int(found[1])) + int(found[2] or 0)}px", _SHEET)
    # White on the link colour of the dark theme would be hard to read: hovering deepens the accent there too.
    return Template(sheet).substitute(values, deep="#3160CC")
