"""A lexicon that cannot be used says which file, row and column, and what to write instead.

The wrong cells are made from the schema: every kind of fault for every column of every table.
"""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import policytext as pt
from policytext import text as tx
from policytext.lexicon.check import faults, kept
from policytext.lexicon.files import decoded
from policytext.lexicon.lexicon import Lexicon
from policytext.lexicon.schema import FOLDER, TABLES, Column, LexiconWarning, Sheet
from policytext.text.clean import RADICALS
from policytext.words import dictionary
from policytext.words import tag_model as jiebadict
from policytext.words import tag_model as tm

Rows = list[list[str]]  # of one table, the header first

COLUMNS = [(name, column.name) for name, table in TABLES.items() for column in table.columns]
# Wrong in cells of each kind, besides what is wrong in any cell.
WRONG_OF_KIND = {
    "word": ["甲、", ",甲", "甲；", "1.5E+05", "2-Jan"],
    "phrase": ["甲，", "1E+05"],
    "text": [],
    "formula": ["、。"],
    "number": ["abc", "-1", "0", "nan", "inf", "1e999", "1,000", "1_000", "0.5.1", "一"],
    "year": ["abc", "21", "20211", "1066", "3021", "2021年", "2021-01-01", "-2021"],
    "expression": [
        *(
            "(增长",
            "增长)",
            "[增长",
            "*",
            "增*",
            "(?:增)?",
            "增|",
            r"\b",
            "(?=增长)",
            "(?P<r0>增长)",
        ),
        *(r"(增)\1", "(?i)gdp", "增长，", "（增长）"),
        *("(增+)+$", "((?:增|长)*)*", "(?:增|增长)+", "(?:增?长?升)+", "(?:增{2,})+"),
        *("(?:增+){20}", "(?:[增长]|[增长])*", r"(?:[\u4e00-\u9fff]+)+x|" + "增" * 40),
    ],
    "characters": ["人、才", "人|才", "人,才"],
    "symbol": ["元", "平方米", "1", "？", "?", "m?", "/", "{m}"],
}
# Wrong in cells of every kind; of some, what is meant is known.
DAMAGED = [
    *("#REF!", "#N/A", "#NAME?", "＃ＲＥＦ！", "甲#VALUE!", "#DIV/0!", "####", "Err:502"),
    *("TRUE", "False", "NaN", "NULL", "None", "=1+1", "=甲2", "'=1+1", "甲_x000D_", "甲&nbsp;乙"),
    *("锟斤拷", "甲锟斤拷乙", "烫烫烫烫"),
]
MEANT = {
    "\u2f2f\u2f45": "工方",
    "乐\uf914": "乐樂",
    "民生".encode().decode("cp1252"): "民生",
    "经济".encode().decode("gb18030"): "经济",
    "发展".encode("gbk").decode("latin-1"): "发展",
}
INVISIBLE = [
    "甲\ufe0f乙",
    "甲\u3164乙",
    "甲\u200b乙",
    "甲\n乙",
    "甲\t乙",
    "甲\ufffd乙",
    "甲\ue001乙",
    "\ufeff甲",
]
# Legal words with characters that mean something in expressions, in CSV or to jieba.
ODD = [
    *(
        "C++",
        "AI+",
        "“双11”",
        "7×24小时",
        "Edu Trust认证",
        "a]b",
        "^甲-乙",
        "(甲",
        "[乙",
        "\\d",
        "*",
    ),
    *("3D打印", "大黄䓬虫丸", "Ⅰ段", "𠮷野", "丙.丁", "子,丑", '寅"卯', "#话题", "$", "辰?"),
]
TEXT = (
    "# 在区两会上的政府工作报告\n\n一、2020年工作回顾\n\n过去一年，全区生产总值增长6.5%左右，"
    "财政收入突破50亿元，新增企业300家，城区面积3.2公顷。\n\n二、2021年主要任务\n\n"
    "今年，我们力争GDP增长7%以上，确保新建学校12所，固定资产投资千亿级，居民收入与经济增长同步。"
    "坚持“三个先行”：产业先行、生态先行、民生先行，打造“山海新城”，干在实处、走在前列。"
    "王建国区长说，年底前建成10个社区，城镇登记失业率不高于4%，保持低失业率水平。\n"
)


