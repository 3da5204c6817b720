"""What is still equal in every goal, decided fairly: the point is one, whatever ids are called.

One after another, each within what those before leave:

1. young people without a place in proportion to the need of their doelgroep and year;
2. those whose place counts as uitwijk likewise;
3. used places so that the locations of one zorgvorm are equally full: the largest difference from the
   average of the zorgvorm least, then the next;
4. what stays without cover last where care is paid first (`models.preference`), and in proportion to the
   costs that are equally urgent;
5. as little credit as can be, for as short as can be, and equal credits in proportion to what they may owe;
6. the sources in their order, the first of them on the most urgent costs;
7. sources that are equal in proportion to what they have, and costs in proportion to what they are.

Each step ends in one value for what it decides: the smallest largest share, then the smallest next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from models.compiled import Vector
from models.face import Face, Item
from models.formulation import Formulation
from models.preference import PAID_FIRST, RANK_OF_SORT, equals, source_ranks
from models.program import RevenueRow

NONE: Final = 1e-7
"""Less than this, in places or thousands of euros, is nothing."""


def decide_fairly(face: Face, formulation: Formulation) -> Vector:
    """Decide what a face leaves open.

    Args:
        face: the optimal face of all goals.
        formulation: the model.

    Returns:
        The point; where a run gives no checked point, the last one that had one, and the face is `undecided`.
    """
    v = formulation.variables
    money = [*v.pay, *v.gap]
    if not face.settle([*v.short.values(), *v.y, *v.used, *money]):
        _people(face, formulation)
        _occupancy(face, formulation)
    if not face.settle(money):
        _uncovered(face, formulation)
    if not face.settle(money):
        _credits(face, formulation)
    if not face.settle(money):
        _sources(face, formulation)
    return face.point


def _people(face: Face, formulation: Formulation) -> None:
    """Who has no place, and who has a place elsewhere, in proportion to the need."""
    program, v = formulation.program, formulation.variables
    need, diverts = program.need, program.case.care.diverts
    face.even_out([Item((column,), need[key]) for key, column in v.short.items()])
    face.even_out(
        [
            Item((column,), need[who, year])
            for (who, pool, year), column in zip(program.served, v.y, strict=True)
            if diverts(who, pool)
        ]
    )
    face.settle(v.y)


def _occupancy(face: Face, formulation: Formulation) -> None:
    """Used places: the locations of a zorgvorm equally full."""
    v = formulation.variables
    if face.settle(v.used):
        return
    groups = [numbers for numbers in _of_form(formulation) if face.is_free(v.used[k] for k in numbers)]
    full = {k: value for numbers in groups for k, value in _equally_full(face, formulation, numbers)}
    at = np.array([v.used[k] for k in full], dtype=np.int_)
    if not face.fix(at, np.array(list(full.values()))):
        face.even_out([item for numbers in groups for item in _fullness(face, formulation, numbers)])


def _of_form(formulation: Formulation) -> list[list[int]]:
    """The numbers of the place-years of each zorgvorm and year."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for k, ((_, form), year) in enumerate(formulation.program.place_years):
        found[form, year].append(k)
    return list(found.values())


