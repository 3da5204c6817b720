"""What a workbook file holds, cell by cell, whoever saved it last.

The reader of input wants values; a verifier wants what stands in the file: each formula with the
value cached beside it, what is hidden, and what a workbook of this toolkit never has (names,
links to other files, macros).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import IO, TYPE_CHECKING, Final, NamedTuple
from xml.parsers.expat import ExpatError

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from finance.findings import Finding, FindingsError
from finance.workbook.archive import ASK_AGAIN, ZIP_FAULTS
from finance.workbook.blocks import Area
from finance.workbook.grid import Format, finite, storable
from finance.workbook.scanning import MAX_COLUMN, MAX_ROW, TooLargeError, scan_parts
from finance.workbook.writing import serial

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Stored = str | float | bool | None
"""A value in a file: a text (an error value such as `#REF!` too), a number, a truth value, or nothing."""

ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
BUILT_IN_FORMATS: Final[Mapping[int, str]] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@",
}
"""The formats that a file names by number only."""
SMALLEST: Final = 0.5
"""A column of fewer characters, or a row of fewer points, cannot be seen."""
SHAPE: Final = re.compile(rb":(?:sp|pic|cxnSp)[ >/]")
"""In a drawing: a shape, a text box, a picture or a line; a chart is none of these."""
OUR_NAMES: Final = "_xlnm."
"""The names that a spreadsheet program itself makes, such as the titles to print."""
FOREIGN_PARTS: Final[Mapping[str, str]] = {
    "vbaproject": "een macro",
    "externallinks/": "een koppeling met een ander bestand",
    "connections.xml": "een koppeling met gegevens van buiten",
    "querytables/": "een koppeling met gegevens van buiten",
    "embeddings/": "een ingesloten bestand",
    "activex/": "een besturingselement",
    "ctrlprops/": "een besturingselement",
    "media/": "een afbeelding",
}
"""Parts of a file that the toolkit never writes, and what they are."""


class StoredCell(NamedTuple):
    """One cell of a file.

    Attributes:
        value: its value; for a formula the cached value, None where there is none.
        formula: the text of its formula, empty where it is shared with another cell; None for a
            pasted value.
        style: the number of its style.
    """

    value: Stored
    formula: str | None
    style: int


StoredCells = Mapping[tuple[int, int], StoredCell]


@dataclass(frozen=True)
class StoredSheet:
    """One sheet of a file.

    Attributes:
        naam: its name.
        hidden: whether the sheet is hidden.
        cells: the cells that are not empty, by row and column counted from 1.
        hidden_rows: the rows that are hidden; 0 stands for all rows without a height of their own.
        hidden_columns: the columns that are hidden, from the first to the last of each run.
        coloured: the areas whose colours depend on what the cells show.
    """

    naam: str
    hidden: bool
    cells: StoredCells
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[tuple[int, int], ...]
    coloured: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Contents:
    """What a file holds.

    Attributes:
        sheets: the sheets by name, in order.
        names: the defined names that somebody made.
        foreign: what the toolkit never writes, in Dutch: macros, links to other files.
        formats: the number format of each style.
    """

    sheets: Mapping[str, StoredSheet]
    names: tuple[str, ...]
    foreign: tuple[str, ...]
    formats: Sequence[str]


def read_contents(name: str, data: bytes) -> Contents:
    """Read what a workbook file holds.

    Args:
        name: the name of the file, for messages.
        data: its bytes, known to be safe to unpack.

    Raises:
        FindingsError: the file is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            scan_parts(archive)
            return _read(archive)
    except TooLargeError as fault:
        raise _refusal(f"'{name}' is te groot om te controleren.") from fault
    except (LookupError, SyntaxError, ExpatError, *ZIP_FAULTS) as fault:
        raise _refusal(f"'{name}' is beschadigd en kan niet worden gelezen.") from fault


def _refusal(wat: str) -> FindingsError:
    return FindingsError([Finding("", "", wat, ASK_AGAIN)])


def _read(archive: zipfile.ZipFile) -> Contents:
    main = _main_part(archive)
    workbook = fromstring(archive.read(main))
    targets = _targets(archive, main)
    strings = _strings(archive, targets)
    sheets = {}
    for element in _all(workbook, "sheet"):
        name = element.attrib["name"]
        if name in sheets:
            raise ValueError(f"two sheets with one name: {name!r}")
        is_hidden = element.get("state", "visible") != "visible"
        with archive.open(targets[_attribute(element, "id")][1]) as stream:
            sheets[name] = _sheet(name, is_hidden, stream, strings)
    names = tuple(
        element.attrib["name"]
        for element in _all(workbook, "definedName")
        if not element.attrib["name"].startswith(OUR_NAMES)
    )
    foreign = (*_foreign(archive), *_other_calendar(workbook))
    return Contents(sheets, names, foreign, _formats(archive, targets))


def _other_calendar(workbook: Element) -> Iterator[str]:
    if any(_is_true(element.get("date1904")) for element in _all(workbook, "workbookPr")):
        yield "een telling van dagen vanaf 1904, zodat elke datum anders wordt getoond"


