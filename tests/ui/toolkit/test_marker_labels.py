import pytest

from fer_desktop.ui.toolkit.marker_labels import Label, apart, lines_fit, placed


def names(places: list[float], width: float = 60.0, rows: int = 2, end: float = 1000.0) -> list[Label]:
    return placed(places, lambda _: width, 0.0, end, rows, more=20.0)


def overlapping(labels: list[Label]) -> list[tuple[Label, Label]]:
    pairs = [(a, b) for a in labels for b in labels if a is not b and a.row == b.row]
    return [(a, b) for a, b in pairs if a.x < b.x + b.width and b.x < a.x + a.width]


def test_moments_far_from_each_other_have_a_name_each_beside_their_line() -> None:
    labels = names([100.0, 300.0, 500.0])
    assert [(label.first, label.count, label.row) for label in labels] == [(0, 1, 0), (1, 1, 0), (2, 1, 0)]
    assert [label.x for label in labels] == [105.0, 305.0, 505.0]


def test_of_moments_close_together_the_first_is_named_and_the_second_goes_above_it() -> None:
    labels = names([100.0, 110.0])
    assert [(label.first, label.count, label.row) for label in labels] == [(0, 1, 0), (1, 1, 1)]


def test_what_has_no_room_joins_the_label_before_it() -> None:
    labels = names([100.0, 110.0, 120.0, 130.0, 400.0])
    assert [(label.first, label.count) for label in labels] == [(0, 1), (1, 3), (4, 1)]


@pytest.mark.parametrize("rows", [1, 2])
def test_of_240_moments_all_are_counted_and_no_name_lies_over_another(rows: int) -> None:
    places = [1000.0 * number / 241 for number in range(1, 241)]
    labels = names(places, rows=rows)
    assert 5 <= len(labels) <= 12 * rows
    assert overlapping(labels) == []
    assert sum(label.count for label in labels) == 240
    assert all(label.x >= 0.0 and label.x + label.width <= 1000.0 for label in labels)


def test_the_last_name_stands_left_of_its_line_where_it_would_be_cut() -> None:
    label = names([980.0])[0]
    assert label.on_left
    assert label.x + label.width == 975.0


def test_without_a_row_there_is_no_name() -> None:
    assert names([100.0, 200.0], rows=0) == []


def test_moments_out_of_sight_have_no_name() -> None:
    assert [label.first for label in names([-50.0, 100.0, 1100.0])] == [1]


def test_lines_go_through_the_chart_only_where_they_leave_it_to_be_seen() -> None:
    few, many = [100.0 * number for number in range(10)], [4.0 * number for number in range(240)]
    assert lines_fit(few, 0.0, 1000.0)
    assert not lines_fit(many, 0.0, 1000.0)


def test_of_ticks_as_many_are_drawn_as_can_stand_apart() -> None:
    assert list(apart([0.0, 4.0, 9.0, 10.0, 30.0], 10.0)) == [0, 3, 4]


def near(labels: list[Label], places: list[float], px: float) -> bool:
    """Whether each moment is told by a label that begins or ends so near to it."""
    told = {index: label for label in labels for index in range(label.first, label.first + label.count)}
    return all(
        min(abs(label.x - places[index]), abs(label.x + label.width - places[index])) <= px
        or label.x <= places[index] <= label.x + label.width
        for index, label in told.items()
    )


def test_at_the_end_a_name_is_shortened_rather_than_counted_by_a_label_far_away() -> None:
    places = [30.0, 180.0, 252.0, 258.0]
    labels = placed(places, lambda _: 150.0, 0.0, 265.0, 2, more=28.0)
    assert sum(label.count for label in labels) == 4
    assert near(labels, places, 60.0)
    assert overlapping(labels) == []


def test_a_name_left_of_its_moment_stands_over_no_moment_before_it() -> None:
    places = [100.0, 160.0, 240.0]
    labels = placed(places, lambda _: 90.0, 0.0, 265.0, 2, more=28.0)
    for label in labels:
        if label.on_left:
            assert all(place < label.x for place in places if place < places[label.first])


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("width", [40.0, 90.0, 160.0])
def test_every_moment_is_told_near_its_place(rows: int, width: float) -> None:
    for step in (3.0, 7.0, 20.0, 45.0, 90.0, 130.0):
        places = [10.0 + step * number for number in range(int(330 / step))]
        labels = placed(places, lambda _: width, 0.0, 345.0, rows, more=28.0)
        assert sum(label.count for label in labels) == len(places)
        assert near(labels, places, 60.0), (step, labels)
        assert overlapping(labels) == []
        assert all(label.x >= 0.0 and label.x + label.width <= 345.0 + 1e-6 for label in labels)


def test_where_only_its_left_has_room_a_name_stands_there_whole_though_a_moment_is_before_it() -> None:
    labels = placed([700.0, 720.0], lambda _: 80.0, 0.0, 760.0, 2, more=28.0)
    assert [(label.count, label.on_left, label.width) for label in labels] == [(1, True, 80.0), (1, True, 80.0)]
    assert [label.x + label.width for label in labels] == [695.0, 715.0]


@pytest.mark.parametrize("rows", [1, 2])
def test_a_name_far_away_counts_nothing_of_what_stands_at_the_end(rows: int) -> None:
    labels = placed([100.0, 110.0, 300.0, 304.0], lambda _: 160.0, 0.0, 320.0, rows, more=28.0)
    near_first = [label for label in labels if label.first < 2]
    assert sum(label.count for label in near_first) == 2
    assert sum(label.count for label in labels) == 4
