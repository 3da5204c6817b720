"""A workbook as Excel writes it after opening and saving it, without Excel.

What Excel is known to do to a file that it saves, from the file format and from files that it saved:
styles, fonts, texts and colouring rules get other numbers, formats that it knows get its own numbers,
elements of later versions are added, and parts for its own use.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

Parts = dict[str, str]
IGNORABLE = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr xr2 xr3"'
    ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    ' xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"'
    ' xmlns:xr3="http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"'
)
UID = "{00000000-0001-0000-0000-000000000000}"
OWN_NUMBERS = {"#,##0.00": 4, "#,##0": 3, "0.00%": 10, "@": 49, "d-m-yyyy": 14, "0%": 9}
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
CHART = re.compile(r"xl/charts/chart\d+\.xml")


def saved_by_excel(data: bytes) -> bytes:
    """The bytes of a workbook as Excel would save it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    styles, new_style = _styles(parts["xl/styles.xml"])
    parts["xl/styles.xml"] = styles
    texts, new_text = _texts(parts.get("xl/sharedStrings.xml", "<sst></sst>"))
    parts["xl/sharedStrings.xml"] = texts
    for name in filter(SHEET.fullmatch, list(parts)):
        parts[name] = _sheet(parts[name], new_style, new_text)
    for name in filter(CHART.fullmatch, list(parts)):
        parts[name] = _chart(parts[name])
    _surround(parts)
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return result.getvalue()


def _reversed(text: str, group: str, pattern: str) -> tuple[str, Callable[[int], int]]:
    """Number the members of a group from the end, but for the first."""
    start, end = text.index(f"<{group}"), text.index(f"</{group}>")
    start = text.index(">", start) + 1
    members = re.findall(pattern, text[start:end], re.DOTALL)
    turned = members[:1] + members[:0:-1]
    return text[:start] + "".join(turned) + text[end:], lambda old: old and len(members) - old


def _numbered(text: str, attribute: str, new: Callable[[int], int]) -> str:
    return re.sub(rf'{attribute}="(\d+)"', lambda found: f'{attribute}="{new(int(found[1]))}"', text)


def _styles(text: str) -> tuple[str, Callable[[int], int]]:
    for code, number in OWN_NUMBERS.items():
        found = re.search(rf'<numFmt numFmtId="(\d+)" formatCode="{re.escape(code)}"/>', text)
        if found:
            text = text.replace(found[0], "").replace(f'numFmtId="{found[1]}"', f'numFmtId="{number}"')
    text = text.replace('formatCode="d-m-yyyy"', 'formatCode="d\\-m\\-yyyy"')
    text, new_font = _reversed(text, "fonts", r"<font>.*?</font>")
    text = _numbered(text, "fontId", new_font)
    if "<dxfs" in text and "</dxfs>" in text:
        text = re.sub(r'<color rgb="FFFFFFFF"/>', '<color theme="0"/>', text)
    text, new_style = _reversed(text, "cellXfs", r"<xf [^>]*?(?:(?<=/)>|>.*?</xf>)")
    return text.replace("<styleSheet ", f"<styleSheet{IGNORABLE} "), new_style


def _texts(text: str) -> tuple[str, Callable[[int], int]]:
    return _reversed(text, "sst", r"<si>.*?</si>")


def _sheet(text: str, new_style: Callable[[int], int], new_text: Callable[[int], int]) -> str:
    text = re.sub(r' s="(\d+)"', lambda found: f' s="{new_style(int(found[1]))}"', text)
    text = re.sub(r't="s"><v>(\d+)</v>', lambda found: f't="s"><v>{new_text(int(found[1]))}</v>', text)
    text = re.sub(r"<row (?![^>]*ht=)", '<row ht="14.4" x14ac:dyDescent="0.3" ', text)
    text = text.replace("<sheetFormatPr ", '<sheetFormatPr x14ac:dyDescent="0.3" ')
    text = text.replace("<hyperlink ", f'<hyperlink xr:uid="{UID}" ')
    # A range of one cell gets one address, and rules are numbered from the last one on the sheet.
    text = re.sub(r'sqref="([^"]*)"', lambda found: f'sqref="{_single(found[1])}"', text)
    text = re.sub(r' priority="(\d+)"', lambda found: f' priority="{int(found[1]) + 17}"', text)
    text = text.replace("<pageSetup ", '<pageSetup verticalDpi="0" ')
    return text.replace("<worksheet ", f'<worksheet{IGNORABLE} xr:uid="{UID}" ')


