"""A credit that no plan can use, because nothing can pay it back: what is said, and when nothing is."""

from __future__ import annotations

import pytest

from finance.case.checked import Checked
from finance.case.plausibility.credits import never_repaid
from finance.findings import Finding
from tests.casebook import Record, raw_book
from tests.models.bare import FIRST, Bare, cost, credit, financed, measure, places, source

WHOLE = (FIRST, FIRST + 2)


def said(*sources: Record, permits: list[tuple[str, str]] | None = None, closed: int | None = None) -> list[Finding]:
    """What is said of the credits of a case of three years."""
    columns = {column: None for row in sources for column in row}
    lump = [financed("LUMP", year, 1, 1000) for year in range(FIRST, FIRST + 3)]
    bare = Bare(
        last=FIRST + 2,
        places=[places("L1", "gesloten", 1)],
        measures=[measure("M1")],
        costs=[cost("M1", "opstart", 1000)],
        sources=[{**columns, **row} for row in sources],
        funding=lump if any(row["bron"] == "LUMP" for row in sources) else (),
        permits=permits or (),
        settings={"afgesloten_tot": closed} if closed else {},
    )
    return list(never_repaid(Checked(bare.case(), raw_book(bare.tables()), frozenset())))


LUMP = source("LUMP", "lumpsum", None, WHOLE)
CREDIT = credit("K", 1000, 0, WHOLE)


@pytest.mark.parametrize(
    "sources",
    [
        (CREDIT, LUMP),
        (CREDIT, source("GEM", "gemeente", 1, (FIRST + 2, FIRST + 2))),
        (credit("K", 1000, 0, (FIRST - 4, FIRST + 1)), LUMP),
        (credit("K", 1000, 0, WHOLE, aanbieder="A"), source("EIGEN", "eigen", 1, WHOLE, aanbieder="A")),
    ],
)
def test_nothing_is_said_of_a_credit_that_can_be_repaid(sources: tuple[Record, ...]) -> None:
    assert said(*sources) == []


@pytest.mark.parametrize("years", [(FIRST, FIRST), (FIRST + 2, FIRST + 8), (FIRST - 3, FIRST)])
def test_a_credit_of_one_year_of_the_case_is_never_drawn(years: tuple[int, int]) -> None:
    (found,) = said(credit("K", 1000, 0, years), LUMP)
    assert (found.blad, found.cel[:1]) == ("dekking", "I")
    assert "Krediet K kan in geen enkel plan worden opgenomen: het geldt alleen in" in found.wat


@pytest.mark.parametrize(
    ("sources", "permits"),
    [
        ((CREDIT,), []),
        ((CREDIT, source("SPUK", "spuk", 1000, WHOLE)), []),
        ((CREDIT, source("GEM", "gemeente", 1, (FIRST, FIRST))), []),
        ((CREDIT, source("EIGEN", "eigen", 1, WHOLE, aanbieder="A")), []),
        ((credit("K", 1, 0, WHOLE, aanbieder="B"), source("EIGEN", "eigen", 1, WHOLE, aanbieder="A")), []),
        ((CREDIT, LUMP), [("LUMP", "exploitatie")]),
        ((CREDIT, credit("K2", 1, 0, WHOLE), source("SPUK", "spuk", 1000, WHOLE)), []),
    ],
)
def test_a_credit_that_no_source_may_repay_is_told(sources: tuple[Record, ...], permits: list[tuple[str, str]]) -> None:
    found = said(*sources, permits=permits)
    assert "van 2023 tot en met 2024 is er geen bron voor " in found[0].wat
    assert len(found) == sum(row["soort"] == "krediet" for row in sources)


def test_what_is_left_of_a_credit_after_closed_years_may_be_one_year() -> None:
    assert said(CREDIT, LUMP, closed=FIRST + 1) == []
    assert said(credit("K", 1000, 0, (FIRST, FIRST)), LUMP, closed=FIRST) == []
