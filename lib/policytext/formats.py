"""Word, PDF, web page and plain text files become lines; each by a library of its own kind."""

import io
from collections.abc import Callable, Iterator
from typing import Any

from policytext.encoding import decode
from policytext.lines import Draft, Line
from policytext.problems import CorpusError
from policytext.unpack import Item
from policytext.webpage import read_html
from policytext.wordnumbers import Numbering

EXTRA = "pip install -e .[import]"


def read_text(item: Item) -> Draft:
    """A .txt or .md file, line by line."""
    decoded = decode(item.data, item.name)
    lines = _numbered(decoded.text.splitlines())
    guessed = f"read as {decoded.encoding}; if characters look wrong, save the file as UTF-8"
    return Draft(lines, remarks=[guessed] if decoded.guessed else [])


def _numbered(texts: Iterator[str] | list[str]) -> list[Line]:
    return [Line(number, text.strip()) for number, text in enumerate(texts, start=1)]


def read_page(item: Item) -> Draft:
    """A web page; its bytes say which encoding it is in, since its head is often wrong."""
    return read_html(decode(item.data, item.name).text)


def read_docx(item: Item) -> Draft:
    """A Word file: paragraphs and table rows in order, with automatic numbers written out."""
    from docx import Document
    from docx.table import Table

    document = Document(io.BytesIO(item.data))
    numbering = Numbering(document)
    draft = Draft([])
    for block in document.iter_inner_content():
        rows = _table_rows(block) if isinstance(block, Table) else [_paragraph(block, numbering)]
        for text in "\n".join(rows).split("\n"):
            draft.lines.append(Line(len(draft.lines) + 1, text.strip()))
    for text, why in _margins(document):
        draft.lines.append(Line(len(draft.lines) + 1, text, why=why))
    draft.meta = _properties(document)
    draft.remarks = list(_not_taken(document))
    return draft


def _paragraph(paragraph: Any, numbering: Numbering) -> str:
    """Its text, insertions that are tracked included, deletions and text boxes not."""
    pieces = paragraph._p.xpath(
        ".//*[(self::w:t or self::w:tab or self::w:br or self::w:cr) "
        "and not(ancestor::w:txbxContent) and not(ancestor::w:pPr)]"
    )
    text = "".join(_piece(node) for node in pieces)
    return numbering.of(paragraph) + text if text.strip() else text


def _piece(node: Any) -> str:
    kind = node.tag.rpartition("}")[2]
    return (node.text or "") if kind == "t" else "\t" if kind == "tab" else "\n"


def _table_rows(table: Any) -> list[str]:
    rows = []
    for row in table.rows:
        # A cell that spans columns comes once for each of them.
        cells = list(dict.fromkeys(cell._tc for cell in row.cells))
        texts = ["".join(cell.xpath(".//w:t/text()")) for cell in cells]
        rows.append("\t".join(texts))
    return rows


def _margins(document: Any) -> Iterator[tuple[str, str]]:
    for section in document.sections:
        for margin, why in ((section.header, "running head"), (section.footer, "running foot")):
            if not margin.is_linked_to_previous:
                for paragraph in margin.paragraphs:
                    if paragraph.text.strip():
                        yield paragraph.text.strip(), why


def _properties(document: Any) -> dict[str, str]:
    known = document.core_properties
    # Its author is whoever owns the machine.
    return {"title": known.title or ""}


def _not_taken(document: Any) -> Iterator[str]:
    body = document.element.body
    if body.xpath(".//w:ins | .//w:del"):
        yield "it has tracked changes: insertions are read, deletions not; accept them to be sure"
    if body.xpath(".//w:txbxContent"):
        yield "text boxes are not read; copy their text into the body"
    if body.xpath(".//w:footnoteReference"):
        yield "footnotes are not read; copy them into the body if they matter"


def read_pdf(item: Item) -> Draft:
    """A PDF with a text layer: printed lines with page, and how they stand in the page."""
    import pdfplumber

    draft = Draft([])
    with pdfplumber.open(io.BytesIO(item.data)) as file:
        for number, page in enumerate(file.pages, start=1):
            printed = page.extract_text_lines(return_chars=False)
            draft.lines += _page_lines(printed, number)
            if not printed:
                draft.remarks.append(f"page {number} has no text layer; run text recognition on it")
            page.close()  # frees what a page of a long report holds
        draft.meta = {"title": str((file.metadata or {}).get("Title") or "")}
    if not draft.lines:
        raise CorpusError(f"{item.name}: no text layer; run text recognition (OCR) on it first")
    return draft


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


# Also what is saved from a web page as plain text.
WEB = (".txt", ".md", ".html", ".htm")
READERS: dict[str, Callable[[Item], Draft]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_page,
    ".htm": read_page,
    ".docx": read_docx,
    ".pdf": read_pdf,
}


def read_item(item: Item) -> Draft:
    """The lines of a file of one of the kinds in ``READERS``.

    Raises:
        CorpusError: The file is damaged or has no text, or the library for it is not installed.
    """
    try:
        return READERS[item.kind](item)
    except CorpusError:
        raise
    except ModuleNotFoundError as error:
        raise ImportError(f"{item.name}: no {error.name} to read it with; {EXTRA}") from None
    except Exception as error:
        # The libraries raise whatever a damaged file makes them stumble over.
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise CorpusError(
            f"{item.name}: cannot be read as {item.kind} ({what}); open it and save it again"
        ) from error
