"""Pictures that are no call: nobody takes part, though there may be faces."""

from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import CallCase, Cameras, Scene
from fer_desktop.simulation.hard_cases.company import new_people
from fer_desktop.simulation.hard_cases.pasting import resized
from fer_desktop.simulation.hard_cases.shared import put_whiteboard
from fer_desktop.simulation.hard_cases.texts import HEADLINES, PARAGRAPH, put_lines
from fer_desktop.simulation.hard_cases.truth import CaseTruth, area, common
from fer_desktop.simulation.layout import Box
from fer_desktop.simulation.render.drawing import BOLD, REGULAR, Colour, fill_rounded, write, write_centred
from fer_desktop.simulation.render.slides import make_slide
from fer_desktop.simulation.render.window import make_desktop, put_window_buttons

_SHOT_S: Final = 2.5  # between the cuts of a film
_PEOPLE: Final = 30
_INK: Final[Colour] = (48, 44, 42)
_LEAST_SEEN: Final = 0.3  # of a face in a cut picture
_TITLE_PX: Final = 36
_TASK_BAR_PX: Final = 44
_PROGRAMS: Final = {
    Scene.SPREADSHEET: "Grades.xlsx",
    Scene.PHOTO_WALL: "portrait photography - Pictures",
    Scene.NEWS_SITE: "The Morning Paper",
    Scene.BOARD_GAME: "Play online",
    Scene.FILM: "Documentary.mp4",
    Scene.WHITEBOARD: "Whiteboard",
    Scene.DOCUMENT: "Rivers.docx",
}


class NoCall:
    """A picture of another program; only a film moves. The same for the same arguments."""

    def __init__(self, case: CallCase, rng: np.random.Generator, canvas_px: tuple[int, int], cast: Cast) -> None:
        """Raises SourceError where the people's files are missing."""
        self.canvas_px = canvas_px
        self._film = case.scene is Scene.FILM
        faces = case.scene in (Scene.PHOTO_WALL, Scene.NEWS_SITE, Scene.FILM)
        self._people, _ = new_people(rng, cast, _PEOPLE if faces else 2, 0, Cameras.USUAL, 0.0)
        width, height = canvas_px
        if case.scene is Scene.DESKTOP:
            self._picture, self._stage = make_desktop(int(rng.integers(1 << 20)), width, height), (0, 0, *canvas_px)
        else:
            self._picture, self._stage = _window(rng, canvas_px, case.scene)
        self._faces: tuple[FloatBox, ...] = ()
        x0, y0, x1, y1 = self._stage
        part = self._picture[y0:y1, x0:x1]
        if case.scene is Scene.SPREADSHEET:
            _put_spreadsheet(part, rng)
        elif case.scene is Scene.PHOTO_WALL:
            self._faces = _put_photo_wall(self._picture, self._stage, rng, self._people)
        elif case.scene is Scene.NEWS_SITE:
            self._faces = _put_news(self._picture, self._stage, rng, self._people)
        elif case.scene is Scene.BOARD_GAME:
            _put_board_game(part, rng)
        elif case.scene is Scene.WHITEBOARD:
            put_whiteboard(part, rng)
        elif case.scene is Scene.DOCUMENT:
            _put_document(part, rng)
        elif case.scene is Scene.DESKTOP:
            _put_windows(self._picture, rng)

    def draw(self, script_s: float) -> tuple[Image, CaseTruth]:
        """The canvas (H, W, 3) at a time, and the faces in it."""
        canvas, faces = self._picture.copy(), self._faces
        if self._film:
            faces = self._put_film(canvas, script_s)
        return canvas, CaseTruth((), faces)

    def _put_film(self, canvas: Image, script_s: float) -> tuple[FloatBox, ...]:
        """Somebody large between black bars, somebody else after each cut."""
        x0, y0, x1, y1 = self._stage
        canvas[y0:y1, x0:x1] = 0
        bar = round((y1 - y0) * 0.06)
        shot = int(script_s / _SHOT_S)
        zoom = (1.0, 1.5, 1.2, 2.0)[shot % 4]
        face = _put_photo(canvas, (x0, y0 + bar, x1, y1 - bar), self._people, shot * 7 % _PEOPLE, script_s, zoom)
        return (face,) if face else ()


