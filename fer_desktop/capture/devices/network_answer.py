"""Why a computer gives no pictures: OpenCV does not tell what it answered."""

import re
import socket
import ssl
import urllib.request
from contextlib import closing
from enum import Enum, auto
from typing import Final
from urllib.parse import SplitResult, urlsplit

_PORTS: Final = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322}
_STATUS: Final = re.compile(rb"(?:HTTP|RTSP)/\d\.\d (\d{3})")
_HEAD_BYTES: Final = 64  # of an answer: its first line
_MOST_S: Final = 3.0


class Answer(Enum):
    """What a computer answers to who asks it without a password."""

    WHO_ARE_YOU = auto()
    FORBIDDEN = auto()
    OTHER = auto()  # pictures, another fault, or nothing


def is_there(url: str, wait_s: float) -> bool:
    """Whether a computer at that address takes connections; True also where only a proxy can know. Never raises."""
    parts = urlsplit(url)
    if parts.scheme in urllib.request.getproxies():
        return True
    try:
        _plain_connection(parts, wait_s).close()
    except (OSError, ValueError):  # ValueError: a name that cannot be asked for
        return False
    return True


def ask(url: str, wait_s: float) -> Answer:
    """Asks for an address, without its user and password; answers within some seconds. Never raises."""
    parts = urlsplit(url)
    try:
        with closing(_connection(parts, min(wait_s, _MOST_S))) as connection:
            connection.sendall(_question(parts))
            found = _STATUS.match(connection.recv(_HEAD_BYTES))
    except (OSError, ValueError):
        return Answer.OTHER
    return {b"401": Answer.WHO_ARE_YOU, b"403": Answer.FORBIDDEN}.get(found[1] if found else b"", Answer.OTHER)


def _plain_connection(parts: SplitResult, wait_s: float) -> socket.socket:
    return socket.create_connection((parts.hostname or "", parts.port or _PORTS[parts.scheme]), wait_s)


def _connection(parts: SplitResult, wait_s: float) -> socket.socket:
    plain = _plain_connection(parts, wait_s)
    if parts.scheme not in ("https", "rtsps"):
        return plain
    # Cameras have certificates of their own, which FFmpeg does not check either; it has just sent the same and more.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        return context.wrap_socket(plain, server_hostname=parts.hostname)
    except (OSError, ValueError):
        plain.close()
        raise


def _question(parts: SplitResult) -> bytes:
    host = parts.netloc.rpartition("@")[2]
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.scheme.startswith("rtsp"):
        asked = f"DESCRIBE rtsp://{host}{path} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n"
    else:
        slash = "" if path.startswith("/") else "/"
        asked = f"GET {slash}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    return asked.encode("utf-8")
