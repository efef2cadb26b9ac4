"""Which page is about what the window says, in the language that it speaks."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.help.library import PAGES, Finder, page_called
from fer_desktop.core.help.pages import Topic

# What the window says itself: context, English, page. A test holds them against what the window asks for.
OF_THE_WINDOW: Final = (
    (
        "SessionMessages",
        "This window covers a part of what is read, and that part is left out: move it aside.",
        "covered",
    ),
    ("SessionMessages", "No program here can show a folder. The file is {path}", "folder"),
    ("WorkArea", "No program here can show a folder. It is {folder}", "folder"),
    ("ExportDialog", "This lesson is no longer stored.", "lesson-gone"),
    ("SessionMessages", "Nothing is recorded in this window: the other one does that.", "lesson-recorded"),
    ("SessionMessages", "This session is not recorded. The next one is.", "lesson-recorded"),
    ("OwnEnd", "The call’s window has been gone for 5 minutes. The lesson ends in a minute.", "window-closed"),
    ("OwnEnd", "Nobody has been in sight for 15 minutes. The lesson ends in a minute.", "no-faces"),
    ("SessionPage", "Source lost, trying again", "source-lost"),
    ("SessionPage", "Waiting: another window covers the call", "covered"),
    ("SessionPage", "Waiting: the call's window is not shown", "window-hidden"),
    ("LiveView", "No face is large and clear enough to read", "faces-too-small"),
    ("LiveView", "Everybody found is left out. Click somebody to bring them back", "no-faces"),
    ("LiveView", "No camera is on", "no-faces"),
    ("LiveView", "No face found in this picture", "no-faces"),
    ("CoverageLine", "The source gives no picture", "source-lost"),
    ("CoverageLine", "Waiting: the call is covered or minimised", "covered"),
    ("CoverageLine", "Too slow: nothing was read in this second", "too-slow"),
    ("CoverageLine", "The computer slept: no figures", "asleep"),
    ("StartPage", "No camera found", "no-camera"),
    ("WindowDialog", "The windows cannot be listed", "no-screen"),
    ("RegionOverlay", "The screen cannot be shown because of a fault in the program; choose another source.", "fault"),
    (
        "SettingsDialog",
        "This network cannot be used: choose another, or empty the field for the built-in one.",
        "network-unusable",
    ),
    ("SettingsDialog", "{label}: choose a {suffix} file of {kind}, or empty the field.", "detector-unusable"),
    ("ModelFileField", "This file does not say what its seven outputs mean. Please tell:", "network-unusable"),
    ("ModelFileField", "Say in which order the network gives the seven classes, each once.", "network-unusable"),
    ("ModelFileField", "Say whether the network sees faces in grey or in colour.", "network-unusable"),
    ("ModelFileField", "Say which numbers the network takes for black and for white.", "network-unusable"),
    ("Erasing", "The lessons could not be erased. {reason}", "lessons-unusable"),
    ("Erasing", "What the marker says could not be erased. {reason}", "lessons-unusable"),
    ("Erasing", "“{name}” could not be erased. {reason}", "lessons-unusable"),
    ("SavedSessions", "The marker's text is still in {file}", Topic.LESSONS),
    ("SavedSessions", "A copy that you saved is left: {file}", Topic.LESSONS),
    (
        "SavedSessions",
        "The lesson of {day} was erased. Its CSV file was moved or changed: erase it yourself if you want to: {file}",
        Topic.LESSONS,
    ),
    ("SavedSessions", "“{name}” ended unexpectedly.", Topic.LESSONS),
    ("SavedSessions", "No figures of this lesson are left.", "lesson-gone"),
    ("SavedSessions", "No figures of this lesson are left here. Its CSV file is {file}", "lesson-gone"),
    (
        "Application",
        "A fault in the program was met; a running session goes on. What happened is in the log file.",
        "fault",
    ),
    (
        "Application",
        "A fault in the program was met; a running session goes on. What happened is in the log file {file}.",
        "fault",
    ),
    (
        "Application",
        (
            "No font here has the letters of {language}, so the window is in English. Install one, such as Noto Sans "
            "Devanagari, and start again."
        ),
        "letters-missing",
    ),
)


def window_finder() -> Finder:
    """For all that the window says of faults now, its own sentences and those of other rooms."""
    translate = QCoreApplication.translate
    others = ((translate("Message", sentence), page) for page in PAGES for sentence in page.told)
    own = ((translate(context, sentence), page_called(key)) for context, sentence, key in OF_THE_WINDOW)
    return Finder((*others, *own))
