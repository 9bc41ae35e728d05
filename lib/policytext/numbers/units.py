"""Units as printed and what they are in the units of the table ``units``."""

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


def normalise(
    value: float | None, unit: str | None, lexicon: Lexicon
) -> tuple[float | None, str | None]:
    """A value in the normal unit of its dimension: 4.7亿 元 → CNY, 500 亩 → m2, 3 成 → 30 %.

    A rate (公里/平方公里) keeps its own numerator's factor over the factor of its denominator.
    A unit that the table does not hold is given back as it is: nothing is guessed.

    >>> from policytext.lexicon.lexicon import default_lexicon
    >>> normalise(3, "公顷", default_lexicon())
    (30000.0, 'm2')
    """
    return convert(value, unit, unit_table(lexicon))


def convert(
    value: float | None, unit: str | None, table: dict[str, Unit]
) -> tuple[float | None, str | None]:
    """`normalise` with the table at hand."""
    if unit is None:
        return value, None
    head, _, per = (unit, "", "") if unit in table else unit.partition("/")
    if head not in table:
        return value, unit
    row, below = table[head], table.get(per)
    if value is None:
        return None, row.norm
    if not per:
        return _tidy(value * row.factor), row.norm
    factor = row.factor / (below.factor if below else 1)
    return _tidy(value * factor), f"{row.norm}/{below.norm if below else per}"


def _tidy(value: float) -> float:
    return round(value, 9) if abs(value) < 1 else round(value, 4)
