"""The cover says in short what happens, what it costs, who pays, and what may go wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.finance.books.budget import variants
from tests.finance.books.budget.live import Live


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(variants.rich(), variants.STARTS, tmp_path_factory.mktemp("kort") / "begroting.xlsx")


def test_the_payers_together_pay_all_that_is_paid(live: Live) -> None:
    statement = live.draft.statement
    paid = sum(row.bedrag.cents for row in statement.payments)
    assert round(100 * sum(float(str(one)) for one in live.column("betaler", "betaald"))) == paid
    assert set(live.column("betaler", "soort")) == {row.soort for row in live.draft.case.sources}


def test_a_payment_that_changes_in_the_workbook_changes_who_pays(live: Live) -> None:
    row = live.find("rekenbetaling", soort="spuk")
    payer = live.find("betaler", soort="spuk")
    before = float(str(live.get("betaler", "betaald", payer)))
    paid = float(str(live.get("betaling", "bedrag", row)))
    live.put("betaling", "bedrag", row, paid + 100)
    assert live.get("betaler", "betaald", payer) == pytest.approx(before + 100)
    live.put("betaling", "bedrag", row, paid)


def test_what_is_at_stake_is_what_the_other_sheets_say(live: Live) -> None:
    assert live.get("kort", "maatregelen") == len(variants.STARTS)
    assert live.get("kort", "kosten") == live.get("slotsom", "kosten")
    back = sum(float(str(one)) for one in live.column("pot", "terug"))
    assert live.get("risico", "terug") == pytest.approx(back)
    assert live.get("risico", "aanname") == live.get("rechtstand", "uit_aanname")


def test_the_cover_comes_before_everything_else(tmp_path: Path) -> None:
    live = Live(variants.bare(), {"M5": 2022}, tmp_path / "begroting.xlsx")
    assert live.pages[0].naam == "voorblad"
    assert [getattr(block, "name", "") for block in live.pages[0].blocks][:4] == [
        "voorbladstand",
        "kort",
        "betaler",
        "risico",
    ]
