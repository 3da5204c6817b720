"""The small case as a file of this program and of another."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.casebook import columns_of_rows, small_case, write_xlsx


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case as a workbook."""
    return write_xlsx(small_case(), tmp_path_factory.mktemp("plain") / "casus.xlsx")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case as another program writes it: all texts stand together in one part."""
    path = tmp_path_factory.mktemp("shared") / "casus.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "d-m-yyyy"}) as book:
        for name, rows in small_case().items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, columns_of_rows(rows))
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, list(row.values()))
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "casus.xlsx"
