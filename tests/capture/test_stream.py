import contextlib
import itertools
import re
import socket
import threading

import pytest
from support.inputs.network_camera import NetworkCamera

from fer_desktop.capture.devices.stream import StreamSource
from fer_desktop.core.addresses import check_address, public_name, without_secrets
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import StreamChoice


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


def test_a_stream_slower_than_the_usual_wait_goes_on(network_camera: NetworkCamera) -> None:
    network_camera.slow_s = 0.9
    source = StreamSource(network_camera.url("/slow"), wait_s=0.6)
    source.open()
    frames = [source.read() for _ in range(5)]
    source.close()
    times = [frame.captured_s for frame in frames if frame]
    assert len(times) == 5
    assert times[-1] - times[1] >= 2.5


@pytest.mark.parametrize("size_px", [(240, 320), (1080, 1920)], ids=["small", "large"])
def test_an_address_of_one_picture_is_asked_again_every_second(
    network_camera: NetworkCamera, size_px: tuple[int, int]
) -> None:
    # Of a large one FFmpeg's first look holds too little to know it by.
    network_camera.shot_px = size_px
    source = StreamSource(network_camera.url("/shot.jpg"), wait_s=2.0)
    source.open()
    shades = [frame.image.mean() for _ in range(3) if (frame := source.read())]
    source.close()
    assert len(shades) == 3
    assert shades[0] < shades[1] < shades[2]
    asked = network_camera.asked
    assert all(later - earlier > 0.4 for earlier, later in itertools.pairwise(asked[2:]))  # FFmpeg asks twice at first


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/401", r"^127\.0\.0\.1:\d+ wants a user and a password, or knows others: write them before"),
        ("/403", r"^127\.0\.0\.1:\d+ does not let you see this address: check user, password"),
    ],
)
@pytest.mark.parametrize("login", ["", "teacher:wrong@"])
def test_a_stream_that_wants_another_password_says_so(
    network_camera: NetworkCamera, path: str, says: str, login: str
) -> None:
    source = StreamSource(network_camera.url(path, login), wait_s=1.0)
    with pytest.raises(SourceError, match=says) as caught:
        source.open()
    assert "wrong" not in str(caught.value)


def test_a_password_that_is_written_as_the_hint_says_opens_the_stream(network_camera: NetworkCamera) -> None:
    source = StreamSource(network_camera.url("/401", "teacher:ge%3Aheim@"), wait_s=2.0)
    source.open()
    assert source.read()
    source.close()


def rtsp_camera(status: str) -> tuple[socket.socket, threading.Thread]:
    """One that answers everything with that line; ends when its socket is closed."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection, contextlib.suppress(OSError):
                    while request := connection.recv(4096):
                        number = re.search(rb"CSeq: *(\d+)", request)
                        told = f"RTSP/1.0 {status}\r\nCSeq: {number[1].decode() if number else 1}\r\n\r\n"
                        connection.sendall(told.encode())

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    return listening, thread


@pytest.mark.parametrize(
    ("status", "says"),
    [("401 Unauthorized", "wants a user"), ("403 Forbidden", "let you"), ("404 No", "No pict")],
)
def test_an_rtsp_camera_that_refuses_says_why(status: str, says: str) -> None:
    listening, _ = rtsp_camera(status)
    with listening:
        source = StreamSource(f"rtsp://u:geheim@127.0.0.1:{listening.getsockname()[1]}/live", wait_s=2.0)
        with pytest.raises(SourceError, match=says) as caught:
            source.open()
    assert "geheim" not in str(caught.value)


DOUBTFUL = [
    "rtsp://admin:secret@one#two@host/live",
    "rtsp://admin:secret/two@host/live",
    "rtsp://admin:12/two@host/live",
    "rtsp://admin:secret?two@host/live",
    "http://secret:Sum@2026?two@host/video",
    "http://secret/two:three@host/video",
    "http://secret#two:three@host/video",
    "rtsp://admin:secret[two@host/live",
    "http://secret\uff20two:three@host/",
    "rtsp://admin:one@secret#two",
]


@pytest.mark.parametrize("url", DOUBTFUL)
def test_nothing_of_an_address_in_doubt_is_shown_kept_or_asked_for(url: str, caplog: pytest.LogCaptureFixture) -> None:
    source = StreamSource(url)
    with pytest.raises(SourceError, match="write @ as %40, / as %2F") as caught:
        source.open()
    choice = StreamChoice(public_name(url), url)
    shown = [source.name, str(caught.value), without_secrets(url), repr(choice), str(choice), caplog.text]
    for part in ("secret", "two", "Sum", "2026", "host"):
        assert not any(part in text for text in shown)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("rtsp://a:b@cam:8554/live?token=1#x", ""),
        ("rtsp://a:b@cam:8554/live?token=1", "rtsp://cam:8554/live"),
        ("rtsp://a:b%2Fc%40d@cam/live", "rtsp://cam/live"),
        ("rtsp://cam:554/user=admin&password=secret", "rtsp://cam:554"),
        ("rtsp://cam/admin%3Asecret/live", "rtsp://cam"),
        ("http://cam/video", "http://cam/video"),
        ("http://cam/a@b", ""),
        ("rtsp:admin:secret@host/live", ""),
        ("rtsp:///admin:secret@host", ""),
        ("admin:secret@host", ""),
    ],
)
def test_an_address_is_kept_without_what_may_be_secret(url: str, kept: str) -> None:
    assert without_secrets(url) == kept
    assert without_secrets(kept) == kept


@pytest.mark.parametrize("url", ["http://cam/a@b", "rtsp://cam:554/user=admin&password=x", "rtsp://u:p@ss@cam/live"])
def test_an_address_that_is_certain_is_taken(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize("url", ["http://cam/\udce4", "http://cam/a\0b", "http://cam/a\nb", "http://c am/"])
def test_an_address_with_what_cannot_be_written_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match="address begins with"):
        StreamSource(url).open()


def test_a_password_is_shown_nowhere(network_camera: NetworkCamera) -> None:
    url = network_camera.url("/missing?key=geheim", login="teacher:geheim@")
    source = StreamSource(url, wait_s=1.0)
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
