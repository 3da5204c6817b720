"""Where a regulation itself is wider than the rule that applies: a summary forbids what its own text names.

A rule of rank notitie is an interpretation by a region. Where a rule of rank regeling says otherwise, and
holds only under a reading that is switched off, the budget says what the stricter interpretation costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from finance.case.case import PlaceKey
from finance.case.sheets import Effect
from finance.case.words import GRANT, PLACE_COSTS
from finance.rules.entitlement import Entitlement
from finance.rules.records import CategoryRule
from finance.rules.tests import NO

MEMO: Final = "notitie"
TEXT: Final = "regeling"


@dataclass(frozen=True, slots=True)
class WiderRule:
    """A rule that forbids what the regulation itself names.

    Attributes:
        streng: the rule that applies.
        ruim: the rule that would apply under its reading.
    """

    streng: CategoryRule
    ruim: CategoryRule

    @property
    def lezing(self) -> str:
        """The reading under which the wider rule would apply."""
        return self.ruim.lezing


def wider_rules(rules: Entitlement) -> tuple[WiderRule, ...]:
    """The wider rules that the grants of a case could be paid by, each once, in the order of the input."""
    return tuple(dict.fromkeys(_wider(rules)))


def _wider(rules: Entitlement) -> Iterator[WiderRule]:
    regulations = dict.fromkeys(row.regeling for row in rules.case.sources if row.soort == GRANT)
    for regulation in regulations:
        for year in rules.years:
            for strict in rules.rules_of(regulation, CategoryRule, year):
                if strict.rang == MEMO and strict.betaalbaar == NO and _costs(rules, strict.kostensoort):
                    for other in rules.under_readings(regulation, strict.subject, year):
                        if isinstance(other, CategoryRule) and other.rang == TEXT and other.betaalbaar != NO:
                            yield WiderRule(strict, other)


def _costs(rules: Entitlement, sort: str) -> bool:
    """Whether the case can have a cost that such a rule is about: of vacancy, one of a closure that takes time."""
    if sort in PLACE_COSTS:
        return any(_takes_time(rules, key, row) for key, rows in rules.closures.items() for row in rows)
    return any(row.kostensoort == sort for row in rules.case.costs)


def _takes_time(rules: Entitlement, key: PlaceKey, row: Effect) -> bool:
    """Whether places are closing in some year because of an effect; one at once leaves none to pay for."""
    start = rules.case.measure[row.maatregel].vroegste_start
    years = range(start, start + row.na_jaren + 1)
    return any(rules.closing_places({row.maatregel: start}, key, year) > 0 for year in years)
