"""The run: read, check, apply the rules, solve, comply, state, write, verify.

Only what a stage needs is imported, when it needs it: a check should not wait for a solver.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finance.case import Case, RawBook, in_order, read_case, read_rows, without_misplaced
from finance.filenames import stem_of
from finance.findings import Finding, FindingsError, NoPlanError, nearest
from finance.rules import Entitlement, check_rules
from finance.rules.wider import wider_rules
from finance.scenarios import BASE, COMPARISON, check_scenarios, scenario_book
from finance.uncertainty.sampling import check_uncertainty
from finance.xlsx.archive import checked_bytes
from finance.xlsx.read import book_of
from spuk.commands.model import write_model
from spuk.errors import WrongUsageError
from spuk.folders import folder_of, refuse_unwritable
from spuk.output import Made, Planned, write_comparison, write_municipality, write_planned
from spuk.stages import stage
from spuk.version import toolkit_version

if TYPE_CHECKING:
    from finance.case.approval import Decided
    from finance.plan.allocation import Plan
    from finance.plan.whatif import DecisionCard
    from finance.provenance import Earlier, RunInfo
    from spuk.earlier_plan import EarlierPlan


@dataclass(frozen=True)
class CheckedCase:
    """An input workbook without findings.

    Attributes:
        path: the file.
        sha256: of its bytes.
        book: its tables.
        case: the case as it stands.
        earlier: an earlier result that new plans rest on; None where the model decides all.
        salaries: whether the budget may show what a salary could be computed from.
        town: the municipality that gets a workbook of her own; empty for none.
    """

    path: Path
    sha256: str
    book: RawBook
    case: Case
    earlier: EarlierPlan | None = None
    salaries: bool = True
    town: str = ""

    @property
    def planned(self) -> Case:
        """The case as it stands, with the approved plan if there is one."""
        return self.earlier.applied(self.case) if self.earlier else self.case


def findings_of(book: RawBook) -> tuple[Case | None, tuple[Finding, ...]]:
    """Every finding of an input workbook: its cells, how they hang together, rules, scenarios."""
    case, findings = read_case(book)
    rows = case or read_rows(book)
    base = in_order([*findings, *(check_rules(case, book) if case else ())], book)
    others = (*check_uncertainty(book, rows), *check_scenarios(book, rows, check_rules))
    return case, (*base, *without_misplaced(others, book))


def check(path: Path) -> CheckedCase:
    """Read an input workbook and refuse it where it has findings.

    Raises:
        FindingsError: it carries every finding.
    """
    with stage("lezen"):
        data = checked_bytes(path)
        book = book_of(path.name, data)
    with stage("controleren"):
        case, findings = findings_of(book)
    if findings or case is None:
        raise FindingsError(findings, book.opgemerkt)
    return CheckedCase(path, hashlib.sha256(data).hexdigest(), book, case)


def choose_scenarios(case: Case, names: Sequence[str], *, everything: bool) -> tuple[str, ...]:
    """The scenarios that were asked for, each once, `basis` first; `basis` alone where none was.

    Raises:
        WrongUsageError: the case has no scenario of that name.
    """
    known = (BASE, *case.scenarios)
    for name in names:
        if name not in known:
            raise WrongUsageError(f"Het scenario '{name}' staat niet in de casus. {nearest(name, known)}")
    if everything:
        return known
    return tuple(sorted(dict.fromkeys(names), key=lambda name: name != BASE)) or (BASE,)


def one_municipality(checked: CheckedCase, scenarios: Sequence[str], name: str | None) -> str:
    """The municipality that was asked for, as the case spells it; empty where none was.

    Raises:
        WrongUsageError: in some scenario that is asked for, none of that name received a grant.
    """
    from finance.books.municipality.draft import recipients

    town = ""
    for scenario in scenarios if name else ():
        asked, known = str(name).strip(), recipients(case_of(checked, scenario))
        town = next((one for one in known if one.casefold() == asked.casefold()), "")
        if not town:
            where = "" if scenario == BASE else f" in scenario '{scenario}'"
            advice = nearest(asked, known) if known else "Geen bron van deze casus is een uitkering."
            raise WrongUsageError(f"Gemeente '{asked}' kreeg in deze casus{where} geen uitkering. {advice}")
    return town


def one_scenario(case: Case, name: str | None) -> str:
    """The one scenario that was asked for; `basis` where none was.

    Raises:
        WrongUsageError: the case has no scenario of that name.
    """
    (chosen,) = choose_scenarios(case, [name] if name else [], everything=False)
    return chosen


def plan_scenario(
    checked: CheckedCase,
    scenario: str,
    out: Path,
    seconds: float | None,
    tell: Callable[[str], None],
    *,
    why: bool = False,
) -> Planned:
    """Plan one scenario and write its workbook and its result.

    Args:
        checked: the case.
        scenario: the name of the scenario.
        out: the folder for all output.
        seconds: the time limit; None for none.
        tell: called with what is going on.
        why: whether the workbook says of every measure why it is in the plan or not.

    Raises:
        NoPlanError: the mandatory projects clash.
        ComplianceError: the plan breaks a rule (a fault of the toolkit).
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: a file could not be written.
    """
    from finance.compliance import require_compliance
    from models import explain_changes, make_plan, other_readings

    began = time.monotonic()
    case = planned_case(checked, scenario)
    entitlement = Entitlement(case)
    with stage("oplossen"):
        plan = make_plan(case, entitlement, seconds, tell, given_of(checked, case))
    with stage("toetsen"):
        broken = require_compliance(case, plan.allocation)
    if case.approval:
        with stage("wijzigingen verklaren"):
            changes = explain_changes(case, entitlement, plan, seconds, partial(_tell_change, tell))
        approved = checked.earlier.result.amounts if checked.earlier else None
        plan = replace(plan, wijzigingen=changes, goedgekeurd=approved)
    with stage("andere lezingen"):
        left = None if seconds is None else max(0.0, seconds - (time.monotonic() - began))
        plan = replace(plan, lezingen=other_readings(case, plan, left, tell, given_of(checked, case)))
    cards = _cards(case, plan, seconds, tell) if why else ()
    info = run_info(checked, plan, entitlement, checked.earlier.origin if checked.earlier else None)
    folder = plans_folder(checked, out) / scenario
    tell("werkmap")
    planned = Planned(scenario, case, plan, folder, broken, bool(given_of(checked, case)))
    write_planned(planned, info, cards)
    if checked.town:
        planned = replace(planned, gemeente=write_municipality(planned, info, checked.town))
    return planned


def _cards(case: Case, plan: Plan, seconds: float | None, tell: Callable[[str], None]) -> tuple[DecisionCard, ...]:
    """Why each measure is in the plan or not."""
    from models.whatif import answer_of_plan, decision_card

    basis, cards = answer_of_plan(case, plan), []
    for row in case.measures:
        tell(f"waarom {row.maatregel}")
        with stage(f"waarom {row.maatregel}"):
            cards.append(decision_card(case, basis, row.maatregel, seconds))
    return tuple(cards)


def made_from(checked: CheckedCase) -> Made:
    """What a workbook of a case as it stands was made from."""
    return Made(checked.sha256, checked.case.settings.regelingen)


def case_of(checked: CheckedCase, scenario: str) -> Case:
    """The case with the changes of a scenario."""
    if scenario == BASE:
        return checked.case
    case, findings = read_case(scenario_book(checked.book, checked.case, scenario))
    if findings or case is None:
        raise FindingsError(findings)
    return case


def planned_case(checked: CheckedCase, scenario: str) -> Case:
    """The case that is planned: with the changes of a scenario, and the approved plan if there is one."""
    case = case_of(checked, scenario)
    return checked.earlier.applied(case) if checked.earlier else case


def given_of(checked: CheckedCase, case: Case) -> Decided:
    """The decisions that are given; none where the model decides."""
    return checked.earlier.given(case) if checked.earlier else {}


def run_info(checked: CheckedCase, plan: Plan, entitlement: Entitlement, earlier: Earlier | None = None) -> RunInfo:
    """What made a plan; with it the file with earlier decisions that it rests on."""
    from finance.provenance import RunInfo

    return RunInfo(
        case_stem=stem_of(checked.path),
        invoer_sha256=checked.sha256,
        toolkit=toolkit_version(),
        solver=plan.solver,
        regelingen=tuple(entitlement.rule_sets),
        eerder=earlier,
        zonder_salarissen=not checked.salaries,
    )


def plan_all(
    checked: CheckedCase,
    scenarios: Sequence[str],
    out: Path,
    seconds: float | None,
    tell: Callable[[str], None],
    *,
    why: bool = False,
    model: Path | None = None,
) -> Iterator[Planned]:
    """Plan scenarios one after another, and compare them at the end where there are more.

    Args:
        checked: the case.
        scenarios: their names.
        out: the folder for all output.
        seconds: the time limit of each; None for none.
        tell: called with the scenario and what is going on.
        why: whether each workbook says of every measure why it is in the plan or not.
        model: where the model of the first scenario goes too; None for nowhere.

    Raises:
        NoPlanError: in a scenario the mandatory projects clash; then nothing is written of any.
        OutputError: the folder cannot be written to.
        WrongUsageError: the name of the file gives no name for a folder.
    """
    refuse_unwritable(plans_folder(checked, out))
    refuse_foreign(checked, scenarios)
    refuse_clashes(checked, scenarios)
    if model:
        case = planned_case(checked, scenarios[0])
        write_model(model, case, checked.path, scenarios[0], given_of(checked, case))
    done: list[Planned] = []
    for name in scenarios:
        planned = plan_scenario(checked, name, out, seconds, partial(_tell_step, tell, name), why=why)
        done.append(planned)
        yield planned
    if len(done) > 1:
        write_comparison(checked.case, done, comparison_path(checked, out), made_from(checked))


def _tell_change(tell: Callable[[str], None], measure: str) -> None:
    tell(f"waarom {measure} verandert")


def _tell_step(tell: Callable[[str], None], scenario: str, step: str) -> None:
    tell(f"{scenario}: {step}")


def steps(case: Case, *, why: bool = False, readings: bool = True) -> int:
    """How many steps the planning of one scenario tells: its goals, its readings, its questions, its workbook."""
    asked = len({rule.lezing for rule in wider_rules(Entitlement(case))}) if readings else 0
    return len(case.goals) + asked + 1 + (len(case.measures) if why else 0)


def refuse_foreign(checked: CheckedCase, scenarios: Sequence[str]) -> None:
    """Refuse an earlier result that does not belong to the case, in every scenario that is asked for.

    Raises:
        FindingsError: it carries every finding.
    """
    if checked.earlier is None:
        return
    found = [
        finding if name == BASE else replace(finding, scenario=name)
        for name in scenarios
        for finding in checked.earlier.findings(case_of(checked, name), stem_of(checked.path))
    ]
    if found:
        raise FindingsError(found)


def refuse_clashes(checked: CheckedCase, scenarios: Sequence[str]) -> None:
    """Refuse scenarios for which no plan is possible, all of them at once.

    Raises:
        NoPlanError: the message names what clashes, and in which scenario.
    """
    from models import clash_of

    cases = {name: case_of(checked, name) for name in scenarios}
    found = {name: clash_of(case, given_of(checked, case)) for name, case in cases.items()}
    clashes = [f"[scenario {name}] {text}" if name != BASE else text for name, text in found.items() if text]
    if clashes:
        raise NoPlanError("\n".join(clashes))


def comparison_path(checked: CheckedCase, out: Path) -> Path:
    """Where the scenarios of a case are compared."""
    return plans_folder(checked, out) / COMPARISON


def plans_folder(checked: CheckedCase, out: Path) -> Path:
    """Where the plans of a case are written; those that rest on an earlier result never over that."""
    folder = folder_of(checked.path, out)
    return folder / checked.earlier.use if checked.earlier else folder
