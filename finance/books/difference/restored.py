"""A budget read back from its workbook: the input, the decisions, what made it, what it shows.

Everything comes from the seal, which keeps each number exactly as it was written, by key. A workbook
that was changed afterwards is refused: what it shows is no longer what the toolkit computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pydantic import ValidationError

from finance.books.budget.sealed_plan import BUDGET, SealedPlan
from finance.books.difference.amounts import Amounts, Shown
from finance.books.difference.first_version import FirstVersion, is_budget_of_first
from finance.case.approval import Approval
from finance.case.build import read_case
from finance.case.case import Case
from finance.case.sheets import ScenarioChange
from finance.case.table import RawBook
from finance.findings import Finding, FindingsError
from finance.plan.allocation import Allocation
from finance.statement import Statement
from finance.xlsx.seal import FIRST, Seal
from finance.xlsx.sealed_tables import SealedTables, sealed_tables

AGAIN: Final = "Maak de werkmap opnieuw vanuit haar casus en vergelijk dan."


@dataclass(frozen=True)
class Restored:
    """A budget as its workbook holds it.

    Attributes:
        naam: the name of the file.
        vingerafdruk: the SHA-256 of the sealed content.
        tables: its tables.
        book: the tables of the input.
        case: the case.
        allocation: the decisions.
    """

    naam: str
    vingerafdruk: str
    tables: SealedTables
    book: RawBook
    case: Case
    allocation: Allocation

    @cached_property
    def statement(self) -> Statement:
        """What this version of the toolkit makes of it."""
        return Statement(self.case, self.allocation)

    @cached_property
    def shown(self) -> Amounts:
        """The amounts as the workbook shows them."""
        return Shown(self.tables).amounts()

    @cached_property
    def origin(self) -> Mapping[str, str]:
        """What it was made from and with, by key."""
        return {row.id(0): row.text("waarde") for row in self.tables.table("gemaakt").rows}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What a reader sees before each of these."""
        return {row.id(0): row.text("label") for row in self.tables.table("gemaakt").rows}

    @cached_property
    def rules(self) -> Mapping[str, Mapping[str, str]]:
        """What the workbook says of each version of a rule that applied, by its id and by column."""
        columns = self.rule_columns
        return {
            row.id(0): {column: row.text(column) for column in columns} for row in self.tables.table("regelversie").rows
        }

    @property
    def rule_columns(self) -> tuple[str, ...]:
        """The columns with what it says of a rule."""
        return tuple(filter(None, self.tables.table("regelversie").place.kolommen))

    @cached_property
    def changes(self) -> tuple[ScenarioChange, ...]:
        """What the scenario changed in the case, from top to bottom."""
        return tuple(
            ScenarioChange(
                rij=0,
                scenario=self.scenario,
                omschrijving=row.text("omschrijving"),
                doelblad=row.text("blad"),
                kolom=row.text("kolom"),
                filter=row.text("filter"),
                bewerking=row.text("bewerking"),
                waarde=row.text("waarde"),
            )
            for row in self.tables.rows("scenario")
        )

    @property
    def scenario(self) -> str:
        """The scenario."""
        return self.origin.get("scenario", "")

    @cached_property
    def proven(self) -> bool:
        """Whether every goal was proven to be optimal."""
        return all(row.text("bewezen") == "ja" for row in self.tables.table("doel").rows)


def is_budget(seal: Seal) -> bool:
    """Whether a workbook is a budget."""
    if seal.version == FIRST:
        return is_budget_of_first(seal.sheets)
    return seal.sections.gegevens.get("soort") == BUDGET


def restored(naam: str, seal: Seal) -> Restored:
    """Read a budget back from its seal.

    Args:
        naam: the name of its file.
        seal: its seal.

    Raises:
        FindingsError: the seal does not hold what a budget holds, or this version of the toolkit finds
            faults in the input that it holds.
    """
    if seal.version == FIRST:
        first = FirstVersion(seal.sheets)
        return _restored(naam, seal, first.tables, first.book(), first.allocation(), None)
    tables = sealed_tables(seal.sections.tabellen, seal.sheets)
    try:
        plan = SealedPlan.model_validate(seal.sections.gegevens.get("plan"))
        book = plan.book({name: tables.table(name).place for name in plan.invoer})
    except (ValidationError, ValueError, ArithmeticError) as fault:
        wat = f"Het zegel van {naam} bevat geen plan dat deze versie van de toolkit kan lezen."
        raise FindingsError([Finding("", "", wat, AGAIN)]) from fault
    return _restored(naam, seal, tables, book, plan.allocation, plan.approval)


def _restored(
    naam: str,
    seal: Seal,
    tables: SealedTables,
    book: RawBook,
    allocation: Allocation,
    approval: Approval | None,
) -> Restored:
    case, findings = read_case(book)
    if case is None or findings:
        wat = f"De invoer in {naam} past niet bij deze versie van de toolkit ({len(findings)} bevindingen)."
        raise FindingsError([Finding("", "", wat, AGAIN), *findings])
    kept = replace(case, approval=approval)
    return Restored(naam, seal.fingerprint, tables, book, kept, allocation)
