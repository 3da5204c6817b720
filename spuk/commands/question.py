"""A question about one scenario of a case: what `spuk waarom`, `ladder` and `alternatieven` share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from finance.case import Case
from finance.plan.whatif import Change, in_dutch
from spuk.facts import noticed
from spuk.folders import folder_of, refuse_unwritable
from spuk.output import Made
from spuk.run import case_of, check, made_from, one_scenario, refuse_clashes
from spuk.streams import tell_all

if TYPE_CHECKING:
    pass


Tell = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """A question to one scenario of a case.

    Attributes:
        case: the case with the changes of the scenario.
        scenario: the name of the scenario.
        folder: where the answer is written.
        seconds: the time limit of each solve; None for none.
        made: what the answer is made from.
    """

    case: Case
    scenario: str
    folder: Path
    seconds: float | None
    made: Made


def ask(path: Path, scenario: str | None, out: Path, seconds: float | None) -> Asked:
    """Read the case that a question is about; refuse what would make the answer impossible.

    Args:
        path: the case.
        scenario: the name of the scenario; None for `basis`.
        out: the folder for all output.
        seconds: the time limit of each solve; None for none.

    Raises:
        FindingsError: the case has findings.
        NoPlanError: no plan is possible in this scenario.
        OutputError: the folder cannot be written to.
        WrongUsageError: there is no such scenario, or the file gives no name for a folder.
    """
    checked = check(path)
    tell_all(noticed(checked.book.opgemerkt))
    name = one_scenario(checked.case, scenario)
    refuse_clashes(checked, [name])
    folder = folder_of(checked.path, out) / name
    refuse_unwritable(folder)
    return Asked(case_of(checked, name), name, folder, seconds, made_from(checked))


def doubt(proven: bool) -> str:
    """What is said of what is not proven; nothing of what is."""
    return "" if proven else " (niet bewezen)"


def signed(change: Change) -> str:
    """A change of a goal with its sign, in words."""
    return f"{'+' if change.verschil > 0 else '-'} {in_dutch(change)}"
