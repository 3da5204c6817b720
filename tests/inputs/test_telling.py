"""How many rows of a case are sourced and how many are assumed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import telling

from finance.xlsx.read import read_book
from tests.casebook import Tables, write_xlsx


def test_a_row_counts_by_its_code_and_a_cost_by_that_of_its_measure(tmp_path: Path) -> None:
    """Sourced: the second cost. Assumed: the measure, and the first cost through it; an effect says nothing."""
    tables: Tables = {
        "herkomst": [
            {"code": "RG-1", "soort": "bron", "document": "Stcrt.", "vindplaats": "art. 1"},
            {"code": "A-1", "soort": "aanname", "document": "eigen", "vindplaats": "kosten"},
        ],
        "maatregelen": [{"maatregel": "M1", "herkomst": "A-1"}],
        "effecten": [{"maatregel": "M1", "plaatsen": 4}],
        "kosten": [
            {"maatregel": "M1", "bedrag": 1, "herkomst": None},
            {"maatregel": "M1", "bedrag": 2, "herkomst": "RG-1"},
        ],
    }
    counted = telling.tel(read_book(write_xlsx(tables, tmp_path / "klein.xlsx")))
    assert counted == Counter(aanname=2, bron=1)
