"""The workbook `verschil.xlsx`: every amount that differs, and the part of each cause, live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final

from finance.books.difference.amounts import (
    COST,
    EURO,
    GAP,
    PAID,
    WHOLE,
    Amounts,
    Key,
    Sort,
)
from finance.books.difference.causes import Cause, Difference, Step
from finance.books.difference.changes import Change
from finance.books.difference.decisions import decisions_page
from finance.books.quality import with_quality
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.columns import failing, holds
from finance.tables.grid import Book, Format, Role, Value
from finance.tables.pages import Column, Fact, Facts, Notes, Page, Table
from finance.tables.painting import book_of
from finance.tables.wholeness import Written

STATES: Final = {
    "toont_a": "A zoals de werkmap haar toont",
    "opnieuw": "A opnieuw berekend",
    "invoer": "Met de invoer van B",
    "regels": "Met peildatum en regels van B",
    "scenario": "Met het scenario van B",
    "start": "Met de startjaren van B",
    "bezetting": "Met de bezetting van B",
    "betaling": "Met de betalingen van B",
    "toont_b": "B zoals de werkmap haar toont",
}
"""The states between A and B, in order, and what stands above each."""
STATE_OF: Final = {
    Cause.INPUT: ("opnieuw", "invoer"),
    Cause.RULES: ("invoer", "regels"),
    Cause.SCENARIO: ("regels", "scenario"),
    Cause.STARTS: ("scenario", "start"),
    Cause.USE: ("start", "bezetting"),
    Cause.PAYMENTS: ("bezetting", "betaling"),
}
"""The states before and after each cause."""
EXPLANATION: Final = (
    "Elk bedrag van A is stap voor stap veranderd in dat van B. Elke stap heeft één oorzaak; haar effect"
    " is het bedrag erna min het bedrag ervoor. De effecten zijn samen precies het verschil.",
    "Gewijzigde invoer, peildatum en regels, scenario: het directe effect. De besluiten van A blijven"
    " daarbij staan zolang ze nog passen; wat van een kostenregel dan te weinig is betaald, is ongedekt.",
    "Besluit: wat er daarna verandert doordat B andere startjaren, bezette plaatsen of betalingen heeft.",
    "Versie van de toolkit: wat deze versie anders berekent dan de versie die A of B schreef.",
    "De volgorde ligt vast: invoer, regels, scenario, besluiten. In een andere volgorde kan een deel van"
    " het effect bij een andere oorzaak vallen.",
)


def difference_book(found: Difference) -> Book:
    """Make the workbook of a difference.

    Returns:
        The book, without its seal.
    """

    def pages(last: Page, _: Written) -> tuple[Page, ...]:
        others = (
            _amounts_page(found),
            _changes_page(found),
            decisions_page(found),
            _states_page(found),
            last,
        )
        return (_front(found, others), *others)

    return book_of("Verschil tussen twee begrotingen", with_quality(pages), {"soort": "verschil"})


def _front(found: Difference, others: tuple[Page, ...]) -> Page:
    return Page(
        "voorblad",
        "Verschil tussen twee begrotingen",
        "Wat er tussen werkmap A en werkmap B verschilt, en waardoor. Een verschil is B min A.",
        (
            _verdict(found),
            _origins(found),
            Notes("Waarom de besluiten verschillen", (found.choice.value,)),
            _rules(found),
            Notes("Hoe dit te lezen", EXPLANATION),
            Facts("Bladen", tuple(Fact(page.naam, page.title, link=f"{page.naam}!A1") for page in others)),
        ),
    )


def _verdict(found: Difference) -> Table[Difference]:
    return Table(
        "oordeel",
        "",
        (found,),
        (
            live.number(
                "bedragen",
                "Bedragen die verschillen",
                'COUNTIF([verschil.verschil],">0")+COUNTIF([verschil.verschil],"<0")',
                Format.COUNT,
            ),
            live.number(
                "onverklaard", "Bedragen met een rest", failing("verschil.oordeel") if found.keys else "0", Format.COUNT
            ),
            live.check("oordeel", "Verklaard zonder rest", holds("[onverklaard]=0")),
        ),
    )


def _amount(amounts: Amounts, key: Key) -> Fraction:
    return amounts.get(key, Fraction(0))


@dataclass(frozen=True, slots=True)
class _Origin:
    """One thing that two workbooks were made from or with."""

    wat: str
    a: str
    b: str


def _origins(found: Difference) -> Table[_Origin]:
    rows = [
        _Origin("Bestand", found.a.naam, found.b.naam),
        _Origin("Vingerafdruk van de werkmap", found.a.vingerafdruk, found.b.vingerafdruk),
        *(_Origin(*made) for made in found.made),
    ]
    return Table(
        "gemaakt",
        "Waaruit en waarmee de twee zijn gemaakt",
        rows,
        (
            pasted.text("wat", "Wat", lambda row: row.wat, width=30),
            pasted.text("a", "A", lambda row: row.a, width=44, wrap=True),
            pasted.text("b", "B", lambda row: row.b, width=44, wrap=True),
            live.text("gelijk", "Gelijk?", 'IF([a]=[b],"gelijk","verschilt")'),
        ),
    )


def _rules(found: Difference) -> Table[tuple[str, str, str]]:
    return Table(
        "regelversie",
        "Versies van regels die verschillen",
        found.rules,
        (
            pasted.text("regel", "Regel", lambda row: row[0], width=30),
            pasted.text("a", "In A", lambda row: row[1] or "geldt niet", width=44, wrap=True),
            pasted.text("b", "In B", lambda row: row[2] or "geldt niet", width=44, wrap=True),
        ),
    )


def shown_amount(key: Key, value: Fraction) -> Money | Fraction:
    """An amount as a workbook holds it: money in cents."""
    return Money.from_euros(value) if key.eenheid == EURO else value


def _format(key: Key) -> Format:
    if key.eenheid == EURO:
        return Format.EURO
    return Format.PLACES if key.eenheid == "plaatsjaren" else Format.GENERAL


def _names() -> tuple[Column[Key], ...]:
    return (
        pasted.text("soort", "Soort bedrag", lambda key: key.soort, width=14),
        pasted.text("naam", "Waarvan", lambda key: key.naam, width=40),
        pasted.text("wat", "Wat", lambda key: key.wat, width=22),
        pasted.text("eenheid", "Eenheid", lambda key: key.eenheid, width=10),
    )


def _amounts_page(found: Difference) -> Page:
    table = Table("verschil", "", found.keys, (*_names(), *_effects(), *_rest()))
    return Page(
        "verschil",
        "Verschil per bedrag, verdeeld over de oorzaken",
        "Elk bedrag dat verschilt, of dat door een oorzaak verandert en door een andere weer terugkomt. De"
        " laatste kolommen tonen dat er geen rest is.",
        (table,),
    )


def _effects() -> tuple[Column[Key], ...]:
    def value(name: str, head: str, formula: str) -> Column[Key]:
        return live.column(name, head, formula, _format, width=16)

    causes = [
        value(after, cause.value, f"ROUND([stand.{after}@]-[stand.{before}@],6)")
        for cause, (before, after) in STATE_OF.items()
    ]
    again = "[stand.opnieuw@]-[stand.toont_a@]+[stand.toont_b@]-[stand.betaling@]"
    return (
        value("a", "A", "[stand.toont_a@]"),
        value("b", "B", "[stand.toont_b@]"),
        live.column("verschil", "Verschil", "ROUND([b]-[a],6)", _format, width=16),
        *causes,
        value("versie", Cause.VERSION.value, f"ROUND({again},6)"),
    )


def _rest() -> tuple[Column[Key], ...]:
    return (
        live.column("rest", "Rest", "ROUND([verschil]-SUM([invoer:versie]),6)", _format, width=10),
        live.check("oordeel", "Zonder rest", holds("[rest]=0")),
    )


def _states_page(found: Difference) -> Page:
    states = _states(found)

    def of(name: str) -> Callable[[Key], Value]:
        return lambda key: shown_amount(key, _amount(states[name], key))

    columns = tuple(Column(name, head, of(name), "", _format, Role.DECISION, 18) for name, head in STATES.items())
    return Page(
        "tussenstanden",
        "Tussenstanden",
        "De bedragen van A, na elke oorzaak opnieuw berekend, tot en met die van B. Elke rij hoort bij"
        " dezelfde rij van het blad verschil.",
        (Table("stand", "", found.keys, (*_names(), *columns)),),
        tab="berekening",
    )


def _states(found: Difference) -> Mapping[str, Amounts]:
    """The amounts in each state: after the last step of its cause, or as before where it has none."""
    again, *steps, last = found.steps
    ends = {step.cause: step.after for step in steps}
    reached = accumulate(
        (cause for cause in STATE_OF), lambda before, cause: ends.get(cause, before), initial=again.after
    )
    return dict(zip(STATES, (found.a.shown, *reached, last.after), strict=True))


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A step with its number; the first is A itself."""

    nummer: int
    oorzaak: str
    wat: str
    before: Amounts
    after: Amounts

    def amount(self, what: str) -> Money:
        """An amount of the whole plan after the step."""
        return Money.from_euros(_amount(self.after, _whole(what)))

    def effect(self, what: str) -> Money:
        """What the step does to it."""
        return self.amount(what) - Money.from_euros(_amount(self.before, _whole(what)))


