"""Two statements: of the small case, and of one that has everything."""

from __future__ import annotations

import pytest

from finance.statement import Statement
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import hand_statement


@pytest.fixture
def statement() -> Statement:
    return hand_statement(variants.small(), variants.STARTS)


@pytest.fixture
def rich() -> Statement:
    return hand_statement(variants.rich(), variants.STARTS)
