"""What the rules find in a case before anything is solved; each finding with its cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finance.findings import Finding
from finance.rules import check_rules
from finance.rules.library import regulations, rule_sets
from tests.casebook import Tables, raw_book, small_built_case, small_case
from tests.finance.rules.grants import GRANT, REGULATIONS, built, grant_tables


def found(tables: Tables) -> list[Finding]:
    """The findings of the rules on a case whose rows hang together."""
    return check_rules(built(tables), raw_book(tables))


def with_setting(key: str, value: object) -> Tables:
    """The bare case with one property changed."""
    tables = grant_tables()
    row = next(row for row in tables["case"] if row["sleutel"] == key)
    row["waarde"] = value
    return tables


def test_a_case_within_the_rules_has_no_findings() -> None:
    assert found(grant_tables()) == []
    assert check_rules(small_built_case(), raw_book(small_case())) == []


@pytest.mark.parametrize(
    ("key", "cell", "wrong", "meant"),
    [
        ("regelingen", "B5", "vastgoedtransite-2020", "vastgoedtransitie-2020"),
        ("lezingen", "B10", "verlening-2026", "verlenging-2026"),
        ("lezingen", "B10", "leegstand", "leegstand-door-transitie"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(key: str, cell: str, wrong: str, meant: str) -> None:
    known = f"{REGULATIONS}, " if key == "regelingen" else ""
    (finding,) = found(with_setting(key, known + wrong))
    assert (finding.blad, finding.cel) == ("case", cell)
    assert finding.wat == f"'{wrong}' is onbekend bij {key}."
    assert meant in finding.doen


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ("residentieel-2012", "Bedoelt u 'residentieel-2021'?"),
        (rule_sets()["residentieel-2021"].naam, "Bedoelt u 'residentieel-2021'?"),
        (rule_sets()["residentieel-2021"].naam.upper(), "Bedoelt u 'residentieel-2021'?"),
        ("zwembad", f"De codes zijn: {', '.join(regulations())}."),
    ],
)
def test_an_unknown_regulation_is_answered_with_the_one_that_is_meant_or_with_all(wrong: str, advice: str) -> None:
    """A slip of the pen, its full name, that in capitals, and something else altogether."""
    (finding,) = found(with_setting("regelingen", f"{REGULATIONS}, {wrong}"))
    assert (finding.cel, finding.doen) == ("B5", advice)


def test_each_unknown_name_is_a_finding_of_its_own() -> None:
    assert len(found(with_setting("lezingen", "een, twee, verlenging-2026"))) == 2


@pytest.mark.parametrize(
    ("peildatum", "unknown"),
    [
        (date(2024, 11, 20), []),
        (date(2024, 11, 19), ["transformatie-2024"]),
        (date(2021, 10, 8), ["transformatie-2024"]),
        (date(2021, 10, 7), ["residentieel-2021", "transformatie-2024"]),
        (date(2020, 9, 16), ["residentieel-2021", "transformatie-2024"]),
        (date(2020, 9, 15), ["vastgoedtransitie-2020", "residentieel-2021", "transformatie-2024"]),
    ],
)
def test_a_regulation_after_the_peildatum_is_a_finding(peildatum: date, unknown: list[str]) -> None:
    findings = found(grant_tables(peildatum=peildatum))
    assert [finding.cel for finding in findings] == ["B6"] * len(unknown)
    assert [finding.wat.split()[1] for finding in findings] == unknown


def test_the_finding_says_from_which_day_the_regulation_is_known() -> None:
    (finding,) = found(grant_tables(peildatum=date(2024, 11, 19)))
    assert "20-11-2024" in finding.doen


def test_a_grant_above_the_maximum_names_both_amounts_and_the_article() -> None:
    tables = grant_tables(grants=[GRANT | {"bedrag": Decimal("10245473.01")}])
    (finding,) = found(tables)
    assert (finding.blad, finding.cel) == ("dekking", "G2")
    assert "EUR 10.245.473,01" in finding.wat
    assert "EUR 10.245.473,00" in finding.wat
    assert "Rotterdam" in finding.wat
    assert "art. 5" in finding.doen


def test_a_municipality_within_its_maximum_hides_no_other_that_is_above_its_own() -> None:
    """Rotterdam is within its own, Nijmegen within that of 2024, and Arnhem is above that of 2020."""
    grants = [
        GRANT | {"bron": "A", "gemeente": "Rotterdam", "bedrag": 1_000_000},
        GRANT | {"bron": "B", "gemeente": "Nijmegen", "bedrag": 1, "regeling": "transformatie-2024"},
        GRANT | {"bron": "C", "gemeente": "Arnhem", "bedrag": 99_000_000},
    ]
    (finding,) = found(grant_tables(grants=grants))
    assert (finding.blad, finding.cel) == ("dekking", "G4")
    assert finding.wat.startswith("De uitkeringen van Arnhem uit vastgoedtransitie-2020 (C) zijn samen")


def test_all_findings_come_in_one_go() -> None:
    tables = with_setting("lezingen", "onzin")
    tables["case"][4]["waarde"] = date(2021, 10, 7)
    tables["dekking"][0]["bedrag"] = 99_000_000
    assert sorted(finding.blad for finding in found(tables)) == ["case"] * 3 + ["dekking"]


@pytest.mark.parametrize(
    ("repaid", "more", "lezing", "last"),
    [
        (2024, {}, None, 2024),
        (2025, {}, None, None),
        (2025, {"eindverantwoording": 2025}, None, 2025),
        (2026, {"eindverantwoording": 2025}, None, None),
        (2024, {"besteedbaar_tot": 2026}, None, 2024),
        (2025, {"besteedbaar_tot": 2026}, None, None),
        (2026, {"besteedbaar_tot": 2026}, "verlenging-2026", 2026),
        (2027, {"besteedbaar_tot": 2026}, "verlenging-2026", None),
    ],
)
def test_nothing_is_repaid_before_it_is_known_what_is_left(
    repaid: int, more: Tables, lezing: str | None, last: int | None
) -> None:
    """The year of the final account must be over: as given, or the last in which may be spent."""
    tables = small_case()
    tables["dekking"][0] |= {"terugbetaald_in": repaid, **more}
    next(row for row in tables["case"] if row["sleutel"] == "lezingen")["waarde"] = lezing
    findings = found(tables)
    if last is None:
        assert findings == []
        return
    (finding,) = findings
    assert (finding.blad, finding.cel) == ("dekking", "L2")
    assert finding.wat == (
        f"terugbetaald_in {repaid} van SPUK ligt niet na {last}, het jaar van de eindverantwoording: pas"
        " daarna staat vast wat terug moet."
    )
    assert str(last) in finding.doen
