"""The rows of the seat view: where somebody is seen, since when, and nothing of how they look."""

import dataclasses

import numpy as np
import pytest
from support.gui.made_up import reading

from fer_desktop.core.seats.attendance import MOST_SEATS
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.seats.seat_rows import (
    FACE_GONE_S,
    SETTLE_S,
    ClassCounts,
    Presence,
    SeatBook,
    SeatRow,
    class_counts,
)
from fer_desktop.core.types import Analysis, ExcludedFace, Frame, Reading, Reason, Tile

NOBODY = Exclusion()
BOX = np.array([0, 0, 100, 100], np.float32)
PICTURE = np.zeros((8, 8, 3), np.uint8)


def face(seat: int, reason: Reason = Reason.NONE) -> Reading:
    return reading((10, 10, 60, 60), readable=reason is Reason.NONE, reason=reason, seat=seat)


def seen(*readings: Reading, on: tuple[int, ...] = (), off: tuple[int, ...] = (), scene: int = 0) -> Analysis:
    """A frame with these faces, in tiles where `on` names their seats."""
    tiles = (*(Tile(BOX, seat, True) for seat in on), *(Tile(BOX, seat, False) for seat in off))
    return Analysis(Frame(0, 0.0, PICTURE, scene), readings, 0.0, tiles=tiles)


def told(book: SeatBook, exclusion: Exclusion = NOBODY) -> dict[int, tuple[Presence, float | None]]:
    return {row.seat: (row.presence, row.since_s) for row in book.rows(exclusion)}


def follow(book: SeatBook, analysis: Analysis, from_s: float, seconds: float = SETTLE_S + 1) -> None:
    for second in range(int(seconds) + 1):
        book.observe(analysis, from_s + second)


def test_a_row_says_camera_face_reason_and_since_when() -> None:
    book = SeatBook()
    book.observe(seen(face(1), face(2, Reason.TOO_SMALL), on=(1, 2, 3), off=(4,)), 0.0)
    assert book.rows(NOBODY) == (
        SeatRow(1, Presence.IN_VIEW, 0.0, Reason.NONE),
        SeatRow(2, Presence.IN_VIEW, 0.0, Reason.TOO_SMALL),
        SeatRow(3, Presence.NO_FACE, 0.0),
        SeatRow(4, Presence.CAMERA_OFF, 0.0),
    )


def test_no_row_has_anything_of_an_expression() -> None:
    assert {field.name for field in dataclasses.fields(SeatRow)} == {"seat", "presence", "since_s", "reason", "you"}


def test_a_face_that_is_lost_for_a_blink_stays_in_view_and_one_that_is_gone_is_so_from_then_on() -> None:
    book = SeatBook()
    follow(book, seen(face(1), on=(1,)), 0.0, 9)
    book.observe(seen(on=(1,)), 10.0)
    assert told(book)[1] == (Presence.IN_VIEW, 0.0)
    book.observe(seen(face(1), on=(1,)), 11.0)
    follow(book, seen(on=(1,)), 20.0)
    assert told(book)[1] == (Presence.NO_FACE, 20.0)
    follow(book, seen(face(1, Reason.TOO_DARK), on=(1,)), 40.0)
    assert book.rows(NOBODY) == (SeatRow(1, Presence.IN_VIEW, 40.0, Reason.TOO_DARK),)


def test_why_a_face_is_not_read_has_no_time_of_its_own() -> None:
    book = SeatBook()
    follow(book, seen(face(1), on=(1,)), 0.0)
    follow(book, seen(face(1, Reason.TURNED_AWAY), on=(1,)), 30.0)
    assert book.rows(NOBODY) == (SeatRow(1, Presence.IN_VIEW, 0.0, Reason.TURNED_AWAY),)


def test_who_is_on_another_page_is_not_shown_and_who_left_has_left_when_last_seen() -> None:
    book = SeatBook()
    follow(book, seen(face(1), face(2), on=(1, 2)), 0.0)
    follow(book, seen(face(2), on=(2,)), 60.0, 15)
    assert told(book)[1] == (Presence.NOT_SHOWN, 60.0)
    book.has_left(1, 75.0)
    follow(book, seen(face(2), on=(2,)), 76.0)
    assert told(book)[1] == (Presence.HAS_LEFT, 60.0)
    follow(book, seen(face(1), face(2), on=(1, 2)), 100.0)
    assert told(book)[1] == (Presence.IN_VIEW, 100.0)


