"""Tiny cases in which money is short first and there later, so that a credit bridges something."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from tests.casebook import Record
from tests.models.bare import FIRST, Bare, cost, credit, effect, financed, measure, places, source
from tests.models.strategies import Choose

ODD: Final = tuple(map(Decimal, ("0", "0.01", "1000.01", "33333.33", "57721.56", "99999.99", "141421.35")))
"""Amounts whose interest is hardly ever in whole cents."""
RATES: Final = tuple(map(Decimal, ("0", "0.00001", "0.03", "0.0425", "0.04125", "0.5", "1")))
LIMITS: Final = tuple(map(Decimal, ("0.02", "1000.01", "12345.67", "50000", "250000.5", "900000")))


def lent_case(seed: int) -> Bare:
    """A case that a random number chooses."""
    return case_of(random.Random(f"lent {seed}").choice)


def case_of(choose: Choose) -> Bare:
    """Two to four years, one or two credits, at most one measure, a lump sum that is short before the last year."""
    last = FIRST + choose((1, 2, 2, 3))
    years = range(FIRST, last + 1)
    costs = [cost("M", choose(("opstart", "frictie_pilot", "verbouwen")), choose(ODD), at) for at in (0, 0, 1)]
    rich = choose((Decimal(150_000), Decimal("314159.26"), 900_000))
    return Bare(
        last=last,
        places=[places("L1", "gesloten", 2, (100_000, choose((40_000, Decimal("33333.33"))))), places("L2", "open", 1)],
        need={(form, year): choose((0, 1, Decimal("1.5"))) for form in ("gesloten", "open") for year in years},
        measures=[measure("M", start=(FIRST, FIRST), waardering=1)],
        effects=[effect("M", "L1", "gesloten", choose((-1, 1)), choose((0, 1)))],
        costs=costs,
        sources=[
            source("LUMP", "lumpsum", None, (FIRST, last), overdraagbaar=choose((None, "ja"))),
            source("GEM", "gemeente", choose((0, 20_000, Decimal("60000.07"))), (choose((FIRST, last)), last)),
            source("SPUK", "spuk", 100_000, (FIRST, last)),
            *_credits(choose, last),
        ],
        funding=[financed("LUMP", year, 1, rich if year == last else choose(ODD)) for year in years],
        goals=choose(GOALS),
    )


def _credits(choose: Choose, last: int) -> list[Record]:
    return [
        credit(
            f"K{number}",
            choose(LIMITS),
            choose(RATES),
            (choose((FIRST - 1, FIRST, FIRST, FIRST + 1)), choose((last, last, last + 3, max(last - 1, FIRST + 1)))),
            aanbieder=choose((None, None, "A")),
        )
        for number in range(choose((1, 1, 2)))
    ]


def _named(*names: str) -> list[tuple[str, object]]:
    return [(name, None) for name in names]


GOALS: Final[Sequence[list[tuple[str, object]]]] = (
    [],
    _named("tekort_plaatsen", "ongedekt", "eigen_geld", "waardering"),
    _named("ongedekt", "kosten_ncw", "eigen_geld"),
    _named("tekort_plaatsen", "ongedekt", "eigen_geld", "lasten_gemeenten", "kosten_ncw"),
)
"""Orders of the goals: interest counts nowhere, before own money, or after what municipalities pay."""
