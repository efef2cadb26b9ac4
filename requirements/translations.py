"""What there is to translate, into resources/i18n/*.ts; what is translated there, into the program's .qm files.

`make translations` calls it. template.ts, which is not committed, is what a new language begins with.
"""

import ast
import builtins
import dataclasses
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from fer_desktop.core.settings.catalogue import all_settings

ROOT: Final = Path(__file__).resolve().parents[1]
PROGRAM: Final = ROOT / "fer_desktop"
FOLDER: Final = ROOT / "resources" / "i18n"
TEMPLATE: Final = "template.ts"
PLURALS: Final = "fer_desktop_en.ts"  # English is in the program; its "1 face" and "2 faces" alone are not
# Their messages are read in a terminal alone, where the program speaks English.
_COMMANDS: Final = (
    "app/commands",
    "app/recordings/cluster",
    "datasets",
    "evaluation",
    "simulation/face_generator",
    "training",
)


def update(folder: Path = FOLDER) -> None:
    """Writes the template there, adds what is new to the languages beside it, drops what is gone, makes .qm files.

    What Qt itself lacks, as Hindi, stands in qtbase_<language>.ts, which is compiled only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / TEMPLATE
    template.unlink(missing_ok=True)  # lupdate would keep in it what an older program said
    languages = sorted(set(folder.glob("fer_desktop_*.ts")) - {folder / PLURALS})
    collect(template, *languages)
    collect(folder / PLURALS, plurals=True)
    for language in (*languages, folder / PLURALS, *folder.glob("qtbase_*.ts")):
        compile_language(language, language.with_suffix(".qm"))


def collect(*files: Path, plurals: bool = False) -> None:
    """Makes or updates .ts files: contexts and messages in the order of the alphabet and without lines of the source.

    So what two branches add is merged. `plurals`: those texts alone that count something.
    """
    with tempfile.TemporaryDirectory() as work:
        # What other rooms say is marked in a file of its own: lupdate knows Qt's calls alone.
        messages = Path(work, "messages.py")
        marks = (f'QT_TRANSLATE_NOOP("Message", {text!r})\n' for text in sorted(messages_of_other_rooms()))
        messages.write_text("".join(marks), encoding="utf-8")
        sources = (*sorted((PROGRAM / "ui").rglob("*.py")), PROGRAM / "app" / "commands" / "window.py", messages)
        options = ("-silent", "-locations", "none", "-no-obsolete", "-sort-messages", "-source-language", "en")
        kind = ("-pluralonly", "-target-language", "en") if plurals else ()
        _run("pyside6-lupdate", *sources, *options, *kind, "-ts", *files)


def compile_language(source: Path, made: Path) -> None:
    """The .qm file of a .ts file."""
    _run("pyside6-lrelease", "-silent", source, "-qm", made)


def messages_of_other_rooms() -> set[str]:
    """The English of all that is told by `told`: errors, messages, and the descriptions of the settings."""
    return set(words_of_settings()).union(*(texts for _, texts in messages_by_file())) - {""}


def messages_by_file() -> Iterator[tuple[str, set[str]]]:
    """Each module that is not of a terminal alone, as "core/policy.py", with the texts of its errors and messages."""
    for file in sorted(PROGRAM.rglob("*.py")):
        name = file.relative_to(PROGRAM).as_posix()
        if not name.startswith(_COMMANDS):
            yield name, set(messages_in(ast.parse(file.read_text(encoding="utf-8"))))


def messages_in(module: ast.Module) -> Iterator[str]:
    """The texts that errors and messages are made of in a module, constants of its own included."""
    constants = {}
    for line in module.body:
        match line:
            case ast.Assign([ast.Name(name)], ast.Constant(str(text))) | ast.AnnAssign(
                ast.Name(name), _, ast.Constant(str(text))
            ):
                constants[name] = text
    for node in ast.walk(module):
        match node:
            case ast.Call(ast.Name(called) | ast.Attribute(_, called), [first, *_]) if _makes_message(called):
                yield from _texts(first, constants)


def words_of_settings() -> Iterator[str]:
    """What is said of the settings in the window."""
    for setting in all_settings():
        yield from _words(setting.info)


def _makes_message(called: str) -> bool:
    return called in ("message", "Message") or (called.endswith("Error") and not hasattr(builtins, called))


def _texts(argument: ast.expr, constants: Mapping[str, str]) -> Iterator[str]:
    match argument:
        case ast.Constant(str(text)):
            yield text
        case ast.Name(name) if name in constants:
            yield constants[name]
        case ast.IfExp(_, one, other) | ast.BoolOp(_, [one, other]):
            yield from _texts(one, constants)
            yield from _texts(other, constants)


def _words(described: object) -> Iterator[str]:
    if isinstance(described, str):
        if described:
            yield described
    elif isinstance(described, Mapping):
        for one in described.values():
            yield from _words(one)
    elif dataclasses.is_dataclass(described):
        for field in dataclasses.fields(described):
            yield from _words(getattr(described, field.name))


def _run(tool: str, *arguments: str | Path) -> None:
    subprocess.run([Path(sysconfig.get_path("scripts"), tool), *arguments], check=True)


if __name__ == "__main__":
    update()
