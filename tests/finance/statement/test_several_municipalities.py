"""Three municipalities that each got a grant and name no decision: each has its own cap, account and delays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finance.case import Case, CostLine, build_case
from finance.compliance import check_allocation
from finance.money import Money
from finance.plan.allocation import Allocation
from finance.rules import Entitlement
from finance.statement import Statement
from finance.statement.accountability import Accountability
from tests.casebook import Record, raw_book, small_case

OLD = "vastgoedtransitie-2020"
GRANTS = {
    "Arnhem": ("DELINDE", 3_437_626, "171881.30"),
    "Utrecht": ("BAKEN", 4_752_012, "237600.60"),
    "Ermelo": ("DELINDE", 539_235, "26961.75"),
}
"""Of each municipality the provider that its grant is for, what it is, and its own 5%."""


def three(**more: dict[str, object]) -> Case:
    """The small case with these grants; the first is that of the coordinating municipality."""
    tables = small_case()
    for row in tables["case"]:
        if row["sleutel"] == "coordinerende_gemeente":
            row["waarde"] = "Arnhem"
    grants: list[Record] = [
        {
            "bron": f"S-{town}",
            "soort": "spuk",
            "regeling": OLD,
            "beschikking": None,
            "aanbieder": provider,
            "gemeente": None if town == "Arnhem" else town,
            "bedrag": amount,
            "besteedbaar_van": 2021,
            "besteedbaar_tot": 2024,
            "herkomst": "B1",
            **more.get(town, {}),
        }
        for town, (provider, amount, _) in GRANTS.items()
    ]
    tables["dekking"] = [*grants, *tables["dekking"][1:]]
    for row in tables["kosten"]:
        if row["kostensoort"] == "projectleiding":
            row["bedrag"] = Decimal("208936.24")
    return build_case(raw_book(tables))


def lead(town: str, amount: str) -> dict[tuple[CostLine, str], Money]:
    """A payment of project leadership by the grant of a municipality."""
    return {(CostLine("M5", "", "", "projectleiding", 2022), f"S-{town}"): Money.from_euros(amount)}


@pytest.mark.parametrize("town", GRANTS)
def test_each_municipality_has_its_own_five_per_cent(town: str) -> None:
    caps = {cap.bronnen: cap.grens for cap in Entitlement(three()).share_caps}
    assert caps[f"S-{town}",] == Money.from_euros(GRANTS[town][2])


def test_a_cent_above_the_cap_of_arnhem_is_a_breach_though_the_three_together_have_room() -> None:
    """The project lead of 208,936.24 would fit in a cap of 436,443.65 of the three together."""
    for amount, broken in (("171881.30", False), ("171881.31", True), ("208936.24", True)):
        found = check_allocation(three(), Allocation({"M5": 2022}, {}, {}, lead("Arnhem", amount)))
        assert any(row.regel == "VT20-deelplafond" for row in found) is broken


def test_each_municipality_accounts_for_itself_and_no_other() -> None:
    statement = Statement(three(), Allocation({"M5": 2022}, {}, {}, lead("Arnhem", "171881.30")))
    known = Accountability(statement)
    assert [(row.gemeente, row.toegekend) for row in known.decisions] == [
        (town, Money.from_euros(amount)) for town, (_, amount, _) in GRANTS.items()
    ]
    assert {row.beschikking.gemeente: str(row.besteed) for row in known.settlements} == {
        "Arnhem": "171881.30",
        "Utrecht": "0.00",
        "Ermelo": "0.00",
    }


def test_a_delay_is_told_to_the_municipality_that_pays_and_to_no_other() -> None:
    """M4 starts a year late and Arnhem pays; M6 starts two years late, and no grant pays for it."""
    late = CostLine("M4", "", "", "vervangende_nieuwbouw", 2023)
    payments = lead("Arnhem", "1") | {(late, "S-Arnhem"): Money.from_euros(10), (late, "S-Ermelo"): Money.from_euros(5)}
    statement = Statement(three(), Allocation({"M5": 2022, "M4": 2023, "M6": 2024}, {}, {}, payments))
    told = [
        (row.beschikking.gemeente, row.maatregel, str(row.betaald), row.later)
        for row in Accountability(statement).delays
    ]
    assert told == [("Arnhem", "M4", "10.00", 1), ("Arnhem", "M5", "1.00", 0), ("Ermelo", "M4", "5.00", 1)]
