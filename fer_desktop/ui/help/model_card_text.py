"""The card of a network in plain words. What its sidecar does not hold is said to be unknown, never guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS, STACK_ORDER
from fer_desktop.core.types import SURE_FROM
from fer_desktop.ui.bridge.services import ModelCard

# The first that is there is what the page speaks of: private_test was used for nothing else.
SPLITS: Final = ("private_test", "public_test")
CROWD, ORIGINAL = "crowd", "fer2013"  # the names of the outputs that are measured
_FER_2013: Final = "FER-2013"
# Percentages that are off by more on average are not to be taken at their word.
_CALIBRATED: Final = 0.05

WHAT_IT_DOES: Final = (
    (
        "It looks at one face at a time and weighs seven expressions against each other. It says what a face shows to "
        "a stranger in one picture. It knows nothing of what anybody feels, thinks or understands."
    ),
    (
        f"Where no expression reaches {100 * SURE_FROM:.0f} %, the program says that it is not sure. Faces that are "
        "too small, dark, blurred or turned away are not read at all."
    ),
)
NOT_FOR: Final = (
    "Marking, ranking or watching single persons.",
    "Decisions about anybody.",
    "Teaching or work in the EU and EEA, where the law forbids it.",
)
POOR_PICTURES: Final = "Faces spoilt as cameras and calls spoil them."
_ORIGIN: Final = (
    (
        "It learnt from FER-2013: small grey pictures of faces, collected from the web in 2013 for a research contest. "
        "Ten people then said what they saw in each (FER+)."
    ),
    "Many of these faces are posed or acted. People in a call show less.",
    "By the look of it few are old and few have dark skins. Expect more mistakes on such faces.",
    (
        "People disagree about faces too: the contest's own labels and those ten people name the same expression on "
        "only two faces in three."
    ),
    "The pictures carry no licence. They are meant for research.",
)
_ORIGIN_UNKNOWN: Final = (
    "Where the pictures come from that it learnt from, and whom they show, is not known here. Ask whoever made it.",
    "A network misreads faces that are rare among its pictures more often than others.",
)
_CHANGED: Final = "This file is not the one that was measured. The figures below may not hold for it."
_WAY_OUT: Final = {True: "Install the program again.", False: "Measure it anew: the technical details tell how."}
_UNTIED: Final = "It is not known which file was measured. The figures below may be those of another."
_UNKNOWN: Final = "How often this network is right is not known"
_UNMEASURED: Final = "Its file does not tell. Whoever has FER-2013 in a folder DIR can measure it:"
_HEADLINES: Final = {
    True: "Of 100 faces, people agree with it on {}",
    False: "Of 100 faces, it agrees with the picture's label on {}",
}
_BASES: Final = {
    True: "Measured on {} faces that were set aside for it. Ten people had looked at each; what most of them saw "
    "counts.",
    False: "Measured on {} faces that were set aside for it, each with the one label that came with its picture.",
}
_EXPRESSIONS_SAY: Final = {
    True: "Of 100 faces in which people see the expression, it sees the same in so many:",
    False: "Of 100 faces that carry the expression as their label, it sees the same in so many:",
}
_CONDITIONS: Final = {
    "blur_1": "a little blurred",
    "blur_2": "much blurred",
    "jpeg_30": "blocky",
    "jpeg_10": "very blocky",
    "dim_30": "in dim light",
    "dim_10": "almost dark",
}


@dataclass(frozen=True, slots=True)
class Share:
    """How often the network is right on faces of one kind."""

    name: str
    share: float  # 0-1
    remark: str  # on what it rests
    expression: int | None = None  # index into EXPRESSIONS where it is about one


@dataclass(frozen=True, slots=True)
class CardText:
    """What the page says from above; what is empty is left out."""

    warning: str
    headline: str
    basis: str
    command: str  # how to measure a network of which nothing is known
    by_expression: tuple[Share, ...]
    expressions_say: str
    by_height: tuple[Share, ...]
    heights_say: str
    by_condition: tuple[Share, ...]
    origin: tuple[str, ...]


def card_text(card: ModelCard, min_height_px: float) -> CardText:
    """The card for somebody who knows nothing of networks. `min_height_px`: from where on faces are read."""
    split, figures = measured(card)
    said = _said(card, figures)
    known = said.rate is not None
    heights = _by_height(card, said.head, min_height_px) if known else ()
    return CardText(
        warning=_warning(card) if known else "",
        headline=_UNKNOWN if said.rate is None else _HEADLINES[said.by_people].format(round(100 * said.rate)),
        basis=_basis(said, split == "public_test" and _trained_here(card)) if known else _UNMEASURED,
        command="" if known else command(card),
        by_expression=_by_expression(said.counts) if known else (),
        expressions_say=_EXPRESSIONS_SAY[said.by_people],
        by_height=heights,
        heights_say=_heights_say(bool(heights), min_height_px),
        by_condition=_by_condition(card, said.head) if known else (),
        origin=_origin(card),
    )


def splits_of(card: ModelCard) -> dict[str, Mapping[str, Any]]:
    """The figures of all that was measured on, by its name; the one that the page speaks of first."""
    found = {name: split for name, split in _map(card.content.get("figures")).items() if isinstance(split, Mapping)}
    return {name: found[name] for name in (*SPLITS, *found) if name in found}


def measured(card: ModelCard) -> tuple[str, Mapping[str, Any]]:
    """The split that the page speaks of and its figures; empty where nothing was measured."""
    return next(iter(splits_of(card).items()), ("", {}))


def table_of(card: ModelCard, name: str) -> tuple[str, Any]:
    """The first split with that table, and the table; empty where none has it."""
    return next(((split, found[name]) for split, found in splits_of(card).items() if found.get(name)), ("", {}))


def command(card: ModelCard) -> str:
    """What measures the network anew, one of the user's own into its card; DIR holds the pictures."""
    if card.shipped:
        return "fer-desktop evaluate --split private_test --data DIR"
    return f'fer-desktop evaluate --model "{card.file}" --data DIR --card'


