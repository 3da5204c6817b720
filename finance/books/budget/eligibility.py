"""The sheet `rechtmatigheid`: of everything that a grant pays, why it may, and what evidence there is.

What the workbook can compute is a live test. What the input has no field for, such as an invoice,
is named as still to be delivered; evidence that is absent or assumed shows as such and is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.lines import purpose
from finance.books.budget.payments import none_forbids
from finance.books.origins import linked
from finance.case.case import CostLine, paid_line
from finance.case.words import PLACE_COSTS
from finance.money import Money
from finance.rules.records import Rule, RuleSet
from finance.rules.tests import CHECKLIST, CLOSURE, CONDITIONS, GRANT_WINDOW, NO, PaymentTest
from finance.statement.payments import Payment
from finance.statement.posts import GRANT
from finance.tables.columns import check, euro, number, or_else, text, year, yes
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Notes, Page, Table, Target

ABSENT: Final = "ONTBREEKT"
ATTENTION: Final = "AANDACHT"
ENOUGH: Final = "VOLDOET"
LATER: Final = "nog te leveren bij verantwoording"
SETTLED: Final = "realisatie in de invoer"
FIRST, LAST = CHECKLIST[0].sleutel, CHECKLIST[-1].sleutel
VAT: Final = (
    "Btw: de bedragen op het invoerblad kosten zijn met de btw die niet terugkomt. Waaruit dat blijkt, is"
    f" {LATER}."
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

    @property
    def soort(self) -> str:
        """Whether all of the input behind it comes from documents."""
        if not self.code:
            return ABSENT
        return "bron" if self.uit_bron == len(self.codes) else "aanname"

    @property
    def uit_bron(self) -> int:
        """How many of the rows of the input behind it rest on a document."""
        known = self.draft.provenance_of
        return sum(known[code].soort == "bron" for code in self.codes)

    def said(self, name: str) -> str:
        """What the sheet `herkomst` says of its code in a column; ONTBREEKT where it says nothing."""
        known = self.draft.provenance_of.get(self.code)
        return (getattr(known, name) if known else "") or ABSENT

    @property
    def mag(self) -> bool:
        """Whether none of the tests says no."""
        return all(self.betaling.oordelen[test] != NO for test in CHECKLIST)

    @property
    def onderbouwd(self) -> bool:
        """Whether there is a document for all of it, and a place to read it."""
        return self.soort == "bron" and ABSENT not in (self.said("document"), self.said("vindplaats"))


def claims(draft: Draft) -> tuple[Claim, ...]:
    """The payments out of grants, in the order of the sheet `betalingen`."""
    made = [(at, row) for at, row in enumerate(draft.statement.payments, start=1) if row.bron.soort == GRANT]
    return tuple(
        Claim(nr, row, at, _codes(draft, row), _facts(draft, row), draft)
        for nr, (at, row) in enumerate(made, start=1)
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


def attention_points(draft: Draft) -> int:
    """How many payments out of grants ask for evidence."""
    return sum(not claim.onderbouwd for claim in claims(draft))


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
    total = Money.total(row.betaling.bedrag for row in rows)
    failed = sum(not row.mag for row in rows)
    open_points = sum(not row.onderbouwd for row in rows)

    def resting_on(key: str, head: str, word: str) -> Column[None]:
        amount = Money.total(row.betaling.bedrag for row in rows if row.soort == word)
        formula = f'ROUND(SUMIFS([rechtmatig.bedrag],[rechtmatig.soort],"{word}"),2)'
        return euro(key, head, lambda _: amount, formula, total=False)

    return Table(
        "rechtstand",
        "",
        (None,),
        (
            number("aantal", "Betalingen uit uitkeringen", lambda _: len(rows), "COUNT([rechtmatig.bedrag])",
                   Format.COUNT),
            euro("bedrag", "Samen", lambda _: total, "ROUND(SUM([rechtmatig.bedrag]),2)", total=False),
            number("niet", "Die niet mogen", lambda _: failed, _others("toets", "ja", rows),
                   Format.COUNT),
            number("aandacht", "Aandachtspunten bewijs", lambda _: open_points,
                   _others("bewijs", ENOUGH, rows), Format.COUNT),
            resting_on("uit_bron", "Rust op een document", "bron"),
            resting_on("uit_aanname", "Rust op een aanname", "aanname"),
            resting_on("zonder", "Zonder herkomst", ABSENT),
        ),
    )  # fmt: skip


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


def _of_payment(
    key: str, head: str, value: Callable[[Claim], Value], width: float, column: str = ""
) -> Column[Claim]:
    return text(key, head, value, f"INDEX([betaling.{column or key}],[rekenrecht.rij@])", width)


def _subject(draft: Draft) -> tuple[Column[Claim], ...]:
    lines = draft.line_number
    return (
        linked(_of_payment("regel", "Regel", lambda row: row.betaling.lijn.sleutel, 8),
               lambda row: Target("lijn", "kosten", lines[row.betaling.lijn.regel] - 1)),
        _of_payment("waarvoor", "Waarvoor", lambda row: purpose(draft, row.betaling.lijn.regel), 20),
        _of_payment("kostensoort", "Kostensoort", lambda row: row.betaling.lijn.regel.kostensoort, 21),
        year("jaar", "Jaar", lambda row: row.betaling.lijn.regel.jaar,
             "INDEX([betaling.jaar],[rekenrecht.rij@])", 6),
        _of_payment("bron", "Bron", lambda row: draft.name("bron", row.betaling.bron.bron), 12),
        linked(euro("bedrag", "Bedrag", lambda row: row.betaling.bedrag,
                    "INDEX([betaling.bedrag],[rekenrecht.rij@])"),
               lambda row: Target("betaling", "bedrag", row.nummer - 1)),
    )  # fmt: skip


def _tests(draft: Draft) -> tuple[Column[Claim], ...]:
    """The live tests, with the rule that decides on the category."""

    def verdict_of(test: PaymentTest) -> Callable[[Claim], str]:
        return lambda row: row.betaling.oordelen[test]

    tests = tuple(_of_payment(test.sleutel, test.naam, verdict_of(test), 8) for test in CHECKLIST)
    return (
        *tests,
        text("toets", "Mag het?", lambda row: yes(row.mag),
             none_forbids(f"[{FIRST}:{LAST}]"), 8),
        linked(_of_payment("regel_id", "Rust op regel", _rule_id, 22), lambda row: _post(draft, row)),
        text("artikel", "Artikel en publicatie", _read_at, width=26, wrap=True),
    )  # fmt: skip


def _rule_id(row: Claim) -> str:
    rule = row.betaling.toestemming.regel
    return rule.id if rule else "geen"


def _read_at(row: Claim) -> str:
    rule = row.betaling.toestemming.regel
    return rule.vindplaats if rule else row.betaling.toestemming.waarom


def _post(draft: Draft, row: Claim) -> Target | None:
    post = draft.statement.posts.post_of(row.betaling.bron, row.betaling.lijn.regel)
    return None if post is None else Target("post", "mag", draft.statement.posts.all.index(post))


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
        return text(name, head, lambda row: row.said(name), formula, 18, wrap=True)

    return (
        linked(text("code", "Herkomst", lambda row: draft.name("herkomst", row.code), code),
               lambda row: Target("herkomst", "code", codes[row.code]) if row.code else None),
        text("soort", "Bron of aanname", lambda row: row.soort,
             f'IF([code]="","{ABSENT}",IF([rekenrecht.rijen@]=[rekenrecht.uit_bron@],"bron","aanname"))'),
        known("document", "Document"),
        known("vindplaats", "Vindplaats"),
        check("bewijs", "Bewijs", lambda row: ENOUGH if row.onderbouwd else ATTENTION,
              or_else(f'IF(AND([soort]="bron",[document]<>"{ABSENT}",[vindplaats]<>"{ABSENT}"),'
                      f'"{ENOUGH}","{ATTENTION}")', ATTENTION)),
    )  # fmt: skip


def _still() -> tuple[Column[Claim], ...]:
    """What a budget cannot have yet, and the input has no field for."""
    return (
        text("werkelijk", "Werkelijke kosten", lambda row: SETTLED if row.feiten else LATER,
             f'IF([rekenrecht.feiten@]>0,"{SETTLED}","{LATER}")', 17, wrap=True),
        text("factuur", "Factuur of ander bewijsstuk", lambda _: LATER, width=17, wrap=True),
        text("btw", "Btw die niet terugkomt", lambda _: LATER, width=17, wrap=True),
    )  # fmt: skip


def _lookups(draft: Draft) -> tuple[Column[Claim], ...]:
    """The rows of other tables that the formulas of a row look at."""
    lines, measures = draft.line_number, draft.measure_number
    first_cost: dict[CostLine, int] = {}
    for at, row in enumerate(draft.cost_rows, start=1):
        if row.lijn:
            first_cost.setdefault(row.lijn.regel, at)
    places = {
        line.regel: at for at, row in enumerate(draft.place_rows, start=1) for line in row.lijnen.values()
    }
    place_row = (
        "MAX(INDEX([rekenlijn.rij_exploitatie],[rij_regel]),INDEX([rekenlijn.rij_leegstand],[rij_regel]))"
    )

    def place_of(key: str, head: str) -> Column[Claim]:
        return text(key, head, lambda row: draft.name(key, getattr(row.betaling.lijn.regel, key)),
                    f'IF([rij_plaats]>0,INDEX([bezetting.{key}],[rij_plaats]),"")')  # fmt: skip

    return (
        number("nr", "Nr", lambda row: row.nr, "N([-nr])+1", Format.COUNT),
        number("rij", "Rij in betalingen", lambda row: row.nummer,
               "MATCH([nr],[rekenbetaling.nr_uitkering],0)"),
        number("rij_regel", "Rij in dekking", lambda row: lines[row.betaling.lijn.regel],
               "INDEX([rekenbetaling.rij_regel],[rij])"),
        number("rij_kosten", "Rij in kosten", lambda row: first_cost.get(row.betaling.lijn.regel, 0),
               "INDEX([rekenlijn.rij_kosten],[rij_regel])"),
        number("rij_plaats", "Rij in capaciteit", lambda row: places.get(row.betaling.lijn.regel, 0),
               place_row),
        *_paid_row(draft),
        *_sourced(draft),
        number("rij_maatregel", "Rij in maatregelen",
               lambda row: measures.get(row.betaling.lijn.regel.maatregel, 0),
               "INDEX([rekenbetaling.rij_maatregel],[rij])"),
        text("bron", "Bron", lambda row: draft.name("bron", row.betaling.bron.bron),
             "INDEX([betaling.bron],[rij])"),
        text("kostensoort", "Kostensoort", lambda row: row.betaling.lijn.regel.kostensoort,
             "INDEX([betaling.kostensoort],[rij])", 21),
        year("jaar", "Jaar", lambda row: row.betaling.lijn.regel.jaar, "INDEX([betaling.jaar],[rij])"),
        text("maatregel", "Maatregel",
             lambda row: draft.name("maatregel", row.betaling.lijn.regel.maatregel),
             'IF([rij_maatregel]>0,INDEX([maatregelen.maatregel],[rij_maatregel]),"")'),
        place_of("locatie", "Locatie"),
        place_of("zorgvorm", "Zorgvorm"),
        number("feiten", "Rijen in realisatie", lambda row: row.feiten, f"COUNTIFS({SAME_FACT})",
               Format.COUNT),
    )  # fmt: skip


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
        text("regel", "Regel", lambda row: row.betaling.lijn.sleutel, "INDEX([betaling.regel],[rij])", 8),
        number("rijen", "Rijen van de invoer", lambda row: len(row.codes), rows, Format.COUNT),
        number("uit_bron", "Waarvan uit een document", lambda row: row.uit_bron, sourced, Format.COUNT),
    )  # fmt: skip


def _paid_row(draft: Draft) -> tuple[Column[Claim], ...]:
    """Where the line stands in `realisatie`; no column where no year is closed."""
    if not draft.has_history:
        return ()
    first: dict[CostLine, int] = {}
    for at, row in enumerate(draft.case.actuals, start=1):
        first.setdefault(paid_line(row), at)
    return (
        number("rij_realisatie", "Rij in realisatie", lambda row: first.get(row.betaling.lijn.regel, 0),
               "INDEX([rekenlijn.rij_realisatie],[rij_regel])"),
    )  # fmt: skip


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
