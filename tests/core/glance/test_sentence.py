import dataclasses

import pytest
from support.stored import summary
from support.stored_lessons import second

from fer_desktop.core.glance.lesson import lesson_sentence, stored_sentence
from fer_desktop.core.glance.sentence import clock_time, sentence, strip_words
from fer_desktop.core.glance.shown import shown_counts
from fer_desktop.core.glance.types import Basis, Change, Glance, Group, GroupCounts, PastChange
from fer_desktop.core.types import State

USUAL = GroupCounts(4, 0.5, 14, 3.2, 1)
CALM = Glance(700, State.LIVE, Basis.USUAL, GroupCounts(4, 1, 14, 3, 1), usual=USUAL)
MORE_LOW = Change(Group.LOW, True, 8, 3.2, 22, 640)


def told(glance: Glance) -> tuple[str, str]:
    first, second = sentence(glance)
    return str(first), str(second)


def changed(change: Change) -> Glance:
    return dataclasses.replace(CALM, change=change)


def test_a_class_as_usual_is_told_so() -> None:
    assert told(CALM) == ("Mostly neutral.", "About as usual.")
    assert str(strip_words(CALM)) == "As usual"


@pytest.mark.parametrize(
    ("change", "second", "strip"),
    [
        (
            MORE_LOW,
            "More faces than usual look sad, afraid or angry: about 8, usually 3.",
            "More look low?",
        ),
        (
            Change(Group.LOW, True, 6, 1.5, 22, 640),
            "More faces than usual look sad, afraid or angry: about 6, usually 0–2.",
            "More look low?",
        ),
        (
            Change(Group.SMILING, True, 12, 4.5, 22, 640),
            "More faces than usual smile: about 12, usually 5.",
            "Many smiling",
        ),
        (
            Change(Group.SMILING, False, 2, 11, 22, 640),
            "Fewer faces than usual smile: about 2, usually 11.",
            "Fewer smiling",
        ),
        (
            Change(Group.SURPRISED, True, 7, 0.5, 22, 640),
            "More faces than usual look surprised: about 7, usually 1.",
            "Many surprised",
        ),
    ],
)
def test_a_change_is_told_with_its_usual(change: Change, second: str, strip: str) -> None:
    assert told(changed(change))[1] == second
    assert str(strip_words(changed(change))) == strip
    assert not any(sign.isdigit() for sign in strip)


def test_since_a_marker_the_reference_is_named() -> None:
    marked = dataclasses.replace(CALM, change=MORE_LOW, basis=Basis.MARKER, since_marker="break {1}")
    assert told(marked)[1] == "Since “break {1}” more faces look sad, afraid or angry: about 8, before 3."
    calm = dataclasses.replace(CALM, basis=Basis.MARKER, since_marker="break")
    assert told(calm)[1] == "Since “break”: about as before."
    assert str(strip_words(calm)) == "As before"


def test_a_large_change_is_told_until_when_it_was() -> None:
    past = PastChange(Change(Group.SMILING, True, 21, 4, 22, 2400), 2490)
    assert told(dataclasses.replace(CALM, past=past))[1] == "Nearly all smiled until 41:30."
    fewer = PastChange(Change(Group.LOW, True, 14, 3, 22, 2400), 4000)
    assert str(sentence(dataclasses.replace(CALM, past=fewer), lambda _s: "noon")[1]) == (
        "More looked sad, afraid or angry until noon."
    )
    assert clock_time(3725) == "1:02:05"


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (GroupCounts(20, 0, 3, 0, 0), "Nearly all smile."),
        (GroupCounts(14, 0, 9, 0, 0), "Mostly smiling."),
        (GroupCounts(9, 2, 9, 3, 0), "Mixed."),
        (GroupCounts(3, 1, 10, 5, 4), "Mostly neutral."),
        (GroupCounts(2, 0, 5, 15, 1), "Most look sad, afraid or angry."),
        (GroupCounts(2, 13, 5, 2, 1), "Most look surprised."),
        (GroupCounts(2, 0, 9, 11, 1), "Mixed."),
    ],
)
def test_the_first_line_tells_what_most_show(now: GroupCounts, first: str) -> None:
    assert told(dataclasses.replace(CALM, now=now))[0] == first


def test_that_most_look_low_is_told_with_what_is_usual_and_once_it_lasts() -> None:
    low = dataclasses.replace(CALM, now=GroupCounts(2, 0, 5, 15, 1))
    for glance in (
        dataclasses.replace(low, basis=Basis.LEARNING, usual=None),
        dataclasses.replace(low, unsettled=True),
        dataclasses.replace(low, now=GroupCounts(1, 0, 2, 6, 0)),
    ):
        assert told(glance)[0] == "Mixed."
    assert told(dataclasses.replace(low, unsettled=True, change=MORE_LOW))[0] == "Most look sad, afraid or angry."


