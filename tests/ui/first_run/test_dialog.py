"""The three pages before anything is captured: what they say, how they are gone through, what they leave."""

import json
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices, FakeSource
from support.gui.pseudo_translation import pseudo_language, untranslated
from support.places import RESOURCES, ROOT

from fer_desktop.core.errors import ModelError, StoreError
from fer_desktop.core.model_card import CardContent
from fer_desktop.core.policy import REFUSED
from fer_desktop.core.settings import Context, Jurisdiction, Settings
from fer_desktop.core.sources import SourceKind
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.services import ModelCard
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.first_run.knowing_page import KnowingPage
from fer_desktop.ui.first_run.notice import notice_text
from fer_desktop.ui.first_run.share_rows import ShareRows
from fer_desktop.ui.look.theme import apply_theme

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SHIPPED = CardContent.model_validate(json.loads((ROOT / "models" / "expression.json").read_text(encoding="utf-8")))


@pytest.fixture
def services(services: FakeServices) -> FakeServices:
    """As at the first start, with the network that comes with the program."""
    services.use_settings(Settings())
    services.card = ModelCard(ROOT / "models" / "expression.tflite", True, "crowd", SHIPPED, "0" * 64, "")
    services.sources[SourceKind.DEMO] = lambda: FakeSource("Demo class")
    return services


@pytest.fixture
def pages(qtbot: QtBot, services: FakeServices) -> Iterator[FirstRun]:
    shown = open_pages(qtbot, services)
    yield shown
    shown.reject()
    settle(qtbot)


def settle(qtbot: QtBot) -> None:
    """Ends what was asked of workers, and hands it on while the widgets are still there."""
    assert wait_for_jobs(5000)
    qtbot.wait(1)


