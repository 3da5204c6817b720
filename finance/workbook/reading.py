"""Reading an input workbook: from a file that may be anything to plain tables with findings.

A file that cannot be used raises FindingsError with one finding that says why. What can be read is
read whole; faults of single cells, columns and ranges travel along as findings or unreadable
cells, so that all of them are reported together.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from finance.case.checked import rows_named
from finance.case.sheets import SHEETS
from finance.case.table import REPORTED, CellValue, RawBook, RawRow, RawSheet, Unreadable, shown, tidy
from finance.findings import Finding, FindingsError
from finance.workbook.archive import ASK_AGAIN, checked_bytes
from finance.workbook.scanning import (
    MAX_COLUMN,
    MAX_ROW,
    XML_SUFFIXES,
    Place,
    SheetScan,
    TooLargeError,
    scan_parts,
)
from finance.workbook.sorts import Sort, refuse_other

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST: Final = 256
"""Columns beyond this are not read; a value there is a finding."""
MERGED_SHOWN: Final = 50
"""At most this many merged ranges of one sheet are reported one by one."""
IGNORED_PREFIX: Final = "_"
LARGEST: Final = 10**15
"""From here on the 15 significant digits of a workbook no longer hold every unit."""
ERROR_VALUES: Final = frozenset(
    {"#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
STRICT_MARK: Final = b"purl.oclc.org/ooxml/spreadsheetml/main"

NO_RESULT: Final = Unreadable(
    "De formule heeft geen opgeslagen uitkomst.",
    "Open het bestand in Excel, laat het rekenen en sla het op, of typ de waarde.",
)
NO_DATE: Final = Unreadable(
    "Het getal in deze cel kan geen datum zijn, maar de cel heeft een datumopmaak.",
    "Geef de cel een getalopmaak en controleer de waarde.",
)
A_TIME: Final = Unreadable(
    "Hier staat een tijdstip of tijdsduur.",
    "Geef de cel een getal- of datumopmaak en typ de waarde opnieuw.",
)
NO_NUMBER: Final = Unreadable("Het getal is te groot.", "Controleer het aantal cijfers.")

FIRST_DATA: Final = 2
LOWEST_HEADS: Final = 10
"""Column names below titles and blank lines are looked for down to this row."""
ENOUGH_HEADS: Final = 2
"""So many known names in a row make it a row of column names."""
KNOWN_HEADS: Final[Mapping[str, frozenset[str]]] = {
    spec.naam: frozenset(column.naam for column in spec.columns) for spec in SHEETS.values()
}
UNMERGE: Final = "Hef het samenvoegen op en vul elke cel."
Cells = dict[int, CellValue]
"""The values of one row by column, counted from 1."""


class Merge(NamedTuple):
    """A merged range; rows and columns counted from 1."""

    ref: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int


def read_book(path: Path) -> RawBook:
    """Read an input workbook into plain tables.

    Args:
        path: an xlsx file.

    Returns:
        The sheets whose name does not start with `_`, hidden ones included, with what reading found.

    Raises:
        FindingsError: the file is absent, unreadable, no workbook, encrypted, damaged or hostile.

    Example:
        >>> book = read_book(Path("inputs/zuidwest.xlsx"))  # doctest: +SKIP
        >>> book.bladen["kosten"].rijen[0].cellen["bedrag"]  # doctest: +SKIP
        Decimal('250000')
    """
    return book_of(path.name, checked_bytes(path))


def book_of(name: str, data: bytes, sheets: Collection[str] = SHEETS) -> RawBook:
    """Read the bytes of an input workbook into plain tables.

    Args:
        name: the name of the file, for messages.
        data: its bytes, as `checked_bytes` gives them.
        sheets: the names of the sheets that count; another one is only named.

    Raises:
        FindingsError: the workbook is damaged or too large.
    """
    try:
        with warnings.catch_warnings():
            # What the library warns about (a dropped style, an unknown extension) is no part of a case.
            warnings.simplefilter("ignore")
            return _read(name, data, sheets)
    except FindingsError:
        raise
    except TooLargeError as fault:
        raise _refusal(
            f"'{name}' heeft veel meer cellen dan een invoerwerkmap nodig heeft.",
            "Haal bladen en opmaak die er niet bij horen weg.",
        ) from fault
    except Exception as fault:  # The library raises nearly every kind on a damaged part.
        raise _refusal(f"'{name}' is beschadigd en kan niet worden gelezen.", ASK_AGAIN) from fault


def _refusal(wat: str, doen: str) -> FindingsError:
    return FindingsError([Finding("", "", wat, doen)])


def _read(name: str, data: bytes, known: Collection[str]) -> RawBook:
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    scans = scan_parts(reader.archive)
    _refuse_disguises(reader)
    reader.read()
    refuse_other(name, reader.wb.sheetnames, Sort.CASE if "case" in known else Sort.HAND)
    parts = _parts(name, reader)
    sheets = {sheet.title: sheet for sheet in reader.wb.worksheets}
    tables: dict[str, RawSheet] = {}
    found: list[Finding] = []
    for title in reader.wb.sheetnames:
        if title in known and title in sheets:
            tables[title], findings = _table(sheets[title], scans[parts[title]])
            found += findings
        elif not title.startswith(IGNORED_PREFIX):
            # A sheet that the toolkit does not know is a finding by its name alone.
            tables[title] = RawSheet(title, {}, ())
    return RawBook(tables, tuple(found), opgemerkt=tuple(_unseen(sheets, tables, scans, parts)))


def _unseen(
    sheets: Mapping[str, Worksheet],
    tables: Mapping[str, RawSheet],
    scans: Mapping[str, SheetScan],
    parts: Mapping[str, str],
) -> Iterator[Finding]:
    """The data that nobody sees that opens the workbook, though it counts."""
    for title, table in tables.items():
        if table.rijen and sheets[title].sheet_state != "visible":
            yield Finding(title, "", "Het blad is verborgen; wat erop staat, telt gewoon mee.", "")
        elif rows := sorted({row.nummer for row in table.rijen} & scans[parts[title]].hidden):
            many = len(rows) > 1
            wat = (
                f"Deze rij{'en zijn' if many else ' is'} verborgen (of weggefilterd), maar"
                f" tel{'len' if many else 't'} gewoon mee."
            )
            yield Finding(title, f"rij {rows_named(rows)}", wat, "Verwijder wat niet mee mag tellen.")


def _refuse_disguises(reader: ExcelReader) -> None:
    """Refuse XML under another suffix: neither the archive's checks nor the scan has looked at it."""
    reader.read_manifest()
    for part in reader.package.Override:
        if part.ContentType.endswith("xml") and not part.PartName.lower().endswith(XML_SUFFIXES):
            raise ValueError(f"{part.PartName} is XML under another name")


