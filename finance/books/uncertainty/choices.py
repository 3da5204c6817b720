"""The sheets `maatregelen` and `bronnen`: what is chosen in how many draws, and what money remains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.uncertainty.draft import CLAIMED_FROM, SHARES, Swept
from finance.books.uncertainty.goals import (
    COUNTED,
    Numbered,
    chosen_column,
    highest,
    lowest,
    mean,
    numbered,
    place,
    where_any,
)
from finance.case.sheets import Measure
from finance.money import Money
from finance.tables.columns import number, text
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.uncertainty.spread import Sample

ROW_OF_CHART: Final = 1
"""Rows of the sheet for each bar of the chart of measures."""
CHART_EDGE: Final = 8
"""Rows of a chart besides its bars."""


def measures_page(swept: Swept) -> Page:
    """The sheet `maatregelen`: in how many draws each measure is chosen, and when it then starts."""
    figure = Figure(
        "Hoe vaak elke maatregel wordt gekozen, naar startjaar",
        "trekkingen",
        "keuze",
        "maatregel",
        tuple(f"j{year}" for year in swept.years),
        flat=True,
        depth=CHART_EDGE + ROW_OF_CHART * len(swept.case.measures),
    )
    return Page(
        "maatregelen",
        "Maatregelen: welke keuze overeind blijft",
        "In hoeveel trekkingen een maatregel wordt gekozen, en in welk jaar ze dan begint. 100% is in elke"
        " trekking: die keuze hangt niet af van wat onzeker is.",
        (_choices(swept), figure),
    )


def _choices(swept: Swept) -> Table[Measure]:
    last = len(swept.case.measures) - 1
    column = f"INDEX([start.m0:m{last}],0,[nr])"
    years = tuple(
        Column(
            f"j{year}",
            year,
            _started(swept, year),
            f"SUMPRODUCT(({column}=[^])*[trek.telt])",
            Format.COUNT,
            width=9,
            head_formula="[<]+1" if at else "{eerste_startjaar}",
        )
        for at, year in enumerate(swept.years)
    )
    count = swept.proven
    nr = {row.maatregel: at for at, row in enumerate(swept.case.measures, start=1)}
    return Table(
        "keuze",
        "",
        list(swept.case.measures),
        (
            text("maatregel", "Maatregel", lambda row: row.maatregel, width=24),
            text("project", "Project", lambda row: row.project),
            text("omschrijving", "Omschrijving", lambda row: row.omschrijving, width=40, wrap=True),
            Column(
                "gekozen",
                "Gekozen in",
                lambda row: _chosen(swept, row),
                f"SUM([{years[0].key}:{years[-1].key}])",
                Format.COUNT,
                width=11,
                total=True,
            ),
            Column(
                "deel",
                "Deel van de trekkingen",
                lambda row: Fraction(_chosen(swept, row), count) if count else "",
                where_any(f"[gekozen]/{COUNTED}"),
                Format.WHOLE_PERCENT,
                width=12,
            ),
            *years,
            number("nr", "Nr", lambda row: nr[row.maatregel], "N([-nr])+1", Format.COUNT),
        ),
    )


def _started(swept: Swept, year: int) -> Callable[[Measure], Value]:
    return lambda row: swept.tally.started[row.maatregel, year]


def _chosen(swept: Swept, row: Measure) -> int:
    return sum(swept.tally.started[row.maatregel, year] for year in swept.years)


@dataclass(frozen=True)
class _Threshold:
    """An amount that a formula compares with."""

    wat: str
    waarde: Money


def sources_page(swept: Swept) -> Page:
    """The sheet `bronnen`: the probability that a grant is claimed back, and what sources pay."""
    blocks: list[Block] = []
    if swept.grants:
        blocks += [_claims(swept), _threshold(swept)]
    blocks.append(_sources(swept))
    blocks.append(
        Notes(
            "Hoe dit te lezen",
            (
                "Over: van een pot wat niet is besteed; van een jaarlijkse bron wat aan het eind vervalt,"
                " of elk jaar als ze niet overdraagbaar is.",
                "De kans op terugvordering telt de trekkingen waarin van de uitkering meer overblijft dan de"
                " grens. Wat volgens realisatie onrechtmatig is besteed, moet ook terug en telt hier niet"
                " mee: zie het blad sisa van de begroting.",
            ),
        )
    )
    return Page(
        "bronnen",
        "Bronnen: wat wordt betaald en wat overblijft",
        "De kans dat een uitkering deels wordt teruggevorderd, en de spreiding van wat elke bron betaalt.",
        tuple(blocks),
    )


def _threshold(swept: Swept) -> Table[_Threshold]:
    return Table(
        "drempel",
        "Vanaf welk bedrag",
        [_Threshold("terugvordering: er blijft meer over dan", CLAIMED_FROM)],
        (
            text("wat", "Wat", lambda row: row.wat, width=24, wrap=True),
            Column("waarde", "Bedrag", lambda row: row.waarde, "", Format.EURO, Role.INPUT_ASSUMED),
        ),
        note=swept.or_fixed("Het bedrag kan worden veranderd; de kans hierboven rekent mee."),
        fact=lambda _: "drempel",
    )


def _claims(swept: Swept) -> Table[Numbered]:
    names = [row.bron for row in swept.case.sources]
    last = len(names) - 1
    rows = [Numbered(names.index(row.bron) + 1, row.bron) for row in swept.grants]
    left = f"INDEX([reken.l0:l{last}],0,[nr])"
    raw = f"INDEX([geld.l0:l{last}],0,[nr])"
    above = f"SUMPRODUCT(({raw}>{{drempel}})*[trek.telt])"
    # Not MATCH: a star or question mark in a name would stand for other names too.
    return Table(
        "terug",
        "Terugvordering per uitkering (SPUK)",
        rows,
        (
            text("bron", "Uitkering", lambda row: row.naam, width=24),
            number(
                "trekkingen", "Trekkingen met terugvordering", lambda row: _claimed(swept, row), above, Format.COUNT
            ),
            Column(
                "kans",
                "Kans op terugvordering",
                lambda row: Fraction(_claimed(swept, row), swept.proven) if swept.proven else "",
                where_any(f"[trekkingen]/{COUNTED}"),
                Format.PERCENT,
                width=16,
            ),
            _euros("gemiddeld", "Gemiddeld bedrag", _of(swept.left, mean), f"AVERAGE({left})"),
            _euros(
                "p90",
                "P90",
                _of(swept.left, lambda sample: sample.ranked(swept.rank(SHARES["p90"]))),
                f"SMALL({left},{{rang_p90}})",
            ),
            _euros("hoogst", "Hoogste", _of(swept.left, highest), f"MAX({left})"),
            number("nr", "Nr", lambda row: row.nr, "SUMPRODUCT(([bron.bron]=[bron])*[bron.nr])", Format.COUNT),
        ),
    )


def _claimed(swept: Swept, row: Numbered) -> int:
    sample = swept.left(row.naam)
    return sample.count - sample.up_to(CLAIMED_FROM.euros)


def _of(sample_of: Callable[[str], Sample], of: Callable[[Sample], Fraction]) -> Callable[[Numbered], Value]:
    def value(row: Numbered) -> Value:
        sample = sample_of(row.naam)
        return of(sample) if sample.count else ""

    return value


def _euros(key: str, head: str, value: Callable[[Numbered], Value], formula: str) -> Column[Numbered]:
    return Column(key, head, value, where_any(formula), Format.EURO, width=17)


def _sources(swept: Swept) -> Table[Numbered]:
    names = tuple(row.bron for row in swept.case.sources)
    sorts = {row.bron: row.soort for row in swept.case.sources}
    last = len(names) - 1

    def paid(key: str, head: str, of: Callable[[Sample], Fraction], formula: str) -> Column[Numbered]:
        column = chosen_column("b0", f"b{last}")
        return _euros(key, head, _of(swept.paid, of), f"{formula}({column})")

    def left(key: str, head: str, of: Callable[[Sample], Fraction], formula: str) -> Column[Numbered]:
        column = chosen_column("l0", f"l{last}")
        return _euros(key, head, _of(swept.left, of), f"{formula}({column})")

    return Table(
        "bron",
        "Elke bron",
        numbered(names),
        (
            text("bron", "Bron", lambda row: row.naam, width=24),
            text("soort", "Soort", lambda row: sorts[row.naam]),
            paid("betaald_laag", "Betaald, laagste", lowest, "MIN"),
            paid("betaald", "Betaald, gemiddeld", mean, "AVERAGE"),
            paid("betaald_hoog", "Betaald, hoogste", highest, "MAX"),
            left("over", "Over, gemiddeld", mean, "AVERAGE"),
            left("over_hoog", "Over, hoogste", highest, "MAX"),
            place(),
        ),
    )
