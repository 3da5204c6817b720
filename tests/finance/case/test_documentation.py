"""The table of sheets and columns for the reader of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.case.documentation import column_text, documentation
from finance.case.sheets import SHEETS, Settings
from finance.case.words import TARIFF_PARAMETERS

ROOT = Path(__file__).parents[3]


def test_the_committed_table_is_the_one_that_follows_from_the_declaration() -> None:
    committed = (ROOT / "docs" / "invoer.md").read_text("utf-8")
    assert committed == documentation(), "run `python -m templates`"


def test_every_sheet_column_key_and_parameter_is_in_the_table() -> None:
    text = documentation()
    for name, spec in SHEETS.items():
        chapter = text.partition(f"## {name}")[2].partition("\n## ")[0]
        assert all(f"| {column.naam} |" in chapter for column in spec.columns)
    for name in [*Settings.model_fields, *TARIFF_PARAMETERS]:
        assert name == "rij" or f"| {name} |" in text


@pytest.mark.parametrize(
    ("blad", "column", "verplicht", "leeg", "verwijst_naar"),
    [
        ("kosten", "bedrag", "ja", "", ""),
        ("kosten", "herkomst", "nee", "die van de maatregel", "herkomst"),
        ("zorgvormen", "bezetting_max", "nee", "1", ""),
        ("zorgvormen", "groepsgrootte", "nee", "niet opgegeven", ""),
        ("maatregelen", "verplicht", "nee", "nee", ""),
        ("maatregelen", "vereist", "nee", "niet opgegeven", "maatregelen, kolom project"),
        ("financiering", "onderzijde", "nee", "vast", ""),
    ],
)
def test_a_column_says_what_empty_means_and_where_its_names_come_from(
    blad: str, column: str, verplicht: str, leeg: str, verwijst_naar: str
) -> None:
    spec = next(item for item in SHEETS[blad].columns if item.naam == column)
    text = column_text(spec)
    assert (text.verplicht, text.leeg, text.verwijst_naar) == (verplicht, leeg, verwijst_naar)


def test_every_explanation_is_a_sentence() -> None:
    texts = [column_text(column) for spec in SHEETS.values() for column in spec.columns]
    assert all(text.betekenis[:1].isalnum() and text.betekenis.endswith((".", "?")) for text in texts)


def test_no_cell_of_a_table_breaks_the_table() -> None:
    tables = [line for line in documentation().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} == {4, 7}
