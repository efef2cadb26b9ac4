"""The states that pictures are taken of: one line each in STATES, and how each is brought about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from fer_desktop.core.help.pages import Topic
from fer_desktop.core.settings import Context, Jurisdiction
from fer_desktop.core.sources import SourceKind
from fer_desktop.ui.automation.screenshots import stored_states
from fer_desktop.ui.automation.screenshots.replay import Circumstances, Moment
from fer_desktop.ui.automation.screenshots.stage import SIZE, Stage, settle, until
from fer_desktop.ui.automation.screenshots.stored_states import Show, comparison, export, moving, reading
from fer_desktop.ui.bridge.lesson_files import FileKind
from fer_desktop.ui.exporting.moving import BackupDialog, ImportDialog, RestoreDialog
from fer_desktop.ui.first_run.demo_picture import DemoPicture
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.help.help_pages import about_page
from fer_desktop.ui.help.model_card_dialog import ModelCardDialog
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.region.overlay import RegionOverlay
from fer_desktop.ui.saved.editing import Field
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.sources.thumbnails import card_key
from fer_desktop.ui.sources.window_dialog import WindowDialog

NARROW: Final = QSize(640, 480)
LAPTOP: Final = QSize(1366, 720)  # what a screen of 1366x768 leaves
_INTO_CHANGE_S: Final = 20.0
_USUAL: Final = Circumstances()
_NEW: Final = Circumstances(answered=False)
_IN_EU: Final = Circumstances(in_eu=True)


@dataclass(frozen=True, slots=True)
class State:
    """A page of the program, or a state of one."""

    name: str  # of its files
    show: Show  # brings it about; what is shown is the picture
    given: Circumstances = _USUAL


def first_run(page: int, jurisdiction: Jurisdiction = Jurisdiction.OTHER) -> Show:
    """A page of what is read and answered first, answered as far as it is come to."""

    def show(stage: Stage) -> QWidget:
        pages = FirstRun(stage.studio)
        if page:
            for answer in (jurisdiction, Context.EDUCATION):
                pages.law.button(answer).setChecked(True)
        pages.turn_to(page)
        stage.dialog(pages)
        seen = [one for one in pages.findChildren(DemoPicture) if one.isVisible()]
        until(lambda: all(one.has_image for one in seen), "the demo class was not drawn")
        return pages

    return show


def home(stage: Stage) -> QWidget:
    """The lessons, or the welcome before the first."""
    return seen_home(stage, SIZE)


def seen_home(stage: Stage, size: QSize) -> QWidget:
    """The same in a window of that size, once the rows that are seen have their trends."""
    window = stage.window(size)
    settle()
    window.pages.home.rows.viewport().repaint()  # which asks for them
    settle()
    return window


def searched(text: str, size: QSize = SIZE) -> Show:
    """Home after that was typed into the search."""

    def show(stage: Stage) -> QWidget:
        window = stage.window(size)
        home = window.pages.home
        until(lambda: bool(home.rows.lessons.lessons), "no lesson is stored")
        window.pages.find_lesson()
        home.listed.search.setText(text)
        settle()
        return window

    return show


def renamed(stage: Stage) -> QWidget:
    """Home while a lesson's name is typed."""
    window = stage.window()
    rows = window.pages.home.rows
    until(lambda: bool(rows.lessons.lessons), "no lesson is stored")
    rows.edit_chosen(Field.NAME)
    settle()
    return window


def sources(stage: Stage) -> QWidget:
    """All sources with what each shows."""
    window = stage.window()
    window.pages.show_sources()

    def seen() -> bool:
        cards, keys = window.start_page.cards, ("region", card_key(stage.studio.demo()))
        return "camera" not in cards and all(key in cards and cards[key].has_image() for key in keys)

    until(seen, "the sources have no pictures")
    return window


def asking_for(kind: SourceKind) -> Show:
    """Home after something was asked for that cannot be."""

    def show(stage: Stage) -> QWidget:
        window = stage.window()
        window.flow.request(kind)
        settle()
        return window

    return show


def window_choice(stage: Stage) -> QWidget:
    """The question which window shows the call."""
    dialog = WindowDialog(stage.studio, None)
    stage.dialog(dialog)
    until(lambda: dialog.preview.has_image, "no window was seen")
    return dialog


def region(stage: Stage) -> QWidget:
    """The picker of a part of the screen, with the call drawn around."""
    overlay = RegionOverlay(stage.studio.grab, stage.studio.screens(), stage.studio.call_place, stage.owner)
    stage.at_end(overlay.cancel)
    overlay.start()
    settle()
    return overlay.windows[0]


def live(moment: Moment, size: QSize = SIZE, then: Callable[[MainWindow], object] | None = None) -> Show:
    """A session at that moment; `then` is done to its window."""

    def show(stage: Stage) -> QWidget:
        window = stage.window(size)
        stage.play(window, moment)
        if then is not None:
            then(window)
            settle()
        return window

    return show


def strip(moment: Moment) -> Show:
    """The mini strip at that moment."""

    def show(stage: Stage) -> QWidget:
        window = stage.window()
        stage.play(window, moment)
        window.away.give_way()
        strip = window.away.strip
        until(strip.isVisible, "the strip did not come")
        strip.pause.clearFocus()  # on a desktop it comes without the keyboard
        return strip

    return show


