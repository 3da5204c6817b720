"""The municipality that received a grant, matched against those whose maximum a rule knows.

A maximum that is not found because of a spelling would silently not be tested. So what is no known
name, capitals apart, is a finding; it says which name was most likely meant.

Source: RG-4.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from finance.case.case import Case
from finance.case.checked import ONE_BY_ONE, rows_named
from finance.case.sheets import Source
from finance.case.table import RawBook, listed, quoted
from finance.case.words import GRANT
from finance.findings import Finding, closest, nearest
from finance.rules.ceilings import Ceiling
from finance.rules.entitlement import Entitlement
from finance.rules.library import rule_sets
from finance.rules.records import CeilingRule

KEY: Final = "coordinerende_gemeente"
_ABOUT: Final = re.compile(r"\b(?:de\s+)?(?:gemeente_?|gem(?:\b|_)\.?)", re.IGNORECASE)
"""What people write around the name of a municipality."""
_BETWEEN: Final = re.compile(r"[,;/+&|]|\ben\b", re.IGNORECASE)
"""What stands between two names in one cell."""
LIKENESS: Final = 0.75
"""How much of a name must be the same beside its first letter: names look alike (Veldhoven and Eindhoven)."""
_SURE: Final = ",;/+|"
"""What stands in no name of a municipality, so that it surely separates two."""


@cache
def municipalities() -> tuple[str, ...]:
    """The municipalities of which some rule knows the maximum, in alphabetical order."""
    rules = (rule for rules in rule_sets().values() for rule in rules.regel)
    return tuple(sorted({name for rule in rules if isinstance(rule, CeilingRule) for name in rule.maxima}))


def bare_name(text: str) -> str:
    """The name of a municipality without what people write around it.

    Example:
        >>> bare_name("Gemeente  Arnhem")
        'Arnhem'
    """
    return " ".join(_ABOUT.sub(" ", text).replace("(", " ").replace(")", " ").split())


def meant_municipality(text: str, known: Collection[str]) -> str | None:
    """The known municipality that a text most likely means; None for none or more than one."""
    named = named_in(text, known)
    if named:
        return named[0] if len(named) == 1 else None
    bare = bare_name(text)
    return closest(bare, [name for name in known if name[:1].casefold() == bare[:1].casefold()], LIKENESS)


def named_in(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The known municipalities that a text names, each in its own spelling."""
    return tuple(name for name in known if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))


def several(text: str) -> tuple[str, ...]:
    """The municipalities that one cell names, where it names more than one; else nothing.

    Example:
        >>> several("Arnhem, Utrecht en Ermelo"), several("Peel en Maas")
        (('Arnhem', 'Utrecht', 'Ermelo'), ())
    """
    text = bare_name(text)
    parts = tuple(part for part in map(str.strip, _BETWEEN.split(text)) if part)
    named = named_in(text, municipalities())
    if len(parts) > 1 and (len(named) > 1 or any(sign in text for sign in _SURE)):
        return parts
    return named if len(named) > 1 else ()


def unknown_municipalities(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    """Find municipalities of which no maximum would be tested because nobody knows their name.

    Args:
        entitlement: the rules applied to the case.
        book: the tables that it came from, for the addresses.
    """
    case = entitlement.case
    cell = _coordinating_cell(case, book)
    if several(case.settings.coordinerende_gemeente):
        yield _too_many("case", cell, KEY, case.settings.coordinerende_gemeente)
    told: set[str] = set()
    for ceiling in entitlement.ceilings:
        sources = [case.source[name] for name in ceiling.bronnen]
        # A municipality that stands in `beschikkingen` is looked at there.
        grants = [row for row in sources if case.decision_of(row) is None]
        own, default = _by_cell(grants)
        yield from _own(ceiling, own, book)
        text = case.settings.coordinerende_gemeente
        if default and text not in told and not several(text) and _unknown(ceiling):
            told.add(text)
            yield Finding("case", cell, _says(KEY, text, ceiling, default), _advice(text, ceiling))


def decisions_of_several(entitlement: Entitlement, book: RawBook) -> Iterator[Finding]:
    """Find grant decisions that more than one municipality would have received.

    A name that is not known is a finding of its own, and then no second one.
    """
    case = entitlement.case
    unknown = {name for ceiling in entitlement.ceilings if _unknown(ceiling) for name in ceiling.bronnen}
    first: dict[tuple[str, str], Source] = {}
    for row in case.sources:
        if row.soort != GRANT or not row.beschikking or row.bron in unknown:
            continue
        known = first.setdefault((row.regeling, row.beschikking), row)
        one, other = case.grant_municipality(known), case.grant_municipality(row)
        if one.casefold() != other.casefold():
            yield Finding(
                "dekking",
                book.bladen["dekking"].cell("beschikking", row.rij),
                f"Beschikking {row.beschikking} is hier van gemeente {other}, en in rij {known.rij} van {one}.",
                "Een beschikking gaat naar een gemeente: geef elke beschikking een eigen naam, of maak de"
                " gemeenten gelijk (leeg is de coördinerende gemeente).",
            )


def _coordinating_cell(case: Case, book: RawBook) -> str:
    row = next(row for row in case.setting_rows if row.sleutel == KEY)
    return book.bladen["case"].cell("waarde", row.rij)


def _by_cell(grants: Iterable[Source]) -> tuple[Mapping[str, list[Source]], list[Source]]:
    """The grants by what their own cell says, and those whose cell is empty."""
    own: dict[str, list[Source]] = {}
    default = []
    for row in grants:
        if row.gemeente:
            own.setdefault(row.gemeente, []).append(row)
        else:
            default.append(row)
    return own, default


def _own(ceiling: Ceiling, own: Mapping[str, list[Source]], book: RawBook) -> Iterator[Finding]:
    for text, rows in own.items():
        cells = [book.bladen["dekking"].cell("gemeente", row.rij) for row in rows]
        if several(text):
            yield from (_too_many("dekking", cell, "gemeente", text) for cell in cells)
        elif _unknown(ceiling):
            wat, doen = _says("gemeente", text, ceiling, rows), _advice(text, ceiling)
            if len(cells) <= ONE_BY_ONE:
                yield from (Finding("dekking", cell, wat, doen) for cell in cells)
            else:
                others = rows_named([row.rij for row in rows[1:]])
                yield Finding("dekking", cells[0], wat, f"{doen} Ook in rij {others}.")


def _unknown(ceiling: Ceiling) -> bool:
    """Whether a ceiling is surely not tested because of the name."""
    return ceiling.maximum is None


def _says(key: str, text: str, ceiling: Ceiling, rows: Iterable[Source]) -> str:
    names = listed([row.bron for row in rows])
    return (
        f"{key} {quoted(text)} is geen gemeente die de regeling {ceiling.regeling} kent; het maximum van"
        f" {names} zou niet worden getoetst."
    )


def _advice(text: str, ceiling: Ceiling) -> str:
    known = ceiling.gekend
    close = meant_municipality(text, known)
    if close is not None:
        return f"Bedoelt u '{close}'?"
    return f"Noem de gemeente die de uitkering kreeg. {nearest('', known)}"


def _too_many(blad: str, cell: str, key: str, text: str) -> Finding:
    what = f"In {key} staan {len(several(text))} gemeenten: {listed(several(text))}."
    if key == KEY:
        doen = "Noem er een; zet bij elke uitkering in het blad dekking de gemeente die haar kreeg."
    else:
        doen = "Geef elke gemeente een eigen rij, met het bedrag dat zij kreeg."
    return Finding(blad, cell, what, doen)
