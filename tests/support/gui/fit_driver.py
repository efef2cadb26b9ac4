"""Every page and dialog in one language on small screens: `fit_driver.py FOLDER LANGUAGE` prints what does not fit.

Each screen has a process of its own, forked before Qt has looked at it. A line for each place that was looked at, as
"1366x768 at 1.0, Settings: looked", and one for all that is cut there, with CUT. The language "ar" is English in Arabic
letters, from right to left.
"""

import json
import os
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QSize, Qt, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from support.fakes import DEMO, FakeServices
from support.gui.clipping import NAMES, clipped, fits, settle
from support.gui.glances import AS_USUAL, CALM, LEARNING, LOW, MORE_LOW
from support.gui.pictures import FAMILY
from support.stored import stored, summary

from fer_desktop.app import paths
from fer_desktop.core.help.pages import Topic
from fer_desktop.core.messages import Message, message
from fer_desktop.core.settings import Language, TextSize
from fer_desktop.pipeline.events import Marker
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.application import end_threads, make_application
from fer_desktop.ui.compare.dialog import CompareDialog
from fer_desktop.ui.exporting.dialog import ExportDialog
from fer_desktop.ui.exporting.moving import BackupDialog, ImportDialog, RestoreDialog
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.glance.panel import GlancePanel
from fer_desktop.ui.help.help_pages import about_page
from fer_desktop.ui.help.model_card_dialog import ModelCardDialog
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.mini.strip import MiniStrip
from fer_desktop.ui.saved.dialog import SavedDialog
from fer_desktop.ui.second_window import SecondWindow
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.sources.stream_dialog import StreamDialog
from fer_desktop.ui.sources.window_dialog import WindowDialog

LEAST = (640, 480)
COLUMN_PX = 400  # as wide as the window is docked at least
LONG_PATH = Path("/home/teacher/Documents/FER Desktop/session 2026-11-28 15-46-50.csv")
# Pixels of the window or screen, how many of the screen's make one of them, and the size of text in per cent.
SCREENS = (
    (LEAST, 1.0, "100"),
    (LEAST, 1.5, "100"),
    ((1366, 768), 1.0, "100"),
    ((911, 512), 1.5, "100"),
    ((1366, 768), 1.0, "150"),
)
NAMED = ("Physics", "Mathematics", "Demo class", "Built-in camera", "Zoom Meeting", "Plan of the lesson")
GLANCES = (
    ("calm", CALM, AS_USUAL, Message("As usual")),
    ("changed", LOW, MORE_LOW, Message("More look low?")),
    ("learning", LEARNING, AS_USUAL, message("Learning, {minutes} min left", minutes=5)),
)
_PATIENCE_S = 20.0
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


class ArabicLetters(QTranslator):
    """English with other letters, so that all of it runs from right to left; values and keys stay."""

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's own name)
        return False

    def translate(self, _context: str, source: str, _hint: str | None = None, _count: int = -1) -> str:
        kept = re.split(r"(\{[^}]*\}|%n|&|\t.*|`[^`]*`|\(\*.*\))", source)
        return "".join(part if index % 2 else _in_arabic(part) for index, part in enumerate(kept))


def _in_arabic(text: str) -> str:
    return re.sub("[A-Za-z]", lambda letter: _ARABIC[ord(letter[0].lower()) - ord("a")], text)


def until(met: Callable[[], bool], what: str) -> None:
    """Lets the program run until it is so."""
    end = time.monotonic() + _PATIENCE_S
    while not met():
        if time.monotonic() > end:
            raise TimeoutError(what)
        settle(1)
        time.sleep(0.005)
    settle()


def speaking(language: str, services: FakeServices, text_size: str = "100") -> QApplication:
    """The program in that language, with words of that size."""
    services.put(text_size=TextSize(text_size))
    if language != "ar":
        services.put(language=Language(language))
    app = make_application(services, paths.translations())
    if language == "ar":
        QLocale.setDefault(QLocale("ar_EG"))
        translator = ArabicLetters(app)
        app.installTranslator(translator)
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    apply_theme(app, "light", family=FAMILY)
    return app


