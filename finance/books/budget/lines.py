"""The sheet `dekking`: every cost line with its cover; and the calculation sheet beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from finance.books.budget import parts
from finance.books.budget.chains import Links
from finance.books.budget.draft import Draft, source_data_key
from finance.case.case import line_ids
from finance.case.sheets import Source
from finance.case.words import CREDIT, OPERATION, REALISED, VACANCY
from finance.money import ZERO
from finance.statement.lines import Line
from finance.tables import live, pasted
from finance.tables.columns import FAILS, or_else, verdict
from finance.tables.pages import Column, Page, Table

KEY: Final = "[lijn.regel@]"
OF_COST: Final = "[rekenlijn.rij_kosten@]"
OF_OPERATION: Final = "[rekenlijn.rij_exploitatie@]"
OF_VACANCY: Final = "[rekenlijn.rij_leegstand@]"
OF_MEASURE: Final = "[rekenlijn.rij_maatregel@]"
OF_CREDIT: Final = "[rekenlijn.rij_krediet@]"
OF_ACTUAL: Final = "[rekenlijn.rij_realisatie@]"
PAID_HERE: Final = "[rekenbetaling.rij_regel~],[rekenlijn.rij@]"
"""The payments of a line, found by its row number: a number is compared faster than a text."""


def page(draft: Draft, links: Links) -> Page:
    """The sheet `dekking`."""
    columns = _facts(draft) + _cover(draft) + _result(draft, links)
    table = Table(
        "lijn", "", draft.statement.lines, columns, ids=lambda row: line_ids(row.regel), blocks=draft.blocks_of_lines
    )
    return Page(
        "dekking",
        "Dekking",
        "Elke kostenregel van het plan, wat elke bron ervan betaalt en wat er ongedekt blijft. De kosten"
        " volgen uit maatregelen en plaatsen, de bedragen per bron uit het blad betalingen.",
        (table,),
        tab="besluit",
    )


def _facts(draft: Draft) -> tuple[Column[Line], ...]:
    place, place_sort = _of_place(draft)
    of_measure = f"INDEX([maatregelen.aanbieder],{OF_MEASURE})"
    named = f'INDEX([bezetting.locatie],{place})&" / "&INDEX([bezetting.zorgvorm],{place})'
    sort = f"IF({OF_COST}>0,INDEX([kost.kostensoort],{OF_COST}),{_or_actual(draft, 'kostensoort', place_sort)})"
    year = (
        f"IF({OF_COST}>0,INDEX([kost.jaar],{OF_COST}),{_or_actual(draft, 'jaar', f'INDEX([bezetting.jaar],{place})')})"
    )
    what = f"IF({OF_MEASURE}>0,INDEX([maatregelen.maatregel],{OF_MEASURE}),{named})"
    provider = f"IF({OF_MEASURE}>0,{of_measure},INDEX([rekenplaats.aanbieder],{place}))"
    return (
        pasted.text("regel", "Regel", lambda row: row.sleutel, width=8),
        live.text("waarvoor", "Waarvoor", _or_credit(draft, "krediet.bron", what), 28),
        live.text("aanbieder", "Aanbieder", _or_credit(draft, "rekenkrediet.aanbieder", provider)),
        live.text("kostensoort", "Kostensoort", _or_credit(draft, "rekenkrediet.kostensoort", sort), 21),
        live.year("jaar", "Jaar", _or_credit(draft, "krediet.jaar", year), 6),
        live.euro("kosten", "Kosten", _or_credit(draft, "krediet.rente", _costs(draft))),
    )


def _of_place(draft: Draft) -> tuple[str, str]:
    """Where the place-year of a line stands, and its kostensoort; of columns of their own where much else can be."""
    if _has_many_origins(draft):
        return "[rekenlijn.rij_plaats@]", "[rekenlijn.soort_plaats@]"
    return f"IF({OF_OPERATION}>0,{OF_OPERATION},{OF_VACANCY})", f'IF({OF_OPERATION}>0,"{OPERATION}","{VACANCY}")'


def _has_many_origins(draft: Draft) -> bool:
    """Whether a line can rest on a credit and on what was paid, beside its cost row and its place."""
    return bool(draft.case.credits) and draft.has_history


def _or_credit(draft: Draft, column: str, otherwise: str) -> str:
    """What a line of a credit gets from it, and another line elsewhere."""
    if not draft.case.credits:
        return otherwise
    return f"IF({OF_CREDIT}>0,INDEX([{column}],{OF_CREDIT}),{otherwise})"


def _or_actual(draft: Draft, column: str, of_place: str) -> str:
    """What a line without a cost row gets from its place, or from what was paid of it."""
    if not draft.has_history:
        return of_place
    return f"IF({OF_ACTUAL}>0,INDEX([realisatie.{column}],{OF_ACTUAL}),{of_place})"


def _costs(draft: Draft) -> str:
    """What a line costs: what was paid of it in a closed year, else what the plan makes it cost."""
    planned = (
        f"ROUND(IF({OF_COST}>0,SUMIFS([kost.nominaal~],[kost.rij~],{OF_MEASURE},[kost.regel~],[regel]),0)"
        f"+IF({OF_OPERATION}>0,INDEX([bezetting.exploitatie],{OF_OPERATION}),0)"
        f"+IF({OF_VACANCY}>0,INDEX([bezetting.leegstand],{OF_VACANCY}),0),2)"
    )
    if not draft.has_history:
        return planned
    paid = "ROUND(SUMIFS([realisatie.bedrag],[rekenrealisatie.rij_regel],[rekenlijn.rij@]),2)"
    return f"IF([jaar]<={{laatste_afgesloten}},{paid},{planned})"


def _cover(draft: Draft) -> tuple[Column[Line], ...]:
    def paid_by(source: Source) -> str:
        """What a source pays; a credit so much less as it gets back of the loan itself."""
        paid = f"SUMIFS([betaling.bedrag~],{PAID_HERE},[betaling.bron~],[^])"
        if source.soort != CREDIT:
            return paid
        return f'{paid}-IF([regel]="",0,SUMIFS([krediet.hoofdsom],[rekenkrediet.regel],[regel],[krediet.bron],[^]))'

    return tuple(
        replace(
            live.euro(key, draft.name("bron", source.bron), paid_by(source)),
            as_data=source_data_key(source),
        )
        for key, source in draft.source_keys
    )


def _all_sources(draft: Draft) -> str:
    """What all sources pay of a line: a payment out of a source that is not known is missed here, and in the totals."""
    keys = [key for key, _ in draft.source_keys]
    return f"ROUND(SUM([{keys[0]}:{keys[-1]}]),2)" if keys else "0"


def _result(draft: Draft, links: Links) -> tuple[Column[Line], ...]:
    numbers = draft.line_number
    return (
        live.euro("betaald", "Betaald", _all_sources(draft)),
        live.euro("ongedekt", "Ongedekt", "ROUND([kosten]-[betaald],2)"),
        live.check(
            "stand", "Gedekt?", or_else(f'IF([ongedekt]<0,"{FAILS}",IF([ongedekt]>0,"ONGEDEKT","GEDEKT"))', FAILS)
        ),
        links.row_column("lijn", lambda row: numbers[row.regel] - 1),
    )


def _state(row: Line) -> str:
    if row.ongedekt < ZERO:
        return verdict(False)
    return "ONGEDEKT" if row.ongedekt > ZERO else "GEDEKT"


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_dekking`: where each cost line comes from."""
    table = Table("rekenlijn", "", draft.statement.lines, _lookups(draft), blocks=draft.blocks_of_lines)
    return Page(
        "rekenblad_dekking",
        "Rekenblad: herkomst van kostenregels",
        "Op welke rij van welke tabel een kostenregel rust (0: niet in die tabel). Elke rij hoort bij"
        " dezelfde rij van het blad dekking.",
        (table,),
        tab="berekening",
    )


