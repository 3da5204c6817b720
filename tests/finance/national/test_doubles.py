"""What stands in two cases at once is told: a location in overlapping years, a grant above what there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from finance.case import build_case
from finance.national.doubles import Given, alike, doubles, same_names
from finance.national.region import Region, unknown_landsdeel
from tests.casebook import Tables, raw_book
from tests.finance.national.regions import NORTH, SOUTH, Made, records

Named = tuple[str, str, str | None]
SCHAKENBOSCH: Named = ("Schakenbosch", "Leidschendam-Voorburg", "Schakenbosch")


def given(name: str, tables: Tables) -> Given:
    book = raw_book(tables)
    return Given(name, build_case(book), book)


def found(one: Made, other: Made) -> list[str]:
    """What two regions have in common."""
    both = [given("een.xlsx", one.tables), given("twee.xlsx", other.tables)]
    return [str(row) for row in doubles(both)]


def of(location: Named, provider: str = "Aanbieder", **changed: object) -> Made:
    """A region with one location, without a grant."""
    return replace(SOUTH, location=location, provider=provider, grant=0, **changed)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of(SCHAKENBOSCH), of(("Park", "Den Haag", "schakenbosch"))),
        (of(("Huis Noord", "Dorp", None)), of(("huis  noord", "Gemeente Dorp", None))),
        (of(("Gebouw 1", "Leidschendam-Voorburg", None), "Schakenbosch"), of(SCHAKENBOSCH)),
        (of(SCHAKENBOSCH), of(("Gebouw 1", "Leidschendam-Voorburg", None), "Schakenbosch")),
        (of(("'t Anker Harreveld", "Oost Gelre", None)), of(("'t Anker", "Oost Gelre", "'t Anker Harreveld"))),
    ],
    ids=["bijlage", "naam en gemeente", "aanbieder", "aanbieder andersom", "naam van de bijlage"],
)
def test_one_location_in_two_cases_is_told(one: Made, other: Made) -> None:
    told = found(one, other)
    assert told[0].startswith("twee.xlsx, locaties!C2: Locatie L1 (")
    assert "staat ook in een.xlsx, als L1 (" in told[0]
    assert "in 2024 tot en met 2026 zouden haar plaatsen en kosten twee keer tellen." in told[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of(SCHAKENBOSCH), of(("Rijnhove", "Leidschendam-Voorburg", "Rijnhove"))),
        (of(("Huis", "Dorp", None)), of(("Huis", "Stad", None))),
        (of(("Gebouw 1", "Den Haag", None), "Schakenbosch"), of(SCHAKENBOSCH)),
        (of(("Gebouw 1", "Dorp", None), "Horizon"), of(("Gebouw 2", "Dorp", None), "Horizon")),
        (of(SCHAKENBOSCH), of(SCHAKENBOSCH, years=(2027, 2029))),
    ],
    ids=["andere bijlage", "andere gemeente", "aanbieder elders", "twee gebouwen", "andere jaren"],
)
def test_two_locations_or_other_years_are_no_finding(one: Made, other: Made) -> None:
    assert found(one, other) == []


def test_the_last_year_of_the_one_may_not_be_the_first_of_the_other() -> None:
    told = found(of(SCHAKENBOSCH), of(SCHAKENBOSCH, years=(2026, 2028)))
    assert "; in 2026 zouden haar plaatsen" in told[0]


@pytest.mark.parametrize(
    ("provider", "location", "told"),
    [
        ("Horizon", ("Bergse Bos", "Rotterdam", "Bergse Bos Rotterdam"), True),
        ("Horizon", ("Bergse Bos", "Rotterdam", None), False),
        ("Hor", ("Bergse Bos", "Rotterdam", "Bergse Bos Rotterdam"), False),
    ],
)
def test_buildings_of_a_provider_that_the_annex_names_may_be_one(provider: str, location: Named, told: bool) -> None:
    one = given("een.xlsx", of(("Gebouw A", "Delft", None), provider).tables)
    other = given("twee.xlsx", of(location, "iHUB").tables)
    text = (
        f"LET OP: L1 van {provider} in een.xlsx en L1 in twee.xlsx kunnen dezelfde locaties zijn. Kijk of hun plaatsen"
        " twee keer tellen."
    )
    assert list(alike([one, other])) == list(alike([other, one])) == ([text] if told else [])
    assert list(doubles([one, other])) == []


MOST = 41_454_546
"""What Rotterdam may be granted as basic amounts of 2024."""


@pytest.mark.parametrize(("second", "told"), [(MOST - 1_000_000, False), (MOST - 999_999, True)])
def test_a_grant_in_two_cases_stays_within_its_maximum(second: int, told: bool) -> None:
    one = replace(SOUTH, location=("Een", "Delft", None))
    rows = found(one, replace(SOUTH, location=("Twee", "Gouda", None), grant=second))
    assert bool(rows) is told
    if told:
        assert rows == [
            "twee.xlsx, dekking!G2: een.xlsx en twee.xlsx: samen EUR 41.454.547,00 uitkering van Rotterdam onder"
            " transformatie-2024, en haar maximum is EUR 41.454.546,00. Zet in elke casus bij buiten_casus wat voor"
            " plaatsen buiten die casus is, of laat een casus weg."
        ]


def test_what_is_kept_for_other_places_does_not_count() -> None:
    tables = replace(SOUTH, location=("Twee", "Gouda", None), grant=MOST).tables
    for row in tables["dekking"]:
        row["buiten_casus"] = 1_000_000 if row["bron"] == "SPUK24" else None
    one = given("een.xlsx", replace(SOUTH, location=("Een", "Delft", None)).tables)
    assert list(doubles([one, given("twee.xlsx", tables)])) == []


@pytest.mark.parametrize(("second", "told"), [(1_666_667, False), (1_666_668, True)])
def test_revisions_of_a_year_stay_within_the_national_pot(second: int, told: bool) -> None:
    def with_revision(made: Made, amount: int) -> Tables:
        tables = made.tables
        tables["beschikkingen"] = records(
            "beschikking gemeente regeling soort verleend_in bedrag herkomst",
            ("H", made.gemeente, "transformatie-2024", "herziening", 2025, amount, "B1"),
        )
        for row in tables["dekking"]:
            if row["bron"] == "SPUK24":
                row.update(beschikking="H", bedrag=amount)
        return tables

    both = [given("een.xlsx", with_revision(NORTH, 10_000_000)), given("twee.xlsx", with_revision(SOUTH, second))]
    rows = list(map(str, doubles(both)))
    assert [row for row in rows if "herziening, verleend in 2025, en landelijk is er EUR 11.666.667,00" in row] == rows
    assert bool(rows) is told


def test_a_name_given_twice_is_seen() -> None:
    assert same_names(["a", "b", "a"]) == {"a": 2}


# --- the landsdeel of a case -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("landsdeel", "town", "own"),
    [
        ("Zuid-West", "Rotterdam", "Zuid-West"),
        ("Zuidwest", "Rotterdam", "Zuid-Holland"),
        ("Zuidwest", "Gemeente Roosendaal", "Zuid-West"),
        ("Nederland", "Rotterdam", ""),
        ("Ergens", "Delft", ""),
    ],
)
def test_a_name_decides_and_else_the_municipality(landsdeel: str, town: str, own: str) -> None:
    tables = replace(SOUTH, landsdeel=landsdeel, grant=0).tables
    tables["case"][2]["waarde"] = town
    one = given("een.xlsx", tables)
    region = Region(one.case)
    assert region.own == own
    told = [row.wat for row in unknown_landsdeel(region, one.book)]
    assert bool(told) is (town == "Delft")
