"""Names of municipalities: in any spelling, and several in one cell."""

from __future__ import annotations

import pytest

from finance.rules import check_rules
from finance.rules.municipalities import bare_name, meant_municipality, municipalities, several
from tests.casebook import raw_book
from tests.finance.rules.grants import GRANT, built, grant_tables


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Gemeente Arnhem", "Arnhem"),
        ("Arnhm", "Arnhem"),
        ("gem. Ermelo", "Ermelo"),
        ("Velsen (gemeente)", "Velsen"),
        ("de gemeente  Utrecht", "Utrecht"),
        ("Gemeente Arnhm", "Arnhem"),
        ("regio Rotterdam", "Rotterdam"),
        ("GemeenteRotterdam", "Rotterdam"),
        ("Gemeente_Arnhem", "Arnhem"),
        ("Rotterdam, Gemeente", "Rotterdam"),
        ("Groningen (provincie)", "Groningen"),
        ("Velzen", "Velsen"),
        ("Utregt", "Utrecht"),
        ("Den Haag", None),
        ("Almelo", None),
        ("Dordrecht", None),
        ("Leusden", None),
        ("Veldhoven", None),
        ("Arnhem, Utrecht", None),
    ],
)
def test_a_municipality_is_recognised_in_any_spelling(text: str, meant: str | None) -> None:
    assert meant_municipality(text, municipalities()) == meant


@pytest.mark.parametrize("name", municipalities())
def test_a_known_name_means_itself_and_is_one(name: str) -> None:
    assert meant_municipality(name.upper(), municipalities()) == name
    assert several(name) == ()
    assert bare_name(f"Gemeente {name}") == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Arnhem, Utrecht en Ermelo", ("Arnhem", "Utrecht", "Ermelo")),
        ("Arnhem/Nijmegen", ("Arnhem", "Nijmegen")),
        ("Arnhem en Utrecht", ("Arnhem", "Utrecht")),
        ("Arnhem Utrecht", ("Arnhem", "Utrecht")),
        ("Delft; Gouda", ("Delft", "Gouda")),
        ("Gemeente Arnhem, gemeente Utrecht", ("Arnhem", "Utrecht")),
        ("Rotterdam, Gemeente", ()),
        ("Peel en Maas", ()),
        ("Berg en Dal", ()),
        ("Arnhem en omgeving", ()),
    ],
)
def test_several_names_in_one_cell_are_told_apart_from_a_name_of_several_words(
    text: str, names: tuple[str, ...]
) -> None:
    assert several(text) == names


@pytest.mark.parametrize(
    ("grants", "cells", "also"),
    [(1, ["F2"], ""), (3, ["F2", "F3", "F4"], ""), (4, ["F2"], "Ook in rij 3, 4 en 5.")],
)
def test_a_wrong_name_is_told_cell_by_cell_up_to_three_and_of_more_together(
    grants: int, cells: list[str], also: str
) -> None:
    rows = [GRANT | {"bron": f"S{at}", "gemeente": "Rotterdm", "bedrag": 1} for at in range(grants)]
    tables = grant_tables(grants=rows)
    found = check_rules(built(tables), raw_book(tables))
    assert [row.cel for row in found] == cells
    assert all("Rotterdam" in row.doen and row.doen.endswith(also) for row in found)
