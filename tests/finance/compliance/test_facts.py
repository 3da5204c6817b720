"""What closed years broke is a fact; what a plan adds to it, by one cent, is a breach that is refused.

M started in 2022, which is closed. Its grant of 150,000 may pay 7,500 (5%) for leading the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest

from finance.case import Case, CostLine
from finance.case.words import VACANCY
from finance.compliance import Breach, ComplianceError, broken_facts, check_allocation, require_compliance
from finance.money import Money
from finance.plan.allocation import Allocation, facts_of
from tests.casebook import Record
from tests.models.bare import Bare, cost, effect, financed, measure, places, sold, source, spent

TWO: Final = (2022, 2023)
CAP: Final = ("VT20-deelplafond", "vastgoedtransitie-2020")
CLOSED, OPEN = ("L1", "gesloten"), ("L1", "open")


def of_m(sort: str, year: int) -> CostLine:
    """A line of M."""
    return CostLine("M", "", "", sort, year)


def started(*actuals: Record, **more: object) -> Case:
    """M leads a project for 50,000 and disposes for 500,000 in both years; 2022 is closed."""
    sorts = ("projectleiding", "afstoten")
    amounts = dict(zip(sorts, (50_000, 500_000), strict=True))
    return replace(
        Bare(
            last=2023,
            measures=[measure("M")],
            costs=[cost("M", sort, amounts[sort], after) for sort in sorts for after in (0, 1)],
            sources=[source("SPUK", "spuk", 150_000, TWO)],
            started={"M": 2022},
            actuals=actuals,
            settings={"afgesloten_tot": 2022},
        ),
        **more,
    ).case()


def planning(case: Case, payments: Mapping[tuple[CostLine, str], object]) -> Allocation:
    """What happened, and these payments in euros; nothing for a payment of zero."""
    planned = {pair: Money.from_euros(str(euros)) for pair, euros in payments.items() if euros}
    facts = facts_of(case)
    return replace(facts, payments={**facts.payments, **planned})


def judged(case: Case, given: Allocation) -> list[tuple[tuple[str, str], bool]]:
    """Each breach by its rule and place, and whether it is a fact."""
    found = check_allocation(case, given)
    return [((row.regel, row.waar), row.feit) for row in found]


def refused(case: Case, given: Allocation) -> tuple[Breach, ...]:
    """The breaches for which a plan is refused."""
    try:
        require_compliance(case, given)
    except ComplianceError as error:
        return error.breaches
    return ()


def cents(number: int) -> Decimal:
    """Cents as euros."""
    return Decimal(number) / 100


@pytest.mark.parametrize(
    ("paid", "planned", "found"),
    [
        (750_000, 0, []),
        (750_001, 0, [(CAP, True)]),
        (0, 750_000, []),
        (0, 750_001, [(CAP, False)]),
        (749_999, 1, []),
        (750_000, 1, [(CAP, False)]),
        (750_001, 1, [(CAP, False)]),
        (900_000, 600_000, [(CAP, False)]),
    ],
)
def test_the_share_cap_is_a_fact_only_where_the_closed_years_alone_took_more(
    paid: int, planned: int, found: list[tuple[tuple[str, str], bool]]
) -> None:
    """7,500 is the cap; what was paid in 2022 and what is planned for 2023, in cents."""
    case = started(spent("SPUK", "M", "projectleiding", 2022, cents(paid)))
    given = planning(case, {(of_m("projectleiding", 2023), "SPUK"): cents(planned)})
    assert judged(case, given) == found
    assert [(row.regel, row.waar) for row in refused(case, given)] == [at for at, fact in found if not fact]


@pytest.mark.parametrize(
    ("paid", "planned", "found"),
    [
        (15_000_000, 0, []),
        (15_000_001, 0, [True]),
        (15_000_000, 1, [False]),
        (15_000_001, 1, [False]),
        (0, 15_000_001, [False]),
    ],
)
def test_a_pot_is_overspent_as_a_fact_only_as_far_as_the_closed_years_overspent_it(
    paid: int, planned: int, found: list[bool]
) -> None:
    case = started(spent("SPUK", "M", "afstoten", 2022, cents(paid)))
    given = planning(case, {(of_m("afstoten", 2023), "SPUK"): cents(planned)})
    assert judged(case, given) == [(("C9", "SPUK"), fact) for fact in found]
    assert len(refused(case, given)) == found.count(False)


@pytest.mark.parametrize(("year", "fact"), [(2022, True), (2023, False)])
def test_a_year_that_pays_more_than_it_has_is_a_fact_where_it_is_closed(year: int, fact: bool) -> None:
    """100 euros in each year, none of which moves on; a cent more is paid in one of them."""
    lump = [source("LUMP", "lumpsum", None, TWO)]
    line = CostLine("", *OPEN, "exploitatie", year)
    closed = [spent("LUMP", OPEN, "exploitatie", 2022, Decimal("100.01"))] if fact else []
    case = started(
        *closed,
        sources=lump,
        funding=[financed("LUMP", at, 1, 100) for at in TWO],
        places=[places(*OPEN, 1)],
        need={("open", at): 1 for at in TWO},
    )
    given = planning(case, {} if fact else {(line, "LUMP"): "100.01"})
    used = {(OPEN, at): Decimal(1) for at in TWO}
    given = replace(given, used=used, served={("open", "open", at): Decimal(1) for at in TWO})
    assert judged(case, given) == [(("C10", f"LUMP {year}"), fact)]


@pytest.mark.parametrize(
    ("paid", "planned", "found"),
    [
        (2000, 0, {}),
        (2001, 0, {2022: True, 2023: True}),
        (2000, 1, {2023: False}),
        (2001, 1, {2022: True, 2023: False}),
    ],
)
def test_proceeds_spent_early_are_a_fact_as_far_as_the_closed_years_spent_them(
    paid: int, planned: int, found: dict[int, bool]
) -> None:
    """The pot has 20 euros until a sale brings 100 in 2024; a cent too much is paid in 2022 or 2023."""
    three = (2022, 2024)
    case = started(
        spent("EIGEN", "M", "afstoten", 2022, cents(paid)),
        last=2024,
        sources=[source("EIGEN", "eigen", 20, three)],
        proceeds=[sold("M", "EIGEN", 100, 2)],
    )
    given = planning(case, {(of_m("afstoten", 2023), "EIGEN"): cents(planned)})
    assert judged(case, given) == [(("C9", f"EIGEN tot en met {year}"), fact) for year, fact in found.items()]


@pytest.mark.parametrize(("year", "fact"), [(2022, True), (2023, False)])
def test_a_forbidden_payment_is_a_fact_where_it_was_made(year: int, fact: bool) -> None:
    """The grant of 2020 pays no friction."""
    costs = [cost("M", "frictie_pilot", 100, after) for after in (0, 1)]
    made = [spent("SPUK", "M", "frictie_pilot", 2022, 1)] if fact else []
    case = started(*made, costs=costs)
    given = planning(case, {} if fact else {(of_m("frictie_pilot", year), "SPUK"): 1})
    assert judged(case, given) == [(("VT20-frictie_pilot", f"M frictie_pilot {year} uit SPUK"), fact)]
    assert len(broken_facts(case)) == fact


@pytest.mark.parametrize(("year", "fact"), [(2022, True), (2023, False)])
def test_vacancy_above_its_limit_is_a_fact_where_it_was_paid(year: int, fact: bool) -> None:
    """One of two empty places closes in 2024, so that the grant may pay 40,000 of the vacancy of a year."""
    line = CostLine("", *CLOSED, VACANCY, year)
    made = [spent("SPUK", CLOSED, VACANCY, 2022, Decimal("40000.01"))] if fact else []
    case = started(
        *made,
        last=2024,
        places=[places(*CLOSED, 2)],
        effects=[effect("M", *CLOSED, -1, 2)],
        costs=[],
        settings={"afgesloten_tot": 2022, "lezingen": "leegstand-door-transitie"},
    )
    given = planning(case, {} if fact else {(line, "SPUK"): "40000.01"})
    assert judged(case, given) == [(("VT20-leegstand-lezing", f"L1 gesloten leegstand {year}"), fact)]


@pytest.mark.parametrize(
    "waits", [{"vereist": "P-M"}, {"wacht_op": "P-M"}], ids=["requires a project", "waits for places"]
)
@pytest.mark.parametrize(("closed", "fact"), [(True, True), (False, False)])
def test_a_start_without_what_it_needs_is_a_fact_where_it_was_made(
    waits: dict[str, object], closed: bool, fact: bool
) -> None:
    """N starts in 2022 or 2023 though M, which it needs, never does."""
    rows = [measure("M", start=TWO), measure("N", start=TWO, **waits)]
    year = 2022 if closed else 2023
    case = started(measures=rows, costs=[], started={"N": 2022} if closed else {})
    assert judged(case, Allocation({"N": year}, {}, {}, {})) == [(("C2", "N"), fact)]


def test_what_closed_years_broke_is_returned_and_what_a_plan_breaks_besides_is_all_that_is_refused() -> None:
    """A fact alone lets the plan through and is told; with a breach of the plan only that is named."""
    case = started(spent("SPUK", "M", "projectleiding", 2022, Decimal("7500.01")))
    told = require_compliance(case, facts_of(case))
    assert [(row.regel, row.feit) for row in told] == [("VT20-deelplafond", True)]
    assert broken_facts(case) == told
    late = planning(case, {(of_m("afstoten", 2023), "SPUK"): 200_000})
    assert [row.regel for row in refused(case, late)] == ["C9"]
    assert broken_facts(case) == told
