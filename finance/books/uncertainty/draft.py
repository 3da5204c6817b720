"""What every sheet of `onzekerheid.xlsx` is made from: the draws, their outcomes, and samples of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Self

from finance.books.uncertainty.tally import RANKED_UP_TO, SHOWN, Outcome, Tally
from finance.case import Case
from finance.case.sheets import Provenance, Source, Uncertainty
from finance.case.words import GRANT, UNITS
from finance.money import Money
from finance.provenance import RunInfo
from finance.tables.grid import Format, Role
from finance.uncertainty.draws import DrawStatus
from finance.uncertainty.spread import Sample, nearest_rank

FORMATS: Final = {"EUR": Format.EURO, "plaatsjaren": Format.PLACES}
SHARES: Final = {"p10": Fraction(1, 10), "p50": Fraction(1, 2), "p90": Fraction(9, 10)}
"""The percentiles that are shown."""
TAIL: Final = Fraction(1, 5)
"""The share of the draws at each end of an input that the tornado compares."""
CLAIMED_FROM: Final = Money(0)
"""What is left of a grant above this is claimed back."""
BARS: Final = 10
"""The bars of a histogram."""


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
        tally: what all draws came to.
    """

    case: Case
    rows: tuple[Uncertainty, ...]
    info: SweepInfo
    tally: Tally

    @classmethod
    def of(cls, case: Case, rows: tuple[Uncertainty, ...], info: SweepInfo, outcomes: Iterable[Outcome]) -> Self:
        """A finished sweep; each outcome is read once, and few are kept.

        Args:
            case: the case that was drawn from.
            rows: the rows of `onzekerheid`.
            info: what made it.
            outcomes: each draw with its outcome, in order of their numbers.
        """
        tally = Tally(case, rows, info.aantal)
        for outcome in outcomes:
            tally.add(outcome)
        return cls(case, rows, info, tally)

    @property
    def results(self) -> Sequence[Outcome]:
        """The draws that the workbook shows, with their outcomes, in order of their numbers."""
        return self.tally.first

    @property
    def whole(self) -> bool:
        """Whether the workbook shows every draw, and so counts them itself."""
        return self.info.aantal <= RANKED_UP_TO

    @property
    def in_part(self) -> str:
        """What a sheet with draws says where it does not have all of them; empty where it does."""
        if self.whole:
            return ""
        return f" Hier staan de eerste {SHOWN}; alle {self.tally.total} staan in onzekerheid.parquet."

    def or_fixed(self, live: str) -> str:
        """A line that says what can be changed; in a workbook without all draws, that nothing can."""
        return (
            live
            if self.whole
            else (
                f"Met meer dan {RANKED_UP_TO} trekkingen zijn de uitkomsten vaste getallen; wie dit verandert,"
                " verandert die niet."
            )
        )

    @property
    def proven(self) -> int:
        """How many draws count: those whose every goal is proven."""
        return self.tally.ended[DrawStatus.OPTIMAL]

    def count(self, status: DrawStatus) -> int:
        """How many draws ended in one way."""
        return self.tally.ended[status]

    @property
    def open(self) -> int:
        """How many of the draws that count do not close."""
        return self.tally.open

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The goals of the case, in their order."""
        return tuple(row.doel for row in self.case.goals)

    @cached_property
    def goal_samples(self) -> Mapping[str, Sample]:
        """The values of each goal in the draws that count; money in euros."""
        return {goal: numbers.sample for goal, numbers in self.tally.goals.items()}

    @cached_property
    def spread_goals(self) -> tuple[str, ...]:
        """The goals that are not the same in every draw."""
        return tuple(goal for goal in self.goals if self.goal_samples[goal].varies)

    @property
    def numeric(self) -> tuple[int, ...]:
        """The places of the rows that draw numbers, and no words."""
        return tuple(self.tally.inputs)

    @cached_property
    def input_samples(self) -> Mapping[int, Sample]:
        """The drawn numbers of each row that draws numbers, in the draws that count."""
        return {at: numbers.sample for at, numbers in self.tally.inputs.items()}

    def left(self, bron: str) -> Sample:
        """What is left of a source, in euros, in the draws that count."""
        return self.tally.left[bron].sample

    def paid(self, bron: str) -> Sample:
        """What a source pays, in euros, in the draws that count."""
        return self.tally.paid[bron].sample

    @cached_property
    def grants(self) -> tuple[Source, ...]:
        """The sources that are an SPUK."""
        return tuple(row for row in self.case.sources if row.soort == GRANT)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the case, and those before and after in which a measure started."""
        found = {*self.tally.years, *self.case.years}
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
        return nearest_rank(share, self.proven)


def goal_format(goal: str) -> Format:
    """How the value of a goal is shown."""
    return FORMATS.get(UNITS[goal], Format.GENERAL)
