"""The numeral check: wherever a list stands, it is found first and counted then."""

import pandas as pd
import pytest

import policytext as pt
from handmade import page
from policytext.comparison import check_numerals
from policytext.lexicon.lexicon import Lexicon

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


def check(*texts: str, lexicon: Lexicon | None = None) -> pd.Series:
    corpus = page(*texts)
    table = check_numerals(pt.find_slogans(corpus, lexicon), corpus, lexicon)
    return table[table["text"].str.startswith(("八", "四个"))].iloc[0]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("listed", "verdict"), [(8, "agrees"), (7, "differs"), (9, "differs")])
def test_a_list_is_counted_wherever_it_stands(place: str, listed: int, verdict: str) -> None:
    row = check(PLACES[place](ITEMS[:listed]))
    assert (row["verdict"], row["declared"], row["listed"]) == (verdict, 8, listed)
    assert len(row["items"]) == listed
    assert row["list_at"] == "mention"


def test_two_quotations_may_stand_in_a_row() -> None:
    for listed in (7, 8, 9):
        row = check(f"围绕“{'、'.join(ITEMS[:listed])}”“八化方法”，久久为功。")
        assert (row["verdict"], row["listed"]) == ("unclear", listed)


def test_a_list_behind_a_verb_that_is_too_short_or_too_long_differs() -> None:
    for items in (ITEMS[:7], ITEMS, [*ITEMS, "容错法"]):
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
    row = check("增强“四个意识”。", lexicon=Lexicon(tables, items))
    assert (row["list_at"], row["verdict"]) == ("lexicon", verdict)


def test_without_a_list_nothing_is_said() -> None:
    row = check("落实“八化方法”，久久为功。甲、乙、丙。")
    assert (row["verdict"], row["items"]) == ("no list found", ())
    assert pd.isna(row["listed"])


def test_an_explanation_is_no_list() -> None:
    """Longer limbs that are no names of items: they may explain, so that no verdict is given."""
    text = "落实“八化方法”：要把责任压实到每一个干部、每一个岗位和每一个环节之上去、久久为功。"
    assert check(text)["verdict"] in ("unclear", "no list found")


NUMBERS = "二三四五六七八九"
SHAPES = {
    "after a colon": "推进“{m}大{noun}”：{items}。",
    "after a colon, last joined": "推进“{m}大{noun}”：{joined}。",
    "after a colon, open": "推进“{m}大{noun}”：{items}等。",
    "after a colon, a clause behind": "“{m}大{noun}”：{items}，推进“山水云溪、活力之城”。",
    "after a colon, other items behind": "“{m}大{noun}”：{items}，民生保障、就业服务。",
    "after a colon, a list to solve": "“{m}大{noun}”：{items}，着力解决就业、住房问题。",
    "after a colon, by comma": "推进“{m}大{noun}”：{commas}。",
    "after a colon, of any length": "推进“{m}大{noun}”：{varied}。",
    "in brackets": "推进“{m}大{noun}”（{items}），久久为功。",
    "after 即": "推进“{m}大{noun}”，即{items}。",
    "before": "大家看，{items}“{m}大{noun}”。",
    "behind a verb": "打造{items}“{m}大{noun}”。",
    "behind an unknown verb": "锤炼{items}“{m}大{noun}”。",
    "behind a quotation": "发挥“甲乙”推进{items}“{m}大{noun}”。",
    "before, bare": "打造{items}{m}岛共兴。",
    "before, last joined": "打造{joined}“{m}大{noun}”。",
    "before, open": "打造{items}等“{m}大{noun}”。",
    "before, of any length": "打造{varied}“{m}大{noun}”。",
    "quoted before": "围绕“{items}”{m}岛共兴，久久为功。",
    "quoted, both": "围绕“{items}”“{m}大{noun}”，久久为功。",
    "before and after": "打造甲区、乙区、丙区“{m}大{noun}”：{items}。",
    "headings": "推进“{m}大{noun}”。\n{headings}\n好。",
    "headings, one otherwise": "推进“{m}大{noun}”。\n{headings}\n好。\n十、组织保障\n好。",
}


