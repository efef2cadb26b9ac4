import numpy as np
import pytest

from fer_desktop.core.tile_evidence import LINE_PX, TileViews, unit
from fer_desktop.core.tile_memory import STILL_S
from fer_desktop.core.types import Face, FloatArray, Frame, Image
from fer_desktop.pipeline.people import People

SIZE = np.array([100, 60, 100, 60], np.float32)
PLATES = unit(np.random.default_rng(3).normal(size=(9, LINE_PX[0] * LINE_PX[1])).astype(np.float32))


def face_at(tile: FloatArray, shares: tuple[float, float, float, float], score: float = 0.9) -> Face:
    xyxy = np.tile(tile[:2], 2) + np.array(shares, np.float32) * SIZE
    return Face(xyxy.astype(np.float32), score, np.zeros((5, 2), np.float32) + tile[:2])


class NoFaces:
    def detect(self, _image: Image) -> list[Face]:
        return [Face(np.array([5, 5, 45, 55], np.float32), 0.8, np.zeros((5, 2), np.float32))]


class ThreeTiles:
    """A gallery whose people sit in the middle of their tiles, told by their plates, and remembers where it looked."""

    at_once = 1

    def __init__(self) -> None:
        self.order = [0, 1, 2]
        self.still: set[int] = set()
        self.shown = True
        self.looks: list[int] = []
        self._frame = 0

    def read(self, _image: Image) -> TileViews:
        self._frame += 1
        count = len(self.order) if self.shown else 0
        xyxy = np.array([(110 * place, 0, 110 * place + 100, 60) for place in range(count)], np.float32)
        thumbs = [np.arange(144) + (0 if one in self.still else 40 * (self._frame % 2)) for one in self.order[:count]]
        plates = PLATES[self.order[:count]][:, None]
        looks = np.full((count, 6), 0.5, np.float32) + np.eye(9, 6, dtype=np.float32)[self.order[:count]] * 0.4
        thumb = np.array(thumbs, np.float32).reshape(count, 144)
        return TileViews(xyxy.reshape(count, 4), plates, looks, np.zeros((count, 3), np.float32), thumb)

    def find(self, _image: Image, tiles: FloatArray) -> list[list[Face]]:
        self.looks.append(len(tiles))
        poster = (0.8, 0.0, 0.9, 0.2)
        return [[face_at(tile, poster, 0.95), face_at(tile, (0.3, 0.2, 0.7, 0.9))] for tile in tiles]


def frame(at_s: float) -> Frame:
    return Frame(0, at_s, np.zeros((60, 330, 3), np.uint8))


def test_each_tile_has_one_face_the_largest_and_keeps_its_seat() -> None:
    gallery = ThreeTiles()
    people = People(NoFaces(), gallery)
    found = people.find(frame(0.0))
    assert found.seats == [1, 2, 3]
    expected = [[110 * place + 30, 12, 110 * place + 70, 54] for place in range(3)]
    assert np.stack([face.xyxy for face in found.faces]) == pytest.approx(np.array(expected), abs=0.01)
    assert (found.taken, found.cameras_on, len(found.tiles)) == (3, 3, 3)

    gallery.order = [2, 0, 1]
    found = people.find(frame(0.2))
    assert found.seats == [3, 1, 2]
    assert [round(float(face.xyxy[0])) for face in found.faces] == [30, 140, 250]


def test_tiles_are_looked_at_in_turn_and_at_once_where_somebody_is_new() -> None:
    gallery = ThreeTiles()
    people = People(NoFaces(), gallery)
    for at_s in (0.0, 0.2, 0.4):
        people.find(frame(at_s))
    assert gallery.looks == [3, 1, 1]
    gallery.order = [0, 1, 5, 6]
    assert len(people.find(frame(0.6)).faces) == 4
    assert gallery.looks[-1] == 2


def test_the_face_of_a_picture_that_never_moves_is_no_participants() -> None:
    gallery = ThreeTiles()
    gallery.still = {1}
    people = People(NoFaces(), gallery)
    for at_s in np.arange(0.0, STILL_S + 0.5, 0.5):
        found = people.find(frame(float(at_s)))
    assert found.seats == [1, 3]
    assert (found.taken, found.cameras_on) == (3, 2)


def test_where_there_is_no_gallery_seats_go_by_faces() -> None:
    gallery = ThreeTiles()
    gallery.shown = False
    found = People(NoFaces(), gallery).find(frame(0.0))
    assert (found.seats, found.taken, found.cameras_on, found.tiles) == ([1], 1, 1, ())
    assert gallery.looks == []
