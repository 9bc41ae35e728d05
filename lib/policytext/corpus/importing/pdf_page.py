"""The rows of a PDF's page in reading order, from the places of its characters."""

from collections import Counter
from collections.abc import Iterator
from ctypes import c_double, c_uint, c_void_p, cast
from itertools import groupby, pairwise
from math import hypot, inf, pi
from statistics import median
from typing import Any, NamedTuple

from policytext.corpus.importing.files import raised
from policytext.corpus.importing.reading_order import BOX, WIDE, Row, Rule, Run, in_order

_TWICE = "characters printed twice for bold type, read once"
_RECOGNISED = "text that a program recognised in a picture (OCR); check its numbers by the picture"
_COLUMNS = "set in columns, read one after the other; see whether its lines are in order"
_BOX = "a box beside the text, read behind it; see whether it is part of the text"
_NOTES = "notes at its foot stand at the end of the text; delete them if they disturb"
_SIDEWAYS = "printed sideways, and read as if turned; see whether its lines are in order"
_UPRIGHT = "set from top to bottom, and read from the right; see whether its lines are in order"


_LEAST = 0.1  # points: damaged files have type of no size
_ASLANT = 4  # the turn of a character at an angle, of a part of a quarter from which on it is one
_LEAST_ANGLE = 0.1


Bounds = tuple[float, float, float, float]  # left, bottom, right, top of a page, upwards


