"""Makes packages of dist/fer-desktop, which `make bundle` leaves: a Debian package and a tar.xz with an install script.

`make installers` calls it. Both are in dist/ then, with their checksums.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from fer_desktop import __version__

ROOT: Final = Path(__file__).resolve().parents[1]
DIST: Final = ROOT / "dist"
BUNDLE: Final = DIST / "fer-desktop"
LINUX: Final = ROOT / "installers" / "linux"
_MAINTAINER: Final = "FER Desktop"
# What the bundle takes from the system: the display's own libraries, which fit the display's driver and nothing else.
_DEPENDS: Final = (
    "libegl1, libgl1, libfontconfig1, libdbus-1-3, libglib2.0-0t64 | libglib2.0-0, libxkbcommon-x11-0, libxcb-cursor0,"
    " libxcb-icccm4, libxcb-keysyms1, libxcb-shape0, libx11-6, libxrandr2, libxfixes3"
)


def main() -> None:
    """Makes all packages of this system."""
    if not (BUNDLE / "fer-desktop").is_file():
        raise SystemExit("dist/fer-desktop is not there: call `make bundle` first.")
    if sys.platform != "linux":
        raise SystemExit("On this system the release workflow makes the installer: see installers/README.md.")
    made = [archive(DIST), debian_package(DIST)]
    sums = "".join(f"{_sha256(file)}  {file.name}\n" for file in made)
    (DIST / "SHA256SUMS").write_text(sums, encoding="utf-8")
    for file in made:
        sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1e6:.0f} MB\n")


def archive(folder: Path) -> Path:
    """fer-desktop-VERSION-linux-MACHINE.tar.xz, with install.sh beside the program."""
    name = f"fer-desktop-{__version__}-linux-{platform.machine()}"
    file = folder / f"{name}.tar.xz"
    with tempfile.TemporaryDirectory(dir=folder) as work:
        top = Path(work, name)
        _program_into(top / "fer-desktop")
        for beside in ("install.sh", "fer-desktop.desktop"):
            shutil.copy(LINUX / beside, top / beside)
        shutil.copy(ROOT / "resources" / "icon.png", top / "icon.png")
        shutil.copy(ROOT / "LICENSE", top / "LICENSE")
        (top / "SYSTEM").write_text(f"{platform.system()}-{platform.machine()}\n", encoding="utf-8")
        files = sorted(path for path in top.rglob("*") if path.is_file() and not path.is_symlink())
        lines = (f"{_sha256(path)}  ./{path.relative_to(top)}\n" for path in files)
        (top / "files.sha256").write_text("".join(lines), encoding="utf-8")
        # xz itself packs on all cores, where Python's module has one.
        packed = subprocess.Popen(["xz", "-6", "-T0", "-c"], stdin=subprocess.PIPE, stdout=file.open("wb"))
        assert packed.stdin is not None
        with tarfile.open(fileobj=packed.stdin, mode="w|") as tar:
            tar.add(top, arcname=name, filter=_of_nobody)
        packed.stdin.close()
        if packed.wait():
            raise SystemExit("xz failed: see what it says above.")
    return file


def debian_package(folder: Path) -> Path:
    """fer-desktop_VERSION_ARCHITECTURE.deb, which installs into /opt/fer-desktop."""
    architecture = _told("dpkg", "--print-architecture")
    file = folder / f"fer-desktop_{__version__}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=folder) as work:
        root = Path(work, "root")
        _program_into(root / "opt" / "fer-desktop")
        share = root / "usr" / "share"
        for source, place in (
            (LINUX / "fer-desktop.desktop", share / "applications"),
            (LINUX / "fer-desktop.metainfo.xml", share / "metainfo"),
        ):
            place.mkdir(parents=True)
            (place / source.name).write_text(_filled(source), encoding="utf-8")
        _copied(ROOT / "resources" / "icon.png", share / "icons/hicolor/256x256/apps/fer-desktop.png")
        _copied(ROOT / "resources" / "icon.svg", share / "icons/hicolor/scalable/apps/fer-desktop.svg")
        _copied(BUNDLE / "_internal" / "THIRD_PARTY.md", share / "doc/fer-desktop/copyright")
        (root / "usr" / "bin").mkdir(parents=True)
        (root / "usr" / "bin" / "fer-desktop").symlink_to("/opt/fer-desktop/fer-desktop")
        control = root / "DEBIAN" / "control"
        control.parent.mkdir()
        size_kb = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
        control.write_text(
            f"Package: fer-desktop\nVersion: {__version__}\nArchitecture: {architecture}\nMaintainer: {_MAINTAINER}\n"
            f"Installed-Size: {size_kb}\nDepends: libc6 (>= {platform.libc_ver()[1]}), {_DEPENDS}\nSection: education\n"
            "Priority: optional\nDescription: a glance at the class in a video call\n"
            " Reads the expressions on the faces of a video call and says, for the class as a whole,\n"
            " what most faces show and whether that has changed. Works on this computer alone.\n",
            encoding="utf-8",
        )
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, file], check=True, stdout=subprocess.DEVNULL
        )
    return file


def _program_into(folder: Path) -> None:
    shutil.copytree(BUNDLE, folder, symlinks=True)
    (folder / "VERSION").write_text(f"{__version__}\n", encoding="utf-8")
    # Whoever may start it may read it, whatever the umask was when it was made.
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _filled(source: Path) -> str:
    day = datetime.fromtimestamp(
        int(os.environ.get("SOURCE_DATE_EPOCH", _told("git", "log", "-1", "--format=%ct"))), UTC
    )
    text = source.read_text(encoding="utf-8")
    return text.replace("@VERSION@", __version__).replace("@DATE@", f"{day:%Y-%m-%d}")


def _copied(source: Path, file: Path) -> None:
    file.parent.mkdir(parents=True)
    shutil.copy(source, file)
    file.chmod(0o644)


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


def _told(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout.strip()


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":
    main()
