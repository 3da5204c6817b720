"""Scenarios and draws over what regions say besides: each sheet and column once, with what the case then says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest

from finance.case import Case, build_case, read_case
from finance.scenarios import apply_scenario
from finance.uncertainty.sampling import drawn_book, value_at
from tests.casebook import Record, raw_book
from tests.finance.scenarios.changes import NAME, change_rows, read
from tests.models.bare import GRANT, Bare, bound, claim, cost, effect, financed, measure, places, resource, source

CASE: Final = Bare(
    last=2023,
    places=[places("L1", "gesloten", 4), places("L2", "open", 2)],
    measures=[measure("M1") | {"keuze": "mag"}, measure("M2")],
    effects=[effect("M1", "L1", "gesloten", -4, maand=7, aanloop="nee"), effect("M2", "L2", "open", 2)],
    costs=[cost("M1", "verbouwen", 1_000)],
    sources=[
        source("SPUK", "spuk", 500, (2022, 2023), beschikking="B-1"),
        source("PXQ", "pxq", None, (2022, 2023)),
    ],
    funding=[
        financed("PXQ", 2022, 2, 100, maand=1),
        financed("PXQ", 2022, 2, 200, maand=7),
        financed("PXQ", 2023, 2, 200, maand=1),
    ],
    more={
        "hulpbronnen": resource("BOUW", 2, 1),
        "beslag": [claim("M1", "BOUW", 1), claim("M2", "BOUW", Decimal("0.5"))],
        "plaatsgrenzen": [bound("G", "gesloten, open", 2023, 2, 6)],
        "regios": [
            {"regio": name, "naam": name, "sleutel": key, "herkomst": "B1"} for name, key in (("R1", 3), ("R2", 1))
        ],
        "beschikkingen": [
            {
                "beschikking": "B-1",
                "gemeente": "Rotterdam",
                "regeling": GRANT,
                "bedrag": 800,
                "besteedbaar_tot": date(2023, 12, 31),
                "herkomst": "B1",
            }
        ],
    },
)
Said = Callable[[Case], object]
CHANGES: Final[dict[str, tuple[str, str, str | None, str, object, Said, object]]] = {
    "keuze": ("maatregelen", "keuze", "maatregel=M1", "zet", "niet", lambda c: c.start_years(c.measure["M1"]), ()),
    "hulpbronnen": ("hulpbronnen", "beschikbaar", "jaar=2023", "maal", 3, lambda c: c.resources[1].beschikbaar, 3),
    "beslag": (
        "beslag",
        "hoeveelheid",
        "maatregel=M2",
        "plus",
        Decimal("0.25"),
        lambda c: c.used_by({"M1": 2022, "M2": 2022}, "BOUW", 2022),
        Decimal("1.75"),
    ),
    "ondergrens": ("plaatsgrenzen", "ondergrens", "grens=G", "plus", 2, lambda c: c.place_bounds[0].ondergrens, 4),
    "bovengrens": ("plaatsgrenzen", "bovengrens", None, "zet", 5, lambda c: c.place_bounds[0].bovengrens, 5),
    "maand": (
        "effecten",
        "maand",
        "maatregel=M1",
        "zet",
        10,
        lambda c: c.effects[0].in_force(2022, 2022),
        Fraction(1, 4),
    ),
    "aanloop": ("effecten", "aanloop", "maatregel=M1", "zet", "ja", lambda c: c.effects[0].aanloop, True),
    "financiering.maand": (
        "financiering",
        "maand",
        "jaar=2022;prijs=200",
        "zet",
        4,
        lambda c: [c.part_of_year(row) for row in c.funding],
        [Fraction(1, 4), Fraction(3, 4), 1],
    ),
    "regios": ("regios", "sleutel", "regio=R2", "maal", 2, lambda c: [row.sleutel for row in c.regions], [3, 2]),
    "beschikkingen.bedrag": (
        "beschikkingen",
        "bedrag",
        None,
        "maal",
        Decimal("0.75"),
        lambda c: str(c.grant_decisions[0].bedrag),
        "600.00",
    ),
    "beschikkingen.besteedbaar_tot": (
        "beschikkingen",
        "besteedbaar_tot",
        "beschikking=B-1",
        "zet",
        date(2023, 6, 30),
        lambda c: c.decided_ends,
        {"B-1": date(2023, 6, 30)},
    ),
}
OTHER: Final = {"niet": "mag", "ja": "nee"}
DRAWN: Final = [name for name, change in CHANGES.items() if not isinstance(change[4], date)]
"""What a distribution can be written of."""
DRAWN.remove("financiering.maand")  # it says which row it is


def listed(value: object) -> str:
    """A list of a value and another one."""
    other = OTHER[value] if isinstance(value, str) else Decimal(str(value)) + 1
    return f"{value}; {other}".replace(".", ",")


@pytest.mark.parametrize("name", CHANGES)
def test_a_scenario_changes_it(name: str) -> None:
    *change, said, expected = CHANGES[name]
    book = raw_book({**CASE.tables(), "scenarios": change_rows(tuple(change))})  # type: ignore[arg-type]
    before = build_case(raw_book(CASE.tables()))
    after, findings = apply_scenario(book, read(book).scenario_changes, NAME)
    assert findings == ()
    case, wrong = read_case(after)
    assert wrong == ()
    assert case is not None
    assert said(before) != expected
    assert said(case) == expected


@pytest.mark.parametrize("name", DRAWN)
def test_a_draw_changes_it(name: str) -> None:
    """A list of two values: a tenth of the draws lies in its first half."""
    *_, value, said, expected = CHANGES[name]
    book = raw_book({**CASE.tables(), "onzekerheid": [uncertain(name, listed(value))]})
    case, findings = read_case(book)
    assert findings == ()
    assert case is not None
    (row,) = case.uncertainties
    after, wrong = drawn_book(book, [row], [value_at(row, Fraction(1, 10))])
    assert wrong == ()
    assert said(build_case(after)) == expected


def test_the_month_of_a_row_of_financing_says_which_row_it_is_and_is_not_drawn() -> None:
    book = raw_book({**CASE.tables(), "onzekerheid": [uncertain("financiering.maand", "4; 5")]})
    _, findings = read_case(book)
    assert findings[0].cel == "C2"
    assert "maand zegt in het blad financiering welke rij het is" in findings[0].wat


def uncertain(name: str, parameters: str) -> Record:
    """A row of `onzekerheid`."""
    sheet, column, where, verb, *_ = CHANGES[name]
    return {
        "omschrijving": "O",
        "doelblad": sheet,
        "kolom": column,
        "filter": where,
        "bewerking": verb,
        "verdeling": "lijst",
        "parameters": parameters,
        "correlatiegroep": None,
        "herkomst": "B1",
    }
