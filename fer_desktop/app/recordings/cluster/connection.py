"""A cluster of Dask that is there already: found by its address, and asked whether it fits."""

import contextlib
import platform
import re
import socket
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from fer_desktop.app.recordings.cluster.worker import Mandate, refusal
from fer_desktop.core.errors import SourceError

if TYPE_CHECKING:
    from distributed import Client

ANSWERS_WITHIN_S: Final = 10.0
_ADDRESS: Final = re.compile(r"(?:(?P<how>tcp|tls)://)?(?P<host>\[[0-9a-fA-F:.]+\]|[^\s/:\[\]]+):(?P<port>\d{1,5})/?")


@contextlib.contextmanager
def connected(address: str, within_s: float = ANSWERS_WITHIN_S) -> "Iterator[Client]":
    """The scheduler at that address. Raises SourceError where there is none, or nothing to ask one with."""
    if not _is_installed():
        raise SourceError(
            "--scheduler needs dask.distributed, which is not installed: `pip install 'fer-desktop[dask]'`, "
            "on this computer and on each worker."
        )
    whole = _checked(address)
    from distributed import Client

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ: those that matter are told below
            client = Client(whole, timeout=within_s, set_as_default=False, name="fer-desktop")
    except (OSError, ValueError) as error:
        raise SourceError(
            "No Dask scheduler answers at {address} within {seconds} s: start one there (`dask scheduler`), or check "
            "the port and the firewall.",
            address=whole,
            seconds=round(within_s),
        ) from error
    try:
        yield client
    finally:
        client.close(timeout=ANSWERS_WITHIN_S)


def _is_installed() -> bool:
    with contextlib.suppress(ValueError):  # it is there by halves
        return find_spec("distributed") is not None
    return False


def _checked(address: str) -> str:
    """The address in full. Raises SourceError where it is none, or names no computer."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None or not 0 < int(found["port"]) < 65536:
        raise SourceError("{address} is no address of a scheduler: write it as tcp://host:8786.", address=address)
    try:
        socket.getaddrinfo(found["host"].strip("[]"), int(found["port"]), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(
            "There is no computer called {host} in this network: check the address given with --scheduler.",
            host=found["host"],
        ) from error
    return f"{found['how'] or 'tcp'}://{found['host']}:{found['port']}"


def check_workers(client: "Client", mandate: Mandate, within_s: float = ANSWERS_WITHIN_S) -> None:
    """Raises SourceError where there is no worker, or one that differs from this computer."""
    try:
        client.wait_for_workers(1, timeout=within_s)
    except (TimeoutError, OSError) as error:
        raise SourceError("The cluster has no worker: start some (`dask worker`) and try again.") from error
    ours = platform.python_version()
    for worker, theirs in _asked(client, platform.python_version).items():
        if str(theirs).split(".")[:2] != ours.split(".")[:2]:
            raise SourceError(
                "The worker {worker} runs Python {theirs}, and this computer {ours}: install the same on both.",
                worker=worker,
                theirs=theirs,
                ours=ours,
            )
    for worker, why in _asked(client, refusal, mandate).items():
        if isinstance(why, BaseException):
            raise SourceError(
                "The worker {worker} does not have this program, or another version of it: install the same on both.",
                worker=worker,
            )
        if why is not None:
            raise SourceError(why)


def _asked(client: "Client", what: Any, *arguments: Any) -> dict[str, Any]:
    answers: dict[str, Any] = client.run(what, *arguments, on_error="return")
    return answers
