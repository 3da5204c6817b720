"""Golden parts: what a small sheet, its texts, styles and its chart look like in the file, as text that can be read.

After a change that is meant, make the texts again and read what `git diff` shows of them:

    python -m tests.finance.xlsx.golden
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from finance.money import Money
from finance.tables import live, pasted
from finance.tables.columns import holds
from finance.tables.grid import Book, Format, Origin, OriginKind, Role
from finance.tables.pages import Column, Fact, Facts, Figure, Notes, Page, Table
from finance.tables.painting import book_of
from finance.xlsx.write import book_bytes

FOLDER: Final = Path(__file__).parent
PARTS: Final = {
    "xl/worksheets/sheet1.xml": "blad.xml",
    "xl/sharedStrings.xml": "teksten.xml",
    "xl/styles.xml": "stijlen.xml",
    "xl/charts/chart1.xml": "grafiek.xml",
}
"""The golden parts of the file, and where the text of each is kept."""
ROWS: Final = (("sloop & grond", 2024, 125_050), ("nieuwbouw", 2025, 9_999_999))


def golden_book() -> Book:
    """One sheet in which each kind of block and of cell occurs once or twice."""
    return book_of("Proef", (_page(),))


def _page() -> Page:
    return Page(
        "proef",
        "Proef van alles",
        "Wat dit blad laat zien: een regel uitleg die over de hele breedte gaat.",
        (
            Facts(
                "Feiten",
                (
                    Fact("Peildatum", date(2026, 3, 1), Format.DATE, Role.INPUT_SOURCED),
                    Fact("Zie", "de tabel", link="proef!A1"),
                ),
            ),
            _table(),
            Figure("Bedragen", "euro", "post", "naam", ("bedrag",), ("hoger",), across="post"),
            Notes("Hoe dit te lezen", ("Een regel.", "En nog een.")),
        ),
        tab="berekening",
    )


def _table() -> Table[tuple[str, int, int]]:
    def origin(row: tuple[str, int, int]) -> Origin:
        return Origin(OriginKind.FIXED, f"vast, {row[0]}")

    return Table(
        "post",
        "Posten",
        ROWS,
        (
            pasted.text("naam", "Post", lambda row: row[0], width=16, wrap=True),
            pasted.decision("jaar", "Start", lambda row: row[1], Format.YEAR),
            Column(
                "bedrag",
                "Bedrag",
                lambda row: Money(row[2]),
                "",
                Format.EURO,
                lambda row: Role.INPUT_SOURCED if row[1] < 2025 else Role.INPUT_ASSUMED,
                14,
                total=True,
                origin=origin,
            ),
            live.euro("hoger", "Een tiende hoger", "ROUND([bedrag]*11/10,2)"),
            live.number("gedraaid", "Hoeveelste", "N([-gedraaid])+1", Format.COUNT),
            live.check("oordeel", "Oordeel", holds("[hoger]<1000")),
        ),
        "Een regel onder de tabel.",
    )


def parts() -> Mapping[str, str]:
    """The golden parts as they are written now, each with an element on a line."""
    with zipfile.ZipFile(io.BytesIO(book_bytes(golden_book()))) as archive:
        return {name: _readable(archive.read(part)) for part, name in PARTS.items()}


def _readable(part: bytes) -> str:
    for _, (prefix, uri) in ET.iterparse(io.BytesIO(part), ["start-ns"]):
        ET.register_namespace(prefix, uri)
    root = ET.fromstring(part)
    ET.indent(root)
    return ET.tostring(root, "unicode") + "\n"
