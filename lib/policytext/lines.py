"""The lines of a file that is imported, and what is reported on each."""

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass
class Line:
    """A line of an imported file.

    ``page`` and ``number`` count from 1; ``full`` says that it reaches the right margin and
    ``indented`` that it stands in from the left one (known of a PDF alone); ``why`` is the rule
    that takes it out, None while it stays.
    """

    number: int
    text: str
    page: int | None = None
    full: bool = False
    indented: bool = False
    why: str | None = None


@dataclass
class Draft:
    """What a reader took from a file: lines, what the file says of itself, and remarks.

    ``meta`` may have title, author and date; each of ``remarks`` is a sentence with its mend.
    """

    lines: list[Line]
    meta: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def kept(self) -> list[Line]:
        """The lines that stay."""
        return [line for line in self.lines if line.why is None]


class Entry(NamedTuple):
    """A row of the report: what was done to which line of which file by which rule.

    ``done`` is removed (the line is not in the text), changed (``text`` is the line as it was),
    guessed (``text`` is the guess), remark, or left out (the whole file).
    """

    file: str
    page: int | None
    line: int | None
    done: str
    rule: str
    text: str