def _parts(name: str, reader: ExcelReader) -> Mapping[str, str]:
    """The part of each sheet; refuses a workbook of which the library would lose a sheet."""
    found = [(sheet.name, relation.target) for sheet, relation in reader.parser.find_sheets()]
    if not found and STRICT_MARK in reader.archive.read(reader.parser.workbook_part_name):
        raise _refusal(
            f"'{name}' is opgeslagen als 'Strict Open XML-werkblad'.",
            "Sla het in Excel op als gewone 'Excel-werkmap (.xlsx)'.",
        )
    parts = dict(found)
    if not parts or len(parts) < len(found) or set(parts) != set(reader.wb.sheetnames):
        raise _refusal(f"De bladen van '{name}' zijn niet allemaal te vinden.", ASK_AGAIN)
    return parts


def decimal_of(value: float) -> Decimal:
    """A finite number as the workbook shows it, in 15 significant digits.

    Example:
        >>> decimal_of(1234.5600000000002), decimal_of(2024)
        (Decimal('1234.56'), Decimal('2024'))
    """
    return Decimal(f"{value:.15g}") + 0  # adding 0 takes the sign off a negative zero


def _table(sheet: Worksheet, scan: SheetScan) -> tuple[RawSheet, list[Finding]]:
    naam = sheet.title
    grid = dict(_filled_rows(sheet, scan))
    lower = _heads_below(naam, grid)
    if lower:
        return RawSheet(naam, {}, ()), [_lower_heads(naam, lower, bare=min(grid) == lower)]
    names, findings = _names(naam, grid.pop(1, {}))
    merges = [merge for merge in map(_merge, scan.merged) if _touches(merge, names, grid)]
    findings += _nameless(naam, names, grid)
    findings += _far_out(naam, scan)
    findings += _merged(naam, merges)
    rows = [RawRow(number, _cells(number, cells, names, merges)) for number, cells in grid.items()]
    letters = {name: get_column_letter(column) for column, name in names.items() if name}
    return RawSheet(naam, letters, tuple(row for row in rows if row.cellen)), findings


