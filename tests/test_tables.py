"""Exports: the same file on every machine, whatever the last digit of a float is there."""

import json
import math
import re
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import measure_offices
import measure_peers
import policytext as pt
import score_heldout
from differences import difference
from policytext.evaluation import office_variation, summary
from policytext.tables import DIGITS, rounded, save_csv, save_json, save_table, to_latex
from redraw import MOVES, moved

# What measures are made of: shares of counts, decimals as they are printed, sums of logarithms.
shares = st.builds(lambda p, q: p / q, st.integers(-5000, 5000), st.integers(1, 5000))
decimals = st.builds(
    lambda digits, power: float(f"{digits}e{power}"),
    st.integers(-(10**12), 10**12),
    st.integers(-20, 1),
)
half_way = st.builds(
    lambda digits, power: float(f"{digits}5e{power}"),
    st.integers(10**9, 10**10 - 1),
    st.integers(-20, -2),
)
dyadic = st.builds(lambda n, k: n / 2**k, st.integers(1, 10**6), st.integers(0, 20))
measures = st.one_of(shares, decimals, half_way, dyadic)
special = st.sampled_from([0.0, -0.0, math.nan, math.inf, -math.inf, 1e-320, -1e-320])


@given(measures, st.integers(-8, 8))
def test_the_last_places_of_a_float_do_not_show(value: float, steps: int) -> None:
    near = value + steps * math.ulp(value)
    assert rounded(near) == rounded(value)


@given(half_way)
def test_half_way_numbers_are_rounded_and_not_cut(value: float) -> None:
    unit = 10.0 ** (math.floor(math.log10(value)) - DIGITS + 1)
    assert 0.49 * unit < abs(rounded(value) - value) < 0.51 * unit


@given(st.floats(-1e300, 1e300), st.integers(3, DIGITS))
def test_a_float_keeps_its_digits_and_no_more(value: float, digits: int) -> None:
    once = rounded(value, digits)
    assert once == rounded(once, digits)
    if abs(value) > 1e-299:
        assert abs(once - value) <= 0.501 * 10.0 ** (1 - digits) * abs(value)
    figures = repr(once).split("e")[0].replace(".", "").replace("-", "").strip("0")
    assert len(figures) <= digits or once.is_integer()


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_whole_numbers_are_exact(number: int) -> None:
    assert rounded(float(number)) == number
    assert rounded(number) is number


def test_what_is_no_float_stays_as_it_is() -> None:
    kept = [
        True,
        False,
        None,
        pd.NA,
        10**25,
        "0.30000000000000004",
        date(2021, 3, 1),
        pd.Timestamp(0),
    ]
    for value in kept:
        assert rounded(value) is value
    assert math.isnan(rounded(math.nan)) and rounded(-math.inf) == -math.inf
    assert str(rounded(-0.0)) == "0.0"


LONG = "0.123456789012345678"
# Numbers that are no float, and what is written of them.
OTHER_NUMBERS = [
    (Decimal(LONG), 0.123456789),
    (Decimal("7.00"), 7.0),
    (Decimal("1e400"), math.inf),
    (Fraction(2, 3), 0.6666666667),
    (Fraction(-(10**400)), -math.inf),
    (np.longdouble(1) / 3, 0.3333333333),
    (complex(1 / 3, 2), complex(0.3333333333, 2)),
    (pd.Interval(0.1 + 0.2, 2 / 3), pd.Interval(0.3, 0.6666666667)),
]


@pytest.mark.parametrize(("number", "written"), OTHER_NUMBERS)
def test_every_kind_of_number_is_rounded(number: object, written: object, tmp_path: Path) -> None:
    assert rounded(number) == written and type(rounded(number)) is type(written)
    assert rounded([{"a": number}]) == [{"a": written}]
    for cells in (pd.Series([number]), pd.Series([number], dtype=object)):
        table = pd.DataFrame({"x": cells})
        save_csv(table, tmp_path / "t.csv")
        assert (tmp_path / "t.csv").read_text().split("\n", 1)[1].strip('"\n') == str(written)
        cell = openpyxl.load_workbook(save_table(table, tmp_path / "t.xlsx")).active.cell(2, 1)
        assert str(cell.value).removesuffix(".0") == str(written).removesuffix(".0")


@pytest.mark.parametrize("nothing", [Decimal("NaN"), Decimal("sNaN")])
def test_a_decimal_that_is_no_number_is_missing(nothing: Decimal) -> None:
    assert math.isnan(rounded(nothing))


def test_a_column_of_decimals_of_arrow_is_rounded(tmp_path: Path) -> None:
    cells = pd.array([Decimal(LONG), None], dtype=pd.ArrowDtype(pa.decimal128(30, 20)))
    save_csv(pd.DataFrame({"x": cells, "y": 1}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text() == "x,y\n0.123456789,1\n,1\n"


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64, np.bool_])
def test_scalars_of_numpy_become_those_of_python(kind: Any) -> None:
    assert type(rounded(kind(1))) in (float, int, bool)
    assert rounded([kind(1)]) == [1]


