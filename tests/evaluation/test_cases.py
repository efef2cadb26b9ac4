"""How participants, faces and cameras are counted, on frames whose analysis is made up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from fer_desktop.app.terminal.cases_text import cases_text
from fer_desktop.core.readings.quality import Gate
from fer_desktop.core.types import Analysis, Face, FloatArray, Frame, Image, Quality, Reading, Reason, Tile, no_figures
from fer_desktop.evaluation.case_overlays import write_overlay
from fer_desktop.evaluation.cases import SETTLES_S, Amount, CaseReader, CaseTally, count_frame, evaluate_cases
from fer_desktop.evaluation.participants_count import counted, owners
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import CallCase, Scene
from fer_desktop.simulation.hard_cases.truth import CaseParticipant, CaseTruth
from fer_desktop.simulation.recording import Codec
from fer_desktop.vision.crop import cut_crops

IMAGE = np.random.default_rng(1).integers(0, 256, (400, 600, 3), dtype=np.uint8)
CASE = CallCase("drawn", "drawn")
# Two by two tiles of 300x200 px; the last one's camera is off.
TILES: tuple[FloatBox, ...] = ((0, 0, 300, 200), (300, 0, 600, 200), (0, 200, 300, 400), (300, 200, 600, 400))


def face_in(tile: FloatBox) -> FloatBox:
    x0, y0, _, _ = tile
    return x0 + 120, y0 + 60, x0 + 180, y0 + 130


PEOPLE = tuple(
    CaseParticipant(k, tile, k < 3, face_in(tile) if k < 3 else None, 1.0 if k < 3 else 0.0)
    for k, tile in enumerate(TILES)
)
TRUTH = CaseTruth(PEOPLE)


def box(xyxy: FloatBox) -> FloatArray:
    return np.array(xyxy, np.float32)


def a_face(xyxy: FloatBox, score: float = 0.9) -> Face:
    x0, y0, x1, y1 = xyxy
    across, down = np.array([0.3, 0.7, 0.5, 0.35, 0.65]), np.array([0.36, 0.36, 0.55, 0.68, 0.68])
    marks = np.stack([x0 + across * (x1 - x0), y0 + down * (y1 - y0)], axis=1)
    return Face(box(xyxy), score, marks.astype(np.float32))


def analysis(
    tiles: Sequence[tuple[FloatBox, bool]] = (), faces: Sequence[tuple[int, FloatBox]] = (), readable: bool = True
) -> Analysis:
    """One of tiles and whether their cameras are on, seats 1, 2, ...; and of faces with their seats."""
    quality = Quality(readable, Reason.NONE if readable else Reason.BLURRED, 70.0)
    readings = tuple(Reading(seat, a_face(xyxy), quality, no_figures()) for seat, xyxy in faces)
    found = tuple(Tile(box(xyxy), seat, on) for seat, (xyxy, on) in enumerate(tiles, start=1))
    beside = {seat for seat, _ in faces} - {tile.seat for tile in found}
    on = len(beside) + sum(tile.camera_on for tile in found)
    return Analysis(Frame(0, 0.0, IMAGE), readings, 0.0, len(found) + len(beside), on, found)


class Detector:
    """Finds what it is told."""

    def __init__(self, *faces: Face) -> None:
        self._faces = list(faces)

    def detect(self, _image: Image) -> list[Face]:
        return self._faces


def reader(*faces: Face) -> CaseReader:
    def none() -> None:
        raise AssertionError("no analyzer is needed")

    return CaseReader(none, Detector(*faces), cut_crops, Gate(min_sharpness=0.0))  # type: ignore[arg-type]  # see none


def tally_of(found: Analysis, truth: CaseTruth = TRUTH, case: CallCase = CASE, *bare: Face) -> CaseTally:
    tally = CaseTally(case)
    count_frame(tally, IMAGE, truth, found, reader(*bare), {})
    return tally


RIGHT = analysis(
    [(tile, k < 3) for k, tile in enumerate(TILES)], [(k + 1, face_in(tile)) for k, tile in enumerate(TILES[:3])]
)


def test_a_frame_that_is_read_right_has_full_marks() -> None:
    tally = tally_of(RIGHT, TRUTH, CASE, *(a_face(face_in(tile)) for tile in TILES[:3]))
    counts = tally.counts
    assert (counts.participants, counts.once, counts.none_counted, counts.frames) == (4, 4, 0, 1)
    assert (counts.faces, counts.faces_found, counts.faces_readable, counts.faces_read) == (3, 3, 3, 3)
    assert (counts.false_faces, counts.cameras, counts.camera_errors) == (0, 3, 0)
    assert (counts.bare_once, counts.bare_none_counted, counts.bare_found) == (3, 0, 3)
    assert tally.misses() == []


def test_whoever_is_in_no_tile_is_counted_by_the_face_and_once() -> None:
    found = analysis([(TILES[0], True)], [(1, face_in(TILES[0])), (7, face_in(TILES[1])), (8, face_in(TILES[2]))])
    assert [(one.seat, one.is_tile) for one in counted(found)] == [(1, True), (7, False), (8, False)]
    counts = tally_of(found).counts
    assert (counts.once, counts.none_counted, counts.faces_found) == (3, 0, 3)


def test_who_is_counted_once_on_another_seat_has_not_kept_it() -> None:
    tally, seats = CaseTally(CASE), dict[int, int]()
    moved = replace(RIGHT, tiles=(replace(RIGHT.tiles[0], seat=9), *RIGHT.tiles[1:]), readings=RIGHT.readings[1:])
    for found in (RIGHT, moved, analysis(), RIGHT):
        count_frame(tally, IMAGE, TRUTH, found, reader(), seats)
    assert (tally.counts.once, tally.counts.own_seat) == (12, 11)


def test_an_excluded_tile_and_its_face_are_not_counted() -> None:
    out = replace(RIGHT, tiles=(replace(RIGHT.tiles[0], excluded=True), *RIGHT.tiles[1:]))
    assert [one.seat for one in counted(out)] == [2, 3, 4]


def test_a_tile_and_a_face_of_one_person_are_one_too_many_and_not_once() -> None:
    faces = [*((reading.seat, tuple(reading.face.xyxy)) for reading in RIGHT.readings), (9, (10, 10, 60, 70))]
    found = analysis([(tile, True) for tile in TILES], faces)  # the last lies in the first tile
    counts = tally_of(found).counts
    assert (counts.once, counts.none_counted) == (3, 1)


def test_a_tile_that_holds_others_is_nobodys() -> None:
    for wrong in ((0.0, 0.0, 600.0, 400.0), (0.0, 0.0, 600.0, 200.0), (0.0, 0.0, 310.0, 399.0)):
        found = analysis([(wrong, True)])
        assert owners(TRUTH, counted(found)).of_counted == (None,)
        assert (tally_of(found).counts.once, tally_of(found).counts.none_counted) == (0, 1)
    one_face = CaseTruth((PEOPLE[0], replace(PEOPLE[3], tile_xyxy=TILES[1])))
    around = ((0.0, 0.0, 600.0, 400.0), True)  # with the one face, but over the other's tile too
    assert owners(one_face, counted(analysis([around]))).of_counted == (None,)


def test_a_tile_found_too_small_or_too_large_is_the_persons_whose_face_alone_it_shows() -> None:
    small = (100.0, 40.0, 200.0, 150.0)
    assert owners(TRUTH, counted(analysis([(small, True)]))).of_counted == (0,)
    alone = CaseTruth((PEOPLE[0],))
    assert owners(alone, counted(analysis([((0.0, 0.0, 590.0, 390.0), True)]))).of_counted == (0,)


def test_a_slide_and_a_face_on_it_are_nobody() -> None:
    slide, poster = (320.0, 210.0, 580.0, 390.0), (400.0, 250.0, 450.0, 320.0)
    truth = CaseTruth(PEOPLE[:3], (poster,))
    counts = tally_of(analysis([(slide, True)], [(5, poster)]), truth).counts
    assert (counts.once, counts.none_counted, counts.false_faces) == (0, 2, 0)
    nowhere = (20.0, 340.0, 60.0, 390.0)
    assert tally_of(analysis([], [(5, nowhere)]), truth).counts.false_faces == 1


def test_a_face_of_the_picture_in_the_picture_is_that_ones() -> None:
    large = CaseParticipant(0, (0, 0, 600, 400), True, (250, 100, 350, 230), 1.0)
    small = CaseParticipant(1, (450, 300, 590, 390), True, (500, 320, 540, 370), 1.0)
    truth = CaseTruth((large, small))
    found = analysis([((0, 0, 600, 400), True)], [(1, (250, 100, 350, 230)), (2, (495, 325, 530, 385))])
    assert owners(truth, counted(found)).of_counted == (0, 1)


def test_faces_too_small_or_too_much_hidden_need_not_be_found_but_may_be() -> None:
    tiny, hidden = (10.0, 10.0, 28.0, 30.0), (100.0, 100.0, 140.0, 150.0)
    people = (CaseParticipant(0, None, True, tiny, 1.0), CaseParticipant(1, None, True, hidden, 0.5))
    for found in (analysis(), analysis([], [(1, tiny), (2, hidden)])):
        counts = tally_of(found, CaseTruth(people)).counts
        assert (counts.participants, counts.once, counts.none_counted) == (0, 0, 0)
        assert (counts.faces, counts.faces_found, counts.false_faces) == (0, 0, 0)


def test_faces_that_the_bare_detector_reads_and_the_app_does_not_are_missed() -> None:
    bare = [a_face(face_in(tile)) for tile in TILES[:2]] + [a_face(face_in(TILES[2]), score=0.45)]
    counts = tally_of(replace(RIGHT, readings=RIGHT.readings[:1]), TRUTH, CASE, *bare).counts
    assert (counts.bare_found, counts.bare_once, counts.faces_readable, counts.faces_read) == (3, 2, 2, 1)
    blurred = analysis([], [(1, face_in(TILES[0]))], readable=False)
    assert tally_of(blurred, TRUTH, CASE, *bare).counts.faces_read == 0


def test_cameras_are_off_by_as_many_as_are_told_too_many_or_too_few() -> None:
    all_on = analysis([(tile, True) for tile in TILES])
    all_off = analysis([(tile, False) for tile in TILES])
    assert [tally_of(found).counts.camera_errors for found in (all_on, all_off)] == [1, 3]


def test_where_there_is_no_call_a_tile_is_claimed_and_a_face_is_no_fault() -> None:
    case = replace(CASE, scene=Scene.NEWS_SITE)
    truth = CaseTruth((), (face_in(TILES[0]), face_in(TILES[1])))
    faces = tally_of(analysis([], [(1, face_in(TILES[0]))]), truth, case)
    assert (faces.counts.claimed, faces.counts.none_counted, faces.misses()) == (0, 0, [])
    tiles = tally_of(analysis([(TILES[0], True), (TILES[1], True)]), truth, case)
    assert (tiles.counts.claimed, tiles.misses()) == (2, ["claimed"])
    assert faces.worst is not None
    assert tiles.worst is not None
    assert (faces.worst.wrong, tiles.worst.wrong) == ([False], [True, True])


def test_what_is_worse_than_it_should_be_is_named() -> None:
    tally = CaseTally(CASE)
    tally.counts.participants, tally.counts.once, tally.counts.none_counted = 100, 97, 1
    tally.counts.faces, tally.counts.faces_found = 100, 99
    tally.counts.faces_readable, tally.counts.faces_read = 50, 49
    tally.counts.frames, tally.counts.false_faces = 50, 1
    assert tally.misses() == []
    tally.counts.once, tally.counts.none_counted, tally.counts.faces_found = 96, 2, 98
    tally.counts.faces_read, tally.counts.false_faces = 48, 2
    assert tally.misses() == ["once", "none_counted", "faces_found", "faces_read", "false_faces"]
    bare = CaseTally(replace(CASE, bare_detector=True), tally.counts)
    assert bare.misses() == ["none_counted", "false_faces"]
    bare.counts.bare_once, bare.counts.bare_found = 97, 99
    assert bare.misses() == ["once", "none_counted", "faces_found", "false_faces"]


class Call:
    """Frames of one truth."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def frames(self, count: int, step_s: float = 0.5) -> Iterator[tuple[Frame, CaseTruth]]:
        for index in range(count):
            yield Frame(index, 100 + index * step_s, IMAGE), TRUTH


