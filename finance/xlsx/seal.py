"""The seal: the content of a workbook as it was written, kept in the workbook itself.

The last sheet holds every cell of the other sheets (value, formula, role) as text that spreadsheet
programs carry along unread, with a fingerprint. What was changed afterwards can so be named cell
by cell. It is evidence of accidents and of quiet edits, not proof against a forger, who can make a
seal anew; the sheet says so.

The content of version 2 is one JSON object with sections: `cellen`, and what else a reader needs to
know of the workbook (see `Sections`): where each table stands, with keys, so that no program looks for
a Dutch heading, and the input and the decisions of a plan in the ids of the input. The content of
version 1, which older versions of the toolkit wrote, is the list that stands in `cellen` alone. Both
are read.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from finance.collector import collector_off
from finance.findings import Finding, FindingsError
from finance.money import Money
from finance.tables.grid import (
    Book,
    Cell,
    Format,
    Origin,
    OriginKind,
    Role,
    Sheet,
    TablePlace,
    Value,
    as_float,
    finite,
    serial,
    storable,
)

SEAL_SHEET: Final = "zegel"
VERSION: Final = 2
"""The version of the seals that are written."""
FIRST: Final = 1
"""The version whose content is a list of cells without anything else."""
KNOWN_VERSIONS: Final = (FIRST, VERSION)
NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
CHUNK: Final = 30_000
"""The length of one piece, in characters; a cell holds at most 32,767."""
MAX_CONTENT: Final = 256 * 1024 * 1024
"""The largest content that is unpacked, in bytes."""

VERSION_LABEL: Final = "versie van het zegel"
FINGERPRINT_LABEL: Final = "vingerafdruk (SHA-256)"
COUNT_LABEL: Final = "aantal delen"
PART: Final = re.compile(r"deel ([1-9][0-9]{0,5})")
EXPLANATION: Final = (
    "Dit blad bewaart hoe alle andere bladen waren toen de toolkit deze werkmap schreef: elke waarde en"
    " elke formule, en hoe alles eruitzag, samengeperst tot tekst.",
    "Het commando 'spuk verify' leest dit blad, rekent de werkmap opnieuw uit en noemt elke cel die"
    " sindsdien is gewijzigd. Laat dit blad daarom ongewijzigd staan.",
    "Ook de invoer, de besluiten en de plaats van elke tabel staan erin, zodat 'spuk diff' geen koppen hoeft"
    " te lezen. Wie een ander blad weghaalt voor het versturen, stuurt de inhoud daarvan hier nog mee.",
    "De vingerafdruk hoort bij de bewaarde inhoud. Staat dezelfde vingerafdruk in een stuk dat elders is"
    " vastgelegd, dan is de inhoud dezelfde.",
    "Het zegel laat vergissingen en stille wijzigingen zien. Het is geen bewijs tegen wie het zegel zelf"
    " opnieuw maakt: bewaar daarom het oorspronkelijke bestand.",
)


@dataclass(frozen=True, slots=True)
class SealedCell:
    """One cell as it was written.

    Attributes:
        shown: its value as a workbook stores it: a text, or a number (an amount in euros, a date
            as a serial number).
        exact: the value as canonical text: a decimal string, a date as 2026-11-22, or the text.
        formula: its formula without `=`; empty for a pasted value.
        role: what it is.
        fmt: how the value is shown.
        origin: where a pasted value comes from; None where that was not said.
    """

    shown: str | float
    exact: str
    formula: str
    role: Role
    fmt: Format
    origin: Origin | None = None


NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
NO_CONTENT: Final = "de inhoud is geen inhoud van een werkmap"

SealedCells = Mapping[tuple[int, int], SealedCell]


SealedRow = tuple[int, int, str, str, str, Role, Format]
"""Row, column, kind of value (`t`ext, `n`umber, `d`ate), value, formula, role and format."""
SealedOrigin = tuple[OriginKind, str, tuple[str, ...], str]
"""What its origin is, where that is, what else a reader must know of it, and what cell it is about."""
TracedRow = tuple[int, int, str, str, str, Role, Format, SealedOrigin]
"""The same, with its origin."""
SheetsOfCells = list[tuple[str, list[SealedRow | TracedRow]]]


class Sections(BaseModel):
    """The content of a seal by its sections; a section that says nothing is left out.

    Attributes:
        cellen: the cells of each sheet.
        tabellen: where the tables stand in them.
        gegevens: what the workbook is and what it was made from.
        uiterlijk: what the eye sees besides what the cells hold; None for nothing.
        resultaat: the SHA-256 of the result that was written beside the workbook; empty for none.
        herkomst: what the workbook was made from: its input, the toolkit, the rules, by their names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    cellen: SheetsOfCells
    tabellen: tuple[TablePlace, ...] = ()
    gegevens: dict[str, Any] = {}
    uiterlijk: Any = None
    resultaat: str = ""
    herkomst: Mapping[str, str] = Field(default_factory=dict)


