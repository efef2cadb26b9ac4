"""The figures of `evaluate-class` as a table."""

from typing import Any, Final

_TITLES: Final = {
    "share_error": "error of a share, points",
    "change_error": "error of a change, points",
    "interval_coverage": "intervals that hold the truth, %",
    "coverage_of_some": "the same of expressions that somebody shows, %",
    "interval_width": "width of an interval, points",
}


def print_class(told: dict[str, Any]) -> None:
    """A table of each figure by size and by degradation; in brackets that of means with Wilson's interval."""
    from rich import print as rich_print
    from rich.table import Table

    for figure, title in _TITLES.items():
        names = list(next(iter(told[figure].values())))
        table = Table("people", *names, title=f"{title} (of means, with Wilson's interval)")
        for size, row in told[figure].items():
            before = told["plain"][figure][size]
            table.add_row(size, *(f"{100 * row[name]:.1f} ({100 * before[name]:.1f})" for name in names))
        rich_print(table)
