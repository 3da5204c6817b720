"""The providers in a plan: hand-solved, and what must hold for every case."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import Case, CostLine
from finance.case.funding import revenue
from finance.case.sheets import AllocationKey
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from finance.tariff.tariff import FORMS
from finance.tariff.transition import Carried, Transition
from tests.finance import village
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import hand_plan
from tests.models.bare import Bare, cost, financed, measure, places, source

FULL = (("L1", "open"), 2022)


def bare(**changes: object) -> Case:
    """Provider A with ten open places, of which nine are needed."""
    given_rows: dict[str, object] = {"places": [places("L1", "open", 10)], "need": {("open", 2022): 9}}
    return Bare(**{**given_rows, **changes}).case()  # type: ignore[arg-type]  # a record from a mapping


def using(number: str) -> Allocation:
    """A plan that uses a number of the open places."""
    return Allocation({"M1": 2022}, {FULL: Decimal(number)}, {}, {})


def of(case: Case, allocation: Allocation, form: str, provider: str = "A") -> Carried:
    """A provider under a form."""
    found = [row for row in Transition(case, allocation).carried if (row.aanbieder, row.vorm) == (provider, form)]
    (row,) = found
    return row


def test_costs_are_those_of_the_plan() -> None:
    """Nine used places at 100,000 and an empty one at 40,000: the group 400,000 and 60,000 a used place."""
    (row,) = Transition(bare(), using("9")).places
    assert (row.exploitatie, row.leegstand) == (Money.from_euros(900_000), Money.from_euros(40_000))
    assert (row.vast, row.variabel) == (Money.from_euros(400_000), Money.from_euros(540_000))


def test_without_an_agreement_the_places_of_the_plan_are_paid_at_their_cost_price() -> None:
    """At an occupancy of 90% a used place is 40,000 / 0.9 + 60,000, an available one 40,000 + 0.9 x 60,000."""
    case = bare(forms={"open": {"bezetting_max": Decimal("0.9")}})
    for form, paid, price in (
        ("pxq", 9, Fraction(940_000, 9)),
        ("beschikbaarheid", 10, Fraction(94_000)),
        ("lumpsum", 10, Fraction(94_000)),
    ):
        row = of(case, using("9"), form)
        assert row.berust == "aanname"
        assert sum(deal.places for deal in row.afspraken) == paid
        assert (row.opbrengst, row.cumulatief) == (Money.rounded(price * paid), Money(0))


def test_an_empty_place_is_a_loss_of_pxq_alone() -> None:
    """At 80% a used place less brings in 104,444.44 less and saves 60,000; what is paid for places saves too."""
    case = bare(forms={"open": {"bezetting_max": Decimal("0.9")}})
    found = [of(case, using("8"), form).cumulatief for form in FORMS]
    assert found == [Money.from_euros("-44444.44"), Money.from_euros(60_000), Money(0)]
    assert of(case, using("8"), "lumpsum").terug == Money.from_euros(60_000)


def test_an_agreement_goes_before_the_assumption() -> None:
    case = bare(sources=[source("X", "pxq")], funding=[financed("X", 2022, 8, 120_000)])
    row = of(case, using("9"), "pxq")
    assert (row.berust, row.opbrengst) == ("afspraak", Money.from_euros(960_000))
    assert (row.cumulatief, row.draagt) == (Money.from_euros(20_000), True)
    assert row.opslag == Fraction(-1, 48)


def test_an_agreement_at_level_zero_is_none() -> None:
    case = bare(sources=[source("X", "pxq")], funding=[financed("X", 2022, 0, 120_000)])
    assert of(case, using("9"), "pxq").aanname


@pytest.mark.parametrize(("price", "carries"), [("104444.45", True), ("104444.44", False)])
def test_a_form_carries_from_a_result_of_nothing_on(price: str, carries: bool) -> None:
    """940,000 over 9 used places is 104,444.44 and four ninths of a cent."""
    case = bare(sources=[source("X", "pxq")], funding=[financed("X", 2022, 9, Decimal(price))])
    assert of(case, using("9"), "pxq").draagt is carries
    (price_of_year,) = [
        row for row in Transition(case, using("9")).prices if row.vorm == "pxq" and row.aanbieder == "A"
    ]
    assert price_of_year.nodig == Fraction(940_000, 9)


def test_frictiekosten_and_start_up_are_for_the_provider_but_for_what_others_pay() -> None:
    case = bare(
        measures=[measure("M1")],
        costs=[cost("M1", "frictie_pilot", 700), cost("M1", "opstart", 300), cost("M1", "verbouwen", 5000)],
        sources=[source("STAD", "gemeente", 1000), source("EIGEN", "eigen", 1000)],
    )
    pilot, begin = (CostLine("M1", "", "", sort, 2022) for sort in ("frictie_pilot", "opstart"))
    paid = {(pilot, "STAD"): Money.from_euros(150), (begin, "EIGEN"): Money.from_euros(300)}
    transition = Transition(case, Allocation({"M1": 2022}, {FULL: Decimal(9)}, {}, paid))
    assert transition.cost("A", 2022) == Money.from_euros(940_000 + 1000 - 150)
    assert transition.cost("B", 2022) == Money(0)


def test_a_source_for_all_is_divided_without_a_rest() -> None:
    case = village.village()
    transition = Transition(case, village.allocation())
    outcome = Outcome(case, village.allocation())
    for form, bron in (("lumpsum", "LUMP"), ("pxq", "PXQ"), ("beschikbaarheid", "BES")):
        for year in (2022, 2023, 2024):
            found = [
                deal.income
                for deal in transition.deals
                if deal.rij and (deal.rij.bron, deal.jaar, deal.vorm) == (bron, year, form)
            ]
            paid = revenue(case, case.source[bron], year, outcome.places, outcome.used)
            assert Money.rounded(sum(found, Fraction(0))) == paid


@pytest.mark.parametrize("name", ["small", "rich", "coupled", "odd"])
def test_the_places_cost_what_the_lines_of_the_plan_cost(name: str) -> None:
    case: Case = getattr(variants, name)()
    plan = hand_plan(case, variants.ODD_STARTS if name == "odd" else variants.STARTS)
    transition = Transition(case, plan.allocation)
    lines = transition.outcome.planned_costs
    for row in transition.places:
        key = ("", row.plek.locatie, row.plek.zorgvorm)
        assert row.exploitatie == lines[CostLine(*key, "exploitatie", row.jaar)]
        assert row.leegstand == lines[CostLine(*key, "leegstand", row.jaar)]


def test_the_tariff_behind_a_price_sets_the_occupancy_of_its_cost_price() -> None:
    case = variants.coupled()
    transition = Transition(case, hand_plan(case, variants.STARTS).allocation)
    assert {row.volheid for row in transition.places if row.tarief} == {Fraction(9, 10)}
    row = next(row for row in transition.places if row.tarief and row.plek.zorgvorm == "kleinschalig")
    assert row.tarief is not None
    tariff = row.tarief
    own = tariff.fixed / (tariff.groepsgrootte * tariff.bezetting) + tariff.variable
    assert row.kostprijs == own


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 30_000_000), st.integers(0, 30_000_000), st.integers(1, 100)),
        min_size=2,
        max_size=2,
    )
)
def test_the_three_forms_agree_exactly_where_places_are_as_full_as_their_price_counts_on(
    groups: list[tuple[int, int, int, int]],
) -> None:
    """With prices that are not rounded, whatever places cost and however full they should be."""
    rows = [
        places("L1", form, number, (Decimal(empty + more) / 100, Decimal(empty) / 100))
        for form, (number, empty, more, _) in zip(("gesloten", "open"), groups, strict=True)
    ]
    full = {
        form: {"bezetting_max": Decimal(share) / 100}
        for form, (*_, share) in zip(("gesloten", "open"), groups, strict=True)
    }
    need = {("open", 2022): 0, ("gesloten", 2022): 0}
    case = bare(places=rows, forms=full, need=need)
    transition = Transition(case, Allocation({}, {}, {}, {}), "norm")
    found = {form: sum((deal.income for deal in transition.deals if deal.vorm == form), Fraction(0)) for form in FORMS}
    assert len(set(found.values())) == 1
    costs = sum((row.bezet * row.bezetprijs + row.leeg * row.leegprijs for row in transition.places), Fraction(0))
    assert set(found.values()) == {costs}


@pytest.mark.parametrize("name", ["small", "rich", "coupled"])
def test_prices_tie_to_the_results(name: str) -> None:
    """Paid places times the price are the income; paid places times the needed price are the costs."""
    case: Case = getattr(variants, name)()
    transition = Transition(case, hand_plan(case, variants.STARTS).allocation)
    for row in transition.carried:
        own = [one for one in transition.prices if (one.aanbieder, one.vorm) == (row.aanbieder, row.vorm)]
        if row.vorm != "lumpsum":
            assert sum((one.opbrengst for one in own), Fraction(0)) == sum(deal.income for deal in row.afspraken)
            assert sum((one.kosten for one in own), Fraction(0)) == row.kosten.euros
            for one in own:
                assert one.nodig is None or one.nodig * one.betaald == one.kosten
                assert one.opslag is None or one.prijs is None or one.prijs * (1 + one.opslag) == one.nodig


def test_a_price_for_all_together_is_that_of_each_zorgvorm() -> None:
    rows = [places("L1", "open", 10), places("L1", "gesloten", 10)]
    case = bare(
        places=rows,
        need={("open", 2022): 6, ("gesloten", 2022): 9},
        sources=[source("X", "pxq")],
        funding=[financed("X", 2022, 12, 120_000)],
    )
    used = {FULL: Decimal(6), (("L1", "gesloten"), 2022): Decimal(9)}
    found = {row.zorgvorm: row for row in Transition(case, Allocation({}, used, {}, {})).prices if row.vorm == "pxq"}
    assert {name: row.betaald for name, row in found.items()} == {"open": Fraction(24, 5), "gesloten": Fraction(36, 5)}
    assert {row.prijs for row in found.values()} == {120_000}


def test_a_lump_sum_for_all_is_divided_by_the_costs() -> None:
    """Provider A costs 940,000 and B half of that."""
    rows = [places("L1", "open", 10), places("L2", "open", 10, (50_000, 20_000))]
    case = bare(
        places=rows,
        need={("open", 2022): 18},
        sources=[source("L", "lumpsum")],
        funding=[financed("L", 2022, 20, 90_000)],
    )
    used = {FULL: Decimal(9), (("L2", "open"), 2022): Decimal(9)}
    found = [of(case, Allocation({}, used, {}, {}), "lumpsum", provider) for provider in "AB"]
    assert [row.opbrengst for row in found] == [Money.from_euros(1_200_000), Money.from_euros(600_000)]
    assert [row.aanname for row in found] == [True, True]
    keyed = replace(
        case,
        allocation_keys=tuple(
            AllocationKey(rij=2, bron="L", aanbieder=name, aandeel=Decimal(share), herkomst="B1")
            for name, share in (("A", "0.7"), ("B", "0.3"))
        ),
    )
    found = [of(keyed, Allocation({}, used, {}, {}), "lumpsum", provider) for provider in "AB"]
    assert [row.opbrengst for row in found] == [Money.from_euros(1_260_000), Money.from_euros(540_000)]
    assert [row.aanname for row in found] == [False, False]


def test_the_years_add_up_and_the_lowest_is_kept() -> None:
    case = variants.rich()
    for row in Transition(case, hand_plan(case, variants.STARTS).allocation).carried:
        so_far = Money(0)
        for year in row.jaren:
            so_far += year.resultaat
            assert year.cumulatief == so_far
        assert row.cumulatief == so_far
        assert row.laagste == min(year.cumulatief for year in row.jaren)