def written(shape: str, noun: str, n: int, m: str) -> str:
    items = [name + noun for name in FIELDS[:n]]
    marks = "一二三四五六七八九"
    return SHAPES[shape].format(
        m=m,
        noun=noun,
        items="、".join(items),
        commas="，".join(items),
        joined="、".join(items[:-1]) + "和" + items[-1],
        varied="、".join([*FIELDS[: n - 1], "文明城区创建"]),
        headings="\n好。\n".join(
            f"{mark}、{item}" for mark, item in zip(marks, items, strict=False)
        ),
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_the_declared_number_does_not_shape_the_list(shape: str) -> None:
    """What is listed is the same whatever is declared, and where it is sure it is what stands."""
    for n in range(2, 10):
        found = {m: row_of(written(shape, "工程", n, m)) for m in "二三五八九"}
        found = {m: row for m, row in found.items() if row}
        assert len({row["listed"] for row in found.values()}) == 1
        verdicts = {m: row["verdict"] for m, row in found.items()}
        if set(verdicts.values()) & {"agrees", "differs", "open"}:
            assert found["五"]["listed"] == n
            assert verdicts == {m: expected(NUMBERS.index(m) + 2, n, shape) for m in found}
        else:
            assert set(verdicts.values()) in ({"unclear"}, {"no list found"})


def expected(declared: int, listed: int, shape: str) -> str:
    if declared == listed:
        return "agrees"
    return "open" if shape.endswith("open") and listed < declared else "differs"


def row_of(text: str) -> dict[str, object]:
    """The check of the one numeral of a text, if it is a mention; None for nan."""
    corpus = page(text)
    table = check_numerals(pt.find_slogans(corpus), corpus)
    table = table[table["text"].str.contains("大工程|岛共兴|大高地")]
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return rows[-1] if rows else {}


@pytest.mark.parametrize("shape", ["after a colon", "behind a verb", "quoted before", "headings"])
def test_a_plain_list_is_counted(shape: str) -> None:
    """The doubt is no way out: where the form is plain, there is a verdict."""
    assert row_of(written(shape, "工程", 5, "四"))["verdict"] == "differs"


LISTED = [
    ("打造产业高地、人才高地、开放高地、文化高地“{m}大高地”。", 4),
    ("“{m}大工程”：强基工程、富民工程、活水工程和绿色工程。", 4),
    ("“{m}大工程”：强基工程、富民工程、就业和住房工程。", 3),
    ("“{m}大工程”：强基工程、富民工程、活水工程，奋力打造“山水云溪、活力之城”。", 3),
    ("推进国际旅游岛、临港产业岛、生命健康岛、两岸同心岛、科技创新岛“{m}岛共兴”。", 5),
    ("“{m}大工程”：担当、作为、团结和奉献。", 4),
    ("“{m}大工程”：自由、平等、公正、法治。", 4),
]
DOUBTFUL = [
    "“{m}大工程”：强基工程、富民工程、活水工程，着眼就业、住房问题。",
    "“{m}大工程”：强基工程、富民工程、活水工程；强军工程、绿色工程。",
    "“{m}大工程”：强基工程、富民工程、活水工程、久久为功。",
    "“{m}大工程”：三山指银湖山、布心山、梧桐山。",
    "“{m}大工程”：一个街道配备一辆快检测车、一间快检室、一个服务中心、一个教育基地。",
    "“{m}大目标”、“{m}大工程”：强基工程、富民工程、活水工程。",
    "“{m}大工程”：强基工程、富民工程和活水工程、绿色工程。",
    "全程项目化、表格化、责任化、时序化分解“{m}大工程”。",
    "每个人都是奋斗者、都是主人翁、都是“{m}大工程”的功臣。",
]


@pytest.mark.parametrize("m", "三四五")
@pytest.mark.parametrize(("text", "listed"), LISTED)
def test_a_list_ends_where_its_form_says(text: str, listed: int, m: str) -> None:
    assert row_of(text.format(m=m))["listed"] == listed


@pytest.mark.parametrize("m", "三四")
@pytest.mark.parametrize("text", DOUBTFUL)
def test_where_the_form_does_not_tell_there_is_no_verdict(text: str, m: str) -> None:
    assert row_of(text.format(m=m))["verdict"] in ("unclear", "no list found")
