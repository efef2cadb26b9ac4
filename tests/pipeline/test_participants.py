import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from fer_desktop.core.expressions import HAPPY
from fer_desktop.core.seats.stillness import FROZEN_S
from fer_desktop.core.seats.stillness import STILL_S as POSTER_S
from fer_desktop.core.seats.tile_cameras import STILL_S
from fer_desktop.core.seats.tile_evidence import LINE_PX, TileFeatures, unit
from fer_desktop.core.types import Face, FloatArray, Frame, GalleryLayout, Image, Reason
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.pipeline.frame.participants import SURE_SCORE, ParticipantFinder
from fer_desktop.pipeline.ports import CropSpec

SIZE = np.array([100, 60, 100, 60], np.float32)
PLATES = unit(np.random.default_rng(3).normal(size=(9, LINE_PX[0] * LINE_PX[1])).astype(np.float32))


def face_at(tile: FloatArray, shares: tuple[float, float, float, float], score: float = 0.9) -> Face:
    xyxy = np.tile(tile[:2], 2) + np.array(shares, np.float32) * SIZE
    return Face(xyxy.astype(np.float32), score, np.zeros((5, 2), np.float32) + tile[:2])


class OneFace:
    def detect(self, _image: Image) -> list[Face]:
        return [Face(np.array([5, 5, 45, 55], np.float32), 0.8, np.zeros((5, 2), np.float32))]


class ThreeTiles:
    """A gallery whose people sit in the middle of their tiles, told by their plates.

    It is a detector too, which sees a poster beside each of them, and remembers each search of single tiles.
    """

    def __init__(self) -> None:
        self.order = [0, 1, 2]
        self.still: set[int] = set()
        self.shown = True
        self.searched: list[int] = []  # how many tiles in each search of some alone
        self.looks = 0
        self.beside: list[Face] = []  # faces outside of the tiles
        self.shared = np.zeros((0, 4), np.float32)
        self.turned: set[int] = set()  # people who do not look as when they were found
        self.left: set[int] = set()  # people who have no face
        self.step = 0.0  # px that each face has moved to the right since it was found
        self._frame = 0
        self._before: object = None

    def _places(self) -> FloatArray:
        count = len(self.order) if self.shown else 0
        places = [(110 * place, 0, 110 * place + 100, 60) for place in range(count)]
        return np.array(places, np.float32).reshape(count, 4)

    def detect(self, _image: Image) -> list[Face]:
        self.looks += 1
        self.step = 0.0
        return [*(face for faces in self._faces(self._places()) for face in faces), *self.beside]

    def has_changed(self, _image: Image) -> bool:
        self._frame += 1
        changed, self._before = self._before != (self.shown, list(self.order)), (self.shown, list(self.order))
        return changed

    def layout(self, _image: Image, _faces: Sequence[Face]) -> GalleryLayout:
        return GalleryLayout(self._places(), self.shared)

    def features(self, _image: Image, tiles: FloatArray) -> TileFeatures:
        count = len(tiles)
        thumbs = [np.arange(144) + (0 if one in self.still else 40 * (self._frame % 2)) for one in self.order[:count]]
        plates = PLATES[self.order[:count]][:, None]
        looks = np.full((count, 6), 0.5, np.float32) + np.eye(9, 6, dtype=np.float32)[self.order[:count]] * 0.4
        thumb = np.array(thumbs, np.float32).reshape(count, 144)
        return TileFeatures(tiles, plates, looks, np.zeros((count, 3), np.float32), thumb)

    def find(self, _image: Image, tiles: FloatArray) -> list[list[Face]]:
        self.searched.append(len(tiles))
        self.step = 0.0
        return self._faces(tiles)

    def _faces(self, tiles: FloatArray) -> list[list[Face]]:
        poster, own = (0.8, 0.0, 0.9, 0.2), (0.3, 0.2, 0.7, 0.9)
        return [
            [] if self.order[int(tile[0] // 110)] in self.left else [face_at(tile, poster, 0.95), face_at(tile, own)]
            for tile in tiles
        ]

    def make_templates(self, _image: Image, xyxy: FloatArray) -> FloatArray:
        """Pictures that change at every look, but for those of faces beside the tiles."""
        moves = np.array([box[0] < 260 for box in xyxy]) * 40 * (self.looks % 2)
        return np.zeros((len(xyxy), 2, 2), np.float32) + moves[:, None, None].astype(np.float32)

    def follow(self, _image: Image, xyxy: FloatArray, templates: FloatArray) -> tuple[FloatArray, FloatArray]:
        assert len(xyxy) == len(templates)
        there = [int(box[0] // 110) for box in xyxy]
        turned = [place < len(self.order) and self.order[place] in self.turned for place in there]
        ncc = np.where(turned, 0.2, 0.95).astype(np.float32)
        return np.tile(np.array([self.step, 0], np.float32), (len(xyxy), 1)), ncc


def frame(at_s: float) -> Frame:
    return Frame(0, at_s, np.zeros((60, 330, 3), np.uint8))


def test_each_tile_has_one_face_the_largest_and_keeps_its_seat() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery)
    found = people.find(frame(0.0))
    assert found.seats == [1, 2, 3]
    expected = [[110 * place + 30, 12, 110 * place + 70, 54] for place in range(3)]
    assert np.stack([face.xyxy for face in found.faces]) == pytest.approx(np.array(expected), abs=0.01)
    assert (found.occupied, found.cameras_on, len(found.tiles)) == (3, 3, 3)

    gallery.order = [2, 0, 1]
    found = people.find(frame(0.2))
    assert found.seats == [3, 1, 2]
    assert [round(float(face.xyxy[0])) for face in found.faces] == [30, 140, 250]


def test_the_whole_frame_is_looked_at_once_a_second_and_at_once_where_the_layout_changes() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery)
    for at_s in np.arange(0.0, 4.05, 0.1):
        assert len(people.find(frame(float(at_s))).faces) == 3
    assert gallery.looks == 5
    gallery.order = [0, 1, 5, 6]
    assert len(people.find(frame(4.1)).faces) == 4
    assert gallery.looks == 6
    assert gallery.searched == []


def test_a_face_is_followed_until_the_next_look() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery, detect_every_s=100.0)
    people.find(frame(0.0))
    gallery.step = 4.0
    found = people.find(frame(0.1))
    assert (gallery.looks, gallery.searched) == (1, [])
    assert [round(float(face.xyxy[0])) for face in found.faces] == [34, 144, 254]
    assert [round(float(face.landmarks[0, 0])) for face in found.faces] == [4, 114, 224]


def test_a_face_that_no_longer_looks_as_it_did_is_looked_for_at_once_in_its_tile_alone() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery, detect_every_s=100.0)
    people.find(frame(0.0))
    gallery.step, gallery.turned = 4.0, {1, 2}
    found = people.find(frame(0.1))
    assert (gallery.looks, gallery.searched) == (1, [2])
    assert [(seat, round(float(face.xyxy[0]))) for seat, face in zip(found.seats, found.faces, strict=True)] == [
        (1, 34), (2, 140), (3, 250),
    ]  # fmt: skip


