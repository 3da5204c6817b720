"""Closed years and proceeds of sales, solved by hand; the docstring tells the case."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest

from finance.case import CostLine, build_case
from finance.compliance import Breach, check_allocation
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Outcome, facts_of
from finance.rules import Entitlement
from models import clash_of, make_plan
from tests.casebook import Record, raw_book, small_case
from tests.models.bare import Bare, cost, effect, financed, measure, places, sold, solved, source, spent

TWO: Final = (2022, 2023)
THREE: Final = (2022, 2024)
BUILT: Final = CostLine("M", "", "", "verbouwen", 2022)


def breaches(outcome: Outcome) -> list[Breach]:
    """What the plan breaks; `solved` refused all that are no facts."""
    case = outcome.case
    return list(check_allocation(case, outcome.allocation))


def named(outcome: Outcome) -> list[tuple[str, str, str, str]]:
    """Each breach in short."""
    return [(row.regel, row.waar, row.waarde, row.grens) for row in breaches(outcome)]


def paid(outcome: Outcome) -> dict[tuple[str, str, int], str]:
    """What each source pays for each measure in each year, in euros."""
    return {
        (bron, line.maatregel, line.jaar): str(amount) for (line, bron), amount in outcome.allocation.payments.items()
    }


def building(*actuals: Record, sources: list[Record], **more: object) -> Bare:
    """M started in 2022 and was to cost 100,000 in 2022 and 60,000 in 2023."""
    return replace(
        Bare(
            last=2023,
            measures=[measure("M")],
            costs=[cost("M", "verbouwen", 100_000), cost("M", "verbouwen", 60_000, 1)],
            sources=sources,
            started={"M": 2022},
            actuals=actuals,
            settings={"afgesloten_tot": 2022},
        ),
        **more,
    )


# What was paid


def test_a_closed_year_costs_what_was_paid_and_leaves_the_rest_for_later() -> None:
    """The pot of 150,000 paid 95,000.50 instead of 100,000: 54,999.50 are left for the 60,000 of 2023."""
    pot = [source("SPUK", "spuk", 150_000, TWO)]
    outcome = solved(building(spent("SPUK", "M", "verbouwen", 2022, Decimal("95000.50")), sources=pot))
    assert paid(outcome) == {("SPUK", "M", 2022): "95000.50", ("SPUK", "M", 2023): "54999.50"}
    assert str(outcome.costs[BUILT]) == "95000.50"
    assert str(outcome.planned_costs[BUILT]) == "100000.00"
    assert {name: str(outcome.goals[name]) for name in ("ongedekt", "spuk_onbesteed")} == {
        "ongedekt": "5000.50",
        "spuk_onbesteed": "0.00",
    }
    assert breaches(outcome) == []


def test_invoices_for_the_same_line_add_up_and_a_line_without_any_cost_nothing() -> None:
    """Three invoices of the two sources for building, none for the crane that was to cost 7."""
    sources = [source("SPUK", "spuk", 150_000, TWO), source("STAD", "gemeente", 50_000, TWO)]
    bare = building(
        spent("SPUK", "M", "verbouwen", 2022, 10),
        spent("STAD", "M", "verbouwen", 2022, 5),
        spent("SPUK", "M", "verbouwen", 2022, Decimal("0.01")),
        sources=sources,
    )
    outcome = solved(replace(bare, costs=[*bare.costs, cost("M", "overig", 7)]))
    assert {line: str(amount) for line, amount in outcome.costs.items() if line.jaar == 2022} == {BUILT: "15.01"}
    assert paid(outcome)["SPUK", "M", 2022] == "10.01"


def test_what_was_paid_counts_in_the_goals_as_it_was_paid() -> None:
    """Own money paid 110,000 in 2022 and pays the 60,000 of 2023: 170,000, and discounted less."""
    pot = [source("EIGEN", "eigen", 200_000, TWO)]
    bare = building(spent("EIGEN", "M", "verbouwen", 2022, 110_000), sources=pot)
    goals = solved(replace(bare, settings={**bare.settings, "discontovoet": Decimal("0.25")})).goals
    assert (str(goals["eigen_geld"]), str(goals["kosten_ncw"])) == ("170000.00", "158000.00")


def test_places_of_a_closed_year_cost_what_was_paid_however_many_are_planned() -> None:
    """Four places at 100,000 used and 40,000 empty; in 2022 only 12,345.67 was paid for all of them."""
    bare = Bare(
        last=2023,
        places=[places("L1", "open", 4)],
        need={("open", 2022): 3, ("open", 2023): 3},
        sources=[source("LUMP", "lumpsum", None, TWO)],
        funding=[financed("LUMP", 2022, 3, 100_000), financed("LUMP", 2023, 3, 100_000)],
        actuals=[spent("LUMP", ("L1", "open"), "exploitatie", 2022, Decimal("12345.67"))],
    )
    outcome = solved(bare)
    assert {(line.kostensoort, line.jaar): str(amount) for line, amount in outcome.costs.items()} == {
        ("exploitatie", 2022): "12345.67",
        ("exploitatie", 2023): "300000.00",
        ("leegstand", 2023): "40000.00",
    }
    assert (outcome.goals["tekort_plaatsen"], str(outcome.goals["ongedekt"])) == (0, "40000.00")


@pytest.mark.parametrize(("moves_on", "gap"), [("ja", "12345.67"), ("nee", "40000.00")])
def test_what_a_lump_sum_kept_in_a_closed_year_moves_on(moves_on: str, gap: str) -> None:
    """Of 300,000 in 2022 all but 27,654.33 was spent; 2023 needs 40,000 more than its own 300,000."""
    bare = Bare(
        last=2023,
        places=[places("L1", "open", 4)],
        need={("open", 2023): 3},
        sources=[source("LUMP", "lumpsum", None, TWO, overdraagbaar=moves_on)],
        funding=[financed("LUMP", year, 3, 100_000) for year in TWO],
        actuals=[spent("LUMP", ("L1", "open"), "leegstand", 2022, Decimal("272345.67"))],
    )
    assert str(solved(bare).goals["ongedekt"]) == gap


def test_what_pxq_seems_to_keep_in_a_closed_year_does_not_move_on() -> None:
    """Nobody knows how many places were used in 2022; the 100,000 that it can have earned do not count."""
    bare = Bare(
        last=2023,
        places=[places("L1", "open", 1)],
        need={("open", 2022): 1, ("open", 2023): 1},
        sources=[source("PXQ", "pxq", None, TWO, overdraagbaar="ja")],
        funding=[financed("PXQ", 2022, 1, 100_000), financed("PXQ", 2023, 1, 40_000)],
        settings={"afgesloten_tot": 2022},
    )
    outcome = solved(bare)
    assert str(outcome.goals["ongedekt"]) == "60000.00"
    assert [str(row.ingebracht) for row in outcome.balances] == ["0.00", "0.00"]


def test_the_share_cap_is_smaller_by_what_was_paid() -> None:
    """5% of 1,000,000 is 50,000, of which 30,000.01 was paid in 2022; the plan of 2023 costs 60,000."""
    bare = Bare(
        last=2023,
        measures=[measure("M"), measure("N", start=(2023, 2023), verplicht="ja")],
        costs=[cost("M", "projectleiding", 1), cost("N", "bovenregionaal_plan", 60_000)],
        sources=[source("SPUK", "spuk", 1_000_000, TWO)],
        started={"M": 2022},
        actuals=[spent("SPUK", "M", "projectleiding", 2022, Decimal("30000.01"))],
    )
    outcome = solved(bare)
    assert paid(outcome)["SPUK", "N", 2023] == "19999.99"
    assert breaches(outcome) == []


# What has started


def test_what_has_started_is_chosen_whatever_its_window_and_nothing_else_of_its_project() -> None:
    """M could start in 2023 only, but started in 2022; its variant and what the closed year missed cannot."""
    bare = Bare(
        last=2023,
        measures=[
            measure("M", "P", (2023, 2023)),
            measure("BETTER", "P", TWO, waardering=9),
            measure("MISSED", waardering=9),
            measure("LATER", start=TWO, waardering=1),
        ],
        started={"M": 2022},
        settings={"afgesloten_tot": 2022},
    )
    outcome = solved(bare)
    assert outcome.allocation.starts == {"M": 2022, "LATER": 2023}
    assert outcome.goals["startjaren"] == 0


def test_a_start_without_what_it_requires_is_a_fact_and_is_told() -> None:
    """M requires P-N, which has not started: C2 is broken, and the plan comes all the same."""
    bare = Bare(
        last=2023,
        measures=[measure("M", vereist="P-N"), measure("N", start=TWO, waardering=1)],
        started={"M": 2022},
        settings={"afgesloten_tot": 2022},
    )
    outcome = solved(bare)
    assert outcome.allocation.starts == {"M": 2022, "N": 2023}
    assert named(outcome) == [("C2", "M", "", "")]


def test_what_another_measure_requires_has_started() -> None:
    """N requires P-M, which started in the closed year."""
    bare = Bare(
        last=2023,
        measures=[measure("M"), measure("N", start=TWO, vereist="P-M", waardering=1)],
        started={"M": 2022},
        settings={"afgesloten_tot": 2022},
    )
    assert solved(bare).allocation.starts == {"M": 2022, "N": 2023}


def test_a_mandatory_project_that_missed_its_years_clashes() -> None:
    bare = Bare(last=2023, measures=[measure("M", verplicht="ja")], settings={"afgesloten_tot": 2022})
    case = bare.case()
    assert "maatregel M is niet gestart, en 2022 is een afgesloten jaar" in clash_of(case)
    with pytest.raises(NoPlanError):
        make_plan(case, Entitlement(case))


def test_a_start_that_takes_more_places_than_there_are_clashes() -> None:
    bare = Bare(
        last=2023,
        places=[places("L1", "open", 1)],
        measures=[measure("M")],
        effects=[effect("M", "L1", "open", -2)],
        started={"M": 2022},
        settings={"afgesloten_tot": 2022},
    )
    text = clash_of(bare.case())
    assert "maatregel M is gestart in 2022 (gestart rij 2)" in text
    assert "L1 open heeft 1 plaatsen en kan niet onder nul" in text


def test_a_case_of_which_all_years_are_closed_has_the_plan_that_happened() -> None:
    bare = building(
        spent("SPUK", "M", "verbouwen", 2022, 100_000),
        spent("SPUK", "M", "verbouwen", 2023, 50_000),
        sources=[source("SPUK", "spuk", 150_000, TWO)],
        settings={},
    )
    outcome = solved(bare)
    case = bare.case()
    assert outcome.allocation == facts_of(case)
    assert breaches(outcome) == []


@pytest.mark.parametrize("last", [2022, 2023, 2024])
def test_a_plan_that_happened_exactly_leaves_the_same_plan_for_the_rest(last: int) -> None:
    """All goals stay but `kosten_ncw`, which counts what was paid in the prices of its own year."""
    tables = small_case()
    case = build_case(raw_book(tables))
    plan = make_plan(case, Entitlement(case)).allocation
    tables["case"].append({"sleutel": "afgesloten_tot", "waarde": last})
    tables["gestart"] = [{"maatregel": name, "jaar": year} for name, year in plan.starts.items() if year <= last]
    tables["realisatie"] = [
        spent(bron, line.maatregel or (line.locatie, line.zorgvorm), line.kostensoort, line.jaar, paid)
        for (line, bron), paid in ((pair, amount.cents / 100) for pair, amount in plan.payments.items())
        if line.jaar <= last
    ]
    later = build_case(raw_book(tables))
    again = make_plan(later, Entitlement(later)).allocation
    assert (again.starts, check_allocation(later, again)) == (plan.starts, ())
    was, now = dict(Outcome(case, plan).goals), dict(Outcome(later, again).goals)
    del was["kosten_ncw"], now["kosten_ncw"]
    assert now == was


# Reality that breaks a rule


def test_a_pot_that_paid_more_than_it_had_has_no_room_left_and_the_breach_is_told() -> None:
    pot = [source("SPUK", "spuk", 150_000, TWO)]
    outcome = solved(building(spent("SPUK", "M", "verbouwen", 2022, Decimal("150000.01")), sources=pot))
    assert paid(outcome) == {("SPUK", "M", 2022): "150000.01"}
    assert named(outcome) == [("C9", "SPUK", "150000.01", "150000.00")]
    assert (str(outcome.goals["ongedekt"]), str(outcome.goals["spuk_onbesteed"])) == ("60000.00", "0.00")


def test_a_pot_that_paid_exactly_all_it_had_broke_nothing() -> None:
    pot = [source("SPUK", "spuk", 150_000, TWO)]
    assert breaches(solved(building(spent("SPUK", "M", "verbouwen", 2022, 150_000), sources=pot))) == []


def test_a_payment_that_was_forbidden_is_told_by_its_rule() -> None:
    """The SPUK paid friction in 2022, and 10,000 for leading a project where the cap is 7,500."""
    pot = [source("SPUK", "spuk", 150_000, TWO)]
    outcome = solved(
        building(
            spent("SPUK", "M", "frictie_pilot", 2022, 1),
            spent("SPUK", "M", "projectleiding", 2022, 10_000),
            sources=pot,
        )
    )
    assert named(outcome) == [
        ("VT20-frictie_pilot", "M frictie_pilot 2022 uit SPUK", "1.00", "0.00"),
        ("VT20-deelplafond", "vastgoedtransitie-2020", "10000.00", "7500.00"),
    ]
    assert all(row.feit for row in breaches(outcome))


def test_a_year_that_spent_more_than_it_had_leaves_nothing_and_takes_nothing() -> None:
    """The lump sum of 2022 was 300,000, and 300,000.01 was spent; 2023 keeps its own 300,000."""
    bare = Bare(
        last=2023,
        places=[places("L1", "open", 3)],
        need={("open", 2023): 3},
        sources=[source("LUMP", "lumpsum", None, TWO, overdraagbaar="ja")],
        funding=[financed("LUMP", year, 3, 100_000) for year in TWO],
        actuals=[spent("LUMP", ("L1", "open"), "leegstand", 2022, Decimal("300000.01"))],
    )
    outcome = solved(bare)
    assert str(outcome.goals["ongedekt"]) == "0.00"
    assert named(outcome) == [("C10", "LUMP 2022", "300000.01", "300000.00")]


@pytest.mark.parametrize(("amount", "told"), [(200_000, []), (Decimal("200000.01"), ["C10"])])
def test_pxq_of_a_closed_year_is_held_against_all_places_that_were_there(amount: object, told: list[str]) -> None:
    """A plan would use one of two places in 2022; how many were used is not known, so two may have been."""
    bare = Bare(
        last=2023,
        places=[places("L1", "open", 2)],
        need={("open", 2022): 1},
        sources=[source("PXQ", "pxq", None, TWO)],
        funding=[financed("PXQ", year, 5, 100_000) for year in TWO],
        actuals=[spent("PXQ", ("L1", "open"), "exploitatie", 2022, amount)],
    )
    outcome = solved(bare)
    assert [row.regel for row in breaches(outcome)] == told
    assert [str(row.eigen_opbrengst) for row in outcome.balances] == ["200000.00", "0.00"]


@pytest.mark.parametrize(("cents", "bron"), [(1, "EIGEN"), (-1, "EIGEN"), (1, "ANDER")])
def test_a_plan_that_changes_what_was_paid_is_refused(cents: int, bron: str) -> None:
    """A cent more, a cent less, or a cent from another source."""
    sources = [source("EIGEN", "eigen", 200_000, TWO), source("ANDER", "eigen", 200_000, TWO)]
    outcome = solved(building(spent("EIGEN", "M", "verbouwen", 2022, 90_000), sources=sources))
    pays = dict(outcome.allocation.payments)
    pays[BUILT, bron] = pays.get((BUILT, bron), Money(0)) + Money(cents)
    case = outcome.case
    found = check_allocation(case, replace(outcome.allocation, payments=pays))
    assert ("C8", False) in [(row.regel, row.feit) for row in found]


def test_a_plan_without_what_has_started_is_refused() -> None:
    case = building(sources=[]).case()
    found = check_allocation(case, replace(facts_of(case), starts={}))
    assert [(row.regel, row.waar, row.feit) for row in found] == [("C1", "M", False)]


# Proceeds of sales


def selling(amount: object, after: int, pot: object = 20_000, **more: object) -> Bare:
    """S sells a building in 2022 for its pot; M costs 50,000 in 2023 and 50,000 in 2024."""
    return replace(
        Bare(
            last=2024,
            measures=[measure("S", waardering=1), measure("M", start=(2023, 2023), verplicht="ja")],
            costs=[cost("M", "overig", 50_000), cost("M", "overig", 50_000, 1)],
            sources=[source("EIGEN", "eigen", pot, THREE)],
            proceeds=[sold("S", "EIGEN", amount, after)],
        ),
        **more,
    )


@pytest.mark.parametrize(
    ("amount", "after", "uncovered"),
    [
        (80_000, 0, "0.00"),
        (80_000, 1, "0.00"),
        (80_000, 2, "30000.00"),
        (Decimal("79999.99"), 1, "0.01"),
        (80_000, 3, "80000.00"),
    ],
)
def test_proceeds_are_spent_from_the_year_in_which_they_come(amount: object, after: int, uncovered: str) -> None:
    """With 20,000 of its own the pot needs 30,000 more in 2023 and 50,000 more in 2024."""
    assert str(solved(selling(amount, after)).goals["ongedekt"]) == uncovered


def test_proceeds_of_what_is_not_chosen_are_not_there() -> None:
    """The sale costs a point and nothing asks for it: cover comes before points, so it is done."""
    bare = selling(80_000, 1)
    poor = [measure("S", waardering=-1), *bare.measures[1:]]
    assert solved(replace(bare, measures=poor)).allocation.starts == {"S": 2022, "M": 2023}
    goals = [("waardering", None), ("ongedekt", None)]
    outcome = solved(replace(bare, measures=poor, goals=goals))
    assert (outcome.allocation.starts, str(outcome.goals["ongedekt"])) == ({"M": 2023}, "80000.00")


def test_proceeds_that_come_after_the_pot_may_be_spent_do_not_count() -> None:
    """The pot ends in 2023; what comes in 2024 is no part of it."""
    pot = [source("EIGEN", "eigen", 20_000, (2022, 2023))]
    outcome = solved(selling(80_000, 2, sources=pot))
    assert str(outcome.balances[0].beschikbaar) == "20000.00"
    assert str(outcome.goals["ongedekt"]) == "80000.00"


def test_proceeds_of_several_rows_and_measures_add_up() -> None:
    rows = [sold("S", "EIGEN", 40_000), sold("S", "EIGEN", 40_000), sold("M", "EIGEN", 1, 1)]
    outcome = solved(selling(0, 0, proceeds=rows))
    assert str(outcome.balances[0].beschikbaar) == "100001.00"
    assert [(row.jaar, str(row.ontvangen), str(row.betaald)) for row in outcome.ledger.pot_years] == [
        (2022, "80000.00", "0.00"),
        (2023, "0.00", "50000.00"),
        (2024, "1.00", "100000.00"),
    ]


def test_a_pot_that_was_overspent_has_later_proceeds_for_later_costs() -> None:
    """2022 spent 25,000 of 20,000: a breach of that year, and in all. The 80,000 of 2023 are there."""
    bare = selling(
        80_000,
        1,
        started={"S": 2022},
        settings={"afgesloten_tot": 2022},
        actuals=[spent("EIGEN", "S", "afstoten", 2022, 25_000)],
    )
    outcome = solved(bare)
    assert str(outcome.goals["ongedekt"]) == "20000.00"
    assert [row[:2] for row in named(outcome)] == [
        ("C9", "EIGEN"),
        ("C9", "EIGEN tot en met 2022"),
    ]


def test_a_plan_that_spends_proceeds_before_they_are_there_is_refused() -> None:
    """All 100,000 are there in the end, but in 2023 only 20,000, and 20,000.01 is paid."""
    bare = selling(80_000, 2)
    outcome = solved(bare)
    line = CostLine("M", "", "", "overig", 2023)
    pays = {**outcome.allocation.payments, (line, "EIGEN"): Money.from_euros("20000.01")}
    case = outcome.case
    found = check_allocation(case, replace(outcome.allocation, payments=pays))
    assert [(row.regel, row.waar, row.feit) for row in found] == [("C9", "EIGEN tot en met 2023", False)]
