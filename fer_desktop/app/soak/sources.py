"""Sources that need no camera and no screen, made of the demo class, and lost when they are told to be."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Final

from fer_desktop.app import paths
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import DEMO_NAME, DemoChoice, PicturesChoice, RecordingChoice, SourceChoice, StreamChoice
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.ports import Source

_RATE_HZ: Final = 10
_FRAMES: Final = 23  # of a recording that ends by itself, in mid-second
_LONG_TIMES: Final = 10  # so often another one shows them
_PICTURES: Final = 6
_WIDTH_PX: Final = 960


class WatchedSource:
    """Another source, whose frames are timed, and which can be lost for a while. A Source."""

    def __init__(self, make: Callable[[], Source], can_be_lost: bool) -> None:
        """`make` gives the source, not open yet, once for each time that it is opened: some cannot be opened twice."""
        self._make, self._can_be_lost = make, can_be_lost
        self._inner = make()
        self._used = False
        self._lost_until_s = 0.0
        self.first_frame_s: float | None = None  # monotonic
        self.over_s: float | None = None  # when it said that no more comes

    @property
    def name(self) -> str:
        """That of the other source."""
        return self._inner.name

    @property
    def reopens(self) -> bool:
        """True where it can be lost."""
        return self._can_be_lost

    def lose(self, seconds: float) -> None:
        """It gives no more frames from here on, and cannot be opened for so long; from any thread."""
        if self._can_be_lost:
            self._lost_until_s = time.monotonic() + seconds

    def open(self) -> None:
        """Raises SourceError where it cannot be opened, or is lost."""
        self._check()
        if self._used:
            self._inner = self._make()
        self._used = True
        self._inner.open()

    def read(self) -> Frame | None:
        """The next frame; None at its end. Raises SourceError where it is lost."""
        self._check()
        frame = self._inner.read()
        if frame is None:
            self.over_s = time.monotonic()
        elif self.first_frame_s is None:
            self.first_frame_s = frame.captured_s
        return frame

    def cancel(self) -> None:
        """Makes a waiting `read` return soon."""
        self._inner.cancel()

    def close(self) -> None:
        """Closes the other source."""
        self._inner.close()

    def _check(self) -> None:
        if time.monotonic() < self._lost_until_s:
            raise SourceError("The source is lost, as the soak wants it.")


@dataclass(frozen=True, slots=True)
class SoakSources:
    """What the soak looks at, in turn."""

    demo: DemoChoice
    others: tuple[SourceChoice, ...]


@contextmanager
def soak_sources(folder: Path) -> Iterator[SoakSources]:
    """The demo class, recordings and pictures of it that are made in `folder`, and an address that shows it."""
    pictures = _demo_pictures(_FRAMES)
    brief = _write_recording(folder / "brief.avi", pictures)
    long = _write_recording(folder / "long.avi", pictures * _LONG_TIMES)
    shown = _write_pictures(folder / "pictures", pictures[:: _FRAMES // _PICTURES])
    with _picture_server(shown[0].read_bytes()) as address:
        demo = DemoChoice(DEMO_NAME)
        others = (
            RecordingChoice(long.name, long),
            PicturesChoice("Folder of pictures", shown[0].parent),
            demo,
            RecordingChoice(brief.name, brief),
            StreamChoice("127.0.0.1", address),
            PicturesChoice(shown[0].name, shown[0]),
        )
        yield SoakSources(demo, others)


def _demo_pictures(count: int) -> list[Image]:
    import cv2
    import numpy as np

    from fer_desktop.simulation.demo_class import DemoClass

    demo = DemoClass(paths.resources(), realtime=False)
    whole = (demo.image_at(number / _RATE_HZ) for number in range(count))
    height = _WIDTH_PX * 9 // 16
    small = [cv2.resize(image, (_WIDTH_PX, height), interpolation=cv2.INTER_AREA) for image in whole]
    demo.close()
    return [np.asarray(image, np.uint8) for image in small]


def _write_recording(file: Path, images: list[Image]) -> Path:
    import cv2

    height, width = images[0].shape[:2]
    writer = cv2.VideoWriter(str(file), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"MJPG"), _RATE_HZ, (width, height))
    for image in images:
        writer.write(image)
    writer.release()
    return file


def _write_pictures(folder: Path, images: list[Image]) -> list[Path]:
    import cv2

    folder.mkdir()
    files = [folder / f"{number}.jpg" for number in range(len(images))]
    for file, image in zip(files, images, strict=True):
        file.write_bytes(cv2.imencode(".jpg", image)[1].tobytes())
    return files


@contextmanager
def _picture_server(picture: bytes) -> Iterator[str]:
    """The address of a computer, this one, that gives the picture each time it is asked."""

    class Answers(BaseHTTPRequestHandler):
        timeout = 1.0  # of a caller that says nothing; nobody else is answered meanwhile

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(len(picture)))
            self.end_headers()
            self.wfile.write(picture)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, name="picture server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/shot.jpg"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
