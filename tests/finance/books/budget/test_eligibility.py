"""The sheet `rechtmatigheid`: tests that turn, and evidence that shows where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.books.budget.eligibility import ABSENT, LATER, claims
from finance.case import Case, build_case
from finance.money import Money
from tests.casebook import Tables, raw_book
from tests.finance.books.budget import variants
from tests.finance.books.budget.live import Live

SHEET = "rechtmatig"


def provenance(**changes: object) -> Case:
    """The rich case with another document behind its first measures."""
    tables: Tables = variants.rich_tables()
    row = next(row for row in tables["herkomst"] if row["code"] == "B1")
    row.update(changes)
    return build_case(raw_book(tables))


@pytest.fixture
def live(tmp_path: Path) -> Live:
    return Live(variants.rich(), variants.STARTS, tmp_path / "begroting.xlsx")


def test_every_payment_out_of_a_grant_is_on_the_list_and_no_other(live: Live) -> None:
    grants = [row for row in live.draft.statement.payments if row.bron.soort == "spuk"]
    assert grants
    assert live.column(SHEET, "regel") == [row.lijn.sleutel for row in grants]
    assert live.column(SHEET, "bron") == [row.bron.bron for row in grants]
    total = Money.total(row.bedrag for row in grants)
    assert live.get("rechtstand", "bedrag") == pytest.approx(float(total.euros))
    assert live.get("rechtstand", "niet") == 0


def test_each_row_names_article_and_publication(live: Live) -> None:
    for at, claim in enumerate(claims(live.draft)):
        rule = claim.betaling.toestemming.regel
        assert rule
        assert (live.get(SHEET, "regel_id", at), live.get(SHEET, "artikel", at)) == (rule.id, rule.vindplaats)


def test_a_measure_that_is_not_by_the_transition_turns_its_test(live: Live) -> None:
    at = live.find(SHEET, waarvoor="M4", kostensoort="vervangende_nieuwbouw")
    assert live.get(SHEET, "toets", at) == "ja"
    live.put("maatregelen", "door_transitie", live.find("maatregelen", maatregel="M4"), "nee")
    assert live.get(SHEET, "door_transitie", at) == "nee"
    assert live.get(SHEET, "toets", at) == "nee"
    assert live.get("rechtstand", "niet") == 2  # one in 2023 and one in 2024


def test_a_year_outside_the_window_of_the_source_turns_its_test(live: Live) -> None:
    at = live.find(SHEET, waarvoor="M4", kostensoort="vervangende_nieuwbouw")
    source = live.find("dekking", bron=live.get(SHEET, "bron", at))
    live.put("dekking", "besteedbaar_tot", source, 2022)
    assert live.get(SHEET, "periode", at) == "nee"
    assert live.get(SHEET, "toets", at) == "nee"


def test_a_new_building_without_a_closure_turns_its_test(live: Live) -> None:
    at = live.find(SHEET, waarvoor="M4", kostensoort="vervangende_nieuwbouw")
    assert live.get(SHEET, "sluiting", at) == "ja"
    live.put("effecten", "plaatsen", live.find("effecten", maatregel="M4", zorgvorm="gesloten"), 0)
    assert live.get(SHEET, "sluiting", at) == "nee"


def test_evidence_turns_with_the_input(live: Live) -> None:
    at = live.find(SHEET, kostensoort="vastgoedplan")
    row = live.find("herkomst", code="B1")
    assert (live.get(SHEET, "code", at), live.get(SHEET, "soort", at)) == ("B1", "bron")
    live.put("herkomst", "soort", row, "aanname")
    assert (live.get(SHEET, "soort", at), live.get(SHEET, "bewijs", at)) == ("aanname", "AANDACHT")
    live.put("herkomst", "soort", row, "bron")
    live.put("herkomst", "vindplaats", row, "")
    assert (live.get(SHEET, "vindplaats", at), live.get(SHEET, "bewijs", at)) == (ABSENT, "AANDACHT")


def test_evidence_that_is_whole_needs_no_attention(tmp_path: Path) -> None:
    case = provenance(document="Plan", vindplaats="blz. 4")
    live = Live(case, variants.STARTS, tmp_path / "begroting.xlsx")
    at = live.find(SHEET, kostensoort="vastgoedplan")
    assert [live.get(SHEET, key, at) for key in ("document", "vindplaats", "bewijs")] == [
        "Plan",
        "blz. 4",
        "VOLDOET",
    ]


def test_the_cover_counts_what_asks_for_attention_and_no_control_fails(live: Live) -> None:
    count = live.column(SHEET, "bewijs").count("AANDACHT")
    assert count > 0
    assert live.get("rechtstand", "aandacht") == count
    # The maximum of one municipality is not known, so that its rule was not tested.
    assert live.get("regeloordeel", "ongetoetst") == 1
    assert live.get("voorbladstand", "aandacht") == count + 1
    assert live.get("stand", "oordeel") == "VOLDOET"


def test_the_amounts_by_evidence_are_all_amounts(live: Live) -> None:
    def amount(key: str) -> float:
        return float(str(live.get("rechtstand", key)))

    parts = [amount(key) for key in ("uit_bron", "uit_aanname", "zonder")]
    assert sum(parts) == pytest.approx(amount("bedrag"))


def test_what_a_budget_cannot_have_is_named_and_not_invented(live: Live) -> None:
    for column in ("werkelijk", "factuur", "btw"):
        assert set(live.column(SHEET, column)) == {LATER}


def test_the_grounds_name_the_regulation(live: Live) -> None:
    words = "\n".join(
        str(cell.value) for sheet in live.book.sheets if sheet.naam == "rechtmatigheid" for cell in sheet.cells.values()
    )
    assert "art. 2, 5, 9, 12 en 13" in words
    name = "Regeling specifieke uitkering transformatie gesloten jeugdhulp"
    assert f"{name}. Werkelijke kosten, tot het maximum: Stcrt. 2024, 37715 (BWBR0050438), art. 11" in words
    assert f"{name}. Gekoppelde sluiting bij vervangende nieuwbouw: geen voorwaarde" in words
    assert "Btw: " in words


def test_a_case_without_grants_has_an_empty_list(tmp_path: Path) -> None:
    live = Live(variants.bare(), {"M5": 2022}, tmp_path / "begroting.xlsx")
    assert claims(live.draft) == ()
    assert live.get("rechtstand", "aantal") == 0


def test_what_was_paid_in_a_closed_year_rests_on_its_own_row(tmp_path: Path) -> None:
    live = Live(variants.history(), variants.STARTS, tmp_path / "begroting.xlsx")
    settled = [at for at, claim in enumerate(claims(live.draft)) if claim.feiten]
    assert settled
    for at in settled:
        assert live.get(SHEET, "werkelijk", at) == "realisatie in de invoer"
        assert live.get(SHEET, "factuur", at) == LATER
        claim = claims(live.draft)[at]
        assert {row.herkomst for row in live.draft.case.actuals} >= set(claim.codes)
