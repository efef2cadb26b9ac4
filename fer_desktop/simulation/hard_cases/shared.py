"""What is shared beside the tiles of a case."""

import cv2
import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import Shared
from fer_desktop.simulation.hard_cases.pasting import paste, resized
from fer_desktop.simulation.hard_cases.texts import LINES, put_lines
from fer_desktop.simulation.layout import Box
from fer_desktop.simulation.render.drawing import BOLD, Colour, fill_rounded, write
from fer_desktop.simulation.render.slides import make_slide

_INK: Colour = (60, 52, 48)
_PENS: tuple[Colour, ...] = ((40, 40, 40), (180, 90, 30), (50, 60, 190), (60, 130, 50))


def put_shared(
    canvas: Image, box: Box, kind: Shared, rng: np.random.Generator, people: CallPeople, others: tuple[int, ...]
) -> tuple[FloatBox, ...]:
    """Draws what is shared, in place; the faces on it. `others` are people who are not in the call."""
    x0, y0, x1, y1 = box
    part = canvas[y0:y1, x0:x1]
    if kind is Shared.SLIDE or kind is Shared.FACES:
        wide, high = min(x1 - x0, (y1 - y0) * 16 // 9), min(y1 - y0, (x1 - x0) * 9 // 16)
        left, top = x0 + (x1 - x0 - wide) // 2, y0 + (y1 - y0 - high) // 2
        box = (left, top, left + wide, top + high)
        if kind is Shared.FACES:
            return _put_faces(canvas, box, rng, people, others)
        canvas[top : top + high, left : left + wide] = make_slide(
            int(rng.integers(1 << 20)), int(rng.integers(9)), wide, high
        )
    elif kind is Shared.WHITEBOARD:
        put_whiteboard(part, rng)
    elif kind is Shared.CHAT:
        _put_chat(part, rng)
    elif kind is Shared.CHART:
        slide = make_slide(
            int(rng.integers(1 << 20)), 0, part.shape[1], max(part.shape[0] // 2, part.shape[1] * 9 // 16)
        )
        rows = min(slide.shape[0], part.shape[0])
        top = (part.shape[0] - rows) // 2
        part[top : top + rows] = slide[:rows]
    else:
        _put_cards(part, rng)
    return ()


def _put_faces(
    canvas: Image, box: Box, rng: np.random.Generator, people: CallPeople, others: tuple[int, ...]
) -> tuple[FloatBox, ...]:
    """A slide that presents people."""
    x0, y0, x1, y1 = box
    unit = (y1 - y0) / 100
    canvas[y0:y1, x0:x1] = (255, 255, 255) if rng.random() < 0.6 else (236, 240, 244)
    write(canvas, "Meet the team", x0 + round(6 * unit), y0 + round(12 * unit), max(8, round(8 * unit)), _INK, BOLD)
    columns = min(len(others), 3)
    rows = -(-len(others) // columns)
    side = round(min((x1 - x0) / (columns * 1.5), 72 * unit / (rows * 1.45)))
    round_ones = rng.random() < 0.5
    faces = []
    for place, number in enumerate(others):
        row, column = divmod(place, columns)
        x = x0 + round((column + 0.5) * (x1 - x0) / columns - side / 2)
        y = y0 + round(22 * unit + row * 1.42 * side)
        portrait, face = people.likeness(number)
        paste(canvas, resized(portrait, side, side), (x, y, x + side, y + side), side / 2 if round_ones else 0)
        name = people.identities[number].name
        write(canvas, name, x, y + side + round(5 * unit), max(7, round(4 * unit)), _INK)
        share = side / portrait.shape[0]
        faces.append((x + share * face[0], y + share * face[1], x + share * face[2], y + share * face[3]))
    return tuple(faces)


def put_whiteboard(part: Image, rng: np.random.Generator) -> None:
    """A board with handwriting, boxes and arrows; in place."""
    height, width = part.shape[:2]
    part[:] = (252, 252, 252)
    unit = height / 100
    line = max(1, round(0.5 * unit))
    for _ in range(7):
        x, y = int(rng.uniform(0.05, 0.75) * width), int(rng.uniform(0.08, 0.8) * height)
        wide, high = int(rng.uniform(0.1, 0.24) * width), int(rng.uniform(0.08, 0.18) * height)
        pen = _PENS[int(rng.integers(len(_PENS)))]
        kind = int(rng.integers(4))
        if kind == 0:
            cv2.rectangle(part, (x, y), (x + wide, y + high), pen, line, cv2.LINE_AA)
        elif kind == 1:
            cv2.ellipse(part, (x + wide // 2, y + high // 2), (wide // 2, high // 2), 0, 0, 360, pen, line, cv2.LINE_AA)
        elif kind == 2:
            cv2.arrowedLine(part, (x, y), (x + wide, y + high), pen, line, cv2.LINE_AA, tipLength=0.12)
        else:
            notes: tuple[Colour, ...] = ((120, 230, 255), (200, 240, 190), (210, 200, 255))
            fill_rounded(part, (x, y, x + high, y + high), 2, notes[int(rng.integers(3))])
        write(
            part,
            ("idea", "why?", "x = 3", "goal", "next")[int(rng.integers(5))],
            x + line * 3,
            y + high // 2,
            max(8, round(3.4 * unit)),
            pen,
        )
    for _ in range(4):
        start = rng.uniform([0.05, 0.1], [0.6, 0.9]) * [width, height]
        steps = np.cumsum(rng.normal([0.012 * width, 0], [0.006 * width, 0.012 * height], (30, 2)), axis=0)
        points = (start + steps).astype(np.int32)
        cv2.polylines(part, [points], False, _PENS[int(rng.integers(len(_PENS)))], line, cv2.LINE_AA)


def _put_chat(part: Image, rng: np.random.Generator) -> None:
    height, width = part.shape[:2]
    dark = rng.random() < 0.4
    part[:] = (38, 34, 32) if dark else (250, 250, 250)
    ink: Colour = (230, 230, 230) if dark else _INK
    size = max(9, round(width / 26))
    y = size
    while y < height - 6 * size:
        own = rng.random() < 0.4
        wide = round(width * 0.72)
        x = width - wide - size if own else size
        text = LINES[int(rng.integers(len(LINES)))]
        rows = 1 + (len(text) * size * 0.5 > wide - 2 * size)
        high = round((0.9 + 1.5 * rows) * size)
        bubble: Colour = (214, 160, 90) if own else ((70, 66, 62) if dark else (232, 230, 228))
        fill_rounded(part, (x, y, x + wide, y + high), size * 0.7, bubble)
        put_lines(
            part,
            (text,),
            (x + size, y + round(0.6 * size), x + wide - size, y + high),
            size,
            (255, 255, 255) if own else ink,
        )
        y += high + round(0.8 * size)


def _put_cards(part: Image, rng: np.random.Generator) -> None:
    """Two columns of cards of one size."""
    height, width = part.shape[:2]
    part[:] = (246, 243, 240)
    margin = max(6, width // 40)
    wide = (width - 3 * margin) // 2
    high = round(wide * 0.62)
    size = max(8, wide // 14)
    for row in range(max(1, height // (high + margin))):
        for column in range(2):
            x, y = margin + column * (wide + margin), margin + row * (high + margin)
            if y + high > height:
                return
            colour: Colour = ((255, 255, 255), (232, 244, 226), (226, 236, 252), (244, 230, 236))[int(rng.integers(4))]
            fill_rounded(part, (x, y, x + wide, y + high), margin * 0.6, colour)
            write(part, f"Group {2 * row + column + 1}", x + size, y + round(1.4 * size), size, _INK, BOLD)
            text = LINES[int(rng.integers(len(LINES)))]
            put_lines(
                part, (text,), (x + size, y + round(2.6 * size), x + wide - size, y + high), max(7, size - 2), _INK
            )
