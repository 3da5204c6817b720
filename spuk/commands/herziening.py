"""The run of `spuk herziening`: work out a request for revision from a plan, write and verify its workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from finance.compliance import check_allocation
from finance.filenames import stem_of
from finance.findings import Finding, FindingsError
from finance.handmade.verdict import violation
from finance.money import ZERO, Money
from finance.scenarios import BASE
from finance.statement.result_seal import content_hash
from finance.statement.revision import Revision
from finance.statement.revision_amounts import Cell, Municipality
from finance.statement.revision_duties import lacking
from finance.statement.revision_findings import before_plan, unnamed_locations
from spuk.commands.tarief_plan import MOST, Followed
from spuk.folders import folder_of, refuse_unwritable
from spuk.output import Made, write_verified
from spuk.run import CheckedCase
from spuk.stages import stage
from spuk.version import toolkit_version

if TYPE_CHECKING:
    from finance.books.tariff import PlanBasis

WORKBOOK: Final = "herziening.xlsx"
RESULT: Final = "herziening.json"
NONE: Final = "Er is geen plan, en dus geen aanvraag tot herziening. "

ANEW: Final = "Maak een nieuw plan, of laat --resultaat weg."
Document = dict[str, object]


@dataclass(frozen=True)
class Revised:
    """A request for revision, written.

    Attributes:
        revision: the request.
        folder: where workbook and result were written.
        bewezen: whether the plan is proven to be the best one.
    """

    revision: Revision
    folder: Path
    bewezen: bool


def refuse_without_revision(checked: CheckedCase) -> None:
    """Refuse a case that cannot ask for a revision before a long solve, and not after it.

    Raises:
        FindingsError: it cannot.
    """
    _refuse(before_plan(checked.case, checked.book))


def refuse_unlawful(name: str, followed: Followed) -> None:
    """Refuse a plan of a result that breaks a rule: what would be asked for rests on payments that may not be.

    What closed years broke is no reason: it happened, and the budget shows it.

    Args:
        name: the name of the file of the result.
        followed: the case in its scenario, with the plan.

    Raises:
        FindingsError: the plan breaks a rule or a limit.
    """
    if followed.plan is not None:
        broken = (row for row in check_allocation(followed.case, followed.plan.allocation) if not row.feit)
        found = (violation(row, ()).finding for row in broken)
        _refuse(replace(row, blad=name, cel="betalingen", doen=f"{row.doen} {ANEW}") for row in islice(found, MOST))


def _refuse(findings: Iterator[Finding]) -> None:
    found = tuple(findings)
    if found:
        raise FindingsError(found)


def revise(checked: CheckedCase, followed: Followed, plan: PlanBasis, out: Path) -> Revised:
    """Work out the request; write and verify the workbook, and put it in place with the result.

    Args:
        checked: the case.
        followed: the case in its scenario.
        plan: the plan whose spending is asked for.
        out: the folder for all output.

    Raises:
        FindingsError: a location where something counts has no name in the annex.
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: a file could not be written.
        WrongUsageError: the name of the file gives no name for a folder.
    """
    revision = Revision(followed.case, plan.allocation)
    _refuse(before_plan(followed.case, checked.book))
    _refuse(unnamed_locations(revision, checked.book))
    folder = folder_of(checked.path, out)
    revised = Revised(revision, folder if followed.scenario == BASE else folder / followed.scenario, plan.bewezen)
    refuse_unwritable(revised.folder)
    with stage("schrijven"):
        _write(revised, checked, followed, plan)
    return revised


def _write(revised: Revised, checked: CheckedCase, followed: Followed, plan: PlanBasis) -> None:
    from finance.books.revision import RevisionInfo, revision_book
    from finance.files import replacing_all

    info = RevisionInfo(
        stem_of(checked.path),
        checked.sha256,
        toolkit_version(),
        followed.scenario,
        plan.vandaan,
        plan.bewezen,
        plan.kenmerken,
    )
    book = revision_book(followed.case, plan.allocation, info)
    with replacing_all([revised.folder / WORKBOOK, revised.folder / RESULT]) as (workbook, result):
        data = document_bytes(revision_document(revised.revision))
        result.write_bytes(data)
        made = Made(checked.sha256, followed.case.settings.regelingen, content_hash(data))
        write_verified(book, workbook, made=made)


def revision_document(revision: Revision) -> Document:
    """The request as plain data, every amount in whole cents."""
    return {
        "locaties": [_cell_record(revision, cell) for cell in revision.cells],
        "gemeenten": [_town_record(town) for town in revision.municipalities],
        "ontbreekt": [row.wat for row in lacking(revision)],
    }


def _cell_record(revision: Revision, cell: Cell) -> Document:
    """A category of a location; the id is that of the first location of the case that it stands for."""
    return {
        "locatie": revision.locations_of(cell.plek)[0].locatie,
        "gemeente": cell.plek.gemeente,
        "categorie": cell.categorie.categorie,
        "drempel_cent": cell.drempel.cents,
        "gerealiseerd_cent": cell.spent.gerealiseerd.cents,
        "verwacht_cent": cell.spent.verwacht.cents,
        "haalt_drempel": cell.haalt,
        "gedekt_uit_basis_cent": cell.spent.gedekt.cents,
        "gevraagd_cent": revision.asked_of(cell).cents,
    }


def _town_record(town: Municipality) -> Document:
    return {
        "gemeente": town.naam,
        "basis_cent": town.basis.cents,
        "nodig_cent": town.nodig.cents,
        "gevraagd_cent": Money.total(town.gevraagd).cents,
    }


def document_bytes(document: Document) -> bytes:
    """A document as the bytes of its file: the same document gives the same bytes."""
    return f"{json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def summary(revised: Revised) -> str:
    """What is asked and why, in a short table, what is still missing, and where it was written."""
    revision = revised.revision
    rows = [("locatie", "categorie", "besteed", "drempel", "gevraagd", ""), *_rows(revision)]
    lines = list(_aligned(rows)) if len(rows) > 1 else ["Er is niets besteed in een categorie van de herziening."]
    lines += ["", *(_town_line(town) for town in revision.municipalities), _pot_line(revision)]
    lines += list(_care_line(revision))
    lines += ["", "Nog toe te voegen:", *(f"- {row.wat}" for row in lacking(revision))]
    return "\n".join([*lines, "", f"geschreven: {revised.folder / WORKBOOK}"])


def _rows(revision: Revision) -> Iterator[tuple[str, ...]]:
    """The categories in which something is spent."""
    for cell in revision.cells:
        if cell.spent.besteed != ZERO:
            why = "" if cell.haalt else f"mist de drempel met {cell.ontbreekt.dutch()}"
            amounts = (cell.spent.besteed, cell.drempel, revision.asked_of(cell))
            yield cell.plek.naam, cell.categorie.categorie, *(map(_bare, amounts)), why


def _town_line(town: Municipality) -> str:
    if town.tekort == ZERO:
        return (
            f"{town.naam}: nodig {town.nodig.dutch()}; de bedragen van artikel 5 ({town.basis.dutch()}) zijn"
            " toereikend, dus er kan niets worden gevraagd."
        )
    return (
        f"{town.naam}: nodig {town.nodig.dutch()}, komt {town.tekort.dutch()} tekort, vraagt"
        f" {Money.total(town.gevraagd).dutch()}."
    )


def _pot_line(revision: Revision) -> str:
    rounds = revision.rules.rounds
    of = revision.rules.next_round or rounds[-1]
    pot = Money.from_euros(of.plafond)
    text = f"Landelijk is er in {of.jaar} {pot.dutch()} voor alle gemeenten samen; daarboven krijgt ieder naar rato."
    return f"LET OP: hier wordt meer gevraagd dan er landelijk is. {text}" if revision.total_asked > pot else text


def _care_line(revision: Revision) -> Iterator[str]:
    """What money for care pays now of what is asked: it may not be paid twice."""
    paid = Money.total(revision.paid_by_care(cell) for cell in revision.cells)
    if paid != ZERO:
        yield (
            f"LET OP: van wat wordt gevraagd betaalt zorggeld (lumpsum, PxQ, beschikbaarheid) nu tot {paid.dutch()}."
            " Voor wat al wordt vergoed is er geen uitkering (artikel 4): spreek af dat dat geld vrijvalt, of vraag"
            " minder."
        )


def _bare(amount: Money) -> str:
    return amount.dutch().removeprefix("EUR ")


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Lines with columns below each other: names to the left, numbers to the right."""
    widths = [max(len(text) for text in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(
            text.rjust(width) if 1 < at < len(row) - 1 else text.ljust(width) for at, (text, width) in enumerate(cells)
        ).rstrip()
