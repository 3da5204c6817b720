"""The same case under other names: the alphabet of its ids runs the other way, its sheets from bottom to top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from finance.case import Case, CellValue, CostLine, RawBook, RawSheet, build_case
from finance.plan.allocation import Allocation, Outcome
from finance.rules import Entitlement
from models import arrays_of, make_plan

KINDS: Final = {
    "code": "herkomst",
    "herkomst": "herkomst",
    "aanbieder": "aanbieder",
    "locatie": "locatie",
    "zorgvorm": "zorgvorm",
    "alternatief": "zorgvorm",
    "doelgroep": "doelgroep",
    "maatregel": "maatregel",
    "project": "project",
    "vereist": "project",
    "wacht_op": "project",
    "index": "index",
    "bron": "bron",
    "krediet": "bron",
    "beschikking": "beschikking",
    "tarief": "tarief",
    "hulpbron": "hulpbron",
    "grens": "grens",
    "regio": "regio",
}
"""The kind of the ids in a column; the columns of one kind name the same things."""
LISTS: Final = {"zorgvormen": "zorgvorm"}
"""The kind of the ids in a column that holds several of them, with commas between."""
WITHOUT: Final = frozenset({"scenarios", "onzekerheid"})
"""Sheets that have no part in one plan."""

Names = Mapping[tuple[str, CellValue], str]
Places = Mapping[tuple[str, str, int], Decimal]
Amounts = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Plain:
    """A plan under its own names: what is compared.

    Attributes:
        starts: the start year of each chosen measure.
        used: used places by location, zorgvorm and year.
        short: young people without a place, by doelgroep (or zorgvorm) and year.
        paid: cents by cost line and source.
        gaps: cents by cost line.
    """

    starts: Mapping[str, int]
    used: Places
    short: Mapping[tuple[str, int], Decimal]
    paid: Amounts
    gaps: Amounts


def reversed_names(book: RawBook) -> Names:
    """A new name for every id: the last one of its kind becomes the first."""
    found: dict[str, set[CellValue]] = defaultdict(set)
    for naam, sheet in book.bladen.items():
        for row in () if naam in WITHOUT else sheet.rijen:
            for column, value in row.cellen.items():
                if column in KINDS:
                    found[KINDS[column]].add(value)
    return {
        (kind, value): f"{kind[0].upper()}{number:04d}"
        for kind, values in found.items()
        for number, value in enumerate(sorted(values, key=str, reverse=True))
    }


def renamed(book: RawBook, names: Names) -> RawBook:
    """A book with other ids and its rows from bottom to top."""
    return replace(
        book, bladen={naam: _renamed(sheet, names) for naam, sheet in book.bladen.items() if naam not in WITHOUT}
    )


def _renamed(sheet: RawSheet, names: Names) -> RawSheet:
    rows = [
        replace(
            row,
            cellen={column: _new_name(names, column, value) for column, value in row.cellen.items()},
        )
        for row in sheet.rijen
    ]
    numbers = [row.nummer for row in rows]
    return replace(
        sheet, rijen=tuple(replace(row, nummer=number) for row, number in zip(rows[::-1], numbers, strict=True))
    )


def _new_name(names: Names, column: str, value: CellValue) -> CellValue:
    if column in LISTS:
        return ", ".join(names[LISTS[column], name.strip()] for name in str(value).split(","))
    return names.get((KINDS.get(column, ""), value), value)


def planned(case: Case, starts: Mapping[str, int] | None = None) -> Allocation:
    """The plan of a case, with start years where they are given."""
    given = {} if starts is None else {row.maatregel: starts.get(row.maatregel) for row in case.measures}
    return make_plan(case, Entitlement(case), given=given, arrays=arrays_of).allocation


def plain(case: Case, allocation: Allocation, back: Mapping[tuple[str, str], str]) -> Plain:
    """A plan with its names turned back."""

    def was(kind: str, name: str) -> str:
        return back.get((kind, name), name)

    def line(row: CostLine) -> tuple[str, ...]:
        return (
            was("maatregel", row.maatregel),
            was("locatie", row.locatie),
            was("zorgvorm", row.zorgvorm),
            row.kostensoort,
            str(row.jaar),
            was("bron", row.krediet),
        )

    outcome = Outcome(case, allocation)
    return Plain(
        starts={was("maatregel", name): year for name, year in allocation.starts.items()},
        used={
            (was("locatie", at[0]), was("zorgvorm", at[1]), year): number
            for (at, year), number in allocation.used.items()
        },
        short={
            (was("doelgroep" if case.care_groups else "zorgvorm", who), year): Decimal(number.numerator)
            / number.denominator
            for (who, year), number in outcome.short.items()
        },
        paid={(*line(row), was("bron", bron)): amount.cents for (row, bron), amount in allocation.payments.items()},
        gaps={line(row): amount.cents for row, amount in outcome.gaps.items()},
    )


def both_ways(book: RawBook, case: Case) -> tuple[Plain, Plain]:
    """The plan of a case, and that of the same case under other names with the same measures chosen.

    Where a goal has speling, both are plans of those measures: the room is counted from the best that they reach.
    """
    allocation = planned(case)
    if any(goal.speling for goal in case.goals):
        allocation = planned(case, allocation.starts)
    names = reversed_names(book)
    other = build_case(renamed(book, names))
    starts = {names["maatregel", name]: year for name, year in allocation.starts.items()}
    back = {(kind, new): str(old) for (kind, old), new in names.items()}
    return plain(case, allocation, {}), plain(other, planned(other, starts), back)


def furthest(one: Mapping[tuple[str, ...], int], other: Mapping[tuple[str, ...], int]) -> int:
    """The largest difference of two sets of amounts, in cents."""
    return max((abs(one.get(key, 0) - other.get(key, 0)) for key in one.keys() | other.keys()), default=0)
