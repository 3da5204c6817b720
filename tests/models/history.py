"""What may have happened in a tiny case: closed years, measures that started, payments, proceeds of sales.

Reality keeps to no rule: some of it breaks one, and the rest must be planned around it all the same.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.casebook import Record
from tests.models.bare import FIRST, Bare, sold, spent
from tests.models.strategies import COST_SORTS, Choose, tiny_case

T = TypeVar("T")

PAID: Final = (1, 1000, 15_000, Decimal("33333.33"), 60_000, 400_000)
RAISED: Final = (0, 10_000, Decimal("33333.33"), 250_000)


@st.composite
def histories(draw: DrawFn) -> Bare:
    """A tiny case with a history, chosen by Hypothesis."""

    def choose(options: Sequence[T], /) -> T:
        return draw(st.sampled_from(options))

    return with_history(tiny_case(choose), choose)


def random_history(seed: int) -> Bare:
    """A tiny case with a history, chosen by a random number."""
    choose = random.Random(seed).choice
    return with_history(tiny_case(choose), choose)


def with_history(bare: Bare, choose: Choose) -> Bare:
    """The same case some years later, with a year more in which measures can still start."""
    last = choose((*(FIRST,) * 6, FIRST + 1, bare.last))
    rows = [{**row, "laatste_start": choose((row["laatste_start"], bare.last))} for row in bare.measures]
    bare = replace(bare, measures=rows)
    started = _started(bare, choose, last)
    paid = [_payment(bare, choose, last, started) for _ in range(choose(range(5)))]
    proceeds = _proceeds(bare, choose)
    return replace(
        bare,
        settings={**bare.settings, "afgesloten_tot": last},
        started=started,
        actuals=[*_credit_notes(paid, choose), *paid],
        proceeds=proceeds,
    )


def _credit_notes(paid: Sequence[Record], choose: Choose) -> list[Record]:
    """Corrections of some payments: a cent of it, or the whole."""
    notes = []
    for row in paid:
        back = choose((None, None, None, Decimal("0.01"), row["bedrag"]))
        if back is not None:
            notes.append({**row, "bedrag": -Decimal(str(back))})
    return notes


def _started(bare: Bare, choose: Choose, last: int) -> dict[str, int]:
    """At most one measure of each project, in a closed year, inside its window or not."""
    begun: dict[str, tuple[str, int]] = {}
    for row in bare.measures:
        year = choose((None, None, FIRST, last))
        if year is not None and year + _lag(bare, row) <= bare.last:
            begun.setdefault(str(row["project"]), (str(row["maatregel"]), year))
    return dict(begun.values())


def _lag(bare: Bare, measure: Record) -> int:
    rows = [*bare.effects, *bare.costs]
    lags = [int(str(row["na_jaren"])) for row in rows if row["maatregel"] == measure["maatregel"]]
    return max([0, *lags])


def _payment(bare: Bare, choose: Choose, last: int, started: dict[str, int]) -> Record:
    bron, year = str(choose(bare.sources)["bron"]), choose(range(FIRST, last + 1))
    if started and choose((True, False)):
        return spent(bron, choose(list(started)), choose(COST_SORTS), year, choose(PAID))
    place = choose(bare.places)
    key = str(place["locatie"]), str(place["zorgvorm"])
    return spent(bron, key, choose(("exploitatie", "leegstand")), year, choose(PAID))


def _proceeds(bare: Bare, choose: Choose) -> list[Record]:
    pots = [str(row["bron"]) for row in bare.sources if row["soort"] in ("eigen", "gemeente")]
    if not pots:
        return []
    return [
        sold(str(choose(bare.measures)["maatregel"]), choose(pots), choose(RAISED), choose((0, 1, 2)))
        for _ in range(choose(range(4)))
    ]
