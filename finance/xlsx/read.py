"""Reading an input workbook: from a file that may be anything to plain tables with findings.

A file that cannot be used raises FindingsError with one finding that says why. What can be read is
read whole; faults of single cells, columns and ranges travel along as findings or unreadable
cells, so that all of them are reported together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from finance.case.checked import rows_named
from finance.case.declaring import SheetSpec
from finance.case.sheets import SHEETS
from finance.case.table import (
    REPORTED,
    CellValue,
    RawBook,
    RawRow,
    RawSheet,
    Unreadable,
    listed,
    quoted,
    shown,
    tidy,
)
from finance.findings import Finding
from finance.tables.areas import column_number
from finance.tables.grid import address, column_letters
from finance.xlsx.archive import checked_bytes
from finance.xlsx.cell_values import code_of, value_of
from finance.xlsx.contents import Contents, StoredSheet, contents_of, opened
from finance.xlsx.formats import shows_nothing
from finance.xlsx.sorts import Sort, refuse_other
from finance.xlsx.uncalculated import NOT_CALCULATED, Settled, settled
from finance.xlsx.worksheet import bounds_of

if TYPE_CHECKING:
    from pathlib import Path

WIDEST: Final = 256
"""Columns beyond this are not read; a value there is a finding."""
MERGED_SHOWN: Final = 50
"""At most this many merged ranges of one sheet are reported one by one."""
CHANGED_SHOWN: Final = 10
"""At most this many results that were calculated are told one by one, for each sheet."""
IGNORED_PREFIX: Final = "_"


FIRST_DATA: Final = 2
LOWEST_HEADS: Final = 30
"""Column names below titles and blank lines are looked for down to this row."""
ENOUGH_HEADS: Final = 2
"""So many known names in a row make it a row of column names."""
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


def book_of(name: str, data: bytes, sheets: Mapping[str, SheetSpec] = SHEETS) -> RawBook:
    """Read the bytes of an input workbook into plain tables.

    Args:
        name: the name of the file, for messages.
        data: its bytes, as `checked_bytes` gives them.
        sheets: the sheets that count; another one is only named, and not read.

    Raises:
        FindingsError: the workbook is damaged, hostile or too large.
    """
    read = contents_of(opened(name, data), lambda naam: _plain(naam) in sheets)
    refuse_other(name, [_plain(naam) for naam in read.sheets], Sort.CASE if "case" in sheets else Sort.HAND)
    trusted = settled(name, data, read)
    contents = trusted.contents
    tables: dict[str, RawSheet] = {}
    found: list[Finding] = []
    noticed = list(_calculated(trusted))
    for title, stored in contents.sheets.items():
        naam = _plain(title)
        if naam in tables:
            found.append(_same_name(naam))
        elif naam in sheets:
            tables[naam], findings = _table(sheets[naam], stored, contents)
            found += findings
            noticed += [*_unseen(tables[naam], stored), *_blanked(tables[naam], stored, contents)]
        elif not naam.startswith(IGNORED_PREFIX):
            # A sheet that the toolkit does not know is a finding by its name alone.
            tables[naam] = RawSheet(naam, {}, ())
    return RawBook(tables, tuple(found), opgemerkt=tuple(noticed))


def _calculated(trusted: Settled) -> Iterator[Finding]:
    """Which results are others than those that were stored, since these were never calculated."""
    contents = trusted.contents
    if contents.doubt and contents.calculation.manual:
        wat = "De werkmap staat op handmatig berekenen; de formules die meetellen zijn hier opnieuw berekend."
        yield Finding("", "", wat, "Zet in Excel bij Formules de Berekeningsopties op Automatisch en sla op.")
    by_sheet: dict[str, list[str]] = {}
    for (naam, row, column), was, now in trusted.changed:
        if now.kind != NOT_CALCULATED:
            one, other = (quoted(value_of(cell, contents)) for cell in (now, was))
            by_sheet.setdefault(naam, []).append(f"{address(row, column)} is {one}, opgeslagen staat {other}")
    for naam, said in by_sheet.items():
        more = f"; en nog {len(said) - CHANGED_SHOWN}" if len(said) > CHANGED_SHOWN else ""
        wat = f"Formules zijn hier berekend, want {contents.doubt}: {'; '.join(said[:CHANGED_SHOWN])}{more}."
        yield Finding(_plain(naam), "", wat, "Laat Excel de werkmap berekenen en sla op.")


def _plain(naam: str) -> str:
    return tidy(naam).strip()


def _same_name(naam: str) -> Finding:
    wat = f"Er is nog een blad dat '{naam}' heet, op spaties of tekens na die niemand ziet."
    return Finding(naam, "", wat, "Verwijder een van beide, of geef het een andere naam.")


def _unseen(table: RawSheet, stored: StoredSheet) -> Iterator[Finding]:
    """The data that nobody sees that opens the workbook, though it counts."""
    if not table.rijen:
        return
    if stored.hidden:
        yield Finding(table.naam, "", "Het blad is verborgen; wat erop staat, telt gewoon mee.", "")
        return
    rows = sorted({row.nummer for row in table.rijen}.intersection(stored.hidden_rows))
    if 0 in stored.hidden_rows:
        yield _counts(table.naam, "rijen zonder eigen hoogte", "Deze rijen zijn")
    if rows:
        these = "Deze rijen zijn" if len(rows) > 1 else "Deze rij is"
        yield _counts(table.naam, f"rij {rows_named(rows)}", these)
    used = {name for row in table.rijen for name in row.cellen}
    letters = [letter for name, letter in table.letters.items() if name in used and _is_hidden(letter, stored)]
    if letters:
        these = "Deze kolommen zijn" if len(letters) > 1 else "Deze kolom is"
        yield _counts(table.naam, f"kolom {listed(letters)}", these)


def _blanked(table: RawSheet, stored: StoredSheet, contents: Contents) -> Iterator[Finding]:
    """The cells with data that show nothing, because of their number format."""
    columns = {column_number(letter): name for name, letter in table.letters.items()}
    data = {row.nummer: row.cellen for row in table.rijen}
    cells = [
        address(row, column)
        for (row, column), cell in stored.cells.items()
        if columns.get(column) in data.get(row, ()) and shows_nothing(code_of(cell, contents), cell.value)
    ]
    if cells:
        these = "Deze cel toont" if len(cells) == 1 else f"{listed(cells[:CHANGED_SHOWN])} tonen"
        more = f" (en nog {len(cells) - CHANGED_SHOWN})" if len(cells) > CHANGED_SHOWN else ""
        wat = f"{these}{more} niets, door de getalopmaak, maar {'telt' if len(cells) == 1 else 'tellen'} mee."
        yield Finding(table.naam, cells[0], wat, "Geef een andere getalopmaak, of verwijder wat niet meetelt.")


def _counts(naam: str, cel: str, these: str) -> Finding:
    """The finding for rows or columns that are hidden, but count."""
    filtered = " (of weggefilterd)" if cel.startswith("rij") else ""
    count = "telt" if these.endswith(" is") else "tellen"
    wat = f"{these} verborgen{filtered}, maar {count} gewoon mee."
    return Finding(naam, cel, wat, "Verwijder wat niet mee mag tellen.")


def _is_hidden(letter: str, stored: StoredSheet) -> bool:
    column = column_number(letter)
    return any(first <= column <= last for first, last in stored.hidden_columns)


def _table(spec: SheetSpec, stored: StoredSheet, contents: Contents) -> tuple[RawSheet, list[Finding]]:
    naam = spec.naam
    grid, far = _grid(naam, stored, contents)
    lower = _heads_below(frozenset(column.naam for column in spec.columns), grid)
    heads = max(lower, 1)
    bare = min(grid, default=heads) == heads
    names, findings = _names(naam, grid.pop(heads, {}), heads)
    for above in range(1, heads):
        grid.pop(above, None)
    merges = [merge for merge in map(_merge, stored.merged) if _touches(merge, names, grid)]
    findings += _nameless(naam, names, grid)
    findings += far
    findings += _merged(naam, merges)
    if lower:
        # Whatever else there is to say of the sheet is said once its rows stand where they belong.
        findings = [_lower_heads(naam, lower, bare=bare)]
    rows = [RawRow(number, _cells(number, cells, names, merges)) for number, cells in grid.items()]
    letters = {name: column_letters(column) for column, name in names.items() if name}
    return RawSheet(naam, letters, tuple(row for row in rows if row.cellen), heads), findings


def _grid(naam: str, stored: StoredSheet, contents: Contents) -> tuple[dict[int, Cells], list[Finding]]:
    """The rows that hold a value, with the values by column; and findings for values far to the right."""
    grid: dict[int, Cells] = {}
    far: dict[int, Finding] = {}
    for (row, column), cell in stored.cells.items():
        value = value_of(cell, contents)
        if value is None:
            continue
        if column <= WIDEST:
            grid.setdefault(row, {})[column] = value
        elif column not in far:
            at = f"{column_letters(column)}{row}"
            wat = "Hier staat een waarde, ver buiten de tabel."
            far[column] = Finding(naam, at, wat, "Maak de cel leeg.")
    return grid, list(far.values())


def _heads_below(known: frozenset[str], grid: Mapping[int, Cells]) -> int:
    """The row below row 1 in which the column names stand; 0 where they do not."""
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


def _names(naam: str, cells: Cells, heads: int) -> tuple[dict[int, str], list[Finding]]:
    """The column names; a column with an unusable name has an empty one, and a finding."""
    names: dict[int, str] = {}
    findings: list[Finding] = []
    for column, value in cells.items():
        name = shown(value).strip()
        fault = _name_fault(name, names, value)
        if fault:
            findings.append(Finding(naam, f"{column_letters(column)}{heads}", *fault))
        names[column] = "" if fault else name
    return names, findings


def _name_fault(name: str, names: Mapping[int, str], value: CellValue) -> tuple[str, str] | None:
    if isinstance(value, Unreadable):
        return value.wat, "Typ hier een kolomnaam."
    for column, earlier in names.items():
        if earlier == name:
            first = column_letters(column)
            return f"De kolomnaam '{name}' staat ook in {first}1.", "Verwijder een van beide kolommen."
    return None


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
        letter = column_letters(column)
        more = f" (ook in rij {rows_named(numbers[1:])})" if numbers[1:] else ""
        yield Finding(
            naam,
            f"{letter}{numbers[0]}",
            f"Hier staat een waarde{more}, maar kolom {letter} heeft geen naam in rij 1.",
            f"Maak de cellen in kolom {letter} leeg of zet de kolomnaam in {letter}1.",
        )


def _merge(ref: str) -> Merge:
    top, left, bottom, right = bounds_of(ref) or (1, 1, 1, 1)
    return Merge(ref, top, bottom, left, right)


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


def _cells(number: int, cells: Cells, names: Mapping[int, str], merges: Sequence[Merge]) -> dict[str, CellValue]:
    """The named values of a row; a merged cell without a value was reported with its range."""
    row = {names[column]: value for column, value in cells.items() if names.get(column)}
    for merge in merges[:MERGED_SHOWN]:
        if merge.first_row <= number <= merge.last_row:
            for column, name in names.items():
                if name and merge.first_column <= column <= merge.last_column:
                    row.setdefault(name, REPORTED)
    return row
