"""The case Oost: Pella and then Leygraaf, or both at once; places against inflow and the band of 2031."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from finance.case import Case, RawBook, build_case
from finance.money import Money
from finance.plan.allocation import Outcome, Plan, Status
from finance.rules import Entitlement
from finance.scenarios import scenario_book
from finance.xlsx.read import read_book
from models.plan import make_plan

WORKBOOK: Final = Path(__file__).parents[2] / "inputs" / "oost.xlsx"


@cache
def book() -> RawBook:
    """The tables of the workbook."""
    return read_book(WORKBOOK)


@cache
def case() -> Case:
    """The case as it stands."""
    return build_case(book())


@cache
def plan(scenario: str) -> tuple[Plan, Outcome]:
    """The best plan of a scenario, and what follows from it."""
    changed = build_case(scenario_book(book(), case(), scenario))
    made = make_plan(changed, Entitlement(changed))
    return made, Outcome(changed, made.allocation)


def begun(scenario: str) -> dict[str, int]:
    """The start of each project of a plan."""
    starts = plan(scenario)[0].allocation.starts
    return {case().measure[name].project: year for name, year in starts.items()}


def test_inflow_is_the_sourced_path_and_stays_half_a_year() -> None:
    rows = [row for row in case().inflow if row.groep == "Oost"]
    assert [row.instroom for row in rows] == [173, 156, 140, 126, 113, 102, 92, 83, 75, 68]
    need = {row.jaar: Fraction(row.instroom) * Fraction(row.doorlooptijd_maanden) / 12 for row in rows}
    assert (need[2023], need[2024], need[2031]) == (78, 70, 34)
    assert {row.herkomst for row in rows} == {"OO-C1"}


def test_zetten_has_102_places_and_nine_regions_sent_183_young_people() -> None:
    at_zetten = {"PELLA", "LEYGRAAF", "ZETTEN-OPEN"}
    assert sum(row.plaatsen for row in case().places if row.locatie in at_zetten) == 102
    assert [row.sleutel for row in case().regions] == [28, 5, 13, 10, 23, 9, 6, 61, 28]
    assert sum(row.sleutel for row in case().regions) == 183


def test_grants_of_four_municipalities_and_what_is_kept_for_elsewhere() -> None:
    """Utrecht keeps 55 of 141 places apart: 55 x 33,702.213 = 1,853,622 euros."""
    counted = {
        row.gemeente: row.bedrag - (row.buiten_casus or Money(0))
        for row in case().sources
        if row.regeling == "vastgoedtransitie-2020" and row.bedrag
    }
    assert counted == {
        "Arnhem": Money.from_euros("3437626"),
        "Utrecht": Money.from_euros("2898390"),
        "Ermelo": Money.from_euros("539235"),
        "Rotterdam": Money.from_euros("3100604"),
    }


def test_pella_goes_in_2024_and_leygraaf_after_it_without_temporary_housing() -> None:
    assert plan("basis")[0].status is Status.OPTIMAL
    starts = begun("basis")
    assert starts["PELLA"] == 2024
    assert starts["LEYGRAAF"] > 2024
    assert "TIJDELIJK" not in starts


def test_both_at_once_need_temporary_housing_and_cost_more() -> None:
    """Pella and Leygraaf use 82 places elsewhere on the site, and there are 60."""
    starts = begun("Leygraaf met Pella")
    assert starts["PELLA"] == starts["LEYGRAAF"] == starts["TIJDELIJK"] == 2024


def test_groot_emaus_closes_halfway_through_2022() -> None:
    outcome = plan("basis")[1]
    assert [outcome.places[("EMAUS", "gesloten"), year] for year in (2022, 2023)] == [8, 0]
