import json
from pathlib import Path

import pytest
from support.command_line import start

from fer_desktop.app import paths
from fer_desktop.app.bench.frame_bench import Case, measured, peak_rss_mb, real_screen
from fer_desktop.app.compose import load_models
from fer_desktop.core.settings import Settings
from fer_desktop.pipeline.frame.stage_timer import Stage

STAGES = {"grab", "grid", "follow", "detect", "crop", "classify", "seats", "summary"}


@pytest.mark.timeout(240)
def test_bench_tells_how_often_frames_are_read_and_where_their_time_goes(tmp_path: Path) -> None:
    process = start(tmp_path, "bench", "--frames", "6", "--json")
    out, err = process.communicate(timeout=220)
    assert (process.returncode, err) == (0, "")
    told = json.loads(out)
    cases = ["1@1080p", "25@1080p", "49@1080p", "49@1440p"]
    assert list(told["updates_per_s"]) == cases
    assert [told["faces"][case] for case in cases] == [1, 25, 49, 49]
    assert all(set(told["stages_ms"][case]) == STAGES for case in cases)
    for case in cases:
        parts = sum(stage["median"] for stage in told["stages_ms"][case].values())
        assert parts == pytest.approx(told["frame_ms"][case]["median"], rel=0.5)
        assert told["frame_ms"][case]["median"] <= told["frame_ms"][case]["p95"]
        assert 0 < told["bare_ms"][case]["classifier"]["median"] < told["frame_ms"][case]["median"]
    assert told["overhead_ratio"] > 1
    assert told["peak_rss_mb"] > 100


def test_a_real_screen_is_grabbed_and_each_frame_of_a_forced_run_is_looked_at_whole() -> None:
    case = Case(4, (1280, 720))
    models = load_models(Settings())
    with real_screen() as grab:
        assert grab is not None
        forced = measured(case, models, grab, 6, detect_every_s=0.0)
        easy = measured(case, models, grab, 6)
    assert paths.resources().is_dir()
    assert len(forced.frame_ms) == 6
    assert min(forced.stages_ms[Stage.GRAB]) > 0
    assert min(forced.detector_ms) > 0
    assert 0 in easy.detector_ms  # in between faces are followed
    assert forced.faces == easy.faces == [4] * 6
    assert peak_rss_mb() > 100
