"""What Excel reads in one way and another program in another way is told, with its part."""

from __future__ import annotations

import re

import pytest

from finance.xlsx.contents import read_contents
from finance.xlsx.sealing import sealed_bytes
from tests.finance.xlsx.edit import edited, sheet_part
from tests.finance.xlsx.look.excel import saved_by_excel
from tests.finance.xlsx.look.tampering import (
    CHART,
    DRAWING,
    STYLES,
    WORKBOOK,
    Edit,
    added,
    both,
    in_sheet,
    replaced,
)
from tests.finance.xlsx.sample import small_book

DATA = sealed_bytes(small_book())
COVER = 1
CHOOSING = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
OWN = f' {CHOOSING} xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
OTHER = f'{OWN} xmlns:own="urn:own" mc:Ignorable="x14ac own"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RULES = '<cfRule type="expression" priority="9"><formula>TRUE</formula></cfRule>'


def told(data: bytes) -> list[str]:
    return list(read_contents("w", data).foreign)


def cell(new: str) -> Edit:
    """One more cell on the cover, behind the last of its row, and a language of its own."""
    row = re.compile(r'(<row r="7".*?)</row>')
    return both(
        in_sheet(COVER, "<worksheet ", f"<worksheet{OTHER} "),
        lambda data: edited(data, {sheet_part(COVER): lambda text: row.sub(rf"\1{new}</row>", text)}),
    )


def styles(old: str, new: str) -> Edit:
    return both(replaced(STYLES, "<styleSheet ", f"<styleSheet{OTHER} "), replaced(STYLES, old, new, 1))


CHOICE = '<mc:AlternateContent><mc:Choice Requires="x14ac">{}</mc:Choice></mc:AlternateContent>'


@pytest.mark.parametrize(
    ("edit", "words", "part"),
    [
        (cell("<own:c r='C7'><own:v>1</own:v></own:c>"), "c, v", sheet_part(COVER)),
        (cell('<c xmlns="urn:own" r="C7"/>'), "c", sheet_part(COVER)),
        (cell(CHOICE.format("<c r='C7'/>")), "c", sheet_part(COVER)),
        (
            in_sheet(
                COVER,
                "</worksheet>",
                f"<mc:AlternateContent {CHOOSING}><mc:Fallback><mergeCells/>"
                "</mc:Fallback></mc:AlternateContent></worksheet>",
            ),
            "mergeCells",
            sheet_part(COVER),
        ),
        (
            in_sheet(
                COVER,
                "</worksheet>",
                '<extLst><ext uri="{X}" xmlns:o="urn:own"><conditionalFormatting'
                f' sqref="A1">{RULES}</conditionalFormatting></ext></extLst></worksheet>',
            ),
            "conditionalFormatting, cfRule",
            sheet_part(COVER),
        ),
        (styles('<color rgb="FF', '<color own:rgb="FFFFFFFF" rgb="FF'), "rgb", STYLES),
        (styles("<fonts ", "<own:fonts/><fonts "), "fonts", STYLES),
        (replaced(CHART, "<c:plotArea>", '<o:plotArea xmlns:o="urn:own"/><c:plotArea>'), "plotArea", CHART),
        (replaced(DRAWING, "<xdr:graphicFrame ", f"<mc:AlternateContent {CHOOSING}/><xdr:graphicFrame "), "", ""),
        (replaced(WORKBOOK, "<sheets>", '<sheets xmlns="urn:own"/><sheets>'), "sheets", WORKBOOK),
        (
            replaced("xl/_rels/workbook.xml.rels", f"{OFFICE}/styles", "http://voorbeeld.nl/styles"),
            "een verwijzing die Excel niet volgt, naar styles.xml",
            "xl/_rels/workbook.xml.rels",
        ),
        (
            replaced(
                "_rels/.rels",
                "</Relationships>",
                f'<Relationship Id="x" Type="{OFFICE}/officeDocument" Target="xl/tweede.xml"/></Relationships>',
            ),
            "meer dan een verwijzing van de soort officeDocument",
            "_rels/.rels",
        ),
        (added("customUI/customUI.xml", "<customUI/>"), "een eigen lint", ""),
        (added("xl/tables/table1.xml", "<a/>"), "een tabel, die cellen anders kan kleuren", ""),
        (added("xl/webextensions/taskpanes.xml", "<a/>"), "een invoegtoepassing", ""),
        (added("xl/richData/rdrichvalue.xml", "<a/>"), "een gegevenstype of een afbeelding in een cel", ""),
    ],
)
def test_what_is_read_in_two_ways_is_told(edit: Edit, words: str, part: str) -> None:
    found = told(edit(DATA))
    if not words:
        assert found == []
        return
    (what,) = found
    assert re.search(rf"\b{re.escape(words)}", what)
    assert what.endswith(f"({part.lower()})" if part else words)


@pytest.mark.parametrize(
    "edit",
    [
        saved_by_excel,
        cell('<c r="C7" x14ac:dyDescent="0.3"/>'),
        in_sheet(
            COVER, "</worksheet>", '<extLst><ext uri="{05C60535}"><o:own xmlns:o="urn:own"/></ext></extLst></worksheet>'
        ),
        in_sheet(
            COVER,
            "</worksheet>",
            '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x:'
            'conditionalFormattings xmlns:x="http://schemas.microsoft.com/office/spreadsheetml/2009/9/'
            'main"/></ext></extLst></worksheet>',
        ),
        added("customXml/item1.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a xmlns="urn:own">&b;</a>'),
        added("customXml/item2.xml", '<a xmlns="urn:own">'),
    ],
    ids=["excel", "own attribute", "own extension", "colouring extension", "document type", "broken"],
)
def test_what_programs_keep_for_themselves_is_not_told(edit: Edit) -> None:
    assert told(edit(DATA)) == []
