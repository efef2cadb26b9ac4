"""Looks whether a file that was just written is whole, before it is said to be saved."""

import zipfile
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.exports.kinds import Format

_TAIL: Final = 1024  # bytes from the end, in which the last ones of a format stand
# What stands at the beginning and at the end of a whole one.
_ENDS: Final[dict[Format, tuple[bytes, bytes]]] = {
    Format.CSV: (b"\xef\xbb\xbftime,", b"\r\n"),
    Format.JSON: (b"{", b"]}\n"),
    Format.PARQUET: (b"PAR1", b"PAR1"),
    Format.HTML: (b"<!DOCTYPE html>", b"</html>\n"),
    Format.PDF: (b"%PDF-", b"%%EOF\n"),
}


def check(written: Path, kind: Format, file: Path) -> None:
    """Reads it back. Raises StoreError where it is not whole, which names `file`, and OSError."""
    if not (_workbook_is_whole(written) if kind is Format.XLSX else _ends_fit(written, kind)):
        raise StoreError("{file} could not be written whole: check its disk, and save it again.", file=file)


def _ends_fit(written: Path, kind: Format) -> bool:
    begin, end = _ENDS[kind]
    with written.open("rb") as opened:
        head = opened.read(len(begin))
        opened.seek(0, 2)
        opened.seek(max(0, opened.tell() - _TAIL))
        return head == begin and opened.read().endswith(end)


def _workbook_is_whole(written: Path) -> bool:
    try:
        with zipfile.ZipFile(written) as opened:
            return opened.testzip() is None
    except zipfile.BadZipFile:
        return False
