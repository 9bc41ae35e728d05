"""Read PDFs with a text layer: printed lines, and how they stand in the page."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from policytext.corpus.importing.files import Draft, Item, Line
from policytext.corpus.issues import CorpusError


def read_pdf(item: Item) -> Draft:
    """A PDF with a text layer: printed lines with page, and how they stand in the page."""
    import pdfplumber

    if b"/Encrypt" in item.data and _locked(item.data):
        raise CorpusError(f"{item.name}: needs a password; open it and save it without one")
    draft = Draft([])
    columns: list[int] = []
    with pdfplumber.open(io.BytesIO(item.data)) as file:
        for number, page in enumerate(file.pages, start=1):
            if doubles := _doubles(page.chars):
                # Bold type is often the same character printed twice.
                page = page.dedupe_chars()
                draft.remarks.append(
                    f"page {number}: {doubles} characters printed twice, read once"
                )
            printed = page.extract_text_lines(return_chars=False)
            columns += [number] if _has_columns(page) else []
            draft.lines += _page_lines(printed, number)
            if not printed:
                draft.remarks.append(f"page {number} has no text layer; run text recognition on it")
            page.close()  # frees what a page of a long report holds
        draft.meta = {"title": str((file.metadata or {}).get("Title") or "")}
    if columns:
        draft.remarks.append(
            f"page {columns[0]} and {len(columns) - 1} more look set in two columns, and are read "
            "across; copy the text out of a reader that keeps columns apart"
        )
    if not draft.lines:
        raise CorpusError(f"{item.name}: no text layer; run text recognition (OCR) on it first")
    return draft


def _doubles(chars: list[dict[str, Any]]) -> int:
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in chars}
    return len(chars) - len(places)


# Of a page in two columns both have this many lines at least, and fewer than a tenth cross.
_MIN_LINES, _MAX_ACROSS = 12, 0.1


def _has_columns(page: Any) -> bool:
    """Whether an empty stretch in the page's middle third divides most of its lines."""
    words = page.extract_words()
    left, width = page.bbox[0], page.width
    middle = [left + width * at / 200 for at in range(67, 134)]
    gutter = min(middle, key=lambda x: sum(word["x0"] - 2 < x < word["x1"] + 2 for word in words))

    def lines(some: Iterable[dict[str, Any]]) -> set[int]:
        return {round(word["top"] / 3) for word in some}

    before = lines(word for word in words if word["x1"] <= gutter)
    behind = lines(word for word in words if word["x0"] >= gutter)
    across = lines(word for word in words if word["x0"] < gutter < word["x1"])
    few = len(across) <= _MAX_ACROSS * len(lines(words))
    return few and len(before & behind) >= max(_MIN_LINES, min(len(before), len(behind)) / 2)


def _locked(data: bytes) -> bool:
    """Whether it opens with a password only; many are encrypted and open with none."""
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    try:
        PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect:
        return True
    return False


def _page_lines(printed: list[dict[str, Any]], page: int) -> Iterator[Line]:
    if not printed:
        return
    size = max(1.0, sorted(line["bottom"] - line["top"] for line in printed)[len(printed) // 2])
    right = max(line["x1"] for line in printed)
    # The left margin is where most lines begin: a head or a number may stand further out.
    starts = [round(line["x0"] / size) for line in printed]
    left = max(set(starts), key=starts.count) * size
    for number, line in enumerate(printed, start=1):
        yield Line(
            number,
            line["text"].strip(),
            page,
            full=line["x1"] > right - 1.5 * size,
            indented=line["x0"] > left + 1.2 * size,
        )
