"""The sheet `spoor`: for each amount the cells of the input, the scenario, the index, the rule, the decision.

A cost line or a payment is a chain of its own, told once. Every amount of the summary names the
chains that it adds up from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from finance.books.budget.chains import (
    OF_ACTUALS,
    OF_COSTS,
    OF_PAYMENTS,
    OF_PLACES,
    ActualChain,
    CostChain,
    PlaceChain,
    actual_chains,
    chain_of_line,
    cost_chains,
    place_chains,
    scenario_columns,
)
from finance.books.budget.draft import Draft
from finance.books.budget.lines import purpose
from finance.books.budget.money_chains import money_blocks
from finance.books.budget.sum_chains import sum_blocks
from finance.books.origins import linked, row_in_input
from finance.case.words import OPERATION
from finance.statement.payments import Payment
from finance.tables.columns import euro, number, places, text, year
from finance.tables.grid import Format, Value
from finance.tables.pages import Block, Column, Notes, Page, Table, Target

R = TypeVar("R", CostChain, PlaceChain, ActualChain)
LINE: Final = "[rij_regel]"
READING: Final = (
    "Een bedrag op samenvatting of bronnen telt kostenregels (R0001) of betalingen op. De eerste tabellen"
    " noemen per bedrag welke; de tabellen daaronder brengen elke kostenregel en elke betaling terug tot de"
    " invoer.",
    "Bedragen die op dezelfde kostenregels rusten, delen zo één spoor: elke kostenregel en elke betaling"
    " staat er één keer. Een bedrag van 0,00 heeft geen spoor.",
    "De kolommen met een cel (kosten!D12) wijzen naar de invoerwerkmap. Wat onderstreept is, brengt u naar"
    " de cel in deze werkmap; de kolom Spoor op de andere bladen brengt u hier terug. De bedragen zijn"
    " formules.",
    "Betaald is de som van de bronnen in dezelfde rij van dekking; ongedekt is kosten min betaald.",
    "'spuk spoor' toont van elke cel van deze werkmap het hele spoor, stap voor stap met elke formule.",
)


def page(draft: Draft) -> Page:
    """The sheet `spoor`."""
    blocks: tuple[Block, ...] = (
        Notes("Hoe dit te lezen", READING),
        *sum_blocks(draft),
        *money_blocks(draft),
        _costs(draft),
        _places(draft),
        *_actuals(draft),
        _payments(draft),
    )
    return Page(
        "spoor",
        "Spoor",
        "Van elk bedrag op dekking, bronnen en samenvatting: de cellen van de invoer, wat het scenario eraan"
        " veranderde, de index, de regel met haar vindplaats en het besluit.",
        blocks,
    )


def _costs(draft: Draft) -> Table[CostChain]:
    return Table(
        OF_COSTS,
        "Kostenregels van maatregelen",
        cost_chains(draft),
        (
            *_line_columns(draft),
            linked(text("cel", "Cel in de invoer",
                        lambda row: draft.case.cell("kosten", "bedrag", row.kost.kosten.rij), width=15),
                   lambda row: Target("kosten", "bedrag", row.nummer)),
            *_cost_steps(draft),
            *scenario_columns(draft, "kosten", lambda row: row.kost.kosten.rij),
            _row_of_line(draft),
            _row_number("rij_kosten", "Rij in kosten", lambda row: row.nummer + 1,
                        "MATCH([invoer],[kosten.in_invoer],0)"),
            text("invoer", "Rij in de invoer",
                 lambda row: row_in_input(draft.case, "kosten", row.kost.kosten.rij), width=18),
        ),
        "Bijdrage: het bedrag op prijspeil keer de prijsfactor van zijn index, in het jaar dat volgt uit het"
        " startjaar.",
    )  # fmt: skip


def _cost_steps(draft: Draft) -> tuple[Column[CostChain], ...]:
    """From the amount at prijspeil to what it adds to the line."""
    grown, measures = _factors(draft), draft.measure_number
    return (
        euro("bedrag", "Bedrag op prijspeil", lambda row: row.kost.kosten.bedrag,
             "INDEX([kosten.bedrag],[rij_kosten])", total=False),
        linked(text("index", "Index", lambda row: draft.name("index", row.kost.kosten.index),
                    'INDEX([kosten.index],[rij_kosten])&""', 10),
               lambda row: grown.get((row.kost.kosten.index, row.kost.jaar))),
        number("factor", "Prijsfactor", lambda row: row.kost.factor, "INDEX([kost.factor],[rij_kosten])",
               Format.FACTOR),
        euro("bijdrage", "Bijdrage", lambda row: row.kost.nominaal, "INDEX([kost.nominaal],[rij_kosten])"),
        text("herkomst", "Herkomst", lambda row: draft.name("herkomst", _code(draft, row)),
             "INDEX([kosten.herkomst_geldt],[rij_kosten])"),
        linked(year("start", "Besluit: start", lambda row: row.kost.start,
                    "INDEX([kost.start],[rij_kosten])"),
               lambda row: Target("plan", "start", measures[row.kost.kosten.maatregel] - 1)),
    )  # fmt: skip


def _factors(draft: Draft) -> Mapping[tuple[str, int], Target]:
    """Where the price factor of each index and year stands."""
    return {(row.index, row.jaar): Target("factoren", "factor", at) for at, row in enumerate(draft.growth)}


def _code(draft: Draft, row: CostChain) -> str:
    given = row.kost.kosten
    return given.herkomst or draft.case.measure[given.maatregel].herkomst


def _line_columns(draft: Draft) -> tuple[Column[R], ...]:
    """What the line is: its key, and live what it is for."""
    lines = draft.line_number

    def shown(column: str, head: str, value: Callable[[R], Value], width: float) -> Column[R]:
        return text(column, head, value, f"INDEX([lijn.{column}],{LINE})", width)

    return (
        linked(text("regel", "Regel", lambda row: row.lijn.sleutel, width=16),
               lambda row: Target("lijn", "kosten", lines[row.lijn.regel] - 1)),
        shown("waarvoor", "Waarvoor", lambda row: purpose(draft, row.lijn.regel), 21),
        shown("kostensoort", "Kostensoort", lambda row: row.lijn.regel.kostensoort, 21),
        year("jaar", "Jaar", lambda row: row.lijn.regel.jaar, f"INDEX([lijn.jaar],{LINE})", 6),
    )  # fmt: skip


def _row_of_line(draft: Draft) -> Column[R]:
    lines = draft.line_number
    return _row_number("rij_regel", "Rij in dekking", lambda row: lines[row.lijn.regel],
                       "MATCH([regel],[lijn.regel],0)")  # fmt: skip


def _row_number(key: str, head: str, value: Callable[[R], int], formula: str) -> Column[R]:
    return number(key, head, value, formula)


def _places(draft: Draft) -> Table[PlaceChain]:
    order = {key: at for at, key in enumerate(draft.case.place)}
    of_line: tuple[Column[PlaceChain], ...] = _line_columns(draft)
    place_of_line: Column[PlaceChain] = _row_of_line(draft)
    changed: tuple[Column[PlaceChain], ...] = scenario_columns(
        draft, "plaatsen", lambda row: row.plaats.plaats.rij
    )
    return Table(
        OF_PLACES,
        "Kostenregels van plaatsen",
        place_chains(draft),
        (
            *of_line,
            linked(text("cel", "Cel in de invoer", lambda row: _price_cell(draft, row), width=15),
                   lambda row: Target("plaatsen", _price_column(row), order[row.plaats.key])),
            *_place_steps(draft),
            *changed,
            place_of_line,
            _row_number("rij_plaats", "Rij in capaciteit", lambda row: row.nummer + 1,
                        "MAX(INDEX([rekenlijn.rij_exploitatie],[rij_regel]),"
                        "INDEX([rekenlijn.rij_leegstand],[rij_regel]))"),
        ),
        "Bijdrage: het aantal bezette of lege plaatsen keer de prijs van het jaar. De plaatsen zijn die bij"
        " de start plus de genoemde effecten, die volgen uit startjaren; hoeveel er bezet zijn is een"
        " besluit.",
    )  # fmt: skip


def _actuals(draft: Draft) -> tuple[Block, ...]:
    """What was paid of the lines of closed years; none where no year is closed."""
    if not draft.has_history:
        return ()
    of_line: tuple[Column[ActualChain], ...] = _line_columns(draft)
    place_of_line: Column[ActualChain] = _row_of_line(draft)
    changed: tuple[Column[ActualChain], ...] = scenario_columns(
        draft, "realisatie", lambda row: row.betaald.rij
    )
    return (
        Table(
            OF_ACTUALS,
            "Kostenregels van afgesloten jaren",
            actual_chains(draft),
            (
                *of_line,
                linked(text("cel", "Cel in de invoer",
                            lambda row: draft.case.cell("realisatie", "bedrag", row.betaald.rij), width=15),
                       lambda row: Target("realisatie", "bedrag", row.nummer)),
                text("bron", "Betaald uit", lambda row: draft.name("bron", row.betaald.bron),
                     "INDEX([realisatie.bron],[rij_realisatie])"),
                euro("bijdrage", "Bijdrage", lambda row: row.betaald.bedrag,
                     "INDEX([realisatie.bedrag],[rij_realisatie])"),
                text("herkomst", "Herkomst", lambda row: draft.name("herkomst", row.betaald.herkomst),
                     "INDEX([realisatie.herkomst],[rij_realisatie])"),
                *changed,
                place_of_line,
                _row_number("rij_realisatie", "Rij in realisatie", lambda row: row.nummer + 1,
                            "MATCH([invoer],[realisatie.in_invoer],0)"),
                text("invoer", "Rij in de invoer",
                     lambda row: row_in_input(draft.case, "realisatie", row.betaald.rij), width=18),
            ),
            "Bijdrage: wat is betaald. Van een afgesloten jaar telt alleen de realisatie.",
        ),
    )  # fmt: skip


def _price_column(row: PlaceChain) -> str:
    return f"{row.soort}_per_plaats"


def _price_cell(draft: Draft, row: PlaceChain) -> str:
    """The cell of the price; where the input leaves it empty, its tariff gives it."""
    cell = draft.case.cell("plaatsen", _price_column(row), row.plaats.plaats.rij)
    given = getattr(row.plaats.plaats, _price_column(row)) is not None
    return cell if given else f"{cell}, leeg: via tarief"


def _place_steps(draft: Draft) -> tuple[Column[PlaceChain], ...]:
    """From the price at prijspeil and the places to what they add to the line."""
    used, grown = f'[kostensoort]="{OPERATION}"', _factors(draft)

    def either(one: str, other: str) -> str:
        return f"IF({used},INDEX([{one}],[rij_plaats]),INDEX([{other}],[rij_plaats]))"

    return (
        number("prijs", "Prijs in het jaar", lambda row: row.plaats.prijs[row.soort],
               either("bezetting.prijs_bezet", "bezetting.prijs_leeg"), Format.EURO),
        linked(text("index", "Index", lambda row: draft.name("index", row.plaats.plaats.index),
                    'INDEX([rekenplaats.index],[rij_plaats])&""', 10),
               lambda row: grown.get((row.plaats.plaats.index, row.plaats.jaar))),
        linked(places("aantal", "Besluit: plaatsen", _count,
                      either("bezetting.bezet", "bezetting.leeg")),
               lambda row: Target("bezetting", "bezet", row.nummer)),
        euro("bijdrage", "Bijdrage", lambda row: row.plaats.kosten[row.soort],
             either("bezetting.exploitatie", "bezetting.leegstand")),
        text("herkomst", "Herkomst", lambda row: draft.name("herkomst", row.plaats.plaats.herkomst),
             "INDEX([plaatsen.herkomst],INDEX([rekenplaats.rij],[rij_plaats]))"),
        linked(text("effecten", "Effecten in de invoer", lambda row: _effects(draft, row), width=24,
                    wrap=True), lambda row: _first_effect(draft, row)),
    )  # fmt: skip


def _count(row: PlaceChain) -> Value:
    return row.plaats.bezet if row.soort == OPERATION else row.plaats.leeg


def _effects(draft: Draft, row: PlaceChain) -> str:
    return ", ".join(draft.case.cell("effecten", "plaatsen", one.rij) for one in row.effecten)


def _first_effect(draft: Draft, row: PlaceChain) -> Target | None:
    if not row.effecten:
        return None
    order = {one.rij: at for at, one in enumerate(draft.case.effects)}
    return Target("effecten", "plaatsen", order[row.effecten[0].rij])


def _payments(draft: Draft) -> Table[Payment]:
    payments: Sequence[Payment] = draft.statement.payments
    order = {(row.lijn.sleutel, row.bron.bron): at for at, row in enumerate(payments)}
    chains = chain_of_line(draft)
    sources = {row.bron: at for at, row in enumerate(draft.case.sources)}
    return Table(
        OF_PAYMENTS,
        "Betalingen: besluit, regel en bron",
        payments,
        (
            linked(text("regel", "Regel", lambda row: row.lijn.sleutel, "[betaling.regel@]", 16),
                   lambda row: chains.get(row.lijn.sleutel)),
            linked(text("bron", "Bron", lambda row: draft.name("bron", row.bron.bron), "[betaling.bron@]"),
                   lambda row: Target("dekking", "bron", sources[row.bron.bron])),
            linked(text("regel_id", "Rust op regel", _rule_id, "[betaling.regel_id@]", 22),
                   lambda row: _post(draft, row)),
            year("jaar", "Jaar", lambda row: row.lijn.regel.jaar, "[betaling.jaar@]", 6),
            text("cel", "Cel van de bron in de invoer",
                 lambda row: draft.case.cell("dekking", "bron", row.bron.rij), width=15),
            linked(euro("bedrag", "Besluit: bedrag", lambda row: row.bedrag, "[betaling.bedrag@]"),
                   lambda row: Target("betaling", "bedrag", order[row.lijn.sleutel, row.bron.bron])),
            text("vindplaats", "Vindplaats", _read_at),
        ),
    )  # fmt: skip


def _rule_id(row: Payment) -> str:
    rule = row.toestemming.regel
    return rule.id if rule else "geen"


def _read_at(row: Payment) -> str:
    rule = row.toestemming.regel
    return rule.vindplaats if rule else row.toestemming.waarom


def _post(draft: Draft, row: Payment) -> Target | None:
    post = draft.statement.posts.post_of(row.bron, row.lijn.regel)
    return None if post is None else Target("post", "mag", draft.statement.posts.all.index(post))