def _main_part(archive: zipfile.ZipFile) -> str:
    for kind, target in _targets(archive, "").values():
        if kind == "officeDocument":
            return target
    raise LookupError("no main part")


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The kind and the part of each relation of a part, by id."""
    folder, name = posixpath.split(part)
    relations = fromstring(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    return {
        element.attrib["Id"]: (
            element.attrib["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, element.attrib["Target"])).lstrip("/"),
        )
        for element in relations
        if element.get("TargetMode") != "External"
    }


def _part_of(targets: Mapping[str, tuple[str, str]], kind: str) -> str | None:
    return next((part for found, part in targets.values() if found == kind), None)


def _foreign(archive: zipfile.ZipFile) -> Iterator[str]:
    """What a workbook of the toolkit does not have."""
    seen = set()
    for part in archive.namelist():
        seen |= {what for mark, what in FOREIGN_PARTS.items() if mark in part.lower()}
        if "drawings/drawing" in part.lower() and SHAPE.search(archive.read(part)):
            seen.add("een vorm of tekstvak, dat cellen kan bedekken")
        if part.lower().endswith(".rels"):
            seen |= {
                f"een verwijzing naar buiten ({storable(element.get('Target', ''))[:100]})"
                for element in fromstring(archive.read(part))
                if element.get("TargetMode") == "External"
            }
    yield from sorted(seen)


def _formats(archive: zipfile.ZipFile, targets: Mapping[str, tuple[str, str]]) -> list[str]:
    part = _part_of(targets, "styles")
    if part is None:
        return []
    styles = fromstring(archive.read(part))
    codes = dict(BUILT_IN_FORMATS)
    for element in _all(styles, "numFmt"):
        if "numFmtId" in element.attrib:
            codes[int(element.attrib["numFmtId"])] = element.get("formatCode", Format.GENERAL)
    used = next(_all(styles, "cellXfs"), ())
    numbers = (int(style.get("numFmtId", 0)) for style in used)
    return [codes.get(number, f"ingebouwd {number}") for number in numbers]


def _strings(archive: zipfile.ZipFile, targets: Mapping[str, tuple[str, str]]) -> list[str]:
    part = _part_of(targets, "sharedStrings")
    if part is None:
        return []
    strings = []
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            if _local(element.tag) == "si":
                strings.append(_text(element))
                element.clear()
    return strings


def _sheet(name: str, is_hidden: bool, stream: IO[bytes], strings: Sequence[str]) -> StoredSheet:
    cells: dict[tuple[int, int], StoredCell] = {}
    hidden_rows: list[int] = []
    hidden_columns: list[tuple[int, int]] = []
    coloured: list[Area] = []
    row = 0
    for _, element in iterparse(stream):
        match _local(element.tag):
            case "row":
                row = int(element.get("r", row + 1))
                if _is_hidden(element, "ht"):
                    hidden_rows.append(row)
                cells.update(_row_cells(element, row, strings))
                element.clear()
            case "col" if _is_hidden(element, "width"):
                hidden_columns.append((int(element.attrib["min"]), int(element.attrib["max"])))
            case "conditionalFormatting":
                coloured += (_area(name, text) for text in element.get("sqref", "").split())
            case "sheetFormatPr" if _is_true(element.get("zeroHeight")):
                hidden_rows.append(0)
    return StoredSheet(
        name, is_hidden, cells, tuple(hidden_rows), tuple(hidden_columns), tuple(coloured)
    )


def _area(sheet: str, text: str) -> Area:
    left, top, right, bottom = range_boundaries(text)
    return Area(sheet, top or 1, left or 1, bottom or MAX_ROW, right or MAX_COLUMN)


def _is_true(attribute: str | None) -> bool:
    return attribute in ("1", "true")


def _is_hidden(element: Element, size: str) -> bool:
    return _is_true(element.get("hidden")) or float(element.get(size, 1)) < SMALLEST


def _row_cells(
    element: Element, row: int, strings: Sequence[str]
) -> Iterator[tuple[tuple[int, int], StoredCell]]:
    column = 0
    for cell in element:
        at = cell.get("r")
        column = coordinate_to_tuple(at)[1] if at else column + 1
        found = _cell(cell, strings)
        if found.formula is not None or found.value not in (None, ""):
            yield (row, column), found


def _cell(cell: Element, strings: Sequence[str]) -> StoredCell:
    formula: str | None = None
    value: Stored = None
    kind = cell.get("t", "n")
    for part in cell:
        match _local(part.tag):
            case "f":
                formula = part.text or ""
            case "v":
                value = _value(kind, part.text or "", strings)
            case "is":
                value = _text(part)
    return StoredCell(value, formula, int(cell.get("s", 0)))


def _value(kind: str, text: str, strings: Sequence[str]) -> Stored:
    match kind:
        case "s":
            return strings[int(text)]
        case "str" | "e":
            return _unescaped(text)
        case "b":
            return text == "1"
        case "d":
            return float(serial(date.fromisoformat(text[:10])))
        case _:
            return finite(text) if text else None


def _text(element: Element) -> str:
    """The text of a shared or inline string; what is said above the characters is left out."""
    pieces = []
    for child in element:
        match _local(child.tag):
            case "t":
                pieces.append(child.text or "")
            case "r":
                pieces += [part.text or "" for part in child if _local(part.tag) == "t"]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return storable(text)


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _local(element.tag) == name)


def _attribute(element: Element, name: str) -> str:
    """An attribute by its name without a namespace, which differs between kinds of files."""
    for key, value in element.attrib.items():
        if _local(key) == name and key != name:
            return value
    raise LookupError(f"no attribute {name!r}")


@cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
