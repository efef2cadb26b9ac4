"""The question before a recording is opened where recordings of others are refused."""

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel

_WIDTH_PX = 440


class OwnRecording(QDialog):
    """Accepted only with its tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A recording of yourself"))
        text = PlainLabel(
            self.tr(
                "Recordings of others stay off with your answers. One in which you alone are seen can be opened: "
                "you say so here, each time."
            )
        )
        text.setWordWrap(True)
        text.setMinimumWidth(px(_WIDTH_PX))
        self.tick = QCheckBox(self.tr("I alone am seen in it"))
        self.cancel, self.go_on = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Open"))
        set_role(self.go_on, "primary")
        self.go_on.setDefault(True)
        self.go_on.setEnabled(False)
        self.tick.toggled.connect(self.go_on.setEnabled)
        self.cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go_on)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(text)
        whole.addWidget(self.tick)
        whole.addLayout(buttons)
        self.tick.setFocus()
