import json
import subprocess
import sys
import textwrap
from pathlib import Path

import cv2
import pytest
from support.command_line import environment, run, settings_file
from support.inputs.clips import simulated_call
from support.places import ROOT
from typer.testing import CliRunner

from fer_desktop import __version__
from fer_desktop.app.main import app

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def python(home: Path, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), home],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [*COMMANDS, ""])
def test_each_command_explains_itself_with_an_example(command: str) -> None:
    told = CliRunner().invoke(app, [command, "--help"] if command else ["--help"])
    assert told.exit_code == 0
    assert "Example: fer-desktop" in told.output


def test_the_promised_commands_are_there() -> None:
    assert {"demo", "analyze", "self-test"} <= set(COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["--nonsense"], ["analyze"], ["analyze", "x"], ["analyze", "x", "--out", "o", "--every", "0"]],
)
def test_misuse_ends_with_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_the_version_is_printed() -> None:
    assert CliRunner().invoke(app, ["--version"]).output.strip() == f"FER Desktop {__version__}"


def test_the_command_line_loads_nothing_heavy(tmp_path: Path) -> None:
    done = python(
        tmp_path,
        """
        import sys
        import fer_desktop.app.main
        heavy = {"numpy", "cv2", "PySide6", "mss", "ai_edge_litert", "tensorflow", "keras", "rich"}
        print(sorted(heavy & set(sys.modules)))
        """,
    )
    assert done.stdout.strip() in ("[]", "['rich']"), done.stderr


def test_self_test_tells_versions_hash_and_timings(tmp_path: Path) -> None:
    done = run(tmp_path, "self-test", "--json")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert told["versions"]["FER Desktop"] == __version__
    assert len(told["model_sha256"]) == 64
    assert 15 <= told["shown"] <= 25
    assert 0.95 * told["shown"] <= told["faces"] <= 25
    assert 0 < told["readable"] <= told["faces"]
    assert told["frame_px"] == [1920, 1080]
    assert told["frame_ms"] > 0


def test_no_analysis_loads_qt_nor_draws_where_there_is_no_terminal(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "class.png"), simulated_call(4).image_at(1.0))
    done = python(
        tmp_path,
        """
        import sys
        from fer_desktop.app.main import main
        try:
            main(["analyze", sys.argv[1] + "/class.png", "--out", sys.argv[1]])
        except SystemExit as ended:
            assert ended.code == 0, ended.code
        heavy = ("PySide6", "pyqtgraph", "fer_desktop.ui", "tensorflow", "keras", "rich")
        print([name for name in sys.modules if name.startswith(heavy)])
        """,
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_a_fault_is_one_line_for_the_user_and_a_traceback_in_the_log(tmp_path: Path) -> None:
    done = python(
        tmp_path,
        """
        from fer_desktop.app.main import app, main
        @app.command()
        def fail() -> None:
            raise ZeroDivisionError("what happened")
        main(["fail"])
        """,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    [log] = (tmp_path / "state").rglob("fer-desktop.log")
    assert str(log) in line
    assert "ZeroDivisionError: what happened" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("not a folder")
    done = run(tmp_path, "analyze", "nowhere.mp4", "--out", tmp_path / "out")
    assert (done.code, done.sentence) == (1, "nowhere.mp4 was not found: check where it is.")


def test_the_window_asks_for_a_screen_where_there_is_none(tmp_path: Path) -> None:
    done = run(tmp_path, QT_QPA_PLATFORM="")
    assert done.code == 1
    assert "display" in done.sentence


def test_wrong_data_is_told_before_tensorflow_is_loaded(tmp_path: Path) -> None:
    done = run(tmp_path, "train", "--data", tmp_path, "--out", tmp_path / "run")
    assert (done.code, done.out) == (1, "")
    assert "give with --data a folder with" in done.sentence


def test_wrong_data_for_the_demo_faces_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "make-demo-faces", "--data", tmp_path, "--out", tmp_path / "out")
    assert (done.code, done.out) == (1, "")
    assert "fer2013" in done.sentence


def test_corrupt_settings_are_told_in_one_sentence(tmp_path: Path) -> None:
    settings_file(tmp_path).parent.mkdir(parents=True)
    settings_file(tmp_path).write_text("{", encoding="utf-8")
    done = run(tmp_path, "self-test")
    assert done.code == 1
    assert "mend or delete the file" in done.sentence
