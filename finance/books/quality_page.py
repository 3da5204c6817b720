"""The sheet `kwaliteit`: what the conventions for spreadsheets ask, and how this workbook scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from finance.books.quality import PRINCIPLES, Flaw, Principle, flaws_of
from finance.tables import live, pasted
from finance.tables.columns import HOLDS
from finance.tables.grid import Format, Role
from finance.tables.pages import Notes, Page, Table
from finance.tables.painting import book_of
from finance.tables.wholeness import Written, measured

FALLS_SHORT: Final = "NIET"
TO_KNOW: Final = "TER KENNISNAME"
MOST: Final = 50
"""The most places of one principle that are listed; a workbook of the toolkit has none."""
LONGEST: Final = 200
FIRST: Final = "INDEX([bevinding.plaats],MATCH([principe],[bevinding.principe],0))"
UNMEASURED: Final = (
    "Of een rekenblad het juiste middel is, of wie het gebruikt er genoeg van weet, en of er afspraken zijn"
    " (ICAEW 1 tot en met 5): dat is aan de organisatie.",
    "Versies (ICAEW 17): blad zegel draagt een vingerafdruk van de hele inhoud. Bewaar elke werkmap die is"
    " vastgesteld.",
    "Testen (ICAEW 18): elke formule is bij het schrijven herberekend door een andere rekenmachine, en is"
    " gelijk aan wat de toolkit uitrekende.",
    "Beschermen (ICAEW 20): de bladen zijn niet vergrendeld, zodat u kunt narekenen en proberen. Wat er wordt"
    " gewijzigd laat 'spuk verify' zien aan de hand van blad zegel.",
)


def with_quality(pages_of: Callable[[Page, Written], tuple[Page, ...]]) -> tuple[Page, ...]:
    """The pages of a workbook with a sheet that says how well they are made, this sheet itself included.

    Args:
        pages_of: puts the sheet among the others, of which it is told how much each holds.
    """
    empty = pages_of(quality_page(()), Written())
    book = book_of("", empty, valued=False)
    return pages_of(quality_page(flaws_of(book)), measured(book, empty))


def quality_page(flaws: Sequence[Flaw]) -> Page:
    """The sheet `kwaliteit`."""
    listed = [flaw for each in PRINCIPLES for flaw in islice(_of(each, flaws), MOST)]
    return Page(
        "kwaliteit",
        "Kwaliteit van deze werkmap",
        "Wat de ICAEW (Twenty principles for good spreadsheet practice) en de FAST Standard van een werkmap"
        " vragen, gemeten over alle cellen toen deze werkmap werd geschreven.",
        (
            _score(),
            _principles(listed),
            _listed(listed),
            Notes("Wat zij ook vragen, en hoe daarin is voorzien", UNMEASURED),
        ),
        tab="controle",
    )


def _of(principle: Principle, flaws: Sequence[Flaw]) -> list[Flaw]:
    return [flaw for flaw in flaws if flaw.principe == principle.key]


def _score() -> Table[str]:
    return Table(
        "kwaliteitsstand",
        "",
        ("",),
        (
            live.number(
                "voldoet", "Principes waaraan is voldaan", f'COUNTIF([principe.oordeel],"{HOLDS}")', Format.COUNT
            ),
            live.number(
                "niet", "Waaraan niet is voldaan", f'COUNTIF([principe.oordeel],"{FALLS_SHORT}")', Format.COUNT
            ),
        ),
    )


def _principles(listed: Sequence[Flaw]) -> Table[Principle]:
    def first(principle: Principle) -> str:
        found = _of(principle, listed)
        return _place(found[0]) if found else ""

    return Table(
        "principe",
        "Principes",
        PRINCIPLES,
        (
            pasted.text("principe", "Principe", lambda row: row.key, width=18),
            pasted.text("vraag", "Wat het vraagt", lambda row: row.vraag, width=34, wrap=True),
            pasted.text("bron", "Bron", lambda row: row.bron, width=16, wrap=True),
            pasted.text("meting", "Wat er is gezocht", lambda row: row.meting, width=48, wrap=True),
            pasted.text("telt", "Telt mee", lambda row: "ja" if row.telt else "nee", width=8),
            live.number("gevonden", "Gevonden", "COUNTIF([bevinding.principe],[principe])", Format.COUNT),
            live.column(
                "oordeel",
                "Oordeel",
                f'IF([gevonden]=0,"{HOLDS}",IF([telt]="ja","{FALLS_SHORT}","{TO_KNOW}"))',
                Format.TEXT,
                role=Role.CHECK,
                width=18,
            ),
            live.text("eerste", "De eerste", f'IF([gevonden]=0,"",{FIRST})', 26, wrap=True),
        ),
    )


def _listed(listed: Sequence[Flaw]) -> Table[Flaw]:
    return Table(
        "bevinding",
        "Wat er is gevonden",
        listed,
        (
            pasted.text("principe", "Principe", lambda row: row.principe, width=18),
            pasted.text("plaats", "Waar", _place, width=34, wrap=True),
            pasted.text("blad", "Blad", lambda row: row.blad, width=16),
            pasted.text("wat", "Wat", lambda row: row.wat[:LONGEST], width=48, wrap=True),
        ),
    )


def _place(flaw: Flaw) -> str:
    return f"{flaw.blad}!{flaw.cel}"