def _window(rng: np.random.Generator, canvas_px: tuple[int, int], scene: Scene) -> tuple[Image, Box]:
    """A maximised window above a task bar, and its inside."""
    width, height = canvas_px
    picture = make_desktop(int(rng.integers(1 << 20)), width, height)
    scale = height / 1080
    title, bottom = round(_TITLE_PX * scale), height - round(_TASK_BAR_PX * scale)
    picture[:bottom] = (244, 242, 240)
    size = max(8, round(13 * scale))
    write(picture, _PROGRAMS.get(scene, "Untitled"), 2 * size, title // 2, size, _INK)
    put_window_buttons(picture, width, title // 2, scale, _INK)
    return picture, (0, title, width, bottom)


def _put_photo(
    canvas: Image, box: Box, people: CallPeople, number: int, at_s: float, zoom: float = 1.0
) -> FloatBox | None:
    """Fills the box with somebody's picture; in place. The face's visible part, None where little is visible."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    whole_width = round(max(width, height * 16 / 9) * zoom)
    whole_height = max(round(whole_width * 9 / 16), height)
    corner = x0 - (whole_width - width) // 2, y0 - round((whole_height - height) * 0.45)
    _, sent = people.picture(number, at_s, 400)
    left, top = x0 - corner[0], y0 - corner[1]
    canvas[y0:y1, x0:x1] = resized(sent, whole_width, whole_height)[top : top + height, left : left + width]
    face = people.face(number, at_s, (*corner, corner[0] + whole_width, corner[1] + whole_height))
    seen = common(face, (float(x0), float(y0), float(x1), float(y1)))
    return seen if area(seen) > _LEAST_SEEN * area(face) else None


def _put_photo_wall(canvas: Image, stage: Box, rng: np.random.Generator, people: CallPeople) -> tuple[FloatBox, ...]:
    """The results of a search for pictures: rows of photos of different widths."""
    x0, y0, x1, y1 = stage
    canvas[y0:y1, x0:x1] = 255
    size = max(8, (y1 - y0) // 70)
    write(canvas, "portrait photography", x0 + 4 * size, y0 + 3 * size, round(1.3 * size), _INK)
    gap, even = int(rng.integers(4, 14)), rng.random() < 0.4
    high = round((y1 - y0) * float(rng.uniform(0.16, 0.27)))
    caption = 3 * size if rng.random() < 0.6 else 0
    faces, number, y = [], 0, y0 + 6 * size
    while y < y1 - high // 2:
        x = x0 + gap
        while x < x1 - high // 2:
            wide = round(high * (1.0 if even else float(rng.uniform(0.7, 1.7))))
            box = (x, y, min(x + wide, x1), min(y + high, y1))
            face = _put_photo(canvas, box, people, number % _PEOPLE, float(number), float(rng.uniform(1.0, 1.4)))
            if face is not None:
                faces.append(face)
            if caption and y + high + caption < y1:
                text = HEADLINES[number % len(HEADLINES)]
                put_lines(
                    canvas, (text[: max(4, wide // size)],), (x, y + high + 4, x + wide, y1), size, (110, 106, 102)
                )
            x, number = x + wide + gap, number + 1
        y += high + gap + caption
    return tuple(faces)


def _put_news(canvas: Image, stage: Box, rng: np.random.Generator, people: CallPeople) -> tuple[FloatBox, ...]:
    """A front page: headlines with pictures."""
    x0, y0, x1, y1 = stage
    canvas[y0:y1, x0:x1] = 255
    unit = (y1 - y0) / 100
    size = max(8, round(1.9 * unit))
    cv2.rectangle(canvas, (x0, y0), (x1, y0 + round(8 * unit)), (40, 30, 150), -1)
    write(canvas, "THE MORNING PAPER", x0 + 3 * size, y0 + round(4 * unit), round(3.6 * unit), (255, 255, 255), BOLD)
    left, right = x0 + (x1 - x0) // 10, x1 - (x1 - x0) // 10
    lead_wide = round((right - left) * 0.58)
    lead_high = round(38 * unit)
    top = y0 + round(12 * unit)
    faces = [_put_photo(canvas, (left, top, left + lead_wide, top + lead_high), people, 0, 1.0, 1.2)]
    put_lines(canvas, (HEADLINES[0],), (left, top + lead_high + size, left + lead_wide, y1), 2 * size, _INK, BOLD)
    number, y = 1, top
    while y + round(16 * unit) < y1:
        x, wide, high = left + lead_wide + 2 * size, round(20 * unit), round(13 * unit)
        faces.append(_put_photo(canvas, (x, y, x + wide, y + high), people, number, float(number), 1.3))
        put_lines(
            canvas, (HEADLINES[number % len(HEADLINES)],), (x + wide + size, y, right, y + high), size, _INK, BOLD
        )
        number, y = number + 1, y + high + round(3 * unit)
    columns, y = 4, top + lead_high + round(13 * unit)
    wide = (lead_wide - (columns - 1) * size) // columns
    for column in range(columns):
        x, high = left + column * (wide + size), round(wide * float(rng.uniform(0.56, 0.75)))
        if y + high > y1:
            break
        faces.append(_put_photo(canvas, (x, y, x + wide, y + high), people, number, float(number), 1.2))
        text = HEADLINES[number % len(HEADLINES)]
        put_lines(canvas, (text, PARAGRAPH[:120]), (x, y + high + size // 2, x + wide, y1), size, _INK, REGULAR)
        number += 1
    return tuple(face for face in faces if face is not None)


def _put_spreadsheet(part: Image, rng: np.random.Generator) -> None:
    height, width = part.shape[:2]
    part[:] = 255
    row, column = max(14, height // 42), max(50, width // 18)
    size = max(7, round(row * 0.55))
    part[: 2 * row] = (238, 242, 240)
    part[2 * row : 3 * row], part[:, : column // 2] = (230, 230, 230), (230, 230, 230)
    for line in range(2, height // row + 1):
        cv2.line(part, (0, line * row), (width, line * row), (212, 212, 212), 1)
        write(part, str(line - 2), column // 8, round((line + 0.5) * row), size, (90, 90, 90))
    for place in range(width // column + 1):
        x = column // 2 + place * column
        cv2.line(part, (x, 2 * row), (x, height), (212, 212, 212), 1)
        write(part, chr(65 + place % 26), x + column // 2, round(2.5 * row), size, (90, 90, 90))
    for line in range(3, int(height // row * rng.uniform(0.5, 0.95))):
        for place in range(int(width / column * 0.8)):
            x, y = column // 2 + place * column, line * row
            if rng.random() < 0.06:
                part[y + 1 : y + row, x + 1 : x + column] = (190, 235, 255) if rng.random() < 0.5 else (200, 240, 205)
            text = f"{rng.uniform(0, 900):.1f}" if place else f"Student {line - 2}"
            write(part, text, x + size // 2, y + row // 2, size, _INK)


def _put_board_game(part: Image, rng: np.random.Generator) -> None:
    """A chess board with its pieces, or a memory game's cards."""
    height, width = part.shape[:2]
    part[:] = (46, 42, 38) if rng.random() < 0.6 else (240, 240, 238)
    side = round(height * 0.86) // 8
    x0, y0 = (width - 8 * side) // 2, (height - 8 * side) // 2
    memory = rng.random() < 0.4
    for row in range(8):
        for column in range(8):
            x, y = x0 + column * side, y0 + row * side
            if memory:
                colour: Colour = (170, 120, 60) if rng.random() < 0.7 else (245, 245, 245)
                fill_rounded(part, (x + 4, y + 4, x + side - 4, y + side - 4), side * 0.08, colour)
                if colour[0] > 200:
                    cv2.circle(part, (x + side // 2, y + side // 2), side // 4, (60, 60, 200), -1, cv2.LINE_AA)
                continue
            part[y : y + side, x : x + side] = (216, 238, 238) if (row + column) % 2 == 0 else (86, 150, 118)
            if rng.random() < (0.7 if row in (0, 1, 6, 7) else 0.08):
                _put_piece(part, x + side // 2, y + side // 2, side, (245, 245, 245) if row > 3 else (40, 40, 40))
    write(part, "White to move", x0 + 8 * side + 20, y0 + side, max(9, side // 5), (150, 150, 150), BOLD)


def _put_piece(part: Image, x: int, y: int, side: int, colour: Colour) -> None:
    edge: Colour = (20, 20, 20) if colour[0] > 128 else (110, 110, 110)
    base = np.array(
        [[x - side // 4, y + side // 3], [x + side // 4, y + side // 3], [x + side // 10, y], [x - side // 10, y]]
    )
    for ink, line in ((colour, -1), (edge, max(1, side // 40))):
        if line < 0:
            cv2.fillConvexPoly(part, base, ink, cv2.LINE_AA)
        else:
            cv2.polylines(part, [base], True, ink, line, cv2.LINE_AA)
        cv2.circle(part, (x, y - side // 8), side // 7, ink, line, cv2.LINE_AA)


def _put_document(part: Image, rng: np.random.Generator) -> None:
    """A page of text with a figure."""
    height, width = part.shape[:2]
    part[:] = (232, 230, 228)
    wide = min(round(height * 0.95), round(width * 0.6))
    x0 = (width - wide) // 2
    part[height // 30 :, x0 : x0 + wide] = 255
    size, margin = max(8, height // 56), wide // 9
    write(part, "Rivers and where they run", x0 + margin, height // 10, 2 * size, _INK, BOLD)
    y = put_lines(part, (PARAGRAPH,), (x0 + margin, height // 7, x0 + wide - margin, height), size, _INK)
    figure = make_slide(
        int(rng.integers(1 << 20)), int(rng.integers(3)), wide - 2 * margin, (wide - 2 * margin) * 9 // 16
    )
    rows = min(figure.shape[0], height - y - size)
    if rows > 0:
        part[y + size : y + size + rows, x0 + margin : x0 + wide - margin] = figure[:rows]
    below = y + 2 * size + max(rows, 0)
    put_lines(part, (PARAGRAPH,), (x0 + margin, below, x0 + wide - margin, height), size, _INK)


def _put_windows(canvas: Image, rng: np.random.Generator) -> None:
    """A folder's window over the desktop's own."""
    height, width = canvas.shape[:2]
    wide, high = round(width * 0.42), round(height * 0.5)
    x, y = int(rng.integers(width - wide)), int(rng.integers(height - high - height // 12))
    fill_rounded(canvas, (x, y, x + wide, y + high), 8, (252, 250, 248))
    size = max(9, height // 72)
    write(canvas, "Documents", x + 2 * size, y + 2 * size, size, _INK, BOLD)
    for place in range(12):
        row, column = divmod(place, 4)
        left, top = x + (2 * column + 1) * wide // 8, y + (row * 2 + 1) * high // 7 + size
        icon = (left - 2 * size, top, left + 2 * size, top + 3 * size)
        fill_rounded(canvas, icon, size * 0.3, (110, 200, 245) if rng.random() < 0.6 else (230, 180, 120))
        write_centred(canvas, f"Lesson {place + 1}", left, top + 4 * size, size, _INK, REGULAR)