class _Character(NamedTuple):
    """A character and its box; y grows downwards, ``turn`` counts quarters, or is ``_ASLANT``.

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
        return max(self.bottom - self.top, _LEAST)

    def is_within(self, bounds: Bounds) -> bool:
        """Whether its middle lies there."""
        left, bottom, right, top = bounds
        y = -(self.top + self.bottom) / 2
        return left <= (self.left + self.right) / 2 <= right and bottom <= y <= top

    def turned(self, turn: int) -> "_Character":
        """Where it stands on a page whose lines, turned so often, are turned back."""
        left, right, top, bottom = self.left, self.right, self.top, self.bottom
        left, right, top, bottom = [
            (left, right, top, bottom),
            (top, bottom, -right, -left),
            (-right, -left, -bottom, -top),
            (-bottom, -top, left, right),
            (left, right, top, bottom),
        ][turn]
        return self._replace(left=left, right=right, top=top, bottom=bottom)


class Page(NamedTuple):
    """The rows of a page in reading order, none for a picture; remarks, and what no reader sees."""

    rows: list[Row]
    remarks: list[str]
    unseen: list[str]


def read_page(page: Any) -> Page:
    """Read a page of a PDF."""
    layer = page.get_textpage()
    found = list(_characters(layer))
    paints = _paints(layer, found)
    hidden = _hidden(page, found, paints)
    printed = [one for one in found if one.number not in hidden]
    characters = _once(printed, layer)
    turn = Counter(one.turn for one in characters).most_common(1)[0][0] if characters else 0
    box = page.get_bbox()
    straight = [one for one in characters if one.turn == turn and _is_on(box, one)]
    on = {one.number for one in straight}
    aside = [one for one in characters if one.number not in on]
    upright = turn == 0 and _goes_down(straight)
    runs = list(_runs([one.turned(1 if upright else turn) for one in straight], layer))
    over = list(_watermarks(runs))
    rows = in_order(
        [run for run in runs if run not in over], [] if turn or upright else list(_rules(page))
    )
    said = {
        _TWICE: len(characters) < len(printed),
        _COLUMNS: any(row.column is not None and row.column < BOX for row in rows),
        _BOX: any(row.column is not None and row.column >= BOX for row in rows),
        _NOTES: any(row.is_note for row in rows),
        _UPRIGHT: upright,
        _SIDEWAYS: (turn + page.get_rotation() // 90) % 4,
        _RECOGNISED: _is_recognised(paints),
    }
    over += _runs([one.turned(one.turn) for one in aside], layer)
    remarks = [remark for remark, holds in said.items() if holds and rows]
    unseen = [run.text for run in _runs([one for one in found if one.number in hidden], layer)]
    rows += [Row([run], None) for run in over]
    return Page(rows, remarks + ([_aside(over)] if over else []), unseen)


def _aside(runs: list[Run]) -> str:
    words = " ".join(run.text for run in runs)[:30]
    where = "printed at an angle, over the lines or off the page"
    return f"{words!r} is {where}, and stands behind the text; delete it if it is none"


def _is_on(page: Bounds, one: _Character) -> bool:
    left, bottom, right, top = page
    return one.right > left and one.left < right and one.bottom > -top and one.top < -bottom


def _watermarks(runs: list[Run]) -> Iterator[Run]:
    """Large type through which lines of the text run."""
    least = _WATERMARK * median(run.size for run in runs) if runs else 0.0
    for run in (run for run in runs if run.size > least):
        core = (run.bottom - run.top) / 4
        if any(
            run.top + core < (one.top + one.bottom) / 2 < run.bottom - core
            and min(run.right, one.right) - max(run.left, one.left) > one.size
            for one in runs
            if one.size * _WATERMARK < run.size
        ):
            yield run


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
        angle = raw.FPDFText_GetCharAngle(layer, index) / (pi / 2)
        turn = _ASLANT if abs(angle - round(angle)) > _LEAST_ANGLE else round(angle) % 4
        yield _Character(text, box.left, box.right, -box.top, -box.bottom, turn, index, spaced)
        spaced = False


def _once(characters: list[_Character], layer: Any) -> list[_Character]:
    """Without what is printed twice for bold type, a trace aside."""
    seen: dict[tuple[str, int, int], int] = {}
    kept: list[_Character] = []
    for one in characters:
        grid = one.size / 20
        x, y = round(one.left / grid), round(one.top / grid)
        near = (seen.get((one.text, x + a, y + b)) for a in (-1, 0, 1) for b in (-1, 0, 1))
        twice = [number for number in near if number is not None]
        # One glyph may stand for two characters, as a ligature or the dash ——.
        if not twice or (max(twice) == one.number - 1 and _of_one_object(layer, one.number)):
            kept.append(one)
        seen[one.text, x, y] = one.number
    return kept


def _of_one_object(layer: Any, number: int) -> bool:
    """Whether a character is drawn with the one before it; bold type is drawn in two goes."""
    import pypdfium2.raw as raw

    before, drawn = (raw.FPDFText_GetTextObject(layer, at) for at in (number - 1, number))
    return cast(before, c_void_p).value == cast(drawn, c_void_p).value


def _goes_down(characters: list[_Character]) -> bool:
    """Whether most characters stand below the one before, as in upright lines."""
    down = beside = 0
    for one, other in pairwise(characters):
        across, along = other.left - one.left, other.top - one.top
        down += abs(across) < one.size / 2 and 0 < along < 2 * one.size
        beside += abs(along) < one.size / 2 and 0 < across < 2 * one.size
    return down > beside


# In ems: what parts two runs, by how many of both sides are Chinese; and what parts two words where
# a Chinese character stands beside.
_MAX_GAP, _MIN_GUTTERS, _WIDE_BLANK, _BLANK = 1.2, (1.2, 1.0, 0.35), 0.5, 0.05
_TELLING = 8  # gaps of a line, to know from how far it is stretched
_RAISED = 0.8  # of the type beside it


def _runs(characters: list[_Character], layer: Any) -> Iterator[Run]:
    """Characters that follow each other on a line without a gap, as one run."""
    gaps = [_gap(*pair) for pair in pairwise(characters)]
    # Letter-spacing is no gap.
    usual = median([gap for gap in gaps if gap < _MAX_GAP] or [0])
    run = characters[:1]
    for (before, one), gap in zip(pairwise(characters), gaps, strict=True):
        wide = bool(WIDE.match(before.text)) + bool(WIDE.match(one.text))
        if gap >= min(usual + _MIN_GUTTERS[wide], _MAX_GAP):
            yield _run(run, layer)
            run = []
        run.append(one)
    if run:
        yield _run(run, layer)


def _gap(before: _Character, one: _Character) -> float:
    """The gap between two characters in ems, endless where they do not follow on one line."""
    if before.turn == one.turn == _ASLANT or _box(before) == _box(one):
        return 0
    size = max(before.size, one.size)
    beside = min(before.bottom, one.bottom) - max(before.top, one.top) > size / 3
    gap = (one.left - before.right) / size
    return gap if beside and gap > -0.5 else inf


def _box(one: _Character) -> Bounds:
    """Where it stands; two characters that one glyph stands for have one box."""
    return one.left, one.bottom, one.right, one.top


def _run(characters: list[_Character], layer: Any) -> Run:
    signs = list(_signs(characters, layer))
    # A justified line is stretched between all its characters; one of a few may have blanks alone.
    gaps = [(one.left - before.right) / one.size for before, one in pairwise(characters)]
    stretched = max(0.0, median(gaps)) if len(gaps) >= _TELLING else 0.0
    text = signs[0]
    for (before, one), sign, gap in zip(pairwise(characters), signs[1:], gaps, strict=True):
        text += (" " if _is_blank(before, one, gap - stretched) else "") + sign
    tops, bottoms = zip(*((one.top, one.bottom) for one in characters), strict=True)
    size = _type_size(layer, characters[0].number)
    return Run(text, characters[0].left, characters[-1].right, min(tops), max(bottoms), size)


def _signs(characters: list[_Character], layer: Any) -> Iterator[str]:
    """What each character says: digits alone above the line, as the mark of a note, are raised."""
    largest = max(characters, key=lambda one: one.size)
    small = _RAISED * largest.size
    line = _baseline(layer, largest) + largest.size / 5
    for is_up, group in groupby(
        characters, key=lambda one: one.size < small and _baseline(layer, one) > line
    ):
        text = "".join(one.text for one in group)
        yield from raised(text) if is_up else text


def _baseline(layer: Any, one: _Character) -> float:
    """How high a character stands on its page."""
    import pypdfium2.raw as raw

    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(layer, one.number, x, y)
    return y.value


def _is_blank(before: _Character, one: _Character, gap: float) -> bool:
    # Small gaps at a change of script mean nothing.
    is_wide = WIDE.search(before.text + one.text) is not None
    return gap > _WIDE_BLANK if is_wide else one.spaced and gap > _BLANK


def _type_size(layer: Any, index: int) -> float:
    """The size of the type that a character is set in: of its font, as the page enlarges it."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(layer, index, matrix)
    size = raw.FPDFText_GetFontSize(layer, index) * hypot(matrix.c, matrix.d)
    return max(float(size), _LEAST)


