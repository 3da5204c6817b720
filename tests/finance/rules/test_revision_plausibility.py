"""What is told of a revision, and goes through: the name of another location, and what it was granted for."""

from __future__ import annotations

import pytest

from finance.case import build_case
from finance.rules.plausibility import implausible_by_rules
from tests.casebook import Tables, raw_book
from tests.finance.rotterdam import records, tables


def told(changed: Tables) -> list[tuple[str, str]]:
    """The cells that are told of, with the first words."""
    found = implausible_by_rules(build_case(raw_book(changed)), raw_book(changed))
    return [(f"{row.blad}!{row.cel}", row.wat) for row in found if row.blad in {"locaties", "beschikkingen"}]


def test_nothing_is_told_of_the_locations_of_the_municipality_itself() -> None:
    assert told(tables()) == []


@pytest.mark.parametrize("town", ["Rotterdam", "Gemeente Amsterdam"])
def test_a_location_of_another_municipality_is_told_of_unless_that_has_a_grant(town: str) -> None:
    changed = tables()
    changed["locaties"][2]["naam_bijlage2"] = "Pinq"
    for row in changed["dekking"]:
        if row["bron"] == "SPUK24":
            row |= {"gemeente": town, "bedrag": 1_000_000}
    wanted = "Pinq hoort in bijlage 2 bij Amsterdam, en die gemeente heeft in deze casus geen uitkering uit"
    assert [(cell, text.startswith(wanted)) for cell, text in told(changed)] == (
        [("locaties!E4", True)] if town == "Rotterdam" else []
    )


@pytest.mark.parametrize(("row", "told_of"), [(1, False), (3, True)])
def test_a_name_that_two_providers_use_is_told_of_and_a_wing_is_not(row: int, told_of: bool) -> None:
    """The second location is of iHUB as the first is; the fourth is not."""
    changed = tables()
    changed["locaties"][row]["naam_bijlage2"] = "Rijnhove"
    found = told(changed)
    assert bool(found) is told_of
    assert all("is ook de naam van een locatie van IHUB, en deze is van JF" in text for _, text in found)


@pytest.mark.parametrize(
    ("sort", "what", "told_of"),
    [
        ("herziening", "afstoten, frictie_personeel, leegstand_gebouw", None),
        ("herziening", None, None),
        (
            "herziening",
            "afstoten, opstart, exploitatie",
            "Geen van de vijf categorieën waarvoor een herziening wordt verleend, kent opstart en exploitatie",
        ),
    ],
)
def test_a_revision_for_what_no_category_has_is_told_of(sort: str, what: str | None, told_of: str | None) -> None:
    changed = tables()
    changed["beschikkingen"] = records(
        "beschikking gemeente regeling soort verleend_in bedrag kostensoorten herkomst",
        ("HZ26", "Rotterdam", "transformatie-2024", sort, 2026, 1_000_000, what, "B1"),
    )
    found = told(changed)
    assert bool(found) is (told_of is not None)
    assert all(text.startswith(told_of or "-") for _, text in found)


@pytest.mark.parametrize(
    ("what", "pays", "told_of"), [(None, True, True), (None, False, False), ("afstoten", True, False)]
)
def test_a_revision_that_says_not_what_for_is_told_of_where_it_pays(
    what: str | None, pays: bool, told_of: bool
) -> None:
    changed = tables()
    changed["beschikkingen"] = records(
        "beschikking gemeente regeling soort verleend_in bedrag kostensoorten herkomst",
        ("HZ26", "Rotterdam", "transformatie-2024", "herziening", 2026, 1_000_000, what, "B1"),
    )
    changed["dekking"] += (
        records(
            "bron soort regeling beschikking gemeente bedrag besteedbaar_van besteedbaar_tot herkomst",
            ("HZ", "spuk", "transformatie-2024", "HZ26", None, 1_000_000, 2026, 2028, "B1"),
        )
        * pays
    )
    for row in changed["dekking"]:
        row.setdefault("beschikking", None)
    assert [cell for cell, _ in told(changed)] == ["beschikkingen!G2"] * told_of
