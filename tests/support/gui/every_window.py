"""Every window of the program in its states, one after another, for tests that look at all of them."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from support.fakes import DEMO, FakeServices
from support.gui.clipping import settle
from support.gui.fit_driver import dialogs, until

from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.glance.alerts.alert_detector import AlertRaised, alert_message
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.compare.dialog import CompareDialog
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog

Shown = tuple[str, QWidget]


def every_window(window: MainWindow, services: FakeServices, store: QSettings) -> Iterator[Shown]:
    """Name and window, which is shown and has the keyboard while it is looked at."""
    until(lambda: len(window.start_page.cards) > 3, "no cards")
    yield "Start page", active(window)
    for name, dialog in dialogs(window, services, store):
        if not name.startswith("Glance"):  # a part of the live page
            dialog.show()
            settle(20)
            yield name, active(dialog)
            dialog.close()
    yield from _first_run(window, services)
    yield from _saved(window)
    yield "Opened lesson", active(_opened(window))
    window.pages.show_home()
    yield from _session(window)


def active(window: QWidget) -> QWidget:
    """The window, once it has the keyboard."""
    window.activateWindow()
    until(window.isActiveWindow, f"{window.windowTitle()!r} does not get the keyboard")
    return window


def _first_run(window: MainWindow, services: FakeServices) -> Iterator[Shown]:
    dialog = FirstRun(services, parent=window)
    dialog.show()
    for page, name in enumerate(("knowing", "law", "telling")):
        dialog.turn_to(page)
        settle(20)
        yield f"First run, {name}", active(dialog)
    dialog.close()


def _saved(window: MainWindow) -> Iterator[Shown]:
    window.saved.open_list()
    saved = window.findChild(SavedDialog)
    assert saved is not None
    until(lambda: saved.list.topLevelItemCount() > 0, "no lessons")
    yield "Saved lessons", active(saved)
    saved.compare.click()
    compared = saved.findChild(CompareDialog)
    assert compared is not None
    until(lambda: compared.comparison is not None, "nothing was compared")
    yield "Compare lessons", active(compared)
    compared.close()
    saved.close()


def _opened(window: MainWindow) -> QWidget:
    """A stored lesson, at a moment of it, with one of its markers chosen."""
    lesson = window._services.stored.listed()[-1]
    window.pages.open_lesson(lesson.id)
    page = window.pages.lesson
    until(lambda: page.view is not None, "the lesson was not read")
    assert page.view is not None
    page.view.player.seek(0.5)
    if lesson.markers:
        page.view.moments.table.choose(lesson.markers[0].number)
    settle(20)
    return window


def _session(window: MainWindow) -> Iterator[Shown]:
    window._begin(DEMO)  # as a card does
    until(lambda: window.session.status.phase is Phase.LIVE, "not live")
    until(lambda: bool(window.status.figures), "no figures")
    page = window.page
    page.alert_line.switch_on(True)
    page.alert_line.show_alert(alert_message(AlertRaised(AlertKind.MORE_LOW, 400.0, 8, 22, 3)))
    settle(20)
    yield "Session, live", active(window)
    page.chart.set_view("curves")
    settle(20)
    yield "Session, curves", active(window)
    page.chart.set_view("ten")
    window.mark("quiz")
    window.mark("break")
    until(lambda: len(window.model.markers) > 1, "no markers")
    window.ask_marker()
    settle(20)
    yield "Markers", window.marking.popover
    window.marking.popover.close()
    page.read.told.popover.open_at(page.read.told.what)
    settle(20)
    yield "What others were told", page.read.told.popover
    page.read.told.popover.hide()
    window.tell_problem("The disk is full: free some space.")
    window.pause_or_resume()
    until(lambda: window.session.status.can_resume, "not paused")
    yield "Session, paused", active(window)
    window.pause_or_resume()
    window.session.stop()
    until(lambda: window.session.status.can_start, "not ended")
    settle(20)
    yield "Session, ended", active(window)


def keyboard_on() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the keyboard"
    return found


def waits_for(met: Callable[[], bool], limit_s: float = 5.0) -> bool:
    """Whether it became so in time."""
    end = time.monotonic() + limit_s
    while not met() and time.monotonic() < end:
        settle(1)
        time.sleep(0.005)
    return met()
