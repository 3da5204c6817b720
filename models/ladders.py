"""Ladders: what one more euro is worth, by solving again with a little more, and more again.

One ladder for each pot, for each year of a source with its money per year, for each share cap, and for the
last year of each spending window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from finance.case import Case
from finance.case.words import AMOUNT_SORTS, GRANT
from finance.money import Money
from finance.plan.whatif import Rung, with_longer_window
from finance.rules import Entitlement
from models.whatif import Question, answer, more_of


@dataclass(frozen=True)
class Step:
    """One step that can be asked; the attributes are those of a Rung, with the question for the answer."""

    soort: str
    naam: str
    jaar: int | None
    extra: Money | None
    jaren: int
    question: Question

    def climb(self, seconds: float | None = None) -> Rung:
        """Ask it.

        Args:
            seconds: the time limit; None for none.

        Raises:
            NoPlanError: the start years clash.
            TimeUpError: the time was up before a first plan was found.
        """
        return Rung(self.soort, self.naam, self.jaar, self.extra, self.jaren, answer(self.question, seconds))


def ladder_steps(case: Case, amounts: Sequence[Money], sources: Sequence[str] = ()) -> Iterator[Step]:
    """The steps of all ladders of a case.

    Args:
        case: the case.
        amounts: the amounts of the steps.
        sources: only these sources, and no caps and windows; empty for everything.
    """
    for row in case.sources:
        if sources and row.bron not in sources:
            continue
        years = (None,) if row.soort in AMOUNT_SORTS else tuple(case.funding_years(row))
        for year in years:
            for extra in amounts:
                yield Step("bron", row.bron, year, extra, 0, more_of(case, row.bron, extra, year))
    if not sources:
        yield from _caps(case, amounts)
        yield from _windows(case)


def _caps(case: Case, amounts: Sequence[Money]) -> Iterator[Step]:
    caps = Entitlement(case).share_caps
    of_decision = Counter((cap.regeling, cap.beschikking) for cap in caps)
    for cap in caps:
        alone = of_decision[cap.regeling, cap.beschikking] == 1
        name = cap.beschikking if alone else f"{cap.beschikking} ({cap.regel.id})"
        for extra in amounts:
            question = Question(case, caps={f"{cap.regel.id} {cap.beschikking}": extra})
            yield Step("deelplafond", name, None, extra, 0, question)


def _windows(case: Case) -> Iterator[Step]:
    rules = Entitlement(case)
    for regeling in dict.fromkeys(row.regeling for row in case.sources if row.soort == GRANT):
        last = rules.last_year(regeling)
        for more in range(1, case.years.last - last + 1) if last is not None else ():
            longer = with_longer_window(case, regeling, (last or 0) + more)
            question = Question(longer, entitlement=Entitlement(longer, more))
            yield Step("periode", regeling, None, None, more, question)
