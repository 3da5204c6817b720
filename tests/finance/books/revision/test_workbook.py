"""The workbook of a request for revision: its numbers, its verdicts, and what a change does to them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import openpyxl
import pytest

from finance.books.revision import Draft, pages, revision_book
from finance.books.revision.anchors import anchors_of
from finance.books.revision.draft import sheet_name
from finance.rules.revision import locations_of_annex
from finance.tables.painting import book_of
from finance.xlsx.paper import paper_of
from finance.xlsx.sealing import sealed_bytes
from finance.xlsx.verify import verify_written
from tests.finance.books.budget.disturbing import unnoticed
from tests.finance.books.budget.r1c1 import column_number
from tests.finance.books.revision.cases import CASES, INFO, full, plain, reduced
from tests.finance.books.revision.live import LiveRequest
from tests.finance.books.tariff.live import agrees
from tests.finance.xlsx.edit import needs_soffice, resaved_by_soffice

RH, BB, SB = "Horizon Rijnhove, Alphen a/d Rijn", "Horizon Bergse Bos, Rotterdam", "Schakenbosch"
SMALLEST: Final = 7
"""Points: no letter is printed smaller."""
SHOWN: Final = {
    "voorbladstand": {"gevraagd", "tekort", "zorggeld", "nodig", "pot", "deel"},
    "voorbladvraag": {
        "plek",
        "categorie",
        "besteed",
        "drempel",
        "haalt",
        "ontbreekt",
        "gedekt",
        "gevraagd",
        "zorggeld",
        "waarom",
    },
    "toereikend": {"gemeente", "genoeg", "verleend"},
    "potdeel": {"pot", "deel", "past", "gevraagd"},
    "narato": {"factor", "samen", "krijgt", "mist"},
    "verdeel": {"plek", "categorie"},
    "gemist": {"plek", "categorie", "waarom"},
    "bladgaaf": {"gevuld_nu"},
    "bladgevuld": {f"t{number}" for number in range(40)},
    "cel": {"open"},
    "tel": {"sleutel"},
    "deel": {"eerder"},
}
"""The columns that only show: nothing is computed from them. More filled cells than were written are no fault."""
ALIKE: Final = {"deel.nr", "deel.rest", "verdeel.nr", "verdeel.rest", "maatregel.af"}
"""The columns of which only the order or the sign is read: the same amount more in each row changes nothing."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveRequest:
    return LiveRequest(plain(), tmp_path_factory.mktemp("herziening") / "herziening.xlsx")


@pytest.mark.parametrize("name", ["vol", "twee gemeenten", "boven de drempel", "niets"])
def test_every_formula_is_what_python_computes_and_what_another_engine_makes_of_it(name: str) -> None:
    case, allocation = CASES[name]()
    data = sealed_bytes(revision_book(case, allocation, INFO))
    report = verify_written("herziening.xlsx", data)
    assert report.findings == ()


def test_the_engine_agrees_with_every_cell(live: LiveRequest) -> None:
    wrong = [
        (sheet.naam, at, cell.formula)
        for number, sheet, at, cell in live.formulas()
        if not agrees(cell, live.got(number, at))
    ]
    assert wrong == []


def test_a_wrong_column_is_noticed_unless_it_is_only_shown() -> None:
    draft = Draft(*full(("AH",)), INFO)
    made = pages(draft)
    found = unnoticed(book_of("", made), made, anchors_of(draft))
    silent = {f"{table}.{column}" for table, column in found if column not in SHOWN.get(table, set())}
    assert silent - ALIKE == set()


@pytest.mark.parametrize("name", ["vol", "niets"])
def test_no_sheet_is_printed_in_letters_below_seven_points(name: str) -> None:
    book = revision_book(*CASES[name](), INFO)
    small = {sheet.naam: 10 * paper_of(sheet).scale(sheet) for sheet in book.sheets}
    assert {name: points for name, points in small.items() if points < SMALLEST} == {}


