"""A camera on the network that misbehaves on request."""

import threading
import time
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import cv2
import numpy as np

_LOGIN: Final = "Basic " + b64encode(b"teacher:ge:heim").decode()


class NetworkCamera(ThreadingHTTPServer):
    """Serves MJPEG on loopback: /endless, /drops and /hangs after 20 pictures, /silent without any.

    /slow has a picture each `slow_s`, /shot.jpg one picture each time, /401 and /403 refuse whoever has not the user
    "teacher" with the password "ge:heim"; else 404.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pictures)
        self.ended = threading.Event()
        self.slow_s = 1.0
        self.shot_px = 240, 320
        self.asked: list[float] = []  # when /shot.jpg was asked for
        self.breaks = threading.Event()  # lets /drops and /hangs misbehave

    def url(self, path: str, login: str = "") -> str:
        return f"http://{login}127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The other side hung up, as it should."""


def _picture(grey: int = 90, size_px: tuple[int, int] = (240, 320)) -> bytes:
    return cv2.imencode(".jpg", np.full((*size_px, 3), grey, dtype=np.uint8))[1].tobytes()


class _Pictures(BaseHTTPRequestHandler):
    server: NetworkCamera

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path in ("/401", "/403") and self.headers.get("Authorization") != _LOGIN:
            self.send_response(int(path[1:]))
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.end_headers()
            return
        if path == "/shot.jpg":
            self._send_one()
            return
        if path not in ("/endless", "/drops", "/hangs", "/silent", "/slow", "/401", "/403"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        picture = _picture()
        head = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n".encode()
        gap_s = self.server.slow_s if path == "/slow" else 0.02
        while path != "/silent" and not self.server.ended.wait(gap_s):
            if path in ("/drops", "/hangs") and self.server.breaks.is_set():
                break
            self.wfile.write(head + picture + b"\r\n")
        if path != "/drops":
            self.server.ended.wait()

    def _send_one(self) -> None:
        self.server.asked.append(time.monotonic())
        picture = _picture(90 + len(self.server.asked), self.server.shot_px)
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        self.wfile.write(picture)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing."""
