"""Verifying: an untouched workbook is right, and whoever touches a cell is found at that cell."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.workbook.defined_name import DefinedName

from finance.findings import FindingsError
from finance.money import Money
from finance.tables.grid import Book, Cell, Format, Role, Sheet, address
from finance.xlsx.deviations import Deviation, Kind, VerifyReport, dutch
from finance.xlsx.engines import ironcalc as with_ironcalc
from finance.xlsx.engines import ironcalc_process as engine
from finance.xlsx.engines.engine import NoAnswerError, Question
from finance.xlsx.engines.ironcalc import IronCalc
from finance.xlsx.formulas import same_format, same_formula
from finance.xlsx.sealing import sealed_bytes
from finance.xlsx.verify import verify
from finance.xlsx.write import book_bytes
from tests.finance.xlsx.edit import edited, needs_soffice, saved_together, sheet_part, with_cell_xml
from tests.finance.xlsx.sample import formula, small_book, with_cell

BOOK = small_book()
DATA = sealed_bytes(BOOK)
NAMES = [sheet.naam for sheet in BOOK.sheets]
FORMULAS = [
    (number, address(*at), cell)
    for number, sheet in enumerate(BOOK.sheets, 1)
    for at, cell in sheet.cells.items()
    if cell.formula
]
AMOUNTS = [item for item in FORMULAS if isinstance(item[2].value, Money)]
AFTERMATH = {Kind.CONSEQUENCE, Kind.CONTROL}

Change = Callable[[str], str]


def verified(data: bytes, folder: Path) -> VerifyReport:
    path = folder / "begroting.xlsx"
    path.write_bytes(data)
    return verify(path)


def causes(report: VerifyReport) -> list[tuple[Kind, str, str]]:
    """What was found, but for what follows from it."""
    return [(item.kind, item.blad, item.cel) for item in report.deviations if item.kind not in AFTERMATH]


def only(report: VerifyReport) -> Deviation:
    (found,) = report.deviations
    return found


def resaved_by_openpyxl(data: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def other_cached(by: float) -> Change:
    """Change the cached value of a formula."""
    return lambda xml: re.sub(r"<v>(.*?)</v>", lambda found: f"<v>{float(found[1]) + by:.2f}</v>", xml)


def pasted(value: str) -> Change:
    """Paste a value over a formula."""
    return lambda xml: re.sub(r"<f>.*</v>", f"<v>{value}</v>", xml)


def other_formula(text: str) -> Change:
    return lambda xml: re.sub(r"<f>(.*)</f>", rf"<f>\1{text}</f>", xml)


def other_value(value: str) -> Change:
    return lambda xml: re.sub(r"<v>.*</v>", f"<v>{value}</v>", xml)


def test_an_untouched_workbook_is_right(tmp_path: Path) -> None:
    report = verified(DATA, tmp_path)
    assert report.findings == ()
    assert report.formulas == len(FORMULAS)
    assert f"{len(FORMULAS)} formules" in report.summary


def test_a_workbook_without_formulas_is_right(tmp_path: Path) -> None:
    assert verified(sealed_bytes(Book("t", (Sheet("blad", {}),))), tmp_path).findings == ()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The workbook, and one with two changed cells, as LibreOffice saves them in one start."""
    folder = tmp_path_factory.mktemp("bewaard")
    changed = with_cell_xml(with_cell_xml(DATA, 2, "D3", other_value("200")), 3, "B4", pasted("7"))
    paths = [folder / "begroting.xlsx", folder / "gewijzigd.xlsx"]
    for path, data in zip(paths, (DATA, changed), strict=True):
        path.write_bytes(data)
    whole, other = saved_together(paths)
    return whole, other


@needs_soffice
def test_a_workbook_that_another_program_recalculated_and_saved_is_right(saved: tuple[Path, Path]) -> None:
    again, _ = saved
    assert again.read_bytes() != DATA
    report = verify(again)
    assert report.findings == ()
    assert report.formulas == len(FORMULAS)


@needs_soffice
def test_a_change_is_found_after_another_program_saved_it(saved: tuple[Path, Path]) -> None:
    _, changed = saved
    report = verify(changed)
    assert causes(report) == [(Kind.INPUT, "invoer", "D3"), (Kind.OVERWRITTEN, "berekening", "B4")]
    consequences = {(item.blad, item.cel) for item in report.deviations if item.kind is Kind.CONSEQUENCE}
    assert {("berekening", "B3"), ("samenvatting blad", "B5"), ("samenvatting blad", "B7")} <= consequences


