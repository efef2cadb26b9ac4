import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QFontMetricsF, QImage, QPixmap
from pytestqt.qtbot import QtBot
from support.gui.made_up import Box, empty_picture, gallery, reading
from support.gui.pictures import Snapshot, picture_of, pixels, rgb

from fer_desktop.core.expressions import HAPPY, SAD, SURPRISE
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import SURE_FROM, Analysis, AsideFace, Frame, Image, Reason
from fer_desktop.ui.live import live_view
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.live.hit_test import as_chosen, targets_of
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.live.overlay import Length, face_label, face_tip, label_font, label_lengths
from fer_desktop.ui.live.tile_outlines import tiles_words
from fer_desktop.ui.look.theme import current_theme
from fer_desktop.ui.look.words import reason_word

BOX: Box = (100.0, 100.0, 200.0, 220.0)


@pytest.fixture
def live(qtbot: QtBot) -> LiveView:
    view = LiveView()
    qtbot.addWidget(view)
    view.resize(640, 360)
    return view


def frame_of(image: Image, *boxes: Box) -> Analysis:
    return Analysis(Frame(0, 0.0, image), tuple(reading(box) for box in boxes), 0.1)


def test_a_label_says_the_expression_and_its_probability() -> None:
    face = reading(BOX, HAPPY, 0.82)
    assert [face_label(face, length) for length in Length] == ["", "smiling", "smiling 82 %"]


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
def test_a_face_that_is_not_readable_says_why_where_that_has_room_and_under_the_pointer(reason: Reason) -> None:
    face = reading(BOX, readable=False, reason=reason)
    words = reason_word(reason)
    assert [face_label(face, length) for length in Length] == ["", "", words]
    assert face_tip(face) == f"Not readable: {words}, 120 px tall"
    metrics = QFontMetricsF(label_font())
    assert metrics.horizontalAdvance(words) <= metrics.horizontalAdvance("surprise 100 %")


def test_a_face_of_which_no_expression_is_likely_is_not_named() -> None:
    face = reading(BOX, SAD, SURE_FROM - 0.01)
    assert [face_label(face, length) for length in Length] == ["", "not sure", "not sure"]
    assert face_tip(face).startswith("Not sure: sad ")
    assert face_label(reading(BOX, SAD, SURE_FROM + 0.01)).startswith("sad ")


def test_the_box_of_a_face_that_is_not_sure_has_no_expressions_colour(live: LiveView) -> None:
    live.show_analysis(Analysis(empty_picture().frame, (reading((400, 300, 600, 500), SAD, SURE_FROM - 0.01),), 0.1))
    colours = [rgb(colour) for colour in current_theme().expressions]
    assert tuple(pixels(picture_of(live))[200, 200][::-1]) not in colours


def test_under_the_pointer_a_face_tells_its_three_most_probable_expressions(live: LiveView) -> None:
    live.show_analysis(Analysis(empty_picture().frame, (reading((400, 300, 600, 500), SURPRISE, 0.6),), 0.1))
    # The picture is shown at half its size.
    assert live._tip_at(QPoint(250, 200)).startswith("surprise 60 %, ")
    assert live._tip_at(QPoint(10, 10)) == ""


def test_labels_get_shorter_as_faces_crowd_and_never_cover_each_other() -> None:
    widths, height = (60.0, 110.0), 18.0
    found = []
    for tile in (130.0, 90.0, 50.0, 20.0):
        centres = np.array([(x * tile, y * tile) for x in range(4) for y in range(4)], dtype=np.float32)
        half = tile / 5
        boxes = np.concatenate([centres - half, centres + half], axis=1)
        lengths = label_lengths(boxes, widths, height)
        assert len(set(lengths)) == 1  # a gallery looks alike throughout
        found.append(lengths[0])
    assert found == [Length.FULL, Length.WORD, Length.NONE, Length.NONE]


def test_a_tile_that_is_missing_does_not_give_its_neighbours_longer_labels() -> None:
    centres = [(90.0 * x, 90.0 * y) for x in range(4) for y in range(4) if (x, y) != (1, 2)]
    boxes = np.array([(x - 18, y - 18, x + 18, y + 18) for x, y in centres], dtype=np.float32)
    assert set(label_lengths(boxes, (60.0, 110.0), 18.0)) == {Length.WORD}