def test_a_merged_seat_goes_on_under_the_older_number() -> None:
    book = SeatBook()
    follow(book, seen(face(1), on=(1,)), 0.0)
    follow(book, seen(face(9), on=(9,)), 30.0)
    book.merge(9, 1)
    assert told(book) == {1: (Presence.IN_VIEW, 30.0)}


def test_of_whom_is_left_out_nothing_is_told_at_once_and_however_the_seat_goes_on() -> None:
    book = SeatBook()
    book.observe(seen(face(1), face(2), on=(1, 2)), 0.0)
    out = Exclusion(frozenset({1, 2}), 2)
    assert book.rows(out) == (SeatRow(1, Presence.LEFT_OUT), SeatRow(2, Presence.LEFT_OUT, you=True))
    excluded = dataclasses.replace(seen(), tiles=(Tile(BOX, 1, True, excluded=True), Tile(BOX, 2, True)))
    book.observe(excluded, 1.0)
    book.has_left(1, 2.0)
    assert book.rows(out) == (SeatRow(1, Presence.LEFT_OUT), SeatRow(2, Presence.LEFT_OUT, you=True))
    book.observe(seen(face(1), on=(1,)), 3.0)
    assert book.rows(NOBODY)[0] == SeatRow(1, Presence.IN_VIEW, 3.0, Reason.NONE)


def test_faces_alone_have_rows_too_which_go_when_their_seats_do() -> None:
    book = SeatBook()
    whole = dataclasses.replace(seen(face(1), face(2)), excluded=(ExcludedFace(3, BOX),))
    book.observe(whole, 0.0)
    assert {seat: presence for seat, (presence, _) in told(book).items()} == {
        1: Presence.IN_VIEW,
        2: Presence.IN_VIEW,
        3: Presence.LEFT_OUT,
    }
    follow(book, seen(face(2)), 1.0, FACE_GONE_S - 2)
    assert told(book)[1] == (Presence.NO_FACE, 1.0)
    follow(book, seen(face(2)), 1.0 + FACE_GONE_S, 2)
    assert list(told(book)) == [2]


def test_what_was_before_the_seat_view_was_opened_is_not_made_up() -> None:
    book = SeatBook()
    book.observe(seen(face(1), on=(1,), off=(2,)), 600.0)
    assert told(book) == {1: (Presence.IN_VIEW, None), 2: (Presence.CAMERA_OFF, None)}
    book.observe(seen(face(1), face(3), on=(1, 3), off=(2,)), 601.0)
    assert told(book)[3] == (Presence.IN_VIEW, 601.0)


def test_another_scene_begins_anew() -> None:
    book = SeatBook()
    book.observe(seen(face(1), on=(1,)), 0.0)
    book.observe(seen(face(7), on=(7,), scene=1), 50.0)
    assert list(told(book)) == [7]
    assert told(book, Exclusion(frozenset({7}))) == {7: (Presence.IN_VIEW, None)}


def test_memory_is_bounded_where_nobody_is_shown_twice() -> None:
    book = SeatBook()
    for seat in range(MOST_SEATS + 50):
        book.observe(seen(face(seat), on=(seat,)), float(seat))
    assert len(told(book)) == MOST_SEATS
    assert min(told(book)) == 50
    crowd = tuple(range(1000, 1300))
    book.observe(seen(on=crowd), 400.0)
    assert set(crowd) <= set(told(book))


@pytest.mark.parametrize("faces", [4, 5])
def test_counts_of_the_class_are_told_from_five_faces_on(faces: int) -> None:
    rows = [SeatRow(seat, Presence.IN_VIEW, 0.0, Reason.NONE) for seat in range(faces - 1)]
    rows += [SeatRow(90, Presence.IN_VIEW, 0.0, Reason.TURNED_AWAY)]
    rows += [SeatRow(91, Presence.NO_FACE, 0.0), SeatRow(92, Presence.CAMERA_OFF, 0.0)]
    rows += [SeatRow(93, Presence.HAS_LEFT, 0.0), SeatRow(94, Presence.LEFT_OUT), SeatRow(95, Presence.NOT_SHOWN, 0.0)]
    expected = ClassCounts(here=7, cameras_on=6, not_in_view=1, turned_away=1, left=1)
    assert class_counts(rows) == (expected if faces == 5 else None)
