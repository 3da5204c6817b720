"""Names of scenarios, which become names of folders."""

from __future__ import annotations

import pytest

from finance.case import read_case
from finance.findings import Finding
from finance.scenarios import check_scenarios
from tests.casebook import raw_book, small_case
from tests.finance.scenarios.changes import (
    change_rows,
    read,
)


def name_findings(*names: str) -> list[Finding]:
    """The findings of scenarios with these names, each with a good row."""
    tables = small_case()
    tables["scenarios"] = [
        row for name in names for row in change_rows(("vraag", "jeugdigen", "jaar=2022", "zet", 1), name=name)
    ]
    book = raw_book(tables)
    return [item for item in check_scenarios(book, read(book)) if item.blad == "scenarios"]


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "x" * 60,
        "bouwkosten +10%",
        "2025_v1.2-b",
        "Zuid-West überal",
        ".b",
        "basis 2",
        "console",
        "com0",
        "com10",
        "nullijn",
        "v..1",
    ],
)
def test_a_name_that_can_be_a_folder_is_fine(name: str) -> None:
    assert name_findings(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "x" * 61,
        "a/b",
        "a\\b",
        "a:b",
        "wat?",
        "naam*",
        "<a>",
        'een "naam"',
        "a|b",
        "a(b)",
        "a,b",
        "½",
        "e\u0301e\u0301n",
        ".",
        "..",
        ". .",
        "einde.",
        "CON",
        "con",
        "Nul.txt",
        "aux .b",
        "COM1",
        "lpt9.x",
        "prn",
        "basis",
        "Basis",
        "BASIS",
        "vergelijking.xlsx",
        "Vergelijking.XLSX",
    ],
)
def test_a_name_that_cannot_be_a_folder_is_a_finding(name: str) -> None:
    (finding,) = name_findings(name)
    assert finding.cel == "A2"
    assert finding.doen


@pytest.mark.parametrize(("first", "second"), [("Krapte", "krapte"), ("krapte", "KRAPTE")])
def test_names_that_differ_in_capitals_would_share_a_folder(first: str, second: str) -> None:
    (finding,) = name_findings(first, "ander", second)
    assert finding.cel == "A4"
    assert finding.wat == f"De namen '{first}' en '{second}' verschillen alleen in hoofdletters."


def test_names_that_differ_in_capitals_are_one_finding_of_the_whole_check() -> None:
    tables = small_case()
    tables["scenarios"][2]["scenario"] = "Bouwkosten +10%"
    book = raw_book(tables)
    assert [*read_case(book)[1], *check_scenarios(book, read(book))] == [
        Finding(
            "scenarios",
            "A4",
            "De namen 'bouwkosten +10%' en 'Bouwkosten +10%' verschillen alleen in hoofdletters.",
            "Schrijf ze gelijk als het één scenario is; geef het anders een andere naam.",
        )
    ]


def test_a_name_is_reported_once_however_many_rows_it_has() -> None:
    findings = name_findings("a/b", "goed", "a/b")
    assert [finding.cel for finding in findings if "teken" in finding.wat] == ["A2"]
