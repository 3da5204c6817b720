"""What goes first among equals: never an id or a row of the input, always what a thing is.

Money that falls short goes to care before buildings; of sources that can pay the same the earmarked and
the perishable money goes first, and own money last; of plans that are equal in every goal the one that
starts earlier and costs less. What is alike in all of this shares in proportion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from finance.case import Case
from finance.case.sheets import Source
from finance.case.words import (
    EMPTY_BUILDING,
    FRICTION,
    MEASURE_SORTS,
    OPERATION,
    SOURCE_SORTS,
    TEMPORARY_HOUSING,
    VACANCY,
)
from models.program import Decision

PAID_FIRST: Final[tuple[tuple[str, ...], ...]] = (
    ("rente_en_aflossing",),
    (OPERATION,),
    (VACANCY,),
    (EMPTY_BUILDING,),
    ("huisvesting_regulier",),
    FRICTION,
    ("opstart",),
    (
        "afstoten",
        "verbouwen",
        "vervangende_nieuwbouw",
        TEMPORARY_HOUSING,
        "vastgoedplan",
        "projectleiding",
        "bovenregionaal_plan",
    ),
    ("overig",),
)
"""Kostensoorten in the order in which money that falls short pays them; those of one group are equal."""

RANK_OF_SORT: Final = {sort: rank for rank, sorts in enumerate(PAID_FIRST) for sort in sorts}


def source_ranks(case: Case) -> tuple[int, ...]:
    """The rank of each source of a case: a low one pays first, equal ones pay in proportion.

    By sort (spuk, lumpsum, pxq, beschikbaarheid, eigen, gemeente), then what is for one provider, then what
    lapses first, then what does not move to the next year.
    """
    keys = [_source_key(row) for row in case.sources]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return tuple(ranks[key] for key in keys)


def _source_key(row: Source) -> tuple[int, bool, int, bool, int]:
    return (
        SOURCE_SORTS.index(row.soort),
        not row.aanbieder,
        row.besteedbaar_tot,
        row.overdraagbaar,
        row.besteedbaar_van,
    )


def equals(ranks: Iterable[int]) -> list[list[int]]:
    """The numbers that share a rank with another, by rank."""
    found: dict[int, list[int]] = {}
    for number, rank in enumerate(ranks):
        found.setdefault(rank, []).append(number)
    return [numbers for numbers in found.values() if len(numbers) > 1]


def decision_ranks(case: Case, decisions: Sequence[Decision]) -> list[int]:
    """The rank of each decision among plans that are equal in every goal: a low one is taken first.

    By start year, then what the measure costs at prijspeil, its sort, the places that it adds, and what is
    alike in all of that by its id: there is nothing else left to tell it by.
    """

    def key(number: int) -> tuple[int, int, int, int, str]:
        name, year = decisions[number]
        row = case.measure[name]
        cost = sum(line.bedrag.cents for line in case.costs_of.get(name, ()))
        added = sum(effect.plaatsen for effect in case.effects_of.get(name, ()))
        return year, cost, MEASURE_SORTS.index(row.soort), -added, name

    ranks = [0] * len(decisions)
    for rank, number in enumerate(sorted(range(len(decisions)), key=key)):
        ranks[number] = rank
    return ranks