def test_each_call_has_a_fresh_analyzer_and_its_first_moments_are_told_apart() -> None:
    class Blind:
        def __init__(self) -> None:
            made.append(self)
            self.looked = 0

        def analyze(self, _frame: Frame) -> Analysis:
            self.looked += 1
            return RIGHT if self.looked > SETTLES_S / 0.5 else analysis()

    made: list[Blind] = []
    seeds, progress = [], []

    def make_call(case: CallCase, seed: int) -> Call:
        seeds.append((seed, case.line))
        return Call(seed)

    reads = replace(reader(), make_analyzer=Blind)  # type: ignore[arg-type]  # one that reads nothing at first
    tallies = evaluate_cases([CASE], make_call, reads, 5, Amount(2, 7), lambda done, of: progress.append((done, of)))
    assert (seeds, [one.looked for one in made if one.looked], progress[-1]) == (
        [(5, Codec.VP8), (6, None)],
        [7, 7],
        (14, 14),
    )
    tally = tallies["drawn"]
    assert (tally.counts.frames, tally.counts.once, tally.counts.participants) == (6, 24, 24)
    assert (tally.settling.frames, tally.settling.once, tally.settling.participants) == (8, 0, 32)
    assert tally.figures()["settling"]["frames"] == 8


def test_the_table_has_a_line_a_case_and_names_what_is_missed() -> None:
    wrong = tally_of(analysis([(TILES[0], True)]), TRUTH, replace(CASE, name="wrong", bare_detector=True))
    table = cases_text({"drawn": tally_of(RIGHT), "wrong": wrong}).splitlines()
    assert [line.split()[0] for line in table] == ["case", "drawn", "wrong*", "all"]
    assert "100.0 %" in table[1]
    assert table[1].rstrip().endswith("1")
    assert table[2].endswith("once, faces_found")
    assert "62.5 %" in table[3]


def test_an_overlay_shows_the_worst_frame_with_what_is_wrong_in_red(tmp_path: Path) -> None:
    tally = tally_of(RIGHT)
    count_frame(tally, IMAGE, TRUTH, analysis([((0, 0, 600, 400), True)]), reader(), {})
    count_frame(tally, IMAGE, TRUTH, RIGHT, reader(), {})
    assert tally.worst is not None
    assert tally.worst.faults == 5
    file = write_overlay(tmp_path, tally)
    assert file == tmp_path / "drawn.png"
    picture = cv2.imread(str(file))
    assert picture is not None
    assert (picture[-2, 20:250] == (40, 40, 235)).all(axis=1).any()
    assert not (picture == (230, 140, 30)).all(axis=2).any()
    assert write_overlay(tmp_path, CaseTally(CASE)) is None


@pytest.mark.parametrize("seed", range(3))
def test_shaken_tiles_and_faces_stay_their_owners(seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = [replace(one, xyxy=(one.xyxy + rng.uniform(-8, 8, 4)).astype(np.float32)) for one in counted(RIGHT)]
    assert owners(TRUTH, found).of_counted == (0, 1, 2, 3)
