"""Whatever is changed of what the eye sees is found, with its cell or its part."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from finance.tables.grid import Book
from finance.xlsx.deviations import Kind
from finance.xlsx.look.comparing import look_deviations
from finance.xlsx.look.reading import UnreadableLookError, read_look
from finance.xlsx.look.records import BookLook
from finance.xlsx.seal import SEAL_SHEET
from finance.xlsx.sealing import sealed_bytes
from tests.finance.xlsx.edit import edited, sheet_part
from tests.finance.xlsx.look.tampering import (
    CHART,
    CORE,
    DRAWING,
    NO_FILL,
    STYLES,
    WORKBOOK,
    Edit,
    added,
    before,
    both,
    coloured,
    in_sheet,
    related,
    replaced,
    rule,
    solid,
    styled,
)
from tests.finance.xlsx.sample import small_book

COVER, INPUT, CALCULATION, SUMMARY = 1, 2, 3, 4
LAID = (
    '<{0}><c:layout><c:manualLayout><c:x val="{1}"/><c:y val="{1}"/><c:w val="{2}"/><c:h val="{2}"/>'
    "</c:manualLayout></c:layout>"
)
NAMES = ("", "voorblad", "invoer", "berekening", "samenvatting blad")


def scaled_book() -> Book:
    """The small book with a scale of colours."""
    book = small_book()
    *others, last = book.sheets
    return replace(book, sheets=(*others, replace(last, scales=("B4:B6",))))


DATA = sealed_bytes(scaled_book())
SEALED = BookLook.model_validate_json(read_look(DATA, SEAL_SHEET).model_dump_json())

ALWAYS_GREEN = '<cfRule type="expression" dxfId="0" priority="1" stopIfTrue="1"><formula>TRUE</formula></cfRule>'
VERDICT = '<cfRule type="cellIs" dxfId="1" priority="2" operator="equal">'
BAR = (
    '<cfRule type="dataBar" priority="99"><dataBar><cfvo type="min"/><cfvo type="max"/>'
    '<color rgb="FF638EC6"/></dataBar></cfRule>'
)
ICONS = (
    '<cfRule type="iconSet" priority="99"><iconSet iconSet="3TrafficLights1"><cfvo type="percent" val="0"/>'
    '<cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule>'
)
RICH = (
    '<c r="A8" s="3" t="inlineStr"><is><r><t>Alle jaren </t></r><r><rPr><sz val="10"/>'
    '<color rgb="FFFFFFFF"/><rFont val="Calibri"/></rPr><t>samen zijn alle regels</t></r></is></c>'
)


def found(edit: Edit) -> list[tuple[Kind, str, str, str]]:
    """What is told of an edit."""
    now = read_look(edit(DATA), SEAL_SHEET)
    return [(item.kind, item.blad, item.cel, item.wat) for item in look_deviations(SEALED, now, {})]


def test_what_was_not_touched_is_not_told() -> None:
    assert found(lambda data: data) == []


@pytest.mark.parametrize(
    ("edit", "sheet", "cell", "words"),
    [
        # Number formats.
        (styled(SUMMARY, "C4", code="0.00&quot;%&quot;"), SUMMARY, "C4", "getalopmaak was '0.00%'"),
        (styled(SUMMARY, "B7", code="#,##&quot;0&quot;.00"), SUMMARY, "B7", '#,##"0".00'),
        (styled(SUMMARY, "B7", code="#,##\\0.00"), SUMMARY, "B7", "getalopmaak"),
        (styled(COVER, "B3", code="d-&quot;m&quot;-yyyy"), COVER, "B3", "getalopmaak"),
        (styled(COVER, "B3", code="[$-1070000]d-m-yyyy"), COVER, "B3", "getalopmaak"),
        (styled(COVER, "B3", code="[$-41E]d-m-yyyy"), COVER, "B3", "getalopmaak"),
        (styled(SUMMARY, "B7", code="#,##0.00,"), SUMMARY, "B7", "getalopmaak"),
        (styled(SUMMARY, "B7", code="[White]#,##0.00"), SUMMARY, "B7", "getalopmaak"),
        (styled(SUMMARY, "B7", code="0*0.00"), SUMMARY, "B7", "getalopmaak"),
        (replaced(STYLES, 'formatCode="0.000000"', 'formatCode="0.0"'), CALCULATION, "C2, C3, C4, C5, C6", "is '0.0'"),
        (styled(COVER, "A3", code=";;;"), COVER, "A3", "getalopmaak was 'tekst', is ';;;'"),
        (styled(COVER, "A3", code="&quot;akkoord&quot;@"), COVER, "A3", "getalopmaak"),
        (styled(SUMMARY, "D8", code=";;;&quot;VOLDOET&quot;"), SUMMARY, "D8", "getalopmaak"),
        # Letters.
        (styled(COVER, "A3", font=coloured("FFFFFF")), COVER, "A3", "letterkleur was '1F2933', is 'FFFFFF'"),
        (styled(COVER, "A3", font=coloured("F7F7F7")), COVER, "A3", "letterkleur"),
        (
            styled(COVER, "A3", font=lambda xml: re.sub(r"<color [^>]*/>", '<color theme="0"/>', xml)),
            COVER,
            "A3",
            "is 'FFFFFF'",
        ),
        (
            styled(COVER, "A3", font=lambda xml: re.sub(r"<color [^>]*/>", '<color indexed="9"/>', xml)),
            COVER,
            "A3",
            "is 'FFFFFF'",
        ),
        (
            styled(COVER, "A3", font=lambda xml: re.sub(r"<color [^>]*/>", '<color theme="1" tint="1"/>', xml)),
            COVER,
            "A3",
            "is 'FFFFFF'",
        ),
        (
            styled(COVER, "A3", font=lambda xml: xml.replace('<sz val="10"/>', '<sz val="1"/>')),
            COVER,
            "A3",
            "lettergrootte was '10', is '1'",
        ),
        (
            styled(
                COVER,
                "A3",
                font=lambda xml: xml.replace('<scheme val="minor"/>', "").replace(
                    'name val="Calibri"', 'name val="Wingdings"'
                ),
            ),
            COVER,
            "A3",
            "is 'Wingdings'",
        ),
        (
            styled(COVER, "A3", font=lambda xml: xml.replace("<font>", '<font><charset val="2"/>')),
            COVER,
            "A3",
            "Calibri (tekens)",
        ),
        (
            styled(COVER, "A3", font=lambda xml: xml.replace("<font>", "<font><strike/>")),
            COVER,
            "A3",
            "letterstijl was zoals gewoonlijk, is 'doorgestreept'",
        ),
        (styled(SUMMARY, "B7", font=lambda xml: xml.replace("<b/>", "")), SUMMARY, "B7", "was 'vet'"),
        (
            styled(COVER, "A3", font=lambda xml: xml.replace("<font>", '<font><vertAlign val="subscript"/>')),
            COVER,
            "A3",
            "subscript",
        ),
        # Fills and alignment.
        (styled(INPUT, "E3", fill=NO_FILL), INPUT, "E3", "vulling was 'FFF1CC', is 'geen'"),
        (styled(INPUT, "E3", fill=solid("DCEBF7")), INPUT, "E3", "vulling was 'FFF1CC', is 'DCEBF7'"),
        (
            styled(
                INPUT,
                "E3",
                fill='<fill><gradientFill><stop position="0"><color rgb="FFFFFFFF"/></stop></gradientFill></fill>',
            ),
            INPUT,
            "E3",
            "verloop",
        ),
        (styled(COVER, "A3", fill=solid("1F2933")), COVER, "A3", "vulling"),
        (
            styled(COVER, "A3", alignment='indent="200" shrinkToFit="1" vertical="top"'),
            COVER,
            "A3",
            "ingesprongen 200, verkleind 1",
        ),
        (styled(SUMMARY, "B7", alignment='horizontal="fill" vertical="top"'), SUMMARY, "B7", "uitlijning"),
        (
            styled(SUMMARY, "B7", alignment='horizontal="right" vertical="top" textRotation="255"'),
            SUMMARY,
            "B7",
            "gedraaid 255",
        ),
        (styled(COVER, "A3", alignment='readingOrder="2" vertical="top"'), COVER, "A3", "leesrichting 2"),
        (
            both(
                replaced(
                    "xl/theme/theme1.xml",
                    '<a:majorFont><a:latin typeface="Cambria"/>',
                    '<a:majorFont><a:latin typeface="Wingdings"/>',
                ),
                styled(COVER, "A3", font=lambda xml: xml.replace('val="minor"', 'val="major"')),
            ),
            COVER,
            "A3",
            "is 'Wingdings'",
        ),
        (
            both(styled(SUMMARY, "B7", code="#,##0.00"), replaced(STYLES, 'numFmtId="300"', 'numFmtId="15"')),
            SUMMARY,
            "B7",
            "is '\"ingebouwd 15\"#,##0.00'",
        ),
        # Rows and columns.
        (
            in_sheet(COVER, '<row r="2" spans="1:2" ht="94.5"', '<row r="2" spans="1:2" ht="13.5"'),
            COVER,
            "rij 2",
            "lager geworden: 13,5 punten",
        ),
        (
            in_sheet(COVER, '<row r="3" spans="1:2"', '<row r="3" spans="1:2" ht="0.6" customHeight="1"'),
            COVER,
            "rij 3",
            "lager geworden: 0,6",
        ),
        (
            in_sheet(COVER, 'defaultRowHeight="15"', 'defaultRowHeight="1" customHeight="1"'),
            COVER,
            "rij 3 tot en met 5",
            "lager geworden",
        ),
        (in_sheet(COVER, 'width="30.7109375"', 'width="2.7109375"'), COVER, "kolom A", "van 31 naar 3 tekens"),
        (in_sheet(COVER, "</mergeCells>", '<mergeCell ref="A3:B3"/></mergeCells>'), COVER, "A3:B3", "samengevoegd"),
        # Colours that change with the content.
        (
            lambda data: edited(
                data,
                {sheet_part(COVER): lambda text: re.sub("<conditionalFormatting.*</conditionalFormatting>", "", text)},
            ),
            COVER,
            "B4",
            "kleurt niet meer",
        ),
        (rule(COVER, ALWAYS_GREEN), COVER, "B4", "erbij: 1"),
        (rule(COVER, ALWAYS_GREEN, "A1:XFD1048576"), COVER, "A1", "erbij: 1"),
        (replaced(STYLES, "FF9B1C1C", "FFFFFFFF"), COVER, "B4", "de kleurregels zijn anders"),
        (
            replaced(STYLES, '<bgColor rgb="FFF9D6D5"/>', '<bgColor rgb="FFD6EFD8"/>'),
            SUMMARY,
            "D8",
            "de kleurregels zijn anders",
        ),
        (in_sheet(COVER, VERDICT, VERDICT.replace('dxfId="1"', 'dxfId="0"')), COVER, "B4", "kleurregels"),
        (in_sheet(COVER, VERDICT, VERDICT.replace("equal", "notEqual")), COVER, "B4", "kleurregels"),
        (in_sheet(COVER, VERDICT, VERDICT.replace("<cfRule", '<cfRule stopIfTrue="1"')), COVER, "B4", "kleurregels"),
        (in_sheet(COVER, 'priority="2"', 'priority="90"'), COVER, "B4", "andere volgorde"),
        (in_sheet(COVER, 'sqref="B4:B4"', 'sqref="B5:B5"'), COVER, "B4", "kleurt niet meer"),
        (in_sheet(SUMMARY, "FFEDAE98", "FF9AD3CF"), SUMMARY, "B4, B5, B6", "colorScale"),
        (in_sheet(SUMMARY, 'sqref="B4:B6"', 'sqref="B4:B5"'), SUMMARY, "B6", "kleurt niet meer"),
        (rule(SUMMARY, BAR, "B8"), SUMMARY, "B8", "dataBar"),
        (rule(SUMMARY, ICONS, "B8"), SUMMARY, "B8", "iconSet"),
        (
            before(
                COVER,
                "</worksheet>",
                '<extLst><ext><x14:conditionalFormattings xmlns:x14="a" xmlns:xm="b">'
                '<x14:conditionalFormatting><x14:cfRule type="expression" priority="0"><xm:f>TRUE</xm:f>'
                "<x14:dxf>"
                '<font><color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule><xm:sqref>A3</xm:sqref>'
                "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>",
            ),
            COVER,
            "A3",
            "letters FFFFFF",
        ),
        # Texts.
        (
            lambda data: edited(data, {sheet_part(SUMMARY): lambda text: re.sub(r'<c r="A8".*?</c>', RICH, text)}),
            SUMMARY,
            "A8",
            "'samen zijn alle regels' in Calibri, 10, FFFFFF",
        ),
        (
            replaced(
                "xl/sharedStrings.xml", "<si><t>0123</t></si>", '<si><r><rPr><sz val="1"/></rPr><t>0123</t></r></si>'
            ),
            COVER,
            "A7",
            "tekstdelen",
        ),
        (
            replaced(
                "xl/sharedStrings.xml",
                "<si><t>0123</t></si>",
                '<si><t>0123</t><rPh sb="0" eb="1"><t>akkoord</t></rPh></si>',
            ),
            COVER,
            "A7",
            "'akkoord' in klein boven de tekst",
        ),
        # Charts.
        (
            replaced(CHART, "'samenvatting blad'!$B$4:$B$6", "'samenvatting blad'!$B$5:$B$7"),
            SUMMARY,
            "A10",
            "reeks 1, waarden was",
        ),
        (
            replaced(CHART, "'samenvatting blad'!$A$4:$A$6", "'samenvatting blad'!$A$3:$A$5"),
            SUMMARY,
            "A10",
            "reeks 1, labels",
        ),
        (replaced(CHART, "'samenvatting blad'!$B$3", "'samenvatting blad'!$C$3"), SUMMARY, "A10", "reeks 1, naam"),
        (
            replaced(
                CHART,
                '<c:orientation val="minMax"/></c:scaling><c:axPos val="l"/>',
                '<c:orientation val="minMax"/><c:min val="100000"/></c:scaling><c:axPos val="l"/>',
            ),
            SUMMARY,
            "A10",
            "as van de waarden, kleinste was zoals gewoonlijk, is '100000'",
        ),
        (
            replaced(
                CHART,
                '<c:orientation val="minMax"/></c:scaling><c:axPos val="l"/>',
                '<c:logBase val="10"/></c:scaling><c:axPos val="l"/>',
            ),
            SUMMARY,
            "A10",
            "logaritme",
        ),
        (
            replaced(
                CHART,
                '<c:orientation val="minMax"/></c:scaling><c:axPos val="l"/>',
                '<c:orientation val="maxMin"/></c:scaling><c:axPos val="l"/>',
            ),
            SUMMARY,
            "A10",
            "richting",
        ),
        (
            replaced(
                CHART,
                '<c:crossBetween val="between"/>',
                '<c:crossBetween val="between"/><c:dispUnits><c:builtInUnit val="thousands"/></c:dispUnits>',
            ),
            SUMMARY,
            "A10",
            "eenheid",
        ),
        (
            replaced(CHART, 'formatCode="#,##0"', 'formatCode="#,##&quot;0&quot;"'),
            SUMMARY,
            "A10",
            "as van de waarden, getalopmaak",
        ),
        (
            replaced(CHART, "Uitgaven per jaar", "Kosten per jaar (zonder leegstand)"),
            SUMMARY,
            "A10",
            "titel was 'Uitgaven per jaar', is 'Kosten per jaar (zonder leegstand)'",
        ),
        (replaced(CHART, "<a:t>euro</a:t>", "<a:t>duizend euro</a:t>"), SUMMARY, "A10", "as van de waarden"),
        (replaced(CHART, '<c:barDir val="col"/>', '<c:barDir val="bar"/>'), SUMMARY, "A10", "soort was"),
        (
            lambda data: edited(data, {CHART: lambda text: text.replace("barChart>", "areaChart>")}),
            SUMMARY,
            "A10",
            "soort was",
        ),
        (replaced(CHART, "2F6DA8", "FFFFFF"), SUMMARY, "A10", "reeks 1, kleur"),
        (replaced(CHART, "autoZero", "max"), SUMMARY, "A10", "as van de labels, kruist de andere"),
        (replaced(CHART, "</c:plotArea>", "<c:valAx/></c:plotArea>"), SUMMARY, "A10", "assen was"),
        (
            replaced(CHART, "<c:plotArea><c:layout/>", LAID.format("c:plotArea", 0.5, 0.01)),
            SUMMARY,
            "A10",
            "het tekengebied is te klein om te zien",
        ),
        (
            replaced(CHART, '<c:legend><c:legendPos val="b"/><c:layout/>', LAID.format("c:legend", 3, 0.5)),
            SUMMARY,
            "A10",
            "de legenda staat buiten de grafiek",
        ),
        (
            replaced(CHART, "<c:gapWidth", '<c:dLbls><c:showVal val="1"/></c:dLbls><c:gapWidth'),
            SUMMARY,
            "A10",
            "reeks 1, getallen erbij was zoals gewoonlijk, is 'waarde'",
        ),
        (
            replaced(CHART, "<c:chart>", '<c:clrMapOvr tx1="lt1"/><c:chart>'),
            SUMMARY,
            "A10",
            "andere kleuren voor het thema",
        ),
        (
            both(
                replaced(CHART, "<c:gapWidth", '<c:ser><c:order val="1"/></c:ser><c:gapWidth'),
                replaced(CHART, '<c:overlap val="100"/>', '<c:overlap val="-100"/>'),
            ),
            SUMMARY,
            "A10",
            "balken over elkaar was zoals gewoonlijk, is '-100%'",
        ),
        (in_sheet(SUMMARY, '<drawing r:id="rId1"/>', ""), SUMMARY, "A10", "is verwijderd"),
        (
            replaced(CHART, '<a:solidFill><a:srgbClr val="2F6DA8"/></a:solidFill>', "<a:noFill/>"),
            SUMMARY,
            "A10",
            "reeks 1, kleur was '2F6DA8', is 'geen'",
        ),
        (
            replaced(
                CHART,
                '<a:rPr lang="en-US" sz="1200" baseline="0"/>',
                '<a:rPr sz="1200"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>',
            ),
            SUMMARY,
            "A10",
            "niet te lezen",
        ),
        (
            replaced(
                CHART,
                '<a:rPr lang="en-US" sz="1200" baseline="0"/>',
                '<a:rPr sz="1200"><a:solidFill>'
                '<a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill></a:rPr>',
            ),
            SUMMARY,
            "A10",
            "niet te lezen",
        ),
        (
            replaced(
                CHART,
                '<a:rPr lang="en-US" sz="1200" baseline="0"/>',
                '<a:rPr sz="1200"><a:solidFill>'
                '<a:schemeClr val="tx1"><a:lumMod val="5000"/><a:lumOff val="95000"/></a:schemeClr>'
                "</a:solidFill></a:rPr>",
            ),
            SUMMARY,
            "A10",
            "niet te lezen",
        ),
        (replaced(CHART, 'sz="1200"', 'sz="100"'), SUMMARY, "A10", "1 punten"),
        (
            replaced(
                CHART,
                '<c:legendPos val="b"/>',
                '<c:legendPos val="b"/><c:legendEntry><c:idx val="0"/><c:delete val="1"/></c:legendEntry>',
            ),
            SUMMARY,
            "A10",
            "legenda",
        ),
        (replaced(CHART, '<c:legend><c:legendPos val="b"/><c:layout/></c:legend>', ""), SUMMARY, "A10", "legenda"),
        (
            replaced(
                CHART,
                "</c:spPr><c:cat>",
                '</c:spPr><c:dPt><c:idx val="2"/><c:spPr><a:noFill/></c:spPr></c:dPt><c:cat>',
                1,
            ),
            SUMMARY,
            "A10",
            "een punt met een eigen opmaak",
        ),
        (
            replaced(CHART, '<c:crosses val="autoZero"/><c:crossBetween', '<c:delete val="1"/><c:crossBetween'),
            SUMMARY,
            "A10",
            "weg",
        ),
        (
            added(
                "xl/charts/_rels/chart1.xml.rels",
                '<Relationships><Relationship Id="rId1" Type="x/chartUserShapes"'
                ' Target="../drawings/drawing2.xml"/></Relationships>',
            ),
            SUMMARY,
            "A10",
            "een tekening",
        ),
        (
            both(
                replaced(DRAWING, "<xdr:row>9</xdr:row>", "<xdr:row>2</xdr:row>"),
                replaced(DRAWING, "<xdr:row>25</xdr:row>", "<xdr:row>18</xdr:row>"),
            ),
            SUMMARY,
            "A3",
            "stond van A10 tot J26, staat van A3 tot J19",
        ),
        (replaced(DRAWING, "<xdr:row>25</xdr:row>", "<xdr:row>12</xdr:row>"), SUMMARY, "A10", "tot J13"),
        (
            lambda data: edited(
                data, {DRAWING: lambda text: re.sub("<xdr:twoCellAnchor.*</xdr:twoCellAnchor>", "", text)}
            ),
            SUMMARY,
            "A10",
            "is verwijderd",
        ),
        (
            lambda data: edited(
                data, {DRAWING: lambda text: re.sub("(<xdr:twoCellAnchor.*</xdr:twoCellAnchor>)", r"\1\1", text)}
            ),
            SUMMARY,
            "A10",
            "is toegevoegd",
        ),
        (replaced(DRAWING, 'name="Chart 1"', 'name="Chart 1" hidden="1"'), SUMMARY, "A10", "is verwijderd"),
        (
            replaced(DRAWING, "<xdr:clientData/>", '<xdr:clientData fPrintsWithSheet="0"/>'),
            SUMMARY,
            "A10",
            "grafiek op papier",
        ),
        (
            both(
                related(INPUT, "vmlDrawing", "../drawings/vmlDrawing1.vml"),
                added("xl/drawings/vmlDrawing1.vml", '<xml><x:ClientData ObjectType="Label"/></xml>'),
            ),
            INPUT,
            "",
            "Label",
        ),
        (replaced(WORKBOOK, "<workbookPr ", '<workbookPr showObjects="none" '), 0, "", "grafieken in beeld"),
        (
            replaced(
                "xl/theme/theme1.xml", '<a:sysClr val="windowText" lastClr="000000"/>', '<a:srgbClr val="FFFFFF"/>'
            ),
            0,
            "",
            "Calibri, FFFFFF op FFFFFF",
        ),
        (
            replaced("xl/theme/theme1.xml", '<a:latin typeface="Calibri"/>', '<a:latin typeface="Wingdings"/>'),
            0,
            "",
            "is 'Wingdings, 000000 op FFFFFF'",
        ),
        (
            replaced(DRAWING, "</xdr:wsDr>", "<xdr:absoluteAnchor><xdr:contentPart/></xdr:absoluteAnchor></xdr:wsDr>"),
            SUMMARY,
            "",
            "contentPart",
        ),
        (
            in_sheet(COVER, "</worksheet>", '<picture r:id="rId9"/></worksheet>'),
            COVER,
            "",
            "een afbeelding achter de cellen",
        ),
        # On paper.
        (
            replaced(
                WORKBOOK,
                "<definedNames>",
                '<definedNames><definedName name="_xlnm.Print_Area"'
                " localSheetId=\"3\">'samenvatting blad'!$A$1:$B$8</definedName>",
            ),
            SUMMARY,
            "",
            "afdrukbereik was zoals gewoonlijk, is 'A1:B8'",
        ),
        (replaced(WORKBOOK, "'samenvatting blad'!$1:$3", "'samenvatting blad'!$1:$7"), SUMMARY, "", "afdruktitels"),
        (
            before(COVER, "<oddFooter>", "<oddHeader>&amp;CVASTGESTELD DOOR DE RAAD</oddHeader>"),
            COVER,
            "",
            "VASTGESTELD DOOR DE RAAD",
        ),
        (
            in_sheet(COVER, "<headerFooter>", '<headerFooter differentFirst="1"><firstHeader>AKKOORD</firstHeader>'),
            COVER,
            "",
            "AKKOORD",
        ),
        (in_sheet(COVER, "<pageSetup ", '<pageSetup errors="blank" '), COVER, "", "fouten als blank"),
        (in_sheet(COVER, "<pageSetup ", '<pageSetup blackAndWhite="1" draft="1" '), COVER, "", "zonder kleur"),
        (in_sheet(COVER, 'fitToHeight="0"', 'fitToHeight="1"'), COVER, "", "papier was"),
        (in_sheet(COVER, 'fitToPage="1"', 'fitToPage="0"'), COVER, "", "papier was"),
        # On the screen.
        (in_sheet(COVER, 'showGridLines="0"', 'showGridLines="0" showZeros="0"'), COVER, "", "nullen in beeld"),
        (in_sheet(COVER, 'showGridLines="0"', 'showFormulas="1"'), COVER, "", "formules in plaats"),
        (in_sheet(COVER, 'showGridLines="0"', 'rightToLeft="1"'), COVER, "", "van rechts naar links"),
        (in_sheet(INPUT, "<sheetView ", '<sheetView topLeftCell="A4" '), INPUT, "", "vastgezette beeld"),
        (in_sheet(INPUT, 'ySplit="1"', 'ySplit="60"'), INPUT, "", "60 rijen en 0 kolommen"),
        (
            in_sheet(
                COVER,
                "</worksheet>",
                '<dataValidations><dataValidation sqref="A3:B4 D9" prompt="Akkoord"'
                ' promptTitle="Accountant" showInputMessage="1"/></dataValidations></worksheet>',
            ),
            COVER,
            "D9",
            "'Accountant: Akkoord'",
        ),
        (in_sheet(COVER, "FF14375E", "FF5B9BD5"), COVER, "", "kleur van het tabblad"),
        (replaced(WORKBOOK, "<workbookView ", '<workbookView showSheetTabs="0" '), 0, "", "tabbladen onder in beeld"),
        (
            in_sheet(COVER, "location=\"'samenvatting blad'!A1\"", 'location="invoer!A1"'),
            COVER,
            "A4",
            "een klik leidde naar 'samenvatting blad'!A1, nu naar invoer!A1",
        ),
        (
            in_sheet(COVER, '<hyperlink ref="A4"', '<hyperlink ref="A7" location="invoer!A1"/><hyperlink ref="A4"'),
            COVER,
            "A7",
            "een klik leidt naar invoer!A1",
        ),
        (in_sheet(COVER, 'display=""', 'display="" tooltip="Akkoord bevonden"'), COVER, "A4", "Akkoord bevonden"),
        (
            both(
                related(INPUT, "comments", "../comments1.xml"),
                added(
                    "xl/comments1.xml",
                    '<comments><commentList><comment ref="D3"><text><r><t>Akkoord </t></r><r><t>bevonden</t></r>'
                    "</text>"
                    "</comment></commentList></comments>",
                ),
            ),
            INPUT,
            "D3",
            "een opmerking bij de cel: 'Akkoord bevonden'",
        ),
        (
            both(
                related(INPUT, "threadedComment", "../threadedComments/threadedComment1.xml"),
                added(
                    "xl/threadedComments/threadedComment1.xml",
                    '<ThreadedComments><threadedComment ref="D3">'
                    "<text>Akkoord bevonden</text></threadedComment></ThreadedComments>",
                ),
            ),
            INPUT,
            "D3",
            "Akkoord",
        ),
        # The file itself.
        (replaced(CORE, "Zuid-West", "Zuid-Oost"), 0, "", "titel van het bestand"),
        (replaced(CORE, "<dc:creator></dc:creator>", "<dc:creator>De accountant</dc:creator>"), 0, "", "auteur"),
        (
            replaced(
                CORE, "</cp:coreProperties>", "<cp:contentStatus>Vastgesteld</cp:contentStatus></cp:coreProperties>"
            ),
            0,
            "",
            "status van het bestand was zoals gewoonlijk, is 'Vastgesteld'",
        ),
        (replaced(STYLES, '<font><sz val="11"/>', '<font><sz val="2"/>'), 0, "", "gewone letter"),
    ],
)
def test_what_is_seen_otherwise_is_told(edit: Edit, sheet: int, cell: str, words: str) -> None:
    told = found(edit)
    assert {kind for kind, *_ in told} <= {Kind.FORMAT, Kind.FOREIGN}
    assert any(
        blad == NAMES[sheet] and (cel == cell or cel.startswith(f"{cell}, ")) and words in wat
        for _, blad, cel, wat in told
    ), told


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (replaced(WORKBOOK, "<calcPr ", '<calcPr fullPrecision="0" '), "rekenen met wat wordt getoond"),
        (replaced(WORKBOOK, "<calcPr ", '<calcPr calcMode="manual" '), "rekenwijze was zoals gewoonlijk"),
        (replaced(WORKBOOK, "<calcPr ", '<calcPr iterate="1" '), "herhaald rekenen"),
        (in_sheet(COVER, "<sheetPr>", '<sheetPr transitionEvaluation="1">'), "Lotus"),
    ],
)
def test_another_way_of_calculating_is_told(edit: Edit, words: str) -> None:
    ((kind, *_, wat),) = found(edit)
    assert kind is Kind.SETTING
    assert words in wat


@pytest.mark.parametrize(
    "edit",
    [
        before(INPUT, "<pageMargins", '<autoFilter ref="A1:E6"/>'),
        before(INPUT, "<pageMargins", '<sheetProtection sheet="1" objects="1"/>'),
        in_sheet(INPUT, 'workbookViewId="0"', 'zoomScale="55" zoomScaleNormal="55" workbookViewId="0"'),
        in_sheet(INPUT, '<selection pane="bottomLeft"/>', '<selection pane="bottomLeft" activeCell="B9" sqref="B9"/>'),
        in_sheet(INPUT, 'topLeftCell="A2"', 'topLeftCell="A5"'),
        before(INPUT, "<pageMargins", '<dataValidations><dataValidation sqref="C2" type="list"/></dataValidations>'),
        in_sheet(INPUT, 'width="20.7109375"', 'width="44"'),
        in_sheet(COVER, '<row r="3" spans="1:2"', '<row r="3" spans="1:2" ht="14.4"'),
        in_sheet(COVER, '<row r="2" spans="1:2" ht="94.5"', '<row r="2" spans="1:2" ht="140"'),
        in_sheet(INPUT, '<pageMargins left="0.4"', '<pageMargins left="0.9"'),
        in_sheet(COVER, "&amp;L&amp;8&amp;A&amp;R&amp;8Pagina", "&amp;L&amp;8 &amp;A&amp;R&amp;8 Pagina"),
        replaced(CORE, "<cp:lastModifiedBy></cp:lastModifiedBy>", "<cp:lastModifiedBy>Jan</cp:lastModifiedBy>"),
        added("customXml/item1.xml", "<a/>"),
        added("docProps/custom.xml", "<Properties/>"),
        replaced(DRAWING, "<xdr:rowOff>0</xdr:rowOff></xdr:from>", "<xdr:rowOff>50000</xdr:rowOff></xdr:from>"),
        replaced(
            CHART,
            '<a:rPr lang="en-US" sz="1200" baseline="0"/>',
            '<a:rPr sz="1400"><a:solidFill>'
            '<a:schemeClr val="tx1"><a:lumMod val="65000"/><a:lumOff val="35000"/></a:schemeClr>'
            "</a:solidFill></a:rPr>",
        ),
        replaced(CHART, "Uitgaven per jaar</a:t>", "Uitgaven per</a:t></a:r><a:r><a:t> jaar</a:t>"),
        styled(COVER, "B3", code="[$-413]d\\-m\\-yyyy;@"),
        styled(SUMMARY, "D8", code="#,##0.00"),
        styled(COVER, "A3", code="#,##0.00;;"),
        styled(COVER, "A3", font=lambda xml: re.sub(r"<color [^>]*/>", '<color rgb="FF202A34"/>', xml)),
    ],
)
def test_what_hides_nothing_is_not_told(edit: Edit) -> None:
    assert found(edit) == []


def test_more_rules_than_anybody_made_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finance.xlsx.look.sheets.MOST_COLOURED", 3)
    with pytest.raises(UnreadableLookError):
        read_look(DATA, SEAL_SHEET)


@pytest.mark.parametrize(
    "forged",
    [
        lambda look: look["bladen"]["invoer"].update(cellen=[[0, "A1:XFD1048576"]]),
        lambda look: look["bladen"]["invoer"].update(cellen=[[0, "A1:ZZ900000"]]),
        lambda look: look["bladen"]["invoer"].update(cellen=[[999, "A1"]]),
        lambda look: look["bladen"]["invoer"].update(cellen=[[-1, "A1"]]),
        lambda look: look["bladen"]["invoer"].update(cellen=[[0, "geen cel"]]),
        lambda look: look["bladen"]["voorblad"].update(koppelingen={"x": "y"}),
        lambda look: look["bladen"]["voorblad"].update(hoogte=float("nan")),
        lambda look: look["looks"].append(["General"]),
        lambda look: look.update(meer=1),
    ],
)
def test_a_sealed_look_that_no_workbook_has_is_refused(forged: Callable[[dict[str, Any]], object]) -> None:
    kept = read_look(DATA, SEAL_SHEET).model_dump(mode="json")
    forged(kept)
    with pytest.raises(ValidationError):
        BookLook.model_validate(kept)
