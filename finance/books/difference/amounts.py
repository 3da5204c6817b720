"""The amounts of a plan that are compared: computed from case and decisions, and as a workbook shows them.

Both ways give the same keys, so that what a workbook of another version shows can be put beside
what this version makes of the same input and the same decisions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from finance.case.case import CostLine
from finance.case.words import UNITS
from finance.money import ZERO, Exact, Money, round_half_away
from finance.plan.ledger import YearBalance
from finance.statement import Statement
from finance.statement.checks import CheckKind
from finance.statement.lines import GROUP_OF, Line
from finance.xlsx.sealed_tables import SealedRow, SealedTables

EURO: Final = "EUR"
DECIMALS: Final = 9
"""Numbers that are no amounts are compared in so many decimals, as the workbook rounds them."""
WHOLE: Final = "hele plan"
COST, PAID, GAP = "kosten", "betaald", "ongedekt"
AVAILABLE, LEFT, LIMIT = "beschikbaar", "over", "grens"
AGAINST_RULES: Final = "in strijd met een regel"


class Sort:
    """The sorts of amounts, in the order in which they are shown."""

    SUMMARY = "samenvatting"
    GOAL = "doel"
    SOURCE = "bron"
    GROUP = "kostengroep"
    YEAR = "jaar"
    CAP = "deelplafond"
    LINE = "kostenregel"


SORTS: Final = (Sort.SUMMARY, Sort.GOAL, Sort.SOURCE, Sort.GROUP, Sort.YEAR, Sort.CAP, Sort.LINE)


@dataclass(frozen=True, slots=True)
class Key:
    """Which amount it is.

    Attributes:
        soort: what it is an amount of.
        naam: which one of that sort.
        wat: what of it.
        eenheid: the unit, in words; `EUR` for money. Another word for it is no other amount.
    """

    soort: str
    naam: str
    wat: str
    eenheid: str = field(default=EURO, compare=False)


Amounts = Mapping[Key, Fraction]
"""Amounts in their unit (money in euros), exact to the cent or to nine decimals; absent is zero."""


def line_name(line: CostLine) -> str:
    """A cost line as a reader names it."""
    owner = line.krediet or line.maatregel or f"{line.locatie} / {line.zorgvorm}"
    return f"{owner}, {line.kostensoort}, {line.jaar}"


def amounts_of(statement: Statement) -> Amounts:
    """The amounts that follow from a case and its decisions."""
    found: dict[Key, Fraction] = {}
    found |= _summed(Sort.SUMMARY, statement.lines, lambda _: WHOLE)
    gap = Money.total(max(ZERO, line.ongedekt) for line in statement.lines)
    found[Key(Sort.SUMMARY, WHOLE, GAP)] = gap.euros
    found[Key(Sort.SUMMARY, WHOLE, AGAINST_RULES)] = Money.total(row.strijdig for row in statement.payments).euros
    for goal in statement.case.goals:
        key = Key(Sort.GOAL, goal.doel, "waarde", UNITS[goal.doel])
        found[key] = _exact(statement.outcome.goals[goal.doel])
    for balance in statement.outcome.balances:
        found |= _of_source(balance)
    found |= _summed(Sort.GROUP, statement.lines, lambda row: GROUP_OF[row.regel.kostensoort])
    found |= _summed(Sort.YEAR, statement.lines, lambda row: str(row.regel.jaar))
    for check in statement.checks:
        if check.soort is CheckKind.SHARE_CAP:
            name = f"{check.regel}, {check.onderwerp}"
            found[Key(Sort.CAP, name, PAID)] = check.waarde.euros
            found[Key(Sort.CAP, name, LIMIT)] = check.grens.euros if check.grens else Fraction(0)
    found |= _summed(Sort.LINE, statement.lines, lambda row: line_name(row.regel))
    return _without_zeros(found)


def _without_zeros(found: Amounts) -> Amounts:
    return {key: value for key, value in found.items() if value}


def _summed(sort: str, lines: Iterable[Line], name_of: Callable[[Line], str]) -> dict[Key, Fraction]:
    cost: dict[str, Fraction] = defaultdict(Fraction)
    paid: dict[str, Fraction] = defaultdict(Fraction)
    for line in lines:
        cost[name_of(line)] += line.kosten.euros
        paid[name_of(line)] += line.betaald.euros
    return {key: value for name in cost for key, value in _covered(sort, name, cost[name], paid[name])}


def _covered(sort: str, name: str, cost: Fraction, paid: Fraction) -> Iterator[tuple[Key, Fraction]]:
    yield Key(sort, name, COST), cost
    yield Key(sort, name, PAID), paid
    yield Key(sort, name, GAP), cost - paid


def _of_source(balance: YearBalance) -> dict[Key, Fraction]:
    name = balance.bron if balance.jaar is None else f"{balance.bron}, {balance.jaar}"
    return {
        Key(Sort.SOURCE, name, AVAILABLE): balance.beschikbaar.euros,
        Key(Sort.SOURCE, name, PAID): balance.betaald.euros,
        Key(Sort.SOURCE, name, LEFT): balance.over.euros,
    }


def _exact(value: Exact | Money) -> Fraction:
    if isinstance(value, Money):
        return value.euros
    return Fraction(round_half_away(Fraction(value) * 10**DECIMALS), 10**DECIMALS)


@dataclass(frozen=True)
class Shown:
    """What a workbook shows.

    Attributes:
        tables: its tables.
    """

    tables: SealedTables

    def amounts(self) -> Amounts:
        """The amounts as they stand in the workbook.

        Raises:
            FindingsError: a table or a column that every budget has is not there.
        """
        found: dict[Key, Fraction] = {}
        for row in self.tables.table("slotsom").rows:
            for what, column in ((COST, "kosten"), (PAID, "betaald"), (GAP, "ongedekt")):
                found[Key(Sort.SUMMARY, WHOLE, what)] = Fraction(row.number(column))
        against = [Fraction(row.number("strijdig")) for row in self.tables.table("betaling").rows]
        found[Key(Sort.SUMMARY, WHOLE, AGAINST_RULES)] = sum(against, Fraction(0))
        for row in self.tables.table("doeluitkomst").rows:
            found[Key(Sort.GOAL, row.id(0), "waarde", row.text("eenheid"))] = _exact(row.number("waarde"))
        found |= self._sources()
        found |= self._covered("groepdekking", Sort.GROUP, lambda row: row.id(0))
        found |= self._covered("jaardekking", Sort.YEAR, lambda row: row.id(0))
        found |= self._caps()
        found |= self._covered("lijn", Sort.LINE, lambda row: line_name(line_of(row)))
        return _without_zeros(found)

    def _covered(self, table: str, sort: str, name_of: Callable[[SealedRow], str]) -> dict[Key, Fraction]:
        found: dict[Key, Fraction] = {}
        for row in self.tables.table(table).rows:
            cost, gap = Fraction(row.number("kosten")), Fraction(row.number("ongedekt"))
            found |= _covered(sort, name_of(row), cost, cost - gap)
        return found

    def _sources(self) -> dict[Key, Fraction]:
        found: dict[Key, Fraction] = {}
        for row in (*self.tables.table("pot").rows, *self.tables.table("jaarbron").rows):
            for what in (AVAILABLE, PAID, LEFT):
                found[Key(Sort.SOURCE, ", ".join(row.ids), what)] = Fraction(row.number(what))
        return found

    def _caps(self) -> dict[Key, Fraction]:
        found: dict[Key, Fraction] = {}
        for row in self.tables.table("deelplafond").rows:
            name = ", ".join(row.ids)
            found[Key(Sort.CAP, name, PAID)] = Fraction(row.number("waarde"))
            found[Key(Sort.CAP, name, LIMIT)] = Fraction(row.number("grens"))
        return found


def line_of(row: SealedRow) -> CostLine:
    """The cost line that a row of `dekking` is about: measure, location, zorgvorm, kostensoort, year, and credit."""
    return CostLine(row.id(0), row.id(1), row.id(2), row.id(3), int(row.id(4)), *row.ids[5:])