def pressed(key: Qt.Key) -> None:
    """A key, on what has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def open_pages(qtbot: QtBot, services: FakeServices, changing: bool = False) -> FirstRun:
    pages = FirstRun(services, changing)
    qtbot.addWidget(pages)
    pages.show()
    knowing = pages.pages[0]
    qtbot.waitUntil(lambda: bool(knowing.findChildren(ShareRows)) or "not" in text_of(pages))
    return pages


def text_of(pages: FirstRun) -> str:
    return "\n".join(label.text() for label in pages.findChildren(QLabel) if label.isVisible())


def answer(pages: FirstRun, jurisdiction: Jurisdiction, context: Context) -> None:
    pages.law.button(jurisdiction).click()
    pages.law.button(context).click()


def test_the_first_page_says_how_often_it_errs_out_of_the_card_of_the_network(pages: FirstRun) -> None:
    assert "more than one in three is wrong" in text_of(pages)
    shown, heights = (rows.accessibleName() for rows in pages.findChildren(ShareRows))
    assert shown == "Smiling: 91 of 100, Neutral: 90 of 100, Surprised: 80 of 100, Sad, afraid or angry: 48 of 100"
    assert heights == "16 px: 80 of 100, 24 px: 84 of 100, 32 px: 86 of 100, 48 px: 87 of 100"


@pytest.mark.parametrize(
    ("accuracy", "says"),
    [(0.45, "more than half are wrong"), (0.7, "more than one in four"), (0.95, "many are wrong"), (None, "not known")],
)
def test_the_words_of_error_follow_the_card_and_never_promise_what_was_not_measured(
    qtbot: QtBot, services: FakeServices, accuracy: float | None, says: str
) -> None:
    figures = {} if accuracy is None else {"private_test": {"accuracy": accuracy}}
    services.card = ModelCard(services.folder, False, "", CardContent.model_validate({"figures": figures}), "", "")
    page = KnowingPage(services)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: says in page.errors.text())
    settle(qtbot)


def test_a_network_without_a_card_that_can_be_read_does_not_stop_the_pages(
    qtbot: QtBot, services: FakeServices
) -> None:
    services.model_error = ModelError("The shipped network is missing: install the program again.")
    pages = open_pages(qtbot, services)
    qtbot.waitUntil(lambda: "install the program again" in text_of(pages))
    pages.go_on.click()
    assert pages.page == 1
    settle(qtbot)


@pytest.mark.parametrize("context", [Context.EDUCATION, Context.WORK])
def test_what_follows_is_said_at_once_and_what_stays_is_named(pages: FirstRun, context: Context) -> None:
    pages.go_on.click()
    assert not pages.go_on.isEnabled()
    answer(pages, Jurisdiction.EU, context)
    assert pages.law.outcome.text() == str(REFUSED)
    assert "Article 5(1)(f)" in pages.law.law.text()
    assert [row.text() for row in pages.law.rows.values()] == ["✕ stays off"] * 2 + ["✓ can be used"] * 3
    pages.law.button(Jurisdiction.OTHER).click()
    assert "all sources" in pages.law.outcome.text()
    assert {row.text() for row in pages.law.rows.values()} == {"✓ can be used"}
    assert pages.go_on.isEnabled()


def test_nobody_is_to_be_told_where_no_class_is_read(pages: FirstRun) -> None:
    pages.go_on.click()
    answer(pages, Jurisdiction.EU, Context.EDUCATION)
    pages.go_on.click()
    assert not pages.telling.notice.isVisible()
    assert "nobody to tell" in pages.telling.lead.text()
    pages.back.click()
    pages.law.button(Jurisdiction.OTHER).click()
    pages.go_on.click()
    assert pages.telling.notice.isVisible()


def test_the_notice_is_copied_whole(pages: FirstRun) -> None:
    pages.go_on.click()
    answer(pages, Jurisdiction.OTHER, Context.EDUCATION)
    pages.go_on.click()
    pages.telling.notice.copy.click()
    assert QGuiApplication.clipboard().text() == notice_text() == pages.telling.notice.text.text()
    assert "no pictures" in notice_text()
    assert pages.telling.notice.copied.text()


def test_the_demo_class_plays_while_its_page_is_seen_and_no_longer(
    qtbot: QtBot, services: FakeServices, pages: FirstRun
) -> None:
    assert services.made == []
    pages.go_on.click()
    answer(pages, Jurisdiction.EU, Context.EDUCATION)
    pages.go_on.click()
    qtbot.waitUntil(lambda: pages.telling.demo.has_image)
    [source] = services.made
    assert isinstance(source, FakeSource)
    pages.back.click()
    assert not pages.telling.demo.plays
    qtbot.waitUntil(lambda: source.closed == 1)


def test_a_demo_class_that_takes_its_time_to_load_keeps_nobody_waiting(
    qtbot: QtBot, services: FakeServices, pages: FirstRun
) -> None:
    loads = threading.Event()

    def slow() -> FakeSource:
        assert loads.wait(20)
        return FakeSource("Demo class")

    services.sources[SourceKind.DEMO] = slow
    pages.go_on.click()
    answer(pages, Jurisdiction.OTHER, Context.EDUCATION)
    pages.go_on.click()
    with qtbot.waitSignal(pages.answered):
        pages.go_on.click()
    assert not pages.isVisible()
    assert not loads.is_set()
    loads.set()


def test_what_is_accepted_is_in_the_log_before_anything_goes_by_it(
    qtbot: QtBot, services: FakeServices, pages: FirstRun
) -> None:
    pages.go_on.click()
    answer(pages, Jurisdiction.OTHER, Context.WORK)
    pages.go_on.click()
    logged: list[int] = []
    pages.answered.connect(lambda _answers: logged.append(len(services.consent_log().entries)))
    with qtbot.waitSignal(pages.answered) as answered:
        pages.go_on.click()
    assert logged == [1]
    assert answered.args == [Settings(accepted_use=True, jurisdiction=Jurisdiction.OTHER, context=Context.WORK)]
    [entry] = services.consent_log().entries
    assert (entry.jurisdiction, entry.context, entry.program) == (Jurisdiction.OTHER, Context.WORK, "0.1.0")
    assert not pages.isVisible()


def test_answers_that_cannot_be_logged_are_not_accepted_and_can_be_tried_again(
    qtbot: QtBot, services: FakeServices, pages: FirstRun
) -> None:
    services.log_error = StoreError("Your answers cannot be kept: the disk is full.")
    answered: list[object] = []
    pages.answered.connect(answered.append)
    pages.go_on.click()
    answer(pages, Jurisdiction.OTHER, Context.EDUCATION)
    pages.go_on.click()
    pages.go_on.click()
    qtbot.waitUntil(lambda: "disk is full" in pages.problem)
    assert pages.isVisible()
    assert answered == []
    services.log_error = None
    with qtbot.waitSignal(pages.answered):
        pages.go_on.click()


def test_later_leaves_all_as_it_was(qtbot: QtBot, services: FakeServices, pages: FirstRun) -> None:
    pages.go_on.click()
    answer(pages, Jurisdiction.OTHER, Context.EDUCATION)
    with qtbot.waitSignal(pages.rejected):
        QTest.keyClick(pages, Qt.Key.Key_Escape)
    assert services.consent_log().entries == ()
    assert services.settings() == Settings()


def test_the_keyboard_alone_goes_through_all_pages(qtbot: QtBot, pages: FirstRun) -> None:
    qtbot.waitUntil(lambda: pages.go_on.hasFocus())
    QTest.keyClick(pages.go_on, Qt.Key.Key_Return)
    assert pages.page == 1
    first = pages.law.button(Jurisdiction.EU)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    pressed(Qt.Key.Key_Space)
    assert pages.law.button(Jurisdiction.OTHER).isChecked()
    pressed(Qt.Key.Key_Tab)
    pressed(Qt.Key.Key_Space)
    assert pages.law.button(Context.EDUCATION).isChecked()
    pressed(Qt.Key.Key_Return)
    assert pages.page == 2
    QTest.keyClick(pages, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert pages.page == 1
    assert pages.steps.text == "2 of 3"
    pressed(Qt.Key.Key_Return)
    with qtbot.waitSignal(pages.answered):
        pressed(Qt.Key.Key_Return)


def test_changing_begins_with_the_answers_that_were_given(qtbot: QtBot, services: FakeServices) -> None:
    services.put(accepted_use=True, jurisdiction="eu", context="work")
    pages = open_pages(qtbot, services, changing=True)
    assert pages.page == 1
    assert pages.law.button(Jurisdiction.EU).isChecked()
    assert pages.law.button(Context.WORK).isChecked()
    pages.law.button(Context.OTHER).click()
    pages.go_on.click()
    assert pages.go_on.text() == "Save answers"
    with qtbot.waitSignal(pages.answered):
        pages.go_on.click()
    assert services.consent_log().entries[-1].event.value == "changed"
    settle(qtbot)


@pytest.fixture
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """What is made in the test speaks it."""
    translator = QTranslator()
    assert translator.load(str(RESOURCES / "i18n" / f"fer_desktop_{request.param}.qm"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def cut_off(page: QWidget) -> list[str]:
    """What is seen of it has less room than it needs."""
    labels = (label for label in page.findChildren(QLabel) if label.isVisible() and label.text())
    cut = [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]
    tables = (rows for rows in page.findChildren(ShareRows) if rows.isVisible())
    least = ((rows, QSize(rows.minimumSizeHint().width(), rows.sizeHint().height())) for rows in tables)
    return cut + [rows.accessibleName() for rows, size in least if rows.size().expandedTo(size) != rows.size()]


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("language", ["en", "de"], indirect=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_small_screen_the_buttons_are_always_there_and_the_rest_scrolls(
    qtbot: QtBot, qapp: QApplication, services: FakeServices, theme: str
) -> None:
    apply_theme(qapp, theme)
    pages = open_pages(qtbot, services)
    pages.resize(QSize(576, 416))  # 640x480 with a frame and a taskbar
    answer(pages, Jurisdiction.EU, Context.EDUCATION)
    for page in range(3):
        pages.turn_to(page)
        shown = pages.pages[page]
        qtbot.waitUntil(lambda shown=shown: shown.width() <= 528)  # type: ignore[misc]  # the dialog's, less its margins
        qtbot.waitUntil(lambda shown=shown: cut_off(shown) == [])  # type: ignore[misc]  # it is laid out in several steps
        assert pages.size() == QSize(576, 416)
        for button in (pages.later, pages.back, pages.go_on):
            corner = button.mapTo(pages, button.rect().bottomRight())
            assert button.isVisible()
            assert pages.rect().contains(corner)
        scroll = pages._stack.currentWidget()
        assert isinstance(scroll, QScrollArea)
        assert shown.width() <= scroll.viewport().width()
        if bottom := scroll.verticalScrollBar().maximum():
            QTest.keyClick(pages, Qt.Key.Key_PageDown)
            assert scroll.verticalScrollBar().value() == min(bottom, scroll.verticalScrollBar().pageStep())
    pages.reject()
    settle(qtbot)


def test_every_control_has_a_name(pages: FirstRun) -> None:
    for button in pages.findChildren(QPushButton):
        assert button.text() or button.accessibleName()
    for answer_of in (Jurisdiction.EU, Context.WORK):
        assert pages.law.button(answer_of).accessibleDescription().endswith("?")
    assert all(page.accessibleName() for page in pages.pages)


@pytest.mark.parametrize("jurisdiction", [Jurisdiction.EU, Jurisdiction.OTHER])
def test_all_of_it_is_in_the_users_language(qtbot: QtBot, services: FakeServices, jurisdiction: Jurisdiction) -> None:
    with pseudo_language():
        pages = FirstRun(services)
        qtbot.addWidget(pages)
        pages.show()
        qtbot.waitUntil(lambda: bool(pages.findChildren(ShareRows)))
        for context in (Context.EDUCATION, Context.WORK, Context.OTHER):
            answer(pages, jurisdiction, context)
            for page in range(3):
                pages.turn_to(page)
                pages.telling.notice.copy.click()
                assert untranslated(pages) == []
        rows = [name for table in pages.findChildren(ShareRows) for name, _ in table.rows]
        assert all("⟦" in name for name in rows)
        pages.reject()
    settle(qtbot)
