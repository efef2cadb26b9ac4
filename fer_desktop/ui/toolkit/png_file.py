"""A picture as a file."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap

from fer_desktop.core.errors import StoreError
from fer_desktop.core.files import write_whole


def write_png(picture: QPixmap, path: Path) -> None:
    """Writes it whole or not at all. Raises StoreError."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if picture.isNull() or not picture.save(buffer, "PNG"):
        raise StoreError("There is no picture to save: make the window larger and try again.")
    try:
        write_whole(path, bytes(buffer.data().data()))
    except OSError as error:
        raise StoreError(
            "The picture cannot be saved as {path}: check that its folder can be written.", path=path
        ) from error