def dialogs(window: MainWindow, services: FakeServices, store: QSettings) -> Iterator[tuple[str, QWidget]]:
    """Each is shown when it comes, and closed afterwards."""
    yield "Settings", SettingsDialog(services, window.settings, True, window)
    yield "First run", FirstRun(services, parent=window)
    window.help.window.open(Topic.FAULTS)
    yield "Help", window.help.window
    yield "About", about_page(window)
    yield "Model", ModelCardDialog(services, window)
    yield "Stream", StreamDialog("", window)
    yield "Copies", ExportDialog(services, [one.key for one in services.stored.listed()], parent=window)
    for name, moving in (("Backup", BackupDialog), ("Restore", RestoreDialog), ("Import", ImportDialog)):
        yield name, moving(services, window)
    yield "Windows", WindowDialog(services, None, window)
    yield "Second window", SecondWindow(int, bool)
    for name, shown, lines, short in GLANCES:
        panel, strip = GlancePanel(), MiniStrip(store)
        panel.setFixedWidth(window.width() - 24)
        panel.show_glance(shown, lines)
        strip.show_glance(shown, short)
        yield f"Glance, {name}", panel
        yield f"Mini strip, {name}", strip


def look(window: MainWindow, services: FakeServices, store: QSettings, size: QSize) -> Iterator[tuple[str, list[str]]]:
    """What is cut in each state."""
    fits(window, size)
    until(lambda: len(window.pages.home.rows.lessons.lessons) > 1, "no lessons")
    yield "Home", clipped(window)
    window.pages.home.show_lessons([])
    yield "Home, before the first lesson", clipped(window)
    window.pages.show_sources()
    until(lambda: len(window.start_page.cards) > 3, "no cards")
    yield "All sources", clipped(window)
    for menu in window.menuBar().findChildren(QMenu):
        yield f"Menu {menu.title()}", letters(menu)
    yield "Menu bar", letters(window.menuBar())
    for name, dialog in dialogs(window, services, store):
        dialog.show()
        settle(20)
        yield name, clipped(dialog) + letters(dialog)
        dialog.close()
    window.saved.open_list()
    saved = window.findChild(SavedDialog)
    assert saved is not None
    until(lambda: saved.list.topLevelItemCount() > 0, "no lessons")
    if (first := saved.list.topLevelItem(0)) is not None:
        saved.list.setCurrentItem(first)
    settle()
    yield "Saved lessons", clipped(saved) + letters(saved)
    saved.compare.click()
    compared = saved.findChild(CompareDialog)
    assert compared is not None
    until(lambda: bool(compared.rests.text()), "nothing was compared")
    settle(20)
    yield "Compare lessons", clipped(compared) + letters(compared)
    compared.close()
    saved.close()
    yield from look_at_lesson(window)
    yield from look_at_session(window)


def look_at_lesson(window: MainWindow) -> Iterator[tuple[str, list[str]]]:
    lesson = window._services.stored.listed()[-1]
    window.pages.open_lesson(lesson.id)
    page = window.pages.lesson
    until(lambda: page.view is not None, "the lesson was not read")
    assert page.view is not None
    yield "Lesson, the whole of it", clipped(window)
    page.view.player.seek(1.0)
    page.view.moments.show_removed(lesson.markers[0])
    settle()
    yield "Lesson, a moment", clipped(window)
    page._fail("This lesson is no longer stored.")
    settle()
    yield "Lesson, gone", clipped(window)
    window.pages.show_home()


def look_at_session(window: MainWindow) -> Iterator[tuple[str, list[str]]]:
    window._begin(DEMO)  # as a card does
    until(lambda: window.session.status.phase is Phase.LIVE, "not live")
    until(lambda: bool(window.status.health), "no figures")
    yield "Session, live", clipped(window)
    yield from look_at_seats(window)
    window.mark("")
    window.tell_problem("…")
    window.pause_or_resume()
    until(lambda: window.session.status.can_resume, "not paused")
    yield "Session, paused", clipped(window)
    window.pause_or_resume()
    window.session.stop()
    until(lambda: window.session.status.can_start, "not ended")
    yield "Session, ended", clipped(window)
    yield from look_at_column(window)


