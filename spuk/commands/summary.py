"""What `spuk plan` says of plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from finance.case import Case
from finance.case.words import UNITS
from finance.money import Money
from finance.plan.allocation import GoalProof, Outcome, Plan
from finance.plan.approved import ApprovedBeside
from finance.plan.goals import in_words, price, reason
from finance.plan.nearness import nearness
from finance.plan.readings import in_dutch
from spuk import facts
from spuk.streams import give, tell_all

if TYPE_CHECKING:
    from pathlib import Path

    from spuk.output import Planned


MORE_MAY_CLOSE: Final = "niet sluitend met zo weinig mogelijk wijzigingen; misschien sluit het met meer: --wijzigingen"


def tell_plans(plans: Iterable[Planned]) -> bool:
    """Say each plan as soon as it is there; whether all are proven."""
    proven, broken, said = True, False, set[str]()
    for planned in plans:
        give(summary(planned))
        lines = (
            *facts.told(planned.case, planned.feiten),
            *(facts.claimed_back(planned.outcome) if planned.feiten else ()),
            *facts.unpaid(planned.outcome),
            *facts.too_late(planned.outcome),
            *facts.idle(planned.outcome),
        )
        tell_all([line for line in lines if line not in said])
        said.update(lines)
        broken |= bool(planned.feiten)
        proven &= planned.proven
    tell_all([facts.AFTER_ALL] if broken else [])
    return proven


def summary(planned: Planned) -> str:
    """A plan in a few lines: whether it closes and is proven, its goals, its measures, its files."""
    outcome = planned.outcome
    proven = "BEWEZEN OPTIMAAL" if planned.proven else "NIET BEWEZEN OPTIMAAL"
    if planned.given:
        proven += " BIJ GEGEVEN BESLUITEN"
    words = ["SLUITEND" if outcome.closed else "NIET SLUITEND", proven]
    words += ["REALISATIE VOLDOET NIET"] if planned.feiten else []
    lines = [f"{planned.scenario}: {', '.join(words)}"]
    for proof in planned.plan.proofs:
        value = in_words(proof.doel, outcome.goals[proof.doel])
        lines.append(f"  {proof.doel:<16} {value}{_gap(proof, outcome)}")
    lines.append(f"  {'gekozen':<16} {chosen(planned.case, planned.plan)}")
    if planned.case.approval:
        lines += _changed(planned)
    lines += [f"  {'andere lezing':<16} {in_dutch(row)}" for row in planned.plan.lezingen]
    lines.append(f"  {'geschreven':<16} {planned.folder}")
    lines += [f"  {'gemeente':<16} {planned.gemeente}"] if planned.gemeente else []
    return "\n".join(lines)


def _changed(planned: Planned) -> list[str]:
    """What differs from the approved plan: each decision with its reason and price, and each amount."""
    plan, outcome = planned.plan, planned.outcome
    beside = ApprovedBeside(outcome, plan.goedgekeurd).in_words if plan.goedgekeurd else ()
    lines = [
        f"{row.maatregel}: {row.goedgekeurd or 'niet'} wordt {row.nu or 'niet'};"
        f" prijs van behouden: {price(row)}. {reason(row)}"
        for row in plan.wijzigingen
    ]
    lines += _settled(planned)
    if not lines and not beside:
        lines = ["niets: het goedgekeurde plan blijft"]
    elif not lines:
        lines = ["geen besluiten: alle startjaren blijven; de bedragen zijn anders"]
    made = [f"  {'gewijzigd':<16} {line}" for line in lines]
    made += [f"  {'bedragen':<16} {line}" for line in beside]
    if not outcome.closed and planned.case.approved:
        made.append(f"  {'let op':<16} {MORE_MAY_CLOSE}")
    return made


def _settled(planned: Planned) -> list[str]:
    """What differs and is no decision any more: it began otherwise in a closed year, or did not begin."""
    case, now = planned.case, planned.plan.allocation.starts
    before = case.approval.starts if case.approval else {}
    return [
        f"{name}: {before.get(name, 'niet')} wordt {now.get(name, 'niet')};"
        f" dit ligt vast door wat tot en met {case.closed_through} is begonnen, en is geen besluit meer"
        for name in (row.maatregel for row in case.measures)
        if before.get(name) != now.get(name) and name not in case.approved
    ]


def compared(path: Path) -> str:
    """Where the scenarios are compared."""
    return f"De scenario's naast elkaar staan in {path}."


def _gap(proof: GoalProof, outcome: Outcome) -> str:
    """How far a goal may be from its optimum, where that is not proven."""
    if proof.bewezen:
        return ""
    gap = Money.rounded(proof.kloof) if UNITS[proof.doel] == "EUR" else proof.kloof
    near = nearness(proof, outcome.goals[proof.doel])
    return f"  (niet bewezen: hooguit {in_words(proof.doel, gap)} te verbeteren{', ' + near if near else ''})"


def chosen(case: Case, plan: Plan) -> str:
    """The chosen measures with their start years."""
    starts = plan.allocation.starts
    names = [row.maatregel for row in case.measures if row.maatregel in starts]
    return ", ".join(f"{name} ({starts[name]})" for name in names) or "niets"
