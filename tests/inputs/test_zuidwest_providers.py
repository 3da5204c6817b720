"""What the forms of payment do to the providers of Zuidwest: the figures that a board would decide on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final

import pytest

from finance.case import Case, build_case
from finance.case.checked import Checked
from finance.case.plausibility.tariffs import loose_prices
from finance.case.sheets import AllocationKey
from finance.case.table import RawRow
from finance.case.tariff_gaps import price_gaps
from finance.money import Money
from finance.rules import Entitlement
from finance.tariff.tariff import FORMS
from finance.tariff.transition import Carried, Transition
from models.plan import make_plan
from tests.inputs.test_zuidwest import book, case, plan

HORIZON, SCHAKENBOSCH = "HORIZON", "SCHAKENBOSCH"
PXQ, AVAILABLE, LUMP = FORMS


def transition(of: Case, bezetting: Fraction | str = "plan") -> Transition:
    """The providers of a case in the plan of the base."""
    return Transition(of, plan("basis")[0].allocation, bezetting)  # type: ignore[arg-type]  # a word of two


@cache
def carried(bezetting: Fraction | str = "plan") -> dict[tuple[str, str], Carried]:
    """Every provider under every form."""
    return {(row.aanbieder, row.vorm): row for row in transition(case(), bezetting).carried}


@pytest.mark.parametrize(
    ("provider", "pxq", "available"),
    [(HORIZON, "-8465193.20", "-1097720.69"), (SCHAKENBOSCH, "-6504299.84", "-700970.59")],
)
def test_no_assumed_form_carries_the_places_that_the_plan_leaves_empty(provider: str, pxq: str, available: str) -> None:
    """Availability paid the price of a used place for an empty one too, and showed a gain of millions."""
    assert carried()[provider, PXQ].cumulatief == Money.from_euros(pxq)
    assert carried()[provider, AVAILABLE].cumulatief == Money.from_euros(available)
    assert {carried()[provider, form].berust for form in (PXQ, AVAILABLE)} == {"aanname"}


@pytest.mark.parametrize(("provider", "left"), [(HORIZON, "-2929133.12"), (SCHAKENBOSCH, "-1468900.59")])
def test_at_the_norm_the_assumed_forms_leave_the_same_and_lack_the_one_off_costs_alone(
    provider: str, left: str
) -> None:
    at_norm = carried("norm")
    assert {at_norm[provider, form].cumulatief for form in (PXQ, AVAILABLE)} == {Money.from_euros(left)}
    extra = transition(case(), "norm").extra_costs
    own = Money.total(row.bedrag - row.bijdrage for row in extra if row.aanbieder == provider)
    assert abs((own + at_norm[provider, PXQ].cumulatief).cents) <= len(case().years)


def test_the_lump_sum_exceeds_all_costs_and_what_it_leaves_flows_back() -> None:
    lump = [carried()[name, LUMP] for name in (HORIZON, SCHAKENBOSCH)]
    income, costs, back = (Money.total(getattr(row, name) for row in lump) for name in ("opbrengst", "kosten", "terug"))
    assert (income, costs) == (Money.from_euros("240570000.00"), Money.from_euros("228051586.00"))
    assert back == income - costs == Money.from_euros("12518414.00")
    assert {row.cumulatief for row in lump} == {Money(0)}
    assert {row.berust for row in lump} == {"afspraak, verdeling aangenomen"}
    assert all(row.opslag is not None and row.opslag < 0 for row in lump)


def test_with_the_key_of_places_at_the_start_it_is_the_key_that_makes_a_loss() -> None:
    """By 205 of 295 places, of which an ambulant one counts as much as a closed one."""
    places = {HORIZON: 0, SCHAKENBOSCH: 0}
    for row in case().places:
        places[case().location[row.locatie].aanbieder] += row.plaatsen
    share = (Decimal(places[HORIZON]) / sum(places.values())).quantize(Decimal("0.0001"))
    rows = (
        AllocationKey(rij=2, bron="LUMPSUM", aanbieder=HORIZON, aandeel=share, herkomst="A-LUMPSUM"),
        AllocationKey(rij=3, bron="LUMPSUM", aanbieder=SCHAKENBOSCH, aandeel=1 - share, herkomst="A-LUMPSUM"),
    )
    keyed = {
        row.aanbieder: row for row in transition(replace(case(), allocation_keys=rows)).carried if row.vorm == LUMP
    }
    assert {row.berust for row in keyed.values()} == {"afspraak"}
    assert keyed[HORIZON].cumulatief == Money(0)
    assert keyed[SCHAKENBOSCH].cumulatief < Money.from_euros(-7_000_000)
    assert keyed[HORIZON].terug > Money.from_euros(19_000_000)


RISE: Final = Decimal("1.1")


def dearer(of: Case) -> Case:
    """The case with all gross wages ten percent higher."""
    rows = [
        row.model_copy(update={"waarde": row.waarde * RISE}) if row.parameter == "bruto_maandloon" else row
        for row in of.tariff_parameters
    ]
    return replace(of, tariff_parameters=tuple(rows))


def connected(of: Case) -> Case:
    """The case with the prices of its places left to the tariffs that they were typed after."""
    named = {gap.plek.rij: gap.tarief.tarief for gap in price_gaps(case())}
    empty = {"exploitatie_per_plaats": None, "leegstand_per_plaats": None}
    places = [
        row.model_copy(update={**empty, "tarief": named[row.rij]}) if row.rij in named else row for row in of.places
    ]
    return replace(of, places=tuple(places))


def test_typed_prices_follow_the_tariffs_until_the_wages_rise() -> None:
    assert not list(loose_prices(Checked(case(), book(), frozenset())))
    told = list(loose_prices(Checked(dearer(case()), book(), frozenset())))
    assert told[0].cel == "D2"
    same = {row.kosten for row in transition(dearer(case())).carried} == {
        row.kosten for row in transition(case()).carried
    }
    assert same


def test_with_prices_from_the_tariffs_higher_wages_reach_the_providers() -> None:
    """A tariff of 2025 prices the years from 2021 on, deflated by the index of the places."""
    before, after = (
        {row.aanbieder: row.kosten for row in transition(one).carried}
        for one in (connected(case()), connected(dearer(case())))
    )
    for name, least, most in ((HORIZON, 6_500_000, 9_500_000), (SCHAKENBOSCH, 3_500_000, 5_500_000)):
        typed = carried()[name, PXQ].kosten
        assert abs((before[name] - typed).cents) < 100_00
        assert Money.from_euros(least) < after[name] - before[name] < Money.from_euros(most)


def test_a_price_is_that_of_a_place_of_its_zorgvorm() -> None:
    """In 2025 a used closed place is paid 561.86 an etmaal: the price of T8."""
    found = {
        (row.vorm, row.zorgvorm): row
        for row in transition(case()).prices
        if (row.aanbieder, row.jaar) == (HORIZON, 2025)
    }
    price = found[PXQ, "gesloten"].prijs
    assert price is not None
    assert Money.rounded(price / 365) == Money.from_euros("561.86")
    assert found[PXQ, "ambulant"].prijs == Fraction("38000") * case().price_factor("zorg", 2025)
    assert all(row.nodig is not None and row.opslag is not None for row in found.values())


def renamed() -> Case:
    """The case with ids that sort the other way round, and its rows in another order."""
    names = {"SB-": "AA-", "KIB": "AKIB", "HZ-": "ZZ-"}

    def other(value: object) -> object:
        text = str(value)
        start = next((name for name in names if text.startswith(name)), "")
        return names[start] + text[len(start) :] if start and isinstance(value, str) else value

    sheets = {}
    for name, sheet in book().bladen.items():
        cells = [{key: other(value) for key, value in row.cellen.items()} for row in sheet.rijen]
        if name in ("locaties", "plaatsen", "maatregelen", "effecten"):
            cells.reverse()
        rows = tuple(RawRow(row.nummer, line) for row, line in zip(sheet.rijen, cells, strict=True))  # type: ignore[arg-type]  # cells as read
        sheets[name] = replace(sheet, rijen=rows)
    return build_case(replace(book(), bladen=sheets))


def test_no_result_of_a_provider_hangs_on_the_alphabet() -> None:
    other = renamed()
    made = make_plan(other, Entitlement(other))
    found = {(row.aanbieder, row.vorm): row for row in Transition(other, made.allocation).carried}
    for key, row in carried().items():
        assert abs((found[key].cumulatief - row.cumulatief).cents) <= 100
        assert abs((found[key].kosten - row.kosten).cents) <= 100