@settings(max_examples=25)
@given(st.sampled_from(AMOUNTS), st.sampled_from([-0.01, 0.01]))
def test_a_cached_value_that_is_a_cent_off_is_found_there_alone(
    tmp_path_factory: pytest.TempPathFactory, item: tuple[int, str, Cell], by: float
) -> None:
    number, at, cell = item
    found = only(verified(with_cell_xml(DATA, number, at, other_cached(by)), tmp_path_factory.mktemp("w")))
    assert (found.kind, found.blad, found.cel) == (Kind.CACHED, NAMES[number - 1], at)
    assert isinstance(cell.value, Money)
    right, wrong = cell.value, cell.value + Money.from_euros(f"{by:.2f}")
    shown = [money.dutch().removeprefix("EUR ") for money in (right, wrong, right)]
    assert found.wat == f"verklaring {shown[0]}, opgeslagen {shown[1]}, herberekend {shown[2]}."


@settings(max_examples=25)
@given(st.sampled_from(AMOUNTS), st.integers(-5, 5))
def test_a_formula_that_was_pasted_over_is_found(
    tmp_path_factory: pytest.TempPathFactory, item: tuple[int, str, Cell], cents: int
) -> None:
    number, at, cell = item
    assert isinstance(cell.value, Money)
    data = with_cell_xml(DATA, number, at, pasted(str(cell.value + Money(cents))))
    report = verified(data, tmp_path_factory.mktemp("w"))
    assert causes(report) == [(Kind.OVERWRITTEN, NAMES[number - 1], at)]
    if cents == 0:
        assert len(report.deviations) == 1


@settings(max_examples=25)
@given(st.sampled_from(AMOUNTS), st.sampled_from(["+0.01", "-0.01", "+0", "*1"]))
def test_a_formula_that_was_changed_is_found(
    tmp_path_factory: pytest.TempPathFactory, item: tuple[int, str, Cell], text: str
) -> None:
    number, at, _ = item
    report = verified(with_cell_xml(DATA, number, at, other_formula(text)), tmp_path_factory.mktemp("w"))
    assert causes(report) == [(Kind.FORMULA, NAMES[number - 1], at)]
    assert "herberekend" in report.deviations[0].wat


@pytest.mark.parametrize(
    ("sheet", "at", "change", "kind", "words"),
    [
        (2, "D3", other_value("100.51"), Kind.INPUT, "was 100,50, is 100,51."),
        (2, "E2", other_value("0.0497"), Kind.INPUT, "was 0,0496, is 0,0497."),
        (2, "C3", other_value("2026"), Kind.DECISION, "was 2025, is 2026."),
        (1, "B3", other_value("46349"), Kind.TEXT, "was 22-11-2026, is 23-11-2026."),
        (1, "A3", lambda _: '<c r="A3"><v>5</v></c>', Kind.TEXT, "was 'Datum', is 5."),
        (1, "A7", lambda _: '<c r="A7"><v>123</v></c>', Kind.TEXT, "was '0123', is 123."),
        (2, "D3", lambda _: '<c r="D3" s="6"/>', Kind.EMPTIED, "hier stond 100,50"),
        (3, "D2", lambda _: "", Kind.EMPTIED, 'hier stond =IF(A2>2024,B2,"")'),
        (1, "A6", lambda _: '<c r="A6"><v>3</v></c>', Kind.ADDED, "hier staat 3; de cel was leeg"),
        (1, "A6", lambda _: '<c r="A6"><f>1+2</f><v>3</v></c>', Kind.ADDED, "de formule =1+2 (3)"),
        (2, "D3", lambda xml: xml.replace("<v>", "<f>100+0.5</f><v>"), Kind.NEW_FORMULA, "=100+0.5"),
        (4, "D8", lambda _: '<c r="D8" t="str"><v>VOLDOET</v></c>', Kind.OVERWRITTEN, "'VOLDOET'"),
        (3, "D2", other_value("0"), Kind.CACHED, "verklaring leeg, opgeslagen '0', herberekend leeg"),
    ],
)
def test_each_change_has_its_name(tmp_path: Path, sheet: int, at: str, change: Change, kind: Kind, words: str) -> None:
    report = verified(with_cell_xml(DATA, sheet, at, change), tmp_path)
    assert [item for item in causes(report) if item[0] is not Kind.FORMAT] == [(kind, NAMES[sheet - 1], at)]
    assert words in next(item.wat for item in report.deviations if item.kind is kind)


