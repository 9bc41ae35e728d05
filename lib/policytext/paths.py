"""Files that several processes write: those of the ``.cache`` folder, and single ones."""

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]


def cache_folder() -> Path:
    """The folder of files made once: ``POLICYTEXT_CACHE``, or ``.cache`` of the project."""
    return Path(os.environ.get("POLICYTEXT_CACHE") or HOME / ".cache")


def cached(name: str, make: Callable[[Path], None]) -> Path:
    """The file ``name`` of the cache folder, made by ``make(path)`` on first use.

    The file is made beside its place and moved there, so that two processes never read half a
    file.
    """
    path = cache_folder() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
            make(Path(scratch) / path.name)
            (Path(scratch) / path.name).replace(path)
    return path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step: who reads it meanwhile finds the old or the new content.

    Its folder is made if there is none.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    fresh.write_bytes(content.encode() if isinstance(content, str) else content)
    fresh.replace(path)