def _lookups(draft: Draft) -> tuple[Column[Line], ...]:
    origins = _origins(draft)
    paid = f"IFERROR(MATCH({KEY},[rekenrealisatie.regel],0),0)"

    def row_in(head: str, key: str, column: str) -> Column[Line]:
        stands_there = f"IFERROR(IF(INDEX([{column}],[wijzer])={KEY},[wijzer],0),0)"
        return live.number(f"rij_{key}", head, f"IF([wijzer]=0,0,{stands_there})")

    return (
        live.text("regel", "Regel", KEY, 9),
        live.number("rij", "Rij", "N([-rij])+1"),
        pasted.row_number("wijzer", "Rij waar de regel op rust", lambda row: origins.get(row.sleutel, 0)),
        row_in("Rij in rekenblad kosten", "kosten", "kost.regel"),
        row_in("Rij in capaciteit: exploitatie", OPERATION, "bezetting.regel_exploitatie"),
        row_in("Rij in capaciteit: leegstand", VACANCY, "bezetting.regel_leegstand"),
        *([row_in("Rij in kredieten", "krediet", "rekenkrediet.regel")] if draft.case.credits else []),
        *((live.number(f"rij_{REALISED}", "Rij in realisatie", paid),) if draft.has_history else ()),
        *_place_columns(draft),
        live.number("rij_maatregel", "Rij in maatregelen", _measure_row(draft)),
        live.text(
            "groep", "Groep", "INDEX([kostengroep.groep],MATCH([lijn.kostensoort@],[kostengroep.kostensoort],0))", 21
        ),
        *parts.line_columns(draft),
    )


def _place_columns(draft: Draft) -> tuple[Column[Line], ...]:
    if not _has_many_origins(draft):
        return ()
    operates = f"[rij_{OPERATION}]>0"
    return (
        live.number("rij_plaats", "Rij in capaciteit", f"IF({operates},[rij_{OPERATION}],[rij_{VACANCY}])"),
        live.text("soort_plaats", "Kostensoort van de plaats", f'IF({operates},"{OPERATION}","{VACANCY}")', 21),
    )


def _origins(draft: Draft) -> Mapping[str, int]:
    """The first row of `kost`, `bezetting` or `krediet` that each line rests on, counted from 1.

    A line finds its row by this number, and only if its key stands there: looking it up among all rows takes the
    square of their number. Where the key stands in another row, the line costs nothing and the totals differ.
    """
    found: dict[str, int] = {}
    for at, cost in enumerate(draft.cost_rows, start=1):
        if cost.lijn:
            found.setdefault(cost.lijn.sleutel, at)
    for at, place in enumerate(draft.place_rows, start=1):
        found.update({line.sleutel: at for line in place.lijnen.values()})
    for at, row in enumerate(draft.outcome.credits, start=1):
        if row.regel in draft.statement.line_of:
            found[draft.statement.line_of[row.regel].sleutel] = at
    return found


def _measure_row(draft: Draft) -> str:
    """Where the measure of a line stands: by its cost row, or by what was paid of it."""
    otherwise = "0"
    if draft.has_history:
        otherwise = "IF([rij_realisatie]>0,INDEX([rekenrealisatie.rij_maatregel],[rij_realisatie]),0)"
    return f"IF([rij_kosten]>0,INDEX([kost.rij],[rij_kosten]),{otherwise})"
