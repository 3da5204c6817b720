"""The sheet `besluiten` of a difference: where two plans decide differently."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from finance.books.difference.amounts import line_name
from finance.books.difference.causes import Difference
from finance.books.difference.restored import Restored
from finance.money import ZERO
from finance.plan.allocation import Allocation
from finance.tables import live, pasted
from finance.tables.grid import Format, Value
from finance.tables.pages import Page, Table


def decisions_page(found: Difference) -> Page:
    """The sheet `besluiten`."""
    return Page(
        "besluiten",
        "Besluiten die verschillen",
        f"De startjaren, bezette plaatsen en betalingen waarin A en B verschillen. {found.choice.value}",
        (_starts(found), _use(found), _payments(found)),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that differs.

    Attributes:
        wat: what is decided, in words.
        bron: the source that pays; empty for other decisions.
        a: the decision of A; None where it decides nothing.
        b: the decision of B likewise.
    """

    wat: str
    bron: str
    a: Value
    b: Value


def starts_that_differ(a: Restored, b: Restored) -> list[Decided]:
    """The start years that differ, in the order of the input."""
    names = dict.fromkeys(row.maatregel for side in (a, b) for row in side.case.measures)
    one, other = a.allocation.starts, b.allocation.starts
    return [Decided(name, "", one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)]


def _starts(found: Difference) -> Table[Decided]:
    return Table(
        "start",
        "Maatregelen en startjaren",
        starts_that_differ(found.a, found.b),
        (
            pasted.text("wat", "Maatregel", lambda row: row.wat, width=44),
            pasted.decision("a", "Start in A", lambda row: row.a, Format.YEAR),
            pasted.decision("b", "Start in B", lambda row: row.b, Format.YEAR),
        ),
        "Leeg is niet gekozen.",
    )


def _use(found: Difference) -> Table[Decided]:
    def places(given: Allocation) -> dict[str, Fraction]:
        return {
            f"{location} / {form}, {year}": Fraction(used)
            for ((location, form), year), used in sorted(given.used.items())
        }

    one, other = places(found.a.allocation), places(found.b.allocation)
    rows = [
        Decided(at, "", one.get(at, Fraction(0)), other.get(at, Fraction(0)))
        for at in {**one, **other}
        if one.get(at, 0) != other.get(at, 0)
    ]
    return Table(
        "gebruik",
        "Bezette plaatsen",
        rows,
        (
            pasted.text("wat", "Plaatsen", lambda row: row.wat, width=44),
            pasted.decision("a", "Bezet in A", lambda row: row.a, Format.PLACES),
            pasted.decision("b", "Bezet in B", lambda row: row.b, Format.PLACES),
            live.column("verschil", "Verschil", "ROUND([b]-[a],6)", Format.PLACES),
        ),
    )


def payments_that_differ(a: Restored, b: Restored) -> list[Decided]:
    """The payments that differ, by cost line and source."""
    one, other = a.allocation.payments, b.allocation.payments
    return [
        Decided(line_name(line), source, one.get((line, source), ZERO), other.get((line, source), ZERO))
        for line, source in sorted({**one, **other})
        if one.get((line, source)) != other.get((line, source))
    ]


def _payments(found: Difference) -> Table[Decided]:
    return Table(
        "betaald",
        "Betalingen",
        payments_that_differ(found.a, found.b),
        (
            pasted.text("wat", "Kostenregel", lambda row: row.wat, width=44),
            pasted.decision("a", "Betaald in A", lambda row: row.a, Format.EURO, total=True, width=16),
            pasted.decision("b", "Betaald in B", lambda row: row.b, Format.EURO, total=True, width=16),
            live.euro("verschil", "Verschil", "ROUND([b]-[a],2)", width=16),
            pasted.text("bron", "Bron", lambda row: row.bron, width=18),
        ),
    )
