"""A glance in words: two lines for the page, a few words for the strip. The English is the messages' id."""

import math
from collections.abc import Callable
from typing import Final

from fer_desktop.core.glance.shown import LEAST_LOW, about
from fer_desktop.core.glance.tracker import FEWEST_FOR_CHANGES
from fer_desktop.core.glance.types import Basis, Change, Glance, Group, GroupCounts, PastChange
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import State

Clock = Callable[[float], str]  # a session time as it is told, such as "41:30"

# What "mostly" and "nearly all" mean.
_MOST, _NEARLY_ALL = 0.5, 0.8

_NOTHING: Final = Message("")
_READING: Final = Message("Reading the faces.")
_LEARNING: Final = "Learning, {minutes} min left"
_STATES: Final = {
    State.STARTING: Message("Nothing read yet."),
    State.PAUSED: Message("Paused."),
    State.NO_SOURCE: Message("The picture is lost: trying again."),
    State.COVERED: Message("Waiting: another window covers the call."),
    State.SLOW: Message("Slower than usual: the computer is busy."),
    State.ASLEEP: Message("The computer was asleep."),
    State.WITHHELD: Message("Not enough faces."),
}
# Of State.COVERED, where more is known of why it cannot be seen.
NOT_SHOWN: Final = (Message("Waiting: the call's window is not shown."), Message(""))
_STATES_SHORT: Final = {
    State.STARTING: Message("Nothing read yet"),
    State.PAUSED: Message("Paused"),
    State.NO_SOURCE: Message("Picture lost"),
    State.COVERED: Message("Covered"),
    State.SLOW: Message("Busy"),
    State.ASLEEP: Message("Asleep"),
    State.WITHHELD: Message("Not enough faces"),
}
_BREAK_SINCE: Final = "Since {time}. It changes nothing of what is usual."
# By group, whether there are more, and whether it is against a marker.
_CHANGES: Final = {
    (Group.SMILING, True, False): Message("More faces than usual smile: about {now}, usually {usual}."),
    (Group.SMILING, False, False): Message("Fewer faces than usual smile: about {now}, usually {usual}."),
    (Group.SURPRISED, True, False): Message("More faces than usual look surprised: about {now}, usually {usual}."),
    (Group.LOW, True, False): Message("More faces than usual look sad, afraid or angry: about {now}, usually {usual}."),
    (Group.SMILING, True, True): Message("Since “{marker}” more faces smile: about {now}, before {usual}."),
    (Group.SMILING, False, True): Message("Since “{marker}” fewer faces smile: about {now}, before {usual}."),
    (Group.SURPRISED, True, True): Message("Since “{marker}” more faces look surprised: about {now}, before {usual}."),
    (Group.LOW, True, True): Message(
        "Since “{marker}” more faces look sad, afraid or angry: about {now}, before {usual}."
    ),
}
_PAST: Final = {
    (Group.SMILING, True): Message("Many smiled until {time}."),
    (Group.SMILING, False): Message("Fewer smiled until {time}."),
    (Group.SURPRISED, True): Message("Many looked surprised until {time}."),
    (Group.LOW, True): Message("More looked sad, afraid or angry until {time}."),
}
_STRIP: Final = {
    (Group.SMILING, True): Message("Many smiling"),
    (Group.SMILING, False): Message("Fewer smiling"),
    (Group.SURPRISED, True): Message("Many surprised"),
    (Group.LOW, True): Message("More look low?"),
}


def sentence(glance: Glance, clock: Clock | None = None) -> tuple[Message, Message]:
    """What most faces show, and what has changed; the second line is empty where there is nothing to say."""
    if _begins_again(glance):
        return _READING, _NOTHING
    if glance.state is not State.LIVE:
        return _STATES[glance.state], _why_withheld(glance)
    if glance.break_since_s is not None:
        since = (clock or clock_time)(glance.break_since_s)
        return Message("A break: nobody is in sight."), message(_BREAK_SINCE, time=since)
    if glance.basis is Basis.NOTHING:
        return Message("No face is read."), _NOTHING
    if glance.basis is Basis.FIRST:
        return _READING, _NOTHING
    return _first(glance), _second(glance, clock or clock_time)


def covered_by_us(key: str) -> tuple[Message, Message]:
    """What is said while a window of the program lies over the call; `key`: the mini strip's, as the user knows it."""
    way_out = message("Move it aside. The main window can give way to the mini strip ({key}).", key=key)
    return Message("Waiting: a window of this program lies over the call."), way_out