def test_a_tile_that_lost_its_face_has_none() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery)
    people.find(frame(0.0))
    gallery.turned, gallery.left = {1}, {1}
    assert people.find(frame(0.2)).seats == [1, 3]


def test_a_tile_in_which_the_look_finds_nothing_is_looked_at_on_its_own() -> None:
    gallery = ThreeTiles()
    gallery.left = {1}
    people = ParticipantFinder(gallery, gallery)
    assert people.find(frame(0.0)).seats == [1, 3]
    assert gallery.searched == [1]


def test_with_no_pause_between_looks_every_frame_is_looked_at() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery, detect_every_s=0.0)
    for at_s in (0.0, 0.1, 0.2):
        people.find(frame(at_s))
    assert gallery.looks == 3


BESIDE = Face(np.array([300, 0, 328, 40], np.float32), 0.8, np.zeros((5, 2), np.float32))


def two_tiles_and_a_face() -> ThreeTiles:
    """A grid of which one tile was not found: there is only its face."""
    gallery = ThreeTiles()
    gallery.order, gallery.beside = [0, 1], [BESIDE]
    return gallery


def test_a_face_outside_of_all_tiles_is_a_participant_of_its_own_at_every_frame() -> None:
    gallery = two_tiles_and_a_face()
    people = ParticipantFinder(gallery, gallery)
    for at_s in np.arange(0.0, 3.0, 0.2):
        found = people.find(frame(float(at_s)))
        assert (len(found.tiles), found.seats) == (2, [1, 2, 3])
        assert (found.occupied, found.cameras_on) == (3, 3)
    assert gallery.looks < 5


def test_a_face_beside_the_tiles_that_is_not_sure_is_nobody() -> None:
    gallery = two_tiles_and_a_face()
    gallery.beside = [dataclasses.replace(BESIDE, score=SURE_SCORE - 0.05)]
    assert ParticipantFinder(gallery, gallery).find(frame(0.0)).seats == [1, 2]


def test_a_face_in_what_is_shared_is_kept_aside_with_the_reason() -> None:
    gallery = two_tiles_and_a_face()
    gallery.shared = np.array([[230, 0, 330, 60]], np.float32)
    people = ParticipantFinder(gallery, gallery)
    for at_s in (0.0, 0.2, 0.4):
        found = people.find(frame(at_s))
        assert (found.seats, found.occupied, found.cameras_on) == ([1, 2], 2, 2)
        posters = [(Reason.ANOTHER, 80.0), (Reason.ANOTHER, 190.0)]
        assert [(face.reason, float(face.xyxy[0])) for face in found.aside] == [(Reason.SHARED, 300.0), *posters]


