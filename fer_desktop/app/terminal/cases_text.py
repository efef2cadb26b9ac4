"""The cases of `evaluate-gallery` as a table in a terminal."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fer_desktop.evaluation.cases import CaseTally, Counts

_HEADER: Final = ("case", "once", "none", "faces", "read", "false", "cameras", "frames", "misses")
_ALONE: Final = "*"  # marks the cases that are held against the detector alone


def cases_text(tallies: "Mapping[str, CaseTally]") -> str:
    """A line a case, with what misses its target named at the end; `*` marks those held against the bare detector."""
    from fer_desktop.evaluation.cases import sums

    rows: list[Sequence[str]] = [_HEADER]
    for name, tally in tallies.items():
        rows.append(_row(name + _ALONE * tally.case.bare_detector, tally.counts, tally.misses()))
    rows.append(_row("all", sums(tallies), ()))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(name: str, counts: "Counts", misses: Sequence[str]) -> Sequence[str]:
    return (
        name,
        _share(counts.once, counts.participants),
        str(counts.none_counted + counts.claimed),
        _share(counts.faces_found, counts.faces),
        _share(counts.faces_read, counts.faces_readable),
        str(counts.false_faces),
        _share(counts.cameras - counts.camera_errors, counts.cameras),
        str(counts.frames),
        ", ".join(misses),
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    numbers = (f"{text:>{width}}" for text, width in zip(row[1:-1], widths[1:-1], strict=True))
    return "  ".join((f"{row[0]:<{widths[0]}}", *numbers, row[-1])).rstrip()


def _share(part: int, of: int) -> str:
    return f"{100 * part / of:.1f} %" if of else "–"
