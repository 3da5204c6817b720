"""An approved plan beside a later one: each amount, by hand."""

from __future__ import annotations

from decimal import Decimal

from finance.case import CostLine, build_case
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from finance.plan.approved import GONE, UNCOVERED, ApprovedBeside
from finance.plan.changes import ApprovedAmounts
from finance.statement.earlier import EarlierResult
from tests.casebook import raw_book, small_case


def euros(amount: object) -> Money:
    return Money.from_euros(str(amount))


def beside(closed: int | None = None) -> ApprovedBeside:
    """M5 costs 60,000 and 90,000 in 2022 and 40,000 later; the SPUK pays 100,000.50 of it, EIGEN 10."""
    made = small_case()
    for row in made["plaatsen"]:
        row |= {"plaatsen": 0, "exploitatie_per_plaats": 0, "leegstand_per_plaats": 0}
    if closed:
        made["case"].append({"sleutel": "afgesloten_tot", "waarde": closed})
    case = build_case(raw_book(made))
    payments = {
        (CostLine("M5", "", "", "projectleiding", 2022), "SPUK"): euros(60_000),
        (CostLine("M5", "", "", "vastgoedplan", 2022), "SPUK"): euros("40000.50"),
        (CostLine("M5", "", "", "vastgoedplan", 2022), "EIGEN"): euros(10),
    }
    approved = ApprovedAmounts(
        {"ongedekt": Decimal(0), "startjaren": Decimal(1), "kosten_ncw": Decimal(1), "oud": Decimal(3)},
        {"SPUK": euros(100_000), "WEG": euros("0.25"), "OOK WEG": euros(1)},
        {"projectleiding": euros(90_000), "opstart": euros(7)},
        euros(3),
    )
    return ApprovedBeside(Outcome(case, Allocation({"M5": 2022}, {}, {}, payments)), approved)


def test_costs_of_either_plan_stand_side_by_side() -> None:
    rows = [(row.naam, str(row.goedgekeurd), str(row.nu), str(row.verschil)) for row in beside().kosten]
    assert rows == [
        ("vastgoedplan", "0.00", "60000.00", "60000.00"),
        ("projectleiding", "90000.00", "90000.00", "0.00"),
        ("bovenregionaal_plan", "0.00", "40000.00", "40000.00"),
        ("opstart", "7.00", "0.00", "-7.00"),
    ]


def test_what_sources_pay_and_what_nobody_pays_is_all_the_cost() -> None:
    found = beside()
    assert [(row.naam, str(row.goedgekeurd), str(row.nu)) for row in found.betaald] == [
        ("SPUK", "100000.00", "100000.50"),
        ("LUMP", "0.00", "0.00"),
        ("EIGEN", "0.00", "10.00"),
        (GONE, "1.25", "0.00"),
        (UNCOVERED, "3.00", "89989.50"),
    ]
    assert Money.total(row.nu for row in found.betaald) == found.alle_kosten.nu  # type: ignore[misc]


def test_only_what_differs_is_said() -> None:
    said = beside().in_words
    assert said[0] == "kosten: EUR 90.007,00 wordt EUR 190.000,00 (verschil EUR 99.993,00)"
    assert said[1] == "uit SPUK: EUR 100.000,00 wordt EUR 100.000,50 (verschil EUR 0,50)"
    assert f"{GONE}: EUR 1,25 wordt EUR 0,00 (verschil EUR -1,25)" in said
    assert "doel startjaren: 1 jaar wordt 0 jaren (verschil -1 jaren)" in said
    assert not [line for line in said if "LUMP" in line or "oud" in line]


def test_the_present_cost_says_when_closed_years_make_it_differ() -> None:
    of_cost = [next(line for line in beside(at).in_words if "kosten_ncw" in line) for at in (None, 2022)]
    assert ["nominaal" in line for line in of_cost] == [False, True]


def test_a_result_says_what_it_came_to() -> None:
    result = EarlierResult.model_validate(
        {
            "schema": "1.0",
            "case": "dorp",
            "scenario": "basis",
            "maatregelen": (),
            "plaatsen": (),
            "uitwijk": (),
            "betalingen": (
                {"maatregel": "M1", "kostensoort": "opstart", "jaar": 2022, "bron": "A", "bedrag_cent": 150},
                {"maatregel": "M1", "kostensoort": "opstart", "jaar": 2023, "bron": "B", "bedrag_cent": 50},
            ),
            "ongedekt": (
                {"maatregel": "M1", "kostensoort": "overig", "jaar": 2023, "bedrag_cent": 7},
                {"maatregel": "M2", "kostensoort": "overig", "jaar": 2023, "bedrag_cent": -3},
            ),
            "doelen": ({"doel": "ongedekt", "waarde": "0.07", "eenheid": "EUR"},),
        }
    )
    assert result.amounts == ApprovedAmounts(
        {"ongedekt": Decimal("0.07")},
        {"A": Money(150), "B": Money(50)},
        {"opstart": Money(200), "overig": Money(7)},
        Money(7),
    )
