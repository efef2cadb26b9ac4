"""Scenes without tiles: people cut out, in the seats of one room."""

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.webcam import Pose, face_box, put_bust
from fer_desktop.simulation.hard_cases.case import CallCase, Cameras, Scene
from fer_desktop.simulation.hard_cases.company import new_people
from fer_desktop.simulation.hard_cases.truth import CaseParticipant, CaseTruth
from fer_desktop.simulation.render.backgrounds import Background, make_background
from fer_desktop.simulation.render.drawing import Colour, fill_rounded

_FACE: Final = 0.5  # face's height as a share of a seat's width


@dataclass(frozen=True, slots=True)
class _Seat:
    x: float  # middle
    y: float  # where a face's middle is
    width: float


class SeatsScene:
    """People in the seats of a hall, or of an amphitheatre; the same for the same arguments."""

    def __init__(self, case: CallCase, rng: np.random.Generator, canvas_px: tuple[int, int], cast: Cast) -> None:
        """Raises SourceError where the people's files are missing."""
        self.canvas_px = canvas_px
        count = case.counts[int(rng.integers(len(case.counts)))]
        self._people, _ = new_people(rng, cast, count, 0, Cameras.USUAL, 0.0)
        self._curved = case.scene is Scene.AMPHITHEATRE
        self._rows = _rows(count, canvas_px, self._curved)
        self._room = _room(rng, canvas_px, self._curved)
        wood = rng.uniform(50, 130)
        self._bench: Colour = (int(wood * 0.55), int(wood * 0.75), int(wood))

    def draw(self, script_s: float) -> tuple[Image, CaseTruth]:
        """The canvas (H, W, 3) at a time, and what is true of it in px of the canvas."""
        canvas, participants, number = self._room.copy(), [], 0
        for row in self._rows:
            for seat in row:
                bust, face, pose = self._people.cut_out(number, script_s)
                matrix = _matrix(face, pose, seat)
                _put(canvas, bust, matrix, round(seat.y + 0.6 * seat.width))
                box = face_box(face, matrix)
                degradation = self._people.degradation(number, script_s)
                participants.append(CaseParticipant(number, None, True, box, 1.0, degradation))
                number += 1
            self._put_bench(canvas, row)
        return canvas, CaseTruth(tuple(participants))

    def _put_bench(self, canvas: Image, row: tuple[_Seat, ...]) -> None:
        """What hides everybody's waist."""
        for seat in row:
            half = seat.width * (0.53 if not self._curved else 0.5)
            top = round(seat.y + 0.52 * seat.width)
            box = (round(seat.x - half), top, round(seat.x + half), round(top + seat.width * 0.62))
            fill_rounded(canvas, box, seat.width * (0.02 if not self._curved else 0.1), self._bench)
            lid = (box[0], top, box[2], round(top + seat.width * 0.06))
            fill_rounded(canvas, lid, 2, _lighter(self._bench))


def _lighter(colour: Colour) -> Colour:
    return (min(colour[0] + 30, 255), min(colour[1] + 34, 255), min(colour[2] + 38, 255))


def _rows(count: int, canvas_px: tuple[int, int], curved: bool) -> tuple[tuple[_Seat, ...], ...]:
    """Seats from the back row to the front one, each row a little larger."""
    width, height = canvas_px
    rows = max(2, round(math.sqrt(count / 2.2)))
    per_row = [count // rows + (1 if row < count % rows else 0) for row in range(rows)]
    most = max(per_row)
    pitch = min(width * 0.86 / most, height * 0.74 / (rows * 0.95))
    seats = []
    for row, number in enumerate(per_row):
        size = pitch * (0.8 + 0.2 * (row + 1) / rows)
        y = height * 0.2 + (row + 0.3) * height * 0.74 / rows
        middle = (number - 1) / 2
        made = []
        for place in range(number):
            bend = 0.1 * size * (place - middle) ** 2 / max(middle, 1) if curved else 0.0
            made.append(_Seat(width / 2 + (place - middle) * size * 1.02, y - bend, size))
        seats.append(tuple(made))
    return tuple(seats)


def _room(rng: np.random.Generator, canvas_px: tuple[int, int], curved: bool) -> Image:
    width, height = canvas_px
    photo = make_background(rng, Background.VIRTUAL if curved else Background.ROOM)
    room = np.asarray(cv2.resize(photo, canvas_px, interpolation=cv2.INTER_CUBIC), np.uint8)
    floor = round(height * float(rng.uniform(0.2, 0.3)))
    shade = np.linspace(0.75, 1.05, height - floor, dtype=np.float32)[:, None, None]
    tone = np.array(rng.uniform(60, 130) * np.array([0.8, 0.92, 1.0]), np.float32)
    room[floor:] = np.broadcast_to(shade * tone, (height - floor, width, 3))
    return room


def _matrix(face: FloatArray, pose: Pose, seat: _Seat) -> FloatArray:
    """(2, 3) from px of the bust to px of the canvas."""
    scale = _FACE * seat.width * (0.85 + 0.4 * (pose.face - 0.4)) / float(face[3] - face[1])
    cos, sin = math.cos(pose.roll) * scale, math.sin(pose.roll) * scale
    turn = np.array([[cos * pose.narrow, -sin], [sin * pose.narrow, cos]])
    centre = np.array([(face[0] + face[2]) / 2, (face[1] + face[3]) / 2])
    at = np.array(
        [seat.x + (pose.centre[0] - 0.5) * seat.width * 0.3, seat.y + (pose.centre[1] - 0.5) * seat.width * 0.3]
    )
    return np.hstack([turn, (at - turn @ centre)[:, None]]).astype(np.float32)


def _put(canvas: Image, bust: Image, matrix: FloatArray, end: int) -> None:
    """Draws the bust down to the row `end`."""
    corners = np.array([[0, 0], [bust.shape[1], 0], [0, bust.shape[0]], [bust.shape[1], bust.shape[0]]])
    down = corners @ matrix[1, :2] + matrix[1, 2]
    top, bottom = max(int(down.min()), 0), min(int(down.max()) + 1, canvas.shape[0], end)
    if top >= bottom:
        return
    moved = matrix.copy()
    moved[1, 2] -= top
    put_bust(canvas[top:bottom], bust, moved)
