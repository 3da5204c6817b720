"""The amounts of a plan that are compared: computed from case and decisions, and as a workbook shows them.

Both ways give the same keys, so that what a workbook of another version shows can be put beside
what this version makes of the same input and the same decisions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.case.case import CostLine
from finance.case.words import UNITS
from finance.ledger import YearBalance
from finance.money import ZERO, Exact, Money, round_half_away
from finance.statement import Statement
from finance.statement.checks import CheckKind
from finance.statement.lines import GROUP_OF, Line
from finance.workbook.difference.tables import ReadRow, ReadTable

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
        eenheid: the unit; `EUR` for money.
    """

    soort: str
    naam: str
    wat: str
    eenheid: str = EURO


Amounts = Mapping[Key, Fraction]
"""Amounts in their unit (money in euros), exact to the cent or to nine decimals; absent is zero."""


def line_name(line: CostLine) -> str:
    """A cost line as a reader names it."""
    owner = line.maatregel or f"{line.locatie} / {line.zorgvorm}"
    return f"{owner}, {line.kostensoort}, {line.jaar}"


def amounts_of(statement: Statement) -> Amounts:
    """The amounts that follow from a case and its decisions."""
    found: dict[Key, Fraction] = {}
    found |= _summed(Sort.SUMMARY, statement.lines, lambda _: WHOLE)
    gap = Money.total(max(ZERO, line.ongedekt) for line in statement.lines)
    found[Key(Sort.SUMMARY, WHOLE, GAP)] = gap.euros
    found[Key(Sort.SUMMARY, WHOLE, AGAINST_RULES)] = Money.total(
        row.strijdig for row in statement.payments
    ).euros
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


NameOf = Callable[[str, str], str]
"""The id behind a family of names and a key of the workbook."""
LineOf = Callable[[ReadRow], CostLine]
"""The cost line that a row of the workbook is about."""


@dataclass(frozen=True)
class Shown:
    """What a workbook shows.

    Attributes:
        sheets: the tables of each sheet.
        id_of: the id behind a key.
        line_of: the cost line of a row.
    """

    sheets: Mapping[str, tuple[ReadTable, ...]]
    id_of: NameOf
    line_of: LineOf

    def amounts(self) -> Amounts:
        """The amounts as they stand in the workbook."""
        found: dict[Key, Fraction] = {}
        for row in self._rows("samenvatting", "Alle kosten"):
            for what, head in ((COST, "Alle kosten"), (PAID, "Betaald"), (GAP, "Ongedekt")):
                found[Key(Sort.SUMMARY, WHOLE, what)] = Fraction(row.number(head))
        against = sum((row.number("Bedrag in strijd") for row in self._rows("betalingen", "Bron")), start=0)
        found[Key(Sort.SUMMARY, WHOLE, AGAINST_RULES)] = Fraction(against)
        for row in self._rows("samenvatting", "Doel"):
            key = Key(Sort.GOAL, row.text("Doel"), "waarde", row.text("Eenheid"))
            found[key] = _exact(row.number("Waarde"))
        found |= self._sources()
        found |= self._covered("samenvatting", "Groep", Sort.GROUP, lambda row: row.text("Groep"))
        years = self._covered("samenvatting", "Kosten", Sort.YEAR, lambda row: row.text("Jaar"), "Jaar")
        found |= years
        found |= self._caps()
        found |= self._covered("dekking", "Regel", Sort.LINE, lambda row: line_name(self.line_of(row)))
        return _without_zeros(found)

    def _rows(self, sheet: str, head: str, begin: str = "") -> Iterator[ReadRow]:
        """The rows of the tables of a sheet that have a head, and where asked begin with another."""
        for table in self.sheets.get(sheet, ()):
            if head in table.columns and begin in ("", next(iter(table.columns))):
                yield from table.rows

    def _covered(
        self, sheet: str, head: str, sort: str, name_of: Callable[[ReadRow], str], begin: str = ""
    ) -> dict[Key, Fraction]:
        found: dict[Key, Fraction] = {}
        for row in self._rows(sheet, head, begin):
            cost, gap = Fraction(row.number("Kosten")), Fraction(row.number("Ongedekt"))
            found |= _covered(sort, name_of(row), cost, cost - gap)
        return found

    def _sources(self) -> dict[Key, Fraction]:
        found: dict[Key, Fraction] = {}
        for row in self._rows("bronnen", "Beschikbaar"):
            name = self.id_of("bron", row.text("Bron"))
            name = f"{name}, {row.text('Jaar')}" if row.text("Jaar") else name
            for what, head in ((AVAILABLE, "Beschikbaar"), (PAID, "Betaald"), (LEFT, "Over")):
                found[Key(Sort.SOURCE, name, what)] = Fraction(row.number(head))
        return found

    def _caps(self) -> dict[Key, Fraction]:
        found: dict[Key, Fraction] = {}
        for row in self._rows("regels", "Beschikking"):
            decision = row.text("Beschikking")
            known = self.id_of("beschikking", decision)
            name = f"{row.text('Regel')}, {known if known != decision else self.id_of('regeling', known)}"
            found[Key(Sort.CAP, name, PAID)] = Fraction(row.number("Betaald"))
            found[Key(Sort.CAP, name, LIMIT)] = Fraction(row.number("Grens"))
        return found
