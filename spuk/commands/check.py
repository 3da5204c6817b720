"""What `spuk check --uitgebreid` says: need, places, prices and money side by side, before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from finance.case import Case
from finance.money import Money, round_half_away
from finance.plan.outlook import (
    FormOutlook,
    MoneyOutlook,
    PaidPrice,
    PlacePrice,
    form_outlooks,
    paid_prices,
    place_prices,
)
from finance.rules import Entitlement

WIDTH: Final = 80
"""The width of a terminal: no line is longer."""
LABEL: Final = 26
NAME: Final = 22
"""The most letters of a source that is shown."""
PRICE: Final = 8
"""The width of a price, with the blank before it; wider where some number is longer."""
NOTHING: Final = "-"
PER_CENT: Final = 100
LEAST: Final = Fraction(1, 2)
MOST: Final = Fraction(2)
"""A price below or above these shares of its norm gets a mark."""

OCCUPANCY: Final = (
    "BEZETTING: de plaatsen die nodig zijn, gedeeld door de plaatsen die er zijn.",
    "nu: zonder een verdere maatregel; met alle: elk project op zijn vroegst, met de",
    "variant die minst of meest geeft. ! = meer nodig dan er bezet kunnen zijn.",
)
PRICES: Final = (
    "PRIJZEN: wat een plaats per jaar kost, in euro op prijspeil. tarief: volgens het",
    "blad tarief; midden: de middelste prijs van de zorgvorm (of van alle plaatsen",
    "als zij er maar een heeft). ! = minder dan de helft of meer dan het dubbele.",
)
PAID: Final = (
    "WAT EEN BRON BETAALT voor een plaats, in haar eerste jaar, naast wat een bezette",
    "plaats dan kost. ! = minder dan de goedkoopste of meer dan de duurste.",
)
YEARS: Final = (
    "GELD PER JAAR, in hele euro. met alle: elk project op zijn vroegst, met zijn",
    "duurste variant. hooguit: wat een bron in geen enkel plan te boven gaat.",
)
SOURCES: Final = (
    "GELD PER BRON, in euro over alle jaren. gevraagd: wat zij van alle projecten mag",
    "betalen. ! = zij kan meer betalen dan zij gevraagd wordt: de rest blijft over.",
)


def outlook_text(case: Case) -> str:
    """The tables: occupancy, prices, and money; each line at most as wide as a terminal.

    Args:
        case: a case without findings.
    """
    money = MoneyOutlook(Entitlement(case))
    parts = (_occupancy(case), _prices(case), _paid(case), _years(money), _sources(money))
    return "\n\n".join("\n".join(lines) for lines in map(tuple, parts) if lines)


def _occupancy(case: Case) -> Iterator[str]:
    yield from OCCUPANCY
    for form in form_outlooks(case):
        yield ""
        share = _percent(form.bezetting_max)
        name = f"{_cut(form.zorgvorm, WIDTH - 40)} (hooguit {share} bezet)"
        yield from _by_year(name, [row.jaar for row in form.jaren], list(_form_rows(form)), 7)


def _form_rows(form: FormOutlook) -> Iterator[tuple[str, list[str]]]:
    years = form.jaren

    def occupied(places: Sequence[Fraction]) -> list[str]:
        return [
            f"{_percent(row.nodig / number) if number else NOTHING}{'!' if form.is_short(row.nodig, number) else ' '}"
            for row, number in zip(years, places, strict=True)
        ]

    yield "  nodig", [f"{_number(row.nodig)} " for row in years]
    kinds = {"nu": [row.nu for row in years], "met alle": [row.meest for row in years]}
    if any(row.minst != row.meest for row in years):
        least = [row.minst for row in years]
        kinds = {"nu": kinds["nu"], "met alle, minst": least, "met alle, meest": kinds["met alle"]}
    for name, places in kinds.items():
        yield f"  plaatsen {name}", [f"{_number(number)} " for number in places]
    for name, places in kinds.items():
        yield f"  bezet {name}", occupied(places)


def _prices(case: Case) -> Iterator[str]:
    yield from PRICES
    yield ""
    rows = place_prices(case)
    has_tariff = any(row.tarief is not None for row in rows)
    heads = ["bezet", "leeg", *(["tarief", "t.o.v."] if has_tariff else []), "midden", "t.o.v."]
    yield from _pairs(
        [
            ("locatie", "zorgvorm", heads),
            *((row.locatie, row.zorgvorm, _price(row, has_tariff=has_tariff)) for row in rows),
        ]
    )


def _price(row: PlacePrice, *, has_tariff: bool) -> list[str]:
    of_tariff = []
    if has_tariff:
        same = "gelijk" if row.uit_tarief else _beside(row.bezet, row.tarief)
        of_tariff = [NOTHING if row.tarief is None else _euros(row.tarief), same]
    share = _beside(row.bezet, row.midden)
    return [
        _euros(row.bezet),
        _euros(row.leeg),
        *of_tariff,
        _euros(row.midden),
        share if row.vergelijkbaar else share.rstrip("!"),
    ]


def _paid(case: Case) -> Iterator[str]:
    rows = paid_prices(case)
    if not rows:
        return
    yield from PAID
    yield ""
    heads = ["jaar", "betaalt", "laagste", "hoogste", ""]
    yield from _pairs(
        [("bron", "zorgvorm", heads), *((row.bron, row.zorgvorm or "alle", _paid_price(row)) for row in rows)]
    )


def _paid_price(row: PaidPrice) -> list[str]:
    low, high = row.laagste, row.hoogste
    outside = low is not None and high is not None and not low <= row.prijs <= high
    prices = [NOTHING if price is None else _euros(price) for price in (low, high)]
    return [str(row.jaar), _euros(row.prijs), *prices, "!" if outside else ""]


def _years(money: MoneyOutlook) -> Iterator[str]:
    yield from YEARS
    yield ""
    rows = money.jaren
    table = [
        ("gevraagd nu", [_whole(row.nu) for row in rows]),
        ("gevraagd met alle", [_whole(row.gevraagd) for row in rows]),
        ("  plaatsen", [_whole(row.plaatsen) for row in rows]),
        ("  maatregelen", [_whole(row.maatregelen) for row in rows]),
        *((f"hooguit {sort}", [_whole(row.hooguit[sort]) for row in rows]) for sort in rows[0].hooguit),
        ("uit potten, of tekort", [_whole(max(Money(0), row.gevraagd - row.jaargeld)) for row in rows]),
    ]
    yield from _by_year("", [row.jaar for row in rows], table, 12)


def _sources(money: MoneyOutlook) -> Iterator[str]:
    rows = money.bronnen
    if not rows:
        return
    yield from SOURCES
    yield ""
    yield f"{'bron':<{NAME}} {'soort':<15} {'hooguit':>18} {'gevraagd':>18}"
    for row in rows:
        amounts = (_cents(row.hooguit), _cents(row.gevraagd))
        more = " !" if row.hooguit > row.gevraagd else ""
        yield f"{_cut(row.bron, NAME):<{NAME}} {row.soort:<15} {amounts[0]:>18} {amounts[1]:>18}{more}"


def _by_year(name: str, years: Sequence[int], rows: Sequence[tuple[str, Sequence[str]]], width: int) -> Iterator[str]:
    """A table with a column for each year, in bands that fit the terminal."""
    wide = max([width, *(len(cell) + 1 for _, cells in rows for cell in cells)])
    at_once = max(1, (WIDTH - LABEL) // wide)
    for first in range(0, len(years), at_once):
        band = slice(first, first + at_once)
        head = "".join(f"{year} ".rjust(wide) for year in years[band])
        if name:
            yield name
        yield f"{'':<{LABEL}}{head}".rstrip()
        for label, cells in rows:
            yield f"{label:<{LABEL}}{''.join(cell.rjust(wide) for cell in cells[band])}".rstrip()


def _pairs(rows: Sequence[tuple[str, str, Sequence[str]]]) -> Iterator[str]:
    """A table of two ids and their numbers, as wide as the terminal at most."""
    numbers = max([PRICE, *(len(cell) + 1 for _, _, cells in rows for cell in cells)])
    width = max(1, min(NAME, (WIDTH - numbers * len(rows[0][2]) - 1) // 2))
    for one, other, cells in rows:
        told = "".join(f"{cell:>{numbers}}" for cell in cells)
        yield f"{_cut(one, width):<{width}} {_cut(other, width):<{width}}{told}".rstrip()


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _beside(price: Fraction, norm: Fraction | None) -> str:
    """A price as a share of what it is held against; with a mark where it is far off."""
    if not norm:
        return NOTHING
    share = price / norm
    return f"{_percent(share)}{'!' if not LEAST <= share <= MOST else ''}"


def _percent(share: Fraction) -> str:
    return f"{_grouped(round_half_away(share * PER_CENT))}%"


def _number(value: Fraction) -> str:
    """A number of places with at most one decimal."""
    whole, tenth = divmod(round_half_away(value * 10), 10)
    return f"{_grouped(whole)},{tenth}" if tenth else _grouped(whole)


def _euros(value: Fraction) -> str:
    return _grouped(round_half_away(value))


def _whole(amount: Money) -> str:
    return _grouped(round_half_away(amount.euros))


def _cents(amount: Money) -> str:
    return amount.dutch().removeprefix("EUR ")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
