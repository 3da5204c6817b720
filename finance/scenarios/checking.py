"""Every scenario carried out and checked, and the tables of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from finance.case.build import read_case
from finance.case.case import Case
from finance.case.cells import CellError
from finance.case.checked import rows_named
from finance.case.columns import Kind
from finance.case.declaring import ColumnSpec
from finance.case.sheets import SHEETS, ScenarioChange
from finance.case.table import CellValue, RawBook, RawSheet, blank, quoted
from finance.findings import Finding, FindingsError, nearest
from finance.scenarios.changing import UNCHANGED, apply_scenario
from finance.scenarios.faults import finding_of
from finance.scenarios.lineage import changes_of, lineage, lineage_findings, starts_from
from finance.scenarios.names import BASE, name_fault
from finance.scenarios.values import kind_of

CaseCheck = Callable[[Case, RawBook], Iterable[Finding]]
"""A check of a case whose rows hang together, such as that of the rules."""


def scenario_book(book: RawBook, case: Case, name: str) -> RawBook:
    """The tables of one scenario; those of `basis` are the tables themselves.

    Raises:
        FindingsError: the scenario is unknown, or a row of it cannot be carried out.
    """
    if name == BASE:
        return book
    if name not in case.scenarios:
        known = [BASE, *case.scenarios]
        wat = f"Scenario {quoted(name)} staat niet in het blad scenarios."
        raise FindingsError([Finding("scenarios", "", wat, nearest(name, known))])
    changed, refused = apply_scenario(book, case.scenario_changes, name)
    faults = [fault for at, fault in _faults(book, case) if at in {name, *lineage(case.scenario_changes, name)}]
    if faults or refused:
        raise FindingsError([*faults, *refused])
    return changed


def check_scenarios(book: RawBook, case: Case, also: CaseCheck | None = None) -> list[Finding]:
    """Carry out every scenario and check the case that each one makes.

    Args:
        book: the tables.
        case: what was read from them.
        also: a further check of each changed case whose rows hang together.

    Returns:
        The findings of the sheet `scenarios`, and those of the changed cases that the case as it
        stands does not have, with the scenario named.
    """
    known = {BASE: tuple(_findings_of(book, also))}
    findings = [fault for _, fault in _faults(book, case)]
    parents = starts_from(case.scenario_changes)
    for name in sorted(case.scenarios, key=lambda name: len(lineage(case.scenario_changes, name))):
        made_of = changes_of(case.scenario_changes, name)
        changed, refused = apply_scenario(book, case.scenario_changes, name)
        findings += without_consequences(book, made_of, refused)
        known[name] = tuple(dict.fromkeys(_findings_of(changed, also)))
        told = {*known[BASE], *known.get(parents[name], ())}
        findings += [in_scenario(item, changed, name) for item in known[name] if item not in told]
    return list(dict.fromkeys(findings))


def in_scenario(item: Finding, changed: RawBook, name: str) -> Finding:
    """A finding as one of a scenario, with the rows that changed the cell: that is where to mend it.

    Args:
        item: the finding, of a cell as the scenario makes it.
        changed: the tables of the scenario.
        name: the scenario.
    """
    rows = sorted(
        {
            touch.rij
            for (blad, column, row), touches in changed.geraakt.items()
            if blad == item.blad and changed.bladen[blad].cell(column, row) == item.cel
            for touch in touches
        }
    )
    by = f" Deze cel is veranderd door rij {rows_named(rows)} van het blad scenarios." if rows else ""
    return replace(item, doen=item.doen + by, scenario=name)


def without_consequences(book: RawBook, changes: Iterable[ScenarioChange], refused: Iterable[Finding]) -> list[Finding]:
    """Leave out what follows from a fault of the sheet that a row is about: that is a finding already.

    Args:
        book: the tables as they stand.
        changes: the rows that were to be carried out.
        refused: the finding of each row that could not be.
    """
    follow = {change.rij for change in changes if _is_about_fault(book, change)}
    return [item for item in refused if int(re.sub(r"\D", "", item.cel)) not in follow]


def _is_about_fault(book: RawBook, change: ScenarioChange) -> bool:
    spec, sheet = SHEETS.get(change.doelblad), book.bladen.get(change.doelblad)
    if spec is None or spec.naam in UNCHANGED:
        return False
    if sheet is None or not sheet.letters:
        return not spec.optioneel
    asked = {change.kolom, *(part.partition("=")[0].strip() for part in change.filter.split(";"))}
    return any(_is_faulty(sheet, column) for column in spec.columns if column.naam in asked)


def _is_faulty(sheet: RawSheet, column: ColumnSpec) -> bool:
    """Whether a column is absent though it is needed, or has a cell that cannot be read."""
    if column.naam not in sheet.letters:
        return column.needed
    cells = ((kind_of(sheet, column, row), row.cellen.get(column.naam)) for row in sheet.rijen)
    return any(_cannot_be_read(*cell) for cell in cells)


def _cannot_be_read(kind: Kind, cell: CellValue | None) -> bool:
    try:
        kind.value_of(cell)
    except CellError:
        return not blank(cell)
    return False


def _findings_of(book: RawBook, also: CaseCheck | None) -> tuple[Finding, ...]:
    case, findings = read_case(book)
    if findings or case is None or also is None:
        return findings
    return tuple(also(case, book))


def _faults(book: RawBook, case: Case) -> list[tuple[str, Finding]]:
    """What is wrong with scenarios as such: their names, and what they start from."""
    return [*_name_findings(book, case).items(), *lineage_findings(book, case.scenario_changes)]


def _name_findings(book: RawBook, case: Case) -> dict[str, Finding]:
    """The scenarios whose name cannot be a folder, or would share one, each with its finding."""
    findings = {}
    first: dict[str, str] = {}
    for name, changes in case.scenarios.items():
        fault = name_fault(name, first)
        if fault:
            findings[name] = finding_of(book, changes[0], "scenario", *fault)
        first.setdefault(name.casefold(), name)
    return findings
