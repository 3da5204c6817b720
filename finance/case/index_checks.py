"""The checks of the index of tariffs: the sheet `tariefindex`, and the parameter `index` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from finance.case.checked import Checked
from finance.case.index_chain import SHOWN_DECIMALS, TariffIndex, agrees
from finance.case.pricing import INDEX, rows_of_tariffs
from finance.case.sheets import TariffParameter
from finance.case.table import shown
from finance.findings import Finding
from finance.money import round_half_away


def tariff_indexes(checked: Checked) -> Iterator[Finding]:
    """Find years of which the index cannot be computed, and tariffs that say another one."""
    for row in checked.case.tariff_indexes:
        yield from _weights(checked, row)
        yield from _half_known(checked, row)
    needed: dict[int, str] = {}
    for key, rows in rows_of_tariffs(checked.case.tariff_parameters).items():
        given = next((row for row in rows if row.parameter == INDEX), None)
        if given is not None:
            yield from _other_index(checked, given)
        else:
            needed.setdefault(key.jaar, key.tarief)
    for year, name in needed.items():
        yield from _without_correction(checked, year, name)


def _weights(checked: Checked, row: TariffIndex) -> Iterator[Finding]:
    total = row.gewicht_ova + row.gewicht_ppc
    if total != 1:
        yield checked.at(
            "tariefindex",
            row.rij,
            "gewicht_ova",
            f"De gewichten zijn samen {shown(total)} en niet 1.",
            "Typ breuken die samen 1 zijn, zoals 0,9 en 0,1.",
        )


def _half_known(checked: Checked, row: TariffIndex) -> Iterator[Finding]:
    known = {"ova_definitief": row.ova_definitief, "ppc_definitief": row.ppc_definitief}
    absent = [name for name, value in known.items() if value is None]
    if len(absent) == 1:
        yield checked.at(
            "tariefindex",
            row.rij,
            absent[0],
            f"{absent[0]} is leeg, maar het andere definitieve cijfer van {row.jaar} is er wel.",
            "Vul beide in, of laat beide leeg zolang ze niet bekend zijn.",
        )


def _other_index(checked: Checked, given: TariffParameter) -> Iterator[Finding]:
    computed = checked.case.index_chain.index(given.jaar)
    if computed is not None and not agrees(given.waarde, computed):
        yield checked.at(
            "tarief",
            given.rij,
            "waarde",
            f"De index van tarief {given.tarief} voor {given.jaar} is hier"
            f" {_percentage(Fraction(given.waarde))}, en volgens het blad tariefindex"
            f" {_percentage(computed)}.",
            "Haal deze rij weg, dan geldt het blad tariefindex, of verbeter wat niet klopt.",
        )


def _percentage(index: Fraction) -> str:
    rounded = Decimal(round_half_away(index * 10**SHOWN_DECIMALS)).scaleb(2 - SHOWN_DECIMALS)
    return f"{shown(rounded)}%"


def _without_correction(checked: Checked, year: int, name: str) -> Iterator[Finding]:
    chain = checked.case.index_chain
    whole = checked.all_read("tariefindex", checked.case.tariff_indexes)
    if year in chain.rows and chain.index(year) is None and whole:
        yield checked.at(
            "tariefindex",
            chain.rows[year].rij,
            "jaar",
            f"De index van {year}, die tarief {name} nodig heeft, is niet bekend: daar hoort de correctie"
            f" over {year - 1} bij, en dat jaar ontbreekt of heeft nog geen definitieve cijfers.",
            f"Vul {year - 1} aan, of geef de parameter index in het blad tarief.",
        )
