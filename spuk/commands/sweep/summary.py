"""What `spuk sweep` prints."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from finance.books.uncertainty.draft import SHARES, Swept
from finance.case import shown
from finance.case.words import UNITS
from finance.money import Money
from finance.plan.goals import in_words
from finance.scenarios import rounded_to
from finance.uncertainty.draws import DrawStatus
from finance.uncertainty.spread import Sample


def summary(swept: Swept, folder: Path) -> str:
    """A sweep in a few lines: how many draws count, how far goals come apart, where it was written."""
    return "\n".join([*_counts(swept), *_goals(swept), *_claims(swept), f"  geschreven: {folder}"])


def _counts(swept: Swept) -> Iterator[str]:
    info, count = swept.info, swept.proven
    yield (
        f"{info.scenario}: {swept.tally.total} trekkingen (zaad {info.zaad}), {count} bewezen optimaal,"
        f" {swept.count(DrawStatus.TIME_LIMIT)} niet bewezen, {swept.count(DrawStatus.FAILED)} mislukt"
    )
    if count:
        yield f"  niet sluitend: {swept.open} van {count} ({_percent(swept.open, count)})"


def _percent(part: int, whole: int) -> str:
    return f"{shown(rounded_to(Fraction(100 * part, whole), 1))}%"


def _goals(swept: Swept) -> Iterator[str]:
    if not swept.proven:
        return
    for goal, sample in swept.goal_samples.items():
        values = [_said(goal, sample.ranked(swept.rank(share))) for share in SHARES.values()]
        yield (
            f"  {goal:<16} P10 {values[0]}, P50 {values[1]}, P90 {values[2]}"
            if sample.varies
            else (f"  {goal:<16} altijd {values[0]}")
        )


def _said(goal: str, value: Fraction) -> str:
    return in_words(goal, Money.from_euros(value) if UNITS[goal] == "EUR" else value)


def _claims(swept: Swept) -> Iterator[str]:
    for row in swept.grants if swept.proven else ():
        sample: Sample = swept.left(row.bron)
        claimed = sample.count - sample.up_to(Fraction(0))
        yield (
            f"  terugvordering {row.bron}: in {claimed} van {sample.count}"
            f" ({_percent(claimed, sample.count)}), gemiddeld {Money.rounded(sample.mean).dutch()}"
        )
