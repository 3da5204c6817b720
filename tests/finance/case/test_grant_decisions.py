"""What a source takes from its grant decision."""

from __future__ import annotations

from datetime import date

from finance.case import Case, build_case
from tests.casebook import Record, raw_book, small_case


def decided(*decisions: Record, **cells: object) -> Case:
    """The small case with decisions, and with cells of its grant changed."""
    tables = small_case()
    tables["dekking"][0] |= cells
    tables["beschikkingen"] = [{"regeling": "vastgoedtransitie-2020", "herkomst": "B1"} | row for row in decisions]
    return build_case(raw_book(tables))


ARNHEM: Record = {"beschikking": "BES-1", "gemeente": "Arnhem", "bedrag": 2_400_000}


def test_a_grant_without_municipality_takes_that_of_its_decision_before_the_coordinating_one() -> None:
    case = decided(ARNHEM)
    assert case.grant_municipality(case.source["SPUK"]) == "Arnhem"
    assert (
        case.grant_municipality(decided(ARNHEM | {"beschikking": "X"}, beschikking=None).source["SPUK"]) == "Rotterdam"
    )


def test_the_year_of_granting_is_as_given_or_that_of_its_date() -> None:
    dated = ARNHEM | {"datum": date(2020, 12, 1)}
    given = [row.jaar for row in decided(ARNHEM, dated | {"beschikking": "B"}).grant_decisions]
    assert given == [None, 2020]
    (row,) = decided(ARNHEM | {"verleend_in": 2021}).grant_decisions
    assert row.jaar == 2021


def test_a_decision_is_basic_unless_it_says_otherwise_and_names_what_a_revision_is_for() -> None:
    revision = ARNHEM | {"soort": "Herziening", "locatie": "L1", "kostensoorten": "Afstoten, verbouwen,afstoten"}
    basic, revised = decided(ARNHEM, revision | {"beschikking": "B"}).grant_decisions
    assert (basic.soort, basic.locatie, basic.kostensoorten) == ("basis", "", ())
    assert (revised.soort, revised.locatie, revised.kostensoorten) == ("herziening", "L1", ("afstoten", "verbouwen"))
