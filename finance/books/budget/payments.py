"""The sheet `betalingen`: every payment with the verdict of every rule that could forbid it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from finance.books.budget import parts
from finance.books.budget.draft import Draft
from finance.books.origins import decided, from_input, traced
from finance.case.case import line_ids, paid_line
from finance.money import ZERO, Money
from finance.rules.tests import (
    ACTIVITY,
    CATEGORY,
    CLOSURE,
    CONDITIONS,
    GRANT_WINDOW,
    NO,
    PERMITTED,
    PROVIDER,
    SCOPE,
    TESTS,
    WINDOW,
    PaymentTest,
)
from finance.statement.payments import Payment
from finance.tables import live, pasted
from finance.tables.columns import found_row, or_else, upright
from finance.tables.grid import Format, Origin
from finance.tables.pages import Column, Page, Table, Target

LINE: Final = "[rekenbetaling.rij_regel@]"
SOURCE: Final = "[rekenbetaling.rij_bron@]"
MEASURE: Final = "[rekenbetaling.rij_maatregel@]"
GROUP: Final = "[rekenbetaling.groep@]"
REGULATION: Final = "[rekenbetaling.regeling@]"
IS_GRANT: Final = '[rekenbetaling.soort@]="spuk"'
POST: Final = f'[post.groep],{GROUP},[post.kostensoort],[kostensoort],[post.van],"<="&[jaar],[post.tot],">="&[jaar]'
POST_HERE: Final = (
    "[post.groep],[groep],[post.kostensoort],[betaling.kostensoort@],"
    '[post.van],"<="&[betaling.jaar@],[post.tot],">="&[betaling.jaar@]'
)
GRANT_YEAR: Final = f"[uitkeringsjaar.regeling],{REGULATION},[uitkeringsjaar.jaar],[jaar]"

FOR_PLACE: Final = "[rekenbetaling.voor_locatie@]"
FOR_SORTS: Final = "[rekenbetaling.voor_kostensoorten@]"
FOR_THIS: Final = (
    "COUNTIFS([rekenbesluit.beschikking],[rekenbetaling.beschikking@],"
    '[rekenbesluit.kostensoorten],"*, "&[kostensoort]&",*")'
)
SERVES: Final = f'COUNTIFS({GRANT_YEAR},[uitkeringsjaar.activiteiten],"*"&INDEX([plan.activiteit],{MEASURE})&"*")>0'
"""Whether a measure serves an activity that a revision pays."""

FORMULAS: Final = {
    CATEGORY: (
        f'IF(COUNTIFS({POST},[post.betaalbaar],"ja")>0,"ja",'
        f'IF(COUNTIFS({POST},[post.betaalbaar],"bij_sluiting")>0,"bij_sluiting","nee"))'
    ),
    PERMITTED: (
        f'IF(OR({IS_GRANT},INDEX([rekenbron.toegestaan],{SOURCE})=0),"n.v.t.",'
        'IF(COUNTIFS([toegestaan.bron],[bron],[toegestaan.kostensoort],[kostensoort])>0,"ja","nee"))'
    ),
    PROVIDER: (
        f'IF(OR(INDEX([dekking.aanbieder],{SOURCE})="",'
        f'INDEX([dekking.aanbieder],{SOURCE})=[rekenbetaling.aanbieder@]),"ja","nee")'
    ),
    WINDOW: (
        f"IF(AND([jaar]>=INDEX([dekking.besteedbaar_van],{SOURCE}),"
        f'[jaar]<=INDEX([dekking.besteedbaar_tot],{SOURCE})),"ja","nee")'
    ),
    GRANT_WINDOW: (
        f'IF({IS_GRANT},IF(COUNTIFS({GRANT_YEAR},[uitkeringsjaar.besteedbaar],"ja")>0,"ja","nee"),"n.v.t.")'
    ),
    SCOPE: (
        f'IF({IS_GRANT},IF(AND({FOR_PLACE}="",{FOR_SORTS}=""),"n.v.t.",'
        f'IF(AND(OR({FOR_PLACE}="",{FOR_PLACE}=[rekenbetaling.locatie@]),'
        f'OR({FOR_SORTS}="",{FOR_THIS}>0)),"ja","nee")),"n.v.t.")'
    ),
    ACTIVITY: (
        f'IF(AND({IS_GRANT},[rekenbetaling.herziening@]="ja",{MEASURE}>0),'
        f'IF(AND({SERVES},OR({FOR_SORTS}<>"",COUNTIFS({POST},[post.herziening],"ja")>0)),"ja","nee"),"n.v.t.")'
    ),
    CLOSURE: (
        f'IF({IS_GRANT},IF(COUNTIFS({POST},[post.sluiting],"ja")=0,"n.v.t.",'
        f'IF({MEASURE}=0,"nee",INDEX([plan.gekoppeld],{MEASURE}))),"n.v.t.")'
    ),
}
"""The formula of each test that is not a condition on the measure."""


BY_REGULATION: Final = f'IF(COUNTIFS({GRANT_YEAR},[uitkeringsjaar.besteedbaar],"ja")>0,"ja","nee")'
FROM: Final = f"SUMIFS([uitkeringsjaar.van],{GRANT_YEAR})"
END: Final = "[rekenbetaling.besluit_tot@]"
DATED_WINDOW: Final = (
    f"IF({IS_GRANT},IF({END}=0,{BY_REGULATION},"
    f'IF(AND({FROM}>0,YEAR({FROM})<=[jaar],YEAR({END})>=[jaar]),"ja","nee")),"n.v.t.")'
)
"""The test of the window where decisions name an end of their own: that day decides."""


def _formula(test: PaymentTest, *, dated: bool) -> str:
    """The formula of a test; that of a condition looks at its column of the measures."""
    if test is GRANT_WINDOW and dated:
        return DATED_WINDOW
    if test not in CONDITIONS:
        return FORMULAS[test]
    asked = f'COUNTIFS({GRANT_YEAR},[uitkeringsjaar.{test.sleutel}],"ja")'
    sheet, column = test.cel
    return (
        f'IF({IS_GRANT},IF({MEASURE}=0,"n.v.t.",IF({asked}=0,"n.v.t.",INDEX([{sheet}.{column}],{MEASURE}))),"n.v.t.")'
    )


COLUMN: Final = 2
"""A column that INDEX takes out of a table is a range to every engine from so many rows on."""
FIRST_TEST: Final = TESTS[0].sleutel
LAST_TEST: Final = TESTS[-1].sleutel


def page(draft: Draft) -> Page:
    """The sheet `betalingen`."""
    columns = _subject(draft) + _tests(draft) + _verdict() + _grounds() + _facts(draft)
    return Page(
        "betalingen",
        "Betalingen",
        "Welke bron betaalt welke kostenregel, en wat elke regel daarvan vindt. De bedragen zijn een"
        f" besluit van {draft.decider}; verander er een, en de toetsen hiernaast en op het blad regels"
        " rekenen mee.",
        (Table("betaling", "", draft.statement.payments, columns, least=COLUMN, ids=_ids),),
        tab="besluit",
    )


def _ids(row: Payment) -> tuple[object, ...]:
    return (*line_ids(row.lijn.regel), row.bron.bron)


def _subject(draft: Draft) -> tuple[Column[Payment], ...]:
    return (
        pasted.text("regel", "Regel", lambda row: row.lijn.sleutel, width=8),
        live.text("waarvoor", "Waarvoor", f"INDEX([lijn.waarvoor],{LINE})", 24),
        live.text("kostensoort", "Kostensoort", f"INDEX([lijn.kostensoort],{LINE})", 21),
        live.year("jaar", "Jaar", f"INDEX([lijn.jaar],{LINE})", 6),
        pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron.bron), width=15),
        traced(
            pasted.decision("bedrag", "Bedrag", lambda row: row.bedrag, Format.EURO, total=True, width=14),
            lambda row: _made(draft, row),
            lambda row: Target("lijn", "kosten", draft.line_number[row.lijn.regel] - 1),
        ),
    )


def _made(draft: Draft, row: Payment) -> Origin:
    """A payment is a decision, within a rule; one of a closed year is what the input says."""
    if row.lijn.regel.jaar in draft.case.closed_years:
        return _paid(draft, row)
    rule = row.toestemming.regel
    ground = f"rust op regel {rule.id}, {rule.vindplaats}" if rule else row.toestemming.waarom
    return decided(f"betaling uit {row.bron.bron}; {ground}")


def _paid(draft: Draft, row: Payment) -> Origin:
    """The rows of `realisatie` that a payment of a closed year adds up."""
    rows = [
        actual.rij
        for actual in draft.case.actuals
        if (paid_line(actual), actual.bron) == (row.lijn.regel, row.bron.bron)
    ]
    if not rows:
        return decided(f"betaling uit {row.bron.bron} in een afgesloten jaar, zonder rij in realisatie")
    first = from_input(draft.case, "realisatie", "bedrag", rows[0])
    more = tuple(f"en realisatie rij {number_of_row}" for number_of_row in rows[1:])
    return replace(first, bij=first.bij + more)


def _tests(draft: Draft) -> tuple[Column[Payment], ...]:
    dated, asked = bool(draft.has_decisions), draft.statement.rules.tests
    return tuple(upright(live.text(test.sleutel, test.naam, _formula(test, dated=dated)), 8) for test in asked)


PASSING: Final = ("ja", "n.v.t.", "bij_sluiting")
"""What a test says of a payment that it does not forbid."""


def none_forbids(tests: str) -> str:
    """Whether every test of some cells lets a payment be; a word that none of them says forbids it too."""
    passed = "+".join(f'({tests}="{word}")' for word in PASSING)
    return or_else(f'IF(SUMPRODUCT({passed})=COLUMNS({tests}),"ja","nee")', "nee")


def _verdict() -> tuple[Column[Payment], ...]:
    return (
        live.text("mag", "Mag dit?", none_forbids(f"[{FIRST_TEST}:{LAST_TEST}]"), 6),
        live.euro("strijdig", "Bedrag in strijd", 'IF([mag]="ja",0,[bedrag])', width=12),
    )


def _grounds() -> tuple[Column[Payment], ...]:
    return (
        pasted.text("regel_id", "Rust op regel", _rule_id, width=24),
        pasted.text("artikel", "Artikel", _article, width=24, wrap=True),
        pasted.text("rang", "Rang van die regel", _rank, width=13),
    )


def _rule_id(row: Payment) -> str:
    rule = row.toestemming.regel
    return rule.id if rule else "geen"


def _rank(row: Payment) -> str:
    """The rank of the rule that lets a source pay; a notitie is no regulation."""
    rule = row.toestemming.regel
    return rule.rang if rule else "geen"


def _article(row: Payment) -> str:
    rule = row.toestemming.regel
    return rule.artikel if rule else row.toestemming.waarom


def _facts(draft: Draft) -> tuple[Column[Payment], ...]:
    """Whether a payment was made or is planned, and whether what was made is what the input says."""
    if not draft.has_history:
        return ()
    paid = draft.case.actual_payments
    of_input = f"SUMIFS([realisatie.bedrag],[realisatie.bron],[bron],[rekenrealisatie.rij_regel],{LINE})"

    def known(row: Payment) -> Money:
        closed = row.lijn.regel.jaar in draft.case.closed_years
        return paid.get((row.lijn.regel, row.bron.bron), ZERO) if closed else row.bedrag

    return (
        live.text("cijfer", "Soort cijfer", "INDEX([jaren.cijfer],MATCH([jaar],[jaren.jaar],0))"),
        live.euro(
            "volgens_realisatie",
            "Volgens realisatie",
            f"IF([jaar]<={{laatste_afgesloten}},ROUND({of_input},2),[bedrag])",
            total=False,
        ),
        live.text("feit", "Zoals betaald?", 'IF(ROUND([bedrag]-[volgens_realisatie],2)=0,"ja","nee")'),
    )


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_betalingen`: the facts that the tests of a payment look at."""
    columns = (*_lookups(), *_group(draft), _pointer(draft))
    # As many rows as the table of payments keeps: ranges of one SUMIFS must be of one size.
    table = Table("rekenbetaling", "", draft.statement.payments, columns, least=COLUMN, blocks=draft.blocks_of_payments)
    return Page(
        "rekenblad_betalingen",
        "Rekenblad: feiten bij betalingen",
        "Op welke rijen een betaling rust, en de feiten waar haar toetsen naar kijken. Elke rij hoort bij"
        " dezelfde rij van het blad betalingen.",
        (table,),
        tab="berekening",
    )


