"""The cover says in short what happens, what it costs, who pays, and what may go wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.books.budget import timeline
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
    back = sum(float(str(one)) for one in live.column("pot", "terug"))
    assert live.get("risico", "terug") == pytest.approx(back)
    assert live.get("risico", "aanname") == live.get("rechtstand", "uit_aanname")


def test_the_cover_comes_before_everything_else(tmp_path: Path) -> None:
    live = Live(variants.bare(), {"M5": 2022}, tmp_path / "begroting.xlsx")
    assert live.pages[0].naam == "voorblad"
    assert [getattr(block, "name", "") for block in live.pages[0].blocks][:5] == [
        "voorbladstand",
        "gebeurt",
        "behoeftekort",
        "betaler",
        "risico",
    ]


def test_each_chosen_measure_stands_in_its_year_with_what_it_costs_and_does(live: Live) -> None:
    assert rows(live) == [
        ("De Hoeve", "Vleugel afstoten", 2022, 250_000, "", -10, "", ""),
        ("De Linde", "Vastgoedplan en projectleiding", 2022, 190_000, "", "", "", ""),
        ("De Brink", "De Brink vervangen", 2023, 1_629_075.26, "", -6, 4, ""),
        ("Het Anker", "Ambulant team", 2023, 65_992.10, "", "", 4, ""),
    ]


def test_what_the_list_says_of_a_measure_follows_the_plan(live: Live) -> None:
    changed = live.anew()
    row = changed.find("plan", maatregel="M4")
    changed.put("plan", "start", row, 2024)
    assert changed.get("gebeurt", "start", 2) == 2024
    assert changed.get("gebeurt", "kosten", 2) == changed.get("plan", "kosten", row) != 1_629_075.26
    changed.put("plan", "start", row, 0)
    assert rows(changed)[2] == ("De Brink", "De Brink vervangen", "", 0, "", "", "", "")


def test_the_most_costly_measures_are_named_and_the_others_stand_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most, last in (
        (5, None),
        (4, None),
        (3, ("", "en nog 1 andere", "", 65_992.10, "", "", 4, "")),
        (2, ("", "en nog 2 andere", "", 255_992.10, "", "", 4, "")),
        (0, ("", "en nog 4 andere", "", 2_135_067.36, "", -16, 8, "")),
    ):
        monkeypatch.setattr(timeline, "MOST", most)
        short = Live(variants.rich(), variants.STARTS, tmp_path / f"{most}.xlsx")
        assert rows(short)[most:] == ([last] if last else [])
        assert sum(float(str(one)) for one in short.column("gebeurt", "kosten")) == pytest.approx(2_135_067.36)
        assert short.get("stand", "controles") == 0


def test_a_plan_without_measures_says_so(tmp_path: Path) -> None:
    empty = Live(variants.bare(), {}, tmp_path / "leeg.xlsx")
    assert [empty.get("gebeurt", "wat"), empty.get("gebeurt", "kosten")] == ["niets", 0]


@pytest.mark.parametrize(("row", "rank"), [("M1", 0), ("M1", 9), ("M3", 1), ("M4", 2)])
def test_a_wrong_place_in_the_list_fails_a_control(live: Live, row: str, rank: int) -> None:
    changed = live.anew()
    assert changed.get("stand", "controles") == 0
    changed.put("rekenplan", "voorblad", changed.find("plan", maatregel=row), rank)
    assert changed.get("voorbladstand", "controles") == "VOLDOET NIET"


def rows(live: Live) -> list[tuple[object, ...]]:
    """The list on the cover."""
    keys = ("waar", "wat", "start", "kosten", "erbij", "eraf", "anders_erbij", "anders_eraf")
    return [tuple(live.get("gebeurt", key, row) for key in keys) for row in range(len(live.table("gebeurt").rows))]