def rows_of(name: str, folder: Path = FOLDER) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def written(rows: Rows, mark: str = ",", ends: str = "\n") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark, lineterminator=ends).writerows(rows)
    return text.getvalue()


def write(folder: Path, name: str, rows: Rows) -> None:
    (folder / f"{name}.csv").write_bytes(written(rows).encode())


@pytest.fixture(scope="session")
def small_tables() -> dict[str, Rows]:
    """Some rows of every table, all of those that others refer to."""
    needed = {"tagset", "strength", "units", "indicators", "column_names"}
    tables = {name: rows_of(name)[: None if name in needed else 25] for name in TABLES}
    tables["places"] = [row for row in rows_of("places") if row[3] in ("", "parent", "浙江省")]
    held = {row[0] for row in tables["places"]} | {"", "parent", "now"}
    tables["former_places"] = [row for row in rows_of("former_places") if {*row[2:4]} <= held]
    return tables


@pytest.fixture
def small(tmp_path: Path, small_tables: dict[str, Rows]) -> Path:
    """A folder with a small lexicon, to change."""
    for name, rows in small_tables.items():
        write(tmp_path, name, rows)
    return tmp_path


def refused(folder: Path) -> list[str]:
    """The lines of the message; none where the lexicon is read."""
    try:
        pt.read_lexicon(folder)
    except pt.LexiconError as error:
        return str(error).splitlines()
    return []


# --- wrong cells, made from the schema ------------------------------------------------------------


def wrong_cells(column: Column) -> Iterator[str]:
    yield from (*INVISIBLE, "#REF!", "=1+1")
    yield from WRONG_OF_KIND[column.kind]
    if not column.empty and not column.given[0]:
        yield from ("", "  ", "\u3000")
    if column.allowed or column.among or column.given[0]:
        yield from ("没有这个值", "nonesuch", f"{(column.allowed or ('n',))[0]}-x")
    if column.parts == "|":
        yield from ("甲||乙", "|甲", "甲|", "甲|甲")
    elif column.kind in ("word", "phrase", "formula"):
        yield from ("甲||乙", "|甲乙", "甲乙|", "甲乙|丙丁", "甲乙｜丙丁")
    if column.minimum > 1:
        yield "甲"


def wrong_rows(column: Column, header: list[str], row: list[str]) -> Iterator[list[str]]:
    """The row with each wrong cell; where another column decides, with each of its values."""
    at = header.index(column.name)
    for cell in wrong_cells(column):
        yield [*row[:at], cell, *row[at + 1 :]]
    other, lists = column.given
    for value, allowed in lists.items():
        foreign = next(v for values in lists.values() for v in values if v not in allowed)
        for cell in ("", foreign):
            changed = [*row[:at], cell, *row[at + 1 :]]
            changed[header.index(other)] = value
            yield changed


def not_named(folder: Path, name: str, column: Column) -> Iterator[str]:
    """The wrong cells of a column that the check does not name with row, column and what to do."""
    header, *rows = rows_of(name, folder)
    for changed in wrong_rows(column, header, rows[-1]):
        write(folder, name, [header, *rows[:-1], changed])
        where = f"{name}.csv, row {len(rows) + 1}, {column.name}: "
        named = [line for line in refused(folder) if line.startswith(where)]
        if not (named and len(named[0].split("; ")[-1]) > 5):
            yield changed[header.index(column.name)]


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_every_wrong_cell_is_named(small: Path, name: str, column: str) -> None:
    assert list(not_named(small, name, TABLES[name].column(column))) == []


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_every_damaged_cell_is_named(name: str, column: str) -> None:
    header, row = rows_of(name)[:2]
    for damaged in (*DAMAGED, *MEANT):
        cells = dict(zip(header, row, strict=True)) | {column: damaged}
        columns = {one.name: [kept(cells[one.name], one)] for one in TABLES[name].columns}
        found = faults(Sheet([2], columns), TABLES[name])
        named = [fault for fault in found if fault.column == column and fault.row == 2]
        # Radicals are read as the characters that are meant.
        repaired = RADICALS.search(damaged) and columns[column] == [tx.fold(damaged)]
        assert repaired or (named and len(named[0].instead) > 5), damaged


