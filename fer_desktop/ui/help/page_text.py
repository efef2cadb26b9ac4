"""A page of help as Markdown, in the user's language."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.help.library import GROUPS
from fer_desktop.core.help.pages import Kind, Page, Part
from fer_desktop.core.messages import Message
from fer_desktop.core.settings.catalogue import all_settings
from fer_desktop.ui.look.words import told

LINK = "help:"  # before a page's key

translate = QCoreApplication.translate


def markdown_of(page: Page) -> str:
    """What the page itself says, under its title."""
    return "\n\n".join((f"# {told(page.title)}", *map(_part, page.parts)))


def keys_text(keys: Sequence[tuple[str, str]]) -> str:
    """Keys and what each does, as a table."""
    return _table((translate("HelpPages", "Key"), translate("HelpPages", "What it does")), keys)


def settings_text() -> str:
    """What each setting means, by the sections of the settings; they describe themselves."""
    sections: dict[str, list[str]] = {}
    for setting in all_settings():
        if setting.info.section.in_dialog:
            label, sentence = told(Message(setting.info.label)), told(Message(setting.info.sentence))
            sections.setdefault(setting.info.section.title, []).append(f"**{label}** – {sentence}")
    return "\n\n".join(f"## {told(Message(title))}\n\n{_list('-', rows)}" for title, rows in sections.items())


def faults_text() -> str:
    """A link to each page about something that goes wrong, by what it is about."""
    return "\n\n".join(
        f"## {told(title)}\n\n{_list('-', (f'[{told(page.title)}]({LINK}{page.key})' for page in pages))}"
        for title, pages in GROUPS
    )


def _part(part: Part) -> str:
    words = map(told, part.words)
    match part.kind:
        case Kind.HEADING:
            return "\n\n".join(f"## {one}" for one in words)
        case Kind.TEXT:
            return "\n\n".join(words)
        case Kind.POINTS:
            return _list("-", words)
        case Kind.STEPS:
            return _list("1.", words)


def _list(sign: str, words: Iterable[str]) -> str:
    return "\n".join(f"{sign} {one}" for one in words)


def _table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    def lines() -> Iterator[str]:
        yield from (_row(head), "| --- | --- |")
        yield from map(_row, rows)

    return "\n".join(lines())


def _row(cells: tuple[str, str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
