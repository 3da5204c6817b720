"""The run of `spuk sweep`: draw, solve each draw, keep what is finished, write, verify."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finance.books.uncertainty import SweepInfo, Swept, uncertainty_book
from finance.case import Case, RawBook, read_case
from finance.filenames import stem_of
from finance.files import replacing_all
from finance.findings import Finding, FindingsError
from finance.provenance import RunInfo
from finance.rules import Entitlement, check_rules
from finance.scenarios import BASE, scenario_book
from finance.uncertainty.draws import DrawResult
from finance.uncertainty.parquet import write_parquet
from finance.uncertainty.sampling import Draw, Hypercube, check_uncertainty
from models import solver_name
from spuk.commands.sweep.journal import Journal
from spuk.commands.sweep.pool import LocalPool
from spuk.commands.sweep.work import Shared, Solving, maker, solve_here
from spuk.errors import ClusterError, WrongUsageError
from spuk.folders import folder_of, refuse_unwritable
from spuk.output import Made, write_verified
from spuk.run import CheckedCase
from spuk.stages import stage
from spuk.version import toolkit_version

WORKBOOK: Final = "onzekerheid.xlsx"
RESULTS: Final = "onzekerheid.parquet"
FOLDER: Final = "sweep"
SCHEMA: Final = "1"
"""The version of the outcome of a draw: a journal of another version is not read."""


@dataclass(frozen=True)
class Order:
    """What was asked for.

    Attributes:
        scenario: the scenario that is drawn from.
        aantal: how many draws.
        zaad: the seed.
        seconds: the time limit of each draw; None for none.
    """

    scenario: str
    aantal: int
    zaad: int
    seconds: float | None


def solving(workers: int | None, cluster: str | None) -> Solving:
    """Who solves the draws.

    Args:
        workers: how many processes of this machine; None for one for each processor.
        cluster: the address of a Dask scheduler; None for this machine.

    Raises:
        WrongUsageError: both are given.
    """
    if cluster is not None:
        if workers is not None:
            raise WrongUsageError("Kies --workers (deze computer) of --cluster (andere), niet beide.")
        from spuk.commands.sweep.cluster import Cluster

        return Cluster(cluster)
    number = workers or os.cpu_count() or 1
    return solve_here if number == 1 else LocalPool(number)


@dataclass(frozen=True)
class Drawn:
    """The case that is drawn from, and its draws."""

    book: RawBook
    case: Case
    cube: Hypercube


def sweep(
    checked: CheckedCase, order: Order, out: Path, solving: Solving, tell: Callable[[str], None]
) -> tuple[Swept, Path]:
    """Draw cases, solve each, and write what came out.

    Args:
        checked: the case.
        order: what is asked for.
        out: the folder for all output.
        solving: who solves the draws; the outcome does not depend on it.
        tell: called for each finished draw.

    Returns:
        The outcomes, and the folder where they were written.

    Raises:
        FindingsError: nothing in the case is uncertain, or a row cannot be drawn in this scenario.
        ClusterError: a worker computes with other versions.
        OutputError: a file could not be written.
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        WrongUsageError: the name of the file gives no name for a folder.
    """
    drawn = _drawn(checked, order)
    folder = folder_of(checked.path, out) / FOLDER / ("" if order.scenario == BASE else order.scenario)
    refuse_unwritable(folder)
    key = (SCHEMA, checked.sha256, order, maker())
    with Journal(folder, *key) as journal:
        with stage("trekkingen oplossen"):
            _solve(drawn, order, solving, journal, tell)
        info = _info(checked, order, drawn.case)
        swept = Swept.of(drawn.case, drawn.cube.rows, info, _pairs(drawn.cube, journal))
        with stage("schrijven"):
            _write(folder, swept, _pairs(drawn.cube, journal))
        journal.remove()
    return swept, folder


def _drawn(checked: CheckedCase, order: Order) -> Drawn:
    """The case with the scenario in it, and its draws."""
    book = scenario_book(checked.book, checked.case, order.scenario)
    case, findings = read_case(book)
    if case is None or findings:
        raise FindingsError(findings)
    if not case.uncertainties:
        raise FindingsError(
            [
                Finding(
                    "onzekerheid",
                    "",
                    "Er is niets om te trekken: het blad onzekerheid heeft geen rijen.",
                    "Voeg het blad toe, met een rij voor elk getal dat niet zeker is.",
                )
            ]
        )
    refused = [*check_rules(case, book), *check_uncertainty(book, case)]
    if refused:
        raise FindingsError(refused)
    return Drawn(book, case, Hypercube(case.uncertainties, order.aantal, order.zaad))


def _solve(drawn: Drawn, order: Order, solving: Solving, journal: Journal, tell: Callable[[str], None]) -> None:
    """Solve the draws that the journal lacks, and keep each outcome as soon as it is there."""
    for _ in range(len(journal)):
        tell("eerder uitgerekend")
    shared = Shared(drawn.book, drawn.cube.rows, order.seconds)
    missing = (number for number in range(1, order.aantal + 1) if number not in journal)
    for result in solving(shared, drawn.cube.draws(missing)):
        if result.maker != maker():
            raise ClusterError(
                f"Een worker rekent met {result.maker}, en hier staat {maker()}. Installeer overal dezelfde versies."
            )
        journal.keep(result)
        tell(f"{len(journal)} van {order.aantal} trekkingen")


def _pairs(cube: Hypercube, journal: Journal) -> Iterator[tuple[Draw, DrawResult]]:
    return zip(cube.draws(), journal.results(), strict=True)


def _info(checked: CheckedCase, order: Order, case: Case) -> SweepInfo:
    made = RunInfo(
        case_stem=stem_of(checked.path),
        invoer_sha256=checked.sha256,
        toolkit=toolkit_version(),
        solver=solver_name(),
        regelingen=tuple(Entitlement(case).rule_sets),
    )
    return SweepInfo(made, order.scenario, order.aantal, order.zaad, order.seconds)


def _write(folder: Path, swept: Swept, outcomes: Iterator[tuple[Draw, DrawResult]]) -> None:
    """Write both files beside their places, verify, and only then put them in place."""
    with replacing_all([folder / WORKBOOK, folder / RESULTS]) as (workbook, results):
        write_parquet(results, swept.case, swept.rows, outcomes, swept.info.facts)
        info = swept.info.made
        write_verified(uncertainty_book(swept), workbook, made=Made(info.invoer_sha256, info.regelingen))
