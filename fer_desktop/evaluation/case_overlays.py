"""Pictures of what was counted in a case, to look at."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.evaluation.cases import CaseTally, Looked
from fer_desktop.evaluation.participants_count import is_visible

_TRUTH: Final = (80, 220, 80)  # BGR, as what follows
_MISSED: Final = (0, 200, 255)
_RIGHT: Final = (230, 140, 30)
_WRONG: Final = (40, 40, 235)
_THICK_PX: Final = 3
_CAPTION_PX: Final = 26


def write_overlay(folder: Path, tally: CaseTally) -> Path | None:
    """The PNG of the case's worst frame in the folder; None where no frame was counted. Raises StoreError.

    Thin: whom it shows, green, and yellow where they were not counted once. Thick: who was counted, blue, and red
    where that is nobody or somebody once more.
    """
    if tally.worst is None:
        return None
    file = folder / f"{tally.case.name}.png"
    # By its content: OpenCV writes no file whose name has letters beyond the code page of Windows.
    written, content = cv2.imencode(".png", _drawn(tally.worst, _caption(tally)))
    try:
        if not written:
            raise OSError
        file.write_bytes(content.tobytes())
    except OSError as error:
        raise StoreError("{file} cannot be written: choose another folder.", file=file) from error
    return file


def _drawn(looked: Looked, caption: str) -> Image:
    height, width = looked.image.shape[:2]
    picture = np.zeros((height + _CAPTION_PX, width, 3), np.uint8)
    picture[_CAPTION_PX:] = looked.image
    shown = picture[_CAPTION_PX:]
    for one, wrong in zip(looked.counted, looked.owners.wrong, strict=True):
        _box(shown, one.xyxy, _WRONG if wrong else _RIGHT, _THICK_PX)
    for index, person in enumerate(looked.truth.participants):
        colour = _TRUTH if looked.owners.times(index) == 1 or not is_visible(person) else _MISSED
        for box in (person.tile_xyxy, person.face_xyxy):
            if box is not None:
                _box(shown, np.array(box, np.float32), colour, 1)
    cv2.putText(picture, caption, (6, 18), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (255, 255, 255), 1, cv2.LINE_AA)
    return picture


def _box(picture: Image, xyxy: FloatArray, colour: tuple[int, int, int], thick: int) -> None:
    x0, y0, x1, y1 = (round(float(edge)) for edge in xyxy)
    cv2.rectangle(picture, (x0, y0), (x1 - 1, y1 - 1), colour, thick)


def _caption(tally: CaseTally) -> str:
    counts = tally.counts
    return (
        f"{tally.case.name}: once {counts.once} of {counts.participants}, none {counts.none_counted}, "
        f"faces {counts.faces_found} of {counts.faces}, false {counts.false_faces} in {counts.frames} frames"
    )
