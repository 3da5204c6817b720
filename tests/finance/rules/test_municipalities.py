"""Names of municipalities: in any spelling, and several in one cell."""

from __future__ import annotations

import pytest

from finance.rules.municipalities import bare_name, meant_municipality, municipalities, several


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
        ("Den Haag", None),
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
        ("Peel en Maas", ()),
        ("Berg en Dal", ()),
        ("Arnhem en omgeving", ()),
    ],
)
def test_several_names_in_one_cell_are_told_apart_from_a_name_of_several_words(
    text: str, names: tuple[str, ...]
) -> None:
    assert several(text) == names
