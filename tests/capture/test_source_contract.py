"""What `pipeline/ports.Source` asks of every source that there is, each on real pixels."""

import ast
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest
from support.inputs.clips import write_clip
from support.inputs.network_camera import NetworkCamera
from support.places import RESOURCES, ROOT
from support.screen.window_desk import shown, until

from fer_desktop.capture.desktop.region import ScreenSource
from fer_desktop.capture.desktop.window import WindowSource, list_windows
from fer_desktop.capture.devices.camera import CameraSource
from fer_desktop.capture.devices.stream import StreamSource
from fer_desktop.capture.files.pictures import PicturesSource
from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region, WindowChoice
from fer_desktop.core.types import Frame
from fer_desktop.pipeline.ports import Source
from fer_desktop.simulation.demo_class import DemoClass
from fer_desktop.simulation.simulator import CallSimulator

SOON_S = 10.0
LONG_S = 3600.0

KINDS: dict[str, type] = {
    "camera": CameraSource,
    "stream": StreamSource,
    "region": ScreenSource,
    "window": WindowSource,
    "recording": RecordingSource,
    "unpaced_recording": RecordingSource,
    "pictures": PicturesSource,
    "simulated_call": CallSimulator,
    "demo_class": DemoClass,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How to make sources of one kind; none is open yet."""

    good: Callable[[], Source]
    waiting: Callable[[], Source]  # a `read` waits for long, where this kind can
    failing: Callable[[], Source]  # `open` cannot have it
    stall: Callable[[], None] = lambda: None  # what makes the `read` after the first frame wait, where it does not yet


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.getfixturevalue(request.param)
    assert isinstance(found.good(), KINDS[request.param])
    return found


@pytest.fixture
def camera(network_camera: NetworkCamera) -> Kind:
    def at(path: str) -> CameraSource:
        return CameraSource(0, "HD Webcam", lambda: cv2.VideoCapture(network_camera.url(path)), wait_s=LONG_S)

    return Kind(lambda: at("/endless"), lambda: at("/hangs"), lambda: CameraSource(87), network_camera.breaks.set)


@pytest.fixture
def stream(network_camera: NetworkCamera) -> Kind:
    def at(path: str, wait_s: float = LONG_S) -> StreamSource:
        return StreamSource(network_camera.url(path), wait_s=wait_s)

    stall = network_camera.breaks.set
    return Kind(lambda: at("/endless"), lambda: at("/hangs"), lambda: at("/missing", 1.0), stall)


@pytest.fixture
def region(desk: str) -> Kind:
    def at(place: Region, rate_hz: float = 30.0) -> ScreenSource:
        return ScreenSource(place, rate_hz=rate_hz, display=desk)

    inside, outside = Region(100, 50, 320, 180), Region(5000, 5000, 320, 180)
    return Kind(lambda: at(inside), lambda: at(inside, 1 / LONG_S), lambda: at(outside))


@pytest.fixture
def window(desk: str) -> Iterator[Kind]:
    with shown(desk, "Zoom Meeting", (200, 150, 640, 480)):
        until(lambda: bool(list_windows()), "the window is not listed")
        choice, gone = list_windows()[0], WindowChoice("Gone", 1, "gone")
        yield Kind(
            lambda: WindowSource(choice, rate_hz=50),
            lambda: WindowSource(choice, rate_hz=1 / LONG_S),
            lambda: WindowSource(gone),
        )


@pytest.fixture
def recording(clip: Path, tmp_path: Path) -> Kind:
    def of(file: Path, every_s: float = 0.0) -> RecordingSource:
        return RecordingSource(file, paced=True, every_s=every_s)

    slow = write_clip(tmp_path / "slow.avi", 35)
    return Kind(lambda: of(clip), lambda: of(slow, 3.0), lambda: of(tmp_path / "gone.mp4"))


@pytest.fixture
def unpaced_recording(clip: Path, tmp_path: Path) -> Kind:
    def of(file: Path) -> RecordingSource:
        return RecordingSource(file, paced=False)

    return Kind(lambda: of(clip), lambda: of(clip), lambda: of(tmp_path / "gone.mp4"))


@pytest.fixture
def pictures(tmp_path: Path) -> Kind:
    for number in (1, 2):
        PIL.Image.new("RGB", (64, 48), (40 * number, 90, 120)).save(tmp_path / f"{number}.png")
    folder = PicturesSource
    return Kind(lambda: folder(tmp_path), lambda: folder(tmp_path), lambda: folder(tmp_path / "gone"))


@pytest.fixture
def simulated_call(tmp_path: Path) -> Kind:
    def of(resources: Path, rate_hz: float = 30.0) -> CallSimulator:
        return CallSimulator(resources, "all_on", 4, picture_px=(640, 360), rate_hz=rate_hz)

    return Kind(lambda: of(RESOURCES), lambda: of(RESOURCES, 1 / LONG_S), lambda: of(tmp_path))


@pytest.fixture
def demo_class(tmp_path: Path) -> Kind:
    def of(resources: Path, rate_hz: float = 30.0) -> DemoClass:
        return DemoClass(resources, rate_hz=rate_hz)

    return Kind(lambda: of(RESOURCES), lambda: of(RESOURCES, 1 / LONG_S), lambda: of(tmp_path))


def frame(source: Source) -> Frame:
    found = source.read()
    assert found is not None
    return found


def test_every_source_is_held_to_the_contract():
    rooms = [ROOT / "fer_desktop" / room for room in ("capture", "simulation")]
    classes = {
        node.name
        for room in rooms
        for file in room.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and {"open", "read", "cancel", "close"}
        <= {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
    }
    assert classes
    assert classes <= {base.__name__ for kind in KINDS.values() for base in kind.__mro__}


def test_a_source_has_a_name_before_it_is_opened(kind: Kind):
    source = kind.good()
    assert source.name.strip()
    assert isinstance(source.reopens, bool)
    source.close()


def test_frames_are_pictures_in_the_order_in_which_they_were_taken(kind: Kind):
    source = kind.good()
    began_s = time.monotonic()
    source.open()
    frames = [frame(source) for _ in range(4)]
    source.close()
    for each in frames:
        assert each.image.dtype == np.uint8
        assert each.image.ndim == 3
        assert each.image.shape[2] == 3
        assert each.image.size > 0
        assert each.image.flags.c_contiguous
    for before, after in pairwise(frames):
        assert before.index < after.index
        assert before.captured_s < after.captured_s
        assert before.scene <= after.scene
    # A recording that is not played in real time tells its own time.
    if not (isinstance(source, RecordingSource) and frames[0].captured_s == 0.0):
        assert began_s <= frames[0].captured_s
        assert frames[-1].captured_s <= time.monotonic()


def test_a_frame_that_was_given_does_not_change(kind: Kind):
    source = kind.good()
    source.open()
    first = frame(source)
    as_given = first.image.copy()
    for _ in range(3):
        frame(source)
    source.close()
    assert np.array_equal(first.image, as_given)


def test_a_source_may_be_closed_before_it_is_opened_and_twice(kind: Kind):
    source = kind.good()
    source.close()
    source = kind.good()
    source.open()
    frame(source)
    source.close()
    source.close()


def test_a_source_that_is_closed_gives_nothing(kind: Kind):
    source = kind.good()
    source.open()
    frame(source)
    source.close()
    assert source.read() is None


def test_a_source_that_is_worth_opening_again_goes_on_counting(kind: Kind):
    source = kind.good()
    source.open()
    first = frame(source)
    source.close()
    if source.reopens:
        source.open()
        second = frame(source)
        source.close()
        assert second.index > first.index
        assert second.captured_s > first.captured_s


def test_cancelling_ends_what_waits_and_all_that_comes_after(kind: Kind):
    source, waits, ended = kind.waiting(), threading.Event(), threading.Event()

    def use() -> None:
        source.open()
        waits.set()
        while source.read() is not None:
            kind.stall()
        source.close()
        ended.set()

    reader = threading.Thread(target=use, daemon=True)
    reader.start()
    assert waits.wait(SOON_S)
    source.cancel()
    source.cancel()
    assert ended.wait(SOON_S)
    assert source.read() is None


def test_a_source_cancelled_before_it_is_opened_gives_nothing_and_waits_for_nothing(kind: Kind):
    source, ended = kind.waiting(), threading.Event()
    source.cancel()

    def use() -> None:
        source.open()
        assert source.read() is None
        source.close()
        ended.set()

    threading.Thread(target=use, daemon=True).start()
    assert ended.wait(SOON_S)


def test_a_source_that_cannot_be_had_says_in_one_sentence_what_to_do(kind: Kind):
    source = kind.failing()
    with pytest.raises(SourceError) as caught:
        source.open()
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert ". " not in sentence
    assert ": " in sentence
    source.close()
