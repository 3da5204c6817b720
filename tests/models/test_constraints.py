"""Each constraint solved by hand, below, at and above its threshold; the docstring tells the case."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.case import CostLine
from finance.findings import NoPlanError
from finance.money import Money
from finance.plan.allocation import Outcome
from tests.casebook import Record
from tests.models.bare import Bare, cost, effect, financed, measure, places, solved, source

BOTH = (2022, 2023)


def uncovered(bare: Bare) -> str:
    """What stays without cover, in euros."""
    return str(solved(bare).goals["ongedekt"])


def paid(outcome: Outcome) -> dict[str, str]:
    """What each source pays, in euros."""
    return {bron: str(amount) for bron, amount in outcome.paid_by_source.items()}


def one_cost(sort: str, bedrag: object, *sources: Record) -> Bare:
    """A mandatory measure M in 2022 that costs one amount."""
    row = measure("M", verplicht="ja")
    return Bare(measures=[row], costs=[cost("M", sort, bedrag)], sources=sources)


# C1


def test_c1_one_variant_of_a_project_is_chosen() -> None:
    """Three variants of one project with 1, 3 and 2 points, and another project with 1 point."""
    rows = [measure(f"M{n}", "P", waardering=points) for n, points in enumerate((1, 3, 2))]
    assert solved(Bare(measures=[*rows, measure("N", waardering=1)])).allocation.starts == {
        "M1": 2022,
        "N": 2022,
    }


@pytest.mark.parametrize(("mandatory", "starts"), [("ja", {"M": 2022}), ("nee", {})])
def test_c1_a_mandatory_project_is_chosen_though_it_costs_money_that_is_not_there(
    mandatory: str, starts: dict[str, int]
) -> None:
    """A measure of 10 points costs 1000 euros; there is no money at all."""
    row = measure("M", verplicht=mandatory, waardering=10)
    assert solved(Bare(measures=[row], costs=[cost("M", "overig", 1000)])).allocation.starts == starts


def test_c1_the_cheaper_variant_of_a_mandatory_project_will_do() -> None:
    """Only the dearer variant (2000 euros) is called mandatory; the other costs 1000."""
    rows = [measure("M1", "P", verplicht="ja"), measure("M2", "P")]
    bare = Bare(measures=rows, costs=[cost("M1", "overig", 2000), cost("M2", "overig", 1000)])
    assert solved(bare).allocation.starts == {"M2": 2022}


# C2


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_c2_a_measure_starts_in_the_year_of_what_it_requires_at_the_earliest(year: int) -> None:
    """N requires M's project; M can start in one year only, N in all three."""
    rows = [measure("M", start=(year, year)), measure("N", start=(2022, 2024), vereist="P-M", waardering=1)]
    assert solved(Bare(last=2024, measures=rows)).allocation.starts == {"M": year, "N": year}


def test_c2_without_what_it_requires_a_measure_is_not_chosen() -> None:
    """N requires M's project; M can only start a year after N."""
    rows = [measure("M", start=(2023, 2023)), measure("N", vereist="P-M", waardering=1)]
    assert solved(Bare(last=2023, measures=rows)).allocation.starts == {}


@pytest.mark.parametrize(
    ("effects", "year"),
    [
        ([effect("M", "L1", "open", 2, 2)], 2024),
        ([effect("M", "L1", "open", 2, 1)], 2023),
        ([effect("M", "L1", "open", 2, 0)], 2022),
        ([effect("M", "L1", "open", 1, 1), effect("M", "L1", "open", 1, 2)], 2024),
        ([effect("M", "L1", "open", 2, 0), effect("M", "L1", "gesloten", -2, 2)], 2022),
        ([effect("M", "L1", "gesloten", -2, 2)], 2022),
        ([], 2022),
    ],
)
def test_c2_a_measure_waits_until_the_last_places_are_delivered(effects: list[Record], year: int) -> None:
    """N waits for M's project, which starts in 2022; closures, and a measure without places, do not count."""
    rows = [measure("M"), measure("N", start=(2022, 2024), wacht_op="P-M", waardering=1)]
    bare = Bare(
        last=2024,
        places=[places("L1", "open", 0, (0, 0)), places("L1", "gesloten", 2, (0, 0))],
        measures=rows,
        effects=effects,
    )
    assert solved(bare).allocation.starts == {"M": 2022, "N": year}


