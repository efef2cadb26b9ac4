"""`sessions`: what is stored of sessions, and how it goes."""

import dataclasses
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from fer_desktop.app import paths
from fer_desktop.core.errors import StoreError
from fer_desktop.core.seats.kept_aliases import erase_aliases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fer_desktop.pipeline.events import SessionEvent
    from fer_desktop.sessions.store.erasing import Erased
    from fer_desktop.sessions.store.reader import StoredSession

_MINUTE_S: Final = 60
_ON_NETWORK: Final = " It is on a network drive: let one computer at a time record into it."


class Action(StrEnum):
    """What can be done with the store."""

    LIST = "list"
    SHOW = "show"
    ERASE = "erase"
    CHECK = "check"
    BACKUP = "backup"
    RESTORE = "restore"
    SQL = "sql"


def sessions(
    action: Annotated[Action, typer.Argument(help="What to do.")],
    what: Annotated[
        str | None,
        typer.Argument(metavar="[ID|FILE|SQL]", help="With show and erase: which one; with restore, sql: what."),
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="With backup: the one file that holds all lessons.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="With erase: all sessions and all backups.")] = False,
    marker: Annotated[
        int | None, typer.Option("--marker", metavar="N", min=1, help="With erase: only what that marker says.")
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="With check: save what can be read of a damaged store.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="With sql: print CSV.")] = False,
) -> None:
    """List, show, erase, back up or ask stored sessions, or check the store.

    Erased is erased: from the backups and the CSV too. `restore` adds what is not stored here and changes nothing else.
    `sql` answers one SELECT over the views lesson, second and moment, and writes nothing.

    Example: fer-desktop sessions list
    """
    store = paths.store_file()
    match action:
        case Action.BACKUP | Action.RESTORE:
            told, text = _moved(store, action, what, out)
        case Action.SQL:
            _ask(store, what, as_json, as_csv)
            return
        case Action.LIST:
            told, text = _list(store)
        case Action.SHOW:
            told, text = _show(store, _needed(_id(what)))
        case Action.ERASE:
            told, text = _erase(store, _id(what), everything, marker)
        case Action.CHECK:
            told, text = _check(store, repair, as_json)
    typer.echo(json.dumps(told) if as_json else text)


def _id(what: str | None) -> int | None:
    if what is None:
        return None
    if not (what.isascii() and what.isdecimal()):
        raise typer.BadParameter("a session's id is a number: `sessions list` shows them.")
    return int(what)


def _moved(store: Path, action: Action, what: str | None, out: Path | None) -> tuple[Any, str]:
    from fer_desktop.sessions.store import moving

    if action is Action.BACKUP:
        if out is None or what is not None:
            raise typer.BadParameter("say where to: sessions backup --out FILE.")
        saved = moving.save_backup(store, out)
        return {"file": str(out), "sessions": saved}, f"Saved: {_counted(saved, 'session')}, in {out}."
    if what is None:
        raise typer.BadParameter("say from where: sessions restore FILE.")
    done = moving.restore(store, Path(what))
    expiring = _expiring(store, done.lessons)
    told = {"restored": list(done.lessons), "kept": done.kept, "expiring": expiring}
    text = f"Restored: {_counted(len(done.lessons), 'session')}. Here already, and left as they were: {done.kept}."
    if expiring:
        text += (
            f"\nOlder than sessions are kept, and erased at the next start unless you choose longer in the settings: "
            f"{len(expiring)}."
        )
    return told, text


def _expiring(store: Path, restored: "Sequence[int]") -> list[int]:
    """Those of them that the next start lets go, with the settings as they are."""
    from fer_desktop.core.settings import load_settings
    from fer_desktop.sessions.store.expiry import expired
    from fer_desktop.sessions.store.sqlite.database import local_time

    keep_days = load_settings(paths.settings_file()).keep_sessions.days
    old = {found.id for found in expired(store, local_time(), keep_days)}
    return [one for one in restored if one in old]


def _ask(store: Path, question: str | None, as_json: bool, as_csv: bool) -> None:
    from fer_desktop.app.terminal.answers import in_columns, in_csv, in_json
    from fer_desktop.sessions.store.asking import ask

    if question is None or (as_json and as_csv):
        raise typer.BadParameter("say what to ask, and one way to print it: sessions sql 'SELECT * FROM lesson'.")
    answer = ask(store, question)
    typer.echo((in_json if as_json else in_csv if as_csv else in_columns)(answer.columns, answer.rows), nl=False)
    if answer.cut:
        typer.echo(f"There are more rows than {len(answer.rows)}: ask for fewer.", err=True)


def _needed(session: int | None) -> int:
    if session is None:
        raise typer.BadParameter("say which session: `sessions list` shows their ids.")
    return session


def _list(store: Path) -> tuple[Any, str]:
    from fer_desktop.sessions.store import reader

    found = reader.sessions(store)
    lines = [
        f"{one.id:>5}  {one.started:%Y-%m-%d %H:%M}  {_length(one.length_s):>9}  {one.state:<18}  {one.name}"
        for one in found
    ]
    return [_brief(one) for one in found], "\n".join(lines) or "No session is stored."


def _brief(session: "StoredSession") -> dict[str, object]:
    return {
        "id": session.id,
        "started": session.started.isoformat(),
        "name": session.name,
        "length_s": round(session.length_s, 2),
        "state": session.state.value,
    }


def _show(store: Path, session_id: int) -> tuple[Any, str]:
    from fer_desktop.sessions.store import reader

    session = reader.session(store, session_id)
    told = {
        **_brief(session),
        "source": session.source,
        "live_class": session.live_class,
        "end_reason": session.end_reason,
        "last_second": session.last_second.isoformat(),
        "program": session.program,
        "model_sha256": session.model_sha256,
        "settings": session.settings,
        "csv_file": None if session.csv_file is None else str(session.csv_file),
        "note": session.note,
        **_happened(reader.events(store, session_id)),
        "exclusions": [
            {"elapsed_s": elapsed_s, "seats": seats, "you": you}
            for elapsed_s, seats, you in reader.exclusions(store, session_id)
        ],
    }
    return told, "\n".join(f"{name:<14}{_in_words(value)}" for name, value in told.items())


def _happened(events: "list[SessionEvent]") -> dict[str, object]:
    """What a session consists of, counted or listed."""
    from fer_desktop.core.types import Summary
    from fer_desktop.pipeline.events import Alert, Gap, Marker

    seconds = [event for event in events if isinstance(event, Summary)]
    cameras_on = sum(second.cameras_on for second in seconds)
    readable = sum(second.readable for second in seconds)
    return {
        "seconds_seen": len(seconds),
        "coverage": round(readable / cameras_on, 4) if cameras_on else None,
        "gaps": [
            {"start_s": gap.start_s, "end_s": gap.end_s, "reason": gap.reason.value}
            for gap in events
            if isinstance(gap, Gap)
        ],
        "markers": [dataclasses.asdict(event) for event in events if isinstance(event, Marker)],
        "alerts": [dataclasses.asdict(event) for event in events if isinstance(event, Alert)],
    }


def _in_words(value: object) -> str:
    if isinstance(value, list):
        return "".join(f"\n  {json.dumps(one, ensure_ascii=False)}" for one in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {'none' if one in ('', None) else one}" for name, one in value.items()) or "none"
    return "" if value is None else str(value)


def _erase(store: Path, session: int | None, everything: bool, marker: int | None) -> tuple[Any, str]:
    from fer_desktop.sessions.store import erasing

    if everything == (session is not None):
        raise typer.BadParameter("say which session, or --all.")
    if session is None:
        erase_aliases(paths.aliases_file(store))
        erased = erasing.erase_everything(store)
    elif marker is not None:
        erased = erasing.erase_marker_text(store, session, marker)
    else:
        erased = erasing.erase(store, session)
    told = {
        "sessions": list(erased.sessions),
        "csv_files": [str(file) for file in erased.csv_files],
        "out_of_reach": [str(file) for file in (*(one.file for one in erased.out_of_reach), *erased.exports)],
    }
    return told, _erased_text(erased, marker)


def _erased_text(erased: "Erased", marker: int | None) -> str:
    what = _counted(len(erased.sessions), "session") if marker is None else "The marker's text"
    why = "CSV file moved or changed" if marker is None else "The marker's text is still there"
    lines = [f"Erased: {what}.", *(f"Erased with it: {file}" for file in erased.csv_files)]
    lines += [f"{why}, erase it yourself if you want to: {one.file}" for one in erased.out_of_reach]
    lines += [f"A copy that you saved is left: {file}" for file in erased.exports]
    return "\n".join(lines)


def _check(store: Path, wants_repair: bool, as_json: bool) -> tuple[Any, str]:
    from fer_desktop.sessions.store.repair import check, repair_alone
    from fer_desktop.sessions.store.sqlite.drives import on_network

    health, is_elsewhere = check(store), on_network(store)
    told: dict[str, object] = {
        "sound": not health.problems,
        "problems": list(health.problems),
        "sessions": health.sessions,
        "seconds": health.seconds,
        "network_drive": is_elsewhere,
    }
    if not health.problems:
        counted = f"{_counted(health.sessions, 'session')} with {_counted(health.seconds, 'second')}"
        return told, f"The store is sound: {counted}.{_ON_NETWORK if is_elsewhere else ''}"
    if not wants_repair:
        if as_json:
            typer.echo(json.dumps(told))
        raise StoreError(
            "The store {store} is damaged ({problem}): add --repair to save what can be read.",
            store=store,
            problem=health.problems[0],
        )
    done = repair_alone(store)
    told |= {"repaired": True, "sessions": done.sessions, "seconds": done.seconds, "empty": done.empty}
    told["damaged"] = str(done.damaged)
    return told, str(done.sentence)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), _MINUTE_S)
    hours, minutes = divmod(minutes, _MINUTE_S)
    return f"{hours}:{minutes:02}:{rest:02}"
