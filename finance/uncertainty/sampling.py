"""Draws: many cases made from one, each with other values for what is uncertain.

A draw is a list of changes, carried out as a scenario is. The values come from a Latin hypercube:
with N draws every uncertain thing falls once in each N-th part of its distribution, and a hash of the
seed decides in which draw. So a draw depends on the seed, on N and on its number, and on nothing else:
no worker, no order and no machine can change it.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import ClassVar, Final

from finance.case.case import Case
from finance.case.cells import CellError
from finance.case.columns import EURO
from finance.case.distributions import LIST, Distribution, Drawn, read_distribution
from finance.case.sheets import SHEETS, ScenarioChange, Uncertainty
from finance.case.table import RawBook, shown
from finance.case.uncertainties import BLAD, LARGEST_FACTOR
from finance.findings import Finding
from finance.scenarios import carry_out, reached, rounded_to, without_consequences

DECIMALS: Final = 6
"""Decimals of a drawn number whose column asks for no fewer."""
HASHED: Final = 2**64
HALF: Final = Fraction(1, 2)
RARELY: Final = Fraction(1, 100)
"""The share of the draws beyond which a value hardly says how small or large a distribution gets."""
SMALLEST_FACTOR: Final = Decimal("0.2")
"""What gets smaller than this is not taken for a factor."""
FAR_BELOW: Final = 20
"""A cell that becomes so many times smaller by what looks like a factor was meant to be multiplied."""


class DrawnChange(ScenarioChange):
    """What one draw does to the cells of one row of `onzekerheid`."""

    blad: ClassVar[str] = "onzekerheid"
    drawn: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw.

    Attributes:
        nummer: its number, from 1.
        waarden: the drawn value of each row of `onzekerheid`, in their order.
    """

    nummer: int
    waarden: tuple[Drawn, ...]


@dataclass(frozen=True)
class Hypercube:
    """The draws of a case.

    Attributes:
        rows: the rows of `onzekerheid`.
        aantal: how many draws, 1 or more.
        zaad: the seed.
    """

    rows: tuple[Uncertainty, ...]
    aantal: int
    zaad: int

    def draws(self, numbers: Iterable[int] | None = None) -> Iterator[Draw]:
        """The draws of these numbers, in that order; all of them where no numbers are named."""
        for number in range(1, self.aantal + 1) if numbers is None else numbers:
            yield Draw(number, tuple(self._value(row, number) for row in self.rows))

    def _value(self, row: Uncertainty, number: int) -> Drawn:
        return value_at(row, self._share(self._axes[_axis_name(row)], number))

    @cached_property
    def _axes(self) -> Mapping[str, int]:
        """The rows that move apart from each other, numbered; a group moves as one."""
        names = dict.fromkeys(_axis_name(row) for row in self.rows)
        return {name: at for at, name in enumerate(names)}

    @cached_property
    def _strata(self) -> Mapping[int, Sequence[int]]:
        """For each axis the part of the distribution that each draw falls in."""
        return {axis: self._shuffled(axis) for axis in self._axes.values()}

    def _shuffled(self, axis: int) -> Sequence[int]:
        order = sorted(range(self.aantal), key=lambda at: (self._hash("plaats", axis, at), at))
        strata = array("q", [0]) * self.aantal
        for stratum, at in enumerate(order):
            strata[at] = stratum
        return strata

    def _share(self, axis: int, number: int) -> Fraction:
        within = Fraction(2 * self._hash("binnen", axis, number - 1) + 1, 2 * HASHED)
        return (self._strata[axis][number - 1] + within) / self.aantal

    def _hash(self, use: str, axis: int, at: int) -> int:
        text = f"{use}|{self.zaad}|{self.aantal}|{axis}|{at}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _axis_name(row: Uncertainty) -> str:
    return f"groep {row.correlatiegroep}" if row.correlatiegroep else f"rij {row.rij}"