# C3


@pytest.mark.parametrize(("closed", "possible"), [(2, True), (3, True), (4, False)])
def test_c3_no_more_places_close_than_there_are(closed: int, possible: bool) -> None:
    """Three places; a measure with points closes some of them."""
    bare = Bare(
        places=[places("L1", "gesloten", 3, (0, 0))],
        measures=[measure("M", waardering=1)],
        effects=[effect("M", "L1", "gesloten", -closed)],
    )
    assert solved(bare).allocation.starts == ({"M": 2022} if possible else {})


def test_c3_a_mandatory_closure_of_more_places_than_there_are_has_no_plan() -> None:
    """Three places; four must close."""
    bare = Bare(
        places=[places("L1", "gesloten", 3)],
        measures=[measure("M", verplicht="ja")],
        effects=[effect("M", "L1", "gesloten", -4)],
    )
    with pytest.raises(NoPlanError, match="L1 gesloten heeft 3 plaatsen"):
        solved(bare)


def test_c3_places_may_come_and_go_as_long_as_there_are_enough_each_year() -> None:
    """M adds 2 places in 2023; N, which closes 2, can start in the same year, and not sooner."""
    rows = [measure("M", start=(2023, 2023)), measure("N", start=(2022, 2024), waardering=1)]
    bare = Bare(
        last=2024,
        places=[places("L1", "open", 0, (0, 0))],
        measures=rows,
        effects=[effect("M", "L1", "open", 2), effect("N", "L1", "open", -2)],
    )
    assert solved(bare).allocation.starts == {"M": 2023, "N": 2023}


# C4, C5


@pytest.mark.parametrize(("need", "short"), [("3.59", "0"), ("3.6", "0"), ("3.61", "0.01")])
def test_c5_no_more_than_the_largest_share_of_places_is_used(need: str, short: str) -> None:
    """Four places that can be 90% full: 3.6."""
    bare = Bare(
        places=[places("L1", "open", 4)],
        need={("open", 2022): Decimal(need)},
        forms={"open": {"bezetting_max": Decimal("0.9")}},
    )
    outcome = solved(bare)
    assert outcome.goals["tekort_plaatsen"] == Fraction(short)
    assert outcome.empty[("L1", "open"), 2022] == 4 - Fraction(need) + Fraction(short)


@pytest.mark.parametrize(
    ("start", "new", "old_year", "next_year"),
    [(0, 4, "2", "3.6"), (2, 4, "3.8", "5.4"), (2, 0, "1.8", "1.8")],
)
def test_c5_new_places_fill_up_slowly_in_their_first_year(start: int, new: int, old_year: str, next_year: str) -> None:
    """Places can be 90% full, new ones 50%: with 2 old and 4 new places 1.8 + 2, and a year later 5.4."""
    bare = Bare(
        last=2023,
        places=[places("L1", "open", start)],
        need={("open", 2022): 9, ("open", 2023): 9},
        measures=[measure("M", verplicht="ja")],
        effects=[effect("M", "L1", "open", new)] if new else [],
        forms={"open": {"bezetting_max": Decimal("0.9"), "aanloop_jaar1": Decimal("0.5")}},
    )
    used = solved(bare).used
    assert [used[("L1", "open"), year] for year in BOTH] == [Fraction(old_year), Fraction(next_year)]


# C6


@pytest.mark.parametrize(
    ("alternatives", "diverted", "short"),
    [([], 0, 3), ([("gesloten", "open")], 2, 1), ([("open", "gesloten")], 0, 3)],
)
def test_c6_who_finds_no_place_uses_one_of_an_alternative(
    alternatives: list[tuple[str, str]], diverted: int, short: int
) -> None:
    """Five need a closed place and one an open one; there are 2 closed and 3 open places."""
    bare = Bare(
        places=[places("L1", "gesloten", 2), places("L2", "open", 3)],
        need={("gesloten", 2022): 5, ("open", 2022): 1},
        alternatives=alternatives,
    )
    goals = solved(bare).goals
    assert (goals["uitwijk"], goals["tekort_plaatsen"]) == (diverted, short)


