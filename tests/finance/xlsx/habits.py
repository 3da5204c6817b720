"""Workbooks as programs write them: raw parts, and what each program puts into a package or leaves out.

`plain_parts` makes the parts of a workbook with nothing but cells. A habit takes the parts of a workbook
and changes them as some program would, without changing what the cells mean.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from xml.sax.saxutils import escape

from finance.tables.grid import address, serial
from tests.casebook import Tables, columns_of_rows

Parts = dict[str, bytes]
Habit = Callable[[Parts], Parts]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
DATE_STYLE = 1


def zipped(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The bytes of a package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def parts_of(data: bytes) -> Parts:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def plain_parts(tables: Tables) -> Parts:
    """A workbook with nothing but cells; empty cells are written too, every text is shared."""
    strings: dict[str, int] = {}
    sheets = {
        f"xl/worksheets/sheet{number}.xml": (HEAD + _sheet(rows, strings)).encode()
        for number, rows in enumerate(tables.values(), start=1)
    }
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(tables, start=1)
    )
    relations = [("worksheet", part.removeprefix("xl/")) for part in sheets]
    relations += [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    styles = (
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="d\\-m\\-yyyy"/></numFmts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    )
    return {
        "[Content_Types].xml": f"{HEAD}{_content_types(sheets)}".encode(),
        "_rels/.rels": _relations([("officeDocument", WORKBOOK)]),
        WORKBOOK: f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/>'
        f"<sheets>{names}</sheets></workbook>".encode(),
        WORKBOOK_RELS: _relations(relations),
        STRINGS: f'{HEAD}<sst xmlns="{MAIN}">{texts}</sst>'.encode(),
        STYLES: f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'.encode(),
        **sheets,
    }


def _sheet(rows: list[dict[str, object]], strings: dict[str, int]) -> str:
    table = [columns_of_rows(rows), *(list(row.values()) for row in rows)]
    xml = "".join(
        f'<row r="{row}">'
        + "".join(_cell(address(row, column), value, strings) for column, value in enumerate(cells, start=1))
        + "</row>"
        for row, cells in enumerate(table, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'


def _cell(at: str, value: object, strings: dict[str, int]) -> str:
    match value:
        case None:
            return f'<c r="{at}"/>'
        case bool():
            return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
        case str():
            return f'<c r="{at}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
        case date():
            return f'<c r="{at}" s="{DATE_STYLE}"><v>{serial(value)}</v></c>'
        case _:
            return f'<c r="{at}"><v>{value}</v></c>'


def _content_types(sheets: Mapping[str, bytes]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    named = {WORKBOOK: "sheet.main", STRINGS: "sharedStrings", STYLES: "styles"}
    named |= dict.fromkeys(sheets, "worksheet")
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}.{what}+xml"/>' for part, what in named.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(kinds: list[tuple[str, str]]) -> bytes:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{found}</Relationships>'.encode()


def sheets_of(parts: Parts) -> list[str]:
    """The parts of the worksheets."""
    return [name for name in parts if re.fullmatch(r"/?xl[/\\]worksheets[/\\][^/\\]*", name)]


def in_parts(parts: Parts, names: list[str], change: Callable[[str], str]) -> Parts:
    return parts | {name: change(parts[name].decode()).encode() for name in names}


def related(parts: Parts, part: str, kind: str, target: str, mode: str = "") -> Parts:
    """The parts with one more relation of a part."""
    folder, _, name = part.rpartition("/")
    listing = f"{folder}/_rels/{name}.rels".lstrip("/")
    text = parts.get(listing, _relations([])).decode()
    mode = f' TargetMode="{mode}"' if mode else ""
    new = f'<Relationship Id="x{len(text)}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return parts | {listing: text.replace("</Relationships>", new).encode()}


SINGLE = ("theme", "core-properties", "extended-properties")
"""The kinds of parts of which a file never has two."""
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MICROSOFT = "http://schemas.microsoft.com/office/spreadsheetml"


def _added(parts: Parts, owner: str, kind: str, part: str, text: str) -> Parts:
    listing = "_rels/.rels" if not owner else WORKBOOK_RELS
    if kind in SINGLE and f'/{kind}"'.encode() in parts[listing]:
        return parts | {part: text.encode()}
    return related(parts, owner, kind, f"/{part}") | {part: text.encode()}


def excel_surroundings(parts: Parts) -> Parts:
    """Excel: revisions, views, spans, heights, a theme, printer settings, properties, and a calc chain."""
    chain = "".join(f'<c r="D{row}" i="1" l="1"/>' for row in (9, 3, 3, 400))
    first = sheets_of(parts)[0]
    parts = _added(parts, WORKBOOK, "calcChain", "xl/calcChain.xml", f'<calcChain xmlns="{MAIN}">{chain}</calcChain>')
    parts = _added(parts, WORKBOOK, "theme", "xl/theme/theme1.xml", '<a:theme xmlns:a="u"><a:row r="9"/></a:theme>')
    parts = related(parts, first, "printerSettings", "../printerSettings/printerSettings1.bin")
    parts |= {"xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 9}
    parts = in_parts(
        parts,
        [WORKBOOK],
        lambda text: re.sub(
            r"(<workbook [^>]*)>",
            rf'\1 xmlns:mc="{COMPATIBILITY}" mc:Ignorable="x15 xr" xmlns:x15="{MICROSOFT}/2010/11/main"'
            rf' xmlns:xr="{MICROSOFT}/2014/revision"><fileVersion appName="xl"'
            r' lastEdited="7" lowestEdited="7" rupBuild="28129"/><mc:AlternateContent><mc:Choice Requires="x15">'
            rf'<x15ac:absPath url="C:\\map\\" xmlns:x15ac="{MICROSOFT}/2010/11/ac"/></mc:Choice>'
            r'</mc:AlternateContent><xr:revisionPtr revIDLastSave="0"/>',
            text,
            count=1,
        ),
    )
    before = '<sheetPr/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"/></sheetView></sheetViews>'
    before += '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25" xmlns:x14ac="u"/><sheetData>'

    def change(text: str) -> str:
        if "<sheetViews>" not in text:
            text = text.replace("<sheetData>", before)
        text = re.sub(r"<row (?![^>]*spans=)", '<row spans="1:15" ', text)
        return text.replace("<row ", '<row x14ac:dyDescent="0.3" xmlns:x14ac="u" ')

    return in_parts(parts, sheets_of(parts), change)


def excel_extensions(parts: Parts) -> Parts:
    """Excel: conditional formats and lists in extensions, controls in more forms, a macro-like sheet part."""
    ext = (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="x14"><controls><row r="1"/>'
        "<sheet name='spook'/></controls>"
        '</mc:Choice></mc:AlternateContent><extLst><ext uri="{78C0D931}"><x14:conditionalFormattings'
        ' xmlns:x14="u" xmlns:xm="v"><x14:cfRule><xm:f>1</xm:f></x14:cfRule><xm:sqref>A1 ?</xm:sqref>'
        '<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></x14:conditionalFormattings></ext>'
        "</extLst>"
    )
    cell = "<extLst><ext><f>1+1</f><v>9</v><is><t>spook</t></is></ext></extLst></c>"
    return in_parts(
        parts,
        sheets_of(parts),
        lambda text: text.replace("</v></c>", f"</v>{cell}").replace("</worksheet>", f"{ext}</worksheet>"),
    )


def external_links(parts: Parts) -> Parts:
    """A link to another workbook, with the cached cells of its sheets."""
    cells = '<row r="9"><cell r="A9" t="str"><v>ver</v></cell></row><row r="2"><cell r="ZZZ2"/></row>'
    xml = f'<externalLink xmlns="{MAIN}"><externalBook><sheetDataSet><sheetData sheetId="0">{cells}</sheetData>'
    xml += "</sheetDataSet></externalBook></externalLink>"
    parts = _added(parts, WORKBOOK, "externalLink", "xl/externalLinks/externalLink1.xml", xml)
    return related(parts, "xl/externalLinks/externalLink1.xml", "externalLinkPath", "file:///H:/oud.xlsx", "External")


def comments(parts: Parts) -> Parts:
    """Notes with their shapes (which are often no good XML), threaded comments and who wrote them."""
    first = sheets_of(parts)[0]
    note = f'<comments xmlns="{MAIN}"><commentList><comment ref="A2"><text><t>klopt dit?</t></text></comment>'
    parts = _added(parts, first, "comments", "xl/comments1.xml", f"{note}</commentList></comments>")
    parts = _added(parts, first, "vmlDrawing", "xl/drawings/vmlDrawing1.vml", "<xml><br><font color=red></xml>")
    thread = "<ThreadedComments><threadedComment ref='A2'><text>ja</text></threadedComment></ThreadedComments>"
    parts = _added(parts, first, "threadedComment", "xl/threadedComments/threadedComment1.xml", thread)
    parts = _added(parts, WORKBOOK, "person", "xl/persons/person.xml", "<personList/>")
    return in_parts(
        parts,
        [first],
        lambda text: text.replace("</worksheet>", f'<legacyDrawing r:id="rId9" xmlns:r="{OFFICE}"/></worksheet>'),
    )


def tables_and_pivots(parts: Parts) -> Parts:
    """Tables, slicers, pivots with the rows that they keep, queries and connections."""
    first = sheets_of(parts)[0]
    table = f'<table xmlns="{MAIN}" id="1" name="T1" ref="A1:B3"><tableColumns><tableColumn id="1" name="x"/>'
    parts = _added(parts, first, "table", "xl/tables/table1.xml", f"{table}</tableColumns></table>")
    records = f'<pivotCacheRecords xmlns="{MAIN}"><r><x v="0"/><n v="1"/></r></pivotCacheRecords>'
    parts = _added(parts, WORKBOOK, "pivotCacheRecords", "xl/pivotCache/pivotCacheRecords1.xml", records)
    parts = _added(parts, first, "pivotTable", "xl/pivotTables/pivotTable1.xml", "<pivotTableDefinition/>")
    parts = _added(parts, WORKBOOK, "connections", "xl/connections.xml", "<connections/>")
    named = '<tableParts count="1"><tablePart r:id="rId8" xmlns:r="u"/></tableParts></worksheet>'
    return in_parts(parts, [first], lambda text: text.replace("</worksheet>", named))


def custom_parts(parts: Parts) -> Parts:
    """Custom XML, a sensitivity label, ribbons, a picture, and what a web add-in leaves."""
    parts = _added(
        parts, "", "customXml", "customXml/item1.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;<row r="5"/></a>'
    )
    parts = _added(parts, "", "classificationlabels", "docMetadata/LabelInfo.xml", "<clbl:labelList/>")
    parts = _added(parts, "", "custom-properties", "docProps/custom.xml", "<Properties>geen einde")
    return parts | {
        "xl/media/image1.png": b"\x89PNG" + bytes(500),
        "customUI/customUI14.xml": b"\xff\xfe\x00",
    }


def damaged_surroundings(parts: Parts) -> Parts:
    """Parts that no case needs, all of them broken."""
    for kind in ("calcChain", "theme", "volatileDependencies"):
        parts = _added(parts, WORKBOOK, kind, f"xl/{kind}.xml", "<a><b></a>")
    parts = _added(parts, "", "core-properties", "docProps/core.xml", "")
    parts = _added(parts, "", "extended-properties", "docProps/app.xml", "<Properties><Application>")
    return _added(parts, sheets_of(parts)[0], "drawing", "xl/drawings/drawing1.xml", "\x00\x01")


def other_sheets(parts: Parts) -> Parts:
    """A chart, a dialogue and a macro sheet, a notes sheet that is broken, one that is not there."""
    sheets = ""
    for kind in ("chartsheet", "dialogsheet", "xlMacrosheet", "worksheet"):
        part = f"xl/{kind}s/sheet99.xml"
        parts = _added(parts, WORKBOOK, kind, part, "<niets")
        number = re.findall(r'Id="(x\d+)"', parts[WORKBOOK_RELS].decode())[-1]
        sheets += f'<sheet name="_{kind}" sheetId="9{len(kind)}" r:id="{number}" xmlns:r="{OFFICE}"/>'
    sheets += f'<sheet name="_weg" sheetId="99" r:id="rId999" xmlns:r="{OFFICE}"/></sheets>'
    return in_parts(parts, [WORKBOOK], lambda text: text.replace("</sheets>", sheets))


def strict(parts: Parts) -> Parts:
    """Excel, strict: other namespaces, and dates in words."""
    names = [
        (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ]

    def change(text: str) -> str:
        for old, new in names:
            text = text.replace(old, new)
        return re.sub(r'<c( r="\w+")? s="1"><v>(\d+)</v>', _in_words, text)

    return in_parts(parts, [*sheets_of(parts), WORKBOOK, WORKBOOK_RELS, "_rels/.rels", STRINGS, STYLES], change)


def _in_words(match: re.Match[str]) -> str:
    day = date.fromordinal(int(match[2]) - serial(date(2000, 1, 1)) + date(2000, 1, 1).toordinal())
    return f'<c{match[1] or ""} s="1" t="d"><v>{day.isoformat()}T00:00:00</v>'


def from_1904(parts: Parts) -> Parts:
    """Excel for the Mac, of old: days counted from 1904."""
    parts = in_parts(parts, [WORKBOOK], lambda text: text.replace("<workbookPr", '<workbookPr date1904="1"'))
    return in_parts(
        parts,
        sheets_of(parts),
        lambda text: re.sub(r'(s="1"><v>)(\d+)', lambda match: f"{match[1]}{int(match[2]) - 1462}", text),
    )


def rich_and_phonetic(parts: Parts) -> Parts:
    """Texts in pieces with looks of their own, and what is said above the characters."""

    def change(text: str) -> str:
        return re.sub(
            r'<si><t xml:space="preserve">([^<&]{3,})</t></si>',
            lambda match: (
                f'<si><r><t xml:space="preserve">{match[1][:2]}</t></r><r><rPr><b/><sz val="11"/>'
                f'</rPr><t xml:space="preserve">{match[1][2:]}</t></r><rPh sb="0" eb="1"><t>spook</t></rPh>'
                '<phoneticPr fontId="1"/></si>'
            ),
            text,
        )

    return in_parts(parts, [STRINGS], change)


def escapes(parts: Parts) -> Parts:
    """Letters of texts as escapes, as some programs write what they think unusual."""
    return in_parts(
        parts,
        [STRINGS],
        lambda text: re.sub(r"(<t[^>]*>)([A-Za-z])", lambda match: f"{match[1]}_x{ord(match[2]):04X}_", text),
    )


def inline_texts(parts: Parts) -> Parts:
    """Every text in its own cell, as streaming writers do, and none that is shared."""
    texts = re.findall(r"<si>(.*?)</si>", parts[STRINGS].decode(), re.DOTALL)

    def inline(match: re.Match[str]) -> str:
        return f' t="inlineStr"><is>{texts[int(match[1])]}</is>'

    changed = in_parts(parts, sheets_of(parts), lambda text: re.sub(r' t="s"><v>(\d+)</v>', inline, text))
    return {name: data for name, data in changed.items() if name != STRINGS}


def without_addresses(parts: Parts) -> Parts:
    """Rows and cells that do not say where they are."""
    return in_parts(parts, sheets_of(parts), lambda text: re.sub(r'(<(?:row|c)) r="\w+"', r"\1", text))


def prefixed(parts: Parts) -> Parts:
    """Every element with a prefix."""

    def change(text: str) -> str:
        text = re.sub(r"<(/?)(?=\w+[ />])(?!\w+:)", r"<\1x:", text)
        return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').replace(
            'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"',
            'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"',
        )

    return in_parts(
        parts, [*sheets_of(parts), WORKBOOK, *(name for name in (STRINGS, STYLES) if name in parts)], change
    )


def in_utf16(parts: Parts) -> Parts:
    """Sheets and texts in UTF-16."""
    names = [*sheets_of(parts), *(name for name in (STRINGS,) if name in parts)]
    return parts | {name: parts[name].decode().replace("UTF-8", "UTF-16").encode("utf-16") for name in names}


def odd_styles(parts: Parts) -> Parts:
    """OnlyOffice and others: empty fills, colours that are none, counts that lie, a format without a code."""
    odd = (
        '<fonts count="9"><font><color rgb="blauw"/><sz val="groot"/></font></fonts><fills count="3"><fill/>'
        '<fill><patternFill patternType="ruit"/></fill><fill><gradientFill><stop/></gradientFill>'
        '</fill></fills><borders><border diagonalUp="x"/></borders>'
        '<cellStyleXfs><xf numFmtId="niets"/></cellStyleXfs>'
    )
    return in_parts(
        parts,
        [STYLES],
        lambda text: text.replace("<numFmts", f"{odd}<numFmts").replace(
            '<numFmt numFmtId="164"', '<numFmt numFmtId="x"/><numFmt/><numFmt numFmtId="164"'
        ),
    )


def backslashes(parts: Parts) -> Parts:
    """A zip made by an old Windows program."""
    return {name.replace("/", "\\"): data for name, data in parts.items()}


def other_names(parts: Parts) -> Parts:
    """Parts with slashes in front, other capitals and signs in per cents; no content types."""
    changed = {f"/{name}".replace("sheet1", "Blad%201"): data for name, data in parts.items() if name[0] != "["}
    listing = f"/{WORKBOOK_RELS}"
    text = changed[listing].decode().replace("sheet1.xml", "blad%201.XML").replace("sheet1", "blad 1")
    return changed | {listing: text.replace('Target="w', 'Target="/XL/w').encode()}


def google(parts: Parts) -> Parts:
    """Google Sheets: no properties, its namespaces, empty elements."""
    names = ' xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" xmlns:mv="urn:schemas:mac:vml"'
    parts = in_parts(parts, [WORKBOOK], lambda text: text.replace("</sheets>", "</sheets><definedNames/><calcPr/>"))
    around = '<sheetPr><outlinePr summaryBelow="0"/></sheetPr><sheetFormatPr customHeight="1"'
    around += ' defaultColWidth="12.63" defaultRowHeight="15.75"/><sheetData>'

    def change(text: str) -> str:
        return text.replace("<worksheet", f"<worksheet{names}").replace("<sheetData>", around)

    return in_parts(parts, sheets_of(parts), change)


def libreoffice(parts: Parts) -> Parts:
    """LibreOffice: every attribute spelt out, rows that go on below, results calculated."""
    said = '<fileVersion appName="Calc"/><workbookPr backupFile="false" showObjects="all" date1904="false"/>'
    parts = in_parts(
        parts,
        [WORKBOOK],
        lambda text: text.replace("<workbookPr/>", said).replace(
            "</workbook>", '<calcPr iterateCount="100" refMode="A1"/></workbook>'
        ),
    )
    below = "".join(f'<row r="{row}" customFormat="false" ht="12.8" hidden="false"></row>' for row in (9000, 1048576))
    columns = '<cols><col collapsed="false" customWidth="false" hidden="false" max="16384" min="1"'
    columns += ' style="0" width="11.53"/></cols><sheetData>'

    def change(text: str) -> str:
        return text.replace("</sheetData>", f"{below}</sheetData>").replace("<sheetData>", columns)

    return in_parts(parts, sheets_of(parts), change)


def formatted_far_below(parts: Parts) -> Parts:
    """Looks down to the far end, without a value."""
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(5000, 5100))
    return in_parts(parts, sheets_of(parts), lambda text: text.replace("</sheetData>", f"{rows}</sheetData>"))


HABITS: tuple[Habit, ...] = (
    excel_surroundings,
    excel_extensions,
    external_links,
    comments,
    tables_and_pivots,
    custom_parts,
    damaged_surroundings,
    other_sheets,
    formatted_far_below,
    libreoffice,
    google,
    odd_styles,
    rich_and_phonetic,
    escapes,
    from_1904,
    strict,
    inline_texts,
    without_addresses,
    prefixed,
    in_utf16,
    backslashes,
    other_names,
)
"""In an order in which each can follow those before it; of some pairs only one can be."""
ONE_OF = (
    (from_1904, strict),
    (without_addresses, formatted_far_below),
    (without_addresses, libreoffice),
    (backslashes, other_names),
)


def with_habits(parts: Parts, habits: tuple[Habit, ...]) -> Parts:
    """The parts as somebody with all of these habits would have left them."""
    for habit in habits:
        parts = habit(parts)
    return parts
