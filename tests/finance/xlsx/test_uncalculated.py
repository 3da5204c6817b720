"""Results that were never calculated: worked out by an engine, or refused; never taken as they are."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from finance.case import CellValue, RawBook
from finance.xlsx import uncalculated
from finance.xlsx.cell_values import NO_RESULT, never_calculated
from finance.xlsx.engines.engine import NoAnswerError
from finance.xlsx.read import book_of
from tests.casebook import small_case
from tests.finance.xlsx.habits import WORKBOOK, Parts, in_parts, plain_parts, related, zipped

PLAIN = plain_parts(small_case())
COSTS = f"xl/worksheets/sheet{list(small_case()).index('kosten') + 1}.xml"
NEVER_CALCULATED = never_calculated("het bestand zegt dat alles bij openen nog berekend moet worden")
ON_LOAD = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
APP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"


def made(cells: dict[str, str], calculation: str = ON_LOAD, application: str = "Microsoft Excel") -> Parts:
    """The case with other cells on the sheet kosten, and what the file says of its results."""

    def change(text: str) -> str:
        for at, cell in cells.items():
            text, count = re.subn(rf'<c r="{at}"[^>]*?(/>|>.*?</c>)', lambda _, new=cell: new, text)
            assert count == 1, at
        return text

    parts = in_parts(PLAIN, [COSTS], change)
    parts = in_parts(parts, [WORKBOOK], lambda text: text.replace("</workbook>", f"{calculation}</workbook>"))
    if application:
        parts = related(parts, "", "extended-properties", "docProps/app.xml")
        parts |= {"docProps/app.xml": f"<Properties><Application>{application}</Application></Properties>".encode()}
    return parts


def read(parts: Parts) -> RawBook:
    return book_of("casus.xlsx", zipped(parts))


def formula(text: str, stored: str = "0", at: str = "D2", more: str = "") -> str:
    return f'<c r="{at}"><f{more}>{text}</f><v>{stored}</v></c>'


def amount(book: RawBook, row: int = 2) -> CellValue | None:
    return next(item.cellen.get("bedrag") for item in book.bladen["kosten"].rijen if item.nummer == row)


def test_a_result_that_was_never_calculated_is_calculated_and_told() -> None:
    book = read(made({"D2": formula("100*2500")}))
    assert amount(book) == Decimal(250_000)
    (told,) = book.opgemerkt
    assert str(told) == (
        "kosten: Formules zijn hier berekend, want het bestand zegt dat alles bij openen nog berekend moet"
        " worden: D2 is '250000', opgeslagen staat '0'. Laat Excel de werkmap berekenen en sla op."
    )


@pytest.mark.parametrize(
    ("calculation", "application", "why"),
    [
        (ON_LOAD, "Microsoft Excel", "bij openen nog berekend"),
        ('<calcPr fullCalcOnLoad="true"/>', "", "bij openen nog berekend"),
        ('<calcPr calcCompleted="0"/>', "Microsoft Excel", "niet is berekend voordat"),
        ("", "Apache POI", "Apache POI"),
        ("", "SheetJS", "SheetJS"),
        ("<calcPr/>", "", "niet welk programma"),
        ('<calcPr calcMode="manual"/>', "Microsoft Excel", "alleen als iemand erom vraagt"),
    ],
)
def test_a_result_that_need_not_be_right_is_calculated(calculation: str, application: str, why: str) -> None:
    book = read(made({"D2": formula("1+1", "7")}, calculation, application))
    assert amount(book) == Decimal(2)
    assert why in book.opgemerkt[-1].wat


@pytest.mark.parametrize(
    "application",
    [
        "Microsoft Excel",
        "Microsoft Macintosh Excel",
        "Microsoft Excel Online",
        "LibreOffice/24.2.7.2$Linux",
        "ONLYOFFICE/8.1",
        "WPS Office",
        "Numbers",
        "Gnumeric",
    ],
)
@pytest.mark.parametrize("calculation", ["", "<calcPr/>", '<calcPr calcId="191029" calcMode="auto"/>'])
def test_a_result_of_a_program_that_calculates_is_taken_as_it_is(
    application: str, calculation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uncalculated, "_calculated", None)  # The engine must not even be asked.
    book = read(made({"D2": formula("1+1", "7")}, calculation, application))
    assert (amount(book), book.opgemerkt) == (Decimal(7), ())


def test_google_sheets_is_known_by_its_own_function() -> None:
    own = 'IFERROR(__xludf.DUMMYFUNCTION("QUERY(x)"),7)'
    book = read(made({"D2": formula(own.replace('"', "&quot;"), "7")}, "<calcPr/>", ""))
    assert (amount(book), book.opgemerkt) == (Decimal(7), ())


def test_results_that_are_right_are_not_worth_a_word() -> None:
    book = read(made({"D2": formula("0.1+0.2", "0.30000000000000004"), "D3": formula("10/4", "2.5", "D3")}))
    assert (amount(book), amount(book, 3), book.opgemerkt) == (Decimal("0.3"), Decimal("2.5"), ())


def test_without_a_formula_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uncalculated, "_distrust", None)
    assert read(made({}, '<calcPr calcMode="manual"/>', "")).opgemerkt == ()


def test_manual_calculation_is_told_though_all_is_right() -> None:
    (told,) = read(made({"D2": formula("1+1", "2")}, '<calcPr calcMode="manual"/>')).opgemerkt
    assert told.wat.startswith("De werkmap staat op handmatig berekenen")


@pytest.mark.parametrize(
    "text",
    [
        "ONBEKEND(1)",
        "IFERROR(ONBEKEND(1),5)",
        "[1]Blad!A1",
        "IFERROR([1]Blad!A1,5)",
        "SUM(Tabel1[x])",
        "naam*2",
        "1/0",
        "IFERROR(naam,5)",
        "SUM({1,2})",
        "D2",
        "TODAY()",
        "YEAR(NOW())",
        "250000+0*RAND()",
        "randbetween(1,9)",
    ],
)
def test_what_the_engine_cannot_calculate_is_refused(text: str) -> None:
    book = read(made({"D2": formula(text, "5")}))
    assert amount(book) == NEVER_CALCULATED
    assert book.opgemerkt == ()


@pytest.mark.parametrize("text", ["D2*2", "IFERROR(D2,5)", "COUNT(D2:D2)", "IF(ISERROR(D2),1,2)", "SUM(D:D)-1"])
@pytest.mark.parametrize("unknown", [formula("ONBEKEND(1)", "5"), formula("D4:D5*2", "5", more=' t="array" ref="D2"')])
def test_what_depends_on_it_is_refused_too_and_nothing_else(text: str, unknown: str) -> None:
    cells = {"D2": unknown, "D3": formula(text, "5", "D3"), "D4": formula("3*4", "0", "D4")}
    if "D:D" in text:
        cells["D3"] = cells["D3"].replace("D:D", "kosten!D2:D2")
    book = read(made(cells))
    assert [amount(book, row) for row in (2, 3, 4)] == [NEVER_CALCULATED, NEVER_CALCULATED, Decimal(12)]


def test_a_cell_that_an_array_formula_fills_is_refused() -> None:
    array = formula("D4:D5*2", "5", more=' t="array" ref="D2:D3"')
    book = read(made({"D2": array, "D3": '<c r="D3"><v>5</v></c>'}))
    assert [amount(book, row) for row in (2, 3)] == [NEVER_CALCULATED, NEVER_CALCULATED]


def test_shared_formulas_are_each_its_own() -> None:
    cells = {
        "D2": formula("C2+10", more=' t="shared" ref="D2:D4" si="0"'),
        "D3": formula("", at="D3", more=' t="shared" si="0"'),
        "D4": formula("", at="D4", more=' t="shared" si="0"'),
        **{f"C{row}": f'<c r="C{row}"><v>{row}</v></c>' for row in (2, 3, 4)},
    }
    assert [amount(read(made(cells)), row) for row in (2, 3, 4)] == [12, 13, 14]


def test_a_formula_may_use_a_sheet_that_does_not_count_and_a_name() -> None:
    parts = made({"D2": formula("'mijn hulp'!B2*factor")})
    helper = '<worksheet><sheetData><row r="2"><c r="B2"><f>20+1</f></c><c r="C2"><v>3</v></c></row></sheetData>'
    parts = related(parts, WORKBOOK, "worksheet", "worksheets/hulp.xml")
    number = re.findall(r'Id="(x\d+)"', parts["xl/_rels/workbook.xml.rels"].decode())[-1]
    sheet = f'<sheet name="mijn hulp" sheetId="99" r:id="{number}"/></sheets>'
    sheet += "<definedNames><definedName name=\"factor\">'mijn hulp'!$C$2</definedName></definedNames>"
    parts = in_parts(parts, [WORKBOOK], lambda text: text.replace("</sheets>", sheet))
    assert amount(read(parts | {"xl/worksheets/hulp.xml": f"{helper}</worksheet>".encode()})) == Decimal(63)
    assert amount(read(parts | {"xl/worksheets/hulp.xml": b"<worksheet>"})) == NEVER_CALCULATED


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="D2" t="str"><f>"a"&amp;"b"</f><v></v></c>', "ab"),
        ('<c r="D2" t="b"><f>1=1</f><v>0</v></c>', True),
        ('<c r="D2" s="1"><f>DATE(2024,2,29)</f><v>0</v></c>', date(2024, 2, 29)),
        ('<c r="D2" t="str"><f>""</f><v>x</v></c>', None),
        ('<c r="D2"><f>1+1</f></c>', NO_RESULT),
    ],
)
def test_a_result_may_be_of_any_kind(cell: str, value: CellValue | None) -> None:
    assert amount(read(made({"D2": cell}))) == value


def test_an_error_value_that_the_engine_finds_too_stays_one() -> None:
    book = read(made({"D2": '<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'}))
    assert "foutwaarde #DIV/0!" in getattr(amount(book), "wat", "")


def test_days_from_1904_are_not_calculated() -> None:
    parts = in_parts(
        made({"D2": formula("1+1", "2")}),
        [WORKBOOK],
        lambda text: text.replace("<workbookPr", '<workbookPr date1904="1"'),
    )
    assert amount(read(parts)) == NEVER_CALCULATED


def test_no_answer_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object) -> None:
        raise NoAnswerError

    monkeypatch.setattr(uncalculated, "_ask", silent)
    assert amount(read(made({"D2": formula("1+1", "2")}))) == NEVER_CALCULATED


def test_many_results_are_summed_up() -> None:
    cells = {f"D{row}": formula(f"{row}*10", "0", f"D{row}") for row in range(2, 12)}
    cells |= {f"C{row}": formula("0+1", "9", f"C{row}") for row in range(2, 5)}
    (told,) = read(made(cells)).opgemerkt
    assert told.wat.endswith("; en nog 3.")