def test_a_formula_may_be_shared_or_spelt_in_another_way(tmp_path: Path) -> None:
    def share(text: str) -> str:
        for row in range(2, 7):
            own = f"<f>ROUND(invoer!D{row}*(1+invoer!E{row}),2)</f>"
            assert own in text
            first = '<f t="shared" ref="B2:B6" si="0">round( \'invoer\'!D2 * (1+invoer!E2), 2)</f>'
            text = text.replace(own, first if row == 2 else '<f t="shared" si="0"/>')
        return text

    assert verified(edited(DATA, {sheet_part(3): share}), tmp_path).findings == ()


def test_a_shared_formula_that_is_another_is_found(tmp_path: Path) -> None:
    def share(text: str) -> str:
        return text.replace(
            "<f>ROUND(invoer!D2*(1+invoer!E2),2)</f>",
            '<f t="shared" ref="B2:B3" si="0">ROUND(invoer!D2*(1+invoer!E2),2)</f>',
        ).replace("<f>1+invoer!E3</f>", '<f t="shared" si="0"/>')

    report = verified(edited(DATA, {sheet_part(3): share}), tmp_path)
    assert causes(report) == [(Kind.FORMULA, "berekening", "C3")]


def test_a_number_format_that_shows_another_number_is_found(tmp_path: Path) -> None:
    def change(text: str) -> str:
        return text.replace('formatCode="0.000000"', 'formatCode="&quot;9&quot;"')

    report = verified(edited(DATA, {"xl/styles.xml": change}), tmp_path)
    assert {item.kind for item in report.deviations} == {Kind.FORMAT}
    assert [item.cel for item in report.deviations] == ["C2, C3, C4, C5, C6"]
    assert "getalopmaak was '0.000000', is '\"9\"'" in report.deviations[0].wat


def test_a_workbook_without_cached_values_says_so_once_and_names_what_was_changed(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["invoer"]["D3"] = 100.51
        book["berekening"]["B4"] = 5

    report = verified(resaved_by_openpyxl(DATA, change), tmp_path)
    assert causes(report) == [
        (Kind.INPUT, "invoer", "D3"),
        (Kind.OVERWRITTEN, "berekening", "B4"),
        (Kind.NO_CACHE, "", ""),
    ]
    assert report.summary.endswith("formules vergeleken.")
    (missing,) = [item for item in report.deviations if item.kind is Kind.NO_CACHE]
    assert f"{len(FORMULAS) - 1} van de {len(FORMULAS) - 1} formules" in missing.wat


def test_a_workbook_without_cached_values_is_otherwise_right(tmp_path: Path) -> None:
    report = verified(resaved_by_openpyxl(DATA, lambda _: None), tmp_path)
    assert only(report).kind is Kind.NO_CACHE
    assert report.summary == (
        f"1 afwijking; {len(FORMULAS)} formules vergeleken, en elke is herberekend (IronCalc) gelijk aan de verklaring."
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda book: book.remove(book["voorblad"]), (Kind.SHEET, "voorblad", "")),
        (lambda book: book.create_sheet("nieuw"), (Kind.SHEET, "nieuw", "")),
        (lambda book: setattr(book["invoer"], "sheet_state", "hidden"), (Kind.HIDDEN, "invoer", "")),
        (lambda book: setattr(book["zegel"], "sheet_state", "veryHidden"), (Kind.HIDDEN, "zegel", "")),
        (
            lambda book: [setattr(book["invoer"].row_dimensions[row], "hidden", True) for row in (3, 4, 5)],
            (Kind.HIDDEN, "invoer", "rij 3 tot en met 5"),
        ),
        (
            lambda book: setattr(book["invoer"].column_dimensions["D"], "hidden", True),
            (Kind.HIDDEN, "invoer", "kolom D"),
        ),
        (
            lambda book: book.defined_names.add(DefinedName("btw", attr_text="1")),
            (Kind.FOREIGN, "", ""),
        ),
        (
            lambda book: setattr(book["voorblad"]["A7"], "hyperlink", "http://example.org/"),
            (Kind.FOREIGN, "", ""),
        ),
        (lambda book: book.move_sheet("invoer", 1), (Kind.SHEET, "", "")),
        (
            lambda book: setattr(book["voorblad"], "conditional_formatting", ConditionalFormattingList()),
            (Kind.FORMAT, "voorblad", "B4"),
        ),
        (
            lambda book: setattr(book["invoer"].column_dimensions["D"], "width", 0.2),
            (Kind.HIDDEN, "invoer", "kolom D"),
        ),
        (
            lambda book: setattr(book["invoer"].row_dimensions[3], "height", 0.2),
            (Kind.HIDDEN, "invoer", "rij 3"),
        ),
    ],
)
def test_what_happened_around_the_cells_is_found(
    tmp_path: Path, change: Callable[[openpyxl.Workbook], object], expected: tuple[Kind, str, str]
) -> None:
    report = verified(resaved_by_openpyxl(DATA, change), tmp_path)
    assert [found for found in causes(report) if found[0] is not Kind.NO_CACHE] == [expected]


