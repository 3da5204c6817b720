"""The strategic real-estate plan in five sheets, where the case asks for it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from finance.books.budget import estate
from finance.books.budget.draft import Draft
from finance.books.budget.estate_rows import buildings, forms_now, future, needed, steps, variants
from finance.case import Case, build_case, read_case
from finance.money import Money
from finance.statement import Statement
from tests.casebook import raw_book
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.models.bare import Bare, cost, effect, measure, places, source

GROVE = Bare(
    last=2024,
    places=[places("L1", "gesloten", 20), places("L2", "open", 0)],
    need={
        ("gesloten", 2022): 18,
        ("gesloten", 2023): 9,
        ("gesloten", 2024): 0,
        ("open", 2022): 0,
        ("open", 2023): 4,
        ("open", 2024): 9,
    },
    measures=[
        measure("SLUITEN", "HUIS", (2022, 2023), locatie="L1", waardering=2),
        measure("OMBOUWEN", "HUIS", (2022, 2023), locatie="L1", waardering=7),
        measure("HALF", "HUIS", (2022, 2023), locatie="L1", waardering=2),
    ],
    effects=[
        effect("SLUITEN", "L1", "gesloten", -20),
        effect("OMBOUWEN", "L1", "gesloten", -20, 1),
        effect("OMBOUWEN", "L2", "open", 12, 1),
        effect("HALF", "L1", "gesloten", -10),
    ],
    costs=[cost("OMBOUWEN", "verbouwen", 1_000_000), cost("OMBOUWEN", "afstoten", 250_000, 1)],
    sources=[source("EIGEN", "eigen", 50_000_000)],
)


def draft(*, asked: bool = True) -> Draft:
    """A plan that converts the house in 2023."""
    tables = GROVE.tables()
    tables["case"].append({"sleutel": "vastgoedplan", "waarde": "ja" if asked else "nee"})
    for row in tables["zorgvormen"]:
        row["bezetting_max"] = Decimal("0.9")
    case: Case = build_case(raw_book(tables))
    plan = hand_plan(case, {"OMBOUWEN": 2023})
    return Draft(Statement(case, plan.allocation), plan, "basis", INFO)


def test_no_sheets_where_the_case_does_not_ask() -> None:
    assert estate.pages(draft(asked=False)) == ()
    assert [page.naam for page in estate.pages(draft())] == [
        "vastgoed_1_nu",
        "vastgoed_2_trends",
        "vastgoed_3_mismatch",
        "vastgoed_4_varianten",
        "vastgoed_5_stappen",
    ]


@pytest.mark.parametrize(
    ("need", "most", "places_"),
    [
        ("18", "0.9", Fraction(20)),
        ("43", "0.9", Fraction("47.777777778")),
        ("0", "0", Fraction(0)),
        ("5", "1", Fraction(5)),
    ],
)
def test_a_need_asks_for_more_places_than_young_people(need: str, most: str, places_: Fraction) -> None:
    assert needed(Decimal(need), Decimal(most)) == places_


def test_step_1_compares_demand_and_supply_now() -> None:
    """18 young people at 90% need the 20 places that are there."""
    assert [(row.vorm.zorgvorm, row.nodig, row.aanbod, row.verschil) for row in forms_now(draft())] == [
        ("gesloten", 20, 20, 0),
        ("open", 0, 0, 0),
    ]


def test_steps_2_and_3_say_what_does_not_match_later() -> None:
    """In 2024 all 20 closed places are too many, and 10 small-scale ones are missing; the plan has 12."""
    last = {row.vraag.vraag.zorgvorm: row for row in future(draft()) if row.vraag.vraag.jaar == 2024}
    assert (last["gesloten"].erbij, last["gesloten"].verschil, last["gesloten"].verschil_plan) == (-18, 20, 0)
    assert (last["open"].erbij, last["open"].verschil, last["open"].verschil_plan) == (9, -10, 2)


def test_step_4_weighs_variants_and_shares_a_place_between_equal_points() -> None:
    found = [(row.rij.maatregel.maatregel, row.eraf, row.erbij, row.kosten, row.plek) for row in variants(draft())]
    assert found == [
        ("SLUITEN", -20, 0, Money(0), 2),
        ("OMBOUWEN", -20, 12, Money.from_euros("1250000"), 1),
        ("HALF", -10, 0, Money(0), 2),
    ]


def test_step_5_tells_the_portfolio_and_each_building() -> None:
    whole = [(row.jaar, row.begonnen, row.plaatsen, row.nodig) for row in steps(draft())]
    assert whole[0] == (2022, 0, 20, 20)
    assert whole[1][:3] == (2023, 1, 20)
    assert whole[2] == (2024, 0, 12, 10)
    assert [row.plaatsen for row in buildings(draft()) if row.locatie.locatie == "L2"] == [0, 0, 12]


def test_another_word_than_ja_or_nee_is_a_finding() -> None:
    tables = GROVE.tables()
    tables["case"].append({"sleutel": "vastgoedplan", "waarde": "misschien"})
    _, findings = read_case(raw_book(tables))
    assert [finding.blad for finding in findings] == ["case"]


def test_a_case_with_doelgroepen_cannot_ask_for_it() -> None:
    """Its need does not lie per zorgvorm, so demand and supply could not be compared."""
    tables = GROVE.tables()
    tables["case"].append({"sleutel": "vastgoedplan", "waarde": "ja"})
    tables["doelgroepen"] = [{"doelgroep": "MET", "naam": "Met machtiging", "herkomst": "B1"}]
    _, findings = read_case(raw_book(tables))
    assert any(finding.blad == "case" and "per zorgvorm" in finding.wat for finding in findings)
