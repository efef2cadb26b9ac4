"""What surrounds the tiles of a simulated call: the window's bars and the desktop behind it."""

from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.layout import THEMES, Box, Layout, Style, Theme
from fer_desktop.simulation.render.drawing import BOLD, REGULAR, Colour, fill_rounded, text_width, write, write_centred

_ZOOM_BUTTONS: Final = ("Participants", "Chat", "React", "Share", "Record", "Apps")
_TEAMS_BUTTONS: Final = ("Chat", "People", "Raise", "React", "View", "More", "Camera", "Mic", "Share")
_RED: Final[Colour] = (45, 45, 217)
_WHITE: Final[Colour] = (255, 255, 255)
_TITLES: Final = {
    Style.ZOOM_DARK: "Zoom Workplace",
    Style.ZOOM_LIGHT: "Zoom Workplace",
    Style.MEET: "Lesson – Meet",
    Style.TEAMS: "Lesson | Microsoft Teams",
}


def make_desktop(seed: int, width: int, height: int) -> Image:
    """The desktop behind the window (H, W, 3) BGR: wallpaper, icons, another window, task bar."""
    rng = np.random.default_rng([seed, 71])
    corners = (rng.uniform(60, 150) + rng.uniform(-35, 35, (2, 2, 3))).astype(np.float32)
    picture = cv2.resize(corners, (width, height), interpolation=cv2.INTER_LINEAR)
    for _ in range(4):
        centre = int(rng.integers(0, width)), int(rng.integers(0, height))
        colour = tuple(float(v) for v in rng.uniform(60, 150) + rng.uniform(-40, 40, 3))
        cv2.circle(picture, centre, int(rng.integers(height // 6, height // 2)), colour, -1)
    picture = cv2.resize(cv2.GaussianBlur(cv2.resize(picture, (160, 90)), (0, 0), 7), (width, height))
    desktop = np.asarray(np.clip(picture, 0, 255), np.uint8)
    scale = height / 1080
    _put_document(desktop, rng, scale)
    for place in range(7):
        x, y = round(24 * scale), round((24 + 104 * place) * scale)
        side = round(52 * scale)
        fill_rounded(desktop, (x, y, x + side, y + side), 8 * scale, _any_colour(rng))
        name = f"Notes {place + 1}"
        write_centred(desktop, name, x + side // 2, y + round(68 * scale), max(6, round(13 * scale)), _WHITE, REGULAR)
    _put_task_bar(desktop, rng, scale)
    return desktop


def _any_colour(rng: np.random.Generator) -> Colour:
    blue, green, red = (int(value) for value in rng.uniform(60, 240, 3))
    return blue, green, red


def _put_document(desktop: Image, rng: np.random.Generator, scale: float) -> None:
    """Another program's window, with text in it."""
    height, width = desktop.shape[:2]
    x0, y0 = int(width * rng.uniform(0.1, 0.36)), int(height * rng.uniform(0.02, 0.2))
    x1, y1 = int(x0 + width * 0.6), int(y0 + height * 0.72)
    desktop[y0:y1, x0:x1] = 250
    desktop[y0 : y0 + round(34 * scale), x0:x1] = (226, 222, 218)
    size = max(6, round(14 * scale))
    write(desktop, "Lesson plan.docx", x0 + size, y0 + round(17 * scale), size, (60, 60, 60))
    for y in range(y0 + round(80 * scale), y1 - round(30 * scale), max(8, round(26 * scale))):
        end = x0 + int((x1 - x0) * rng.uniform(0.4, 0.92))
        cv2.line(desktop, (x0 + 6 * size, y), (end, y), (120, 120, 120), max(1, round(4 * scale)))


def _put_task_bar(desktop: Image, rng: np.random.Generator, scale: float) -> None:
    height, width = desktop.shape[:2]
    top, side = height - round(44 * scale), round(26 * scale)
    desktop[top:] = (desktop[top:] * 0.25 + np.array([38, 32, 30]) * 0.75).astype(np.uint8)
    for place in range(9):
        x = width // 2 + round((place - 4.5) * 46 * scale)
        box = (x, top + round(9 * scale), x + side, top + round(9 * scale) + side)
        fill_rounded(desktop, box, 5 * scale, _any_colour(rng))


def put_window(picture: Image, layout: Layout, theme: Theme | None = None) -> None:
    """Draws the call's window with its bars and an empty stage into the picture, in place.

    `theme` gives other colours than the style's own.
    """
    x0, y0, x1, y1 = layout.window
    theme = theme or THEMES[layout.style]
    picture[y0:y1, x0:x1] = theme.bar
    left, top, right, bottom = layout.stage
    picture[top:bottom, left:right] = theme.ground
    if layout.style is Style.MEET:
        _put_browser(picture, layout)
        _put_bar_of_meet(picture, (x0, bottom, x1, y1), theme, layout.scale)
    elif layout.style is Style.TEAMS:
        _put_title(picture, layout, theme)
        _put_bar_of_teams(picture, (x0, y0 + round(34 * layout.scale), x1, top), theme, layout.scale)
    else:
        _put_title(picture, layout, theme)
        _put_bar_of_zoom(picture, (x0, bottom, x1, y1), theme, layout.scale)
    if layout.window != (0, 0, *layout.picture_px):
        cv2.rectangle(picture, (x0, y0), (x1 - 1, y1 - 1), (70, 70, 70), 1)


def _put_title(picture: Image, layout: Layout, theme: Theme) -> None:
    x0, y0, x1, _ = layout.window
    scale = layout.scale
    middle, size = y0 + round(17 * scale), max(6, round(13 * scale))
    box = (x0 + round(12 * scale), middle - round(8 * scale), x0 + round(28 * scale), middle + round(8 * scale))
    fill_rounded(picture, box, 4 * scale, (225, 130, 40) if layout.style is not Style.TEAMS else (180, 90, 90))
    write(picture, _TITLES[layout.style], x0 + round(38 * scale), middle, size, theme.ink)
    put_window_buttons(picture, x1, middle, scale, theme.ink)


def put_window_buttons(picture: Image, right: int, middle: int, scale: float, ink: Colour) -> None:
    """Minimise, maximise, close."""
    half = max(2, round(5 * scale))
    for place, kind in enumerate(("close", "maximise", "minimise")):
        x = right - round((24 + 46 * place) * scale)
        if kind == "close":
            cv2.line(picture, (x - half, middle - half), (x + half, middle + half), ink, 1, cv2.LINE_AA)
            cv2.line(picture, (x - half, middle + half), (x + half, middle - half), ink, 1, cv2.LINE_AA)
        elif kind == "maximise":
            cv2.rectangle(picture, (x - half, middle - half), (x + half, middle + half), ink, 1)
        else:
            cv2.line(picture, (x - half, middle), (x + half, middle), ink, 1)


def _put_icon(picture: Image, x: int, y: int, half: int, number: int, ink: Colour) -> None:
    """One of a few plain line drawings, centred on x, y."""
    line = max(1, half // 5)
    kind = number % 4
    if kind == 0:
        cv2.circle(picture, (x, y - half // 3), half // 2, ink, line, cv2.LINE_AA)
        cv2.ellipse(picture, (x, y + half), (half, half), 0, 200, 340, ink, line, cv2.LINE_AA)
    elif kind == 1:
        cv2.rectangle(picture, (x - half, y - half * 2 // 3), (x + half, y + half * 2 // 3), ink, line, cv2.LINE_AA)
    elif kind == 2:
        cv2.circle(picture, (x, y), half * 4 // 5, ink, line, cv2.LINE_AA)
        cv2.ellipse(picture, (x, y), (half // 2, half // 2), 0, 30, 150, ink, line, cv2.LINE_AA)
    else:
        cv2.arrowedLine(picture, (x, y + half), (x, y - half), ink, line, cv2.LINE_AA, tipLength=0.4)


def _put_bar_of_zoom(picture: Image, box: Box, theme: Theme, scale: float) -> None:
    x0, y0, x1, y1 = box
    size, middle = max(6, round(11 * scale)), (y0 + y1) // 2
    labels = (*(("Audio", "Video") if x1 - x0 > 700 * scale else ()), *_ZOOM_BUTTONS)
    step = min(round(84 * scale), (x1 - x0) // (len(labels) + 3))
    first = (x0 + x1) // 2 - step * (len(_ZOOM_BUTTONS) - 1) // 2
    for place, label in enumerate(labels):
        at_left = len(labels) > len(_ZOOM_BUTTONS) and place < 2
        x = x0 + round((48 + 76 * place) * scale) if at_left else first + step * (place - len(labels) + 6)
        _put_icon(picture, x, middle - round(8 * scale), max(3, round(9 * scale)), place, theme.ink)
        if text_width(label, size) < step:
            write_centred(picture, label, x, middle + round(17 * scale), size, theme.ink, REGULAR)
    end = (x1 - round(78 * scale), middle - round(15 * scale), x1 - round(14 * scale), middle + round(15 * scale))
    fill_rounded(picture, end, 8 * scale, _RED)
    write_centred(picture, "End", (end[0] + end[2]) // 2, middle, max(6, round(13 * scale)), _WHITE, BOLD)


def _put_bar_of_teams(picture: Image, box: Box, theme: Theme, scale: float) -> None:
    x0, y0, x1, y1 = box
    size, middle = max(6, round(11 * scale)), (y0 + y1) // 2
    write(picture, "24:17", x0 + round(20 * scale), middle, max(6, round(14 * scale)), theme.ink)
    end = (x1 - round(104 * scale), middle - round(16 * scale), x1 - round(14 * scale), middle + round(16 * scale))
    fill_rounded(picture, end, 4 * scale, (75, 49, 196))
    write_centred(picture, "Leave", (end[0] + end[2]) // 2, middle, max(6, round(13 * scale)), _WHITE, BOLD)
    step = min(round(64 * scale), (end[0] - x0 - round(90 * scale)) // (len(_TEAMS_BUTTONS) + 1))
    for place, label in enumerate(_TEAMS_BUTTONS):
        x = end[0] - step * (len(_TEAMS_BUTTONS) - place)
        _put_icon(picture, x, middle - round(8 * scale), max(3, round(9 * scale)), place, theme.ink)
        if text_width(label, size) < step:
            write_centred(picture, label, x, middle + round(16 * scale), size, theme.ink, REGULAR)


def _put_bar_of_meet(picture: Image, box: Box, theme: Theme, scale: float) -> None:
    x0, y0, x1, y1 = box
    middle, size = (y0 + y1) // 2, max(6, round(14 * scale))
    write(picture, "10:24  |  qnb-ihqz-wvm", x0 + round(24 * scale), middle, size, theme.ink)
    radius, step = round(22 * scale), round(56 * scale)
    for place in range(6):
        x = (x0 + x1) // 2 + round((place - 3) * step)
        fill_rounded(picture, (x - radius, middle - radius, x + radius, middle + radius), radius, theme.button)
        _put_icon(picture, x, middle, max(3, round(9 * scale)), place, theme.ink)
    x = (x0 + x1) // 2 + 3 * step
    fill_rounded(picture, (x - radius, middle - radius, x + round(1.7 * radius), middle + radius), radius, _RED)
    cv2.line(picture, (x, middle), (x + radius // 2, middle), _WHITE, max(2, radius // 4), cv2.LINE_AA)
    for place in range(4):
        x = x1 - round((40 + 48 * place) * scale)
        _put_icon(picture, x, middle, max(3, round(9 * scale)), place, theme.ink)


def _put_browser(picture: Image, layout: Layout) -> None:
    """A browser's tabs and address."""
    x0, y0, x1, _ = layout.window
    scale = layout.scale
    tabs, address = round(38 * scale), layout.stage[1] - y0
    picture[y0 : y0 + tabs, x0:x1] = (230, 225, 222)
    picture[y0 + tabs : y0 + address, x0:x1] = (255, 255, 255)
    size = max(6, round(12 * scale))
    for place, title in enumerate((_TITLES[Style.MEET], "Timetable", "Worksheets")):
        left = x0 + round((12 + 220 * place) * scale)
        if left + round(210 * scale) > x1 - round(150 * scale):
            break
        if place == 0:
            fill_rounded(
                picture, (left, y0 + round(7 * scale), left + round(210 * scale), y0 + tabs), 6 * scale, _WHITE
            )
        write(picture, title, left + round(14 * scale), y0 + round(22 * scale), size, (70, 66, 62))
    middle = y0 + (tabs + address) // 2
    field = (x0 + round(110 * scale), middle - round(14 * scale), x1 - round(90 * scale), middle + round(14 * scale))
    fill_rounded(picture, field, 14 * scale, (244, 241, 240))
    write(picture, "meet.google.com/qnb-ihqz-wvm", field[0] + round(16 * scale), middle, size, (70, 66, 62))
    for place in range(3):
        cv2.circle(
            picture, (x0 + round((24 + 30 * place) * scale), middle), max(2, round(7 * scale)), (110, 106, 100), 1
        )
    put_window_buttons(picture, x1, y0 + round(18 * scale), scale, (70, 66, 62))
