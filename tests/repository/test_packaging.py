"""How the program gets onto a computer: the wheel, the locks, the set-up, and what an unfit Python is told."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from support.places import ROOT

import fer_desktop

LOCKS = ("app", "train", "dev")  # one environment's; the bundle's stands beside it


def pins(lock: str) -> dict[str, str]:
    """Name and marker to version."""
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    lines = re.findall(r"^([\w.-]+)==([^ \\]+)( ;[^\\]+)?", text, flags=re.MULTILINE)
    return {name + marker.strip(): version for name, version, marker in lines}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


@pytest.mark.parametrize("folder", ["resources", "models"])
def test_a_wheel_carries_what_is_shipped(wheel: set[str], folder: str):
    shipped = {f"fer_desktop/{file.relative_to(ROOT)}" for file in (ROOT / folder).rglob("*") if file.is_file()}
    assert shipped
    assert shipped <= wheel


def test_a_wheel_carries_every_module_and_no_test(wheel: set[str]):
    modules = {str(file.relative_to(ROOT)) for file in (ROOT / "fer_desktop").rglob("*.py")}
    assert modules <= wheel
    assert not [name for name in wheel if not name.startswith(("fer_desktop/", "fer_desktop-"))]


def test_a_wheel_tells_type_checkers_that_it_has_types(wheel: set[str]):
    assert "fer_desktop/py.typed" in wheel


def test_the_version_stands_in_one_state():
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == fer_desktop.__version__
    assert f"\nversion: {fer_desktop.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_the_locks_agree_with_one_another():
    app, train, dev = (pins(lock) for lock in LOCKS)
    for other in (train, dev):
        # What the app needs on one system alone may be needed on all of them for training.
        assert app == {name: other.get(name) or other[name.split(";")[0].strip()] for name in app}
    assert {name: train[name] for name in train.keys() & dev.keys()} == {
        name: dev[name] for name in train.keys() & dev.keys()
    }


def test_a_bundle_for_linux_has_the_apps_opencv_without_its_qt():
    assert pins("bundle") == {"opencv-python-headless; sys_platform == 'linux'": pins("app")["opencv-python"]}


@pytest.mark.parametrize("lock", [*LOCKS, "bundle"])
def test_a_lock_has_hashes_and_names_no_place(lock: str):
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    assert text.count("==") <= text.count("--hash=sha256:")
    assert not re.findall(r"https?://|file:|--(?:extra-)?index-url|/tmp/|/home/", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_pip_takes_the_backport_that_the_network_runtime_asks_for(lock: str):
    assert pins(lock)["backports-strenum"].startswith("1.2.")


STARTS = {"main.py": "run_path('main.py', run_name='__main__')", "-m": "run_module('fer_desktop', run_name='__main__')"}


@pytest.mark.parametrize(
    "name",
    [
        "main.py",
        *(f"fer_desktop/{name}.py" for name in ("__init__", "__main__", "core/__init__", "core/python_version")),
    ],
)
def test_the_program_starts_to_speak_on_an_old_python(name: str):
    ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 14)])
def test_an_unfit_python_is_told_in_one_sentence_what_to_install(version: tuple[int, int], start: str):
    start = f"import runpy, sys; sys.version_info = {version}; runpy.{start}"
    told = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 1
    assert told.stdout == ""
    assert len(told.stderr.strip().splitlines()) == 1
    assert "install Python 3.13" in told.stderr


def setup(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the set-up of a checkout in `folder` that has nothing but it, and a `bin` without any Python."""
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    (folder / "bin").mkdir()
    (folder / "bin" / "dirname").symlink_to(shutil.which("dirname") or "")
    command = ["/bin/sh", "requirements/setup.sh", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="a script for sh")
@pytest.mark.parametrize(
    ("arguments", "variables", "way_out"),
    [
        ([], {"PYTHON": "/bin/false"}, "name one that is"),
        ([], {"PATH": "bin"}, "install one"),
        (["nonsense"], {"PATH": "/usr/bin:/bin"}, "the extras are train and dev"),
    ],
)
def test_a_set_up_that_cannot_be_says_what_to_do(
    tmp_path: Path, arguments: list[str], variables: dict[str, str], way_out: str
):
    told = setup(tmp_path, *arguments, **{"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **variables})
    assert told.returncode == 1
    assert way_out in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert not (tmp_path / ".venv").exists()
