"""The sheets of what has happened: plan beside actual, and where each actual amount goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, TypeVar

from finance.books.budget.draft import Draft
from finance.case.actuals import Actual, Started
from finance.case.case import CostLine, paid_line
from finance.case.words import COST_SORTS, OPERATION
from finance.money import ZERO, Money
from finance.statement.accountability import ASSUMPTION
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

R = TypeVar("R")

OUT_OF_WINDOW: Final = "buiten de eigen jaren"
IN_WINDOW: Final = "ja"
LAST: Final = 'IF({afgesloten_tot}="",MAX([realisatie.jaar]),{afgesloten_tot})'
"""The last closed year: as the input gives it, or the last one that was paid in."""
UNPAID: Final = "niets betaald"
UNPLANNED: Final = "niet gepland"
SAME_LINE: Final = (
    "AND(N([-jaar])>0,[maatregel]=[-maatregel],[locatie]=[-locatie],[zorgvorm]=[-zorgvorm],"
    "[kostensoort]=[-kostensoort])"
)
"""Whether the row above is the same line a year earlier; above the first row stands a head."""
MEASURE_ROW: Final = "MATCH([maatregel],[maatregelen.maatregel],0)"


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `realisatie`; none where no year is closed."""
    return (page(draft),) if draft.has_history else ()


def page(draft: Draft) -> Page:
    """The sheet `realisatie`."""
    return Page(
        "realisatie",
        "Realisatie naast begroting",
        "Wat in de afgesloten jaren is betaald, naast wat dit plan er met de prijzen van de invoer voor zou"
        " rekenen. Van een afgesloten jaar telt alleen de realisatie; wat daarna komt, is opnieuw gepland.",
        (
            _closing(draft, "afgesloten", "{laatste_afgesloten}"),
            _years(draft),
            _lines(draft),
            _started(draft),
        ),
    )


def _closing(draft: Draft, name: str, formula: str, fact: str = "") -> Table[Draft]:
    """The last closed year."""
    return Table(
        name,
        "",
        (draft,),
        (
            pasted.text("naam", "Afsluiting", lambda _: "Afgesloten tot en met", width=24),
            live.year("waarde", "Jaar", formula, 20),
        ),
        fact=lambda _: fact,
    )


@dataclass(frozen=True, slots=True)
class _Year:
    """All costs of a year: at the prices of the plan, and as they count."""

    jaar: int
    begroot: Money
    telt: Money


def _years(draft: Draft) -> Table[_Year]:
    interest = {row.regel: row.rente for row in draft.outcome.credits}
    planned = _by_year({**draft.outcome.planned_costs, **interest})
    counted = _by_year(draft.outcome.counted_costs)
    of_credits = "+SUMIFS([krediet.rente],[krediet.jaar],[jaar])" if draft.case.credits else ""
    of_places = "+".join(f"SUMIFS([bezetting.{sort}],[bezetting.jaar],[jaar])" for sort in ("exploitatie", "leegstand"))
    return Table(
        "realisatiejaar",
        "Per jaar",
        [_Year(at, planned.get(at, ZERO), counted.get(at, ZERO)) for at in draft.years],
        (
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
            label(),
            live.euro(
                "begroot",
                "Tegen prijzen van het plan",
                f"ROUND(SUMIFS([kost.nominaal],[kost.jaar],[jaar])+{of_places}{of_credits},2)",
            ),
            live.euro("telt", "Telt in dit plan", "ROUND(SUMIFS([lijn.kosten],[lijn.jaar],[jaar]),2)"),
            live.euro("verschil", "Verschil", "ROUND([telt]-[begroot],2)"),
        ),
        "Een afgesloten jaar telt zoals het is gerealiseerd; een verschil is alleen daar mogelijk.",
    )


def _by_year(costs: Mapping[CostLine, Money]) -> Mapping[int, Money]:
    totals: dict[int, Money] = {}
    for line, amount in costs.items():
        totals[line.jaar] = totals.get(line.jaar, ZERO) + amount
    return totals


def label() -> Column[Any]:
    """Whether the numbers of a year are realisatie, prognose or begroting."""
    return live.text("cijfer", "Soort cijfer", "INDEX([jaren.cijfer],MATCH([jaar],[jaren.jaar],0))", 20)


@dataclass(frozen=True, slots=True)
class _Compared:
    """A cost line of a closed year: planned and paid."""

    regel: CostLine
    begroot: Money
    werkelijk: Money

    @property
    def verschil(self) -> Money:
        """What was paid more than planned; below zero where it was less."""
        return self.werkelijk - self.begroot

    @property
    def deel(self) -> Fraction | str:
        """The difference as a share of what was planned; empty where nothing was."""
        return Fraction(self.verschil.cents, self.begroot.cents) if self.begroot.cents else ""


