"""How the goals of a plan stand in the answers: values, formats, and what they are compared with."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from finance.case.words import UNITS
from finance.money import Exact, Money
from finance.plan.whatif import Answer
from finance.tables import pasted
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column, Table

FORMATS: Final = {"EUR": Format.EURO, "plaatsjaren": Format.PLACES}
PLANNED: Final = Origin(OriginKind.OUTCOME, "het plan waarmee wordt vergeleken")


def goal_format(name: str) -> Format:
    """How a goal is shown."""
    return FORMATS.get(UNITS[name], Format.GENERAL)


def goal_value(value: Exact | Money) -> Value:
    """The value of a goal as a cell holds it."""
    if isinstance(value, Money):
        return value
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else exact


def basis_table(name: str, answer: Answer, formula: str = "") -> Table[str]:
    """The goals of the plan that answers are compared with.

    Args:
        name: what formulas call the table.
        answer: the plan.
        formula: the template of the formula for the value of a goal; empty where it is pasted.
    """
    role = Role.FORMULA if formula else Role.DECISION

    def value(goal: str) -> Value:
        return goal_value(answer.doelen[goal])

    return Table(
        name,
        "De doelen van dit plan",
        list(answer.doelen),
        (
            pasted.text("doel", "Doel", lambda goal: goal, width=30),
            pasted.text("eenheid", "Eenheid", lambda goal: UNITS[goal], width=12),
            Column(
                "waarde",
                "Waarde",
                value,
                formula,
                goal_format,
                role,
                18,
                origin=None if formula else lambda _: PLANNED,
            ),
        ),
    )
