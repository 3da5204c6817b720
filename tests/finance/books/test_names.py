"""Ids get keys that a lookup in a workbook cannot misread."""

from __future__ import annotations

import pytest

from finance.books.budget.draft import Draft
from finance.books.names import is_plain
from finance.statement import Statement
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import INFO, hand_plan


@pytest.mark.parametrize(
    "name",
    [
        "gesloten",
        "Horizon",
        "SPUK-2020",
        "L1",
        "vastgoedtransitie-2020",
        "'s Heeren Loo"[1:],
        "Súdwest-Fryslân",
    ],
)
def test_an_ordinary_id_is_its_own_key(name: str) -> None:
    assert is_plain(name)


@pytest.mark.parametrize(
    "name",
    [
        "7",
        "007",
        "1e5",
        "<5",
        ">",
        "=x",
        "a*",
        "b?",
        "c~d",
        "TRUE",
        "waar",
        "mei 2024",
        "jan-1",
        "mrt5",
        "x" * 61,
        "a  b",
        "a ",
        'a"b',
        "",
        "€ 5",
        "alle",
        "#N/A",
        "-x",
        "a\nb",
    ],
)
def test_an_id_that_a_lookup_could_misread_is_not(name: str) -> None:
    assert not is_plain(name)


def _draft() -> Draft:
    case = variants.odd()
    plan = hand_plan(case, variants.ODD_STARTS)
    return Draft(Statement(case, plan.allocation), plan, "basis", INFO)


def test_odd_ids_get_keys_of_their_own_and_the_others_stay() -> None:
    names = _draft().names
    assert names.of("zorgvorm", "kleinschalig") == "kleinschalig"
    assert names.of("maatregel", "M3") == "M3"
    assert names.of("maatregel", "<5") == "maatregel-001"
    assert names.of("bron", "SP*") == "bron-001"
    assert names.of("maatregel", "") == ""


def test_ids_that_differ_only_by_capitals_get_different_keys() -> None:
    names = _draft().names
    keys = {names.of("zorgvorm", "gesloten"), names.of("zorgvorm", "Gesloten")}
    assert keys == {"zorgvorm-001", "zorgvorm-003"}
    assert names.of("project", "hoeve").casefold() != names.of("project", "Hoeve").casefold()


def test_every_key_can_be_looked_up_and_told_apart() -> None:
    names = _draft().names
    assert all(is_plain(key) for key in names.keys.values())
    for family in {family for family, _ in names.keys}:
        keys = [key.casefold() for (of, _), key in names.keys.items() if of == family]
        assert len(keys) == len(set(keys))


def test_the_table_of_keys_names_what_the_input_had() -> None:
    shown = {(row.familie, row.invoer) for row in _draft().names.aliases}
    assert ("bron", "SP*") in shown
    assert ("zorgvorm", "kleinschalig") not in shown