def _heads_below(naam: str, grid: Mapping[int, Cells]) -> int:
    """The row below row 1 in which the column names stand; 0 where they do not."""
    known = KNOWN_HEADS.get(naam, frozenset())
    for number in range(1, LOWEST_HEADS + 1):
        heads = {shown(cell).strip().lower() for cell in grid.get(number, {}).values()}
        if len(heads & known) >= min(len(known), ENOUGH_HEADS):
            return 0 if number == 1 else number
    return 0


def _lower_heads(naam: str, row: int, *, bare: bool) -> Finding:
    """The finding for column names below row 1; `bare` where nothing stands above them."""
    above = "rij 1" if row == FIRST_DATA else f"rij 1 tot en met {row - 1}"
    keep = "" if bare else "; wat daar staat, mag op een blad waarvan de naam met _ begint"
    wat = f"De kolomnamen staan in rij {row}, en horen in rij 1."
    return Finding(naam, f"rij {row}", wat, f"Verwijder {above}{keep}.")


def _filled_rows(sheet: Worksheet, scan: SheetScan) -> Iterator[tuple[int, Cells]]:
    """The rows that hold a value, with the values by column; gaps cost next to nothing."""
    columns = sorted(column for column in scan.columns if column <= WIDEST)
    if not columns:
        return
    rows = sheet.iter_rows(max_row=scan.last_row, max_col=columns[-1])
    # Counting to the last row, and no further, leaves what follows the rows in the file unread.
    for number, row in zip(range(1, scan.last_row + 1), rows, strict=False):
        if number in scan.filled:
            values = ((column, _value(row[column - 1], (number, column), scan)) for column in columns)
            cells = {column: value for column, value in values if value is not None}
            if cells:
                yield number, cells


def _value(cell: Cell | MergedCell, place: Place, scan: SheetScan) -> CellValue | None:
    """The value of a cell; None where it is empty or holds only blanks."""
    value = cell.value
    if value is None:
        return NO_RESULT if place in scan.without_result else None
    if isinstance(value, str):
        return _text(value, is_error=cell.data_type == "e", was_error=place in scan.errors)
    return _plain_value(value)


def _plain_value(value: object) -> CellValue:
    match value:
        case bool():
            return value
        case int() | float():
            return decimal_of(value) if abs(value) < LARGEST else NO_NUMBER
        case datetime():
            return value.date()
        case date():
            return value
        case _:
            return A_TIME


def _text(value: str, *, is_error: bool, was_error: bool) -> CellValue | None:
    """A text cell; the library also makes an error text of a number that cannot be a date."""
    if is_error and not was_error:
        return NO_DATE
    if is_error or value in ERROR_VALUES:
        return Unreadable(f"Hier staat de foutwaarde {value}.", "Herstel de formule of typ de waarde.")
    text = tidy(value)
    return text if text.strip() else None


