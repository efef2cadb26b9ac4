"""The seat view in the window: off until it is wanted, of this moment, and with aliases that leave no trace."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, REGION, FakeServices
from support.gui.clipping import settle
from support.gui.made_up import gallery
from support.gui.opened_window import Opener, opening_windows, wait_live
from support.merging import MergingAnalyzer

from fer_desktop.core.seats import seat_rows
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.sessions.csv_of_events import save_csv
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite.backups import back_up
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.seats.table_model import Column

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALIAS = "Zoë from the back row"


class RealFiles(FakeServices):
    """The program with its real file and its real store."""

    def start_session(self) -> SessionCsv:  # type: ignore[override]
        return SessionCsv(self.folder / "live.csv")

    def open_store(self, file: Path) -> SessionStore:  # type: ignore[override]
        return SessionStore(self.folder / "sessions.db", SessionFacts("", "", {}, file))


def rows(window: MainWindow) -> list[list[str]]:
    model = window.page.seats.model
    return [[str(model.index(row, column).data()) for column in Column] for row in range(model.rowCount())]


def call(window: MainWindow, row: int, alias: str) -> None:
    """Types an alias into that row."""
    window.page.seats.model.setData(window.page.seats.model.index(row, Column.SEAT), alias)


def show_seats(qtbot: QtBot, window: MainWindow, count: int) -> None:
    window.menus.seats.trigger()
    qtbot.waitUntil(lambda: len(rows(window)) == count)


def test_it_is_off_until_it_is_chosen_and_then_takes_the_lessons_room(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    page = window.page
    assert not page.seats.isVisible()
    assert window.menus.seats.shortcut().toString() == "Ctrl+T"
    show_seats(qtbot, window, 6)
    assert page.seats.isVisible()
    assert not page.chart.isVisible()
    assert page.header.isVisible()
    assert {tuple(row[1:4]) for row in rows(window)} == {("On", "In view", "Yes")}
    page.seats.hide_button.click()
    assert not window.menus.seats.isChecked()
    assert page.chart.isVisible()
    assert rows(window) == []


def test_opened_while_paused_it_says_so_and_not_that_nobody_is_seen(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.pause_or_resume()
    qtbot.waitUntil(lambda: window.session.status.phase is Phase.PAUSED)
    window.menus.seats.trigger()
    assert window.page.seats.table.empty_words == "Paused\nNothing is read until you resume."
    assert window.page.seats.counts == ""
    window.pause_or_resume()
    qtbot.waitUntil(lambda: len(rows(window)) == 6)
    assert window.page.seats.table.empty_words == "Nobody is seen yet"
    assert "6 cameras on" in window.page.seats.counts


def test_rows_are_brought_up_to_date_while_nobody_looks_at_the_picture(
    qtbot: QtBot, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seat_rows, "SETTLE_S", 0.0)
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.page.fold(True)
    assert not window.page.pulling
    show_seats(qtbot, window, 6)
    window.showMinimized()
    window.session._services.detector.faces = 5  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: sum(row[2] == "Not in view" for row in rows(window)) == 1, timeout=8000)


def test_whoever_is_left_out_in_a_row_is_left_out_of_the_session(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    show_seats(qtbot, window, 6)
    window.page.seats.table.switch_wanted.emit(2, True)
    assert window.model.exclusion.seats == {2}
    assert rows(window)[1][1:] == ["–", "Left out", "–", "–"]
    window.page.seats.table.me_wanted.emit(3)
    assert window.model.exclusion.you == 3
    window.page.seats.table.switch_wanted.emit(2, False)
    assert window.model.exclusion.seats == {3}
    window.pause_or_resume()
    window.page.seats.table.switch_wanted.emit(2, True)
    assert window.model.exclusion.seats == {3}


def test_an_alias_stands_in_its_row_and_in_the_pictures_hint_alone(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.page.fold(False)
    show_seats(qtbot, window, 6)
    call(window, 0, ALIAS)
    assert rows(window)[0][0] == f"{ALIAS} · 1"
    live = window.page.live
    qtbot.waitUntil(lambda: live.where() is not None)
    mapping = live.where()
    assert mapping is not None
    at = mapping.to_widget(live._targets[0].xyxy).center().toPoint()
    assert ALIAS in live._tip_at(at)
    live.setFocus()
    QTest.keyClick(live, Qt.Key.Key_Right)
    assert "Face 1 of 6" in live.accessibleDescription()
    assert ALIAS not in live.accessibleDescription() + window.windowTitle()
    window.menus.seats.trigger()
    assert ALIAS not in live._tip_at(at)


def test_an_alias_goes_with_whoever_it_is_of_when_seats_are_merged(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    analyzer = MergingAnalyzer(merges_a_frame=0)
    services.analyzer = lambda: analyzer  # type: ignore[assignment,method-assign,return-value]
    window = open_window(DEMO)
    wait_live(qtbot, window)
    show_seats(qtbot, window, 1)
    call(window, 0, ALIAS)
    first = analyzer.seat
    analyzer.merges_a_frame = 20
    qtbot.waitUntil(lambda: analyzer.merges >= 40)
    analyzer.merges_a_frame = 0
    qtbot.waitUntil(lambda: window.page.seats.model.seat_at(window.page.seats.model.index(0, 0)) == analyzer.seat)
    assert analyzer.seat != first
    assert [row[0] for row in rows(window)] == [f"{ALIAS} · {analyzer.seat}"]


def test_after_the_detector_was_replaced_no_alias_is_anothers(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.menus.seats.trigger()
    seating = window._who.seating
    whole = gallery(3, 2, tiled=True)
    seating._on_analysis(whole)
    seating._name(1, ALIAS)
    assert seating._alias_in(1, 0) == ALIAS
    other = type(whole.frame)(0, 0.0, whole.frame.image, scene=1)
    assert seating._alias_in(1, 1) == ""
    seating._on_analysis(type(whole)(other, whole.readings, 0.1, tiles=whole.tiles))
    assert not [row for row in rows(window) if ALIAS in row[0]]
    del qtbot


@pytest.fixture
def real(qtbot: QtBot, tmp_path: Path, store: QSettings) -> Iterator[tuple[RealFiles, Opener]]:
    services = RealFiles(tmp_path)
    with opening_windows(qtbot, services, store) as opener:
        yield services, opener


def test_no_alias_is_in_the_store_its_backups_an_export_or_the_log_and_all_go_with_the_lesson(
    qtbot: QtBot, real: tuple[RealFiles, Opener], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    services, open_window = real
    window = open_window(REGION)
    wait_live(qtbot, window)
    show_seats(qtbot, window, 6)
    call(window, 0, ALIAS)
    window.mark("slide 7")
    qtbot.waitUntil(lambda: window.page._model.markers != ())
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    assert wait_for_jobs(5000)
    assert rows(window) == []
    database = services.folder / "sessions.db"
    with opened(database) as connection:
        back_up(connection, database, datetime.now().astimezone(), "test")
    save_csv(reader.events(database, 1), tmp_path / "saved.csv")
    found = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {"sessions.db", "live.csv", "saved.csv"} <= {file.name for file in found}
    assert any(b"slide 7" in file.read_bytes() for file in found if file.name.startswith("sessions.db"))
    for needle in (ALIAS.encode(), ALIAS.encode("utf-16-le"), "Zoë".encode(), b"back row"):
        assert [file.name for file in found if needle in file.read_bytes()] == []
    assert ALIAS not in caplog.text
    assert not services.aliases_file.exists()


def test_what_she_keeps_is_offered_for_seven_days_and_belongs_to_nobody(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window(REGION)
    wait_live(qtbot, window)
    show_seats(qtbot, window, 6)
    window.page.seats.keep.click()
    call(window, 0, ALIAS)
    assert not services.aliases_file.exists()
    window.session.stop()
    qtbot.waitUntil(lambda: window.page.seats.table._delegate.offered == (ALIAS,))
    assert services.aliases_file.stat().st_mode & 0o777 == 0o600
    window.new_session()
    window.session.begin(REGION)
    qtbot.waitUntil(lambda: len(rows(window)) == 6)
    assert [row[0] for row in rows(window)] == [f"Seat {number}" for number in range(1, 7)]
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    week = datetime.now().astimezone() + timedelta(days=7)
    services.now = lambda: week
    window.session.begin(REGION)
    qtbot.waitUntil(lambda: window.page.seats.table._delegate.offered == ())
    assert not services.aliases_file.exists()


def test_who_no_longer_wants_them_kept_has_them_erased_at_once(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.keep_aliases([ALIAS])
    window = open_window(DEMO)
    wait_live(qtbot, window)
    show_seats(qtbot, window, 6)
    qtbot.waitUntil(window.page.seats.keep.isChecked)
    window.page.seats.keep.click()
    qtbot.waitUntil(lambda: not services.aliases_file.exists())
    call(window, 0, "Ben")
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    assert wait_for_jobs(5000)
    assert not services.aliases_file.exists()


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1342, 700)])
def test_it_has_room_on_small_screens(qtbot: QtBot, open_window: Opener, width: int, height: int) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.resize(width, height)
    window.page.fold(True)
    show_seats(qtbot, window, 6)
    table = window.page.seats.table
    qtbot.waitUntil(lambda: table.height() >= 4 * 32)
    assert window.page.glance.isVisible() is (height > 560)  # a low screen is the seats' alone
    seen = table.visibleRegion().boundingRect().height()
    assert seen >= 5 * 32
    assert table.columnWidth(Column.SEAT) >= 120
    assert not table.horizontalScrollBar().isVisible()
    corner = table.mapTo(window, QPoint(table.width(), 0))
    assert corner.x() <= window.width()


def test_in_a_column_the_seats_come_into_sight_whole_and_the_page_alone_scrolls(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.setMinimumSize(0, 0)  # as docking does
    window.resize(425, 745)
    show_seats(qtbot, window, 6)
    page, table = window.page, window.page.seats.table
    settle(20)
    qtbot.waitUntil(lambda: table.visibleRegion().boundingRect().height() >= 120)
    assert not table.verticalScrollBar().isVisible()
    assert not table.horizontalScrollBar().isVisible()
    assert table.horizontalScrollBar().maximum() == 0
    assert table.verticalScrollBar().maximum() == 0
    assert not table.isColumnHidden(Column.READ)
    assert page.glance.visibleRegion().boundingRect().size() == page.glance.size()
    read = table.model().index(0, Column.READ).data(Qt.ItemDataRole.ToolTipRole)
    assert "1" in read
    window.resize(1366, 720)
    settle(20)
    assert not any(table.isColumnHidden(column) for column in Column)


def test_after_the_end_the_course_of_the_lesson_stands_where_the_seats_were(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    show_seats(qtbot, window, 6)
    assert not window.page.chart.isVisible()
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    assert window.page.chart.isVisible()
    assert not window.page.seats.isVisible()
    window._begin(DEMO)
    wait_live(qtbot, window)
    assert window.page.seats.isVisible()
