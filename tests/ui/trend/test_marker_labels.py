import pytest

from fer_desktop.ui.trend.marker_labels import Label, apart, lines_fit, placed


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
