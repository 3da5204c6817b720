"""How every provider of a plan is paid, row by row: what `financiering` agrees, and the assumption for the rest.

The assumption gives every form the same income where the places are as full as their price counts on:
PxQ pays F / (n b) + V of a used place, beschikbaarheid and a lump sum F / n + b V of a place of the plan.
So the forms differ in risk alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from finance.case import Case
from finance.case.funding import lumpsum_share
from finance.case.sheets import Funding
from finance.tariff.tariff import FORMS, Form
from finance.tariff.transition.costs import PlaceYearCost
from finance.tariff.transition.deals import NONE, ONCE, Deal


@dataclass(frozen=True)
class Agreements:
    """What decides how providers are paid.

    Attributes:
        case: the case.
        places: the places of every location and zorgvorm in every year.
        part: the part of a provider in what a lump sum for all without a key pays in a year.
    """

    case: Case
    places: tuple[PlaceYearCost, ...]
    part: Callable[[str, int], Fraction]

    def of(self, provider: str) -> Iterator[Deal]:
        """How a provider is paid: its rows of `financiering`, then the assumption by form, year and zorgvorm."""
        agreed = [self._agreed(provider, row) for row in self._funding_of(provider)]
        paid = {(deal.vorm, deal.jaar, deal.zorgvorm) for deal in agreed if deal.telt}
        yield from agreed
        for form in FORMS:
            for year in self.case.years:
                for care_form in ("",) if form == "lumpsum" else self.care_forms(provider):
                    counts = not {(form, year, care_form), (form, year, "")} & paid
                    yield self._assumed(provider, form, year, care_form, counts=counts)

    def care_forms(self, provider: str) -> tuple[str, ...]:
        """The zorgvormen of which a provider has a row of `plaatsen`, in the order of the case."""
        own = {row.plek.zorgvorm for row in self.places if row.aanbieder == provider}
        return tuple(row.zorgvorm for row in self.case.care_forms if row.zorgvorm in own)

    def _funding_of(self, provider: str) -> Iterable[Funding]:
        return (
            row
            for row in self.case.funding
            if row.jaar in self.case.years and self.case.source[row.bron].aanbieder in ("", provider)
        )

    def _agreed(self, provider: str, row: Funding) -> Deal:
        source = self.case.source[row.bron]
        form = cast("Form", source.soort)
        own = self._counted(form, row, provider)
        counted = lumpsum_share(self.case, row) if form == "lumpsum" else self._counted(form, row, source.aanbieder)
        # What is paid grows in proportion to level and places: a row for half a year is one with half of both.
        months = self.case.part_of_year(row)
        return Deal(
            aanbieder=provider,
            vorm=form,
            jaar=row.jaar,
            rij=row,
            alleen=source.aanbieder,
            zorgvorm=self.case.paid_form(row),
            telt=row.niveau > 0,
            niveau=Fraction(row.niveau) * months,
            prijs=self.case.paid_price(row).euros,
            geteld=counted * months,
            eigen=own * months,
            deel=ONCE if source.aanbieder else self._part(provider, row, own, counted),
            gegist=form == "lumpsum" and not source.aanbieder and row.bron not in self.case.key_shares,
            houdt=source.overdraagbaar,
        )

    def _part(self, provider: str, row: Funding, own: Fraction, counted: Fraction) -> Fraction:
        """The part of a provider in a source for all: by its key, else of a lump sum by the costs, or by its places."""
        if row.bron in self.case.key_shares:
            return self.case.key_shares[row.bron].get(provider, NONE)
        if self.case.source[row.bron].soort == "lumpsum":
            return self.part(provider, row.jaar)
        return own / counted if counted else NONE

    def _own(self, provider: str, year: int, care_form: str) -> list[PlaceYearCost]:
        return [
            row
            for row in self.places
            if row.jaar == year and provider in ("", row.aanbieder) and care_form in ("", row.plek.zorgvorm)
        ]

    def _counted(self, form: Form, row: Funding, provider: str) -> Fraction:
        """The used (PxQ) or available places that a row pays for; nothing for a lump sum."""
        if form == "lumpsum":
            return NONE
        own = self._own(provider, row.jaar, row.zorgvorm)
        rows = [place for place in own if row.tarief in ("", place.plek.tarief)]
        return sum((row.bezet if form == "pxq" else row.plaatsen for row in rows), NONE)

    def _assumed(self, provider: str, form: Form, year: int, care_form: str, *, counts: bool) -> Deal:
        """The assumption: the places of the plan, each at the price that covers its cost."""
        rows = self._own(provider, year, care_form)
        level = sum((row.plaatsen for row in rows), NONE)
        used = sum((row.bezet for row in rows), NONE)
        counted = used if form == "pxq" else level
        cost = (
            sum((row.bezet * row.kostprijs for row in rows), NONE)
            if form == "pxq"
            else sum((row.plaatsen * row.beschikbaar for row in rows), NONE)
        )
        return Deal(
            aanbieder=provider,
            vorm=form,
            jaar=year,
            rij=None,
            alleen=provider,
            zorgvorm=care_form,
            telt=counts,
            niveau=level,
            prijs=cost / counted if counted else NONE,
            geteld=counted,
            eigen=NONE if form == "lumpsum" else counted,
            deel=ONCE,
            gegist=False,
            houdt=True,
        )
