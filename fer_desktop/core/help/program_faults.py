"""What can go wrong with answers, settings, networks and the program itself."""

from typing import Final

from fer_desktop.core.help.pages import Page, fault
from fer_desktop.core.messages import Message

_INSTALL: Final = Message("Install the program again. Your lessons and settings are kept.")
_EMPTY_FIELD: Final = Message("Clear the field in the settings to use the built-in one.")

_NOT_ALLOWED: Final = fault(
    "not-allowed",
    Message("This stays off with your answers"),
    Message(
        "Before anything is read, you are asked where the class is and what the calls are for. With your answers, "
        "or without any, this source stays off."
    ),
    (
        Message(
            "In the EU and EEA the AI Act forbids reading expressions in teaching and at work, with consent or without."
        ),
        Message("The questions have not been answered, or are asked again because their text changed."),
    ),
    (
        Message("Use the demo class, your own camera, or a recording of yourself."),
        Message("Are you the only person in the recording? Press “Only I am in it”."),
        Message("Was an answer wrong? Press “Change answers” and answer truthfully."),
    ),
    (
        "Nobody has said yet where the class is and what the calls are for: open the window, and answer both there.",
        (
            "With your answers this stays off: in the EU and EEA the law forbids reading the expressions of "
            "people in teaching and at work, live or recorded, with consent or without. The demo class, your own "
            "camera and recordings of yourself can be used."
        ),
        "{refusal} If you alone are seen in these, add --recording-of-myself.",
    ),
)
_ANSWERS: Final = fault(
    "answers-not-kept",
    Message("Your answers cannot be saved"),
    Message("The program keeps a list of when you gave which answers. It cannot write or read that list."),
    (Message("The disk is full, or the folder is write-protected."),),
    (
        Message("Free some space or make the folder named in the message writable, then accept again."),
        Message("Save a copy of the list under a different name."),
    ),
    (
        "Your answers cannot be kept in {file}: check that its folder can be written.",
        "The copy would replace the log itself: choose another name.",
        "The copy cannot be saved as {path}: check that its folder can be written.",
        "The log of your answers, {file}, cannot be read: check that you may open it.",
        "The log of your answers, {file}, is far too large: move it elsewhere, and a new one is begun.",
    ),
)
_SETTINGS: Final = fault(
    "settings-unreadable",
    Message("The settings cannot be read or saved"),
    Message("The file with your settings cannot be used as it is."),
    (
        Message("It was changed by hand, or its folder cannot be written."),
        Message("It was written by a newer version of this program."),
    ),
    (
        Message("Correct the value named in the message."),
        Message("Or delete the file and start again with the default settings. Your lessons are kept."),
        Message("Was it a newer version? Install that again."),
    ),
    (
        "The settings in {file} cannot be read: mend or delete the file.",
        "The settings in {file} are not this program's: mend or delete the file.",
        "The settings in {file} were written by a newer version: update, or delete the file.",
        "{problem} Change it in {file}, or delete the file.",
        'The setting "{label}" ({name}) is {value}: {allowed}.',
        "The settings cannot be saved in {folder}: check that it can be written.",
    ),
)
_NETWORK: Final = fault(
    "network-unusable",
    Message("Your own network cannot be used"),
    Message("The network file chosen in the settings does not fit. Nothing is read with it."),
    (
        Message("The file was moved or deleted, or is not a network."),
        Message("It does not distinguish the seven expressions, or expects another kind of picture."),
        Message("Its description, the .json file beside it, is missing or wrong."),
    ),
    (
        _EMPTY_FIELD,
        Message("Choose the file again in the settings, which ask for what is missing."),
        Message("A .keras file needs TensorFlow to be installed; a .tflite file needs nothing else."),
    ),
    (
        "The network {file} can no longer be read: choose another in the settings.",
        (
            "The network's answers are no probabilities, so nothing was read from them: choose another in the "
            "settings, or the shipped one."
        ),
        "{model} takes whole numbers from 0 to 255: its sidecar's value_range must say so.",
        "{model} does not take the crops that its sidecar describes: correct one of them.",
        "{model} does not output seven probabilities: end it in a softmax over seven classes.",
        "{model} has no output named {wanted}: choose one of {heads}.",
        "{model} has no output named {wanted}, which its sidecar lists in `outputs`: correct it.",
        "{model} has the outputs {heads}: its sidecar must list in `outputs` the one to read first.",
        "{model} does not take square crops of a fixed size: use a network that does.",
        "{model} takes crops of {shape} channels, its sidecar says {channels}: correct it.",
        "{model} is not a TensorFlow Lite network with one input and named outputs: choose another.",
        "{model} cannot read several crops at once: convert it with an open batch size.",
        "{name} needs TensorFlow, which is not installed: pip install 'fer-desktop[train]'.",
        "{model} is not a Keras network that can be loaded here: choose another.",
        "{model} does not have one input: use a network that takes one crop.",
        "{model} is not a network that can be read: choose another.",
        "{model} is too large to be loaded ({found}; at most {most}): choose a smaller network.",
        (
            "The sidecar {model} does not fit: it needs the seven classes ({expressions}) in the network's "
            "order, and input with channels 1 or 3 and a value_range."
        ),
        "{model} cannot be used as a network: choose a .tflite or .keras file.",
        "The network {model} was not found: choose another in the settings, or the shipped one.",
        "{model} has no sidecar {name} beside it: choose the network in the settings, which ask for it.",
        "The sidecar {file} cannot be read: correct it, or choose the network again.",
        "Each of the {n_expressions} classes is needed once: {expressions}.",
        "{file} cannot be written: copy the network to a folder of yours.",
    ),
)
_DETECTOR: Final = fault(
    "detector-unusable",
    Message("Your own face detector cannot be used"),
    Message("The face detector file chosen in the settings does not fit."),
    (Message("The file was moved or deleted, or is not a YuNet file, the only kind supported."),),
    (
        _EMPTY_FIELD,
        Message("Or download YuNet’s .onnx file again and choose it in the settings."),
    ),
    (
        "There is no home folder for {path}: choose another face detector in the settings.",
        (
            "The face detector gave {count} faces for one picture, which is noise: choose another in the "
            "settings, or leave it empty there."
        ),
        (
            "The face detector's answers are no faces, so nothing was read from them: choose another in the "
            "settings, or leave it empty there."
        ),
        "The face detector {file} is not there: choose another in the settings, or leave it empty there.",
        "The face detector {file} is too large: choose another in the settings.",
        "{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.",
        "The face detector gives no rows of YuNet: choose another in the settings.",
    ),
)
_INCOMPLETE: Final = fault(
    "program-damaged",
    Message("The program is incomplete"),
    Message("A file that belongs to the program is missing or has been changed."),
    (Message("The installation was interrupted, or a virus scanner removed a file."),),
    (
        _INSTALL,
        Message("If it happens again, look at what the virus scanner has quarantined."),
    ),
    (
        "The shipped network {shipped} is missing: install the program again.",
        "The program's folder {name} is missing: install it again.",
        "The network {model} is not the one that was shipped: install the program again.",
        (
            "The network {network} is damaged; {spare} reads the same in its place, more slowly: install the program "
            "again."
        ),
        "The shipped face detector {file} is missing: install the program again.",
        "The face detector {file} is not the one that was shipped: install the program again.",
        "The demo class in {folder} is missing or damaged: install the program again.",
    ),
)
_FAULT: Final = fault(
    "fault",
    Message("A fault in the program"),
    Message(
        "Something happened that the program was not made for. The session goes on, or the affected part starts again."
    ),
    (Message("It is a bug in the program, not something you did."),),
    (
        Message("Carry on. If nothing is read any more, press “Stop” and begin another session."),
        Message("People you left out may be counted again: leave them out once more."),
        Message("Please report it with the log file named in the message. It contains no pictures."),
    ),
    (
        "A fault in the program was met; what happened is in the log file.",
        "Frames cannot be read because of a fault in the program.",
        "{path} met a fault in the program: please report it; what else was given is read.",
        "The reading of frames ended by a fault; it is started again.",
        "Detector or network gave no answer for {seconds} s; they are loaded again.",
        (
            "Detector or network failed {times} times in a row, and nothing is read any more: stop the session, "
            "and begin another."
        ),
        "{problem} Who was left out is counted again: leave them out once more.",
        "{problem} What happened is in the log file.",
        "{problem} What happened is in {file}",
    ),
)
_SLOW: Final = fault(
    "too-slow",
    Message("Slower than usual"),
    Message("The computer is busy, so faces are read less often. The call comes first, and the figures may have gaps."),
    (
        Message("The call, a video, an update or another program is using the processor."),
        Message("A laptop slows down on battery or when it is hot."),
    ),
    (
        Message("Close programs and browser tabs that you do not need."),
        Message("Plug in the charger."),
        Message("Lower “Updates a second, at most” in the settings; 2 is enough for a class."),
    ),
    ("Slower than usual: the computer is busy.",),
)
_ASLEEP: Final = fault(
    "asleep",
    Message("The computer was asleep"),
    Message("For a while nothing was read. The lesson has a gap there and goes on."),
    (Message("The lid was closed, or the computer went to sleep by itself."),),
    (Message("Plug in the charger, and set the computer to stay awake while plugged in."),),
    (
        "{seconds} s were missed: the computer or the program was asleep.",
        "{minutes} min were missed: the computer or the program was asleep.",
        "The computer was asleep.",
    ),
)
_LETTERS: Final = fault(
    "letters-missing",
    Message("The language cannot be shown"),
    Message("No font on this computer has the letters of the chosen language, so the window is in English."),
    (Message("The system came without fonts for it."),),
    (
        Message("Install a font for it, such as Noto Sans Devanagari for Hindi."),
        Message("Start the program again."),
    ),
    (),
)

PROGRAM_FAULTS: Final[tuple[Page, ...]] = (
    *(_NOT_ALLOWED, _ANSWERS, _SETTINGS, _NETWORK, _DETECTOR),
    *(_INCOMPLETE, _FAULT, _SLOW, _ASLEEP, _LETTERS),
)
