"""A budget with grant decisions: every amount holds, every new column is noticed, and changing a decision turns it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finance.books.budget import pages
from finance.books.budget.anchors import anchors_of
from finance.books.budget.draft import Draft
from finance.case import Case, build_case
from finance.rules.tests import GRANT_WINDOW
from finance.statement import Statement
from finance.tables.pages import Page, Table
from finance.tables.painting import book_of
from finance.tables.reconcile import differences
from tests.casebook import raw_book
from tests.finance.books.budget import variants
from tests.finance.books.budget.disturbing import ColumnName, unnoticed
from tests.finance.books.budget.granted import STARTS, granted, granted_tables
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.budget.live import Live
from tests.finance.books.budget.test_two_grants import by_the_other_engine
from tests.finance.statement.test_several_municipalities import three

ONLY_SHOWN = {("rechtmatig", "waarvoor_verleend"), ("rechtmatig", "activiteit"), ("beschikking", "rij_besluit")}
"""New columns that no anchor reaches: a verdict that `betaling` has too, and where a row stands."""


def draft_of(case: Case) -> Draft:
    plan = hand_plan(case, STARTS)
    return Draft(Statement(case, plan.allocation), plan, "basis", INFO)


def columns(made: tuple[Page, ...]) -> Iterator[ColumnName]:
    for table in (block for page in made for block in page.blocks if isinstance(block, Table)):
        yield from ((table.name, column.key) for column in table.columns if column.formula)


def test_every_column_that_decisions_add_is_held_by_an_anchor_or_a_verdict() -> None:
    without = set(columns(pages(draft_of(variants.rich()))))
    draft = draft_of(granted())
    made = pages(draft)
    book = book_of("", made)
    assert list(differences(book, made, anchors_of(draft))) == []
    new = {name for name in columns(made) if name not in without and not name[0].startswith("beschikkingen")}
    assert len(new) > 15
    assert new & set(unnoticed(book, made, anchors_of(draft))) <= ONLY_SHOWN


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(granted(), STARTS, tmp_path_factory.mktemp("granted") / "begroting.xlsx")


def number(live: Live, table: str, column: str, row: int = 0) -> float:
    return float(str(live.get(table, column, row)))


def row_of(live: Live, table: str, column: str, value: str) -> int:
    return next(row for row in range(len(live.table(table).rows)) if live.get(table, column, row) == value)


def test_what_is_kept_apart_is_in_the_grant_and_the_cap_and_not_in_the_pot(live: Live) -> None:
    pot = row_of(live, "pot", "bron", "SPUK")
    assert number(live, "pot", "beschikbaar", pot) == 2_400_000 - 20_000.05
    decision = row_of(live, "beschikking", "beschikking", "BES-1")
    assert number(live, "beschikking", "toegekend", decision) == 2_400_000
    assert number(live, "deelplafond", "grens") == 120_000
    before = number(live, "afrekening", "terug", decision)
    live.put("dekking", "buiten_casus", row_of(live, "dekking", "bron", "SPUK"), 30_000.05)
    assert number(live, "afrekening", "terug", decision) == pytest.approx(before - 10_000)
    assert number(live, "deelplafond", "grens") == 120_000
    live.put("dekking", "buiten_casus", row_of(live, "dekking", "bron", "SPUK"), 20_000.05)


def test_what_a_revision_is_for_turns_the_test_of_its_payment(live: Live) -> None:
    row = row_of(live, "betaling", "bron", "SPUK-24")
    revision = row_of(live, "beschikkingen", "beschikking", "HZ-1")
    assert live.get("betaling", "waarvoor_verleend", row) == "ja"
    for column, wrong, right in (
        ("locatie", "L1", "L2"),
        ("kostensoorten", "leegstand, leegstand_gebouw", "leegstand, afstoten"),
    ):
        live.put("beschikkingen", column, revision, wrong)
        assert live.get("betaling", "waarvoor_verleend", row) == "nee"
        live.put("beschikkingen", column, revision, right)
        assert live.get("betaling", "waarvoor_verleend", row) == "ja"


def test_a_revision_that_says_not_what_for_pays_within_the_categories_of_the_regulation(tmp_path: Path) -> None:
    """HZ-1 names no kostensoorten and pays the disposal of M3: a category; else not, unless the decision names it."""
    tables = granted_tables()
    tables["beschikkingen"][1] |= {"locatie": None, "kostensoorten": None, "bedrag": 900_000, "maximum": 900_000}
    amounts = {"SPUK-24": 900_000, "SPUK": 20_001}
    tables["dekking"] = [
        row | {"bedrag": amounts.get(str(row["bron"]), row.get("bedrag"))} for row in tables["dekking"]
    ]
    one = Live(build_case(raw_book(tables)), STARTS, tmp_path / "begroting.xlsx")
    paid = one.find("betaling", bron="SPUK-24", kostensoort="afstoten")
    post = one.find("post", groep="transformatie-2024", kostensoort="afstoten")
    decision = one.find("beschikkingen", beschikking="HZ-1")
    check = one.find("toets", bron="SPUK-24", toets="afbouw of ombouw")
    assert one.get("post", "herziening", post) == "ja"
    assert one.get("post", "herziening", one.find("post", groep="transformatie-2024", kostensoort="opstart")) == "nee"
    for column, value, verdict in (
        ("herziening", "nee", "nee"),
        ("herziening", "ja", "ja"),
        ("herziening", "nee", "nee"),
    ):
        one.put("post", column, post, value)
        assert one.get("betaling", "activiteit", paid) == verdict
        assert one.get("toets", "oordeel", check) == ("VOLDOET" if verdict == "ja" else "VOLDOET NIET")
    one.put("beschikkingen", "kostensoorten", decision, "afstoten")
    assert one.get("betaling", "activiteit", paid) == "ja"


def test_the_day_the_code_and_the_years_of_a_decision_are_those_of_its_row(live: Live) -> None:
    decision = row_of(live, "beschikking", "beschikking", "BES-1")
    assert live.get("beschikking", "sisa_code", decision) == "H99"
    assert [number(live, "beschikking", name, decision) for name in ("verleend_in", "eindjaar", "terugbetaald_in")] == [
        2020,
        2024,
        2026,
    ]
    given = row_of(live, "beschikkingen", "beschikking", "BES-1")
    live.put("beschikkingen", "besteedbaar_tot", given, (date(2023, 1, 1) - date(1899, 12, 30)).days)
    assert number(live, "beschikking", "eindjaar", decision) == 2023


def test_a_day_that_is_filled_in_afterwards_decides(tmp_path: Path) -> None:
    """No decision named an end in the case; typed into the workbook, it turns the payments after it."""
    case = granted()
    undated = tuple(row.model_copy(update={"besteedbaar_tot": None}) for row in case.grant_decisions)
    one = Live(replace(case, grant_decisions=undated), STARTS, tmp_path / "begroting.xlsx")
    assert "nee" not in one.column("betaling", GRANT_WINDOW.sleutel)
    given = row_of(one, "beschikkingen", "beschikking", "BES-1")
    one.put("beschikkingen", "besteedbaar_tot", given, (date(2021, 12, 31) - date(1899, 12, 30)).days)
    assert "nee" in one.column("betaling", GRANT_WINDOW.sleutel)
    assert one.get("regeloordeel", "oordeel") == "VOLDOET NIET"


def test_a_case_without_decisions_has_none_of_their_columns(tmp_path: Path) -> None:
    live = Live(variants.small(), variants.STARTS, tmp_path / "begroting.xlsx")
    assert {"rij_besluit", "gemeente", "apart"}.isdisjoint(column.key for column in live.table("beschikking").columns)


def test_a_ceiling_turns_when_a_decision_or_its_maximum_changes(live: Live) -> None:
    own, other = (row_of(live, "beschikkingen", "beschikking", name) for name in ("BES-1", "BES-2"))
    rotterdam, zwolle = (row_of(live, "plafond", "gemeente", town) for town in ("Rotterdam", "Zwolle"))
    for row, decision, column, above, at in (
        (rotterdam, own, "bedrag", 10_245_473.01, 10_245_473),
        (zwolle, other, "maximum", 4_999.99, 5_000),
    ):
        live.put("beschikkingen", column, decision, above)
        assert live.get("plafond", "oordeel", row) == "VOLDOET NIET"
        live.put("beschikkingen", column, decision, at)
        assert live.get("plafond", "oordeel", row) == "VOLDOET"


@pytest.mark.parametrize(
    ("amount", "verdict"), [(2_400_000.01, "VOLDOET"), (2_400_000, "VOLDOET"), (2_399_999.99, "VOLDOET NIET")]
)
def test_a_decision_below_the_sum_of_its_sources_turns_a_check(live: Live, amount: float, verdict: str) -> None:
    """SPUK has 2,400,000 of BES-1."""
    one = live.anew()
    row = row_of(one, "besluittoets", "beschikking", "BES-1")
    sides = [one.get("besluittoets", key, row) for key in ("waarde", "grens", "oordeel")]
    assert sides == [2_400_000, 2_500_000, "VOLDOET"]
    given = row_of(one, "beschikkingen", "beschikking", "BES-1")
    change = ("beschikkingen", "bedrag", given, amount)
    assert by_the_other_engine(one, change, ("besluittoets", "oordeel", row)) == verdict
    one.put("beschikkingen", "bedrag", given, amount)
    assert one.get("besluittoets", "oordeel", row) == verdict
    assert one.get("regeloordeel", "oordeel") == verdict


def test_decisions_name_their_municipality_where_there_are_more(tmp_path: Path) -> None:
    live = Live(three(), {"M5": 2022}, tmp_path / "begroting.xlsx")
    assert [live.get("beschikking", "gemeente", row) for row in range(3)] == ["Arnhem", "Utrecht", "Ermelo"]
    assert [number(live, "deelplafond", "grens", row) for row in range(3)] == [171_881.30, 237_600.60, 26_961.75]
