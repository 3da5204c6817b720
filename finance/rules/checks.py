"""What the rules find in a case before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.case import Case
from finance.case.table import RawBook
from finance.findings import Finding, nearest
from finance.rules.entitlement import Entitlement
from finance.rules.library import readings, regulations


def check_rules(case: Case, book: RawBook) -> list[Finding]:
    """Check a case against the rules: known regulations and readings, and the ceilings.

    Args:
        case: a case whose rows hang together.
        book: the tables that it came from, for the addresses.
    """
    entitlement = Entitlement(case)
    return [
        *_unknown(entitlement, book),
        *_not_yet_known(entitlement, book),
        *_permits(case, book),
        *_above_ceiling(entitlement, book),
    ]


def _setting_cell(case: Case, book: RawBook, key: str) -> str:
    row = next(row for row in case.setting_rows if row.sleutel == key)
    return book.bladen["case"].cell("waarde", row.rij)


def _unknown(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    for key, names, known in (
        ("regelingen", entitlement.unknown_regulations, regulations()),
        ("lezingen", entitlement.unknown_readings, readings()),
    ):
        for name in names:
            yield Finding(
                "case",
                _setting_cell(entitlement.case, book, key),
                f"'{name}' is onbekend bij {key}.",
                nearest(name, known),
            )


def _not_yet_known(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    day = entitlement.known.peildatum
    for rules in entitlement.rule_sets.values():
        if rules.known_since > day:
            since = rules.known_since
            yield Finding(
                "case",
                _setting_cell(entitlement.case, book, "peildatum"),
                f"Regeling {rules.id} was op de peildatum nog niet bekend.",
                f"Kies een peildatum vanaf {since.day}-{since.month}-{since.year} of haal de regeling weg.",
            )


def _permits(case: Case, book: RawBook) -> Iterator[Finding]:
    for row in case.grant_permits:
        if row.regeling not in case.settings.regelingen:
            yield Finding(
                "regelingsposten",
                book.bladen["regelingsposten"].cell("regeling", row.rij),
                f"De regeling '{row.regeling}' staat niet bij regelingen in het blad case.",
                nearest(row.regeling, case.settings.regelingen),
            )


def _above_ceiling(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    for ceiling in entitlement.ceilings:
        if ceiling.maximum is None or ceiling.bedrag <= ceiling.maximum:
            continue
        row = entitlement.case.source[ceiling.bronnen[-1]]
        yield Finding(
            "dekking",
            book.bladen["dekking"].cell("bedrag", row.rij),
            f"De uitkeringen van {ceiling.gemeente} uit {ceiling.regeling}"
            f" ({', '.join(ceiling.bronnen)}) zijn samen {ceiling.bedrag.dutch()},"
            f" meer dan het maximum van {ceiling.maximum.dutch()}.",
            f"Verlaag de bedragen ({ceiling.regel.vindplaats}).",
        )
