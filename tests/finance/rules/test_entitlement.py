"""What may be paid from what: the verdict on every kostensoort, and the reason given for it.

The table of verdicts was written from the sources, not from the rule files: ZW is the Werkagenda
Jeugdhulp Plus Zuidwest 2020/21 (par. 3.4 and 4.7), RG are the regulations and their publications.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from finance.case import CostLine
from finance.case.words import COST_SORTS, PLACE_COSTS, SOURCE_SORTS
from finance.rules import Entitlement, Permission
from tests.casebook import Record, Tables
from tests.finance.rules.grants import EFFECT, GRANT, MEASURE, YEARS, entitlement, grant_tables

YEAR = 2024
"""A year that lies in the window of every regulation."""

GRANT_OF_2020 = {
    "afstoten": (True, "ZW-R1"),
    "verbouwen": (True, "ZW-R2"),
    "vervangende_nieuwbouw": (True, "ZW-R3"),
    "vastgoedplan": (True, "ZW-R4"),
    "projectleiding": (True, "ZW-R5"),
    "bovenregionaal_plan": (True, "ZW-R5"),
    "opstart": (False, "ZW-R6"),
    "exploitatie": (False, "ZW-R7"),
    "leegstand": (False, "ZW-R7"),
    "huisvesting_regulier": (False, "ZW-R7"),
    "frictie_planvorming": (False, "ZW-R8"),
    "frictie_pilot": (False, "ZW-R8"),
    "frictie_processen": (False, "ZW-R8"),
    "frictie_opleiding": (False, "ZW-R8"),
    "frictie_dubbel_aanbod": (False, "ZW-R8"),
    "frictie_personeel": (False, "ZW-R8"),
    "overig": (False, "ZW-R8"),
    "rente_en_aflossing": (False, "ZW-R8"),
    "leegstand_gebouw": (False, "ZW-R7"),
    "tijdelijke_huisvesting": (False, "ZW-R7"),
}

ARTICLE_4_2 = {
    "projectleiding": "art. 4.2 onder a",
    "bovenregionaal_plan": "art. 4.2 onder b",
    "vastgoedplan": "art. 4.2 onder c",
    "afstoten": "art. 4.2 onder d",
    "verbouwen": "art. 4.2 onder e",
    "vervangende_nieuwbouw": "art. 4.2 onder f",
}
"""RG-6: what article 4.2 of the regulation of 2021 permits; it names nothing else."""

FOR_SUPPLY = {
    "exploitatie",
    "leegstand",
    "huisvesting_regulier",
    "opstart",
    "frictie_planvorming",
    "frictie_pilot",
    "frictie_processen",
    "frictie_opleiding",
    "frictie_dubbel_aanbod",
    "frictie_personeel",
    "leegstand_gebouw",
    "tijdelijke_huisvesting",
    "rente_en_aflossing",
}
"""ZW-F5 and ZW-F6: what money for the supply of care is meant for."""


def with_grant(regeling: str = "vastgoedtransitie-2020", *, lezingen: str = "", **changed: object) -> Tables:
    """A case with one grant, and one measure that closes places in 2021."""
    return grant_tables(
        grants=[GRANT | {"regeling": regeling}],
        measures=[MEASURE | changed],
        effects=[EFFECT],
        lezingen=lezingen,
    )


def with_source(soort: str) -> Tables:
    """A case with one source that is not a grant."""
    yearly = soort in {"lumpsum", "pxq", "beschikbaarheid"}
    source: Record = {
        "bron": "SPUK",
        "soort": soort,
        "bedrag": None if yearly else 1_000_000,
        "rente": Decimal("0.04") if soort == "krediet" else None,
        "besteedbaar_van": YEARS[0],
        "besteedbaar_tot": YEARS[-1],
        "herkomst": "B1",
    }
    tables = grant_tables(grants=[source], effects=[EFFECT])
    if yearly:
        tables["financiering"] = [
            {"bron": "SPUK", "jaar": year, "niveau": 50, "prijs": 1, "herkomst": "B1"} for year in YEARS
        ]
    return tables


def line_of(sort: str, year: int = YEAR) -> CostLine:
    """A line of a kostensoort: of the location where the model makes it, else of the measure."""
    if sort in PLACE_COSTS:
        return CostLine("", "L", "gesloten", sort, year)
    return CostLine("M", "", "", sort, year)


def asked(tables: Tables, sort: str, year: int = YEAR) -> Permission:
    """What the rules say of one kostensoort."""
    rules: Entitlement = entitlement(tables)
    return rules.permission(rules.case.source["SPUK"], line_of(sort, year))


def code_of(permission: Permission) -> str:
    """The codes of the facts that a permission rests on."""
    return permission.regel.feit if permission.regel else ""


def test_the_table_of_verdicts_is_complete() -> None:
    assert set(GRANT_OF_2020) == set(COST_SORTS)


@pytest.mark.parametrize("sort", COST_SORTS)
def test_the_grant_of_2020_pays_real_estate_and_nothing_else(sort: str) -> None:
    allowed, code = GRANT_OF_2020[sort]
    permission = asked(with_grant(), sort)
    assert permission.mag is allowed
    assert code in code_of(permission).split(", ")
    assert not permission.bij_sluiting


@pytest.mark.parametrize("sort", COST_SORTS)
def test_the_grant_of_2021_pays_what_article_4_2_names(sort: str) -> None:
    permission = asked(with_grant("residentieel-2021"), sort)
    assert permission.mag is (sort in ARTICLE_4_2)
    assert permission.regel is not None
    named = sort in ARTICLE_4_2
    assert permission.regel.artikel == ARTICLE_4_2.get(sort, "art. 4.2, niet genoemd")
    assert permission.regel.feit == ("RG-6" if named else "RG-6, RG-22")
    assert permission.regel.rang == ("regeling" if named else "toelichting")


@pytest.mark.parametrize("lezingen", ["", "leegstand-door-transitie", "tijdelijke-huisvesting"])
@pytest.mark.parametrize(
    ("sort", "lezing", "regelingen"),
    [
        ("leegstand_gebouw", "leegstand-door-transitie", {"vastgoedtransitie-2020": "RG-8"}),
        (
            "tijdelijke_huisvesting",
            "tijdelijke-huisvesting",
            {"vastgoedtransitie-2020": "ZW-R2, RG-22", "residentieel-2021": "RG-22"},
        ),
    ],
)
@pytest.mark.parametrize("regeling", ["vastgoedtransitie-2020", "residentieel-2021"])
def test_an_emptied_building_and_temporary_housing_are_paid_under_a_reading_each(
    regeling: str, sort: str, lezing: str, regelingen: dict[str, str], lezingen: str
) -> None:
    """RG-8 is about vacancy; temporary housing serves verbouwen (ZW-R2, RG-22): in full, and under conditions."""
    permission = asked(with_grant(regeling, lezingen=lezingen), sort)
    assert permission.mag is (lezing == lezingen and regeling in regelingen)
    assert not permission.bij_sluiting
    if permission.mag:
        assert code_of(permission) == regelingen[regeling]
        assert not asked(with_grant(regeling, lezingen=lezingen, door_transitie="nee"), sort).mag
        assert not asked(with_grant(regeling, lezingen=lezingen, jeugdhulpplus="nee"), sort).mag


@pytest.mark.parametrize("sort", COST_SORTS)
@pytest.mark.parametrize("soort", ["lumpsum", "pxq", "beschikbaarheid"])
def test_yearly_money_pays_for_supply(soort: str, sort: str) -> None:
    permission = asked(with_source(soort), sort)
    assert permission.mag is (sort in FOR_SUPPLY)
    assert code_of(permission) == "ZW-F5, ZW-F6"


@pytest.mark.parametrize("sort", COST_SORTS)
def test_a_credit_pays_what_a_lump_sum_may_but_never_a_credit(sort: str) -> None:
    """BG-F1 asks for it during a rebuilding: for care and vacancy, and so never for the building itself."""
    permission = asked(with_source("krediet"), sort)
    assert permission.mag is (sort in FOR_SUPPLY - {"rente_en_aflossing"})
    assert code_of(permission) == "BG-F1"


@pytest.mark.parametrize("sort", COST_SORTS)
@pytest.mark.parametrize("soort", ["eigen", "gemeente"])
def test_own_and_municipal_money_pays_everything(soort: str, sort: str) -> None:
    assert asked(with_source(soort), sort).mag


@pytest.mark.parametrize("soort", [sort for sort in SOURCE_SORTS if sort != "spuk"])
def test_toegestaan_narrows_and_never_widens(soort: str) -> None:
    tables = with_source(soort)
    tables["toegestaan"] = [{"bron": "SPUK", "kostensoort": name} for name in ("opstart", "vastgoedplan", "leegstand")]
    everything = soort in {"eigen", "gemeente"}
    verdicts = {sort: asked(tables, sort).mag for sort in COST_SORTS}
    expected = {"opstart", "leegstand"} | ({"vastgoedplan"} if everything else set())
    assert {sort for sort, allowed in verdicts.items() if allowed} == expected
    assert "toegestaan" in asked(tables, "exploitatie").waarom


# --- the conditions (ZW-R1 to R3, ZW-R9) -----------------------------------------------------


@pytest.mark.parametrize("regeling", ["vastgoedtransitie-2020", "residentieel-2021"])
@pytest.mark.parametrize(
    ("door_transitie", "jeugdhulpplus", "allowed"),
    [("ja", "ja", True), ("nee", "ja", False), ("ja", "nee", False), ("nee", "nee", False)],
)
def test_a_measure_must_meet_both_conditions(
    regeling: str, door_transitie: str, jeugdhulpplus: str, allowed: bool
) -> None:
    tables = with_grant(regeling, door_transitie=door_transitie, jeugdhulpplus=jeugdhulpplus)
    assert asked(tables, "verbouwen").mag is allowed


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"door_transitie": "nee"}, "ZW-R1"), ({"jeugdhulpplus": "nee"}, "ZW-R9")],
)
def test_a_refusal_names_the_condition_that_fails(changed: dict[str, str], code: str) -> None:
    tables = with_grant()
    tables["maatregelen"][0] |= changed
    permission = asked(tables, "verbouwen")
    assert not permission.mag
    assert code in code_of(permission)


def test_other_money_asks_for_no_condition() -> None:
    tables = with_source("gemeente")
    tables["maatregelen"] = [MEASURE | {"door_transitie": "nee", "jeugdhulpplus": "nee"}]
    assert asked(tables, "verbouwen").mag


# --- the source itself (C11) -----------------------------------------------------------------


@pytest.mark.parametrize(("aanbieder", "allowed"), [(None, True), ("A", True), ("B", False)])
@pytest.mark.parametrize("sort", ["exploitatie", "overig"])
def test_a_source_pays_only_for_its_own_provider(aanbieder: str | None, allowed: bool, sort: str) -> None:
    """The provider of a measure is its own, that of places is the one of the location."""
    tables = with_source("eigen")
    tables["dekking"][0]["aanbieder"] = aanbieder
    assert asked(tables, sort).mag is allowed


def test_a_measure_of_another_provider_at_the_location_is_not_its_own() -> None:
    tables = with_source("eigen")
    tables["dekking"][0]["aanbieder"] = "A"
    tables["maatregelen"] = [MEASURE | {"aanbieder": "B"}]
    assert not asked(tables, "overig").mag


@pytest.mark.parametrize(("year", "allowed"), [(2021, False), (2022, True), (2023, True), (2024, False)])
@pytest.mark.parametrize("soort", ["lumpsum", "eigen"])
def test_a_source_pays_only_in_its_own_years(soort: str, year: int, allowed: bool) -> None:
    tables = with_source(soort)
    tables["dekking"][0] |= {"besteedbaar_van": 2022, "besteedbaar_tot": 2023}
    if soort == "lumpsum":
        tables["financiering"] = [row for row in tables["financiering"] if row["jaar"] in (2022, 2023)]
    assert asked(tables, "opstart", year).mag is allowed


def test_paying_years_are_the_years_of_the_case() -> None:
    tables = with_source("eigen")
    tables["dekking"][0] |= {"besteedbaar_van": 2000, "besteedbaar_tot": 2021}
    assert entitlement(tables).paying_years == {"SPUK": frozenset({2019, 2020, 2021})}


# --- every answer is explained ---------------------------------------------------------------

REASONED = {
    "grant of 2020": with_grant(),
    "grant of 2021": with_grant("residentieel-2021"),
    "grant of 2024": with_grant("transformatie-2024"),
    "outside the transition": with_grant(door_transitie="nee"),
    "with the reading": with_grant(lezingen="leegstand-door-transitie"),
    "lump sum": with_source("lumpsum"),
    "own money": with_source("eigen"),
}


@pytest.mark.parametrize("tables", REASONED.values(), ids=REASONED)
def test_every_answer_is_a_sentence(tables: Tables) -> None:
    rules = entitlement(tables)
    source = rules.case.source["SPUK"]
    answers = [rules.permission(source, line_of(sort, year)) for sort in COST_SORTS for year in YEARS]
    assert all(answer.waarom.endswith(".") for answer in answers)


@pytest.mark.parametrize("tables", REASONED.values(), ids=REASONED)
def test_an_answer_does_not_depend_on_what_was_asked_before(tables: Tables) -> None:
    """The answers are kept; a kept answer must be that of a fresh question."""
    rules = entitlement(tables)
    source = rules.case.source["SPUK"]
    lines = [line_of(sort, year) for sort in COST_SORTS for year in YEARS]
    kept = [rules.permission(source, line) for line in [*lines, *reversed(lines)]]
    assert kept[: len(lines)] == kept[: len(lines) - 1 : -1]
    assert kept[: len(lines)] == [Entitlement(rules.case).permission(source, line) for line in lines]


def test_two_measures_with_different_facts_get_different_answers() -> None:
    tables = with_grant()
    tables["maatregelen"].append(MEASURE | {"maatregel": "N", "project": "Q", "jeugdhulpplus": "nee"})
    tables["effecten"].append(EFFECT | {"maatregel": "N"})
    rules = entitlement(tables)
    source = rules.case.source["SPUK"]
    answers = [rules.permission(source, CostLine(name, "", "", "verbouwen", YEAR)).mag for name in "MNM"]
    assert answers == [True, False, True]
