"""What a place is paid, and at which price its form just carries: per provider, zorgvorm and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from finance.money import Money
from finance.tariff.tariff import Form
from finance.tariff.transition.carried import Carried
from finance.tariff.transition.costs import PlaceYearCost
from finance.tariff.transition.deals import NONE


@dataclass(frozen=True)
class FormPrice:
    """The places of one provider and zorgvorm in one year, under a form that pays by the place.

    Attributes:
        aanbieder: the provider.
        vorm: the way of paying.
        zorgvorm: the care form.
        jaar: the year.
        plaatsen: the places that are there.
        bezet: the places in use.
        betaald: the places that are paid for.
        opbrengst: what comes in for them, in euros, not rounded.
        plaatskosten: what the places cost.
        eenmalig: their part of the one-off costs of the provider, by what its places cost; in euros.
        aanname: whether a part of what comes in rests on the assumption.
    """

    aanbieder: str
    vorm: Form
    zorgvorm: str
    jaar: int
    plaatsen: Fraction
    bezet: Fraction
    betaald: Fraction
    opbrengst: Fraction
    plaatskosten: Money
    eenmalig: Fraction
    aanname: bool

    @property
    def prijs(self) -> Fraction | None:
        """What a place-year that is paid for brings in, in euros; None where none is paid for."""
        return self.opbrengst / self.betaald if self.betaald else None

    @property
    def kosten(self) -> Fraction:
        """What the places have to bring in, in euros."""
        return self.plaatskosten.euros + self.eenmalig

    @property
    def nodig(self) -> Fraction | None:
        """The price of a place-year at which the form just carries; None where no place is paid for."""
        return self.kosten / self.betaald if self.betaald else None

    @property
    def opslag(self) -> Fraction | None:
        """What the price has to rise by to end at zero, as a fraction; None without a price."""
        return self.kosten / self.opbrengst - 1 if self.opbrengst else None


def prices(
    carried: Iterable[Carried], places: Iterable[PlaceYearCost], extra: dict[tuple[str, int], Money]
) -> Iterator[FormPrice]:
    """The prices of every provider under PxQ and beschikbaarheid, by zorgvorm and year.

    Args:
        carried: every provider under every form.
        places: the places of every location and zorgvorm in every year.
        extra: the one-off costs of each provider in each year, less what others pay.
    """
    every = list(places)
    for row in carried:
        if row.vorm == "lumpsum":
            continue
        own = [one for one in every if one.aanbieder == row.aanbieder]
        for care_form in dict.fromkeys(one.plek.zorgvorm for one in own):
            for year in dict.fromkeys(one.jaar for one in own):
                of_year = [one for one in own if one.jaar == year]
                yield _price(row, care_form, year, of_year, extra[row.aanbieder, year])


def _price(row: Carried, care_form: str, year: int, own: list[PlaceYearCost], extra: Money) -> FormPrice:
    """The price of one zorgvorm; `own` holds all places of the provider in the year."""
    its = [one for one in own if one.plek.zorgvorm == care_form]
    counted = _counted(row.vorm, its)
    every = _counted(row.vorm, own)
    # Of a deal for all together each place is paid alike.
    part = counted / every if every else NONE
    deals = [
        (deal, Fraction(1) if deal.zorgvorm else part)
        for deal in row.afspraken
        if deal.jaar == year and deal.zorgvorm in ("", care_form)
    ]
    cost, total = (Money.total(one.kosten for one in rows) for rows in (its, own))
    return FormPrice(
        aanbieder=row.aanbieder,
        vorm=row.vorm,
        zorgvorm=care_form,
        jaar=year,
        plaatsen=sum((one.plaatsen for one in its), NONE),
        bezet=sum((one.bezet for one in its), NONE),
        betaald=sum((deal.places * share for deal, share in deals), NONE),
        opbrengst=sum((deal.income * share for deal, share in deals), NONE),
        plaatskosten=cost,
        eenmalig=extra.euros * cost.euros / total.euros if total.cents else NONE,
        aanname=any(deal.rij is None for deal, share in deals if deal.places * share),
    )


def _counted(form: Form, rows: Iterable[PlaceYearCost]) -> Fraction:
    """The places that a form pays for: those in use, or those that are there."""
    return sum((one.bezet if form == "pxq" else one.plaatsen for one in rows), NONE)
