"""What holds for every test: no display, fresh settings, data that is there, and no thread left behind."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, QThread
from support.inputs.needed_data import require
from support.places import SHARED
from support.screen.virtual_screen import virtual_screen

# Read when the application is made. A test of a real screen hands its program an environment of its own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["MPLBACKEND"] = "Agg"
for _variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_SCALE_FACTOR", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE"):
    os.environ.pop(_variable, None)

_LAST_STEPS_MS = 500
_THREADS_END_WITHIN_MS = 2000


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture reads it."""
    for mark in item.iter_markers("needs_data"):
        require(SHARED.joinpath(*mark.args), os.environ)


@pytest.fixture(autouse=True)
def _fresh_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, data and documents of a first start; programs that a test starts see them too."""
    home = tmp_path_factory.mktemp("home")
    folders = {
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_DOCUMENTS_DIR": home / "Documents",
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "USERPROFILE": home,
        "HOME": home,
    }
    for name, folder in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder))
    # Qt has looked at the environment once and for all by now.
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(home / ".config"))


@pytest.fixture(scope="session")
def _desk() -> Iterator[str]:
    """One for all tests, since starting it takes a while."""
    with virtual_screen() as display:
        yield display


@pytest.fixture
def desk(_desk: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A desktop of 1920x1080 px with a window manager, and what the program takes for the user's."""
    monkeypatch.setenv("DISPLAY", _desk)
    return _desk


@pytest.fixture(autouse=True)
def _no_thread_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails the test that leaves a QThread running: it would crash one that comes after."""
    started: list[QThread] = []
    start = QThread.start

    def remembered(thread: QThread, *arguments: QThread.Priority) -> None:
        started.append(thread)
        start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", remembered)
    yield
    # One that is about to end may take a moment on a busy computer.
    left = [thread for thread in started if _runs(thread) and not thread.wait(_LAST_STEPS_MS)]
    for thread in left:
        thread.requestInterruption()
        thread.quit()
        thread.wait(_THREADS_END_WITHIN_MS)
    assert not left, f"threads still ran: {[thread.objectName() or type(thread).__name__ for thread in left]}"


def _runs(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:  # its C++ half is gone, and it was not running then
        return False