def test_a_label_does_not_cover_the_face_above() -> None:
    boxes = np.array([(0.0, 46.0 * row, 36.0, 46.0 * row + 36) for row in range(3)], dtype=np.float32)
    assert label_lengths(boxes, (60.0, 110.0), 18.0)[1:] == [Length.NONE, Length.NONE]


def test_a_large_face_keeps_its_label_beside_a_crowd_of_small_ones() -> None:
    crowd = [(10.0 * x, 10.0 * y, 10.0 * x + 8, 10.0 * y + 8) for x in range(5) for y in range(5)]
    boxes = np.array([*crowd, (200.0, 100.0, 300.0, 220.0)], dtype=np.float32)
    lengths = label_lengths(boxes, (60.0, 110.0), 18.0)
    assert lengths[-1] is Length.FULL
    assert Length.FULL not in lengths[:-1]


def test_a_gallery_of_large_faces_shows_boxes_and_labels(live: LiveView, snapshot: Snapshot) -> None:
    live.show_analysis(gallery(4, 3))
    snapshot(live, "live_12_faces")


def test_49_small_faces_stay_legible(live: LiveView, snapshot: Snapshot) -> None:
    live.show_analysis(gallery(7, 7))
    snapshot(live, "live_49_faces")


def test_the_picture_keeps_its_proportions(live: LiveView) -> None:
    live.resize(400, 400)
    live.show_analysis(frame_of(np.full((100, 200, 3), (0, 0, 255), dtype=np.uint8)))
    seen = pixels(picture_of(live))
    assert tuple(seen[40, 200][::-1]) == rgb(current_theme().track)  # beside the picture
    assert tuple(seen[150, 200]) == (0, 0, 255)
    assert (seen[:, 200] == (0, 0, 255)).all(axis=1).sum() == 200


def test_a_cut_out_of_a_larger_picture_is_shown_as_it_is(live: LiveView) -> None:
    whole = np.zeros((400, 800, 3), dtype=np.uint8)
    whole[100:280, 200:520] = (0, 200, 0)
    live.show_analysis(frame_of(whole[100:280, 200:520]))
    assert tuple(pixels(picture_of(live))[100, 100]) == (0, 200, 0)


def test_a_very_long_picture_is_shown(live: LiveView) -> None:
    live.show_analysis(frame_of(np.full((300, 20_000, 3), (255, 0, 0), dtype=np.uint8)))
    assert (pixels(picture_of(live)) == (255, 0, 0)).all(axis=2).any()


def test_a_frame_is_scaled_once_however_often_it_is_painted(live: LiveView, monkeypatch: pytest.MonkeyPatch) -> None:
    scaled, sizes = live_view._scaled, []

    def counted(image: Image, size: QSize) -> QImage:
        sizes.append(size)
        return scaled(image, size)

    monkeypatch.setattr(live_view, "_scaled", counted)
    canvas = QPixmap(640, 360)
    for _ in range(2):
        live.show_analysis(gallery(2, 2))
        for _ in range(3):
            live.render(canvas)
    assert sizes == [QSize(640, 360)] * 2


def test_the_tiles_of_a_gallery_are_outlined_and_counted(live: LiveView, snapshot: Snapshot) -> None:
    live.show_analysis(gallery(5, 4, tiled=True))
    snapshot(live, "live_tiles")
    assert live.accessibleDescription() == "5 × 4 tiles; 15 of 18 faces"


def test_tiles_that_fill_no_rectangle_are_counted() -> None:
    shown = dataclasses.replace(gallery(5, 4, tiled=True), readings=())
    assert tiles_words(dataclasses.replace(shown, tiles=shown.tiles[:-3])) == "17 tiles"
    assert tiles_words(dataclasses.replace(shown, tiles=shown.tiles[:1])) == "1 tile"
    assert tiles_words(dataclasses.replace(shown, tiles=())) == ""


