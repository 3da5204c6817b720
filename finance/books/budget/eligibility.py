"""The sheet `rechtmatigheid`: of everything that a grant pays, why it may, and what evidence there is.

What the workbook can compute is a live test. What the input has no field for, such as an invoice,
is named as still to be delivered; evidence that is absent or assumed shows as such and is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.payments import none_forbids
from finance.books.origins import linked
from finance.case.case import CostLine, paid_line
from finance.case.words import GRANT, PLACE_COSTS
from finance.rules.records import Rule, RuleSet
from finance.rules.tests import ACTIVITY, CHECKLIST, CLOSURE, CONDITIONS, GRANT_WINDOW, PaymentTest
from finance.statement.payments import Payment
from finance.tables import live, pasted
from finance.tables.columns import or_else, upright
from finance.tables.grid import Format
from finance.tables.pages import Column, Notes, Page, Table, Target

ABSENT: Final = "ONTBREEKT"
ATTENTION: Final = "AANDACHT"
ENOUGH: Final = "VOLDOET"
LATER: Final = "nog te leveren bij verantwoording"
SETTLED: Final = "realisatie in de invoer"
FIRST, LAST = CHECKLIST[0].sleutel, CHECKLIST[-1].sleutel
VAT: Final = (
    f"Btw: de bedragen op het invoerblad kosten zijn met de btw die niet terugkomt. Waaruit dat blijkt, is {LATER}."
)
PROVENANCE_ROW: Final = "MATCH([code],[herkomst.code],0)"
PAID_ROW: Final = "[rekenrecht.rij_realisatie@]"
"""The first row of `realisatie` of the line, in a closed year."""
LINE_KEYS: Final = ("bron", "kostensoort", "jaar", "maatregel", "locatie", "zorgvorm")
SAME_FACT: Final = ",".join(f"[realisatie.{key}],[{key}]" for key in LINE_KEYS)


@dataclass(frozen=True)
class Claim:
    """One payment out of a grant, with the input that it rests on.

    Attributes:
        nr: its place on this sheet, counted from 1.
        betaling: the payment.
        nummer: its position among all payments, counted from 1.
        codes: where the rows of the input behind its cost line come from, in their order.
        feiten: how many rows of `realisatie` are about it.
        draft: the material.
    """

    nr: int
    betaling: Payment
    nummer: int
    codes: tuple[str, ...]
    feiten: int
    draft: Draft

    @property
    def code(self) -> str:
        """The code of the first row of the input behind it; empty where there is none."""
        return self.codes[0] if self.codes else ""


def claims(draft: Draft) -> tuple[Claim, ...]:
    """The payments out of grants, in the order of the sheet `betalingen`."""
    made = [(at, row) for at, row in enumerate(draft.statement.payments, start=1) if row.bron.soort == GRANT]
    return tuple(
        Claim(nr, row, at, _codes(draft, row), _facts(draft, row), draft) for nr, (at, row) in enumerate(made, start=1)
    )


def _codes(draft: Draft, payment: Payment) -> tuple[str, ...]:
    line = payment.lijn.regel
    paid = tuple(row.herkomst for row in draft.case.actuals if paid_line(row) == line)
    if paid:
        return paid
    if line.kostensoort in PLACE_COSTS:
        return (draft.case.place[line.locatie, line.zorgvorm].herkomst,)
    rows = [row.kosten for row in draft.cost_rows if row.lijn is payment.lijn]
    return tuple(row.herkomst or draft.case.measure[row.maatregel].herkomst for row in rows)


def _facts(draft: Draft, payment: Payment) -> int:
    line = payment.lijn.regel
    return sum(row.bron == payment.bron.bron and paid_line(row) == line for row in draft.case.actuals)


def page(draft: Draft) -> Page:
    """The sheet `rechtmatigheid`."""
    rows = claims(draft)
    return Page(
        "rechtmatigheid",
        "Rechtmatigheid van wat uitkeringen betalen",
        "Per betaling uit een specifieke uitkering: mag het, door welke regel, en welk bewijs is er? De"
        f" toetsen rekenen mee. {ABSENT} is een gat in de onderbouwing; '{LATER}' is wat een begroting nog"
        " niet kan hebben.",
        (_state(rows), _list(draft, rows), _grounds(draft)),
    )


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_rechtmatigheid`: the rows of other tables that the tests look at."""
    return Page(
        "rekenblad_rechtmatigheid",
        "Rekenblad: rechtmatigheid",
        "Op welke rijen van andere tabellen een betaling uit een uitkering rust (0: niet in die tabel). Elke"
        " rij hoort bij dezelfde rij van het blad rechtmatigheid.",
        (Table("rekenrecht", "", claims(draft), _lookups(draft)),),
        tab="berekening",
    )


