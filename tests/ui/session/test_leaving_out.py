"""Leaving out in a session: shown as it is told, and kept while nobody looks."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, FakeServices, rows_of
from support.gui.made_up import gallery
from support.gui.opened_window import Opener, wait_live
from support.merging import MergingAnalyzer

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.events import Excluded
from fer_desktop.pipeline.session_engine.channel.commands import Include
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.live.hit_test import target_of
from fer_desktop.ui.live.live_view import LiveView
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.session.page import SessionPage

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def click(view: LiveView, at: QPoint) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)


def test_the_page_shows_who_is_left_out_as_the_session_tells_it(qtbot: QtBot) -> None:
    model = SessionModel()
    page = SessionPage(model)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    wanted: list[object] = []
    page.live.exclusion_wanted.connect(wanted.append)
    with qtbot.waitExposed(page):
        page.show()
    model.feed(SessionStatus(Phase.LIVE, recording=True))
    model.analyses.put(gallery(5, 4, tiled=True))
    page._show_newest()
    # Seat 23, which was left out, has been merged into 7.
    model.feed(Excluded(3.0, Exclusion(frozenset({3, 7}), 7), commands=0))
    shown, target = page.live._analysis, target_of(page.live._targets, 7)
    assert shown is not None
    assert [tile.seat for tile in shown.tiles if tile.excluded] == [3, 7]
    assert target is not None
    click(page.live, page.live._painted(target.xyxy).center().toPoint())
    assert wanted == [Include(7)]


def test_whoever_is_left_out_stays_so_while_the_window_is_minimised(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    """Three hundred merges of their seat, and nobody looks."""
    analyzer = MergingAnalyzer(merges_a_frame=30)
    services.analyzer = lambda: analyzer  # type: ignore[assignment,method-assign,return-value]
    services.put(max_updates_hz=15.0)
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.page.fold(False)
    qtbot.waitUntil(lambda: len(window.page.live._targets) == 1)
    click(window.page.live, _first_face(window.page.live))
    window.showMinimized()
    window.fold_or_unfold()
    merged_before = analyzer.merges
    qtbot.waitUntil(lambda: analyzer.merges >= merged_before + 300)
    assert not window.page.pulling
    read_since = analyzer.excluded_tiles[-(300 // 30) :]
    assert read_since == [True] * len(read_since)
    window.fold_or_unfold()
    window.showNormal()
    qtbot.waitUntil(lambda: window.page.pulling)
    assert window.menus.bring_back.isEnabled()
    window.menus.bring_back.trigger()
    qtbot.waitUntil(lambda: not analyzer.excluded_tiles[-1])


def test_a_click_in_the_window_leaves_out_of_the_session(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.page.fold(False)
    qtbot.waitUntil(lambda: _faces(window) == 6)
    assert not window.menus.bring_back.isEnabled()
    click(window.page.live, _first_face(window.page.live))
    assert window.menus.bring_back.isEnabled()
    qtbot.waitUntil(lambda: any(row.faces == 5 for row in rows_of(services)))
    row = list(rows_of(services))[-1]
    assert (row.seats, row.cameras_on, row.readable) == (5, 5, 5)
    window.menus.bring_back.trigger()
    assert not window.menus.bring_back.isEnabled()
    qtbot.waitUntil(lambda: list(rows_of(services))[-1].faces == 6)


def test_a_new_session_leaves_nobody_out(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.page.fold(False)
    qtbot.waitUntil(lambda: _faces(window) == 6)
    click(window.page.live, _first_face(window.page.live))
    window.session.stop()
    qtbot.waitUntil(lambda: not window.session.status.running)
    assert not window.menus.bring_back.isEnabled()
    click(window.page.live, _first_face(window.page.live))  # the last picture is no more than a picture
    assert len(window.model.exclusion.seats) == 1
    window.new_session()
    window.session.begin(DEMO)
    assert window.model.exclusion == Exclusion()
    wait_live(qtbot, window)


def _faces(window: MainWindow) -> int:
    analysis: Analysis | None = window.page.live._analysis
    return len(analysis.readings) if analysis else 0


def _first_face(live: LiveView) -> QPoint:
    assert live._analysis is not None
    mapping = FrameMapping.letterboxed(live._analysis.frame.image, live.size())
    return mapping.to_widget(live._targets[0].xyxy).center().toPoint()