def _lookups() -> tuple[Column[Payment], ...]:
    return (
        live.number("rij_regel", "Rij in dekking", f"IFERROR({found_row('[betaling.regel@]', '[lijn.regel]')},0)"),
        live.number("rij_bron", "Rij in bronnen", "IFERROR(MATCH([betaling.bron@],[dekking.bron],0),0)"),
        live.number("rij_maatregel", "Rij in maatregelen", "INDEX([rekenlijn.rij_maatregel],[rij_regel])"),
        live.text("kostengroep", "Groep", "INDEX([rekenlijn.groep],[rij_regel])", 21),
        live.text("aanbieder", "Aanbieder", "INDEX([lijn.aanbieder],[rij_regel])"),
        live.text("soort", "Soort bron", "INDEX([dekking.soort],[rij_bron])"),
        live.number("nr_uitkering", "Hoeveelste uit een uitkering", 'N([-nr_uitkering])+IF([soort]="spuk",1,0)'),
    )


def _pointer(draft: Draft) -> Column[Payment]:
    return pasted.row_number("wijzer", "Stond op rij", lambda row: draft.line_number[row.lijn.regel])


def _group(draft: Draft) -> tuple[Column[Payment], ...]:
    decision_of = "INDEX([dekking.beschikking],[rij_bron])"
    return (
        live.text("regeling", "Regeling", 'INDEX([dekking.regeling],[rij_bron])&""', 22),
        live.text("beschikking", "Beschikking", f'IF({decision_of}="",[regeling],{decision_of}&"")', 22),
        live.text("groep", "Groep in posten", 'IF([soort]="spuk",[regeling],[soort])', 22),
        live.text(
            "deelplafond", "Telt mee in deelplafond", f'IF([rij_post]=0,"{NO}",INDEX([post.deelplafond],[rij_post]))'
        ),
        live.euro(
            "leegstand_uitkering",
            "Leegstand bij sluiting",
            'IF([betaling.kostensoort_mag@]="bij_sluiting",[betaling.bedrag@],0)',
        ),
        *parts.revision_column(draft),
        *parts.payment_columns(draft),
        *_decided(draft),
        live.number(
            "rij_post", "Rij in posten", f"IF(COUNTIFS({POST_HERE})>1,ROWS([post.nr])+1,SUMIFS([post.nr],{POST_HERE}))"
        ),
    )