def test_c6_nobody_is_diverted_who_finds_a_place_of_his_own() -> None:
    """Two need a closed place and there are two; the open places are cheaper."""
    bare = Bare(
        places=[places("L1", "gesloten", 2), places("L2", "open", 2, (1, 0))],
        need={("gesloten", 2022): 2},
        alternatives=[("gesloten", "open")],
    )
    assert solved(bare).used[("L1", "gesloten"), 2022] == 2


# C7


@pytest.mark.parametrize(("ceiling", "over"), [(4, 1), (5, 0), (6, 0), (Decimal("4.5"), Fraction(1, 2))])
def test_c7_places_above_the_ceiling_count_used_or_not(ceiling: object, over: object) -> None:
    """Three and two places at two locations, none of them needed."""
    bare = Bare(
        places=[places("L1", "gesloten", 3), places("L2", "gesloten", 2)],
        need={("gesloten", 2022): (0, ceiling)},
    )
    assert solved(bare).goals["boven_plafond"] == over


def test_c7_a_closure_is_chosen_to_come_below_the_ceiling() -> None:
    """Five places and a ceiling of 4; a measure of 9 euros that nobody pays closes one."""
    bare = Bare(
        places=[places("L1", "gesloten", 5, (0, 0))],
        need={("gesloten", 2022): (0, 4)},
        measures=[measure("M")],
        effects=[effect("M", "L1", "gesloten", -1)],
        costs=[cost("M", "afstoten", 9)],
    )
    assert solved(bare).allocation.starts == {"M": 2022}


# C8, C9


@pytest.mark.parametrize(("pot", "gap"), [("999.99", "0.01"), ("1000", "0.00"), ("1000.01", "0.00"), ("0", "1000.00")])
def test_c8_c9_a_plan_is_closed_when_the_pot_holds_the_last_cent(pot: str, gap: str) -> None:
    """A measure costs 1000 euros; own money is a cent short, enough, a cent more, nothing."""
    outcome = solved(one_cost("overig", 1000, source("EIGEN", "eigen", Decimal(pot))))
    assert str(outcome.goals["ongedekt"]) == gap
    assert outcome.closed == (gap == "0.00")
    assert paid(outcome) == {"EIGEN": str(Money.from_euros(1000) - Money.from_euros(gap))}


def test_c9_a_pot_is_for_the_whole_window() -> None:
    """600 euros in each of two years and a pot of 1000."""
    bare = Bare(
        last=2023,
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "overig", 600), cost("M", "overig", 600, 1)],
        sources=[source("EIGEN", "eigen", 1000, BOTH)],
    )
    assert uncovered(bare) == "200.00"


def test_c8_used_and_empty_places_have_their_own_cover() -> None:
    """One used and two empty places; the lump sum of 1 x 150,000 may pay vacancy only."""
    bare = Bare(
        places=[places("L1", "open", 3)],
        need={("open", 2022): 1},
        sources=[source("LUMP", "lumpsum")],
        funding=[financed("LUMP", 2022, 1, 150_000)],
        permits=[("LUMP", "leegstand")],
    )
    outcome = solved(bare)
    assert {line.kostensoort: str(gap) for line, gap in outcome.gaps.items()} == {"exploitatie": "100000.00"}
    assert paid(outcome) == {"LUMP": "80000.00"}


def test_c8_prices_grow_with_their_index_and_are_rounded_once() -> None:
    """A third of a place of 100,000.01 in 2023, grown by 5%: 35,000.0035, so 35,000.00."""
    bare = Bare(
        last=2023,
        places=[places("L1", "open", 1, (Decimal("100000.01"), 0), "ova")],
        need={("open", 2023): Decimal("0.333333333")},
        indexes={("ova", 2023): Decimal("0.05")},
        sources=[source("EIGEN", "eigen", 100_000, BOTH)],
    )
    assert paid(solved(bare)) == {"EIGEN": "35000.00"}


# C10


