"""Hard pictures of calls are drawn as their names say, and their truth is where things are."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
import pytest
from support.places import MODELS, RESOURCES, SHARED

from fer_desktop.core.geometry import iou_matrix
from fer_desktop.core.types import FloatArray, Frame, Image, PeopleSplit
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import Arrangement, CallCase, Degrade, Ground, Surroundings
from fer_desktop.simulation.hard_cases.catalogue import CASES, make_call
from fer_desktop.simulation.hard_cases.degrading import canvas_for, make_degrader
from fer_desktop.simulation.hard_cases.layouts import arranged, grid
from fer_desktop.simulation.hard_cases.pasting import outer_px, paste
from fer_desktop.simulation.hard_cases.truth import CaseTruth, area, common
from fer_desktop.vision.detectors import YuNetDetector

SMALL = (960, 540)
Shot = tuple[Frame, CaseTruth]


def shots(case: CallCase, frames: int, seed: int = 1, picture_px: tuple[int, int] = SMALL) -> list[Shot]:
    """The first frames, at a size that is drawn soon."""
    small = replace(case, pictures_px=(picture_px,))
    return list(make_call(small, RESOURCES, seed, PeopleSplit.TUNING).frames(frames))


@cache
def first(name: str) -> Shot:
    """With few people; shared between tests, since drawing them takes long."""
    return shots(replace(CASES[name], counts=(min(CASES[name].counts),)), 1)[0]


def boxes(truth: CaseTruth) -> list[FloatBox]:
    found = [box for person in truth.participants for box in (person.tile_xyxy, person.face_xyxy) if box]
    return [*found, *truth.decoy_faces]


def tiles(truth: CaseTruth) -> list[tuple[int, int, int, int]]:
    """Whole px."""
    made = []
    for person in truth.participants:
        assert person.tile_xyxy is not None
        x0, y0, x1, y1 = (int(edge) for edge in person.tile_xyxy)
        assert person.tile_xyxy == (x0, y0, x1, y1)
        made.append((x0, y0, x1, y1))
    return made


@pytest.mark.parametrize("name", CASES)
def test_every_case_draws_and_its_truth_is_inside_the_frame(name: str):
    frame, truth = first(name)
    height, width = frame.image.shape[:2]
    assert frame.image.dtype == np.uint8
    for x0, y0, x1, y1 in boxes(truth):
        assert 0 <= x0 < x1 <= width
        assert 0 <= y0 < y1 <= height
    assert bool(truth.participants) == CASES[name].is_call
    assert len({person.number for person in truth.participants}) == len(truth.participants)
    for person in truth.participants:
        assert (person.face_xyxy is None) == (person.face_share == 0)
        assert 0 <= person.face_share <= 1
        assert person.camera_on or person.face_xyxy is None
        if person.tile_xyxy and person.face_xyxy:
            assert area(common(person.tile_xyxy, person.face_xyxy)) == pytest.approx(area(person.face_xyxy), rel=1e-3)


@pytest.mark.parametrize("name", ["gap_1", "posters", "together", "film", "h264_23", "monitor_at_an_angle", "line_vp8"])
def test_the_same_seed_gives_the_same_frames_and_another_seed_others(name: str):
    one, again, other = (shots(CASES[name], 2, seed) for seed in (3, 3, 4))
    for (frame, truth), (same, same_truth) in zip(one, again, strict=True):
        # x264 codes a block otherwise now and then, although it has one thread: seen once in some hundred runs.
        allowed = 0.01 if CASES[name].recorded is not None else 0.0
        assert (frame.image != same.image).mean() <= allowed
        assert truth == same_truth
    assert (one[0][0].image != other[0][0].image).mean() > 0.2


@pytest.mark.parametrize("gap", [0, 1, 2, 3])
def test_gaps_are_as_wide_as_their_name_says(gap: int):
    frame, truth = shots(replace(CASES[f"gap_{gap}"], counts=(11,)), 1)[0]
    made = tiles(truth)
    assert len(made) == 11
    rows = sorted({box[1] for box in made})
    first_row = sorted(box for box in made if box[1] == rows[0])
    for left, right in pairwise(first_row):
        assert right[0] - left[2] == gap
        between = frame.image[left[1] : left[3], left[2] : right[0]]
        assert np.unique(between.reshape(-1, 3), axis=0).shape[0] <= 1
    assert all(below - above == first_row[0][3] - rows[0] + gap for above, below in pairwise(rows))


@pytest.mark.parametrize("gap", [1, 2, 4])
def test_a_gap_of_its_own_colour_is_not_the_ground(gap: int):
    case = replace(CASES[f"gap_{gap}_own_colour"], counts=(9,), surroundings=Surroundings.NOTHING)
    assert case.ground is Ground.OWN_GAP
    frame, truth = shots(case, 1)[0]
    one, other = tiles(truth)[:2]
    between = np.unique(frame.image[one[1] : one[3], one[2] : other[0]].reshape(-1, 3), axis=0)
    assert len(between) == 1
    assert np.abs(between[0].astype(int) - frame.image[0, 0]).sum() > 30


def test_the_last_row_of_eleven_is_centred():
    made = arranged(Arrangement.GALLERY, (0, 0, 1600, 900), 11, 4).tiles
    last = [tile for tile in made if tile[1] == made[-1][1]]
    assert [len(last), len(made)] == [3, 11]
    assert last[0][0] - made[0][0] == pytest.approx(made[3][2] - last[-1][2], abs=1)


@pytest.mark.parametrize("shape", [16 / 9, 4 / 3, 1.0, 9 / 16])
def test_tiles_have_the_shape_asked_for(shape: float):
    for x0, y0, x1, y1 in grid((0, 0, 1920, 1000), 12, 6, shape):
        assert (x1 - x0) / (y1 - y0) == pytest.approx(shape, rel=0.01)


def test_tiles_overlap_only_where_one_lies_over_another():
    for kind in Arrangement:
        made = arranged(kind, (10, 20, 1270, 700), 5, 4)
        pairs = [(one, other) for k, one in enumerate(made.tiles) for other in made.tiles[k + 1 :]]
        overlap = [common(one, other) for one, other in pairs]
        assert any(overlap) == (kind in (Arrangement.PICTURE_IN_PICTURE, Arrangement.SELF_VIEW)), kind
        assert all(tile[0] >= 10 and tile[1] >= 20 and tile[2] <= 1270 and tile[3] <= 700 for tile in made.tiles), kind
        if made.shared:
            assert not any(common(tile, made.shared) for tile in made.tiles)


def test_a_box_between_pixels_covers_its_edges_in_part():
    canvas = np.zeros((20, 30, 3), np.uint8)
    box = (3.25, 4.5, 21.75, 15.5)
    width, height = outer_px(box)
    paste(canvas, np.full((height, width, 3), 200, np.uint8), box, 0)
    assert canvas[8, 3, 0] == 150
    assert canvas[8, 21, 0] == 150
    assert canvas[4, 10, 0] == 100
    assert canvas.sum() / 3 / 200 == pytest.approx(area(box), rel=0.01)


def test_a_box_that_is_cut_off_by_the_canvas_is_drawn_where_it_is_visible():
    canvas = np.zeros((20, 30, 3), np.uint8)
    paste(canvas, np.full((12, 12, 3), 90, np.uint8), (-4.0, 14.0, 8.0, 26.0), 3)
    assert canvas[16, 2].tolist() == [90, 90, 90]
    assert not canvas[:14].any()
    assert not canvas[:, 8:].any()


@pytest.mark.parametrize(
    "degrade", [Degrade(0.667, "area"), Degrade(0.7, "lanczos"), Degrade(1.5, "linear"), Degrade(photographed=True)]
)
def test_boxes_go_where_the_pixels_go(degrade: Degrade):
    canvas = np.zeros((540, 960, 3), np.uint8)
    box = (300.0, 200.0, 500.0, 360.0)
    canvas[200:360, 300:500] = 255
    degrader = make_degrader(np.random.default_rng(5), degrade, SMALL)
    picture, moved = degrader.picture(canvas, 0), degrader.box(box)
    assert picture.shape[:2] == degrader.frame_px[::-1]
    bright = np.argwhere(cv2.GaussianBlur(picture[..., 1], (0, 0), 1.0) > 150)
    (top, left), (bottom, right) = bright.min(axis=0), bright.max(axis=0) + 1
    assert moved == pytest.approx((left, top, right, bottom), abs=4)


def test_what_is_scaled_has_the_size_asked_for_in_the_end():
    for name, case in CASES.items():
        if name.startswith("scaled"):
            frame, _ = first(name)
            assert frame.image.shape[:2] == pytest.approx(SMALL[::-1], abs=1)
            assert canvas_for(SMALL, case.degrade)[0] == round(SMALL[0] / case.degrade.scale)


def test_avatars_stand_still_while_cameras_move():
    case = replace(CASES["photos_as_avatars_gap_0"], counts=(9,))
    (before, truth), (after, _) = shots(case, 2)
    moved = {True: 0, False: 0}
    for person, (x0, y0, x1, y1) in zip(truth.participants, tiles(truth), strict=True):
        change = before.image[y0:y1, x0:x1] != after.image[y0:y1, x0:x1]
        assert change.any() == person.camera_on
        moved[person.camera_on] += 1
    assert moved[False] > moved[True] > 0


def test_faces_that_are_nobodys_are_not_participants():
    for name in ("gallery_beside_faces", "photos_as_avatars", "posters", "photo_wall", "people_panel"):
        _, truth = first(name)
        assert truth.decoy_faces, name
        faces = [person.face_xyxy for person in truth.participants if person.face_xyxy]
        for decoy in truth.decoy_faces:
            assert max((area(common(face, decoy)) for face in faces), default=0.0) < 0.3 * area(decoy), name
    assert not first("all_cameras_off")[1].participants[0].camera_on
    assert {person.camera_on for person in first("all_cameras_off")[1].participants} == {False}


def test_a_tight_region_ends_at_the_tiles():
    for name in ("tight_gallery", "tight_row", "tight_column", "tight_phones"):
        frame, truth = first(name)
        made = np.array(tiles(truth))
        height, width = frame.image.shape[:2]
        assert max(made[:, :2].min(), width - made[:, 2].max(), height - made[:, 3].max()) < 5, name


def test_a_dialog_hides_no_tile_as_a_whole():
    plain = replace(CASES["dialog_over_tiles"], overlay=None)
    (covered, truth), (clear, _) = shots(CASES["dialog_over_tiles"], 1)[0], shots(plain, 1)[0]
    differs = (covered.image != clear.image).any(axis=2)
    assert differs.any()
    for x0, y0, x1, y1 in tiles(truth):
        assert differs[y0:y1, x0:x1].mean() < 0.8


def test_a_seat_in_a_hall_has_a_face_and_no_tile():
    for name in ("together", "amphitheatre"):
        _, truth = first(name)
        assert all(person.tile_xyxy is None and person.face_xyxy for person in truth.participants)


def _found(image: Image) -> FloatArray:
    found = [face.xyxy for face in YuNetDetector(MODELS / "face_detector.onnx").detect(image) if face.score >= 0.5]
    return np.array(found, np.float32).reshape(-1, 4)


@pytest.mark.parametrize(
    "name", ["gap_0", "upright_phones_black", "tiles_1_1", "scaled_0_667_area", "gallery_beside_faces", "together"]
)
def test_faces_are_where_the_truth_says(name: str):
    frame, truth = shots(replace(CASES[name], counts=(6,)), 1, picture_px=(1280, 720))[0]
    wanted = [person.face_xyxy for person in truth.participants if person.face_xyxy and person.face_share > 0.9]
    faces = np.array([*wanted, *truth.decoy_faces], np.float32)
    best = iou_matrix(faces, _found(frame.image)).max(axis=1)
    assert np.median(best) > 0.6
    assert (best > 0.4).mean() >= 0.9


def test_half_of_the_people_may_be_portraits():
    folder = SHARED / "photos" / "portraits"
    if not folder.is_dir():
        pytest.skip(f"the portraits are not in {folder}")
    case = replace(CASES["gap_2"], pictures_px=(SMALL,), counts=(9,))
    drawn, mixed = (
        next(make_call(case, RESOURCES, 1, PeopleSplit.TUNING, portraits).frames(1)) for portraits in (None, folder)
    )
    differs = drawn[0].image != mixed[0].image
    changed = [bool(differs[y0:y1, x0:x1].mean() > 0.5) for x0, y0, x1, y1 in tiles(drawn[1])]
    assert 0 < sum(changed) < len(changed)
