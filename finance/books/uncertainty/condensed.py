"""The sheets of a sweep that is too large for its workbook: what all draws came to, as numbers.

A row and a rank for each draw would make a file that no spreadsheet opens, and memory that grows with the
draws. So above a limit the workbook shows the first draws only; what is counted over all of them is computed
beforehand, exactly, and pasted as an outcome. What follows from those numbers stays a formula.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from finance.tables.grid import Origin, OriginKind, Role
from finance.tables.pages import Block, Column, Page, Table

OF_DRAWS: Final = re.compile(r"\[(?:trek|start|geld|reken)\.")
"""A formula that reads the draws themselves."""
COUNTED: Final = Origin(OriginKind.OUTCOME, "geteld over alle trekkingen, die in onzekerheid.parquet staan")


def condensed(page: Page) -> Page:
    """The page with a number wherever a formula would read the draws."""
    return replace(page, blocks=tuple(_condensed(block) for block in page.blocks))


def _condensed(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    return replace(block, columns=tuple(_counted(column) for column in block.columns))


def _counted(column: Column[Any]) -> Column[Any]:
    if not OF_DRAWS.search(column.formula):
        return column
    return replace(column, formula="", role=Role.DECISION, origin=lambda _: COUNTED)
