"""The sheet `spoor`: for each amount the cells of the input, the scenario, the index, the rule, the decision.

A cost line or a payment is a chain of its own, told once. Every amount of the summary names the
chains that it adds up from. All of it is read from the formulas of the other sheets.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from finance.books.budget.chains import OF_ACTUALS, OF_COSTS, OF_CREDITS, OF_PAYMENTS, OF_PLACES, Chain, Chains
from finance.books.budget.money_chains import money_blocks
from finance.books.budget.sum_chains import sum_blocks
from finance.books.origins import linked
from finance.case.words import OPERATION
from finance.statement.payments import Payment
from finance.tables import live, pasted
from finance.tables.following import Place
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Notes, Page, Table, Target

LINE: Final = "[rij_regel]"
READING: Final = (
    "Een bedrag op samenvatting of bronnen telt kostenregels (R0001) of betalingen op. De eerste tabellen"
    " noemen per bedrag welke; de tabellen daaronder brengen elke kostenregel en elke betaling terug tot de"
    " invoer.",
    "Bedragen die op dezelfde kostenregels rusten, delen zo één spoor: elke kostenregel en elke betaling"
    " staat er één keer. Een bedrag van 0,00 heeft geen spoor.",
    "Welke regels en cellen hier staan, is bij het schrijven gelezen uit de formules zelf. De bedragen zijn"
    " formules en rekenen mee.",
    "De kolommen met een cel (kosten!D12) wijzen naar de invoerwerkmap. Wat onderstreept is, brengt u naar"
    " de cel in deze werkmap; de kolom Spoor op de andere bladen brengt u hier terug.",
    "Betaald is de som van de bronnen in dezelfde rij van dekking; ongedekt is kosten min betaald.",
    "'spuk spoor' toont van elke cel van deze werkmap het hele spoor, stap voor stap met elke formule.",
)


def page(chains: Chains) -> Page:
    """The sheet `spoor`."""
    blocks: tuple[Block, ...] = (
        Notes("Hoe dit te lezen", READING),
        *sum_blocks(chains),
        *money_blocks(chains),
        _costs(chains),
        _places(chains),
        *_actuals(chains),
        *_credits(chains),
        _payments(chains),
    )
    return Page(
        "spoor",
        "Spoor",
        "Van elk bedrag op dekking, bronnen en samenvatting: de cellen van de invoer, wat het scenario eraan"
        " veranderde, de index, de regel met haar vindplaats en het besluit.",
        blocks,
    )


def _costs(chains: Chains) -> Table[Chain]:
    def amount(row: Chain) -> Place | None:
        return _first(chains, row.term, "kosten", "bedrag")

    return Table(
        OF_COSTS,
        "Kostenregels van maatregelen",
        chains.of_table("kost"),
        (
            *_line_columns(chains),
            _in_input(chains, "cel", "Cel in de invoer", amount),
            *_cost_steps(chains),
            *chains.scenario("kosten", "INDEX([kosten.scenario],[rij_kosten])"),
            _row_of_line(chains),
            pasted.row_number("rij_kosten", "Rij in kosten", lambda row: row.term.row + 1),
            live.text("invoer", "Rij in de invoer", "INDEX([kosten.in_invoer],[rij_kosten])", 18),
        ),
        "Bijdrage: het bedrag op prijspeil keer de prijsfactor van zijn index, in het jaar dat volgt uit het"
        " startjaar.",
    )


def _cost_steps(chains: Chains) -> tuple[Column[Chain], ...]:
    """From the amount at prijspeil to what it adds to the line."""
    return (
        live.euro("bedrag", "Bedrag op prijspeil", "INDEX([kosten.bedrag],[rij_kosten])", total=False),
        linked(
            live.text("index", "Index", 'INDEX([kosten.index],[rij_kosten])&""', 10),
            lambda row: _target(_first(chains, row.term, "factoren", "factor")),
        ),
        live.number("factor", "Prijsfactor", "INDEX([kost.factor],[rij_kosten])", Format.FACTOR),
        live.euro("bijdrage", "Bijdrage", "INDEX([kost.nominaal],[rij_kosten])"),
        live.text("herkomst", "Herkomst", "INDEX([kosten.herkomst_geldt],[rij_kosten])"),
        linked(
            live.year("start", "Besluit: start", "INDEX([kost.start],[rij_kosten])"),
            lambda row: _target(_first(chains, row.term._replace(column="start"), "plan", "start")),
        ),
    )


def _first(chains: Chains, place: Place, table: str, column: str) -> Place | None:
    """The first cell of a column that the trail of a cell passes; None for none."""
    return next(iter(chains.cells(place, table, column)), None)


def _target(place: Place | None) -> Target | None:
    return place.target if place else None


def _in_input(chains: Chains, key: str, head: str, cell: Callable[[Chain], Place | None]) -> Column[Chain]:
    """The cell of the input workbook that a chain ends in, with a link to where it stands in this one."""

    def where(row: Chain) -> str:
        place = cell(row)
        return chains.in_input([place]) if place else ""

    return linked(pasted.text(key, head, where, width=15), lambda row: _target(cell(row)))


def _line_columns(chains: Chains) -> tuple[Column[Chain], ...]:
    """What the line is, and what it is for."""
    lines = chains.draft.line_number

    def shown(column: str, head: str, width: float) -> Column[Chain]:
        return live.text(column, head, f"INDEX([lijn.{column}],{LINE})", width)

    return (
        linked(shown("regel", "Regel", 16), lambda row: Target("lijn", "kosten", lines[row.lijn.regel] - 1)),
        shown("waarvoor", "Waarvoor", 21),
        shown("kostensoort", "Kostensoort", 21),
        live.year("jaar", "Jaar", f"INDEX([lijn.jaar],{LINE})", 6),
    )


def _row_of_line(chains: Chains) -> Column[Chain]:
    lines = chains.draft.line_number
    return pasted.row_number("rij_regel", "Rij in dekking", lambda row: lines[row.lijn.regel])


def _places(chains: Chains) -> Table[Chain]:
    return Table(
        OF_PLACES,
        "Kostenregels van plaatsen",
        chains.of_table("bezetting"),
        (
            *_line_columns(chains),
            linked(
                pasted.text("cel", "Cel in de invoer", partial(_price_cell, chains), width=15),
                lambda row: Target("plaatsen", _price_column(row), _place_row(chains, row)),
            ),
            *_place_steps(chains),
            *chains.scenario("plaatsen", "INDEX([plaatsen.scenario],INDEX([rekenplaats.rij],[rij_plaats]))"),
            _row_of_line(chains),
            pasted.row_number("rij_plaats", "Rij in capaciteit", lambda row: row.term.row + 1),
        ),
        "Bijdrage: het aantal bezette of lege plaatsen keer de prijs van het jaar. De plaatsen zijn die bij"
        " de start plus de genoemde effecten, die volgen uit startjaren; hoeveel er bezet zijn is een"
        " besluit.",
    )


def _actuals(chains: Chains) -> tuple[Block, ...]:
    """What was paid of the lines of closed years; none where no year is closed."""
    if not chains.draft.has_history:
        return ()
    return (
        Table(
            OF_ACTUALS,
            "Kostenregels van afgesloten jaren",
            chains.of_table("realisatie"),
            (
                *_line_columns(chains),
                _in_input(chains, "cel", "Cel in de invoer", lambda row: row.term),
                live.text("bron", "Betaald uit", "INDEX([realisatie.bron],[rij_realisatie])"),
                live.euro("bijdrage", "Bijdrage", "INDEX([realisatie.bedrag],[rij_realisatie])"),
                live.text("herkomst", "Herkomst", "INDEX([realisatie.herkomst],[rij_realisatie])"),
                *chains.scenario("realisatie", "INDEX([realisatie.scenario],[rij_realisatie])"),
                _row_of_line(chains),
                pasted.row_number("rij_realisatie", "Rij in realisatie", lambda row: row.term.row + 1),
                live.text("invoer", "Rij in de invoer", "INDEX([realisatie.in_invoer],[rij_realisatie])", 18),
            ),
            "Bijdrage: wat is betaald. Van een afgesloten jaar telt alleen de realisatie.",
        ),
    )


def _credits(chains: Chains) -> tuple[Block, ...]:
    """The interest on what is owed; none where the case has no credit."""
    if not chains.draft.case.credits:
        return ()
    return (
        Table(
            OF_CREDITS,
            "Kostenregels van kredieten",
            chains.of_table("krediet"),
            (
                *_line_columns(chains),
                _in_input(chains, "cel", "Cel van de rente", lambda row: _first(chains, row.term, "dekking", "rente")),
                live.number("rente", "Rente", "INDEX([krediet.percentage],[rij_krediet])", Format.PERCENT),
                linked(
                    live.euro("begin", "Open aan het begin", "INDEX([krediet.begin],[rij_krediet])", total=False),
                    lambda row: Target("krediet", "begin", row.term.row),
                ),
                live.euro("bijdrage", "Bijdrage", "INDEX([krediet.rente],[rij_krediet])"),
                live.euro("hoofdsom", "Afgelost van de lening", "INDEX([krediet.hoofdsom],[rij_krediet])"),
                live.text("herkomst", "Herkomst", "INDEX([dekking.herkomst],MATCH([waarvoor],[dekking.bron],0))"),
                *chains.scenario("dekking", "INDEX([dekking.scenario],MATCH([waarvoor],[dekking.bron],0))"),
                _row_of_line(chains),
                pasted.row_number("rij_krediet", "Rij in kredieten", lambda row: row.term.row + 1),
            ),
            "Bijdrage: de rente over wat aan het begin van het jaar openstaat. Wat van de lening zelf wordt afgelost,"
            " is geen kosten: het krediet betaalde er eerder kosten mee.",
        ),
    )


def _price_column(row: Chain) -> str:
    return f"{row.term.column}_per_plaats"


def _place_row(chains: Chains, row: Chain) -> int:
    """The row of the table `plaatsen`, counted from 0."""
    number = chains.followed.value(Place("rekenplaats", "rij", row.term.row))
    return int(str(number)) - 1


def _price_cell(chains: Chains, row: Chain) -> str:
    """The cell of the price; where the input leaves it empty, its tariff gives it."""
    given = _first(chains, row.term, "plaatsen", _price_column(row))
    if given:
        return chains.in_input([given])
    place = chains.draft.case.places[_place_row(chains, row)]
    return f"{chains.draft.case.cell('plaatsen', _price_column(row), place.rij)}, leeg: via tarief"


def _place_steps(chains: Chains) -> tuple[Column[Chain], ...]:
    """From the price at prijspeil and the places to what they add to the line."""
    used = f'[kostensoort]="{OPERATION}"'

    def either(one: str, other: str) -> str:
        return f"IF({used},INDEX([{one}],[rij_plaats]),INDEX([{other}],[rij_plaats]))"

    def effects(row: Chain) -> tuple[Place, ...]:
        return chains.cells(row.term._replace(column="plaatsen"), "effecten", "plaatsen")

    def first_effect(row: Chain) -> Target | None:
        return next((place.target for place in effects(row)), None)

    return (
        live.number("prijs", "Prijs in het jaar", either("bezetting.prijs_bezet", "bezetting.prijs_leeg"), Format.EURO),
        linked(
            live.text("index", "Index", 'INDEX([rekenplaats.index],[rij_plaats])&""', 10),
            lambda row: _target(_first(chains, row.term, "factoren", "factor")),
        ),
        linked(
            live.places("aantal", "Besluit: plaatsen", either("bezetting.bezet", "bezetting.leeg")),
            lambda row: Target("bezetting", "bezet", row.term.row),
        ),
        live.euro("bijdrage", "Bijdrage", either("bezetting.exploitatie", "bezetting.leegstand")),
        live.text("herkomst", "Herkomst", "INDEX([plaatsen.herkomst],INDEX([rekenplaats.rij],[rij_plaats]))"),
        linked(
            pasted.text(
                "effecten", "Effecten in de invoer", lambda row: chains.in_input(effects(row)), width=24, wrap=True
            ),
            first_effect,
        ),
    )


def _payments(chains: Chains) -> Table[int]:
    followed, draft = chains.followed, chains.draft
    payments = draft.statement.payments

    def line(at: int) -> Target | None:
        return chains.of_line.get(str(followed.value(Place("betaling", "regel", at))))

    def source(at: int) -> Place:
        return Place("dekking", "bron", int(str(followed.value(Place("rekenbetaling", "rij_bron", at)))) - 1)

    return Table(
        OF_PAYMENTS,
        "Betalingen: besluit, regel en bron",
        range(len(payments)),
        (
            linked(live.text("regel", "Regel", "[betaling.regel@]", 16), line),
            linked(live.text("bron", "Bron", "[betaling.bron@]"), lambda at: source(at).target),
            linked(
                live.text("regel_id", "Rust op regel", "[betaling.regel_id@]", 22),
                lambda at: _post(chains, at),
            ),
            live.year("jaar", "Jaar", "[betaling.jaar@]", 6),
            pasted.text("cel", "Cel van de bron in de invoer", lambda at: chains.in_input([source(at)]), width=15),
            linked(
                live.euro("bedrag", "Besluit: bedrag", "[betaling.bedrag@]"),
                lambda at: Target("betaling", "bedrag", at),
            ),
            pasted.text("vindplaats", "Vindplaats", lambda at: _read_at(payments[at])),
        ),
    )


def _read_at(row: Payment) -> str:
    rule = row.toestemming.regel
    return rule.vindplaats if rule else row.toestemming.waarom


def _post(chains: Chains, at: int) -> Target | None:
    """The post of a regulation that lets a payment be, by its row; None for none, or several."""
    number = int(str(chains.followed.value(Place("rekenbetaling", "rij_post", at))))
    return Target("post", "betaalbaar", number - 1) if 0 < number <= chains.followed.rows("post") else None
