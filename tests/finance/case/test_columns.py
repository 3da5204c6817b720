"""What each kind of cell accepts, what it makes of it, and what it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.case import CellValue, Unreadable
from finance.case.cells import LARGEST_AMOUNT, CellError
from finance.case.columns import (
    ANY,
    COUNT,
    DATE,
    EURO,
    GROWTH,
    ID,
    LIST,
    ORDER,
    POINTS,
    QUANTITY,
    SHARE,
    SIGNED,
    SIZE,
    TEXT,
    YEAR,
    YES,
    Kind,
    choice,
)
from finance.money import Money

SORT = choice("soort", "bron", "aanname")

ACCEPTED = [
    (TEXT, " De Linde ", "De Linde"),
    (TEXT, Decimal(12), "12"),
    (TEXT, date(2024, 3, 1), "1-3-2024"),
    (ID, " L1 ", "L1"),
    (YEAR, Decimal(1990), 1990),
    (YEAR, Decimal("2100.0"), 2100),
    (COUNT, Decimal(0), 0),
    (SIGNED, Decimal(-4), -4),
    (ORDER, Decimal(1), 1),
    (SIZE, Decimal(1), 1),
    (QUANTITY, Decimal("0.5"), Decimal("0.5")),
    (POINTS, Decimal("-2.5"), Decimal("-2.5")),
    (SHARE, Decimal(0), Decimal(0)),
    (SHARE, Decimal(1), Decimal(1)),
    (GROWTH, Decimal(1), Decimal(1)),
    (GROWTH, Decimal("-0.999"), Decimal("-0.999")),
    (EURO, Decimal("0.01"), Money(1)),
    (EURO, Decimal("1234.50"), Money(123450)),
    (EURO, LARGEST_AMOUNT - Decimal("0.01"), Money(10**14 - 1)),
    (DATE, date(2023, 7, 1), date(2023, 7, 1)),
    (YES, "Ja ", True),
    (YES, "nee", False),
    (LIST, "a, b,,c ", ("a", "b", "c")),
    (LIST, "", ()),
    (SORT, "Aanname", "aanname"),
    (ANY, Decimal(3), Decimal(3)),
]


@pytest.mark.parametrize(("kind", "cell", "value"), ACCEPTED)
def test_a_good_cell_is_read(kind: Kind, cell: CellValue, value: object) -> None:
    assert kind.value_of(cell) == value


REFUSED: list[tuple[Kind, CellValue, str, str]] = [
    (ID, Decimal(12), "'12' is geen tekst", "opmaak Tekst"),
    (ID, True, "'WAAR' is geen tekst", "opmaak Tekst"),
    (YEAR, Decimal(1989), "1989 is geen bruikbaar jaartal", "1990 tot en met 2100"),
    (YEAR, Decimal(2101), "2101 is geen bruikbaar jaartal", "1990 tot en met 2100"),
    (YEAR, "2024", "opgeslagen als tekst", "getalopmaak"),
    (YEAR, date(2024, 1, 1), "een datum (1-1-2024)", "getalopmaak"),
    (COUNT, Decimal("0.5"), "0,5 is geen geheel getal", "zonder decimalen"),
    (COUNT, Decimal(-1), "-1 is negatief", "0 of meer"),
    (SIGNED, "vier", "'vier' is geen getal", "Typ een getal"),
    (ORDER, Decimal(0), "0 is geen volgnummer", "1, 2, 3"),
    (SIZE, Decimal(0), "Het aantal is 0", "1 of meer"),
    (QUANTITY, Decimal("-0.1"), "-0,1 is negatief", "0 of meer"),
    (QUANTITY, LARGEST_AMOUNT, "een biljoen of meer", "aantal cijfers"),
    (POINTS, False, "'ONWAAR' is geen getal", "Typ een getal"),
    (SHARE, Decimal("1.01"), "1,01 ligt niet tussen 0 en 1", "1,01% is 0,0101"),
    (SHARE, Decimal("-0.01"), "-0,01 ligt niet tussen 0 en 1", "90% is 0,9"),
    (GROWTH, Decimal("4.96"), "4,96 (dat is 496%)", "4,96% is 0,0496"),
    (GROWTH, Decimal(-1), "-1 (dat is -100%)", "90% is 0,9"),
    (EURO, Decimal("0.005"), "0,005 heeft meer dan twee decimalen", "hele centen"),
    (EURO, Decimal("-0.01"), "-0,01 is negatief", "0 of meer"),
    (EURO, LARGEST_AMOUNT, "een biljoen of meer", "aantal cijfers"),
    (EURO, "€ 5", "opgeslagen als tekst", "getalopmaak"),
    (EURO, "5%", "opgeslagen als tekst", "getalopmaak"),
    (EURO, "1.234,50", "opgeslagen als tekst", "getalopmaak"),
    (EURO, "nan", "'nan' is geen getal", "Typ een getal"),
    (DATE, Decimal(45000), "'45000' is geen datum", "datumopmaak"),
    (DATE, "1-7-2023", "'1-7-2023' is geen datum", "datumopmaak"),
    (YES, True, "'WAAR' kan hier niet", "ja of nee"),
    (YES, "yes", "'yes' kan hier niet", "ja of nee"),
    (SORT, "bronn", "'bronn' kan hier niet", "Bedoelt u 'bron'?"),
    (SORT, "x", "'x' kan hier niet", "Kies uit: bron, aanname."),
    (ANY, Unreadable("Hier staat #REF!.", "Herstel het."), "#REF!", "Herstel het."),
    (TEXT, Unreadable("Hier staat #REF!.", "Herstel het."), "#REF!", "Herstel het."),
]


@pytest.mark.parametrize(("kind", "cell", "wat", "doen"), REFUSED)
def test_a_bad_cell_says_what_is_wrong_and_what_to_do(kind: Kind, cell: CellValue, wat: str, doen: str) -> None:
    with pytest.raises(CellError) as caught:
        kind.value_of(cell)
    assert wat in caught.value.wat
    assert doen in caught.value.doen


@pytest.mark.parametrize("value", [7, Money(5), None, ("a", "b")])
def test_a_value_that_was_read_before_passes(value: object) -> None:
    assert YEAR.value_of(value) == value


@given(st.integers(0, 10**14 - 1))
def test_every_amount_of_whole_cents_is_read_exactly(cents: int) -> None:
    assert EURO.value_of(Decimal(cents) / 100) == Money(cents)


CELLS = st.one_of(st.text(max_size=50), st.decimals(allow_nan=False, allow_infinity=False), st.booleans(), st.dates())
KINDS = [TEXT, ID, YEAR, COUNT, SIGNED, ORDER, SIZE, QUANTITY, POINTS, SHARE, GROWTH, EURO, DATE, YES, LIST]


def refusal(kind: Kind, cell: CellValue) -> CellError | None:
    try:
        kind.value_of(cell)
    except CellError as fault:
        return fault
    return None


@given(st.sampled_from(KINDS), CELLS)
def test_any_cell_is_read_or_refused_in_words(kind: Kind, cell: CellValue) -> None:
    fault = refusal(kind, cell)
    assert fault is None or (fault.wat.endswith(".") and fault.doen.endswith((".", "?")))
