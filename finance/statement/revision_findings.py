"""What must be right in a case before a revision can be asked: the regulation, its date, names of locations."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.case import Case
from finance.case.table import RawBook, shown
from finance.findings import Finding
from finance.rules.library import Knowledge, rule_sets
from finance.rules.named import setting_cell
from finance.rules.records import REVISION
from finance.rules.revision import NOT_NAMED, REGULATION, RevisionRules, meant_location
from finance.statement.revision import Revision


def before_plan(case: Case, book: RawBook) -> Iterator[Finding]:
    """Find what no plan can make right.

    Args:
        case: a case without findings.
        book: the tables that it came from, for the addresses.
    """
    settings = case.settings
    if REGULATION not in settings.regelingen:
        yield Finding(
            "case",
            setting_cell(case, book, "regelingen"),
            f"De casus noemt de regeling {REGULATION} niet.",
            f"Een herziening hoort bij een uitkering daarvan: zet {REGULATION} bij regelingen, en de uitkering in"
            " het blad dekking.",
        )
    rules = RevisionRules(Knowledge(settings.peildatum, frozenset(settings.lezingen)))
    if rules.asked is None:
        yield Finding(
            "case",
            setting_cell(case, book, "peildatum"),
            "De regels over herziening waren op de peildatum nog niet bekend.",
            f"Kies een peildatum vanaf {shown(rule_sets()[REVISION].known_since)}.",
        )
    elif not any(rules.threshold(row.naam_bijlage2) for row in case.locations):
        yield Finding(
            "locaties",
            "",
            "Geen enkele locatie heeft een naam uit bijlage 2 van de regeling, en dus een drempel.",
            "Vul naam_bijlage2 in bij de locaties waarvoor u een herziening wilt vragen.",
        )


def unnamed_locations(revision: Revision, book: RawBook) -> Iterator[Finding]:
    """Find locations at which something counts and of which nobody knows what the annex calls them.

    Args:
        revision: the request.
        book: the tables that the case came from, for the addresses.
    """
    sheet = book.bladen["locaties"]
    for name in revision.unnamed:
        row = revision.case.location[name]
        near = meant_location(row.naam)
        meant = f" Bedoelt u '{near}'?" if near else ""
        yield Finding(
            "locaties",
            sheet.cell("naam_bijlage2", row.rij),
            f"Locatie {name} ({row.naam}) heeft bestedingen die voor een herziening tellen, en geen naam_bijlage2.",
            f"Vul in hoe bijlage 2 de locatie noemt waar zij bij hoort, of '{NOT_NAMED}'.{meant}",
        )
