"""The exit status of a command, and what is told where a proof is lacking."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import typer

from spuk.streams import tell

if TYPE_CHECKING:
    from spuk.commands.tarief_plan import Followed


class Exit(IntEnum):
    """The exit status of a command."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    UNPROVEN = 3


def refuse_unproven(proven: bool, seconds: float | None) -> None:
    """Leave with the status of a lacking proof where one is lacking.

    Raises:
        typer.Exit: something is not proven.
    """
    if not proven:
        tell(f"NIET BEWEZEN OPTIMAAL: er kan een beter antwoord zijn. {more_proof(seconds)}")
        raise typer.Exit(Exit.UNPROVEN)


def more_proof(seconds: float | None) -> str:
    """What helps where a proof is lacking: time, unless it was not limited."""
    if seconds is not None:
        return "Geef meer tijd met --tijdslimiet."
    return (
        "Aan de tijd lag het niet: met deze getallen lukt het bewijs niet. Kijk of er heel grote of heel"
        " kleine getallen in de casus staan."
    )


def tell_plan(followed: Followed, *, solved_now: bool) -> None:
    """Say what the plan behind the tariffs lacks.

    Raises:
        typer.Exit: there is none, or the one that was solved for it is not proven.
    """
    if followed.zonder:
        tell(followed.zonder_jaren)
        raise typer.Exit(Exit.UNPROVEN if followed.te_laat else Exit.FINDINGS)
    if followed.plan and not followed.plan.bewezen:
        tell("NIET BEWEZEN OPTIMAAL: met een ander plan is het resultaat van de aanbieders anders.")
        if solved_now:
            raise typer.Exit(Exit.UNPROVEN)
