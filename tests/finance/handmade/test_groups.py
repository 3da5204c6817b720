"""Allocations made by hand of a case with doelgroepen: who is where follows, or is given, and is read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from finance.case import Case, build_case, read_case
from finance.findings import FindingsError
from finance.handmade import read_handmade
from finance.handmade.filling import fill
from finance.scenarios import scenario_book
from finance.statement.earlier import as_tables, earlier_result
from finance.statement.result import result_bytes, result_document
from finance.uncertainty.sampling import drawn_book
from tests.casebook import Record, raw_book
from tests.finance.books.budget import regional
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.spoiling import told

CASE: Case = regional.grouped()
PLACE = ("L1", "gesloten")


def document() -> Mapping[str, Any]:
    """The result of a plan by hand, as another program reads it."""
    read: Mapping[str, Any] = json.loads(
        result_bytes(result_document(CASE, hand_plan(CASE, regional.STARTS), "basis", INFO))
    )
    return read


def test_the_result_says_who_has_a_place_who_makes_do_and_who_has_none() -> None:
    served = hand_plan(CASE, regional.STARTS).allocation.served
    found = document()
    assert found["tekort"][0] == {"doelgroep": "ZONDER", "jaar": 2023, "plaatsen": 2.125}
    assert {row["doelgroep"] for row in found["tekort"]} == {"ZONDER", "NERGENS"}
    near = {"doelgroep": "ZONDER", "zorgvorm": "kleinschalig", "locatie": "L3", "jaar": 2022, "plaatsen": 4}
    assert near in found["opvang"]
    assert {"doelgroep": "MET", "zorgvorm": "gesloten", "jaar": 2023, "plaatsen": 17.625} in found["opvang"]
    assert sum(Fraction(str(row["plaatsen"])) for row in found["opvang"]) == sum(map(Fraction, served.values()))
    assert {"doelgroep": "ZONDER", "alternatief": "gesloten", "jaar": 2022, "plaatsen": 2.5} in found["uitwijk"]
    beside = {"doelgroep": "MET", "jaar": 2022, "kwartaal": 2, "naast": "instroom", "werkelijk": 9, "plan": 9.97260274}
    assert beside in found["realisatie_plaatsen"]
    assert [row["naast"] for row in found["realisatie_plaatsen"] if "naast" in row] == [
        "instroom",
        "behoefte",
        "opvang",
    ]


def test_a_result_is_read_back_as_the_same_allocation() -> None:
    plan = hand_plan(CASE, regional.STARTS).allocation
    data = json.dumps(dict(document())).encode()
    again = read_handmade(as_tables(earlier_result("resultaat.json", data)), CASE).allocation
    assert {at: n for at, n in again.served.items() if n} == {at: n for at, n in plan.served.items() if n}
    assert {at: n for at, n in again.used.items() if n} == {at: n for at, n in plan.used.items() if n}
    assert dict(again.payments) == dict(plan.payments)


def test_given_places_are_shared_so_that_everybody_who_can_has_one() -> None:
    """Two closed places and one of L2 are used: MET, who would take the closed ones, leaves one for ZONDER.

    With MET first in both, nobody whom it suits would be left for the place of L2.
    """
    tables = regional.grouped_tables()
    tables["geschikt"] = [
        {"doelgroep": who, "zorgvorm": form, "locatie": None, "voorkeur": 1}
        for who, form in (("MET", "ambulant"), ("MET", "gesloten"), ("ZONDER", "ambulant"))
    ]
    tables["behoefte"] = [
        {"doelgroep": who, "jaar": year, "jeugdigen": number, "herkomst": "A1"}
        for who, number in (("MET", 2), ("ZONDER", 1), ("THUIS", 0), ("NERGENS", 0))
        for year in (2022, 2023, 2024)
    ]
    tables["instroom"] = []
    tables["realisatie_plaatsen"] = []
    case = build_case(raw_book(tables))
    given = {(key, year): Decimal(0) for key in case.place for year in case.years}
    given |= {(PLACE, 2022): Decimal(1), (("L3", "ambulant"), 2022): Decimal(2)}
    _, served = fill(case, {}, given, {})
    assert served == {
        ("MET", "ambulant", 2022): Decimal(1),
        ("MET", "gesloten", 2022): Decimal(1),
        ("ZONDER", "ambulant", 2022): Decimal(1),
    }


def wrong(**sheets: list[Record]) -> list[tuple[str, str, str]]:
    with pytest.raises(FindingsError) as error:
        read_handmade(raw_book({"toewijzing": [dict.fromkeys(("maatregel",))], **sheets}), CASE)
    return [row for row in told(error.value.findings) if not row[0].startswith("toewijzing")]


def test_rows_that_the_case_cannot_mean_are_findings() -> None:
    cared = [
        {"doelgroep": "MIT", "zorgvorm": "gesloten", "locatie": None, "jaar": 2022, "plaatsen": 1},
        {"doelgroep": "MET", "zorgvorm": "kleinschalig", "locatie": None, "jaar": 2022, "plaatsen": 1},
    ]
    diverted = [{"zorgvorm": "gesloten", "alternatief": "kleinschalig", "jaar": 2022, "plaatsen": 1}]
    assert wrong(opvang=cared, uitwijk=diverted) == [
        (
            "opvang!A2",
            "doelgroep 'MIT' staat niet in het blad doelgroepen van de casus.",
            "Bedoelt u 'MET'?",
        ),
        (
            "opvang!C3",
            "In de casus hangt het van de locatie af voor wie kleinschalig geschikt is.",
            "Noem een locatie met plaatsen kleinschalig.",
        ),
        (
            "uitwijk!A2",
            "De casus heeft doelgroepen; dan zegt dit blad niet wie welke plaats gebruikt.",
            "Zet het in het blad opvang.",
        ),
    ]


def test_a_scenario_and_a_draw_change_the_stay_of_one_row() -> None:
    """Forty enter and stay seven months: 23 1/3 at once; a month longer makes 26 2/3, half as long 11 2/3."""
    tables = regional.grouped_tables()
    change = {"doelblad": "instroom", "kolom": "doorlooptijd_maanden", "filter": "doelgroep=MET;jaar=2022"}
    tables["scenarios"] = [
        {"scenario": "langer", "omschrijving": "een maand", **change, "bewerking": "plus", "waarde": 1}
    ]
    tables["onzekerheid"] = [
        {
            "omschrijving": "verblijf",
            **change,
            "bewerking": "maal",
            "verdeling": "uniform",
            "parameters": "0,5; 1,5",
            "herkomst": "A1",
        }
    ]
    book = raw_book(tables)
    case, findings = read_case(book)
    assert case is not None
    assert findings == ()
    at = ("MET", 2022)
    assert case.care.exact[at] == Fraction(70, 3)
    longer, _ = read_case(scenario_book(book, case, "langer"))
    assert longer is not None
    assert longer.care.exact[at] == Fraction(80, 3)
    after, wrong_there = drawn_book(book, case.uncertainties, [Decimal("0.5")])
    drawn, _ = read_case(after)
    assert drawn is not None
    assert wrong_there == ()
    assert drawn.care.exact[at] == Fraction(35, 3)
    assert drawn.care.young_people(2022) == case.care.young_people(2022) - Fraction(35, 3)
