"""What the declaration of the columns says of the rows together: references, keys, years."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator
from typing import Final

from finance.case.checked import Checked
from finance.case.declaring import ColumnSpec, SheetSpec
from finance.case.series import FEWEST, continued
from finance.case.sheets import SHEETS
from finance.case.table import quoted
from finance.case.total_rows import AWAY, is_total
from finance.findings import Finding, closest, nearest

HOMES: Final = {"project": ("maatregelen", "project")}
"""Where ids live that are not the first column of the sheet they refer to."""
FREE: Final = frozenset(("beschikkingen",))
"""The sheets that may be left out: then ids that refer to them are names of the reader's own."""
GROUPING: Final = (
    ("beschikkingen", "beschikking"),
    ("dekking", "beschikking"),
    ("behoefte", "groep"),
    ("instroom", "groep"),
    ("hulpbronnen", "hulpbron"),
    ("plaatsgrenzen", "grens"),
    ("indexen", "index"),
    ("maatregelen", "project"),
    ("onzekerheid", "correlatiegroep"),
    ("scenarios", "scenario"),
    ("tarief", "tarief"),
)
"""The columns whose words are names of the reader's own, by which rows belong together."""
_SEEN_HARDLY: Final = r"[\s\-_\u2010-\u2015\u2212'\"`\u00b4\u2018-\u201f]"
_HARDLY_SEEN: Final = re.compile(_SEEN_HARDLY)
_BETWEEN_DIGITS: Final = re.compile(rf"(?<=\d){_SEEN_HARDLY}+(?=\d)")
_BELOW_ZERO: Final = re.compile(r"(?<!\S)[-\u2013\u2212]\s*(?=\d[\d.,]*\s*%)")
PROVENANCE: Final = "herkomst"
"""The sheet whose codes many rows share, so that one after another is no list."""
SUGGESTED: Final = 10
"""So many unknown ids of a column get the nearest known one; finding it takes time."""


def home(ref: str) -> tuple[str, str]:
    """The sheet and the column in which the ids of a reference stand."""
    return HOMES.get(ref) or (ref, SHEETS[ref].columns[0].naam)


def references(checked: Checked) -> Iterator[Finding]:
    """Find ids that the sheet they refer to does not have."""
    for spec in SHEETS.values():
        for column in spec.columns:
            if column.info.ref:
                yield from _column_references(checked, spec.naam, column)


def _column_references(checked: Checked, blad: str, column: ColumnSpec) -> Iterator[Finding]:
    there, key = home(column.info.ref)
    if not checked.has(there, key):
        # A column that may stay empty can name what a sheet that is absent would only explain.
        if not column.optioneel and SHEETS[there].optioneel and there not in checked.book.bladen:
            yield from _nothing_there(checked, blad, column.naam, there)
        return
    known = checked.ids(there, key)
    if not known:
        if there in FREE:
            return
        yield from _nothing_there(checked, blad, column.naam, there)
        return
    sums = checked.totals(blad)
    cells = [(row, str(name)) for row, name in checked.cells(blad, column.naam) if row not in sums]
    counted = continued(cells, known, 1 if there == PROVENANCE else FEWEST)
    of_series = {row for series in counted for row in series.rijen}
    for series in counted:
        yield checked.at(blad, series.rijen[0], column.naam, *series.says(column.naam))
    unknown: dict[str, list[int]] = {}
    for row, name in cells:
        if name not in known and row not in of_series:
            unknown.setdefault(name, []).append(row)
    for name in _maybe_there(unknown, known, checked.unnamed(there, key)):
        del unknown[name]
    for number, (name, rows) in enumerate(unknown.items()):
        where = "is geen project in" if key == "project" else "staat niet in"
        wat = f"{column.naam} {quoted(name)} {where} het blad {there}."
        yield from checked.at_each(blad, rows, column.naam, wat, _advice(name, known, there, number))


def _maybe_there(unknown: Collection[str], known: Collection[str], unnamed: int) -> list[str]:
    """The unknown ids that rows may have that do not show their own; that these do not is a finding already.

    Where there are more than such rows, what looks like a known id was misspelt, and the others may be there.
    """
    if len(unknown) <= unnamed:
        return list(unknown)
    unlike = [name for name in unknown if closest(name, known) is None] if unnamed else []
    return unlike if len(unlike) <= unnamed else []


def _nothing_there(checked: Checked, blad: str, column: str, there: str) -> Iterator[Finding]:
    """One finding for all sheets that refer to a sheet without rows."""
    if not any(checked.cells(blad, column)):
        return
    if there not in checked.book.bladen:
        wat = f"Het blad {there} ontbreekt, maar het blad {blad} verwijst ernaar."
        yield Finding(there, "", wat, f"Voeg het blad {there} toe, of haal de rijen van {blad} weg.")
    else:
        yield Finding(
            there,
            "rij 2",
            f"Het blad {there} heeft nog geen rijen, maar andere bladen verwijzen ernaar.",
            f"Vul het blad {there}.",
        )


