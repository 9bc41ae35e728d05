"""Days in file names, fields and lines; and numbers that look like one."""

import datetime as dt

import pytest

from policytext.corpus.days import as_iso, day_of
from policytext.corpus.importing.metadata import guess
from policytext.lexicon.lexicon import default_lexicon


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("t20210305_12345", "2021-03-05"),  # as a government's site names its pages
        ("中華民國110年3月5日", "2021-03-05"),
        ("民国26年7月7日", "1937-07-07"),
        ("P020210305345678901234", "2021-03-05"),  # and what is attached to them
        ("2021-03-05-12345", "2021-03-05"),
        ("1.2021年3月5日", "2021-03-05"),
        ("2021-2-30更正为2021-3-1", "2021-03-01"),
        ("2021-13-45", None),
        ("20210230", None),
        ("二〇二一年二月三十日", None),
        ("1234567890", None),
        ("330302199001011234", None),  # an identity number
        ("电话0577-20210305", None),
        ("邮编325000", None),
        ("软件V2021.3.5", None),
        ("2.2021.3.5", None),
        ("2021.30.45元", None),
        ("2021．3．5", "2021-03-05"),
        ("２０２１／３／５", "2021-03-05"),
        ("二〇二一年元月五日", "2021-01-05"),
        ("2021年元月5日", "2021-01-05"),
        ("[20210305]", "2021-03-05"),
        ("2021年3月5日至8日", "2021-03-05"),  # the first day of a meeting
        ("2021.3.5—3.7", "2021-03-05"),
        ("2021年3月1日至31日", None),  # neither end of a period
        ("2021年3月5日至4月8日", None),
        ("2021.1.1-2021.12.31", None),
        ("20210301-20210331值班表", None),
        (f"{dt.date.today().year + 2}-01-01", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2021年9月", "2021-09"),
        ("2021.5", "2021-05"),
        ("98年3月", "1998-03"),
        ("2021/1", "2021-01"),
        ("2021．1．5", "2021-01-05"),
        ("二〇二一年元月", "2021-01"),
        ("（20210301）", "2021-03-01"),
        ("20210301", "2021-03-01"),
        ("2021-02-03T10:00", "2021-02-03"),
        ("二○二一年二月", "2021-02"),
        ("民國110年3月5日", "2021-03-05"),
        ("2021", "2021"),
        ("21.5", "21.5"),  # no year
        ("2021-13", "2021-13"),  # no month
        ("2021年第3期", "2021年第3期"),
        ("2021-2-3至2-5", "2021-2-3至2-5"),
    ],
)
def test_cells_of_tables(cell: str, iso: str) -> None:
    assert as_iso(cell) == iso


@pytest.mark.parametrize(
    ("stem", "year"),
    [
        ("2021年报告", "2021"),
        ("2021元旦致辞", "2021"),
        ("2021-13-45", None),
        ("补助2000元", None),
        ("新增2000万元", None),
        ("2090年展望", None),
    ],
)
def test_the_year_of_a_file_name(stem: str, year: str | None) -> None:
    found = guess(["水利部门说，今年要多修渠。"], {}, stem, default_lexicon())
    assert (found["date"].value if "date" in found else None) == year
