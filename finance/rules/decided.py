"""What the rules find in the sheet `beschikkingen`: municipalities, maxima, and revisions of a year.

Source: RG-4, RG-13 to RG-15.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finance.case.sheets import GrantDecision
from finance.case.table import RawBook, listed, quoted
from finance.findings import Finding, nearest
from finance.rules.ceilings import BASIC, REVISION
from finance.rules.entitlement import Entitlement
from finance.rules.municipalities import meant_municipality, several
from finance.rules.records import CeilingRule
from finance.rules.revision import REGULATION, RevisionRules

BLAD: Final = "beschikkingen"


def decided_by_rules(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    """Find decisions that their regulation cannot have made, or of which no maximum would be tested.

    Args:
        entitlement: the rules applied to the case.
        book: the tables that it came from, for the addresses.
    """
    for row in entitlement.case.grant_decisions:
        yield from _municipality(entitlement, row, book)
        yield from _revision(entitlement, row, book)


def _at(book: RawBook, row: GrantDecision, column: str, wat: str, doen: str) -> Finding:
    return Finding(BLAD, book.bladen[BLAD].cell(column, row.rij), wat, doen)


def _municipality(entitlement: Entitlement, row: GrantDecision, book: RawBook) -> Iterator[Finding]:
    """A name that the regulation does not know asks for a maximum; one that it nearly knows is a slip."""
    year = max(entitlement.known.peildatum.year, entitlement.case.years.first)
    rule = entitlement.rule(row.regeling, "plafond", year)
    if not isinstance(rule, CeilingRule):
        return
    known, text = tuple(sorted(rule.maxima)), row.gemeente
    if len(several(text)) > 1:
        yield _at(
            book,
            row,
            "gemeente",
            f"In gemeente staan {len(several(text))} gemeenten: {listed(several(text))}.",
            "Geef elke gemeente een eigen beschikking.",
        )
    elif text.casefold() in map(str.casefold, rule.maxima):
        yield from _said_twice(row, rule, book)
        yield from _basic_year(row, rule, book)
    elif (close := meant_municipality(text, known)) is not None and close.casefold() != text.casefold():
        wat = f"gemeente {quoted(text)} is geen gemeente die de regeling {row.regeling} kent."
        yield _at(book, row, "gemeente", wat, f"Bedoelt u {quoted(close)}?")
    else:
        yield from _unknown(entitlement, row, book, known)


def _said_twice(row: GrantDecision, rule: CeilingRule, book: RawBook) -> Iterator[Finding]:
    if row.maximum is not None:
        yield _at(
            book,
            row,
            "maximum",
            f"De regeling {row.regeling} zegt zelf wat het maximum van {row.gemeente} is ({rule.vindplaats}).",
            "Maak de cel leeg.",
        )


def _basic_year(row: GrantDecision, rule: CeilingRule, book: RawBook) -> Iterator[Finding]:
    years = sorted({year for amounts in rule.maxima_per_jaar.values() for year in amounts})
    if row.soort == BASIC and years and row.jaar is not None and row.jaar not in years:
        wat = f"{row.beschikking} is verleend in {row.jaar}; basisbedragen zijn er van {listed(years)}."
        column = "datum" if row.verleend_in is None else "verleend_in"
        yield _at(book, row, column, wat, "Verbeter het jaar, of kies bij soort herziening of restant.")


def _unknown(entitlement: Entitlement, row: GrantDecision, book: RawBook, known: tuple[str, ...]) -> Iterator[Finding]:
    others = [
        other
        for other in entitlement.case.grant_decisions
        if (other.regeling, other.gemeente.casefold()) == (row.regeling, row.gemeente.casefold())
    ]
    given = [other for other in others if other.maximum is not None]
    if not given:
        yield _at(
            book,
            row,
            "maximum",
            f"De regeling {row.regeling} kent gemeente {quoted(row.gemeente)} niet, en maximum is leeg: haar"
            " uitkering zou niet worden getoetst.",
            f"Vul het maximum in, of verbeter de gemeente. {nearest('', known)}",
        )
    elif row.maximum is not None and row.maximum != given[0].maximum:
        yield _at(
            book,
            row,
            "maximum",
            f"maximum {row.maximum.dutch()} van {row.gemeente} is anders dan in rij {given[0].rij}.",
            "Maak ze gelijk: een gemeente heeft per regeling een maximum.",
        )


def _revision(entitlement: Entitlement, row: GrantDecision, book: RawBook) -> Iterator[Finding]:
    """A revision, and what was left over, are of the regulation of 2024; a revision is of one of its rounds."""
    if row.soort == BASIC:
        return
    if row.regeling != REGULATION:
        wat = f"De regeling {row.regeling} kent geen {row.soort}; dat doet alleen {REGULATION}."
        yield _at(book, row, "soort", wat, "Kies bij soort basis, of noem een andere regeling.")
    elif row.soort == REVISION:
        rounds = [item.jaar for item in RevisionRules(entitlement.known).rounds]
        if row.jaar is None:
            wat = f"Van de herziening {row.beschikking} is niet bekend wanneer zij is verleend."
            doen = f"Vul datum of verleend_in in: per jaar geldt een eigen bedrag ({listed(rounds)})."
            yield _at(book, row, "verleend_in", wat, doen)
        elif rounds and row.jaar not in rounds:
            wat = f"De herziening {row.beschikking} is verleend in {row.jaar}; herzien wordt in {listed(rounds)}."
            yield _at(book, row, "datum" if row.verleend_in is None else "verleend_in", wat, "Verbeter het jaar.")
