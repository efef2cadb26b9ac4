"""What is left of sessions that were played in a home of their own, and whom they talked to."""

import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from fer_desktop.app.audit import system_calls
from fer_desktop.app.audit.needles import NeedleIndex, read_needles
from fer_desktop.app.audit.picture_search import Picture, pictures_in
from fer_desktop.app.audit.recorder import CALLS_FILE
from fer_desktop.core.errors import FerError

# How a session ends.
ENDED_AS_USUAL: Final = "ended as usual"
ENDED_HARD: Final = "ended hard"
_PATIENCE_S: Final = 300.0
# What the system shows as files and what no session is kept in.
_NO_FILES: Final = ("/dev/", "/proc/", "/sys/")
_SHARED_MEMORY: Final = "/dev/shm/"
_BYTECODE: Final = ".pyc"
_OF_A_DESKTOP: Final = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SESSION_MANAGER", "XAUTHORITY")

# The program, with what Python asks for recorded before any of it is imported.
_FROM_THE_FIRST_LINE: Final = (
    "import sys, pathlib\n"
    "from fer_desktop.app.audit.recorder import record_to\n"
    "record_to(pathlib.Path(sys.argv[1]))\n"
    "from fer_desktop.app.main import main\n"
    "main(sys.argv[2:])\n"
)


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file that is there after the sessions."""

    path: str  # within their home; else absolute
    bytes: int
    mode: str  # who may read and write it, as "600"


@dataclass(frozen=True, slots=True)
class SocketCall:
    """A socket, or what was asked of one."""

    seen_by: str  # "Python" or "system calls"
    call: str
    what: str  # its arguments
    where: str = ""  # module and line, where Python saw it


@dataclass(frozen=True, slots=True)
class Findings:
    """The outcome of an audit."""

    pictures: list[Picture]
    sockets: list[SocketCall]
    files: list[LeftFile]
    programs: list[str]  # that were started
    sessions: list[str]  # how each of them ended
    pixels_looked_for: int  # runs of pixels of the sessions, in all their forms
    system_calls_seen: bool  # whether native libraries were watched too

    @property
    def clean(self) -> bool:
        """Whether there is neither a picture nor a socket."""
        return not self.pictures and not self.sockets

    def as_json(self) -> str:
        """All of it, with the number of pictures before the rest."""
        return json.dumps({"pictures_found": len(self.pictures), **asdict(self)}, indent=2)


def audited(sessions: Mapping[str, Sequence[str]]) -> Findings:
    """What commands leave and ask for, which are run one after another in the same empty home.

    By each command's name, its words; `{folder}` in them is where it writes what it noted. Raises FerError where one
    does not run as its name says, which is "ended hard" for one that aborts.
    """
    with tempfile.TemporaryDirectory(prefix="fer-audit-") as top:
        # Resolved, as the system's calls show paths.
        home, notes = Path(top).resolve() / "home", Path(top).resolve() / "notes"
        environment = _home(home)
        calls, seen, folders = [], False, []
        for number, (name, words) in enumerate(sessions.items()):
            folder = notes / str(number)
            folder.mkdir(parents=True)
            folders.append(folder)
            command = system_calls.traced([word.replace("{folder}", str(folder)) for word in words], folder)
            seen = len(command) > len(words)
            _run(name, command, home, environment)
            calls += _python_calls(folder)
        return _findings(home, notes, folders, calls, list(sessions), seen)


def _findings(
    home: Path, notes: Path, folders: Sequence[Path], calls: Sequence[Mapping[str, str]], names: list[str], seen: bool
) -> Findings:
    index = NeedleIndex(needle for folder in folders for needle in read_needles(folder))
    outside = {Path(call["what"]) for call in calls if call["call"] == "open"}
    outside = outside.union(*map(system_calls.written_files, folders))
    files, pictures = [], []
    for file in sorted({*home.rglob("*"), *_to_be_looked_at(outside, home, notes)}):
        if file.is_file() and not file.is_symlink():
            name = str(file.relative_to(home)) if file.is_relative_to(home) else str(file)
            found = file.stat()
            files.append(LeftFile(name, found.st_size, f"{stat.S_IMODE(found.st_mode):o}"))
            pictures += pictures_in(file, name, index)
    sockets = [
        SocketCall("Python", call["call"], call["what"], call["where"])
        for call in calls
        if call["call"].startswith("socket.")
    ]
    sockets += [SocketCall("system calls", *call) for folder in folders for call in system_calls.socket_calls(folder)]
    programs = [call["what"] for call in calls if call["call"] != "open" and not call["call"].startswith("socket.")]
    return Findings(pictures, list(dict.fromkeys(sockets)), files, programs, names, len(index), seen)


def _to_be_looked_at(written: Iterable[Path], home: Path, notes: Path) -> Iterator[Path]:
    """The files elsewhere that were written and are still there, without Python's own bytecode."""
    for file in written:
        own = file.is_relative_to(home) or file.is_relative_to(notes)
        device = str(file).startswith(_NO_FILES) and not str(file).startswith(_SHARED_MEMORY)
        if not own and not device and file.suffix != _BYTECODE and not file.name.endswith(_BYTECODE):
            yield file


