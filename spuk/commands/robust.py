"""The run of `spuk plan --robuust`: start years chosen once for several scenarios, a proposal for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from finance.case import Case
from finance.filenames import name_of
from finance.rules import Entitlement
from finance.scenarios import COMPARISON
from spuk.errors import WrongUsageError
from spuk.folders import folder_of, refuse_unwritable
from spuk.output import Planned, write_comparison, write_planned
from spuk.run import CheckedCase, case_of, made_from, refuse_clashes, run_info
from spuk.stages import stage

if TYPE_CHECKING:
    from finance.plan.allocation import GoalProof
    from models.robust import RobustPlan

AIMS: Final = {"slechtste": "in het slechtste geval", "gemiddelde": "gemiddeld"}
"""What may stand behind --robuust, and how it is said."""


@dataclass(frozen=True)
class RobustRun:
    """A robust plan, written.

    Attributes:
        aim: `slechtste` or `gemiddelde`.
        proofs: what was proven of the goals over all scenarios.
        planned: the plan of each scenario.
        folder: where they were written.
    """

    aim: str
    proofs: tuple[GoalProof, ...]
    planned: tuple[Planned, ...]
    folder: Path

    @property
    def proven(self) -> bool:
        """Whether the start years are proven to be the best, and each plan with them."""
        return all(row.bewezen for row in self.proofs) and all(row.proven for row in self.planned)


def aim_of(text: str) -> str:
    """Read what counts over the scenarios.

    Raises:
        WrongUsageError: it is neither of the two.
    """
    if text.lower() not in AIMS:
        raise WrongUsageError(f"Achter --robuust hoort {' of '.join(AIMS)}, en niet '{text}'.")
    return text.lower()


def plan_robust(
    checked: CheckedCase,
    scenarios: Sequence[str],
    aim: str,
    out: Path,
    seconds: float | None,
    tell: Callable[[str], None],
) -> RobustRun:
    """Choose start years once for several scenarios, and write the proposal of each and their comparison.

    Args:
        checked: the case.
        scenarios: their names; two or more.
        aim: `slechtste` or `gemiddelde`.
        out: the folder for all output.
        seconds: the time limit for all of them; None for none.
        tell: called with what is going on.

    Raises:
        NoPlanError: no start years are possible in every scenario; then nothing is written.
        ComplianceError: a plan breaks a rule (a fault of the toolkit).
        FailedVerificationError: a workbook does not verify (a fault of the toolkit).
        OutputError: a file could not be written.
        WrongUsageError: there is one scenario only, or their goals differ.
    """
    from models.robust import Aim, DifferentGoalsError, robust_plan

    if len(scenarios) == 1:
        raise WrongUsageError("Een robuust plan vraagt meer scenario's: geef --all, of --scenario vaker.")
    folder = folder_of(checked.path, out) / f"robuust-{aim}"
    refuse_unwritable(folder)
    refuse_clashes(checked, scenarios)
    cases = {name: case_of(checked, name) for name in scenarios}
    with stage("oplossen"):
        try:
            found = robust_plan(cases, Aim(aim), seconds, tell)
        except DifferentGoalsError:
            raise WrongUsageError(
                "Een robuust plan kan alleen als alle scenario's dezelfde doelen in dezelfde volgorde hebben."
                " Kies de scenario's met --scenario."
            ) from None
    planned = tuple(_written(checked, cases, found, aim, folder, tell))
    write_comparison(checked.case, planned, folder / COMPARISON, made_from(checked))
    return RobustRun(aim, found.proofs, planned, folder)


def _written(
    checked: CheckedCase,
    cases: dict[str, Case],
    found: RobustPlan,
    aim: str,
    folder: Path,
    tell: Callable[[str], None],
) -> Iterator[Planned]:
    from finance.compliance import require_compliance
    from finance.provenance import Earlier

    origin = Earlier(
        "robuust",
        name_of(checked.path),
        checked.sha256,
        (
            f"De startjaren zijn eenmaal gekozen voor deze scenario's samen: {', '.join(cases)}.",
            f"Geteld is wat elk doel {AIMS[aim]} wordt. Plaatsen en betalingen passen zich per scenario aan.",
        ),
    )
    for name, case in cases.items():
        tell(f"werkmap {name}")
        plan, entitlement = found.plans[name], Entitlement(case)
        with stage("toetsen"):
            broken = require_compliance(case, plan.allocation)
        info = run_info(checked, plan, entitlement, origin)
        row = Planned(name, case, plan, folder / name, broken, given=True)
        write_planned(row, info)
        yield row


def robust_text(run: RobustRun) -> str:
    """A robust plan in a few lines: its start years, and what was proven of each goal over all scenarios."""
    starts = run.planned[0].plan.allocation.starts
    names = [row.maatregel for row in run.planned[0].case.measures if row.maatregel in starts]
    chosen = ", ".join(f"{name} ({starts[name]})" for name in names) or "niets"
    open_goals = [row.doel for row in run.proofs if not row.bewezen]
    lines = [
        f"Een keuze voor {len(run.planned)} scenario's samen, {AIMS[run.aim]} de beste.",
        f"  gekozen          {chosen}",
        f"  geschreven       {run.folder}",
    ]
    if open_goals:
        lines.append(f"  niet bewezen     {', '.join(open_goals)}")
    return "\n".join(lines)
