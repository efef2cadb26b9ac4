"""Recordings: any file that FFmpeg reads, timed by its own time stamps, and pictures that move."""

import math
import time
from pathlib import Path
from typing import Final

from fer_desktop.capture.files.animation import Animation
from fer_desktop.capture.files.completeness import note_on_length
from fer_desktop.capture.files.video_file import VideoFile
from fer_desktop.core.file_kinds import FileKind, kind_of
from fer_desktop.core.types import Frame, Image
from fer_desktop.pipeline.pacing import Pacer

# Recorders leave frames out while nothing moves; the last frame is what is on screen then, repeated this often.
_HOLD_S: Final = 1.0


class RecordingSource:
    """Frames of a video file, at most one in `every_s` of the recording's time.

    Paced frames come no faster than real time and carry monotonic time; at their end it is told where the file is cut
    off. Unpaced frames come as fast as they are decoded and carry the recording's own time, which starts at 0 and never
    runs backwards; who reads these asks `note_on_length`, which may have more to say.
    """

    reopens: Final = False

    def __init__(self, path: Path, *, paced: bool, every_s: float = 0.0, name: str = "", begin_s: float = 0.0) -> None:
        """`begin_s`: a moment of the recording, from which on all frames come; those before it may be left out."""
        self.name: Final = name or path.name
        self._path, self._paced, self._every_s, self._begin_s = path, paced, every_s, begin_s
        self._hold_s = max(_HOLD_S, 2 * every_s)
        self._pacer = Pacer()
        self._video: VideoFile | Animation | None = None
        self._image: Image | None = None  # of the last delivered frame
        self._delivered_s = 0.0
        self._next_s: float | None = None  # of the next frame to deliver
        self._due_s = 0.0
        self._length_s: float | None = None
        self._plain = True

    @property
    def length_s(self) -> float | None:
        """The length the file claims, and the real one once it has ended; None where the file claims none."""
        return self._length_s

    @property
    def plain(self) -> bool:
        """Whether its time stamps made sense so far; else a moment may be elsewhere than they say."""
        return self._plain

    @property
    def position_s(self) -> float:
        """The recording's own time of the last delivered frame."""
        return self._delivered_s

    def open(self) -> None:
        """Goes to the first frame. Raises SourceError where the file is missing or not a video."""
        self.close()
        self._video = Animation(self._path) if kind_of(self._path) is FileKind.ANIMATION else VideoFile(self._path)
        self._length_s, self._plain = self._video.claimed_s, True
        if self._begin_s > 0:
            self._video.go_near(self._begin_s)
        self._image, self._next_s, self._delivered_s, self._due_s = None, None, 0.0, 0.0

    def read(self) -> Frame | None:
        """The next frame; None at the end or where it was cancelled.

        Raises SourceError where there is no frame, and at the end of paced frames of a file that is cut off.
        """
        while self._video is not None and not self._pacer.cancelled:
            if self._next_s is None:
                self._next_s = self._due(self._video)
                self._plain = self._video.plain
            if self._next_s is None:
                self._end(self._video)
                return None
            if self._image is not None and self._next_s - self._delivered_s > self._hold_s:
                return self._deliver(self._image, self._delivered_s + self._hold_s, self._video.number - 1)
            at_s, self._next_s = self._next_s, None
            self._image = self._video.picture()
            if self._image is not None:
                return self._deliver(self._image, at_s, self._video.number)
        return None

    def cancel(self) -> None:
        """Ends a waiting `read`, for good."""
        self._pacer.cancel()

    def close(self) -> None:
        """Closes the file."""
        if self._video is not None:
            self._video.close()
            self._video = None
        self._image = None

    def _end(self, video: VideoFile | Animation) -> None:
        claimed_s, self._length_s = self._length_s, video.end_s
        if self._paced and not self._pacer.cancelled:
            note_on_length(self._path, self.name, claimed_s, video.end_s)

    def _due(self, video: VideoFile | Animation) -> float | None:
        """Goes to the next frame to deliver; None where the recording ends or was cancelled."""
        while not self._pacer.cancelled and (at_s := video.step()) is not None:
            if at_s >= self._due_s - 1e-6:
                if self._every_s > 0:
                    self._due_s = (math.floor(at_s / self._every_s + 1e-6) + 1) * self._every_s
                return at_s
        return None

    def _deliver(self, image: Image, at_s: float, number: int) -> Frame | None:
        gap_s, self._delivered_s = at_s - self._delivered_s, at_s
        if self._paced and not self._pacer.step(gap_s):
            return None
        return Frame(number, time.monotonic() if self._paced else at_s, image)
