"""Who records is known from outside, and forgotten with the process."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support.places import ROOT

from fer_desktop.sessions.store.sqlite.lock import RecordingLock, recorded

HOLDER = """
import sys
from pathlib import Path
from fer_desktop.sessions.store.sqlite.lock import RecordingLock
lock = RecordingLock(Path(sys.argv[1]))
print(lock.acquire("theirs"), flush=True)
sys.stdin.read()
"""


def test_one_at_a_time_records(tmp_path: Path) -> None:
    store = tmp_path / "sessions.db"
    first, second = RecordingLock(store), RecordingLock(store)
    assert recorded(store) is None
    assert first.acquire("a")
    assert first.acquire("a")
    assert not second.acquire("b")
    assert recorded(store) == "a"
    first.release()
    first.release()
    assert recorded(store) is None
    assert second.acquire("b")
    assert recorded(store) == "b"
    second.release()


def test_a_process_that_is_killed_records_no_more(tmp_path: Path) -> None:
    store = tmp_path / "sessions.db"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    assert recorded(store) == "theirs"
    process.kill()
    process.communicate()
    assert recorded(store) is None
    ours = RecordingLock(store)
    assert ours.acquire("ours")
    ours.release()


def test_those_who_only_look_do_not_take_each_other_for_one_who_records(tmp_path: Path) -> None:
    store = tmp_path / "sessions.db"
    before = RecordingLock(store)
    assert before.acquire("before")
    before.release()
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: recorded(store), range(400))) == {None}