def test_a_shape_that_can_cover_a_cell_is_found(tmp_path: Path) -> None:
    def cover(text: str) -> str:
        return text.replace("</xdr:wsDr>", "<xdr:twoCellAnchor><xdr:sp/></xdr:twoCellAnchor></xdr:wsDr>")

    report = verified(edited(DATA, {"xl/drawings/drawing1.xml": cover}), tmp_path)
    assert only(report).wat == "een vorm of tekstvak, dat cellen kan bedekken."


@pytest.mark.parametrize("word", ["VOLDOET NIET", "FOUT"])
def test_a_control_that_is_not_met_is_found(tmp_path: Path, word: str) -> None:
    book = with_cell(BOOK, "voorblad", (8, 1), Cell("Plafond van de regeling"))
    check = formula(word, f'IF(1=1,"{word}","VOLDOET")', Format.TEXT, Role.CHECK)
    report = verified(sealed_bytes(with_cell(book, "voorblad", (8, 2), check)), tmp_path)
    (finding,) = report.failures
    assert (report.differences, report.changes) == ((), ())
    assert (finding.blad, finding.cel) == ("voorblad", "B8")
    assert f"'Plafond van de regeling' is opgeslagen {word}, herberekend {word}" in finding.wat


def test_a_control_that_fails_only_when_recalculated_is_found(tmp_path: Path) -> None:
    data = with_cell_xml(DATA, 4, "B7", pasted("1"))
    failures = verified(data, tmp_path).failures
    assert [(finding.blad, finding.cel) for finding in failures] == [
        ("voorblad", "B4"),
        ("samenvatting blad", "D8"),
    ]
    assert all("is herberekend VOLDOET NIET" in finding.wat for finding in failures)


def test_a_statement_that_its_formula_does_not_give_is_found(tmp_path: Path) -> None:
    wrong = with_cell(BOOK, "berekening", (2, 2), formula(Money(1), "ROUND(invoer!D2*(1+invoer!E2),2)"))
    report = verified(sealed_bytes(wrong), tmp_path)
    assert causes(report) == [(Kind.STATEMENT, "berekening", "B2")]
    assert "verklaring 0,01, opgeslagen 0,01, herberekend 129.580,24" in report.deviations[0].wat
    assert len(report.differences) == 1


@pytest.mark.parametrize(
    ("fmt", "said", "given", "differs"),
    [
        (Format.EURO, "0.00", "0.0049", False),
        (Format.EURO, "0.00", "0.005", True),
        (Format.EURO, "1000000.00", "1000000.0049", False),
        (Format.PERCENT, "0.05", "0.050000000001", False),
        (Format.PERCENT, "0.05", "0.05000001", True),
        (Format.PLACES, "12", "12.0000001", False),
        (Format.PLACES, "12", "12.00001", True),
    ],
)
def test_numbers_differ_from_a_cent_on(tmp_path: Path, fmt: Format, said: str, given: str, differs: bool) -> None:
    value = Money.from_euros(said) if fmt is Format.EURO else Decimal(said)
    book = Book("t", (Sheet("blad", {(1, 1): formula(value, given, fmt)}),))
    assert bool(verified(sealed_bytes(book), tmp_path).differences) is differs


@pytest.mark.parametrize("value", [0, "FOUT", ""])
def test_zero_nothing_and_text_are_not_the_same(tmp_path: Path, value: int | str) -> None:
    others = {0: "0", "FOUT": '"FOUT"', "": '""'}
    del others[value]
    for text in others.values():
        book = Book("t", (Sheet("blad", {(1, 1): formula(value, text, Format.GENERAL)}),))
        assert verified(sealed_bytes(book), tmp_path).differences


def test_a_workbook_without_a_seal_is_not_of_the_toolkit(tmp_path: Path) -> None:
    report = verified(book_bytes(BOOK), tmp_path)
    assert only(report).kind is Kind.SEAL
    assert "geen zegel" in report.findings[0].wat
    assert report.changes == report.findings


def test_a_damaged_seal_is_the_only_finding(tmp_path: Path) -> None:
    data = resaved_by_openpyxl(DATA, lambda book: book["zegel"].__setitem__("B10", "eJx"))
    report = verified(data, tmp_path)
    assert only(report).kind is Kind.SEAL
    assert "beschadigd" in report.findings[0].wat


