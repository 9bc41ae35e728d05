"""Read PDFs: printed lines, and how they stand in the page; pictures of pages by recognition."""

import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import mean, median
from typing import NamedTuple

from policytext.corpus.importing.files import Draft, Item, Line
from policytext.corpus.importing.pdf_page import read_page
from policytext.corpus.importing.reading_order import Row, in_order
from policytext.corpus.importing.recognition import Recogniser, recognised
from policytext.corpus.issues import CorpusError

_SCAN = "no text layer; run text recognition on it (policytext import --ocr)"
_BLANK = "its pages are blank; take it out"
# A line in type that is so much larger is no part of the paragraph.
_OTHER_TYPE = 1.15
# What no program divides at a line's end: 73.6%，. In a page that sets its paragraphs in, a line
# of this share of the column goes on before it.
_UNBROKEN, _CUT_SHORT = re.compile("[!-~]+[，。；：、）％]?"), 0.75
_STOPS = tuple("。！？；：”")
_LATIN = 0.6  # how wide a digit is at most
# The share of a page's width that the right margin of its text lies behind.
_MIN_WIDTH = 0.6


class Margins(NamedTuple):
    """The left and right margin of a column, and how high most of its lines are."""

    left: float
    right: float
    size: float


def read_pdf(item: Item, recognise: Recogniser | None = None) -> Draft:
    """The printed lines of a PDF with their pages, and how they stand in the page.

    Args:
        item: The file.
        recognise: What reads pages that are pictures without text; None leaves them out.

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
    scores: dict[int, list[float]] = {}
    for number, page in enumerate(file, start=1):
        rows, remarks, unseen = read_page(page)
        is_picture = not rows and any(page.get_objects(max_depth=1))
        if is_picture and recognise:
            runs, scores[number] = recognised(page, recognise)
            rows = in_order(runs)
        # A picture is measured in other units.
        width = 0.0 if number in scores else min(page.get_size())
        draft.lines += _page_lines(rows, number, width)
        draft.lines += [Line(0, text, number, why="hidden text") for text in unseen]
        for remark in [_SCAN] if is_picture and not rows else remarks:
            pages[remark].append(number)
        page.close()  # frees what a page of a long report holds
    if not draft.lines:
        raise CorpusError(f"{item.name}: {_SCAN if pages else _BLANK}")
    if scores := {number: found for number, found in scores.items() if found}:
        sure = mean(score for found in scores.values() for score in found)
        remark = (
            f"recognised in a picture (inferred), mean confidence {sure:.2f}; check its numbers"
        )
        pages[remark] = list(scores)
    for remark, (first, *others) in pages.items():
        more = f" and {len(others)} more" if others else ""
        draft.remarks.append(f"page {first}{more}: {remark}")
    return draft


def _page_lines(rows: list[Row], page: int, width: float) -> Iterator[Line]:
    """The rows as lines that say how they stand in their column."""
    margins = {column: _margins(rows, column, width) for column in {row.column for row in rows}}
    set_in = sum(_is_indented(row, margins[row.column]) for row in rows) > 1
    for number, row in enumerate(rows, start=1):
        below = next((one for one in rows[number:] if one.is_note == row.is_note), None)
        _, right, size = margins[row.column]
        # A narrower paragraph, such as an abstract, has lines that end at one place.
        near = rows[max(0, number - 2) : number + 1]
        full = row.right > right - 1.5 * size or any(row.ends_with(one) for one in near)
        is_foot = below is rows[-1] and below.column is None
        full = full or (
            below is not None and _is_cut_short(row, below, margins[row.column], set_in)
        )
        full = full and row.is_prose and (below is None or is_foot or _goes_on(row, below))
        indented = _is_indented(row, margins[row.column])
        top = row.runs[0].top
        yield Line(number, row.text, page, full, indented, top, row.is_note)


def _is_indented(row: Row, margins: Margins) -> bool:
    return row.left > margins.left + 1.2 * margins.size


def _is_cut_short(row: Row, below: Row, margins: Margins, set_in: bool) -> bool:
    """Whether a line ends early because the number at the next one's beginning did not fit in."""
    unbroken = _UNBROKEN.match(below.text)
    if not unbroken or row.text.endswith(_STOPS):
        return False
    room = (_LATIN * len(unbroken[0]) + 1.5) * margins.size
    if set_in:
        room = max(room, (1 - _CUT_SHORT) * (margins.right - margins.left))
    return margins.right - row.right < room


def _goes_on(row: Row, below: Row) -> bool:
    """Whether a line may go on below: in the same type, not in a table nor from column to head."""
    sizes = sorted((row.size, below.size))
    alike = (row.column is None) == (below.column is None) and sizes[1] < _OTHER_TYPE * sizes[0]
    return alike and below.is_prose


def _margins(all_rows: list[Row], column: int | None, width: float) -> Margins:
    """The margins of a column, and how high its lines are.

    Where all lines of a page are short, as on a cover, none reaches the margin.
    """
    rows = [row for row in all_rows if row.column == column]
    size = max(1.0, median(row.size for row in rows))
    # The left margin is where most lines begin: a head or a number may stand further out.
    starts = [round(row.left / size) for row in rows]
    right = max(row.right for row in rows)
    right = max(right, _MIN_WIDTH * width) if column is None else right
    return Margins(max(set(starts), key=starts.count) * size, right, size)