@pytest.mark.parametrize(
    ("first", "second", "moves", "gap"),
    [
        (500, 1500, "ja", "0.00"),
        (500, 1500, "nee", "500.00"),
        (500, Decimal("1500.01"), "ja", "0.01"),
        (1500, 500, "ja", "500.00"),
        (1500, 500, "nee", "500.00"),
    ],
)
def test_c10_what_is_left_of_a_year_moves_to_the_next_and_never_back(
    first: int, second: object, moves: str, gap: str
) -> None:
    """A lump sum of 1000 euros a year; start-up costs of two years."""
    bare = Bare(
        last=2023,
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "opstart", first), cost("M", "opstart", second, 1)],
        sources=[source("LUMP", "lumpsum", None, BOTH, overdraagbaar=moves)],
        funding=[financed("LUMP", year, 1, 1000) for year in BOTH],
    )
    assert uncovered(bare) == gap


def test_c10_what_is_left_after_the_window_lapses() -> None:
    """A lump sum of 2022 only, and start-up costs of 2023."""
    bare = Bare(
        last=2023,
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "opstart", 500, 1)],
        sources=[source("LUMP", "lumpsum", None, overdraagbaar="ja")],
        funding=[financed("LUMP", 2022, 1, 1000)],
    )
    outcome = solved(bare)
    assert str(outcome.goals["ongedekt"]) == "500.00"
    assert [str(balance.over) for balance in outcome.balances] == ["1000.00"]


def test_c10_money_moves_over_more_than_one_year() -> None:
    """1000 a year for three years, and 3000 of start-up costs in the last."""
    bare = Bare(
        last=2024,
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "opstart", 3000, 2)],
        sources=[source("LUMP", "lumpsum", None, (2022, 2024), overdraagbaar="ja")],
        funding=[financed("LUMP", year, 1, 1000) for year in (2022, 2023, 2024)],
    )
    assert [str(balance.over) for balance in solved(bare).balances] == ["1000.00", "2000.00", "0.00"]


@pytest.mark.parametrize(("used", "revenue"), [(2, "100000.00"), (3, "150000.00"), (4, "150000.00")])
def test_c10_pxq_pays_used_places_up_to_its_level(used: int, revenue: str) -> None:
    """Five places of which some are used; 50,000 euros for each used place, for at most 3."""
    bare = Bare(
        places=[places("L1", "open", 5)],
        need={("open", 2022): used},
        sources=[source("PXQ", "pxq")],
        funding=[financed("PXQ", 2022, 3, 50_000)],
    )
    assert paid(solved(bare)) == {"PXQ": revenue}


@pytest.mark.parametrize(("there", "revenue"), [(2, "20000.00"), (3, "30000.00"), (4, "30000.00")])
def test_c10_availability_pays_places_up_to_its_level_used_or_not(there: int, revenue: str) -> None:
    """Some places, all empty; 10,000 euros for each, for at most 3."""
    bare = Bare(
        places=[places("L1", "open", there)],
        sources=[source("BES", "beschikbaarheid")],
        funding=[financed("BES", 2022, 3, 10_000)],
    )
    assert paid(solved(bare)) == {"BES": revenue}


@pytest.mark.parametrize(
    ("owner", "form", "revenue"),
    [
        (None, None, "70000.00"),
        ("A", None, "30000.00"),
        (None, "open", "60000.00"),
        ("A", "open", "20000.00"),
        ("B", "gesloten", "0.00"),
    ],
)
def test_c10_a_row_counts_the_places_of_its_provider_and_form(
    owner: str | None, form: str | None, revenue: str
) -> None:
    """A has 1 closed and 2 open places, B 4 open ones; 10,000 euros for each place that counts."""
    bare = Bare(
        places=[places("L1", "gesloten", 1), places("L1", "open", 2), places("L2", "open", 4)],
        sources=[source("BES", "beschikbaarheid", aanbieder=owner)],
        funding=[financed("BES", 2022, 9, 10_000, zorgvorm=form)],
    )
    assert paid(solved(bare)) == {"BES": revenue}


