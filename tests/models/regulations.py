"""Tiny random cases with grants of two regulations at once, laid over those of `tests.models.strategies`.

They run until 2025, so that both regulations pay in 2024 and a closure can be under way then.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Final, TypeVar

from tests.casebook import Record
from tests.models.bare import FIRST, Bare, cost, source
from tests.models.strategies import Choose, tiny_case

T = TypeVar("T")

OF_2020: Final = "vastgoedtransitie-2020"
OF_2024: Final = "transformatie-2024"
LAST: Final = FIRST + 3
READINGS: Final = ("geactiveerd-2024", "leegstand-door-transitie", "tijdelijke-huisvesting", "verlenging-2026")
SWITCHED_ON: Final = tuple(", ".join(some) or None for size in range(3) for some in combinations(READINGS, size))
SORTS: Final = ("verbouwen", "vervangende_nieuwbouw", "leegstand_gebouw", "tijdelijke_huisvesting", "opstart")


def case_of_two_regulations(seed: int) -> Bare:
    """A tiny case with grants of both regulations, chosen by a random number."""
    return with_two_regulations(random.Random(f"regelingen {seed}").choice)


def with_two_regulations(choose: Choose) -> Bare:
    """A tiny case with grants of both regulations."""
    bare = tiny_case(lambda options: LAST if _of_last_years(options) else choose(options))  # type: ignore[return-value]
    names = [str(row["maatregel"]) for row in bare.measures]
    more = [cost(choose(names), choose(SORTS), choose(AMOUNTS), choose((0, 1))) for _ in range(choose((1, 2, 3)))]
    return replace(
        bare,
        places=[row | {"huisvesting_per_plaats": choose(_housing(row))} for row in bare.places],
        costs=[row | {"geactiveerd": choose((None, "ja", "nee"))} for row in (*bare.costs, *more)],
        sources=[*(_regulated(choose, row) for row in bare.sources), *_grants(choose)],
        settings={"regelingen": f"{OF_2020}, {OF_2024}", "lezingen": choose(SWITCHED_ON)},
    )


AMOUNTS: Final = (15_000, Decimal("33333.33"), 60_000)


def _of_last_years(options: Sequence[object]) -> bool:
    """Whether the last year of the case is asked for."""
    return tuple(options) == (FIRST + 1, FIRST + 2)


def _housing(row: Record) -> tuple[object, ...]:
    price = row["leegstand_per_plaats"]
    part = (0, Decimal("16001.55")) if isinstance(price, int | Decimal) and price > Decimal(20_000) else (0,)
    return (None, None, *part)


def _regulated(choose: Choose, row: Record) -> Record:
    return row | {"regeling": choose((OF_2020, OF_2024))} if row["soort"] == "spuk" else row


def _grants(choose: Choose) -> list[Record]:
    return [
        source(f"G{regeling}", "spuk", choose((20_000, Decimal("70000.01"), 500_000)), (FIRST, LAST), regeling=regeling)
        for regeling in (OF_2020, OF_2024)
    ]
