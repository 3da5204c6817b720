"""Exact cents: a point of the model made into an allocation that is right to the last cent.

The chosen measures and the used places are fixed, and exact by now (`models.exact_places`). The payments
are rounded by a small whole-number program over single cents: how many cents each payment moves from its
rounded value so that every cost line is covered, no pot, cap or revenue is passed, and the goals in euros
lose nothing that they need not lose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import highspy
import numpy as np

from finance.calendar import YearSpan
from finance.case import Case, CostLine
from finance.case.words import BURDEN, GRANT
from finance.money import ZERO, Money
from finance.plan.allocation import OWN_SORTS, Outcome, PlaceYear
from finance.plan.burden import is_municipal
from models.compiled import Vector
from models.exact_credit import DebtColumns, debts_of, sound
from models.formulation import Formulation
from models.parts import parts_of_line
from models.program import CENTS_PER_UNIT, Program, Served
from models.solver import quiet_highs

STEPS: Final = (
    (1, False, False),
    (2, False, False),
    (1, True, False),
    (5, True, False),
    (50, True, False),
    (1, False, True),
    (1, True, True),
    (5, True, True),
    (50, True, True),
    (5000, True, True),
)
"""How many cents a payment may move, whether one may shrink that need not, and whether one may arise that the
point does not have; the next step is tried where one is not enough. Payments move some cents further before a
new one arises: a payment of a cent that no rule asks for makes a reader wonder."""
CLOSE: Final = 2
"""So many cents a payment may move without being asked whether it need to."""
NEARLY: Final = 0.001
"""A value this little below a whole cent counts as that cent: the noise of floats."""
FAR: Final = 10**6
"""Room above this many cents is as good as endless for the rounding."""


@dataclass(frozen=True)
class Point:
    """The values of a point by the names of the program.

    Attributes:
        starts: the start year of each chosen measure.
        used: used places, as floats.
        served: who is served where, as floats.
        pay: thousands of euros per permitted pair, by its number.
        gap: thousands of euros per line, by its number.
    """

    starts: Mapping[str, int]
    used: Mapping[PlaceYear, float]
    served: Mapping[Served, float]
    pay: tuple[float, ...]
    gap: tuple[float, ...]


def read_point(formulation: Formulation, point: Vector) -> Point:
    """Read the values of a point by name."""
    program, v = formulation.program, formulation.variables

    def values(columns: list[int]) -> list[float]:
        return [float(value) for value in point[columns]]

    return Point(
        starts=dict(
            decision
            for decision, value in zip(program.decisions, values(v.x), strict=True)
            if value > 0.5  # noqa: PLR2004 - a binary
        ),
        used=dict(zip(program.place_years, values(v.used), strict=True)),
        served=dict(zip(program.served, values(v.y), strict=True)),
        pay=tuple(values(v.pay)),
        gap=tuple(values(v.gap)),
    )


@dataclass(frozen=True)
class _Room:
    """Some payments that together may still grow by some cents (a negative room must shrink)."""

    pairs: tuple[int, ...]
    cents: int


def _share_rooms(program: Program, base: list[int]) -> list[_Room]:
    """The room under each share cap."""
    case = program.case
    rooms = []
    for cap in program.entitlement.share_caps:
        members = tuple(
            p
            for p, (line, source) in enumerate(program.pairs)
            if cap.counts(program.lines[line], case.sources[source].bron)
        )
        room = max(ZERO, cap.grens - cap.paid(program.facts.allocation.payments))
        rooms.append(_Room(members, room.cents - sum(base[p] for p in members)))
    return rooms


def _part_rooms(program: Program, outcome: Outcome, base: list[int]) -> Iterator[_Room]:
    """The room under each limit to a part of a line."""
    rules, starts = program.entitlement, outcome.allocation.starts
    for line, numbers in zip(program.lines, program.pairs_of_line, strict=True):
        payers = ((p, program.case.sources[program.pairs[p][1]]) for p in numbers)
        for rule, pairs in parts_of_line(rules, line, payers).values():
            part = rules.part(rule, starts, line, outcome.costs.get(line, ZERO))
            yield _Room(pairs, part.cents - sum(base[p] for p in pairs))


def _source_rooms(program: Program, outcome: Outcome, base: list[int]) -> list[_Room]:
    """The room of each pot, and of each yearly source up to and including each year."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for p, (_, source) in enumerate(program.pairs):
        by_source[program.case.sources[source].bron].append(p)
    rooms: list[_Room] = []
    for bron, last, first, have in _money_by(program.case, outcome):
        members = [p for p in by_source[bron] if first <= program.lines[program.pairs[p][0]].jaar <= last]
        rooms.append(_Room(tuple(members), have.cents - sum(base[p] for p in members)))
    return rooms


