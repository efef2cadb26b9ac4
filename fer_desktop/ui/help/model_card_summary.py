"""The card of a network in plain words, as Markdown. What is not known is said to be unknown, never guessed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.model_card import CrowdOnLabels, OutputShares, SplitFigures
from fer_desktop.core.types import SURE_FROM
from fer_desktop.ui.bridge.services import ModelCard

# The first that was measured is what the page speaks of: private_test was used for nothing else.
_SPLITS: Final = ("private_test", "public_test")
_CROWD, _ORIGINAL = "crowd", "fer2013"  # the names of the outputs that are measured
_WELL_CALIBRATED: Final = 0.05  # percentages that are off by more on average are not to be taken at their word

_WHAT_IT_DOES: Final = f"""
It looks at one face at a time and weighs seven expressions against each other. It says what a face shows to a stranger
in one picture. It knows nothing of what anybody feels, thinks or understands.

Where no expression reaches {100 * SURE_FROM:.0f} %, the program says that it is not sure. Faces that are too small,
dark, blurred or turned away are not read at all.
"""
_NOT_FOR: Final = """
- Marking, ranking or watching individual people.
- Decisions about anybody.
- Teaching or work in the EU and EEA, where the law forbids it.
"""
_ORIGIN: Final = """
It was trained on FER-2013: small grey pictures of faces, collected from the web in 2013 for a research contest. Ten
people then said what they saw in each (FER+).

- Many of these faces are posed or acted. People in a call show less.
- Few seem to be old, and few have dark skin. Expect more mistakes on such faces.
- People disagree about faces too: the contest's own labels and those ten people name the same expression on only two
  faces in three.
- The pictures carry no licence. They are meant for research.
"""
_ORIGIN_UNKNOWN: Final = (
    "Which pictures it was trained on, and whom they show, is not known here. Ask whoever made it.",
    "A network misreads faces that were rare in its training more often than others.",
)
_CONDITIONS: Final = {
    "blur_1": "slightly blurred",
    "blur_2": "very blurred",
    "jpeg_30": "blocky",
    "jpeg_10": "very blocky",
    "dim_30": "in dim light",
    "dim_10": "almost dark",
}


def summary(card: ModelCard, min_height_px: float) -> str:
    """The card for somebody who knows nothing of networks. `min_height_px`: faces are read from this height on."""
    figures = _figures_of(card)
    parts = (
        *(_unmeasured(card) if figures.rate is None else _how_often_right(card, figures, figures.rate)),
        f"## What it does\n{_WHAT_IT_DOES}",
        f"## What it must not be used for\n{_NOT_FOR}",
        f"## Where it is weaker\n\n{_bullets(_weaknesses(figures, min_height_px))}",
        f"## What it was trained on\n{_origin(card)}",
    )
    return "\n\n".join(parts)


def file_details(card: ModelCard) -> str:
    """Which file is in use, whether it is the one that was measured, and how to measure it again."""
    measured = _figures_of(card).sha256
    if not measured:
        comparison = "It is not known which file was measured."
    elif measured == card.sha256:
        comparison = "It is the file that was measured."
    else:
        comparison = f"It is NOT the file that was measured, which has the SHA-256 `{measured}`."
    parts = (
        f"## The file in use\n\n{_code(str(card.file))}",
        f"Its SHA-256 is `{card.sha256}`. {comparison}",
        f"Output in use: `{card.head}`" if card.head else "It has one output.",
        f"To measure it again, DIR being a folder with FER-2013:\n\n{_code(_command(card))}",
    )
    return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class _Figures:
    """What was measured of the output in use."""

    split: str
    sha256: str  # of the file that was measured; empty where the card does not say
    by_people: bool  # compared with what most of FER+'s voters saw, else with the original labels
    rate: float | None  # 0-1; None where nothing was measured
    faces: int | None
    ece: float | None
    by_expression: dict[str, float]  # 0-1
    by_height: dict[str, float]  # by px
    by_condition: dict[str, float]


def _figures_of(card: ModelCard) -> _Figures:
    """All that is read out of the card's figures; what does not hold counts as not measured."""
    head = _ORIGINAL if card.head == _ORIGINAL else _CROWD
    splits = {name: split for name, split in card.content.figures.items() if split != SplitFigures()}
    ordered = {name: splits[name] for name in (*_SPLITS, *splits) if name in splits}
    split, found = next(iter(ordered.items()), ("", SplitFigures()))
    by_people = head == _CROWD and found.ferplus_agreement is not None
    # Faces without votes have the labels alone to compare the crowd's output with.
    on_labels = found.crowd_on_labels if head == _CROWD and found.crowd_on_labels != CrowdOnLabels() else found
    heights = next((one.by_height for one in ordered.values() if one.by_height), {})
    conditions = next((one.by_condition for one in ordered.values() if one.by_condition), {})
    return _Figures(
        split=split,
        sha256=found.measured.sha256 or card.content.sha256,
        by_people=by_people,
        rate=found.ferplus_agreement if by_people else on_labels.accuracy,
        faces=found.ferplus_n if by_people else found.n,
        ece=found.ferplus_ece if by_people else on_labels.ece,
        by_expression=_recalls(found.ferplus_confusion if by_people else on_labels.confusion),
        by_height={f"{px} px": share for px, row in heights.items() if (share := _share(row, head))},
        by_condition={
            _CONDITIONS.get(name, name): share for name, row in conditions.items() if (share := _share(row, head))
        },
    )