def test_whose_tile_is_found_later_keeps_the_seat_of_the_face() -> None:
    gallery = two_tiles_and_a_face()
    gallery.beside = [face_at(np.array([220, 0, 320, 60], np.float32), (0.3, 0.2, 0.7, 0.9))]
    people = ParticipantFinder(gallery, gallery)
    assert people.find(frame(0.0)).seats == [1, 2, 3]
    gallery.order, gallery.beside = [0, 1, 2], []
    found = people.find(frame(0.2))
    assert (found.seats, found.occupied, found.merged) == ([1, 2, 3], 3, ())
    assert [tile.seat for tile in found.tiles] == [1, 2, 3]


def test_whose_tile_is_no_longer_found_keeps_its_seat_and_stays_left_out() -> None:
    gallery, out = ThreeTiles(), frozenset({3})
    people = ParticipantFinder(gallery, gallery)
    assert people.find(frame(0.0), out).seats == [1, 2]
    assert people.find(frame(0.2)).seats == [1, 2, 3]
    gallery.shown = False
    gallery.beside = [face_at(np.array([110 * k, 0, 0, 0], np.float32), (0.3, 0.2, 0.7, 0.9)) for k in range(3)]
    found = people.find(frame(0.4), out)
    assert (found.seats, [face.seat for face in found.excluded]) == ([1, 2], [3])
    gallery.shown, gallery.beside = True, []
    found = people.find(frame(0.6), out)
    assert (found.seats, [tile.excluded for tile in found.tiles]) == ([1, 2], [False, False, True])


def test_the_face_of_a_picture_that_never_moves_is_no_participants() -> None:
    gallery = ThreeTiles()
    gallery.still = {1}
    people = ParticipantFinder(gallery, gallery)
    for at_s in np.arange(0.0, STILL_S + 0.5, 0.5):
        found = people.find(frame(float(at_s)))
    assert found.seats == [1, 3]
    assert (found.occupied, found.cameras_on) == (3, 2)


def test_a_camera_that_froze_is_known_and_is_on() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery)
    for at_s in np.arange(0.0, 5.0, 0.5):
        assert people.find(frame(float(at_s))).seats == [1, 2, 3]
    gallery.still = {1}
    for at_s in np.arange(5.0, 6.0 + FROZEN_S, 0.5):
        found = people.find(frame(float(at_s)))
    assert (found.seats, found.frozen) == ([1, 2, 3], frozenset({2}))
    assert (found.occupied, found.cameras_on) == (3, 3)
    assert [(tile.camera_on, tile.frozen) for tile in found.tiles] == [(True, False), (True, True), (True, False)]
    gallery.still = set()
    found = [people.find(frame(30.0 + at_s)) for at_s in (0.0, 0.5, 1.0)][-1]
    assert (found.seats, found.frozen) == ([1, 2, 3], frozenset())


class Happy:
    """Reads every face as happy."""

    spec = CropSpec(48, 1)

    def classify(self, crops: np.ndarray) -> FloatArray:
        answer = np.zeros((len(crops), 7), np.float32)
        answer[:, HAPPY] = 1.0
        return answer


def sharp(_image: Image, squares: FloatArray, spec: CropSpec) -> np.ndarray:
    shape = (len(squares), spec.side_px, spec.side_px, spec.channels)
    return np.random.default_rng(0).integers(80, 176, shape).astype(np.uint8)


def test_the_face_of_a_frozen_camera_says_so_and_is_not_read() -> None:
    gallery = ThreeTiles()
    analyzer = FrameAnalyzer(gallery, sharp, Happy(), gallery=lambda: gallery)
    for at_s in np.arange(0.0, 6.0 + FROZEN_S, 0.5):
        gallery.still = {1} if at_s >= 5 else set()
        analysis = analyzer.analyze(frame(float(at_s)))
    assert [(reading.quality.reason, reading.expression) for reading in analysis.readings] == [
        (Reason.NONE, HAPPY),
        (Reason.FROZEN, None),
        (Reason.NONE, HAPPY),
    ]
    assert (analysis.seats, analysis.cameras_on) == (3, 3)


def test_a_face_beside_the_tiles_that_never_moves_while_others_do_is_a_picture() -> None:
    gallery = two_tiles_and_a_face()
    people = ParticipantFinder(gallery, gallery)
    for at_s in np.arange(0.0, 3.0 + POSTER_S, 0.5):
        found = people.find(frame(float(at_s)))
        told = [(face.reason, float(face.xyxy[0])) for face in found.aside if face.reason is not Reason.ANOTHER]
        assert len(found.seats) + len(told) == 3
    assert (found.seats, found.occupied, found.cameras_on) == ([1, 2], 2, 2)
    assert told == [(Reason.STILL, 300.0)]


