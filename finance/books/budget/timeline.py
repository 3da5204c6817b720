"""What happens and when, for the cover: the chosen measures by their start year, the most costly ones by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import MeasureRow
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Column, Table

MOST: Final = 12
"""The chosen measures that the cover names; all others stand together in its last row."""
OTHER: Final = "anders_"
"""Before the key of a column: the places that are neither closed nor hybrid."""
OF_RANK: Final = "[rekenplan.voorblad],[nr]"
LISTED: Final = "IF(N([-nr])<MAX([rekenplan.voorblad]),N([-nr])+1,0)"
"""The ranks, one after the other; after the last comes 0, for all that have none."""
NAMED: Final = "MATCH([nr],[rekenplan.voorblad],0)"
NOTE: Final = "Per startjaar, de grootste kosten eerst. Kosten: alle jaren samen, zonder de exploitatie van plaatsen."
OTHERS_NOTE: Final = " Andere: open, gezin en ambulant."
HYBRID_NOTE: Final = " Hybride telt bij gesloten."


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of the list: one measure, or all that are not named.

    Attributes:
        nr: its place in the list from 1 on; 0 for all that are not named.
        measures: the measures.
        anders_erbij: the places that they add and that are not closed or hybrid.
        anders_eraf: the places of that kind that they take away, below zero.
    """

    nr: int
    measures: tuple[MeasureRow, ...]
    anders_erbij: int
    anders_eraf: int

    @property
    def kosten(self) -> Money:
        """What they cost."""
        return Money.total(row.kosten for row in self.measures)

    @property
    def erbij(self) -> int:
        """The closed and hybrid places that they add; all places where the case knows one kind only."""
        return sum(row.erbij for row in self.measures) - self.anders_erbij

    @property
    def eraf(self) -> int:
        """The places of the same kind that they take away, below zero."""
        return sum(row.eraf for row in self.measures) - self.anders_eraf


def where(draft: Draft, row: MeasureRow) -> str:
    """The name of the location of a measure; of its provider where it has none."""
    measure = row.maatregel
    names = {at.locatie: at.naam for at in draft.case.locations}
    providers = {at.aanbieder: at.naam for at in draft.case.providers}
    return names.get(measure.locatie) or providers[measure.aanbieder]


def what(row: Happening) -> str:
    """What a measure is; of those without a name of their own how many there are."""
    if row.nr:
        return row.measures[0].maatregel.omschrijving
    count = sum(1 for measure in row.measures if measure.start)
    return f"en nog {count} andere" if count else "niets"


def has_both_kinds(draft: Draft) -> bool:
    """Whether the case has closed or hybrid places, and others too."""
    return len({row.is_closed for row in draft.case.care_forms}) > 1


def ranks(draft: Draft) -> Mapping[str, int]:
    """The place of each named measure in the list, from 1 on: by start year, and the most costly first.

    The most costly measures of the plan are named; a measure that has no place in the list is not in the mapping.
    """
    chosen = [row for row in draft.measure_rows if row.start]
    named = sorted(chosen, key=_cost_first)[:MOST]
    listed = sorted(named, key=lambda row: (row.start or 0, *_cost_first(row)))
    return {row.maatregel.maatregel: at for at, row in enumerate(listed, start=1)}


def _cost_first(row: MeasureRow) -> tuple[int, int]:
    """The most costly first; of equal ones those that move the most places."""
    return -row.kosten.cents, row.eraf - row.erbij


def happenings(draft: Draft) -> tuple[Happening, ...]:
    """The rows of the list; the last holds what is not named, where there is such a measure or none is chosen."""
    places = ranks(draft)
    rows = {at: [row for row in draft.measure_rows if places.get(row.maatregel.maatregel, 0) == at] for at in (0,)}
    rows |= {places[row.maatregel.maatregel]: [row] for row in draft.measure_rows if row.maatregel.maatregel in places}
    rest = any(row.start for row in rows[0]) or not places
    return tuple(_happening(draft, at, rows[at]) for at in (*sorted(places.values()), *([0] if rest else [])))


def _happening(draft: Draft, number: int, rows: list[MeasureRow]) -> Happening:
    names = {row.maatregel.maatregel for row in rows}
    others = [
        effect.in_plan
        for effect in draft.effect_rows
        if has_both_kinds(draft)
        and effect.effect.maatregel in names
        and not draft.case.care_form[effect.effect.zorgvorm].is_closed
    ]
    return Happening(number, tuple(rows), sum(at for at in others if at > 0), sum(at for at in others if at < 0))


