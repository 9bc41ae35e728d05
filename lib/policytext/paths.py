"""Files that several processes write: those of the ``.cache`` folder, and single ones."""

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]


def cached(name: str, make: Callable[[Path], None]) -> Path:
    """The file ``name`` of the cache folder, made by ``make(path)`` on first use.

    The file is made beside its place and moved there, so that two processes never read half a
    file. The environment variable ``POLICYTEXT_CACHE`` names another folder.
    """
    folder = Path(os.environ.get("POLICYTEXT_CACHE") or HOME / ".cache")
    path = folder / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
            make(Path(scratch) / path.name)
            (Path(scratch) / path.name).replace(path)
    return path


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step: who reads it meanwhile finds the old or the new text."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
