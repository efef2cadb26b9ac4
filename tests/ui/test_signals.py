"""The real process is told to end, whatever hangs in it."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from support.clocks import PATIENCE_S
from support.places import ROOT
from support.tables import read_table

# A window on the demo class with a real file; `fault` is what breaks after two rows.
PROGRAM = """
import sys, threading
from pathlib import Path
sys.path.insert(0, "tests")
from PySide6.QtCore import QSettings
from support.fakes import DEMO, FakeServices
from fer_desktop.app.ending import end
from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import Summary
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.ui.application import run_app

folder, fault = Path(sys.argv[1]), sys.argv[2]
session = SessionCsv(folder / "session.csv")

class Services(FakeServices):
    def start_session(self):
        return session

services = Services(folder)
detect, write, rows = services.detector.detect, session.write, []

def breaks():
    return len(rows) >= 2

def hanging_detector(image):
    if fault == "detector" and breaks():
        print("broken", flush=True)
        threading.Event().wait()
    return detect(image)

def full_disk(event):
    if fault == "disk" and breaks():
        print("broken", flush=True)
        raise StoreError("The disk is full: free some space.")
    write(event)
    if isinstance(event, Summary):
        rows.append(event)
    if fault == "nothing" and breaks():
        print("broken", flush=True)

services.detector.detect, session.write = hanging_detector, full_disk
end(run_app(services, DEMO, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("fault", "name"), [("nothing", "SIGTERM"), ("nothing", "SIGHUP"), ("detector", "SIGTERM"), ("disk", "SIGTERM")]
)
def test_a_signal_ends_the_program_whatever_hangs_and_what_was_seen_is_saved(
    tmp_path: Path, fault: str, name: str
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), tmp_path, fault],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "broken\n"
        told_s = time.monotonic()
        process.send_signal(getattr(signal, name))
        process.stdout.read()
    assert process.wait(PATIENCE_S) == 0
    assert time.monotonic() - told_s < PATIENCE_S
    table = read_table(tmp_path / "session.csv")
    assert table.elapsed_s.is_monotonic_increasing
    assert table.state[:2].tolist() == ["live", "live"]
