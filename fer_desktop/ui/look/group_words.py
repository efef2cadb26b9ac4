"""Words for what faces show, in the user's language: what is seen, not what is felt."""

from PySide6.QtCore import QObject

from fer_desktop.ui.look.group_colours import Mark


class GroupWords(QObject):
    """Phrases of groups; a class, since Qt's tools for translators see those plurals alone that one tells by `tr`."""

    def __init__(self) -> None:
        super().__init__()
        self.low_is_told = True  # else its faces are among the neutral ones, which are not called neutral alone then

    def name(self, mark: Mark) -> str:
        """The group alone: "smiling", "sad, afraid or angry"."""
        return {
            Mark.SMILING: self.tr("smiling"),
            Mark.SURPRISED: self.tr("surprised"),
            Mark.NEUTRAL: self.tr("neutral") if self.low_is_told else self.tr("neutral or other"),
            Mark.UNSURE: self.tr("not sure"),
            Mark.LOW: self.tr("sad, afraid or angry"),
            Mark.NO_FACE: self.tr("not read"),
            Mark.CAMERA_OFF: self.tr("camera off"),
        }[mark]

    def counted(self, mark: Mark, n: int) -> str:
        """How many: "8 smiling", "1 not read", "2 cameras off"."""
        if mark is Mark.CAMERA_OFF and n == 1:
            return self.tr("1 camera off")
        return {
            Mark.SMILING: self.tr("%n smiling", None, n),
            Mark.SURPRISED: self.tr("%n surprised", None, n),
            Mark.NEUTRAL: self.tr("%n neutral", None, n)
            if self.low_is_told
            else self.tr("%n neutral or other", None, n),
            Mark.UNSURE: self.tr("%n not sure", None, n),
            Mark.LOW: self.tr("%n sad, afraid or angry", None, n),
            Mark.NO_FACE: self.tr("%n not read", None, n),
            Mark.CAMERA_OFF: self.tr("%n cameras off", None, n),
        }[mark]
