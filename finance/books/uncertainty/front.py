"""The sheets `voorblad`, `onzeker` and `controles`: what it is, what it rests on, whether it adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from finance.books.uncertainty.draft import SHARES, Swept
from finance.books.uncertainty.goals import chance_open
from finance.books.uncertainty.tally import RANKED_UP_TO, SHOWN
from finance.case.sheets import Uncertainty
from finance.case.table import shown
from finance.tables.columns import (
    FAILS,
    HOLDS,
    check,
    failing,
    holds,
    number,
    or_else,
    text,
    verdict,
)
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Block, Column, Fact, Facts, Notes, Page, Table
from finance.tables.wholeness import VERDICTS, Written, controls, counts
from finance.uncertainty.draws import DrawStatus

LEGEND: Final = (
    (Role.INPUT_SOURCED, "invoer uit een document"),
    (Role.INPUT_ASSUMED, "invoer die een aanname is, of daaruit getrokken"),
    (Role.DECISION, "uitkomst van het model voor een trekking"),
    (Role.FORMULA, "formule: rekent mee met de trekkingen"),
    (Role.CHECK, "oordeel: VOLDOET is groen, VOLDOET NIET is rood"),
)


def front_page(swept: Swept, others: tuple[Page, ...]) -> Page:
    """The sheet `voorblad`, with a link to each other sheet."""
    blocks: tuple[Block, ...] = (
        _state(swept),
        *_lost(swept),
        *_in_part(swept),
        _subject(swept),
        Facts("Kleuren", tuple(Fact(role.value, words, role=role) for role, words in LEGEND)),
        Facts("Bladen", tuple(Fact(other.naam, other.title, link=f"{other.naam}!A1") for other in others)),
    )
    return Page(
        "voorblad",
        f"Onzekerheid {swept.case.settings.naam}",
        "Wat er van het plan terechtkomt als de invoer anders uitvalt dan geraamd. Elke trekking is een eigen"
        " begroting, helemaal opgelost; geen voorspelling en geen realisatie.",
        blocks,
        tab="controle",
        widths={1: 34, 2: 44},
        counted=1,
    )


def _state(swept: Swept) -> Table[Swept]:
    def copied(key: str, head: str, value: Callable[[Swept], Value], fmt: Format = Format.COUNT) -> Column[Swept]:
        return Column(key, head, value, f"[stand.{key}!]", fmt, width=14)

    return Table(
        "voorbladstand",
        "",
        (swept,),
        (
            copied("aantal", "Trekkingen", lambda row: row.tally.total),
            copied("bewezen", "Bewezen optimaal (tellen mee)", lambda row: row.proven),
            copied("tijdslimiet", "Niet bewezen (tijdslimiet)", lambda row: row.count(DrawStatus.TIME_LIMIT)),
            copied("mislukt", "Mislukt", lambda row: row.count(DrawStatus.FAILED)),
            copied("kans", "Kans op niet sluitend", chance_open, Format.PERCENT),
            check(
                "oordeel",
                "Alle controles",
                lambda row: verdict(failures(row) == 0),
                or_else("[controlestand.oordeel!]", FAILS),
            ),
        ),
    )


def _lost(swept: Swept) -> Iterator[Block]:
    lost = swept.tally.total - swept.proven
    if lost:
        yield Notes(
            "Niet alles telt mee",
            (
                f"{lost} van de {swept.tally.total} trekkingen tellen niet mee; zie het blad uitval. Wat"
                " daar gebeurt, ontbreekt in elke kans en elk gemiddelde: vallen juist de ongunstige"
                " trekkingen uit, dan is dit beeld te gunstig.",
            ),
        )


def _in_part(swept: Swept) -> Iterator[Block]:
    if not swept.whole:
        yield Notes(
            "Niet elke trekking staat in deze werkmap",
            (
                f"Alle {swept.tally.total} trekkingen tellen mee in elke kans, elk gemiddelde en elke"
                f" verdeling. Met meer dan {RANKED_UP_TO} trekkingen staan die hier als vaste getallen en"
                f" niet als formules, en staan alleen de eerste {SHOWN} trekkingen op hun eigen bladen. Elke"
                " trekking is een rij van onzekerheid.parquet, naast deze werkmap.",
            ),
        )


def _subject(swept: Swept) -> Facts:
    settings, info = swept.case.settings, swept.info
    limit = "geen" if info.seconds is None else f"{shown(Decimal(str(info.seconds)))} seconden per trekking"
    return Facts(
        "Waar het over gaat",
        (
            Fact("Casus", settings.naam),
            Fact("Scenario", info.scenario),
            Fact("Zaad", str(info.zaad), note="Met dit zaad en dit aantal komen dezelfde trekkingen terug."),
            Fact("Tijdslimiet", limit),
            Fact("Regelingen", ", ".join(info.made.regelingen)),
            Fact("Bestand van de casus", f"{info.made.case_stem}.xlsx"),
            Fact("SHA-256 van de casus", info.made.invoer_sha256),
            Fact("Gemaakt met", f"{info.made.toolkit}, {info.made.solver}"),
        ),
    )


# --- what is uncertain -----------------------------------------------------------------------


def inputs_page(swept: Swept) -> Page:
    """The sheet `onzeker`: the rows of `onzekerheid` with their source, and what was drawn from them."""
    return Page(
        "onzeker",
        "Wat onzeker is",
        "De rijen van het blad onzekerheid van de casus, en wat daaruit is getrokken. Alle trekkingen, ook"
        " die niet meetellen.",
        (_inputs(swept), *_reasons(swept), _years(swept)),
        tab="invoer",
    )


def _inputs(swept: Swept) -> Table[Uncertainty]:
    last = len(swept.rows) - 1
    column = f"INDEX([trek.o0:o{last}],0,[nr])"
    place = {row.rij: at for at, row in enumerate(swept.rows)}

    def given(key: str, head: str, width: float = 14) -> Column[Uncertainty]:
        return Column(
            key,
            head,
            lambda row: str(getattr(row, key)),
            "",
            Format.TEXT,
            lambda row: swept.role(row.herkomst),
            width,
            wrap=True,
        )

    def drawn(key: str, head: str, formula: str) -> Column[Uncertainty]:
        return Column(
            key,
            head,
            lambda row: _drawn(swept, place[row.rij], key),
            f'IF(COUNT({column})=0,"",{formula}({column}))',
            Format.FACTOR,
            width=14,
        )

    return Table(
        "onzeker",
        "",
        list(swept.rows),
        (
            number("nr", "Nr", lambda row: place[row.rij] + 1, "N([-nr])+1", Format.COUNT),
            Column("rij", "Rij", lambda row: row.rij, "", Format.COUNT, Role.INPUT_SOURCED, 6),
            given("naam", "Wat", 30),
            given("doelblad", "Blad"),
            given("kolom", "Kolom", 18),
            given("filter", "Filter", 26),
            given("bewerking", "Bewerking"),
            given("verdeling", "Verdeling"),
            given("parameters", "Parameters", 20),
            given("correlatiegroep", "Groep"),
            drawn("laagst", "Laagste getrokken", "MIN"),
            drawn("gemiddeld", "Gemiddeld getrokken", "AVERAGE"),
            drawn("hoogst", "Hoogste getrokken", "MAX"),
            text("herkomst", "Herkomst", lambda row: row.herkomst),
            text("document", "Document", lambda row: _document(swept, row.herkomst), width=40, wrap=True),
        ),
    )


def _reasons(swept: Swept) -> Iterator[Notes]:
    """What the case says of each source, once."""
    codes = dict.fromkeys(row.herkomst for row in swept.rows)
    lines = [f"{code}: {swept.provenance[code].toelichting}" for code in codes if code in swept.provenance]
    yield Notes("Waar de verdelingen op berusten", tuple(lines))


def _years(swept: Swept) -> Table[int]:
    return Table(
        "jaren",
        "Jaren",
        (swept.years[0],),
        (
            text("nr", "", lambda _: "", width=6),
            text("leeg", "", lambda _: "", width=6),
            text(
                "wat", "Wat", lambda _: "eerste jaar waarin een maatregel begint of kan beginnen", width=30, wrap=True
            ),
            Column("waarde", "Jaar", lambda year: year, "", Format.YEAR, Role.INPUT_SOURCED),
        ),
        fact=lambda _: "eerste_startjaar",
    )


def _drawn(swept: Swept, at: int, key: str) -> Value:
    if at not in swept.numeric:
        return ""
    sample = swept.tally.drawn[at].sample
    match key:
        case "laagst":
            return sample.lowest
        case "hoogst":
            return sample.highest
        case _:
            return sample.mean


def _document(swept: Swept, code: str) -> str:
    row = swept.provenance.get(code)
    if row is None:
        return ""
    return f"{row.soort}: {row.document}, {row.vindplaats}"


# --- controls --------------------------------------------------------------------------------


def controls_page(swept: Swept, others: Sequence[Page], written: Written) -> Page:
    """The sheet `controles`.

    Args:
        swept: the draws.
        others: the sheets that are counted.
        written: how much each of them held when the workbook was written.
    """
    return Page(
        "controles",
        "Controles",
        "Wat langs verschillende wegen op hetzelfde moet uitkomen. Alles hier rekent mee.",
        (_controls(swept), *_tables(swept), *controls(others, written), *counts(others, written)),
        tab="controle",
    )


def failures(swept: Swept) -> int:
    """How many controls fail."""
    return int(swept.tally.total != swept.info.aantal)


def _controls(swept: Swept) -> Table[Swept]:
    columns = ["telling.oordeel", "volgorde.oordeel"]
    columns += ["keuzetelling.oordeel"] if swept.case.measures else []
    columns += ["staaftelling.oordeel"] if swept.spread_goals else []
    counted = failing(*columns, *VERDICTS)
    failed = failures(swept)
    return Table(
        "controlestand",
        "",
        (swept,),
        (
            number("niet", "Controles die niet kloppen", lambda _: failed, counted, Format.COUNT),
            check(
                "oordeel",
                "Oordeel over alles",
                lambda _: verdict(failed == 0),
                holds("AND(ISNUMBER([niet]),[niet]=0)"),
            ),
        ),
    )


def _tables(swept: Swept) -> Iterator[Block]:
    yield _count(swept)
    yield _order(swept)
    if swept.case.measures:
        yield _chosen(swept)
    if swept.spread_goals:
        yield _bars(swept)


def _equal(left: str, right: str) -> str:
    return holds(f"AND(ISNUMBER({left}),{left}={right})")


def _count(swept: Swept) -> Table[Swept]:
    return Table(
        "telling",
        "Elke trekking is geteld",
        (swept,),
        (
            Column("gevraagd", "Gevraagd", lambda row: row.info.aantal, "", Format.COUNT, Role.DECISION),
            number(
                "geteld",
                "Bewezen, niet bewezen en mislukt samen",
                lambda row: row.tally.total,
                "[stand.bewezen!]+[stand.tijdslimiet!]+[stand.mislukt!]",
                Format.COUNT,
            ),
            check(
                "oordeel",
                "Gelijk",
                lambda row: verdict(row.tally.total == row.info.aantal),
                _equal("[geteld]", "[gevraagd]"),
            ),
        ),
    )


def _order(swept: Swept) -> Table[str]:
    keys = ("laagst", *SHARES, "hoogst")
    pairs = ",".join(f"[doel.{low}@]<=[doel.{high}@]" for low, high in pairwise(keys))
    return Table(
        "volgorde",
        "De percentielen lopen op",
        list(swept.goals),
        (
            text("doel", "Doel", lambda goal: goal, "[doel.doel@]", 34),
            check("oordeel", "Loopt op", lambda _: HOLDS, holds(f"AND({pairs})")),
        ),
    )


def _chosen(swept: Swept) -> Table[Swept]:
    total = swept.tally.started.total()
    return Table(
        "keuzetelling",
        "Keuzes per maatregel en per trekking",
        (swept,),
        (
            number("links", "Som over maatregelen", lambda _: total, "[keuze.gekozen=]", Format.COUNT),
            number("rechts", "Som over trekkingen", lambda _: total, "SUM([start.aantal])", Format.COUNT),
            check("oordeel", "Gelijk", lambda _: HOLDS, _equal("[links]", "[rechts]")),
        ),
    )


def _bars(swept: Swept) -> Table[Swept]:
    names = [f"staaf{swept.goals.index(goal)}" for goal in swept.spread_goals]
    count, bars = swept.proven, len(names)
    return Table(
        "staaftelling",
        "Elke verdeling telt alle trekkingen",
        (swept,),
        (
            number(
                "links",
                "Som over alle verdelingen",
                lambda _: count * bars,
                "+".join(f"[{name}.aantal=]" for name in names),
                Format.COUNT,
            ),
            number(
                "verdelingen",
                "Verdelingen",
                lambda _: bars,
                "+".join(f"(MAX([{name}.deel])>0)" for name in names),
                Format.COUNT,
            ),
            number(
                "rechts",
                "Trekkingen keer verdelingen",
                lambda _: count * bars,
                "[stand.bewezen!]*[verdelingen]",
                Format.COUNT,
            ),
            check("oordeel", "Gelijk", lambda _: HOLDS, _equal("[links]", "[rechts]")),
        ),
    )
