"""The same text twice in a file, or nearly the same in two: said with share and offsets."""

import gzip
import json
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import policytext as pt
from imported import imported
from policytext.corpus.issues import Issue
from policytext.corpus.repeats import find_repeats


def text(name: str, count: int = 120) -> str:
    """Sentences that no other name has."""
    return "".join(
        f"{name}第{n}项由甲乙丙丁{n * 7}户，\n一一落实到{name}村。\n" for n in range(count)
    )


def notes(texts: Mapping[str, str]) -> list[Issue]:
    rows = [{"doc": doc, "file": doc, "start": 0, "end": len(texts[doc])} for doc in texts]
    return list(find_repeats(rows, texts))


def changed(source: str, every: int) -> str:
    return "".join("改" if at % every == every // 2 else c for at, c in enumerate(source))


def bare(source: str) -> str:
    return "".join(source.split())


LONG = text("东", 400)


def test_a_text_twice_in_a_file() -> None:
    one = text("东")
    (note,) = notes({"a": one + "以下是全文的另一份。\n" + one})
    start = len(one) + len("以下是全文的另一份。\n")
    assert (note.problem, note.detail[:6]) == ("passage twice", "49.9 %")
    assert f"at {start}–{start + len(one) - 2}, and before at 0–{len(one) - 2}" in note.detail


@pytest.mark.parametrize(("every", "said"), [(10_000, True), (150, True), (20, False)])
def test_nearly_the_same_in_two_files(every: int, said: bool) -> None:
    one = text("东", 400)
    found = notes({"a": one, "b": text("西"), "c": changed(one, every)})
    assert [note.problem for note in found] == ["nearly the same text"] * said
    assert all(note.doc == "c" for note in found)


def test_a_file_that_another_holds_whole() -> None:
    (note,) = notes({"a": "序言。\n" + text("东") + text("西"), "b": text("东")})
    assert note.detail.startswith("100.0 % of b stands in a, the longest passage at 0–")
    more = len(bare("序言。" + text("西")))
    assert note.detail.endswith(f"and there from 4 on; characters that only a has: {more:,}")


@pytest.mark.parametrize(
    ("other", "share", "differs"),
    [
        (changed(LONG, 9_000), "99.9 % of b", "characters that do not: 1 of {}"),
        (LONG[:500] + LONG[501:], "100.0 % of b", "characters that only a has: 1"),
        (changed(LONG, 1_000), "99.8 % of b", "characters that do not: 11 of {}"),
    ],
)
def test_how_many_characters_differ(other: str, share: str, differs: str) -> None:
    """A hundred per cent is all of a text."""
    (note,) = notes({"a": LONG, "b": other})
    assert note.detail.startswith(share)
    assert note.detail.endswith(differs.format(f"{len(bare(other)):,}"))


def test_a_text_that_is_near_to_many_is_noted_once_with_all_of_them() -> None:
    """Each but the first has one note, and the pairs that are not compared are named in it."""
    found = notes({f"t{n}": changed(LONG, 9_000 - 100 * n) for n in range(8)})
    assert [note.doc for note in found] == [f"t{n}" for n in range(1, 8)]
    for number, note in enumerate(found, start=1):
        named = set(re.findall(r"t\d", note.detail))
        assert named == {f"t{n}" for n in range(number + 1)}


def test_other_line_breaks_make_no_other_text() -> None:
    (note,) = notes({"a": text("东"), "b": text("东").replace("\n", "\n\n ")})
    assert note.detail == "has the same text as a"


def test_what_many_texts_say_is_no_repeat() -> None:
    formula = "高举中国特色社会主义伟大旗帜，全面贯彻新发展理念，坚持稳中求进工作总基调。"
    assert notes({name: text(name, 9) + formula * 2 for name in "东西南北中"}) == []


def test_refrains_and_empty_texts() -> None:
    assert notes({"a": "", "b": "，。", "c": "同志们！" * 500}) == []
    assert [note.problem for note in notes({"a": "“三个争先”：甲乙丙丁戊己、" * 8_000})] == [
        "passage twice"
    ]


def test_thousands_of_texts_take_a_second() -> None:
    """Each is compared with what shares its wording, not with all the others."""
    word = random.Random(1)
    texts = {str(n): "，".join(f"{word.random()}" for _ in range(20)) for n in range(4_000)}
    assert notes(texts) == []


def test_the_given_reports(shared: Path) -> None:
    path = shared / "corpora/reports/cities-2024.jsonl.gz"
    rows = map(json.loads, gzip.decompress(path.read_bytes()).decode().splitlines())
    found = {note.doc: note.detail for note in notes({row["doc"]: row["text"] for row in rows})}
    same = "has the same text as city-2024-台州"
    assert found == {"city-2024-襄阳": same, "city-2024-贵阳": same}


def test_an_import_remarks_on_it(tmp_path: Path) -> None:
    with pytest.warns(pt.CorpusWarning, match="nearly the same text: b: "):
        _, report = imported(tmp_path, a__txt=text("东"), b__txt=changed(text("东"), 3_000))
    rows = report[report["done"].eq("remark") & report["rule"].eq("nearly the same text")]
    (remark,) = rows["text"]
    assert remark.endswith("take one out, or its words are counted twice")


ITEM = (
    "本报讯　昨日上午，城北新区的首座社区食堂开张迎客，老人凭卡用餐可享六折优惠。"
    "食堂由社区提供场地，由专业餐饮公司经营，每天供应早中晚三餐，预计服务周边居民三千多人。\n"
)
OTHER = (
    "本报讯　日前，城南大桥主跨顺利合龙，较原定工期提前二十天。大桥全长一千二百米，双向六车道，"
    "通车以后两岸往来的时间将由半小时缩短到五分钟。\n"
)


def test_a_short_item_twice_in_a_file() -> None:
    (note,) = notes({"a": ITEM + OTHER + ITEM})
    assert note.problem == "passage twice"
    assert f"at {len(ITEM + OTHER)}–" in note.detail
    assert notes({"a": ITEM + OTHER}) == []
    within = ITEM.strip()[:60]  # a refrain within lines is none
    assert notes({"a": f"今年，{within}，明年也是。\n去年，{within}，后年也是。\n"}) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (ITEM.replace("三千多人", "四千多人"), True),
        (ITEM.replace("昨日上午", "11月3日").replace("六折", "五折"), True),
        (ITEM.replace("早中晚三餐", "三餐") + "还有更多的食堂将要开张，请市民留意通知。\n", True),
        (OTHER, False),
        (ITEM[:50] + OTHER[40:], False),
    ],
)
def test_short_items_nearly_the_same(changed: str, said: bool) -> None:
    found = notes({"a": ITEM, "b": changed})
    assert [note.problem for note in found] == ["nearly the same text"] * said
