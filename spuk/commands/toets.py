"""Judging an allocation that a person made: read, complete, comply, state, write, verify; never solve."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from finance.case import Case, RawBook
from finance.case.table import listed
from finance.filenames import name_of, stem_of
from finance.findings import Finding, FindingsError
from finance.handmade import HAND_SHEETS, Handmade, Violation, read_handmade, violations
from finance.plan.allocation import Outcome, Plan, Status
from finance.plan.goals import in_words
from finance.provenance import Earlier
from finance.rules import Entitlement
from finance.statement.earlier import as_tables, bytes_of, check_earlier, earlier_result
from finance.xlsx.archive import checked_bytes
from finance.xlsx.read import book_of
from spuk.commands.summary import chosen
from spuk.folders import folder_of, refuse_unwritable
from spuk.output import write_proposal
from spuk.run import CheckedCase, case_of, run_info
from spuk.stages import stage

if TYPE_CHECKING:
    from finance.provenance import RunInfo

FOLDER: Final = "toets"
"""The folder beside those of the scenarios, so that a plan is never overwritten."""
MAKER: Final = "geen: met de hand gemaakt"
"""What stands for the solver."""


@dataclass(frozen=True)
class Judged:
    """An allocation that was judged and written.

    Attributes:
        scenario: the name of the scenario.
        case: the case with the scenario's changes.
        plan: the allocation as a plan that was never solved.
        handmade: the allocation, with the cells of its decisions.
        violations: what it breaks.
        folder: where it was written.
        derived: what was read off because the allocation did not say so, in Dutch.
        noticed: what reading the allocation noticed, such as rows that nobody sees.
    """

    scenario: str
    case: Case
    plan: Plan
    handmade: Handmade
    violations: tuple[Violation, ...]
    folder: Path
    derived: tuple[str, ...]
    noticed: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What it breaks, as findings at its cells."""
        return tuple(row.finding for row in self.violations)


def judge(checked: CheckedCase, path: Path, scenario: str, out: Path) -> Judged:
    """Judge an allocation made by hand, and write its workbook and its result.

    Args:
        checked: the case.
        path: the workbook with the allocation, or a result of this toolkit.
        scenario: the scenario in which it is judged.
        out: the folder for all output.

    Raises:
        FindingsError: the allocation names what the case does not have, or is not clear.
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: a file could not be written.
    """
    folder = folder_of(checked.path, out) / FOLDER / stem_of(path) / scenario
    refuse_unwritable(folder)
    case = case_of(checked, scenario)
    entitlement = Entitlement(case)
    with stage("toewijzing lezen"):
        data, book = _tables(path, case, stem_of(checked.path))
        handmade = read_handmade(book, case)
    with stage("toetsen"):
        found = violations(case, handmade)
    plan = Plan(handmade.allocation, Status.JUDGED, (), MAKER)
    said = tuple(_derived(handmade))
    origin = Earlier("toewijzing", name_of(path), hashlib.sha256(data).hexdigest(), said)
    info = run_info(checked, plan, entitlement, origin)
    judged = Judged(scenario, case, plan, handmade, found, folder, said, book.opgemerkt)
    _write(judged, info)
    return judged


def _tables(path: Path, case: Case, stem: str) -> tuple[bytes, RawBook]:
    """The bytes and the tables of an allocation: of a workbook, or of a result of this toolkit."""
    if path.suffix.lower() != ".json":
        data = checked_bytes(path)
        return data, book_of(path.name, data, HAND_SHEETS)
    data = bytes_of(path)
    result = earlier_result(path.name, data)
    findings = tuple(check_earlier(path.name, result, case, stem))
    if findings:
        raise FindingsError(findings)
    return data, as_tables(result)


def _derived(handmade: Handmade) -> Iterator[str]:
    """What was read off because the allocation did not say so."""
    if handmade.startjaren_afgeleid:
        yield f"Startjaar uit de betalingen: {listed(handmade.startjaren_afgeleid)}."
    if handmade.uit_realisatie:
        yield f"Betalingen van afgesloten jaren uit het blad realisatie: {handmade.uit_realisatie}."
    if handmade.bezetting_afgeleid:
        yield (
            f"Bezette plaatsen: {handmade.bezetting_afgeleid} keer niet gegeven, en gevuld zover vraag en"
            " plaatsen reiken."
        )


def _write(judged: Judged, info: RunInfo) -> None:
    """State what was judged, and write its workbook and its result."""
    from finance.books.budget import proposal
    from finance.statement.result import result_document

    case, plan, scenario, found = judged.case, judged.plan, judged.scenario, judged.violations
    with stage("opstellen"):
        document = result_document(case, plan, scenario, info, found)
        book = proposal(case, plan, scenario, info, found)
    write_proposal(judged.folder, book, document, info, fails=bool(found))


def summary(judged: Judged) -> str:
    """What was judged, in a few lines."""
    count = len(judged.violations)
    outcome = Outcome(judged.case, judged.plan.allocation)
    verdict = "VOLDOET" if not count else f"VOLDOET NIET ({count})"
    closed = "SLUITEND" if outcome.closed else "NIET SLUITEND"
    lines = [f"{judged.scenario}: {verdict}, {closed}, MET DE HAND GEMAAKT, NIET GEOPTIMALISEERD"]
    lines += [f"  {row.doel:<16} {in_words(row.doel, outcome.goals[row.doel])}" for row in judged.case.goals]
    lines += [f"  {'gekozen':<16} {chosen(judged.case, judged.plan)}"]
    lines += [f"  {'afgeleid':<16} {text}" for text in judged.derived]
    return "\n".join([*lines, f"  {'geschreven':<16} {judged.folder}"])


def refuse(judged: Judged) -> None:
    """Refuse an allocation that breaks something, after it was written.

    Raises:
        FindingsError: it carries every violation.
    """
    if judged.violations:
        raise FindingsError(judged.findings)
