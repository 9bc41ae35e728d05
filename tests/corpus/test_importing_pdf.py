"""PDFs: columns in reading order, tables across, and what is said of pages that are no plain text.

Every page is made here, line by line, across the columns, as some programs write them.
"""

import io
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

import policytext as pt
from imported import BODY, imported, removed
from made_pdf import PICTURE, Drawn, pdf, shown
from policytext.corpus.importing.reading_order import Rule, Run, in_order
from policytext.corpus.importing.recognition import Recognised

DIGITS = "一二三四五六七八九"


def report_pages() -> list[list[Drawn]]:
    """Four pages with a running head, a page number, and paragraphs set in by two characters."""
    rest = "进产业转型升级和城乡融合发展并持续改善民生福祉水平不断迈上新"
    pages: list[list[Drawn]] = []
    for number, first in enumerate("推促引共", start=1):
        lines: list[Drawn] = [(72, 800, "瑞安市政府工作报告"), (96, 760, first + rest[:27])]
        lines += [(72, 740, first + rest[:29]), (72, 720, f"的台阶{first}。")]
        pages.append([*lines, (96, 700, f"{first}一段" + rest[:25]), (280, 40, f"- {number} -")])
    return pages


def test_a_pdf_loses_heads_and_numbers_and_its_lines_are_joined(tmp_path: Path) -> None:
    corpus, report = imported(tmp_path, a__pdf=pdf(*report_pages()))
    lines = corpus.source("a").splitlines()
    assert len(lines) == 8
    assert lines[0].startswith("推进产业") and lines[0].endswith("的台阶推。")
    assert removed(report) == [
        pair
        for number in range(1, 5)
        for pair in (("running head", "瑞安市政府工作报告"), ("page number", f"- {number} -"))
    ]
    assert list(report["page"].dropna().astype(int)) == [1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.parametrize("head", ["统计公报 第{}页", "{} 统计公报 2021", "统计公报第{han}页"])
def test_heads_that_count_pages_go_and_rows_that_differ_in_numbers_stay(
    tmp_path: Path, head: str
) -> None:
    rows = [f"2021年目标 {5 + number * number}%" for number in range(15)]
    pages: list[list[Drawn]] = []
    for at in range(0, 15, 3):
        number = at // 3 + 7
        text = head.format(number, han="七八九"[number - 7 : number - 6] or "十")
        lines: list[Drawn] = [(72, 760 - 20 * n, row) for n, row in enumerate(rows[at : at + 3])]
        pages.append([(72, 800, text), *lines])
    corpus, report = imported(tmp_path, a__pdf=pdf(*pages[:4]))
    assert corpus.source("a").replace("\n", "") == "".join(rows[:12])
    assert [rule for rule, _ in removed(report)] == ["running head"] * 4
    assert report["text"].str.contains(r"^running head '.*' taken out, 4 times$").any()


@pytest.mark.parametrize(
    ("cut", "number", "indent", "joined"),
    [
        (28, "73.6%，惠及群众1万人。", 0, True),
        (27, "12000亩，惠及群众。", 0, True),
        (24, "12000亩，惠及群众。", 24, True),
        (24, "12000亩，惠及群众。", 0, False),
        (28, "2021年种粮", 0, False),
    ],
)
def test_a_line_cut_short_before_a_number_goes_on_with_it(
    tmp_path: Path, cut: int, number: str, indent: int, joined: bool
) -> None:
    """A paragraph that is set in tells more surely where the next one begins."""
    text = "推进产业转型升级和城乡融合发展并持续改善民生福祉水平不断迈上"
    short = text[: cut - 1] + ("长" if number.endswith("。") else "。")
    rows = [(indent, text[:28]), (0, text[:30]), (0, short), (0, number), (indent, text[:28])]
    rows += [(0, text[:30]), (0, "的台阶。")]
    drawn: list[Drawn] = [(72 + x, 760 - 20 * at, row) for at, (x, row) in enumerate(rows)]
    assert (short + number in text_of(tmp_path, drawn)) == joined


def test_bold_type_printed_twice_is_read_once(tmp_path: Path) -> None:
    corpus, _ = imported(tmp_path, a__pdf=pdf([(72, 700, BODY), (72, 700, BODY)]))
    assert corpus.source("a").strip() == BODY


def test_a_glyph_of_two_characters_is_no_bold_type(tmp_path: Path) -> None:
    first, then = shown("茶"), shown(BODY)
    dash = f"BT /F 12 Tf 72 740 Td {first} 170 Tz /D 12 Tf {shown('一')} 100 Tz /F 12 Tf {then} ET"
    corpus, report = imported(tmp_path, a__pdf=pdf([dash]))
    assert corpus.source("a").strip() == f"茶——{BODY}"
    assert not report["text"].str.contains("bold").any()


def test_no_line_of_a_page_of_short_lines_goes_on_below(tmp_path: Path) -> None:
    """The longest of them reaches no margin."""
    lines = ["平湖市财政局关于开展资产清查的通知", "平财资〔2020〕12号", "各单位："]
    drawn: list[Drawn] = [(72, 780 - 22 * at, line) for at, line in enumerate(lines)]
    corpus, _ = imported(tmp_path, a__pdf=pdf(drawn))
    assert corpus.source("a").split() == lines


def test_the_mark_of_a_note_is_no_part_of_the_number_before_it(tmp_path: Path) -> None:
    """Small digits above the line are raised, those on it or below it are not."""
    drawn = "BT /F 12 Tf 72 700 Td "
    for text, rise, digit in (("增长6%", 5, "1"), ("企业120", 5, "2"), ("家，", -2, "3")):
        drawn += f"{shown(text)} {rise} Ts /F 7 Tf {shown(digit)} 0 Ts /F 12 Tf "
    corpus, _ = imported(tmp_path, a__pdf=pdf([(72, 740, BODY), f"{drawn} ET"]))
    assert "增长6%¹企业120²家，3" in corpus.source("a")


def test_a_pdf_with_a_password_is_left_out_and_said_to_have_one(tmp_path: Path) -> None:
    key = "00" * 32
    lock = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"
    data = pdf([(72, 700, BODY)]).replace(
        b"trailer <<", f"trailer << /ID [<{key}> <{key}>] /Encrypt {lock}".encode()
    )
    assert b"/Encrypt" in data
    with pytest.warns(pt.CorpusWarning, match=r"locked\.pdf: needs a password; open it"):
        imported(tmp_path, locked__pdf=data, a__txt=BODY)


@pytest.mark.parametrize(
    ("page", "said"),
    [([PICTURE], "no text layer; run text recognition"), ([], "its pages are blank; take it out")],
)
def test_a_pdf_without_a_text_layer_is_left_out(
    tmp_path: Path, page: list[Drawn], said: str
) -> None:
    with pytest.warns(pt.CorpusWarning, match=rf"scan\.pdf: {said}"):
        imported(tmp_path, scan__pdf=pdf(page), a__txt=BODY)


WORDS = "推进各项重点工作任务落地见效并持续改善民生福祉水平促进城乡融合发展加快产业转型升级"


def columns(
    count: int, lines: int, top: int = 700, cut: int = 0, first: int = 0
) -> list[tuple[float, float, str]]:
    """Columns of full lines, ``cut`` shorter now and then, line by line across them."""
    wide = {2: 18, 3: 12}[count]
    drawn: list[tuple[float, float, str]] = []
    for line in range(lines):
        for column in range(count):
            mark = DIGITS[column] + DIGITS[line % 9]
            rest = WORDS[line + 9 * column + first :] + WORDS
            text = f"{mark}平稳{rest}"[: wide - cut * (line % 3)]
            drawn.append((60 + column * (wide * 12 + 24), top - 20 * line, text))
    return drawn


def order(text: str, marks: list[str]) -> list[str]:
    """The marks in the order in which they stand in a text."""
    assert all(text.count(mark) == 1 for mark in marks)
    return sorted(marks, key=text.index)


def test_columns_near_each_other_whose_lines_begin_with_digits(tmp_path: Path) -> None:
    lines = [f"{line}{WORDS[line:]}{WORDS}"[:18] for line in range(1, 10)]
    drawn = [(x, 700 - 20 * at, line) for at, line in enumerate(lines) for x in (60, 289)]
    assert text_of(tmp_path, drawn).splitlines()[0].count("".join(lines)) == 2


def text_of(tmp_path: Path, *pages: Sequence[Drawn], size: int = 12, turned: int = 0) -> str:
    return imported(tmp_path, a__pdf=pdf(*pages, size=size, turned=turned))[0].source("a")


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("cut", [0, 1])
def test_columns_are_read_one_after_the_other(tmp_path: Path, count: int, cut: int) -> None:
    corpus, report = imported(tmp_path, a__pdf=pdf(columns(count, 8, cut=cut)))
    marks = [f"{DIGITS[c]}{DIGITS[line]}平" for c in range(count) for line in range(8)]
    assert order(corpus.source("a"), marks) == marks
    assert "page 1: set in columns" in "".join(report["text"])


def test_what_runs_across_the_columns_parts_them(tmp_path: Path) -> None:
    title, heading = "瓯江市经济社会发展统计公报摘要", "下半年全市重点工作任务安排与分工"
    below = [(x, y - 260, text.replace("平稳", "协同")) for x, y, text in columns(2, 6)]
    page = [*below, *columns(2, 6), (150, 780, title), (150, 510, heading)]
    text = text_of(tmp_path, page)
    halves = [
        [f"{DIGITS[c]}{DIGITS[line]}{word}" for c in range(2) for line in range(6)]
        for word in ("平稳", "协同")
    ]
    marks = [title, *halves[0], heading, *halves[1]]
    assert order(text, marks) == marks
    assert text.splitlines()[0] == title
    assert heading in text.splitlines()


def test_a_sentence_goes_on_from_column_to_column_and_page_to_page(tmp_path: Path) -> None:
    def page(number: int) -> list[Drawn]:
        head = (60, 800, f"统计公报{'' if number % 2 else '摘要'}")
        return [head, *columns(2, 8, first=number), (290, 30, str(number))]

    corpus, report = imported(tmp_path, a__pdf=pdf(*(page(number) for number in range(1, 7))))
    assert corpus.source("a").count("\n") == 1
    assert [rule for rule, _ in removed(report)].count("running head") == 6
    assert [rule for rule, _ in removed(report)].count("page number") == 6


def test_a_note_at_the_foot_of_a_column_tears_no_sentence(tmp_path: Path) -> None:
    note = f"BT /F 8 Tf 60 560 Td {shown('收稿日期为上年四月')} ET"
    text = text_of(tmp_path, [note, *columns(2, 7)])
    assert order(text, ["一七平", "二一平", "收稿"]) == ["一七平", "二一平", "收稿"]


def test_a_note_at_the_foot_of_a_page_tears_no_sentence(tmp_path: Path) -> None:
    pages: list[list[Drawn]] = []
    for number in (1, 2):
        lines: list[Drawn] = [(60, 780 - 20 * n, "甲" * 40) for n in range(9)]
        lines += [(60, 600, f"至第{number}页为止。")] * (number == 2)
        lines += [f"BT /F 9 Tf 60 70 Td {shown(f'{number}数据来自第{number}号公报')} ET"]
        pages.append([*lines, (290, 40, f"{number}")])
    corpus, report = imported(tmp_path, a__pdf=pdf(*pages))
    notes = [f"{number}数据来自第{number}号公报" for number in (1, 2)]
    assert corpus.source("a").splitlines() == ["甲" * 720 + "至第2页为止。", *notes]
    assert report["text"].str.startswith("page 1 and 1 more: notes at its foot").any()


@pytest.mark.parametrize(
    ("drawn", "is_seen"),
    [
        ("1 g {}", False),  # white on paper
        ("0.5 0 0 rg 50 480 300 40 re f 1 g {}", True),  # white on red
        ("1 g 50 480 300 40 re f {}", False),
        ("3 Tr {} 0 Tr", False),  # not painted
        ("q 300 0 0 40 50 480 cm /P Do Q 3 Tr {} 0 Tr", True),  # recognised in a picture
        ("q .08 0 0 .08 60 480 cm {} Q", False),  # of one point
        ("0.8 g {}", True),
    ],
)
def test_what_no_reader_sees_is_named_and_not_read(
    tmp_path: Path, drawn: str, is_seen: bool
) -> None:
    text = f"BT /F 12 Tf 60 490 Td {shown('此外增长九成')} ET"
    corpus, report = imported(tmp_path, a__pdf=pdf([(60, 700, BODY), drawn.format(text)]))
    assert ("此外增长九成" in corpus.source("a")) == is_seen
    assert removed(report) == ([] if is_seen else [("hidden text", "此外增长九成")])


def test_a_numbered_heading_above_each_page_is_no_page_number(tmp_path: Path) -> None:
    heads = [f"{numeral}、下一步打算" for numeral in "一二三四五"]
    pages = [[(60, 780, head), (60, 700, BODY[at:])] for at, head in enumerate(heads)]
    corpus, _ = imported(tmp_path, a__pdf=pdf(*pages))
    assert [line for line in corpus.source("a").splitlines() if "、" in line[:2]] == heads


def test_a_table_in_one_column_is_read_row_by_row(tmp_path: Path) -> None:
    prose: list[Drawn] = [(60, 780 - 20 * n, "甲" * 40) for n in range(4)]
    cells: list[Drawn] = [
        (x, 660 - 20 * n, f"{name}{DIGITS[n]}")
        for n in range(8)
        for x, name in ((60, "指标名称"), (250, "完成数"), (400, "增长率"))
    ]
    text = text_of(tmp_path, [*prose, *cells])
    rows = [f"指标名称{n} 完成数{n} 增长率{n}" for n in DIGITS[:8]]
    assert [line for line in text.splitlines() if line.startswith("指标")] == rows


def test_a_list_of_terms_and_their_meaning_is_read_across(tmp_path: Path) -> None:
    prose: list[Drawn] = [(60, 780 - 20 * n, WORDS[n : n + 38]) for n in range(9)]
    terms = ["数字化综合改革", "共同富裕", "网格", "最多跑一次改革", "枫桥经验", "邻里中心"]
    cells: list[Drawn] = [
        (x, 590 - 20 * n, text)
        for n, term in enumerate(terms)
        for x, text in ((60, f"第{DIGITS[n]}条{term}"), (250, f"意为{term * (1 + n % 3)}"))
    ]
    lines = text_of(tmp_path, [*prose, *cells]).splitlines()
    assert [f"第{DIGITS[n]}条{term} 意为{term * (1 + n % 3)}" for n, term in enumerate(terms)] == (
        lines[-6:]
    )


def test_a_ruled_table_of_long_cells_is_read_row_by_row(tmp_path: Path) -> None:
    rules: list[Drawn] = [f"60 {715 - 40 * n} m 520 {715 - 40 * n} l S" for n in range(5)]
    text = text_of(tmp_path, [*columns(2, 8), *rules])
    marks = [
        f"{DIGITS[column]}{DIGITS[line + row]}平"
        for line in range(0, 8, 2)
        for column in range(2)
        for row in range(2)
    ]
    assert order(text, marks) == marks


def test_lines_far_outside_the_page_cost_no_time(tmp_path: Path) -> None:
    far = [f"BT /F 0.01 Tf {x} {x} Td {shown('远')} ET" for x in (0, 9e6, -9e6)]
    begin = time.process_time()
    assert "一一平" in text_of(tmp_path, [*columns(2, 8), *far, *far])
    assert time.process_time() - begin < 5


NUMBERS = st.integers(0, 80).map(lambda number: number * 10.0)


@settings(max_examples=150, deadline=None)
@given(
    places=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([0, 8, 12])), max_size=40)
)
def test_no_run_is_lost_or_doubled(places: list[tuple[float, float, float, int]]) -> None:
    page = [
        Run(str(number), x, x + width, y, y + size, size)
        for number, (x, y, width, size) in enumerate(places)
    ]
    page += [
        Run(x, n, n + 200, y, y + 10, 10)
        for x, n in (("a", 0), ("b", 240))
        for y in range(0, 160, 20)
    ]
    rules = [Rule(0, 500, y) for _, y, _, _ in places[:5]]
    read = [run for row in in_order(page, rules) for run in row.runs]
    assert sorted(read) == sorted(page)


