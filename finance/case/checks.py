"""How the rows of a case must hang together.

Each check is one function that yields findings. `check_case` runs them all; a case without
findings can be compiled into a model without asking further.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from finance.calendar import YearSpan
from finance.case.actual_checks import actuals, closed_through, credit_ends, credit_years_kept, proceeds, starts
from finance.case.allocation_keys import allocation_keys
from finance.case.bounds import bounds
from finance.case.care_checks import care_groups
from finance.case.case import Case
from finance.case.checked import LONGEST_CASE, Checked
from finance.case.choices import choices
from finance.case.columns import YES_NO
from finance.case.cycles import cycles
from finance.case.decision_checks import grant_decisions
from finance.case.declaring import Row
from finance.case.goal_checks import goals
from finance.case.index_checks import tariff_indexes
from finance.case.place_prices import place_prices
from finance.case.pricing import empty_prices
from finance.case.realised_places import realised_places
from finance.case.references import references, repeated_keys, spelled_alike, years_inside
from finance.case.regions import regions
from finance.case.resources import resources
from finance.case.scale import out_of_scale
from finance.case.sheets import Places, names_groups, sheets_of
from finance.case.source_checks import SOURCE_CHECKS
from finance.case.table import RawBook, listed
from finance.case.tariffs import tariffs
from finance.case.uncertainties import uncertainties
from finance.findings import Finding

Check = Callable[[Checked], Iterator[Finding]]
"""Yields what it finds in a case."""
NAMED_IN_CYCLE: Final = 8


def _case_years(checked: Checked) -> Iterator[Finding]:
    settings = checked.case.settings
    if {"eerste_jaar", "laatste_jaar"} & checked.unread:
        return
    row = next(row for row, key in checked.cells("case", "sleutel") if key == "laatste_jaar")
    if settings.laatste_jaar < settings.eerste_jaar:
        yield checked.at(
            "case",
            row,
            "waarde",
            f"laatste_jaar {settings.laatste_jaar} ligt voor eerste_jaar {settings.eerste_jaar}.",
            "Verander een van beide.",
        )
    elif len(checked.case.years) > LONGEST_CASE:
        yield checked.at(
            "case",
            row,
            "waarde",
            f"De casus duurt {len(checked.case.years)} jaar.",
            f"Houd het op hooguit {LONGEST_CASE} jaar.",
        )


def _estate_plan(checked: Checked) -> Iterator[Finding]:
    """The real-estate plan compares need and places of each zorgvorm; with doelgroepen none has its own need."""
    if checked.case.settings.vastgoedplan == YES_NO[0] and checked.case.care_groups:
        row = next(row for row, key in checked.cells("case", "sleutel") if key == "vastgoedplan")
        yield checked.at(
            "case",
            row,
            "waarde",
            "Het vastgoedplan vergelijkt vraag en aanbod per zorgvorm, en met doelgroepen is er geen vraag per"
            " zorgvorm.",
            "Typ nee, of laat het blad doelgroepen weg.",
        )


def _alternatives(checked: Checked) -> Iterator[Finding]:
    for row in checked.case.alternatives:
        if row.zorgvorm == row.alternatief:
            yield checked.at(
                "uitwijk",
                row.rij,
                "alternatief",
                f"Zorgvorm {row.zorgvorm} wijkt hier uit naar zichzelf.",
                "Noem een andere zorgvorm of haal de rij weg.",
            )


def _effect_places(checked: Checked) -> Iterator[Finding]:
    if not checked.has("plaatsen"):
        return
    known = checked.ids("locaties", "locatie"), checked.ids("zorgvormen", "zorgvorm")
    given = checked.pairs("plaatsen", ("locatie", "zorgvorm"), known)
    absent: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row, (location, form) in checked.records("effecten", "locatie", "zorgvorm"):
        # An unknown id is a finding of its own.
        if location in known[0] and form in known[1] and given.lack(location, form):
            absent[location, form].append(row)
    for (location, form), rows in absent.items():
        yield from checked.at_each(
            "effecten",
            rows,
            "locatie",
            f"Het blad plaatsen heeft geen rij voor locatie {location} en zorgvorm {form}.",
            "Voeg die rij toe aan plaatsen, desnoods met 0 plaatsen.",
        )


def _demand_complete(checked: Checked) -> Iterator[Finding]:
    if checked.years is None or not checked.has("vraag") or names_groups(checked.book):
        return
    known = checked.ids("zorgvormen", "zorgvorm")
    given = checked.pairs("vraag", ("zorgvorm", "jaar"), (known, checked.years))
    needed = [form for blad in ("plaatsen", "effecten") for _, form in checked.cells(blad, "zorgvorm")]
    for form in dict.fromkeys(map(str, needed)):
        absent = [year for year in checked.years if form in known and given.lack(form, year)]
        if absent:
            yield Finding(
                "vraag",
                "",
                f"Voor zorgvorm {form} ontbreekt de vraag in {listed(absent)}.",
                "Voeg voor elk jaar van de casus een rij toe, desnoods met 0 jeugdigen.",
            )


def _start_windows(checked: Checked) -> Iterator[Finding]:
    for row in checked.case.measures:
        if row.laatste_start < row.vroegste_start:
            yield checked.at(
                "maatregelen",
                row.rij,
                "laatste_start",
                f"laatste_start {row.laatste_start} ligt voor vroegste_start {row.vroegste_start}.",
                "Verander een van beide jaren.",
            )


def _project_cycles(checked: Checked) -> Iterator[Finding]:
    cells = _project_needs(checked)
    for cell, project, needed in cells:
        if project == needed:
            yield Finding(
                "maatregelen",
                cell,
                f"Project {project} verwijst hier naar zichzelf.",
                "Noem een ander project of maak de cel leeg.",
            )
    needs: dict[str, dict[str, str]] = defaultdict(dict)
    for cell, project, needed in cells:
        if project != needed:
            needs[project].setdefault(needed, cell)
    for cycle in cycles(needs):
        yield _cycle_finding(cycle, needs)


def _project_needs(checked: Checked) -> list[tuple[str, str, str]]:
    """Each cell in which a project names another one: the cell, the project, the one it names."""
    sheet = checked.sheet("maatregelen")
    return [
        (sheet.cell(column, row), str(project), str(needed))
        for column in ("vereist", "wacht_op")
        for row, (project, needed) in checked.records("maatregelen", "project", column)
        if project and needed
    ]


def _cycle_finding(cycle: tuple[str, ...], needs: Mapping[str, Mapping[str, str]]) -> Finding:
    following = [*cycle[1:], cycle[0]]
    cells = [needs[project][needed] for project, needed in zip(cycle, following, strict=True)]
    shown = [*cycle, cycle[0]] if len(cycle) <= NAMED_IN_CYCLE else [*cycle[:NAMED_IN_CYCLE], "..."]
    return Finding(
        "maatregelen",
        cells[0],
        f"Projecten wachten in een kring op elkaar: {' -> '.join(shown)}.",
        f"Haal een van deze verwijzingen weg: {', '.join(cells[:NAMED_IN_CYCLE])}.",
    )


def _index_years(checked: Checked) -> Iterator[Finding]:
    if checked.years is None or "prijspeil" in checked.unread:
        return
    known = checked.ids("indexen", "index")
    given = checked.pairs("indexen", ("index", "jaar"), (known, None))
    first = checked.case.settings.prijspeil + 1
    lacking: dict[tuple[int, ...], list[str]] = defaultdict(list)
    needed = _last_needed(checked, checked.years)
    for index, (last, _, _) in needed.items():
        absent = tuple(year for year in YearSpan(first, last) if index in known and given.lack(index, year))
        if absent:
            lacking[absent].append(index)
    for absent, indexes in lacking.items():
        last, blad, row = needed[indexes[0]]
        all_lack = len(indexes) > 1 and absent[0] == first and set(indexes) == set(needed)
        wat = f"{_named(indexes)} geen percentage voor {listed(absent)}."
        doen = (
            f"Voeg toe wat ontbreekt: nodig zijn de jaren na prijspeil {first - 1} tot en met {last}"
            f" (onder meer voor {blad} rij {row.rij}){'; of verander prijspeil.' if all_lack else '.'}"
        )
        yield checked.setting("prijspeil", wat, doen) if all_lack else Finding("indexen", "", wat, doen)


def _named(indexes: list[str]) -> str:
    return f"Index {indexes[0]} heeft" if len(indexes) == 1 else f"De indexen {listed(indexes)} hebben"


def _last_price(case: Case, place: Places, years: YearSpan) -> int:
    """The last year to which the index of a place is needed: that of the case, or of the tariff of its prices."""
    elsewhere = case.tariff_choice(place).elsewhere if empty_prices(place) else ()
    return max([years.last, *(key.jaar for key in elsewhere)])


def _last_needed(checked: Checked, years: YearSpan) -> dict[str, tuple[int, str, Row]]:
    """The last year in which each index is needed, and a row that needs it."""
    case = checked.case
    needed: dict[str, tuple[int, str, Row]] = {}
    for place in case.places:
        year = _last_price(case, place, years)
        if place.index not in needed or year > needed[place.index][0]:
            needed[place.index] = (year, "plaatsen", place)
    starts = {row.maatregel: case.start_years(row) for row in case.measures}
    for cost in case.costs:
        possible = starts.get(cost.maatregel, ())
        # What has started may cost something after the last year: a finding of its own.
        year = min(max(possible, default=0) + cost.na_jaren, years.last)
        if possible and (cost.index not in needed or year > needed[cost.index][0]):
            needed[cost.index] = (year, "kosten", cost)
    needed.pop("", None)
    return needed


CHECKS: Final[tuple[Check, ...]] = (
    references,
    repeated_keys,
    spelled_alike,
    years_inside,
    _case_years,
    _estate_plan,
    place_prices,
    _alternatives,
    care_groups,
    bounds,
    _effect_places,
    _demand_complete,
    _start_windows,
    _project_cycles,
    choices,
    resources,
    _index_years,
    *SOURCE_CHECKS,
    regions,
    allocation_keys,
    grant_decisions,
    goals,
    closed_through,
    actuals,
    credit_years_kept,
    credit_ends,
    starts,
    proceeds,
    realised_places,
    tariffs,
    tariff_indexes,
    uncertainties,
    out_of_scale,
)


def check_case(case: Case, book: RawBook, unread: frozenset[str] = frozenset()) -> list[Finding]:
    """Run every check on a case.

    Args:
        case: the case; rows with unreadable cells are missing from it.
        book: the tables that it came from.
        unread: the keys of the sheet `case` that could not be read; the case has stand-ins for them.

    Returns:
        The findings, in the order of the checks.
    """
    checked = Checked(case, book, unread, sheets_of(book))
    return [finding for check in CHECKS for finding in check(checked)]
