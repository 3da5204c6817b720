"""Rows that stand in a sheet twice, and sheets that count for nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from finance.case.checked import Checked, rows_named
from finance.case.declaring import SheetSpec
from finance.case.layout import RETIRED
from finance.case.table import RawRow, blank, shown
from finance.findings import Finding


def equal_rows(checked: Checked) -> Iterator[Finding]:
    """Rows equal in every column, in the sheets without a key: a block that was pasted twice counts twice."""
    for spec in checked.sheets.values():
        # Where a sheet has a key, a second row with the same one is refused.
        if not spec.sleutel:
            yield from _equal_rows(checked, spec)


def _equal_rows(checked: Checked, spec: SheetSpec) -> Iterator[Finding]:
    first: dict[tuple[tuple[str, str], ...], int] = {}
    again: dict[int, list[int]] = defaultdict(list)
    for row in checked.sheet(spec.naam).rijen:
        earlier = first.setdefault(_content(row), row.nummer)
        if earlier != row.nummer:
            again[earlier].append(row.nummer)
    if not again:
        return
    copies = [row for rows in again.values() for row in rows]
    many = len(copies) > 1
    yield checked.at(
        spec.naam,
        min(copies),
        spec.columns[0].naam,
        f"Rij {rows_named(sorted(copies))} {'zijn' if many else 'is'} in elke kolom gelijk aan rij"
        f" {rows_named(sorted(again))}; {'alle tellen' if many else 'beide tellen'} mee.",
        f"Haal weg wat dubbel is{'' if many else ', of maak er een rij van'}.",
    )


def _content(row: RawRow) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, shown(cell).strip()) for name, cell in row.cellen.items() if not blank(cell)))


def retired_sheets(checked: Checked) -> Iterator[Finding]:
    """Sheets that older cases have and that count for nothing any more."""
    for name, why in RETIRED.items():
        if checked.sheet(name).rijen:
            yield Finding(name, "", f"Het blad {name} telt niet meer mee: {why}.", "Haal het blad weg.")
