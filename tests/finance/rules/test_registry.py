"""The registry of the tests of a payment: each in every order, with a column and a cell of its own."""

from __future__ import annotations

import pytest

from finance.case.sheets import SHEETS
from finance.rules.tests import CHECKED, CHECKLIST, CONDITIONS, REFUSALS, TESTS, PaymentTest, condition


@pytest.mark.parametrize("order", [CHECKED, REFUSALS], ids=["checks", "refusals"])
def test_every_order_has_every_test_once(order: tuple[PaymentTest, ...]) -> None:
    assert len(order) == len(TESTS)
    assert set(order) == set(TESTS)


def test_the_checklist_asks_for_every_condition_in_its_order() -> None:
    assert set(CHECKLIST) < set(TESTS)
    assert [test for test in CHECKLIST if test in CONDITIONS] == list(CONDITIONS)


def test_no_two_tests_have_one_name_or_one_column() -> None:
    assert len({test.naam for test in TESTS}) == len({test.sleutel for test in TESTS}) == len(TESTS)


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.sleutel)
def test_each_reads_a_cell_that_the_input_has(test: PaymentTest) -> None:
    sheet, column = test.cel
    assert column in {spec.naam for spec in SHEETS[sheet].columns}


def test_a_condition_on_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(LookupError, match="no column akkoord"):
        condition("akkoord", "akkoord", "Betaald zonder akkoord")