def _decided(draft: Draft) -> tuple[Column[Payment], ...]:
    """The last day that the decision itself names, and what it is for; no columns where none says so."""
    columns = (*_decided_end(draft), *_decided_scope(draft))
    row = "MATCH([beschikking],[beschikkingen.beschikking],0)"
    return (live.number("rij_besluit", "Rij in beschikkingen", f"IFERROR({row},0)"), *columns) if columns else ()


def _decided_end(draft: Draft) -> tuple[Column[Payment], ...]:
    if not draft.has_decisions:
        return ()
    end = "IF([rij_besluit]=0,0,N(INDEX([beschikkingen.besteedbaar_tot],[rij_besluit])))"
    return (live.number("besluit_tot", "Einde volgens de beschikking", end, Format.DATE),)


def _decided_scope(draft: Draft) -> tuple[Column[Payment], ...]:
    """What the decision of a payment is for, and where the payment is made."""
    if SCOPE not in draft.statement.rules.tests:
        return ()

    def said(column: str) -> str:
        return f'IF([rij_besluit]=0,"",INDEX([rekenbesluit.{column}],[rij_besluit]))'

    row = "MAX(INDEX([rekenlijn.rij_exploitatie],[rij_regel]),INDEX([rekenlijn.rij_leegstand],[rij_regel]))"
    of_measure = 'INDEX([maatregelen.locatie],[rij_maatregel])&""'
    return (
        live.text("voor_locatie", "Verleend voor locatie", said("locatie")),
        live.text("voor_kostensoorten", "Verleend voor kostensoorten", said("kostensoorten"), 30),
        live.text("locatie", "Locatie", f"IF([rij_maatregel]>0,{of_measure},{_place_of(draft, row)})"),
    )


def _place_of(draft: Draft, row: str) -> str:
    """The location of a line of places; a line of a credit has none."""
    place = f"INDEX([bezetting.locatie],{row})"
    return f'IF({row}=0,"",{place})' if draft.case.credits else place


def granted_by(draft: Draft, source: str) -> str:
    """The key of the grant decision of a source; without one, that of its regulation."""
    row = draft.case.source[source]
    decided = draft.name("beschikking", row.beschikking)
    return decided or draft.name("regeling", row.regeling)
