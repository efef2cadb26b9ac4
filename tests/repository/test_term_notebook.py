"""The notebook of the documents: small, without outputs or places of this computer, and it runs."""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.clocks import STARTED
from support.places import ROOT
from support.stored_lessons import second, store_lesson

from fer_desktop.app import paths
from fer_desktop.sessions.exports.export import Exporter
from fer_desktop.sessions.exports.kinds import Format

NOTEBOOK = ROOT / "docs" / "term.ipynb"


def cells() -> list[dict[str, Any]]:
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert isinstance(found, list)
    return found


def test_it_is_small_and_has_no_outputs():
    assert NOTEBOOK.stat().st_size < 10_000
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells())


def test_it_plots_a_term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import matplotlib.pyplot as plt

    for week in range(3):
        at = STARTED + timedelta(weeks=week)
        store_lesson(
            paths.store_file(), [second(float(at)) for at in range(1, 130)], f"Week {week}", at=at, end_s=130.0
        )
    (tmp_path / "lessons").mkdir()
    exporter = Exporter(paths.store_file(), tmp_path / "lessons", Format.PARQUET, lambda _: "")
    for lesson in (1, 2, 3):
        exporter.export(lesson)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for cell in cells():
        if cell["cell_type"] == "code":
            source = "".join(cell["source"]).replace(
                '["fer-desktop", ', f"[{sys.executable!r}, {str(ROOT / 'main.py')!r}, "
            )
            exec(compile(source, str(NOTEBOOK), "exec"), names)
    assert len(names["quarters"]) == 3
    assert len(names["axes"].lines) == 1
    plt.close("all")
