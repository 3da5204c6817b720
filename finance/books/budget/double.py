"""Measures that grants of more than one regulation pay: a point of attention on the cover.

Source: art. 4 of the regulation of 2024 (RG-17): no grant for activities that another source pays already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from finance.books.budget.draft import Draft
from finance.case.words import GRANT
from finance.money import ZERO, Money
from finance.rules.records import ProvisionRule, Rule
from finance.tables.pages import Notes

SUBJECT: Final = "bepaling dubbelfinanciering"


def paid_twice(draft: Draft) -> Mapping[str, Mapping[str, Money]]:
    """What grants of each regulation pay of each measure that more than one of them pays."""
    paid: dict[str, dict[str, Money]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for payment in draft.statement.payments:
        if payment.bron.soort == GRANT and payment.lijn.regel.maatregel:
            paid[payment.lijn.regel.maatregel][payment.bron.regeling] += payment.bedrag
    return {name: dict(sums) for name, sums in paid.items() if len(sums) > 1}


def double_funding(draft: Draft) -> tuple[Notes, ...]:
    """A line for each measure that grants of two regulations pay; nothing where none is."""
    rule, found = rule_against_double(draft), paid_twice(draft)
    if rule is None or not found:
        return ()
    sums = {name: [f"{amount.dutch()} uit {code}" for code, amount in paid.items()] for name, paid in found.items()}
    lines = [f"{draft.name('maatregel', name)}: {' en '.join(amounts)}." for name, amounts in sums.items()]
    meaning = (
        "Elke euro is een keer betaald; kijk per maatregel of het om dezelfde activiteit gaat, en vraag het bij twijfel"
        f" na ({rule.vindplaats}). Blad regelingen_naast_elkaar zegt er meer van."
    )
    return (Notes("Uit twee regelingen betaald", (*lines, meaning)),)


def rule_against_double(draft: Draft) -> Rule | None:
    """The rule against paying twice of a regulation of the case; None where none says so."""
    rules = draft.statement.rules
    found = (rules.rule(name, SUBJECT, year) for name in rules.rule_sets for year in draft.years)
    return next((rule for rule in found if isinstance(rule, ProvisionRule)), None)
