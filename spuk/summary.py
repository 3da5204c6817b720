"""What `spuk plan` prints of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finance.allocation import UNITS, Outcome
from finance.money import Money
from finance.result import goal_text

if TYPE_CHECKING:
    from spuk.run import Planned


def summary(planned: Planned) -> str:
    """A plan in a few lines: whether it closes and is proven, its goals, its measures, its files."""
    outcome = Outcome(planned.case, planned.plan.allocation)
    proofs = {proof.doel: proof for proof in planned.plan.proofs}
    lines = [f"{planned.scenario}: {_state(outcome)}, {_proof(planned)}"]
    for row in planned.case.goals:
        value = outcome.goals[row.doel]
        shown = value.dutch() if isinstance(value, Money) else f"{goal_text(value)} {UNITS[row.doel]}"
        proof = proofs[row.doel]
        gap = "" if proof.bewezen else f"  (niet bewezen, kloof {proof.kloof:f} {UNITS[row.doel]})"
        lines.append(f"  {row.doel:<16} {shown}{gap}")
    lines.append(f"  gekozen          {_chosen(planned)}")
    lines.append(f"  geschreven       {planned.folder}")
    return "\n".join(lines)


def _state(outcome: Outcome) -> str:
    return "SLUITEND" if outcome.closed else "NIET SLUITEND"


def _proof(planned: Planned) -> str:
    proven = all(proof.bewezen for proof in planned.plan.proofs)
    return "bewezen optimaal" if proven else "NIET BEWEZEN OPTIMAAL"


def _chosen(planned: Planned) -> str:
    starts = planned.plan.allocation.starts
    names = [row.maatregel for row in planned.case.measures if row.maatregel in starts]
    chosen = [f"{name} ({starts[name]})" for name in names]
    return ", ".join(chosen) or "niets"
