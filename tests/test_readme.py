"""What the README and the notebooks say was found is what is found."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import policytext as pt
from policytext.charts.terms import bursty
from policytext.comparison import adoption_matrix, check_numerals, level_shares, profile
from policytext.corpus import describe, main_kind
from policytext.evaluation import office_variation as between_years
from policytext.evaluation import summary
from policytext.numbers.quantities import measured
from policytext.terms import keyness, select_terms, word_shift
from policytext.terms.keyness import first_term

ROOT = Path(__file__).resolve().parents[1]
README, USING = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "USING.md"))
# "core slogans" is in two rows: the row of the unquoted ones says so first.
ACCURACY = README.replace("unquoted core slogans", "unquoted_slogans")


def prose(number: str) -> str:
    """The text cells of a notebook."""
    (path,) = (ROOT / "notebooks").glob(f"{number}-*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"


@pytest.fixture(scope="module")
def essays(corpus: pt.Corpus) -> pt.Corpus:
    return main_kind(corpus)


@pytest.fixture(scope="module")
def slogans(essays: pt.Corpus) -> pd.DataFrame:
    return pt.find_slogans(essays)


def test_shared_formulae(essays: pt.Corpus, slogans: pd.DataFrame) -> None:
    matrix = adoption_matrix(slogans, essays, by="label")
    users = matrix.groupby("canonical")["group"].agg(set)
    both = {name for name, groups in users.items() if {"瓯海", "洞头"} <= groups}
    assert f"two districts share {len(both)} formulae" in README
    assert f"两个区共用 {len(both)} 个提法" in README
    assert f"瓯海与洞头共用 {len(both)} 个提法" in prose("04")
    assert {"勇争先、强执行、开新局", "六比争先"} <= both
    assert users["五大新坐标"] == {"瓯海", "市委政研室", "市委改革办"}
    assert users["勇争先、强执行、开新局"] == {"瓯海", "洞头"}
    stated = matrix[matrix["canonical"].isin(["勇争先、强执行、开新局", "六比争先"])]
    assert set(stated["level_basis"]) == {"stated"}
    assert set(stated["level"]) == {"prefectural"}


def test_what_comes_from_above_and_what_only_one_place_uses(
    essays: pt.Corpus, slogans: pd.DataFrame
) -> None:
    shares = level_shares(slogans, essays, by="label").set_index("group")
    above, here = (
        shares.loc[["瓯海", "洞头"], column].map(percent).tolist()
        for column in ("upper_core", "only_here_core")
    )
    assert f"of 瓯海's text {above[0]} are formulae from above, of 洞头's {above[1]}" in README
    assert f"瓯海有 {above[0]} 的字来自上级的提法，洞头 {above[1]}，" in README
    assert f"counted apart ({here[0]}, {here[1]})" in README
    assert f"只此一处见的另计（{here[0]}、{here[1]}）" in README
    assert f"({above[0]} against {above[1]})" in prose("04")
    assert f"({here[1]} against {here[0]})" in prose("04")
    assert (shares[["own_core", "own_all"]] == 0).all(axis=None)


def test_the_order_of_the_two_districts_turns_where_the_text_says_so(essays: pt.Corpus) -> None:
    together = level_shares(pt.find_slogans(essays), essays, by="doc").set_index("group")
    alone = {}
    for doc in ("ouhai", "dongtou"):
        text = essays.select([doc])
        found = pt.find_slogans(text)
        alone[doc] = level_shares(found, text, by="doc").set_index("group").loc[doc]
        assert alone[doc]["own_core"] == 0
        assert np.isnan(alone[doc]["only_here_core"])
        assert set(found["level_basis"]) <= {"stated", "lexicon", "unknown"}
    for column in ("upper_core", "upper_all"):
        assert together.loc["ouhai", column] > together.loc["dongtou", column]
        assert alone["ouhai"][column] > alone["dongtou"][column]
    assert "takes more of its text from above than 洞头" in prose("04")
    assert "of a text read alone nothing of the kind can be said" in prose("04")


def test_first_words_under_other_measures(essays: pt.Corpus) -> None:
    words = select_terms(pt.segment(essays), essays)
    weak = {
        group: first_term(words, essays, group, by="label", column="fw_z", alpha0=10)
        for group in ("瓯海", "洞头")
    }
    assert f"it is {weak['瓯海']} for 瓯海 and {weak['洞头']} for 洞头" in prose("03")
    shift = word_shift(words, essays, by="label").iloc[0]
    assert f"differ by {shift['total']:.2f} bits" in prose("03")
    assert f"on average, the two halves of one text by up to {shift['null_total']:.2f}" in prose(
        "03"
    )
    assert f"text of the other by {shift['cross_total']:.2f}" in prose("03")


def test_the_pair_that_is_furthest_apart(essays: pt.Corpus, slogans: pd.DataFrame) -> None:
    seen = describe(essays)[["doc", "label", "characters"]]
    seen["slogans_core"] = seen["doc"].map(slogans.query("core")["doc"].value_counts()).fillna(0)
    share = between_years.same_office(seen, "slogans_core")["share"].min()
    assert f"in {100 * share:.0f} of 100 cases" in prose("06")


def test_quoting(essays: pt.Corpus, slogans: pd.DataFrame) -> None:
    quoted = profile(slogans, essays, by="label").set_index("group")["quoted"]
    shares = [percent(quoted[place], 0) for place in ("瓯海", "洞头")]
    said = f"瓯海 puts {shares[0]} of its core slogans in quotation marks and 洞头 {shares[1]}"
    assert said in prose("04")
    assert f"瓯海 {shares[0]} 的核心提法加引号，洞头 {shares[1]}" in prose("04")


def test_promises(corpus: pt.Corpus) -> None:
    targets = pt.find_targets(corpus)
    strict = targets[targets["is_target"]]
    ouhai = strict[strict["doc"] == "ouhai"]
    numbers = len(measured(pt.find_quantities(corpus)))
    said = f"Of the {numbers} quantities, ranks and dates {len(strict)} are promises that can be"
    assert f"{said} checked; 瓯海 makes {len(ouhai)} of them, all with 力争" in README
    said = (
        f"{numbers} 个数量、名次和日期里，{len(strict)} 个是可以核对的承诺；瓯海占 {len(ouhai)} 个"
    )
    assert said in README
    assert f"瓯海 makes {len(ouhai)} of the {len(strict)} promises" in prose("05")
    assert set(ouhai["commitment_text"]) == {"力争"}
    assert not set(strict["doc"]) & {"policy-research", "reform-office"}
    sizes = describe(corpus).set_index("doc")["characters"]
    rates = (strict["doc"].value_counts() / sizes).dropna()
    assert rates.idxmax() == "cangnan-water" and 440 < sizes["cangnan-water"] < 460


def test_numerals(essays: pt.Corpus, slogans: pd.DataFrame) -> None:
    check = check_numerals(slogans, essays).drop_duplicates("canonical")
    listed = check[check["listed"].notna()]
    lexicon = int((listed["found_by"] == "lexicon").sum())
    texts = len(listed) - lexicon
    assert f"So of the {len(check)} abbreviations with a number {len(listed)} have a" in prose("04")
    words = {2: "two", 4: "four"}
    said = f"for the {words[lexicon]} of the lexicon that says nothing, for the {words[texts]} of"
    assert said in prose("04")
    assert set(listed["verdict"]) == {"agrees"}


def test_words(essays: pt.Corpus) -> None:
    words = select_terms(pt.segment(essays), essays)
    tables = {
        group: keyness(words, essays, target=group, by="label").head(8)
        for group in essays.documents["label"]
    }
    assert set(tables["洞头"]["term"].head(3)) == {"洞头", "岛", "海洋"}
    assert tables["市委改革办"]["term"].head(2).tolist() == ["改革", "数字"]
    ocean = tables["洞头"].set_index("term").loc["海洋"]
    score, null = f"{ocean['score']:.1f}", f"{ocean['null_score']:.1f}"
    assert f"G² is {score} against the other essays and {null} between its halves" in README
    assert f"G² 与别篇比是 {score}，两半之间也有 {null}" in README
    assert f"海洋 (11 : 0) has {score}, and {null} between the halves" in prose("03")
    assert (ocean["f1"], ocean["f2"], ocean["null_text"]) == (11, 0, "dongtou")
    assert sorted(ocean[["null_f1", "null_f2"]]) == [0, 11]
    drawn = pd.concat(tables.values())
    assert not bursty(drawn).any()
    assert f"none of the {len(drawn)} words drawn is as uneven inside one text" in prose("03")
    drawn = drawn.reset_index(drop=True)
    nearest = drawn.loc[(drawn["null_score"].abs() / drawn["score"]).idxmax()]
    assert nearest["term"] == "争"
    said = f"争 comes nearest, {nearest['score']:.1f} against the others and"
    assert f"{said} {nearest['null_score']:.1f} between" in prose("03")


def f1_of(table: pd.DataFrame, **cells: str) -> pd.Series:
    """The one row of a table of scores with these cells."""
    (row,) = table[(table[list(cells)] == pd.Series(cells)).all(axis=1)].index
    return table.loc[row]


def test_held_out_scores_and_coders_measured_the_same_way() -> None:
    rows = summary.held_out_scores().fillna({"by": "", "part": ""})
    coders = summary.coders().fillna("").query("guide == 'first' and measure == 'F1, exact span'")
    unquoted = f1_of(rows, what="core spans", part="unquoted")
    ours = {
        "words": f1_of(rows, what="boundaries", by="")["f1"],
        "core slogans": f1_of(rows, what="core spans", by="")["f1"],
        "unquoted_slogans": unquoted["f1"],
        "strict targets": f1_of(rows, what="strict targets", by="")["f1"],
    }
    theirs = {
        "core slogans": f1_of(coders, what="core spans", extended="neutral")["value"],
        "unquoted_slogans": f1_of(coders, what="unquoted core spans")["value"],
        "strict targets": f1_of(coders, what="strict targets")["value"],
    }
    for name, value in ours.items():
        (row,) = re.findall(rf"\| [^|]*\b{name}\b[^|]*\| ([.\d]+) \| ([.\d]*) ?\|", ACCURACY)
        assert row == (two(value), two(theirs[name]) if name in theirs else ""), name
    assert f"recall {two(unquoted['recall'])}）" in ACCURACY
    for name in ("core slogans", "strict targets"):
        said = f"{name}, held out F1 {two(ours[name])}, two coders F1 {two(theirs[name])}"
        assert said in prose("06")
    said = f"held out F1 {two(unquoted['f1'])} (recall {two(unquoted['recall'])}), two coders F1 "
    assert said + two(theirs["unquoted_slogans"]) in prose("06")


def two(value: float) -> str:
    return f"{value:.2f}".lstrip("0")


def test_nobody_is_called_human() -> None:
    texts = [README, USING, *(prose(f"{n:02}") for n in range(8))]
    assert not [text for text in texts if re.search(r"\bhuman|by hand|hand-coded", text)]


def test_what_is_printed_runs() -> None:
    names: dict[str, object] = {}
    for block in re.findall(r"(?ms)^```python\n(.*?)^```", README + USING):
        exec(block, names)
    words = set(names["tokens"]["text"])  # type: ignore[index]
    assert "海上花园" in words


LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")


@pytest.mark.parametrize("text", [README, USING], ids=["README", "USING"])
def test_links_lead_to_files_and_headings(text: str) -> None:
    found = LINK.findall(text)
    assert found
    for name, anchor in found:
        if not name.startswith("http"):
            assert (ROOT / name).exists(), name
            assert not anchor or f'<a id="{anchor}"></a>' in prose(Path(name).stem[:2]), anchor
