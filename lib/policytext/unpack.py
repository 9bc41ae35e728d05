"""The files of a folder, those inside its zip files among them, and nothing from outside it."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from policytext.problems import CorpusError

# A zip file that unpacks to more is damaged or meant to fill the disk.
_MOST_BYTES = 2_000_000_000


class Item(NamedTuple):
    """A file: its name within the folder (in a zip: ``a.zip/b.docx``) and its content."""

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        """Its ending in small letters, with the dot."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return PurePosixPath(self.name).stem


def items(folder: Path) -> Iterator[Item]:
    """The files of a folder in order of name, without those of the system.

    Raises:
        CorpusError: A zip file is damaged or wants to write outside the folder.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not _of_the_system(name):
            item = Item(name, path.read_bytes())
            yield from _unzipped(item) if item.kind == ".zip" else [item]


def _of_the_system(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "~$", "__MACOSX")) for part in parts)


def _unzipped(item: Item) -> Iterator[Item]:
    try:
        # What Windows packs in China names its members in GB18030, without saying so.
        with zipfile.ZipFile(io.BytesIO(item.data), metadata_encoding="gb18030") as archive:
            _check(item.name, archive.infolist())
            for member in archive.infolist():
                if not member.is_dir() and not _of_the_system(member.filename):
                    yield Item(f"{item.name}/{member.filename}", archive.read(member))
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, NotImplementedError) as error:
        raise CorpusError(
            f"{item.name}: cannot be unpacked ({error}); unpack it by hand into the folder"
        ) from None


def _check(name: str, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise CorpusError(
                f"{name}: {member.filename} climbs out of the folder; do not trust this zip file"
            )
    if sum(member.file_size for member in members) > _MOST_BYTES:
        raise CorpusError(f"{name}: unpacks to more than 2 GB; unpack by hand what you need")
