"""Read PDFs with a text layer: printed lines, and how they stand in the page."""

import io
from collections.abc import Iterator
from typing import Any

from policytext.corpus.importing.files import Draft, Item, Line
from policytext.corpus.issues import CorpusError


def read_pdf(item: Item) -> Draft:
    """A PDF with a text layer: printed lines with page, and how they stand in the page."""
    import pdfplumber

    if b"/Encrypt" in item.data and _locked(item.data):
        raise CorpusError(f"{item.name}: needs a password; open it and save it without one")
    draft = Draft([])
    with pdfplumber.open(io.BytesIO(item.data)) as file:
        for number, page in enumerate(file.pages, start=1):
            # Bold type is often the same character printed twice.
            printed = page.dedupe_chars().extract_text_lines(return_chars=False)
            draft.lines += _page_lines(printed, number)
            if not printed:
                draft.remarks.append(f"page {number} has no text layer; run text recognition on it")
            page.close()  # frees what a page of a long report holds
        draft.meta = {"title": str((file.metadata or {}).get("Title") or "")}
    if not draft.lines:
        raise CorpusError(f"{item.name}: no text layer; run text recognition (OCR) on it first")
    return draft


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
