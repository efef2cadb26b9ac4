"""What may be opened where: the one place that answers, and every way in asks it.

The AI Act, Article 5(1)(f), forbids inferring emotions of persons in education and at work in the EU and EEA, but for
medical or safety reasons, which this program is not made for; it knows no difference between live and recorded, and
consent does not change it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fer_desktop.core.messages import Message
from fer_desktop.core.settings import Context, Jurisdiction, Settings
from fer_desktop.core.sources import Shows, SourceChoice, SourceKind

# Of what is read before the answers are accepted; goes up with what it says, and the answers are asked for again
# (settings.migrations). It is kept with each acceptance.
TEXT_VERSION: Final = 2

UNANSWERED: Final = Message(
    "Nobody has said yet where the class is and what the calls are for: open the window, and answer both there."
)
REFUSED: Final = Message(
    "With your answers this stays off: in the EU and EEA the law forbids reading the expressions of people in teaching "
    "and at work, live or recorded, with consent or without. The demo class, your own camera and recordings of "
    "yourself can be used."
)


class Opening(StrEnum):
    """What is to be opened, by who is seen in it."""

    LIVE_CLASS = "live class"  # others, live
    OWN_CAMERA = "own camera"
    DEMO = "demo"  # nobody: its faces are generated
    RECORDING = "recording"  # others, in recordings or pictures
    OWN_RECORDING = "recording of oneself"
    RESEARCH_RECORDING = "research recording"  # of people who consented to it


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may be opened."""

    refusal: Message | None = None  # one sentence with the way out; None: it may
    asks: bool = False  # the refusal is only that the questions are not answered yet
    words_on_faces: bool = False  # whether an expression may be named on one face

    @property
    def allowed(self) -> bool:
        """Whether it may be opened."""
        return self.refusal is None


def verdict(settings: Settings, opening: Opening, attended: bool = True) -> Verdict:
    """Whether that may be opened with those answers.

    `attended`: somebody can be asked. A command that runs by itself reads recordings as long as no place was ever
    named, since nothing says then where they were made.
    """
    if opening is Opening.DEMO:
        return Verdict(words_on_faces=True)
    if attended and not settings.use_is_settled:
        return Verdict(UNANSWERED, asks=True)
    of_oneself = opening in (Opening.OWN_CAMERA, Opening.OWN_RECORDING)
    if _forbidden(settings) and not of_oneself:
        return Verdict(REFUSED)
    if not settings.use_is_settled and not _may_go_unasked(settings, opening):
        return Verdict(UNANSWERED, asks=True)
    elsewhere = settings.jurisdiction is Jurisdiction.OTHER
    return Verdict(words_on_faces=of_oneself or (opening is Opening.RESEARCH_RECORDING and elsewhere))


def opening_of(choice: SourceChoice | SourceKind, shows: Shows = Shows.OTHERS) -> Opening:
    """What a source is to the law; `shows`: who is in a recording that is still to be chosen."""
    if choice.is_live_class:
        return Opening.LIVE_CLASS
    kind = choice if isinstance(choice, SourceKind) else choice.kind
    if kind is SourceKind.CAMERA:
        return Opening.OWN_CAMERA
    if kind is SourceKind.DEMO:
        return Opening.DEMO
    return _RECORDINGS[getattr(choice, "shows", shows)]


_RECORDINGS: Final = {
    Shows.OTHERS: Opening.RECORDING,
    Shows.MYSELF: Opening.OWN_RECORDING,
    Shows.CONSENTED: Opening.RESEARCH_RECORDING,
}


def _may_go_unasked(settings: Settings, opening: Opening) -> bool:
    """Whether a command opens that though the questions are not answered, or not accepted."""
    place_unknown = opening is Opening.RECORDING and settings.jurisdiction is Jurisdiction.UNANSWERED
    return place_unknown or opening is Opening.OWN_RECORDING


def _forbidden(settings: Settings) -> bool:
    """Whether the law forbids reading others with those answers, accepted or not."""
    return settings.jurisdiction is Jurisdiction.EU and settings.context in (Context.EDUCATION, Context.WORK)