def test_a_page_in_one_column_stays_as_it_is(tmp_path: Path) -> None:
    corpus, report = imported(
        tmp_path, a__pdf=pdf([(60, 780 - 20 * n, f"{n}平稳{WORDS[n:]}"[:39]) for n in range(20)])
    )
    assert not report["text"].str.contains("columns").any()
    assert corpus.source("a").index("0平稳") < corpus.source("a").index("19平稳")


LINES = ["平稳推进各项重点工作任务落地", "见效并持续改善民生福祉水平。"]


@pytest.mark.parametrize(
    ("turned", "matrix"), [(0, "0 1 -1 0"), (90, "0 1 -1 0"), (0, "-1 0 0 -1"), (180, "1 0 0 1")]
)
def test_a_page_printed_sideways_is_turned(tmp_path: Path, turned: int, matrix: str) -> None:
    c, d = map(int, matrix.split()[2:])
    drawn = [
        f"BT /F 12 Tf {matrix} {300 - 20 * n * c} {400 - 20 * n * d} Tm {shown(line)} ET"
        for n, line in enumerate(LINES)
    ]
    corpus, report = imported(tmp_path, a__pdf=pdf([*drawn], turned=turned))
    assert "".join(LINES) == corpus.source("a").strip().replace("\n", "")
    assert report["text"].str.contains("printed sideways").any() == (turned != 90)


