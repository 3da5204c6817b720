"""What a workbook file holds, cell by cell, whoever saved it last.

The one reader of workbooks: of input, which wants values, and of what a verifier looks at, which wants
what stands in the file: each formula with the value cached beside it, what is hidden, and what a
workbook of this toolkit never has (names, links to other files, macros).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from xml.parsers.expat import ExpatError

from finance.findings import Finding, FindingsError
from finance.tables.grid import storable
from finance.xlsx.archive import ASK_AGAIN, SAVE_AS_XLSX, ZIP_FAULTS, refusal, refuse_size
from finance.xlsx.faults import DamagedCellError, OverlongError
from finance.xlsx.formats import formats_of
from finance.xlsx.forms import twofold
from finance.xlsx.package import Package, Relation, TooLargeError, local
from finance.xlsx.worksheet import (
    Place,
    Shared,
    Stored,
    StoredCell,
    StoredCells,
    StoredSheet,
    is_true,
    read_sheet,
    unescaped,
)

__all__ = [
    "Calculation",
    "Contents",
    "Place",
    "Shared",
    "Stored",
    "StoredCell",
    "StoredCells",
    "StoredSheet",
    "application_of",
    "opened",
    "read_contents",
    "refuse_bombs",
]

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
    "/tables/": "een tabel, die cellen anders kan kleuren",
    "customui/": "een eigen lint",
    "webextensions/": "een invoegtoepassing",
    "richdata/": "een gegevenstype of een afbeelding in een cel",
}
"""Parts of a file that the toolkit never writes, and what they are."""
FAULTS: Final = (LookupError, ExpatError, *ZIP_FAULTS)
"""What reading a damaged part raises."""
Wanted = Callable[[str], bool]


@dataclass(frozen=True)
class Calculation:
    """What a file says about the results that stand in it.

    Attributes:
        on_load: whether everything is to be calculated when it is opened, so that nothing need have been.
        manual: whether it calculates only when somebody asks.
        complete: whether it was calculated before it was saved.
    """

    on_load: bool = False
    manual: bool = False
    complete: bool = True


@dataclass(frozen=True)
class Contents:
    """What a file holds.

    Attributes:
        sheets: the sheets by name, in order; those that were not to be read without cells.
        names: the defined names that somebody made.
        foreign: what the toolkit never writes, in Dutch: macros, links to other files.
        formats: the number format of each style.
        from_1904: whether days are counted from 1904.
        calculation: what it says about the results that stand in it.
        definitions: what each defined name of the whole workbook stands for.
        doubt: why the results that stood in it could not be trusted, in Dutch; empty where they could.
    """

    sheets: Mapping[str, StoredSheet]
    names: tuple[str, ...]
    foreign: tuple[str, ...]
    formats: Sequence[str]
    from_1904: bool = False
    calculation: Calculation = Calculation()
    definitions: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""


def opened(name: str, data: bytes) -> Package:
    """Open a workbook file; of what stands in it nothing was read.

    Args:
        name: the name of the file, for messages.
        data: its bytes.

    Raises:
        FindingsError: the file is damaged, or no Excel workbook.
    """
    try:
        return Package(name, data)
    except FAULTS as fault:
        raise _damaged(name) from fault


def refuse_bombs(name: str, data: bytes) -> None:
    """Refuse a file of which another program that reads all of it would get too much.

    Args:
        name: the name of the file, for messages.
        data: its bytes.

    Raises:
        FindingsError: a part unpacks to far more than it should, or is there twice.
    """
    package = opened(name, data)
    for part in package.parts:
        try:
            package.read(part)
        except TooLargeError:
            refuse_size(name)
        except FAULTS:
            continue  # A damaged part is no bomb; whether it matters is for its reader to say.


def read_contents(name: str, data: bytes) -> Contents:
    """Read all that a workbook file holds.

    Args:
        name: the name of the file, for messages.
        data: its bytes.

    Raises:
        FindingsError: the file is damaged, or too large.
    """
    package = opened(name, data)
    return contents_of(package, foreign=True)


def contents_of(package: Package, wanted: Wanted = lambda _naam: True, *, foreign: bool = False) -> Contents:
    """Read what a workbook file holds.

    Args:
        package: the file.
        wanted: whether the cells of a sheet are to be read; of another sheet only its name is.
        foreign: whether what the toolkit never writes is looked for, in all parts of the file.

    Raises:
        FindingsError: what is to be read is damaged, or too large.
    """
    try:
        workbook = Workbook(package)
        sheets = {item.naam: _sheet_of(workbook, item, wanted) for item in workbook.sheets}
        return Contents(
            sheets,
            tuple(naam for naam in workbook.definitions if not naam.startswith(OUR_NAMES)),
            tuple(_foreign(workbook)) if foreign else (),
            workbook.formats if any(sheet.cells for sheet in sheets.values()) else [],
            workbook.from_1904,
            workbook.calculation,
            {naam: what for naam, what in workbook.definitions.items() if naam not in workbook.local_names},
        )
    except TooLargeError as fault:
        raise refusal(
            f"'{package.name}' heeft veel meer cellen dan een werkmap van deze toolkit nodig heeft.",
            "Haal bladen en opmaak die er niet bij horen weg.",
        ) from fault
    except FAULTS as fault:
        raise _damaged(package.name) from fault


def _damaged(name: str, wat: str = "") -> FindingsError:
    return refusal(f"'{name}' is beschadigd en kan niet worden gelezen{wat}.", ASK_AGAIN)


@dataclass(frozen=True)
class NamedSheet:
    """A sheet as the workbook names it.

    Attributes:
        naam: its name.
        hidden: whether it is hidden.
        id: how it names the part that holds it.
    """

    naam: str
    hidden: bool
    id: str


class Workbook:
    """What the main part of a workbook file says, and what its sheets share."""

    def __init__(self, package: Package) -> None:
        """Read the main part.

        Raises:
            FindingsError: it is no workbook, or some of its sheets cannot be told apart.
        """
        self.package = package
        self._root = package.parse(package.main)
        if self._root.tag != "workbook":
            raise refusal(f"'{package.name}' is geen Excel-werkmap (.xlsx).", SAVE_AS_XLSX)
        self._texts: Sequence[str] | None = None
        self.sheets = self._sheets()

    @cached_property
    def _relations(self) -> Mapping[str, Relation]:
        """The parts of the file that it refers to, by the name that it gives them."""
        found = self.package.relations(self.package.main)
        return {item.id: item for item in found if not item.external and item.part in self.package}

    def _sheets(self) -> Sequence[NamedSheet]:
        found = [
            NamedSheet(
                unescaped(element.attrib["name"]),
                element.get("state", "visible") != "visible",
                element.get("id", ""),
            )
            for element in self._root.findall("./sheets/sheet")
        ]
        if not found or len({item.naam for item in found}) < len(found):
            raise lost(self.package.name)
        return found

    @property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904."""
        return any(is_true(item.get("date1904")) for item in self._root.findall("workbookPr"))

    @property
    def definitions(self) -> Mapping[str, str]:
        """What each defined name stands for."""
        found = self._root.findall("./definedNames/definedName")
        # A name of one sheet only gives way to one of the whole workbook.
        found.sort(key=lambda item: "localSheetId" not in item.attrib)
        return {item.attrib["name"]: item.text or "" for item in found if "name" in item.attrib}

    @property
    def local_names(self) -> frozenset[str]:
        """The defined names that mean something on one sheet only."""
        found = self._root.findall("./definedNames/definedName")
        return frozenset(item.get("name", "") for item in found if "localSheetId" in item.attrib)

    @property
    def calculation(self) -> Calculation:
        """What it says about the results that stand in it."""
        element = self._root.find("calcPr")
        found: Mapping[str, str] = {} if element is None else element.attrib
        return Calculation(
            is_true(found.get("fullCalcOnLoad")),
            found.get("calcMode") == "manual",
            is_true(found.get("calcCompleted", "1")),
        )

    @property
    def formats(self) -> Sequence[str]:
        """The number format of each style; none where the styles cannot be read."""
        part = self._part("styles")
        if part is None:
            return []
        try:
            return formats_of(self.package.parse(part))
        except FAULTS:
            return []

    def texts(self) -> Sequence[str]:
        """The texts that the sheets share, read when the first cell asks for one."""
        if self._texts is None:
            part = self._part("sharedStrings")
            self._texts = [] if part is None else _strings(self.package, part)
        return self._texts

    def _part(self, kind: str) -> str | None:
        return next((item.part for item in self._relations.values() if item.kind == kind), None)

    def relation(self, sheet: NamedSheet) -> Relation:
        """The part that holds a sheet.

        Raises:
            FindingsError: it is not there.
        """
        if sheet.id not in self._relations:
            raise lost(self.package.name)
        return self._relations[sheet.id]


