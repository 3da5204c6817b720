"""What formulas read, followed through tables: terms, sums over sums, and where a trail arrives."""

from __future__ import annotations

from fractions import Fraction

import pytest

from finance.tables import live, pasted
from finance.tables.engine.calculating import Calculator
from finance.tables.engine.cells import traced_cells
from finance.tables.following import Followed, Place, Term
from finance.tables.grid import Cell, Format
from finance.tables.pages import Page, Table, Target
from finance.tables.places import LayoutError


def _input(amounts: tuple[int, ...]) -> Table[int]:
    return Table(
        "invoer",
        "",
        amounts,
        (
            pasted.text("groep", "Groep", lambda row: "A" if row < 100 else "B"),
            pasted.decision("bedrag", "Bedrag", lambda row: row, Format.EURO),
        ),
    )


def _sums() -> Table[str]:
    return Table(
        "som",
        "",
        ("A", "B", "C"),
        (
            pasted.text("groep", "Groep", lambda row: row),
            live.euro("bedrag", "Bedrag", "ROUND(SUMIFS([invoer.bedrag],[invoer.groep],[groep]),2)"),
            live.euro("dubbel", "Dubbel", "IF([bedrag]>0,2*[bedrag],0)", total=False),
            live.text("keuze", "Keuze", 'IF([invoer.bedrag!]>5,"groot","klein")'),
            live.euro("rest", "Rest", "[som.bedrag=]-[bedrag]", total=False),
        ),
    )


@pytest.fixture(scope="module")
def followed() -> Followed:
    return Followed((Page("uit", "Uit", "", (_sums(),)), Page("in", "In", "", (_input((10, 20, 300)),), tab="invoer")))


def test_a_sum_names_the_rows_that_it_adds(followed: Followed) -> None:
    assert followed.terms(Place("som", "bedrag", 0)) == (Place("invoer", "bedrag", 0), Place("invoer", "bedrag", 1))
    assert followed.terms(Place("som", "bedrag", 2)) == ()
    assert followed.value(Place("som", "bedrag", 1)) == 300
    assert followed.rows("som") == 3


def test_shares_go_through_sums_of_sums_and_multiples(followed: Followed) -> None:
    stop = frozenset({("invoer", "bedrag")})
    assert list(followed.adds_up(Place("som", "dubbel", 0), stop)) == [
        Term(Place("invoer", "bedrag", 0), Fraction(20)),
        Term(Place("invoer", "bedrag", 1), Fraction(40)),
    ]


def test_what_is_taken_off_cancels(followed: Followed) -> None:
    added: dict[Place, Fraction] = {}
    for place, share in followed.adds_up(Place("som", "rest", 1), frozenset({("invoer", "bedrag")})):
        added[place] = added.get(place, Fraction(0)) + share
    assert {place.row: share for place, share in added.items()} == {0: 10, 1: 20, 2: 0}


def test_a_trail_arrives_at_a_table_and_stops(followed: Followed) -> None:
    arrived = followed.passes(Place("som", "dubbel", 0), "som")
    assert arrived == (Place("som", "dubbel", 0),)
    assert followed.passes(Place("som", "dubbel", 1), "invoer") == (Place("invoer", "bedrag", 2),)


def test_a_cell_that_only_decides_is_passed_where_that_is_asked(followed: Followed) -> None:
    asked = Place("som", "keuze", 1)
    assert followed.passes(asked, "invoer") == ()
    assert followed.passes(asked, "invoer", choices=True) == (Place("invoer", "bedrag", 0),)


def test_a_place_is_a_target_of_a_link() -> None:
    assert Place("som", "bedrag", 1).target == Target("som", "bedrag", 1)


def test_pages_must_hold_all_that_they_read() -> None:
    with pytest.raises(LayoutError):
        Followed((Page("uit", "Uit", "", (_sums(),)),))


def test_what_was_worked_out_is_kept_only_for_the_same_formula() -> None:
    cells = {(1, 1): Cell(2), (1, 2): Cell(None, formula="A1*3"), (1, 3): Cell(None, formula="A1*5")}
    first = Calculator({"blad": traced_cells(cells)}).all()
    changed = {**cells, (1, 3): Cell(None, formula="A1*7")}
    again = Calculator({"blad": traced_cells(changed)}, known=first)
    assert again.worked_out(("blad", 1, 2)) is first["blad", 1, 2]
    assert again.worked_out(("blad", 1, 3)).value == 14
