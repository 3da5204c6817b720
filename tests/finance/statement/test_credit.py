"""What a result says of a credit: its years, its line in the payments, and no balance as a source."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from finance.case import Case, CostLine
from finance.handmade import read_handmade
from finance.money import Money
from finance.plan.allocation import Allocation, Plan, Status
from finance.provenance import RunInfo
from finance.statement import Statement
from finance.statement.checks import CheckKind
from finance.statement.earlier import as_tables, earlier_result
from finance.statement.result import result_bytes, result_document
from tests.models.bare import Bare, cost, credit, financed, measure, source

INFO = RunInfo("proef", "ab" * 32, "0.0.1", "met de hand", ())
LINE = CostLine("M", "", "", "opstart", 2022)


def bank(year: int) -> CostLine:
    """What the bank gets back in a year."""
    return CostLine("", "", "", "rente_en_aflossing", year, "BANK")


BARE = Bare(
    last=2023,
    measures=[measure("M", verplicht="ja")],
    costs=[cost("M", "opstart", 100)],
    sources=[credit("BANK", 150, Decimal("0.0425"), (2022, 2023)), source("LUMP", "lumpsum", None, (2023, 2023))],
    funding=[financed("LUMP", 2023, 1, 500)],
)


def document(case: Case, **repaid: int) -> dict[str, Any]:
    """The result of drawing all of M and paying some cents back in 2023."""
    payments = {(LINE, "BANK"): Money(10_000), (bank(2023), "LUMP"): Money(repaid.get("cents", 10_425))}
    plan = Plan(Allocation({"M": 2022}, {}, {}, payments), Status.OPTIMAL, (), "met de hand")
    read: dict[str, Any] = json.loads(result_bytes(result_document(case, plan, "basis", INFO)))
    return read


def test_a_credit_has_a_row_for_each_year_and_no_balance_as_a_source() -> None:
    found = document(BARE.case())
    columns = ("bron", "jaar", "begin_cent", "rente_cent", "opgenomen_cent", "afgelost_cent", "eind_cent")
    assert [tuple(row[name] for name in columns) for row in found["kredieten"]] == [
        ("BANK", 2022, 0, 0, 10_000, 0, 10_000),
        ("BANK", 2023, 10_000, 425, 0, 10_425, 0),
    ]
    assert {row["bron"] for row in found["bronnen"]} == {"LUMP"}
    assert found["sluitend"]
    assert found["lasten_gemeenten_cent"] == 10_425


def test_what_it_gets_back_is_a_payment_of_its_own_line() -> None:
    paid = [row for row in document(BARE.case())["betalingen"] if row["bron"] == "LUMP"]
    assert paid == [
        {"krediet": "BANK", "kostensoort": "rente_en_aflossing", "jaar": 2023, "bron": "LUMP", "bedrag_cent": 10_425}
    ]


def test_what_it_does_not_get_back_in_its_last_year_is_uncovered() -> None:
    found = document(BARE.case(), cents=10_000)
    assert not found["sluitend"]
    assert found["ongedekt"] == [
        {"krediet": "BANK", "kostensoort": "rente_en_aflossing", "jaar": 2023, "bedrag_cent": 425}
    ]


def test_a_case_without_a_credit_says_nothing_of_it() -> None:
    bare = replace(BARE, sources=[source("BANK", "eigen", 150, (2022, 2023)), BARE.sources[1]])
    plan = Plan(Allocation({"M": 2022}, {}, {}, {(LINE, "BANK"): Money(10_000)}), Status.OPTIMAL, (), "met de hand")
    assert "kredieten" not in result_document(bare.case(), plan, "basis", INFO)


def test_a_line_of_a_credit_counts_its_interest_and_balances_its_loan() -> None:
    payments = {(LINE, "BANK"): Money(10_000), (bank(2023), "LUMP"): Money(10_425)}
    statement = Statement(BARE.case(), Allocation({"M": 2022}, {}, {}, payments))
    (line,) = [row for row in statement.lines if row.regel.krediet]
    assert [str(value) for value in (line.kosten, line.betaald, line.hoofdsom, line.ongedekt)] == [
        "4.25",
        "4.25",
        "100.00",
        "0.00",
    ]


def test_the_checks_of_a_debt_have_both_sides() -> None:
    payments = {(LINE, "BANK"): Money(10_000), (bank(2022), "LUMP"): Money(1), (bank(2023), "LUMP"): Money(10_000)}
    statement = Statement(BARE.case(), Allocation({"M": 2022}, {}, {}, payments))
    kinds = (CheckKind.DEBT, CheckKind.REPAID, CheckKind.DEBT_END)
    found = [row for row in statement.checks if row.soort in kinds]
    assert [(row.soort, row.jaar, str(row.waarde), str(row.grens), row.voldoet) for row in found] == [
        ("schuld", 2022, "99.99", "150.00", True),
        ("aflossing", 2022, "0.01", "0.00", False),
        ("schuld", 2023, "4.24", "150.00", True),
        ("aflossing", 2023, "100.00", "104.24", True),
        ("schuld na het einde", 2023, "4.24", "0.00", False),
    ]


def test_an_earlier_result_counts_only_interest_as_cost_and_can_be_judged_again() -> None:
    case = BARE.case()
    earlier = earlier_result("resultaat.json", json.dumps(document(case)).encode())
    assert {sort: str(amount) for sort, amount in earlier.amounts.kosten.items()} == {
        "opstart": "100.00",
        "rente_en_aflossing": "4.25",
    }
    again = read_handmade(as_tables(earlier), case)
    assert again.allocation.payments[bank(2023), "LUMP"] == Money(10_425)