def _single(areas: str) -> str:
    return " ".join(re.sub(r"^([A-Z]+\d+):\1$", r"\1", area) for area in areas.split())


def _chart(text: str) -> str:
    text = text.replace(
        '<c:lang val="en-US"/>',
        (
            '<c:date1904 val="0"/><c:lang val="nl-NL"/><c:roundedCorners val="0"/><mc:AlternateContent'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="c14"'
            ' xmlns:c14="http://schemas.microsoft.com/office/drawing/2007/8/2/chart"><c14:style val="102"/>'
            '</mc:Choice><mc:Fallback><c:style val="2"/></mc:Fallback></mc:AlternateContent>'
        ),
    )
    text = re.sub(r"(<c:grouping [^>]*/>)", r'\1<c:varyColors val="0"/>', text)
    text = text.replace(
        "</c:ser>",
        (
            '<c:extLst><c:ext uri="{C3380CC4-5D6E-409C-BE32-E72D297353CC}" xmlns:c16="http://schemas.microsoft.com/'
            'office/drawing/2014/chart"><c16:uniqueId val="{00000000-1A2B-4C3D-8E4F-000000000000}"/></c:ext>'
            "</c:extLst></c:ser>"
        ),
    )
    text = re.sub(r"(<c:axPos )", r'<c:delete val="0"/>\1', text)
    text = re.sub(
        r"(<c:tickLblPos [^>]*/>)",
        r'<c:majorTickMark val="out"/><c:minorTickMark val="none"/>\1<c:txPr><a:bodyPr/><a:lstStyle/><a:p>'
        r"<a:pPr>"
        r'<a:defRPr><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr'
        r' lang="nl-NL"/></a:p></c:txPr>',
        text,
    )
    return text.replace("<c:layout/>", '<c:overlay val="0"/>').replace(".0</c:v>", "</c:v>")


def _surround(parts: Parts) -> None:
    """The parts that Excel keeps for itself, and what it says of the file."""
    text = parts["xl/workbook.xml"]
    text = re.sub(
        "<fileVersion[^>]*/>", ('<fileVersion appName="xl" lastEdited="7" lowestEdited="4" rupBuild="27726"/>'), text
    )
    text = text.replace(
        "<bookViews>",
        (
            '<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\jan\\"'
            ' xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice>'
            f'</mc:AlternateContent><xr:revisionPtr revIDLastSave="0" documentId="8_{UID}"/><bookViews>'
        ),
    )
    text = text.replace("<workbookView ", f'<workbookView activeTab="1" firstSheet="1" xr2:uid="{UID}" ')
    text = re.sub("<calcPr[^>]*/>", '<calcPr calcId="191029"/>', text)
    parts["xl/workbook.xml"] = text.replace("<workbook ", f"<workbook{IGNORABLE} ")
    parts["xl/calcChain.xml"] = '<calcChain xmlns="x"><c r="A1" i="1"/></calcChain>'
    relations = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    parts[relations] = parts[relations].replace(
        "</Relationships>",
        f'<Relationship Id="rId9999" Type="{kind}" Target="calcChain.xml"/></Relationships>',
    )
    parts["docProps/core.xml"] = re.sub(
        "<cp:lastModifiedBy>.*?<", "<cp:lastModifiedBy>Jan de Boer<", parts["docProps/core.xml"]
    )
    parts["docProps/custom.xml"] = '<Properties><property name="MSIP_Label_1"/></Properties>'
    for name in [name for name in parts if name.startswith("xl/drawings/drawing")]:
        parts[name] = parts[name].replace(
            "<xdr:cNvGraphicFramePr/>", ("<xdr:cNvGraphicFramePr><a:graphicFrameLocks/></xdr:cNvGraphicFramePr>")
        )
