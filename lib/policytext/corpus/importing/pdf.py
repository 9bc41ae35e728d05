"""Read PDFs with a text layer: printed lines, and how they stand in the page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from math import hypot, pi
from statistics import median
from typing import Any, NamedTuple

from policytext.corpus.importing.files import Draft, Item, Line
from policytext.corpus.importing.reading_order import Row, Rule, Run, in_order
from policytext.corpus.issues import CorpusError


def read_pdf(item: Item) -> Draft:
    """A PDF with a text layer: printed lines with page, and how they stand in the page.

    Raises:
        CorpusError: It needs a password, or no page has text.
    """
    import pypdfium2 as pdfium

    try:
        file = pdfium.PdfDocument(item.data)
    except pdfium.PdfiumError as error:
        if "password" not in str(error).lower():
            raise
        fix = "open it and save it without one"
        raise CorpusError(f"{item.name}: needs a password; {fix}") from None
    draft = Draft([], {"title": file.get_metadata_dict().get("Title", "")})
    pages: dict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(file, start=1):
        rows, remarks = _read_page(page)
        draft.lines += _page_lines(rows, number)
        for remark in remarks:
            pages[remark].append(number)
        page.close()  # frees what a page of a long report holds
    if not draft.lines:
        raise CorpusError(f"{item.name}: no text layer; run text recognition (OCR) on it first")
    for remark, (first, *others) in pages.items():
        more = f" and {len(others)} more" if others else ""
        draft.remarks.append(f"page {first}{more}: {remark}")
    return draft


_TWICE = "characters printed twice for bold type, read once"
_SCAN = "no text layer; run text recognition on it"
_RECOGNISED = "text that a program recognised in a picture (OCR); check its numbers by the picture"
_COLUMNS = "set in columns, read one after the other; see whether its lines are in order"
_SIDEWAYS = "printed sideways, and read as if turned; see whether its lines are in order"
_UPRIGHT = "set from top to bottom, and read from the right; see whether its lines are in order"


class _Character(NamedTuple):
    """A character and its box; y grows downwards, ``turn`` counts quarters, clockwise.

    ``number`` counts on the page; ``spaced``: a blank or a line end stands before it.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    turn: int
    number: int
    spaced: bool

    @property
    def size(self) -> float:
        return self.bottom - self.top

    def turned(self, turn: int) -> "_Character":
        """Where it stands on a page whose lines, turned so often, are turned back."""
        left, right, top, bottom = self.left, self.right, self.top, self.bottom
        left, right, top, bottom = [
            (left, right, top, bottom),
            (top, bottom, -right, -left),
            (-right, -left, -bottom, -top),
            (-bottom, -top, left, right),
        ][turn]
        return self._replace(left=left, right=right, top=top, bottom=bottom)


