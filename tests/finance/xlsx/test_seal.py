"""The seal: what went in comes out, and nobody can change a letter of it unseen."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.findings import FindingsError
from finance.money import Money
from finance.tables.grid import MAX_TEXT, Book, Cell, Format, Role, Sheet, Value, storable
from finance.xlsx.seal import (
    CHUNK,
    KNOWN_VERSIONS,
    SEAL_SHEET,
    VERSION,
    Seal,
    SealedCell,
    read_seal,
    seal_of,
    sealed,
)
from tests.finance.xlsx.sample import formula, small_book, with_cell

Texts = dict[tuple[int, int], object]


def texts_of(book: Book) -> Texts:
    """What stands on the sheet of the seal, as a file gives it back."""
    return {at: cell.value for at, cell in sealed(book).sheets[-1].cells.items()}


def place_of(texts: Texts, label: str) -> tuple[int, int]:
    """The cell beside a label."""
    return next((row, column + 1) for (row, column), text in texts.items() if text == label)


def spoiled(texts: Texts, label: str, value: object) -> Texts:
    return {**texts, place_of(texts, label): value}


def large_book() -> Book:
    """A book of which the seal takes several parts; digests do not get smaller by compressing."""
    texts = [hashlib.sha256(str(row).encode()).hexdigest() for row in range(2000)]
    cells = {(row, 1): Cell(text) for row, text in enumerate(texts, 1)}
    return Book("groot", (Sheet("blad", cells),))


@pytest.mark.parametrize("book", [small_book(), large_book(), Book("leeg", (Sheet("leeg", {}),))])
def test_what_went_in_comes_out(book: Book) -> None:
    seal = read_seal(texts_of(book))
    assert list(seal.sheets) == [sheet.naam for sheet in book.sheets]
    for sheet in book.sheets:
        found = seal.sheets[sheet.naam]
        assert {at: (cell.formula, cell.role, cell.fmt) for at, cell in found.items()} == {
            at: (cell.formula, cell.role, cell.fmt)
            for at, cell in sheet.cells.items()
            if cell.formula or cell.value not in (None, "")
        }


@pytest.mark.parametrize(
    ("value", "exact", "shown"),
    [
        (Money(150), "1.50", 1.5),
        (Money(-5), "-0.05", -0.05),
        (2024, "2024", 2024),
        (Decimal("0.0496"), "0.0496", 0.0496),
        (Decimal("1E+3"), "1000", 1000),
        (Decimal("1E-9"), "0.000000001", 1e-9),
        (Fraction(1, 4), "0.25", 0.25),
        (Fraction(1, 3), "0.3333333333333333", 1 / 3),
        (Fraction(1, 3 * 10**9), "0.0000000003333333333333333", 1 / 3e9),
        (date(2026, 11, 22), "2026-11-22", 46348),
        ("=1+1 \x00", "=1+1 \ufffd", "=1+1 \ufffd"),
    ],
)
def test_a_value_has_one_spelling(value: Value, exact: str, shown: str | float) -> None:
    book = Book("t", (Sheet("blad", {(1, 1): Cell(value)}),))
    assert seal_of(book).sheets["blad"] == {(1, 1): SealedCell(shown, exact, "", Role.LABEL, Format.GENERAL)}


@given(st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 9)), st.text(min_size=1), max_size=9))
def test_any_text_comes_back(texts: dict[tuple[int, int], str]) -> None:
    book = Book("t", (Sheet("blad", {at: Cell(text) for at, text in texts.items()}),))
    found = read_seal(texts_of(book)).sheets["blad"]
    shown = {at: cell.shown for at, cell in found.items()}
    assert shown == {at: storable(text) for at, text in texts.items()}


def test_equal_books_have_equal_fingerprints_and_others_do_not() -> None:
    assert seal_of(small_book()).fingerprint == seal_of(small_book()).fingerprint
    changed = [
        with_cell(small_book(), "invoer", (2, 4), Cell(Money(1), Role.INPUT_SOURCED, Format.EURO)),
        with_cell(small_book(), "berekening", (2, 3), formula(2, "1+1", Format.FACTOR)),
        with_cell(small_book(), "voorblad", (20, 1), Cell("erbij")),
    ]
    assert len({seal_of(book).fingerprint for book in [small_book(), *changed]}) == 4


def test_the_fingerprint_is_shown_and_is_that_of_the_content() -> None:
    texts = texts_of(small_book())
    seal = seal_of(small_book())
    assert texts[place_of(texts, "vingerafdruk (SHA-256)")] == hashlib.sha256(seal.content).hexdigest()


def test_the_seal_is_the_last_sheet_and_only_readable_text() -> None:
    sheet = sealed(large_book()).sheets[-1]
    assert sheet.naam == SEAL_SHEET
    assert not any(cell.formula for cell in sheet.cells.values())
    longest = max(len(str(cell.value)) for cell in sheet.cells.values())
    assert longest == CHUNK < MAX_TEXT
    said = " ".join(str(cell.value) for cell in sheet.cells.values() if cell.role is Role.NOTE)
    assert "geen bewijs tegen wie het zegel zelf opnieuw maakt" in said


def test_a_book_is_sealed_once() -> None:
    with pytest.raises(ValueError, match="zegel"):
        sealed(sealed(small_book()))


@pytest.mark.parametrize(
    ("label", "value", "words"),
    [
        ("versie van het zegel", "twee", "versie"),
        ("versie van het zegel", "0", "versie"),
        ("versie van het zegel", 2.5, "versie"),
        ("versie van het zegel", None, "versie"),
        ("vingerafdruk (SHA-256)", "0" * 64, "vingerafdruk"),
        ("vingerafdruk (SHA-256)", None, "vingerafdruk"),
        ("aantal delen", "9", "ontbreekt een deel"),
        ("deel 2", None, "geen tekst"),
        ("deel 2", 12.0, "geen tekst"),
        ("deel 2", "", "gewijzigd"),
        ("deel 2", "geen base64!", "gewijzigd"),
    ],
)
def test_a_damaged_seal_says_so(label: str, value: object, words: str) -> None:
    with pytest.raises(FindingsError) as raised:
        read_seal(spoiled(texts_of(large_book()), label, value))
    (finding,) = raised.value.findings
    assert finding.blad == SEAL_SHEET
    assert "beschadigd" in finding.wat
    assert words in finding.wat


@pytest.mark.parametrize("version", ["3", "17"])
def test_a_seal_of_a_newer_toolkit_says_so(version: str) -> None:
    with pytest.raises(FindingsError) as raised:
        read_seal(spoiled(texts_of(small_book()), "versie van het zegel", version))
    (finding,) = raised.value.findings
    assert f"versie {version}" in finding.wat
    assert "nieuwere toolkit" in finding.wat
    assert "beschadigd" not in finding.wat


def test_a_seal_that_calls_itself_version_one_is_no_version_one() -> None:
    seal = read_seal(spoiled(texts_of(small_book()), "versie van het zegel", "1"))
    with pytest.raises(FindingsError, match="geen inhoud van een werkmap"):
        _ = seal.sheets


def test_what_else_is_sealed_comes_back_and_counts_for_the_fingerprint() -> None:
    look = {"blad": ["wit op wit", 0.5]}
    book = sealed(small_book(), look, "ab" * 32)
    seal = read_seal({at: cell.value for at, cell in book.sheets[-1].cells.items()})
    assert (seal.sections.uiterlijk, seal.sections.resultaat) == (look, "ab" * 32)
    assert seal.sheets == seal_of(small_book()).sheets
    assert len({seal.fingerprint, seal_of(small_book(), look).fingerprint, seal_of(small_book()).fingerprint}) == 3
    bare = seal_of(small_book()).sections
    assert (bare.uiterlijk, bare.resultaat) == (None, "")


def test_a_missing_part_says_so() -> None:
    texts = texts_of(large_book())
    row, column = place_of(texts, "deel 2")
    del texts[row, column - 1]
    with pytest.raises(FindingsError, match="ontbreekt een deel"):
        read_seal(texts)


@given(st.data())
def test_no_letter_can_be_changed_unseen(data: st.DataObject) -> None:
    texts = texts_of(small_book())
    packed = str(texts[place_of(texts, "deel 1")])
    at = data.draw(st.integers(0, len(packed.rstrip("=")) - 2))
    letter = data.draw(st.sampled_from("ABCabc0189+/=*é").filter(lambda letter: letter != packed[at]))
    with pytest.raises(FindingsError):
        read_seal(spoiled(texts, "deel 1", packed[:at] + letter + packed[at + 1 :]))


def forged(content: bytes, version: int = VERSION) -> Texts:
    """A seal with any content, its fingerprint right."""
    return {
        (1, 1): "versie van het zegel",
        (1, 2): str(version),
        (2, 1): "vingerafdruk (SHA-256)",
        (2, 2): hashlib.sha256(content).hexdigest(),
        (3, 1): "aantal delen",
        (3, 2): "1",
        (4, 1): "deel 1",
        (4, 2): base64.b64encode(zlib.compress(content)).decode(),
    }


@pytest.mark.parametrize("version", KNOWN_VERSIONS)
@pytest.mark.parametrize(
    "cells",
    [
        [["blad", [[1, 1, "t", "x"]]]],
        {},
        None,
        *(
            [["blad", [[1, 1, kind, value, "", role, fmt]]]]
            for kind, value, role, fmt in [
                ("q", "x", "label", "@"),
                ("n", "x", "label", "@"),
                ("n", "NaN", "label", "@"),
                ("d", "x", "label", "@"),
                ("t", "x", "anders", "@"),
                ("t", "x", "label", "#"),
            ]
        ),
    ],
)
def test_a_forged_seal_with_other_cells_is_a_finding(cells: object, version: int) -> None:
    content = json.dumps(cells if version == 1 else {"cellen": cells}).encode()
    seal = read_seal(forged(content, version))
    with pytest.raises(FindingsError, match="geen inhoud van een werkmap"):
        _ = seal.sheets


@pytest.mark.parametrize("version", KNOWN_VERSIONS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen json",
        b"{}",
        b"[" * 100_000,
        b'{"cellen": [], "resultaat": 1}',
        b'{"cellen": [], "meer": 1}',
    ],
)
def test_a_forged_seal_with_other_content_is_a_finding(content: bytes, version: int) -> None:
    seal = read_seal(forged(content, version))
    with pytest.raises(FindingsError, match="geen inhoud van een werkmap"):
        _ = seal.sheets


def test_a_bomb_in_the_seal_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finance.xlsx.seal.MAX_CONTENT", 10_000)
    assert read_seal(forged(b" " * 9_999)).content == b" " * 9_999
    with pytest.raises(FindingsError, match="te groot"):
        read_seal(forged(b" " * 10_001))


def test_the_seal_of_another_order_of_cells_is_the_same() -> None:
    one = Book("t", (Sheet("blad", {(1, 1): Cell(1), (2, 1): Cell(2)}),))
    other = Book("t", (Sheet("blad", {(2, 1): Cell(2), (1, 1): Cell(1)}),))
    assert seal_of(one) == seal_of(other) == Seal(seal_of(one).content)
