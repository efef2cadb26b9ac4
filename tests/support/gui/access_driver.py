"""A walk through all windows by keyboard and screen reader: `access_driver.py FOLDER` prints what is wrong in each.

A line for each window, as "LOOKED: Settings", where the keyboard begins, and one for all that is not as it should be.
With a second argument, "dump", it prints what a screen reader is told of all that is seen.
"""

import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QTextBrowser, QTextEdit, QWidget
from support.fakes import FakeServices
from support.gui.clipping import settle
from support.gui.every_window import every_window
from support.gui.fit_driver import speaking
from support.gui.spoken import Spoken, seen_of, spoken, takes_keyboard
from support.stored import stored, summary

from fer_desktop.pipeline.events import Marker
from fer_desktop.ui.application import end_threads
from fer_desktop.ui.main_window import MainWindow

Role = QAccessible.Role
_NO_ROLE = (Role.NoRole, Role.Client, Role.Window, Role.Pane, Role.Border)
_WITH_VALUE = (Role.ComboBox, Role.Slider, Role.SpinBox, Role.Chart)
_MOST_STOPS = 200
_MOST_LINKS = 60  # of a page


def wrong_words(name: str, said: list[Spoken]) -> Iterator[str]:
    """What a screen reader is told wrongly, or not at all."""
    controls = [one for one in said if one.focusable and one.widget.window() is not one.widget]
    for one in controls:
        if not one.name:
            yield f"UNNAMED {name}: {one}"
        if one.role in _NO_ROLE:
            yield f"NO ROLE {name}: {one}"
    for one in said:
        if one.role in (Role.ComboBox, Role.SpinBox, Role.EditableText) and one.name and one.name == one.value:
            yield f"VALUE AS NAME {name}: {one}"
        if one.role in _WITH_VALUE and not one.value:
            yield f"NO VALUE {name}: {one}"
    alike = Counter((one.role, one.name, one.value, one.description) for one in controls)
    for (role, words, *_), often in alike.items():
        if often > 1:
            yield f"ALIKE {name}: {often} times {role.name} {words!r}"


def stops(window: QWidget) -> list[QWidget]:
    """What Tab leads to from where the keyboard is, until it comes round; the first stop last, if it does."""
    order: list[QWidget] = []
    for _ in range(_MOST_STOPS):
        on = QApplication.focusWidget()
        if on is None or on.window() is not window.window():
            return order
        order.append(on)
        if order.count(on) > 1:
            return order
        _leave(on)
    return order


def _leave(one: QWidget) -> None:
    """On to the next stop; a page goes from link to link first."""
    for _ in range(_MOST_LINKS if isinstance(one, QTextBrowser) else 1):
        QTest.keyClick(one, Qt.Key.Key_Tab)
        settle(1)
        if QApplication.focusWidget() is not one:
            return


def wrong_ways(name: str, window: QWidget) -> Iterator[str]:
    """What the keyboard does not reach, or not as one reads."""
    begin = QApplication.focusWidget()
    yield f"BEGINS {name}: {_name(begin) if begin is not None else ''}"
    if begin is not None and not takes_keyboard(begin):  # a page, where Space pauses
        QTest.keyClick(begin, Qt.Key.Key_Tab)
    wanted = {one for one in window.findChildren(QWidget) if takes_keyboard(one) and _is_seen(one, window)}
    order = stops(window)
    for one in wanted - set(order):
        yield f"NOT REACHED {name}: {_name(one)} ({type(one).__name__})"
    if len(order) < 2 or order[0] is not order[-1]:
        if wanted:
            yield f"TRAPPED {name}: {[_name(one) for one in order[-3:]]}"
        return
    ring = order[:-1]
    turns = [(before, after) for before, after in zip(ring, order[1:], strict=True) if not _reads_on(before, after)]
    # One of them is where it begins again: the one that goes up most.
    turns.sort(key=lambda turn: _place(turn[1]).top() - _place(turn[0]).top())
    for before, after in turns[1:]:
        yield f"OUT OF ORDER {name}: {_name(after)} after {_name(before)}"


def cut_off(name: str, window: QWidget) -> Iterator[str]:
    """What has the keyboard and is not seen whole, at any stop; what is larger than its page is scrolled by itself."""
    seen: set[QWidget] = set()
    while (on := QApplication.focusWidget()) is not None and on not in seen and on.window() is window.window():
        seen.add(on)
        room = seen_of(on, window)
        page = on.parentWidget() or window
        if room != on.size() and not isinstance(on, QTextEdit) and on.height() <= page.height():
            yield f"CUT OFF {name}: {_name(on)} shows {room.width()}x{room.height()} of {on.width()}x{on.height()}"
        QTest.keyClick(on, Qt.Key.Key_Tab)
        settle(1)


def _is_seen(one: QWidget, window: QWidget) -> bool:
    return one.window() is window.window() and one.isVisibleTo(window) and not one.size().isEmpty()


def _place(one: QWidget) -> QRect:
    return QRect(one.mapToGlobal(QPoint()), one.size())


def _reads_on(one: QWidget, other: QWidget) -> bool:
    """Whether one reads from the first to the other: on in the line, or down, or up into the next column."""
    areas = _scrolls(one), _scrolls(other)
    before, after = (
        _place(widget if areas[0] is areas[1] else area or widget)
        for widget, area in zip((one, other), areas, strict=True)
    )
    above, below = max(before.top(), after.top()), min(before.bottom(), after.bottom())
    if below - above > min(before.height(), after.height()) / 2:  # in one line
        return after.left() >= before.left()
    return after.top() >= before.top() or after.left() >= before.right()


def _scrolls(one: QWidget) -> QWidget | None:
    """The part of the window that it is scrolled in."""
    parent = one.parentWidget()
    while parent is not None and not isinstance(parent.parentWidget(), QScrollArea):
        parent = parent.parentWidget()
    return parent


def _name(one: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)


def walk(folder: Path, dump: bool) -> None:
    """Walks once."""
    services = FakeServices(folder)
    stored(folder / "sessions.db", Marker(1, 0.2, "quiz"), summary(1.0), name="Physics")
    stored(folder / "sessions.db", summary(90.0), name="Mathematics 7b")
    speaking("en", services)
    store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(services, store)
    window.resize(1280, 720)
    window.show()
    try:
        for name, shown in every_window(window, services, store):
            lines = [f"LOOKED: {name}", *wrong_words(name, spoken(shown))]
            if dump:
                lines += [f"  {said}" for said in spoken(shown)]
            lines += [*wrong_ways(name, shown), *cut_off(name, shown)]
            sys.stdout.write("".join(f"{line}\n" for line in lines))
            sys.stdout.flush()
    finally:
        window.session.stop()
        window.session.give_up_saving()
        end_threads(window)


def main(folder: Path, dump: bool) -> None:
    """Ends at once, with the windows as they are."""
    code = 1
    try:
        walk(folder, dump)
        code = 0
    except Exception:  # noqa: BLE001 (told, and the exit code says so)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    main(Path(sys.argv[1]), dump=len(sys.argv) > 2)
