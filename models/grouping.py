"""The search program: cost lines that the same money may pay, taken together.

Cover asks of every cost line that payments and gap add up to its cost. Lines of one year that the same
sources may pay, under the same caps, can exchange their payments freely: what is paid of the group can
be dealt out over its lines in any way, since payments and gaps only have to be not negative. So the
search for start years runs on groups, with the same optimum for every goal and a fraction of the columns;
the last linear programs and the cents run on the lines themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from models.program import Cap, LineCost, Program, YearlyMoney

Likeness = tuple[int, tuple[tuple[int, tuple[int, ...]], ...]]
"""The year of a line, and each source that may pay it with the caps on that payment."""


def grouped(program: Program) -> Program:
    """The same program with alike cost lines added up.

    Args:
        program: a program, line by line.

    Returns:
        A program with the same start years and places; its lines and pairs stand for groups.
    """
    groups = _groups(program)
    pairs: list[tuple[int, int]] = []
    pairs_of_line: list[tuple[int, ...]] = []
    became: dict[int, int] = {}
    for number, members in enumerate(groups):
        sources = [program.pairs[p][1] for p in program.pairs_of_line[members[0]]]
        first = len(pairs)
        pairs += [(number, source) for source in sources]
        pairs_of_line.append(tuple(range(first, len(pairs))))
        for line in members:
            became.update(zip(program.pairs_of_line[line], pairs_of_line[-1], strict=True))
    renumbered = partial(_renumbered, became)
    return replace(
        program,
        lines=tuple(program.lines[members[0]] for members in groups),
        line_costs=tuple(_sum([program.line_costs[line] for line in members]) for members in groups),
        pairs=tuple(pairs),
        pairs_of_line=tuple(pairs_of_line),
        pots=tuple(_with_pairs(cap, renumbered(cap.pairs)) for cap in program.pots),
        yearly=tuple(_of_year(money, renumbered(money.pairs)) for money in program.yearly),
        caps=tuple(_with_pairs(cap, renumbered(cap.pairs)) for cap in program.caps),
    )


def _groups(program: Program) -> list[list[int]]:
    """The numbers of the lines of each group, in the order of their first lines."""
    caps_of: dict[int, list[int]] = defaultdict(list)
    for number, cap in enumerate(program.caps):
        for pair in cap.pairs:
            caps_of[pair].append(number)
    groups: dict[Likeness, list[int]] = defaultdict(list)
    for number, line in enumerate(program.lines):
        pairs = program.pairs_of_line[number]
        sources = tuple((program.pairs[p][1], tuple(caps_of[p])) for p in pairs)
        groups[line.jaar, sources].append(number)
    return list(groups.values())


def _renumbered(became: Mapping[int, int], pairs: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(became[pair] for pair in pairs))


def _with_pairs(cap: Cap, pairs: tuple[int, ...]) -> Cap:
    return replace(cap, pairs=pairs)


def _of_year(money: YearlyMoney, pairs: tuple[int, ...]) -> YearlyMoney:
    return replace(money, pairs=pairs)


def _sum(costs: list[LineCost]) -> LineCost:
    """The cost of a group: its decisions added up, its places side by side."""
    by_decision: dict[int, float] = defaultdict(float)
    for cost in costs:
        for decision, amount in cost.by_decision:
            by_decision[decision] += amount
    return LineCost(
        by_decision=tuple(by_decision.items()), parts=tuple(cost for cost in costs if cost.place >= 0)
    )
