"""Edits of what the eye sees of a workbook, made in the XML of its parts as another program could."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.finance.xlsx.edit import edited, part_text, sheet_part, with_cell_xml

Edit = Callable[[bytes], bytes]
Text = Callable[[str], str]

STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"
CORE = "docProps/core.xml"
CHART = "xl/charts/chart1.xml"
DRAWING = "xl/drawings/drawing1.xml"
XF = re.compile(r"<xf [^>]*?(?:/>|>.*?</xf>)")


def replaced(part: str, old: str, new: str, count: int = -1) -> Edit:
    """Replace a text of a part, which must be there."""

    def change(text: str) -> str:
        assert old in text, f"{old} is not in {part}"
        return text.replace(old, new, count)

    return lambda data: edited(data, {part: change})


def in_sheet(sheet: int, old: str, new: str, count: int = -1) -> Edit:
    """The same in a sheet, counted from 1."""
    return replaced(sheet_part(sheet), old, new, count)


def before(sheet: int, mark: str, new: str) -> Edit:
    """Put something before an element of a sheet."""
    return in_sheet(sheet, mark, new + mark, 1)


def both(*edits: Edit) -> Edit:
    """One edit after another."""

    def change(data: bytes) -> bytes:
        for edit in edits:
            data = edit(data)
        return data

    return change


def added(part: str, text: str) -> Edit:
    """Add a part."""
    return lambda data: edited(data, {part: lambda _: text})


def styled(
    sheet: int,
    at: str,
    *,
    font: Text | None = None,
    fill: str | None = None,
    alignment: str | None = None,
    code: str | None = None,
) -> Edit:
    """Give one cell a look of its own, made from the one that it has."""

    def change(data: bytes) -> bytes:
        found = re.search(rf'<c r="{at}" s="(\d+)"', part_text(data, sheet_part(sheet)))
        assert found, f"{at} has no style"
        styles = part_text(data, STYLES)
        section = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]
        looks = XF.findall(section)
        look = looks[int(found[1])]
        if font:
            own = re.findall(r"<font>.*?</font>", styles)[int(_attribute(look, "fontId"))]
            new = font(own)
            assert new != own, f"the font of {at} was not changed"
            styles, look = _appended(styles, "fonts", "font", new, look, "fontId")
        if fill is not None:
            styles, look = _appended(styles, "fills", "fill", fill, look, "fillId")
        if code is not None:
            styles = styles.replace("</numFmts>", f'<numFmt numFmtId="300" formatCode="{code}"/></numFmts>')
            look = re.sub(r'numFmtId="\d+"', 'numFmtId="300"', look)
        if alignment is not None:
            head = look[: look.index(">")].removesuffix("/")
            look = f"{head}><alignment {alignment}/></xf>"
        styles = styles.replace("</cellXfs>", f"{look}</cellXfs>")
        data = edited(data, {STYLES: lambda _: styles})
        new_style = f's="{len(looks)}"'
        return with_cell_xml(data, sheet, at, lambda xml: re.sub(r's="\d+"', new_style, xml, count=1))

    return change


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'{name}="(\d+)"', element)
    assert found
    return found[1]


def _appended(styles: str, group: str, name: str, new: str, look: str, attribute: str) -> tuple[str, str]:
    number = len(re.findall(rf"<{name}>", styles[: styles.index(f"</{group}>")]))
    if group == "fills":
        number = len(re.findall(r"<fill>", styles[styles.index("<fills") : styles.index("</fills>")]))
    styles = styles.replace(f"</{group}>", f"{new}</{group}>")
    return styles, re.sub(rf'{attribute}="\d+"', f'{attribute}="{number}"', look)


def solid(colour: str) -> str:
    """A fill of one colour."""
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'


NO_FILL = '<fill><patternFill patternType="none"/></fill>'


def coloured(colour: str) -> Text:
    """Letters of another colour."""
    return lambda font: re.sub(r"<color [^>]*/>", f'<color rgb="FF{colour}"/>', font)


def rule(sheet: int, text: str, where: str = "B4:B4") -> Edit:
    """Add a colouring rule to a sheet."""
    new = f'<conditionalFormatting sqref="{where}">{text}</conditionalFormatting>'
    return before(sheet, "<conditionalFormatting", new)


def related(sheet: int, kind: str, target: str) -> Edit:
    """Let a sheet without relations refer to a part."""
    schema = "http://schemas.openxmlformats.org"
    text = (
        f'<Relationships xmlns="{schema}/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{schema}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )
    return added(f"xl/worksheets/_rels/sheet{sheet}.xml.rels", text)
