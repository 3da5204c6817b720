"""One plain sentence for each scenario of a comparison: what it chooses and costs otherwise than the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from finance.books.comparison.compared import WIDTH, Compared, first_seen
from finance.tables import live, pasted
from finance.tables.grid import Format, Origin, OriginKind, Role
from finance.tables.pages import Column, Table

NAMED: Final = 3
"""The measures that a sentence names; of the others it says how many there are."""
MILLION: Final = 1_000_000
MONEY: Final = {
    "ongedekt": "ongedekt",
    "eigen_geld": "eigen geld",
    "spuk_onbesteed": "uitkering die niet wordt besteed",
}
"""The goals in euro that a sentence tells of, in the words of the field."""
SHORT: Final = "tekort_plaatsen"


def sentences(done: Sequence[Compared]) -> tuple[Table[Compared], ...]:
    """The sentences for the first sheet; none where there is one scenario."""
    if len(done) == 1:
        return ()
    return (
        Table(
            "zin",
            f"In een zin: anders dan '{done[0].scenario}'",
            list(done[1:]),
            (
                live.text("naam", "Scenario", "[zindeel.naam@]", 28),
                live.text("zin", "Wat er anders is", "[zindeel.zin@]", 60, wrap=True),
            ),
            ids=lambda row: (row.scenario,),
        ),
    )


def parts(done: Sequence[Compared], goals: Sequence[str]) -> tuple[Table[Any], ...]:
    """What the sentences are made of, for a later sheet; nothing where there is one scenario.

    Args:
        done: the scenarios; differences are taken against the first.
        goals: the goals that the comparison shows.
    """
    if len(done) == 1:
        return ()
    return _measure(), _counted(done), _terms(done), _parts(done, goals)


def _measure() -> Table[int]:
    """From where on an amount is told in millions."""
    fixed = Origin(OriginKind.FIXED, "een miljoen is 1.000.000")
    return Table(
        "zinmaat",
        "Vanaf dit bedrag staat een bedrag in miljoenen",
        (MILLION,),
        (
            Column(
                "miljoen",
                "Een miljoen",
                lambda one: one,
                "",
                Format.COUNT,
                Role.INPUT_SOURCED,
                28,
                origin=lambda _: fixed,
            ),
        ),
    )


def _columns(done: Sequence[Compared], formula: str, fmt: Format) -> Iterator[Column[object]]:
    """A column for each scenario; `{s}` in the formula is its key."""
    for at, item in enumerate(done):
        yield live.column(
            f"s{at}",
            item.scenario,
            formula.replace("{s}", f"s{at}"),
            fmt,
            width=WIDTH,
            as_data=item.data_key,
            clip=True,
        )


def _counted(done: Sequence[Compared]) -> Table[str]:
    """How many measures down to each one a scenario chooses otherwise."""
    formula = 'N([-{s}])+IF([keuzeverschil.{s}@]="",0,1)'
    return Table(
        "zintelling",
        "Andere keuzes, geteld",
        first_seen(row.maatregel for item in done for row in item.outcome.case.measures),
        (
            live.text("maatregel", "Maatregel", "[keuzeverschil.maatregel@]", 28),
            *_columns(done, formula, Format.COUNT),
        ),
    )


def _terms(done: Sequence[Compared]) -> Table[int]:
    """The first other choices, strung together: in each row one more."""
    found = "MATCH([nr],[zintelling.{s}],0)"
    before = 'IF([nr]=1,"",[-{s}])'
    after = (
        f'IF([nr]=1,"",[-{{s}}]&", ")&INDEX([keuzeverschil.maatregel],{found})&" "&INDEX([keuzeverschil.{{s}}],{found})'
    )
    return Table(
        "zinkeuze",
        "De eerste andere keuzes, aaneen",
        list(range(1, NAMED + 1)),
        (
            live.column("nr", "Aantal", "N([-nr])+1", Format.COUNT, width=28),
            *_columns(done, f"IF([nr]>MAX([zintelling.{{s}}]),{before},{after})", Format.TEXT),
        ),
    )


def _parts(done: Sequence[Compared], goals: Sequence[str]) -> Table[Compared]:
    last = len(done) - 1

    def of(table: str, row: str) -> str:
        return f"INDEX([{table}.s0:s{last}],{row},MATCH([naam],[verschil.^s0:s{last}],0))"

    more = "[aantal]-ROWS([zinkeuze.nr])"
    named = of("zinkeuze", "ROWS([zinkeuze.nr])")
    count = '[aantal]&IF([aantal]=1," maatregel"," maatregelen")&" anders: "'
    rest = f'IF({more}>0," en nog "&{more}&" andere","")'
    same = '"dezelfde maatregelen in dezelfde jaren"'
    told = [goal for goal in (SHORT, *MONEY) if goal in goals]
    return Table(
        "zindeel",
        "De zinnen, in delen",
        list(done[1:]),
        (
            pasted.text("naam", "Scenario", lambda row: row.scenario, width=28),
            live.number("aantal", "Andere keuzes", of("zintelling", "ROWS([zintelling.maatregel])"), Format.COUNT),
            _text("keuzes", "Keuzes", f"IF([aantal]=0,{same},{count}&{named}&{rest})"),
            *(column for goal in told for column in _told(goal, of("verschil", f'MATCH("{goal}",[verschil.doel],0)'))),
            _text("zin", "Zin", '&"; "&'.join(["[keuzes]", *(f"[{goal}]" for goal in told)]) + '&"."'),
        ),
    )


def _told(goal: str, difference: str) -> tuple[Column[Compared], Column[Compared]]:
    """How much more or less of a goal a scenario has, as a number and in words."""
    many = f"verschil_{goal}"
    size = f"ABS([{many}])"
    if goal == SHORT:
        number: Column[Compared] = live.places(many, f"Verschil {goal}", difference)
        word, said = "tekort", f'ROUND({size},1)&" plaatsjaren"'
    else:
        number = live.euro(many, f"Verschil {goal}", difference, total=False)
        word = MONEY[goal]
        large = f'ROUND({size}/[zinmaat.miljoen!],2)&" miljoen euro"'
        small = f'IF(ROUND({size},0)=0,"nog geen euro",ROUND({size},0)&" euro")'
        said = f"IF({size}>=[zinmaat.miljoen!],{large},{small})"
    formula = f'"{word} "&IF([{many}]=0,"gelijk",{said}&IF([{many}]>0," meer"," minder"))'
    return number, _text(goal, goal, formula)


def _text(key: str, head: str, formula: str) -> Column[Compared]:
    return live.column(key, head, formula, Format.TEXT, width=WIDTH, clip=True)
