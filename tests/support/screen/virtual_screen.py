"""A real X screen that nobody sees, for tests of what is on a screen."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_START_S = 20.0


@contextmanager
def virtual_screen(size: tuple[int, int] = (1920, 1080), window_manager: bool = True, depth: int = 24) -> Iterator[str]:
    """The display (":93") of a fresh Xvfb of `size` px and `depth` bits with openbox on it; both end with the block.

    Xvfb takes a number that nobody else has, so that tests may run beside one another. Off Linux the test is skipped.
    """
    if sys.platform != "linux":
        import pytest

        pytest.skip("a screen of one's own needs X11")
    xvfb, display = _start_xvfb(size, depth)
    try:
        manager = _start_openbox(display) if window_manager else None
        try:
            yield display
        finally:
            if manager is not None:
                _end(manager)
    finally:
        _end(xvfb)


def set_monitors(display: str, monitors: Sequence[tuple[int, int, int, int]]) -> None:
    """Divides the screen into monitors (left, top, width, height); those set before are gone, as if unplugged."""
    geometry = [str(number) for monitor in monitors for number in monitor]
    subprocess.run([sys.executable, __file__, display, *geometry], check=True, timeout=_START_S)


def screen_environment(display: str) -> dict[str, str]:
    """The environment in which a program shows its windows on `display`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WAYLAND_", "QT_"))}
    return environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}


def _start_xvfb(size: tuple[int, int], depth: int) -> tuple[subprocess.Popen[bytes], str]:
    program = shutil.which("Xvfb")
    assert program, "Xvfb is missing: run `make setup`, or install the package xvfb"
    reader, writer = os.pipe()
    command = [program, "-displayfd", str(writer), "-screen", "0", f"{size[0]}x{size[1]}x{depth}"]
    command += ["-nolisten", "tcp", "-noreset", "-dpi", "96"]
    process = subprocess.Popen(command, pass_fds=(writer,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        # Ends with the number when the server takes connections, or empty when it dies.
        number = answer.readline().strip()
    if not number:
        _end(process)
        raise AssertionError("Xvfb did not start")
    return process, f":{number}"


def _start_openbox(display: str) -> subprocess.Popen[bytes]:
    program = shutil.which("openbox")
    assert program, "openbox is missing: run `make setup`, or install the package openbox"
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder, "ready")
        command = [program, "--sm-disable", "--startup", f"touch {ready}"]
        process = subprocess.Popen(
            command, env=screen_environment(display), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + _START_S
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                _end(process)
                raise AssertionError("openbox did not start")
            time.sleep(0.02)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)


class _MonitorInfo(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("noutput", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("mwidth", ctypes.c_int),
        ("mheight", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    ]


class _ScreenResources(ctypes.Structure):
    _fields_ = [
        ("timestamp", ctypes.c_ulong),
        ("config_timestamp", ctypes.c_ulong),
        ("ncrtc", ctypes.c_int),
        ("crtcs", ctypes.POINTER(ctypes.c_ulong)),
        ("noutput", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    ]


def _apply_monitors(display_name: str, monitors: Sequence[tuple[int, int, int, int]]) -> None:
    """Runs in a process of its own, since Xlib ends the process on an error."""
    x11, randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    randr.XRRGetMonitors.restype = ctypes.POINTER(_MonitorInfo)
    randr.XRRGetScreenResources.restype = ctypes.POINTER(_ScreenResources)
    display = ctypes.c_void_p(x11.XOpenDisplay(display_name.encode()))
    root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
    count = ctypes.c_int()
    before = randr.XRRGetMonitors(display, root, 1, ctypes.byref(count))
    for old in before[: count.value]:
        if not old.automatic:
            randr.XRRDeleteMonitor(display, root, ctypes.c_ulong(old.name))
    resources = randr.XRRGetScreenResources(display, root).contents
    for number, (left, top, width, height) in enumerate(monitors):
        name = x11.XInternAtom(display, f"virtual-{number}".encode(), 0)
        # The first takes the one real output, so that the whole screen no longer counts as a monitor.
        outputs = 1 if number == 0 else 0
        info = _MonitorInfo(name, number == 0, 0, outputs, left, top, width, height, 500, 300, resources.outputs)
        randr.XRRSetMonitor(display, root, ctypes.byref(info))
    x11.XSync(display, 0)
    x11.XCloseDisplay(display)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[2:]]
    _apply_monitors(sys.argv[1], [tuple(numbers[i : i + 4]) for i in range(0, len(numbers), 4)])  # type: ignore[misc]
