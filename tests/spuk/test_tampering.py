"""Whatever amount of a real budget is changed by a cent or pasted over: both engines find it, there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.tables.grid import Format, address
from finance.xlsx.contents import read_contents
from finance.xlsx.deviations import Kind, VerifyReport
from finance.xlsx.engines.libreoffice import find_libreoffice
from finance.xlsx.seal import SEAL_SHEET, read_seal
from finance.xlsx.verify import verify, verify_all
from spuk.app import Exit
from spuk.cli import run_command
from tests.finance.xlsx.edit import needs_soffice, resaved_by_soffice, with_cell_xml
from tests.finance.xlsx.look.excel import saved_by_excel
from tests.finance.xlsx.look.tampering import (
    CORE,
    STYLES,
    WORKBOOK,
    Edit,
    coloured,
    in_sheet,
    replaced,
    styled,
)
from tests.spuk.cases import tiny

ALSO: Final = frozenset({Kind.FORMAT, Kind.CONSEQUENCE, Kind.CONTROL})
"""What may be found besides: how the cell is shown now, and what follows from it."""


class Amount(NamedTuple):
    """A formula cell that shows an amount."""

    number: int
    sheet: str
    at: str
    value: float


class Budget(NamedTuple):
    """A workbook of a run, with its amounts."""

    path: Path
    data: bytes
    amounts: tuple[Amount, ...]


@pytest.fixture(scope="module")
def budget(tmp_path_factory: pytest.TempPathFactory) -> Budget:
    """The budget of a tiny case, planned."""
    folder = tmp_path_factory.mktemp("dorp")
    assert run_command(["plan", str(tiny(folder)), "--out", str(folder)]) == Exit.FINE
    path = folder / "dorp" / "basis" / "begroting.xlsx"
    contents = read_contents(path.name, path.read_bytes())
    seal = read_seal({at: cell.value for at, cell in contents.sheets[SEAL_SHEET].cells.items()})
    amounts = tuple(
        Amount(number, name, address(*at), float(cell.shown))
        for number, (name, cells) in enumerate(seal.sheets.items(), start=1)
        for at, cell in cells.items()
        if cell.formula and cell.fmt is Format.EURO and cell.shown != ""
    )
    assert len(amounts) > 100
    return Budget(path, path.read_bytes(), amounts)


def cent_off(xml: str) -> str:
    """Change the value that is kept beside a formula."""
    return re.sub(r"<v>(.*)</v>", lambda found: f"<v>{float(found[1]) + 0.01:.2f}</v>", xml)


def cent_more(xml: str) -> str:
    """Change a formula."""
    return xml.replace("</f>", "+0.01</f>")


def pasted(xml: str) -> str:
    """Paste the value over its formula."""
    return re.sub(r"<f>.*</f>", "", xml)


WAYS: Final[dict[Callable[[str], str], Kind]] = {
    cent_off: Kind.CACHED,
    cent_more: Kind.FORMULA,
    pasted: Kind.OVERWRITTEN,
}
Ways = st.sampled_from(list(WAYS))


def spoiled(budget: Budget, amount: Amount, way: Callable[[str], str]) -> bytes:
    return with_cell_xml(budget.data, amount.number, amount.at, way)


def assert_found(report: object, amount: Amount, way: Callable[[str], str]) -> None:
    """The first thing that is found is that change, in that cell."""
    assert isinstance(report, VerifyReport)
    first = report.deviations[0]
    causes = [item for item in report.deviations if item.kind not in ALSO]
    assert [(item.kind, item.blad, item.cel) for item in causes] == [(WAYS[way], amount.sheet, amount.at)]
    assert first in causes


@settings(max_examples=8)
@given(data=st.data())
def test_any_amount_that_was_touched_is_found(budget: Budget, data: st.DataObject) -> None:
    amount, way = data.draw(st.sampled_from(budget.amounts)), data.draw(Ways)
    path = budget.path.with_name("geraakt.xlsx")
    path.write_bytes(spoiled(budget, amount, way))
    assert_found(verify(path), amount, way)


def first_amount(budget: Budget, sheet: str) -> Amount:
    return next(amount for amount in budget.amounts if amount.sheet == sheet)


@pytest.mark.parametrize(
    ("look", "words"),
    [
        ({"code": "#,##&quot;0&quot;.00"}, "getalopmaak was '#,##0.00'"),
        ({"code": "#,##\\0.00"}, "getalopmaak was '#,##0.00'"),
        ({"font": coloured("FFFFFF")}, "is 'FFFFFF'"),
        ({"font": lambda xml: xml.replace('<sz val="10"/>', '<sz val="1"/>')}, "is '1'"),
        ({"alignment": 'horizontal="left" indent="200" shrinkToFit="1"'}, "verkleind"),
    ],
)
def test_an_amount_that_is_read_otherwise_is_found(
    budget: Budget, look: dict[str, Any], words: str, tmp_path: Path
) -> None:
    """The number stays what it was, and its cell is named."""
    amount = first_amount(budget, "samenvatting")
    path = tmp_path / "geraakt.xlsx"
    path.write_bytes(styled(amount.number, amount.at, **look)(budget.data))
    (found,) = verify(path).deviations
    assert (found.kind, found.blad, found.cel) == (Kind.FORMAT, "samenvatting", amount.at)
    assert words in found.wat


@pytest.mark.parametrize(
    ("edit", "kind", "words"),
    [
        (replaced(WORKBOOK, "<calcPr ", '<calcPr fullPrecision="0" '), Kind.SETTING, "met wat wordt getoond"),
        (replaced(STYLES, "FF9B1C1C", "FF1E6B34"), Kind.FORMAT, "de kleurregels zijn anders"),
        (replaced(CORE, "<dc:creator></dc:creator>", "<dc:creator>Raad</dc:creator>"), Kind.FORMAT, "auteur"),
        (
            in_sheet(2, "<oddFooter>", "<oddHeader>&amp;CVASTGESTELD DOOR DE RAAD</oddHeader><oddFooter>"),
            Kind.FORMAT,
            "VASTGESTELD DOOR DE RAAD",
        ),
    ],
)
def test_a_workbook_that_is_seen_otherwise_is_found(
    budget: Budget, edit: Edit, kind: Kind, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "geraakt.xlsx"
    path.write_bytes(edit(budget.data))
    deviations = verify(path).deviations
    assert {item.kind for item in deviations} == {kind}
    assert any(words in item.wat for item in deviations)


def test_a_budget_that_excel_saved_is_right(budget: Budget, tmp_path: Path) -> None:
    path = tmp_path / "bewaard.xlsx"
    path.write_bytes(saved_by_excel(budget.data))
    assert verify(path).findings == ()


@needs_soffice
@settings(max_examples=1)
@given(data=st.data())
def test_libreoffice_finds_them_too_and_what_it_saved_itself_is_right(
    budget: Budget, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("geraakt")
    drawn = data.draw(st.lists(st.tuples(st.sampled_from(budget.amounts), Ways), min_size=2, max_size=2))
    paths = [folder / f"{number}.xlsx" for number in range(len(drawn))]
    for path, (amount, way) in zip(paths, drawn, strict=True):
        path.write_bytes(spoiled(budget, amount, way))
    again = resaved_by_soffice(budget.path, folder)
    *reports, whole, saved = verify_all([*paths, budget.path, again], find_libreoffice())
    for report, (amount, way) in zip(reports, drawn, strict=True):
        assert_found(report, amount, way)
    for report in (whole, saved, verify(again)):
        assert isinstance(report, VerifyReport)
        assert report.findings == ()