@pytest.mark.parametrize("data", [b"", b"geen werkmap", DATA[: len(DATA) // 2]])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FindingsError):
        verified(data, tmp_path)


def test_a_formula_that_ends_the_engine_is_a_finding(tmp_path: Path) -> None:
    data = with_cell_xml(DATA, 4, "B7", lambda xml: xml.replace("<f>", f"<f>{'(' * 90_000}"))
    report = verified(data, tmp_path)
    assert (Kind.NO_ANSWER, "", "") in causes(report)
    assert (Kind.FORMULA, "samenvatting blad", "B7") in causes(report)


def test_a_formula_that_takes_too_long_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(with_ironcalc, "SECONDS", 0.0001)
    report = verified(DATA, tmp_path)
    assert only(report).kind is Kind.NO_ANSWER
    assert "duurde langer" in report.findings[0].wat
    assert report.differences == report.findings


def test_the_engine_computes_from_the_formulas_and_not_from_the_cache(tmp_path: Path) -> None:
    path = tmp_path / "begroting.xlsx"
    path.write_bytes(with_cell_xml(DATA, 3, "B2", other_value("-1")))
    request = engine.Request(
        file=str(path), values={"berekening": [(2, 2)]}, formulas={"berekening": [(2, 2, "SUM( A1 )")]}
    )
    found = engine.answer(request)
    assert found["values"] == {"berekening": [pytest.approx(129580.24)]}
    assert found["formulas"] == {"berekening": [("=ROUND(invoer!D2*(1+invoer!E2),2)", "=SUM(A1)")]}


def test_the_engine_stands_apart_from_the_toolkit() -> None:
    code = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='x'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, engine.__file__], capture_output=True, text=True, check=True
    )
    assert "ironcalc" in done.stdout.split()
    assert not [name for name in done.stdout.split() if name.partition(".")[0] in ("finance", "openpyxl")]


def test_an_unknown_sheet_is_no_answer() -> None:
    (found,) = IronCalc().recalculate([Question(DATA, [("bestaat niet", 1, 1)], {})])
    assert isinstance(found, NoAnswerError)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SUM(A1:A2)", "=sum( a1:A2 )", True),
        ("'blad'!A1+TRUE", "blad!A1+TRUE()", True),
        ("_xlfn.MINIFS(A1:A2,A1:A2,1)", "MINIFS(A1:A2,A1:A2,1)", True),
        ("'mijn blad'!A1", "'MIJN blad'!A1", True),
        ("'mijn blad'!A1", "'mijnblad'!A1", False),
        ('IF(A1="a b",1,2)', 'IF(A1="ab",1,2)', False),
        ('IF(A1="a",1,2)', 'IF(A1="A",1,2)', False),
        ('"TRUE()"', '"TRUE"', False),
        ("$A$1", "A1", False),
        ('A1&"', "A1", False),
    ],
)
def test_formulas_are_the_same_but_for_their_spelling(one: str, other: str, same: bool) -> None:
    assert same_formula(one, other) is same
    assert same_formula(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("d-m-yyyy", "d\\-m\\-yyyy", True),
        ("d-m-yyyy", '[$-413]d"-"m"-"yyyy;@', True),
        ("General", "GENERAL", True),
        ("#,##0.00", "#,##0", False),
        ("#,##0.00", '"1.000.000"', False),
        ("@", ";;;", False),
    ],
)
def test_formats_are_the_same_but_for_their_spelling(one: str, other: str, same: bool) -> None:
    assert same_format(one, other) is same


@pytest.mark.parametrize(
    ("value", "fmt", "text"),
    [
        (1234567.891, Format.EURO, "1.234.567,891"),
        (1234567.8900000001, Format.EURO, "1.234.567,89"),
        (-0.01, Format.EURO, "-0,01"),
        (0.005, Format.EURO, "0,005"),
        (123456789012.5, Format.EURO, "123.456.789.012,00"),
        (8.5e-05, Format.PERCENT, "0,000085"),
        (46348, Format.DATE, "22-11-2026"),
        (1e12, Format.DATE, "1000000000000"),
        (2024.0, Format.YEAR, "2024"),
        (True, Format.GENERAL, "WAAR"),
        (None, Format.EURO, "leeg"),
        ("x" * 100, Format.TEXT, "'" + "x" * 80 + "...'"),
    ],
)
def test_values_are_written_as_a_dutch_reader_writes_them(value: str | float | None, fmt: Format, text: str) -> None:
    assert dutch(value, fmt) == text