def rank_column(draft: Draft) -> Column[MeasureRow]:
    """The place of each measure in the list, for the calculation sheet; 0 for those that are not named."""
    places = ranks(draft)
    return pasted.row_number("voorblad", "Plaats op voorblad", lambda row: places.get(row.maatregel.maatregel, 0))


def table(draft: Draft) -> Table[Happening]:
    """The list `Wat er gebeurt, en wanneer`; every number is looked up in the plan by the place of its measure."""
    both = has_both_kinds(draft)
    rest = 'COUNTIFS([plan.gekozen],"ja",[rekenplan.voorblad],0)'
    others = f'IF({rest}=0,"niets","en nog "&{rest}&" andere")'
    start = f"SUMIFS([plan.start],{OF_RANK})"
    place = f"INDEX([maatregelen.locatie],{NAMED})"
    there = f"INDEX([locaties.naam],MATCH({place},[locaties.locatie],0))"
    provider = f"INDEX([aanbieders.naam],MATCH(INDEX([plan.aanbieder],{NAMED}),[aanbieders.aanbieder],0))"

    def counted(key: str, head: str) -> Column[Happening]:
        taken = f"-SUMIFS([rekenplan.anders_{key}],{OF_RANK})" if both else ""
        return _places(key, head, f"SUMIFS([plan.{key}],{OF_RANK}){taken}")

    def other(key: str, head: str) -> Column[Happening]:
        return _places(f"anders_{key}", head, f"SUMIFS([rekenplan.anders_{key}],{OF_RANK})")

    note = NOTE + (OTHERS_NOTE if both else "") + (HYBRID_NOTE if both and draft.has_hybrid else "")
    heads = ("Gesloten erbij", "Gesloten eraf") if both else ("Plaatsen erbij", "Plaatsen eraf")
    return Table(
        "gebeurt",
        "Wat er gebeurt, en wanneer",
        happenings(draft),
        (
            live.text("waar", "Waar", f'IF([nr]=0,"",IF({place}="",{provider},{there})&"")', 30),
            live.column(
                "wat",
                "Wat",
                f"IF([nr]=0,{others},INDEX([plan.omschrijving],{NAMED}))",
                Format.TEXT,
                width=50,
                wrap=True,
            ),
            live.year("start", "Begint in", f'IF({start}=0,"",IF([nr]=0,"",{start}))'),
            live.column(
                "kosten",
                "Kosten, in euro",
                f"ROUND(SUMIFS([plan.kosten],{OF_RANK}),2)",
                Format.COUNT,
                width=14,
                total=True,
            ),
            counted("erbij", heads[0]),
            counted("eraf", heads[1]),
            *((other("erbij", "Andere erbij"), other("eraf", "Andere eraf")) if both else ()),
            live.column("nr", "Nr", LISTED, Format.COUNT, width=5),
        ),
        note,
        ids=lambda row: (row.measures[0].maatregel.maatregel if row.nr else "",),
    )


def moved_on_cover(draft: Draft) -> str:
    """All places that the list adds, and those that it takes away as a number above zero."""
    signs = {"erbij": "+", "eraf": "-"}
    parts = (f"{signs[key.removeprefix(OTHER)]}[gebeurt.{key}=]" for key in moved_places(draft))
    return "".join(parts).removeprefix("+")


def moved_places(draft: Draft) -> tuple[str, ...]:
    """The columns of the list with places that are added or taken away."""
    closed = ("erbij", "eraf")
    return (*closed, *(f"{OTHER}{key}" for key in closed)) if has_both_kinds(draft) else closed


def _places(key: str, head: str, formula: str) -> Column[Happening]:
    shown = f'IF({formula}=0,"",{formula})'
    return live.column(key, head, shown, Format.COUNT, width=11, total=True)


def measure_columns(draft: Draft) -> tuple[Column[MeasureRow], ...]:
    """What the list looks up of each measure, for the calculation sheet."""
    if not has_both_kinds(draft):
        return (rank_column(draft),)
    of_other = "[effect.anders~],[effect.rij~],[rij],[effect.anders~]"
    return (
        rank_column(draft),
        live.number("anders_erbij", "Andere plaatsen erbij", f'SUMIFS({of_other},">0")', Format.COUNT),
        live.number("anders_eraf", "Andere plaatsen eraf", f'SUMIFS({of_other},"<0")', Format.COUNT),
    )
