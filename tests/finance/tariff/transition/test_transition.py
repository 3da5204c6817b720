"""The providers in a plan: hand-solved, and what must hold for every case."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import Case, CostLine
from finance.case.funding import revenue
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


def test_without_an_agreement_places_as_at_the_start_are_paid_at_their_cost_price() -> None:
    """At an occupancy of at most 90% a place costs 40,000 / 0.9 + 60,000: 286.15 an etmaal."""
    case = bare(forms={"open": {"bezetting_max": Decimal("0.9")}})
    price = Money.from_euros("286.15").times(365)
    for form, paid in (("pxq", 9), ("beschikbaarheid", 10), ("lumpsum", 10)):
        row = of(case, using("9"), form)
        assert (row.aanname, row.places, row.opbrengst) == (True, paid, price.times(paid))
    assert of(case, using("9"), "pxq").cumulatief == price.times(9) - Money.from_euros(940_000)


def test_an_agreement_goes_before_the_assumption() -> None:
    case = bare(sources=[source("X", "pxq")], funding=[financed("X", 2022, 8, 120_000)])
    row = of(case, using("9"), "pxq")
    assert (row.aanname, row.places, row.opbrengst) == (False, 8, Money.from_euros(960_000))
    assert (row.cumulatief, row.draagt) == (Money.from_euros(20_000), True)
    assert row.needed_price == Money.from_euros(117_500)
    assert row.needed_factor == Fraction(47, 48)


def test_an_agreement_at_level_zero_is_none() -> None:
    case = bare(sources=[source("X", "pxq")], funding=[financed("X", 2022, 0, 120_000)])
    assert of(case, using("9"), "pxq").aanname


@pytest.mark.parametrize(("price", "carries"), [("104444.45", True), ("104444.44", False)])
def test_a_form_carries_from_a_result_of_nothing_on(price: str, carries: bool) -> None:
    """940,000 over 9 used places is 104,444.44 and four ninths of a cent."""
    case = bare(sources=[source("X", "pxq")], funding=[financed("X", 2022, 9, Decimal(price))])
    row = of(case, using("9"), "pxq")
    assert row.draagt is carries
    assert row.needed_price == Money.from_euros("104444.45")


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
                deal.income()
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
@given(st.integers(1, 40), st.integers(0, 30_000_000), st.integers(0, 30_000_000), st.integers(1, 40_000_000))
def test_the_three_forms_agree_when_every_place_of_the_level_is_used(
    number: int, empty: int, more: int, price: int
) -> None:
    prices = (Money(empty + more).euros, Money(empty).euros)
    rows = [places("L1", "open", number, tuple(Decimal(p.numerator) / p.denominator for p in prices))]  # type: ignore[arg-type]  # a pair
    use = Allocation({}, {FULL: Decimal(number)}, {}, {})
    need = {("open", 2022): number}
    agreed = [source(form, form) for form in FORMS]
    paid = Decimal(price) / 100
    with_rows = bare(
        places=rows, need=need, sources=agreed, funding=[financed(form, 2022, number, paid) for form in FORMS]
    )
    for case in (bare(places=rows, need=need), with_rows):
        assert len({of(case, use, form).cumulatief for form in FORMS}) == 1


def test_the_years_add_up_and_the_lowest_is_kept() -> None:
    case = variants.rich()
    for row in Transition(case, hand_plan(case, variants.STARTS).allocation).carried:
        so_far = Money(0)
        for year in row.jaren:
            so_far += year.resultaat
            assert year.cumulatief == so_far
        assert row.cumulatief == so_far
        assert row.laagste == min(year.cumulatief for year in row.jaren)