def _money_by(case: Case, outcome: Outcome) -> Iterator[tuple[str, int, int, Money]]:
    """What each source has for the years that are not closed: source, last and first year, amount."""
    closed = case.closed_through
    grown: dict[str, Money] = {}
    for balance in outcome.balances:
        source, year = case.source[balance.bron], balance.jaar
        if year is None:
            years = case.years if source.bron in case.proceeds_into else (case.years.last,)
            for last in years:
                sold = outcome.ledger.proceeds(source, YearSpan(closed + 1, last))
                yield source.bron, last, case.years.first, outcome.kept(source) + sold
        elif year > closed and source.overdraagbaar:
            brought = grown.get(source.bron, balance.ingebracht)
            grown[source.bron] = brought + balance.eigen_opbrengst
            yield source.bron, year, case.years.first, grown[source.bron]
        elif year > closed:
            yield source.bron, year, year, balance.eigen_opbrengst


def exact_payments(program: Program, point: Point, outcome: Outcome) -> dict[tuple[CostLine, str], Money]:
    """Payments in whole cents that cover every line as far as the point does, within every limit.

    Args:
        program: the program.
        point: a point of the model.
        outcome: the exact places and costs of that point, without payments.

    Raises:
        RoundingError: no payments near the point are exact.
    """
    if not program.pairs:
        return {}
    base = [max(0, int(value * CENTS_PER_UNIT + NEARLY)) for value in point.pay]
    gaps = [max(0, int(value * CENTS_PER_UNIT + NEARLY)) for value in point.gap]
    needs = [
        0 if line.krediet else outcome.costs.get(line, ZERO).cents - gaps[number] - sum(base[p] for p in pairs)
        for number, (line, pairs) in enumerate(zip(program.lines, program.pairs_of_line, strict=True))
    ]
    rooms = [
        *_source_rooms(program, outcome, base),
        *_share_rooms(program, base),
        *_part_rooms(program, outcome, base),
    ]
    there = frozenset(at for at, value in enumerate((*point.pay, *point.gap)) if value * CENTS_PER_UNIT > NEARLY)
    for farthest, freely, anew in STEPS:
        moved = _Rounding(program, base, gaps, needs, rooms, farthest, freely, None if anew else there).solve()
        if moved is not None:
            return {
                (program.lines[line], program.case.sources[source].bron): Money(base[p] + moved[p])
                for p, (line, source) in enumerate(program.pairs)
                if base[p] + moved[p]
            }
    raise RoundingError("no exact payments lie near the solver's point")


class RoundingError(Exception):
    """The solver's point could not be made exact; an error of the toolkit, not of the user."""


