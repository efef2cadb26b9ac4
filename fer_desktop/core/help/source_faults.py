"""What can go wrong with cameras, streams, recordings and pictures."""

from typing import Final

from fer_desktop.core.help.pages import Page, fault
from fer_desktop.core.messages import Message

_SAVED_ANYWAY: Final = Message("If nothing helps, press “Stop”: what was read is saved.")

_NO_CAMERA: Final = fault(
    "no-camera",
    Message("The camera is not found"),
    Message("The computer finds no camera, or not the one you chose."),
    (
        Message("It is unplugged, or switched off by a key or a lens cover."),
        Message("The system does not allow programs to use the camera."),
    ),
    (
        Message(
            "Plug it in, wait a few seconds, choose “Cameras and all others” under “More”, and press the camera’s card."
        ),
        Message("Try another USB port, without a hub."),
        Message("Check in the system’s privacy settings that programs may use the camera."),
    ),
    (
        "No camera was found: connect one, then start again.",
        "{name} was not found: connect it, or choose another camera.",
    ),
)
_CAMERA_BUSY: Final = fault(
    "camera-busy",
    Message("The camera sends no pictures"),
    Message("The camera is there, but no picture comes from it."),
    (
        Message(
            "Another program, usually the call itself, is using it. Many cameras serve only one program at a time."
        ),
        Message("The system does not allow programs to use the camera."),
        Message("Its cable is loose."),
    ),
    (
        Message("Switch the camera off in the call, or close the other program, and start again."),
        Message("To read the class, choose the call’s window: your camera only shows you."),
        Message("Unplug the camera and plug it in again."),
    ),
    (
        "{name} stopped sending pictures: check its cable, then start again.",
        "{name} sends no pictures: close other programs that use it, such as the call, then start again.",
    ),
)
_ADDRESS: Final = fault(
    "stream-address",
    Message("The stream’s address is not understood"),
    Message("What you typed is not the address of a stream."),
    (Message("Its beginning is missing, or the password contains characters with a special meaning."),),
    (
        Message("Copy the address from the camera’s manual or settings."),
        Message("In the user name and password, write %40 for @, %2F for /, %3F for ?, %23 for # and %3A for a colon."),
    ),
    (
        "A stream's address begins with http://, https:// or rtsp:// and names a computer: correct it.",
        (
            "It is not certain where the password ends in this address: in a user or password write @ as %40, / "
            "as %2F, ? as %3F, # as %23 and : as %3A."
        ),
    ),
)
_REFUSED: Final = fault(
    "stream-refused",
    Message("The stream refuses access"),
    Message("The other computer answers but does not let you in (401 or 403)."),
    (Message("The user name or password is missing or wrong, or this user may not see the address."),),
    (
        Message("Write both before the computer’s name: rtsp://user:password@computer."),
        Message("Try the same address in a video player."),
        Message("Ask whoever looks after the camera for a user name that may watch it."),
    ),
    (
        (
            "{name} wants a user and a password, or knows others: write them before the computer's name, as in "
            "rtsp://user:password@computer."
        ),
        "{name} does not let you see this address: check user, password and address.",
    ),
)
_STREAM_LOST: Final = fault(
    "stream-lost",
    Message("No pictures come from the stream"),
    Message("The stream cannot be reached, or was interrupted."),
    (Message("The network is down, the sender is switched off, or its address has changed."),),
    (
        Message("Wait a moment: an interrupted stream is opened again automatically."),
        Message("Check that this computer is on the same network as the sender."),
        Message("Try the same address in a video player."),
    ),
    (
        "The stream from {name} broke off: check the network, then start again.",
        "No pictures come from {name}: check the address and the network, then start again.",
    ),
)
_SILENT: Final = fault(
    "source-lost",
    Message("The picture is lost"),
    Message("No new pictures arrive. The program tries again by itself; until then nothing is read."),
    (
        Message("The call, the camera or the network has stopped."),
        Message("The computer is too busy to deliver pictures."),
    ),
    (
        Message("Wait half a minute."),
        Message("See whether the call itself is still moving."),
        _SAVED_ANYWAY,
    ),
    (
        "The picture is lost: trying again.",
        "The source ended by a fault in the program; it is being opened again.",
        "The source has given no picture for {seconds} s; it is being opened again.",
        "The source has given no picture for {seconds} s.",
        (
            "The source failed {times} times in a row, and is not opened again: stop the session, check the "
            "source, and begin another."
        ),
        "The source gives a picture every {seconds} s only: seconds long after one have no figures.",
    ),
)
_RECORDING: Final = fault(
    "recording",
    Message("The recording cannot be read"),
    Message("The file you chose cannot be played."),
    (Message("It was moved or deleted, is damaged, is not a video, or you are not allowed to read it."),),
    (
        Message("Play it in a video player. If that fails too, get another copy."),
        Message("Copy it to one of your own folders and choose it there."),
        Message("If a player can show it, save it as MP4 there or with a converter."),
    ),
    (
        "The recording {path} was not found: check where it is.",
        "The recording {path} cannot be opened: check that you may read it.",
        "The recording {path} is empty: choose another file.",
        "The recording {path} is damaged or not a video: play it in a video player, or choose another file.",
        "{path} was not found: check where it is.",
        "{path} cannot be opened: check that you may read it.",
        "{path} contains no recordings or pictures: choose another folder.",
    ),
)
_CUT: Final = fault(
    "recording-cut",
    Message("The recording breaks off"),
    Message("The file is incomplete. Everything up to the break was read and saved."),
    (
        Message("Copying or downloading it was interrupted."),
        Message("The recording program crashed, or its disk was full."),
    ),
    (
        Message("Download or copy it once more, and compare the sizes of both files."),
        Message("Is there no other copy? The figures up to there are in “Saved lessons”."),
    ),
    (
        "The recording {path} breaks off at {end_s:.0f} s: get a complete copy of it; the rows up to there are saved.",
        (
            "The recording {path} breaks off at {end_s:.0f} s of {claimed_s:.0f} s: get a complete copy of it; "
            "the rows up to there are saved."
        ),
    ),
)
_PICTURE: Final = fault(
    "picture",
    Message("A picture cannot be read"),
    Message("A picture you chose cannot be opened. Others in the same folder are still read."),
    (Message("It has an unknown format, such as HEIC, or is damaged or no longer there."),),
    (
        Message("Open it in a picture viewer, and save it as JPEG or PNG."),
        Message("Is it very large, such as a panorama? Make it smaller."),
    ),
    (
        "The picture {path} was not found: check where it is.",
        "The picture {path} cannot be opened: check that you may read it.",
        "{path} is a HEIC photo, which cannot be read here: save it as JPEG or PNG.",
        "{path} is damaged or not a picture: save it again as JPEG or PNG.",
        "{path} is no file: choose a picture.",
        "{path} is too large: make it smaller, at most {side:,} px a side and {megapixels} megapixels.",
        "There are no pictures in {path}: choose a folder with JPEG or PNG files.",
    ),
)

SOURCE_FAULTS: Final[tuple[Page, ...]] = (
    *(_NO_CAMERA, _CAMERA_BUSY, _ADDRESS, _REFUSED, _STREAM_LOST),
    *(_SILENT, _RECORDING, _CUT, _PICTURE),
)