def _paints(layer: Any, characters: list[_Character]) -> dict[int, str]:
    """What each character is painted in: white, none where it is not painted, else a colour."""
    import pypdfium2.raw as raw

    of_object: dict[int | None, str] = {}
    paints: dict[int, str] = {}
    for one in characters:
        drawn = raw.FPDFText_GetTextObject(layer, one.number)
        address = cast(drawn, c_void_p).value  # an object has many characters
        if address not in of_object:
            of_object[address] = _paint(drawn)
        paints[one.number] = of_object[address]
    return paints


def _paint(drawn: Any) -> str:
    import pypdfium2.raw as raw

    mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
    if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return "none"
    return "white" if mode == raw.FPDF_TEXTRENDERMODE_FILL and _is_white(drawn) else "colour"


def _is_white(drawn: Any) -> bool:
    """Whether an object is filled with white, or with a colour that one sees through."""
    import pypdfium2.raw as raw

    red, green, blue, alpha = (c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha)
    faint = min(red.value, green.value, blue.value) > _WHITE or alpha.value < 255 - _WHITE
    return bool(known) and faint


def _hidden(page: Any, characters: list[_Character], paints: dict[int, str]) -> set[int]:
    """The numbers of what no reader sees: tiny, white on paper, not painted and on no picture."""
    usual = median(one.size for one in characters) if characters else 0
    hidden = {one.number for one in characters if one.size < min(_TINY, usual / 3)}
    pale = [one for one in characters if paints[one.number] != "colour"]
    if not pale or _is_recognised(paints):
        return hidden
    pictures, grounds = _grounds(page)
    for one in pale:
        lies_on = pictures if paints[one.number] == "none" else pictures + grounds
        if not any(one.is_within(bounds) for bounds in lies_on):
            hidden.add(one.number)
    return hidden


def _is_recognised(paints: dict[int, str]) -> bool:
    """Whether most of a page is text that is not painted, as recognition lays it over a picture."""
    return 2 * list(paints.values()).count("none") > len(paints)


def _grounds(page: Any) -> tuple[list[Bounds], list[Bounds]]:
    """Where pictures lie on a page, and where it is not white."""
    import pypdfium2.raw as raw

    pictures, grounds = [], []
    for drawn in page.get_objects():
        # How what is set in as a whole is drawn is not asked.
        if drawn.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            pictures.append(drawn.get_bounds())
        elif drawn.type == raw.FPDF_PAGEOBJ_SHADING or (
            drawn.type == raw.FPDF_PAGEOBJ_PATH and not _is_white(drawn)
        ):
            grounds.append(drawn.get_bounds())
    return pictures, grounds


_WHITE, _TINY = 247, 2.5  # of 255; points
_THIN = 3.0  # points
_WATERMARK = 1.5  # times the type of the lines


def _rules(page: Any) -> Iterator[Rule]:
    """The ruled lines of a page, and the frames with their lower edges."""
    import pypdfium2.raw as raw

    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = drawn.get_bounds()
        if top - bottom > _THIN:
            yield Rule(left, right, -top, -bottom)
            yield Rule(left, right, -bottom)
        else:
            yield Rule(left, right, -top)
