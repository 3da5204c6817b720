"""Grants of two regulations on a sheet side by side: what each may pay, paid and must spend first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finance.books.budget import overlap, pages
from finance.books.budget.anchors import anchors_of
from finance.books.budget.draft import Draft
from finance.case import Case
from finance.case.approval import Approval
from finance.money import ZERO, Money
from finance.plan.changes import ApprovedAmounts
from finance.statement import Statement
from finance.tables.pages import Table
from finance.tables.painting import book_of
from finance.tables.reconcile import differences
from finance.xlsx.paper import paper_of
from tests.casebook import Record
from tests.finance.books.budget import two_grants, variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.budget.live import Live
from tests.finance.books.budget.two_grants import OF_2020, OF_2024, STARTS, YEAR
from tests.models.bare import FIRST

EPOCH = date(1899, 12, 30)
"""The day from which a workbook counts."""
FAILED, HOLDS = "VOLDOET NIET", "VOLDOET"
LONG: Mapping[str, tuple[int, int]] = {"NIEUW": (YEAR, 2030), "OUD": (FIRST, 2026)}
"""Years that reach to the end of each regulation."""


def spent_in(years: Mapping[str, tuple[int, int]], readings: str, more: Record | None = None) -> Case:
    """The case of two grants with other years of its sources, readings and columns of the old grant."""
    given = two_grants.bare()
    sources = []
    for row in given.sources:
        span = years.get(str(row["bron"]))
        window = {"besteedbaar_van": span[0], "besteedbaar_tot": span[1]} if span else {}
        sources.append({**row, **window, **(more or {} if row["bron"] == "OUD" else {})})
    # Every source has the same columns.
    columns: Record = {column: None for row in sources for column in row}
    settings: Record = {**given.settings, "lezingen": readings}
    return replace(given, sources=[{**columns, **row} for row in sources], settings=settings).case()


def long() -> Case:
    return spent_in(LONG, "leegstand-door-transitie, verlenging-2026")


def kept_apart() -> Case:
    return spent_in(LONG, "leegstand-door-transitie, verlenging-2026", {"buiten_casus": 50_000})


def apart_in_time() -> Case:
    """Without the reading the old grant ends in 2024, and the new one begins in 2025."""
    return spent_in({"NIEUW": (YEAR + 1, 2030), "OUD": (FIRST, YEAR)}, "leegstand-door-transitie")


def decided(end: date) -> Case:
    """The old grant has a decision that says until when."""
    given = two_grants.bare()
    sources = [
        {
            **row,
            "beschikking": "B20" if row["bron"] == "OUD" else None,
            "besteedbaar_tot": LONG[name][1] if (name := str(row["bron"])) in LONG else row["besteedbaar_tot"],
        }
        for row in given.sources
    ]
    decision: Record = {
        "beschikking": "B20",
        "gemeente": "Rotterdam",
        "regeling": OF_2020,
        "besteedbaar_tot": end,
        "bedrag": 200_000,
        "herkomst": "B1",
    }
    return replace(given, sources=sources, more={"beschikkingen": [decision]}).case()


def draft_of(case: Case, starts: Mapping[str, int] = STARTS) -> Draft:
    plan = hand_plan(case, starts)
    return Draft(Statement(case, plan.allocation), plan, "basis", INFO)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(long(), STARTS, tmp_path_factory.mktemp("naast") / "begroting.xlsx")


@pytest.fixture
def live(written: Live) -> Live:
    return written.anew()


def test_only_with_grants_of_more_than_one_regulation(written: Live) -> None:
    assert overlap.pages(draft_of(variants.small(), variants.STARTS)) == ()
    assert overlap.SHEET in [page.naam for page in written.pages]


def test_what_ends_first_is_spent_first(live: Live) -> None:
    """The old grant is open until the end of 2026 under the reading, the new one until the end of 2030."""
    order = dict(zip(live.column("naastbron", "bron"), live.column("naastbron", "volgorde"), strict=True))
    assert order == {"OUD": 1, "NIEUW": 2}
    assert live.column("naastbron", "beslist") == ["regeling", "regeling"]
    ends = (date(2030, 12, 31), date(2026, 12, 31))
    assert live.column("naastbron", "tot") == [(end - EPOCH).days for end in ends]


def test_what_each_grant_paid_in_the_years_that_they_share(live: Live) -> None:
    keys = ("eerder", "samen_2024", "samen_2025", "later", "over")
    old, new = (live.find("naastbetaald", bron=name) for name in ("OUD", "NIEUW"))
    assert [live.get("naastbetaald", key, old) for key in keys] == [0, 147_997.01, 0, 0, 52_002.99]
    assert [live.get("naastbetaald", key, new) for key in keys] == [0, 104_003, 34_000, 0, 261_997]


def test_what_each_regulation_may_pay(live: Live) -> None:
    def said(sort: str, regulation: str) -> list[object]:
        row = live.find("naastpost", kostensoort=sort, regeling=regulation)
        return [live.get("naastpost", key, row) for key in ("mag", "open", "betaald", "rang")]

    assert said("opstart", OF_2024) == ["ja", 2, 8_000, "toelichting"]
    assert said("opstart", OF_2020) == ["nee", 4, 0, "notitie"]
    assert said("verbouwen", OF_2020) == ["ja", 4, 100_000.01, "regeling"]
    assert said("leegstand", OF_2024) == ["bij_sluiting", 2, 32_003, "regeling"]


def test_a_measure_of_two_regulations_asks_attention(live: Live) -> None:
    assert live.column("naastmaatregel", "maatregel") == ["OMBOUW", "TEAM"]
    assert live.column("naastmaatregel", "let_op") == ["AANDACHT", "een regeling"]
    keys = [key for key, _ in overlap.regulation_keys(live.draft)]
    assert [live.get("naastmaatregel", key) for key in keys] == [98_000, 100_000.01]
    assert "BWBR0050438), art. 4" in live.table("naastmaatregel").note


def test_a_payment_that_moves_is_followed(live: Live) -> None:
    """The provider pays what the old grant paid of rebuilding; that grant pays the team instead."""
    live.put("betaling", "bron", live.find("betaling", bron="OUD", kostensoort="verbouwen"), "EIGEN")
    assert live.column("naastmaatregel", "let_op") == ["een regeling", "een regeling"]
    assert live.get("naastbetaald", "over", live.find("naastbetaald", bron="OUD")) == 152_003
    live.put("betaling", "bron", live.find("betaling", bron="NIEUW", kostensoort="opstart"), "OUD")
    team = live.find("naastmaatregel", maatregel="TEAM")
    assert live.get("naastmaatregel", "let_op", team) == "een regeling"
    assert live.column("controle_naasttotaal", "oordeel") == [HOLDS] * 4


def test_years_and_ends_that_change_are_followed(live: Live) -> None:
    """The end of a source that comes before that of its regulation decides."""
    new = live.find("naastbron", bron="NIEUW")
    at = live.find("dekking", bron="NIEUW")
    live.put("dekking", "besteedbaar_tot", at, 2026)
    assert [live.get("naastbron", key, new) for key in ("beslist", "volgorde")] == ["bron", 1]
    live.put("dekking", "besteedbaar_tot", at, 2025)
    old = live.find("naastbron", bron="OUD")
    assert [live.get("naastbron", "volgorde", row) for row in (new, old)] == [1, 2]
    live.put("dekking", "besteedbaar_van", at, YEAR + 1)
    assert live.get("naastbron", "samen", new) == YEAR + 1
    assert live.get("naastbetaald", "eerder", live.find("naastbetaald", bron="NIEUW")) == 104_003


def test_a_last_day_that_is_typed_for_a_decision_decides(tmp_path: Path) -> None:
    live = Live(two_grants.with_a_revision(), STARTS, tmp_path / "begroting.xlsx")
    new = live.find("naastbron", bron="NIEUW")
    assert [live.get("naastbron", key, new) for key in ("beslist", "volgorde")] == ["bron", 1]
    day = (date(YEAR + 1, 6, 30) - EPOCH).days
    live.put("beschikkingen", "besteedbaar_tot", live.find("beschikkingen", beschikking="BASIS"), day)
    assert [live.get("naastbron", key, new) for key in ("tot", "beslist", "volgorde")] == [day, "beschikking", 1]
    assert live.get("naastbron", "volgorde", live.find("naastbron", bron="OUD")) == 2


def test_a_grant_that_is_not_on_the_sheet_is_noticed(live: Live) -> None:
    live.put("naastbron", "bron", live.find("naastbron", bron="OUD"), "NIEUW")
    assert FAILED in live.column("controle_naasttotaal", "oordeel")
    assert live.get("stand", "oordeel") == FAILED


@pytest.mark.parametrize("end", [date(2026, 6, 30), date(2026, 12, 30), date(2026, 12, 31)])
def test_the_end_of_a_decision_decides(end: date) -> None:
    draft = draft_of(decided(end))
    (row,) = [row for row in overlap.grant_rows(draft) if row.bron.bron == "OUD"]
    assert (row.tot, row.beslist) == (end, overlap.BY_DECISION)
    made = pages(draft)
    assert list(differences(book_of("", made), made, anchors_of(draft))) == []


@pytest.mark.parametrize("case", [kept_apart, apart_in_time, two_grants.with_a_revision, two_grants.with_a_closed_year])
def test_every_anchor_holds(case: object) -> None:
    assert callable(case)
    draft = draft_of(case())
    made = pages(draft)
    assert list(differences(book_of("", made), made, anchors_of(draft))) == []


def test_grants_that_are_never_open_together_share_no_year() -> None:
    assert overlap.shared_years(draft_of(apart_in_time())) == ()
    assert overlap.shared_years(draft_of(long())) == (YEAR, YEAR + 1)


def test_no_letter_is_below_seven_points(written: Live) -> None:
    (sheet,) = [sheet for sheet in written.book.sheets if sheet.naam == overlap.SHEET]
    assert 10 * paper_of(sheet).scale(sheet) >= 7


def test_the_grants_stand_beside_each_other_beside_an_approved_plan_too() -> None:
    case = replace(long(), approval=Approval(STARTS))
    amounts = ApprovedAmounts({"ongedekt": Decimal(0)}, {"NIEUW": Money.from_euros(7)}, {}, ZERO)
    plan = replace(hand_plan(case, STARTS), goedgekeurd=amounts)
    draft = Draft(Statement(case, plan.allocation), plan, "basis", INFO)
    made = pages(draft)
    names = {block.name for page in made for block in page.blocks if isinstance(block, Table)}
    assert {"naastbron", "naastbetaald", "eerderkosten", "eerderbron", "eerderdoel"} <= names
    assert list(differences(book_of("", made), made, anchors_of(draft))) == []
