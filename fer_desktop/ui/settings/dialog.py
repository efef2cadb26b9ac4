"""The settings, in one small dialog."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.errors import SettingsError
from fer_desktop.core.glance.alerts.alert_choices import Telling
from fer_desktop.core.messages import Message
from fer_desktop.core.settings import Settings
from fer_desktop.core.settings.catalogue import all_settings
from fer_desktop.core.settings.description import File, NetworkFile, Section, Switch
from fer_desktop.core.settings.sections import RESPONSIBLE_USE, SECTIONS
from fer_desktop.core.settings.setting import Setting
from fer_desktop.pipeline.session_engine.channel.status import SessionStatus
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.look.appearance import apply_appearance
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.settings.answers_line import AnswersLine
from fer_desktop.ui.settings.fields import Field, make_field
from fer_desktop.ui.settings.model_file_field import ModelFileField, Verdict
from fer_desktop.ui.settings.retention_line import RetentionLine
from fer_desktop.ui.toolkit.announcing import announce
from fer_desktop.ui.toolkit.keyboard import FollowFocus
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.quiet_sound import play_quiet_sound
from fer_desktop.ui.toolkit.screen_geometry import fit

_LOOK: Final = ("theme", "text_size", "less_motion")
_LABEL_PX: Final = 192
_ROW_PX: Final = 32
_SHORT_PX: Final = 136  # a number
_MIDDLE_PX: Final = 264  # a choice


def widest(box: QComboBox) -> int:
    """The width that each of its choices fits into, in px."""
    box.ensurePolished()
    return box.sizeHint().width()


class SettingsDialog(QDialog):
    """Shows the settings in force; Save puts others in force, Cancel leaves all as it was."""

    def __init__(
        self, services: Services, settings: SettingsModel, running: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._wants_save = self._saving = False
        self.setWindowTitle(self.tr("Settings"))
        self._shown = [one for section in SECTIONS for one in all_settings() if one.info.section is section]
        self.fields: dict[str, Field] = {setting.name: self._field(services, setting) for setting in self._shown}
        self.save = QPushButton(self.tr("Save"))
        set_role(self.save, "primary")
        self.save.setDefault(True)
        self.cancel, self.defaults = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Restore defaults"))
        self.try_sound = QPushButton(self.tr("Try it"))
        self.try_sound.setAccessibleName(self.tr("Hear the sound of an alert"))
        self.try_sound.setToolTip(self.tr("Plays it once. If you hear nothing, the system's sounds are off."))
        self.try_sound.setAutoDefault(False)
        self.answers = AnswersLine(services, settings)
        self._problem, self._note = PlainLabel(), PlainLabel()
        self.going = RetentionLine(services.stored)
        self._rows: list[tuple[QLabel, QWidget]] = []
        self._lay_out(running)
        self._fit_rows()
        self._fill(settings.current)
        self._connect()

    def _field(self, services: Services, setting: Setting) -> Field:
        if isinstance(setting.info.widget, NetworkFile):
            self.model = ModelFileField(services, told(Message(setting.info.widget.placeholder)))
            file = self.model.file
            return Field(self.model, file.text, self.model.set_trusted, file.changed)
        return make_field(setting)

    def _lay_out(self, running: bool) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 2 * SPACE, 0)
        column.setSpacing(SPACE)
        sections = self._sections()
        self._add_sections(column, [section for section in sections if not section.advanced])
        column.addWidget(_heading(told(Message(RESPONSIBLE_USE.title))))
        column.addWidget(self.answers)
        column.addSpacing(2 * SPACE)
        advanced = PlainLabel(self.tr("Advanced"))
        set_role(advanced, "heading")
        column.addWidget(advanced)
        column.addWidget(self._note)
        self._add_sections(column, [section for section in sections if section.advanced])
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields scroll to themselves
        scroll.setWidget(page)
        self._scroll, self._fields_page = scroll, page
        FollowFocus(scroll)
        set_role(self._problem, "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        set_role(self._note, "muted")
        self._note.setWordWrap(True)
        self._note.setText(self.tr("These change with the next lesson."))
        self._note.setVisible(running)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.defaults)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        whole.setSpacing(SPACE + SPACE // 2)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._problem)
        whole.addLayout(buttons)

    def _add_sections(self, column: QVBoxLayout, sections: Sequence[Section]) -> None:
        for section in sections:
            column.addWidget(_heading(told(Message(section.title))))
            column.addLayout(self._form(self._sections()[section]))
            column.addSpacing(SPACE)

    def show_status(self, status: SessionStatus) -> None:
        """A session that goes on keeps what is advanced as it began with it; one that is over says nothing of it."""
        self._note.setVisible(status.can_stop)

    def _sections(self) -> dict[Section, list[Setting]]:
        """What is shown by section, the sections in their own order, what is in them in that of the settings."""
        return {section: [one for one in self._shown if one.info.section is section] for section in SECTIONS}

    def _form(self, settings: Sequence[Setting]) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # beside a call there is one column
        for setting in settings:
            label = PlainLabel(told(Message(setting.info.label)))
            label.setWordWrap(True)  # what is short in English is not so everywhere
            if isinstance(setting.info.widget, Switch):
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
                label.setContentsMargins(0, SPACE, 0, 0)
            field = self.fields[setting.name].widget
            label.setBuddy(field)
            self._rows.append((label, field))
            form.addRow(label, self._with_trial(field) if setting.name == "alert_telling" else field)
            if setting.name == "keep_sessions":
                form.addRow("", self.going)
            if setting.name == "language":
                form.addRow("", self._next_start())
        return form

    def _with_trial(self, field: QWidget) -> QHBoxLayout:
        """Beside how an alert is told a button by which she hears what it sounds like."""
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(field)
        row.addWidget(self.try_sound)
        row.addStretch(1)
        return row

    def _fit_rows(self) -> None:
        for label, field in self._rows:
            label.setFixedWidth(px(_LABEL_PX))
            label.setMinimumHeight(max(px(_ROW_PX), label.heightForWidth(px(_LABEL_PX))))
            if isinstance(field, QComboBox):
                field.setFixedWidth(max(px(_MIDDLE_PX), widest(field)))
            elif isinstance(field, QAbstractSpinBox):
                field.setFixedWidth(px(_SHORT_PX))

    def _next_start(self) -> QLabel:
        line = PlainLabel(self.tr("Takes effect at the next start."))
        set_role(line, "small")
        return line

    def _connect(self) -> None:
        for name in _LOOK:
            self.fields[name].changed.connect(self._try_look)
        self.try_sound.clicked.connect(play_quiet_sound)
        self.fields["alert_telling"].changed.connect(self._look_at_telling)
        self._look_at_telling()
        self.fields["keep_sessions"].changed.connect(self._look_at_retention)
        self._look_at_retention()
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self.defaults.clicked.connect(self._restore)
        self.model.settled.connect(self._on_model)
        self._settings.saved.connect(self._on_saved)
        self._settings.not_saved.connect(self._on_not_saved)

    def sizeHint(self) -> QSize:
        """All fields without scrolling."""
        return QSize(px(656), px(744))

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the room that the screen has, and its icons."""
        super().showEvent(event)
        self._fit_screen()
        apply_icons(self)

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room, as far as the screen has it."""
        super().changeEvent(event)
        if resizes_text(event) and self.isVisible():
            self._fit_rows()
            QTimer.singleShot(0, self, self._fit_screen)

    def _fit_screen(self) -> None:
        # Sideways nothing scrolls: the fields have their room however small the window.
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(self._fields_page.minimumSizeHint().width() + bar)
        fit(self)

    @property
    def problem(self) -> str:
        """Why it cannot be saved as it stands; empty where nothing is wrong."""
        return self._problem.text()

    def values(self) -> Settings:
        """What the fields say. Raises SettingsError, which the fields' own bounds keep from happening."""
        return self._settings.current.changed(**{name: field.get() for name, field in self.fields.items()})

    def reject(self) -> None:
        """Leaves all as it was, the look included."""
        self._wants_save = False
        apply_appearance(self._settings.current)
        super().reject()

    def _fill(self, settings: Settings) -> None:
        for name, field in self.fields.items():
            field.set(getattr(settings, name))

    def _restore(self) -> None:
        self._fill(Settings())
        self._complain("")

    def _try_look(self) -> None:
        """Shows at once what was chosen of the look; Cancel takes it back."""
        shown = {name: self.fields[name].get() for name in _LOOK}
        apply_appearance(self._settings.current.changed(**shown))

    def _look_at_telling(self) -> None:
        self.try_sound.setEnabled(self.fields["alert_telling"].get() is Telling.SOUND)

    def _look_at_retention(self) -> None:
        self.going.look(self.fields["keep_sessions"].get())

    def _save(self) -> None:
        self._complain("")
        try:
            settings = self.values()
        except SettingsError as error:
            self._complain(told(error.message))
            return
        if wrong := self._wrong_file():
            self._complain(wrong)
            return
        self._wants_save = True
        if self.model.verdict is Verdict.CHECKING:
            return  # goes on when the network has been read
        if self.model.verdict is Verdict.UNDESCRIBED or (self.model.verdict is Verdict.REFUSED and self.model.asks):
            self.model.describe()
        elif self.model.verdict is Verdict.REFUSED:
            self._wants_save = False
            self._complain(
                self.tr("This network cannot be used: choose another, or empty the field for the built-in one.")
            )
        else:
            self._put(settings)

    def _wrong_file(self) -> str:
        """What is wrong with a file that is named; empty where nothing is."""
        for setting in self._shown:
            path = self.fields[setting.name].get()
            match setting.info.widget:
                case File(kind, suffix) if path and Path(path).suffix.lower() != suffix:
                    label, kind = told(Message(setting.info.label)), told(Message(kind))
                    sentence = self.tr("{label}: choose a {suffix} file of {kind}, or empty the field.")
                    return sentence.format(label=label, suffix=suffix, kind=kind)
        return ""

    def _on_model(self) -> None:
        if self._wants_save and self.model.verdict is Verdict.FITS:
            self._save()
        else:
            self._wants_save = False

    def _put(self, settings: Settings) -> None:
        self._wants_save, self._saving = False, True
        self.save.setEnabled(False)
        self._settings.put(settings)

    def _on_saved(self) -> None:
        if self._saving:
            self.accept()

    def _on_not_saved(self, sentence: str) -> None:
        if self._saving:
            self._saving = False
            self.save.setEnabled(True)
            self._complain(sentence)

    def _complain(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if sentence:
            announce(self._problem, sentence)


def _heading(words: str) -> QLabel:
    heading = PlainLabel(words)
    set_role(heading, "strong")
    return heading
