import threading
import time

import cv2
import pytest
from support.inputs.network_camera import NetworkCamera

from fer_desktop.capture.devices.camera import CameraSource, list_cameras
from fer_desktop.core.errors import SourceError

NOWHERE = 87


def test_each_camera_is_listed_under_a_name_of_its_own() -> None:
    cameras = list_cameras()
    assert all(choice.device != "" for choice in cameras)
    assert len({choice.name for choice in cameras}) == len(cameras)


def test_a_number_without_a_camera_says_so() -> None:
    source = CameraSource(NOWHERE)
    assert source.reopens
    with pytest.raises(SourceError, match=r"^Camera 87 was not found: connect it, or choose another camera\.$"):
        source.open()
    source.close()


@pytest.mark.skipif(bool(list_cameras()), reason="a camera is connected")
def test_a_computer_without_cameras_says_so() -> None:
    with pytest.raises(SourceError, match=r"^No camera was found: connect one, then start again\.$"):
        CameraSource("HD Webcam").open()


def test_a_camera_gives_frames_one_after_the_other(network_camera: NetworkCamera) -> None:
    source = CameraSource(0, "HD Webcam", lambda: cv2.VideoCapture(network_camera.url("/endless")))
    source.open()
    frames = [frame for frame in (source.read() for _ in range(3)) if frame]
    source.close()
    source.close()
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert frames[0].captured_s < frames[1].captured_s < frames[2].captured_s <= time.monotonic()
    assert all(frame.image.shape == (240, 320, 3) for frame in frames)


def test_a_camera_that_is_pulled_out_says_so_and_opens_again(network_camera: NetworkCamera) -> None:
    source = CameraSource(0, "HD Webcam", lambda: cv2.VideoCapture(network_camera.url("/drops")))
    source.open()
    network_camera.breaks.set()
    with pytest.raises(SourceError, match=r"^HD Webcam stopped sending pictures: check its cable, then start again\.$"):
        list(iter(source.read, None))
    network_camera.breaks.clear()
    source.open()
    assert source.read()
    source.close()


def test_a_camera_that_is_taken_says_so(network_camera: NetworkCamera) -> None:
    """Some systems open a camera that another program uses, and then it gives nothing."""
    source = CameraSource(0, "HD Webcam", lambda: cv2.VideoCapture(network_camera.url("/silent")), wait_s=0.2)
    with pytest.raises(SourceError, match=r"^HD Webcam sends no pictures: close other programs that use it"):
        source.open()


def test_cancelling_leaves_behind_a_camera_that_never_opens() -> None:
    stuck, entered = threading.Event(), threading.Event()

    def connect() -> cv2.VideoCapture:
        entered.set()
        stuck.wait()
        return cv2.VideoCapture()

    source = CameraSource(0, "HD Webcam", connect, wait_s=3600)
    opening = threading.Thread(target=source.open, daemon=True)
    opening.start()
    assert entered.wait(10)
    source.cancel()
    opening.join(10)
    assert not opening.is_alive()
    assert source.read() is None
    source.close()
    stuck.set()


def test_a_bug_in_opening_reaches_the_reader() -> None:
    def connect() -> cv2.VideoCapture:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        CameraSource(0, "HD Webcam", connect).open()
