"""Rows that a question came to, as they are printed."""

import csv
import io
import json
from collections.abc import Sequence

from fer_desktop.sessions.csv_file import text

Rows = Sequence[Sequence[object]]


def in_json(columns: Sequence[str], rows: Rows) -> str:
    """A list of objects."""
    return json.dumps([dict(zip(columns, map(_plain, row), strict=True)) for row in rows], ensure_ascii=False) + "\n"


def in_csv(columns: Sequence[str], rows: Rows) -> str:
    """CSV with a header; nothing in it is a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(map(text, columns))
    for row in rows:
        writer.writerow(["" if cell is None else text(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return written.getvalue()


def in_columns(columns: Sequence[str], rows: Rows) -> str:
    """Columns of equal width, for eyes."""
    shown = [list(columns), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown)
    return "\n".join(lines) + "\n"


def _shown(cell: object) -> str:
    return "" if cell is None else " ".join(str(_plain(cell)).split())


def _plain(cell: object) -> object:
    return cell.hex() if isinstance(cell, bytes) else cell