CONTENT_OF_FIRST: Final = TypeAdapter(SheetsOfCells)


@dataclass(frozen=True)
class Seal:
    """The content of a workbook as it was written.

    Attributes:
        content: the content as canonical JSON, in UTF-8.
        version: the version of its form.
    """

    content: bytes
    version: int = VERSION

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def sections(self) -> Sections:
        """The sections of the content; of version 1 the cells alone.

        Raises:
            FindingsError: the content is not what a seal holds.
        """
        try:
            if self.version == FIRST:
                return Sections(cellen=CONTENT_OF_FIRST.validate_json(self.content))
            return Sections.model_validate_json(self.content)
        except (ValidationError, RecursionError) as fault:
            raise damaged(NO_CONTENT) from fault

    @cached_property
    def sheets(self) -> Mapping[str, SealedCells]:
        """The cells of each sheet that are not empty, by row and column counted from 1.

        Raises:
            FindingsError: the content is not what a seal holds.
        """
        read = self.sections.cellen
        try:
            return {name: {(cell[0], cell[1]): _unsealed(*cell[2:]) for cell in cells} for name, cells in read}
        except (ValueError, ArithmeticError) as fault:
            raise damaged(NO_CONTENT) from fault


@collector_off()
def sealed(book: Book, uiterlijk: object = None, resultaat: str = "", herkomst: Mapping[str, str] = NOTHING) -> Book:
    """The same book with its seal as the last sheet.

    Args:
        book: the content, as it is going to be written.
        uiterlijk: what the eye sees besides, as JSON; None for nothing.
        resultaat: the SHA-256 of the result that is written beside it; empty for none.
        herkomst: what it was made from, by the names of these things.

    Raises:
        ValueError: the book has a sheet of that name already.
    """
    if any(sheet.naam.lower() == SEAL_SHEET for sheet in book.sheets):
        raise ValueError(f"the book has a sheet {SEAL_SHEET!r} already")
    return replace(book, sheets=(*book.sheets, _seal_sheet(seal_of(book, uiterlijk, resultaat, herkomst))))


def seal_of(book: Book, uiterlijk: object = None, resultaat: str = "", herkomst: Mapping[str, str] = NOTHING) -> Seal:
    """The seal of a book; equal books have equal seals.

    Args:
        book: the content, without a sheet for the seal.
        uiterlijk: what the eye sees besides, as JSON; None for nothing.
        resultaat: the SHA-256 of the result that is written beside it; empty for none.
        herkomst: what it was made from, by the names of these things.
    """
    sections = {
        "cellen": _sealed_cells(book),
        "tabellen": [asdict(place) for place in book.tables],
        "gegevens": dict(book.data),
        "uiterlijk": uiterlijk,
        "resultaat": resultaat,
        "herkomst": dict(herkomst),
    }
    said = {name: section for name, section in sections.items() if section or name == "cellen"}
    return Seal(json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())


def _sealed_cells(book: Book) -> list[object]:
    return [
        [
            sheet.naam,
            [
                _sealed_row(at, cell)
                for at, cell in sorted(sheet.cells.items(), key=_place)
                if cell.formula or cell.value not in (None, "")
            ],
        ]
        for sheet in book.sheets
    ]


def read_seal(texts: Mapping[tuple[int, int], object]) -> Seal:
    """Read a seal back from the cells of its sheet.

    Args:
        texts: the values of the sheet, by row and column; what is no part of the seal is ignored.

    Raises:
        FindingsError: the seal is damaged, or of a version that this toolkit does not know.
    """
    labelled = {label: texts.get((row, column + 1)) for (row, column), label in texts.items() if isinstance(label, str)}
    version = _version(labelled.get(VERSION_LABEL))
    seal = Seal(_unpacked(_parts(labelled)), version)
    if seal.fingerprint != labelled.get(FINGERPRINT_LABEL):
        raise damaged("de vingerafdruk klopt niet")
    return seal


def _version(text: object) -> int:
    if not NUMBER.fullmatch(str(text)):
        raise damaged("de versie is niet te lezen")
    version = int(str(text))
    if version not in KNOWN_VERSIONS:
        wat = (
            f"Het zegel heeft versie {version} en deze toolkit kent tot en met versie {VERSION}: de werkmap"
            " is gemaakt met een nieuwere toolkit."
        )
        raise FindingsError([Finding(SEAL_SHEET, "", wat, "Gebruik die nieuwere versie van de toolkit.")])
    return version


