"""What programs write in more than one way is the same to the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.tables.grid import Book, Cell, Sheet
from finance.xlsx.contents import read_contents
from finance.xlsx.engines import ironcalc as with_ironcalc
from finance.xlsx.engines import ironcalc_process as engine
from finance.xlsx.engines.engine import Question, Recalculated
from finance.xlsx.engines.ironcalc import IronCalc
from finance.xlsx.write import book_bytes
from tests.finance.xlsx.edit import with_cell_xml

EMPTY = (
    '<c r="A{}" t="n"/>',
    '<c r="A{}" t="n"></c>',
    '<c r="A{}"><v/></c>',
    '<c r="A{}" s="1" t="n"><v></v></c>',
    '<c r="A{}" t="b"/>',
    '<c r="A{}" t="d" />',
    "<c r='A{}' t='n'/>",
)
"""Ways to write an empty cell, of which an engine made a 0."""
FULL = {
    '<c r="A{}" t="b"><v>true</v></c>': True,
    '<c r="A{}" t="b"><v>0</v></c>': False,
    '<c r="A{}" t="d"><v>2026-11-22</v></c>': 46348,
    '<c r="A{}" t="d"><v>2026-11-22T00:00:00</v></c>': 46348,
    '<c r="A{}"><v> 5.5\n</v></c>': 5.5,
    '<c r="A{}" t="n"><v>7</v></c>': 7,
    '<c r="A{}" t="str"><v>5</v></c>': "5",
}
"""Other cells as programs may write them, and what they hold."""


def book_with(cells: tuple[str, ...]) -> bytes:
    """A workbook with these cells in column A, and a formula beside each."""
    rows = range(1, len(cells) + 1)
    sheet = Sheet(
        "blad",
        {
            **{(row, 1): Cell(9) for row in rows},
            **{(row, 2): Cell("", formula=f'IF(A{row}="","leeg",A{row})') for row in rows},
        },
    )
    data = book_bytes(Book("t", (sheet,)))
    for row, cell in enumerate(cells, start=1):
        data = with_cell_xml(data, 1, f"A{row}", lambda _, cell=cell, row=row: cell.format(row))
    return data


def recalculated(data: bytes, rows: int) -> list[object]:
    asked = [("blad", row, 2) for row in range(1, rows + 1)]
    (answer,) = IronCalc().recalculate([Question(data, asked, {}, read_contents("t", data))])
    assert isinstance(answer, Recalculated)
    return list(answer.values.values())


def test_an_empty_cell_is_empty_however_it_is_typed() -> None:
    assert recalculated(book_with(EMPTY), len(EMPTY)) == ["leeg"] * len(EMPTY)


def test_a_value_is_what_it_is_however_it_is_written() -> None:
    assert recalculated(book_with(tuple(FULL)), len(FULL)) == list(FULL.values())


def test_an_engine_may_print_what_it_likes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loud = tmp_path / "luid.py"
    loud.write_text(
        "import os, runpy\nos.write(1, b'\\xff{}')\nos.write(2, b'\\xfe')\n"
        f"runpy.run_path({engine.__file__!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(with_ironcalc.engine, "__file__", str(loud))
    assert recalculated(book_with(('<c r="A{}"><v>3</v></c>',)), 1) == [3]
