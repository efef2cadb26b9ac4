"""A live class of which too few faces are readable: no figures, no expressions, and why."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, REGION, STREAM, FakeServices, FakeSource
from support.gui.made_up import empty_picture, reading, shares, summary
from support.gui.pictures import Snapshot, picture_of

from fer_desktop.core.expressions import HAPPY, SAD
from fer_desktop.core.readings.withholding import withheld
from fer_desktop.core.sources import RecordingChoice, SourceChoice
from fer_desktop.core.types import Analysis, Summary
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.session.page import SessionPage


def _faces(readable: int, expression: int = HAPPY) -> Analysis:
    boxes = [(100.0 + 170 * index, 260.0, 200.0 + 170 * index, 380.0) for index in range(readable)]
    return Analysis(empty_picture().frame, tuple(reading(box, expression) for box in boxes), 0.1)


def _rows(qtbot: QtBot, tmp_path: Path, choice: SourceChoice, faces: int) -> tuple[list[Summary], list[Summary]]:
    """What a short session saves, and what it tells the window."""
    services, told = FakeServices(tmp_path), list[Summary]()
    services.sources[choice.kind] = lambda: FakeSource(frames=60)
    services.detector.faces = faces
    session = LiveSession(services, SessionModel())
    session.model.summary.connect(told.append)
    session.begin(choice)
    qtbot.waitUntil(lambda: len(told) >= 1)
    session.stop()
    qtbot.waitUntil(lambda: session.idle_threads)
    return services.files[0].rows, told


@pytest.mark.parametrize("choice", [REGION, STREAM])
def test_of_a_live_class_with_few_faces_no_figures_are_saved_or_shown(
    qtbot: QtBot, tmp_path: Path, choice: SourceChoice
) -> None:
    for rows in _rows(qtbot, tmp_path, choice, faces=4):
        assert rows[0].readable == 4
        assert np.isnan(rows[0].mean).all()
        assert rows[0].counts.sum() == 0


@pytest.mark.parametrize("choice", [DEMO, CAMERA, RecordingChoice("clip.mp4", Path("clip.mp4"))])
def test_ones_own_camera_the_demo_and_recordings_have_figures_of_one_face(
    qtbot: QtBot, tmp_path: Path, choice: SourceChoice
) -> None:
    rows, _ = _rows(qtbot, tmp_path, choice, faces=1)
    assert rows[0].mean.argmax() == HAPPY


def test_from_five_faces_on_a_live_class_has_figures(qtbot: QtBot, tmp_path: Path) -> None:
    rows, _ = _rows(qtbot, tmp_path, REGION, faces=5)
    assert rows[0].counts.sum() == 5


@pytest.mark.parametrize("faces", [3, 6])
def test_the_live_view_of_a_class_looks_the_same_whatever_its_faces_show(qtbot: QtBot, faces: int) -> None:
    view = LiveView()
    qtbot.addWidget(view)
    view.resize(640, 360)
    view.show_class_only(True)
    pictures = []
    for expression in (HAPPY, SAD):
        view.show_analysis(_faces(faces, expression))
        pictures.append(picture_of(view))
        assert view._tip_at(QPoint(75, 160)).startswith("Read. It counts in the class.")
    assert pictures[0] == pictures[1]
    assert bool(view.banner) is (faces < 5)


def test_the_live_view_of_ones_own_camera_names_expressions(qtbot: QtBot) -> None:
    view = LiveView()
    qtbot.addWidget(view)
    view.resize(640, 360)
    view.show_analysis(_faces(1))
    assert view._tip_at(QPoint(75, 160)).startswith("smiling")


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_a_live_class_with_few_readable_faces(
    qtbot: QtBot, snapshot: Snapshot, theme: str, request: pytest.FixtureRequest
) -> None:
    if theme == "dark":
        request.getfixturevalue("dark")
    model = SessionModel()
    page = SessionPage(model)
    qtbot.addWidget(page)
    page.resize(1100, 680)
    page.begin(REGION)
    page.show()
    model.feed(SessionStatus(Phase.LIVE, recording=True))
    for second in range(1, 40):
        few = second > 20
        tick = summary(float(second), shares(happy=0.4, neutral=0.3), readable=3 if few else 9, cameras_on=12)
        model.feed(withheld(tick, live_class=True))
    page.read.show_analysis(_faces(3))
    assert page.coverage.text == "3 are read: figures from 5 on"
    assert "individual people" in page.coverage.toolTip()
    assert page.bars.row_text(HAPPY) == "–"
    qtbot.wait(400)  # the bars have come to rest
    snapshot(page, f"figures-withheld-{theme}")