def _state(rows: tuple[Claim, ...]) -> Table[None]:

    def resting_on(key: str, head: str, word: str) -> Column[None]:
        formula = f'ROUND(SUMIFS([rechtmatig.bedrag],[rechtmatig.soort],"{word}"),2)'
        return live.euro(key, head, formula, total=False)

    return Table(
        "rechtstand",
        "",
        (None,),
        (
            live.number("aantal", "Betalingen uit uitkeringen", "COUNT([rechtmatig.bedrag])", Format.COUNT),
            live.euro("bedrag", "Samen", "ROUND(SUM([rechtmatig.bedrag]),2)", total=False),
            live.number("niet", "Die niet mogen", _others("toets", "ja", rows), Format.COUNT),
            live.number("aandacht", "Aandachtspunten bewijs", _others("bewijs", ENOUGH, rows), Format.COUNT),
            resting_on("uit_bron", "Rust op een document", "bron"),
            resting_on("uit_aanname", "Rust op een aanname", "aanname"),
            resting_on("zonder", "Zonder herkomst", ABSENT),
        ),
    )


def _others(column: str, word: str, rows: tuple[Claim, ...]) -> str:
    """How many payments say something else than this word, an error value included."""
    return f'ROWS([rechtmatig.{column}])-COUNTIF([rechtmatig.{column}],"{word}")' if rows else "0"


def _list(draft: Draft, rows: tuple[Claim, ...]) -> Table[Claim]:
    columns = (*_subject(draft), *_tests(draft), *_evidence(draft), *_still())
    return Table(
        "rechtmatig",
        "Betalingen uit uitkeringen",
        rows,
        columns,
        "Bewijs vraagt AANDACHT waar de kosten op een aanname rusten of een document of vindplaats ontbreekt."
        " Het is geen fout van het plan: het zegt wat er voor de verantwoording nog moet komen.",
    )


def _of_payment(key: str, head: str, width: float, column: str = "") -> Column[Claim]:
    return live.text(key, head, f"INDEX([betaling.{column or key}],[rekenrecht.rij@])", width)


def _subject(draft: Draft) -> tuple[Column[Claim], ...]:
    lines = draft.line_number
    return (
        linked(
            _of_payment("regel", "Regel", 8), lambda row: Target("lijn", "kosten", lines[row.betaling.lijn.regel] - 1)
        ),
        _of_payment("waarvoor", "Waarvoor", 20),
        _of_payment("kostensoort", "Kostensoort", 21),
        live.year("jaar", "Jaar", "INDEX([betaling.jaar],[rekenrecht.rij@])", 6),
        _of_payment("bron", "Bron", 12),
        linked(
            live.euro("bedrag", "Bedrag", "INDEX([betaling.bedrag],[rekenrecht.rij@])"),
            lambda row: Target("betaling", "bedrag", row.nummer - 1),
        ),
    )


def _tests(draft: Draft) -> tuple[Column[Claim], ...]:
    """The live tests, with the rule that decides on the category."""
    asked = [test for test in CHECKLIST if test in draft.statement.rules.tests]
    # One page wide with letters that can be read: where a case asks more, each column is narrower.
    width = 7 if ACTIVITY in asked else 8
    tests = tuple(upright(_of_payment(test.sleutel, test.naam, width), width) for test in asked)
    return (
        *tests,
        live.text("toets", "Mag het?", none_forbids(f"[{FIRST}:{LAST}]"), 6),
        linked(_of_payment("regel_id", "Rust op regel", 22), lambda row: _post(draft, row)),
        pasted.text("artikel", "Artikel en publicatie", _read_at, width=18 + width, wrap=True),
        _of_payment("rang", "Rang van die regel", 13),
    )


