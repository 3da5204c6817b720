"""One scenario by name, and the changed case as a whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import Unreadable
from finance.case.sheets import SHEETS
from finance.findings import Finding, FindingsError
from finance.rules import check_rules
from finance.scenarios import BASE, check_scenarios, scenario_book
from tests.casebook import Tables, raw_book, small_case
from tests.finance.scenarios.changes import (
    NAME,
    Change,
    column,
    read,
    with_changes,
)


def test_basis_is_the_case_as_it_stands() -> None:
    book = raw_book(small_case())
    assert scenario_book(book, read(book), BASE) is book


def test_a_scenario_by_name() -> None:
    book = raw_book(small_case())
    after = scenario_book(book, read(book), "lagere lumpsum")
    assert column(after, "financiering", "prijs") == [112_500, 121_500, 117_000]


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    book = raw_book(small_case())
    with pytest.raises(FindingsError, match=r"'lagere lumpsm' staat niet .* Bedoelt u 'lagere lumpsum'\?"):
        scenario_book(book, read(book), "lagere lumpsm")


def test_a_scenario_with_a_wrong_row_is_not_run() -> None:
    book = raw_book(with_changes(("vrag", "jaar", None, "zet", 1), ("vraag", "jar", None, "zet", 1)))
    with pytest.raises(FindingsError) as error:
        scenario_book(book, read(book), NAME)
    assert [finding.cel for finding in error.value.findings] == ["C2", "D3"]


def test_a_scenario_with_a_wrong_name_is_not_run() -> None:
    book = raw_book(with_changes(("vraag", "jeugdigen", None, "zet", 1), name="a/b"))
    with pytest.raises(FindingsError, match="kan het teken"):
        scenario_book(book, read(book), "a/b")


def whole(*changes: Change, tables: Tables | None = None) -> list[Finding]:
    """All findings of one scenario, those of the rules included."""
    book = raw_book(with_changes(*changes, tables=tables))
    return check_scenarios(book, read(book), check_rules)


def test_a_good_scenario_has_no_findings() -> None:
    book = raw_book(small_case())
    assert check_scenarios(book, read(book), check_rules) == []


def test_a_case_without_scenarios_has_no_findings() -> None:
    tables = small_case()
    del tables["scenarios"]
    book = raw_book(tables)
    assert check_scenarios(book, read(book)) == []


@pytest.mark.parametrize(
    ("change", "blad", "cel", "wat"),
    [
        (("plaatsen", "plaatsen", "locatie=L3", "maal", Decimal("1.1")), "plaatsen", "C6", "geheel getal"),
        (("vraag", "jeugdigen", "jaar=2022", "plus", -5), "vraag", "C5", "negatief"),
        (("plaatsen", "leegstand_per_plaats", "locatie=L1", "maal", 3), "plaatsen", "E2", "duurder"),
        (("case", "waarde", "sleutel=laatste_jaar", "zet", 2025), "vraag", "", "ontbreekt de vraag in 2025"),
        (("dekking", "bron", "bron=EIGEN", "zet", "SPUK"), "dekking", "A4", "Dubbele rij"),
        (("dekking", "bedrag", "bron=SPUK", "zet", 10_245_474), "dekking", "G2", "maximum"),
        (("case", "waarde", "sleutel=lezingen", "zet", "verlenging"), "case", "B11", "onbekend bij lezingen"),
        (("vraag", "jeugdigen", "jaar=2022", "maal", Decimal("99999999999")), "vraag", "C2", "biljoen"),
    ],
)
def test_the_changed_case_is_checked_as_a_whole(change: Change, blad: str, cel: str, wat: str) -> None:
    findings = whole(change)
    assert {finding.scenario for finding in findings} == {NAME}
    assert any((item.blad, item.cel) == (blad, cel) and wat in item.wat for item in findings)


def test_a_later_row_may_mend_what_an_earlier_one_left() -> None:
    """10 x 1.05 is half a place too many, until the next row; only the outcome is checked."""
    place = "locatie=L2;zorgvorm=gesloten"
    changes: tuple[Change, Change] = (
        ("plaatsen", "plaatsen", place, "maal", Decimal("1.05")),
        ("plaatsen", "plaatsen", place, "plus", Decimal("0.5")),
    )
    assert whole(*changes) == []


def test_findings_of_the_case_as_it_stands_are_not_repeated() -> None:
    tables = small_case()
    tables["vraag"][4]["jeugdigen"] = -3
    findings = whole(("dekking", "bron", "bron=EIGEN", "zet", "SPUK"), tables=tables)
    assert [(item.blad, item.cel) for item in findings] == [("dekking", "A4")]


def test_a_finding_of_a_scenario_names_it() -> None:
    (finding,) = whole(("vraag", "jeugdigen", "zorgvorm=kleinschalig;jaar=2022", "plus", -5))
    assert str(finding).startswith("[scenario proef] vraag!C5: ")


def test_without_the_rules_only_the_case_is_checked() -> None:
    book = raw_book(with_changes(("dekking", "bedrag", "bron=SPUK", "zet", 99_000_000)))
    assert check_scenarios(book, read(book)) == []
    assert len(check_scenarios(book, read(book), check_rules)) == 1


WORDS = st.sampled_from(
    [
        "",
        " ",
        "=",
        ";",
        "a=b;c",
        "case",
        "vraag",
        "kosten",
        "bedrag",
        "jeugdigen",
        "zorgvorm=gesloten",
        "sleutel=lezingen",
        "waarde",
        "scenarios",
        "plaatsen",
        "plafond=",
        "0,9",
        "NaN",
        "-",
        "herkomst",
    ]
)
ANYTHING = st.one_of(WORDS, st.text(max_size=8))
VALUES = st.one_of(
    ANYTHING,
    st.booleans(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.integers(min_value=-3, max_value=3),
    st.just(Unreadable("Samengevoegd.", "Splits de cellen.")),
)


def test_a_fault_that_a_scenario_makes_names_the_rows_that_made_it() -> None:
    (found,) = whole(
        ("vraag", "jeugdigen", "zorgvorm=gesloten", "plus", 1),
        ("dekking", "bedrag", "bron=SPUK", "zet", 1),
        ("dekking", "gemeente", "bron=SPUK", "zet", "Rotterdam"),
        ("dekking", "gemeente", "bron=SPUK", "zet", "Roterdam"),
    )
    assert found.doen == ("Bedoelt u 'Rotterdam'? Deze cel is veranderd door rij 4 en 5 van het blad scenarios.")
    assert (found.blad, found.cel, found.scenario) == ("dekking", "F2", NAME)


def test_a_fault_elsewhere_names_no_rows() -> None:
    (found,) = whole(("dekking", "gemeente", "bron=SPUK", "zet", "Ermelo"))
    assert found.cel == "G2"
    assert "van het blad scenarios" not in found.doen


@settings(max_examples=80, deadline=None)
@given(
    st.tuples(
        st.one_of(st.sampled_from([*SHEETS, "_x"]), ANYTHING),
        ANYTHING,
        ANYTHING,
        st.sampled_from(["zet", "maal", "plus"]),
        VALUES,
    ),
    ANYTHING,
)
def test_no_content_whatever_stops_the_check(change: Change, name: str) -> None:
    book = raw_book(with_changes(change, name=name))
    findings = check_scenarios(book, read(book), check_rules)
    assert all(finding.wat and finding.doen for finding in findings)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_known_cell_whatever_stops_the_check(data: st.DataObject) -> None:
    """The same, with a sheet and a column that exist, so that values do reach their cells."""
    spec = data.draw(st.sampled_from(list(SHEETS.values())))
    kolom = data.draw(st.sampled_from([item.naam for item in spec.columns]))
    bewerking = data.draw(st.sampled_from(["zet", "maal", "plus"]))
    book = raw_book(with_changes((spec.naam, kolom, "", bewerking, data.draw(VALUES))))
    for finding in check_scenarios(book, read(book), check_rules):
        assert finding.wat
        assert finding.doen