def test_faces_beside_the_tiles_are_counted_with_them_and_can_be_pointed_at() -> None:
    shown = gallery(5, 4, tiled=True)
    partial = dataclasses.replace(shown, tiles=shown.tiles[2:])
    assert tiles_words(partial) == "18 tiles and 2 faces beside them"
    assert [target.name for target in targets_of(partial)[-2:]] == ["Face 1 of 2", "Face 2 of 2"]
    out = as_chosen(partial, Exclusion(frozenset({shown.tiles[0].seat})))
    assert tiles_words(out) == "18 tiles and 1 face beside them, 1 left out"
    assert [face.seat for face in out.excluded] == [shown.tiles[0].seat]


def test_a_face_that_belongs_to_nobody_says_why_and_can_not_be_chosen(live: LiveView) -> None:
    shown = gallery(2, 2)
    aside = AsideFace(shown.readings[0].face.xyxy, Reason.SHARED)
    live.show_analysis(dataclasses.replace(shown, readings=shown.readings[1:], aside=(aside,)))
    middle = (aside.xyxy[:2] + aside.xyxy[2:]) / 2
    mapping = FrameMapping.letterboxed(shown.frame.image, live.size())
    assert live._tip_at(mapping.to_widget(np.tile(middle, 2)).center().toPoint()) == "Not counted: shared"


def test_nothing_chosen_yet_is_a_designed_state(live: LiveView, snapshot: Snapshot) -> None:
    live.show_state("Nothing chosen yet", "Choose a camera, a part of the screen or a recording to begin.")
    snapshot(live, "live_nothing_chosen")


def test_loading_the_model_shows_that_it_goes_on(live: LiveView, snapshot: Snapshot) -> None:
    live.show_state("Loading the model", "The first faces are read in a moment.", busy=True)
    snapshot(live, "live_loading")


@pytest.mark.usefixtures("dark")
def test_a_lost_source_dims_the_last_picture_and_says_so(live: LiveView, snapshot: Snapshot) -> None:
    live.show_analysis(gallery(4, 3))
    live.show_state("The source is lost", "Built-in camera gives no pictures any more. Trying again.", busy=True)
    snapshot(live, "live_source_lost_dark")


def test_paused_dims_the_picture(live: LiveView, snapshot: Snapshot) -> None:
    live.show_analysis(gallery(4, 3))
    live.show_state("Paused", "Nothing is read until you go on.")
    snapshot(live, "live_paused")


def test_no_face_is_said_quietly_over_the_picture(live: LiveView, snapshot: Snapshot) -> None:
    live.show_analysis(empty_picture())
    assert live.banner == "No face found in this picture"
    snapshot(live, "live_no_face")


def test_faces_that_cannot_be_read_are_said_to_be_so(live: LiveView) -> None:
    live.show_analysis(gallery(3, 2, readable=False))
    assert live.banner == "No face is large and clear enough to read"
    live.show_analysis(gallery(3, 2))
    assert live.banner == ""


def test_a_new_analysis_ends_a_state_and_none_keeps_it(live: LiveView) -> None:
    live.show_state("Paused", "Nothing is read until you go on.")
    assert live.accessibleDescription() == "Paused. Nothing is read until you go on."
    live.show_analysis(None)
    assert live.accessibleDescription().startswith("Paused")
    live.show_analysis(gallery(3, 2))
    assert live.accessibleDescription() == "5 of 6 faces"


def test_a_busy_view_moves_only_while_it_is_seen(live: LiveView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_view, "reduced_motion", lambda: False)
    live.show_state("Loading the model", "", busy=True)
    assert not live._pulse.isActive()
    with qtbot.waitExposed(live):
        live.show()
    assert live._pulse.isActive()
    live.hide()
    assert not live._pulse.isActive()
    live.show()
    live.show_analysis(gallery(3, 2))
    assert not live._pulse.isActive()


def test_the_colour_of_a_box_is_the_expressions(live: LiveView) -> None:
    live.show_analysis(Analysis(empty_picture().frame, (reading((400, 300, 600, 500), SAD),), 0.1))
    assert tuple(pixels(picture_of(live))[200, 200][::-1]) == rgb(current_theme().expressions[SAD])
