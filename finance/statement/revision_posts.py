"""What a plan spends in the categories of a request for revision, line by line.

A line counts where its year lies in the window of the regulation and its measure serves the closing (a) or
the converting (b) of closed care: what alternatives (c) cost is never asked. Of a line counts what the
category counts (what is not capitalised; vacancy only as far as it is payable), less what a grant of 2020
or 2021 paid of it: that euro has been paid already.

Source: art. 1, 3, 4 and 7 of the regulation of 2024 (RG-12, RG-15 to RG-17).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from finance.case.case import CostLine
from finance.case.words import GRANT, VACANCY, YEARLY_SORTS
from finance.money import CENTS_PER_EURO, ZERO, Money, round_down
from finance.rules.activities import Activity, activity_of
from finance.rules.capitalised import not_capitalised
from finance.rules.records import RevisionCategoryRule, WindowRule
from finance.rules.revision import REGULATION, RevisionRules
from finance.statement.lines import Line
from finance.statement.statement import Statement

COUNTS: Final = "telt mee"
OUTSIDE_WINDOW: Final = "buiten de periode van de regeling"
ALTERNATIVE: Final = "alternatief (onderdeel c)"
NOT_CLOSED_CARE: Final = "niet door de transitie of niet voor gesloten jeugdhulp"
OPEN_PLACES: Final = "lege plaatsen die niet gesloten zijn"


@dataclass(frozen=True, slots=True)
class RevisionPost:
    """One cost line of a category.

    Attributes:
        lijn: the cost line.
        categorie: the category of its kostensoort.
        stand: why it counts, or why not; one of the words of this module.
        gerealiseerd: whether its year is closed.
        geactiveerd: how much of it is capitalised on a balance sheet.
        grens: the most of it that the category counts.
        eerder: what grants of other regulations paid of it.
        basis: what grants of the regulation of 2024 pay of it.
        zorg: what the yearly sources for care (lumpsum, pxq, beschikbaarheid) pay of it.
    """

    lijn: Line
    categorie: RevisionCategoryRule
    stand: str
    gerealiseerd: bool
    geactiveerd: Money
    grens: Money
    eerder: Money
    basis: Money
    zorg: Money

    @property
    def regel(self) -> CostLine:
        """What it is for."""
        return self.lijn.regel

    @property
    def besteed(self) -> Money:
        """What counts: at most the limit of the category, and no euro that another regulation paid."""
        if self.stand != COUNTS:
            return ZERO
        return max(ZERO, min(self.grens, self.lijn.kosten - self.eerder))

    @property
    def gedekt(self) -> Money:
        """What grants of 2024 pay of what counts."""
        return min(self.basis, self.besteed)

    @property
    def zorggeld(self) -> Money:
        """What money for care pays of what counts and no grant pays: asked for, it could be paid twice."""
        return min(self.zorg, self.besteed - self.gedekt)


@dataclass(frozen=True)
class RevisionPosts:
    """The lines of a plan that fall in a category.

    Attributes:
        statement: the statement of the plan.
        rules: the rules of the request.
    """

    statement: Statement
    rules: RevisionRules

    @cached_property
    def posts(self) -> tuple[RevisionPost, ...]:
        """Every line with a kostensoort of a category, in the order of the lines."""
        return tuple(self._posts())

    def _posts(self) -> Iterator[RevisionPost]:
        closed = self.statement.outcome.closed_years
        for line in self.statement.lines:
            category = self.rules.category_of.get(line.regel.kostensoort)
            if category is not None:
                earlier, basic, care = self._paid.get(line.regel, (ZERO, ZERO, ZERO))
                realised = line.regel.jaar in closed
                capitalised = self._capitalised(line)
                limit = self._limit(line) - (capitalised if category.niet_geactiveerd else ZERO)
                stand = self._stand(line.regel)
                yield RevisionPost(line, category, stand, realised, capitalised, limit, earlier, basic, care)

    @cached_property
    def _paid(self) -> Mapping[CostLine, tuple[Money, Money, Money]]:
        """What is paid of each line by grants of other regulations, by those of 2024, and by money for care."""
        paid: dict[CostLine, tuple[Money, Money, Money]] = {}
        for (line, name), amount in self.statement.allocation.payments.items():
            source = self.statement.case.source[name]
            other, own, care = paid.get(line, (ZERO, ZERO, ZERO))
            if source.soort in YEARLY_SORTS:
                paid[line] = other, own, care + amount
            elif source.soort == GRANT and source.regeling == REGULATION:
                paid[line] = other, own + amount, care
            elif source.soort == GRANT:
                paid[line] = other + amount, own, care
        return paid

    @cached_property
    def window(self) -> tuple[int, int] | None:
        """The first and the last year of the window of the regulation; None where it has none here."""
        rules = (self.statement.rules.rule(REGULATION, "periode", year) for year in self.statement.case.years)
        window = next((rule.window for rule in rules if isinstance(rule, WindowRule)), None)
        return (window.first.year, window.last.year) if window and window.last else None

    def _stand(self, line: CostLine) -> str:
        case = self.statement.case
        if self.window is None or not self.window[0] <= line.jaar <= self.window[1]:
            return OUTSIDE_WINDOW
        if not line.maatregel:
            return COUNTS if case.care_form[line.zorgvorm].is_closed else OPEN_PLACES
        measure = case.measure[line.maatregel]
        if not (measure.door_transitie and measure.jeugdhulpplus):
            return NOT_CLOSED_CARE
        return ALTERNATIVE if activity_of(case, measure) is Activity.ALTERNATIVE else COUNTS

    def _limit(self, line: Line) -> Money:
        """The most that counts of a line before what is capitalised: of vacancy, what is payable.

        Formula: the housing in the cost of the empty places, and no more than the places that chosen measures
        by the transition are closing there, times the housing part of the price of an empty place, rounded
        down to the cent.
        """
        if line.regel.kostensoort != VACANCY:
            return line.kosten
        case, rules, year = self.statement.case, self.statement.rules, line.regel.jaar
        key = line.regel.locatie, line.regel.zorgvorm
        closing = rules.closing_places(self.statement.allocation.starts, key, year)
        limit = Money(round_down(closing * case.payable_vacancy(case.place[key], year) * CENTS_PER_EURO))
        return min(limit, case.housing_of_vacancy(case.place[key], year, line.kosten))

    def _capitalised(self, line: Line) -> Money:
        """How much of a line is capitalised on a balance sheet."""
        starts = self.statement.allocation.starts
        return line.kosten - not_capitalised(self.statement.case, starts, line.regel, line.kosten)
