"""Files that Qt can read by a path and that lie in memory alone, as Qt's own resources do."""

import struct
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QLocale, qRegisterResourceData

_VERSION: Final = 1  # of the format that `rcc` writes: no times, nothing compressed
_FOLDER: Final = 2  # the flag of a node that is one
_ANY_LANGUAGE: Final = QLocale.Language.C.value  # a file of another is found by nobody who speaks none
_held: Final[list[tuple[bytes, bytes, bytes]]] = []  # Qt copies nothing


def put_in_memory(folder: str, files: Mapping[str, bytes]) -> str:
    """The path of a folder in which Qt finds the files, by their names, until the program ends."""
    names, data, nodes = b"", b"", []
    places = {}
    for name in (folder, *files):
        places[name] = len(names)
        names += struct.pack(">HI", len(name), _hash(name)) + name.encode("utf-16-be")
    nodes.append(_folder_node(0, children=1, first=1))
    nodes.append(_folder_node(places[folder], children=len(files), first=2))
    for name in sorted(files, key=_hash):  # Qt searches by halves
        nodes.append(struct.pack(">IHHHI", places[name], 0, 0, _ANY_LANGUAGE, len(data)))
        data += struct.pack(">I", len(files[name])) + files[name]
    parts = b"".join(nodes), names, data
    _held.append(parts)
    qRegisterResourceData(_VERSION, *parts)
    return f":/{folder}"


def _folder_node(name: int, children: int, first: int) -> bytes:
    return struct.pack(">IHII", name, _FOLDER, children, first)


def _hash(name: str) -> int:
    """Qt's own of a resource's name (qt_hash)."""
    value = 0
    for unit in struct.unpack(f">{len(name)}H", name.encode("utf-16-be")):
        value = (value << 4) + unit
        value ^= (value & 0xF0000000) >> 23
        value &= 0x0FFFFFFF
    return value
