"""The sheet `kwaliteit`: a few counts of this workbook, and which conventions for spreadsheets it does not follow.

The conventions are the Twenty principles for good spreadsheet practice of the ICAEW and the FAST Standard (02a). What
of them holds for every workbook of the toolkit is a test of the toolkit; a workbook counts what a reader
can weigh for himself, and says in words what is not met. A test holds these words against what is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from finance.tables import pasted
from finance.tables.grid import Book, Format, Number, Role
from finance.tables.pages import Column, Notes, Page, Table
from finance.tables.painting import book_of
from finance.tables.wholeness import AS_WRITTEN, Written, measured

LONG: Final = 200
"""From how many characters on a formula counts as long: about two lines of the formula bar."""
KINDS: Final = {
    "Getallen uit een bron": Role.INPUT_SOURCED,
    "Getallen die een aanname zijn": Role.INPUT_ASSUMED,
    "Getallen die het model besloot": Role.DECISION,
}
NOT_MET: Final = (
    "Dezelfde kolommen op elk blad (FAST 1.01-02, 2.01-01, 2.01-03): elk blad heeft zijn eigen kolommen, en op één"
    " blad staan tabellen met verschillende kolommen onder elkaar. Een eigen kolom voor eenheid en totaal is er niet.",
    "Eén tijdas, van links naar rechts (FAST 2.01-02): jaren staan in de meeste tabellen onder elkaar. Een formule"
    " geldt daarom voor een hele kolom en niet voor een hele rij: kijk per kolom de bovenste cel na.",
    "Bladen in de volgorde van de berekening (FAST 1.02-01): wat u het eerst wilt lezen staat vooraan; invoer en"
    " rekenbladen staan erachter.",
    "Vlaggen voor de tijd (FAST 1.02-03, 3.07-01): of een jaar meetelt, staat in de formules zelf.",
    "Korte formules (ICAEW 13; FAST 3.03-01 tot en met 3.03-03): niet elke formule past op één regel of is in 24"
    " seconden uit te leggen. De lengte van de langste staat hierboven; zelf houdt de toolkit 600 tekens aan.",
    "Geen ALS in ALS (FAST 3.03-07): het komt voor, hooguit drie diep.",
    "Eén keer rekenen en niet doorverwijzen naar een verwijzing (ICAEW 15; FAST 1.01-07, 3.06-02): een bedrag gaat"
    " langs meer bladen naar de uitkomst, en controles tellen met opzet nog eens.",
    "Alle controles in beeld (FAST 2.03-05): het oordeel staat op één blad, niet bovenaan elk blad.",
    "Alleen invoer die wordt gebruikt (ICAEW 9): er staat ook invoer die geen formule leest, omdat zij uitleg is of"
    " alleen bij het plannen meetelt.",
    "Beschermen (ICAEW 20): de bladen zijn niet vergrendeld, zodat u kunt narekenen en proberen. 'spuk verify' laat"
    " zien wat er sinds het schrijven is gewijzigd.",
)
"""What the conventions ask and the workbooks of the toolkit do not do."""
TESTED: Final = (
    "Geen getallen in formules, behalve 0, 1 en het aantal decimalen van een afronding (ICAEW 14; FAST 3.04-01).",
    "Een kolom heeft één formule (ICAEW 12; FAST 3.02-01). Telt zij rijen van een andere tabel met een kenmerk op, dan"
    " noemt elke cel de rijen waar dat kenmerk stond; verder is de formule gelijk.",
    "Elk vast getal is gemerkt als invoer of besluit (ICAEW 10; FAST 1.01-01); de berekening leest nooit een uitkomst.",
    "Geen kringverwijzingen (FAST 1.01-11), niets verborgen (ICAEW 6; FAST 2.01-08), geen getallen als tekst en geen"
    " samengevoegde cellen waar gerekend wordt (ICAEW 11).",
    "Geen VERSCHUIVING, INDIRECT of andere vluchtige functies (FAST 4.01-03), alleen functies die elke Excel sinds 2007"
    " kent (ICAEW 16; FAST 3.03-04), geen koppelingen naar andere bestanden (FAST 1.03).",
    "Elk oordeel telt mee op het eerste blad (ICAEW 19), en elk blad begint met wat het laat zien (ICAEW 7).",
    "Elke formule geeft in twee rekenmachines hetzelfde (ICAEW 18).",
)
"""What the tests of the toolkit measure over every cell of workbooks of every kind."""
ELSEWHERE: Final = (
    "Of een rekenblad het juiste middel is, of wie het gebruikt er genoeg van weet, en of er afspraken zijn"
    " (ICAEW 1 tot en met 5), en of vastgestelde versies worden bewaard (ICAEW 17): dat is aan uw organisatie."
    " Blad zegel draagt een vingerafdruk van de hele inhoud.",
)


@dataclass(frozen=True, slots=True)
class Count:
    """One number about a workbook.

    Attributes:
        wat: what is counted, in Dutch.
        aantal: how much there is of it.
    """

    wat: str
    aantal: int


def with_quality(pages_of: Callable[[Page, Written], tuple[Page, ...]]) -> tuple[Page, ...]:
    """The pages of a workbook with the sheet `kwaliteit`, which counts itself too.

    Args:
        pages_of: puts the sheet among the others, of which it is told how much each holds.
    """
    empty = pages_of(quality_page(counts_of(Book("", ()), ())), Written())
    book = book_of("", empty, valued=False)
    return pages_of(quality_page(counts_of(book, empty)), measured(book, empty))


def counts_of(book: Book, pages: Sequence[Page]) -> tuple[Count, ...]:
    """What the sheet counts, from the cells of a book and the pages that it was made of."""
    cells = [cell for sheet in book.sheets for cell in sheet.cells.values()]
    lengths = [len(cell.formula) for cell in cells if cell.formula]
    typed = [cell.role for cell in cells if not cell.formula and isinstance(cell.value, Number | date)]
    tables = [block for page in pages for block in page.blocks if isinstance(block, Table)]
    return (
        Count("Bladen", len(book.sheets)),
        Count("Cellen met een formule", len(lengths)),
        Count("Kolommen met een formule", sum(bool(column.formula) for table in tables for column in table.columns)),
        Count("Tekens van de langste formule", max(lengths, default=0)),
        Count(f"Formules van meer dan {LONG} tekens", sum(length > LONG for length in lengths)),
        *(Count(wat, typed.count(role)) for wat, role in KINDS.items()),
    )


def quality_page(counts: Sequence[Count]) -> Page:
    """The sheet `kwaliteit`."""
    return Page(
        "kwaliteit",
        "Kwaliteit van deze werkmap",
        "Enkele tellingen van deze werkmap, en wat de ICAEW (Twenty principles for good spreadsheet practice) en de"
        " FAST Standard van een werkmap vragen en hier niet zo is.",
        (
            _counts(counts),
            Notes("Waaraan deze werkmap niet voldoet", NOT_MET),
            Notes("Wat de toolkit bij elke soort werkmap test, over alle cellen", TESTED),
            Notes("Wat niet aan de werkmap zelf is te zien", ELSEWHERE),
        ),
        tab="controle",
    )


def _counts(counts: Sequence[Count]) -> Table[Count]:
    return Table(
        "kwaliteit",
        "Tellingen bij het schrijven",
        counts,
        (
            pasted.text("wat", "Wat", lambda row: row.wat, width=60),
            Column(
                "aantal",
                "Aantal",
                lambda row: row.aantal,
                "",
                Format.COUNT,
                Role.INPUT_SOURCED,
                11,
                origin=lambda _: AS_WRITTEN,
            ),
        ),
        ids=lambda row: (row.wat,),
    )