def value_at(row: Uncertainty, share: Fraction) -> Drawn:
    """The value of a row below which a share of its draws lies, with the decimals of its column.

    A factor keeps six decimals, whatever it multiplies; the product has those of the column.
    """
    value = read_distribution(row.verdeling, row.parameters).at(share)
    if not isinstance(value, Decimal) or row.verdeling == LIST:
        return value
    return rounded_to(Fraction(value), _decimals(row))


def _decimals(row: Uncertainty) -> int:
    spec = SHEETS.get(row.doelblad)
    known = {column.naam: column.kind.decimalen for column in spec.columns} if spec else {}
    own = known.get(row.kolom)
    return DECIMALS if own is None or row.bewerking == "maal" else own


def drawn_book(
    book: RawBook, rows: Sequence[Uncertainty], values: Sequence[Drawn]
) -> tuple[RawBook, tuple[Finding, ...]]:
    """The tables of one draw, and a finding for each row that could not be carried out."""
    return carry_out(book, [_change(row, value) for row, value in zip(rows, values, strict=True)])


def _change(row: Uncertainty, value: Drawn) -> DrawnChange:
    return DrawnChange(
        rij=row.rij,
        scenario="trekking",
        doelblad=row.doelblad,
        kolom=row.kolom,
        filter=row.filter,
        bewerking=row.bewerking,
        waarde=value,
    )


def check_uncertainty(book: RawBook, case: Case) -> list[Finding]:
    """Carry out every row of `onzekerheid` with the middle of its distribution; a list with each value.

    What a draw makes of the case as a whole is not checked here: a draw that cannot be is reported
    as such by the sweep, and the others go on.

    Returns:
        A finding for each row that could not be carried out.
    """
    findings: dict[Finding, None] = {}
    for row in case.uncertainties:
        try:
            distribution = read_distribution(row.verdeling, row.parameters)
        except CellError:
            continue  # a finding of its own
        values = set(distribution.parameters) if row.verdeling == LIST else {value_at(row, HALF)}
        refused = [finding for value in sorted(values, key=str) for finding in drawn_book(book, [row], [value])[1]]
        own = without_consequences(book, [_change(row, value_at(row, HALF))], refused)
        findings |= dict.fromkeys(own if refused else _factor_as_value(book, row, distribution))
        book, _ = drawn_book(book, [row], [value_at(row, HALF)])
    return list(findings)


def _factor_as_value(book: RawBook, row: Uncertainty, distribution: Distribution) -> Iterator[Finding]:
    """Find factors around 1 that would be set where amounts and large numbers stand."""
    if row.bewerking != "zet" or not distribution.is_number:
        return
    highest = Decimal(distribution.at(1 - RARELY))
    cells = _filled(book, row)
    if cells and _like_factors(row, distribution, highest) and min(cells) >= FAR_BELOW * highest:
        sheet = book.bladen[BLAD]
        yield Finding(
            BLAD,
            sheet.cell("parameters", row.rij),
            f"De bewerking is zet: {row.kolom} wordt hooguit zo'n {shown(_two(highest))}, en is nu minstens"
            f" {shown(min(cells))}.",
            "Kies bij bewerking maal als dit een factor is; schrijf anders de waarde zelf.",
        )


def _like_factors(row: Uncertainty, distribution: Distribution, highest: Decimal) -> bool:
    """Whether values look like factors around 1; of amounts everything that is small does."""
    if not 0 < highest <= LARGEST_FACTOR:
        return False
    kinds = {column.naam: column.kind for column in SHEETS[row.doelblad].columns}
    whole = all(Decimal(value) % 1 == 0 for value in distribution.parameters)
    return kinds[row.kolom] == EURO or (not whole and Decimal(distribution.at(RARELY)) >= SMALLEST_FACTOR)


def _filled(book: RawBook, row: Uncertainty) -> list[Decimal]:
    """The numbers other than zero in the cells that a row is about."""
    rows = {raw.nummer: raw for raw in book.bladen[row.doelblad].rijen}
    reach = reached(book, [_change(row, "")])
    cells = (rows[number].cellen.get(column) for _, number, column in reach)
    return [cell for cell in cells if isinstance(cell, Decimal) and cell]


def _two(number: Decimal) -> Decimal:
    return rounded_to(Fraction(number), 2)