def test_upright_lines_are_read_from_the_right(tmp_path: Path) -> None:
    drawn = [f"BT /V 12 Tf {400 - 20 * n} 780 Td {shown(line)} ET" for n, line in enumerate(LINES)]
    corpus, report = imported(tmp_path, a__pdf=pdf([*drawn[::-1]]))
    assert "".join(LINES) == corpus.source("a").strip().replace("\n", "")
    assert report["text"].str.contains("set from top to bottom, and read from the right").any()


@pytest.mark.parametrize(
    "matrix",
    [
        "0 12 -12 0 40 300",
        "43 25 -25 43 150 600",
        "50 0 0 50 80 670",
        "12 0 0 12 -200 700",
        "12 0 0 12 40 -300",
    ],
    ids=["sideways", "aslant", "across the lines", "left of the page", "below the page"],
)
def test_a_stamp_or_watermark_stands_behind_the_text(tmp_path: Path, matrix: str) -> None:
    stamp = f"BT /F 1 Tf {matrix} Tm {shown('内部资料注意保存')} ET"
    lines = [(72.0, 740.0 - 20 * at, BODY[at : at + 30]) for at in range(6)]
    corpus, report = imported(tmp_path, a__pdf=pdf([stamp, *lines]))
    assert corpus.source("a").endswith("\n内部资料注意保存\n")
    assert corpus.source("a").replace("\n", "").startswith("".join(text for *_, text in lines))
    assert "'内部资料注意保存' is printed at an angle, over the lines or off the page" in "".join(
        report["text"]
    )