def application_of(package: Package) -> str:
    """The program that wrote a file, as it calls itself; empty where it does not say so readably."""
    for relation in package.relations():
        if relation.kind == "extended-properties" and relation.part in package:
            try:
                found = package.parse(relation.part).find("Application")
            except (FindingsError, TooLargeError, *FAULTS):
                return ""
            return "" if found is None else (found.text or "").strip()
    return ""


def lost(name: str) -> FindingsError:
    """The error for a workbook of which not all sheets can be found."""
    return refusal(f"De bladen van '{name}' zijn niet allemaal te vinden.", ASK_AGAIN)


def _sheet_of(workbook: Workbook, item: NamedSheet, wanted: Wanted) -> StoredSheet:
    package = workbook.package
    if not wanted(item.naam):
        return StoredSheet(item.naam, item.hidden, {}, (), ())
    relation = workbook.relation(item)
    if relation.kind != "worksheet":
        return StoredSheet(item.naam, item.hidden, {}, (), ())
    try:
        return read_sheet(package, relation.part, item.naam, workbook.texts, hidden=item.hidden)
    except OverlongError as fault:
        below = fault.filled + 1
        raise FindingsError(
            [
                Finding(
                    item.naam,
                    f"rij {below}",
                    f"Het blad heeft opmaak tot rij {fault.last} of verder, maar is leeg vanaf rij {below}.",
                    f"Verwijder rij {below} en alles daaronder (Rijen verwijderen, niet: wissen) en sla op.",
                )
            ]
        ) from fault
    except FAULTS as fault:
        cell = fault.cell if isinstance(fault, DamagedCellError) else ""
        where = f"blad '{item.naam}'" + (f", bij {cell}" if cell else "")
        raise _damaged(package.name, f" ({where})") from fault


