"""What the rules find in a case before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.case import Case
from finance.case.table import RawBook, listed
from finance.findings import Finding, nearest
from finance.money import Money
from finance.rules.ceilings import REVISION, Ceiling
from finance.rules.decided import decided_by_rules
from finance.rules.entitlement import Entitlement
from finance.rules.library import readings
from finance.rules.municipalities import decisions_of_several, unknown_municipalities
from finance.rules.named import regulations_named, setting_cell
from finance.rules.revision import unknown_locations
from finance.rules.settlement import repaid_too_early


def check_rules(case: Case, book: RawBook) -> list[Finding]:
    """Check a case against the rules: known regulations, readings and locations, ceilings, repayments.

    Args:
        case: a case whose rows hang together.
        book: the tables that it came from, for the addresses.
    """
    entitlement = Entitlement(case)
    return [
        *regulations_named(case, book),
        *_unknown_readings(entitlement, book),
        *_not_yet_known(entitlement, book),
        *unknown_municipalities(entitlement, book),
        *decisions_of_several(entitlement, book),
        *decided_by_rules(entitlement, book),
        *_above_ceiling(entitlement, book),
        *repaid_too_early(entitlement, book),
        *unknown_locations(case, book),
    ]


def _unknown_readings(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    for name in entitlement.unknown_readings:
        yield Finding(
            "case",
            setting_cell(entitlement.case, book, "lezingen"),
            f"'{name}' is onbekend bij lezingen.",
            nearest(name, readings()),
        )


def _not_yet_known(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    day = entitlement.known.peildatum
    for rules in entitlement.rule_sets.values():
        if rules.known_since > day:
            since = rules.known_since
            yield Finding(
                "case",
                setting_cell(entitlement.case, book, "peildatum"),
                f"Regeling {rules.id} was op de peildatum nog niet bekend.",
                f"Kies een peildatum vanaf {since.day}-{since.month}-{since.year} of haal de regeling weg.",
            )


def _above_ceiling(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    for ceiling in entitlement.ceilings:
        if ceiling.maximum is None or ceiling.bedrag <= ceiling.maximum:
            continue
        yield _above(entitlement.case, ceiling, ceiling.maximum, book)


def _decided_above(ceiling: Ceiling, maximum: Money, book: RawBook) -> Finding:
    """A ceiling that decisions pass: what each granted stands in the sheet `beschikkingen`."""
    names = [row.beschikking for row in ceiling.besluiten]
    what = "De herzieningen" if ceiling.soort == REVISION else f"De uitkeringen van {ceiling.gemeente}"
    when = f" die in {ceiling.jaar} zijn verleend" if ceiling.jaar else ""
    return Finding(
        "beschikkingen",
        book.bladen["beschikkingen"].cell("maximum" if ceiling.uit_invoer else "bedrag", ceiling.besluiten[-1].rij),
        f"{what} uit {ceiling.regeling}{when} ({listed(names)}) zijn samen {ceiling.bedrag.dutch()}, meer dan"
        f" het maximum van {maximum.dutch()}.",
        f"Verlaag de bedragen ({'dit blad' if ceiling.uit_invoer else ceiling.regel.vindplaats}).",
    )


def _above(case: Case, ceiling: Ceiling, maximum: Money, book: RawBook) -> Finding:
    """A ceiling that is passed; a grant without a municipality of its own may be the cause."""
    if ceiling.besluiten:
        return _decided_above(ceiling, maximum, book)
    sheet = book.bladen["dekking"]
    grants = [case.source[name] for name in ceiling.bronnen]
    empty = [row for row in grants if not row.gemeente]
    wat = (
        f"De uitkeringen van {ceiling.gemeente} uit {ceiling.regeling} ({', '.join(ceiling.bronnen)})"
        f" zijn samen {ceiling.bedrag.dutch()}, meer dan het maximum van {maximum.dutch()}."
    )
    if not empty:
        doen = f"Verlaag de bedragen ({ceiling.regel.vindplaats})."
        return Finding("dekking", sheet.cell("bedrag", grants[-1].rij), wat, doen)
    names = listed([row.bron for row in empty])
    wat += (
        f" Bij {names} is gemeente leeg, en dan telt de coördinerende gemeente: {case.settings.coordinerende_gemeente}."
    )
    doen = (
        f"Vul bij {names} de gemeente in die de uitkering kreeg; klopt die, verlaag dan de bedragen"
        f" ({ceiling.regel.vindplaats})."
    )
    # Where every one is empty, that is how the case was meant, and the amounts are the first to look at.
    cell = sheet.cell("bedrag", grants[-1].rij) if empty == grants else sheet.cell("gemeente", empty[0].rij)
    return Finding("dekking", cell, wat, doen)