def test_what_is_meant_is_named(small: Path) -> None:
    rows = [[f"词{number}", cell] for number, cell in enumerate(MEANT)]
    write(small, "stopwords", [["word", "why"], *rows])
    fixes = [line.split("; ")[-1] for line in refused(small)]
    assert fixes == [f"write {meant}" for meant in MEANT.values()]


def test_a_row_of_errors_is_no_remark(small: Path) -> None:
    write(small, "stopwords", [["word", "why"], ["#话题", ""], ["#REF!", ""]])
    assert "row 3, word: '#REF!' is an error of a spreadsheet; write a value" in refused(small)[0]


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:增|长)+",
        "(?:增{2}长)+",
        "(?:增+长){2}",
        "[(+]+",
        r"\(增+\)+",
        "(?i:gdp)+",
        r"(?:[\])+]增)+",
    ],
)
def test_what_repeats_in_one_length_is_legal(small: Path, pattern: str) -> None:
    rows = [*rows_of("relative_targets"), [pattern, "reference", "增", ""]]
    write(small, "relative_targets", rows)
    assert refused(small) == []


def test_characters_that_stand_among_others_are_legal(small: Path) -> None:
    for word in ("\ufa0e", "café", "Ⅰ段", "m³·°C", "涓", "true love", "甲、乙"):
        write(small, "stopwords", [["word", "why"], [word, "x"]])
        assert refused(small) == [], word


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_without_its_check_a_wrong_cell_would_pass(
    small: Path, name: str, column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: for each column there are cells that only its declaration stops."""
    table, declared = TABLES[name], TABLES[name].column(column)
    free = Column(column, "text", empty=True)
    columns = tuple(free if one.name == column else one for one in table.columns)
    unruled = replace(table, columns=columns, rule=lambda sheet: iter(()))
    monkeypatch.setitem(TABLES, name, unruled)
    assert any(True for _ in not_named(small, name, declared))


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_closed_list_is_shown(small: Path, name: str, column: str) -> None:
    declared = TABLES[name].column(column)
    header, *rows = rows_of(name, small)
    rows[-1][header.index(column)] = "nonesuch"
    write(small, name, [header, *rows])
    if declared.allowed:
        assert all(value in refused(small)[0] for value in declared.allowed)


def test_the_nearest_value_is_proposed(small: Path) -> None:
    write(small, "strength", [*rows_of("strength")[:-1], ["none", "none", "Hrad"]])
    assert refused(small) == [
        "strength.csv, row 31, strength: 'Hrad' is not one of its values; "
        "write hard (hard, soft, forecast, none)"
    ]


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_column_that_is_missing_or_misspelt_is_named(small: Path, name: str, column: str) -> None:
    header, *rows = rows_of(name, small)
    at = header.index(column)
    write(small, name, [[*header[:at], f"{column}s", *header[at + 1 :]], *rows])
    assert refused(small)[0] == (
        f"{name}.csv, row 1, {column}: the header lacks it; rename the column '{column}s' to it"
    )
    write(small, name, [row[:at] + row[at + 1 :] for row in (header, *rows)])
    assert refused(small)[0] == f"{name}.csv, row 1, {column}: the header lacks it; add the column"
    write(small, name, [[*row, row[at]] for row in (header, *rows)])
    assert refused(small)[0].startswith(f"{name}.csv, row 1, {column}: stands twice; keep one")


@pytest.mark.parametrize("name", TABLES)
def test_a_row_that_stands_twice_or_has_a_cell_too_many_is_named(small: Path, name: str) -> None:
    header, *rows = rows_of(name, small)
    write(small, name, [header, *rows, rows[0]])
    assert f"{name}.csv, row {len(rows) + 2}, {TABLES[name].key[0]}: " in refused(small)[0]
    assert "is in row 2 already; keep one of the two rows" in refused(small)[0]
    for changed in ([*rows[0], "x"], rows[0][:-1]):
        write(small, name, [header, changed, *rows[1:]])
        count = f"{len(changed)} cells under {len(header)} headings"
        assert refused(small)[0].startswith(f"{name}.csv, row 2: {count}; put a cell")


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("places", "乙区,,county,乙区,x", "parent: '乙区' is no level above county"),
        ("places", "丙省,,provincial,浙江省,x", "parent: '浙江省' is no level above provincial"),
        (
            "formulae",
            "甲、乙丙,central,浙江省,,no,code,,x",
            "place: '浙江省' stands beside the level",
        ),
        ("formulae", "“十三五”,central,,,no,code,,x", "formula: '“十三五”' is in row 2 already"),
        ("cues", "拟,verb,result,,甲,", "followed_by: '拟' has other conditions in another row"),
        ("cues", "年内,vague,,,,", "role: '年内' is deictic in another row"),
        ("units", "甲,mass,1,,,", "norm_unit: is empty, and mass is measured"),
        ("units", "甲,mass,1,KG,,", "norm_unit: 'KG' is 'kg' in another row"),
        ("column_names", "正 文,text", "name: '正 文' is in row 3 already"),
        ("words", "甲乙,- n", "tags: '-' is not in the column tag of tagset.csv"),
    ],
)
def test_rows_that_contradict_are_named(small: Path, name: str, row: str, message: str) -> None:
    rows = rows_of(name)
    write(small, "places", rows_of("places"))
    write(small, name, [*rows, row.split(",")])
    assert refused(small)[0].startswith(f"{name}.csv, row {len(rows) + 1}, {message}")
    assert len(refused(small)) == 1


def test_a_table_that_must_be_whole_names_what_is_missing(small: Path) -> None:
    write(small, "strength", rows_of("strength")[:-1])
    assert refused(small) == [
        "strength.csv: no row for none, none (commitment, bound); add the row"
    ]
    write(small, "strength", rows_of("strength")[:1])
    lacking = "no row for ensure, floor; ensure, ceiling; ensure, approximate and 27 more"
    assert refused(small)[0].startswith(f"strength.csv: {lacking}")
    write(small, "strength", rows_of("strength"))
    header, first, *rows = rows_of("tagset")
    write(small, "tagset", [header, [first[0], "v", *first[2:]], *rows])
    assert refused(small) == ["tagset.csv, row 2, coarse: 'v' is not the class of n; write n"]


def test_ten_faults_are_listed_and_the_others_counted(small: Path) -> None:
    write(small, "surnames", [["surname", "strength"], *([f"甲{n}", "x"] for n in range(13))])
    lines = refused(small)
    assert [line.split(":")[0] for line in lines[:10]] == [
        f"surnames.csv, row {row}, strength" for row in range(2, 12)
    ]
    assert lines[10:] == ["… and 3 more"]


def test_faults_of_several_tables_are_listed_together(small: Path) -> None:
    write(small, "surnames", [["surname", "strength"], ["甲", "x"]])
    write(small, "titles", [["word", "side"], ["", "both"]])
    assert {line.split(",")[0] for line in refused(small)} == {"surnames.csv", "titles.csv"}


# --- files as they are saved ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark", "ends"),
    [
        ("gb18030", ",", "\r\n"),
        ("utf-8-sig", ",", "\r\n"),
        ("utf-16", "\t", "\r\n"),
        ("utf-16-le", ";", "\n"),
        ("utf-16-be", ",", "\n"),
        ("utf-8", ";", "\r"),
        ("gb18030", "\t", "\n"),
        ("utf-8", "|", "\n"),
    ],
)
def test_however_it_is_saved_it_is_the_same_lexicon(
    tmp_path: Path, encoding: str, mark: str, ends: str
) -> None:
    """Columns turned round, too, and blanks and empty cells around."""
    for name in TABLES:
        rows = [[f" {cell}\u3000" for cell in reversed(row)] + [""] * 2 for row in rows_of(name)]
        (tmp_path / f"{name}.csv").write_bytes(written(rows, mark, ends).encode(encoding))
    lexicon, shipped = pt.read_lexicon(tmp_path), pt.default_lexicon()
    for name in TABLES:
        assert lexicon[name].equals(shipped[name]), name
    assert lexicon == shipped


@pytest.mark.parametrize("name", TABLES)
def test_other_rows_give_another_hash(small: Path, name: str) -> None:
    before = pt.read_lexicon(small)
    header, *rows = rows_of(name, small)
    write(small, name, [header, *reversed(rows)])
    assert pt.read_lexicon(small).hash != before.hash
    write(small, name, [header, *rows])
    assert pt.read_lexicon(small) == before


@pytest.mark.parametrize("name", TABLES)
def test_a_file_of_one_row_is_decoded_whatever_its_encoding(name: str) -> None:
    header, *rows = rows_of(name)
    for row in rows:
        text = written([header, row])
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
            assert decoded(text.encode(encoding)) == text, (row, encoding)


def test_big5_is_refused_and_not_read_as_gb18030(small: Path) -> None:
    text = "word,why\n我們的,代詞\n經濟發展,名詞\n"
    (small / "stopwords.csv").write_bytes(text.encode("big5"))
    assert "stopwords.csv: is neither UTF-8 nor GB18030" in refused(small)[0]
    (small / "stopwords.csv").write_bytes(text.encode("gb18030"))
    assert refused(small) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "stopwords.csv, row 1: is empty; write word,why into row 1"),
        ("的,助词\n".encode(), "row 1: names no column; write word,why"),
        ("word，why\n的，助词\n".encode(), "row 1: names no column; write word,why"),
        (b"PK\x03\x04\x14\x00", "is a workbook, whatever its name; save it as CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is a workbook, whatever its name; save it as CSV UTF-8"),
        (b"word,why\n\xff\xff\xff,a\n", "is neither UTF-8 nor GB18030"),
        ('word,why\n的,a\n"得,a\n地,a\n'.encode(), "row 3: a quotation mark"),
        ('word,why\n"的"得,a\n'.encode(), "row 2: a quotation mark"),
        ('word,why\n的"得,a\n'.encode(), "row 2: '的\"得' has a stray quotation mark; take it"),
        ('word,why\n"的,a\n得",a\n'.encode(), "row 2, word: '的,a\\n得' has a line break in it"),
        ("word,why\n\n的,a\n,,\n# 一\n得,\n".encode(), "row 6, why: is empty"),
        ("sep=;\nword;why\n的;\n".encode(), "row 2, why: is empty"),
    ],
)
def test_a_file_that_is_no_table_is_named(small: Path, content: bytes, message: str) -> None:
    (small / "stopwords.csv").write_bytes(content)
    assert message in refused(small)[0]


def test_blank_rows_and_remarks_are_skipped(small: Path) -> None:
    text = '\ufeffwhy, word \n# 一,\n\n" ",\nx,#话题\nx, "甲""乙,丙"\n'
    (small / "stopwords.csv").write_text(text, encoding="utf-8")
    assert list(pt.read_lexicon(small)["stopwords"]["word"]) == ["#话题", '甲"乙,丙']


def test_full_width_is_read_as_narrow(small: Path) -> None:
    write(small, "units", [*rows_of("units"), ["ｋｍ３", "area", "１０００．５", "m2", "", ""]])
    formula = ["甲乙", "central", "", "２０１８．０", "no", "numeral｜code", "丙 ｜丁", "x"]
    write(small, "formulae", [rows_of("formulae")[0], formula])
    lexicon = pt.read_lexicon(small)
    assert list(lexicon["units"].iloc[-1])[:3] == ["km3", "area", "1000.5"]
    assert list(lexicon["formulae"].iloc[0])[3:7] == ["2018", "no", "numeral|code", "丙|丁"]


def test_a_column_of_ones_own_is_left_out_with_a_warning(small: Path) -> None:
    before = pt.read_lexicon(small)
    write(small, "stopwords", [[*row, "备注"] for row in rows_of("stopwords", small)])
    with pytest.warns(LexiconWarning, match=r"stopwords.csv: the columns 备注 are not read"):
        assert pt.read_lexicon(small) == before


def test_the_folder_is_looked_at(small: Path) -> None:
    with pytest.raises(pt.LexiconError, match=r"nowhere: no such folder; give the path"):
        pt.read_lexicon(small / "nowhere")
    with pytest.raises(pt.LexiconError, match=r"words.csv: is a file; give the path of a copy"):
        pt.read_lexicon(small / "words.csv")
    (small / "empty").mkdir()
    with pytest.raises(pt.LexiconError, match=r"empty: has no table of a lexicon; give the path"):
        pt.read_lexicon(small / "empty")
    (small / "README.md").touch()
    (small / "~$words.xlsx").touch()
    assert refused(small) == []
    (small / "stopwords.csv").rename(small / "stopword.csv")
    (small / "words.xlsx").touch()
    assert refused(small) == [
        "stopword.csv: is not read; rename it to stopwords.csv, or take it out of the folder",
        "words.xlsx: is not read; save it as words.csv (CSV UTF-8) and take it out of the folder",
        f"stopwords.csv: no such file in {small}; copy it from data/lexicon",
    ]


# --- any lexicon that passes the check ------------------------------------------------------------


def corpus_of(folder: Path, text: str) -> pt.Corpus:
    folder.mkdir()
    (folder / "report.txt").write_text(text, encoding="utf-8")
    (folder / "documents.csv").write_text(
        "file,title,place,level,kind,date\nreport.txt,报告,瓯海区,county,report,2021-02-01\n",
        encoding="utf-8",
    )
    return pt.read_corpus(folder)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> pt.Corpus:
    return corpus_of(tmp_path_factory.mktemp("corpus") / "report", TEXT)


@pytest.fixture(scope="session")
def few_entries() -> dict[str, jiebadict.Entry]:
    """The entries of jieba's dictionary that the text has."""
    return {word: entry for word, entry in jiebadict.published().items() if word in TEXT}


@pytest.fixture
def few_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, few_entries: dict[str, jiebadict.Entry]
) -> None:
    """Few entries in place of jieba's, so that the dictionary of each lexicon is built at once."""
    monkeypatch.setattr(dictionary, "published", lambda: few_entries)
    monkeypatch.setenv("POLICYTEXT_CACHE", str(tmp_path / "cache"))