def _rule_id(row: Claim) -> str:
    rule = row.betaling.toestemming.regel
    return rule.id if rule else "geen"


def _read_at(row: Claim) -> str:
    rule = row.betaling.toestemming.regel
    return rule.vindplaats if rule else row.betaling.toestemming.waarom


def _post(draft: Draft, row: Claim) -> Target | None:
    post = draft.statement.posts.post_of(row.betaling.bron, row.betaling.lijn.regel)
    return None if post is None else Target("post", "betaalbaar", draft.statement.posts.all.index(post))


def _evidence(draft: Draft) -> tuple[Column[Claim], ...]:
    """Where the cost comes from, and whether that can be read somewhere."""
    place = "INDEX([plaatsen.herkomst],INDEX([rekenplaats.rij],[rekenrecht.rij_plaats@]))"
    codes = {code: at for at, code in enumerate(draft.provenance_of)}
    code = (
        "IF([rekenrecht.rij_kosten@]>0,INDEX([kosten.herkomst_geldt],[rekenrecht.rij_kosten@]),"
        f'IF([rekenrecht.rij_plaats@]>0,{place},""))'
    )
    if draft.has_history:
        code = f"IF({PAID_ROW}>0,INDEX([realisatie.herkomst],{PAID_ROW}),{code})"
    said = f'INDEX([herkomst.{{}}],{PROVENANCE_ROW})&""'

    def known(name: str, head: str) -> Column[Claim]:
        cell = said.replace("{}", name)
        formula = f'IF([code]="","{ABSENT}",IF({cell}="","{ABSENT}",{cell}))'
        return live.text(name, head, formula, 15, wrap=True)

    return (
        linked(
            live.text("code", "Herkomst", code),
            lambda row: Target("herkomst", "code", codes[row.code]) if row.code else None,
        ),
        live.text(
            "soort",
            "Bron of aanname",
            f'IF([code]="","{ABSENT}",IF([rekenrecht.rijen@]=[rekenrecht.uit_bron@],"bron","aanname"))',
        ),
        known("document", "Document"),
        known("vindplaats", "Vindplaats"),
        live.check(
            "bewijs",
            "Bewijs",
            or_else(
                f'IF(AND([soort]="bron",[document]<>"{ABSENT}",[vindplaats]<>"{ABSENT}"),"{ENOUGH}","{ATTENTION}")',
                ATTENTION,
            ),
        ),
    )


def _still() -> tuple[Column[Claim], ...]:
    """What a budget cannot have yet, and the input has no field for."""
    return (
        live.text("werkelijk", "Werkelijke kosten", f'IF([rekenrecht.feiten@]>0,"{SETTLED}","{LATER}")', 14, wrap=True),
        pasted.text("factuur", "Factuur of ander bewijsstuk", lambda _: LATER, width=14, wrap=True),
        pasted.text("btw", "Btw die niet terugkomt", lambda _: LATER, width=14, wrap=True),
    )


def _lookups(draft: Draft) -> tuple[Column[Claim], ...]:
    """The rows of other tables that the formulas of a row look at."""
    first_cost: dict[CostLine, int] = {}
    for at, row in enumerate(draft.cost_rows, start=1):
        if row.lijn:
            first_cost.setdefault(row.lijn.regel, at)
    place_row = "MAX(INDEX([rekenlijn.rij_exploitatie],[rij_regel]),INDEX([rekenlijn.rij_leegstand],[rij_regel]))"

    def place_of(key: str, head: str) -> Column[Claim]:
        return live.text(key, head, f'IF([rij_plaats]>0,INDEX([bezetting.{key}],[rij_plaats]),"")')

    return (
        live.number("nr", "Nr", "N([-nr])+1", Format.COUNT),
        live.number("rij", "Rij in betalingen", "MATCH([nr],[rekenbetaling.nr_uitkering],0)"),
        live.number("rij_regel", "Rij in dekking", "INDEX([rekenbetaling.rij_regel],[rij])"),
        live.number("rij_kosten", "Rij in kosten", "INDEX([rekenlijn.rij_kosten],[rij_regel])"),
        live.number("rij_plaats", "Rij in capaciteit", place_row),
        *_paid_row(draft),
        *_sourced(draft),
        live.number("rij_maatregel", "Rij in maatregelen", "INDEX([rekenbetaling.rij_maatregel],[rij])"),
        live.text("bron", "Bron", "INDEX([betaling.bron],[rij])"),
        live.text("kostensoort", "Kostensoort", "INDEX([betaling.kostensoort],[rij])", 21),
        live.year("jaar", "Jaar", "INDEX([betaling.jaar],[rij])"),
        live.text("maatregel", "Maatregel", 'IF([rij_maatregel]>0,INDEX([maatregelen.maatregel],[rij_maatregel]),"")'),
        place_of("locatie", "Locatie"),
        place_of("zorgvorm", "Zorgvorm"),
        live.number("feiten", "Rijen in realisatie", f"COUNTIFS({SAME_FACT})", Format.COUNT),
    )


