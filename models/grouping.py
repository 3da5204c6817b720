"""The search program: cost lines that the same money may pay, taken together.

Cover asks of every cost line that payments and gap add up to its cost. Lines of one year that the same
sources may pay, under the same caps, can exchange their payments freely: what is paid of the group can
be dealt out over its lines in any way, since payments and gaps only have to be not negative. So the
search for start years runs on groups, with the same optimum for every goal and a fraction of the columns;
the last linear programs and the cents run on the lines themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from finance.case import CostLine
from models.program import Cap, LineCost, Program, YearlyMoney

C = TypeVar("C", Cap, YearlyMoney)

Likeness = tuple[int, str, Hashable, tuple[tuple[int, tuple[int, ...]], ...]]
"""The year of a line, the credit that it pays back, what else it must have in common, and who may pay it.

With each source that may pay it stand the caps on that. What a credit gets back is never taken together with
another line: it is known what each gets."""


@dataclass(frozen=True)
class Grouping:
    """Which lines are alike, and what becomes of the payments; numbers have no part in it.

    Attributes:
        groups: the numbers of the lines of each group, in the order of their first lines.
        pairs, pairs_of_line: the payments of groups, as in a program.
        pots, yearly, drawn, caps: the payments under each of these; drawn is what each credit pays in a year.
    """

    groups: tuple[tuple[int, ...], ...]
    pairs: tuple[tuple[int, int], ...]
    pairs_of_line: tuple[tuple[int, ...], ...]
    pots: tuple[tuple[int, ...], ...]
    yearly: tuple[tuple[int, ...], ...]
    drawn: tuple[tuple[int, ...], ...]
    caps: tuple[tuple[int, ...], ...]

    @property
    def group_of(self) -> Mapping[int, int]:
        """The number of the group of each line."""
        return {line: number for number, lines in enumerate(self.groups) for line in lines}


def _nothing(_: CostLine) -> Hashable:
    return None


def grouping_of(program: Program, common: Callable[[CostLine], Hashable] = _nothing) -> Grouping:
    """Find the lines of a program that are alike.

    Args:
        program: a program, line by line.
        common: what lines of one group must have in common beside year, sources and caps.
    """
    groups = _groups(program, common)
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
    return Grouping(
        groups=tuple(map(tuple, groups)),
        pairs=tuple(pairs),
        pairs_of_line=tuple(pairs_of_line),
        pots=tuple(renumbered(cap.pairs) for cap in program.pots),
        yearly=tuple(renumbered(money.pairs) for money in program.yearly),
        drawn=tuple(renumbered(row.drawn) for row in program.credits),
        caps=tuple(renumbered(cap.pairs) for cap in program.caps),
    )


def grouped(program: Program, grouping: Grouping | None = None) -> Program:
    """The same program with alike cost lines added up.

    Args:
        program: a program, line by line.
        grouping: which lines are alike, where that is known of a program that differs in numbers only.

    Returns:
        A program with the same start years and places; its lines and pairs stand for groups.
    """
    found = grouping or grouping_of(program)
    return replace(
        program,
        lines=tuple(program.lines[members[0]] for members in found.groups),
        line_costs=tuple(_sum([program.line_costs[line] for line in members]) for members in found.groups),
        pairs=found.pairs,
        pairs_of_line=found.pairs_of_line,
        pots=_with_pairs(program.pots, found.pots),
        yearly=_with_pairs(program.yearly, found.yearly),
        credits=tuple(
            replace(row, drawn=drawn, line=found.group_of[row.line] if row.line >= 0 else -1)
            for row, drawn in zip(program.credits, found.drawn, strict=True)
        ),
        caps=_with_pairs(program.caps, found.caps),
    )


def _groups(program: Program, common: Callable[[CostLine], Hashable]) -> list[list[int]]:
    """The numbers of the lines of each group, in the order of their first lines."""
    caps_of: dict[int, list[int]] = defaultdict(list)
    for number, cap in enumerate(program.caps):
        for pair in cap.pairs:
            caps_of[pair].append(number)
    groups: dict[Likeness, list[int]] = defaultdict(list)
    for number, line in enumerate(program.lines):
        pairs = program.pairs_of_line[number]
        sources = tuple((program.pairs[p][1], tuple(caps_of[p])) for p in pairs)
        groups[line.jaar, line.krediet, common(line), sources].append(number)
    return list(groups.values())


def _renumbered(became: Mapping[int, int], pairs: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(became[pair] for pair in pairs))


def _with_pairs(members: Iterable[C], pairs: Iterable[tuple[int, ...]]) -> tuple[C, ...]:
    return tuple(replace(member, pairs=own) for member, own in zip(members, pairs, strict=True))


def _sum(costs: list[LineCost]) -> LineCost:
    """The cost of a group: its decisions added up, its places side by side."""
    by_decision: dict[int, float] = defaultdict(float)
    for cost in costs:
        for decision, amount in cost.by_decision:
            by_decision[decision] += amount
    return LineCost(
        by_decision=tuple(by_decision.items()),
        credit=max(cost.credit for cost in costs),
        parts=tuple(cost for cost in costs if cost.place >= 0),
    )