def saved_lessons(stage: Stage) -> QWidget:
    """The list of what is stored, a lesson with its markers chosen."""
    dialog = stored_states.saved_list(stage)
    if (first := dialog.list.topLevelItem(0)) is not None:
        first.setExpanded(True)
        dialog.list.setCurrentItem(first)
    settle()
    return dialog


def opened_lesson(size: QSize = SIZE, at_change: bool = True) -> Show:
    """A stored lesson, at its first large change, or as a whole."""

    def show(stage: Stage) -> QWidget:
        window = stage.window(size)
        window.pages.open_lesson(stage.studio.stored.listed()[0].id)
        page = window.pages.lesson
        until(lambda: page.view is not None, "the lesson was not read")
        if page.view is not None and at_change:
            page.view.player.seek(page.view.content.changes[0].change.since_s + _INTO_CHANGE_S)
            settle()
        return window

    return show


def lesson_gone(stage: Stage) -> QWidget:
    """The page of a lesson that was erased meanwhile."""
    window = stage.window()
    window.pages.open_lesson(0)
    until(lambda: bool(window.pages.lesson.trouble.text), "nothing was said")
    return window


def settings(stage: Stage) -> QWidget:
    """All settings."""
    window = stage.window()
    return stage.dialog(SettingsDialog(stage.studio, window.settings, False, window))


def alone(make: Callable[[Stage], QDialog]) -> Show:
    """A dialog that needs no window."""
    return lambda stage: stage.dialog(make(stage))


def help_page(key: str) -> Show:
    """The help, at that page."""

    def show(stage: Stage) -> QWidget:
        window = stage.window()
        window.help.open(key)
        stage.at_end(window.help.close)
        settle()
        return window.help.window

    return show


# The order is that in which a teacher meets them. What is new gets a line here.
STATES: Final = (
    State("first-run-1", first_run(0), _NEW),
    State("first-run-2", first_run(1), _NEW),
    State("first-run-2-eu", first_run(1, Jurisdiction.EU), _NEW),
    State("first-run-3", first_run(2), _NEW),
    State("home-empty", home, Circumstances(lessons=False)),
    State("home-lessons", home),
    State("home-lessons-narrow", lambda stage: seen_home(stage, NARROW)),
    State("home-search", searched("9b video")),
    State("home-search-empty", searched("chemistry")),
    State("home-rename", renamed),
    State("sources", sources),
    State("error", asking_for(SourceKind.REGION), Circumstances(sees_screen=False)),
    State("refused", asking_for(SourceKind.WINDOW), _IN_EU),
    State("window-choice", window_choice),
    State("region", region),
    State("live-loading", live(Moment.LOADING)),
    State("live-learning", live(Moment.LEARNING)),
    State("live-calm", live(Moment.CALM)),
    State("live-changed", live(Moment.CHANGED)),
    State("live-alert", live(Moment.ALERT)),
    State("live-paused", live(Moment.PAUSED)),
    State("live-covered", live(Moment.COVERED)),
    State("live-lost", live(Moment.LOST)),
    State("live-slow", live(Moment.SLOW)),
    State("live-no-face", live(Moment.NO_FACE)),
    State("live-withheld", live(Moment.WITHHELD)),
    State("live-laptop", live(Moment.CHANGED, LAPTOP)),
    State("live-docked", live(Moment.ALERT), Circumstances(docks=True)),
    State("live-narrow", live(Moment.ALERT, NARROW)),
    State("live-curves", live(Moment.ALERT, then=lambda window: window.page.chart.set_view("curves"))),
    State("live-marker", live(Moment.CALM, then=lambda window: window.marking.ask(window.page.header.marker))),
    State("strip-calm", strip(Moment.CALM)),
    State("strip-changed", strip(Moment.CHANGED)),
    State("strip-alert", strip(Moment.ALERT)),
    State("ended", live(Moment.ENDED)),
    State("lessons", saved_lessons),
    State("lesson", opened_lesson(at_change=False)),
    State("lesson-moment", opened_lesson()),
    State("lesson-narrow", opened_lesson(NARROW)),
    State("lesson-gone", lesson_gone),
    State("compare", comparison()),
    State("compare-usual", comparison(usual=True)),
    State("compare-narrow", comparison(NARROW)),
    State("export", export(FileKind.PDF)),
    State("backup", moving(BackupDialog)),
    State("restore", moving(RestoreDialog, "FER Desktop 2026-11-20.db")),
    State("import", moving(ImportDialog, "2026-11-20 Lesson.csv")),
    State("erase-everything", stored_states.erase_everything),
    State("erased", stored_states.erased),
    State("reading", reading(done=False)),
    State("reading-done", reading(done=True)),
    State("reading-narrow", reading(done=False, size=NARROW)),
    State("settings", settings),
    State("model", alone(lambda stage: ModelCardDialog(stage.studio))),
    State("help", help_page(Topic.FIRST_STEPS)),
    State("help-fault", help_page("covered")),
    State("about", alone(lambda _stage: about_page())),
)
