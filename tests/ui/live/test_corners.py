"""Marks of a class: what is read, and never what it shows."""

import dataclasses

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from support.gui.made_up import empty_picture, reading
from support.gui.pictures import picture_of, pixels, rgb

from fer_desktop.core.expressions import HAPPY, SAD
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import SURE_FROM, Analysis, Reading, Tile
from fer_desktop.ui.live.corners import read_tip
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.look.theme import current_theme

# Of the one face, in a tile from 40, 40 to 320, 280 of a frame that is shown at half its size.
BOX = (100.0, 80.0, 220.0, 240.0)
TILE = Tile(np.array((40, 40, 320, 280), np.float32), 0, camera_on=True)
CORNER = slice(21, 27), slice(152, 159)  # rows and columns of the picture, at the tile's upper right


@pytest.fixture
def live(qtbot: QtBot) -> LiveView:
    view = LiveView()
    qtbot.addWidget(view)
    view.resize(640, 360)
    view.show_class_only(True)
    return view


def drawn(live: LiveView, *readings: Reading, tile: Tile = TILE) -> np.ndarray:
    live.show_analysis(Analysis(empty_picture().frame, readings, 0.1, tiles=(tile,)))
    return pixels(picture_of(live))


def test_a_face_that_is_read_has_a_solid_light_corner(live: LiveView) -> None:
    assert np.median(drawn(live, reading(BOX, HAPPY))[CORNER]) > 200
    assert np.median(drawn(live)[CORNER]) < 200


def test_no_expression_gives_its_colour_to_a_face_of_a_class(live: LiveView) -> None:
    seen = drawn(live, reading(BOX, SAD, 0.95))
    assert not (seen[..., ::-1] == rgb(current_theme().expressions[SAD])).all(axis=2).any()


def test_read_not_sure_and_not_readable_look_different(live: LiveView) -> None:
    faces = (reading(BOX, HAPPY), reading(BOX, HAPPY, SURE_FROM - 0.05), reading(BOX, readable=False))
    pictures = [drawn(live, face) for face in faces]
    assert (pictures[0] != pictures[1]).any()
    assert (pictures[1] != pictures[2]).any()
    tips = [read_tip(face) for face in faces]
    assert tips[0].startswith("Read.")
    assert "“not sure”" in tips[1]
    assert tips[2].startswith("Not readable: too small")


def test_a_camera_that_is_off_and_who_is_left_out_have_no_mark(live: LiveView) -> None:
    off = drawn(live, tile=dataclasses.replace(TILE, camera_on=False))
    on = drawn(live)
    live.show_left_out(Exclusion(frozenset({0})))
    out = pixels(picture_of(live))
    assert (on != off).any()
    assert (on != out).any()


def test_a_face_beside_the_tiles_has_its_corner_at_its_own_box(live: LiveView) -> None:
    beside = reading((700.0, 200.0, 820.0, 360.0), HAPPY, seat=7)
    seen = drawn(live, beside)
    assert np.median(seen[101:105, 405:409]) > 200


def test_a_recording_of_others_has_figures_of_one_face_and_no_word_on_it(live: LiveView) -> None:
    live.show_class_only(False, words_on_faces=False)
    face = reading(BOX, HAPPY)
    assert np.median(drawn(live, face)[CORNER]) > 200
    assert not live.withheld
    live.show_class_only(False, words_on_faces=True)
    assert np.median(drawn(live, face)[CORNER]) < 200
