"""The live view in another language."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from support.gui.made_up import Box, empty_picture, gallery, reading, shares, summary
from support.gui.pseudo_translation import CLOSE, OPEN, pseudo_language, untranslated, untranslated_texts

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import SURE_FROM, Analysis, AsideFace, Reason, Stay
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.live.hit_test import stay_words, targets_of
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.live.overlay import Length, aside_tip, face_label, face_tip, paint_overlay
from fer_desktop.ui.live.reasons import not_read_words
from fer_desktop.ui.live.seat_painting import paint_excluded
from fer_desktop.ui.live.tile_outlines import tiles_words

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
BOX: Box = (100.0, 100.0, 200.0, 220.0)
GALLERY = gallery(5, 4, tiled=True)
MAPPING = FrameMapping.letterboxed(GALLERY.frame.image, QImage(1280, 720, QImage.Format.Format_RGB32).size())


@pytest.fixture
def live(qtbot: QtBot) -> Iterator[LiveView]:
    """In brackets."""
    with pseudo_language():
        view = LiveView()
        qtbot.addWidget(view)
        view.resize(640, 360)
        view.let_choose(True)
        yield view


def test_whatever_the_live_view_describes_is_translated(live: LiveView) -> None:
    few = gallery(2, 2)
    for analysis in (empty_picture(), gallery(3, 2, readable=False), gallery(1, 1), few, GALLERY):
        live.show_analysis(analysis)
        assert untranslated(live) == []
        assert not live.banner or untranslated_texts(live.banner) == []
    live.show_class_only(True)
    live.show_analysis(few)
    assert untranslated_texts(live.banner, live._face_tip_at(QPoint(160, 100))) == []


def test_why_nobody_is_read_is_translated(live: LiveView) -> None:
    off = tuple(dataclasses.replace(tile, camera_on=False) for tile in GALLERY.tiles)
    live.show_analysis(dataclasses.replace(GALLERY, readings=(), tiles=off))
    assert untranslated_texts(live.banner) == []
    live.show_left_out(Exclusion(frozenset(range(20))))
    assert untranslated_texts(live.banner) == []


def test_what_is_pointed_at_is_named_in_the_other_language(live: LiveView) -> None:
    names = [target.name for analysis in (GALLERY, gallery(2, 2)) for target in targets_of(analysis)]
    assert untranslated_texts(*names) == []
    live.show_analysis(GALLERY)
    live.show_left_out(Exclusion(frozenset({6}), you=6))
    live._cursor = 6
    for word in ("camera off", "you", "left out"):
        assert f"{OPEN}{word}{CLOSE}" in live.choice_words


def test_what_the_keys_and_the_pointer_would_do_is_translated(live: LiveView) -> None:
    live.show_seats(True)
    for excluded in (Exclusion(), Exclusion(frozenset({0, 6}), you=0)):
        live.show_analysis(GALLERY)
        live.show_left_out(excluded)
        for seat in (0, 6, 7):
            live._cursor = seat
            live._describe()
            assert untranslated_texts(live.choice_words) == []
            assert untranslated(live) == []
        assert untranslated_texts(live._tip_at(QPoint(64, 45)), live._tip_at(QPoint(192, 45))) == []


@pytest.mark.parametrize("excluded", [Exclusion(), Exclusion(frozenset({0}))])
def test_the_menu_of_a_tile_is_translated(live: LiveView, qtbot: QtBot, excluded: Exclusion) -> None:
    live.show_analysis(GALLERY)
    live.show_left_out(excluded)
    with qtbot.waitActive(live):
        live.show()
    at = QPoint(64, 45)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, live.mapToGlobal(at))
    QApplication.sendEvent(live, event)
    menu = live.findChildren(QMenu)[-1]
    assert untranslated(menu) == []
    menu.close()


@pytest.mark.usefixtures("qapp")
def test_labels_and_tooltips_of_faces_are_translated() -> None:
    sure = [reading(BOX, expression) for expression in range(N_EXPRESSIONS)]
    unreadable = [reading(BOX, readable=False, reason=reason) for reason in Reason]
    not_sure = reading(BOX, share=SURE_FROM - 0.01)
    with pseudo_language():
        assert untranslated_texts(*map(face_label, [*sure, *unreadable, not_sure])) == []
        assert untranslated_texts(*(face_label(face, Length.WORD) for face in [*sure, not_sure])) == []
        assert untranslated_texts(*map(face_tip, [*sure, *unreadable, not_sure])) == []


@pytest.mark.usefixtures("qapp")
def test_phrases_that_count_are_translated() -> None:
    left_out = dataclasses.replace(GALLERY.tiles[0], excluded=True)
    unread = tuple((reason, number) for number, reason in enumerate(Reason, start=1))
    tick = dataclasses.replace(summary(1.0, shares()), faces=40, not_read=unread)
    with pseudo_language():
        tiles = [
            GALLERY.tiles,
            GALLERY.tiles[:17],
            GALLERY.tiles[:1],
            (left_out, *GALLERY.tiles[1:]),
            GALLERY.tiles[1:],
        ]
        shown = [dataclasses.replace(GALLERY, tiles=some) for some in tiles]
        assert untranslated_texts(*map(tiles_words, shown)) == []
        assert untranslated_texts(aside_tip(AsideFace(GALLERY.tiles[0].xyxy, Reason.STILL))) == []
        stays = [None, Stay(0.0), *(Stay(0.0, absences) for absences in (1, 2, 3))]
        assert untranslated_texts(*(stay_words(3, stay, now_s) for stay in stays for now_s in (30.0, 300.0))) == []
        assert untranslated_texts(not_read_words(tick)) == []


def painted(paint: Callable[[QPainter], None]) -> QImage:
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def paint_left_out(painter: QPainter) -> None:
    paint_excluded(painter, targets_of(GALLERY)[:2], Exclusion(frozenset({1})), MAPPING)


def paint_own_tile(painter: QPainter) -> None:
    paint_excluded(painter, targets_of(GALLERY)[:2], Exclusion(frozenset({1}), you=1), MAPPING)


def paint_labels(painter: QPainter) -> None:
    face = reading((500.0, 300.0, 700.0, 500.0))
    paint_overlay(painter, Analysis(GALLERY.frame, (face,), 0.1).readings, MAPPING)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("paint", [paint_left_out, paint_own_tile, paint_labels])
def test_what_is_painted_over_the_picture_is_painted_in_the_other_language(paint: Callable[[QPainter], None]) -> None:
    english = painted(paint)
    with pseudo_language():
        assert painted(paint) != english
    assert painted(paint) == english