def _compared(draft: Draft) -> Sequence[_Compared]:
    """What was planned or paid in some closed year, in each of them, in the order of the input.

    What a credit got back is no cost of the plan: it stands on the sheet `kredieten`.
    """
    planned, paid = draft.outcome.planned_costs, draft.outcome.costs
    closed = draft.case.closed_years
    named = {
        replace(line, jaar=0)
        for line, amount in (*planned.items(), *paid.items())
        if line.jaar in closed and amount != ZERO and not line.krediet
    }
    measures, places = draft.measure_number, {key: at for at, key in enumerate(draft.case.place)}

    def order(line: CostLine) -> tuple[bool, int, int]:
        owner = measures[line.maatregel] if line.maatregel else places[line.locatie, line.zorgvorm]
        return not line.maatregel, owner, COST_SORTS.index(line.kostensoort)

    lines = (replace(line, jaar=at) for line in sorted(named, key=order) for at in closed)
    return [_Compared(line, planned.get(line, ZERO), paid.get(line, ZERO)) for line in lines]


def _lines(draft: Draft) -> Table[_Compared]:
    same_measure = "{t}.maatregel],[maatregel],{t}.kostensoort],[kostensoort],{t}.jaar],[jaar]"
    same_place = "{t}.locatie],[locatie],{t}.zorgvorm],[zorgvorm],{t}.jaar],[jaar]"
    of_cost, of_actual = (same_measure.replace("{t}", f"[{name}") for name in ("kost", "realisatie"))
    at_place, paid_at = (same_place.replace("{t}", f"[{name}") for name in ("bezetting", "realisatie"))
    paid_at += ",[realisatie.kostensoort],[kostensoort]"
    planned = (
        f'IF([maatregel]="",IF([kostensoort]="{OPERATION}",SUMIFS([bezetting.exploitatie],{at_place}),'
        f"SUMIFS([bezetting.leegstand],{at_place})),SUMIFS([kost.nominaal],{of_cost}))"
    )
    paid = f'IF([maatregel]="",SUMIFS([realisatie.bedrag],{paid_at}),SUMIFS([realisatie.bedrag],{of_actual}))'
    return Table(
        "vergelijking",
        "Per kostenregel van de afgesloten jaren",
        _compared(draft),
        (
            pasted.text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.regel.maatregel), width=24),
            pasted.text("locatie", "of locatie", lambda row: draft.name("locatie", row.regel.locatie), width=20),
            pasted.text("zorgvorm", "en zorgvorm", lambda row: draft.name("zorgvorm", row.regel.zorgvorm), width=16),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.regel.kostensoort, width=22),
            live.year("jaar", "Jaar", f"IF({SAME_LINE},[-jaar]+1,{{eerste_jaar}})"),
            live.euro("begroot", "Tegen prijzen van het plan", f"ROUND({planned},2)"),
            live.euro("werkelijk", "Realisatie", f"ROUND({paid},2)"),
            live.euro("verschil", "Verschil", "ROUND([werkelijk]-[begroot],2)"),
            live.number("deel", "Verschil, deel", 'IF([begroot]=0,"",[verschil]/[begroot])', Format.PERCENT),
            live.text(
                "opmerking",
                "Opmerking",
                f'IF([verschil]=0,"",IF([werkelijk]=0,"{UNPAID}",IF([begroot]=0,"{UNPLANNED}","")))',
                18,
            ),
        ),
        "Verschil: realisatie min plan. Wat niet is betaald, schuift niet vanzelf door naar een later jaar.",
    )


def _started(draft: Draft) -> Table[Started]:
    measure = draft.case.measure
    window = (
        f"IF(AND([jaar]>=INDEX([maatregelen.vroegste_start],{MEASURE_ROW}),"
        f'[jaar]<=INDEX([maatregelen.laatste_start],{MEASURE_ROW})),"{IN_WINDOW}","{OUT_OF_WINDOW}")'
    )

    def inside(row: Started) -> str:
        known = measure[row.maatregel]
        return IN_WINDOW if known.vroegste_start <= row.jaar <= known.laatste_start else OUT_OF_WINDOW

    return Table(
        "begonnen",
        "Wat is begonnen",
        draft.case.started_rows,
        (
            live.text("maatregel", "Maatregel", "[gestart.maatregel@]", 24),
            live.year("jaar", "Begonnen in", "[gestart.jaar@]"),
            live.text("venster", "In de eigen jaren?", window, 22),
            live.year("start", "Start in dit plan", f"INDEX([plan.start],{MEASURE_ROW})"),
            live.text("gelijk", "Gelijk?", 'IF([jaar]=[start],"ja","nee")'),
        ),
        "Een begin buiten de eigen jaren van een maatregel is een feit en telt gewoon mee.",
    )


