"""A camera on the network that misbehaves on request."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cv2
import numpy as np


class NetworkCamera(ThreadingHTTPServer):
    """Serves MJPEG on loopback: /endless, /drops and /hangs after 20 pictures, /silent without any, else 404."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pictures)
        self.ended = threading.Event()
        self.breaks = threading.Event()  # lets /drops and /hangs misbehave

    def url(self, path: str, login: str = "") -> str:
        return f"http://{login}127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The other side hung up, as it should."""


class _Pictures(BaseHTTPRequestHandler):
    server: NetworkCamera

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path not in ("/endless", "/drops", "/hangs", "/silent"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        picture = cv2.imencode(".jpg", np.full((240, 320, 3), 90, dtype=np.uint8))[1].tobytes()
        head = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n".encode()
        while path != "/silent" and not self.server.ended.wait(0.02):
            if path != "/endless" and self.server.breaks.is_set():
                break
            self.wfile.write(head + picture + b"\r\n")
        if path != "/drops":
            self.server.ended.wait()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing."""
