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

    A rate (公里/平方公里) has its numerator's factor over that of its denominator (`below_line`).
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
    row, below = table[head], below_line(per, table)
    if value is None:
        return None, row.norm
    if not per:
        return tidy(value * row.factor), row.norm
    factor, per = (below.factor, below.norm) if below else (1, per)
    return tidy(value * row.factor / factor), f"{row.norm}/{per}"


def below_line(word: str, table: dict[str, Unit]) -> Unit | None:
    """The unit of a denominator; its row, if it has one of its own there, begins with a slash.

    Taxes and yields are reckoned per mu all over the country, so that mu stays what it is.
    """
    return table.get(f"/{word}") or table.get(word)


def tidy(value: float) -> float:
    """Twelve digits: what a factor such as that of 亩 adds behind them is noise."""
    return float(f"{value:.12g}")
