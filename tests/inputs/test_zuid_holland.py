"""The case Zuid-Holland: two regulations at once, and a request for revision that asks for something."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from finance.case import Case, build_case
from finance.money import ZERO, Money
from finance.plan.allocation import Outcome, Plan, Status
from finance.rules import Entitlement
from finance.statement.revision import Revision
from finance.xlsx.read import read_book
from models.plan import make_plan

WORKBOOK: Final = Path(__file__).parents[2] / "inputs" / "zuid-holland.xlsx"
OLD, NEW = "vastgoedtransitie-2020", "transformatie-2024"
CARE: Final = ("gesloten", "hybride")
BERGSE_BOS: Final = "Horizon Bergse Bos, Rotterdam"


@cache
def case() -> Case:
    """The case as it stands."""
    return build_case(read_book(WORKBOOK))


@cache
def plan() -> Plan:
    """Its best plan."""
    return make_plan(case(), Entitlement(case()))


@cache
def revision() -> Revision:
    """The request for revision of that plan."""
    return Revision(case(), plan().allocation)


def test_places_start_at_135_closed_and_45_hybrid() -> None:
    places = {form: sum(row.plaatsen for row in case().places if row.zorgvorm == form) for form in CARE}
    assert places == {"gesloten": 135, "hybride": 45}


def test_grants_are_the_sourced_amounts() -> None:
    granted = {row.beschikking: row.bedrag for row in case().grant_decisions}
    assert granted == {
        "Rotterdam 2020": Money.from_euros("10245473"),
        "Rotterdam 2024": Money.from_euros("20580271"),
        "Rotterdam 2025": Money.from_euros("11760155"),
        "Rotterdam 2026": Money.from_euros("9114120"),
    }


def test_the_plan_is_proven_and_covered() -> None:
    assert plan().status is Status.OPTIMAL
    assert Outcome(case(), plan().allocation).closed


def test_places_go_from_180_to_135_in_2026_and_54_in_2028() -> None:
    outcome = Outcome(case(), plan().allocation)
    closed = [row.zorgvorm for row in case().care_forms if row.is_closed]
    total = {year: sum(outcome.places_of_form(form, year) for form in closed) for year in case().years}
    assert total[2024] == total[2025] == 180
    assert total[2026] <= 135
    assert total[2028] == 54


def test_both_regulations_pay_and_none_outside_its_window() -> None:
    years: dict[str, set[int]] = defaultdict(set)
    for (line, bron), amount in plan().allocation.payments.items():
        if case().source[bron].soort == "spuk" and amount > ZERO:
            years[case().source[bron].regeling].add(line.jaar)
    assert max(years[OLD]) <= 2026
    assert max(years[NEW]) == 2030


def test_no_payment_of_a_single_cent_arises() -> None:
    """Division leaves odd cents; they go with what is paid already."""
    planned = [amount for (line, _), amount in plan().allocation.payments.items() if line.jaar > 2025]
    assert min(planned) >= Money.from_euros(1)


def test_the_request_asks_within_the_shortfall_and_the_national_pot() -> None:
    (town,) = revision().municipalities
    assert town.basis == Money.from_euros("41454546")
    assert ZERO < revision().total_asked <= town.tekort
    assert revision().total_asked < Money.from_euros("11666667")


def test_vacancy_of_bergse_bos_misses_its_threshold_and_is_not_asked() -> None:
    (cell,) = (
        row
        for row in revision().cells
        if row.plek.naam == BERGSE_BOS and row.categorie.categorie == "leegstand vastgoed"
    )
    assert cell.spent.besteed > ZERO
    assert not cell.haalt
    assert revision().asked[BERGSE_BOS, cell.categorie.nummer] == ZERO