def _sourced(draft: Draft) -> tuple[Column[Claim], ...]:
    """How many rows of the input are behind a line, and how many of them rest on a document."""
    of_place = "INDEX([plaatsen.herkomst],INDEX([rekenplaats.rij],[rij_plaats]))"
    rows = "COUNTIFS([kost.regel],[regel])+IF([rij_plaats]>0,1,0)"
    sourced = (
        'COUNTIFS([kost.regel],[regel],[kosten.soort_herkomst],"bron")'
        f'+IF([rij_plaats]>0,COUNTIFS([herkomst.code],{of_place},[herkomst.soort],"bron"),0)'
    )
    if draft.has_history:
        paid = "[rekenrealisatie.regel],[regel]"
        rows = f"IF([rij_realisatie]>0,COUNTIFS({paid}),{rows})"
        sourced = f'IF([rij_realisatie]>0,COUNTIFS({paid},[realisatie.soort_herkomst],"bron"),{sourced})'
    return (
        live.text("regel", "Regel", "INDEX([betaling.regel],[rij])", 8),
        live.number("rijen", "Rijen van de invoer", rows, Format.COUNT),
        live.number("uit_bron", "Waarvan uit een document", sourced, Format.COUNT),
    )


def _paid_row(draft: Draft) -> tuple[Column[Claim], ...]:
    """Where the line stands in `realisatie`; no column where no year is closed."""
    if not draft.has_history:
        return ()
    first: dict[CostLine, int] = {}
    for at, row in enumerate(draft.case.actuals, start=1):
        first.setdefault(paid_line(row), at)
    return (live.number("rij_realisatie", "Rij in realisatie", "INDEX([rekenlijn.rij_realisatie],[rij_regel])"),)


def _grounds(draft: Draft) -> Notes:
    names = dict.fromkeys(row.regeling for row in draft.case.sources if row.soort == GRANT)
    rule_sets = draft.statement.rules.rule_sets
    lines = [line for name in names for line in _grounds_of(draft, rule_sets[name])]
    return Notes("Waar de toetsen op rusten", (*lines, VAT))


def _grounds_of(draft: Draft, rules: RuleSet) -> Iterator[str]:
    """What each point of the checklist rests on, for one regulation."""
    years = [row for row in draft.statement.posts.grant_years if row.regeling == rules.id]
    posts = [row for row in draft.statement.posts.all if row.groep == rules.id]
    asked: dict[PaymentTest, list[Rule | None]] = {
        GRANT_WINDOW: [row.periode for row in years],
        **{test: [row.voorwaarden.get(test) for row in years] for test in CONDITIONS},
        CLOSURE: [row.sluiting for row in posts],
    }
    settled = rules.afrekening or f"{ABSENT}, dit deel van de regeling is niet gelezen"
    yield f"{rules.naam}. Werkelijke kosten, tot het maximum: {settled}; het bewijs is {LATER}."
    for test, found in asked.items():
        point = test.toetspunt
        yield f"{rules.naam}. {point[0].upper()}{point[1:]}: {_read(found)}."


def _read(rules: Iterable[Rule | None]) -> str:
    found = dict.fromkeys(rule.vindplaats for rule in rules if rule is not None)
    return "; ".join(found) or "geen voorwaarde die de toolkit van deze regeling kent"
