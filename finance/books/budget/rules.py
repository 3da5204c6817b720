"""The sheet `regels`: the parameters of every rule, and every rule as a live check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final, TypeVar

from finance.books.budget.draft import Draft
from finance.books.budget.payments import FIRST_TEST, LAST_TEST, granted_by
from finance.books.origins import of_rule
from finance.money import ZERO
from finance.rules.entitlement import Ceiling, ShareCap
from finance.rules.records import Rule
from finance.rules.tests import CONDITIONS, PaymentTest
from finance.statement.checks import CheckKind, RuleCheck
from finance.statement.posts import AS_INPUT_SAYS, NO, GrantYear, Post
from finance.tables.columns import (
    FAILS,
    HOLDS,
    UNTESTED,
    check,
    euro,
    holds,
    number,
    or_else,
    text,
    verdict,
    within,
    year,
    yes,
)
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column, Page, Table

R = TypeVar("R")

ALL: Final = "alle"
"""What stands for every kostensoort."""
UNKNOWN: Final = "geen maximum bekend"
CHECKED: Final = holds(within("[waarde]", "[grens]"))
TESTED: Final = (
    f"INDEX([betaling.{FIRST_TEST}:{LAST_TEST}],0,MATCH([toets],[betaling.^{FIRST_TEST}:{LAST_TEST}],0))"
)
"""The column of the payments that holds the verdicts of one test."""


def page(draft: Draft) -> Page:
    """The sheet `regels`."""
    tests: tuple[Table[Any], ...] = (
        _payment_checks(draft),
        _share_caps(draft),
        _ceilings(draft),
        _vacancy(draft),
        _pots(draft),
        _yearly(draft),
        *_pot_years(draft),
    )
    blocks = (_verdict(draft, tests), *tests, _grant_years(draft), _posts(draft))
    return Page(
        "regels",
        "Regels",
        "Elke regel met beide kanten, de vindplaats en het oordeel; daaronder de parameters van de regels."
        " Verander een betaling, een uitgangspunt of een parameter, en het oordeel rekent mee.",
        blocks,
        tab="berekening",
    )


def _verdict(draft: Draft, tables: Sequence[Table[Any]]) -> Table[Draft]:
    """The verdict on all rules: a rule fails unless it says that it holds, or that it was not tested."""
    found = [check.voldoet for check in draft.statement.checks]
    columns = [f"{table.name}.oordeel" for table in tables if table.rows]
    counted = {
        word: "+".join(f'COUNTIF([{column}],"{word}")' for column in columns) or "0"
        for word in (HOLDS, UNTESTED)
    }
    return Table(
        "regeloordeel",
        "",
        (draft,),
        (
            number("regels", "Regels", lambda _: len(found),
                   "+".join(f"ROWS([{column}])" for column in columns) or "0", Format.COUNT),
            number("wel", "Waaraan is voldaan", lambda _: found.count(True), counted[HOLDS], Format.COUNT),
            number("ongetoetst", "Die niet zijn getoetst", lambda _: found.count(None), counted[UNTESTED],
                   Format.COUNT),
            number("niet", "Waaraan niet is voldaan", lambda _: found.count(False),
                   "[regels]-[wel]-[ongetoetst]", Format.COUNT),
            check("oordeel", "Oordeel over alle regels", lambda _: verdict(False not in found),
                  holds("[niet]=0")),
            _parameter("grens", "Bedrag dat tegen een regel in mag gaan", lambda _: ZERO, lambda _: None,
                       Format.EURO),
        ),
    )  # fmt: skip


def _of_kind(draft: Draft, kind: CheckKind) -> list[RuleCheck]:
    return [check for check in draft.statement.checks if check.soort is kind]


def _rule_id() -> Column[RuleCheck]:
    return text("regel", "Regel", lambda row: row.regel, width=24, wrap=True)


def _what() -> Column[RuleCheck]:
    return text("wat", "Wat wordt getoetst", lambda row: row.wat, width=34, wrap=True)


def _sides(value: str, limit: str) -> tuple[Column[RuleCheck], ...]:
    """The two sides of a check, its verdict, and where to read the rule."""
    return (
        euro("waarde", "Waarde", lambda row: row.waarde, value, total=False),
        euro("grens", "Grens", lambda row: row.grens, limit, total=False),
        check("oordeel", "Oordeel", lambda row: verdict(row.voldoet), CHECKED),
        text("vindplaats", "Vindplaats", lambda row: row.vindplaats, width=44, wrap=True),
    )


def _parameter(
    key: str,
    head: str,
    value: Callable[[R], Value],
    rule: Callable[[R], Rule | None],
    fmt: Format = Format.TEXT,
) -> Column[R]:
    """A column with a parameter of a rule; a reader may change it to see what follows."""
    return Column(
        key, head, value, "", fmt, Role.INPUT_SOURCED, 12, origin=lambda row: of_rule(rule(row))
    )


def _payment_checks(draft: Draft) -> Table[RuleCheck]:
    sort = f'IF([kostensoort]="{ALL}","*",[kostensoort])'
    value = (
        "ROUND(SUMIFS([betaling.bedrag],[betaling.bron],[bron],"
        f'[betaling.kostensoort],{sort},{TESTED},"nee"),2)'
    )
    return Table(
        "toets",
        "Wat een bron mag betalen",
        _of_kind(draft, CheckKind.PAYMENTS),
        (
            _rule_id(),
            _what(),
            text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=21),
            text("kostensoort", "Kostensoort", lambda row: row.onderwerp or ALL, width=21),
            text("toets", "Kolom in betalingen", lambda row: row.toets.naam if row.toets else "", width=18),
            *_sides(value, "[regeloordeel.grens!]"),
        ),
        "Waarde: wat de bron betaalt en niet mag. Grens: wat daarvan is toegestaan.",
    )


def _share_caps(draft: Draft) -> Table[tuple[ShareCap, RuleCheck]]:
    rows = list(zip(draft.statement.rules.share_caps, _of_kind(draft, CheckKind.SHARE_CAP), strict=True))
    decision = "[rekenbetaling.regeling],[regeling],[rekenbetaling.beschikking],[beschikking]"
    years = '[betaling.jaar],">="&[van],[betaling.jaar],"<="&[tot]'
    granted = "[rekenbron.regeling],[regeling],[rekenbron.beschikking],[beschikking]"
    return Table(
        "deelplafond",
        _capped_together(draft),
        rows,
        (
            text("regel", "Regel", lambda row: row[0].regel.id),
            text("regeling", "Regeling", lambda row: draft.name("regeling", row[0].regeling)),
            text("beschikking", "Beschikking", lambda row: granted_by(draft, row[0].bronnen[0])),
            euro("toegekend", "Toegekend", lambda row: row[0].toegekend,
                 f"ROUND(SUMIFS([dekking.bedrag],{granted}),2)", total=False),
            _parameter("aandeel", "Aandeel", lambda row: row[0].regel.aandeel, _cap, Format.PERCENT),
            euro("waarde", "Betaald", lambda row: row[1].waarde,
                 f"ROUND(SUMIFS([betaling.bedrag],{decision},[rekenbetaling.deelplafond],[regel],{years}),2)",
                 total=False),
            euro("grens", "Grens", lambda row: row[1].grens,
                 "ROUNDDOWN(ROUND([toegekend]*[aandeel],6),2)", total=False),
            check("oordeel", "Oordeel", lambda row: verdict(row[1].voldoet), CHECKED),
            text("vindplaats", "Vindplaats", lambda row: row[1].vindplaats, wrap=True),
            _parameter("van", "Van jaar", lambda row: row[0].jaren[0], _cap, Format.YEAR),
            _parameter("tot", "Tot en met", lambda row: row[0].jaren[-1], _cap, Format.YEAR),
        ),
        "Grens: het aandeel van wat de beschikking toekende, naar beneden afgerond op de cent. Welke"
        " kostensoorten onder een deelplafond vallen, staat hieronder bij wat uit welke bron mag.",
        ids=lambda row: (row[1].regel, row[1].onderwerp),
    )  # fmt: skip


def _capped_together(draft: Draft) -> str:
    """The title of the share caps; it names the kostensoorten of a single one."""
    rules = {cap.regel.id: cap.regel for cap in draft.statement.rules.share_caps}
    together = {rule.kostensoorten for rule in rules.values()}
    if len(together) != 1:
        return "Deelplafonds"
    return f"Deelplafond: {' en '.join(next(iter(together))).replace('_', ' ')}"


def _ceilings(draft: Draft) -> Table[tuple[Ceiling, RuleCheck]]:
    rows = list(zip(draft.statement.rules.ceilings, _of_kind(draft, CheckKind.CEILING), strict=True))
    grants = "[rekenbron.regeling],[regeling],[rekenbron.gemeente],[gemeente]"
    return Table(
        "plafond",
        "Hoogste uitkering per gemeente",
        rows,
        (
            text("regel", "Regel", lambda row: row[0].regel.id),
            text("regeling", "Regeling", lambda row: draft.name("regeling", row[0].regeling)),
            text("gemeente", "Gemeente", lambda row: draft.name("gemeente", row[0].gemeente)),
            text("opmerking", "Opmerking", lambda row: UNKNOWN if row[0].maximum is None else "",
                 f'IF([grens]="","{UNKNOWN}","")'),
            number("aantal", "Uitkeringen", lambda row: len(row[0].bronnen), f"COUNTIFS({grants})",
                   Format.COUNT),
            euro("waarde", "Toegekend", lambda row: row[0].bedrag,
                 f"ROUND(SUMIFS([dekking.bedrag],{grants}),2)", total=False),
            _parameter("grens", "Maximum", lambda row: row[0].maximum, lambda row: row[0].regel,
                       Format.EURO),
            check("oordeel", "Oordeel", lambda row: verdict(row[1].voldoet),
                  or_else(f'IF([grens]="","{UNTESTED}",{CHECKED})', FAILS)),
            text("vindplaats", "Vindplaats", lambda row: row[1].vindplaats, wrap=True),
        ),
    )  # fmt: skip


def _vacancy(draft: Draft) -> Table[RuleCheck]:
    place_row = "MATCH([lijn],[bezetting.regel_leegstand],0)"
    lines = {line.sleutel: line.regel for line in draft.statement.lines}
    return Table(
        "leegtoets",
        "Leegstand van plaatsen die door de transitie sluiten",
        _of_kind(draft, CheckKind.VACANCY),
        (
            _rule_id(),
            text("locatie", "Locatie", lambda row: draft.name("locatie", lines[row.lijn].locatie),
                 f"INDEX([bezetting.locatie],{place_row})"),
            text("zorgvorm", "Zorgvorm", lambda row: draft.name("zorgvorm", lines[row.lijn].zorgvorm),
                 f"INDEX([bezetting.zorgvorm],{place_row})"),
            text("lijn", "Regel in dekking", lambda row: row.lijn),
            year("jaar", "Jaar", lambda row: row.jaar, f"INDEX([bezetting.jaar],{place_row})"),
            *_sides(f"INDEX([rekenleeg.betaald],{place_row})", f"INDEX([rekenleeg.grens],{place_row})"),
        ),
        "Alleen waar een lezing toestaat dat een uitkering leegstand betaalt, van de start van de maatregel"
        " tot de sluiting.",
    )  # fmt: skip


def _pots(draft: Draft) -> Table[RuleCheck]:
    sources = draft.case.source
    return Table(
        "pottoets",
        "Niet meer dan het bedrag van de bron",
        _of_kind(draft, CheckKind.POT),
        (
            _rule_id(),
            _what(),
            text("bron", "Bron", lambda row: draft.name("bron", row.bron), "[pot.bron@]"),
            text("soort", "Soort bron", lambda row: sources[row.bron].soort, "[pot.soort@]"),
            number("deel", "Deel besteed", _used_share, "[pot.deel@]", Format.PERCENT),
            *_sides("[pot.betaald@]", "[pot.beschikbaar@]"),
        ),
    )


def _used_share(row: RuleCheck) -> Fraction:
    have = row.grens.cents if row.grens is not None else 0
    return Fraction(row.waarde.cents, have) if have else Fraction(0)


def _yearly(draft: Draft) -> Table[RuleCheck]:
    sources = draft.case.source
    return Table(
        "jaartoets",
        "Niet meer dan het geld van het jaar",
        _of_kind(draft, CheckKind.YEARLY),
        (
            _rule_id(),
            _what(),
            text("bron", "Bron", lambda row: draft.name("bron", row.bron), "[jaarbron.bron@]"),
            text("soort", "Soort bron", lambda row: sources[row.bron].soort, "[jaarbron.soort@]"),
            year("jaar", "Jaar", lambda row: row.jaar, "[jaarbron.jaar@]"),
            *_sides("[jaarbron.betaald@]", "[jaarbron.beschikbaar@]"),
        ),
    )


def _pot_years(draft: Draft) -> tuple[Table[RuleCheck], ...]:
    """Proceeds are spent when they are there; none where the case names no proceeds."""
    if not draft.case.proceeds:
        return ()
    return (
        Table(
            "potjaartoets",
            "Geen opbrengst uitgegeven voordat zij er is",
            _of_kind(draft, CheckKind.POT_YEAR),
            (
                _rule_id(),
                _what(),
                text("bron", "Bron", lambda row: draft.name("bron", row.bron), "[potjaar.bron@]"),
                year("jaar", "Tot en met", lambda row: row.jaar, "[potjaar.jaar@]"),
                *_sides("[potjaar.betaald@]", "[potjaar.beschikbaar@]"),
            ),
        ),
    )


def _grant_years(draft: Draft) -> Table[GrantYear]:
    return Table(
        "uitkeringsjaar",
        "Parameters: bestedingsperiode en voorwaarden, per jaar",
        draft.statement.posts.grant_years,
        (
            text("regeling", "Regeling", lambda row: draft.name("regeling", row.regeling)),
            text("ids", "Regels", lambda row: ", ".join(rule.id for rule in _rules(row)), wrap=True),
            year("jaar", "Jaar", lambda row: row.jaar,
                 "IF(AND(N([-jaar])>0,[regeling]=[-regeling]),[-jaar]+1,{eerste_jaar})"),
            _parameter("van", "Besteedbaar van", lambda row: _window(row)[0], _period, Format.DATE),
            _parameter("tot", "Besteedbaar tot en met", lambda row: _window(row)[1], _period, Format.DATE),
            text("besteedbaar", "Jaar valt erin", lambda row: yes(row.besteedbaar),
                 'IF([van]="","nee",IF(AND(YEAR([van])<=[jaar],YEAR([tot])>=[jaar]),"ja","nee"))'),
            *map(_asked, CONDITIONS),
            text("vindplaats", "Vindplaats", lambda row: _read_at(_rules(row)), wrap=True),
        ),
    )  # fmt: skip


def _posts(draft: Draft) -> Table[Post]:
    posts = {post: nr for nr, post in enumerate(draft.statement.posts.all, start=1)}
    in_input = "COUNTIFS([regelingsposten.regeling],[groep],[regelingsposten.kostensoort],[kostensoort])"
    return Table(
        "post",
        "Parameters: wat uit welke bron mag",
        draft.statement.posts.all,
        (
            text("groep", "Regeling of soort bron", lambda row: _group(draft, row)),
            text("regel", "Regel", lambda row: row.regel.id),
            text("kostensoort", "Kostensoort", lambda row: row.kostensoort),
            _parameter("betaalbaar", "Regel zegt", lambda row: row.betaalbaar, _decides),
            text("mag", "Mag", lambda row: row.mag,
                 f'IF([betaalbaar]="{AS_INPUT_SAYS}",IF({in_input}>0,"ja","nee"),[betaalbaar])'),
            _parameter("van", "Van jaar", lambda row: row.van, _decides, Format.YEAR),
            _parameter("tot", "Tot en met", lambda row: row.tot, _decides, Format.YEAR),
            _parameter("deelplafond", "Onder deelplafond",
                       lambda row: row.deelplafond.id if row.deelplafond else NO,
                       lambda row: row.deelplafond),
            text("vindplaats", "Vindplaats", lambda row: row.regel.vindplaats, wrap=True),
            _parameter("sluiting", "Vraagt sluiting", lambda row: yes(row.sluiting is not None),
                       lambda row: row.sluiting),
            number("nr", "Nr", lambda row: posts[row], "N([-nr])+1", Format.COUNT),
        ),
        "Ja, nee, bij_sluiting (alleen leegstand van plaatsen die sluiten) of volgens_invoer (blad"
        " regelingsposten in de invoer). Onder deelplafond: de regel van het deelplafond, of nee.",
    )  # fmt: skip


def _window(row: GrantYear) -> tuple[date | None, date | None]:
    if row.periode is None:
        return None, None
    return row.periode.venster_van, row.periode.venster_tot


def _asked(test: PaymentTest) -> Column[GrantYear]:
    """Whether a regulation asks for a condition."""
    return _parameter(
        test.sleutel, f"Eist {test.naam}",
        lambda row: yes(test in row.voorwaarden), lambda row: row.voorwaarden.get(test),
    )  # fmt: skip


def _cap(row: tuple[ShareCap, RuleCheck]) -> Rule:
    return row[0].regel


def _period(row: GrantYear) -> Rule | None:
    return row.periode


def _decides(row: Post) -> Rule:
    return row.regel


def _rules(row: GrantYear) -> list[Rule]:
    window: list[Rule] = [row.periode] if row.periode else []
    return window + list(row.voorwaarden.values())


def _read_at(rules: list[Rule]) -> str:
    return "; ".join(dict.fromkeys(rule.vindplaats for rule in rules))


def _group(draft: Draft, row: Post) -> str:
    grant = row.groep in draft.statement.rules.rule_sets
    return draft.name("regeling", row.groep) if grant else row.groep
