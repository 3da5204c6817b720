"""Workbooks with a seal of version 1, as the toolkit wrote them before the seal had sections."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import replace

from finance.tables.grid import Book, Cell, Role, Sheet
from finance.xlsx.seal import Seal, seal_of


def content_of(book: Book) -> bytes:
    """What a seal of version 1 holds: the list of the cells of each sheet."""
    cells = json.loads(seal_of(book).content)["cellen"]
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode()


def first_seal(book: Book) -> Seal:
    """The seal of version 1."""
    return Seal(content_of(book), version=1)


def sealed_by_one(book: Book) -> Book:
    """The book with its seal of version 1 as the last sheet."""
    content = content_of(book)
    packed = base64.b64encode(zlib.compress(content, 9)).decode()
    parts = [packed[start : start + 30_000] for start in range(0, len(packed), 30_000)]
    rows = [
        ("onderdeel", "inhoud"),
        ("versie van het zegel", "1"),
        ("vingerafdruk (SHA-256)", hashlib.sha256(content).hexdigest()),
        ("aantal delen", str(len(parts))),
        *((f"deel {number}", part) for number, part in enumerate(parts, 1)),
    ]
    cells = {(1, 1): Cell("Zegel: de inhoud zoals die is geschreven", Role.TITLE)}
    for row, texts in enumerate(rows, start=7):
        cells |= {(row, column): Cell(text) for column, text in enumerate(texts, 1)}
    return replace(book, sheets=(*book.sheets, Sheet("zegel", cells)))
