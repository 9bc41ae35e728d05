"""The numeral check: wherever a list stands, it is found first and counted then."""

import pandas as pd
import pytest

import policytext as pt
from test_slogans import read

ITEMS = ["扛旗法", "亮剑法", "攻坚法", "争先法", "比拼法", "晾晒法", "督查法", "奖惩法", "问责法"]
FIELDS = ["党建", "改革", "数字", "人才", "产业", "生态", "文化", "开放", "海洋"]


def headings(items: list[str]) -> str:
    """八大赋能, with as many headings as there are items."""
    fields = FIELDS[: len(items)]
    numbered = [f"{'一二三四五六七八九'[at]}、{name}赋能" for at, name in enumerate(fields)]
    return "推进“八大赋能”。\n" + "\n好。\n".join(numbered) + "\n好。"


PLACES = {
    "after a colon": lambda items: f"落实“八化方法”：{'、'.join(items)}。",
    "in brackets": lambda items: f"落实“八化方法”（{'、'.join(items)}），久久为功。",
    "after 即": lambda items: f"落实“八化方法”，即{'、'.join(items)}。",
    "before": lambda items: f"大家看，{'、'.join(items)}“八化方法”久久为功。",
    "quoted before": lambda items: f"围绕“{'、'.join(items)}”八化方法，久久为功。",
    "headings": headings,
}
OPEN = {
    "after a colon": lambda items: f"落实“八化方法”：{'、'.join(items)}等。",
    "in brackets": lambda items: f"落实“八化方法”（{'、'.join(items)}等），久久为功。",
    "before": lambda items: f"围绕{'、'.join(items)}等“八化方法”，久久为功。",
}


def check(*texts: str, lexicon: pt.Lexicon | None = None) -> pd.Series:
    corpus = read(*texts)
    table = pt.check_numerals(pt.find_slogans(corpus, lexicon), corpus, lexicon)
    return table[table["text"].str.startswith(("八", "四个"))].iloc[0]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("listed", "verdict"), [(8, "agrees"), (7, "differs"), (9, "differs")])
def test_a_list_is_counted_wherever_it_stands(place: str, listed: int, verdict: str) -> None:
    row = check(PLACES[place](ITEMS[:listed]))
    assert (row["verdict"], row["declared"], row["listed"]) == (verdict, 8, listed)
    assert len(row["items"]) == listed
    assert row["list_at"] == "mention"


@pytest.mark.parametrize(
    "written", ["围绕{}“八化方法”，久久为功。", "围绕“{}”“八化方法”，久久为功。"]
)
def test_a_list_whose_beginning_is_in_doubt_gets_the_doubt(written: str) -> None:
    """围绕扛旗法 may be an item or lead to the list; two quotations may stand in a row."""
    assert check(written.format("、".join(ITEMS[:8])))["verdict"] == "agrees"
    assert check(written.format("、".join(ITEMS)))["verdict"] != "differs"


def test_a_list_behind_a_verb_that_is_too_short_or_far_too_long_differs() -> None:
    for items in (ITEMS[:7], [*ITEMS, "容错法"]):
        row = check(f"围绕{'、'.join(items)}“八化方法”，久久为功。")
        assert (row["verdict"], row["listed"]) == ("differs", len(items))


@pytest.mark.parametrize("place", OPEN)
@pytest.mark.parametrize("listed", [4, 7])
def test_an_open_list_differs_in_nothing(place: str, listed: int) -> None:
    assert check(OPEN[place](ITEMS[:listed]))["verdict"] in ("open", "no list found")


def test_an_open_list_after_its_numeral_is_called_open() -> None:
    row = check(OPEN["after a colon"](ITEMS[:7]))
    assert (row["verdict"], row["listed"]) == ("open", 7)


@pytest.mark.parametrize(("listed", "verdict"), [(8, "agrees"), (7, "differs")])
def test_a_list_in_another_document_of_the_place_is_counted(listed: int, verdict: str) -> None:
    row = check("落实“八化方法”。", PLACES["after a colon"](ITEMS[:listed]))
    assert (row["doc"], row["list_doc"], row["list_at"]) == ("d1", "d2", "place")
    assert (row["verdict"], row["listed"]) == (verdict, listed)


@pytest.mark.parametrize(
    ("items", "verdict"), [("政治|大局|核心|看齐", "agrees"), ("政治|大局|核心", "differs")]
)
def test_a_list_of_the_lexicon_is_counted(items: str, verdict: str) -> None:
    lexicon = pt.default_lexicon()
    formulae = lexicon["formulae"].copy()
    formulae.loc[formulae["formula"] == "四个意识", "items"] = items
    tables = {name: lexicon[name] for name in lexicon} | {"formulae": formulae}
    row = check("增强“四个意识”。", lexicon=pt.Lexicon(tables, items))
    assert (row["list_at"], row["verdict"]) == ("lexicon", verdict)


def test_without_a_list_nothing_is_said() -> None:
    row = check("落实“八化方法”，久久为功。甲、乙、丙。")
    assert (row["verdict"], row["items"]) == ("no list found", ())
    assert pd.isna(row["listed"])


def test_an_explanation_is_no_list() -> None:
    """Longer limbs that are no names of items: they may explain, so that no verdict is given."""
    text = "落实“八化方法”：要把责任压实到每一个干部、每一个岗位和每一个环节之上去、久久为功。"
    assert check(text)["verdict"] in ("unclear", "no list found")
