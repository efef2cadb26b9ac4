"""Help → About the model: how far the network in use can be trusted, first in plain words, then in figures."""

from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fer_desktop.ui.bridge.jobs import Job
from fer_desktop.ui.bridge.services import ModelCard, Services
from fer_desktop.ui.help.model_card_summary import file_details, summary
from fer_desktop.ui.look.icons import apply_icons, request_icon
from fer_desktop.ui.look.theme import SPACE, px
from fer_desktop.ui.toolkit.screen_geometry import fit
from fer_desktop.ui.widgets.markdown_page import MarkdownPage

_LEAST_PX: Final = 560  # the widest table scrolls on a screen of 640 px


class ModelCardDialog(QDialog):
    """A page to read; the card comes from a worker."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._summary = self._technical = ""
        self._details = self.tr("Technical details")
        self.setWindowTitle(self.tr("About the model"))
        self.page, self.unfold = MarkdownPage(), QPushButton(self._details)
        self.close_button = QPushButton(self.tr("Close"))
        self.page.setMinimumWidth(_LEAST_PX)
        self.page.setAccessibleName(self.tr("About the model"))
        self.page.show_markdown(self.tr("Reading the card of the model"))
        self._lay_out()
        self.unfold.toggled.connect(self._on_unfold)
        self.close_button.clicked.connect(self.accept)
        job = Job(services.model_card)
        job.done.connect(self._show_card)
        job.failed.connect(self.page.setPlainText)
        job.begin()

    def _lay_out(self) -> None:
        self.unfold.setCheckable(True)
        self.unfold.setAutoDefault(False)
        self.unfold.hide()
        request_icon(self.unfold, "chevron-right", "muted")
        self.close_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.unfold)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(self.page, 1)
        whole.addLayout(foot)

    def sizeHint(self) -> QSize:
        """A page to read."""
        return QSize(px(720), px(704))

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the room that the screen has, and its icons."""
        super().showEvent(event)
        fit(self)
        apply_icons(self)
        self.page.setFocus()  # arrows and Page Down turn the page, Enter closes it

    def changeEvent(self, event: QEvent) -> None:
        """Gives the icons the colours of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)

    def _show_card(self, card: ModelCard) -> None:
        self._summary = summary(card, self._services.settings().min_height_px)
        self._technical = f"# {self._details}\n\n{file_details(card)}\n\n{card.page}"
        self.page.show_markdown(self._summary)
        self.unfold.show()

    def _on_unfold(self, wanted: bool) -> None:
        self.page.show_markdown(f"{self._summary}\n\n{self._technical}" if wanted else self._summary)
        if wanted:
            self.page.scroll_to_heading(self._details)
        request_icon(self.unfold, "chevron-down" if wanted else "chevron-right", "muted")
        apply_icons(self.unfold)
