"""A window that is paused does not read; what is played then stands still."""

from pathlib import Path

import numpy as np
import pytest
from support.places import RESOURCES

from fer_desktop.capture.files import pictures
from fer_desktop.capture.files.pictures import PicturesSource
from fer_desktop.simulation import source as call_source
from fer_desktop.simulation.demo_class import DemoClass


class _Clock:
    """Time that passes only where it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    clock = _Clock()
    for module in (call_source, pictures):
        monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr("fer_desktop.pipeline.pacing.Pacer.step", lambda *_: True)
    return clock


def test_the_demo_class_goes_on_where_it_was(clock: _Clock) -> None:
    source = DemoClass(RESOURCES, seconds=1.0, rate_hz=10.0)
    source.open()
    assert source.read() is not None
    clock.now_s += 60.0
    assert source.read() is not None
    clock.now_s += 0.4
    assert source.read() is not None
    clock.now_s += 0.5
    assert source.read() is None


def test_the_pictures_of_a_folder_are_scenes_and_wait_while_nobody_reads(clock: _Clock, tmp_path: Path) -> None:
    import PIL.Image

    for number in (1, 2):
        PIL.Image.fromarray(np.full((30, 30, 3), 40 * number, np.uint8)).save(tmp_path / f"{number}.png")
    source = PicturesSource(tmp_path, each_s=4.0)
    source.open()
    scenes = []
    for passed_s in (0.0, 0.5, 60.0, 0.5, 2.0, 0.5):
        clock.now_s += passed_s
        frame = source.read()
        assert frame is not None
        scenes.append(frame.scene)
    assert scenes[:4] == [0, 0, 0, 0]
    for _ in range(8):
        clock.now_s += 0.5
        frame = source.read()
        assert frame is not None
        scenes.append(frame.scene)
    assert scenes[-1] == 1
