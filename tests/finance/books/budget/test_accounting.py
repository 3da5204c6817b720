"""The sheets of accountability: what they say, and that they recalculate where rules are broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finance.books.budget import proposal
from finance.books.budget.decisions import UNKNOWN_CODE
from finance.case import Case, build_case
from finance.money import Money
from finance.tables.grid import Book, Role
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import write_book
from tests.casebook import raw_book
from tests.finance.books import shelf
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.budget.live import Live
from tests.finance.village import village, village_plan

SHEETS = ("sisa", "verloop_spuk", "rapportering", "kalender")


def rows_of(book: Book, name: str) -> list[list[object]]:
    """The values of a sheet, row by row, without empty cells."""
    cells = next(sheet for sheet in book.sheets if sheet.naam == name).cells
    numbers = sorted({row for row, _ in cells})
    return [[cells[at].value for at in sorted(cells) if at[0] == row] for row in numbers]


def made(case: Case) -> Book:
    return proposal(case, hand_plan(case, variants.STARTS), "basis", INFO)


def with_grants(**more: object) -> Case:
    """The rich case, in which its first grant says more about its accountability."""
    tables = variants.rich_tables()
    row = next(row for row in tables["dekking"] if row["bron"] == "SPUK")
    row.update(more)
    return build_case(raw_book(tables))


@pytest.fixture(scope="module")
def book() -> Book:
    years = {"ontvangen_in": 2023, "besteedbaar_tot": 2023, "eindverantwoording": 2023}
    return made(with_grants(sisa_code="H99", **years))


def test_each_decision_and_year_has_a_row(book: Book) -> None:
    rows = [row for row in rows_of(book, "sisa") if len(row) == 11 and row[2] in (2022, 2023, 2024)]
    assert [(row[0], row[1], row[2], row[3], row[9]) for row in rows] == [
        (decision, code, year, "begroting", "ja" if year == final else "nee")
        for decision, code, final in (("BES-1", "H99", 2023), ("transformatie-2024", UNKNOWN_CODE, 2024))
        for year in (2022, 2023, 2024)
    ]


def test_a_code_that_is_not_given_is_not_invented() -> None:
    assert UNKNOWN_CODE in {word for row in rows_of(shelf.budget("small"), "sisa") for word in row}


def test_the_advance_comes_in_the_year_that_the_input_gives(book: Book) -> None:
    rows = {row[1]: row for row in rows_of(book, "verloop_spuk") if row[:1] == ["BES-1"]}
    assert [rows[year][4] for year in (2022, 2023, 2024)] == [
        Money(0),
        Money.from_euros(2_400_000),
        Money(0),
    ]
    assert rows[2023][7] - rows[2023][9] == Money(0)  # type: ignore[operator]


def test_the_calendar_gives_days(book: Book) -> None:
    days = {cell for row in rows_of(book, "kalender") for cell in row if isinstance(cell, date)}
    assert {date(2023, 7, 15), date(2024, 7, 15), date(2025, 7, 15)} <= days
    assert {date(2024, 12, 31), date(2021, 10, 9)} <= days
    assert {date(2023, 7, 1), date(2024, 7, 1), date(2025, 7, 1)} <= days
    assert not {date(2025, 9, 1), date(2028, 9, 1)} & days


def test_the_calendar_says_that_a_withdrawn_regulation_still_holds(book: Book) -> None:
    words = {cell for row in rows_of(book, "kalender") for cell in row if isinstance(cell, str)}
    assert any("ingetrokken op 9 oktober 2021 en blijft gelden" in word for word in words)
    assert any("vóór de dag in de kolom Uitstel vragen vóór" in word for word in words)
    weeks = [row for row in rows_of(book, "kalender") if row[:1] == ["Jaarrekening met SiSa-bijlage"]]
    assert {26} <= set(weeks[0])


def test_all_of_it_recalculates(book: Book, tmp_path: Path) -> None:
    write_book(sealed(book), tmp_path / "begroting.xlsx")
    assert verify(tmp_path / "begroting.xlsx").findings == ()


def test_errors_of_a_plan_that_breaks_rules_recalculate(tmp_path: Path) -> None:
    case = village()
    plan = village_plan(case)
    line, source = next(pair for pair in plan.allocation.payments if pair[1] == "SPUK")
    more = {**plan.allocation.payments, (line, source): Money.from_euros(900_000)}
    over = replace(plan, allocation=replace(plan.allocation, payments=more))
    book = proposal(case, over, "basis", INFO)
    write_book(sealed(book), tmp_path / "begroting.xlsx")
    found = verify(tmp_path / "begroting.xlsx")
    assert found.differences == ()
    row = next(row for row in rows_of(book, "rapportering") if row[1:3] == [2022, "begroting"])
    excess = Money.from_euros("399999.99")
    spent = Money.from_euros("926315.79")
    assert row[3:11] == [
        spent,
        Money.from_euros("92631.58"),
        Money(0),
        Money(0),
        spent,
        excess,
        excess,
        "ja",
    ]


def test_every_sheet_says_what_its_numbers_are(book: Book) -> None:
    for name in SHEETS:
        assert "begroting" in {word for row in rows_of(book, name) for word in row}
    parameters = [
        cell
        for sheet in book.sheets
        if sheet.naam in SHEETS
        for cell in sheet.cells.values()
        if cell.role is Role.INPUT_SOURCED and cell.value is not None
    ]
    assert all(cell.origin is not None for cell in parameters)


@pytest.mark.parametrize(
    ("case", "label"),
    [
        (variants.small(), "BEGROTING, geen realisatie"),
        (variants.history(), "REALISATIE tot en met 2022, PROGNOSE daarna"),
    ],
    ids=["open", "closed"],
)
def test_every_sheet_of_a_budget_begins_with_what_it_is(case: Case, label: str) -> None:
    for sheet in made(case).sheets:
        assert str(sheet.cells[2, 1].value).startswith(label) or sheet.naam == "kwaliteit"


def test_years_that_are_closed_are_told_from_those_that_are_not() -> None:
    labels = {(row[1], row[2]) for row in rows_of(shelf.budget("history"), "verloop_spuk") if len(row) > 7}
    assert labels >= {(2022, "realisatie"), (2023, "prognose"), (2024, "prognose")}


def test_what_rests_on_an_assumption_in_a_closed_year_is_uncertain() -> None:
    """Two invoices, friction, and a credit note of 4,999.99; the invoice that it corrects has a document."""
    row = next(row for row in rows_of(shelf.budget("history"), "rapportering") if row[1:3] == [2022, "realisatie"])
    assert row[13] == Money.from_euros("85012.36")


# --- live: what goes back follows from payments, and nothing that is wrong lowers it -----------


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """The small case, whose grant of 2,400,000 is repaid after the case."""
    return Live(variants.small(), variants.STARTS, tmp_path_factory.mktemp("terug") / "begroting.xlsx")


@pytest.fixture
def live(written: Live) -> Live:
    """The same workbook, to change cells of."""
    return written.anew()


@pytest.mark.parametrize(
    ("charges", "observed"), [("124999.99", "nee"), ("125000.00", "ja"), ("125000.01", "ja"), ("0", "nee")]
)
def test_a_grant_is_observed_from_its_threshold_on(live: Live, charges: str, observed: str) -> None:
    """SI-5: from report year 2025 a partial observation where a grant charges 125,000 or more in the year."""
    assert live.get("rapportering", "deelwaarneming", 0) == "niet gevraagd"
    live.put("goedkeuring", "deelwaarneming_vanaf", 0, 125_000)
    live.put("sisa", "besteed", 0, float(charges))
    assert live.get("rapportering", "deelwaarneming", 0) == observed


def settled(live: Live) -> list[object]:
    """Spent, to be corrected, lawful, unspent, to be repaid, of the first decision."""
    keys = ("besteed", "corrigeren", "rechtmatig", "niet_besteed", "terug")
    return [live.get("afrekening", key) for key in keys]


def balances(live: Live, row: int) -> list[object]:
    """What of the advance is left, may still be spent and goes back, in a year of the first decision."""
    return [live.get("verloop", key, row) for key in ("eind", "nog", "terug")]


def test_unlawful_spending_lowers_nothing_that_goes_back(live: Live) -> None:
    """A payment of the small case is charged to a kostensoort that the grant may not pay."""
    spent, wrong, _, unspent, back = settled(live)
    assert (wrong, back) == (0, unspent)
    assert balances(live, 2) == [unspent, 0, unspent]
    row = live.find("betaling", kostensoort="vastgoedplan", bron="SPUK")
    amount = live.get("betaling", "bedrag", row)
    assert amount == 60_000
    live.put("kosten", "kostensoort", live.find("kosten", kostensoort="vastgoedplan"), "overig")
    assert settled(live) == [spent, 60_000, spent - 60_000, unspent, unspent + 60_000]  # type: ignore[operator]
    assert [live.get("risico", key) for key in ("terug", "corrigeren")] == [unspent + 60_000, 60_000]  # type: ignore[operator]
    assert live.get("doelwaarde", "spuk_onbesteed") == unspent
    end, left, debt = balances(live, 0)
    assert (debt, end) == (60_000, left + 60_000)  # type: ignore[operator]
    assert balances(live, 2) == [unspent + 60_000, 0, unspent + 60_000]  # type: ignore[operator]
    assert {live.get("spukjaar", "oordeel", at) for at in range(3)} == {"VOLDOET"}


def test_a_debt_is_gone_in_the_year_in_which_it_is_repaid(live: Live) -> None:
    source = live.find("dekking", bron="SPUK")
    unspent = settled(live)[3]
    live.put("dekking", "besteedbaar_tot", source, 2023)
    assert balances(live, 1)[1:] == [0, balances(live, 1)[0]]
    live.put("dekking", "terugbetaald_in", source, 2024)
    assert live.get("verloop", "terugbetaald", 2) == balances(live, 1)[0] == unspent
    assert balances(live, 2) == [0, 0, 0]
    live.put("dekking", "terugbetaald_in", source, 2025)
    assert balances(live, 2) == [unspent, 0, unspent]


def test_vacancy_above_its_limit_goes_back(tmp_path: Path) -> None:
    """In the rich case the grant pays the vacancy of closing places: as much above the limit is wrong."""
    rich = Live(variants.rich(), variants.STARTS, tmp_path / "begroting.xlsx")
    rich.put("dekking", "bedrag", rich.find("dekking", bron="SPUK"), 3_000_000)
    row = rich.find("betaling", kostensoort="leegstand", bron="SPUK", jaar=2022)
    place = rich.find("bezetting", regel_leegstand=rich.get("betaling", "regel", row))
    limit = rich.get("rekenleeg", "grens", place)
    rich.put("betaling", "bedrag", row, limit)  # type: ignore[arg-type]
    at_limit = settled(rich)
    assert at_limit[1] == 0
    rich.put("betaling", "bedrag", row, limit + 100.25)  # type: ignore[operator]
    assert rich.get("rapportering", "boven_leegstand", 0) == pytest.approx(100.25)
    _, wrong, lawful, _, back = settled(rich)
    assert [wrong, lawful, back] == [pytest.approx(100.25), at_limit[2], at_limit[4]]
