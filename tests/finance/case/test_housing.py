"""Housing that a grant pays: who builds for whom, and a tariff that does not say what was paid."""

from __future__ import annotations

import pytest

from finance.case import CostLine, build_case, read_case
from finance.case.housing import building_grant, housing_paid
from finance.money import Money
from tests.casebook import Tables, raw_book, small_built_case, small_case
from tests.finance.books.tariff import example
from tests.finance.books.tariff.example import rows
from tests.spoiling import told


def tables(form: str, *, without: str = "spuk_huisvesting") -> Tables:
    """The small case with a tariff that lacks a parameter."""
    return example.tables([row for row in rows(4, form=form) if row["parameter"] != without])


def test_a_tariff_of_what_a_grant_builds_must_say_what_the_grant_pays() -> None:
    assert told(read_case(raw_book(tables("kleinschalig")))[1]) == [
        (
            "tarief!A2",
            "Tarief T4 (groep van 4, 2024) zegt niet wat een SPUK aan de huisvesting betaalt:"
            " spuk_huisvesting ontbreekt, en SPUK kan het bouwen van M2 voor kleinschalig betalen. Zonder"
            " dat getal kan het gebouw dubbel betaald worden.",
            "Voeg een rij spuk_huisvesting toe: wat de SPUK per groep per jaar betaalt, zoals de bouwsom"
            " gedeeld door de levensduur. Is dat er niet, typ dan 0.",
        )
    ]


def test_nothing_paid_is_said_with_a_zero() -> None:
    assert build_case(raw_book(example.tables(rows(4, spuk_huisvesting="0"))))


@pytest.mark.parametrize("form", ["gesloten", "ambulant"])
def test_where_no_grant_builds_it_is_a_parameter_like_the_others(form: str) -> None:
    found = told(read_case(raw_book(tables(form)))[1])
    assert [wat for _, wat, _ in found] == ["Tarief T4 (groep van 4, 2024) mist spuk_huisvesting."]


def test_the_grant_of_another_provider_builds_nothing_here() -> None:
    made = tables("kleinschalig")
    made["dekking"][0]["aanbieder"] = "BAKEN"
    found = told(read_case(raw_book(made))[1])
    assert [wat for _, wat, _ in found] == ["Tarief T4 (groep van 4, 2024) mist spuk_huisvesting."]


def test_only_a_measure_that_builds_and_adds_places_counts() -> None:
    case = small_built_case()
    found = building_grant(case, "kleinschalig")
    assert found is not None
    assert (found[0].maatregel, found[1].bron) == ("M2", "SPUK")
    assert building_grant(case, "gesloten") is None
    made = small_case()
    made["effecten"] = [row for row in made["effecten"] if row["zorgvorm"] != "kleinschalig"]
    assert building_grant(build_case(raw_book(made)), "kleinschalig") is None


def test_what_grants_pay_of_building_adds_up_over_the_years() -> None:
    case = small_built_case()
    paid = {
        (CostLine("M2", "", "", "verbouwen", 2022), "SPUK"): Money(30),
        (CostLine("M4", "", "", "vervangende_nieuwbouw", 2023), "SPUK"): Money(12),
        (CostLine("M4", "", "", "vervangende_nieuwbouw", 2023), "EIGEN"): Money(500),
        (CostLine("M1", "", "", "afstoten", 2022), "SPUK"): Money(7_000),
        (CostLine("M2", "", "", "frictie_dubbel_aanbod", 2023), "SPUK"): Money(90_000),
    }
    assert housing_paid(case, paid, "kleinschalig") == Money(42)
    assert housing_paid(case, paid, "gesloten") == Money(0)