def _names(naam: str, cells: Cells) -> tuple[dict[int, str], list[Finding]]:
    """The column names of row 1; a column with an unusable name has an empty one, and a finding."""
    names: dict[int, str] = {}
    findings: list[Finding] = []
    for column, value in cells.items():
        name = shown(value).strip()
        fault = _name_fault(name, names, value)
        if fault:
            findings.append(Finding(naam, f"{get_column_letter(column)}1", *fault))
        names[column] = "" if fault else name
    return names, findings


def _name_fault(name: str, names: Mapping[int, str], value: CellValue) -> tuple[str, str] | None:
    if isinstance(value, Unreadable):
        return value.wat, "Typ hier een kolomnaam."
    for column, earlier in names.items():
        if earlier == name:
            first = get_column_letter(column)
            return f"De kolomnaam '{name}' staat ook in {first}1.", "Verwijder een van beide kolommen."
    return None


def _far_out(naam: str, scan: SheetScan) -> Iterator[Finding]:
    for column, row in scan.columns.items():
        if column > WIDEST:
            yield Finding(
                naam,
                f"{get_column_letter(column)}{row}",
                "Hier staat een waarde, ver buiten de tabel.",
                "Maak de cel leeg.",
            )


def _nameless(naam: str, names: Mapping[int, str], grid: Mapping[int, Cells]) -> Iterator[Finding]:
    """Find values in columns without a name; where no column has one, that is one finding."""
    if not names:
        if grid:
            yield Finding(
                naam,
                "rij 1",
                "Rij 1 is leeg, maar daaronder staan wel gegevens.",
                "Zet de kolomnamen in rij 1 en de gegevens vanaf rij 2.",
            )
        return
    rows: dict[int, list[int]] = {}
    for number, cells in grid.items():
        for column in cells.keys() - names.keys():
            rows.setdefault(column, []).append(number)
    for column, numbers in sorted(rows.items()):
        letter = get_column_letter(column)
        more = f" (ook in rij {rows_named(numbers[1:])})" if numbers[1:] else ""
        yield Finding(
            naam,
            f"{letter}{numbers[0]}",
            f"Hier staat een waarde{more}, maar kolom {letter} heeft geen naam in rij 1.",
            f"Maak de cellen in kolom {letter} leeg of zet de kolomnaam in {letter}1.",
        )


def _merge(ref: str) -> Merge:
    first_column, first_row, last_column, last_row = range_boundaries(ref)
    return Merge(ref, first_row or 1, last_row or MAX_ROW, first_column or 1, last_column or MAX_COLUMN)


def _touches(merge: Merge, names: Mapping[int, str], grid: Mapping[int, Cells]) -> bool:
    """Whether a merged range lies in the table; outside it, it is decoration."""
    last_row = max(grid, default=1)
    return bool(names) and merge.first_row <= last_row and merge.first_column <= max(names)


def _merged(naam: str, merges: Sequence[Merge]) -> Iterator[Finding]:
    for merge in merges[:MERGED_SHOWN]:
        yield Finding(naam, merge.ref, "Deze cellen zijn samengevoegd.", UNMERGE)
    left = len(merges) - MERGED_SHOWN
    if left > 0:
        yield Finding(naam, "", f"Er zijn nog {left} samengevoegde bereiken.", UNMERGE)


def _cells(
    number: int, cells: Cells, names: Mapping[int, str], merges: Sequence[Merge]
) -> dict[str, CellValue]:
    """The named values of a row; a merged cell without a value was reported with its range."""
    row = {names[column]: value for column, value in cells.items() if names.get(column)}
    for merge in merges[:MERGED_SHOWN]:
        if merge.first_row <= number <= merge.last_row:
            for column, name in names.items():
                if name and merge.first_column <= column <= merge.last_column:
                    row.setdefault(name, REPORTED)
    return row
