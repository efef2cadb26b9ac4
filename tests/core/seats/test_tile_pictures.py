import numpy as np
import pytest

from fer_desktop.core.seats.tile_pictures import THUMB_PX, plainly_avatar, with_dark_ones_lit
from fer_desktop.core.types import FloatArray

WIDTH, HEIGHT = THUMB_PX
RNG = np.random.default_rng(8)
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH]


def on_ground(shape: FloatArray, ground: float = 38.0) -> FloatArray:
    """A thumbnail of something lively where `shape` is set, amid one grey that an encoder has touched."""
    lively = RNG.uniform(60, 220, (HEIGHT, WIDTH))
    return np.where(shape, lively, ground + RNG.normal(0, 0.4, shape.shape)).astype(np.float32).ravel()


@pytest.mark.parametrize(
    "shape",
    [
        np.zeros((HEIGHT, WIDTH)),  # a name that is too thin to be seen
        (np.abs(Y - 4) <= 1) & (np.abs(X - 7.5) < 2),  # initials
        (Y - 5) ** 2 + (X - 7.5) ** 2 <= 14,  # a photo in a disc
        (np.abs(X - 7.5) <= 3.5) & (Y >= 1),  # a square photo, of which the name plate hides the lower edge
        ((np.abs(X - 7.5) <= 3.5) & (Y >= 1)) | ((Y == 0) & (X >= 14)),  # with a microphone in the corner
    ],
)
def test_initials_and_photos_amid_one_colour_are_plainly_avatars(shape: FloatArray) -> None:
    assert plainly_avatar(on_ground(shape))
    assert plainly_avatar(on_ground(shape, ground=236.0))


@pytest.mark.parametrize(
    "shape",
    [
        np.ones((HEIGHT, WIDTH)),  # a camera's picture, or a photo that fills the tile
        np.abs(X - 7.5) < 2.6,  # an upright phone between pillars
        np.abs(X - 7.5) < 3.6,
        ((np.abs(X - 7.5) <= 2) & (Y >= 1)) | ((np.abs(X - 7.5) <= 5) & (Y >= 7)),  # a person before a plain ground
    ],
)
def test_what_a_camera_may_show_is_not_plainly_an_avatar(shape: FloatArray) -> None:
    assert not plainly_avatar(on_ground(shape))


def test_a_camera_in_the_dark_is_no_avatar_and_moves_by_few_grey_levels() -> None:
    shape = ((np.abs(X - 7.5) <= 2) & (Y >= 2)) | ((np.abs(X - 7.5) <= 1) & (Y >= 1))
    dark = (18 + 0.6 * X + np.where(shape, 8, 0)).astype(np.float32).ravel()
    avatar = on_ground((np.abs(Y - 4) <= 1) & (np.abs(X - 7.5) < 2), ground=20.0)
    flat = np.full(WIDTH * HEIGHT, 34, np.float32)  # a name too thin to be seen
    assert not plainly_avatar(dark)
    assert plainly_avatar(avatar)
    lit = with_dark_ones_lit(np.stack([dark, avatar, flat]))
    assert np.ptp(lit[0]) > 2.5 * np.ptp(dark)
    np.testing.assert_array_equal(lit[1:], [avatar, flat])


def test_a_name_at_the_upper_left_hides_no_avatar() -> None:
    name = (Y <= 1) & (X <= 5)
    photo = (Y - 5) ** 2 + (X - 7.5) ** 2 <= 14
    assert plainly_avatar(on_ground(photo | name))


def test_a_bare_wall_that_is_lit_from_one_side_is_a_camera() -> None:
    shape = ((np.abs(X - 7.5) <= 2) & (Y >= 2)) | ((np.abs(X - 7.5) <= 3) & (Y >= 6))
    wall = (150 + 2.0 * X + 1.0 * Y).astype(np.float32)
    assert not plainly_avatar(np.where(shape, on_ground(shape).reshape(HEIGHT, WIDTH), wall).ravel())
