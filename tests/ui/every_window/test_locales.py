"""The program starts in every language of the system: names of its code are not words of a language."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.places import ROOT

# The system's name of each, and what Qt makes of it. In Turkish and Azerbaijani an i has a capital of its own, in Egypt
# and Iran digits are others, in German a comma divides.
LOCALES = {
    "tr_TR.UTF-8": "tr_TR",
    "az_AZ.UTF-8": "az_AZ",
    "ar_EG.UTF-8": "ar_EG",
    "fa_IR.UTF-8": "fa_IR",
    "de_DE.UTF-8": "de_DE",
    "zh_CN.UTF-8": "zh_CN",
    "C": "C",
    "POSIX": "C",
}
SOURCE = Path("/usr/share/i18n/locales/tr_TR")
BY_KEYWORD = """
from PySide6.QtCore import QCoreApplication, QTimer
application = QCoreApplication([])
QTimer(interval=5)
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Turkish as the C library has it; an empty folder where it cannot be made: then Qt alone knows it."""
    folder = tmp_path_factory.mktemp("locales")
    make = shutil.which("localedef")
    if make is not None and SOURCE.is_file():
        made = [make, "-i", SOURCE.name, "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
        subprocess.run(made, capture_output=True, timeout=60, check=False)
    return folder


def environment(locales: Path) -> dict[str, str]:
    places = {"LOCPATH": str(locales)} if any(locales.iterdir()) else {}
    return {**os.environ, **places, "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)])}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a start each without a fork takes too long")
def test_the_window_comes_up_and_a_session_runs_under_every_locale(tmp_path: Path, locales: Path) -> None:
    driver = ROOT / "tests" / "support" / "gui" / "start_driver.py"
    done = subprocess.run(
        [sys.executable, str(driver), str(tmp_path), *LOCALES],
        env=environment(locales),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    assert done.stdout.splitlines() == [f"{name} {qt} STARTED" for name, qt in LOCALES.items()], done.stderr
    assert "Traceback" not in done.stderr


def test_turkish_is_what_it_was_when_the_program_did_not_start(locales: Path) -> None:
    """Else the test above would prove nothing: a property by keyword fails."""
    if not (locales / "tr_TR.UTF-8").is_dir():
        pytest.skip("the C library's Turkish cannot be made here (localedef and its sources are needed)")
    turkish = {**environment(locales), "LC_ALL": "tr_TR.UTF-8"}
    done = subprocess.run([sys.executable, "-c", BY_KEYWORD], env=turkish, capture_output=True, timeout=60, check=False)
    assert b"'interval' is not a Qt property" in done.stderr
