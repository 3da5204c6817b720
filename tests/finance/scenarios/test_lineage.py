"""Scenarios that start from another one, and cells that a scenario empties."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finance.case import RawBook
from finance.findings import Finding, FindingsError
from finance.rules import check_rules
from finance.scenarios import changes_of, check_scenarios, scenario_book
from finance.scenarios.lineage import lineage
from tests.casebook import Record, raw_book, small_case
from tests.finance.scenarios.changes import COLUMNS, Change, column, read, refused, setting, with_changes

HALF: Change = ("vraag", "jeugdigen", None, "maal", Decimal("0.5"))
PLUS: Change = ("vraag", "jeugdigen", None, "plus", 1)


def rows(*named: tuple[str, str | None, Change]) -> list[Record]:
    """Rows of `scenarios`: the scenario, what it starts from, and the change."""
    return [
        {**dict(zip(COLUMNS, (name, None, *change), strict=True)), "vanaf": parent} for name, parent, change in named
    ]


def book_of(*named: tuple[str, str | None, Change]) -> RawBook:
    return raw_book({**small_case(), "scenarios": rows(*named)})


def findings_of(*named: tuple[str, str | None, Change]) -> list[Finding]:
    book = book_of(*named)
    return check_scenarios(book, read(book), check_rules)


def test_changes_come_after_those_of_what_it_starts_from() -> None:
    """(27 x 0.5) + 1, though the row of the other stands below."""
    book = book_of(("later", "eerst", PLUS), ("eerst", None, HALF))
    need = column(raw_book(small_case()), "vraag", "jeugdigen")
    after = column(scenario_book(book, read(book), "later"), "vraag", "jeugdigen")
    assert after == [Decimal(str(cell)) * Decimal("0.5") + 1 for cell in need]
    assert column(scenario_book(book, read(book), "eerst"), "vraag", "jeugdigen") != after


def test_basis_may_be_named() -> None:
    book = book_of(("a", "basis", PLUS))
    assert lineage(read(book).scenario_changes, "a") == ("a",)
    assert check_scenarios(book, read(book), check_rules) == []


def test_one_row_that_names_it_is_enough() -> None:
    book = book_of(("b", None, PLUS), ("b", "a", PLUS), ("a", None, HALF))
    made = changes_of(read(book).scenario_changes, "b")
    assert [row.scenario for row in made] == ["a", "b", "b"]


def test_through_several() -> None:
    book = book_of(("c", "b", PLUS), ("b", "a", PLUS), ("a", None, HALF))
    assert lineage(read(book).scenario_changes, "c") == ("a", "b", "c")


@pytest.mark.parametrize(
    ("named", "cel", "wat", "doen"),
    [
        ((("a", "b", PLUS),), "H2", "Scenario 'b' staat niet in het blad scenarios.", "basis"),
        ((("a", "a", PLUS),), "H2", "Scenario 'a' begint via 'a' bij zichzelf.", "Laat het beginnen bij basis"),
        ((("a", "c", PLUS), ("a", "basis", HALF), ("c", None, PLUS)), "H3", "begint hier bij 'basis'", "gelijk"),
    ],
)
def test_what_cannot_be(named: tuple[tuple[str, str | None, Change], ...], cel: str, wat: str, doen: str) -> None:
    (finding,) = findings_of(*named)
    assert (finding.blad, finding.cel) == ("scenarios", cel)
    assert wat in finding.wat
    assert doen in finding.doen
    book = book_of(*named)
    with pytest.raises(FindingsError, match=wat.split("'", maxsplit=1)[0]):
        scenario_book(book, read(book), "a")


def test_going_round_is_told_of_each() -> None:
    found = findings_of(("a", "b", PLUS), ("b", "a", HALF), ("c", "a", PLUS))
    assert [finding.cel for finding in found] == ["H2", "H3"]


def test_a_fault_is_told_once_of_where_it_is() -> None:
    """The second starts from the first, and has its fault too."""
    less: Change = ("vraag", "jeugdigen", "zorgvorm=kleinschalig;jaar=2022", "plus", -5)
    wrong: Change = ("vraag", "jaar", "zorgvorm=x", "zet", 2022)
    dearer: Change = ("kosten", "bedrag", None, "maal", Decimal("1.1"))
    (fault,) = findings_of(("b", "a", dearer), ("a", None, less))
    assert fault.scenario == "a"
    (row,) = findings_of(("b", "a", dearer), ("a", None, wrong))
    assert row.blad == "scenarios"


def emptied(*changes: Change) -> RawBook:
    tables = with_changes(*changes)
    tables["case"] = [
        {**row, "waarde": "verlenging-2026"} if row["sleutel"] == "lezingen" else row for row in tables["case"]
    ]
    book = raw_book(tables)
    return scenario_book(book, read(book), "proef")


@pytest.mark.parametrize("word", ["geen", "Geen", " geen "])
def test_a_reading_is_switched_off(word: str) -> None:
    after = emptied(("case", "waarde", "sleutel=lezingen", "zet", word))
    assert setting(after, "lezingen") is None
    assert read(after).settings.lezingen == ()


def test_a_ceiling_is_taken_away() -> None:
    after = scenario_book(
        book := raw_book(with_changes(("vraag", "plafond", "zorgvorm=gesloten", "zet", "geen"))), read(book), "proef"
    )
    assert set(column(after, "vraag", "plafond")) == {None}
    assert all(row.plafond is None for row in read(after).demand)


def test_what_must_be_filled_in_cannot_be_emptied() -> None:
    finding = refused(("vraag", "jeugdigen", "zorgvorm=gesloten", "zet", "geen"))
    assert (finding.cel, "'geen' is geen getal" in finding.wat) == ("G2", True)


def test_what_is_empty_already_does_not_change() -> None:
    finding = refused(("case", "waarde", "sleutel=lezingen", "zet", "geen"))
    assert "verandert niets" in finding.wat