def look_at_column(window: MainWindow) -> Iterator[tuple[str, list[str]]]:
    """As narrow as it is docked beside a call, with the message of three buttons that a kept lesson ends with."""
    least, size = window.minimumSize(), window.size()
    window.setMinimumSize(0, 0)  # as docking does
    fits(window, QSize(COLUMN_PX, size.height()))
    messages = window._messages
    goes_on = [(messages.tr("Resume"), int), (messages.tr("New lesson"), int)]
    messages._tell_saved(LONG_PATH, "", goes_on, "")
    settle(20)
    yield "Column, saved", clipped(window)
    open_folder, messages_button = messages.tr("Open folder"), window.notice.button
    assert messages_button(open_folder) is not None
    messages.notice.tell("problem", str(LONG_PATH), [(messages.tr("Copy the path"), int), *goes_on], primary=2)
    settle(20)
    yield "Column, no folder can be shown", clipped(window)
    messages.notice.clear()
    window.setMinimumSize(least)
    fits(window, size)


def look_at_seats(window: MainWindow) -> Iterator[tuple[str, list[str]]]:
    folded, page = window.page.folded, window.page
    window.settings.put(window.settings.current.changed(seat_view=True))
    page.fold(True)
    until(lambda: page.seats.model.rowCount() > 0, "no seats")
    yield "Session, seats", clipped(window)
    page.fold(False)
    page.live.ask_me()
    settle(20)
    yield "Session, which is you", clipped(window)
    page.live.ask_me(False)
    window._who.questions._again = 12
    window._who.questions._show()
    settle(20)
    yield "Session, leave out again", clipped(window)
    window._who.questions._skip()
    page.fold(folded)
    window.settings.put(window.settings.current.changed(seat_view=False))


def letters(place: QWidget) -> list[str]:
    """Letters that are pressed for two things at a time in a menu or a dialog."""
    texts = [action.text() for action in place.actions()]
    if not isinstance(place, QMenu):
        texts += [one.text() for one in place.findChildren(QAbstractButton) if one.isVisible()]
    marked = Counter(letter.lower() for text in texts for letter in re.findall(r"&(\w)", text.replace("&&", "")))
    return [f"{letter!r} is pressed for two things" for letter, often in marked.items() if often > 1]


def walk(folder: Path, language: str, size: tuple[int, int], ratio: float, text_size: str) -> None:
    """Tells what is cut on that screen."""
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen(folder / 'screen.json', size, ratio)}"
    services = FakeServices(folder)
    stored(folder / "sessions.db", Marker(1, 0.2, "quiz"), summary(1.0), name="Physics")
    stored(folder / "sessions.db", summary(90.0), name="Mathematics 7b")
    NAMES.extend([*NAMED, str(folder), str(LONG_PATH)])
    speaking(language, services, text_size)
    store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(services, store)
    window.show()
    try:
        for name, found in look(window, services, store, QSize(*size)):
            for line in ("looked", *(f"CUT {words}" for words in found)):
                sys.stdout.write(f"{size[0]}x{size[1]} at {ratio}, text {text_size} %, {name}: {line}\n")
    finally:
        window.session.stop()
        window.session.give_up_saving()
        end_threads(window)


def screen(file: Path, size: tuple[int, int], ratio: float) -> Path:
    """The description of a screen, as Qt's platform without one reads it."""
    described = {"name": "screen", "x": 0, "y": 0, "width": size[0], "height": size[1], "dpr": ratio}
    text = json.dumps({"screens": [described | {"logicalDpi": 96, "logicalBaseDpi": 96}]})
    file.write_text(text, encoding="utf-8")
    return file


def main(folder: Path, language: str) -> None:
    """Walks on each screen. The exit code is 1 where it could not."""
    codes = [_in_a_process(folder / str(number), language, *one) for number, one in enumerate(SCREENS)]
    sys.exit(any(codes))


def _in_a_process(folder: Path, language: str, size: tuple[int, int], ratio: float, text_size: str) -> int:
    if sys.platform == "win32":
        return 1
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    code = 1
    try:
        folder.mkdir()
        walk(folder, language, size, ratio, text_size)
        code = 0
    except Exception:  # noqa: BLE001 (a fork must not go on with the program that it was made of)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
