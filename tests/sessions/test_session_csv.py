import dataclasses
import errno
import os
import signal
import subprocess
import sys
import textwrap
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support.places import ROOT

from fer_desktop.core.errors import StoreError
from fer_desktop.core.expressions import EXPRESSIONS, HAPPY, N_EXPRESSIONS
from fer_desktop.core.types import State, Summary, no_figures
from fer_desktop.pipeline.events import ClockSet, Marker, SessionEvent, Started
from fer_desktop.sessions.csv_export import HEADER, SessionCsv, new_session
from fer_desktop.sessions.csv_file import FileTakenError

STARTED = datetime(2026, 5, 4, 23, 59, 58, 250_000, tzinfo=timezone(timedelta(hours=2)))
# The start of a program that writes a session of its own.
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from fer_desktop.core.errors import StoreError
from fer_desktop.core.readings.summary import summarize
from fer_desktop.pipeline.events import Marker, Started
from fer_desktop.sessions.csv_export import SessionCsv
session = SessionCsv(Path(sys.argv[1]))
session.write(Started(datetime.now(UTC), "call", live_class=False))
"""
NO_LIMITS = "Windows limits no file's size"


def summary(elapsed_s: float, readable: int = 3, state: State = State.LIVE) -> Summary:
    figures = np.full(N_EXPRESSIONS, 0.1, np.float32) if readable else no_figures()
    counts = np.zeros(N_EXPRESSIONS, np.int64)
    counts[HAPPY] = readable
    return Summary(elapsed_s, state, 4, 4, readable, readable, figures, figures - 0.05, figures + 0.05, counts)


def marker(text: str, number: int = 1, elapsed_s: float = 0.5) -> Marker:
    return Marker(number, elapsed_s, text)


def started(path: Path) -> SessionCsv:
    session = SessionCsv(path)
    session.write(Started(STARTED, "call", live_class=False))
    return session


def written(path: Path, *events: SessionEvent) -> Any:
    session = started(path)
    for event in events:
        session.write(event)
    session.close()
    return pd.read_csv(path)


def test_the_header_is_the_one_promised() -> None:
    figures = [f"{figure}_{name}" for figure in ("mean", "low", "high", "count") for name in EXPRESSIONS]
    plain = ["time", "elapsed_s", "state", "gap_s", "seats", "cameras_on", "faces", "readable"]
    assert list(HEADER) == [*plain, *figures, "left", "came_back", "marker"]


def test_a_row_opens_in_pandas_with_its_time_and_figures(tmp_path: Path) -> None:
    table = written(tmp_path / "s.csv", summary(1.0), summary(2.0), summary(2.37))
    assert list(table.columns) == list(HEADER)
    assert list(table.elapsed_s) == [1.0, 2.0, 2.37]
    times = [datetime.fromisoformat(time) for time in table.time]
    assert times[1] == STARTED + timedelta(seconds=2)
    assert {time.utcoffset() for time in times} == {timedelta(hours=2)}
    assert pd.to_datetime(table.time).is_monotonic_increasing
    assert table.mean_happy[0] == pytest.approx(0.1)
    assert table.low_happy[0] == pytest.approx(0.05)
    assert table.high_happy[0] == pytest.approx(0.15)
    assert table.count_happy[0] == 3
    assert table.marker.isna().all()


def test_who_left_and_came_back_is_counted_in_every_row(tmp_path: Path) -> None:
    none = summary(2.0, readable=0, state=State.PAUSED)
    table = written(tmp_path / "s.csv", summary(1.0), dataclasses.replace(none, left=3, came_back=1))
    assert (table.left.tolist(), table.came_back.tolist()) == ([0, 3], [0, 1])


def test_a_gap_of_a_minute_has_a_row_a_second(tmp_path: Path) -> None:
    gap = [summary(float(second), readable=0, state=State.SLOW) for second in range(2, 62)]
    table = written(tmp_path / "s.csv", summary(1.0), *gap, summary(62.0))
    assert table.elapsed_s.tolist() == [float(second) for second in range(1, 63)]
    assert table.gap_s.isna().all()


def test_a_longer_gap_is_one_row_with_its_length_and_the_markers_of_its_seconds(tmp_path: Path) -> None:
    gap: list[SessionEvent] = [summary(float(second), readable=0, state=State.PAUSED) for second in range(2, 72)]
    gap.insert(30, marker("break", 1, 31.5))
    gap.insert(65, marker("break over", 2, 65.5))
    table = written(tmp_path / "s.csv", summary(1.0), *gap, summary(72.0))
    assert table.elapsed_s.tolist() == [1.0, 71.0, 72.0]
    assert table.gap_s.fillna(0).tolist() == [0, 70, 0]
    assert table.state.tolist() == ["live", "paused", "live"]
    assert table.marker[1] == "break; break over"
    assert datetime.fromisoformat(table.time[1]) == STARTED + timedelta(seconds=71)


def test_a_long_gap_is_in_the_file_while_it_goes_on(tmp_path: Path) -> None:
    session = started(tmp_path / "s.csv")
    session.write(summary(1.0))
    for second in range(2, 101):
        session.write(summary(float(second), readable=0, state=State.NO_SOURCE))
    assert list(pd.read_csv(tmp_path / "s.csv").gap_s)[1:] == [99.0]
    session.close()


def test_two_gaps_that_touch_are_two(tmp_path: Path) -> None:
    gaps = [summary(100.0, readable=0, state=State.PAUSED), summary(300.0, readable=0, state=State.ASLEEP)]
    table = written(tmp_path / "s.csv", *gaps, summary(301.0))
    assert table.gap_s.fillna(0).tolist() == [100, 200, 0]


def test_a_gap_of_hours_is_one_row(tmp_path: Path) -> None:
    asleep = summary(28_801.0, readable=0, state=State.ASLEEP)
    table = written(tmp_path / "s.csv", summary(1.0), asleep, summary(28_802.0))
    assert table.gap_s.fillna(0).tolist() == [0, 28_800, 0]


def test_the_time_follows_a_wall_clock_that_is_set(tmp_path: Path) -> None:
    later = STARTED + timedelta(hours=1)
    table = written(tmp_path / "s.csv", summary(1.0), ClockSet(1.5, later), summary(2.0))
    assert datetime.fromisoformat(table.time[1]) == later + timedelta(seconds=0.5)


@pytest.mark.parametrize("fails_at", [2, 61, 62, 90])
def test_a_gap_that_could_not_be_written_at_once_is_the_same_row(
    tmp_path: Path, fails_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = started(tmp_path / "s.csv")
    session.write(summary(1.0))
    for second in range(2, 100):
        if second == fails_at:
            with monkeypatch.context() as disk:
                disk.setattr(os, "fsync", _full)
                with pytest.raises(StoreError, match="disk is full"):
                    session.write(summary(float(second), readable=0, state=State.NO_SOURCE))
        session.write(summary(float(second), readable=0, state=State.NO_SOURCE))
    session.write(summary(100.0))
    session.close()
    session.verify()
    table = pd.read_csv(tmp_path / "s.csv")
    assert table.elapsed_s.tolist() == [1.0, 99.0, 100.0]
    assert table.gap_s[1] == 98


def _full(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_cells_are_empty_where_nothing_was_readable(tmp_path: Path) -> None:
    table = written(tmp_path / "s.csv", summary(1.0, readable=0, state=State.NO_SOURCE), summary(2.0))
    figures = [f"{figure}_{name}" for figure in ("mean", "low", "high") for name in EXPRESSIONS]
    assert table.loc[0, figures].isna().all()
    assert table.loc[1, figures].notna().all()
    assert table.state[0] == "no source"
    assert table.count_happy.tolist() == [0, 3]


def test_european_letters_quotes_and_commas_in_a_marker_survive(tmp_path: Path) -> None:
    name = 'Übung „Größe“, Łódź, naïve œuvre: "x"; φ ≤ 3'
    table = written(tmp_path / "s.csv", marker(name), summary(1.0), summary(2.0))
    assert table.marker[0] == name
    assert (tmp_path / "s.csv").read_bytes().startswith(b"\xef\xbb\xbftime,")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "slide;=1+1", "a; @x", "=1"])
def test_a_marker_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    table = written(tmp_path / "s.csv", marker(text), summary(1.0))
    for cell in str(table.marker[0]).split(";"):
        assert cell.strip()[0] not in "=+-@="


def test_a_marker_of_several_lines_stays_in_its_row(tmp_path: Path) -> None:
    table = written(tmp_path / "s.csv", marker("slide 7\r\nquestions\x00\u2028?"), summary(1.0), summary(2.0))
    assert table.marker[0] == "slide 7 questions ?"
    assert len((tmp_path / "s.csv").read_bytes().splitlines()) == 3


def test_each_row_is_in_the_file_while_the_session_runs(tmp_path: Path) -> None:
    session = started(tmp_path / "s.csv")
    for second in range(1, 4):
        session.write(summary(float(second)))
        assert list(pd.read_csv(tmp_path / "s.csv").elapsed_s) == list(range(1, second + 1))
    session.close()
    session.close()


def test_a_killed_program_leaves_all_rows_but_at_most_the_last(tmp_path: Path) -> None:
    code = """
        second = 0
        while True:
            second += 1
            session.write(Marker(second, second, "slide"))
            session.write(summarize((), 4, second))
            print(second, flush=True)
    """
    path = tmp_path / "s.csv"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER + textwrap.dedent(code), path], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert writer.stdout is not None
    with writer.stdout:
        for line in writer.stdout:
            if int(line) >= 200:
                writer.kill()
                break
        told = [int(number) for number in writer.stdout.read().split()] or [200]
    if sys.platform == "win32":
        assert writer.wait() == 1
    else:
        assert writer.wait() == -signal.SIGKILL
    table = pd.read_csv(path)
    assert list(table.elapsed_s) == list(range(1, len(table) + 1))
    assert len(table) >= told[-1]
    assert list(table.marker.iloc[:-1].unique()) == ["slide"]


@pytest.mark.skipif(sys.platform == "win32", reason=NO_LIMITS)
def test_a_full_disk_keeps_earlier_rows_and_takes_the_row_again(tmp_path: Path) -> None:
    code = """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (2500, resource.RLIM_INFINITY))
        second = 1
        try:
            while True:
                session.write(Marker(second, second, "slide"))
                session.write(summarize((), 4, second))
                second += 1
        except StoreError as error:
            print(error, file=sys.stderr)
        whole = Path(sys.argv[1]).read_bytes()
        assert whole.endswith(b"\\n") and whole.count(b"\\n") == second, whole[-100:]
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        session.write(summarize((), 4, second))
        print(second)
    """
    path = tmp_path / "s.csv"
    done = subprocess.run(
        [sys.executable, "-c", WRITER + textwrap.dedent(code), path],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert "free some space" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    table = pd.read_csv(path)
    assert len(table) == int(done.stdout) > 3
    assert list(table.elapsed_s) == list(range(1, len(table) + 1))
    assert set(table.marker) == {"slide"}


def test_a_folder_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match=r"choose another folder \(in the settings; on the command line with --out\)"):
        SessionCsv(tmp_path / "file" / "s.csv")
    with pytest.raises(StoreError, match="choose another folder"):
        SessionCsv(Path("/proc/nowhere/s.csv"))


def test_a_disk_without_room_for_the_header_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip(NO_LIMITS)
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(StoreError, match="choose another folder"):
            SessionCsv(tmp_path / "s.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_a_new_session_never_takes_the_place_of_another(tmp_path: Path) -> None:
    SessionCsv(tmp_path / "s.csv").close()
    with pytest.raises(FileTakenError, match="already"):
        SessionCsv(tmp_path / "s.csv")
    sessions = [new_session(tmp_path, STARTED) for _ in range(3)]
    for session in sessions:
        session.close()
    assert len({session.path for session in sessions}) == 3
    assert sessions[0].path.name == "session 2026-05-04 23-59-58.csv"


def test_a_start_without_its_offset_is_refused(tmp_path: Path) -> None:
    session = SessionCsv(tmp_path / "s.csv")
    with pytest.raises(ValueError, match="offset"):
        session.write(Started(STARTED.replace(tzinfo=None), "call", live_class=False))
    session.close()