def _equally_full(face: Face, formulation: Formulation, numbers: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Used places of a zorgvorm that are equally full as far as each can be, where money has no say."""
    v = formulation.variables
    free = [k for k in numbers if face.is_free([v.used[k]])]
    left = sum(float(face.point[v.used[k]]) for k in free)
    there = sum(float(face.point[v.places[k]]) for k in free)
    most = {k: _largest_use(face, formulation, k) for k in free}
    # The one that can be filled least comes first: what it cannot take, the others share.
    for k in sorted(free, key=lambda k: most[k] / max(NONE, float(face.point[v.places[k]]))):
        places = float(face.point[v.places[k]])
        used = min(most[k], left * places / there) if there > NONE else 0.0
        yield k, used
        left, there = left - used, there - places


def _largest_use(face: Face, formulation: Formulation, k: int) -> float:
    """C5 at the start years of the face."""
    program, v = formulation.program, formulation.variables
    share, less = program.shares[k]
    new = sum(number * face.point[v.x[d]] for d, number in program.arrivals[k])
    return float(share * face.point[v.places[k]] - less * new)


def _fullness(face: Face, formulation: Formulation, numbers: Sequence[int]) -> Iterator[Item]:
    """How much fuller each location of a zorgvorm is than all of them together."""
    v = formulation.variables
    used = sum(float(face.point[v.used[k]]) for k in numbers)
    there = sum(float(face.point[v.places[k]]) for k in numbers)
    for k in numbers:
        places = float(face.point[v.places[k]])
        if places > NONE:
            yield Item((v.used[k],), places, -places * used / there)


def _uncovered(face: Face, formulation: Formulation) -> None:
    """What has no cover: as little as can be of the most urgent costs, and equal shares of equal ones."""
    v = formulation.variables
    if sum(face.point[v.gap]) <= NONE:
        return
    by_rank = _by_rank(formulation)
    for numbers in by_rank:
        if face.is_free(v.gap[line] for line in numbers):
            face.prefer(face.costs((v.gap[line], 1.0) for line in numbers))
    costs = _costs(face, formulation)
    for numbers in by_rank:
        face.even_out([Item((v.gap[line],), costs[line]) for line in numbers])


def _credits(face: Face, formulation: Formulation) -> None:
    """What is owed: as little as can be over all years, then drawn as little, and equal credits alike.

    Without this a source that pays first would be paid with borrowed money.
    """
    program, v = formulation.program, formulation.variables
    if not program.credits:
        return
    face.minimise(face.costs((column, 1.0) for column in v.owed))
    face.minimise(face.costs((v.pay[p], 1.0) for row in program.credits for p in row.drawn))
    ranks = dict(zip((row.bron for row in program.case.sources), source_ranks(program.case), strict=True))
    last = len(ranks)
    # The credit that pays first in the order of sources owes most.
    face.minimise(face.costs((v.owed[c], -float(last - ranks[row.bron])) for c, row in enumerate(program.credits)))
    face.even_out([Item((v.owed[c],), row.limit) for c, row in enumerate(program.credits) if row.limit > NONE])


def _by_rank(formulation: Formulation) -> list[list[int]]:
    """The numbers of the cost lines of each rank, the most urgent first."""
    found: list[list[int]] = [[] for _ in PAID_FIRST]
    for number, line in enumerate(formulation.program.lines):
        found[RANK_OF_SORT[line.kostensoort]].append(number)
    return found


def _costs(face: Face, formulation: Formulation) -> list[float]:
    """What each class of cost lines costs at the point: what is paid of it, and its gap."""
    v = formulation.variables
    return [
        float(face.point[gap] + sum(face.point[v.pay[p]] for p in pairs))
        for gap, pairs in zip(v.gap, formulation.program.pairs_of_line, strict=True)
    ]


def _sources(face: Face, formulation: Formulation) -> None:
    """Which source pays what."""
    program, v = formulation.program, formulation.variables
    ranks = source_ranks(program.case)
    last = len(ranks)
    of_pair = [
        (column, last - ranks[source], len(PAID_FIRST) - RANK_OF_SORT[program.lines[line].kostensoort])
        for column, (line, source) in _paid(formulation)
    ]
    face.prefer(face.costs((column, -float(first)) for column, first, _ in of_pair))
    face.prefer(face.costs((column, -float(first * urgent)) for column, first, urgent in of_pair))
    if face.settle(v.pay):
        return
    for numbers in equals(ranks):
        face.even_out(list(_shares_of_money(face, formulation, set(numbers))))
    costs = _costs(face, formulation)
    face.even_out([Item((column,), costs[line]) for column, (line, _) in _paid(formulation)])


def _paid(formulation: Formulation) -> Iterator[tuple[int, tuple[int, int]]]:
    """The column of each payment, with the numbers of its cost line and its source."""
    return zip(formulation.variables.pay, formulation.program.pairs, strict=True)


def _shares_of_money(face: Face, formulation: Formulation, sources: set[int]) -> Iterator[Item]:
    """What each of some sources pays of what it has, a pot in all and another one per year."""
    program, v = formulation.program, formulation.variables
    names = {program.case.sources[number].bron for number in sources}
    for pot in program.pots:
        if pot.name in names:
            sold = sum(add * float(face.point[v.x[d]]) for d, add in pot.by_decision)
            yield Item(tuple(v.pay[p] for p in pot.pairs), pot.limit + sold)
    for money in program.yearly:
        if money.bron in names:
            have = money.fixed + sum(_revenue(face, formulation, row) for row in money.rows)
            yield Item(tuple(v.pay[p] for p in money.pairs), have)


def _revenue(face: Face, formulation: Formulation, row: RevenueRow) -> float:
    """What a financing row that depends on places comes to at the point."""
    v = formulation.variables
    counted = v.used if row.used else v.places
    return min(row.most, row.price * sum(float(face.point[counted[k]]) for k in row.places))