def _read_page(page: Any) -> tuple[list[Row], list[str]]:
    """The rows of a page in reading order, and remarks on it."""
    layer = page.get_textpage()
    printed = list(_characters(layer))
    characters = _once(printed)
    if not characters:
        return [], [_SCAN]
    remarks = [_TWICE] if len(characters) < len(printed) else []
    main = Counter(one.turn for one in characters).most_common(1)[0][0]
    straight = [one for one in characters if one.turn == main]
    upright = main == 0 and _goes_down(straight)
    turn = 1 if upright else main
    aslant = [one for one in characters if one.turn != main]
    runs = list(_runs([one.turned(turn) for one in straight], layer))
    rows = in_order(runs, [] if turn else list(_rules(page)))
    remarks += [_COLUMNS] if any(row.column is not None for row in rows) else []
    if aslant:
        stamp = list(_runs([one.turned(one.turn) for one in aslant], layer))
        rows += [Row([run], None) for run in stamp]
        said = " ".join(run.text for run in stamp)[:30]
        remarks.append(f"{said!r} is printed at an angle, and stands behind its text; see to it")
    if upright or (main + page.get_rotation() // 90) % 4:
        remarks.append(_UPRIGHT if upright else _SIDEWAYS)
    if _is_invisible(layer, straight):
        remarks.append(_RECOGNISED)
    return rows, remarks


def _characters(layer: Any) -> Iterator[_Character]:
    """The characters of a page with their boxes; of blanks it is known behind what they stand."""
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    spaced = False
    for index in range(layer.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(layer, index))
        if raw.FPDFText_IsHyphen(layer, index) == 1:
            text = "-"
        elif text.isspace() or raw.FPDFText_IsGenerated(layer, index) == 1:
            spaced = True
            continue
        raw.FPDFText_GetLooseCharBox(layer, index, box)
        turn = round(raw.FPDFText_GetCharAngle(layer, index) / (pi / 2)) % 4
        yield _Character(text, box.left, box.right, -box.top, -box.bottom, turn, index, spaced)
        spaced = False


def _once(characters: list[_Character]) -> list[_Character]:
    """Without what is printed twice for bold type, a trace aside."""
    seen: dict[tuple[str, int, int], int] = {}
    kept: list[_Character] = []
    for one in characters:
        grid = one.size / 20 or 1
        x, y = round(one.left / grid), round(one.top / grid)
        near = (seen.get((one.text, x + a, y + b)) for a in (-1, 0, 1) for b in (-1, 0, 1))
        twice = [number for number in near if number is not None]
        # A ligature is two Latin letters in one place.
        if not twice or (one.text.isascii() and max(twice) == one.number - 1):
            kept.append(one)
        seen[one.text, x, y] = one.number
    return kept


def _goes_down(characters: list[_Character]) -> bool:
    """Whether most characters stand below the one before, as in upright lines."""
    down = beside = 0
    for one, other in pairwise(characters):
        across, along = other.left - one.left, other.top - one.top
        down += abs(across) < one.size / 2 and 0 < along < 2 * one.size
        beside += abs(along) < one.size / 2 and 0 < across < 2 * one.size
    return down > beside


# In ems: what parts two runs, and two words where a Chinese character stands beside.
_MAX_GAP, _WIDE_BLANK = 1.2, 0.5
_WIDE = re.compile(r"[\u2e80-\uffef]")


def _runs(characters: list[_Character], layer: Any) -> Iterator[Run]:
    """Characters that follow each other on a line without a gap, as one run."""
    run: list[_Character] = []
    for one in characters:
        if run and not _follows(run[-1], one):
            yield _run(run, layer)
            run = []
        run.append(one)
    if run:
        yield _run(run, layer)


def _follows(before: _Character, one: _Character) -> bool:
    size = max(before.size, one.size)
    beside = min(before.bottom, one.bottom) - max(before.top, one.top) > size / 3
    return beside and -size / 2 < one.left - before.right < _MAX_GAP * size


def _run(characters: list[_Character], layer: Any) -> Run:
    text = characters[0].text
    for before, one in pairwise(characters):
        text += (" " if _is_blank(before, one) else "") + one.text
    tops, bottoms = zip(*((one.top, one.bottom) for one in characters), strict=True)
    size = _type_size(layer, characters[0].number)
    return Run(text, characters[0].left, characters[-1].right, min(tops), max(bottoms), size)


def _is_blank(before: _Character, one: _Character) -> bool:
    gap = (one.left - before.right) / one.size
    # Lines are justified by small gaps between characters, which mean nothing.
    return gap > _WIDE_BLANK if _WIDE.search(before.text + one.text) else one.spaced


def _type_size(layer: Any, index: int) -> float:
    """The size of the type that a character is set in: of its font, as the page enlarges it."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(layer, index, matrix)
    return float(raw.FPDFText_GetFontSize(layer, index) * hypot(matrix.c, matrix.d))


def _is_invisible(layer: Any, characters: list[_Character]) -> bool:
    """Whether most of a page is text that is not painted, as recognition lays it over a picture."""
    import pypdfium2.raw as raw

    some = characters[:: max(1, len(characters) // 20)]
    objects = [raw.FPDFText_GetTextObject(layer, one.number) for one in some]
    modes = [raw.FPDFTextObj_GetTextRenderMode(one) for one in objects]
    return modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE) > len(some) / 2


_THIN = 3.0  # points
_OTHER_TYPE = 1.15


def _rules(page: Any) -> Iterator[Rule]:
    """The ruled lines of a page, and the upper and lower edges of its frames."""
    import pypdfium2.raw as raw

    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = drawn.get_bounds()
        yield Rule(left, right, -top)
        if top - bottom > _THIN:
            yield Rule(left, right, -bottom)


def _page_lines(rows: list[Row], page: int) -> Iterator[Line]:
    """The rows as lines that say how they stand in their column."""
    margins = {column: _margins(rows, column) for column in {row.column for row in rows}}
    for number, (row, below) in enumerate(zip_longest(rows, rows[1:]), start=1):
        left, right, size = margins[row.column]
        # A narrower paragraph, such as an abstract, has lines that end at one place.
        near = rows[max(0, number - 2) : number + 1]
        full = row.right > right - 1.5 * size or any(row.ends_with(one) for one in near)
        is_foot = below is rows[-1] and below.column is None
        full = full and row.is_prose and (below is None or is_foot or _goes_on(row, below))
        indented = row.left > left + 1.2 * size
        yield Line(number, row.text, page, full=full, indented=indented)


def _goes_on(row: Row, below: Row) -> bool:
    """Whether a line may go on below: in the same type, not in a table nor from column to head."""
    sizes = sorted((row.size, below.size))
    alike = (row.column is None) == (below.column is None) and sizes[1] < _OTHER_TYPE * sizes[0]
    return alike and below.is_prose


def _margins(all_rows: list[Row], column: int | None) -> tuple[float, float, float]:
    """The left and right margin of a column, and how high most of its lines are."""
    rows = [row for row in all_rows if row.column == column]
    size = max(1.0, median(row.size for row in rows))
    # The left margin is where most lines begin: a head or a number may stand further out.
    starts = [round(row.left / size) for row in rows]
    return max(set(starts), key=starts.count) * size, max(row.right for row in rows), size
