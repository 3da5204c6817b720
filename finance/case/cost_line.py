"""What is paid for: the line of one euro amount of one year."""

from __future__ import annotations

from dataclasses import dataclass

from finance.case.actuals import Actual


@dataclass(frozen=True, order=True, slots=True)
class CostLine:
    """One euro amount of one year that needs cover.

    A line of a measure names the measure; a line of places names the location and the zorgvorm; a line of a
    credit, which is what it gets back in the year, names the credit.
    What does not apply is empty.

    Attributes:
        maatregel: the measure, or empty.
        locatie: the location, or empty.
        zorgvorm: the zorgvorm, or empty.
        kostensoort: the cost category.
        jaar: the calendar year in which it is spent.
        krediet: the credit that is paid back, or empty.
    """

    maatregel: str
    locatie: str
    zorgvorm: str
    kostensoort: str
    jaar: int
    krediet: str = ""


def line_ids(line: CostLine) -> tuple[object, ...]:
    """What tells a cost line apart, as the ids of a row in data: a credit stands behind the others, if there is one."""
    of_credit = (line.krediet,) if line.krediet else ()
    return (line.maatregel, line.locatie, line.zorgvorm, line.kostensoort, line.jaar, *of_credit)


def paid_line(row: Actual) -> CostLine:
    """The cost line that a row of `realisatie` is about."""
    return CostLine(row.maatregel, row.locatie, row.zorgvorm, row.kostensoort, row.jaar, row.krediet)