def calculation_pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet `rekenblad_realisatie`; none where no year is closed."""
    if not draft.has_history:
        return ()
    return (
        Page(
            "rekenblad_realisatie",
            "Rekenblad: realisatie in dekking",
            "Het laatste afgesloten jaar, bij welke kostenregel van het blad dekking een rij van realisatie"
            " hoort, en wat de rijen voor dezelfde regel en bron samen zijn. Elke rij hoort bij dezelfde rij"
            " van de tabel realisatie op het blad uitgangspunten.",
            (_closing(draft, "afsluiting", LAST, "laatste_afgesloten"), _calculation(draft)),
            tab="berekening",
        ),
    )


def _calculation(draft: Draft) -> Table[Actual]:
    return Table("rekenrealisatie", "", draft.case.actuals, (*_places_of_rows(draft), *_booked(draft)))


def _places_of_rows(draft: Draft) -> tuple[Column[Actual], ...]:
    """Where each row of `realisatie` belongs, and what it is worth."""
    lines, _numbers, _measures = draft.statement.line_of, draft.line_number, draft.measure_number

    def key(row: Actual) -> str:
        line = lines.get(paid_line(row))
        return line.sleutel if line else ""

    return (
        pasted.text("regel", "Regel in dekking", key, width=11),
        live.number("rij_regel", "Rij in dekking", "IFERROR(MATCH([regel],[lijn.regel],0),0)"),
        live.number(
            "rij_maatregel", "Rij in maatregelen", "IFERROR(MATCH([realisatie.maatregel@],[maatregelen.maatregel],0),0)"
        ),
        live.number(
            "contant",
            "Contant",
            _worth(draft),
            Format.EURO,
        ),
    )


def _worth(draft: Draft) -> str:
    """What a row is worth; of what a credit got back only the interest counts, on its own sheet."""
    worth = "[realisatie.bedrag@]*SUMIFS([jaren.disconto],[jaren.jaar],[realisatie.jaar@])"
    if not draft.shows("realisatie", "krediet"):
        return worth
    return f'IF([realisatie.krediet@]="",{worth},0)'


def _booked(draft: Draft) -> tuple[Column[Actual], ...]:
    """What the rows for one line and source come to together, and what of it rests on an assumption.

    The key is made of row numbers, so that it is short and no part of it can look like a condition.
    """
    rows = draft.case.actuals
    first: dict[tuple[CostLine, str], int] = {}
    for row in rows:
        first.setdefault((paid_line(row), row.bron), row.rij)
    same = "[rekenrealisatie.sleutel],[sleutel]"
    is_first = "MATCH([sleutel],[rekenrealisatie.sleutel],0)=[rij]"
    assumed = f'SUMIFS([realisatie.bedrag],{same},[realisatie.soort_herkomst],"{ASSUMPTION}")'

    def pair(row: Actual) -> tuple[CostLine, str]:
        return paid_line(row), row.bron

    return (
        live.number("rij", "Rij", "N([-rij])+1", Format.COUNT),
        live.text("sleutel", "Kostenregel en bron", _booking_key(draft), 20),
        live.euro("samen", "Samen voor regel en bron", f"ROUND(SUMIFS([realisatie.bedrag],{same}),2)", total=False),
        live.euro("aangenomen", "Waarvan op een aanname", f"ROUND({assumed},2)", total=False),
        live.euro("onzeker", "Onzeker", f"IF({is_first},MAX([aangenomen],-[aangenomen]),0)"),
    )


def _booking_key(draft: Draft) -> str:
    """The same with the credit that is paid back, where some row names one."""
    if not draft.shows("realisatie", "krediet"):
        return BOOKING_KEY
    return f'{BOOKING_KEY}&"|"&IFERROR(MATCH([realisatie.krediet@],[dekking.bron],0),0)'


BOOKING_KEY: Final = '&"|"&'.join(
    (
        "[rij_maatregel]",
        "IFERROR(MATCH([realisatie.locatie@],[locaties.locatie],0),0)",
        "IFERROR(MATCH([realisatie.zorgvorm@],[zorgvormen.zorgvorm],0),0)",
        "IFERROR(MATCH([realisatie.kostensoort@],[kostengroep.kostensoort],0),0)",
        "[realisatie.jaar@]",
        "IFERROR(MATCH([realisatie.bron@],[dekking.bron],0),0)",
    )
)
"""What tells cost lines and sources apart: the rows of their ids, and the year."""
