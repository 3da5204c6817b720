"""The index of tariffs in two steps: the provisional index of a year, and the correction of the year before.

The VNG advises such an index for youth care: a weighted mean of the growth of labour cost (OVA) and
of prices (PPC), first as it is foreseen; what the year before turned out otherwise is added later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final

from finance.case.columns import GROWTH, ID, SHARE, YEAR, column
from finance.case.declaring import Row
from finance.money import round_half_away

SHOWN_DECIMALS: Final = 4
"""An index is published in hundredths of a percent."""


class TariffIndex(Row):
    """A row of `tariefindex`: the growth of labour cost and prices in a year, each as a fraction."""

    jaar: Annotated[int, YEAR] = column("Het jaar.")
    ova_voorlopig: Annotated[Decimal, GROWTH] = column(
        "Loonontwikkeling (OVA) zoals die voor het jaar werd verwacht, als breuk: 4,96% is 0,0496."
    )
    ppc_voorlopig: Annotated[Decimal, GROWTH] = column(
        "Prijsontwikkeling (PPC) zoals die voor het jaar werd verwacht, als breuk."
    )
    ova_definitief: Annotated[Decimal | None, GROWTH] = column(
        "Loonontwikkeling zoals die is geworden; nodig voor de index van het jaar erna.",
        leeg="nog niet bekend",
        default=None,
    )
    ppc_definitief: Annotated[Decimal | None, GROWTH] = column(
        "Prijsontwikkeling zoals die is geworden; nodig voor de index van het jaar erna.",
        leeg="nog niet bekend",
        default=None,
    )
    gewicht_ova: Annotated[Decimal, SHARE] = column("Gewicht van de loonontwikkeling, als breuk; de VNG adviseert 0,9.")
    gewicht_ppc: Annotated[Decimal, SHARE] = column(
        "Gewicht van de prijsontwikkeling, als breuk; de VNG adviseert 0,1."
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


def provisional(row: TariffIndex) -> Fraction:
    """The index of a year as it was foreseen. Formula: weights times OVA and PPC, added up."""
    return _weighted(row, row.ova_voorlopig, row.ppc_voorlopig)


def final(row: TariffIndex) -> Fraction | None:
    """The index of a year as it turned out, likewise; None where that is not known."""
    if row.ova_definitief is None or row.ppc_definitief is None:
        return None
    return _weighted(row, row.ova_definitief, row.ppc_definitief)


def _weighted(row: TariffIndex, ova: Decimal, ppc: Decimal) -> Fraction:
    return Fraction(row.gewicht_ova) * Fraction(ova) + Fraction(row.gewicht_ppc) * Fraction(ppc)


@dataclass(frozen=True)
class IndexChain:
    """The index of tariffs over the years.

    Attributes:
        rows: the row of each year.
    """

    rows: Mapping[int, TariffIndex]

    def difference(self, year: int) -> Fraction | None:
        """What a year turned out to differ. Formula: its final index minus its provisional one."""
        row = self.rows.get(year)
        outcome = final(row) if row else None
        return None if row is None or outcome is None else outcome - provisional(row)

    def index(self, year: int) -> Fraction | None:
        """The index of a year; None where it cannot be known.

        Formula: the provisional index plus the correction, which is the difference of the year before.
        """
        row, correction = self.rows.get(year), self.difference(year - 1)
        return None if row is None or correction is None else provisional(row) + correction


def agrees(given: Decimal, computed: Fraction) -> bool:
    """Whether an index that is given is the computed one, as far as an index is published."""
    scale = 10**SHOWN_DECIMALS
    return round_half_away(Fraction(given) * scale) == round_half_away(computed * scale)
