"""The simulated call plays its script, knows what it shows, and looks like a call."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from support.drawn_calls import draw_call
from support.places import MODELS, RESOURCES

from fer_desktop.core.errors import SourceError
from fer_desktop.core.expressions import EXPRESSIONS, NEUTRAL
from fer_desktop.core.geometry import iou_matrix
from fer_desktop.core.types import FloatArray, Image, PeopleSplit
from fer_desktop.simulation.cast.actors import generated_actors
from fer_desktop.simulation.cast.generated_people import load_people
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.ground_truth import Avatar, CallTruth
from fer_desktop.simulation.layout import THEMES, Style, View, layout
from fer_desktop.simulation.scenarios import make_script, participants_in
from fer_desktop.simulation.simulator import CallSimulator

SMALL = (960, 540)


def new_call(
    script: str = "calm",
    count: int = 9,
    style: Style = Style.ZOOM_DARK,
    picture_px: tuple[int, int] = SMALL,
    seed: int = 7,
    split: PeopleSplit = PeopleSplit.TUNING,
    view: View | None = None,
) -> CallSimulator:
    return CallSimulator(RESOURCES, script, count, style, picture_px, seed, split, view=view, realtime=False)


# What a call draws does not depend on what it drew before: the tests share them, since loading the people takes long.
call = cache(new_call)


def cut(image: Image, box: tuple[int, int, int, int]) -> Image:
    return image[box[1] : box[3], box[0] : box[2]]


def faces(truth: CallTruth) -> FloatArray:
    return np.array([tile.seen_xyxy for tile in truth.tiles if tile.seen_xyxy], np.float32)


@pytest.mark.parametrize("style", Style)
def test_the_picture_has_the_size_asked_for(style: Style):
    image = call(count=4, style=style, picture_px=(1280, 720)).image_at(1.0)
    assert image.shape == (720, 1280, 3)
    assert image.dtype == np.uint8


def test_the_same_seed_draws_the_same_pixels_whatever_was_drawn_before():
    one, other = new_call("hardest", 4), new_call("hardest", 4)
    for script_s in (3.0, 90.0, 55.0):
        one.image_at(script_s)
    np.testing.assert_array_equal(one.image_at(61.3), other.image_at(61.3))
    assert one.truth_at(61.3) == other.truth_at(61.3)


def test_another_seed_and_the_other_split_are_other_people_in_other_rooms():
    truth, image = call().truth_at(5.0), call().image_at(5.0)
    on = [tile.tile_xyxy for tile in truth.tiles if tile.camera_on]
    for other in (call(seed=8), call(split=PeopleSplit.HOLDOUT)):
        assert all((cut(image, box) != cut(other.image_at(5.0), box)).mean() > 0.3 for box in on)


def test_the_largest_call_has_sixty_different_people():
    participants = participants_in("hardest", 49)
    script = make_script("hardest", 7, participants, 49)
    actors = generated_actors(RESOURCES, PeopleSplit.HOLDOUT, 7, [set() for _ in range(participants)])
    assert len({actor.person.name for actor in actors}) == participants == 60
    assert all(actor.person.name.startswith("holdout") for actor in actors)
    assert len({identity.name for identity in CallPeople(7, participants, script).identities}) == 60


def test_people_can_be_chosen_from_the_first_of_a_split():
    actors = generated_actors(RESOURCES, PeopleSplit.TUNING, 7, [set()] * 25, first=25)
    first = load_people(RESOURCES, PeopleSplit.TUNING, [(number, {NEUTRAL}) for number in range(25)])
    assert {actor.person.name for actor in actors} == {person.name for person in first}


def test_what_a_reader_draws_on_its_frame_is_not_in_the_next_one():
    source = call(count=4)
    clean = source.image_at(4.0)
    source.image_at(4.0)[:] = 0
    np.testing.assert_array_equal(source.image_at(4.0), clean)


def test_tiles_are_the_layouts_and_between_them_is_the_ground():
    source = call(style=Style.MEET)
    truth, image = source.truth_at(2.0), source.image_at(2.0)
    assert tuple(tile.tile_xyxy for tile in truth.tiles) == truth.layout.tiles
    assert truth.layout == layout(Style.MEET, View.GALLERY, 9, SMALL)
    left, right = truth.tiles[0].tile_xyxy, truth.tiles[1].tile_xyxy
    between = image[left[1] : left[3], left[2] : right[0]]
    assert (between == np.array(THEMES[Style.MEET].ground)).all()


@pytest.mark.parametrize("style", Style)
def test_corners_are_round(style: Style):
    source = call(count=4, style=style, picture_px=(1280, 720))
    image, truth = source.image_at(2.0), source.truth_at(2.0)
    x0, y0, x1, _ = truth.tiles[0].tile_xyxy
    ground = np.array(THEMES[style].ground)
    assert np.abs(image[y0, x0].astype(int) - ground).max() <= 25
    assert np.abs(image[y0, x1 - 1].astype(int) - ground).max() <= 25


def test_the_speaker_is_framed():
    for style in Style:
        source = call("calm", 4, style, (1280, 720))
        moment = source.script.moment(7.0)
        truth, image = source.truth_at(7.0), source.image_at(7.0)
        framed = [
            tile.participant
            for tile in truth.tiles
            if (cut(image, tile.tile_xyxy)[1, 40:-40] == np.array(THEMES[style].speaking)).all()
        ]
        assert framed == [moment.speaker] == [truth.speaker]


def test_a_camera_that_is_off_shows_no_face_and_does_not_move():
    cameras = call("cameras", 12)
    truth = cameras.truth_at(30.0)
    off = [tile for tile in truth.tiles if not tile.camera_on]
    assert off
    for tile in off:
        assert (tile.face_xyxy, tile.seen_xyxy, tile.expression, tile.face_share) == (None, None, None, 0.0)
        assert tile.avatar is not Avatar.NONE
        assert tile.face_height_px == 0.0
    before, after = cameras.image_at(30.0), cameras.image_at(30.5)
    for tile in truth.tiles:
        moves = bool((cut(before, tile.tile_xyxy) != cut(after, tile.tile_xyxy)).any())
        assert moves == tile.camera_on


def test_there_are_avatars_of_both_kinds():
    source = call(count=25, style=Style.TEAMS)
    kinds = {tile.avatar for tile in source.truth_at(0.0).tiles}
    assert kinds == set(Avatar)


def test_cameras_on_are_counted_in_the_whole_call():
    source = call("pages", 9)
    truth = source.truth_at(0.0)
    assert len(truth.tiles) == 9 < len(truth.participants)
    assert sum(tile.camera_on for tile in truth.tiles) < truth.cameras_on <= len(truth.participants)


def test_somebody_who_was_absent_comes_back_with_the_same_look():
    cameras = call("cameras", 12)
    absences = cameras.script.absences
    longest = max(absences, key=lambda k: absences[k][1] - absences[k][0])
    from_s, to_s = absences[longest]
    assert longest in cameras.truth_at(from_s - 0.1).visible
    assert longest not in cameras.truth_at(from_s + 0.1).participants
    back = cameras.truth_at(to_s + 0.1)
    assert longest in back.visible
    assert back.transitioning


def test_a_page_turn_shows_other_participants():
    source = call("pages", 9)
    seen = {truth.page: set(truth.visible) for t in np.arange(0.0, 120.0, 1.0) if (truth := source.truth_at(float(t)))}
    assert len(seen) == source.truth_at(0.0).pages == 2
    assert not seen[0] & seen[1]
    assert seen[0] | seen[1] == set(range(source.participants))


def test_a_shared_slide_takes_the_room_and_has_nobody_in_it():
    source = call("views", 9)
    truth = source.truth_at(22.0)
    assert truth.view is View.SHARED_STRIP
    assert truth.layout.shared is not None
    slide = cut(source.image_at(22.0), truth.layout.shared)
    assert slide.std() > 10
    assert (slide != cut(source.image_at(30.0), truth.layout.shared)).any()
    for tile in truth.tiles:
        assert tile.tile_xyxy[3] <= truth.layout.shared[1]


def test_a_speaker_has_the_large_tile():
    source = call("reorders", 9, Style.MEET, view=View.SPEAKER)
    for script_s in (1.0, 7.0, 25.0):
        truth = source.truth_at(script_s)
        assert truth.layout.large is not None
        if truth.speaker is not None:
            assert truth.tiles[truth.layout.large].participant == truth.speaker


def test_a_smaller_window_leaves_a_desktop():
    source = call("window_moves", 9)
    truth, image = source.truth_at(12.0), source.image_at(12.0)
    window = truth.layout.window
    assert window != (0, 0, *SMALL)
    assert all(
        window[0] <= x0 < x1 <= window[2] and window[1] <= y0 < y1 <= window[3] for x0, y0, x1, y1 in truth.layout.tiles
    )
    outside = np.ones(image.shape[:2], bool)
    outside[window[1] : window[3], window[0] : window[2]] = False
    np.testing.assert_array_equal(image[outside], source.image_at(14.0)[outside])
    assert image[outside].std() > 5
    assert source.truth_at(9.5).transitioning
    assert not truth.transitioning


def test_faces_are_30_to_45_percent_of_the_tile():
    source = call(count=25, style=Style.TEAMS)
    for tile in source.truth_at(10.0).tiles:
        if tile.camera_on:
            assert 0.28 < tile.face_height_px / (tile.tile_xyxy[3] - tile.tile_xyxy[1]) < 0.49
            assert tile.face_share == 1.0
            assert tile.expression in range(len(EXPRESSIONS))


def test_some_faces_are_cut_off_by_the_tiles_edge():
    source = call("faces", 25)
    cut_off = [
        tile for t in np.arange(0.0, 90.0, 1.0) for tile in source.truth_at(float(t)).tiles if tile.face_share < 0.9
    ]
    cut_off = [tile for tile in cut_off if tile.camera_on]
    assert cut_off
    assert {tile.degradation for tile in cut_off} == {"cut off"}
    assert min(tile.face_share for tile in cut_off) < 0.65
    for tile in cut_off:
        assert tile.seen_xyxy is not None
        assert tile.tile_xyxy[0] <= tile.seen_xyxy[0] < tile.seen_xyxy[2] <= tile.tile_xyxy[2]


def test_trouble_dims_a_tile():
    source = call("faces", 25)
    dim = next(
        (tile, float(t))
        for t in np.arange(1.0, 90.0, 0.5)
        for tile in source.truth_at(float(t)).tiles
        if tile.degradation == "dim" and source.script.episode(tile.participant, float(t)) is not None
    )
    tile, start_s = dim
    episode = source.script.episode(tile.participant, start_s)
    assert episode is not None
    middle_s = (episode[0].start_s + episode[0].end_s) / 2
    before, during = (
        cut(source.image_at(t), tile.tile_xyxy).mean() for t in (max(episode[0].start_s - 0.5, 0.0), middle_s)
    )
    assert during < 0.8 * before


@pytest.mark.parametrize(("style", "split"), [(Style.ZOOM_DARK, PeopleSplit.TUNING), (Style.MEET, PeopleSplit.HOLDOUT)])
def test_the_detector_finds_the_faces_where_they_are(style: Style, split: PeopleSplit):
    from fer_desktop.vision.detectors import shipped_detector

    source = call(count=9, style=style, split=split, picture_px=(1280, 720))
    truth = source.truth_at(20.0)
    found = np.array([face.xyxy for face in shipped_detector(MODELS).detect(source.image_at(20.0))])
    overlap = iou_matrix(faces(truth), found)
    assert (overlap.max(axis=1) >= 0.4).all()
    assert np.median(overlap.max(axis=1)) > 0.8
    portraits = sum(tile.avatar is Avatar.PORTRAIT for tile in truth.tiles)
    assert len(found) <= len(faces(truth)) + portraits


def test_portraits_from_a_folder_move_and_have_their_boxes(tmp_path: Path):
    folder = tmp_path / "portraits"
    folder.mkdir()
    grain = np.random.default_rng(1).integers(0, 90, (320, 240, 3)).astype(np.uint8)
    for number in range(3):
        picture = cv2.GaussianBlur(grain, (0, 0), 3) + np.uint8(40 * number)
        cv2.ellipse(picture, (120, 130), (50, 70), 0, 0, 360, (40, 40, 240), -1)
        cv2.imwrite(str(folder / f"face{number}.png"), picture)
    lines = [f"portraits/face{number}.png,70,60,170,200" for number in range(3)]
    (tmp_path / "boxes.csv").write_text("\n".join(["file,x0,y0,x1,y1", *lines]), "utf-8")
    source = CallSimulator(RESOURCES, count=4, picture_px=SMALL, portraits=folder, realtime=False)
    truth, image = source.truth_at(3.0), source.image_at(3.0)
    for tile in truth.tiles:
        assert tile.face_xyxy is not None
        x0, y0, x1, y1 = (round(side) for side in tile.face_xyxy)
        middle = image[(y0 + y1) // 2, (x0 + x1) // 2].astype(int)
        assert middle[2] > middle[0] + 60
        assert tile.expression is None
    moved = source.truth_at(9.0).tiles
    assert [tile.face_xyxy for tile in moved] != [tile.face_xyxy for tile in truth.tiles]


def test_a_folder_without_boxes_is_one_sentence(tmp_path: Path):
    with pytest.raises(SourceError, match=r"boxes\.csv"):
        CallSimulator(RESOURCES, portraits=tmp_path).open()


def test_missing_people_are_one_sentence(tmp_path: Path):
    with pytest.raises(SourceError, match="install the program again"):
        CallSimulator(tmp_path).open()


@pytest.mark.parametrize("count", [50, 0])
def test_other_numbers_of_tiles_are_refused(count: int):
    with pytest.raises(ValueError, match="1 to 49"):
        CallSimulator(RESOURCES, count=count)


def test_it_is_read_as_a_source_to_its_end():
    source = CallSimulator(RESOURCES, "restless", 2, picture_px=(640, 360), rate_hz=0.2, realtime=False)
    source.open()
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    source.close()
    source.close()
    assert [frame.index for frame in frames] == list(range(12))
    assert frames[3].captured_s == pytest.approx(15.0)
    np.testing.assert_array_equal(frames[3].image, source.frame_at(15.0).image)


def test_cancel_ends_the_reading():
    source = CallSimulator(RESOURCES, count=1, picture_px=(640, 360), rate_hz=0.01)
    source.open()
    assert source.read() is not None
    source.cancel()
    assert source.read() is None
    source.close()


def test_one_picture_of_a_call_is_drawn_from_given_tiles():
    made = layout(Style.ZOOM_DARK, View.GALLERY, 3, SMALL)
    green = np.full((90, 160, 3), (0, 200, 0), np.uint8)
    image = draw_call(made, [green, None, green], ["Ann Lee", "Bo Ek", "Cy Orr"], speaking=0)
    middles = [image[(y0 + y1) // 2, (x0 + x1) // 2].tolist() for x0, y0, x1, y1 in made.tiles]
    assert middles[0] == middles[2] == [0, 200, 0]
    assert middles[1] != [0, 200, 0]
