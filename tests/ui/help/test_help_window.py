"""The window of help: every page can be reached and read, by its list, its field and its links."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings, QSize, Qt, QUrl
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot
from support.gui.pictures import Snapshot
from support.gui.pseudo_translation import untranslated

from fer_desktop.core.help.library import FAULTS, PAGES
from fer_desktop.core.help.pages import Topic
from fer_desktop.core.settings.catalogue import all_settings
from fer_desktop.ui.help.help_window import HelpWindow

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEYS = [("Ctrl+N", "New lesson"), ("Space", "Pause or resume")]
Show = Callable[[], HelpWindow]


@pytest.fixture
def shown(qtbot: QtBot, store: QSettings) -> Show:
    def show() -> HelpWindow:
        window = HelpWindow(store, lambda: KEYS)
        qtbot.addWidget(window)
        window.open(Topic.FIRST_STEPS)
        return window

    return show


def rows(window: HelpWindow) -> list[QTreeWidgetItem]:
    return list(window.list.items_by_key().values())


def visible(window: HelpWindow) -> list[str]:
    return [key for key, item in window.list.items_by_key().items() if not item.isHidden()]


def test_every_page_is_in_the_list_and_is_read_from_there(shown: Show) -> None:
    window = shown()
    assert [str(item.data(0, Qt.ItemDataRole.UserRole)) for item in rows(window)] == [page.key for page in PAGES]
    for item, page in zip(rows(window), PAGES, strict=True):
        window.list.setCurrentItem(item)
        assert window.shown == page.key
        assert window.page.toPlainText().startswith(str(page.title))
        for part in page.parts:
            for words in part.words:
                assert str(words) in window.page.toPlainText()
        assert window.page.accessibleName() == str(page.title)


def test_the_index_links_to_every_page_about_a_fault(shown: Show) -> None:
    window = shown()
    for page in FAULTS:
        window.open(Topic.FAULTS)
        assert f'href="help:{page.key}"' in window.page.toHtml()
        window.page.anchorClicked.emit(QUrl(f"help:{page.key}"))
        assert window.shown == page.key
    window.page.anchorClicked.emit(QUrl("https://example.org/camera"))
    assert window.shown == FAULTS[-1].key


def test_the_keys_and_the_settings_are_those_of_the_program(shown: Show) -> None:
    window = shown()
    window.open(Topic.KEYS)
    assert all(key in window.page.toPlainText() and does in window.page.toPlainText() for key, does in KEYS)
    window.open(Topic.SETTINGS)
    for setting in all_settings():
        assert (setting.info.label in window.page.toPlainText()) or not setting.info.section.in_dialog


def test_the_words_say_how_often_the_network_is_wrong_as_soon_as_that_is_known(shown: Show) -> None:
    window = shown()
    window.open(Topic.WORDS)
    assert window.page.toPlainText().endswith("Reading how often it is wrong")
    window.show_rates("More than one in three is wrong.")
    assert window.page.toPlainText().endswith("More than one in three is wrong.")


def test_the_field_leaves_the_pages_that_have_all_the_words(qtbot: QtBot, shown: Show) -> None:
    window = shown()
    qtbot.keyClicks(window.search, "UNPLUG camera")
    assert visible(window) == [Topic.FAULTS, "no-camera", "camera-busy"]
    assert window.shown == "no-camera"
    window.search.setText("disk")
    assert window.shown == "disk-full"  # others have the word too, this one in its title
    window.search.setText("xylophone")
    assert visible(window) == []
    assert window.nothing.isVisible()
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert len(visible(window)) == len(PAGES)
    assert not window.nothing.isVisible()
    assert window.isVisible()


def test_a_page_that_the_search_hides_is_opened_all_the_same(shown: Show) -> None:
    window = shown()
    window.search.setText("xylophone")
    window.open("disk-full")
    assert window.shown == "disk-full"
    assert "disk-full" in visible(window)


def test_keys_lead_through_it(qtbot: QtBot, shown: Show) -> None:
    window = shown()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert window.focusWidget() is window.page
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.search
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.focusWidget() is window.list
    qtbot.keyClick(window.list, Qt.Key.Key_Down)
    assert window.shown == Topic.KEYS
    qtbot.keyClick(window.list, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_it_remembers_how_large_it_was(shown: Show) -> None:
    window = shown()
    window.resize(700, 500)
    window.close()
    again = shown()
    assert again.size() == QSize(700, 500)


def test_it_fits_a_screen_of_640_by_480(shown: Show) -> None:
    window = shown()
    window.resize(624, 432)
    QApplication.processEvents()
    assert window.size() == QSize(624, 432)
    for page in PAGES:
        window.open(page.key)
        assert window.page.horizontalScrollBar().maximum() == 0, page.key


@pytest.mark.usefixtures("in_brackets")
def test_all_of_it_is_translated(shown: Show) -> None:
    window = shown()
    left = set()
    for page in PAGES:
        window.open(page.key)
        left.update(untranslated(window))
    keys = {f"MarkdownPage: {words}" for row in KEYS for words in row}
    assert sorted(left - keys) == []


def test_a_page_about_a_fault_looks_like_this(shown: Show, snapshot: Snapshot) -> None:
    window = shown()
    window.resize(880, 640)
    window.open("covered")
    window.list.setFocus()
    snapshot(window, "help_fault")


@pytest.mark.usefixtures("dark")
def test_first_steps_look_like_this_where_it_is_dark_and_narrow(shown: Show, snapshot: Snapshot) -> None:
    window = shown()
    window.resize(624, 432)
    window.list.setFocus()
    snapshot(window, "help_first_steps_dark")