def _run(name: str, command: Sequence[str], home: Path, environment: Mapping[str, str]) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FerError("The audited session did not end in {seconds:.0f} s.", seconds=_PATIENCE_S) from error
    # A process that aborts ends with no code that it chose.
    if (done.returncode != 0) != (name == ENDED_HARD) or done.returncode in (1, 2):
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise FerError("The audited session failed: {problem}", problem=last)


def _home(home: Path) -> dict[str, str]:
    """The environment of a user who has just been made: all that is for a user to write to is in `home`."""
    folders = {
        "HOME": ".",
        "USERPROFILE": ".",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CONFIG_HOME": ".config",
        "XDG_CACHE_HOME": ".cache",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_DOCUMENTS_DIR": "Documents",
        "XDG_RUNTIME_DIR": "run",
        "TMPDIR": "tmp",
        "TEMP": "tmp",
        "TMP": "tmp",
    }
    for folder in set(folders.values()):
        (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    package = str(Path(__file__).resolve().parents[3])
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_A_DESKTOP}
    return {
        **inherited,
        **{name: str(home / folder) for name, folder in folders.items()},
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH")))),
    }


def _python_calls(folder: Path) -> list[dict[str, str]]:
    file = folder / CALLS_FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    calls: list[dict[str, str]] = [json.loads(line) for line in lines]
    return [one for number, one in enumerate(calls) if one not in calls[:number]]


def words_of_session(seconds: float, ends_hard: bool) -> list[str]:
    """The command that plays a session and notes what it sees; what Python asks for is recorded from its first line."""
    words = ["audit", "--seconds", str(seconds), "--played-in", "{folder}", *(["--ends-hard"] if ends_hard else [])]
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    return [sys.executable, "-c", _FROM_THE_FIRST_LINE, "{folder}", *words]


def as_text(findings: Findings) -> str:
    """A few lines for people."""
    lines = [f"Sessions played on the demo class: {', '.join(findings.sessions)}."]
    lines += [f"  {file.bytes:>10,} bytes  {file.mode}  {file.path}" for file in findings.files]
    lines.append(
        f"Files left: {len(findings.files)}. Looked for: images, and {findings.pixels_looked_for:,} runs of pixels."
    )
    lines += [f"A picture: {one.what} in {one.file}, byte {one.at:,}" for one in findings.pictures]
    lines += [
        f"A socket: {one.call}({one.what}), seen by {one.seen_by} {one.where}".rstrip() for one in findings.sockets
    ]
    watched = "Python and system calls" if findings.system_calls_seen else "Python alone, since there is no strace here"
    lines.append(f"Pictures found: {len(findings.pictures)}. Sockets: {len(findings.sockets)} (watched: {watched}).")
    return "\n".join(lines)
