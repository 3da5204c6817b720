"""Which rows of two inputs belong together, and what differs between them."""

from __future__ import annotations

import pytest

from finance.books.difference.changes import changes_between
from tests.casebook import raw_book

Row = dict[str, object]
PLAN: Row = {"maatregel": "M5", "kostensoort": "vastgoedplan", "na_jaren": 0, "bedrag": 60_000}
WHOLE = "maatregel: M5; kostensoort: vastgoedplan; na_jaren: 0; bedrag: 60000"


def told(one: list[Row], other: list[Row]) -> list[tuple[str, str, str, str, str]]:
    found = changes_between(raw_book({"kosten": one}), raw_book({"kosten": other}))
    return [(each.how.name, each.sleutel, each.kolom, each.oud, each.nieuw) for each in found]


@pytest.mark.parametrize(("one", "other"), [({}, {"geactiveerd": "nee"}), ({"geactiveerd": "nee"}, {})])
def test_what_an_empty_cell_means_is_no_change_when_it_is_typed(one: Row, other: Row) -> None:
    """An input of an older toolkit lacks the columns that came later."""
    assert told([PLAN | one], [PLAN | other]) == []
    changed = told([PLAN | one], [PLAN | other | {"bedrag": 61_000}])
    assert changed == [("CHANGED", "M5, vastgoedplan, 0", "bedrag", "60000", "61000")]


def test_what_an_empty_cell_does_not_mean_makes_it_another_row() -> None:
    found = told([PLAN], [PLAN | {"geactiveerd": "ja"}])
    assert [(how, sleutel) for how, sleutel, *_ in found] == [
        ("ADDED", "M5, vastgoedplan, 0, ja"),
        ("REMOVED", "M5, vastgoedplan, 0"),
    ]


def test_rows_that_are_alike_are_matched_one_by_one() -> None:
    other = PLAN | {"bedrag": 10}
    assert told([PLAN, PLAN, other], [other, PLAN, PLAN]) == []
    assert told([PLAN, PLAN], [PLAN]) == [("REMOVED", "M5, vastgoedplan, 0", "", WHOLE, "leeg")]
