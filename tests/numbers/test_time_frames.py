"""What is past and what is planned, by chapter, paragraph, sentence and kind of document."""

from collections.abc import Callable
from pathlib import Path

import pytest

import policytext as pt

Promised = Callable[..., list[str]]


@pytest.fixture
def promised(tmp_path: Path) -> Promised:
    """The promised numbers of a text of 2024."""

    def find(text: str, kind: str | None = None) -> list[str]:
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        header = f"file,kind,date,place\na.txt,{kind or ''},2024,某区\n"
        (tmp_path / "documents.csv").write_text(header, encoding="utf-8")
        found = pt.find_targets(pt.read_corpus(tmp_path))
        return list(found.loc[found["is_target"], "text"])

    return find


REVIEW = "一、2023年工作回顾\n新增企业30家。\n"


@pytest.mark.parametrize("kind", ["report", None])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REVIEW + "入选省级未来社区2个。\n争取到资金5亿元。\n预计增长6%。", []),
        (REVIEW + "二、2024年工作安排\n新增企业40家。", ["40家"]),
        # What follows the review plans where its first paragraph says so.
        (
            REVIEW + "二、乘势而上\n今年，新增企业40家。\n三、改进作风\n新增网点5个。",
            ["40家", "5个"],
        ),
        # The heading of the plan is missing.
        (REVIEW + "今年的预期目标是：经济增长6%。\n新增企业40家。", ["6%", "40家"]),
        # The text has lost its line ends.
        ("2023年工作回顾2023年新增企业30家。2024年工作安排2024年新增企业40家。", ["40家"]),
        (
            "一、2023年工作回顾和2024年工作要求\n去年，新增企业30家。\n今年，新增企业40家。",
            ["40家"],
        ),
    ],
)
def test_chapters_and_paragraphs_of_a_report(
    promised: Promised, kind: str | None, text: str, expected: list[str]
) -> None:
    opening = "政府工作报告\n各位代表：\n现在，我代表市政府，向大会作工作报告，请审议。\n"
    assert promised(opening + text, kind) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("report", ["40家"]), ("plan", ["40家"]), ("speech", []), ("news", []), (None, [])],
)
def test_a_passage_of_a_report_or_plan_that_announces_nothing_plans(
    promised: Promised, kind: str | None, expected: list[str]
) -> None:
    assert promised("新增企业40家。", kind) == expected