def test_floats_are_found_however_deep_they_lie() -> None:
    deep = {"a": [0.1 + 0.2, (1 / 3, {"b": np.array([2 / 3])})], 0.1 + 0.2: {0.1 + 0.2}}
    assert rounded(deep) == {"a": [0.3, (0.3333333333, {"b": [0.6666666667]})], 0.3: {0.3}}


floats = st.one_of(measures, special)


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """A table with a column of each dtype that can hold a float, and with parameters."""
    rows = draw(st.integers(1, 4))
    column = st.lists(floats, min_size=rows, max_size=rows)
    some = [None if math.isnan(value) else value for value in draw(column)]
    table = pd.DataFrame(
        {
            "float": draw(column),
            "nullable": pd.array(some, dtype="Float64"),
            "mixed": pd.Series([*draw(column), pd.NA, "甲"][-rows:], dtype=object),
            "nested": pd.Series([[value, {"x": (value,)}] for value in draw(column)], dtype=object),
            "category": pd.Categorical(draw(column)),
            "arrow": pd.array(some, dtype="double[pyarrow]"),
            "count": range(rows),
            "yes": True,
            "when": pd.Timestamp("2021-03-01"),
        }
    )
    table.columns = [*table.columns[:-1], "count"]  # two columns of one name
    table.attrs = {"alpha": draw(floats), "deep": [{"prior": draw(floats)}]}
    return table


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_table_of_moved_floats_makes_the_same_files(
    tmp_path_factory: pytest.TempPathFactory, table: pd.DataFrame
) -> None:
    folder = tmp_path_factory.mktemp("same")
    write(table, folder / "as it is")
    for move, odd in MOVES.items():
        write(moved(table, odd), folder / move)
        for name in ("t.csv", "t.json", "bom.csv"):
            assert not difference(folder / move / name, folder / "as it is" / name)
        books = [folder / name / "t.xlsx" for name in (move, "as it is")]
        assert books[0].read_bytes() == books[1].read_bytes()


def write(table: pd.DataFrame, folder: Path) -> None:
    folder.mkdir()
    save_csv(table, folder / "t.csv")
    save_json({"method": table.attrs}, folder / "t.json")
    save_table(table, folder / "bom.csv")
    save_table(table, folder / "t.xlsx")


def test_a_table_keeps_its_dtypes_and_the_one_given_its_digits() -> None:
    table = pd.DataFrame({"a": [1 / 3], "b": pd.array([None], "Float64"), "c": ["x"], "n": [7]})
    table.attrs = {"alpha": 0.05}
    done = rounded(table)
    assert done.dtypes.equals(table.dtypes) and done.attrs == table.attrs
    assert table["a"][0] == 1 / 3 and done["a"][0] == 0.3333333333


def test_numbers_look_in_csv_as_they_did(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "value": [5.0, 1e11, 1e-5, np.nan],
            "count": [1, 2, 3, 4],
            "share": [0.5, 0.25, np.inf, 1.0],
        }
    )
    save_csv(table, tmp_path / "t.csv")
    table.to_csv(tmp_path / "as pandas.csv", index=False, lineterminator="\n")
    assert not difference(tmp_path / "t.csv", tmp_path / "as pandas.csv")


def test_fewer_digits_where_a_table_means_fewer(tmp_path: Path) -> None:
    save_csv(pd.DataFrame({"share": [2 / 3, 0.98]}), tmp_path / "t.csv", digits=4)
    assert (tmp_path / "t.csv").read_text() == "share\n0.6667\n0.98\n"


