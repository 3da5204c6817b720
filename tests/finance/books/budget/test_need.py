"""The cover says how many places there are beside how many are needed, and the bounds on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from finance.books.budget import need
from finance.case import Case
from tests.finance.books.budget import regional, variants
from tests.finance.books.budget.live import Live


def rows(live: Live, table: str, *keys: str) -> list[tuple[object, ...]]:
    """Columns of a table."""
    return [tuple(live.get(table, key, row) for key in keys) for row in range(len(live.table(table).rows))]


def test_each_zorgvorm_stands_in_the_first_middle_and_last_year_with_its_ceiling(tmp_path: Path) -> None:
    live = Live(variants.rich(), variants.STARTS, tmp_path / "begroting.xlsx")
    keys = [f"{name}_{year}" for year in ("eerst", "midden", "laatst") for name in ("nodig", "plaatsen")]
    assert rows(live, "behoeftekort", "wie", "naam", *keys, "plafond") == [
        ("gesloten", "Gesloten jeugdhulp", 27, 30, 18, 20, 9, 14, 10),
        ("kleinschalig", "Kleinschalig", 4, 4, 6, 4, 8, 8, ""),
        ("ambulant", "Ambulant", 12, 12, 12, 16, 14, 16, ""),
    ]
    assert [str(column.head) for column in live.table("behoeftekort").columns][2:4] == ["2022 nodig", "2022 plaatsen"]


def test_a_measure_that_is_dropped_changes_the_places_beside_the_need(tmp_path: Path) -> None:
    """Without M1 the ten places of the wing stay."""
    live = Live(variants.rich(), variants.STARTS, tmp_path / "begroting.xlsx")
    live.put("plan", "start", live.find("plan", maatregel="M1"), 0)
    assert rows(live, "behoeftekort", "plaatsen_midden", "plaatsen_laatst")[0] == (30, 24)


def test_of_doelgroepen_it_says_who_has_a_place(tmp_path: Path) -> None:
    live = Live(regional.grouped(), variants.STARTS, tmp_path / "begroting.xlsx")
    assert rows(live, "behoeftekort", "naam", "nodig_midden", "plaatsen_midden") == [
        ("met machtiging", 17.625, 17.625),
        ("zonder", 6.5, 4.375),
        ("thuis", pytest.approx(12 + 11 / 12), pytest.approx(12 + 11 / 12)),
        ("AMV", 0.5, 0),
    ]


def test_a_bound_stands_in_its_last_year_between_its_edges(tmp_path: Path) -> None:
    live = Live(regional.regional(), variants.STARTS, tmp_path / "begroting.xlsx")
    assert rows(live, "grenskort", "grens", "jaar", "ondergrens", "plaatsen", "bovengrens") == [
        ("DELFT", 2024, 4.5, 4, 6),
        ("LINDE", 2024, "", 16.5, 20.5),
        ("L3", 2024, 19, 20, ""),
    ]


@pytest.mark.parametrize("case", [regional.regional, regional.grouped])
@pytest.mark.parametrize("most", [3, 4, 6])
def test_the_two_tables_never_have_more_rows_than_fit(
    case: Callable[[], Case], most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(need, "MOST", most)
    live = Live(case(), variants.STARTS, tmp_path / "begroting.xlsx")
    assert len(live.table("behoeftekort").rows) + len(live.table("grenskort").rows) <= most