def found(corpus: pt.Corpus, lexicon: Lexicon) -> dict[str, pd.DataFrame]:
    finders = (pt.segment, pt.find_quantities, pt.find_targets, pt.find_slogans)
    return {finder.__name__: finder(corpus, lexicon=lexicon) for finder in finders}


def test_the_same_lexicon_finds_the_same(
    tmp_path: Path, report: pt.Corpus, few_words: None
) -> None:
    for name in TABLES:
        (tmp_path / f"{name}.csv").write_bytes(written(rows_of(name)).encode("gb18030"))
    # By names of their own, so that nothing is taken from what an equal lexicon was compiled to.
    saved = found(report, Lexicon(pt.read_lexicon(tmp_path), "test-saved-again"))
    for name, table in found(report, Lexicon(pt.default_lexicon(), "test-shipped")).items():
        assert len(table), name
        pd.testing.assert_frame_equal(table, saved[name])


@pytest.mark.parametrize("name", TABLES)
def test_finders_run_without_the_rows_of_a_table(
    tmp_path: Path, report: pt.Corpus, name: str, few_words: None
) -> None:
    """Or the check says that there must be rows."""
    shutil.copytree(FOLDER, tmp_path / "lexicon")
    write(tmp_path / "lexicon", name, rows_of(name)[:1])
    lines = refused(tmp_path / "lexicon")
    if TABLES[name].filled or TABLES[name].complete:
        assert lines[0].startswith((f"{name}.csv: has no row", f"{name}.csv: no row for"))
    else:
        # Rows of other tables may refer to what was taken out; the finders do not mind.
        said = [line for line in lines if not line.startswith("… and")]
        assert all(f"of {name}.csv; write one that is, or add it there" in line for line in said)
        full = pt.default_lexicon()
        tables = {**full, name: full[name].iloc[:0]}
        tables_found = found(report, Lexicon(tables, f"test-without-{name}"))
        assert len(tables_found["segment"]) > 50
        assert "" not in set(tables_found["find_quantities"]["unit"])


