"""The run of `spuk ladder`: what one more euro is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from finance.case import Case
from finance.findings import nearest
from finance.money import Money
from finance.plan.whatif import Answer, changes
from spuk.errors import WrongUsageError
from spuk.output import write_workbook

if TYPE_CHECKING:
    from finance.plan.whatif import Rung

from spuk.commands.question import Asked, Tell, signed

LADDER: Final = "ladder.xlsx"
STEPS: Final = tuple(Money.from_euros(amount) for amount in (100_000, 250_000, 500_000, 1_000_000, 2_000_000))
"""The steps of a ladder, unless others are asked for."""


def choose_sources(case: Case, names: Sequence[str]) -> tuple[str, ...]:
    """The sources that were asked for; none where none was.

    Raises:
        WrongUsageError: the case has no source of that name.
    """
    for name in names:
        if name not in case.source:
            raise WrongUsageError(f"De bron '{name}' staat niet in de casus. {nearest(name, tuple(case.source))}")
    return tuple(dict.fromkeys(names))


def climb(
    question: Asked, amounts: Sequence[Money], sources: Sequence[str], tell: Tell
) -> tuple[Answer, tuple[Rung, ...]]:
    """Climb the ladders of a case, and write them.

    Args:
        question: the case and where the answer goes.
        amounts: the amounts of the steps.
        sources: only these sources; empty for all, with the caps and the windows.
        tell: called with the step whose turn it is.
    """
    from finance.books.answers.ladder import ladder_book
    from models.ladders import ladder_steps
    from models.whatif import Question, answer

    tell("het plan zelf")
    basis = answer(Question(question.case), question.seconds)
    rungs = []
    for step in ladder_steps(question.case, amounts, sources):
        tell(step.naam if step.jaar is None else f"{step.naam} in {step.jaar}")
        rungs.append(step.climb(question.seconds))
    book = ladder_book(question.case.settings.naam, question.scenario, basis, rungs)
    write_workbook(book, question.folder / LADDER, question.made)
    return basis, tuple(rungs)


def count_steps(question: Asked, amounts: Sequence[Money], sources: Sequence[str]) -> int:
    """How many steps the ladders have, the plan itself included."""
    from models.ladders import ladder_steps

    return 1 + sum(1 for _ in ladder_steps(question.case, amounts, sources))


def ladder_text(basis: Answer, rungs: Sequence[Rung]) -> str:
    """What the steps change, a line each; a ladder that changes nothing in one line."""
    by_ladder: dict[str, list[Rung]] = {}
    for rung in rungs:
        by_ladder.setdefault(rung.ladder, []).append(rung)
    lines = []
    for name, steps in by_ladder.items():
        told = [(rung, [row for row in changes(basis, rung.antwoord) if row.verschil]) for rung in steps]
        if not any(found for _, found in told):
            lines.append(f"{name}: verandert niets")
            continue
        lines.append(f"{name}:")
        for rung, found in told:
            size = f"{rung.jaren} jaar langer" if rung.extra is None else f"+ {rung.extra.dutch()}"
            what = "; ".join(f"{row.doel} {signed(row)}" for row in found) or "niets"
            lines.append(f"  {size:<22} {what}")
    return "\n".join(lines)
