"""Glances at classes that do not exist, and sentences for them."""

from fer_desktop.core.glance.types import Basis, Change, Glance, Group, GroupCounts
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import State

AS_USUAL = (Message("Mostly neutral."), Message("About as usual."))
MORE_LOW = (
    Message("Mostly neutral."),
    message("More faces than usual look sad, afraid or angry: about {now}, usually {usual}.", now=8, usual=3),
)
FEWER_SMILE = (
    Message("Mostly neutral."),
    message("Fewer faces than usual are smiling: about {now}, usually {usual}.", now=2, usual=11),
)

NOBODY = GroupCounts()


def glance(
    now: GroupCounts = NOBODY,
    usual: GroupCounts | None = None,
    *,
    state: State = State.LIVE,
    no_face: int = 0,
    camera_off: int = 0,
    change: Change | None = None,
    marker: str = "",
) -> Glance:
    """What it is made of, seven hundred seconds into a session."""
    basis = Basis.LEARNING if usual is None else Basis.MARKER if marker else Basis.USUAL
    return Glance(700.0, state, basis, now, no_face, camera_off, usual, change, since_marker=marker)


CHANGED = Change(Group.LOW, more=True, faces=8, usual=3, of=22, since_s=640)
USUAL = GroupCounts(smiling=4, surprised=0.5, neutral=14, low=3.2, unsure=2.5)
CALM = glance(GroupCounts(smiling=3, surprised=1, neutral=16, low=1, unsure=1), USUAL, no_face=1, camera_off=2)
LOW = glance(GroupCounts(1, 1, 10, 8, 2), USUAL, no_face=1, camera_off=2, change=CHANGED)
FEWER = glance(
    GroupCounts(2, 1, 17, 1, 1),
    GroupCounts(11, 0.5, 8, 1, 2.5),
    no_face=1,
    camera_off=2,
    change=Change(Group.SMILING, more=False, faces=2, usual=11, of=22, since_s=640),
)
LEARNING = glance(GroupCounts(3, 1, 13, 4, 1), no_face=1, camera_off=2)
WITHHELD = glance(state=State.WITHHELD)
PAUSED = glance(state=State.PAUSED)
SMALL = glance(GroupCounts(2, 0, 2, 4, 0), GroupCounts(2, 0, 3, 3, 0), camera_off=1)
CLASS_OF_12 = glance(GroupCounts(4, 1, 3, 3, 1), GroupCounts(3, 0, 6, 2, 1), camera_off=2)
CLASS_OF_49 = glance(GroupCounts(20, 3, 16, 6, 3), GroupCounts(12, 1, 28, 4, 4), no_face=1, camera_off=3)
CLASS_OF_300 = glance(GroupCounts(90, 12, 150, 20, 20), GroupCounts(60, 5, 200, 15, 20), no_face=8, camera_off=40)