def test_finders_run_with_words_of_any_characters(
    small: Path, report: pt.Corpus, few_words: None
) -> None:
    """Characters that mean something in expressions are only characters."""
    for name, table in TABLES.items():
        header, *rows = rows_of(name, small)
        free = [column for column in table.columns if _takes_odd_words(column)]
        taken = {cell for row in rows for cell in row}
        for number, odd in enumerate(ODD if free else ()):
            row = dict(zip(header, rows[number % len(rows)], strict=True))
            row |= {"pattern": re.escape(odd)} | {
                column.name: odd if len(odd) >= column.minimum and odd not in taken else odd * 2
                for column in free
            }
            row |= {"not_before": re.sub("[|,、;/ ]", "", odd)}
            rows.append([row[column] for column in header])
        write(small, name, [header, *rows])
    odd_lexicon = pt.read_lexicon(small)
    assert {"C++", "(甲"} <= odd_lexicon.words("cues", "cue")
    text = TEXT + "".join(f"\n\n今年确保{odd}增长5{odd}，{odd}“{odd}”{odd}。\n" for odd in ODD)
    tables = found(corpus_of(small / "texts", text), odd_lexicon)
    assert {"C++", "a]b"} <= set(tables["find_quantities"]["unit"])


def _takes_odd_words(column: Column) -> bool:
    listed = column.allowed or column.among or column.given[0]
    itself = column.name == "counted_as"  # a word is not counted as itself
    return column.kind in ("word", "phrase", "formula") and not listed and not itself


