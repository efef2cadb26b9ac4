"""What is lost of a session whose program is killed: the whole program on the demo class, again and again."""

import contextlib
import random
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fer_desktop.app.bench import own_process
from fer_desktop.core.errors import FerError, StoreError
from fer_desktop.core.files import temporary_folder
from fer_desktop.core.types import OnProgress, Summary
from fer_desktop.pipeline.events import Gap, SessionEvent
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.repair import check

STORE: Final = "sessions.db"
_LIVE_WITHIN_S: Final = 90.0  # a busy computer takes long to start the program
_LOOK_S: Final = 0.2
_WHILE_LIVE_S: Final = 3.0  # from the first second on; commits come once a second
_AT_START_S: Final = 3.0
_AT_START_EVERY: Final = 10  # one in so many is killed before it is live
_LENGTH_S: Final = 3600.0


@dataclass(slots=True)
class _Found:
    """What the kills so far have shown."""

    kills: int = 0
    lost_s: list[float] = field(default_factory=list)  # of those that were live
    torn: int = 0
    stored: dict[int, int] = field(default_factory=dict)  # events by session


def kill_figures(kills: int, on_progress: OnProgress) -> dict[str, float | int | None]:
    """The figures of that many kills at random moments. Raises FerError where the program does not start.

    `lost`: from the end of the last second that can be read to the kill.
    """
    found, rng = _Found(), random.Random()
    with temporary_folder() as folder:
        for number in range(kills):
            on_progress(number, kills)
            at_start = number % _AT_START_EVERY == _AT_START_EVERY - 1
            killed_at_s = _run_and_kill(folder, at_start, rng)
            _look(folder / STORE, killed_at_s, found)
        on_progress(kills, kills)
    return {
        "kills": found.kills,
        "killed_while_live": len(found.lost_s),
        "lost_s_max": round(max(found.lost_s), 3) if found.lost_s else None,
        "median_lost_s": round(statistics.median(found.lost_s), 3) if found.lost_s else None,
        "torn": found.torn,
    }


def kill_text(figures: dict[str, float | int | None]) -> str:
    """The figures, one per line."""
    words = {
        "kills": "kills",
        "killed_while_live": "of these while a session was recorded",
        "lost_s_max": "lost at most, s",
        "median_lost_s": "lost, median, s",
        "torn": "stores that were damaged or lacked a second",
    }
    return "\n".join(f"{what:<45}{figures[name]}" for name, what in words.items())


def record_until_killed(folder: Path) -> None:
    """The program on the demo class, recording into that folder; it is not meant to end. Raises FerError."""
    from fer_desktop.app import paths
    from fer_desktop.app.services import AppServices
    from fer_desktop.app.terminal.display import draw_offscreen, has_display
    from fer_desktop.core.settings import Settings
    from fer_desktop.ui.automation.demo_run import run_demo

    if not has_display():
        draw_offscreen()
    services = AppServices(
        Settings(),
        paths.settings_file(),
        session_file=folder / f"{time.time_ns()}.csv",
        demo_loops=True,
        store_file=folder / STORE,
    )
    run_demo(services, services.demo(), folder, _LENGTH_S)


def _run_and_kill(folder: Path, at_start: bool, rng: random.Random) -> float:
    """When the program was killed, as `time.time()`."""
    with _started(folder) as process:
        # The random moment of the kill is what is measured: there is nothing to wait for.
        if at_start:
            time.sleep(rng.uniform(0.0, _AT_START_S))
        else:
            _wait_until(lambda: _is_live(folder / STORE), process)
            time.sleep(rng.uniform(0.0, _WHILE_LIVE_S))
        killed_at_s = time.time()
        process.kill()
        process.wait()
    return killed_at_s


@contextlib.contextmanager
def _started(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = own_process.command("bench", "kills", "--record-into", str(folder))
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=own_process.environment())
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _is_live(store: Path) -> bool:
    with contextlib.suppress(StoreError):  # it is being made
        newest = reader.sessions(store)[:1]
        return bool(newest) and newest[0].state is reader.SessionState.RECORDING and newest[0].length_s > 0
    return False


def _wait_until(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline_s = time.monotonic() + _LIVE_WITHIN_S
    while not happened():
        if process.poll() is not None or time.monotonic() > deadline_s:
            raise FerError("The program did not begin a session on the demo class: try `demo --out DIR` to see why.")
        time.sleep(_LOOK_S)  # another process tells nobody when it has begun: its store is looked at


def _look(store: Path, killed_at_s: float, found: _Found) -> None:
    """Opens the store as the next start of the program does."""
    found.kills += 1
    try:
        sessions = reader.sessions(store)
        events = {session.id: reader.events(store, session.id) for session in sessions}
    except StoreError:
        found.torn += 1
        return
    # What was there after the last kill is there for good.
    shrunk = any(len(events.get(session, ())) < count for session, count in found.stored.items())
    if check(store).problems or shrunk or not all(map(_is_whole, events.values())):
        found.torn += 1
    new = [session for session in sessions if session.id not in found.stored]
    found.lost_s += [killed_at_s - session.last_second.timestamp() for session in new if session.length_s > 0]
    found.stored = {session: len(told) for session, told in events.items()}


def _is_whole(events: list[SessionEvent]) -> bool:
    """Whether each second up to the last one was seen or is part of a gap."""
    covered_s = 0.0
    for event in events:
        match event:
            case Summary(elapsed_s) if elapsed_s - covered_s > 1.0 + 1e-6:
                return False
            case Summary(elapsed_s):
                covered_s = elapsed_s
            case Gap(start_s, end_s):
                if start_s - covered_s > 1.0 + 1e-6:
                    return False
                covered_s = max(covered_s, end_s)
            case _:
                pass
    return True