def _place(item: tuple[tuple[int, int], Cell]) -> tuple[int, int]:
    return item[0]


def _sealed_row(at: tuple[int, int], cell: Cell) -> tuple[object, ...]:
    kind, text = canonical(cell.value)
    row = (*at, kind, text, storable(cell.formula), cell.role.value, cell.fmt.value)
    if cell.origin is None:
        return row
    origin = cell.origin
    more = [storable(text) for text in origin.bij]
    return (*row, (origin.kind.value, storable(origin.waar), more, storable(origin.voor)))


def canonical(value: Value) -> tuple[str, str]:
    """The kind of a value (`t`ext, `n`umber, `d`ate), and its one spelling."""
    match value:
        case None:
            return "t", ""
        case str():
            return "t", storable(value)
        case date():
            return "d", date.isoformat(date(value.year, value.month, value.day))
        case Money() | int():
            return "n", str(value)
        case Decimal():
            return "n", f"{value:f}"
        case _:
            # A fraction such as 1/3 has no last decimal: keep the number that the workbook holds.
            return "n", f"{Decimal(repr(as_float(value))):f}"


def _unsealed(
    kind: str, exact: str, formula: str, role: Role, fmt: Format, origin: SealedOrigin | None = None
) -> SealedCell:
    shown: str | float = exact
    if kind == "n":
        shown = finite(exact)
    elif kind == "d":
        shown = serial(date.fromisoformat(exact))
    elif kind != "t":
        raise ValueError(f"a kind of value that does not exist: {kind}")
    return SealedCell(shown, exact, formula, role, fmt, Origin(*origin) if origin else None)


def _seal_sheet(seal: Seal) -> Sheet:
    packed = base64.b64encode(zlib.compress(seal.content, 9)).decode()
    parts = [packed[start : start + CHUNK] for start in range(0, len(packed), CHUNK)]
    rows = [
        (VERSION_LABEL, str(seal.version)),
        (FINGERPRINT_LABEL, seal.fingerprint),
        (COUNT_LABEL, str(len(parts))),
        *((f"deel {number}", part) for number, part in enumerate(parts, 1)),
    ]
    cells = dict(_layout(rows))
    return Sheet(SEAL_SHEET, cells, {1: 26, 2: 80, 3: 10})


def _layout(rows: list[tuple[str, str]]) -> Iterator[tuple[tuple[int, int], Cell]]:
    yield (1, 1), Cell("Zegel: de inhoud zoals die is geschreven", Role.TITLE)
    for row, text in enumerate(EXPLANATION, 2):
        yield (row, 1), Cell(text, Role.NOTE)
    head = len(EXPLANATION) + 3
    for column, name in enumerate(("onderdeel", "inhoud", "tekens"), 1):
        yield (head, column), Cell(name, Role.HEADER)
    for row, (label, text) in enumerate(rows, head + 1):
        yield (row, 1), Cell(label)
        yield (row, 2), Cell(text, fmt=Format.TEXT)
        # The count also keeps a long text from running on over the rest of the sheet.
        yield (row, 3), Cell(len(text), fmt=Format.COUNT)


def _parts(labelled: Mapping[str, Any]) -> str:
    """The pieces in their order, joined."""
    numbered = {int(match[1]): text for label, text in labelled.items() if (match := PART.fullmatch(label))}
    expected = list(range(1, len(numbered) + 1))
    if sorted(numbered) != expected or str(labelled.get(COUNT_LABEL)) != str(len(expected)):
        raise damaged("er ontbreekt een deel")
    if not all(isinstance(text, str) for text in numbered.values()):
        raise damaged("een deel is geen tekst meer")
    return "".join(numbered[number] for number in expected)


def _unpacked(packed: str) -> bytes:
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(packed, validate=True), MAX_CONTENT)
    except (ValueError, zlib.error) as fault:
        raise damaged("een deel is gewijzigd") from fault
    if not unpacker.eof:
        raise damaged("de inhoud is onvolledig of te groot")
    return content


def damaged(why: str) -> FindingsError:
    """The refusal of a seal that is damaged, and why."""
    return FindingsError(
        [
            Finding(
                SEAL_SHEET,
                "",
                f"Het zegel is beschadigd: {why}.",
                "Wat er is gewijzigd is niet meer vast te stellen; vraag het oorspronkelijke bestand.",
            )
        ]
    )
