"""Opening a workbook of the toolkit to compare it: its sealed cells, if nobody changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finance.findings import Finding, FindingsError
from finance.workbook.archive import checked_bytes
from finance.workbook.contents import read_contents
from finance.workbook.deviations import CAUSES
from finance.workbook.seal import SEAL_SHEET, SealedCells, read_seal
from finance.workbook.verifying import verify

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Opened:
    """A workbook that stands as the toolkit wrote it.

    Attributes:
        naam: its folder and file name.
        vingerafdruk: the SHA-256 of its content.
        cells: its cells, by sheet.
    """

    naam: str
    vingerafdruk: str
    cells: Mapping[str, SealedCells]


def opened(path: Path) -> Opened:
    """Open a workbook that is going to be compared.

    Raises:
        FindingsError: it is no workbook of the toolkit, or it was changed after the toolkit wrote it.
    """
    changes = [item.finding for item in verify(path).deviations if item.kind in CAUSES]
    if changes:
        wat = f"'{path}' is niet meer zoals de toolkit haar schreef; vergelijken zou dan niets zeggen."
        raise FindingsError([Finding("", "", wat, "Herstel wat hieronder staat."), *changes])
    contents = read_contents(path.name, checked_bytes(path))
    seal = read_seal({at: cell.value for at, cell in contents.sheets[SEAL_SHEET].cells.items()})
    return Opened(f"{path.absolute().parent.name}/{path.name}", seal.fingerprint, seal.sheets)
