"""What of a cost line is not capitalised on a balance sheet (`kosten.geactiveerd`).

Source: art. 1 (ombouw vastgoed) of the regulation of 2024 (RG-16).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from finance.case.case import Case, CostLine
from finance.money import ZERO, Money, round_down_nearly


def capitalises(case: Case, line: CostLine) -> bool:
    """Whether any cost row of the measure and the kostensoort of a line is capitalised."""
    rows = case.costs_of.get(line.maatregel, ())
    return any(row.geactiveerd for row in rows if row.kostensoort == line.kostensoort)


def not_capitalised(case: Case, starts: Mapping[str, int], line: CostLine, cost: Money) -> Money:
    """What of a line is not capitalised.

    Formula: the nominal amounts of its cost rows that are not. In a closed year, of which only the total is
    known, that share of what was spent, rounded to a millionth of a euro (as a workbook can) and then down to
    the cent: the share in the rows of that year, or
    where the plan has none then, in all rows of the measure and the kostensoort; all of it where there are
    none at all.

    Args:
        case: the case.
        starts: the start year of each chosen measure.
        line: a line of a measure.
        cost: what the line costs.
    """
    rows = [row for row in case.costs_of.get(line.maatregel, ()) if row.kostensoort == line.kostensoort]
    begun = starts.get(line.maatregel, line.jaar + 1)
    of_year = [(row.geactiveerd, case.nominal(row, line.jaar)) for row in rows if begun + row.na_jaren == line.jaar]
    if line.jaar not in case.closed_years:
        return Money.total(amount for capitalised, amount in of_year if not capitalised)
    for amounts in (of_year, [(row.geactiveerd, row.bedrag) for row in rows]):
        total = Money.total(amount for _, amount in amounts)
        if total != ZERO:
            free = Money.total(amount for capitalised, amount in amounts if not capitalised)
            return Money(round_down_nearly(Fraction(cost.cents * free.cents, total.cents)))
    return cost
