"""Cost lines with their cover, and the groups in which they are counted."""

from __future__ import annotations

from finance.case import CostLine
from finance.case.words import COST_SORTS
from finance.money import ZERO, Money
from finance.statement import Statement
from finance.statement.lines import COST_GROUPS, GROUP_OF
from tests.finance.statement.changing import with_payment


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
