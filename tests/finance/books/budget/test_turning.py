"""A change of a payment, an input or a parameter turns the check that is about it, and the cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.finance.books.budget import variants
from tests.finance.books.budget.live import Live

FAILED = "VOLDOET NIET"
Row = Mapping[str, object]


@dataclass(frozen=True)
class Change:
    """A change of one cell, and the check that must turn.

    Attributes:
        what: what is done, in words.
        table: the table of the cell.
        column: its column.
        row: the values that pick its row.
        value: what is typed.
        check: the table of the check that must turn.
        at: the values that pick its row.
        verdict: the column of the verdict.
    """

    what: str
    table: str
    column: str
    row: Row
    value: str | float
    check: str
    at: Row = field(default_factory=dict)
    verdict: str = "oordeel"


def _grant(test: str, kostensoort: str = "alle") -> Row:
    return {"bron": "SPUK", "toets": test, "kostensoort": kostensoort}


LEADER = {"kostensoort": "projectleiding", "bron": "SPUK"}
OPERATION = {"kostensoort": "exploitatie", "jaar": 2022, "bron": "LUMP"}
REPLACEMENT = {"kostensoort": "vervangende_nieuwbouw", "bron": "SPUK"}
VACANCY = {"kostensoort": "leegstand", "bron": "SPUK", "jaar": 2022}
CHANGES = (
    Change("een cent meer dan het deelplafond", "betaling", "bedrag", LEADER, 90_000.01, "deelplafond"),
    Change("een kleiner aandeel", "deelplafond", "aandeel", {}, 0.0499, "deelplafond"),
    Change("een kleinere beschikking", "dekking", "bedrag", {"bron": "SPUK"}, 2_399_999, "deelplafond"),
    Change(
        "een deelplafond dat ook nieuwbouw telt",
        "post",
        "deelplafond",
        {"groep": "vastgoedtransitie-2020", "kostensoort": "vervangende_nieuwbouw"},
        "VT20-deelplafond",
        "deelplafond",
    ),
    Change(
        "exploitatie uit de uitkering",
        "betaling",
        "bron",
        OPERATION,
        "SPUK",
        "toets",
        _grant("kostensoort mag", "exploitatie"),
    ),
    Change(
        "een kostensoort die niet mag",
        "kosten",
        "kostensoort",
        {"kostensoort": "vervangende_nieuwbouw"},
        "overig",
        "toets",
        _grant("kostensoort mag", "overig"),
    ),
    Change(
        "een regel die nieuwbouw verbiedt",
        "post",
        "betaalbaar",
        {"groep": "vastgoedtransitie-2020", "kostensoort": "vervangende_nieuwbouw"},
        "nee",
        "toets",
        _grant("kostensoort mag", "vervangende_nieuwbouw"),
    ),
    Change(
        "een lumpsum die geen exploitatie mag",
        "post",
        "betaalbaar",
        {"groep": "lumpsum", "kostensoort": "exploitatie"},
        "nee",
        "toets",
        {"bron": "LUMP", "toets": "kostensoort mag"},
    ),
    Change(
        "een bron die de kostensoort niet noemt",
        "toegestaan",
        "kostensoort",
        {"kostensoort": "exploitatie"},
        "opstart",
        "toets",
        {"bron": "GEM", "toets": "blad toegestaan"},
    ),
    Change(
        "een andere aanbieder van de bron",
        "dekking",
        "aanbieder",
        {"bron": "SPUK"},
        "BAKEN",
        "toets",
        _grant("eigen aanbieder"),
    ),
    Change(
        "een andere aanbieder van de locatie",
        "locaties",
        "aanbieder",
        {"locatie": "L3"},
        "DELINDE",
        "toets",
        {"bron": "PXQ", "toets": "eigen aanbieder"},
    ),
    Change(
        "een bron die eerder stopt",
        "dekking",
        "besteedbaar_tot",
        {"bron": "SPUK"},
        2022,
        "toets",
        _grant("periode van de bron"),
    ),
    Change(
        "een bron die later begint",
        "dekking",
        "besteedbaar_van",
        {"bron": "LUMP"},
        2023,
        "toets",
        {"bron": "LUMP", "toets": "periode van de bron"},
    ),
    Change(
        "een bestedingsperiode die eerder stopt",
        "uitkeringsjaar",
        "tot",
        {"regeling": "vastgoedtransitie-2020", "jaar": 2023},
        44_926,
        "toets",
        _grant("periode van de regeling"),
    ),
    Change(
        "een maatregel die niet door de transitie komt",
        "maatregelen",
        "door_transitie",
        {"maatregel": "M4"},
        "nee",
        "toets",
        _grant("door de transitie"),
    ),
    Change(
        "een maatregel die niet voor jeugdhulp plus is",
        "maatregelen",
        "jeugdhulpplus",
        {"maatregel": "M5"},
        "nee",
        "toets",
        _grant("jeugdhulp plus"),
    ),
    Change(
        "nieuwbouw die niets sluit",
        "effecten",
        "plaatsen",
        {"maatregel": "M4", "plaatsen": -6},
        0,
        "toets",
        _grant("gekoppelde sluiting"),
    ),
    Change(
        "een zorgvorm die niet gesloten is",
        "zorgvormen",
        "gesloten",
        {"zorgvorm": "gesloten"},
        "nee",
        "toets",
        _grant("gekoppelde sluiting"),
    ),
    Change(
        "een uitkering boven het maximum",
        "dekking",
        "bedrag",
        {"bron": "SPUK"},
        10_245_473.01,
        "plafond",
        {"gemeente": "Rotterdam"},
    ),
    Change(
        "een lager maximum",
        "plafond",
        "grens",
        {"gemeente": "Rotterdam"},
        2_399_999.99,
        "plafond",
        {"gemeente": "Rotterdam"},
    ),
    Change(
        "een andere gemeente met een maximum",
        "plafond",
        "grens",
        {"gemeente": "Delft"},
        1,
        "plafond",
        {"gemeente": "Delft"},
    ),
    Change(
        "een sluiting die meteen ingaat",
        "effecten",
        "na_jaren",
        {"maatregel": "M1"},
        0,
        "leegtoets",
        {"locatie": "L1", "jaar": 2022},
    ),
    Change(
        "meer leegstand uit de uitkering",
        "betaling",
        "bedrag",
        VACANCY,
        600_000.01,
        "leegtoets",
        {"locatie": "L1", "jaar": 2022},
    ),
    Change("een pot die te klein is", "dekking", "bedrag", {"bron": "EIGEN"}, 9_999.99, "pottoets", {"bron": "EIGEN"}),
    Change(
        "een lumpsum met een lagere prijs",
        "financiering",
        "prijs",
        {"bron": "LUMP", "jaar": 2022},
        90_000,
        "jaartoets",
        {"bron": "LUMP", "jaar": 2022},
    ),
    Change(
        "een lagere prijs per plaats",
        "financiering",
        "prijs",
        {"bron": "PXQ", "jaar": 2023},
        30_000,
        "jaartoets",
        {"bron": "PXQ", "jaar": 2023},
    ),
    Change(
        "minder bezette plaatsen bij pxq",
        "bezetting",
        "bezet",
        {"locatie": "L3", "zorgvorm": "ambulant", "jaar": 2022},
        5,
        "jaartoets",
        {"bron": "PXQ", "jaar": 2022},
    ),
    Change(
        "minder beschikbare plaatsen",
        "plaatsen",
        "plaatsen",
        {"locatie": "L3", "zorgvorm": "kleinschalig"},
        0,
        "jaartoets",
        {"bron": "BESCH", "jaar": 2023},
    ),
    Change(
        "meer betaald dan het kost",
        "betaling",
        "bedrag",
        LEADER,
        100_000,
        "lijn",
        {"kostensoort": "projectleiding"},
        "stand",
    ),
    Change(
        "voller dan kan",
        "bezetting",
        "bezet",
        {"locatie": "L1", "zorgvorm": "gesloten", "jaar": 2022},
        18.5,
        "bezetting",
        {"locatie": "L1", "zorgvorm": "gesloten", "jaar": 2022},
        "past",
    ),
    Change(
        "een start buiten de eigen jaren",
        "plan",
        "start",
        {"maatregel": "M5"},
        2023,
        "controle_maatregeltotaal",
        {"naam_links": "maatregelen met start in eigen jaren"},
    ),
    Change(
        "een vereist project dat later begint",
        "plan",
        "start",
        {"maatregel": "M5"},
        2024,
        "controle_maatregeltotaal",
        {"naam_links": "maatregelen waarvan het vereiste is begonnen"},
    ),
    Change(
        "een verplicht project dat niet begint",
        "plan",
        "start",
        {"maatregel": "M5"},
        0,
        "controle_maatregeltotaal",
        {"naam_links": "maatregelen waarvan het verplichte is gekozen"},
    ),
    Change(
        "twee varianten van een project",
        "plan",
        "start",
        {"maatregel": "M2"},
        2022,
        "controle_maatregeltotaal",
        {"naam_links": "maatregelen hooguit een per project"},
    ),
    Change(
        "een variant zonder kostenregels",
        "plan",
        "start",
        {"maatregel": "M3"},
        2023,
        "controle_kostentotaal",
        {"naam_links": "kosten volgens dekking"},
    ),
    Change(
        "een effect na het laatste jaar",
        "effecten",
        "na_jaren",
        {"maatregel": "M4"},
        5,
        "controle_rijtotaal",
        {"naam_links": "rijen van effecten die niet na het laatste jaar ingaan"},
    ),
    Change(
        "kosten na het laatste jaar",
        "kosten",
        "na_jaren",
        {"kostensoort": "opstart"},
        3,
        "controle_rijtotaal",
        {"naam_links": "rijen van kosten die niet na het laatste jaar vallen"},
    ),
    Change(
        "een jaar zonder prijsfactor",
        "kosten",
        "index",
        {"kostensoort": "opstart"},
        "onbekend",
        "controle_rijtotaal",
        {"naam_links": "rijen van kosten met een prijsfactor"},
    ),
    Change(
        "een betaling zonder kostenregel",
        "betaling",
        "regel",
        LEADER,
        "R9999",
        "controle_betaaltotaal",
        {"naam_links": "betalingen met een kostenregel en een bron"},
    ),
    Change(
        "een betaling die niet mag",
        "betaling",
        "bron",
        OPERATION,
        "SPUK",
        "controle_betaaltotaal",
        {"naam_links": "betalingen die mogen"},
    ),
    Change(
        "meer vraag",
        "vraag",
        "jeugdigen",
        {"zorgvorm": "gesloten", "jaar": 2024},
        10,
        "doelcontrole",
        {"doel": "tekort_plaatsen"},
    ),
    Change(
        "een lager plafond",
        "vraag",
        "plafond",
        {"zorgvorm": "gesloten", "jaar": 2024},
        1,
        "doelcontrole",
        {"doel": "boven_plafond"},
    ),
    Change(
        "een andere discontovoet",
        "case",
        "waarde",
        {"sleutel": "discontovoet"},
        0.03,
        "doelcontrole",
        {"doel": "kosten_ncw"},
    ),
    Change(
        "een hogere index",
        "indexen",
        "percentage",
        {"index": "ova", "jaar": 2023},
        0.06,
        "doelcontrole",
        {"doel": "ongedekt"},
    ),
    Change(
        "een andere waardering",
        "maatregelen",
        "waardering",
        {"maatregel": "M4"},
        9,
        "doelcontrole",
        {"doel": "waardering"},
    ),
    Change(
        "een andere uitwijk",
        "uitwijkplaats",
        "plaatsen",
        {"zorgvorm": "gesloten", "jaar": 2024},
        1.25,
        "doelcontrole",
        {"doel": "uitwijk"},
    ),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(variants.rich(), variants.STARTS, tmp_path_factory.mktemp("turning") / "begroting.xlsx")


@pytest.fixture
def live(written: Live) -> Live:
    return written.anew()


def test_everything_holds_before_any_change(live: Live) -> None:
    assert live.get("stand", "oordeel") == "VOLDOET"
    assert live.get("regeloordeel", "oordeel") == "VOLDOET"
    assert live.get("voorbladstand", "dekking") == "SLUITEND"


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.what)
def test_a_change_turns_its_check(live: Live, change: Change) -> None:
    row, at = live.find(change.table, **change.row), live.find(change.check, **change.at)
    assert live.get(change.check, change.verdict, at) not in (FAILED, None)
    live.put(change.table, change.column, row, change.value)
    assert live.get(change.check, change.verdict, at) == FAILED
    assert live.get("stand", "oordeel") == FAILED
    assert live.get("voorbladstand", "controles") == FAILED


def test_a_rule_without_a_limit_is_not_tested_and_asks_for_attention(live: Live) -> None:
    row, before = live.find("plafond", gemeente="Delft"), live.get("voorbladstand", "aandacht")
    assert live.get("plafond", "oordeel", row) == "NIET GETOETST"
    assert live.get("regeloordeel", "ongetoetst") == 1
    live.put("plafond", "grens", row, 90_000)
    assert live.get("plafond", "oordeel", row) == "VOLDOET"
    assert live.get("voorbladstand", "aandacht") == before - 1


def test_a_change_of_a_payment_opens_the_cover(live: Live) -> None:
    row = live.find("betaling", **OPERATION)
    live.put("betaling", "bedrag", row, 1)
    assert live.get("voorbladstand", "dekking") == "NIET SLUITEND"
    line = live.find("lijn", regel=live.get("betaling", "regel", row))
    assert live.get("lijn", "stand", line) == "ONGEDEKT"


def test_money_that_no_longer_moves_on_is_lost(live: Live) -> None:
    at = live.find("jaarbron", bron="LUMP", jaar=2023)
    before = live.get("jaarbron", "ingebracht", at)
    live.put("dekking", "overdraagbaar", live.find("dekking", bron="LUMP"), "nee")
    assert isinstance(before, float)
    assert before > 0
    assert live.get("jaarbron", "ingebracht", at) == 0
    assert live.get("jaarbron", "vervalt", at - 1) == pytest.approx(before)


def test_the_band_of_a_lump_sum_is_live(live: Live) -> None:
    row = live.find("lumpsumjaar", bron="LUMP", jaar=2024)
    assert live.get("lumpsumjaar", "zone", row) == "binnen"
    live.put("vraag", "jeugdigen", live.find("vraag", zorgvorm="ambulant", jaar=2024), 34)
    assert live.get("lumpsumjaar", "zone", row) == "boven"
    assert live.get("lumpsumjaar", "betaald", row) == pytest.approx(31 + 51 - 31 * 1.05)
    live.put("vraag", "jeugdigen", live.find("vraag", zorgvorm="ambulant", jaar=2024), 0)
    assert live.get("lumpsumjaar", "zone", row) == "onder"
    assert live.get("lumpsumjaar", "betaald", row) == pytest.approx(31 - (31 * 0.95 - 17))