def _advice(name: str, known: Collection[str], there: str, number: int) -> str:
    if is_total(name):
        return AWAY
    if number < SUGGESTED:
        return nearest(name, known)
    alike = next((other for other in known if other.casefold() == name.casefold()), None)
    return f"Bedoelt u '{alike}'?" if alike else f"Voeg het toe aan het blad {there} of verbeter het."


def spelled_alike(checked: Checked) -> Iterator[Finding]:
    """Find names that look like an earlier one but are another: a workbook, or a reader, takes them for one.

    A name by which rows belong together may not differ in capitals, dashes, quotes or blanks only:
    then a cap or a choice would hold for each half apart. Other names may not differ in capitals only.
    """
    homes = {home(column.info.ref) for spec in SHEETS.values() for column in spec.columns if column.info.ref}
    for blad, column in sorted(homes.union(GROUPING)):
        yield from _spelled_alike(checked, blad, column)


def _spelled_alike(checked: Checked, blad: str, column: str) -> Iterator[Finding]:
    first: dict[str, tuple[str, int]] = {}
    others: dict[str, list[int]] = {}
    alike = loosely if (blad, column) in GROUPING else str.casefold
    for row, cell in checked.cells(blad, column):
        name = str(cell)
        if first.setdefault(alike(name), (name, row))[0] != name:
            others.setdefault(name, []).append(row)
    for name, rows in others.items():
        earlier, at = first[alike(name)]
        if name.casefold() == earlier.casefold():
            if blad == "scenarios":
                continue  # They would share a folder, and that is a finding of its own.
            difference = "alleen in hoofdletters", ", en Excel ziet dat verschil niet."
        else:
            difference = "alleen in streepjes, aanhalingstekens, spaties of hoofdletters", ""
        yield from checked.at_each(
            blad,
            rows,
            column,
            f"{column} {quoted(name)} verschilt {difference[0]} van {quoted(earlier)} in rij {at}"
            f"{difference[1] or ': dan horen die rijen niet bij elkaar.'}",
            "Schrijf ze gelijk als hetzelfde is bedoeld; geef anders een van beide een andere naam.",
        )


def loosely(name: str) -> str:
    """A name without what a reader hardly sees: capitals, dashes, quotes and blanks.

    Between two digits something stays, so that P1-1 is not P11; so does the sign of a percentage.

    Example:
        >>> loosely("Rotterdam 2020") == loosely("rotterdam\u20132020"), loosely("P1-1") == loosely("P11")
        (True, False)
        >>> loosely("loon -1%") == loosely("loon 1%")
        False
    """
    signed = _BELOW_ZERO.sub("min", name.casefold())
    return _HARDLY_SEEN.sub("", _BETWEEN_DIGITS.sub("|", signed))


def repeated_keys(checked: Checked) -> Iterator[Finding]:
    """Find rows whose key an earlier row of the sheet has."""
    for spec in checked.sheets.values():
        if spec.sleutel:
            yield from _repeated_keys(checked, spec)


def _repeated_keys(checked: Checked, spec: SheetSpec) -> Iterator[Finding]:
    first: dict[Hashable, int] = {}
    optional = {column.naam: column.standaard for column in spec.columns if column.optioneel}
    for row, key in checked.records(spec.naam, *spec.sleutel):
        parts = dict(zip(spec.sleutel, key, strict=True))
        if any(value is None and name not in optional for name, value in parts.items()):
            continue
        # An empty cell and one that says what empty means are the same.
        meant = tuple(optional.get(name) if value is None else value for name, value in parts.items())
        earlier = first.setdefault(meant, row)
        if earlier != row:
            named = ", ".join(f"{name} {value}" for name, value in parts.items() if value is not None)
            yield checked.at(
                spec.naam,
                row,
                next(name for name, value in parts.items() if value is not None),
                f"Dubbele rij: {named} staat ook in rij {earlier}.",
                "Verwijder een van beide rijen of verander de sleutel.",
            )


def years_inside(checked: Checked) -> Iterator[Finding]:
    """Find years outside the case, in the columns whose years must lie inside it."""
    for spec in checked.sheets.values():
        for column in spec.columns:
            if column.info.in_case:
                yield from _years_inside(checked, spec.naam, column.naam)


def _years_inside(checked: Checked, blad: str, column: str) -> Iterator[Finding]:
    span = checked.years
    if span is None:
        return
    outside: dict[object, list[int]] = {}
    for row, year in checked.cells(blad, column):
        if year not in span:
            outside.setdefault(year, []).append(row)
    for year, rows in outside.items():
        yield from checked.at_each(
            blad,
            rows,
            column,
            f"{column} {year} ligt buiten de casus ({span.first} tot en met {span.last}).",
            "Verander het jaar, of eerste_jaar of laatste_jaar in het blad case.",
        )