@pytest.mark.parametrize("name", locations_of_annex())
def test_a_sheet_has_a_name_that_a_formula_needs_no_quotes_for(name: str) -> None:
    assert sheet_name(name).replace("_", "").isalpha()
    assert len({sheet_name(each) for each in locations_of_annex()}) == len(locations_of_annex())


# --- what a change in the workbook does ------------------------------------------------------


@pytest.mark.parametrize(
    ("threshold", "reached", "asked"),
    [("600000", "ja", 600_000), ("600000.01", "nee", 0), ("599999.99", "ja", 600_000)],
)
def test_a_threshold_decides_at_its_cent(live: LiveRequest, threshold: str, reached: str, asked: int) -> None:
    """Rijnhove spends 600,000 on afbouw."""
    one = live.anew()
    one.set("drempel", "bedrag", one.row("drempel", plek=RH, categorie="afbouw vastgoed"), threshold)
    at = one.row("vijf_rijnhove", categorie="afbouw vastgoed")
    assert one.value("vijf_rijnhove", "haalt", at) == reached
    assert one.value("vijf_rijnhove", "gevraagd", at) == pytest.approx(asked, abs=0.005)
    assert one.value("voorbladstand", "controles") == "VOLDOET"


def test_an_amount_that_makes_a_threshold_makes_the_request_larger(live: LiveRequest) -> None:
    """Bergse Bos spends 700,000 on ombouw and needs 703,636."""
    one = live.anew()
    at = one.row("cel", plek=BB, categorie="ombouw vastgoed")
    assert (one.value("cel", "haalt", at), one.value("cel", "gevraagd", at)) == ("nee", 0)
    one.set("post", "kosten", one.row("post", maatregel="OMBOUW_BB"), "703636")
    assert (one.value("cel", "haalt", at), one.value("cel", "gevraagd", at)) == ("ja", pytest.approx(703_636))


def test_a_basic_amount_that_suffices_asks_nothing(live: LiveRequest) -> None:
    one = live.anew()
    one.set("stad", "basis", 0, "60000000")
    assert one.value("toereikend", "genoeg") == "ja"
    assert one.value("stadsom", "gevraagd") == 0
    at = one.row("voorbladvraag", plek=RH, categorie="afbouw vastgoed")
    assert one.value("voorbladvraag", "waarom", at) == "de gemeente komt niet tekort"
    assert one.value("voorbladstand", "controles") == "VOLDOET"


@pytest.mark.parametrize(
    ("earlier", "why"),
    [
        ("0", "gevraagd"),
        ("60000", "gevraagd"),
        ("60000.01", "haalt de drempel niet; wat een uitkering van 2020 of 2021 betaalde telt niet"),
        ("600000", "een uitkering van 2020 of 2021 betaalde dit: telt niet"),
    ],
)
def test_what_a_grant_of_2020_paid_is_not_said_to_be_nothing(live: LiveRequest, earlier: str, why: str) -> None:
    """Rijnhove spends 600,000 on afbouw and needs 540,000; what the earlier grant pays does not count."""
    one = live.anew()
    one.set("post", "eerder", one.row("post", maatregel="SLUIT_RH", kostensoort="afstoten"), earlier)
    at = one.row("voorbladvraag", plek=RH, categorie="afbouw vastgoed")
    assert one.value("voorbladvraag", "waarom", at) == why
    at = one.row("voorbladvraag", plek=BB, categorie="personeelsmobiliteit")
    assert one.value("voorbladvraag", "waarom", at) == "niets besteed"


def test_what_is_reduced_adds_up_to_the_shortfall_after_a_change(tmp_path: Path) -> None:
    one = LiveRequest(reduced(), tmp_path / "h.xlsx")
    one.set("stad", "basis", 0, "46000000.01")
    assert one.value("stadsom", "tekort") == pytest.approx(949_999.99, abs=0.001)
    assert one.value("stadsom", "gevraagd") == pytest.approx(949_999.99, abs=0.001)
    assert one.value("voorbladstand", "controles") == "VOLDOET"


