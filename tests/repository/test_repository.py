"""What runs beside the program, in CI and before a commit, names only what is there."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from support.inputs.needed_data import require
from support.places import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
HOOKS = re.findall(r"entry: (\S+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))


@pytest.fixture(params=WORKFLOWS, ids=lambda file: file.stem)
def workflow(request: pytest.FixtureRequest) -> str:
    """A workflow's text."""
    return str(request.param.read_text(encoding="utf-8"))


def test_ci_is_make_test():
    commands = [
        line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_the_tests_run_on_all_processors_and_tell_the_slowest():
    [command] = re.findall(r"^test:.*\n\t(.+)", MAKEFILE, flags=re.MULTILINE)
    assert {"-n", "--dist", "--durations=15"} <= set(command.split())


def test_a_workflow_calls_targets_and_files_that_exist(workflow: str):
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))
    called, files = set(re.findall(r"\bmake ([a-z]+)", workflow)), re.findall(r"-r (\S+)", workflow)
    assert called
    assert called <= targets
    assert files
    assert all((ROOT / file).is_file() for file in files)


def test_a_workflow_takes_actions_by_their_major_version_and_reads_only(workflow: str):
    actions = re.findall(r"uses: (\S+)", workflow)
    assert actions
    assert [action for action in actions if not re.fullmatch(r"actions/[a-z-]+@v\d+", action)] == []
    assert "\npermissions:\n  contents: read\n" in workflow
    assert ": write" not in workflow


def test_ci_checks_and_tests_on_three_systems_with_the_oldest_and_the_newest_python(workflow: str):
    assert all(f"{system}-latest" in workflow for system in ("ubuntu", "windows", "macos"))
    assert workflow.count('python: ["3.11", "3.13"]') == 2
    checks = ("ruff format --check", "ruff check", "mypy --platform", "lint-imports", "pytest")
    assert all(f"run: {check}" in workflow or f"python -m {check}" in workflow for check in checks)


@pytest.mark.parametrize(
    ("environment", "outcome"),
    [
        ({}, pytest.skip.Exception),
        ({"CI": "true"}, pytest.fail.Exception),
        ({"CI": "true", "FER_WITHOUT_DATA": "1"}, pytest.skip.Exception),
    ],
)
def test_data_that_is_absent_fails_in_ci_and_is_named_elsewhere(
    tmp_path: Path, environment: dict[str, str], outcome: type[BaseException]
):
    require(tmp_path, environment)
    with pytest.raises(outcome, match="photos is absent"):
        require(tmp_path / "photos", environment)


@pytest.mark.parametrize("tool", HOOKS)
def test_a_hook_before_a_commit_downloads_nothing(tool: str):
    beside_python = str(Path(sys.executable).parent)
    assert shutil.which(Path(tool).name, path=os.pathsep.join((beside_python, os.environ["PATH"])))
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (.+)", text) == ["local"]
    assert set(re.findall(r"language: (.+)", text)) == {"system"}