def _whole(what: str) -> Key:
    return Key(Sort.SUMMARY, WHOLE, what)


def _numbered(found: Difference) -> list[_Numbered]:
    shown = found.a.shown
    rows = [_Numbered(1, "", "A zoals de werkmap haar toont", shown, shown)]
    for step in found.steps:
        rows.append(_Numbered(len(rows) + 1, step.cause.value, step.wat, rows[-1].after, step.after))
    return rows


def _changes_page(found: Difference) -> Page:
    return Page(
        "wijzigingen",
        "Stappen en gewijzigde invoer",
        "De stappen van A naar B met hun effect op het hele plan, en elke cel van de invoer die verschilt."
        " Wat alleen samen een geldige casus geeft, is één stap.",
        (_steps(found), _cells(found)),
    )


def _steps(found: Difference) -> Table[_Numbered]:
    def state(what: str) -> Column[_Numbered]:
        return pasted.decision(what, what.capitalize(), lambda row: row.amount(what), Format.EURO, width=16)

    def effect(what: str) -> Column[_Numbered]:
        return live.euro(
            f"effect_{what}", f"Effect op {what}", f"IF([nr]=1,0,ROUND([{what}]-N([-{what}]),2))", width=16
        )

    return Table(
        "stap",
        "Stappen",
        _numbered(found),
        (
            live.number("nr", "Stap", "N([-nr])+1", Format.COUNT),
            pasted.text("oorzaak", "Oorzaak", lambda row: row.oorzaak, width=22),
            pasted.text("wat", "Wat er verandert", lambda row: row.wat, width=44, wrap=True),
            *(state(what) for what in (COST, PAID, GAP)),
            *(effect(what) for what in (COST, PAID, GAP)),
        ),
    )


def _cells(found: Difference) -> Table[tuple[int, Step, Change]]:
    rows = [(at, step, change) for at, step in enumerate(found.steps, start=2) for change in step.changes]
    causes = {id(change): cause for cause, change in found.changes}
    return Table(
        "cel",
        "Gewijzigde invoer, cel voor cel",
        rows,
        (
            pasted.text("stap", "Stap", lambda row: str(row[0]), width=8),
            pasted.text("oorzaak", "Oorzaak", lambda row: causes[id(row[2])].value, width=22),
            pasted.text("rij", "Rij in de invoer", lambda row: f"{row[2].blad}: {row[2].sleutel}", width=44, wrap=True),
            pasted.text("kolom", "Kolom", lambda row: row[2].kolom, width=16),
            pasted.text("hoe", "Wat", lambda row: row[2].how.value, width=16),
            pasted.text("oud", "In A", lambda row: row[2].oud, width=16, wrap=True),
            pasted.text("nieuw", "In B", lambda row: row[2].nieuw, width=16, wrap=True),
            pasted.text("cel", "Op uitgangspunten", lambda row: row[2].cel, width=16),
        ),
    )
