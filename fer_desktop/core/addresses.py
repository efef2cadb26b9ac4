"""Addresses of streams, and what of them may be shown and kept.

Where a user or a password has an @, /, ?, # or : in it, other programs cut the address apart elsewhere than its writer
meant, and a part of the password becomes a computer's name or a path. So what is in doubt is neither shown nor kept,
and not opened either: the name would be asked for on the network.
"""

from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from fer_desktop.core.errors import SourceError

SCHEMES: Final = ("http", "https", "rtsp", "rtsps")
UNNAMED_STREAM: Final = "the stream"
_LONGEST: Final = 2000  # characters; no camera has a longer one
_SECRETIVE: Final = frozenset("@:=;&")  # in a path they may separate names from passwords


def check_address(url: str) -> None:
    """Raises SourceError, which tells nothing of it, where it is no address of a stream, or one that is in doubt."""
    parts = _split(url)
    if parts is None:
        raise SourceError(
            "A stream's address begins with http://, https:// or rtsp:// and names a computer: correct it."
        )
    if _in_doubt(parts):
        raise SourceError(
            "It is not certain where the password ends in this address: "
            "in a user or password write @ as %40, / as %2F, ? as %3F, # as %23 and : as %3A."
        )


def public_name(url: str) -> str:
    """The host and port of a URL, which is all of it that may be shown; UNNAMED_STREAM where these are in doubt."""
    parts = _split(url)
    if parts is None or _in_doubt(parts) or "@" in _rest(parts):
        return UNNAMED_STREAM
    return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or UNNAMED_STREAM


def without_secrets(url: str) -> str:
    """The URL as it may be kept: without user, password, query and fragment, nor a path that may hold a password.

    Empty where it is none, or in doubt.
    """
    if public_name(url) == UNNAMED_STREAM or (parts := _split(url)) is None:
        return ""
    path = "" if _SECRETIVE & set(unquote(parts.path)) else parts.path
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"


def _split(url: str) -> SplitResult | None:
    """The parts of an address that names a computer; None of any other."""
    text = url.strip()
    # Among what cannot be printed are halves of characters, at which OpenCV ends the process.
    if len(text) > _LONGEST or not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        named = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that stand alone
        # That port may be the beginning of a password.
        return _without_port(text)
    return parts if named else None


def _without_port(text: str) -> SplitResult | None:
    """The parts where a password with a / or ? in it looks like a port, for `_in_doubt`; else None."""
    scheme, separator, after = text.partition("://")
    if scheme.lower() not in SCHEMES or not separator or "@" not in after:
        return None
    return SplitResult(scheme.lower(), "", after, "", "")


def _in_doubt(parts: SplitResult) -> bool:
    """Whether what follows the computer's name may be the rest of a password."""
    if not parts.netloc:
        return True
    before, at, _ = _rest(parts).partition("@")
    if at and (":" in parts.netloc + before or "@" in parts.netloc):
        return True
    host = parts.hostname or ""
    return "@" in parts.netloc and ("#" in parts.geturl() or host.isdigit())


def _rest(parts: SplitResult) -> str:
    return parts.path + parts.query + parts.fragment
