"""Markdown: what its reader sees, line by line, and what is taken out."""

from pathlib import Path

import pytest

from imported import imported
from policytext.corpus.importing.files import Item
from policytext.corpus.importing.markdown import read_markdown


def kept(text: str) -> list[str]:
    return [line.text for line in read_markdown(Item("a.md", text.encode())).kept()]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("## 总体目标", ["## 总体目标"]),  # by its marks it is known as a heading
        ("全年**增长**6%，*就业*__稳定__。", ["全年增长6%，就业稳定。"]),
        (
            "落实**“四大行动”**任务，***加快***办理`一码通`。",
            ["落实“四大行动”任务，加快办理一码通。"],
        ),
        ("3*2=6，2*3=6，snake_case_name，第____号，5 * 6 * 7", None),
        ("见[公报](http://a.cn/b_(c)_d)和[附件][1]。", ["见公报和附件。"]),
        ("[1]: http://a.cn/b_c", []),
        ("[1]: 按可比价计算。", None),
        ("前![图](a.png)后", ["前后"]),
        (
            "- 新增岗位300个\n* 改造小区5个\n+ [x] 修路8公里",
            ["新增岗位300个", "改造小区5个", "修路8公里"],
        ),
        ("1. 稳增长\n2) 惠民生\n3、保安全", None),
        ("> 引用\n> > 再引用", ["引用", "再引用"]),
        ("```\n| 一 |\n**二**\n```\n三", ["| 一 |", "**二**", "三"]),
        ("指标\n---\n全年\n\n***", ["指标", "全年", ""]),
        ("增长6%[^1]。\n[^1]: 可比价。", ["增长6%。", "可比价。"]),
        (r"5\*6，\*注", ["5*6，*注"]),
        ("|甲|乙|\n|:--|--:|\n|造林| |\n||3|\n|只有一格|", ["甲\t乙", "造林", "\t3", "只有一格"]),
        ("年|数\n--|--\n2021|**3**\n\n甲|乙", ["年\t数", "2021\t3", "", "甲|乙"]),
        (
            "<table>\n<tr><td rowspan=2>甲<td>1\n<tr><td>2\n</table>\n后",
            ["甲\t1", "\t2", "", "", "", "后"],
        ),
        ("一<br>二<!-- 三 --><u>四</u>，<5%，>3%", ["一", "二四，<5%，>3%"]),
        ("增长~~5%~~6%", ["增长6%"]),
    ],
)
def test_marks_go_and_words_stay(written: str, seen: list[str] | None) -> None:
    assert kept(written) == (written.split("\n") if seen is None else seen)


def test_the_head_of_a_file_says_title_and_day_and_lines_keep_their_numbers(
    tmp_path: Path,
) -> None:
    head = "---\ntitle: 甲县2021年工作要点\ndate: 2021-03-04\ntags:\n  - 计划\n---\n"
    corpus, report = imported(tmp_path, a__md=head + "各位代表：\n\n~~增长5%~~\n全年增长6%。\n")
    assert corpus.source("a") == "各位代表：\n\n全年增长6%。\n"
    assert [*corpus.documents.iloc[0][["title", "date"]]] == ["甲县2021年工作要点", "2021-03-04"]
    struck = report[report["rule"] == "struck out"].iloc[0]
    assert [struck["line"], struck["text"]] == [9, "增长5%"]
