"""Squares of any class fit, in their order, with words that touch no others."""

import itertools

import pytest

from fer_desktop.ui.glance.arrangement import LARGE_PX, MEDIUM_PX, Arrangement, arranged, partners, squares_height
from fer_desktop.ui.look.group_colours import Mark

WORDS = {mark: (9.0 * (len(mark.value) + 3), 5.0 * (len(mark.value) + 3), 14.0) for mark in Mark}
ORDER = list(Mark)


def of(*counts: int) -> dict[Mark, int]:
    return dict(zip(ORDER, counts, strict=False))


CLASSES = {
    "1": of(0, 0, 1),
    "8": of(2, 0, 5, 1, 0, 1, 1),
    "12": of(4, 1, 3, 1, 3, 0, 2),
    "23": of(1, 1, 10, 2, 8, 1, 2),
    "49": of(20, 3, 16, 3, 6, 1, 3),
    "300": of(90, 12, 150, 20, 20, 8, 40),
    "all off": of(0, 0, 0, 0, 0, 0, 25),
    "300 of one kind": of(0, 0, 300),
}
WIDTHS = (300.0, 520.0, 900.0, 1700.0)


@pytest.mark.parametrize(("name", "width"), [*itertools.product(CLASSES, WIDTHS)])
def test_every_camera_has_a_square_within_the_room(name: str, width: float) -> None:
    counts = CLASSES[name]
    placed = arranged(counts, WORDS, width)
    assert [square.mark for square in placed.squares] == [mark for mark in Mark for _ in range(counts.get(mark, 0))]
    assert min(square.x for square in placed.squares) >= 0
    assert min(square.y for square in placed.squares) >= 0
    assert max(square.x + square.side for square in placed.squares) <= width + 0.01
    assert max(square.y + square.side for square in placed.squares) <= squares_height() + 0.01
    assert placed.bottom == pytest.approx(max(square.y + square.side for square in placed.squares), abs=0.01)


@pytest.mark.parametrize(("name", "width"), [*itertools.product(CLASSES, WIDTHS)])
def test_no_squares_overlap_and_groups_stand_in_their_order(name: str, width: float) -> None:
    squares = arranged(CLASSES[name], WORDS, width).squares
    for one, other in itertools.pairwise(squares):
        assert other.x >= one.x + one.side - 0.01 or (other.x == one.x and other.y >= one.y + one.side)
        assert other.side == one.side


@pytest.mark.parametrize(("name", "width"), [*itertools.product(CLASSES, WIDTHS[1:])])
def test_words_stand_centred_below_their_group_and_touch_no_others(name: str, width: float) -> None:
    placed = arranged(CLASSES[name], WORDS, width)
    ends = []
    for label in placed.labels:
        own = [square for square in placed.squares if square.mark is label.mark]
        middle = (min(square.x for square in own) + max(square.x + square.side for square in own)) / 2
        assert label.centre == pytest.approx(middle, abs=0.01)
        half = WORDS[label.mark][label.form] / 2
        ends.append((label.centre - half, label.centre + half))
    assert ends[0][0] >= -0.01
    assert ends[-1][1] <= width + 0.01
    for (_, end), (start, _) in itertools.pairwise(ends):
        assert start > end


def test_words_are_whole_where_there_is_room() -> None:
    assert {label.form for label in arranged(CLASSES["23"], WORDS, 1700).labels} == {0}
    assert {label.form for label in arranged(CLASSES["49"], WORDS, 520).labels} > {0}


def rows(placed: Arrangement) -> int:
    return len({square.y for square in placed.squares})


def test_squares_are_as_large_as_the_class_allows() -> None:
    assert arranged(of(0, 0, 12), WORDS, 1000).squares[0].side == LARGE_PX
    of_24 = arranged(of(0, 0, 24), WORDS, 1000)
    assert (of_24.squares[0].side, rows(of_24)) == (MEDIUM_PX, 1)
    of_25 = arranged(of(0, 0, 25), WORDS, 1000)
    assert (of_25.squares[0].side, rows(of_25)) == (MEDIUM_PX, 2)
    # A camera that is off is no face.
    assert rows(arranged(of(0, 0, 24, 0, 0, 0, 3), WORDS, 1200)) == 1


def test_nothing_is_nothing() -> None:
    assert arranged({}, WORDS, 500) == Arrangement()
    assert arranged(of(0, 0, 5), WORDS, 0) == Arrangement()


def test_only_so_many_squares_change_their_group_as_must() -> None:
    before = arranged(of(4, 0, 10), WORDS, 900).squares
    after = arranged(of(2, 0, 11, 0, 0, 2), WORDS, 900).squares
    found = partners(before, after)
    kept = [partner for partner in found if partner is not None]
    assert len(set(kept)) == len(kept) == 14
    stayed = sum(
        before[partner].mark is square.mark for square, partner in zip(after, found, strict=True) if partner is not None
    )
    assert stayed == 12
    assert found.count(None) == 1