def strip_words(glance: Glance) -> Message:
    """The glance in two or three words; without numbers."""
    if _begins_again(glance):
        return Message("Reading the faces")
    if glance.state is not State.LIVE:
        return _STATES_SHORT[glance.state]
    if glance.break_since_s is not None:
        return Message("Break")
    if glance.change is not None:
        return _STRIP[glance.change.group, glance.change.more]
    match glance.basis:
        case Basis.NOTHING:
            return Message("No face is read")
        case Basis.FIRST:
            return Message("Reading the faces")
        case Basis.LEARNING:
            return message(_LEARNING, minutes=max(1, math.ceil(glance.learning_left_s / 60)))
    if glance.usual is None or is_small(glance.now) or glance.unsettled:
        return Message(most_show(glance.now).text.removesuffix("."))
    return Message("As before") if glance.basis is Basis.MARKER else Message("As usual")


def _begins_again(glance: Glance) -> bool:
    """Whether faces were read before, and after a pause the first picture is awaited."""
    return glance.state is State.STARTING and glance.now.read > 0


def _first(glance: Glance) -> Message:
    """What most faces show; where what is usual stands beside it, and it lasts, that they look low too."""
    now, lasts = glance.now, glance.change is not None or not glance.unsettled
    if glance.usual is not None and lasts and not is_small(now):
        if now.low > _MOST * now.read:
            return Message("Most look sad, afraid or angry.")
        if now.surprised > _MOST * now.read:
            return Message("Most look surprised.")
    return most_show(now)


def most_show(now: GroupCounts) -> Message:
    """What most of these faces show; the low group is told by no line that has not its usual beside it."""
    # Drawn as neutral where they are few: a class with some of them is called neutral all the same.
    neutral = now.neutral + (now.low if now.low < LEAST_LOW else 0)
    if now.smiling >= _NEARLY_ALL * now.read and not is_small(now):
        return Message("Nearly all smile.")
    if now.smiling > _MOST * now.read:
        return Message("Mostly smiling.")
    if neutral > _MOST * now.read or (now.unsure < neutral >= 2 * max(now.smiling, now.surprised, now.low)):
        return Message("Mostly neutral.")
    return Message("Mixed.")


def is_small(now: GroupCounts) -> bool:
    """Whether the class is too small for more than what most of it shows."""
    return now.read < FEWEST_FOR_CHANGES


def clock_time(time_s: float) -> str:
    """The session time as 41:30 or 1:02:05."""
    minutes, seconds = divmod(int(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def past_words(past: PastChange, clock: Clock) -> Message:
    """A change that is over: "Nearly all smiled until 41:30."."""
    change, time = past.change, clock(past.until_s)
    if change.group is Group.SMILING and change.more and change.faces >= _NEARLY_ALL * change.of:
        return message("Nearly all smiled until {time}.", time=time)
    return message(_PAST[change.group, change.more].text, time=time)


def _second(glance: Glance, clock: Clock) -> Message:
    if glance.change is not None:
        return _changed(glance.change, glance.since_marker if glance.basis is Basis.MARKER else None)
    if glance.past is not None:
        return past_words(glance.past, clock)
    if glance.unsettled:  # it may become a change: neither that nor "as usual" can be said
        return _NOTHING
    match glance.basis:
        case Basis.LEARNING:
            return Message("Learning what is usual.")
        case Basis.MARKER:
            return message("Since “{marker}”: about as before.", marker=glance.since_marker)
    if glance.usual is None or is_small(glance.now):
        return Message("Too few faces to say what has changed.")
    return Message("About as usual.")


def _changed(change: Change, marker: str | None) -> Message:
    now, usual = about(change.faces), about(change.usual)
    text = _CHANGES[change.group, change.more, marker is not None].text
    if marker is None:
        return message(text, now=now, usual=_few_low(change.group, usual))
    return message(text, marker=marker, now=now, usual=_few_low(change.group, usual))


def _few_low(group: Group, faces: int) -> object:
    """The number, or "0–2" where fewer would be told of a group that is not named below three."""
    return "0–2" if group is Group.LOW and faces < LEAST_LOW else faces


def _why_withheld(glance: Glance) -> Message:
    if glance.state is State.WITHHELD:
        return Message("Figures of fewer than 5 faces would tell of persons.")
    return _NOTHING
