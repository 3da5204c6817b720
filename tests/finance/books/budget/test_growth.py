"""Which formulas look through all rows of a table for each row of another, so that their time grows with the square.

A table that grows with the number of measures, locations, cost lines or payments is looked through in few columns,
each of which is named in decision 28. A new one fails here: find the row by its number (`found_row`), or name it there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pytest

from finance.books.budget import pages
from finance.books.budget.draft import Draft
from finance.case import Case
from finance.statement import Statement
from finance.tables.columns import found_row, where_it_stood
from finance.tables.pages import Table
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan

SCANNING: Final = re.compile(r"\b(?:SUMIFS?|COUNTIFS?|MATCH|SUMPRODUCT)\(")
CALL: Final = re.compile(r"\b(?:INDEX|IFERROR)\(")
STOOD: Final = re.compile(r"IF\(\[\w+\.\w+\*\]=")
WHOLE: Final = re.compile(r"\[(\w+)\.\w+(?::\w+)?\]")
LOOKED_THROUGH: Final[Mapping[str, frozenset[str]]] = {
    table: frozenset(others.split())
    for table, others in {
        "afstoting": "effect kosten bezetting maatregelen",
        "begonnen": "maatregelen",
        "betaling": "realisatie rekenrealisatie",
        "bezetting": "effect",
        "lijn": "realisatie rekenrealisatie",
        "plan": "plan lijn rekenlijn",
        "rekenleeg": "effect",
        "rekenlijn": "kosten rekenrealisatie",
        "rekenplaats": "locaties",
        "rekenplan": "plan effect gestart",
        "rekenrealisatie": "realisatie rekenrealisatie maatregelen lijn locaties",
        "rekenrecht": "realisatie rekenbetaling kost kosten rekenrealisatie",
        "vergelijking": "bezetting kost realisatie",
    }.items()
}
"""The growing tables of which some column looks through other growing ones: as decision 28 says, and why."""
GROWING: Final = (
    frozenset(LOOKED_THROUGH).union(*LOOKED_THROUGH.values())
    | {"rechtmatig", "leegstandlijn", "frictielijn", "spoorkosten", "spoorplaatsen", "spoorbetalingen"}
)  # fmt: skip


def _arguments(formula: str, start: int) -> str:
    """What stands between the parentheses of a call."""
    depth = 1
    for at in range(start, len(formula)):
        depth += {"(": 1, ")": -1}.get(formula[at], 0)
        if not depth:
            return formula[start:at]
    return formula[start:]


def scanned(formula: str) -> Iterator[str]:
    """The tables that a formula looks through; a row that is found where it stood is not looked up."""
    if ("IF(INDEX(" in formula and ",[wijzer])=" in formula) or STOOD.search(formula):
        return
    for call in SCANNING.finditer(formula):
        arguments = _arguments(formula, call.end())
        for inner in CALL.finditer(arguments):
            arguments = arguments.replace(_arguments(arguments, inner.end()), "")
        yield from WHOLE.findall(arguments)


def _looked_through(case: Case) -> Mapping[str, set[str]]:
    plan = hand_plan(case, variants.STARTS)
    found: dict[str, set[str]] = {}
    for page in pages(Draft(Statement(case, plan.allocation), plan, "basis", INFO)):
        for table in (block for block in page.blocks if isinstance(block, Table) and block.name in GROWING):
            others = {other for column in table.columns for other in scanned(column.formula)} & GROWING
            if others:
                found[table.name] = others
    return found


@pytest.mark.parametrize("case", [variants.rich, variants.history])
def test_only_the_named_tables_are_looked_through_row_by_row(case: Callable[[], Case]) -> None:
    found = _looked_through(case())
    assert {table: others - LOOKED_THROUGH.get(table, frozenset()) for table, others in found.items()} == {
        table: set() for table in found
    }


def test_every_table_that_is_named_is_looked_through() -> None:
    found: dict[str, set[str]] = {}
    for case in (variants.rich(), variants.history()):
        for table, others in _looked_through(case).items():
            found.setdefault(table, set()).update(others)
    assert found == {table: set(others) for table, others in LOOKED_THROUGH.items()}


@pytest.mark.parametrize(
    ("formula", "tables"),
    [
        ("SUMIFS([a.x],[b.k],[k],[c.y],1)", ["a", "b", "c"]),
        ("MATCH(INDEX([a.x],[rij]),[b.k],0)", ["b"]),
        ("INDEX([a.x],[rij])+SUM([b.x])", []),
        (found_row("[k]", "[a.k]"), []),
        (where_it_stood("[k]", "a.k", "a.x"), []),
        ("SUMIFS([a.x~],[a.k~],[k],[b.y],1)", ["b"]),
        ("IF([x]>0,COUNTIF([a.k],[k]),0)", ["a"]),
    ],
)
def test_what_a_formula_looks_through(formula: str, tables: list[str]) -> None:
    assert list(scanned(formula)) == tables
