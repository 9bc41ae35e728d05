"""Numeral abbreviations and codes, and what only looks like one."""

from functools import partial

import pytest

import policytext as pt
from policytext.lexicon.abbreviations import abbreviations_in
from policytext.text.clean import clean_text
from policytext.text.sentences import paragraphs
from timing import seconds


def found(text: str) -> list[str]:
    read = clean_text(text, paragraphs(text))
    spans = abbreviations_in(read.text, pt.default_lexicon())
    return [text[slice(*read.source_span(*span))] for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("构建“1+5+2”工作体系", ["1+5+2"]),
        ("出台“１０＋Ｎ”政策", ["１０＋Ｎ"]),
        ("完善１０＋Ｎ机制、1+X方案", ["１０＋Ｎ", "1+X"]),
        ("实施“3433”工程", ["3433"]),
        ("围绕“五城五高地”布局", ["五城五高地"]),
        ("建设一区一廊一会一室", ["一区一廊一会一室"]),
        ("形成一主两区三带格局", ["一主两区三带"]),
        ("完善“工作五法”", ["工作五法"]),
        ("以“锚定五大新坐标、开创十个新局面”为主题", ["五大新坐标", "十个新局面"]),
        ("坚持“七个一”，开展“五四竞赛”", ["七个一", "五四竞赛"]),
        ("发扬三牛精神，落实八化方法", ["三牛精神", "八化方法"]),
        ("统筹“三链融合”，再促三链融合。", ["三链融合", "三链融合"]),
        ("坚持创新，抓“两新\n一重”建设。", ["两新\n一重"]),
    ],
)
def test_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "今年增长8%，新增3+2=5所",
        "“12345”热线和“110”",
        "召开一届二次党代会，七届六次全会",
        "千方百计、四通八达、一心一意，“百花齐放”",
        "三大机制、两大任务、八大行业",
        "“十四五”规划、“八五”普法",
        "三年行动，五级书记，第三产业，两万户",
        "“一体化”推进，“一站式”服务",
        "一是抓项目，二是抓企业，三是多渠道",
        "坚持一企一策",
    ],
)
def test_not_found(text: str) -> None:
    assert found(text) == []


def test_time_grows_with_length_even_where_every_form_repeats() -> None:
    unit = "“三链融合”三链融合一区五岛“1+1”1+1+1+1一一一一"
    short, long = (seconds(partial(found, unit * n), 2) for n in (400, 3200))
    assert long < 20 * short