def _strings(package: Package, part: str) -> Sequence[str]:
    reader = _StringReader()
    package.follow(part, reader)
    return reader.strings


class _StringReader:
    """Follows the shared texts; what is said above the characters (phonetic text) is left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._depth = 0
        self._in_text = self._is_phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "t":
            self._in_text = not self._is_phonetic
        elif name == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        name = local(name)
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "si":
            self.strings.append(unescaped("".join(self._pieces)))
            self._pieces.clear()

    def text(self, data: str) -> None:
        if self._in_text:
            self._pieces.append(data)


def _foreign(workbook: Workbook) -> Iterator[str]:
    """What a workbook of the toolkit does not have."""
    package = workbook.package
    seen = set()
    for part in package.parts:
        seen |= {what for mark, what in FOREIGN_PARTS.items() if mark in part}
        try:
            seen.update(_foreign_in(package, part))
        except FAULTS:
            seen.add(f"een onderdeel dat niet te lezen is ({storable(part)[:100]})")
    yield from sorted(seen)
    if workbook.from_1904:
        yield "een telling van dagen vanaf 1904, zodat elke datum anders wordt getoond"


def _foreign_in(package: Package, part: str) -> Iterator[str]:
    """What one part has that a workbook of the toolkit does not have."""
    yield from twofold(package, part)
    if "drawings/drawing" in part and part.endswith(".xml") and SHAPE.search(package.read(part)):
        yield "een vorm of tekstvak, dat cellen kan bedekken"
    if part.endswith(".rels"):
        for element in package.parse(part):
            if element.get("TargetMode") == "External":
                yield f"een verwijzing naar buiten ({storable(element.get('Target', ''))[:100]})"
