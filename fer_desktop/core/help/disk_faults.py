"""What can go wrong with files, disks and saved lessons."""

from typing import Final

from fer_desktop.core.help.pages import Page, fault
from fer_desktop.core.messages import Message

_ANOTHER_FOLDER: Final = Message("Or choose another folder in the settings, under “CSV files are saved in”.")

_CHECK_DISK: Final = Message("Does it happen again? Copy what is important, and have the disk checked.")

_FULL: Final = fault(
    "disk-full",
    Message("The disk is full"),
    Message("A file can no longer be written. While a session runs, unsaved seconds wait in memory."),
    (Message("The disk has no room left, or your share of it is used up."),),
    (
        Message("Empty the bin and delete or move large files. An hour of a lesson takes a few megabytes."),
        Message("Keep teaching: what is waiting is written as soon as there is room, even after “Stop”."),
        _ANOTHER_FOLDER,
        Message("“Leave them out” gives up the seconds that are still waiting. Everything before is kept."),
    ),
    (
        "{path} cannot be written, the disk is full: free some space on it; what was written before is kept.",
        (
            "{path} cannot be written, your share of the disk is used up: delete or move files of yours; what "
            "was written before is kept."
        ),
        (
            "{path} cannot be written, it has reached the size that is allowed: free some space or have the "
            "limit raised; what was written before is kept."
        ),
        "{path} cannot be written ({error}): free some space on that disk; what was written before is kept.",
        (
            "{name} cannot be written in {parent}, the disk is full: free some space, or choose another folder (in the "
            "settings; on the command line with --out)."
        ),
        (
            "{name} cannot be written in {parent}, your share of the disk is used up: delete some files, or "
            "choose another folder (in the settings; on the command line with --out)."
        ),
    ),
)
_FOLDER: Final = fault(
    "folder",
    Message("A file or folder cannot be written"),
    Message("The program is not allowed to write there."),
    (
        Message("The folder is gone, belongs to somebody else, or is write-protected."),
        Message("The system’s protection or a virus scanner blocks it."),
        Message("A file with that name already exists and is not overwritten."),
    ),
    (
        _ANOTHER_FOLDER,
        Message("Remove the write protection, or allow the program in the virus scanner."),
    ),
    (
        (
            "{path} cannot be written, it is not permitted: allow this program to write in its folder; what was "
            "written before is kept."
        ),
        "{path} cannot be written, the disk is write-protected now: take the protection off, or connect it again.",
        (
            "{name} cannot be written in {parent}, the disk is write-protected: choose another folder (in the "
            "settings; on the command line with --out)."
        ),
        (
            "{name} cannot be written in {parent}: make it writable, or choose another folder (in the settings; on the "
            "command line with --out)."
        ),
        "The aliases in {file} cannot be changed: check that its folder can be written.",
        "{path} already exists: choose another name or move it away.",
        "{file} is a file of this program, which holds your lessons: choose another name.",
        "The folder {folder} cannot be written: choose another with --out.",
        "The folder {folder} is not there: choose another, or connect its drive.",
        "Nothing can be written in the folder {folder}: choose another.",
        "{file} could not be written whole: check its disk, and save it again.",
        "The report could not be painted: save it as a web page, and print that.",
        "The picture cannot be saved as {path}: check that its folder can be written.",
        "There is no picture to save: make the window larger and try again.",
        "There is no home folder for {path}: choose another {what} in the settings.",
    ),
)
_DISK_GONE: Final = fault(
    "disk-gone",
    Message("The disk does not answer"),
    Message("The disk or network drive where files are saved is gone or reports an error."),
    (
        Message("A USB disk was pulled out, or a network drive cannot be reached."),
        Message("The disk may be failing."),
    ),
    (
        Message("Reconnect the disk or network; what is waiting in memory is then written."),
        _ANOTHER_FOLDER,
        _CHECK_DISK,
    ),
    (
        "{path} cannot be written, the disk reports an error: check its cable, or the drive itself.",
        "{path} cannot be written, the network drive has lost it: connect the drive again.",
        (
            "{name} cannot be written in {parent}, the disk reports an error: check its cable, or choose another "
            "folder (in the settings; on the command line with --out)."
        ),
        (
            "{name} cannot be written in {parent}, the network drive has lost it: connect it again, or choose another "
            "folder (in the settings; on the command line with --out)."
        ),
        "The disk did not answer: the end of the session may be missing.",
        "The disk does not answer: what is not saved waits in memory until it does.",
    ),
)
_CSV_MOVED: Final = fault(
    "file-changed",
    Message("The lesson’s file was moved or changed"),
    Message(
        "While the session ran, its file was touched by somebody or something else. It was written again in full: "
        "nothing is lost."
    ),
    (Message("It was saved from a spreadsheet, or moved by a program that tidies up folders."),),
    (
        Message("You need not do anything. The message says which file is the right one now."),
        Message("Open a lesson’s file only after pressing “Stop”."),
    ),
    (
        "{path} was moved, erased or changed since: begin a new session.",
        "This lesson is no longer stored: begin a new session.",
        "The file of the session was removed: all of it is written again, to {path}.",
        "The file of the session was moved: all of it is written again, to {path}, and goes on there.",
        "Another file was put in the place of the session's: all of it is written again, to {path}.",
        "The file of the session was changed by another program: all of it is written again, to {path}.",
        "The file of the session was lost by the network drive: all of it is written again, to {path}.",
        (
            "The store of sessions was moved, removed or replaced: this session is written again from its start, to "
            "{path}."
        ),
    ),
)
_UNUSABLE: Final = fault(
    "lessons-unusable",
    Message("Saved lessons cannot be used"),
    Message(
        "The program cannot open or add to the file with your saved lessons. The lesson’s CSV file is still written."
    ),
    (
        Message("Its disk is full or does not answer, or another program has locked it."),
        Message("It was written by a newer version of this program."),
    ),
    (
        Message("Wait a minute, and open “Saved lessons” again."),
        Message("Close the program and start it again: it repairs what it can."),
        Message("Was it a newer version? Install that again."),
    ),
    (
        "This lesson cannot be added to your saved lessons: {problem} Its CSV file is written.",
        "The store of sessions {path} cannot be used ({error}): look at its disk and folder.",
        "The session cannot be read back from {path}: look at its disk.",
        "{path} is a database of another program: move it away.",
        "{path} was written by a newer version of this program: install that one again.",
    ),
)
_DAMAGED: Final = fault(
    "lessons-damaged",
    Message("Saved lessons are damaged"),
    Message(
        "The file with your saved lessons was damaged. The program rescues what it can and keeps the damaged file."
    ),
    (Message("The power failed at a bad moment, the disk has errors, or another program wrote into it."),),
    (
        Message("Start the program again: it repairs the file and says what was rescued."),
        Message("Look for the CSV file of a lost lesson; it is often intact."),
        _CHECK_DISK,
    ),
    (
        "Your saved lessons are damaged: start the program again, and what can be read is saved.",
        "The store of sessions {path} is damaged: `sessions check --repair` saves what can be read.",
        "The store of sessions {path} holds what this program did not write ({error}).",
        "The store of sessions {path} cannot be repaired.",
        "The store of sessions is damaged and is being repaired: this session is stored as soon as that is done.",
        "The store of sessions was damaged: nothing of it could be recovered; the damaged file is kept as {damaged}.",
        "The figures of 1 lesson could not be recovered",
        "The figures of {empty} lessons could not be recovered",
        "The store of sessions was damaged. {lost}; the damaged file is kept as {damaged}.",
        (
            "The store of sessions was damaged. {lost}; of others, {whole}, {seconds} seconds were saved. The "
            "damaged file is kept as {damaged}."
        ),
        (
            "The store of sessions was damaged: {sessions} sessions with {seconds} seconds were saved, "
            "{from_backup} of them out of a backup; the damaged file is kept as {damaged}."
        ),
    ),
)
_BUSY: Final = fault(
    "lesson-recorded",
    Message("Another window records"),
    Message("Only one window of the program records at a time, and a lesson that is being recorded cannot be erased."),
    (Message("The program is open twice, perhaps on another desktop, or a lesson is still running."),),
    (
        Message("Press “Stop” in the other window or close it. This window then records from its next session."),
        Message("Then try again to erase or save the lesson."),
    ),
    (
        "Another window of this program is recording: this session is kept in its CSV file alone until that one ends.",
        "A session is being recorded: end it, then repair the store.",
        "Session {id} is being recorded: end it first.",
        "The store is being read by another program: close that, then erase once more.",
    ),
)
_GONE: Final = fault(
    "lesson-gone",
    Message("A lesson is no longer there"),
    Message("The lesson or its figures cannot be found among your saved lessons."),
    (
        Message("You erased it, or its time was over: see “Lessons are kept” in the settings."),
        Message("Its figures were lost when the saved lessons were damaged."),
    ),
    (
        Message("Close “Saved lessons” and open it again."),
        Message("Look for its CSV file in the folder “FER Desktop” in your documents."),
    ),
    (
        "No figures of this lesson are left with the others: its CSV file is {file}",
        "No figures of this lesson are left: there is nothing to save.",
        "No figures of lesson {id} are stored: there is nothing to write.",
        "This lesson is no longer stored.",
        "Session {id} has no marker {number}.",
        "There is no session {id}: `sessions list` shows those that there are.",
    ),
)

DISK_FAULTS: Final[tuple[Page, ...]] = (
    *(_FULL, _FOLDER, _DISK_GONE, _CSV_MOVED),
    *(_UNUSABLE, _DAMAGED, _BUSY, _GONE),
)
