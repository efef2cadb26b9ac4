"""Pictures that move: GIF, WebP, PNG and AVIF of several frames, which FFmpeg reads in part, or with what they hide."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.capture.files.picture_file import bgr_of, check_size, opened_picture, told_of_pictures
from fer_desktop.core.errors import SourceError
from fer_desktop.core.types import Image

if TYPE_CHECKING:
    import PIL.Image

# Browsers show frames that claim to be shorter for as long as this.
_SHORTEST_S: Final = 0.02
_USUAL_S: Final = 0.1


class Animation:
    """The frames of a picture that moves, in order, as `VideoFile` gives those of a video.

    Raises SourceError where the file is missing, too large or damaged.
    """

    plain: Final = True  # it has lengths of frames, and no time stamps that could be wrong

    def __init__(self, path: Path) -> None:
        self._path = path
        self._picture: PIL.Image.Image = opened_picture(path)
        try:
            check_size(path, self._picture)
        except BaseException:
            self._picture.close()
            raise
        self.claimed_s: float | None = None  # known once all frames are
        self.number = -1
        self.end_s = 0.0

    def go_near(self, at_s: float) -> None:
        """Nothing: each frame stands on those before."""

    def step(self) -> float | None:
        """Seconds from the first frame to the next one; None after the last, and where the rest is damaged."""
        at_s = self.end_s
        try:
            with told_of_pictures(self._path):
                self._picture.seek(self.number + 1)
                self._picture.load()
        except EOFError:
            self.claimed_s = at_s
            return None
        except SourceError:
            if self.number < 0:
                raise
            return None
        self.number += 1
        length_s = float(self._picture.info.get("duration") or 0.0) / 1000.0
        self.end_s = at_s + (length_s if length_s >= _SHORTEST_S else _USUAL_S)
        return at_s

    def picture(self) -> Image | None:
        """The frame that `step` went to, (H, W, 3) BGR; transparent parts are grey."""
        return bgr_of(self._picture)

    def close(self) -> None:
        """Closes the file."""
        self._picture.close()
