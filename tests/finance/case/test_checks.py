"""Every finding about a case, each with its own spoiled case; the expected texts stand in tests/bad."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from finance.case import checks, in_order, read_case
from finance.case.checked import LONGEST_CASE, Checked
from finance.case.references import SUGGESTED
from finance.findings import Finding
from finance.rules import check_rules
from tests.casebook import Tables, raw_book, small_case
from tests.spoiling import Spoiled, spoiled_cases, told

BAD = spoiled_cases("bad")
GOOD = spoiled_cases("good")


def ids(case: Spoiled) -> str:
    return case.naam


def found(tables: Tables) -> tuple[Finding, ...]:
    """What is found in a case, by its own checks and by the rules."""
    book = raw_book(tables)
    case, findings = read_case(book)
    return in_order([*findings, *(check_rules(case, book) if case else ())], book)


@pytest.mark.parametrize("case", BAD, ids=ids)
def test_a_spoiled_case_gives_its_findings_and_no_other(case: Spoiled) -> None:
    assert told(found(case.tables())) == list(case.bevindingen)


@pytest.mark.parametrize("case", GOOD, ids=ids)
def test_what_is_just_allowed_has_no_findings(case: Spoiled) -> None:
    assert told(found(case.tables())) == []
    assert read_case(raw_book(case.tables()))[0] is not None


def test_every_spoiled_case_expects_something_and_has_a_name_of_its_own() -> None:
    assert all(case.bevindingen for case in BAD)
    assert len({case.naam for case in BAD}) == len(BAD)


def test_every_check_sees_some_spoiled_case(monkeypatch: pytest.MonkeyPatch) -> None:
    every, seen = checks.CHECKS, set()

    def watched(check: checks.Check) -> checks.Check:
        def run(checked: Checked) -> Iterator[Finding]:
            for finding in check(checked):
                seen.add(check.__name__)
                yield finding

        return run

    monkeypatch.setattr(checks, "CHECKS", tuple(watched(check) for check in every))
    for case in BAD:
        read_case(raw_book(case.tables()))
    assert seen == {check.__name__ for check in every}


TOGETHER = (
    "cellen: getal als tekst",
    "cellen: negatief bedrag",
    "cellen: aandeel boven 1",
    "cellen: groei als percentage",
    "case: sleutel ontbreekt",
    "case: discontovoet als percentage",
    "indeling: onbekend blad",
    "indeling: onbekende kolom",
    "verwijzingen: onbekende zorgvorm van vraag",
    "verwijzingen: onbekende aanbieder van een locatie",
    "dubbel: index en jaar",
    "jaren: laatste_start",
    "samenhang: kring van twee projecten",
    "samenhang: kosten van leegstand",
    "geld: toegestaan voor een spuk",
    "geld: eigen zonder bedrag",
    "doelen: ongedekt ontbreekt",
)


def test_all_findings_are_reported_in_one_go() -> None:
    chosen = [case for case in BAD if case.naam in TOGETHER]
    assert len(chosen) == len(TOGETHER)
    tables = small_case()
    for case in chosen:
        case.tables(tables)
    findings = found(tables)
    assert sorted(told(findings)) == sorted(item for case in chosen for item in case.bevindingen)


def test_findings_stand_in_the_order_of_the_workbook() -> None:
    book = raw_book(small_case())
    unordered = [
        Finding("kosten", "AA3", "", ""),
        Finding("kosten", "B12", "", ""),
        Finding("kosten", "B3", "", ""),
        Finding("herkomst", "D9", "", ""),
        Finding("kosten", "A3:B14", "", ""),
        Finding("kosten", "rij 1", "", ""),
        Finding("nergens", "A1", "", ""),
        Finding("", "", "", ""),
        Finding("kosten", "", "", ""),
        Finding("kosten", "B3", "", ""),
    ]
    places = [(item.blad, item.cel) for item in in_order(unordered, book)]
    assert places == [
        ("", ""),
        ("herkomst", "D9"),
        ("kosten", ""),
        ("kosten", "rij 1"),
        ("kosten", "A3:B14"),
        ("kosten", "B3"),
        ("kosten", "AA3"),
        ("kosten", "B12"),
        ("nergens", "A1"),
    ]


def test_a_case_of_the_longest_length_is_not_too_long() -> None:
    tables = small_case()
    tables["case"][6]["waarde"] = 2022 + LONGEST_CASE - 1
    _, findings = read_case(raw_book(tables))
    assert findings
    assert not [item for item in findings if "duurt" in item.wat]


def test_only_the_first_unknown_ids_of_a_column_get_a_suggestion() -> None:
    tables = small_case()
    tables["kosten"] = [{**tables["kosten"][0], "maatregel": f"M{number}"} for number in range(10, 25)]
    _, findings = read_case(raw_book(tables))
    assert len(findings) == 15
    assert [item.doen.startswith("Bedoelt u 'M") for item in findings].count(True) == SUGGESTED
    assert findings[-1].doen == "Voeg het toe aan het blad maatregelen of verbeter het."


def test_an_id_that_differs_in_capitals_only_is_always_recognised() -> None:
    tables = small_case()
    names = [*(f"M{number}" for number in range(10, 25)), "m1"]
    tables["kosten"] = [{**tables["kosten"][0], "maatregel": name} for name in names]
    _, findings = read_case(raw_book(tables))
    assert findings[-1].doen == "Bedoelt u 'M1'?"


def test_a_long_cycle_is_cut_off() -> None:
    tables = small_case()
    tables["maatregelen"] += [
        {
            **tables["maatregelen"][5],
            "maatregel": f"N{at}",
            "project": f"P{at}",
            "vereist": f"P{(at + 1) % 9}",
        }
        for at in range(9)
    ]
    _, (finding,) = read_case(raw_book(tables))
    assert finding.wat.endswith("P0 -> P1 -> P2 -> P3 -> P4 -> P5 -> P6 -> ....")


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (4, "3, 4 en 5"),
        (11, "3, 4, 5, 6, 7, 8, 9, 10, 11 en 12"),
        (13, "3, 4, 5, 6, 7, 8, 9, 10, 11, 12 en nog 2"),
    ],
)
def test_the_same_fault_in_many_rows_is_one_finding(rows: int, named: str) -> None:
    tables = small_case()
    tables["kosten"] = [{**tables["kosten"][0], "maatregel": "Nieuw"} for _ in range(rows)]
    _, (finding,) = read_case(raw_book(tables))
    assert (finding.blad, finding.cel) == ("kosten", "A2")
    assert finding.doen.endswith(f" Ook in rij {named}.")


def test_the_same_fault_in_a_few_rows_is_a_finding_at_each_cell() -> None:
    tables = small_case()
    tables["kosten"] = [{**tables["kosten"][0], "maatregel": "Nieuw"} for _ in range(3)]
    _, findings = read_case(raw_book(tables))
    assert [item.cel for item in findings] == ["A2", "A3", "A4"]
