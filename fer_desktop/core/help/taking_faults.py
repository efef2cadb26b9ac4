"""What can go wrong with files that lessons are taken from."""

from typing import Final

from fer_desktop.core.help.pages import Page, fault
from fer_desktop.core.messages import Message

TAKING_FAULTS: Final[tuple[Page, ...]] = (
    fault(
        "not-taken",
        Message("A backup or CSV cannot be taken over"),
        Message("Nothing of the file was taken, and your lessons are as they were."),
        (
            Message("It is another kind of file, or was changed, for example in a spreadsheet."),
            Message("It was copied only in part, or its disk reports errors."),
            Message("Its lesson is among yours already."),
        ),
        (
            Message("Choose the file as this program wrote it, and copy it again from where it was made."),
            Message("A backup of a newer version needs that version: install it first."),
        ),
        (
            "{file} is no backup of this program: choose a file that “Back up all” or `sessions backup` made.",
            "{file} is damaged: nothing was taken from it; choose another backup.",
            "{file} was written by a newer version of this program: install that one first.",
            "{file} cannot be opened: check its name, and that you may read it.",
            "{file} has no rows: there is nothing to take over.",
            "{file} is in your lessons already, as number {id}: nothing was changed.",
            "{file} is no session of this program: choose a CSV file that it has written.",
            "{file} was changed, or is damaged, in line {line}: choose the CSV file as this program wrote it.",
            "No lesson is stored: there is nothing to back up.",
        ),
    ),
)