# --- the schema and what else knows it ------------------------------------------------------------


def test_the_schema_knows_the_tags_of_the_model_and_of_jieba() -> None:
    tags = TABLES["tagset"].column("tag").allowed
    assert {tm.state(tag, "甲") for tag in tags} <= set(tm.STATES)
    assert {tm.shown(state) for state in tm.STATES} == set(tags)
    jieba = {entry.tag for entry in jiebadict.published().values()}
    assert jieba <= set(TABLES["tagset"].column("jieba").allowed)


def test_the_readme_has_every_column_and_every_value() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"(?ms)^### (\w+)\.csv\n(.*?)(?=^#|\Z)", readme))
    assert set(sections) == set(TABLES)
    for name, table in TABLES.items():
        rows = re.findall(r"^\| (\w+) \| (.*) \| (.*) \|$", sections[name], re.MULTILINE)[1:]
        assert [row[0] for row in rows] == [column.name for column in table.columns]
        for (_, says, takes), column in zip(rows, table.columns, strict=True):
            values = {*column.allowed, *(v for vs in column.given[1].values() for v in vs)}
            assert values | {column.alone} - {""} == set(re.findall("`([^`]+)`", takes)), name
            assert ("may be empty" in takes) == column.empty, (name, column.name)
            assert (column.minimum > 1) == ("characters or more" in takes)
            assert says
            if column.among:
                assert "{}.csv, {}".format(*column.among.split(".")) in takes
        assert " and ".join(f"`{key}`" for key in table.key) in sections[name].replace("\n", " ")
        assert ("none may be missing" in sections[name]) == table.complete
        assert ("May not be empty" in sections[name]) == table.filled
