"""A price that comes from a tariff is the same in the model, in what follows from it, and by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from finance.case import Case, CostLine, build_case
from finance.case.words import OPERATION, VACANCY
from finance.compliance import check_allocation
from finance.money import Money
from finance.plan.allocation import Outcome
from finance.rules import Entitlement
from models import make_plan
from models.compiling import compile_program
from tests.casebook import raw_book
from tests.finance.books.tariff.example import rows, tariff
from tests.models.bare import FIRST, Bare, financed, places, source

PLACE = ("L1", "gesloten")
BASE, DEARER = tariff(8), tariff(8, risico="0.1")
GROWTH = Fraction("1.1")
EMPTY = {
    2022: BASE.leegstand_per_plaats,
    2023: DEARER.leegstand_per_plaats,
    2024: BASE.leegstand_per_plaats * GROWTH,
}
USED = {
    2022: BASE.exploitatie_per_plaats,
    2023: DEARER.exploitatie_per_plaats,
    2024: BASE.exploitatie_per_plaats * GROWTH,
}
"""The prices by hand: 2023 has a tariff of its own, 2024 has that of 2022 with the growth of an index."""


def coupled() -> Case:
    """Ten places, nine of them used in each year."""
    bare = Bare(
        last=2024,
        places=[places(*PLACE, 10, (None, None), "ova")],
        need={("gesloten", year): 9 for year in USED},
        indexes={("ova", 2023): 0, ("ova", 2024): Decimal("0.1")},
        sources=[source("LUMP", "lumpsum", None, (FIRST, 2024))],
        funding=[financed("LUMP", year, 9, 400_000) for year in USED],
        forms={"gesloten": {"groepsgrootte": 8}},
    )
    groups = rows(8, form="gesloten", jaar=2022) + rows(8, form="gesloten", jaar=2023, risico="0.1")
    assumed = [{"code": "A1", "soort": "aanname", "document": "Proef", "vindplaats": "blz. 2"}]
    tables = bare.tables()
    return build_case(raw_book(tables | {"tarief": groups, "herkomst": tables["herkomst"] + assumed}))


def test_the_coefficients_of_the_model_are_the_prices_of_the_tariff() -> None:
    case = coupled()
    program = compile_program(case, Entitlement(case))
    found = {
        (line.kostensoort, line.jaar): cost.price for line, cost in zip(program.lines, program.line_costs, strict=True)
    }
    wanted = {(OPERATION, year): float(price / 1000) for year, price in USED.items()}
    wanted |= {(VACANCY, year): float(price / 1000) for year, price in EMPTY.items()}
    assert found == pytest.approx(wanted, rel=1e-15)


def test_a_plan_rests_on_the_prices_of_the_tariff_to_the_cent() -> None:
    case = coupled()
    plan = make_plan(case, Entitlement(case))
    assert check_allocation(case, plan.allocation) == ()
    outcome = Outcome(case, plan.allocation)
    wanted = {CostLine("", *PLACE, OPERATION, year): Money.rounded(9 * price) for year, price in USED.items()}
    wanted |= {CostLine("", *PLACE, VACANCY, year): Money.rounded(price) for year, price in EMPTY.items()}
    assert outcome.costs == wanted
    assert outcome.gaps == {}


def test_the_present_cost_takes_the_tariff_of_prijspeil_without_growth() -> None:
    case = coupled()
    plan = make_plan(case, Entitlement(case))
    yearly = 9 * BASE.exploitatie_per_plaats + BASE.leegstand_per_plaats
    discounted = sum(yearly / Fraction("1.0225") ** at for at in range(3))
    assert Outcome(case, plan.allocation).net_present_cost == discounted
