"""What a grant pays of building stands beside the tariffs, and a tariff that ignores it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.case import CostLine, build_case
from finance.money import Money
from tests.casebook import raw_book
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import hand_plan
from tests.finance.books.tariff.live import Live


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    case = variants.coupled()
    path = tmp_path_factory.mktemp("dubbel") / "tarief.xlsx"
    return Live(case, path, allocation=hand_plan(case, variants.STARTS).allocation)


def column(live: Live, table: str, key: str) -> list[object]:
    spot = live.places.spot(table)
    number = [page.naam for page in live.pages].index(spot.sheet)
    at = list(spot.letters).index(key) + 1
    return [live.got(number, (row, at)) for row in range(spot.first, spot.last + 1)]


def test_each_tariff_stands_beside_what_grants_pay_for_its_zorgvorm(live: Live) -> None:
    plan = live.draft.plan
    assert plan is not None
    line = CostLine("M4", "", "", "vervangende_nieuwbouw", 2023)
    built = plan.allocation.payments[line, "SPUK"]
    assert built > Money(0)
    closed, small = 2, 6
    assert column(live, "huisvestingplan", "betaald") == [0.0] * closed + [float(built.euros)] * small
    assert column(live, "huisvestingplan", "stand") == ["niets betaald"] * closed + ["NAGAAN"] * small
    assert column(live, "voorbladstand", "dubbel") == ["NAGAAN"]


def test_it_says_how_much_and_invents_no_yearly_amount(live: Live) -> None:
    assert column(live, "gebouwd", "maatregel") == ["M4"]
    page = next(page for page in live.pages if page.naam == "dubbel")
    assert any("niet bekend" in getattr(block, "note", "") for block in page.blocks)


def test_a_tariff_that_takes_it_out_of_its_price_is_fine(tmp_path: Path) -> None:
    tables = variants.coupled_tables()
    for row in tables["tarief"]:
        if row["parameter"] == "spuk_huisvesting":
            row["waarde"] = 8_000
    case = build_case(raw_book(tables))
    live = Live(case, tmp_path / "tarief.xlsx", allocation=hand_plan(case, variants.STARTS).allocation)
    assert set(column(live, "huisvestingplan", "stand")) == {"niets betaald", "in het tarief"}
    assert column(live, "voorbladstand", "dubbel") == ["VOLDOET"]
    live.set("gebouwd", "bedrag", 0, "0")
    assert set(column(live, "huisvestingplan", "stand")) == {"niets betaald"}
