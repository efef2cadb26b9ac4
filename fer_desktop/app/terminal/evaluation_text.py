"""An evaluation as tables in a terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.table import Table

    from fer_desktop.evaluation.classifier import Scores

# A pipe has no width of its own; narrower terminals wrap.
_PIPE_WIDTH: Final = 80
_NO_VOTES: Final = "These pictures have no FER+ votes, so there are no figures against them."
_ON_LABELS: Final = "Both outputs are compared with the labels."


def print_scores(name: str, scores: "Scores") -> None:
    """Prints all figures; `name` is the network and the faces."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_PIPE_WIDTH)
    voted = scores.crowd_against == "plurality"
    heads = _heads(scores, voted)
    console.print(name, style="bold", markup=False)
    if not voted:
        console.print(_NO_VOTES if len(heads) == 1 else f"{_NO_VOTES} {_ON_LABELS}", markup=False)
    tables = [_headline(scores, heads, voted)]
    tables += [_by_class(scores.by_class[head], words) for head, words in heads.items()]
    if scores.by_height:
        tables.append(_by_condition(scores, heads))
    tables.append(_by_confidence(scores, heads))
    for table in tables:
        console.print()
        console.print(table)


def _heads(scores: "Scores", voted: bool) -> dict[str, str]:
    if voted:
        return {"fer2013": "original labels", "crowd": "FER+ majority"}
    if len(scores.outputs) == 1:
        return {"fer2013": "all faces"}
    return {"fer2013": "output fer2013", "crowd": "output crowd"}


def _table(title: str | None, header: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(header[0])
    for name in header[1:]:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def _headline(scores: "Scores", heads: dict[str, str], voted: bool) -> "Table":
    crowd = scores.crowd_on_labels
    rows: list[tuple[str, Any, Any]] = [
        ("faces", _count(scores.n), _count(scores.ferplus_n if voted else scores.n)),
        ("accuracy", _share(scores.accuracy), _share(scores.ferplus_agreement if voted else crowd["accuracy"])),
        ("macro-F1", _plain(scores.macro_f1), _plain(scores.ferplus_macro_f1 if voted else crowd["macro_f1"])),
        ("calibration error (ECE, 15 bins)", _plain(scores.ece), _plain(scores.ferplus_ece if voted else crowd["ece"])),
    ]
    if scores.accuracy_distinct is not None:
        distinct = scores.ferplus_agreement_distinct if voted else crowd["distinct"]
        rows.insert(
            2, ("accuracy, without copies of training pictures", _share(scores.accuracy_distinct), _share(distinct))
        )
    return _table(None, ("", *heads.values()), [row[: 1 + len(heads)] for row in rows])


def _by_class(table: "dict[str, dict[str, Any]]", words: str) -> "Table":
    rows = [
        [name, _count(found["n"]), *(_plain(found[key]) for key in ("precision", "recall", "f1"))]
        for name, found in table.items()
    ]
    return _table(f"By expression, {words}", ("", "faces", "precision", "recall", "F1"), rows)


def _by_condition(scores: "Scores", heads: dict[str, str]) -> "Table":
    named = {f"{height} px": row for height, row in scores.by_height.items()}
    named |= {row["words"]: row for row in scores.by_condition.values()}
    rows = [[words, _count(row["n"]), *(_share(row[head]) for head in heads)] for words, row in named.items()]
    return _table("Accuracy by height of the face, and at 48 px in bad pictures", ("", "faces", *heads.values()), rows)


def _by_confidence(scores: "Scores", heads: dict[str, str]) -> "Table":
    rows = [
        [
            f"{row['from']:.0%} to {row['to']:.0%}".replace("%", " %"),
            _count(row["n"]),
            _share(row["said"]),
            _share(row["right"]),
        ]
        for row in scores.by_confidence
        if row["n"]
    ]
    title = f"Accuracy by probability of the answer, {list(heads.values())[-1]}"
    return _table(title, ("", "faces", "mean", "accuracy"), rows)


def _count(value: int) -> str:
    return f"{value:,}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
