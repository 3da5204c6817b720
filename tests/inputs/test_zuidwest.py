"""The case Zuidwest: that it is its script's, what it rests on, and that its plan is what it shows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

import maak_zuidwest
import pytest

from finance.case import Case, RawBook, build_case, read_case
from finance.money import Money
from finance.plan.allocation import Outcome, Plan, Status
from finance.plan.readings import Asked
from finance.rules import Entitlement
from finance.scenarios import scenario_book
from finance.uncertainty.sampling import Hypercube, check_uncertainty, drawn_book
from finance.xlsx.read import read_book
from models import other_readings
from models.plan import make_plan

INPUTS: Final = Path(__file__).parents[2] / "inputs"
WORKBOOK: Final = INPUTS / "zuidwest.xlsx"

CLOSED: Final = "gesloten"
YOUNG_PEOPLE: Final = 270
SPLIT_2024: Final = {
    "onderwijs_zorg": 45,
    "ambulant": 90,
    "gezinsopname": 15,
    "kleinschalig": 20,
    CLOSED: 100,
}
"""ZW-C3."""
CAP: Final = Money.from_euros("512273.65")
FRICTION: Final = tuple(
    f"frictie_{kind}" for kind in ("planvorming", "pilot", "processen", "opleiding", "dubbel_aanbod", "personeel")
)
CAPPED: Final = ("projectleiding", "bovenregionaal_plan")


@cache
def book() -> RawBook:
    """The tables of the committed workbook."""
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


def test_grants_are_the_sourced_maxima() -> None:
    grants = {row.bron: row for row in case().sources if row.soort == "spuk"}
    assert grants["SPUK-HZ"].bedrag == Money.from_euros("7144869")
    assert grants["SPUK-SB"].bedrag == Money.from_euros("3100604")
    assert Money.total(row.bedrag for row in grants.values() if row.bedrag) == Money.from_euros("10245473")
    assert {row.herkomst for row in grants.values()} == {"ZW-B3", "ZW-B4"}
    assert len({row.beschikking for row in grants.values()}) == 1


def test_project_leadership_costs_more_than_its_cap() -> None:
    (cap,) = Entitlement(case()).share_caps
    costs = Money.total(
        case().nominal(row, case().years.first + row.na_jaren) for row in case().costs if row.kostensoort in CAPPED
    )
    assert cap.grens == CAP
    assert costs > CAP


def test_closed_places_start_at_235_in_five_buildings() -> None:
    closed = {row.locatie: row.plaatsen for row in case().places if row.zorgvorm == CLOSED}
    owners = Counter(case().location[name].aanbieder for name in closed)
    assert sum(closed.values()) == 235
    assert owners == {"HORIZON": 3, "SCHAKENBOSCH": 2}


def test_every_building_has_three_variants() -> None:
    for row in case().places:
        if row.zorgvorm == CLOSED:
            sorts = {measure.soort for measure in case().projects[row.locatie]}
            assert sorts == {"afstoten", "verbouwen", "vervangen"}


def test_need_is_270_each_year() -> None:
    totals: Counter[int] = Counter()
    for row in case().demand:
        totals[row.jaar] += int(row.jeugdigen)
    assert set(totals.values()) == {YOUNG_PEOPLE}
    assert tuple(totals) == tuple(case().years)


def test_need_of_2024_is_the_sourced_split() -> None:
    found = {row.zorgvorm: row for row in case().demand if row.jaar == 2024}
    assert {name: row.jeugdigen for name, row in found.items()} == SPLIT_2024
    assert {row.herkomst for row in found.values()} == {"ZW-C3"}


def test_ceiling_goes_from_235_to_100() -> None:
    ceiling = {year: case().demand_in[CLOSED, year].plafond for year in case().years}
    assert ceiling[2021] == 235
    assert ceiling[2024] == 100
    assert all(row.plafond is None for row in case().demand if row.zorgvorm != CLOSED)


def test_lump_sum_stands_at_270() -> None:
    rows = [row for row in case().funding if row.bron == "LUMPSUM"]
    assert [row.jaar for row in rows] == list(case().years)
    assert {row.niveau for row in rows} == {YOUNG_PEOPLE}


def test_occupancy_and_discount_rate_are_the_sourced_ones() -> None:
    assert case().care_form[CLOSED].bezetting_max == Decimal("0.9")
    assert case().settings.discontovoet == Decimal("0.0225")


@pytest.mark.parametrize(
    ("tarief", "per_group"), [("T4", 1_037_724), ("T6", 1_213_205), ("T8", 1_388_686), ("T10", 1_643_665)]
)
def test_tariff_formula_gives_the_worked_example(tarief: str, per_group: int) -> None:
    assert round(maak_zuidwest.per_groep(maak_zuidwest.TARIEVEN[tarief])) == per_group
    assert round(maak_zuidwest.per_bezet()) == 12_205


def test_place_prices_grow_into_the_tariff_of_2025() -> None:
    for locatie, zorgvorm, _, tarief in maak_zuidwest.PLAATSEN_GROEP:
        place, chosen = case().place[locatie, zorgvorm], maak_zuidwest.TARIEVEN[tarief]
        empty = maak_zuidwest.per_groep(chosen) / chosen.groep
        assert abs(case().place_price(place, "leegstand", 2025) - empty) < Fraction(1, 100)
        used = empty + maak_zuidwest.per_bezet()
        assert abs(case().place_price(place, "exploitatie", 2025) - used) < Fraction(1, 100)


def test_grant_never_pays_more_housing_than_there_is() -> None:
    for tarief in maak_zuidwest.TARIEVEN.values():
        assert 0 <= tarief.spuk <= maak_zuidwest.huisvesting(tarief)


def test_all_five_kinds_of_friction_occur() -> None:
    kinds = {"planvorming", "pilot", "processen", "opleiding", "dubbel_aanbod"}
    assert {f"frictie_{kind}" for kind in kinds} <= {row.kostensoort for row in case().costs}


def test_scenarios_are_the_ones_a_council_asks_for() -> None:
    assert list(case().scenarios) == [
        "bouwkosten +15%",
        "PxQ",
        "beschikbaarheid",
        "instroom -10% per jaar",
        "instroom -10% dalend",
        "bovenrand van de band",
        "Schakenbosch een jaar later",
        "verlenging-2026",
        "leegstand-door-transitie",
        "renovatie - alleen verbouwen",
        "renovatie - alleen nieuwbouw",
        "frictie - anderhalf keer zoveel",
        "frictie - dubbel aanbod een jaar langer",
        "leegstand - bezetting 80%",
        "leegstand - opstart een jaar langer",
        "lumpsum - band van 5%",
        "lumpsum - niveau 250",
        "lumpsum - afrekenen onder de band",
    ]


def changed(scenario: str) -> Case:
    """The case with the changes of a scenario."""
    return build_case(scenario_book(book(), case(), scenario))


def test_each_family_of_costs_has_its_own_scenarios() -> None:
    """Renovation, friction cost, vacancy and the lump sum: what the project is for."""
    families = Counter(name.split(" - ")[0] for name in case().scenarios if " - " in name)
    assert families == {"renovatie": 2, "frictie": 2, "leegstand": 2, "lumpsum": 3}


def test_one_way_of_building_leaves_the_other_out() -> None:
    for scenario, absent in (("alleen verbouwen", "vervangen"), ("alleen nieuwbouw", "verbouwen")):
        barred = {row.soort for row in changed(f"renovatie - {scenario}").measures if row.keuze == "niet"}
        assert barred == {absent}


def test_friction_grows_by_half_in_every_kind() -> None:
    before = {kind: sum(row.bedrag.cents for row in case().costs if row.kostensoort == kind) for kind in FRICTION}
    dearer = changed("frictie - anderhalf keer zoveel")
    after = {kind: sum(row.bedrag.cents for row in dearer.costs if row.kostensoort == kind) for kind in FRICTION}
    assert after == {kind: amount * 3 // 2 for kind, amount in before.items()}


def test_double_supply_lasts_a_year_longer_where_a_building_is_replaced() -> None:
    longer = changed("frictie - dubbel aanbod een jaar langer")
    later = {
        old.maatregel
        for old, new in zip(case().effects, longer.effects, strict=True)
        if new.na_jaren == old.na_jaren + 1
    }
    assert later == {f"{name}-vervangen" for name in ("HZ-A", "HZ-B", "HZ-C", "SB-1", "SB-2")}


def test_a_narrower_band_is_left_where_a_wider_one_is_not() -> None:
    """251.1 of 270 lies under 256.5, and above 243."""
    narrower = changed("lumpsum - band van 5%")
    need = sum(row.jeugdigen or 0 for row in narrower.demand if row.jaar == 2024)
    (row,) = (row for row in narrower.funding if row.bron == "LUMPSUM" and row.jaar == 2024)
    assert need == Decimal("251.1")
    assert row.niveau * Decimal("0.9") < need < row.niveau * (1 - row.bandbreedte)


def test_a_fifth_fewer_young_people_lie_under_the_band() -> None:
    """216 of 270 is below 243, and the lump sum falls with what is missing."""
    fewer = changed("lumpsum - afrekenen onder de band")
    assert sum(row.jeugdigen for row in fewer.demand if row.jaar == 2024) == 216
    assert {row.onderzijde for row in fewer.funding if row.bron == "LUMPSUM"} == {"dalend"}


def test_upper_edge_of_the_band_is_met_exactly() -> None:
    """One young person more and the lump sum would rise."""
    changed = build_case(scenario_book(book(), case(), "bovenrand van de band"))
    (row,) = (row for row in changed.funding if row.bron == "LUMPSUM" and row.jaar == 2024)
    need = sum(demand.jeugdigen for demand in changed.demand if demand.jaar == 2024)
    assert need == row.niveau * (1 + row.bandbreedte)


def test_base_plan_is_covered_and_uses_the_grants() -> None:
    made, outcome = plan("basis")
    assert made.status is Status.OPTIMAL
    assert outcome.closed
    assert sum(outcome.short.values()) == 0
    assert sum(outcome.over.values()) == 0
    for row in case().sources:
        if row.soort == "spuk" and row.bedrag is not None:
            assert outcome.paid_by_source[row.bron] > row.bedrag.share_down(Decimal("0.9"))


def test_base_plan_fills_the_cap_and_own_money_pays_the_rest() -> None:
    _, outcome = plan("basis")
    paid = {"spuk": Money(0), "gemeente": Money(0)}
    for (line, source), amount in outcome.allocation.payments.items():
        if line.kostensoort in CAPPED:
            paid[case().source[source].soort] += amount
    assert paid["spuk"] <= CAP < paid["spuk"] + Money.from_euros(1)
    assert paid["gemeente"] == outcome.goals["eigen_geld"]


def test_extension_to_2026_makes_another_plan() -> None:
    (_, base), (_, longer) = plan("basis"), plan("verlenging-2026")
    assert "HZ-B-deels" not in base.allocation.starts
    assert "HZ-B-deels" in longer.allocation.starts
    assert longer.closed


def test_reading_on_vacancy_spends_the_grants_to_the_last_cent() -> None:
    (_, base), (_, reading) = plan("basis"), plan("leegstand-door-transitie")
    assert reading.allocation.starts == base.allocation.starts
    assert reading.goals["spuk_onbesteed"] == Money(0)


def test_the_strict_reading_of_vacancy_costs_what_goes_back() -> None:
    """The guide tells this amount: nothing goes back where the grant may pay vacancy by the transition."""
    (asked,) = other_readings(case(), plan("basis")[0], None, lambda _: None)
    assert (asked.lezing, asked.uitkomst) == ("leegstand-door-transitie", Asked.PROVEN)
    assert (str(asked.terug), str(asked.terug_anders)) == ("546006.78", "0.00")
    told = (INPUTS.parent / "docs" / "handleiding.md").read_text("utf-8")
    assert f"{asked.terug.dutch().removeprefix('EUR ')} euro terug" in told


def test_what_is_uncertain_is_an_assumption_and_can_be_drawn() -> None:
    rows = case().uncertainties
    assert {row.herkomst for row in rows} == {"A-SPREIDING"}
    assert check_uncertainty(book(), case()) == []
    for draw in Hypercube(rows, 5, 1).draws():
        changed, refused = drawn_book(book(), rows, draw.waarden)
        assert refused == ()
        assert read_case(changed)[1] == ()
