"""The packages that `make installers` left in dist/ install, start, replace an older version and go again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.places import ROOT

from fer_desktop import __version__

pytestmark = [pytest.mark.installers, pytest.mark.skipif(sys.platform != "linux", reason="packages of Linux")]

DIST = ROOT / "dist"
MOST_PACKED = 140_000_000  # bytes
Told = subprocess.CompletedProcess[str]


def run(*command: str | Path, home: Path, **more: str) -> Told:
    """Runs it for a user with that home, who has nothing of this Python in reach."""
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        list(map(str, command)), env=environment | more, capture_output=True, encoding="utf-8", timeout=100, check=False
    )


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The archive, unpacked where the path has blanks and letters of other scripts."""
    (archive,) = DIST.glob("fer-desktop-*-linux-*.tar.xz")
    folder = tmp_path_factory.mktemp("Meine Kurse कक्षा")
    subprocess.run(["tar", "-xJf", archive, "-C", folder], check=True)
    (top,) = folder.iterdir()
    yield top
    shutil.rmtree(folder)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "Frau Müller"
    made.mkdir()
    return made


def installed(home: Path) -> Path:
    return home / ".local" / "opt" / "fer-desktop"


def one_sentence(told: Told) -> str:
    assert told.returncode != 0
    assert told.stdout == ""
    (line,) = told.stderr.strip().splitlines()
    return line


def test_the_packages_are_there_and_small() -> None:
    packed = [*DIST.glob("fer-desktop-*.tar.xz"), *DIST.glob("fer-desktop_*.deb")]
    assert len(packed) == 2
    assert all(file.stat().st_size < MOST_PACKED for file in packed)
    told = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=DIST, capture_output=True, check=False)
    assert told.returncode == 0


def test_it_installs_starts_and_goes_and_her_lessons_stay(unpacked: Path, home: Path) -> None:
    lesson = home / ".local" / "share" / "fer-desktop" / "sessions.db"
    lesson.parent.mkdir(parents=True)
    lesson.write_bytes(b"hers")
    told = run("sh", unpacked / "install.sh", home=home)
    assert (told.returncode, told.stderr) == (0, "")
    assert f"FER Desktop {__version__} is installed" in told.stdout
    program = home / ".local" / "bin" / "fer-desktop"
    assert run(program, "self-test", home=home).returncode == 0
    entry = (home / ".local" / "share" / "applications" / "fer-desktop.desktop").read_text(encoding="utf-8")
    assert f'Exec="{installed(home)}/fer-desktop"' in entry
    told = run("sh", unpacked / "install.sh", "--remove", home=home)
    assert told.returncode == 0
    left = {path.relative_to(home) for path in home.rglob("*") if path.is_file() or path.is_symlink()}
    program_left = {path for path in left if "fer-desktop" in str(path) and path != lesson.relative_to(home)}
    assert not {path for path in program_left if path.parts[:2] != (".config", "fer-desktop")}
    assert lesson.read_bytes() == b"hers"


def test_over_an_older_version_and_over_itself_it_is_the_new_one(unpacked: Path, home: Path) -> None:
    older = installed(home)
    older.mkdir(parents=True)
    (older / "VERSION").write_text("0.0.9\n", encoding="utf-8")
    (older / "leftover").touch()
    for _ in range(2):
        assert run("sh", unpacked / "install.sh", home=home).returncode == 0
        assert (older / "VERSION").read_text(encoding="utf-8").strip() == __version__
        assert {path.name for path in older.parent.iterdir()} == {"fer-desktop"}
        assert not (older / "leftover").exists()


def test_a_newer_version_stays_unless_she_wants_the_older_one(unpacked: Path, home: Path) -> None:
    newer = installed(home)
    newer.mkdir(parents=True)
    (newer / "VERSION").write_text("99.0.0\n", encoding="utf-8")
    assert "Version 99.0.0 is installed" in one_sentence(run("sh", unpacked / "install.sh", home=home))
    assert (newer / "VERSION").read_text(encoding="utf-8") == "99.0.0\n"
    assert run("sh", unpacked / "install.sh", "--older", home=home).returncode == 0


def test_a_folder_of_something_else_is_left_alone(unpacked: Path, home: Path) -> None:
    (home / "Photos").mkdir()
    (home / "Photos" / "cat.jpg").touch()
    for more in ((), ("--remove",)):
        told = run("sh", unpacked / "install.sh", "--to", home / "Photos", *more, home=home)
        assert "is not FER Desktop" in one_sentence(told)
    assert [path.name for path in (home / "Photos").iterdir()] == ["cat.jpg"]


def test_a_copy_that_is_not_whole_is_not_installed(unpacked: Path, home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    (broken / "fer-desktop").mkdir(parents=True)
    for name in ("install.sh", "SYSTEM", "files.sha256"):
        shutil.copy(unpacked / name, broken / name)
    shutil.copy(unpacked / "fer-desktop" / "VERSION", broken / "fer-desktop" / "VERSION")
    assert (
        one_sentence(run("sh", broken / "install.sh", home=home)) == "This copy is not whole: unpack the package again."
    )
    assert not installed(home).exists()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can make a small disk")
def test_without_room_nothing_is_half_done(unpacked: Path, home: Path) -> None:
    small = home / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=50m", "none", small], check=True)
    try:
        told = run("sh", unpacked / "install.sh", "--to", small / "fer-desktop", home=home)
        assert "too little room" in one_sentence(told)
        assert not list(small.iterdir())
    finally:
        subprocess.run(["umount", small], check=True)


@pytest.mark.timeout(600)
def test_the_debian_package_installs_replaces_and_goes(tmp_path: Path) -> None:
    """Into a root of its own, as far as one goes without another system."""
    (package,) = DIST.glob("fer-desktop_*.deb")
    root = tmp_path / "root"
    (root / "var/lib/dpkg/info").mkdir(parents=True)
    (root / "var/lib/dpkg/updates").mkdir()
    (root / "var/lib/dpkg/status").touch()
    dpkg = ("dpkg", "--root", str(root), "--log", str(tmp_path / "log"), "--force-depends", "--force-not-root")
    for _ in range(2):
        done = subprocess.run([*dpkg, "--install", package], capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
    assert (root / "usr/bin/fer-desktop").readlink() == Path("/opt/fer-desktop/fer-desktop")
    program = root / "opt/fer-desktop/fer-desktop"
    assert run(program, "self-test", home=tmp_path).returncode == 0
    assert "YuNet" in (root / "usr/share/doc/fer-desktop/copyright").read_text(encoding="utf-8")
    subprocess.run([*dpkg, "--purge", "fer-desktop"], capture_output=True, check=True)
    left = [path for path in root.rglob("*") if path.is_file() and "dpkg" not in path.parts]
    assert left == []
