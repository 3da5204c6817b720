"""No spoiled workbook stays green: a text, a changed name or a row that is gone turns the cover."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.xlsx.engines.engine import NoAnswerError, Question
from finance.xlsx.engines.libreoffice import find_libreoffice
from tests.finance.books.budget import variants
from tests.finance.books.budget.live import Live
from tests.finance.books.budget.spoiling import (
    Spoil,
    Way,
    asked,
    drawn,
    faults,
    now,
    saved,
    spoiled,
    stays_green,
    values_of,
)
from tests.finance.xlsx.edit import needs_soffice

QUICK = 16
SLOW = 3
"""How many are drawn for each engine: LibreOffice takes some seconds over each workbook."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(variants.rich(), variants.STARTS, tmp_path_factory.mktemp("bedorven") / "begroting.xlsx")


def _place(live: Live, table: str, column: str, way: Way, row: int = 0) -> Spoil:
    """A spoiled cell of a table, by its names."""
    sheet, at, number = live.at(table, column, row)
    value = live.book.sheets[sheet].cells[at, number].value
    return Spoil(way, live.pages[sheet].naam, table, at, number, value)


def _controls(live: Live, spoil: Spoil) -> object:
    """What the cover says of the controls."""
    return spoiled(live, spoil).get_cell_value(*live.at("voorbladstand", "controles", 0))


def test_it_is_green_as_it_was_written(live: Live) -> None:
    places = asked(live)
    assert stays_green(live, values_of(live, live.anew().model, places))


@pytest.mark.parametrize("spoil", range(QUICK))
def test_a_spoiled_workbook_does_not_stay_green(live: Live, spoil: int) -> None:
    what = drawn(live, 20_240_501, QUICK)[spoil]
    places = asked(live)
    before = values_of(live, live.model, places)
    after = values_of(live, spoiled(live, what), [at for at in (now(what, at) for at in places) if at])
    assert not stays_green(live, after) or faults(before, after, what) == [], str(what)


@needs_soffice
def test_libreoffice_turns_the_cover_of_a_spoiled_workbook(live: Live, tmp_path: Path) -> None:
    places = asked(live)
    spoils = drawn(live, 7, SLOW)
    questions = [
        Question(
            saved(spoiled(live, spoil), tmp_path / f"{number}.xlsx"),
            [at for at in (now(spoil, at) for at in places) if at],
            {},
        )
        for number, spoil in enumerate(spoils)
    ]
    unspoiled = Question(live.path.read_bytes(), places, {})
    before, *after = find_libreoffice().recalculate([unspoiled, *questions])
    assert not isinstance(before, NoAnswerError)
    for spoil, answer in zip(spoils, after, strict=True):
        assert not isinstance(answer, NoAnswerError), str(spoil)
        green = stays_green(live, answer.values)
        assert not green or faults(before.values, answer.values, spoil) == [], str(spoil)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("indexen", "percentage"),
        ("kosten", "bedrag"),
        ("effecten", "plaatsen"),
        ("vraag", "jeugdigen"),
        ("financiering", "prijs"),
        ("dekking", "bedrag"),
        ("case", "waarde"),
        ("bezetting", "bezet"),
        ("betaling", "bedrag"),
        ("post", "van"),
        ("zorgvormen", "bezetting_max"),
    ],
)
def test_a_text_where_a_number_belongs_fails(live: Live, table: str, column: str) -> None:
    row = live.find("case", sleutel="eerste_jaar") if table == "case" else 0
    assert _controls(live, _place(live, table, column, Way.TEXT, row)) == "VOLDOET NIET"


def test_a_text_among_the_numbers_takes_no_verdict_away(live: Live) -> None:
    """One text in the input gave 81 error values, of which no verdict took notice."""
    chosen = live.find("kosten", kostensoort="projectleiding")
    model = spoiled(live, _place(live, "kosten", "bedrag", Way.TEXT, chosen))
    rows = range(len(live.table("lijn").rows))
    words = {model.get_cell_value(*live.at("lijn", "stand", row)) for row in rows}
    assert "VOLDOET NIET" in words
    assert not any(isinstance(word, str) and word.startswith("#") for word in words)
    assert model.get_cell_value(*live.at("voorbladstand", "dekking", 0)) == "NIET SLUITEND"


def test_a_source_that_nobody_knows_any_more_fails_and_takes_no_attention_away(live: Live) -> None:
    at = _place(live, "dekking", "bron", Way.RENAMED, live.find("dekking", bron="SPUK"))
    assert _controls(live, at) == "VOLDOET NIET"
    before = live.get("rechtstand", "aandacht")
    attention = spoiled(live, at).get_cell_value(*live.at("rechtstand", "aandacht", 0))
    assert isinstance(before, float)
    assert isinstance(attention, float)
    assert attention >= before > 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("maatregelen", "door_transitie"),
        ("dekking", "soort"),
        ("financiering", "zorgvorm"),
        ("effecten", "locatie"),
        ("toegestaan", "bron"),
        ("kosten", "index"),
        ("post", "deelplafond"),
        ("dekking", "gemeente"),
    ],
)
def test_a_name_or_word_that_is_not_known_fails(live: Live, table: str, column: str) -> None:
    row = next(at for at in range(len(live.table(table).rows)) if live.get(table, column, at))
    assert _controls(live, _place(live, table, column, Way.RENAMED, row)) == "VOLDOET NIET"


@pytest.mark.parametrize("way", [Way.REMOVED, Way.EMPTIED])
@pytest.mark.parametrize("table", ["effecten", "toegestaan", "post", "plafond", "betaling", "plan"])
def test_a_row_that_is_gone_fails(live: Live, table: str, way: Way) -> None:
    column = next(column.key for column in live.table(table).columns if not column.formula)
    assert _controls(live, _place(live, table, column, way)) == "VOLDOET NIET"


def test_an_amount_that_is_changed_as_it_may_be_stays_green(live: Live) -> None:
    other = live.anew()
    other.put("locaties", "boekwaarde", 0, 125_000)
    other.put("dekking", "bedrag", other.find("dekking", bron="GEM"), 200_001)
    assert other.get("stand", "controles") == 0