@pytest.mark.parametrize(
    ("need", "below", "revenue"),
    [
        ("8.99", "vast", "10000.00"),
        ("8.99", "dalend", "9990.00"),
        ("9", "dalend", "10000.00"),
        ("9.01", "dalend", "10000.00"),
        ("10.99", "vast", "10000.00"),
        ("11", "vast", "10000.00"),
        ("11.01", "vast", "10010.00"),
    ],
)
def test_c10_a_lump_sum_follows_the_young_people_outside_its_band(need: str, below: str, revenue: str) -> None:
    """A level of 10 places with a band of 10%, at 1000 euros a place."""
    bare = Bare(
        places=[places("L1", "open", 20)],
        need={("open", 2022): Decimal(need)},
        sources=[source("LUMP", "lumpsum")],
        funding=[financed("LUMP", 2022, 10, 1000, bandbreedte=Decimal("0.1"), onderzijde=below)],
    )
    assert paid(solved(bare)) == {"LUMP": revenue}


# C11


@pytest.mark.parametrize(
    ("bron", "gap"),
    [
        (source("S", "eigen", 1000), "0.00"),
        (source("S", "eigen", 1000, aanbieder="A"), "0.00"),
        (source("S", "eigen", 1000, aanbieder="B"), "1000.00"),
        (source("S", "eigen", 1000, (2021, 2022)), "0.00"),
        (source("S", "eigen", 1000, (2021, 2021)), "1000.00"),
        (source("S", "eigen", 1000, (2023, 2024)), "1000.00"),
        (source("S", "spuk", 1000), "1000.00"),
    ],
)
def test_c11_a_source_pays_for_its_provider_in_its_window_what_the_rules_permit(bron: Record, gap: str) -> None:
    """A measure of provider A costs 1000 euros of `overig` in 2022; a grant does not pay that."""
    assert uncovered(one_cost("overig", 1000, bron)) == gap


@pytest.mark.parametrize(
    ("year", "reading", "gap"),
    [
        (2024, None, "0.00"),
        (2025, None, "1000.00"),
        (2025, "verlenging-2026", "0.00"),
        (2026, "verlenging-2026", "0.00"),
        (2027, "verlenging-2026", "1000.00"),
    ],
)
def test_c11_a_grant_of_2020_is_spent_before_its_last_day(year: int, reading: str | None, gap: str) -> None:
    """A disposal in one year, and a grant that may be spent until 2030 as far as the region is concerned."""
    bare = Bare(
        last=2027,
        measures=[measure("M", start=(year, year), verplicht="ja")],
        costs=[cost("M", "afstoten", 1000)],
        sources=[source("SPUK", "spuk", 1000, (2022, 2030))],
        settings={"lezingen": reading},
    )
    assert uncovered(bare) == gap


@pytest.mark.parametrize(
    ("granted", "asked", "gap"),
    [
        (100_000, "4999.99", "0.00"),
        (100_000, "5000", "0.00"),
        (100_000, "5000.01", "0.01"),
        (Decimal("100000.19"), "5000", "0.00"),
        (Decimal("100000.19"), "5000.01", "0.01"),
        (Decimal("100000.20"), "5000.01", "0.00"),
    ],
)
def test_c11_project_leadership_stays_within_a_twentieth_of_the_grant(granted: object, asked: str, gap: str) -> None:
    """Project leadership paid from one grant; a twentieth of it is rounded down to the cent."""
    assert uncovered(one_cost("projectleiding", Decimal(asked), source("SPUK", "spuk", granted))) == gap


def test_c11_the_cap_counts_all_years_and_sources_of_one_decision() -> None:
    """Two grants of 50,000 in one decision; 3000 of leadership in 2022 and 3000 of planning in 2023."""
    bare = Bare(
        last=2023,
        measures=[measure("M", verplicht="ja")],
        costs=[cost("M", "projectleiding", 3000), cost("M", "bovenregionaal_plan", 3000, 1)],
        sources=[source(f"S{n}", "spuk", 50_000, BOTH, beschikking="B") for n in (1, 2)],
    )
    assert uncovered(bare) == "1000.00"
    apart = [row | {"beschikking": row["bron"]} for row in bare.sources]
    assert uncovered(replace(bare, sources=apart)) == "1000.00"
    bigger = [row | {"bedrag": 60_000} for row in bare.sources]
    assert uncovered(replace(bare, sources=bigger)) == "0.00"


