"""What the rules make unlikely, at the edges: one percent of a maximum, the outermost years of a window."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finance.rules.plausibility import implausible_by_rules
from tests.casebook import raw_book
from tests.finance.rules.grants import GRANT, ROTTERDAM, built, grant_tables


def told(**changed: object) -> list[str]:
    """The cells that are told of a case with one grant of Rotterdam."""
    grant = GRANT | {"besteedbaar_van": 2020, "besteedbaar_tot": 2024} | changed
    tables = grant_tables(grants=[grant])
    return [f"{row.blad}!{row.cel}" for row in implausible_by_rules(built(tables), raw_book(tables))]


@pytest.mark.parametrize(
    ("bedrag", "cells"),
    [
        (ROTTERDAM, []),
        (Decimal("102454.73"), []),
        (Decimal("102454.72"), ["dekking!G2"]),
        (0, []),
    ],
)
def test_a_grant_below_one_percent_of_the_maximum_is_told_and_one_of_nothing_is_not(
    bedrag: object, cells: list[str]
) -> None:
    """The maximum is 10,245,473 euros."""
    assert told(bedrag=bedrag) == cells


@pytest.mark.parametrize(
    ("years", "cells"),
    [
        ({"besteedbaar_van": 2020, "besteedbaar_tot": 2026}, []),
        ({"besteedbaar_van": 2019}, ["dekking!H2"]),
        ({"besteedbaar_tot": 2027}, ["dekking!I2"]),
        ({"besteedbaar_van": 2019, "besteedbaar_tot": 2027}, ["dekking!H2", "dekking!I2"]),
    ],
)
def test_a_year_in_which_no_reading_lets_a_grant_be_spent_is_told(years: dict[str, object], cells: list[str]) -> None:
    """From 2020; under the reading until and including 2026."""
    assert told(**years) == cells
