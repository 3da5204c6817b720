"""From plain tables to a case: every cell read, every fault found, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from finance.case.actuals import Actual, Proceeds, RealisedPlaces, Started
from finance.case.case import Case
from finance.case.checks import check_case
from finance.case.grant_decisions import with_decisions
from finance.case.index_chain import TariffIndex
from finance.case.layout import check_layout
from finance.case.records import RowReader
from finance.case.settings import read_settings
from finance.case.sheets import (
    AllocationKey,
    Alternative,
    CareForm,
    CareGroup,
    Claim,
    Cost,
    Demand,
    Effect,
    Funding,
    Goal,
    GrantDecision,
    GroupNeed,
    IndexYear,
    Inflow,
    Location,
    Measure,
    PlaceBound,
    Places,
    Provenance,
    Provider,
    Region,
    Resource,
    ScenarioChange,
    Setting,
    Settings,
    Source,
    SourcePermit,
    Suitability,
    TariffParameter,
    Uncertainty,
    sheets_of,
)
from finance.case.table import RawBook
from finance.findings import Finding, FindingsError


def read_case(book: RawBook) -> tuple[Case | None, tuple[Finding, ...]]:
    """Read a workbook's tables into a case.

    Args:
        book: the tables.

    Returns:
        The case, or None where it could not be made; and every finding of the cells and of how
        they hang together, in the order of the workbook.
    """
    sheets = sheets_of(book)
    reading = RowReader(book, sheets, [*book.bevindingen, *check_layout(book, sheets)])
    read = read_settings(book)
    case = _case(reading, read.settings)
    reading.findings += [*read.findings, *check_case(case, book, read.unread)]
    return None if read.unread else case, in_order(reading.findings, book)


def read_rows(book: RawBook) -> Case:
    """The rows of a workbook that could be read, with a stand-in for each setting that could not.

    For what asks for rows only, such as what a scenario changes; no case to plan.
    """
    return _case(RowReader(book, sheets_of(book)), read_settings(book).settings)


def _case(reading: RowReader, settings: Settings) -> Case:
    decisions = reading.rows(GrantDecision)
    return Case(
        settings=settings,
        setting_rows=reading.rows(Setting),
        provenance=reading.rows(Provenance),
        providers=reading.rows(Provider),
        locations=reading.rows(Location),
        care_forms=reading.rows(CareForm),
        places=reading.rows(Places),
        demand=reading.rows(Demand),
        care_groups=reading.rows(CareGroup),
        suitabilities=reading.rows(Suitability),
        group_needs=reading.rows(GroupNeed),
        inflow=reading.rows(Inflow),
        place_bounds=reading.rows(PlaceBound),
        alternatives=reading.rows(Alternative),
        measures=reading.rows(Measure),
        effects=reading.rows(Effect),
        resources=reading.rows(Resource),
        claims=reading.rows(Claim),
        costs=reading.rows(Cost),
        indexes=reading.rows(IndexYear),
        grant_decisions=decisions,
        regions=reading.rows(Region),
        allocation_keys=reading.rows(AllocationKey),
        sources=with_decisions(reading.rows(Source), decisions, settings.coordinerende_gemeente),
        funding=reading.rows(Funding),
        source_permits=reading.rows(SourcePermit),
        actuals=reading.rows(Actual),
        started_rows=reading.rows(Started),
        realised_places=reading.rows(RealisedPlaces),
        proceeds=reading.rows(Proceeds),
        goal_rows=reading.rows(Goal),
        scenario_changes=reading.rows(ScenarioChange),
        uncertainties=reading.rows(Uncertainty),
        tariff_parameters=reading.rows(TariffParameter),
        tariff_indexes=reading.rows(TariffIndex),
        letters={name: sheet.letters for name, sheet in reading.book.bladen.items()},
        touches=reading.book.geraakt,
    )


def in_order(findings: Sequence[Finding], book: RawBook) -> tuple[Finding, ...]:
    """Sort findings in the order of the workbook, without repeats; those of the whole file first.

    Then come the sheets whose column names do not stand in row 1: that is all that is said of these.
    """
    sheets = {name: number for number, name in enumerate(book.bladen)}
    misplaced = book.misplaced

    def place(finding: Finding) -> tuple[int, int, int, int, str]:
        first = re.match(r"([A-Z]*)\D*(\d+)", finding.cel)
        letters, row = (first[1], int(first[2])) if first else ("", 0)
        sheet = sheets.get(finding.blad, len(sheets)) if finding.blad else -1
        return 0 if not finding.blad or finding.blad in misplaced else 1, sheet, row, len(letters), letters

    return tuple(sorted(dict.fromkeys(without_misplaced(findings, book)), key=place))


def without_misplaced(findings: Iterable[Finding], book: RawBook) -> Iterator[Finding]:
    """Findings without those on sheets whose rows are going to move, but for the finding that says so."""
    for finding in findings:
        if finding.blad not in book.misplaced or finding in book.bevindingen:
            yield finding


def build_case(book: RawBook) -> Case:
    """Read a workbook's tables into a case that has no findings.

    Raises:
        FindingsError: the tables have findings; it carries all of them.
    """
    case, findings = read_case(book)
    if findings or case is None:
        raise FindingsError(findings)
    return case
