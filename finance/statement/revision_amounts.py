"""The amounts of a request for revision: what is spent, when and by whom it is paid, and what may be asked.

Asked of a category of a location: where at least its threshold is spent, what the grants of 2024 do not pay
of it, and under the reading `boven-drempel` no more than lies above the threshold. A municipality asks no
more than its shortfall = max(0, spent - basic amounts - earlier revisions): in proportion, by largest remainder.

Source: art. 5 and 7 and annex 2 of the regulation of 2024 (RG-13 to RG-18).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from finance.money import ZERO, Money, apportioned
from finance.rules.records import RevisionCategoryRule
from finance.rules.revision import Threshold
from finance.statement.revision_posts import RevisionPost


@dataclass(frozen=True, slots=True)
class Pool:
    """Locations that share what is spent for them together, by their places.

    Attributes:
        plekken: the names of the locations in the annex, each once; none for what lies outside it.
        samen: whether it is for them together; else for the one location.
        aanbieder: the provider whose locations they are; empty for one location, or those of a municipality.
    """

    plekken: tuple[str, ...]
    samen: bool = False
    aanbieder: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """What is spent in a category.

    Attributes:
        gerealiseerd: in closed years.
        verwacht: in the years that are planned.
        gedekt: what the grants of 2024 pay of both.
        zorggeld: what money for care pays of both, where no grant does.
    """

    gerealiseerd: Money = ZERO
    verwacht: Money = ZERO
    gedekt: Money = ZERO
    zorggeld: Money = ZERO

    @property
    def besteed(self) -> Money:
        """Both together."""
        return self.gerealiseerd + self.verwacht

    def plus(self, other: Spent) -> Spent:
        """Both added up."""
        return Spent(
            self.gerealiseerd + other.gerealiseerd,
            self.verwacht + other.verwacht,
            self.gedekt + other.gedekt,
            self.zorggeld + other.zorggeld,
        )


class Payer(StrEnum):
    """Who pays a part of what is spent: a grant of 2024, money for care, or another source or nobody."""

    GRANT = "uitkering"
    CARE = "zorggeld"
    OTHER = "anders"


class Moment(StrEnum):
    """When a part of what is spent is spent."""

    REALISED = "gerealiseerd"
    EXPECTED = "verwacht"


Portions = Mapping[tuple[Moment, Payer], Money]
"""What is spent, by when and by who pays it: each is divided apart, so that what is paid and what is not stay so."""
PORTIONS: Final = tuple((moment, payer) for moment in Moment for payer in Payer)


def spent_of(portions: Portions) -> Spent:
    """What some portions come to."""

    def sums(*wanted: Moment | Payer) -> Money:
        return Money.total(amount for key, amount in portions.items() if set(wanted) <= set(key))

    return Spent(sums(Moment.REALISED), sums(Moment.EXPECTED), sums(Payer.GRANT), sums(Payer.CARE))


def portions_of(post: RevisionPost) -> Portions:
    """What a line spends, by who pays it."""
    moment = Moment.REALISED if post.gerealiseerd else Moment.EXPECTED
    return {
        (moment, Payer.GRANT): post.gedekt,
        (moment, Payer.CARE): post.zorggeld,
        (moment, Payer.OTHER): post.besteed - post.gedekt - post.zorggeld,
    }


@dataclass(frozen=True, slots=True)
class Share:
    """What a location gets of a portion of what is spent for several locations together.

    Attributes:
        pool: the locations.
        categorie: the category.
        plek: the location.
        plaatsen: its places, by which is divided.
        tijd: when it is spent.
        wie: who pays it.
        samen: what is divided.
        deel: its share.
    """

    pool: Pool
    categorie: RevisionCategoryRule
    plek: str
    plaatsen: int
    tijd: Moment
    wie: Payer
    samen: Money
    deel: Money


@dataclass(frozen=True, slots=True)
class Cell:
    """One category at one location.

    Attributes:
        plek: the location in the annex, with its thresholds.
        categorie: the category.
        spent: what is spent, shares of what is spent together included.
        boven_drempel: whether only what lies above the threshold may be asked.
    """

    plek: Threshold
    categorie: RevisionCategoryRule
    spent: Spent
    boven_drempel: bool

    @property
    def drempel(self) -> Money:
        """The threshold."""
        return self.plek.amount(self.categorie)

    @property
    def haalt(self) -> bool:
        """Whether at least the threshold is spent."""
        return self.spent.besteed >= self.drempel

    @property
    def ontbreekt(self) -> Money:
        """By how much the threshold is missed."""
        return max(ZERO, self.drempel - self.spent.besteed)

    @property
    def kan(self) -> Money:
        """What may be asked before any reduction."""
        if not self.haalt:
            return ZERO
        open_amount = max(ZERO, self.spent.besteed - self.spent.gedekt)
        return min(open_amount, self.spent.besteed - self.drempel) if self.boven_drempel else open_amount


@dataclass(frozen=True, slots=True)
class Municipality:
    """Whether the basic amounts of one municipality suffice.

    Attributes:
        naam: the coordinating municipality.
        basis: the amounts of art. 5.1 together; what the case granted where the regulation gives none.
        eerder: what earlier revisions granted.
        buiten: what is spent at locations that the annex does not name.
        cellen: its categories and locations.
    """

    naam: str
    basis: Money
    eerder: Money
    buiten: Spent
    cellen: tuple[Cell, ...]

    @property
    def nodig(self) -> Money:
        """What is spent on closing and converting."""
        return Money.total((self.buiten.besteed, *(cell.spent.besteed for cell in self.cellen)))

    @property
    def tekort(self) -> Money:
        """What the amounts fall short."""
        return max(ZERO, self.nodig - self.basis - self.eerder)

    @property
    def kan(self) -> Money:
        """What may be asked before it is reduced."""
        return Money.total(cell.kan for cell in self.cellen)

    @property
    def gevraagd(self) -> tuple[Money, ...]:
        """What is asked for each category and location."""
        asked = [cell.kan for cell in self.cellen]
        total = Money.total(asked)
        return apportioned(min(total, self.tekort), [amount.cents for amount in asked])