def test_a_workbook_holds_numbers_and_no_infinite_ones(tmp_path: Path) -> None:
    cells = pd.Series([np.float32(0.5), np.int64(3), math.inf, pd.NA], dtype=object)
    path = save_table(pd.DataFrame({"x": cells}), tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [0.5, 3, "inf", None]


def test_a_workbook_keeps_every_text_as_it_is(tmp_path: Path) -> None:
    """Nothing becomes a formula, a link, a number, or the character that a code stands for."""
    cells = [
        "=1+1",
        "{=1}",
        "+1",
        "@x",
        "https://example.org",
        "12",
        "_x0041_",
        " 甲\n乙",
        "甲" * 32_767,
    ]
    path = save_table(pd.DataFrame({"=A1": cells}), tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet["A"]] == ["=A1", *cells]
    assert {cell.data_type for cell in sheet["A"]} == {"s"} and not sheet._hyperlinks


def test_a_category_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    save_csv(pd.DataFrame({"x": pd.Categorical(["=1+1"])}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text() == "x\n'=1+1\n"


def test_json_is_json(tmp_path: Path) -> None:
    content = {"b": np.int64(3), "a": np.bool_(True), "c": [math.nan, pd.NA], "d": -math.inf}
    save_json(content, tmp_path / "t.json")
    read = json.loads((tmp_path / "t.json").read_text(), parse_constant=pytest.fail)
    assert read == {"a": True, "b": 3, "c": [None, None], "d": "-Infinity"}


@pytest.mark.parametrize(
    ("script", "measure", "module", "name", "stored"),
    [
        (score_heldout, "score_held_out", summary, "HELD_OUT", summary.held_out_scores),
        (measure_offices, "measure", office_variation, "TABLE", office_variation.rates),
        (measure_peers, "all_systems", summary, "PEERS", summary.peer_scores),
    ],
)
@pytest.mark.parametrize("move", MOVES)
def test_a_stored_table_measured_elsewhere_is_the_committed_file(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    script: Any,
    measure: str,
    module: Any,
    name: str,
    stored: Callable[[], pd.DataFrame],
    move: str,
) -> None:
    table, committed = stored(), getattr(module, name)
    monkeypatch.setattr(script, measure, lambda *_: moved(table, MOVES[move]))
    monkeypatch.setattr(module, name, tmp_path / committed.name)
    monkeypatch.setattr(sys, "argv", ["measure", "shared"])
    script.main()
    assert not difference(tmp_path / committed.name, committed)


def test_where_there_is_no_row_a_sentence_says_so(corpus: pt.Corpus) -> None:
    nothing = pt.concordance(corpus, "没有此词")
    empty = pt.show(pt.find_targets(corpus).head(0), ["doc", "text"])
    for shown in (repr(nothing), nothing._repr_html_(), repr(empty), empty._repr_html_()):
        assert "There is no such row." in shown


def test_latex_prints_every_sign_and_puts_numbers_to_the_right(tmp_path: Path) -> None:
    rows = {
        "name_1": ["a & b_{c}", "50% #1 $x$ ~ ^ \\", "[x]\n\n争先 创优 y"],
        "n": [1.0, 2.5, None],
    }
    path = pt.save_table(pd.DataFrame(rows), tmp_path / "t.tex", caption="A_1", label="tab:one")
    text = path.read_text("utf-8")
    for line in (
        r"\caption{A\_1}",
        r"\label{tab:one}",
        r"\begin{tabular}{>{\raggedright\arraybackslash}p{0.66\linewidth}r}",
        r"name\_1 & n \\",
        r"a \& b\_\{c\} & 1 \\",
        r"50\% \#1 \$x\$ \textasciitilde{} \textasciicircum{} \textbackslash{} & 2.50 \\",
        r"{[}x] 争先\ 创优 y &  \\",
    ):
        assert line in text.splitlines(), text


def test_a_long_table_of_latex_breaks_across_pages_with_its_head() -> None:
    text = to_latex(pd.DataFrame({"乡镇": range(40)}), "长表")
    assert text.count("乡镇") == 2
    assert r"\endfirsthead" in text
    assert r"\begin{table}" not in text
    assert r"\begin{longtable}{r}" in text


@pytest.mark.parametrize("rows", [3, 40])
def test_columns_of_latex_that_do_not_fit_share_the_line(rows: int) -> None:
    row = {"甲 first": "甲区", "乙 second": 7.5, "丙 indicator": "城乡居民收入" * 4}
    table = pd.DataFrame([row | {f"{n} column": "某某地" for n in range(5)}] * rows)
    text = to_latex(table)
    shares = [float(share) for share in re.findall(r"dimexpr([\d.]+)\\linewidth", text)]
    assert len(shares) == 8 and sum(shares) == pytest.approx(1, abs=0.005)
    assert shares[2] == max(shares) and text.count("raggedleft") == 1
    assert text.index(r"\footnotesize") < text.index(r"\toprule")
    assert r"\footnotesize" not in to_latex(table.iloc[:, 1:3])


def test_what_is_shown_is_saved_as_it_is_shown(tmp_path: Path) -> None:
    targets = pt.find_targets(pt.read_corpus("data/wenzhou-2021"))
    path = pt.save_table(pt.show(targets, max_rows=1), tmp_path / "t.xlsx")
    saved = pd.read_excel(path)
    assert len(saved) == len(targets)
    assert "≥ 1000亿元" in set(saved["多少 how much"])
    [sheet] = openpyxl.load_workbook(path)
    assert sheet.freeze_panes == "A2"
    wide = [sheet.column_dimensions[name].width for name in ("A", "I")]  # a name, a sentence
    assert wide[0] < 20 < 55 < wide[1] < 65 and sheet["I2"].alignment.wrap_text
    with pytest.raises(ValueError, match=r"t\.tex: \d+ columns, and a page holds 14; save pt.show"):
        pt.save_table(targets, tmp_path / "t.tex")
    assert "多少 how much" in pt.save_table(pt.show(targets), tmp_path / "t.tex").read_text("utf-8")
