"""A workbook and the result that was written beside it: whether they are still each other's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from finance.filenames import name_of
from finance.findings import Finding, FindingsError
from finance.statement.earlier import bytes_of
from finance.statement.result_seal import content_hash, seal_in
from finance.xlsx.archive import checked_bytes
from finance.xlsx.contents import contents_of, opened, refuse_bombs
from finance.xlsx.seal import SEAL_SHEET, Seal, read_seal

if TYPE_CHECKING:
    from pathlib import Path

RESULT_OF: Final[Mapping[str, str]] = {
    "begroting.xlsx": "resultaat.json",
    "tarief.xlsx": "tarief.json",
    "herziening.xlsx": "herziening.json",
}
"""The result that is written beside each workbook, by the names of their files."""
TOGETHER: Final = "Zet werkmap en resultaat van dezelfde berekening bij elkaar."
SUFFIX: Final = ".json"
"""How the file of a result is called."""
UNSEEN: Final = "Of het resultaat nog is wat het programma schreef, is dan niet te zien."
AS_WRITTEN: Final = "het resultaat is zoals het met de werkmap ernaast is geschreven"
ORIGINAL: Final = "Vraag het oorspronkelijke bestand, of maak beide opnieuw vanuit de casus."


def differences(path: Path, fingerprint: str, resultaat: str) -> Iterator[Finding]:
    """Say whether the result beside a workbook is of another one, or was changed.

    Args:
        path: the workbook.
        fingerprint: that of its seal; empty where it has none that can be read.
        resultaat: the hash of what the result said when the workbook was sealed; empty for none.
    """
    result = path.with_name(RESULT_OF.get(path.name, path.name))
    if result == path or not fingerprint or not result.is_file():
        return
    try:
        data = bytes_of(result)
        named, content = seal_in(data), content_hash(data)
    except (FindingsError, ValueError):
        yield Finding("", "", f"'{name_of(result)}' in dezelfde map kan niet worden gelezen.", TOGETHER)
        return
    if named and named != fingerprint:
        yield Finding("", "", f"De werkmap hoort niet bij '{name_of(result)}' in dezelfde map.", TOGETHER)
    elif resultaat and content != resultaat:
        wat = f"'{name_of(result)}' in dezelfde map zegt iets anders dan toen de werkmap werd verzegeld."
        yield Finding("", "", wat, ORIGINAL)


def noticed(result: Path) -> tuple[str, ...]:
    """The line that tells that a result is not what the budget beside it says, or that there is none to see it by.

    Args:
        result: a result that decisions are taken from; of a file that is none there is nothing to tell.
    """
    if result.suffix.casefold() != SUFFIX:
        return ()
    path = _book_of(result)
    if path is None:
        book = next((name for name, beside in RESULT_OF.items() if beside == result.name), "de werkmap ervan")
        return (f"LET OP: naast {name_of(result)} staat {book} niet. {UNSEEN} Zet ze bij elkaar.",)
    try:
        seal = _seal_of(path)
        found = tuple(differences(path, seal.fingerprint, seal.sections.resultaat))
    except FindingsError:
        return (f"LET OP: {name_of(path)} naast {name_of(result)} kan niet worden gelezen. {UNSEEN}",)
    return tuple(f"LET OP: {name_of(path)} naast {name_of(result)}: {item}" for item in found)


def bond(result: Path) -> str:
    """What the workbook beside a result says of it, in a few words; for the front of what rests on that result."""
    told = noticed(result)
    return told[0].removeprefix("LET OP: ") if told else AS_WRITTEN


def _book_of(result: Path) -> Path | None:
    """The workbook that was written beside a result; None where it is not there."""
    books = (result.with_name(name) for name, beside in RESULT_OF.items() if beside == result.name)
    return next((path for path in books if path.is_file()), None)


def _seal_of(path: Path) -> Seal:
    data = checked_bytes(path)
    refuse_bombs(path.name, data)
    sheet = contents_of(opened(path.name, data), SEAL_SHEET.__eq__).sheets.get(SEAL_SHEET)
    return read_seal({at: cell.value for at, cell in sheet.cells.items()} if sheet else {})