@pytest.mark.parametrize(
    ("effects", "gap"),
    [
        ([], "1000.00"),
        ([("gesloten", -1)], "0.00"),
        ([("gesloten", -1), ("gesloten", 1)], "1000.00"),
        ([("gesloten", -2), ("gesloten", 1)], "0.00"),
        ([("gesloten", -1), ("open", 5)], "0.00"),
        ([("open", -1)], "1000.00"),
    ],
)
def test_c11_a_grant_pays_new_buildings_only_where_closed_places_go(effects: list[tuple[str, int]], gap: str) -> None:
    """A replacement of 1000 euros with some effects on closed and open places."""
    bare = replace(
        one_cost("vervangende_nieuwbouw", 1000, source("SPUK", "spuk", 1000)),
        places=[places("L1", form, 3, (0, 0)) for form in ("gesloten", "open")],
        effects=[effect("M", "L1", form, change) for form, change in effects],
    )
    assert uncovered(bare) == gap


@pytest.mark.parametrize(("closed", "gap"), [((-1, -1), "0.00"), ((-1, 1), "1000.00")])
def test_c11_a_grant_pays_new_buildings_that_require_a_project_which_closes(closed: tuple[int, int], gap: str) -> None:
    """The required project has two variants; it counts where both of them close places."""
    variants = [measure("V1", "P", verplicht="ja"), measure("V2", "P")]
    bare = Bare(
        places=[places("L1", "gesloten", 3, (0, 0))],
        measures=[*variants, measure("M", verplicht="ja", vereist="P")],
        effects=[effect(f"V{n}", "L1", "gesloten", change) for n, change in enumerate(closed, start=1)],
        costs=[cost("M", "vervangende_nieuwbouw", 1000)],
        sources=[source("SPUK", "spuk", 1000)],
    )
    assert uncovered(bare) == gap


CLOSING = Bare(
    last=2024,
    places=[places("L1", "gesloten", 4, (Decimal("40000.01"), Decimal("40000.01")))],
    measures=[measure("M", verplicht="ja")],
    effects=[effect("M", "L1", "gesloten", -3, 2)],
    sources=[source("SPUK", "spuk", 1_000_000, (2022, 2024)), source("SPUK2", "spuk", 50_000, (2022, 2024))],
    settings={"lezingen": "leegstand-door-transitie"},
)


def vacancy_paid(bare: Bare) -> list[str]:
    """What grants pay of the vacancy, by year."""
    outcome = solved(bare)
    lines = [CostLine("", "L1", "gesloten", "leegstand", year) for year in (2022, 2023, 2024)]
    return [str(outcome.paid.get(line, Money(0))) for line in lines]


def test_c11_grants_pay_the_vacancy_that_a_closure_is_making_until_it_is_there() -> None:
    """Four empty places, 3 of which close in 2024; under the reading grants pay 3 x 40,000.01 till then."""
    assert vacancy_paid(CLOSING) == ["120000.03", "120000.03", "0.00"]


def test_c11_no_more_vacancy_is_paid_than_there_is() -> None:
    """Two young people use places, so that 2 are empty: less than the 3 that close."""
    used = replace(CLOSING, need={("gesloten", 2022): 2})
    assert vacancy_paid(used) == ["80000.02", "120000.03", "0.00"]


@pytest.mark.parametrize(
    "bare",
    [
        replace(CLOSING, settings={}),
        replace(CLOSING, measures=[measure("M", verplicht="ja", door_transitie="nee")]),
        replace(CLOSING, measures=[measure("M", waardering=-1)], goals=[("waardering", None), ("ongedekt", None)]),
    ],
)
def test_c11_vacancy_is_not_paid_without_the_reading_the_transition_or_the_closure(bare: Bare) -> None:
    """The same places; the reading is off, or the closure is not by the transition, or it is not chosen."""
    assert vacancy_paid(bare) == ["0.00", "0.00", "0.00"]
