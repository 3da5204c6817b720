"""The plan behind `spuk tarief` and `spuk herziening`: read from a result, solved afresh, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from finance.case import Case, shown
from finance.filenames import name_of, stem_of
from finance.findings import Finding, FindingsError, NoPlanError
from finance.handmade import read_handmade
from finance.plan.allocation import Outcome, Status
from finance.rules import Entitlement
from finance.scenarios import BASE
from finance.statement.earlier import EarlierResult, as_tables, bytes_of, check_earlier, earlier_result
from spuk.beside import bond
from spuk.errors import WrongUsageError
from spuk.run import CheckedCase, case_of, one_scenario, steps
from spuk.stages import stage
from spuk.streams import progress

if TYPE_CHECKING:
    from finance.books.tariff import PlanBasis
    from finance.plan.allocation import Allocation

MOST: Final = 10
"""The most places of a result that do not fit that are named."""


@dataclass(frozen=True)
class Followed:
    """The case of which tariffs are priced, and the plan in which its providers are followed.

    Attributes:
        scenario: the name of the scenario.
        case: the case with the scenario's changes.
        plan: the plan; None where there is none.
        zonder: why there is none, in Dutch; empty where nobody asked for one.
        te_laat: whether there is none because the time was up.
    """

    scenario: str
    case: Case
    plan: PlanBasis | None = None
    zonder: str = ""
    te_laat: bool = False

    @property
    def zonder_jaren(self) -> str:
        """Why the years of the providers are missing; empty where they are not, or nobody asked for them."""
        return f"Het resultaat van de aanbieders over de jaren ontbreekt, want er is geen plan. {self.zonder}" * bool(
            self.zonder
        )


def refuse_clashing(result: Path | None, seconds: float | None, *, alone: bool) -> None:
    """Refuse options that say twice where the plan comes from.

    Args:
        result: the result that the plan is read from; None for none.
        seconds: the time limit of a solve; None for none.
        alone: whether no plan is wanted.

    Raises:
        WrongUsageError: they do.
    """
    if ((result or alone) and seconds is not None) or (result and alone):
        raise WrongUsageError(
            "Geef hooguit een van --resultaat, --alleen-tarief en --tijdslimiet: het plan komt uit een"
            " resultaat, is er niet, of wordt opgelost."
        )


def choose_plan(
    checked: CheckedCase, scenario: str | None, result: Path | None, seconds: float | None, *, alone: bool
) -> Followed:
    """The plan in which providers are followed: read, none, or solved while a bar shows how far it is.

    Args:
        checked: the case.
        scenario: the name of the scenario; None for `basis`, or for that of the result.
        result: the result that the plan is read from; None for none.
        seconds: the time limit of a solve; None for none.
        alone: whether no plan is wanted.

    Raises:
        FindingsError: the result is none, or not one of this case and scenario.
        WrongUsageError: the case has no scenario of that name.
    """
    name = one_scenario(checked.case, scenario)
    if result:
        return from_result(checked, result, scenario)
    if alone:
        return Followed(name, case_of(checked, name))
    with progress(steps(checked.case, readings=False)) as start:
        return solved(checked, name, seconds, start)


def solved(checked: CheckedCase, scenario: str, seconds: float | None, tell: Callable[[str], None]) -> Followed:
    """Find the best plan of a scenario, or say why there is none.

    Args:
        checked: the case.
        scenario: the name of the scenario.
        seconds: the time limit; None for none.
        tell: called with what is going on.

    Raises:
        ComplianceError: the plan breaks a rule (a fault of the toolkit).
    """
    from finance.books.tariff import PlanBasis
    from finance.compliance import require_compliance
    from models import TimeUpError, make_plan

    case = case_of(checked, scenario)
    entitlement = Entitlement(case)
    try:
        with stage("oplossen"):
            plan = make_plan(case, entitlement, seconds, tell)
    except NoPlanError as clash:
        return Followed(scenario, case, zonder=str(clash))
    except TimeUpError as late:
        return Followed(scenario, case, zonder=str(late), te_laat=True)
    with stage("toetsen"):
        require_compliance(case, plan.allocation)
    proven = all(proof.bewezen for proof in plan.proofs)
    basis = PlanBasis(plan.allocation, scenario, f"opgelost voor deze werkmap ({plan.solver})", proven)
    return Followed(scenario, case, basis)


def from_result(checked: CheckedCase, path: Path, scenario: str | None) -> Followed:
    """The plan of a `resultaat.json`, where that belongs to the case.

    Args:
        checked: the case.
        path: the result.
        scenario: the scenario that is asked for; None for that of the result.

    Raises:
        FindingsError: it is no result, or not one of this case and scenario.
    """
    from finance.books.tariff import PlanBasis

    with stage("resultaat lezen"):
        data = bytes_of(path)
        result = earlier_result(path.name, data)
        _refuse(_scenario_findings(path.name, result, checked.case, scenario))
        case = case_of(checked, result.scenario)
        _refuse(check_earlier(path.name, result, case, stem_of(checked.path)))
        allocation = read_handmade(as_tables(result), case).allocation
        _refuse(_place_findings(path.name, case, allocation))
    same = result.invoer_sha256 == checked.sha256
    basis = PlanBasis(
        allocation,
        result.scenario,
        f"{name_of(path)}, van {'dezelfde' if same else 'een ANDERE VERSIE van de'} invoer",
        bewezen=result.status == Status.OPTIMAL,
        kenmerken=(
            ("SHA-256 van het plan", hashlib.sha256(data).hexdigest()),
            ("SHA-256 van de invoer daarvan", result.invoer_sha256 or "onbekend"),
            ("Werkmap van dat plan", bond(path)),
        ),
    )
    return Followed(result.scenario, case, basis)


def _refuse(findings: Iterator[Finding]) -> None:
    found = tuple(findings)
    if found:
        raise FindingsError(found)


def _scenario_findings(name: str, result: EarlierResult, case: Case, scenario: str | None) -> Iterator[Finding]:
    if scenario not in (None, result.scenario):
        wat = f"Dit is het resultaat van het scenario '{result.scenario}', en niet van '{scenario}'."
        yield Finding(name, "scenario", wat, "Kies het resultaat van dat scenario, of laat --scenario weg.")
    elif result.scenario not in (BASE, *case.scenarios):
        wat = f"Dit is het resultaat van het scenario '{result.scenario}', en dat staat niet in de casus."
        yield Finding(name, "scenario", wat, "Kies een resultaat van een scenario van deze casus.")


def _place_findings(name: str, case: Case, allocation: Allocation) -> Iterator[Finding]:
    """Used places that the places of the case do not hold: the case is no longer that of the result."""
    outcome = Outcome(case, allocation)
    wrong = [at for at, used in outcome.used.items() if used > outcome.places[at]]
    for (location, form), year in wrong[:MOST]:
        used, there = shown(allocation.used[(location, form), year]), outcome.places[(location, form), year]
        yield Finding(
            name,
            "plaatsen",
            f"In {year} zijn er op {location} ({form}) {used} plaatsen bezet, en de casus heeft er {there}.",
            "De casus is veranderd sinds dit resultaat: maak een nieuw plan, of laat --resultaat weg.",
        )
