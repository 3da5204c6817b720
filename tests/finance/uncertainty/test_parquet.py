"""The Parquet file: every draw, exact, with empty cells where there is nothing, and the same bytes again."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

import finance.uncertainty.parquet
from finance.uncertainty.parquet import write_parquet
from tests.finance.sweeping import swept


def written(path: Path) -> pa.Table:
    """The file of the sweep made by hand, read back."""
    made = swept()
    write_parquet(path, made.case, made.rows, made.results, made.info.facts)
    return parquet.read_table(path)


@pytest.fixture
def table(tmp_path: Path) -> pa.Table:
    return written(tmp_path / "o.parquet")


def test_there_is_a_row_for_every_draw(table: pa.Table) -> None:
    assert table["trekking"].to_pylist() == [1, 2, 3, 4, 5, 6, 7]
    assert table["status"].to_pylist() == [
        "optimaal",
        "optimaal",
        "mislukt",
        "optimaal",
        "optimaal",
        "tijdslimiet",
        "optimaal",
    ]
    assert table["sluitend"].to_pylist() == [True, False, None, True, False, False, False]


def test_amounts_are_whole_cents_and_numbers_are_exact(table: pa.Table) -> None:
    assert table["doel_cent: ongedekt"].to_pylist() == [0, 10_010, None, 0, 25_000_025, 10**11, 705]
    assert table["doel_cent: ongedekt"].type == pa.int64()
    assert table["doel: waardering"].to_pylist()[1] == Decimal("0.5")
    assert table["betaald_cent: SPUK"].to_pylist() == [0, 1000, None, 2000, 3000, 3000, 4000]


def test_what_was_drawn_stands_beside_what_came_of_it(table: pa.Table) -> None:
    draws = [draw.waarden for draw, _ in swept().results]
    assert table["invoer: bouw"].to_pylist() == [values[0] for values in draws]
    assert table["invoer: mee?"].to_pylist() == [values[2] for values in draws]


def test_a_measure_that_is_not_chosen_has_no_start(table: pa.Table) -> None:
    assert table["start: M1"].to_pylist() == [2022, 2023, None, 2022, 2023, 2023, 2022]
    assert table["start: M2"].to_pylist() == [2024, 2024, None, 2024, 2024, 2024, None]
    assert set(table["start: M3"].to_pylist()) == {None}


def test_only_a_failed_draw_has_a_message_and_no_gap(table: pa.Table) -> None:
    assert table["melding"].to_pylist() == [None, None, "vraag!C2: dat kan niet.", None, None, None, None]
    assert table["kloof: ongedekt"].to_pylist() == [0, 0, None, 0, 0, Decimal("12.5"), 0]


def test_the_file_says_what_made_it(table: pa.Table) -> None:
    facts = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert [facts[key] for key in ("casus", "zaad", "aantal", "tijdslimiet")] == ["dorp", "1", "7", "30.0"]


def test_another_writing_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "een.parquet")
    written(tmp_path / "twee.parquet")
    assert (tmp_path / "een.parquet").read_bytes() == (tmp_path / "twee.parquet").read_bytes()
    monkeypatch.setattr(finance.uncertainty.parquet, "ROWS_AT_ONCE", 2)
    assert written(tmp_path / "drie.parquet").equals(parquet.read_table(tmp_path / "een.parquet"))