def test_a_recognised_layer_over_a_picture_is_said_to_be_one(tmp_path: Path) -> None:
    hidden = f"BT 3 Tr /F 12 Tf 72 700 Td {shown(BODY)} ET"
    corpus, report = imported(tmp_path, a__pdf=pdf([PICTURE, hidden]))
    assert corpus.source("a").strip() == BODY
    assert report["text"].str.contains(r"page 1: text that a program recognised .*\(OCR\)").any()


def test_of_scanned_pages_among_others_it_is_said_which(tmp_path: Path) -> None:
    _, report = imported(tmp_path, a__pdf=pdf([(72, 700, BODY)], [PICTURE], [], [PICTURE]))
    said = "page 2 and 1 more: no text layer; run text recognition on it"
    assert report["text"].str.startswith(said).any()


def test_a_recogniser_of_ones_own_reads_scanned_pages(tmp_path: Path) -> None:
    def recognise(picture: Any) -> list[Recognised]:
        height, width, colours = picture.shape
        assert (height, width, colours) == (2339, 1653, 3)
        lines = [BODY[20:], BODY[:20]]
        return [
            Recognised(line, 100, 100 + 30 * len(line), y, y + 30, score)
            for line, y, score in zip(lines, (160, 100), (0.9, 0.8), strict=True)
        ]

    scan = pdf([(72, 700, "第一页。")], [PICTURE])
    corpus, report = imported(tmp_path, ocr=recognise, a__pdf=scan)
    assert corpus.source("a").splitlines() == ["第一页。", BODY]
    said = "page 2: recognised in a picture (inferred), mean confidence 0.85; check its numbers"
    assert said in list(report["text"])


