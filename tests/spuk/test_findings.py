"""What `spuk check` finds: every fault once, and nothing that only follows from it."""

from __future__ import annotations

import pytest

from finance.case import Unreadable
from spuk.run import findings_of
from tests.casebook import Record, Tables, raw_book
from tests.finance.books.budget import variants

BROKEN = Unreadable("Hier staat de foutwaarde #REF!.", "Herstel de formule of typ de waarde.")
DRAWN: Record = {
    "omschrijving": "bouw",
    "doelblad": "kosten",
    "kolom": "bedrag",
    "filter": "kostensoort=verbouwen",
    "bewerking": "maal",
    "verdeling": "uniform",
    "parameters": "0,9; 1,1",
    "herkomst": "A1",
}


def tables() -> Tables:
    """A case with something on most sheets."""
    made = variants.history_tables()
    made["onzekerheid"] = [DRAWN]
    made["toegestaan"] = [{"bron": "LUMP", "kostensoort": sort} for sort in ("exploitatie", "leegstand")]
    made["doelen"] = [{"doel": "tekort_plaatsen", "volgorde": 1}, {"doel": "ongedekt", "volgorde": 2}]
    return made


def test_the_case_itself_has_no_findings() -> None:
    assert findings_of(raw_book(tables()))[1] == ()


@pytest.mark.parametrize("sheet", tables())
def test_a_cell_that_cannot_be_read_is_one_finding(sheet: str) -> None:
    for column, value in tables()[sheet][0].items():
        if value is not None:
            spoiled = tables()
            spoiled[sheet][0] = {**spoiled[sheet][0], column: BROKEN}
            _, findings = findings_of(raw_book(spoiled))
            (finding,) = findings
            assert (finding.blad, finding.wat) == (sheet, f"{column}: {BROKEN.wat}")


@pytest.mark.parametrize("sheet", ["kosten", "vraag", "financiering", "maatregelen", "dekking"])
def test_a_sheet_under_another_name_is_one_finding(sheet: str) -> None:
    spoiled = {f"{name}1" if name == sheet else name: rows for name, rows in tables().items()}
    _, (finding,) = findings_of(raw_book(spoiled))
    assert (finding.blad, finding.doen) == (f"{sheet}1", f"Bedoelt u '{sheet}'?")


RENAMED = [("kosten", "bedrag"), ("kosten", "kostensoort"), ("dekking", "bron")]


@pytest.mark.parametrize(("sheet", "column"), RENAMED)
def test_a_column_under_another_name_is_one_finding(sheet: str, column: str) -> None:
    spoiled = tables()
    spoiled[sheet] = [
        {f"{name}en" if name == column else name: value for name, value in row.items()} for row in spoiled[sheet]
    ]
    _, (finding,) = findings_of(raw_book(spoiled))
    assert (finding.blad, finding.doen) == (sheet, f"Bedoelt u '{column}'?")


def test_the_same_fault_down_a_column_is_one_finding() -> None:
    spoiled = tables()
    for row in spoiled["kosten"]:
        row["bedrag"] = str(row["bedrag"])
    _, (finding,) = findings_of(raw_book(spoiled))
    assert finding.cel == "D2"
    assert finding.wat == "bedrag: Het getal '250000' is opgeslagen als tekst."
    assert finding.doen.startswith("Geef de cel een getalopmaak en typ het getal opnieuw. Ook in rij 3, 4,")


@pytest.mark.parametrize("key", ["prijspeil", "eerste_jaar", "peildatum", "regelingen"])
def test_a_setting_that_cannot_be_read_hides_no_fault_of_a_scenario(key: str) -> None:
    spoiled = tables()
    row = next(row for row in spoiled["case"] if row["sleutel"] == key)
    row["waarde"] = BROKEN
    spoiled["scenarios"][0]["doelblad"] = "koste"
    spoiled["onzekerheid"] = [DRAWN | {"kolom": "bedrage"}]
    _, findings = findings_of(raw_book(spoiled))
    assert [(item.blad, item.wat) for item in findings] == [
        ("case", f"waarde: {BROKEN.wat}"),
        ("onzekerheid", "Het blad kosten heeft geen kolom 'bedrage'."),
        ("scenarios", "Het blad 'koste' is onbekend."),
    ]
