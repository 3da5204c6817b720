"""The cells of a workbook in the plainest spelling, for an engine that knows no other.

An empty cell that is typed as a number is empty, and an engine can take it for 0; a date as text, `true`
for 1 and a space around a number are as good as what Excel writes. What programs may write in more than
one way is written here in the one way that every engine reads; nothing else of the file is touched.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from xml.parsers import expat

from finance.workbook.writing import serial

ROWS: Final = b"sheetData"
UNUSUAL: Final = re.compile(
    rb"""\st=['"][nbd]['"]|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>[\s<]|\s(?:/>|>)\s*</(?:\w+:)?c>"""
)
"""What a sheet holds of which not every engine makes the same; Excel writes none of it."""
WIDE: Final = b"\0"
"""In a part with two bytes for a character, which Excel does not write, nothing is changed."""
CELL_MARKUP: Final = re.compile(rb"^<((?:\w+:)?c)\b")
TYPE: Final = re.compile(rb"""\st=(?:"[^"]*"|'[^']*')""")
DAY: Final = 10
"""The length of a date such as 2026-11-22."""
TRUE: Final = ("true", "1")
NUMBERS: Final = ("n", "b", "d")

Change = tuple[int, int, bytes]
"""From where to where a part changes, and into what."""


def plain_cells(data: bytes) -> bytes:
    """A workbook in which every cell without a formula is written as Excel writes it.

    Args:
        data: the bytes of the workbook, known to be safe to unpack and to read.

    Returns:
        The same bytes where nothing had to change.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.lower().endswith(".xml")}
        changed = {name: _plain(part) for name, part in parts.items() if _is_unusual(part)}
        if all(parts[name] == part for name, part in changed.items()):
            return data
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w") as plain:
            for name in archive.namelist():
                plain.writestr(name, changed.get(name) or parts.get(name) or archive.read(name))
    return result.getvalue()


def _is_unusual(part: bytes) -> bool:
    return ROWS in part and WIDE not in part and UNUSUAL.search(part) is not None


def _plain(part: bytes) -> bytes:
    """A sheet with its cells in plain spelling."""
    pieces, done = [], 0
    for first, last, new in _Cells(part).changes:
        pieces += [part[done:first], new]
        done = last
    return b"".join([*pieces, part[done:]])


@dataclass
class _Cells:
    """Follows the cells of a sheet, and keeps what must change."""

    part: bytes
    changes: list[Change] = field(default_factory=list)
    _first: int = -1
    _kind: str = ""
    _text: str = ""
    _in_value: bool = False
    _is_plain: bool = False

    def __post_init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.Parse(self.part, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._first, self._kind = self._parser.CurrentByteIndex, attributes.get("t", "n")
                self._text, self._is_plain = "", True
            case "v":
                self._in_value = True
            case "f" | "is":
                self._is_plain = False

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v":
                self._in_value = False
            case "c" if self._is_plain and self._first >= 0 and self._kind in NUMBERS:
                opened = self.part.index(b">", self._first)
                is_closed = self.part[opened - 1 : opened] == b"/"
                last = opened if is_closed else self.part.index(b">", self._parser.CurrentByteIndex)
                last += 1
                self.changes += self._changed(self.part[self._first : last], last)
                self._first = -1

    def _data(self, text: str) -> None:
        if self._in_value:
            self._text += text

    def _changed(self, cell: bytes, last: int) -> Iterator[Change]:
        text = self._text.strip()
        if not text:
            yield self._first, last, b""
        elif self._kind != "n" or text != self._text:
            opened = cell[: cell.index(b">")]
            name = CELL_MARKUP.match(opened)
            prefix = name[1][:-1] if name else b""
            kind = b' t="b"' if self._kind == "b" else b""
            value = _value(self._kind, text)
            tag = b"%sv" % prefix
            new = b"%s%s><%s>%s</%s></%sc>" % (TYPE.sub(b"", opened), kind, tag, value.encode(), tag, prefix)
            yield self._first, last, new


def _value(kind: str, text: str) -> str:
    match kind:
        case "b":
            return str(int(text.lower() in TRUE))
        case "d":
            return str(serial(date.fromisoformat(text[:DAY])))
        case _:
            return text
