"""The frames of a case, with their truth."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, cast

from fer_desktop.core.types import Frame, Image
from fer_desktop.simulation.cases.case import CallCase, RecordedAs
from fer_desktop.simulation.cases.degrading import Degrader
from fer_desktop.simulation.cases.tile_scene import DrawnScene
from fer_desktop.simulation.cases.truth import CaseTruth

_RECORDING: Final = "fer_desktop.simulation.recording"


class CaseCall:
    """One call of a case; the same frames for the same seed."""

    def __init__(self, case: CallCase, scene: DrawnScene, degrader: Degrader, starts_s: float) -> None:
        self.case = case
        self._scene, self._degrader, self._starts_s = scene, degrader, starts_s

    @property
    def frame_px(self) -> tuple[int, int]:
        """Width and height of the frames."""
        return self._degrader.frame_px

    def frames(self, count: int, step_s: float = 0.5) -> Iterator[tuple[Frame, CaseTruth]]:
        """`count` frames, `step_s` apart, each with its truth in px of the frame."""
        if self.case.recorded is None:
            for index in range(count):
                image, truth = self._drawn(index, step_s)
                yield Frame(index, index * step_s, image), truth
            return
        truths = [self._truth(index, step_s) for index in range(count)]
        images = (self._drawn(index, step_s)[0] for index in range(count))
        for index, image in enumerate(_recoded(images, self.case.recorded)):
            yield Frame(index, index * step_s, image), truths[index]

    def _drawn(self, index: int, step_s: float) -> tuple[Image, CaseTruth]:
        canvas, truth = self._scene.draw(self._starts_s + index * step_s)
        return self._degrader.picture(canvas, index), truth.moved(self._degrader.box)

    def _truth(self, index: int, step_s: float) -> CaseTruth:
        return self._drawn(index, step_s)[1]


def _recoded(images: Iterable[Image], how: RecordedAs) -> Iterable[Image]:
    recoded = cast(
        "Callable[[Iterable[Image], str, int], Iterable[Image]]", importlib.import_module(_RECORDING).recoded
    )
    return recoded(images, how.codec, how.quality)
