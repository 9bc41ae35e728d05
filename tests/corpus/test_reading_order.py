"""Made pages of one to four columns are read in the order in which they were written.

Every line begins with a character of its own. Pages are drawn in any order of their lines.
"""

import random
from collections.abc import Iterator

import pytest

from made_pdf import Drawn, pdf, shown

pdfium = pytest.importorskip("pypdfium2", reason="pip install -e .[import] to read PDF files")

from policytext.corpus.importing.pdf_page import read_page  # noqa: E402

WORDS = "推进各项重点工作任务落地见效并持续改善民生福祉水平促进城乡融合发展" * 3
LEFT, WIDTH, TOP, FOOT = 60.0, 475.0, 780.0, 80.0


class Page:
    """Lines in the order in which they are to be read, with a mark in front of each."""

    def __init__(self, seed: int, size: float) -> None:
        self.random, self.size, self.lead = random.Random(seed), size, 1.5 * size
        self.drawn: list[Drawn] = []
        self.marks = ""

    def line(self, x: float, y: float, count: int, end: str = "", size: float = 0) -> None:
        """Draw a line of so many characters."""
        mark = chr(0x6B00 + len(self.marks))
        self.marks += mark
        first = self.random.randrange(30)
        text = (mark + WORDS[first : first + count - len(end)])[: count - len(end)] + end
        self.drawn.append(f"BT /F {size or self.size} Tf {x} {y} Td {shown(text)} ET")

    def column(self, x: float, count: int, top: float, foot: float, longest: int) -> None:
        """Draw paragraphs set in by two characters, ``count`` characters wide."""
        y = top
        while y > foot:
            length = self.random.randint(1, longest)
            for number in range(min(length, int((y - foot) / self.lead) + 1)):
                begin = 0 if number else 2
                is_last = number == length - 1
                short = self.random.randint(4, count - begin) if is_last else count - begin
                self.line(x + begin * self.size, y, short, "。" if is_last else "")
                y -= self.lead

    def columns(self, number: int, gutter: float, top: float, foot: float, longest: int) -> float:
        """Draw columns beside each other and give how wide one is."""
        count = int((WIDTH - gutter * (number - 1)) / number / self.size)
        wide = count * self.size
        for at in range(number):
            self.column(LEFT + at * (wide + gutter), count, top, foot, longest)
        return wide

    def table(self, cells: int, top: float) -> None:
        """Draw four rows of cells."""
        for row in range(4):
            for cell in range(cells):
                x = LEFT + cell * WIDTH / cells
                self.line(x, top - row * self.lead, self.random.randint(2, 6))

    def read(self) -> tuple[str, str, list[str]]:
        """The text that is read, its marks in their order, and the remarks."""
        self.random.shuffle(self.drawn)
        rows, remarks, _ = read_page(pdfium.PdfDocument(pdf(self.drawn))[0])
        text = "\n".join(row.text for row in rows)
        return text, "".join(char for char in text if char in self.marks), remarks


def layouts() -> Iterator[tuple[int, float, int]]:
    """How many columns, how wide the space between them, and how long their paragraphs."""
    for number in range(1, 5):
        for gutter in (5, 8, 14, 30) if number > 1 else (0,):
            yield from ((number, gutter, longest) for longest in (2, 7))


LAYOUTS = pytest.mark.parametrize(("number", "gutter", "longest"), list(layouts()))


@LAYOUTS
@pytest.mark.parametrize("size", [8, 10])
def test_columns_below_a_title(number: int, gutter: float, longest: int, size: float) -> None:
    page = Page(number, size)
    page.line(200, TOP, 13)
    page.columns(number, gutter, TOP - 40, FOOT, longest)
    assert page.read()[1] == page.marks


@LAYOUTS
def test_a_heading_across_parts_what_is_above_from_below(
    number: int, gutter: float, longest: int
) -> None:
    page = Page(number, 9)
    page.columns(number, gutter, TOP, 450, longest)
    page.line(LEFT + WIDTH / 2 - 45, 410, 6, size=14)
    page.columns(number, gutter, 370, FOOT, longest)
    assert page.read()[1] == page.marks


# Where columns are as narrow as cells, wide apart, a table cannot be told from them.
@pytest.mark.parametrize(("number", "gutter", "longest"), [*layouts()][:-2])
@pytest.mark.parametrize("cells", [3, 5])
def test_the_rows_of_a_table_across_stay_rows(
    number: int, gutter: float, longest: int, cells: int
) -> None:
    page = Page(number, 9)
    page.columns(number, gutter, TOP, 480, longest)
    first = len(page.marks)
    page.table(cells, 430)
    rows = [page.marks[at : at + cells] for at in range(first, len(page.marks), cells)]
    page.columns(number, gutter, 340, FOOT, longest)
    text, marks, _ = page.read()
    assert marks == page.marks
    for row in rows:
        assert any(all(mark in line for mark in row) for line in text.splitlines())


@pytest.mark.parametrize("gutter", [6, 12, 24])
@pytest.mark.parametrize("is_right", [False, True])
def test_a_title_over_two_of_three_columns(gutter: float, is_right: bool) -> None:
    page, count = Page(1, 9), int((WIDTH - 2 * gutter) / 27)
    wide = count * 9
    starts = [LEFT + at * (wide + gutter) for at in range(3)]
    first = 1 if is_right else 0
    for at, x in enumerate(starts):
        if at == first:
            page.line(x + 20, TOP, 18, size=14)
        below = first <= at < first + 2
        page.column(x, count, TOP - 30 if below else TOP, FOOT, 5)
    assert page.read()[1] == page.marks


@pytest.mark.parametrize("is_right", [False, True])
@pytest.mark.parametrize("lines", [5, 9])
def test_a_box_beside_the_text_stands_behind_it(is_right: bool, lines: int) -> None:
    page, size = Page(1, 10), 10
    low, high = 600 - lines * page.lead, 600.0
    box, wide = (LEFT + 300 if is_right else LEFT), 170
    for at in range(45):
        y = TOP - at * page.lead
        beside = low - size < y < high + size
        x = LEFT + wide + 10 if beside and not is_right else LEFT
        page.line(x, y, 29 if beside else 47, "" if at % 3 else "。")
    page.column(box + 4, 15, high - 12, low + 8, 2)
    page.drawn.append(f"{box} {low} {wide} {high - low} re S")
    _, marks, remarks = page.read()
    assert marks == page.marks
    assert "box beside the text" in " ".join(remarks)
