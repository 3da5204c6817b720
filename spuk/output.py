"""What a run writes: a workbook is verified before it takes its place, and nothing is ever half written.

Only what a stage needs is imported, when it needs it: a check should not wait for a solver.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from finance.case import Case
from finance.findings import Finding
from spuk.errors import FailedVerificationError
from spuk.stages import stage
from spuk.version import toolkit_version

if TYPE_CHECKING:
    from finance.compliance import Breach
    from finance.plan.allocation import Outcome, Plan
    from finance.plan.whatif import DecisionCard
    from finance.provenance import RunInfo
    from finance.statement.optional import Document
    from finance.tables.grid import Book

WORKBOOK: Final = "begroting.xlsx"
RESULT: Final = "resultaat.json"
SILENT: Final = Finding("", "", "Geen enkele controle in de werkmap laat de overtreding zien.", "")
FORBIDDEN: Final = r'[\\/:*?"<>|\x00-\x1f]'
"""What no name of a file can hold on some system."""
LISTED: Final = 20
"""The most deviations of a failed verification that a message lists."""


@dataclass(frozen=True)
class Planned:
    """A plan that is finished and written.

    Attributes:
        scenario: the name of the scenario.
        case: the case with the scenario's changes.
        plan: the plan.
        folder: where it was written.
        feiten: what closed years broke: shown, and planned around.
        given: whether its start years were given, and not chosen.
        gemeente: the workbook of one municipality; None where none was asked for.
    """

    scenario: str
    case: Case
    plan: Plan
    folder: Path
    feiten: tuple[Breach, ...] = ()
    given: bool = False
    gemeente: Path | None = None

    @property
    def outcome(self) -> Outcome:
        """What follows from the plan."""
        from finance.plan.allocation import Outcome

        return Outcome(self.case, self.plan.allocation)

    @property
    def proven(self) -> bool:
        """Whether every goal is proven."""
        return all(proof.bewezen for proof in self.plan.proofs)


@dataclass(frozen=True)
class Made:
    """What a workbook was made from, for its seal.

    Attributes:
        invoer_sha256: the SHA-256 of the input file; empty for none.
        regelingen: the ids of the rule sets that were used.
        resultaat: the hash of what the result beside it says; empty where none is written.
    """

    invoer_sha256: str = ""
    regelingen: tuple[str, ...] = ()
    resultaat: str = ""

    @property
    def herkomst(self) -> Mapping[str, str]:
        """The same and the version of the toolkit as pairs of words; what is empty is left out."""
        said = {
            "invoer_sha256": self.invoer_sha256,
            "regelingen": ", ".join(self.regelingen),
            "toolkit": toolkit_version(),
        }
        return {name: text for name, text in said.items() if text}


def write_planned(planned: Planned, info: RunInfo, cards: Sequence[DecisionCard] = ()) -> None:
    """State a plan, and write its workbook and its result.

    Args:
        planned: the plan, and where it goes.
        info: what made it.
        cards: why each measure is in it or not; empty where that was not asked.

    Raises:
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: a file could not be written.
    """
    from finance.books.budget import proposal
    from finance.statement.result import result_document

    with stage("opstellen"):
        document = result_document(planned.case, planned.plan, planned.scenario, info)
        book = proposal(planned.case, planned.plan, planned.scenario, info, cards=cards)
    write_proposal(planned.folder, book, document, info, fails=bool(planned.feiten))


def municipality_path(folder: Path, town: str) -> Path:
    """Where the workbook of one municipality goes.

    Args:
        folder: that of the scenario.
        town: the municipality.
    """
    return folder / f"begroting-{re.sub(FORBIDDEN, '-', town)}.xlsx"


def write_municipality(planned: Planned, info: RunInfo, town: str) -> Path:
    """Write the workbook of one municipality beside the whole budget, and verify it.

    Args:
        planned: the plan.
        info: what made it.
        town: a municipality that received a grant.

    Returns:
        Where it was written.

    Raises:
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: it could not be written.
    """
    from finance.books.municipality import draft_of, municipality_book
    from finance.files import replacing

    target, made = municipality_path(planned.folder, town), Made(info.invoer_sha256, info.regelingen)
    with stage(f"werkmap {town}"), replacing(target) as path:
        draft = draft_of(planned.case, planned.plan, planned.scenario, info, town)
        write_verified(municipality_book(draft), path, fails=draft.broken, made=made)
    return target


def write_proposal(folder: Path, book: Book, document: Document, info: RunInfo, *, fails: bool) -> None:
    """Write a proposal and its result beside their places, verify, and only then put both in place.

    Args:
        folder: where they go.
        book: the proposal.
        document: the result.
        info: what made them.
        fails: whether they are of an allocation that breaks something.

    Raises:
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: a file could not be written.
    """
    from finance.files import replacing_all
    from finance.statement.result import result_bytes
    from finance.statement.result_seal import content_hash, with_seal

    made = Made(info.invoer_sha256, info.regelingen, content_hash(result_bytes(document)))
    with stage("schrijven"), replacing_all([folder / WORKBOOK, folder / RESULT]) as (workbook, result):
        fingerprint = write_verified(book, workbook, fails=fails, made=made)
        result.write_bytes(result_bytes(with_seal(document, fingerprint)))


def write_workbook(book: Book, target: Path, made: Made | None = None) -> None:
    """Write one workbook beside its place, verify, and only then put it there.

    Args:
        book: the workbook.
        target: its place.
        made: what it was made from; None where that is not one case.

    Raises:
        FailedVerificationError: it does not verify (a fault of the toolkit).
        OutputError: it could not be written.
    """
    from finance.files import replacing

    with replacing(target) as path:
        write_verified(book, path, made=made)


def write_verified(book: Book, path: Path, *, fails: bool = False, made: Made | None = None) -> str:
    """Seal and write a workbook, and verify what was written.

    Args:
        book: the workbook.
        path: where it is written: a temporary path, that is put in place when all is well.
        fails: whether it is of an allocation that breaks something: then its controls must say so.
        made: what it was made from; None where that is not one case.

    Returns:
        The fingerprint of its seal.

    Raises:
        FailedVerificationError: a cell does not recalculate to what the statement says, or a control
            is not met (or all are, where the workbook must say what is broken).
    """
    from finance.xlsx.sealing import sealed_bytes
    from finance.xlsx.verify import verify_written

    with stage("werkmap schrijven"):
        data = sealed_bytes(book, made.resultaat if made else "", (made or Made()).herkomst)
        path.write_bytes(data)
    with stage("werkmap verifiëren"):
        report = verify_written(path.name, data)
    wrong = report.findings
    if fails:
        wrong = (*report.changes, *report.differences) if report.failures else (SILENT,)
    if wrong:
        listed = "\n".join(f"  - {item}" for item in wrong[:LISTED])
        raise FailedVerificationError(
            f"De werkmap is niet geschreven, want ze klopt niet. Meld het aan de makers.\n{listed}"
        )
    return report.fingerprint


def write_comparison(case: Case, done: Sequence[Planned], target: Path, made: Made | None = None) -> None:
    """Write the scenarios side by side.

    Args:
        case: the case as it stands.
        done: the plans of its scenarios.
        target: the workbook.
        made: what it was made from.
    """
    from finance.books.comparison.comparison import Compared, comparison

    compared = [Compared(item.scenario, item.outcome, item.proven) for item in done]
    write_workbook(comparison(case, compared), target, made)
