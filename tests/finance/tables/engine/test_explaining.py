"""What a formula comes to, and which cells take part in it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from finance.tables.engine.cells import At, Known, Sheets, TracedCell, cells_of_book
from finance.tables.engine.explaining import Explained, Explainer
from finance.tables.engine.expressions import area_of
from finance.tables.engine.worth import Way
from finance.tables.grid import Format, Role
from tests.finance.books import shelf

ROWS: Mapping[str, object] = {
    "A1": "bouw",
    "B1": 2024,
    "C1": 100,
    "D1": "ja",
    "A2": "zorg",
    "B2": 2024,
    "C2": 50,
    "D2": "nee",
    "A3": "Bouw",
    "B3": 2025,
    "C3": 7,
    "D3": "ja",
    "A4": "b*",
    "B4": 2026,
    "C4": 0,
    "D4": "",
}
"""Four rows: a name, a year, an amount and a word."""


def explained(formula: str, **more: object) -> Explained:
    """The formula in F9, beside the four rows."""
    cells = {**ROWS, **more}
    sheet = {place(label): cell_of(value) for label, value in cells.items()}
    sheet[place("F9")] = TracedCell(None, formula, Role.FORMULA, Format.GENERAL, None)
    return Explainer({"blad": sheet}).explain(("blad", *place("F9")))


def place(label: str) -> tuple[int, int]:
    """Row and column of a cell."""
    area = area_of(label, "")
    return area.top, area.left


def cell_of(value: object) -> TracedCell:
    """A pasted cell."""
    known: Known = value if isinstance(value, str) else Fraction(str(value))
    return TracedCell(known, "", Role.INPUT_SOURCED, Format.GENERAL, None)


def shares(found: Explained) -> dict[str, Fraction | None]:
    """What each term adds, by its cell."""
    return {label_of(flow.at): flow.share for flow in found.flows if flow.way is Way.TERM}


def of_way(found: Explained, way: Way) -> set[str]:
    """The cells that take part in a way."""
    return {label_of(flow.at) for flow in found.flows if flow.way is way}


def label_of(at: At) -> str:
    """The cell as a user writes it."""
    return f"{chr(ord('A') + at[2] - 1)}{at[1]}"


@pytest.mark.parametrize(
    ("formula", "value", "terms"),
    [
        ("SUM(C1:C4)", 157, {"C1": 100, "C2": 50, "C3": 7, "C4": 0}),
        ('SUMIFS(C1:C4,A1:A4,"bouw")', 107, {"C1": 100, "C3": 7}),
        ('SUMIFS(C1:C4,B1:B4,"<="&B2,D1:D4,"ja")', 100, {"C1": 100}),
        ('SUMIFS(C1:C4,A1:A4,"b*")', 107, {"C1": 100, "C3": 7, "C4": 0}),
        ('SUMIFS(C1:C4,A1:A4,"b~*")', 0, {"C4": 0}),
        ('SUMIFS(C1:C4,D1:D4,"")', 0, {"C4": 0}),
        ('SUMIF(A1:A4,"zorg",C1:C4)', 50, {"C2": 50}),
        ("C1-C2", 50, {"C1": 100, "C2": -50}),
        ("-C1+C1+C2", 50, {"C1": 0, "C2": 50}),
        ("C1*2", 200, {"C1": 200}),
        ("C1/4", 25, {"C1": 25}),
        ("ROUND(C3/2,0)", 4, {"C3": Fraction(7, 2)}),
        ("ROUNDDOWN(C3/2,0)", 3, {"C3": Fraction(7, 2)}),
        ("ROUNDUP(C3/2,0)", 4, {"C3": Fraction(7, 2)}),
        ('IF(A1="BOUW",C1,C2)', 100, {"C1": 100}),
        ("IF(C4=0,C2,1/C4)", 50, {"C2": 50}),
        ("INDEX(C1:C4,MATCH(A2,A1:A4,0))", 50, {"C2": 50}),
        ("INDEX(A1:D4,2,3)", 50, {"C2": 50}),
        ("SUM(INDEX(A1:D4,0,3))", 157, {"C1": 100, "C2": 50, "C3": 7, "C4": 0}),
        ("MAX(C1:C3)", 100, {"C1": 100}),
        ("MIN(C1,C3)", 7, {"C3": 7}),
        ('COUNTIFS(D1:D4,"ja")', 2, {"D1": 1, "D3": 1}),
        ("COUNT(A1:C4)", 8, None),
        ("N(A1)+C1", 100, {"C1": 100}),
        ("IFERROR(MATCH(2030,B1:B4,0),0)", 0, {}),
        ("CHOOSE(2,C1,C2)", 50, {"C2": 50}),
        ("MATCH(2025,B1:B4)", 3, {}),
        ("ABS(C2-C1)", 50, {"C1": 100, "C2": -50}),
        ("SUMPRODUCT(B1:B2,C1:C2)", 2024 * 150, {}),
        ("C9", 0, {}),
    ],
)
def test_terms_add_up_to_what_the_formula_comes_to(
    formula: str, value: int, terms: dict[str, int | Fraction] | None
) -> None:
    found = explained(formula)
    assert found.worth
    assert found.worth.value == value
    if terms is not None:
        assert shares(found) == terms


def test_factors_add_nothing_of_their_own() -> None:
    found = explained("C1*B1+C2")
    assert of_way(found, Way.FACTOR) == {"C1", "B1"}
    assert shares(found) == {"C2": 50}


def test_what_only_decides_is_told_apart() -> None:
    found = explained('IF(AND(B1=2024,D1="ja"),SUMIFS(C1:C4,A1:A4,A2),0)')
    assert shares(found) == {"C2": 50}
    assert of_way(found, Way.CHOICE) == {"B1", "D1", "A2"}


def test_a_cell_that_adds_and_decides_is_a_term() -> None:
    assert of_way(explained("IF(C1>0,C1,0)"), Way.CHOICE) == set()


def test_what_is_not_understood_names_all_that_it_reads() -> None:
    found = explained("STDEV(C1:C3,B1)")
    assert not found.understood
    assert of_way(found, Way.FACTOR) == {"C1", "C2", "C3", "B1"}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ('IF("a">1,1,0)', 1),
        ("IF(G1=0,1,0)", 1),
        ('IF(G1="",1,0)', 1),
        ('IF("a"<"B",1,0)', 1),
        ('"x"&B1', "x2024"),
        ("YEAR(45658)", 2025),
        ('INDEX(A1:A4,1)&""', "bouw"),
        ("1=1", True),
        ("NOT(C1>C2)", False),
        ("COLUMNS(A1:D4)", 4),
        ("ROUND(-2.5,0)", -3),
        ("2^3", 8),
        ("INT(7/2)", 3),
        ("ISNUMBER(A1)", False),
        ("OR(C1=0,C2=50)", True),
        ("COUNTA(A1:A9)", 4),
    ],
)
def test_values_are_those_of_a_workbook(formula: str, value: object) -> None:
    found = explained(formula)
    assert found.understood
    assert found.worth
    assert found.worth.value == value


@pytest.mark.parametrize(
    "name",
    ["rich", "odd", "short", "bare"],
)
def test_every_formula_of_a_proposal_is_understood_to_the_cent(name: str) -> None:
    assert list(wrong_in(cells_of_book(shelf.budget(name)))) == []


def wrong_in(sheets: Sheets) -> list[object]:
    """The formulas that come to something else than Python computed, exactly."""
    explainer = Explainer(sheets)
    found = [explainer.explain((sheet, *at)) for sheet, cells in sheets.items() for at in cells]
    return [
        (one.at, one.cell.formula)
        for one in found
        if one.worth and not (one.understood and (one.worth.value or 0) == (one.cell.value or 0))
    ]
