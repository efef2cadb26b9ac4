"""Cameras connected to this computer."""

import os
import sys
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.background_reader import BackgroundSource, Connect
from fer_desktop.capture.opencv import quiet_opencv
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.sources import CameraChoice

if TYPE_CHECKING:
    import cv2

_SIZE_PX: Final = (1280, 720)
# Some cameras take more than ten seconds to start on Windows.
_PATIENCE_S: Final = 25.0


def list_cameras() -> list[CameraChoice]:
    """The connected cameras; slow. Cameras of the same name are told apart by number."""
    found = _connected()
    names = list(found.values())
    return [
        CameraChoice(name, name) if names.count(name) == 1 else CameraChoice(f"{name} ({number})", number)
        for number, name in found.items()
    ]


class CameraSource(BackgroundSource):
    """Frames of one camera, which is named or numbered by `device`."""

    def __init__(
        self, device: int | str, name: str = "", connect: Connect | None = None, wait_s: float = _PATIENCE_S
    ) -> None:
        name = name or (f"Camera {device}" if isinstance(device, int) else device)
        super().__init__(
            name,
            connect or (lambda: connect_camera(device, name)),
            wait_s,
            silent=_busy(name),
            lost=message("{name} stopped sending pictures: check its cable, then start again.", name=name),
        )


def connect_camera(device: int | str, name: str) -> "cv2.VideoCapture":
    """An open camera. Raises SourceError where it is missing or in use."""
    quiet_opencv()
    # OpenCV requests permission on the main thread only and fails on this one; without it, macOS asks by itself.
    os.environ.setdefault("OPENCV_AVFOUNDATION_SKIP_AUTH", "1")
    import cv2

    number = _number(device, name)
    capture = cv2.VideoCapture(number, _backend())
    if not capture.isOpened():
        raise SourceError(_busy(name) if number in _connected() else _missing(name))
    if sys.platform == "linux":
        # Uncompressed, most USB cameras manage only 10 frames a second at 720p.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, _SIZE_PX[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _SIZE_PX[1])
    return capture


def _number(device: int | str, name: str) -> int:
    if isinstance(device, int):
        return device
    found = _connected()
    if not found:
        raise SourceError("No camera was found: connect one, then start again.")
    for number, known in found.items():
        if known == device:
            return number
    raise SourceError(_missing(name))


def _connected() -> dict[int, str]:
    """The name of each camera by its number."""
    quiet_opencv()
    from cv2_enumerate_cameras import enumerate_cameras

    found = enumerate_cameras(_backend())
    return {camera.index: camera.name or f"Camera {camera.index}" for camera in sorted(found, key=lambda c: c.index)}


def _backend() -> int:
    """OpenCV's number of the backend that both lists and opens cameras, so that their numbers agree."""
    import cv2

    # Not MSMF on Windows: it opens slowly and freezes on a camera that is in use.
    return {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}.get(
        sys.platform, cv2.CAP_ANY
    )


def _missing(name: str) -> Message:
    return message("{name} was not found: connect it, or choose another camera.", name=name)


def _busy(name: str) -> Message:
    return message(
        "{name} sends no pictures: close other programs that use it, such as the call, then start again.", name=name
    )
