"""The table of the seat view: rows that stay where they are, keys that do all, and updates that cost little."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.gui.pictures import Snapshot
from support.gui.pseudo_translation import untranslated

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.seats.aliases import LONGEST_ALIAS
from fer_desktop.core.seats.seat_rows import Presence, SeatRow
from fer_desktop.core.types import Reason
from fer_desktop.ui.seats.pane import SeatPane
from fer_desktop.ui.seats.table import SeatTable
from fer_desktop.ui.seats.table_model import Column, SeatTableModel

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROWS = (
    SeatRow(1, Presence.IN_VIEW, 0.0, Reason.NONE),
    SeatRow(2, Presence.IN_VIEW, 65.0, Reason.TOO_SMALL),
    SeatRow(3, Presence.NO_FACE, 245.0),
    SeatRow(4, Presence.CAMERA_OFF, 3845.0),
    SeatRow(5, Presence.HAS_LEFT, 61.0),
    SeatRow(6, Presence.NOT_SHOWN, 61.0),
    SeatRow(7, Presence.LEFT_OUT, you=True),
    SeatRow(8, Presence.CAMERA_OFF, None),
)


def nobody(_seat: int) -> str:
    return ""


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[SeatTableModel]:
    made = SeatTableModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show_rows(ROWS, nobody, 3900.0)
    yield made
    del tester, qtbot


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[SeatPane]:
    pane = SeatPane()
    qtbot.addWidget(pane)
    pane.resize(620, 420)
    pane.show_rows(ROWS, nobody, 3900.0)
    with qtbot.waitActive(pane):
        pane.show()
    yield pane
    for menu in pane.findChildren(QMenu):
        menu.close()


def shown(model: SeatTableModel) -> list[list[str]]:
    return [[str(model.index(row, column).data()) for column in Column] for row in range(model.rowCount())]


def seats(model: SeatTableModel) -> list[int | None]:
    return [model.seat_at(model.index(row, 0)) for row in range(model.rowCount())]


def choose(table: SeatTable, row: int) -> None:
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, 0))


def test_each_row_says_in_plain_words_where_somebody_is_seen_and_since_when(model: SeatTableModel) -> None:
    assert shown(model) == [
        ["Seat 1", "On", "In view", "Yes", "0:00"],
        ["Seat 2", "On", "In view", "No, too small", "1:05"],
        ["Seat 3", "On", "Not in view", "–", "4:05"],
        ["Seat 4", "Off", "–", "–", "1:04:05"],
        ["Seat 5", "–", "Has left", "–", "1:01"],
        ["Seat 6", "–", "Not shown", "–", "1:01"],
        ["Seat 7, you", "–", "Left out", "–", "–"],
        ["Seat 8", "Off", "–", "–", "–"],
    ]
    since = [model.index(row, Column.SINCE).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 6, 7)]
    assert since == ["for 1 h 5 min", "", "since before the seat view was opened"]


def test_no_word_of_it_is_an_expression(model: SeatTableModel) -> None:
    said = " ".join(word for row in shown(model) for word in row).lower()
    assert not [word for word in (*EXPRESSIONS, "smil", "look", "mood") if word in said]


def test_it_is_told_whole_to_who_does_not_see_its_columns(model: SeatTableModel) -> None:
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (1, 3, 4, 6)]
    assert spoken == [
        "Seat 2, camera: On, In view, read: No, too small, since 1:05",
        "Seat 4, camera: Off, since 1:04:05",
        "Seat 5, Has left, since 1:01",
        "Seat 7, you, Left out",
    ]


def test_a_second_touches_no_row_that_did_not_change(model: SeatTableModel) -> None:
    touched: list[tuple[int, int, int]] = []
    model.dataChanged.connect(lambda top, last, *_: touched.append((top.row(), last.row(), top.column())))
    model.layoutChanged.connect(lambda: touched.append((-1, -1, -1)))
    model.show_rows(ROWS, nobody, 3901.0)
    assert touched == []
    changed = (ROWS[0], SeatRow(2, Presence.NO_FACE, 3899.0), *ROWS[2:])
    model.show_rows(changed, nobody, 3902.0)
    assert touched == [(1, 1, Column.CAMERA)]
    model.show_rows(changed, lambda seat: "Ana" if seat == 2 else "", 3903.0)
    assert touched[1:] == [(1, 1, Column.CAMERA), (1, 1, Column.SEAT)]


def test_rows_come_and_go_and_what_was_chosen_stays_chosen(model: SeatTableModel) -> None:
    chosen = QPersistentModelIndex(model.index(3, 0))
    model.show_rows((SeatRow(0, Presence.NO_FACE, 0.0), *ROWS[2:5], SeatRow(9, Presence.NO_FACE, 0.0)), nobody, 0.0)
    assert seats(model) == [0, 3, 4, 5, 9]
    assert model.seat_at(chosen) == 4
    model.sort(Column.PLACE)
    assert seats(model) == [0, 3, 9, 4, 5]
    assert model.seat_at(chosen) == 4
    model.sort(Column.SEAT, Qt.SortOrder.DescendingOrder)
    assert model.seat_at(chosen) == 4
    model.show_rows((), nobody, 0.0)
    assert model.rowCount() == 0
    assert not chosen.isValid()


def test_three_hundred_seats_are_brought_up_to_date_within_a_moment(qtbot: QtBot) -> None:
    model = SeatTableModel()
    table = SeatTable(model)
    qtbot.addWidget(table)
    table.resize(620, 400)
    table.show()
    states = (Presence.IN_VIEW, Presence.NO_FACE, Presence.CAMERA_OFF)
    took = []
    for second in range(10):
        rows = [SeatRow(seat, states[(seat + second) % 3], float(second)) for seat in range(300)]
        began_s = time.process_time()
        model.show_rows(rows, nobody, float(second))
        table.grab()
        took.append(time.process_time() - began_s)
    assert sorted(took)[5] < 0.1  # all rows change each second; the window may stand still for 33 ms


def test_an_alias_is_typed_by_keys_and_the_rows_may_change_meanwhile(pane: SeatPane, qtbot: QtBot) -> None:
    typed: list[tuple[int, str]] = []
    pane.model.alias_typed.connect(lambda seat, text: typed.append((seat, text)))
    table = pane.table
    choose(table, 2)
    QTest.keyClick(table, Qt.Key.Key_F2)
    line = table.findChild(QLineEdit)
    assert line is not None
    assert line.maxLength() == LONGEST_ALIAS
    assert line.accessibleName() == "Alias of Seat 3"
    QTest.keyClicks(line, "An")
    pane.show_rows((ROWS[0], *ROWS[2:]), nobody, 3901.0)  # who was above it is gone
    QTest.keyClicks(line, "a")
    assert line.text() == "Ana"
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: typed == [(3, "Ana")])
    qtbot.waitUntil(table.hasFocus)
    choose(table, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table.findChildren(QLineEdit)[-1], Qt.Key.Key_Escape)
    qtbot.waitUntil(table.hasFocus)
    assert len(typed) == 1


def test_aliases_that_are_kept_are_offered(pane: SeatPane) -> None:
    pane.show_kept(("Ana", "Anton"), keeps=True)
    assert pane.keep.isChecked()
    choose(pane.table, 0)
    QTest.keyClick(pane.table, Qt.Key.Key_F2)
    line = pane.table.findChild(QLineEdit)
    assert line is not None
    completer = line.completer()
    completer.setCompletionPrefix("an")
    assert completer.completionCount() == 2


def test_space_leaves_out_and_brings_back_and_m_is_left_to_the_window(pane: SeatPane, qtbot: QtBot) -> None:
    switched: list[tuple[int, bool]] = []
    pane.table.switch_wanted.connect(lambda seat, out: switched.append((seat, out)))
    choose(pane.table, 1)
    QTest.keyClick(pane.table, Qt.Key.Key_Space)
    choose(pane.table, 6)
    QTest.keyClick(pane.table, Qt.Key.Key_Space)
    assert switched == [(2, True), (7, False)]
    holder = _Listening(pane.table)
    qtbot.addWidget(holder)
    holder.show()
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_M)
    assert holder.heard == [Qt.Key.Key_M]
    assert pane.table.currentIndex().row() == 6


class _Listening(QWidget):
    """What is around the table."""

    def __init__(self, table: SeatTable) -> None:
        super().__init__()
        self.heard: list[int] = []
        QVBoxLayout(self).addWidget(table)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())


def test_the_menu_of_a_row_has_all_that_the_keys_do(pane: SeatPane) -> None:
    switched: list[tuple[int, bool]] = []
    mine: list[int] = []
    pane.table.switch_wanted.connect(lambda seat, out: switched.append((seat, out)))
    pane.table.me_wanted.connect(mine.append)
    pane.table._open_menu(pane.model.index(1, 2), pane.table.mapToGlobal(pane.table.rect().center()))
    actions = {action.text(): action for action in pane.findChildren(QMenu)[-1].actions()}
    assert list(actions) == ["Alias…", "Leave out", "This is me"]
    actions["Leave out"].trigger()
    actions["This is me"].trigger()
    assert (switched, mine) == ([(2, True)], [2])


def test_counts_of_the_class_stand_above_from_five_faces_on(pane: SeatPane) -> None:
    assert pane.counts == "Counts of the class from 5 faces on"
    more = [SeatRow(20 + seat, Presence.IN_VIEW, 0.0, Reason.NONE) for seat in range(2)]
    more.append(SeatRow(30, Presence.IN_VIEW, 0.0, Reason.TURNED_AWAY))
    pane.show_rows((*ROWS, *more), nobody, 0.0)
    assert pane.counts == "8 here, 6 cameras on, 1 not in view, 1 turned away, 1 has left"


def test_a_press_on_hide_and_on_keep_is_told(pane: SeatPane) -> None:
    told: list[object] = []
    pane.hide_wanted.connect(lambda: told.append("hide"))
    pane.keep_wanted.connect(told.append)
    pane.hide_button.click()
    pane.keep.click()
    assert told == ["hide", True]


def looked_at(pane: SeatPane) -> SeatPane:
    pane.table.clearFocus()
    pane.table.selectRow(2)
    pane.show_rows(ROWS, lambda seat: {1: "Ana G.", 4: "Back row, left"}.get(seat, ""), 3900.0)
    return pane


def test_it_looks_so(pane: SeatPane, snapshot: Snapshot) -> None:
    snapshot(looked_at(pane), "seats")


def test_it_looks_so_in_the_dark(dark: None, pane: SeatPane, snapshot: Snapshot) -> None:
    del dark
    snapshot(looked_at(pane), "seats_dark")


def test_every_word_of_it_can_be_translated(qtbot: QtBot, in_brackets: None) -> None:
    del in_brackets
    pane = SeatPane()
    qtbot.addWidget(pane)
    rows = [SeatRow(number, Presence.IN_VIEW, 0.0, reason) for number, reason in enumerate(Reason)]
    pane.show_rows((*ROWS, *(row for row in rows if row.seat > 8)), nobody, 3900.0)
    pane.show()
    assert untranslated(pane) == []
    for row in range(pane.model.rowCount()):
        for column in Column:
            word = str(pane.model.index(row, column).data())
            assert word == "–" or "⟦" in word or word.replace(":", "").isdigit(), word
