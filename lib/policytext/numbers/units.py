"""Units: what each measures, how much it is of the normal unit, and rates of two of them."""

from functools import lru_cache
from typing import NamedTuple

from policytext.lexicon.lexicon import Lexicon


class Unit(NamedTuple):
    """One row of the lexicon's table ``units``."""

    dimension: str
    factor: float
    norm: str


@lru_cache(maxsize=4)
def unit_table(lexicon: Lexicon) -> dict[str, Unit]:
    """The units of a lexicon by their printed form."""
    rows = lexicon["units"].itertuples()
    return {r.unit: Unit(r.dimension, float(r.factor or 1), r.norm_unit) for r in rows}


def convert(
    value: float | None, unit: str | None, table: dict[str, Unit]
) -> tuple[float | None, str | None]:
    """A value in the normal unit of its dimension: 4.7亿 元 → CNY, 500 亩 → m2, 3 成 → 30 %.

    A rate (公里/平方公里) has its numerator's factor over that of its denominator (`per_unit`).
    A unit that the table does not hold is given back as it is: nothing is guessed.

    >>> from policytext import default_lexicon
    >>> convert(3, "公顷", unit_table(default_lexicon()))
    (30000.0, 'm2')
    """
    if unit is None:
        return value, None
    head, _, per = (unit, "", "") if unit in table else unit.partition("/")
    if head not in table:
        return value, unit
    row, below = table[head], table.get(per)
    if value is None:
        return None, row.norm
    if not per:
        return tidy(value * row.factor), row.norm
    factor, per = per_unit(per, below)
    return tidy(value * row.factor / factor), f"{row.norm}/{per}"


def per_unit(word: str, unit: Unit | None) -> tuple[float, str]:
    """How much of its normal unit a denominator is, and its name there.

    Taxes and yields are reckoned per mu all over the country, so that mu stays what it is.
    """
    if word == "亩":
        return 1, "mu"
    return (unit.factor, unit.norm) if unit else (1, word)


def tidy(value: float) -> float:
    """Twelve digits: what a factor such as that of 亩 adds behind them is noise."""
    return float(f"{value:.12g}")
