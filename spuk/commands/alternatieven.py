"""The run of `spuk alternatieven`: near-best plans that differ most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from finance.case import Case
from finance.case.numerals import AmbiguousError, NumeralError, amount_of, number_of
from finance.case.words import UNITS
from finance.findings import nearest
from finance.plan.allocation import Outcome
from finance.plan.goals import in_words
from finance.plan.whatif import Slack
from spuk.errors import WrongUsageError
from spuk.output import write_workbook

if TYPE_CHECKING:
    from finance.plan.whatif import NearBest

from spuk.commands.amounts import two_ways
from spuk.commands.question import Asked, Tell, doubt

VARIANTS: Final = "alternatieven.xlsx"
EURO: Final = "EUR"
"""The unit of goals that count money."""
SLACK: Final = "0,05"
"""How much worse each goal may be, unless asked otherwise: a twentieth of its optimum."""


def slack_of(case: Case, texts: Sequence[str]) -> Mapping[str, Slack]:
    """Read how much worse each goal may be: `0,05`, `waardering=0,25` or `uitwijk=+10`.

    Args:
        case: the case.
        texts: each for all goals, or for the goal that it names; a later one counts.

    Raises:
        WrongUsageError: a text cannot be read, or names no goal of the case.
    """
    goals = [row.doel for row in case.goals]
    found = dict.fromkeys(goals, Slack())
    for text in texts:
        name, _, size = (part.strip().lower() for part in text.rpartition("="))
        if name and name not in found:
            raise WrongUsageError(f"Achter --speling staat geen doel van de casus. {nearest(name, goals)}")
        slack = _slack(text, size, counts_euros=UNITS.get(name) == EURO)
        found |= dict.fromkeys([name] if name else goals, slack)
    return found


def _slack(text: str, size: str, *, counts_euros: bool) -> Slack:
    counted = size.startswith("+")
    read = amount_of if counted and counts_euros else number_of
    try:
        value = Fraction(read(size.removeprefix("+").strip()))
    except AmbiguousError as two:
        raise WrongUsageError(two_ways(text, two)) from two
    except NumeralError:
        value = Fraction(-1)
    if value < 0 or (value > 1 and not counted):
        raise WrongUsageError(
            "Achter --speling hoort een deel van 0 tot en met 1, zoals 0,05 of waardering=0,25, of een"
            f" aantal, zoals uitwijk=+10, en niet '{text}'."
        )
    return Slack(plus=value) if counted else Slack(deel=value)


def vary(question: Asked, count: int, speling: Mapping[str, Slack], tell: Tell) -> NearBest:
    """Find the near-best plans that differ most, and write them side by side.

    Raises:
        ComplianceError: a plan breaks a rule (a fault of the toolkit).
    """
    from finance.books.answers.variants import variants_book
    from finance.compliance import require_compliance
    from models.alternatives import near_best

    found = near_best(question.case, count, speling, question.seconds, tell)
    for row in found.varianten:
        require_compliance(question.case, row.allocation)
    book = variants_book(question.case, question.scenario, found)
    write_workbook(book, question.folder / VARIANTS, question.made)
    return found


def variants_text(question: Asked, found: NearBest) -> str:
    """The near-best plans in a few lines."""
    best = Outcome(question.case, found.best.allocation)
    lines = ["beste plan: " + ", ".join(sorted(best.allocation.starts))]
    for number, variant in enumerate(found.varianten, start=1):
        starts, known = set(variant.allocation.starts), set(best.allocation.starts)
        lines.append(f"alternatief {number}: {variant.projecten} projecten anders{doubt(variant.bewezen)}")
        lines.append(f"  erbij            {', '.join(sorted(starts - known)) or 'niets'}")
        lines.append(f"  eruit            {', '.join(sorted(known - starts)) or 'niets'}")
        goals = Outcome(question.case, variant.allocation).goals
        lines += [
            f"  {name:<16} {in_words(name, goals[name])} (beste plan {in_words(name, best.goals[name])})"
            for name in found.speling
            if goals[name] != best.goals[name]
        ]
    if found.uitgeput:
        lines.append("Binnen deze speling zijn er geen andere keuzes.")
    lines.append(f"in elk bijna-best plan{doubt(found.bewezen)}: {', '.join(found.altijd) or 'geen'}")
    lines.append(f"in geen{doubt(found.bewezen)}: {', '.join(found.nooit) or 'geen'}")
    return "\n".join(lines)
