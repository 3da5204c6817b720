"""What every sheet of `onzekerheid.xlsx` is made from: the draws, their outcomes, and samples of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.allocation import UNITS
from finance.case import Case
from finance.case.distributions import read_distribution
from finance.case.sheets import Provenance, Source, Uncertainty
from finance.draws import DrawResult, DrawStatus
from finance.money import Money
from finance.provenance import RunInfo
from finance.spread import Sample, nearest_rank
from finance.uncertainty import Draw
from finance.workbook.grid import Format, Role

FORMATS: Final = {"EUR": Format.EURO, "plaatsjaren": Format.PLACES}
SHARES: Final = {"p10": Fraction(1, 10), "p50": Fraction(1, 2), "p90": Fraction(9, 10)}
"""The percentiles that are shown."""
TAIL: Final = Fraction(1, 5)
"""The share of the draws at each end of an input that the tornado compares."""
CLAIMED_FROM: Final = Money(0)
"""What is left of a grant above this is claimed back."""
RANKED_UP_TO: Final = 1_500
"""With more draws than this the ranks are left out: computing them takes the square of the draws."""
BARS: Final = 10
"""The bars of a histogram."""

Outcome = tuple[Draw, DrawResult]


@dataclass(frozen=True)
class SweepInfo:
    """What made the outcomes; no time of day, so that two runs write the same bytes.

    Attributes:
        made: the case file and the versions.
        scenario: the scenario that was drawn from.
        aantal: how many draws were asked for.
        zaad: the seed.
        seconds: the time limit of each draw; None for none.
    """

    made: RunInfo
    scenario: str
    aantal: int
    zaad: int
    seconds: float | None

    @property
    def facts(self) -> Mapping[str, str]:
        """The same as pairs of words, for the metadata of a file."""
        return {
            "casus": self.made.case_stem,
            "invoer_sha256": self.made.invoer_sha256,
            "scenario": self.scenario,
            "aantal": str(self.aantal),
            "zaad": str(self.zaad),
            "tijdslimiet": "" if self.seconds is None else str(self.seconds),
            "toolkit": self.made.toolkit,
            "solver": self.made.solver,
            "regelingen": ",".join(self.made.regelingen),
        }


@dataclass(frozen=True)
class Swept:
    """A finished sweep.

    Attributes:
        case: the case that was drawn from.
        rows: the rows of `onzekerheid`.
        info: what made it.
        results: each draw with its outcome, in order of their numbers.
    """

    case: Case
    rows: tuple[Uncertainty, ...]
    info: SweepInfo
    results: tuple[Outcome, ...]

    @cached_property
    def proven(self) -> tuple[Outcome, ...]:
        """The draws that count: those whose every goal is proven."""
        return tuple(pair for pair in self.results if pair[1].proven)

    def count(self, status: DrawStatus) -> int:
        """How many draws ended in one way."""
        return sum(result.status is status for _, result in self.results)

    @property
    def ranked(self) -> bool:
        """Whether the workbook has the rank of every draw."""
        return len(self.results) <= RANKED_UP_TO

    @cached_property
    def open(self) -> int:
        """How many of the draws that count do not close."""
        return sum(not result.sluitend for _, result in self.proven)

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The goals of the case, in their order."""
        return tuple(row.doel for row in self.case.goals)

    @cached_property
    def goal_samples(self) -> Mapping[str, Sample]:
        """The values of each goal in the draws that count; money in euros."""
        return {
            goal: Sample(tuple(Fraction(result.doelen[goal]) for _, result in self.proven))
            for goal in self.goals
        }

    @cached_property
    def spread_goals(self) -> tuple[str, ...]:
        """The goals that are not the same in every draw."""
        return tuple(goal for goal in self.goals if self.goal_samples[goal].varies)

    @cached_property
    def numeric(self) -> tuple[int, ...]:
        """The places of the rows that draw numbers, and no words."""
        return tuple(
            at
            for at, row in enumerate(self.rows)
            if read_distribution(row.verdeling, row.parameters).is_number
        )

    @cached_property
    def input_samples(self) -> Mapping[int, Sample]:
        """The drawn numbers of each row that draws numbers, in the draws that count."""
        return {
            at: Sample(tuple(Fraction(Decimal(draw.waarden[at])) for draw, _ in self.proven))
            for at in self.numeric
        }

    def left(self, bron: str) -> Sample:
        """What is left of a source, in euros, in the draws that count."""
        return Sample(tuple(Money(result.over[bron]).euros for _, result in self.proven))

    def paid(self, bron: str) -> Sample:
        """What a source pays, in euros, in the draws that count."""
        return Sample(tuple(Money(result.betaald[bron]).euros for _, result in self.proven))

    @cached_property
    def grants(self) -> tuple[Source, ...]:
        """The sources that are an SPUK."""
        return tuple(row for row in self.case.sources if row.soort == "spuk")

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the case, and those before and after in which a measure started."""
        found = {year for _, result in self.results for year in result.starts.values()} | {*self.case.years}
        return tuple(range(min(found), max(found) + 1))

    @cached_property
    def provenance(self) -> Mapping[str, Provenance]:
        """Where things come from, by code."""
        return {row.code: row for row in self.case.provenance}

    def role(self, code: str) -> Role:
        """The role of a cell that comes from a code."""
        known = self.provenance.get(code)
        return Role.INPUT_SOURCED if known and known.soort == "bron" else Role.INPUT_ASSUMED

    def rank(self, share: Fraction) -> int:
        """The rank of a percentile among the draws that count."""
        return nearest_rank(share, len(self.proven))


def goal_format(goal: str) -> Format:
    """How the value of a goal is shown."""
    return FORMATS.get(UNITS[goal], Format.GENERAL)
