"""The frames of a case, with their truth."""

from collections import deque
from collections.abc import Iterator

from fer_desktop.core.types import Frame, Image
from fer_desktop.simulation.hard_cases.case import CallCase
from fer_desktop.simulation.hard_cases.degrading import Degrader
from fer_desktop.simulation.hard_cases.tile_scene import DrawnScene
from fer_desktop.simulation.hard_cases.truth import CaseTruth
from fer_desktop.simulation.recording import recoded


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
        """`count` frames, `step_s` apart, each with its truth in px of the frame.

        Raises SourceError where the case is a recording and there are no encoders.
        """
        drawn = (self._drawn(index, step_s) for index in range(count))
        for index, (image, truth) in enumerate(self._recorded(drawn, 1 / step_s)):
            yield Frame(index, index * step_s, image), truth

    def _drawn(self, index: int, step_s: float) -> tuple[Image, CaseTruth]:
        canvas, truth = self._scene.draw(self._starts_s + index * step_s)
        return self._degrader.picture(canvas, index), truth.moved(self._degrader.box)

    def _recorded(self, drawn: Iterator[tuple[Image, CaseTruth]], fps: float) -> Iterator[tuple[Image, CaseTruth]]:
        if self.case.recorded is None:
            yield from drawn
            return
        # The encoder takes some pictures in before the first comes out.
        inside: deque[CaseTruth] = deque()

        def taken() -> Iterator[Image]:
            for image, truth in drawn:
                inside.append(truth)
                yield image

        for image in recoded(taken(), self.case.recorded.codec, self.case.recorded.quality, fps):
            yield image, inside.popleft()
