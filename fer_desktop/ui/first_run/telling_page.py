"""The third page: what the class is told, and what it looks like, on the demo class."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.first_run.blocks import Page, words
from fer_desktop.ui.first_run.demo_picture import DemoPicture
from fer_desktop.ui.first_run.notice import NoticeCard
from fer_desktop.ui.look.theme import SPACE


class TellingPage(Page):
    """The notice, and the demo class small."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("TellingPage", "Telling the class"), parent)
        self.lead = words("")
        self.notice = NoticeCard()
        self.demo = DemoPicture(services)
        row = self.beside(2 * SPACE)
        beside = QVBoxLayout()
        beside.setSpacing(SPACE // 2)
        beside.addWidget(words(self.tr("The demo class"), "strong"))
        beside.addWidget(
            words(
                self.tr(
                    "Twenty-five generated faces, none of them a real person. Try the program on them at any time."
                ),
                "muted",
            )
        )
        beside.addStretch(1)
        row.addWidget(self.demo)
        row.addLayout(beside, 1)
        self.column.addWidget(self.lead)
        self.column.addWidget(self.notice)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def tell(self, live_class: bool) -> None:
        """What there is to do before the first class; nothing where none may be read."""
        if live_class:
            text = self.tr(
                "Before you begin, put this into the call's chat, and say it too. Whoever does not want to be read is "
                "left out, no reason asked."
            )
        else:
            text = self.tr(
                "With your answers no class is read, so there is nobody to tell. You can look at the demo class."
            )
        self.lead.setText(text)
        self.notice.setVisible(live_class)
