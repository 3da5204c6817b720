"""Plan beside actual in the workbook: what it shows, and what turns when an amount is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.books.budget import sales
from finance.books.budget.anchors import anchors_of
from finance.books.budget.closed_totals import MADE
from finance.case import Case, build_case
from finance.tables.grid import OriginKind
from finance.tables.reconcile import differences
from tests.casebook import raw_book
from tests.finance.books.budget import variants
from tests.finance.books.budget.live import Live


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """The workbook as it was written."""
    return Live(variants.history(), variants.STARTS, tmp_path_factory.mktemp("verleden") / "begroting.xlsx")


@pytest.fixture
def live(tmp_path: Path) -> Live:
    """The workbook, to change cells of."""
    return Live(variants.history(), variants.STARTS, tmp_path / "begroting.xlsx")


def compared(live: Live, row: int) -> list[object]:
    """A line of a closed year: what it is, planned, paid, difference, remark."""
    keys = ("maatregel", "locatie", "kostensoort", "jaar", "begroot", "werkelijk", "verschil", "opmerking")
    return [live.get("vergelijking", key, row) or "" for key in keys]


def test_each_line_of_a_closed_year_shows_plan_actual_and_difference(shown: Live) -> None:
    rows = [compared(shown, row) for row in range(len(shown.table("vergelijking").rows))]
    assert rows[:5] == [
        ["M1", "", "afstoten", 2022, 250_000, "", -250_000, "niets betaald"],
        ["M1", "", "frictie_pilot", 2022, "", 12.34, 12.34, "niet gepland"],
        ["M5", "", "vastgoedplan", 2022, 60_000, 45_000.01, -14_999.99, ""],
        ["M5", "", "projectleiding", 2022, 90_000, 80_000.03, -9_999.97, ""],
        ["M5", "", "overig", 2022, "", 1_000, 1_000, "niet gepland"],
    ]
    assert ["", "L1", "exploitatie", 2022, 2_700_000, 2_612_345.67, -87_654.33, ""] in rows


def test_each_year_says_what_its_numbers_are(shown: Live) -> None:
    assert shown.column("realisatiejaar", "cijfer") == ["realisatie", "prognose", "prognose"]
    assert shown.column("realisatiejaar", "verschil")[1:] == [0, 0]
    assert {shown.get("betaling", "cijfer", row) for row in range(len(shown.table("betaling").rows))} == {
        "realisatie",
        "prognose",
    }


def test_what_has_begun_is_listed_and_a_start_outside_its_years_is_no_failure(shown: Live) -> None:
    assert shown.column("begonnen", "venster") == ["buiten de eigen jaren", "ja"]
    assert shown.column("begonnen", "gelijk") == ["ja", "ja"]
    assert set(shown.column("rekenplan", "feit")) == {"ja"}


def test_only_what_broke_a_rule_fails(shown: Live) -> None:
    """The SPUK paid 12.34 for friction: one rule, and one control that counts such payments."""
    assert (shown.get("stand", "regels"), shown.get("stand", "controles")) == (1, 1)
    failed = shown.find("toets", oordeel="VOLDOET NIET")
    assert (shown.get("toets", "kostensoort", failed), shown.get("toets", "waarde", failed)) == (
        "frictie_pilot",
        12.34,
    )


def test_another_invoice_changes_the_cost_and_fails_until_the_payment_follows(live: Live) -> None:
    row = live.find("realisatie", maatregel="M5", bedrag=60_000.01)
    live.put("realisatie", "bedrag", row, 59_999.01)
    assert live.get("vergelijking", "werkelijk", 3) == pytest.approx(79_999.03)
    all_made = live.find("controle_sluittotaal", wat=MADE[1][0])
    paid = live.find("betaling", bron="SPUK", kostensoort="projectleiding", jaar=2022)
    assert live.get("betaling", "feit", paid) == "nee"
    assert live.get("controle_sluittotaal", "oordeel", all_made) == "VOLDOET NIET"
    live.put("betaling", "bedrag", paid, 79_999.03)
    assert live.get("betaling", "feit", paid) == "ja"
    assert live.get("controle_sluittotaal", "oordeel", all_made) == "VOLDOET"


def test_rows_of_one_line_and_source_count_together(shown: Live) -> None:
    """A credit note lowers its own line; what is taken back whole is no line and no payment."""
    credit = shown.find("realisatie", bedrag=-4_999.99)
    assert [shown.get("rekenrealisatie", "samen", at) for at in (credit - 1, credit)] == [45_000.01] * 2
    assert [shown.get("rekenrealisatie", "onzeker", at) for at in (credit - 1, credit)] == [4_999.99, 0]
    taken_back = shown.find("realisatie", bedrag=-700)
    keys = ("regel", "samen", "onzeker")
    assert [shown.get("rekenrealisatie", key, taken_back) or "" for key in keys] == ["", "", ""]
    assert shown.get("betaling", "bedrag", shown.find("betaling", kostensoort="vastgoedplan")) == 45_000.01


def test_more_taken_back_than_was_paid_fails(live: Live) -> None:
    check = live.find("controle_sluittotaal", wat=MADE[2][0])
    credit = live.find("realisatie", bedrag=-4_999.99)
    live.put("realisatie", "bedrag", credit, -50_000)
    assert live.get("controle_sluittotaal", "oordeel", check) == "VOLDOET"
    live.put("realisatie", "bedrag", credit, -50_000.01)
    assert live.get("controle_sluittotaal", "oordeel", check) == "VOLDOET NIET"


def test_a_start_that_is_not_the_one_that_happened_fails(live: Live) -> None:
    row = live.find("plan", maatregel="M1")
    live.put("plan", "start", row, 2023)
    assert live.get("rekenplan", "feit", row) == "nee"
    assert live.get("begonnen", "gelijk", 1) == "nee"


def test_a_start_in_a_closed_year_that_did_not_happen_fails(live: Live) -> None:
    row = live.find("plan", maatregel="M6")
    live.put("plan", "start", row, 2022)
    assert live.get("rekenplan", "feit", row) == "nee"


def test_closing_a_year_more_asks_for_its_payments(live: Live) -> None:
    """With 2023 closed too, what the plan pays in it is not in realisatie."""
    row = live.find("case", sleutel="afgesloten_tot")
    live.put("case", "waarde", row, 2023)
    assert live.column("realisatiejaar", "cijfer") == ["realisatie", "realisatie", "prognose"]
    later = live.find("betaling", jaar=2023)
    assert live.get("betaling", "feit", later) == "nee"


def test_proceeds_come_in_their_year_and_raise_the_pot(shown: Live) -> None:
    assert shown.column("verkoop", "jaar") == [2023, 2026, 0]
    assert shown.column("verkoop", "telt") == [300_000.25, 0, 0]
    pot = shown.find("pot", bron="EIGEN")
    assert (shown.get("pot", "bedrag", pot), shown.get("pot", "beschikbaar", pot)) == (500_000, 800_000.25)
    first = shown.find("potjaar", bron="EIGEN", jaar=2022)
    assert [shown.get("potjaar", "beschikbaar", first + at) for at in range(3)] == [
        500_000,
        800_000.25,
        800_000.25,
    ]


def test_spending_proceeds_before_they_are_there_fails(live: Live) -> None:
    """EIGEN has 500,000 until the sale brings 300,000.25 in 2023."""
    row = live.find("realisatie", bron="LUMP")
    live.put("realisatie", "bron", row, "EIGEN")
    paid = live.find("betaling", bron="LUMP", jaar=2022)
    live.put("betaling", "bron", paid, "EIGEN")
    live.put("betaling", "bedrag", paid, 500_000)
    check = live.find("potjaartoets", bron="EIGEN", jaar=2022)
    assert live.get("potjaartoets", "oordeel", check) == "VOLDOET"
    live.put("betaling", "bedrag", paid, 500_000.01)
    assert live.get("potjaartoets", "oordeel", check) == "VOLDOET NIET"


def results(live: Live) -> list[list[object]]:
    """Location, measures that dispose of it, book value, proceeds, result, remark."""
    keys = ("locatie", "aantal", "boekwaarde", "opbrengst", "resultaat", "opmerking")
    rows = range(len(live.table("boekresultaat").rows))
    return [[live.get("boekresultaat", key, at) or "" for key in keys] for at in rows]


def test_the_loss_on_what_is_disposed_of_is_shown_and_is_no_cover(shown: Live) -> None:
    """L1 stands for 2,400,000 in the books and brings 300,000.25; M4 sells of L2, which stays in use."""
    assert results(shown) == [
        ["L1", 1, 2_400_000, 300_000.25, -2_099_999.75, ""],
        ["L2", "", "", 5_000, "", sales.SOLD_ONLY],
    ]


def test_a_building_that_loses_its_last_places_is_disposed_of(live: Live) -> None:
    """Nothing replaces the ten places of L2 that M4 takes away: what it brings in is a result."""
    live.put("locaties", "boekwaarde", live.find("locaties", locatie="L2"), 6_000)
    for at, places in (("gesloten", -10), ("kleinschalig", 0)):
        live.put("effecten", "plaatsen", live.find("effecten", maatregel="M4", zorgvorm=at), places)
    assert results(live)[1] == ["L2", 1, 6_000, 5_000, -1_000, ""]
    live.put("locaties", "boekwaarde", live.find("locaties", locatie="L2"), "")
    assert results(live)[1] == ["L2", 1, "", 5_000, "", sales.NO_BOOK_VALUE]


def test_a_cost_line_disposes_whatever_the_measure_is_called(live: Live) -> None:
    live.put("maatregelen", "soort", live.find("maatregelen", maatregel="M1"), "overig")
    assert results(live)[0][1:5] == [1, 2_400_000, 300_000.25, -2_099_999.75]
    live.put("kosten", "kostensoort", live.find("kosten", maatregel="M1", kostensoort="afstoten"), "overig")
    assert results(live)[0][1:] == ["", "", 300_000.25, "", sales.SOLD_ONLY]


def test_proceeds_that_stand_at_no_location_of_the_table_fail_a_control(live: Live) -> None:
    check = live.find("controle_verkooptotaal", naam_rechts="opbrengsten per rij van de invoer")
    assert live.get("controle_verkooptotaal", "oordeel", check) == "VOLDOET"
    assert live.get("controle_verkooptotaal", "rechts", check) == 305_000.25
    live.put("boekresultaat", "locatie", 1, "L3")
    assert live.get("controle_verkooptotaal", "oordeel", check) == "VOLDOET NIET"


def test_what_was_paid_says_that_it_is_input(shown: Live) -> None:
    sheet = next(sheet for sheet in shown.book.sheets if sheet.naam == "betalingen")
    found = [cell.origin for cell in sheet.cells.values() if cell.origin]
    made = [origin for origin in found if origin.kind is OriginKind.INPUT]
    assert len(made) == len(variants.history().actual_payments)
    assert ("realisatie!G2", ("en realisatie rij 3",)) in [(origin.waar, origin.bij) for origin in made]


def test_a_case_without_history_has_no_such_sheets(tmp_path: Path) -> None:
    small = Live(variants.small(), variants.STARTS, tmp_path / "begroting.xlsx")
    assert {"realisatie", "opbrengsten"}.isdisjoint(page.naam for page in small.pages)


def test_the_present_cost_says_that_closed_years_are_nominal(shown: Live, tmp_path: Path) -> None:
    """Where the number stands, on the summary and on the trail; without closed years all is at prijspeil."""
    small = Live(variants.small(), variants.STARTS, tmp_path / "begroting.xlsx")
    words = [
        live.get("doeluitkomst", "betekenis", live.find("doeluitkomst", doel="kosten_ncw")) for live in (shown, small)
    ]
    assert words == [
        "Kosten tot en met 2022 zoals betaald (nominaal), daarna op prijspeil, contant gemaakt; een keer"
        " afgerond, aan het eind",
        "Alle kosten op prijspeil, contant gemaakt; een keer afgerond, aan het eind",
    ]
    trail = shown.get("spoordoelen", "rust_op", shown.find("spoordoelen", doel="kosten_ncw"))
    assert str(words[0]) in str(trail)


def outside() -> Case:
    """The case of which every source but PXQ may be spent from 2023 on, though all of them paid in 2022."""
    tables = variants.history_tables()
    for source in tables["dekking"]:
        source["besteedbaar_van"] = 2022 if source["bron"] == "PXQ" else 2023
    tables["financiering"] = [row for row in tables["financiering"] if row["jaar"] != 2022 or row["bron"] == "PXQ"]
    paid = {"maatregel": "M1", "locatie": None, "zorgvorm": None, "jaar": 2022, "herkomst": "A1"}
    of_place = {"maatregel": None, "locatie": "L3", "zorgvorm": "kleinschalig", "kostensoort": "exploitatie"}
    tables["realisatie"] += [
        paid | of_place | {"bron": "BESCH", "bedrag": 1_000},
        paid | {"bron": "EIGEN", "kostensoort": "afstoten", "bedrag": 2_000},
        paid | {"bron": "SPUK-24", "kostensoort": "verbouwen", "bedrag": 3_000},
    ]
    return build_case(raw_book(tables))


def test_no_sum_misses_what_closed_years_paid_outside_the_years_of_a_source(tmp_path: Path) -> None:
    """Only the control that counts forbidden payments fails, and every total holds all of them."""
    live = Live(outside(), variants.STARTS, tmp_path / "begroting.xlsx")
    assert list(differences(live.book, live.pages, anchors_of(live.draft))) == []
    assert live.get("stand", "controles") == 1
    rows = {
        (live.get("jaarbron", "bron", row), live.get("jaarbron", "jaar", row)): row
        for row in range(len(live.table("jaarbron").rows))
    }
    lump, besch = rows["LUMP", 2022], rows["BESCH", 2022]
    assert [live.get("jaarbron", key, lump) for key in ("beschikbaar", "betaald")] == [0, 2_612_345.67]
    assert [live.get("jaarbron", key, besch) for key in ("beschikbaar", "betaald", "over")] == [0, 1_000, -1_000]
    assert live.get("jaarbron", "ingebracht", rows["BESCH", 2023]) == 0
    assert live.get("sisa", "besteed", live.find("sisa", beschikking="transformatie-2024", jaar=2022)) == 3_000
    assert live.get("pot", "betaald", live.find("pot", bron="EIGEN")) == 2_000.03
    paid = sum(float(str(amount)) for amount in live.column("betaling", "bedrag"))
    told = sum(sum(float(str(amount)) for amount in live.column(table, "betaald")) for table in ("pot", "jaarbron"))
    assert told == pytest.approx(paid)
