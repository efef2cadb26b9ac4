"""The card of a network in plain words, as Markdown. What is not known is said to be unknown, never guessed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from fer_desktop.core.types import SURE_FROM
from fer_desktop.ui.bridge.services import ModelCard
from fer_desktop.ui.help.model_card_figures import Figures, figures_of
from fer_desktop.ui.look.words import listed

translate: Final = QCoreApplication.translate

_WELL_CALIBRATED: Final = 0.05  # percentages that are off by more on average are not to be taken at their word

_WHAT_IT_DOES: Final = (
    QT_TRANSLATE_NOOP(
        "ModelCard",
        "It looks at one face at a time and weighs seven expressions against each other. It says what a face shows to "
        "a stranger in one picture. It knows nothing of what anybody feels, thinks or understands.",
    ),
    QT_TRANSLATE_NOOP(
        "ModelCard",
        "Where no expression reaches {share} %, the program says that it is not sure. Faces that are too small, dark, "
        "blurred or turned away are not read at all.",
    ),
    QT_TRANSLATE_NOOP(
        "ModelCard",
        "Turned away from the camera is aside, up or down, as to a desk or a phone. It is what is seen, and says "
        "nothing of where somebody’s mind is.",
    ),
)
_NOT_FOR: Final = (
    QT_TRANSLATE_NOOP("ModelCard", "Marking, ranking or watching individual people."),
    QT_TRANSLATE_NOOP("ModelCard", "Decisions about anybody."),
    QT_TRANSLATE_NOOP("ModelCard", "Teaching or work in the EU and EEA, where the law forbids it."),
)
_ORIGIN: Final = QT_TRANSLATE_NOOP(
    "ModelCard",
    "It was trained on FER-2013: small grey pictures of faces, collected from the web in 2013 for a research contest. "
    "Ten people then said what they saw in each (FER+).",
)
_ORIGIN_WEAKNESSES: Final = (
    QT_TRANSLATE_NOOP("ModelCard", "Many of these faces are posed or acted. People in a call show less."),
    QT_TRANSLATE_NOOP("ModelCard", "Few seem to be old, and few have dark skin. Expect more mistakes on such faces."),
    QT_TRANSLATE_NOOP(
        "ModelCard",
        "People disagree about faces too: the contest's own labels and those ten people name the same expression on "
        "only two faces in three.",
    ),
    QT_TRANSLATE_NOOP("ModelCard", "The pictures carry no licence. They are meant for research."),
)
_ORIGIN_UNKNOWN: Final = (
    QT_TRANSLATE_NOOP(
        "ModelCard",
        "Which pictures it was trained on, and whom they show, is not known here. Ask whoever made it.",
    ),
    QT_TRANSLATE_NOOP("ModelCard", "A network misreads faces that were rare in its training more often than others."),
)


def summary(card: ModelCard, min_height_px: float) -> str:
    """The card for somebody who knows nothing of networks. `min_height_px`: faces are read from this height on."""
    figures = figures_of(card)
    parts = (
        *(_unmeasured(card) if figures.rate is None else _how_often_right(card, figures, figures.rate)),
        _heading(translate("ModelCard", "What it does")),
        *(text.format(share=round(100 * SURE_FROM)) for text in _translated(_WHAT_IT_DOES)),
        _heading(translate("ModelCard", "What it must not be used for")),
        _bullets(_translated(_NOT_FOR)),
        _heading(translate("ModelCard", "Where it is weaker")),
        _bullets(_weaknesses(figures, min_height_px)),
        _heading(translate("ModelCard", "What it was trained on")),
        *_origin(card),
    )
    return "\n\n".join(parts)


def file_details(card: ModelCard) -> str:
    """Which file is in use, whether it is the one that was measured, and how to measure it again."""
    measured = figures_of(card).sha256
    if not measured:
        comparison = translate("ModelCard", "It is not known which file was measured.")
    elif measured == card.sha256:
        comparison = translate("ModelCard", "It is the file that was measured.")
    else:
        comparison = translate(
            "ModelCard", "It is NOT the file that was measured, which has the SHA-256 `{sha256}`."
        ).format(sha256=measured)
    checksum = translate("ModelCard", "Its SHA-256 is `{sha256}`.").format(sha256=card.sha256)
    parts = (
        _heading(translate("ModelCard", "The file in use")),
        _code(str(card.file)),
        f"{checksum} {comparison}",
        _output(card),
        translate("ModelCard", "To measure it again, DIR being a folder with FER-2013:"),
        _code(_command(card)),
    )
    return "\n\n".join(parts)


def _output(card: ModelCard) -> str:
    if card.head:
        return translate("ModelCard", "Output in use: `{name}`").format(name=card.head)
    return translate("ModelCard", "It has one output.")


def _how_often_right(card: ModelCard, figures: Figures, rate: float) -> Iterator[str]:
    yield f"# {_headline(figures.by_people).format(rate=round(100 * rate))}"
    if not figures.sha256:
        yield _strong(
            translate(
                "ModelCard", "It is not known which file was measured. The figures below may be those of another."
            )
        )
    elif figures.sha256 != card.sha256:
        yield _strong(
            translate("ModelCard", "This file is not the one that was measured. The figures below may not hold for it.")
        )
        yield _way_out(card)
    yield _measured_on(figures)
    if figures.split == "public_test" and _is_ours(card):
        yield translate("ModelCard", "They also helped to choose the network, so the figure may be a little too good.")
    if figures.ece is not None:
        yield _calibration(figures.ece)


def _headline(by_people: bool) -> str:
    if by_people:
        return translate("ModelCard", "Of 100 faces, people agree with it on {rate}")
    return translate("ModelCard", "Of 100 faces, it agrees with the picture's label on {rate}")


def _way_out(card: ModelCard) -> str:
    if card.shipped:
        return translate("ModelCard", "Install the program again.")
    return translate("ModelCard", "Measure it again: the technical details say how.")


def _measured_on(figures: Figures) -> str:
    if figures.by_people and figures.faces:
        text = translate(
            "ModelCard",
            "Measured on {faces} faces set aside for it. Ten people looked at each; what most of them saw counts.",
        )
    elif figures.by_people:
        text = translate(
            "ModelCard",
            "Measured on the faces set aside for it. Ten people looked at each; what most of them saw counts.",
        )
    elif figures.faces:
        text = translate(
            "ModelCard",
            "Measured on {faces} faces set aside for it, each with the one label that came with its picture.",
        )
    else:
        text = translate(
            "ModelCard", "Measured on the faces set aside for it, each with the one label that came with its picture."
        )
    return text.format(faces=f"{figures.faces:,}" if figures.faces else "")


def _calibration(ece: float) -> str:
    if ece <= _WELL_CALIBRATED:
        text = translate(
            "ModelCard", "The percentages it gives can be taken at their word: on average they are off by {points}."
        )
        return text.format(points=max(1, round(100 * ece)))
    text = translate("ModelCard", "The percentages it gives are rough: on average they are off by {points}.")
    return text.format(points=round(100 * ece))


def _unmeasured(card: ModelCard) -> Iterator[str]:
    yield "# " + translate("ModelCard", "How often this network is right is not known")
    yield translate("ModelCard", "Its file does not say. Whoever has FER-2013 in a folder DIR can measure it:")
    yield _code(_command(card))


def _weaknesses(figures: Figures, min_height_px: float) -> Iterator[str]:
    expressions, heights, conditions = map(_listed, (figures.by_expression, figures.by_height, figures.by_condition))
    if expressions and figures.by_people:
        yield translate(
            "ModelCard", "**Expressions.** Right on this many of 100 faces, by what people see in them: {expressions}."
        ).format(expressions=expressions)
    elif expressions:
        yield translate(
            "ModelCard", "**Expressions.** Right on this many of 100 faces, by the label of the picture: {expressions}."
        ).format(expressions=expressions)
    if heights:
        yield translate(
            "ModelCard", "**Small faces.** Right on this many of 100 faces, by their height: {heights}."
        ).format(heights=heights)
    else:
        yield translate("ModelCard", "**Small faces.** How often it is right on them was not measured for this file.")
    yield translate(
        "ModelCard", "**Very small faces.** With your settings, faces under {height} px are not read."
    ).format(height=round(min_height_px))
    if conditions:
        yield translate(
            "ModelCard", "**Poor pictures.** Right on this many of 100 faces, by what spoils them: {conditions}."
        ).format(conditions=conditions)


def _listed(shares: Mapping[str, float]) -> str:
    """ "happy (92), sad (67)", the best first; empty where there are none."""
    return listed(f"{name} ({100 * share:.0f})" for name, share in sorted(shares.items(), key=lambda one: -one[1]))


def _origin(card: ModelCard) -> Iterator[str]:
    if _is_ours(card):
        yield translate("ModelCard", str(_ORIGIN))
        yield _bullets(_translated(_ORIGIN_WEAKNESSES))
    else:
        # What its maker wrote is told as it is.
        sentences = [*(card.content.data or ()), *(card.content.known_biases or ())]
        yield _bullets(sentences or _translated(_ORIGIN_UNKNOWN))


def _is_ours(card: ModelCard) -> bool:
    return card.shipped or card.content.is_of_fer_2013


def _command(card: ModelCard) -> str:
    if card.shipped:
        return "fer-desktop evaluate --split private_test --data DIR"
    return f'fer-desktop evaluate --model "{card.file}" --data DIR --card'


def _translated(texts: Iterable[object]) -> list[str]:
    return [translate("ModelCard", str(text)) for text in texts]


def _heading(words: str) -> str:
    return f"## {words}"


def _strong(sentences: str) -> str:
    return f"**{sentences}**"


def _bullets(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _code(line: str) -> str:
    return f"```\n{line}\n```"
