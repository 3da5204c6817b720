"""The sheets with the draws themselves: what was drawn, and what came of each draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from finance.books.uncertainty.draft import Swept, goal_format
from finance.books.uncertainty.tally import Outcome
from finance.case import shown
from finance.case.words import UNITS
from finance.money import Money
from finance.tables.columns import number, text, upright
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column, Page, Table
from finance.uncertainty.draws import DrawStatus
from finance.uncertainty.spread import Sample

PROVEN: Final = str(DrawStatus.OPTIMAL)


def draws_page(swept: Swept) -> Page:
    """The sheet `trekkingen`: what was drawn, how it ended, and the goals."""
    return Page(
        "trekkingen",
        "De trekkingen",
        "Elke rij is een casus met andere waarden voor wat onzeker is, helemaal opgelost. Alleen een bewezen"
        f" optimum telt mee in de andere bladen.{swept.in_part}",
        (_draws(swept),),
        tab="besluit",
    )


def _draws(swept: Swept) -> Table[Outcome]:
    drawn = (_input(swept, at) for at in range(len(swept.rows)))
    goals = (
        Column(
            f"d{at}",
            f"{goal} ({UNITS[goal]})",
            _goal(goal),
            "",
            goal_format(goal),
            Role.DECISION,
            15,
            as_data=f"doel:{goal}",
        )
        for at, goal in enumerate(swept.goals)
    )
    ongedekt = f"d{swept.goals.index('ongedekt')}"
    return Table(
        "trek",
        "",
        swept.results,
        (
            Column("nummer", "Trekking", lambda pair: pair[0].nummer, "", Format.COUNT, Role.DECISION, 9),
            *drawn,
            Column("status", "Status", lambda pair: str(pair[1].status), "", Format.TEXT, Role.DECISION, 12),
            number("telt", "Telt mee", lambda pair: int(pair[1].proven), f'IF([status]="{PROVEN}",1,0)', Format.COUNT),
            number(
                "open",
                "Niet sluitend",
                lambda pair: int(pair[1].proven and not pair[1].sluitend),
                f"IF(AND([telt]=1,[{ongedekt}]>0),1,0)",
                Format.COUNT,
            ),
            *goals,
        ),
    )


def _input(swept: Swept, at: int) -> Column[Outcome]:
    row = swept.rows[at]

    def value(pair: Outcome) -> Value:
        drawn = pair[0].waarden[at]
        return drawn if isinstance(drawn, Decimal) and at in swept.numeric else shown(drawn)

    fmt = Format.GENERAL if at in swept.numeric else Format.TEXT
    return Column(f"o{at}", row.naam, value, "", fmt, swept.role(row.herkomst), 14, as_data=_drawn(swept, at))


def _drawn(swept: Swept, at: int) -> str:
    """What is drawn, as data calls it."""
    return f"getrokken:{swept.rows[at].naam}"


def _goal(goal: str) -> Callable[[Outcome], Value]:
    def value(pair: Outcome) -> Value:
        found = pair[1].doelen.get(goal)
        return Money.from_euros(found) if found is not None and UNITS[goal] == "EUR" else found

    return value


def starts_page(swept: Swept) -> Page:
    """The sheet `startjaren`: when each measure starts in each draw."""
    columns = (
        Column(
            f"m{at}",
            row.maatregel,
            _start(row.maatregel),
            "",
            Format.YEAR,
            Role.DECISION,
            10,
            as_data=f"maatregel:{row.maatregel}",
        )
        for at, row in enumerate(swept.case.measures)
    )
    table = Table("start", "", swept.results, (_number(), *columns, _chosen(swept)))
    return Page(
        "startjaren",
        "Startjaren per trekking",
        f"Het startjaar van elke gekozen maatregel; leeg is niet gekozen.{swept.in_part}",
        (table,),
        tab="besluit",
    )


def _chosen(swept: Swept) -> Column[Outcome]:
    last = len(swept.case.measures) - 1
    return number(
        "aantal",
        "Gekozen",
        lambda pair: len(pair[1].starts) if pair[1].proven else 0,
        f"COUNT([m0:m{last}])*[trek.telt@]",
        Format.COUNT,
    )


def _start(name: str) -> Callable[[Outcome], Value]:
    return lambda pair: pair[1].starts.get(name)


def _number() -> Column[Outcome]:
    return number("nummer", "Trekking", lambda pair: pair[0].nummer, "[trek.nummer@]", Format.COUNT)


def money_page(swept: Swept) -> Page:
    """The sheet `geld`: what each source pays and what is left of it in each draw."""
    names = [row.bron for row in swept.case.sources]
    paid = (
        Column(
            f"b{at}",
            f"{name} betaald",
            _cents("betaald", name),
            "",
            Format.EURO,
            Role.DECISION,
            15,
            as_data=f"betaald:{name}",
        )
        for at, name in enumerate(names)
    )
    left = (
        Column(
            f"l{at}", f"{name} over", _cents("over", name), "", Format.EURO, Role.DECISION, 15, as_data=f"over:{name}"
        )
        for at, name in enumerate(names)
    )
    return Page(
        "geld",
        "Geld per trekking",
        "Wat elke bron in de hele periode betaalt, en wat ervan overblijft en vervalt. Van een SPUK is dat"
        f" wat wordt teruggevorderd.{swept.in_part}",
        (Table("geld", "", swept.results, (_number(), *paid, *left)),),
        tab="besluit",
    )


def _cents(field: str, name: str) -> Callable[[Outcome], Value]:
    def value(pair: Outcome) -> Value:
        cents = getattr(pair[1], field).get(name)
        return None if cents is None else Money(cents)

    return value


def lost_page(swept: Swept) -> Page:
    """The sheet `uitval`: the draws that do not count, and why."""
    lost = swept.tally.lost
    gaps = (
        Column(
            f"k{at}",
            f"hooguit beter: {goal}",
            _gap(goal),
            "",
            Format.GENERAL,
            Role.DECISION,
            14,
            as_data=f"kloof:{goal}",
        )
        for at, goal in enumerate(swept.goals)
    )
    return Page(
        "uitval",
        "Trekkingen die niet meetellen",
        "Mislukt: de getrokken waarden maken de casus ongeldig, of er is geen plan mogelijk. Tijdslimiet:"
        " er is een plan, maar niet bewezen is dat het het beste is; de laatste kolommen zeggen hoeveel"
        f" beter het hooguit kan.{_lost_in_part(swept)}",
        (
            Table(
                "uitval",
                "",
                lost,
                (
                    Column("nummer", "Trekking", lambda pair: pair[0].nummer, "", Format.COUNT, Role.DECISION),
                    text("status", "Status", lambda pair: str(pair[1].status)),
                    text("melding", "Melding", lambda pair: pair[1].melding, width=70, wrap=True),
                    *gaps,
                ),
            ),
        ),
    )


def _lost_in_part(swept: Swept) -> str:
    lost = swept.tally.total - swept.proven
    if len(swept.tally.lost) == lost:
        return ""
    return f" Hier staan de eerste {len(swept.tally.lost)} van {lost}; alle staan in onzekerheid.parquet."


def _gap(goal: str) -> Callable[[Outcome], Value]:
    return lambda pair: pair[1].kloof.get(goal)


def calculation_page(swept: Swept) -> Page:
    """The sheet `rekenblad`: the same numbers without the draws that do not count, and their ranks."""
    return Page(
        "rekenblad",
        "Rekenblad",
        "De uitkomsten zonder de trekkingen die niet meetellen; hieruit rekenen de andere bladen. Een rang is"
        " hoeveel trekkingen lager zijn, min hoeveel hoger.",
        (Table("reken", "", swept.results, (_number(), *_counted(swept), *_scores(swept))),),
        tab="berekening",
    )


def _counted(swept: Swept) -> Iterator[Column[Outcome]]:
    for at, goal in enumerate(swept.goals):
        column = _where_counted(f"g{at}", goal, _goal(goal), f"trek.d{at}", goal_format(goal))
        yield replace(column, as_data=f"doel:{goal}")
    for at, row in enumerate(swept.case.sources):
        column = _where_counted(
            f"b{at}", f"{row.bron} betaald", _cents("betaald", row.bron), f"geld.b{at}", Format.EURO
        )
        yield replace(column, as_data=f"betaald:{row.bron}")
    for at, row in enumerate(swept.case.sources):
        column = _where_counted(f"l{at}", f"{row.bron} over", _cents("over", row.bron), f"geld.l{at}", Format.EURO)
        yield replace(column, as_data=f"over:{row.bron}")
    for at in range(len(swept.rows)):
        of = _input(swept, at)
        column = _where_counted(f"x{at}", str(of.head), of.value, f"trek.o{at}", Format.GENERAL)
        yield replace(column, as_data=of.as_data)


def _where_counted(
    key: str, head: str, value: Callable[[Outcome], Value] | None, of: str, fmt: Format
) -> Column[Outcome]:
    def counted(pair: Outcome) -> Value:
        return value(pair) if value and pair[1].proven else ""

    formula = f'IF([trek.telt@]=1,[{of}@],"")'
    return upright(Column(key, head, counted if value else None, formula, fmt))


def _scores(swept: Swept) -> Iterator[Column[Outcome]]:
    for at in range(len(swept.rows)):
        sample = swept.input_samples.get(at)
        column = _score(swept, f"rx{at}", f"rang: {swept.rows[at].naam}", f"x{at}", sample)
        yield replace(column, as_data=f"rang_{_drawn(swept, at)}")
    for at, goal in enumerate(swept.goals):
        column = _score(swept, f"rg{at}", f"rang: {goal}", f"g{at}", swept.goal_samples[goal])
        yield replace(column, as_data=f"rang_doel:{goal}")


def _score(swept: Swept, key: str, head: str, of: str, sample: Sample | None) -> Column[Outcome]:
    """How many draws are lower less how many are higher; nothing for words."""
    numbers = [pair[0].nummer for pair in swept.results if pair[1].proven]
    known = dict(zip(numbers, sample.scores if sample else (), strict=False))
    ranked = f"RANK([{of}],[reken.{of}],1)-RANK([{of}],[reken.{of}],0)"
    formula = f'IF(ISNUMBER([{of}]),{ranked},"")'
    return upright(number(key, head, lambda pair: known.get(pair[0].nummer, ""), formula, Format.COUNT))
