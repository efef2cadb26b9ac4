import socket
import threading

import pytest
from support.inputs.network_camera import NetworkCamera

from fer_desktop.capture.devices.stream import StreamSource
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import public_name


def test_pictures_come_from_the_network(network_camera: NetworkCamera) -> None:
    source = StreamSource(network_camera.url("/endless"))
    source.open()
    frames = [source.read() for _ in range(5)]
    source.close()
    assert [frame.index for frame in frames if frame] == [0, 1, 2, 3, 4]
    assert all(frame and frame.image.shape == (240, 320, 3) and abs(frame.image.mean() - 90) < 2 for frame in frames)
    assert len({frame.captured_s for frame in frames if frame}) == 5


@pytest.mark.parametrize("path", ["/drops", "/hangs"])
def test_a_stream_that_breaks_off_says_so_and_opens_again(network_camera: NetworkCamera, path: str) -> None:
    source = StreamSource(network_camera.url(path), wait_s=1.0)
    assert source.reopens
    source.open()
    assert source.read()
    network_camera.breaks.set()
    with pytest.raises(SourceError, match=r"^The stream from 127\.0\.0\.1:\d+ broke off: check the network"):
        list(iter(source.read, None))
    network_camera.breaks.clear()
    source.open()
    assert source.read()
    source.close()


@pytest.mark.parametrize("path", ["/silent", "/missing"])
def test_a_stream_without_pictures_says_so(network_camera: NetworkCamera, path: str) -> None:
    source = StreamSource(network_camera.url(path), wait_s=1.0)
    with pytest.raises(SourceError, match=r"^No pictures come from 127\.0\.0\.1:\d+: check the address"):
        source.open()


def test_a_port_where_nobody_listens_says_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        source = StreamSource(f"rtsp://127.0.0.1:{taken.getsockname()[1]}/live", wait_s=1.0)
        with pytest.raises(SourceError, match=r"^No pictures come from 127\.0\.0\.1"):
            source.open()


@pytest.mark.parametrize("path", ["/silent", "/hangs"])
def test_cancelling_ends_a_wait_for_a_hanging_stream(network_camera: NetworkCamera, path: str) -> None:
    source = StreamSource(network_camera.url(path), wait_s=60.0)
    done = threading.Event()

    def use() -> None:
        source.open()
        while source.read():
            network_camera.breaks.set()
        source.close()
        done.set()

    threading.Thread(target=use, daemon=True).start()
    if path == "/hangs":
        assert network_camera.breaks.wait(10)
    source.cancel()
    assert done.wait(10)


def test_a_password_is_shown_nowhere(network_camera: NetworkCamera) -> None:
    url = network_camera.url("/missing?key=geheim", login="teacher:geheim@")
    source = StreamSource(url, name=url, wait_s=1.0)
    with pytest.raises(SourceError) as caught:
        source.open()
    assert "geheim" not in source.name + str(caught.value)
    assert "teacher" not in source.name + str(caught.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("rtsp://a:b@cam.school.example:8554/live?token=1", "cam.school.example:8554"),
        ("http://cam.school.example/video", "cam.school.example"),
        ("http://[::1", "the stream"),
        ("nonsense", "the stream"),
    ],
)
def test_a_stream_is_named_by_its_computer(url: str, name: str) -> None:
    assert public_name(url) == name
    assert StreamSource(url).name == name


@pytest.mark.parametrize("url", ["", "cam.example", "file:///etc/passwd", "ftp://cam/x", "http://", "http://x:port/"])
def test_what_is_no_address_of_a_stream_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match="address begins with http://, https:// or rtsp://"):
        StreamSource(url).open()
