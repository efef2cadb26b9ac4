"""Recordings are seen as they are shown: with square pixels, and upright."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support.inputs.clips import write_pixels
from support.places import SHARED

from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.core.types import Image


def first_picture(path: Path) -> Image:
    source = RecordingSource(path, paced=False)
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    return frame.image


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        (Fraction(4, 3), (213, 120)),
        (Fraction(3, 4), (160, 160)),
        (Fraction(2, 1), (320, 120)),
        (Fraction(1, 1), (160, 120)),
        (Fraction(200, 201), (160, 120)),  # rounding
        (Fraction(1, 50), (160, 120)),  # nonsense
        (None, (160, 120)),
    ],
)
def test_pixels_that_are_not_square_are_drawn_out(
    tmp_path: Path, shape: Fraction | None, size: tuple[int, int]
) -> None:
    image = first_picture(write_pixels(tmp_path / "clip.mp4", shape))
    assert (image.shape[1], image.shape[0]) == size
    assert image.flags.c_contiguous
    middle = size[0] // 2
    assert image[:, : middle - 8].max() < 30
    assert image[:, middle + 8 :].min() > 220


@pytest.mark.parametrize(("turned", "white"), [(90, "below"), (180, "left"), (270, "above")])
@pytest.mark.parametrize("shape", [None, Fraction(4, 3)])
def test_a_recording_that_was_taken_sideways_stands_upright(
    tmp_path: Path, turned: int, white: str, shape: Fraction | None
) -> None:
    image = first_picture(write_pixels(tmp_path / "clip.mp4", shape, turned))
    across = 160 if shape is None else 213
    assert (image.shape[1], image.shape[0]) == ((across, 120) if turned == 180 else (120, across))
    height, width = image.shape[:2]
    halves = {
        "above": image[: height // 2 - 8],
        "below": image[height // 2 + 8 :],
        "left": image[:, : width // 2 - 8],
        "right": image[:, width // 2 + 8 :],
    }
    assert [name for name, part in halves.items() if part.min() > 220] == [white]


@pytest.mark.needs_data("cases")
def test_the_case_of_squeezed_faces_is_seen_at_its_display_shape() -> None:
    image = first_picture(SHARED / "cases" / "anamorphic_sar_4_3.mp4")
    assert image.shape == (388, 680, 3)
    assert image.dtype == np.uint8
