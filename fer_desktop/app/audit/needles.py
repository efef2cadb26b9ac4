"""What to look for: short runs of pixels of what a session saw, in the forms that a picture is stored in."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image

NEEDLES_FILE: Final = "needles.bin"
RUN_PX: Final = 16  # side by side in one row
_VARIED: Final = 8  # different values that a run has at least, so that no text and no table is taken for it
_LENGTH_BYTES: Final = 2  # of the number before each needle in the file


class NeedleCollector:
    """Takes runs out of frames and crops, and writes those it did not have yet to a file."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self._chance = np.random.default_rng(seed)
        self._seen: set[bytes] = set()
        self._file = folder / NEEDLES_FILE

    def look_at_frame(
        self, image: Image, faces: Sequence[FloatArray] = (), runs: int = 12, runs_in_face: int = 3
    ) -> None:
        """Takes some runs of anywhere in the frame (H, W, 3) BGR, and some of each face (4,) px."""
        height, width = image.shape[:2]
        forms: list[bytes] = []
        for box, count in [(np.array([0, 0, width, height]), runs), *((face, runs_in_face) for face in faces)]:
            left, top, right, bottom = np.clip(box, 0, [width, height, width, height]).astype(int)
            if right - left < RUN_PX or bottom <= top:
                continue
            for x, y in zip(
                self._chance.integers(left, right - RUN_PX + 1, count),
                self._chance.integers(top, bottom, count),
                strict=True,
            ):
                forms += _forms_of_frame(image[y, x : x + RUN_PX])
        self._keep(forms)

    def look_at_crops(self, crops: npt.NDArray[np.uint8], runs: int = 2) -> None:
        """Takes some runs of each crop (N, side, side, channels), in the middle, where the face is."""
        side = crops.shape[1]
        forms: list[bytes] = []
        for crop in crops:
            for y in self._chance.integers(side // 4, side - side // 4, runs):
                x = (side - RUN_PX) // 2
                forms += _forms_of_crop(crop[y, x : x + RUN_PX])
        self._keep(forms)

    def _keep(self, forms: Iterable[bytes]) -> None:
        new = [form for form in dict.fromkeys(forms) if form not in self._seen]
        self._seen.update(new)
        with self._file.open("ab") as file:
            file.write(b"".join(len(form).to_bytes(_LENGTH_BYTES, "little") + form for form in new))


def read_needles(folder: Path) -> list[bytes]:
    """What the collector wrote; a last one that was cut off is left out."""
    file = folder / NEEDLES_FILE
    content = file.read_bytes() if file.is_file() else b""
    found, at = [], 0
    while at + _LENGTH_BYTES <= len(content):
        size = int.from_bytes(content[at : at + _LENGTH_BYTES], "little")
        at += _LENGTH_BYTES
        if at + size <= len(content):
            found.append(content[at : at + size])
        at += size
    return found


def _forms_of_frame(run: npt.NDArray[np.uint8]) -> Iterator[bytes]:
    """BGR, RGB, with a fourth byte as Qt has it, and each channel by itself, as networks take them."""
    if len(np.unique(run, axis=0)) < _VARIED:
        return
    filled = np.full((RUN_PX, 1), 255, np.uint8)
    yield run.tobytes()
    yield run[:, ::-1].tobytes()
    yield np.hstack([run, filled]).tobytes()
    yield np.hstack([run[:, ::-1], filled]).tobytes()
    yield from (channel.tobytes() for channel in run.T if len(np.unique(channel)) >= _VARIED)


def _forms_of_crop(run: npt.NDArray[np.uint8]) -> Iterator[bytes]:
    """Bytes, and numbers of four bytes to 255 and to 1."""
    if len(np.unique(run)) < _VARIED:
        return
    yield run.tobytes()
    yield run.astype(np.float32).tobytes()
    yield (run.astype(np.float32) / np.float32(255)).tobytes()


class NeedleIndex:
    """Needles that can be looked for all at once."""

    def __init__(self, needles: Iterable[bytes]) -> None:
        """Of eight bytes each, at least; shorter ones are left out."""
        self._by_start: dict[int, list[bytes]] = {}
        for needle in needles:
            if len(needle) >= 8:
                self._by_start.setdefault(int.from_bytes(needle[:8], "little"), []).append(needle)
        self._starts = np.array(sorted(self._by_start), np.dtype("<u8"))

    def __len__(self) -> int:
        return sum(map(len, self._by_start.values()))

    def first_in(self, content: bytes) -> int | None:
        """Where in the content the first needle is; None where there is none."""
        places = []
        for offset in range(8):
            words = np.frombuffer(content[offset : offset + (len(content) - offset) // 8 * 8], np.dtype("<u8"))
            # The starts are sorted already, which numpy's own isin does not know.
            nearest = np.searchsorted(self._starts, words).clip(max=max(0, len(self._starts) - 1))
            for index in np.flatnonzero(self._starts[nearest] == words) if len(self._starts) else ():
                at = offset + 8 * int(index)
                if any(content.startswith(needle, at) for needle in self._by_start[int(words[index])]):
                    places.append(at)
                    break
        return min(places, default=None)
