"""What is around a case's stage: bars, desktops, docks and open side panels."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import Panel, Surroundings
from fer_desktop.simulation.hard_cases.pasting import paste, resized
from fer_desktop.simulation.hard_cases.texts import LINES, put_lines
from fer_desktop.simulation.layout import Box, Style, Theme, View, layout
from fer_desktop.simulation.render.backgrounds import Background, make_background
from fer_desktop.simulation.render.drawing import BOLD, REGULAR, Colour, blend, fill_rounded, fitting, microphone, write
from fer_desktop.simulation.render.window import make_desktop, put_window

_PANEL: Final = (0.2, 0.27)  # of the stage's width
_TASK_BAR_PX: Final = 44
_MENU_BAR_PX: Final = 26
_DOCK_PX: Final = 76
_LIGHTS: Final[tuple[Colour, ...]] = ((87, 95, 255), (46, 188, 254), (64, 201, 40))  # close, minimise, zoom
_RED: Final[Colour] = (66, 66, 235)


@dataclass(frozen=True, slots=True, eq=False)
class Surrounded:
    """Everything but the stage's contents."""

    picture: Image  # (H, W, 3)
    stage: Box
    scale: float  # of bars and lines; 1 is full size


def surround(
    rng: np.random.Generator, kind: Surroundings, style: Style, theme: Theme, canvas_px: tuple[int, int]
) -> Surrounded:
    """The canvas with an empty stage."""
    width, height = canvas_px
    seed = int(rng.integers(1 << 30))
    if kind is Surroundings.ANY:
        kind = Surroundings.NOTHING if rng.random() < 0.35 else Surroundings.BARS
    scale = min(max(height / 1080, 0.5), 1.5)
    if kind in (Surroundings.NOTHING, Surroundings.TIGHT):
        picture = np.empty((height, width, 3), np.uint8)
        picture[:] = theme.ground
        return Surrounded(picture, (0, 0, width, height), scale)
    if kind is Surroundings.WINDOWS:
        window = (0, 0, width, height - round(_TASK_BAR_PX * scale))
        picture = make_desktop(seed, width, height)
    elif kind is Surroundings.MACOS:
        menu, dock = round(_MENU_BAR_PX * scale), round(_DOCK_PX * scale)
        inset = round(float(rng.uniform(0.0, 0.05)) * width)
        window = (inset, menu + inset // 3, width - inset, height - dock if rng.random() < 0.6 else height - inset // 4)
        photo = make_background(rng, Background.VIRTUAL)
        picture = np.asarray(cv2.resize(photo, canvas_px, interpolation=cv2.INTER_CUBIC), np.uint8)
    elif rng.random() < 0.7:
        window, picture = (0, 0, width, height), np.zeros((height, width, 3), np.uint8)
    else:
        wide, high = (int(side * share) for side, share in zip(canvas_px, rng.uniform(0.78, 0.94, 2), strict=True))
        left, top = int(rng.integers(width - wide)), int(rng.integers(max(1, (height - high) * 2 // 3)))
        window, picture = (left, top, left + wide, top + high), make_desktop(seed, width, height)
    made = layout(style, View.GALLERY, 1, canvas_px, window)
    put_window(picture, made, theme)
    if kind is Surroundings.MACOS:
        _put_macos(picture, window, made.scale, rng)
    return Surrounded(picture, made.stage, made.scale)


def _put_macos(picture: Image, window: Box, scale: float, rng: np.random.Generator) -> None:
    """Menu bar, the three lights of the title bar, and the dock."""
    height, width = picture.shape[:2]
    menu = round(_MENU_BAR_PX * min(max(height / 1080, 0.5), 1.5))
    picture[:menu] = (picture[:menu] * 0.35 + np.array([232, 228, 226]) * 0.65).astype(np.uint8)
    size, x = max(8, round(menu * 0.52)), menu // 2
    cv2.circle(picture, (x + size // 2, menu // 2), size // 2, (30, 30, 30), -1, cv2.LINE_AA)
    x += 2 * size
    for place, word in enumerate(("zoom.us", "Meeting", "View", "Edit", "Window", "Help")):
        write(picture, word, x, menu // 2, size, (30, 30, 30), BOLD if place == 0 else REGULAR)
        x += round(size * (len(word) * 0.56 + 1.6))
    write(picture, "Tue 24 Nov  10:24", width - 10 * size, menu // 2, size, (30, 30, 30))
    x0, y0, x1, _ = window
    title = round(34 * scale)
    bar = picture[y0 + 1, (x0 + x1) // 2].copy()
    picture[y0 : y0 + title, x0 : x0 + round(86 * scale)] = bar
    picture[y0 : y0 + title, x1 - round(150 * scale) : x1] = bar
    for place, colour in enumerate(_LIGHTS):
        centre = x0 + round((18 + 21 * place) * scale), y0 + title // 2
        cv2.circle(picture, centre, max(3, round(6.5 * scale)), colour, -1, cv2.LINE_AA)
    icons, side = 14, round(52 * scale)
    step = round(side * 1.16)
    left, bottom = (width - icons * step) // 2, height - round(5 * scale)
    dock = (left - side // 3, bottom - round(side * 1.28), left + icons * step + side // 6, bottom)
    fill_rounded(picture, dock, side * 0.36, (226, 222, 220), 0.55)
    for place in range(icons):
        colour = _any_colour(rng, 50, 245)
        at = left + place * step
        fill_rounded(
            picture,
            (at, dock[1] + side // 7, at + side, dock[1] + side // 7 + side),
            side * 0.23,
            colour,
        )
        cv2.circle(
            picture,
            (at + side // 2, dock[1] + side // 7 + side // 2),
            side // 4,
            (250, 250, 250),
            max(1, side // 16),
            cv2.LINE_AA,
        )


def _any_colour(rng: np.random.Generator, least: int, most: int) -> Colour:
    blue, green, red = (int(part) for part in rng.uniform(least, most, 3))
    return blue, green, red


def put_panel(
    picture: Image,
    stage: Box,
    panel: Panel,
    theme: Theme,
    scale: float,
    people: CallPeople,
    numbers: tuple[int, ...],
    rng: np.random.Generator,
) -> tuple[Box, tuple[FloatBox, ...]]:
    """Draws the panel into the stage's side, in place; what is left of the stage, and the faces in its avatars."""
    x0, y0, x1, y1 = stage
    wide = round((x1 - x0) * float(rng.uniform(*_PANEL)))
    at_left = rng.random() < 0.25
    box = (x0, y0, x0 + wide, y1) if at_left else (x1 - wide, y0, x1, y1)
    rest = (x0 + wide, y0, x1, y1) if at_left else (x0, y0, x1 - wide, y1)
    light = rng.random() < 0.5
    ground: Colour = (255, 255, 255) if light else theme.bar
    ink: Colour = (50, 46, 42) if sum(ground) > 380 else (232, 230, 228)
    picture[y0:y1, box[0] : box[2]] = ground
    size = max(9, round(14 * scale))
    title = f"Participants ({len(numbers)})" if panel is Panel.PEOPLE else "Chat"
    write(picture, title, box[0] + size, y0 + round(1.6 * size), size, ink, BOLD)
    below_title = _Sheet(picture, (box[0], y0 + round(3.4 * size), box[2], y1), ink, size)
    if panel is Panel.PEOPLE:
        return rest, _put_people(below_title, people, numbers, rng)
    _put_chat(below_title, people, numbers, rng)
    return rest, ()


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """What a panel's contents are drawn on."""

    picture: Image  # (H, W, 3), drawn on in place
    box: Box
    ink: Colour
    size: int  # of letters, px


def _put_people(
    sheet: _Sheet, people: CallPeople, numbers: tuple[int, ...], rng: np.random.Generator
) -> tuple[FloatBox, ...]:
    picture, box, ink, size = sheet.picture, sheet.box, sheet.ink, sheet.size
    faces = []
    side = round(2.3 * size)
    for row, number in enumerate(numbers):
        y = box[1] + row * round(3.1 * size)
        if y + side > box[3]:
            break
        x = box[0] + size
        if rng.random() < 0.6:
            portrait, face = people.likeness(number)
            paste(picture, resized(portrait, side, side), (x, y, x + side, y + side), side / 2)
            unit = side / portrait.shape[0]
            faces.append((x + unit * face[0], y + unit * face[1], x + unit * face[2], y + unit * face[3]))
        else:
            colour = _any_colour(rng, 60, 190)
            fill_rounded(picture, (x, y, x + side, y + side), side / 2, colour)
            write(picture, people.identities[number].name[:1], x + side // 3, y + side // 2, size, (255, 255, 255))
        name = fitting(people.identities[number].name, size, box[2] - box[0] - side - 4 * size)
        write(picture, name, x + side + size // 2, y + side // 2, size, ink)
        blend(picture, box[2] - 2 * size, y + side // 2 - size // 2, *microphone(size, ink, _RED))
    return tuple(faces)


def _put_chat(sheet: _Sheet, people: CallPeople, numbers: tuple[int, ...], rng: np.random.Generator) -> None:
    picture, box, ink, size = sheet.picture, sheet.box, sheet.ink, sheet.size
    y = box[1]
    while y + 7 * size < box[3] - 4 * size:
        number = numbers[int(rng.integers(len(numbers)))]
        write(picture, people.identities[number].name, box[0] + size, y, max(8, size - 3), ink, BOLD)
        texts = [LINES[int(line)] for line in rng.permutation(len(LINES))[: int(rng.integers(1, 3))]]
        y = put_lines(picture, texts, (box[0] + size, y + round(1.5 * size), box[2] - size, box[3]), size, ink) + size
    field = (box[0] + size, box[3] - 3 * size, box[2] - size, box[3] - size)
    fill_rounded(picture, field, size * 0.6, (210, 208, 206) if sum(ink) < 380 else (70, 68, 66))
    write(picture, "Message everyone", field[0] + size, (field[1] + field[3]) // 2, max(8, size - 2), (130, 126, 122))
