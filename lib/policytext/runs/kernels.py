"""Sockets for the kernels of notebooks that run side by side.

They are in a folder of their own. A TCP port is chosen free, let go, and bound by the kernel
a second later; another kernel that starts meanwhile may have it by then.
"""

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

Settings = dict[str, str]  # of a KernelManager
# Encrypted, TCP works on every system without a warning; where zmq lacks it, TCP stays plain.
TCP: Settings = {"transport_encryption": "auto"}


@contextmanager
def settings() -> Iterator[Callable[[], Settings]]:
    """Yield what gives each kernel its settings: sockets, or `TCP` where there can be none."""
    with ExitStack() as stack:
        folder, numbers = _socket_folder(stack), count()
        yield lambda: {"transport": "ipc", "ip": f"{folder}/{next(numbers)}"} if folder else TCP


def _socket_folder(stack: ExitStack) -> str:
    """A folder that takes sockets, in the usual place or the shortest; "" where none does."""
    for place in (tempfile.gettempdir(), "/tmp"):
        if Path(place).is_dir():
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="nb", dir=place))
            if _takes_sockets(folder):
                return folder
    return ""


def _takes_sockets(folder: str) -> bool:
    """Return True if a socket can be made: not on every file system, nor in a path of 100 bytes."""
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(f"{folder}/9999-9")
    except (OSError, AttributeError):
        return False
    return True
