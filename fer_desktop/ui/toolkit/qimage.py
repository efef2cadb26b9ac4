"""Frames as Qt draws them."""

import numpy as np
from PySide6.QtGui import QImage

from fer_desktop.core.types import Image


def as_qimage(image: Image) -> QImage:
    """The picture (H, W, 3) BGR in the format that Qt draws fastest. The pixels are copied: the array may go."""
    pixels = np.ascontiguousarray(image)
    height, width = pixels.shape[:2]
    view = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_BGR888)
    return view.convertToFormat(QImage.Format.Format_RGB32)
