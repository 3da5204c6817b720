"""A statement with one payment changed."""

from __future__ import annotations

from dataclasses import replace

from finance.case import CostLine
from finance.money import Money
from finance.statement import Statement


def with_payment(statement: Statement, line: CostLine, source: str, euros: str) -> Statement:
    """The same statement with one other payment."""
    payments = {**statement.allocation.payments, (line, source): Money.from_euros(euros)}
    return Statement(statement.case, replace(statement.allocation, payments=payments))