def _how_often_right(card: ModelCard, figures: _Figures, rate: float) -> Iterator[str]:
    faces = f"{figures.faces:,}" if figures.faces else "the"
    if figures.by_people:
        yield f"# Of 100 faces, people agree with it on {100 * rate:.0f}"
    else:
        yield f"# Of 100 faces, it agrees with the picture's label on {100 * rate:.0f}"
    if not figures.sha256:
        yield "**It is not known which file was measured. The figures below may be those of another.**"
    elif figures.sha256 != card.sha256:
        yield "**This file is not the one that was measured. The figures below may not hold for it.**"
        yield "Install the program again." if card.shipped else "Measure it again: the technical details say how."
    if figures.by_people:
        yield f"Measured on {faces} faces set aside for it. Ten people looked at each; what most of them saw counts."
    else:
        yield f"Measured on {faces} faces set aside for it, each with the one label that came with its picture."
    if figures.split == "public_test" and _is_ours(card):
        yield "They also helped to choose the network, so the figure may be a little too good."
    if figures.ece is not None and figures.ece <= _WELL_CALIBRATED:
        off = max(1, round(100 * figures.ece))
        yield f"The percentages it gives can be taken at their word: on average they are off by {off}."
    elif figures.ece is not None:
        yield f"The percentages it gives are rough: on average they are off by {100 * figures.ece:.0f}."


def _unmeasured(card: ModelCard) -> Iterator[str]:
    yield "# How often this network is right is not known"
    yield "Its file does not say. Whoever has FER-2013 in a folder DIR can measure it:"
    yield _code(_command(card))


def _weaknesses(figures: _Figures, min_height_px: float) -> Iterator[str]:
    expressions, heights, conditions = map(_listed, (figures.by_expression, figures.by_height, figures.by_condition))
    if expressions and figures.by_people:
        yield f"**Expressions.** Right on this many of 100 faces, by what people see in them: {expressions}."
    elif expressions:
        yield f"**Expressions.** Right on this many of 100 faces, by the label of the picture: {expressions}."
    if heights:
        yield f"**Small faces.** Right on this many of 100 faces, by their height: {heights}."
    else:
        yield "**Small faces.** How often it is right on them was not measured for this file."
    yield f"**Very small faces.** With your settings, faces under {min_height_px:.0f} px are not read."
    if conditions:
        yield f"**Poor pictures.** Right on this many of 100 faces, by what spoils them: {conditions}."


def _listed(shares: Mapping[str, float]) -> str:
    """ "happy (92), sad (67)", the best first; empty where there are none."""
    return ", ".join(f"{name} ({100 * share:.0f})" for name, share in sorted(shares.items(), key=lambda one: -one[1]))


def _origin(card: ModelCard) -> str:
    if _is_ours(card):
        return _ORIGIN
    sentences = [*(card.content.data or ()), *(card.content.known_biases or ())]
    return "\n" + _bullets(sentences or _ORIGIN_UNKNOWN)


def _is_ours(card: ModelCard) -> bool:
    return card.shipped or card.content.is_of_fer_2013


def _command(card: ModelCard) -> str:
    if card.shipped:
        return "fer-desktop evaluate --split private_test --data DIR"
    return f'fer-desktop evaluate --model "{card.file}" --data DIR --card'


def _bullets(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _code(line: str) -> str:
    return f"```\n{line}\n```"


def _share(row: OutputShares, head: str) -> float | None:
    return row.fer2013 if head == _ORIGINAL else row.crowd


def _recalls(confusion: Sequence[Sequence[int]] | None) -> dict[str, float]:
    """The share of each expression's faces that are read as such, out of a confusion matrix (7, 7)."""
    rows = enumerate(confusion or ())
    return {EXPRESSIONS[index]: row[index] / sum(row) for index, row in rows if sum(row)}