def test_the_reading_turns_what_is_asked(live: LiveRequest) -> None:
    one = live.anew()
    one.set("instelling", "waarde", one.row("instelling", naam="boven_drempel"), "1")
    at = one.row("cel", plek=RH, categorie="afbouw vastgoed")
    assert one.value("cel", "gevraagd", at) == pytest.approx(60_000)


def test_a_measure_of_another_sort_counts_no_more(live: LiveRequest) -> None:
    one = live.anew()
    one.set("maatregel", "plus", one.row("maatregel", maatregel="SLUIT_SB"), "nee")
    at = one.row("cel", plek=SB, categorie="afbouw vastgoed")
    assert (one.value("cel", "besteed", at), one.value("cel", "haalt", at)) == (0, "nee")


def test_what_is_capitalised_does_not_count(tmp_path: Path) -> None:
    """Bergse Bos: 700,000 counts, 300,000 is capitalised; without that flag a million counts."""
    one = LiveRequest(full(), tmp_path / "h.xlsx")
    at = one.row("cel", plek=BB, categorie="ombouw vastgoed")
    assert (one.value("cel", "besteed", at), one.value("cel", "haalt", at)) == (pytest.approx(700_000), "nee")
    one.set("post", "geactiveerd", one.row("post", maatregel="OMBOUW_BB"), "0")
    assert (one.value("cel", "besteed", at), one.value("cel", "haalt", at)) == (pytest.approx(1_000_000), "ja")


def test_what_money_for_care_pays_of_what_is_asked_is_told(tmp_path: Path) -> None:
    """A lump sum pays 100,000 of 180,000 vacancy at Bergse Bos, and 20,001 over all four by 36, 30, 92 and 92."""
    one = LiveRequest(full(), tmp_path / "h.xlsx")
    at = one.row("vijf_bergse_bos", categorie="leegstand vastgoed")
    assert one.value("vijf_bergse_bos", "zorggeld", at) == 100_000
    mobility = one.row("vijf_schakenbosch", categorie="personeelsmobiliteit")
    assert one.value("vijf_schakenbosch", "zorggeld", mobility) == pytest.approx(7_360.37)


@pytest.mark.parametrize(
    ("table", "column", "value", "verdict"),
    [
        ("post", "basis", "99000000", ("post", "eens")),
        ("deel", "plek", "elders", ("samen", "klopt")),
        ("post", "kosten", "veel", ("voorbladstand", "controles")),
        ("drempel", "bedrag", "hoog", ("voorbladstand", "controles")),
        ("tel", "groep", "elders", ("voorbladstand", "controles")),
        ("soort", "categorie", "iets", ("voorbladstand", "controles")),
    ],
)
def test_what_is_spoiled_fails(
    live: LiveRequest, table: str, column: str, value: str, verdict: tuple[str, str]
) -> None:
    one = live.anew()
    one.set(table, column, 0, value)
    assert one.value(*verdict) == "VOLDOET NIET"
    assert one.value("voorbladstand", "controles") == "VOLDOET NIET"


@needs_soffice
def test_libreoffice_turns_the_same_check(live: LiveRequest, tmp_path: Path) -> None:
    """The threshold of afbouw of Rijnhove a cent above what it spends, in the program that readers have."""
    spot = live.places.spot("drempel")
    at = spot.first + live.row("drempel", plek=RH, categorie="afbouw vastgoed")
    book = openpyxl.load_workbook(live.path)
    book[spot.sheet].cell(at, column_number(spot.letter("bedrag")), 600_000.01)
    book.save(tmp_path / "h.xlsx")
    saved = openpyxl.load_workbook(resaved_by_soffice(tmp_path / "h.xlsx", tmp_path), data_only=True)
    shown = live.places.spot("vijf_rijnhove")
    row = shown.first + live.row("vijf_rijnhove", categorie="afbouw vastgoed")
    sheet = saved[shown.sheet]
    found = [sheet.cell(row, column_number(shown.letter(key))).value for key in ("haalt", "ontbreekt", "gevraagd")]
    assert found == ["nee", 0.01, 0]
