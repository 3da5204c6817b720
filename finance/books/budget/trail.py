"""The sheet `spoor`: for each amount the cells of the input, the scenario, the index, the rule, the decision.

A cost line or a payment is a chain of its own, told once. Every amount of the summary names the
chains that it adds up from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from finance.books.budget.money_chains import money_blocks
from finance.books.budget.sum_chains import sum_blocks
from finance.books.origins import linked, row_in_input
from finance.case.words import OPERATION
from finance.statement.payments import Payment
from finance.tables import live, pasted
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
            linked(
                pasted.text(
                    "cel",
                    "Cel in de invoer",
                    lambda row: draft.case.cell("kosten", "bedrag", row.kost.kosten.rij),
                    width=15,
                ),
                lambda row: Target("kosten", "bedrag", row.nummer),
            ),
            *_cost_steps(draft),
            *scenario_columns(draft, "kosten", lambda row: row.kost.kosten.rij),
            _row_of_line(),
            _row_number("rij_kosten", "Rij in kosten", "MATCH([invoer],[kosten.in_invoer],0)"),
            pasted.text(
                "invoer",
                "Rij in de invoer",
                lambda row: row_in_input(draft.case, "kosten", row.kost.kosten.rij),
                width=18,
            ),
        ),
        "Bijdrage: het bedrag op prijspeil keer de prijsfactor van zijn index, in het jaar dat volgt uit het"
        " startjaar.",
    )


def _cost_steps(draft: Draft) -> tuple[Column[CostChain], ...]:
    """From the amount at prijspeil to what it adds to the line."""
    grown, measures = _factors(draft), draft.measure_number
    return (
        live.euro("bedrag", "Bedrag op prijspeil", "INDEX([kosten.bedrag],[rij_kosten])", total=False),
        linked(
            live.text("index", "Index", 'INDEX([kosten.index],[rij_kosten])&""', 10),
            lambda row: grown.get((row.kost.kosten.index, row.kost.jaar)),
        ),
        live.number("factor", "Prijsfactor", "INDEX([kost.factor],[rij_kosten])", Format.FACTOR),
        live.euro("bijdrage", "Bijdrage", "INDEX([kost.nominaal],[rij_kosten])"),
        live.text("herkomst", "Herkomst", "INDEX([kosten.herkomst_geldt],[rij_kosten])"),
        linked(
            live.year("start", "Besluit: start", "INDEX([kost.start],[rij_kosten])"),
            lambda row: Target("plan", "start", measures[row.kost.kosten.maatregel] - 1),
        ),
    )


def _factors(draft: Draft) -> Mapping[tuple[str, int], Target]:
    """Where the price factor of each index and year stands."""
    return {(row.index, row.jaar): Target("factoren", "factor", at) for at, row in enumerate(draft.growth)}


def _code(draft: Draft, row: CostChain) -> str:
    given = row.kost.kosten
    return given.herkomst or draft.case.measure[given.maatregel].herkomst


def _line_columns(draft: Draft) -> tuple[Column[R], ...]:
    """What the line is: its key, and live what it is for."""
    lines = draft.line_number

    def shown(column: str, head: str, width: float) -> Column[R]:
        return live.text(column, head, f"INDEX([lijn.{column}],{LINE})", width)

    return (
        linked(
            pasted.text("regel", "Regel", lambda row: row.lijn.sleutel, width=16),
            lambda row: Target("lijn", "kosten", lines[row.lijn.regel] - 1),
        ),
        shown("waarvoor", "Waarvoor", 21),
        shown("kostensoort", "Kostensoort", 21),
        live.year("jaar", "Jaar", f"INDEX([lijn.jaar],{LINE})", 6),
    )


def _row_of_line() -> Column[R]:
    return _row_number("rij_regel", "Rij in dekking", "MATCH([regel],[lijn.regel],0)")


def _row_number(key: str, head: str, formula: str) -> Column[R]:
    return live.number(key, head, formula)


def _places(draft: Draft) -> Table[PlaceChain]:
    order = {key: at for at, key in enumerate(draft.case.place)}
    of_line: tuple[Column[PlaceChain], ...] = _line_columns(draft)
    place_of_line: Column[PlaceChain] = _row_of_line()
    changed: tuple[Column[PlaceChain], ...] = scenario_columns(draft, "plaatsen", lambda row: row.plaats.plaats.rij)
    return Table(
        OF_PLACES,
        "Kostenregels van plaatsen",
        place_chains(draft),
        (
            *of_line,
            linked(
                pasted.text("cel", "Cel in de invoer", lambda row: _price_cell(draft, row), width=15),
                lambda row: Target("plaatsen", _price_column(row), order[row.plaats.key]),
            ),
            *_place_steps(draft),
            *changed,
            place_of_line,
            _row_number(
                "rij_plaats",
                "Rij in capaciteit",
                "MAX(INDEX([rekenlijn.rij_exploitatie],[rij_regel]),INDEX([rekenlijn.rij_leegstand],[rij_regel]))",
            ),
        ),
        "Bijdrage: het aantal bezette of lege plaatsen keer de prijs van het jaar. De plaatsen zijn die bij"
        " de start plus de genoemde effecten, die volgen uit startjaren; hoeveel er bezet zijn is een"
        " besluit.",
    )


def _actuals(draft: Draft) -> tuple[Block, ...]:
    """What was paid of the lines of closed years; none where no year is closed."""
    if not draft.has_history:
        return ()
    of_line: tuple[Column[ActualChain], ...] = _line_columns(draft)
    place_of_line: Column[ActualChain] = _row_of_line()
    changed: tuple[Column[ActualChain], ...] = scenario_columns(draft, "realisatie", lambda row: row.betaald.rij)
    return (
        Table(
            OF_ACTUALS,
            "Kostenregels van afgesloten jaren",
            actual_chains(draft),
            (
                *of_line,
                linked(
                    pasted.text(
                        "cel",
                        "Cel in de invoer",
                        lambda row: draft.case.cell("realisatie", "bedrag", row.betaald.rij),
                        width=15,
                    ),
                    lambda row: Target("realisatie", "bedrag", row.nummer),
                ),
                live.text("bron", "Betaald uit", "INDEX([realisatie.bron],[rij_realisatie])"),
                live.euro("bijdrage", "Bijdrage", "INDEX([realisatie.bedrag],[rij_realisatie])"),
                live.text("herkomst", "Herkomst", "INDEX([realisatie.herkomst],[rij_realisatie])"),
                *changed,
                place_of_line,
                _row_number("rij_realisatie", "Rij in realisatie", "MATCH([invoer],[realisatie.in_invoer],0)"),
                pasted.text(
                    "invoer",
                    "Rij in de invoer",
                    lambda row: row_in_input(draft.case, "realisatie", row.betaald.rij),
                    width=18,
                ),
            ),
            "Bijdrage: wat is betaald. Van een afgesloten jaar telt alleen de realisatie.",
        ),
    )


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
        live.number("prijs", "Prijs in het jaar", either("bezetting.prijs_bezet", "bezetting.prijs_leeg"), Format.EURO),
        linked(
            live.text("index", "Index", 'INDEX([rekenplaats.index],[rij_plaats])&""', 10),
            lambda row: grown.get((row.plaats.plaats.index, row.plaats.jaar)),
        ),
        linked(
            live.places("aantal", "Besluit: plaatsen", either("bezetting.bezet", "bezetting.leeg")),
            lambda row: Target("bezetting", "bezet", row.nummer),
        ),
        live.euro("bijdrage", "Bijdrage", either("bezetting.exploitatie", "bezetting.leegstand")),
        live.text("herkomst", "Herkomst", "INDEX([plaatsen.herkomst],INDEX([rekenplaats.rij],[rij_plaats]))"),
        linked(
            pasted.text("effecten", "Effecten in de invoer", lambda row: _effects(draft, row), width=24, wrap=True),
            lambda row: _first_effect(draft, row),
        ),
    )


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
            linked(live.text("regel", "Regel", "[betaling.regel@]", 16), lambda row: chains.get(row.lijn.sleutel)),
            linked(
                live.text("bron", "Bron", "[betaling.bron@]"),
                lambda row: Target("dekking", "bron", sources[row.bron.bron]),
            ),
            linked(live.text("regel_id", "Rust op regel", "[betaling.regel_id@]", 22), lambda row: _post(draft, row)),
            live.year("jaar", "Jaar", "[betaling.jaar@]", 6),
            pasted.text(
                "cel",
                "Cel van de bron in de invoer",
                lambda row: draft.case.cell("dekking", "bron", row.bron.rij),
                width=15,
            ),
            linked(
                live.euro("bedrag", "Besluit: bedrag", "[betaling.bedrag@]"),
                lambda row: Target("betaling", "bedrag", order[row.lijn.sleutel, row.bron.bron]),
            ),
            pasted.text("vindplaats", "Vindplaats", _read_at),
        ),
    )


def _rule_id(row: Payment) -> str:
    rule = row.toestemming.regel
    return rule.id if rule else "geen"


def _read_at(row: Payment) -> str:
    rule = row.toestemming.regel
    return rule.vindplaats if rule else row.toestemming.waarom


def _post(draft: Draft, row: Payment) -> Target | None:
    post = draft.statement.posts.post_of(row.bron, row.lijn.regel)
    return None if post is None else Target("post", "mag", draft.statement.posts.all.index(post))
