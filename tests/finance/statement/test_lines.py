"""Cost lines with their cover, and the groups in which they are counted."""

from __future__ import annotations

from decimal import Decimal

from finance.case import CostLine
from finance.case.words import COST_SORTS
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation
from finance.statement import Statement
from finance.statement.lines import COST_GROUPS, GROUP_OF
from tests.finance.statement.changing import with_payment
from tests.models.bare import Bare, cost, measure, places


def test_lines_of_measures_come_first_in_the_order_of_the_input(statement: Statement) -> None:
    first = [(line.sleutel, line.regel.maatregel, line.regel.kostensoort) for line in statement.lines[:4]]
    assert first == [
        ("R0001", "M1", "afstoten"),
        ("R0002", "M4", "vervangende_nieuwbouw"),
        ("R0003", "M5", "vastgoedplan"),
        ("R0004", "M5", "projectleiding"),
    ]
    assert statement.lines[7].regel.locatie == "L1"


def test_a_line_has_its_cost_its_provider_and_its_cover(statement: Statement) -> None:
    line = statement.line_of[CostLine("M4", "", "", "vervangende_nieuwbouw", 2023)]
    assert line.kosten == Money.from_euros("1575000.26")  # 1,500,000.25 x 1.05 = 1,575,000.2625
    assert (line.aanbieder, line.betaald, line.ongedekt) == ("DELINDE", line.kosten, ZERO)


def test_a_payment_without_a_cost_still_has_a_line(statement: Statement) -> None:
    nowhere = CostLine("M3", "", "", "afstoten", 2023)
    wrong = with_payment(statement, nowhere, "EIGEN", "5")
    assert wrong.line_of[nowhere].ongedekt == Money.from_euros("-5")


def test_every_kostensoort_is_in_one_group() -> None:
    assert [sort for sorts in COST_GROUPS.values() for sort in sorts] != []
    assert set(GROUP_OF) == set(COST_SORTS)
    assert sum(len(sorts) for sorts in COST_GROUPS.values()) == len(COST_SORTS)


def test_lines_stand_in_the_order_of_the_input_then_of_the_years_then_of_the_kostensoorten() -> None:
    """Z stands before A on its sheet and L2 before L1, against the alphabet; costs are listed back to front.

    A kostensoort is not in the order of its name (`verbouwen` before `opstart`, `exploitatie` before
    `leegstand`), and an early year goes before a late one whatever its kostensoort.
    """
    case = Bare(
        last=2023,
        places=[places("L2", "open", 2), places("L1", "open", 2)],
        measures=[measure("Z"), measure("A")],
        costs=[
            cost("A", "overig", 1),
            cost("Z", "opstart", 1, 1),
            cost("Z", "verbouwen", 1, 1),
            cost("Z", "overig", 1),
        ],
    ).case()
    halves = {((place, "open"), year): Decimal(1) for place in ("L1", "L2") for year in (2022, 2023)}
    lines = Statement(case, Allocation({"A": 2022, "Z": 2022}, halves, {}, {})).lines
    found = [
        (line.sleutel, line.regel.maatregel or line.regel.locatie, line.regel.jaar, line.regel.kostensoort)
        for line in lines
    ]
    assert found == [
        ("R0001", "Z", 2022, "overig"),
        ("R0002", "Z", 2023, "verbouwen"),
        ("R0003", "Z", 2023, "opstart"),
        ("R0004", "A", 2022, "overig"),
        ("R0005", "L2", 2022, "exploitatie"),
        ("R0006", "L2", 2022, "leegstand"),
        ("R0007", "L2", 2023, "exploitatie"),
        ("R0008", "L2", 2023, "leegstand"),
        ("R0009", "L1", 2022, "exploitatie"),
        ("R0010", "L1", 2022, "leegstand"),
        ("R0011", "L1", 2023, "exploitatie"),
        ("R0012", "L1", 2023, "leegstand"),
    ]
