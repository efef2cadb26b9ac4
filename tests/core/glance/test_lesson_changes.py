"""A change is one moment of the lesson, as it was at its largest."""

from fer_desktop.core.glance.lesson_changes import (
    beyond_chance,
    largest_changes,
    length_s_of,
    lesson_changes,
    past_change_words,
)
from fer_desktop.core.glance.types import Change, Glance, Group, PastChange
from fer_desktop.core.types import State


def glance(at_s: float, faces: float | None = None, since_s: float = 0.0, group: Group = Group.SMILING) -> Glance:
    change = None if faces is None else Change(group, True, faces, 3.0, 23, since_s)
    return Glance(at_s, State.LIVE, change=change)


def test_a_change_is_told_once_at_its_largest_with_its_beginning_and_end():
    told = lesson_changes([glance(5), glance(10, 8, 10), glance(15, 20, 10), glance(20, 9, 10), glance(25)])
    assert told == [PastChange(Change(Group.SMILING, True, 20, 3.0, 23, 10), 20)]


def test_what_came_again_is_two_and_what_took_its_place_as_well():
    told = lesson_changes(
        [glance(5, 8, 5), glance(10), glance(15, 8, 15), glance(20, 9, 20, Group.LOW), glance(25, 9, 20, Group.LOW)]
    )
    assert [(past.change.group, past.change.since_s, past.until_s) for past in told] == [
        (Group.SMILING, 5, 5),
        (Group.SMILING, 15, 15),
        (Group.LOW, 20, 25),
    ]


def test_nothing_goes_on_while_the_class_is_not_seen():
    paused = Glance(10, State.PAUSED, change=Change(Group.SMILING, True, 8, 3.0, 23, 5))
    assert len(lesson_changes([glance(5, 8, 5), paused, glance(15, 8, 15)])) == 2
    assert lesson_changes([]) == []


def test_what_goes_on_after_a_gap_is_still_the_one_that_began_before_it():
    gap = Glance(20, State.PAUSED)
    told = lesson_changes(
        [glance(10, 8, 10), glance(15, 9, 10), gap, glance(25, 20, 10), glance(30, 7, 10), glance(35)]
    )
    assert told == [PastChange(Change(Group.SMILING, True, 20, 3.0, 23, 10), 30)]
    assert len(lesson_changes([glance(10, 8, 10), gap, glance(25, 8, 10, Group.LOW)])) == 2


def apart(at_s: float, faces: float, of: int) -> list[Glance]:
    """A change that lasts one glance, and one glance without."""
    change = Change(Group.SMILING, True, faces, 3.0, of, at_s)
    return [Glance(at_s, State.LIVE, change=change), Glance(at_s + 5, State.LIVE)]


def test_the_largest_are_those_furthest_beyond_chance_in_the_order_of_their_time():
    lesson = [*apart(10, 8, 23), *apart(20, 20, 23), *apart(30, 7, 23), *apart(40, 12, 23)]
    assert [past.change.faces for past in largest_changes(lesson)] == [8, 20, 12]
    assert [past.change.faces for past in largest_changes(lesson, most=1)] == [20]
    assert largest_changes([]) == []


def test_a_difference_of_as_many_faces_is_more_in_a_smaller_class():
    small, large = (Change(Group.SMILING, True, 9, 3.0, faces, 0.0) for faces in (10, 49))
    assert beyond_chance(small) == 2.0
    assert beyond_chance(large) == 1.0
    (past,) = largest_changes([*apart(10, 9, 49), *apart(20, 9, 10)], most=1)
    assert past.change.of == 10


def test_fewer_than_three_are_usual_as_a_span_alone():
    low = PastChange(Change(Group.LOW, True, 8.0, 1.4, 23, 60.0), 180.0)
    words = str(past_change_words(low, "2 min"))
    assert words == "More faces than usual looked sad, afraid or angry: about 8 of 23, usually 0–2; for 2 min."
    assert length_s_of(low) == 120.0