def test_where_there_is_no_gallery_seats_go_by_faces() -> None:
    gallery = ThreeTiles()
    gallery.shown = False
    found = ParticipantFinder(OneFace(), gallery).find(frame(0.0))
    assert (found.seats, found.occupied, found.cameras_on, found.tiles) == ([1], 1, 1, ())
    assert gallery.searched == []


def test_who_is_left_out_is_not_looked_for_and_counts_nowhere() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery)
    people.find(frame(0.0))
    found = people.find(frame(0.2), frozenset({2}))
    assert found.seats == [1, 3]
    assert (found.occupied, found.cameras_on) == (2, 2)
    assert [tile.excluded for tile in found.tiles] == [False, True, False]
    for at_s in np.arange(2.0, 6.0):
        people.find(frame(float(at_s)), frozenset({1, 2, 3}))
    assert gallery.searched == []
    assert people.find(frame(6.0)).seats == [1, 2, 3]


def test_a_seat_stays_left_out_over_reorderings_absences_and_a_camera_that_goes_off() -> None:
    gallery, out = ThreeTiles(), frozenset({2})
    people = ParticipantFinder(gallery, gallery)
    people.find(frame(0.0), out)
    moves = [([1, 2, 0], set()), ([2, 0], set()), ([2, 0, 1], {1}), ([5, 6, 7], set()), ([0, 1, 2], set())]
    for at_s, (order, still) in enumerate(moves, start=1):
        gallery.order, gallery.still = order, still
        tiles = people.find(frame(10.0 * at_s), out).tiles
        assert [tile.excluded for tile in tiles] == [one == 1 for one in order]


class Written(ThreeTiles):
    """A gallery of two, of the second of whom the plate is not always read alike; all rooms are the same."""

    def __init__(self) -> None:
        super().__init__()
        self.order, self.line = [0, 1], PLATES[1]

    def features(self, image: Image, tiles: FloatArray) -> TileFeatures:
        features = super().features(image, tiles)
        plates = np.stack([PLATES[0], self.line])[:, None]
        return dataclasses.replace(features, plates=plates, border_colours=np.full_like(features.border_colours, 0.5))


def test_who_is_left_out_stays_so_when_the_seat_turns_out_to_be_an_older_one() -> None:
    gallery = Written()
    people = ParticipantFinder(gallery, gallery)
    # Three lines of which any two have half in common, and what is much like two of them.
    first, second, third = unit(PLATES[1] + PLATES[2:5])
    between = unit(np.stack([second + third, first + third]))
    seen = []
    for at_s, line in enumerate((first, second, third, *between)):
        gallery.line = line
        found = people.find(frame(10.0 * at_s), frozenset({4}))
        seen.append((found.tiles[1].seat, found.tiles[1].excluded, found.seats, found.merged))
    assert seen == [
        (2, False, [1, 2], ()),
        (3, False, [1, 3], ()),
        (4, True, [1], ()),
        (3, True, [1], ((4, 3),)),
        (2, True, [1], ((3, 2),)),
    ]
    assert people.current_seat(4) == 2
    assert people.find(frame(41.0)).seats == [1, 2]


def test_a_face_without_a_gallery_is_left_out_until_it_is_brought_back_however_long_it_was_away() -> None:
    people = ParticipantFinder(OneFace())
    assert people.find(frame(0.0)).seats == [1]
    found = people.find(frame(0.5), frozenset({1}))
    assert (found.faces, found.seats, found.occupied, found.cameras_on) == ([], [], 0, 0)
    assert [(face.seat, float(face.xyxy[0])) for face in found.excluded] == [(1, 5.0)]
    assert people.find(frame(1.0)).seats == [1]
    assert people.find(frame(900.0), frozenset({1})).seats == []
    assert people.find(frame(1800.0)).seats == [2]


def test_a_face_without_a_gallery_never_takes_the_seat_of_a_tile() -> None:
    gallery = ThreeTiles()
    people = ParticipantFinder(gallery, gallery)
    in_tiles = set(people.find(frame(0.0)).seats)
    gallery.shown, gallery.beside = False, [dataclasses.replace(BESIDE, xyxy=BESIDE.xyxy + np.float32(40))]
    alone = people.find(frame(0.5), excluded=frozenset({1}))
    assert not in_tiles & set(alone.seats)
    assert (len(alone.faces), alone.occupied) == (1, 1)
    gallery.shown, gallery.beside = True, []
    assert set(people.find(frame(1.0)).seats) == in_tiles
