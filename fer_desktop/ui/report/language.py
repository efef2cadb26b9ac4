"""The language of a PDF, which Qt does not write: a screen reader has to know it to read the page aloud."""

import re
from typing import Final

_CATALOG: Final = re.compile(rb"\n(\d+) 0 obj\s*<<\s*/Type /Catalog\s(.*?)>>\s*endobj", re.DOTALL)
_TRAILER: Final = re.compile(rb"trailer\s*<<\s(.*)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)


def with_language(pdf: bytes, language: str) -> bytes:
    """The file with its catalog once more at its end, which names the language and has its title shown.

    As it was where Qt writes otherwise than it does today.
    """
    catalog, trailer = _CATALOG.search(pdf), _TRAILER.search(pdf)
    if catalog is None or trailer is None or not language.isascii() or not language.isalnum():
        return pdf
    number, entries = int(catalog[1]), catalog[2]
    added = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n" % language.encode("ascii")
    written = b"%d 0 obj\n<<\n/Type /Catalog\n%s%s>>\nendobj\n" % (number, entries, added)
    place = len(pdf)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    end = b"trailer\n<<\n%s/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (trailer[1], int(trailer[2]), place + len(written))
    return pdf + written + table + end
