import numpy as np

from fer_desktop.pipeline.ports import CropSpec
from fer_desktop.vision.crop import cut_crops

GREY, COLOUR = CropSpec(8, 1), CropSpec(8, 3)


def test_a_square_of_the_networks_size_comes_out_as_it_is() -> None:
    image = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    crop = cut_crops(image, np.array([[10, 20, 18, 28]], np.float32), COLOUR)[0]
    assert (crop == image[20:28, 10:18, ::-1]).all()  # RGB out of BGR


def test_past_the_frame_its_edge_goes_on() -> None:
    image = np.zeros((40, 60, 3), np.uint8)
    image[:, :10] = 200
    crop = cut_crops(image, np.array([[-4, 0, 4, 8]], np.float32), GREY)[0]
    assert crop.shape == (8, 8, 1)
    assert (crop == 200).all()


def test_shrinking_averages() -> None:
    image = np.zeros((64, 64, 3), np.uint8)
    image[:, ::2] = 255
    crop = cut_crops(image, np.array([[0, 0, 64, 64]], np.float32), GREY)[0]
    assert np.abs(crop.astype(int) - 127).max() <= 1


def test_no_squares_give_no_crops() -> None:
    assert cut_crops(np.zeros((9, 9, 3), np.uint8), np.empty((0, 4), np.float32), GREY).shape == (0, 8, 8, 1)


def test_a_square_at_any_corner_keeps_its_shape() -> None:
    image = np.zeros((30, 30, 3), np.uint8)
    squares = np.array([[-9, -9, 11, 11], [19, 19, 39, 39], [-9, 19, 11, 39], [-20, -20, 50, 50]], np.float32)
    assert cut_crops(image, squares, GREY).shape == (4, 8, 8, 1)
