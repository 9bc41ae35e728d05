"""What the README says was found is what is found."""

import re
from pathlib import Path

import pytest

import policytext as pt
from policytext.scoring import heldout

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def essays(corpus: pt.Corpus) -> pt.Corpus:
    return pt.leading_kind(corpus)


def test_shared_formulae(essays: pt.Corpus) -> None:
    matrix = pt.adoption_matrix(pt.find_slogans(essays), essays, by="label")
    users = matrix.groupby("canonical")["group"].agg(set)
    both = {name for name, groups in users.items() if {"瓯海", "洞头"} <= groups}
    assert "share six formulae" in README
    assert len(both) == 6
    assert {"勇争先、强执行、开新局", "六比争先"} <= both
    assert users["五大新坐标"] == {"瓯海", "市委政研室", "市委改革办"}
    assert users["勇争先、强执行、开新局"] == {"瓯海", "洞头"}
    stated = matrix[matrix["canonical"].isin(["勇争先、强执行、开新局", "六比争先"])]
    assert set(stated["level_basis"]) == {"stated"}
    assert set(stated["level"]) == {"prefectural"}


def test_shares_and_quoting(essays: pt.Corpus) -> None:
    slogans = pt.find_slogans(essays)
    shares = pt.level_shares(slogans, essays, by="label").set_index("group")
    quoted = pt.profile(slogans, essays, by="label").set_index("group")["quoted"]
    said = re.search(
        r"洞头 gives ([\d.]+) % .*? and ([\d.]+) % .*?瓯海 ([\d.]+) % and ([\d.]+) %", README
    )
    assert said
    found = [shares.loc[g, s] for g in ("洞头", "瓯海") for s in ("own_core", "upper_core")]
    assert [f"{100 * share:.1f}" for share in found] == list(said.groups())
    assert f"puts {quoted['瓯海']:.0%}".replace("%", " %") in README
    assert f"洞头 {quoted['洞头']:.0%}".replace("%", " %") in README


def test_promises(corpus: pt.Corpus) -> None:
    targets = pt.find_targets(corpus)
    strict = targets[targets["is_target"]]
    ouhai = strict[strict["doc"] == "ouhai"]
    assert (
        f"Of the {len(pt.find_quantities(corpus))} numbers on the page {len(strict)} are" in README
    )
    assert f"瓯海 makes {len(ouhai)} of them, all with 力争" in README
    assert set(ouhai["commitment_text"]) == {"力争"}
    assert not set(strict["doc"]) & {"policy-research", "reform-office"}


def test_numerals(essays: pt.Corpus) -> None:
    check = pt.check_numerals(pt.find_slogans(essays), essays).drop_duplicates("canonical")
    listed = check[check["listed"].notna()]
    assert f"Of {len(check)} abbreviations" in README
    assert f"found for {len(listed)}," in README
    assert set(listed["verdict"]) == {"agrees"}


def test_words(essays: pt.Corpus) -> None:
    words = pt.select_terms(pt.segment(essays), essays)
    first = {
        group: list(pt.keyness(words, essays, target=group, by="label")["term"])
        for group in ("洞头", "市委改革办")
    }
    assert set(first["洞头"][:3]) == {"洞头", "岛", "海洋"}
    assert first["市委改革办"][:2] == ["改革", "数字"]


def test_held_out_scores() -> None:
    rows = heldout.stored()
    f1 = rows[rows["by"].isna()].set_index("what")["f1"]
    said = re.search(r"words F1 (\.\d+), core slogans F1 (\.\d+) .*? targets F1 (\.\d+)", README)
    assert said
    wanted = [f1[what] for what in ("boundaries", "core spans", "strict targets")]
    assert [f"{value:.2f}".lstrip("0") for value in wanted] == list(said.groups())
