"""`bench soak`: the whole program on one source after another, and its rows, files and threads counted."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.command_line import start, store_file
from support.fakes import FakeSource
from support.stored import FACTS, stored, summary

from fer_desktop.app.soak.figures import SoakFigures, theil_sen_per_h
from fer_desktop.app.soak.sources import WatchedSource
from fer_desktop.app.soak.written import rows_in_file, rows_in_store
from fer_desktop.core.errors import FerError, SourceError
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap, Marker, SessionEvent, Started
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.sessions.store.writer import SessionFacts

FIGURES = SoakFigures(
    minutes=1.0,
    changes=2,
    rss_start_mb=300.0,
    rss_changed_mb=300.0,
    rss_end_mb=300.0,
    rss_peak_mb=400.0,
    slope_mb_per_h=0.5,
    fds=(11, 11),
    threads=(6, 6),
    longest_stall_ms=50.0,
    longest_steady_stall_ms=40.0,
    rows_expected=60,
    rows_written=60,
    rows_stored=60,
    markers=(4, 4, 4),
    drops=3,
)


@pytest.mark.timeout(400)
def test_a_soak_accounts_for_every_row_file_and_thread(tmp_path: Path) -> None:
    process = start(tmp_path, "bench", "soak", "--minutes", "0.1", "--changes", "2", "--json", QT_QPA_PLATFORM="")
    out, err = process.communicate(timeout=380)
    assert (process.returncode, err) == (0, "")
    told = json.loads(out)
    assert told["rows_written"] == told["rows_stored"] == told["rows_expected"] >= 6
    assert told["fds"][0] == told["fds"][1]
    assert told["threads"][0] == told["threads"][1]
    assert told["markers"][0] == told["markers"][1] == told["markers"][2] > 0
    assert told["rss_start_mb"] > 100
    assert told["longest_stall_ms"] > 0
    assert {"rss_end_mb", "slope_mb_per_h", "drops"} <= set(told)
    assert not store_file(tmp_path).exists()  # its sessions are none of the user's
    assert not (tmp_path / "documents").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (replace(FIGURES, rows_written=59), "60 rows were expected, 59 are in the files, 60 in the store."),
        (replace(FIGURES, markers=(4, 4, 3)), "Markers are missing in the files or in the store."),
        (replace(FIGURES, fds=(11, 12)), "11 files were open at the start, and 12 at the end."),
        (replace(FIGURES, threads=(6, 9)), "6 threads were open at the start, and 9 at the end."),
    ],
)
def test_what_is_not_accounted_for_is_told(wrong: SoakFigures, sentence: str) -> None:
    FIGURES.check()
    with pytest.raises(FerError, match=sentence.replace(".", r"\.")):
        wrong.check()
    assert "11, 11" in FIGURES.as_text()


def test_the_slope_is_not_moved_by_single_peaks() -> None:
    steady = [(float(at_s), 300.0 + at_s / 360) for at_s in range(100)]
    peaks = [(at_s, mb + (200 if at_s % 10 == 0 else 0)) for at_s, mb in steady]
    assert theil_sen_per_h(steady) == pytest.approx(10.0)
    assert theil_sen_per_h(peaks) == pytest.approx(10.0, rel=0.1)
    assert theil_sen_per_h([(0.0, 300.0)]) == 0.0


SESSION: list[SessionEvent] = [summary(1.0), Marker(1, 1.5, "one"), summary(2.0)]
LONG_GAP = [summary(float(at_s), readable=0, state=State.PAUSED) for at_s in range(3, 73)]
REST: list[SessionEvent] = [summary(73.0), Marker(2, 73.1, "two"), summary(73.3)]


def test_the_rows_of_a_file_count_the_seconds_that_they_stand_for(tmp_path: Path) -> None:
    file = SessionCsv(tmp_path / "session.csv")
    for event in [Started(STARTED, "Demo class", False), *SESSION, *LONG_GAP, *REST]:
        file.write(event)
    file.close()
    assert rows_in_file(file.path) == (74, ["one", "two"])
    lines = file.path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    file.path.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8-sig")  # a row is missing
    assert rows_in_file(file.path)[0] < 74


def test_the_rows_of_the_store_are_counted_of_the_sessions_that_were_played(tmp_path: Path) -> None:
    store, file = tmp_path / "sessions.db", tmp_path / "session.csv"
    facts = SessionFacts(FACTS.program, FACTS.model_sha256, FACTS.settings, file)
    stored(store, *SESSION, Gap(2.0, 72.0, State.PAUSED), *REST, facts=facts)
    stored(store, *SESSION)
    assert rows_in_store(store, [file]) == (74, ["one", "two"])


def test_a_source_that_is_lost_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now_s)
    made: list[FakeSource] = []

    def make() -> FakeSource:
        made.append(FakeSource())
        return made[-1]

    source = WatchedSource(make, can_be_lost=True)
    source.open()
    assert source.read() is not None
    source.lose(2.0)
    for refused in (source.read, source.open):
        with pytest.raises(SourceError):
            refused()
    source.close()
    now_s += 2.0
    source.open()
    assert source.read() is not None
    assert len(made) == 2
