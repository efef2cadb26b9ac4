import json
from pathlib import Path

from support.command_line import run


def test_the_figures_of_little_are_told_as_json(tmp_path: Path) -> None:
    done = run(tmp_path, "evaluate-alerts", "--hours", "0.1", "--size", "12", "--seed", "3", "--json")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert set(told) == {"calm", "normal", "sensitive", "plain", "plan"}
    for preset in ("calm", "normal", "sensitive"):
        for error in ("home", "hard"):
            row = told[preset][error]
            assert set(row["found"]) == {"sad_5", "sad_8", "sad_10", "smile_5", "smile_8"} == set(row["delay_s"])
            assert row["false_per_hour"] <= row["false_per_hour_upper_95"]
            assert row["sentences_per_10_h"] <= row["sentences_per_10_h_upper_95"]
            assert all(0 <= share <= 1 for share in row["found"].values())
