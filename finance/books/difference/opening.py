"""Opening a workbook of the toolkit to compare it: its sealed cells, if nobody changed it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from finance.filenames import as_text
from finance.findings import Finding, FindingsError
from finance.xlsx.archive import checked_bytes
from finance.xlsx.contents import read_contents
from finance.xlsx.deviations import CAUSES
from finance.xlsx.seal import SEAL_SHEET, Seal, read_seal
from finance.xlsx.sorts import Sort, refuse_other
from finance.xlsx.verify import verify

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Opened:
    """A workbook that stands as the toolkit wrote it.

    Attributes:
        naam: the end of its path, enough to tell it from the other workbook.
        seal: its content.
    """

    naam: str
    seal: Seal

    @property
    def sort(self) -> str:
        """What it calls itself; empty for a workbook that does not say, as those of version 1."""
        return str(self.seal.sections.gegevens.get("soort", ""))


BUDGETS_FIRST: Final = (
    "Maak van beide invoerwerkmappen een begroting met 'spuk plan' en vergelijk die twee: elke cel van de"
    " invoer die anders is, staat dan in het verschil, met wat zij uitmaakt."
)
"""What to do with two inputs that one would compare."""
SHORTEST: Final = 2
"""A workbook is called by its folder and its own name at least: many are called begroting.xlsx."""


def names_apart(one: Path, other: Path) -> tuple[str, str]:
    """The shortest ends of two paths that tell them apart.

    Two versions of a case have the same scenario and file names; then their own folder is named too.
    """
    a, b = _parts(one), _parts(other)
    longest = max(len(a), len(b))
    size = next((size for size in range(SHORTEST, longest) if a[-size:] != b[-size:]), longest)
    return as_text("/".join(a[-size:])), as_text("/".join(b[-size:]))


def _parts(path: Path) -> tuple[str, ...]:
    """The parts of a path below the root; its own where the working folder is gone."""
    with suppress(OSError):
        path = path.absolute()
    return path.parts[1:] if path.is_absolute() else path.parts


def opened(path: Path, naam: str) -> Opened:
    """Open a workbook that is going to be compared.

    Args:
        path: the workbook.
        naam: what it is called in what is told about it.

    Raises:
        FindingsError: it is no workbook of the toolkit, or it was changed after the toolkit wrote it.
    """
    contents = read_contents(path.name, checked_bytes(path))
    refuse_other(path.name, contents.sheets, Sort.MADE, BUDGETS_FIRST)
    changes = [item.finding for item in verify(path).deviations if item.kind in CAUSES]
    if changes:
        wat = f"'{path}' is niet meer zoals de toolkit haar schreef; vergelijken zou dan niets zeggen."
        raise FindingsError([Finding("", "", wat, "Herstel wat hieronder staat."), *changes])
    seal = read_seal({at: cell.value for at, cell in contents.sheets[SEAL_SHEET].cells.items()})
    return Opened(naam, seal)
