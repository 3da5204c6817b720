"""The cover says what rests on a memo and what the strict interpretation costs; payments say their rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finance.books.budget import proposal
from finance.case import Case, build_case
from finance.money import Money
from finance.plan.readings import Asked, OtherReading
from finance.tables.grid import Book
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import write_book
from tests.casebook import raw_book, small_case
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.budget.live import Live

FOUND = OtherReading(
    "leegstand-door-transitie",
    ("VT20-leegstand",),
    ("VT20-leegstand-lezing",),
    Asked.PROVEN,
    Money.from_euros(200_000),
    Money.from_euros(50_000),
    {"ongedekt": Money(0), "eigen_geld": Money.from_euros(120_000), "tekort_plaatsen": 0},
)


def cover(case: Case, *readings: OtherReading) -> tuple[Book, list[list[object]]]:
    """A budget, and the cells of its cover row by row."""
    plan = replace(hand_plan(case, variants.STARTS), lezingen=readings)
    book = proposal(case, plan, "basis", INFO)
    cells = next(sheet for sheet in book.sheets if sheet.naam == "voorblad").cells
    numbers = sorted({row for row, _ in cells})
    return book, [[cells[at].value for at in sorted(cells) if at[0] == row] for row in numbers]


def under(rows: list[list[object]], title: str) -> list[list[object]]:
    """The rows below a heading."""
    at = next(at for at, row in enumerate(rows) if row[:1] == [title])
    return rows[at + 1 :]


def test_the_cover_says_what_of_the_grants_rests_on_a_memo() -> None:
    _, rows = cover(variants.small())
    below = under(rows, "Wat op een notitie rust, en niet op de regeling")
    said = next(str(row[0]) for row in below if "Een notitie van de regio zegt" in str(row[0]))
    assert said.startswith("Specifieke uitkering vastgoedtransitie gesloten jeugdhulp 2020.")
    assert "dit mag: vastgoedplan, projectleiding en bovenregionaal plan" in said
    assert "dit mag niet: " in said
    assert "leegstand" in said
    assert "grenzen: deelplafond en gekoppelde sluiting" in said


def test_the_cover_says_what_was_not_read() -> None:
    _, rows = cover(variants.small())
    assert any("Niet gelezen: de andere artikelen van 2020" in str(cell) for row in rows for cell in row)


def test_a_grant_of_2021_rests_on_no_memo() -> None:
    tables = small_case()
    tables["dekking"][0]["regeling"] = "residentieel-2021"
    next(row for row in tables["case"] if row["sleutel"] == "regelingen")["waarde"] = "residentieel-2021"
    _, rows = cover(build_case(raw_book(tables)))
    assert not any("notitie" in str(row[0]) for row in rows if row)


def test_the_cover_shows_what_the_strict_interpretation_costs(tmp_path: Path) -> None:
    book, rows = cover(variants.small(), FOUND)
    row = next(row for row in under(rows, "Wat de strenge uitleg kost") if row[:1] == ["leegstand-door-transitie"])
    now = row[2]
    assert isinstance(now, Money)
    assert row[1] == "berekend en bewezen"
    assert row[3:7] == [Money.from_euros(50_000), now - Money.from_euros(50_000), Money(0), Money.from_euros(120_000)]
    write_book(sealed(book), tmp_path / "begroting.xlsx")
    assert verify(tmp_path / "begroting.xlsx").findings == ()


def test_the_cover_says_where_the_reading_makes_no_difference() -> None:
    _, rows = cover(variants.small(), replace(FOUND, terug_anders=FOUND.terug))
    row = next(row for row in under(rows, "Wat de strenge uitleg kost") if row[:1] == ["leegstand-door-transitie"])
    assert row[1] == "berekend en bewezen: geen verschil in wat terug gaat"


def test_what_was_not_computed_is_said_and_leaves_its_cells_empty() -> None:
    _, rows = cover(variants.small(), replace(FOUND, uitkomst=Asked.NO_TIME, terug_anders=None, doelen={}))
    row = next(row for row in under(rows, "Wat de strenge uitleg kost") if row[:1] == ["leegstand-door-transitie"])
    assert row[1] == "niet berekend: de rekentijd was op"
    assert [cell for cell in row[3:] if cell not in (None, "")] == []


def test_a_budget_without_wider_readings_has_no_such_block() -> None:
    _, rows = cover(variants.small())
    assert ["Wat de strenge uitleg kost"] not in [row[:1] for row in rows]


# --- beside each payment ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(variants.small(), variants.STARTS, tmp_path_factory.mktemp("rang") / "begroting.xlsx")


def test_each_payment_says_the_rank_of_the_rule_that_it_rests_on(live: Live) -> None:
    ranks = {
        (live.get("rechtmatig", "kostensoort", row), live.get("rechtmatig", "rang", row))
        for row in range(len(live.table("rechtmatig").rows))
    }
    assert {
        ("vastgoedplan", "notitie"),
        ("projectleiding", "notitie"),
        ("vervangende_nieuwbouw", "regeling"),
        ("afstoten", "toelichting"),
    } <= ranks


def test_the_cover_adds_up_the_payments_that_rest_on_a_memo(live: Live) -> None:
    rows = [
        row for row in range(len(live.table("rechtmatig").rows)) if live.get("rechtmatig", "rang", row) == "notitie"
    ]
    assert rows
    assert live.get("notitie", "aantal") == len(rows)
    amounts = [float(str(live.get("rechtmatig", "bedrag", row))) for row in rows]
    assert live.get("notitie", "bedrag") == pytest.approx(sum(amounts))
    paid = live.find("betaling", kostensoort="vastgoedplan", bron="SPUK")
    live.put("betaling", "bedrag", paid, float(str(live.get("betaling", "bedrag", paid))) - 1000)
    assert live.get("notitie", "bedrag") == pytest.approx(sum(amounts) - 1000)


# --- readings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peildatum", "says"),
    [
        (date(2023, 6, 30), "verlenging-2026: verandert niets; op de peildatum was zij nog niet bekend"),
        (date(2023, 7, 1), "verlenging-2026: Lezing: de verlenging tot en met 31 december 2026"),
    ],
)
def test_the_cover_says_what_a_reading_comes_to_or_why_it_changes_nothing(peildatum: date, says: str) -> None:
    tables = small_case()
    values = {row["sleutel"]: row for row in tables["case"]}
    values["peildatum"]["waarde"] = peildatum
    values["lezingen"]["waarde"] = "verlenging-2026"
    _, rows = cover(build_case(raw_book(tables)))
    assert str(under(rows, "Lezingen die aan staan")[0][0]).startswith(says)


def test_the_calendar_lists_what_to_ask_the_ministry() -> None:
    book, _ = cover(variants.small())
    cells = next(sheet for sheet in book.sheets if sheet.naam == "kalender").cells
    said = [str(cell.value) for cell in cells.values()]
    assert "Vragen aan de verstrekker" in said
    assert any(line.startswith("leegstand-door-transitie (uit): Lezing: leegstand") for line in said)
