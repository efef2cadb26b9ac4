"""What can go wrong with what is read of the screen."""

from typing import Final

from fer_desktop.core.help.pages import Page, fault
from fer_desktop.core.messages import Message

_STOP_AND_CHOOSE: Final = Message("Or press “Stop”, and start a new lesson with the call’s window.")

_CLOSED: Final = fault(
    "window-closed",
    Message("The call’s window was closed"),
    Message("The window being read is gone. Nothing is read until it is back."),
    (
        Message("The call has ended, or its window was closed."),
        Message("The call has moved to another window, as some do in full screen or while sharing."),
    ),
    (
        Message("Open the call again: the program keeps looking for it."),
        _STOP_AND_CHOOSE,
        Message("Is the lesson over? Press “Stop”; otherwise it ends by itself after five minutes."),
    ),
    ("The window was closed: open it again, or end the session and choose another.",),
)
_HIDDEN: Final = fault(
    "window-hidden",
    Message("The call’s window is not shown"),
    Message("The window exists but is not on the screen, so nothing is read. The session only waits."),
    (Message("It is minimised, on another desktop, or moved off the screen."),),
    (Message("Click the call in the taskbar or dock: the session goes on by itself."),),
    (
        "The window is hidden or on another desktop: bring it back, and the session goes on.",
        "The window is minimised: open it again, and the session goes on.",
        "The window is on no monitor: move it back, and the session goes on.",
    ),
)
_COVERED: Final = fault(
    "covered",
    Message("Something covers the call"),
    Message(
        "Only what is visible on the screen is read. Who is under another window keeps their place and is not read. "
        "While it covers most of the call, the session waits."
    ),
    (
        Message("Slides, a chat or a document cover the call."),
        Message("This program’s own window covers it. It never reads itself, so that part is left out."),
    ),
    (
        Message("Move one of the two windows aside: the session goes on by itself."),
        Message("Two screens? Put the call on one and your slides on the other."),
        Message("One screen? Make the call smaller and place it beside the slides."),
    ),
    (
        "Waiting: another window covers the call.",
        "Another window covers {count} of {pictures} pictures: move it aside to read them.",
        "Another window covers 1 of {pictures} pictures: move it aside to read it.",
        "This program's own window covers most of what is read: move it aside or minimise it, and the session goes on.",
        "This program's own window covers the chosen window: move one of them aside, and the session goes on.",
        "A window of {program} covers the chosen window: move one of them aside, and the session goes on.",
        "Another window covers the chosen window: move one of them aside, and the session goes on.",
    ),
)
_REGION: Final = fault(
    "region-gone",
    Message("The chosen part of the screen is gone"),
    Message("The part of the screen you drew is no longer on any monitor."),
    (Message("A monitor was unplugged, switched off, or changed in size."),),
    (
        Message("Plug the monitor in again: the session goes on."),
        Message("Or press “Stop”, and draw the part again for a new lesson."),
        Message("Or choose the call’s window instead: it is followed wherever it moves."),
    ),
    (
        (
            "The monitor with the chosen part of the screen was unplugged or changed: plug it in again, or "
            "choose the part again."
        ),
        "The chosen part of the screen is on no monitor: choose it again.",
        "No monitor was found; connect one and try again.",
    ),
)
_NOT_PERMITTED: Final = fault(
    "no-screen",
    Message("The screen cannot be seen"),
    Message("The system does not let this program see the screen, so it cannot read a call."),
    (
        Message("macOS needs your permission, and it was not given."),
        Message("Linux with Wayland does not let programs see the screen this way."),
        Message("The screen is locked, or there is no desktop."),
    ),
    (
        Message(
            "Mac: open System Settings, Privacy & Security, Screen Recording. Allow this program, and open it again."
        ),
        Message("Linux: log out, choose a session named X11 or Xorg when you log in, and start again."),
        Message("Unlock the screen. If it is set to few colours, set it to 24 bits."),
    ),
    (
        "The screen cannot be captured: unlock it, or start this program on a desktop.",
        (
            "This desktop (Wayland) does not let programs capture its screen: log out, choose an X11 (Xorg) "
            "session when you log in, then start again."
        ),
        (
            "macOS does not let this program see the screen: allow it under System Settings, Privacy & Security, "
            "Screen Recording, then open it again."
        ),
        (
            "The screen shows colours in {depth} bits, which cannot be captured: set it to 24 bits (in Xorg's "
            "configuration, DefaultDepth 24), then start again."
        ),
    ),
)
_NO_FACES: Final = fault(
    "no-faces",
    Message("No gallery or face is found"),
    Message("There is a picture, but no face is found in it."),
    (
        Message("The call shows slides or one speaker instead of the gallery."),
        Message("All cameras are off, or everybody was left out."),
        Message("The part of the screen you drew does not contain the faces."),
    ),
    (
        Message("Switch the call to its gallery view."),
        Message("Look at “What is read”: does it show the faces?"),
        Message("If not, press “Stop”, and choose the window or draw the part again."),
    ),
    ("No face is read.",),
)
_TOO_SMALL: Final = fault(
    "faces-too-small",
    Message("Faces are too small, dark or bright"),
    Message("Faces are found, but they are too small or badly lit to read, so they are not counted."),
    (
        Message("The call’s window is small, or shows many people at once."),
        Message("Somebody sits in the dark or in front of a window."),
        Message("The connection is slow, so that pictures are blurred or stand still."),
    ),
    (
        Message("Make the call’s window larger; full screen is best."),
        Message("Show fewer people per page, so that each face is larger."),
        Message("Suggest a lamp in front of the face instead of behind it."),
    ),
    (
        "Make the call’s window larger: {count} of {faces} faces are too small to read.",
        "{count} of {faces} faces are too dark to read: more light on the face helps.",
        "{count} of {faces} faces are too bright to read: less light from behind helps.",
        "{count} of {faces} pictures stand still: the call’s connection may be slow.",
    ),
)
_TOO_FEW: Final = fault(
    "too-few-faces",
    Message("Too few faces"),
    Message(
        "For a class, figures are shown and kept only from five readable faces up. Fewer would describe individual "
        "people."
    ),
    (
        Message("Few cameras are on, or many faces are too small."),
        Message("With fewer than ten faces it only says what most show, never a change."),
    ),
    (
        Message("Make the call’s window larger, so that more faces can be read."),
        Message("Ask if others would like to switch their cameras on. Nobody has to."),
    ),
    (
        "Not enough faces.",
        "Too few faces to say what has changed.",
        "Figures of fewer than 5 faces would tell of persons.",
        "Too little was seen to say.",
    ),
)

SCREEN_FAULTS: Final[tuple[Page, ...]] = (
    *(_CLOSED, _HIDDEN, _COVERED, _REGION, _NOT_PERMITTED),
    *(_NO_FACES, _TOO_SMALL, _TOO_FEW),
)
