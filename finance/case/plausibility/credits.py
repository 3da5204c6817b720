"""Credits that no plan can use: what is never paid back is not drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finance.calendar import YearSpan
from finance.case.case import Case
from finance.case.checked import Checked
from finance.case.sheets import Source
from finance.case.words import REPAYMENT, YEARLY_SORTS
from finance.findings import Finding

PAYERS: Final = (*YEARLY_SORTS, "eigen", "gemeente")
"""The sorts of sources that may pay a credit back (BG-F1)."""


def never_repaid(checked: Checked) -> Iterator[Finding]:
    """A credit of one year, or one that no source can pay back in a year after its first."""
    case = checked.case
    for row in case.credits:
        years = case.source_years(row)
        if not years or years.last <= case.closed_through:
            continue
        if years.first == years.last:
            yield checked.at(
                "dekking",
                row.rij,
                "besteedbaar_tot",
                f"Krediet {row.bron} kan in geen enkel plan worden opgenomen: het geldt alleen in {years.first}, en wat"
                " in een jaar is opgenomen, wordt pas in een later jaar afgelost.",
                "Laat het krediet langer lopen, tot en met een jaar van de casus.",
            )
        elif not any(_repays(case, other, row, YearSpan(years.first + 1, years.last)) for other in case.sources):
            own = f"aanbieder {row.aanbieder} of voor " if row.aanbieder else ""
            yield checked.at(
                "dekking",
                row.rij,
                "bron",
                f"Krediet {row.bron} kan in geen enkel plan worden opgenomen: van {years.first + 1} tot en met"
                f" {years.last} is er geen bron voor {own}alle aanbieders die {REPAYMENT} mag betalen.",
                "Voeg geld toe waaruit het wordt afgelost (lumpsum, PxQ, beschikbaarheid, eigen of van een gemeente),"
                " of verruim toegestaan of de jaren.",
            )


def _repays(case: Case, source: Source, credit: Source, years: YearSpan) -> bool:
    """Whether a source may pay a credit back in some of these years."""
    return (
        source.soort in PAYERS
        and source.aanbieder in ("", credit.aanbieder)
        and REPAYMENT in case.permitted_sorts.get(source.bron, {REPAYMENT})
        and bool(case.source_years(source).overlap(years))
    )
