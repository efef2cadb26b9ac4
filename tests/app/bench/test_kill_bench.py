import json
from pathlib import Path

import pytest
from support.command_line import start
from support.stored import summary

from fer_desktop.app.bench.kill_bench import _is_whole, kill_text
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap


@pytest.mark.timeout(240)
def test_a_killed_program_leaves_a_whole_store(tmp_path: Path) -> None:
    process = start(tmp_path, "bench", "kills", "--kills", "2", "--json")
    out, err = process.communicate(timeout=220)
    assert (process.returncode, err) == (0, "")
    told = json.loads(out)
    assert list(told) == ["kills", "killed_while_live", "lost_s_max", "median_lost_s", "torn"]
    assert (told["kills"], told["killed_while_live"], told["torn"]) == (2, 2, 0)
    assert told["median_lost_s"] <= told["lost_s_max"]
    assert "damaged or lacked a second" in kill_text(told)


def test_a_second_that_is_missing_is_seen() -> None:
    assert _is_whole([summary(1.0), summary(2.0), Gap(2.0, 9.0, State.PAUSED), summary(10.0), summary(10.3)])
    assert not _is_whole([summary(1.0), summary(3.0)])
    assert not _is_whole([summary(1.0), Gap(3.0, 9.0, State.PAUSED)])
