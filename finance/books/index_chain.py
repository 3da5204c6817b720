"""The index of tariffs in two steps, as a table that the workbooks of plans and of tariffs share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from finance.case.index_chain import IndexChain, TariffIndex, final, provisional
from finance.tables import live
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Table

UNKNOWN: Final = "niet bekend"
ROW: Final = "[tariefindex.{}@]"
KNOWN: Final = "COUNTIFS([keten.jaar],[jaar]-1,[keten.bekend],1)>0"


def chain_table(rows: Sequence[TariffIndex], chain: IndexChain) -> Table[TariffIndex]:
    """The table `keten`, beside a table `tariefindex` with the same rows as input.

    Args:
        rows: the rows of the input.
        chain: what follows from them.
    """
    return Table(
        "keten",
        "De index van het tarief, in twee stappen",
        rows,
        (
            live.year("jaar", "Jaar", ROW.format("jaar"), 14),
            _share("voorlopig", "1. Voorlopige index", provisional, _weighted("voorlopig")),
            _share(
                "definitief",
                "Definitieve index",
                final,
                f'IF(OR({ROW.format("ova_definitief")}="",{ROW.format("ppc_definitief")}=""),"{UNKNOWN}",'
                f"{_weighted('definitief')})",
            ),
            live.number("bekend", "Definitief bekend", "IF(ISNUMBER([definitief]),1,0)", Format.COUNT),
            _share(
                "verschil",
                "Definitief min voorlopig",
                lambda row: chain.difference(row.jaar),
                f'IF([bekend]=1,[definitief]-[voorlopig],"{UNKNOWN}")',
            ),
            _share(
                "correctie",
                "2. Correctie over het jaar ervoor",
                lambda row: chain.difference(row.jaar - 1),
                f'IF({KNOWN},SUMIFS([keten.verschil],[keten.jaar],[jaar]-1),"{UNKNOWN}")',
            ),
            _share(
                "index",
                "Index",
                lambda row: chain.index(row.jaar),
                f'IF(ISNUMBER([correctie]),[voorlopig]+[correctie],"{UNKNOWN}")',
            ),
        ),
        "Stap 1: de verwachte groei van lonen (OVA) en prijzen (PPC), gewogen. Stap 2: wat het jaar ervoor"
        " anders uitkwam dan verwacht. De index is de som.",
    )


def _weighted(which: str) -> str:
    sums = (f"{ROW.format(f'gewicht_{name}')}*{ROW.format(f'{name}_{which}')}" for name in ("ova", "ppc"))
    return "+".join(sums)


def _share(key: str, head: str, value: Callable[[TariffIndex], Fraction | None], formula: str) -> Column[TariffIndex]:
    def shown(row: TariffIndex) -> Value:
        found = value(row)
        return UNKNOWN if found is None else found

    return live.number(key, head, formula, Format.PERCENT)


def with_chain(given: str, formula: str, jaar: str) -> str:
    """The template of the parameter `index`: what is given, or else what the chain says.

    Args:
        given: the template of how often the parameter is given.
        formula: the template of the given value.
        jaar: the template of the year.
    """
    return f"IF({given}>0,{formula},SUMIFS([keten.index],[keten.jaar],{jaar}))"
