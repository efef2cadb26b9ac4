"""What moves in a simulated call that is encoded anew in every frame, and what only seems to."""

from functools import cache

import cv2
import numpy as np
import pytest
from support.places import RESOURCES

from fer_desktop.core.seats.stillness import FROZEN_S
from fer_desktop.core.seats.tile_cameras import STILL_S
from fer_desktop.core.seats.tile_seats import TileSeats
from fer_desktop.core.types import FloatArray, Image, PeopleSplit, Tile
from fer_desktop.simulation.ground_truth import Avatar, CallTile
from fer_desktop.simulation.layout import Style
from fer_desktop.simulation.simulator import CallSimulator
from fer_desktop.vision.gallery.tile_features import FeatureExtractor

EVERY_S = 0.5


@cache
def call(style: Style, seed: int) -> CallSimulator:
    return CallSimulator(RESOURCES, "cameras", 9, style, (960, 540), seed, PeopleSplit.TUNING, realtime=False)


def encoded(image: Image, quality: int) -> Image:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def boxes_of(tiles: tuple[CallTile, ...]) -> FloatArray:
    return np.array([tile.tile_xyxy for tile in tiles], np.float32)


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("quality", [60, 100])
def test_in_a_single_picture_every_avatar_is_one_and_no_camera_is(style: Style, quality: int) -> None:
    tiles = call(style, 3).truth_at(40.0).tiles
    features = FeatureExtractor().features(encoded(call(style, 3).image_at(40.0), quality), boxes_of(tiles))
    assert {tile.avatar for tile in tiles} >= {Avatar.NONE, Avatar.PORTRAIT}
    on = [tile.camera_on for tile in TileSeats().assign(features, 0.0)]
    assert on == [tile.camera_on for tile in tiles]


def test_cameras_move_a_frozen_one_does_not_and_what_an_encoder_changes_is_no_movement() -> None:
    seats, rng, simulated = TileSeats(), np.random.default_rng(6), call(Style.ZOOM_DARK, 6)
    truth = simulated.truth_at(10.0).tiles
    boxes, on = boxes_of(truth), [tile.camera_on for tile in truth]
    x0, y0, x1, y1 = truth[on.index(True)].tile_xyxy
    froze = simulated.image_at(10.0)[y0:y1, x0:x1]
    extractor, told = FeatureExtractor(), dict[float, list[Tile]]()
    for at_s in map(float, np.arange(2.0, 13.0 + FROZEN_S, EVERY_S)):
        # Nobody comes or goes in the script meanwhile: it plays to and fro.
        image = simulated.image_at(2.0 + abs(at_s - 2.0) % 8.0)
        if at_s >= 10.0:
            image[y0:y1, x0:x1] = froze
        features = extractor.features(encoded(image, int(rng.integers(60, 91))), boxes)
        told[at_s] = seats.assign(features, at_s)
    for at_s, tiles in told.items():
        frozen = at_s >= 10.5 + FROZEN_S
        if frozen or at_s < 10.0 + STILL_S:
            assert [tile.camera_on for tile in tiles] == on, at_s
            assert [tile.frozen for tile in tiles].count(True) == frozen, at_s
            assert tiles[on.index(True)].frozen is frozen, at_s
