"""A change is one moment of the lesson, as it was at its largest."""

from fer_desktop.core.glance.lesson_changes import lesson_changes
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
