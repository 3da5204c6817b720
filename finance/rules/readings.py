"""What a reading that is switched on changes in a case; why it changes nothing, where it does not."""

from __future__ import annotations

from finance.case.words import GRANT
from finance.rules.entitlement import Entitlement
from finance.rules.library import rule_sets
from finance.rules.records import REVISION, LinkedClosureRule, Rule, WindowRule
from finance.rules.revision import REGULATION


def rules_under(entitlement: Entitlement, reading: str) -> tuple[Rule, ...]:
    """The rules of the grants of a case that hold only under a reading, known or not.

    Those of a request for revision belong to the regulation whose grants it adds to.
    """
    names = dict.fromkeys(row.regeling for row in entitlement.case.sources if row.soort == GRANT)
    sets = [rule_sets()[name] for name in names if name in entitlement.rule_sets]
    sets += [rule_sets()[REVISION]] if REGULATION in names else []
    return tuple(rule for rules in sets for rule in rules.regel if rule.lezing == reading)


def without_effect(entitlement: Entitlement, reading: str) -> str:
    """Why a reading changes nothing in a case, in Dutch; empty where it may change something.

    Args:
        entitlement: the rules as they apply to the case.
        reading: a reading that the rules know.
    """
    rules = rules_under(entitlement, reading)
    if not rules:
        return "geen uitkering van deze casus valt onder een regeling die haar kent"
    day = entitlement.known.peildatum
    known = [rule for rule in rules if rule.bekend_sinds <= day]
    if not known:
        since = min(rule.bekend_sinds for rule in rules)
        return f"op de peildatum was zij nog niet bekend; dat is zij sinds {since.day}-{since.month}-{since.year}"
    if all(isinstance(rule, LinkedClosureRule) for rule in known) and not _hybrid(entitlement):
        return "geen zorgvorm van deze casus is hybride"
    if all(isinstance(rule, WindowRule) for rule in known) and not _undecided(entitlement, reading):
        return "elke beschikking waar zij over gaat, noemt zelf een einddatum (blad beschikkingen), en die beslist"
    return ""


def _hybrid(entitlement: Entitlement) -> bool:
    return any(row.is_hybrid for row in entitlement.case.care_forms)


def _undecided(entitlement: Entitlement, reading: str) -> bool:
    """Whether a grant of a regulation with this reading has no end of its own."""
    case = entitlement.case
    of_reading = {
        name for name, rules in entitlement.rule_sets.items() for rule in rules.regel if rule.lezing == reading
    }
    return any(
        row.soort == GRANT and row.regeling in of_reading and row.beschikking not in case.decided_ends
        for row in case.sources
    )