def test_of_five_to_nine_faces_only_what_most_show_is_told() -> None:
    for now, first in (
        (GroupCounts(8, 0, 1, 0, 0), "Mostly smiling."),
        (GroupCounts(1, 0, 6, 1, 0), "Mostly neutral."),
        (GroupCounts(3, 0, 2, 2, 1), "Mixed."),
    ):
        small = dataclasses.replace(CALM, now=now)
        assert told(small) == (first, "Too few faces to say what has changed.")
        assert str(strip_words(small)) == first.removesuffix(".")


def test_the_first_minutes_learn() -> None:
    learning = dataclasses.replace(CALM, basis=Basis.LEARNING, usual=None)
    assert told(learning)[1] == "Learning what is usual."
    for left_s, words in ((300, "Learning, 5 min left"), (121, "Learning, 3 min left"), (5, "Learning, 1 min left")):
        assert str(strip_words(dataclasses.replace(learning, learning_left_s=left_s))) == words


def test_as_long_as_a_difference_is_only_held_neither_a_change_nor_as_usual_is_told() -> None:
    unsettled = dataclasses.replace(CALM, now=GroupCounts(12, 1, 8, 1, 1), unsettled=True)
    assert told(unsettled) == ("Mostly smiling.", "")
    assert str(strip_words(unsettled)) == "Mostly smiling"
    marked = dataclasses.replace(unsettled, basis=Basis.MARKER, since_marker="break")
    assert told(marked)[1] == ""
    # What is known is told all the same.
    assert told(dataclasses.replace(unsettled, change=MORE_LOW))[1].startswith("More faces than usual")


@pytest.mark.parametrize("state", [state for state in State if state is not State.LIVE])
def test_what_is_not_seen_says_why_and_no_figure(state: State) -> None:
    glance = dataclasses.replace(CALM, state=state)
    assert told(glance)[0] not in ("", told(CALM)[0])
    assert str(strip_words(glance)) not in ("", "As usual")


def test_too_few_faces_are_withheld_and_it_says_why() -> None:
    assert told(Glance(60, State.WITHHELD)) == (
        "Not enough faces.",
        "Figures of fewer than 5 faces would tell of persons.",
    )


def test_below_three_low_faces_are_shown_as_neutral() -> None:
    few = shown_counts(dataclasses.replace(CALM, now=GroupCounts(4, 1, 14, 2, 1)))
    assert (few.now, few.names_low) == (GroupCounts(4, 1, 16, 0, 1), True)
    assert shown_counts(CALM).now.low == 3
    assert shown_counts(CALM).usual == GroupCounts(4, 1, 14, 3, 1)


def test_low_faces_are_never_shown_without_their_usual_or_in_a_small_class() -> None:
    learning = shown_counts(dataclasses.replace(CALM, usual=None, now=GroupCounts(4, 0, 10, 8, 0)))
    assert (learning.now.low, learning.now.neutral, learning.names_low) == (0, 18, False)
    small = shown_counts(dataclasses.replace(CALM, now=GroupCounts(0, 0, 3, 5, 0)))
    assert (small.now.low, small.names_low) == (0, False)


def test_a_lesson_is_told_as_a_whole() -> None:
    course = [CALM] * 500 + [changed(MORE_LOW)] * 20
    course.append(dataclasses.replace(CALM, now=GroupCounts(22, 0, 0, 0, 0)))
    assert [str(line) for line in lesson_sentence(course)] == [
        "Over the whole lesson mostly neutral.",
        "Most changed at 10:40: more faces than usual looked sad, afraid or angry.",
    ]
    assert str(lesson_sentence([CALM] * 500)[1]) == "About the same throughout."
    assert str(lesson_sentence([CALM])[0]) == "Too little was seen to say."


def test_of_a_lesson_of_too_few_faces_the_end_says_that_their_figures_are_not_kept() -> None:
    few = Glance(5.0, State.WITHHELD)
    words = ["Not enough faces.", "Figures of fewer than 5 faces would tell of persons."]
    assert [str(line) for line in lesson_sentence([Glance(0.0, State.STARTING), *[few] * 60, CALM])] == words
    withheld = [summary(float(at), readable=0, state=State.WITHHELD) for at in range(1, 9)]
    assert [str(line) for line in stored_sentence([], [*withheld, second(9.0)])] == words
    assert str(lesson_sentence([Glance(0.0, State.STARTING)])[0]) == "Too little was seen to say."


def test_after_a_pause_the_first_picture_is_awaited_in_words_of_their_own() -> None:
    again = Glance(700.0, State.STARTING, Basis.USUAL, GroupCounts(4, 1, 15, 3, 0))
    assert told(again) == ("Reading the faces.", "")
    assert strip_words(again).text == "Reading the faces"
    first = Glance(0.0, State.STARTING)
    assert told(first) == ("Nothing read yet.", "")