@dataclass(frozen=True)
class _Rounding:
    """The whole-number program over cents.

    Attributes:
        program: the program.
        base, gaps: cents per pair and per line, rounded down.
        needs: cents of each line that base and gap leave open; what a credit gets back needs nothing by itself.
        rooms: the limits.
        farthest: how many cents a payment may move.
        freely: whether a payment or gap may shrink where neither its line nor a limit asks for it;
            without that nothing moves that is in whole cents already.
        there: the columns that may grow: what the point has; None for all.
    """

    program: Program
    base: list[int]
    gaps: list[int]
    needs: list[int]
    rooms: list[_Room]
    farthest: int
    freely: bool
    there: frozenset[int] | None

    def solve(self) -> list[int] | None:
        """How many cents each payment moves; None where this is not enough."""
        highs = quiet_highs()
        far = float(self.farthest)
        pairs, lines = len(self.base), len(self.gaps)
        rounded, may_shrink = (*self.base, *self.gaps), self._shrinking()
        lows = [-min(far, value) if at in may_shrink else 0.0 for at, value in enumerate(rounded)]
        ups = [far if self._may_grow(p) else 0.0 for p in range(pairs)]
        ups += [self._largest_gap(line) for line in range(lines)]
        bounds = list(self._debts.bounds)
        lows, ups = [*lows, *(low for low, _ in bounds)], [*ups, *(up for _, up in bounds)]
        highs.addVars(len(lows), np.array(lows), np.array(ups))
        columns = np.arange(len(lows), dtype=np.int32)
        kinds = np.full(len(lows), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        highs.changeColsIntegrality(len(lows), columns, kinds)
        for number, need in enumerate(self.needs):
            if not self.program.lines[number].krediet:
                members = [*self.program.pairs_of_line[number], pairs + number]
                highs.addRow(float(need), float(need), len(members), members, [1.0] * len(members))
        for low, terms, up in self._debts.rows:
            highs.addRow(low, up, len(terms), list(terms), list(terms.values()))
        for room in self.rooms:
            if room.pairs and room.cents < FAR:
                count = len(room.pairs)
                highs.addRow(-highspy.kHighsInf, float(room.cents), count, list(room.pairs), [1.0] * count)
        moved = self._in_order(highs, columns)
        return None if moved is None or not self._repaid(moved) else moved[: len(self.base)]

    @cached_property
    def _debts(self) -> DebtColumns:
        debts = debts_of(self.program, self.base, self.gaps)
        lines = range(len(self.needs)) if self.farthest > CLOSE else sorted(self._of_credits)
        paying = [p for line in lines for p in self.program.pairs_of_line[line]]
        return DebtColumns(debts, len(self.base) + len(self.gaps), tuple(paying))

    def _repaid(self, moved: list[int]) -> bool:
        """Whether every credit is right to the cent, worked out again from the payments."""
        cents = [value + move for value, move in zip((*self.base, *self.gaps), moved, strict=False)]
        return sound(debts_of(self.program, cents[: len(self.base)], cents[len(self.base) :]))

    @cached_property
    def _of_credits(self) -> frozenset[int]:
        """The lines that a credit pays, or that pay one back: their cents depend on those of other years."""
        drawn = (self.program.pairs[p][0] for row in self.program.credits for p in row.drawn)
        return frozenset((*drawn, *(row.line for row in self.program.credits if row.line >= 0)))

    def _shrinking(self) -> set[int]:
        """The columns that may shrink: payments, and behind them gaps."""
        pairs = len(self.base)
        if self.freely:
            return set(range(pairs + len(self.gaps)))
        lines = {number for number, need in enumerate(self.needs) if need < 0} | self._of_credits
        found = {p for number in lines for p in (*self.program.pairs_of_line[number], pairs + number)}
        return found.union(*(room.pairs for room in self.rooms if room.cents < 0))

    def _may_grow(self, pair: int) -> bool:
        line = self.program.pairs[pair][0]
        asked = self.base[pair] > 0 or self.needs[line] != 0 or line in self._of_credits
        return self._is_there(pair) and asked

    def _largest_gap(self, line: int) -> float:
        """How much the gap of a line may grow: that of a credit only as far as closed years leave a debt."""
        if self.program.lines[line].krediet:
            row = next(row for row in self.program.credits if row.line == line)
            return max(0.0, round(row.left * CENTS_PER_UNIT) - self.gaps[line])
        return highspy.kHighsInf if self._is_there(len(self.base) + line) else 0.0

    def _is_there(self, column: int) -> bool:
        return self.there is None or column in self.there

    def _in_order(self, highs: highspy.Highs, columns: np.ndarray) -> list[int] | None:
        """Minimise what the goals in euros lose, one goal after another."""
        for costs in self._losses():
            highs.changeColsCost(len(columns), columns, costs)
            highs.run()
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            best = round(highs.getInfo().objective_function_value)
            at = np.flatnonzero(costs).astype(np.int32)
            highs.addRow(-highspy.kHighsInf, best + 0.5, len(at), at, costs[at])
        values = highs.getSolution().col_value
        return [round(value) for value in values]

    def _losses(self) -> list[np.ndarray]:
        sorts = [self.program.case.sources[source].soort for _, source in self.program.pairs]
        none, own = [0.0] * len(self.gaps), len(self._debts.debts)
        losses = {
            "ongedekt": [0.0] * len(sorts) + [1.0] * len(self.gaps),
            "eigen_geld": [float(sort in OWN_SORTS) for sort in sorts] + none,
            BURDEN: [float(is_municipal(self.program.case.sources[source])) for _, source in self.program.pairs] + none,
            "spuk_onbesteed": [-float(sort == GRANT) for sort in sorts] + none,
        }
        vectors = {name: np.array([*values, *[0.0] * self._debts.width]) for name, values in losses.items()}
        if own:
            vectors["kosten_ncw"] = self._debts.counting(self._debts.interests)
        named = [vectors[row.doel] for row in self.program.case.goals if row.doel in vectors]
        # Beside the goals: no cent is lent that need not be, and none moves that need not.
        drawn, moves = self._debts.drawn, self._debts.moves
        return [*named, *(self._debts.counting(columns) for columns in (drawn, moves) if columns)]