def test_a_scan_is_recognised_by_the_extra(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="pip install -e .[ocr] to recognise scans")
    font = ImageFont.truetype(noto_cjk_sans_otc.FONT_PATH, 40, index=2)
    page = Image.new("RGB", (1240, 1754), "white")
    for at, line in enumerate(["2021年瓯江市政府工作报告", "全年生产总值增长6.5%左右，"]):
        ImageDraw.Draw(page).text((150, 200 + 80 * at), line, "black", font)
    scan = io.BytesIO()
    page.save(scan, "PDF", resolution=150)
    corpus, report = imported(tmp_path, ocr=True, a__pdf=scan.getvalue())
    assert "2021年瓯江市政府工作报告" in corpus.source("a")
    assert "生产总值增长6.5%左右" in corpus.source("a")
    assert report["text"].str.contains(r"mean confidence (?:0\.9\d|1\.00)").any()


def test_without_the_extra_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(ImportError, match=r"^no rapidocr to recognise text with; pip install"):
        imported(tmp_path, ocr=True, a__pdf=pdf([PICTURE]))


def test_the_columns_of_a_real_paper(shared: Path, tmp_path: Path) -> None:
    """Every line of its first column stands above every line of its second one."""
    folder = tmp_path / "raw"
    folder.mkdir()
    name = "发展综述-双栏.pdf"
    (folder / name).write_bytes((shared / "corpora/files" / name).read_bytes())
    pt.import_files(folder, tmp_path / "texts")
    text = pt.read_corpus(tmp_path / "texts").source("发展综述-双栏")
    # First and last words of the columns of pages 1 to 4, the figure and the notes, as printed.
    marks = [
        *("摘 要", "引 言", "1 中国月球", "步走”战略[2]。我国第一个", "2 中国深空"),
        *(
            "在一定程度上能决定月球探测器",
            "2.1 深空网",
            "1 ps/s",
            "图1 我国",
            "2.2 测量",
            "3 轨道",
            "3.2 动力",
        ),
        *("3.2.1 月", "3.2.2 太", "3.2.3 姿", "4 轨道", "5 总结", "[1] 叶", "[9] 唐", "[41] 张"),
        "收稿日期",
    ]
    assert order(text, marks) == marks


@pytest.mark.parametrize(("stretch", "blank"), [(0.3, ""), (0.6, ""), (0.0, " ")])
def test_a_stretched_line_has_no_blanks(tmp_path: Path, stretch: float, blank: str) -> None:
    """Beside a number stands a quarter of an em, or three quarters where a blank was typed."""
    beside = 0.75 if blank else 0.25
    drawn, x = [], 60.0
    for part in ("全年完成农田改造投资", "35.8", "亿元"):
        for sign in part:
            drawn.append((x, 700.0, sign))
            x += 12 * (1 + stretch)
        x += 12 * beside
    corpus, _ = imported(tmp_path, a__pdf=pdf(drawn))
    assert corpus.source("a").strip() == f"全年完成农田改造投资{blank}35.8{blank}亿元"
