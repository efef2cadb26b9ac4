"""A picture as a file."""

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap

from fer_desktop.core.errors import StoreError


def write_png(picture: QPixmap, path: Path) -> None:
    """Writes it whole or not at all. Raises StoreError."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    half = path.with_name(f"{path.name}.part")
    try:
        half.write_bytes(bytes(buffer.data().data()))
        os.replace(half, path)
    except OSError as error:
        raise StoreError(f"The picture cannot be saved as {path}: check that its folder can be written.") from error
