"""The real program ends while a thread of its own is stuck in native code: in time, and nothing crashes."""

import csv
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command_line import environment, store_file
from support.inputs.clips import write_call
from support.inputs.network_camera import NetworkCamera
from support.places import ROOT

from fer_desktop.sessions.store import reader

CLOSES_S = 5.0
# The whole program on the demo class; what `fault` names is stuck from the fourth frame on.
PROGRAM = """
import ctypes, sys
from fer_desktop.app.services import AppServices
from fer_desktop.app.main import main

fault, address = sys.argv[1:]
seconds = ctypes.CDLL(None)  # as a driver or a codec: without Python, and nobody can call it back
counted = []

def stuck(where):
    if fault == where:
        counted.append(where)
        if len(counted) == 4:
            print("stuck", flush=True)
            seconds.sleep(3600)

analyzer, source = AppServices.analyzer, AppServices.source

def slow_analyzer(self):
    found = analyzer(self)
    analyze = found.analyze
    def slow(*frame):
        stuck("detector")
        return analyze(*frame)
    found.analyze = slow
    return found

def slow_source(self, choice):
    if fault == "stream":
        from fer_desktop.capture.devices.stream import StreamSource
        return StreamSource(address)
    found = source(self, choice)
    read = found.read
    def slow():
        stuck("source")
        return read()
    found.read = slow
    return found

AppServices.analyzer, AppServices.source = slow_analyzer, slow_source
main(["demo"])
"""

# A stream that hangs when a command ends, and comes back while Python takes itself apart.
COMES_BACK = """
import sys, time, cv2
from fer_desktop.app.main import main
from fer_desktop.capture.devices.stream import StreamSource

class Last:
    def __del__(self):
        print("taken apart", flush=True)
        time.sleep(2)  # the interpreter is taken apart for so long: in it the stream comes back

last = Last()
source = StreamSource(sys.argv[1])
source.open()
while source.read().index < 20: pass
print("stuck", flush=True)
time.sleep(0.5)  # the reader is in OpenCV by then, which tells nobody that it waits
source.close()
main(["--version"])
"""


@pytest.fixture
def camera() -> Iterator[NetworkCamera]:
    server = NetworkCamera()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()
    thread.join()


def rows(home: Path) -> list[dict[str, str]]:
    files = list((home / "documents").rglob("*.csv"))
    if not files:
        return []
    with files[0].open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.timeout(180)
@pytest.mark.parametrize("fault", ["detector", "source", "stream"])
def test_the_program_closes_beside_a_thread_that_is_stuck_and_all_is_saved(
    tmp_path: Path, camera: NetworkCamera, fault: str
) -> None:
    words = [fault, camera.url("/hangs")]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=ROOT,
        env={**environment(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline_s = time.monotonic() + 60
    while len(rows(tmp_path)) < 2:  # another process tells nobody when it has written
        assert process.poll() is None
        assert time.monotonic() < deadline_s
        time.sleep(0.1)
    if fault == "stream":
        camera.breaks.set()
    told_s = time.monotonic()
    os.kill(process.pid, signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert time.monotonic() - told_s < CLOSES_S + 1
    (session,) = reader.sessions(store_file(tmp_path))
    assert session.state is reader.SessionState.ENDED
    assert float(rows(tmp_path)[-1]["elapsed_s"]) == pytest.approx(session.length_s, abs=0.2)


def test_a_stream_that_comes_back_while_the_program_ends_crashes_nothing(tmp_path: Path, camera: NetworkCamera) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", COMES_BACK, camera.url("/hangs")],
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "stuck\n"
    camera.breaks.set()
    assert process.stdout.readline().startswith("FER Desktop")
    process.stdout.readline()  # that it is taken apart, where it ends in the usual way
    camera.ended.set()
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")


# A command whose decoder never comes back from its third picture.
STUCK_COMMAND = """
import ctypes, sys
from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.app.main import main

read, count = RecordingSource.read, []
def stuck(self):
    count.append(1)
    if len(count) == 3:
        print("stuck", flush=True)
        mutex = ctypes.create_string_buffer(128)
        for _ in range(2):  # the second never comes back, whatever signals come
            ctypes.CDLL(None).pthread_mutex_lock(mutex)
    return read(self)

RecordingSource.read = stuck
main(["analyze", sys.argv[1], "--out", sys.argv[2], "--every", "1"])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the mutex is Linux's, and so is what hangs on it")
def test_ctrl_c_twice_ends_a_command_that_is_stuck_and_its_rows_are_saved(tmp_path: Path) -> None:
    clip = write_call(tmp_path / "call.avi", 4, 50)
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK_COMMAND, clip, out],
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "stuck\n"
    told_s = time.monotonic()
    for _ in range(2):
        time.sleep(0.2)  # two that come at once are one to the system
        process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "Ended at once: what was written so far is saved.\n")
    assert time.monotonic() - told_s < CLOSES_S
    with (out / "session.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [row["elapsed_s"] for row in csv.DictReader(file)]
    assert written in (["0"], ["1"])  # whichever frame was read when it was interrupted
