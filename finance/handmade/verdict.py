"""What an allocation made by hand breaks: each breach with its rule, its article and its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from finance.case import Case
from finance.case.table import listed, shown
from finance.compliance import Breach, check_allocation
from finance.findings import Finding
from finance.handmade.reading import Cell, Handmade
from finance.money import Money

UNITS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("C3", "C4", "C5", "C6"), ("plaats", "plaatsen")),
    "C12": ("", ""),
}
"""What constraints count that do not count euros: one of it, and more; empty for units of the reader's own."""
CONSTRAINTS: Final[Mapping[str, tuple[str, str]]] = {
    "C1": ("een maatregel per project, in zijn eigen jaren", "invoer, blad maatregelen"),
    "C2": ("eerst wat vereist is of waarop wordt gewacht", "invoer, blad maatregelen"),
    "C3": ("plaatsen niet onder nul", "invoer, bladen plaatsen en effecten"),
    "C4": ("niet meer bezet dan er plaatsen zijn", "invoer, bladen plaatsen en effecten"),
    "C5": ("niet voller dan kan", "invoer, blad zorgvormen"),
    "C6": (
        "niet meer geplaatst dan er jeugdigen zijn",
        "invoer, bladen vraag en uitwijk, of behoefte, instroom en geschikt",
    ),
    "C8": ("niet meer betaald dan het kost", "invoer, bladen kosten en plaatsen"),
    "C9": ("bedrag van de bron", "invoer, blad dekking"),
    "C10": ("opbrengst van het jaar", "invoer, blad financiering"),
    "C12": ("niet meer van een hulpbron dan er is", "invoer, bladen hulpbronnen en beslag"),
    "C13": ("krediet binnen zijn limiet, en op tijd afgelost", "invoer, blad dekking"),
    "C11": ("wat een bron mag betalen", "invoer, bladen dekking en toegestaan"),
}
"""What each constraint asks, and where its limits stand; a rule of a regulation says so itself."""
SHOWN_CELLS: Final = 6
Unit = tuple[str, str] | None
"""One and more of what is counted; None for euros."""


@dataclass(frozen=True)
class Violation:
    """One thing that an allocation breaks, as a reader of the workbook sees it.

    Attributes:
        regel: the rule: its id, or what the constraint asks.
        waar: the measure, cost line, source or place that it is about.
        wat: what is wrong.
        waarde: the value, with its unit; empty where there is none.
        grens: the limit; empty where there is none.
        te_veel: how far the value passes the limit; empty where there is none.
        vindplaats: where to read the rule.
        cellen: the cells of the allocation that it rests on.
    """

    regel: str
    waar: str
    wat: str
    waarde: str
    grens: str
    te_veel: str
    vindplaats: str
    cellen: tuple[Cell, ...]

    @property
    def where(self) -> str:
        """The cells in words; a count where they are many."""
        named = [f"{blad}!{cel}" for blad, cel in self.cellen[:SHOWN_CELLS]]
        more = len(self.cellen) - len(named)
        return ", ".join(named) + (f" en nog {more}" if more else "")

    @property
    def finding(self) -> Finding:
        """The violation as a finding at its first cell."""
        blad, cel = self.cellen[0] if self.cellen else ("", "")
        wat = f"{self.waar}: {self.wat}{self._numbers}"
        return Finding(blad, cel, wat, f"Regel: {self.regel} ({self.vindplaats}).{self._others}")

    @property
    def _numbers(self) -> str:
        """Value and limit as a sentence; only the value where nothing at all is right."""
        if not self.grens:
            return ""
        if self.te_veel == self.waarde:
            return f" Het gaat om {self.waarde}."
        passed = f"; dat is {self.te_veel} te veel" if self.te_veel else ""
        return f" Het is {self.waarde} en de grens is {self.grens}{passed}."

    @property
    def _others(self) -> str:
        """The other cells as a sentence; empty where there is one."""
        others = [f"{blad}!{cel}" for blad, cel in self.cellen[1:]]
        if len(others) >= SHOWN_CELLS:
            others = [*others[: SHOWN_CELLS - 1], f"nog {len(others) - SHOWN_CELLS + 1} cellen"]
        return f" Zie ook {listed(others)}." if others else ""


def violations(case: Case, handmade: Handmade) -> tuple[Violation, ...]:
    """Judge an allocation made by hand; nothing where it breaks nothing."""
    breaches = check_allocation(case, handmade.allocation)
    return tuple(violation(breach, _cells(breach, handmade)) for breach in breaches)


def violation(breach: Breach, cells: Iterable[Cell]) -> Violation:
    """A breach as a reader sees it, with the cells of the decisions that it is about."""
    regel, vindplaats = CONSTRAINTS.get(breach.regel, (breach.regel, breach.vindplaats))
    unit = UNITS.get(breach.regel)
    return Violation(
        regel,
        breach.waar,
        breach.wat,
        _shown(breach.waarde, unit),
        _shown(breach.grens, unit),
        _too_much(breach, unit),
        vindplaats,
        tuple(dict.fromkeys(cells)),
    )


def _shown(value: str, unit: Unit) -> str:
    if not value:
        return ""
    if unit is None:
        return Money.from_euros(value).dutch()
    one, more = unit
    return f"{shown(Decimal(value))} {one if Decimal(value) == 1 else more}".strip()


def _too_much(breach: Breach, unit: Unit) -> str:
    if not breach.grens:
        return ""
    passed = Decimal(breach.waarde) - Decimal(breach.grens)
    return _shown(str(passed), unit) if passed > 0 else ""


def _cells(breach: Breach, handmade: Handmade) -> Iterator[Cell]:
    for name in breach.over.maatregelen:
        if name in handmade.gestart:
            yield handmade.gestart[name]
    for at in breach.over.plaatsen:
        if at in handmade.bezet:
            yield handmade.bezet[at]
    for pair in breach.over.betalingen:
        yield from handmade.betalingen.get(pair, ())