def share_of(value: object) -> float | None:
    """A share, 0-1; None where there is none."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    return None


def counts_of(value: object) -> list[list[int]]:
    """A confusion matrix, (7, 7); empty where it is none."""
    rows = [list(row) for row in value if _is_row(row)] if isinstance(value, Sequence) else []
    whole = all(isinstance(count, int) and count >= 0 for row in rows for count in row)
    return rows if whole and len(rows) == N_EXPRESSIONS else []


def measured_hash(card: ModelCard) -> str:
    """The hash of the file that the figures are of; empty where the card does not say."""
    _, figures = measured(card)
    found = _map(figures.get("measured")).get("sha256") or card.content.get("sha256")
    return found if isinstance(found, str) else ""


def sentences_of(card: ModelCard, part: str) -> list[str]:
    """What the card says itself under that name; empty where it says nothing."""
    found = card.content.get(part)
    return [sentence for sentence in found if isinstance(sentence, str)] if isinstance(found, list) else []


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _is_row(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and len(value) == N_EXPRESSIONS


@dataclass(frozen=True, slots=True)
class _Said:
    """How good the output is that speaks."""

    head: str  # its name in the tables
    by_people: bool  # held against what most of FER+'s voters saw, else against the original labels
    rate: float | None
    faces: object
    ece: float | None
    counts: list[list[int]]


def _said(card: ModelCard, figures: Mapping[str, Any]) -> _Said:
    head = ORIGINAL if card.head == ORIGINAL else CROWD
    by_people = head == CROWD and share_of(figures.get("ferplus_agreement")) is not None
    prefix = "ferplus_" if by_people else ""
    # Faces without votes have the labels alone to hold the crowd's output against.
    found = figures if by_people or head == ORIGINAL else _map(figures.get("crowd_on_labels")) or figures
    return _Said(
        head=head,
        by_people=by_people,
        rate=share_of(found.get("ferplus_agreement" if by_people else "accuracy")),
        faces=figures.get(f"{prefix}n"),
        ece=share_of(found.get(f"{prefix}ece")),
        counts=counts_of(found.get(f"{prefix}confusion")),
    )


def _warning(card: ModelCard) -> str:
    told = measured_hash(card)
    if told == card.sha256:
        return ""
    return f"{_CHANGED} {_WAY_OUT[card.shipped]}" if told else _UNTIED


def _trained_here(card: ModelCard) -> bool:
    """Whether it learnt from FER-2013; a sidecar that does not say has a recipe only if it did."""
    return card.shipped or card.content.get("trained_on", _FER_2013 if card.content.get("recipe") else "") == _FER_2013


def _origin(card: ModelCard) -> tuple[str, ...]:
    if _trained_here(card):
        return _ORIGIN
    return (*sentences_of(card, "data"), *sentences_of(card, "known_biases")) or _ORIGIN_UNKNOWN


def _basis(said: _Said, helped_to_choose: bool) -> str:
    sentences = [_BASES[said.by_people].format(f"{said.faces:,}" if isinstance(said.faces, int) else "the")]
    if helped_to_choose:
        sentences.append("They also helped to choose the network, so the figure may be a little too good.")
    if said.ece is not None:
        word = "can be taken at their word" if said.ece <= _CALIBRATED else "are rough"
        sentences.append(
            f"The percentages it gives {word}: on average they are off by {max(1, round(100 * said.ece))}."
        )
    return " ".join(sentences)


def _by_expression(counts: list[list[int]]) -> tuple[Share, ...]:
    shares = []
    for index in STACK_ORDER if counts else ():
        row, faces = counts[index], sum(counts[index])
        if not faces:
            continue
        missed, other = max((count, other) for other, count in enumerate(row) if other != index)
        remark = f"{faces:,} faces" + (f", else mostly {EXPRESSIONS[other]}" if missed else "")
        shares.append(Share(EXPRESSIONS[index], row[index] / faces, remark, index))
    return tuple(shares)


def _by_height(card: ModelCard, head: str, min_height_px: float) -> tuple[Share, ...]:
    found = _map(table_of(card, "by_height")[1])
    shares = {int(name): share_of(_map(row).get(head)) for name, row in found.items() if str(name).isdigit()}
    return tuple(
        Share(f"{height} px tall", share, "not read with your settings" if height < min_height_px else "")
        for height, share in sorted(shares.items(), reverse=True)
        if share is not None
    )


def _by_condition(card: ModelCard, head: str) -> tuple[Share, ...]:
    shares = []
    for name, row in _map(table_of(card, "by_condition")[1]).items():
        share = share_of(_map(row).get(head))
        if share is not None:
            shares.append(Share(_CONDITIONS.get(name, str(_map(row).get("words", name))), share, ""))
    return tuple(shares)


def _heights_say(known: bool, min_height_px: float) -> str:
    if known:
        return "Faces made as small as in a call: fewer pixels, more mistakes."
    return (
        "How often it is right on small faces was not measured for this file. With your settings, faces under "
        f"{min_height_px:.0f} px are not read."
    )
