"""The sheet `dubbel`: housing that a grant pays in the plan, beside what the tariffs leave out for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from finance.books.origins import decided, traced
from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.given import key_of
from finance.case.housing import BUILDING, builds_for, housing_paid
from finance.case.words import GRANT
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Page, Table

UNSAID: Final = "NAGAAN"
"""A grant pays, and the tariff says that it pays nothing: the building may be paid twice."""
SAID: Final = "in het tarief"
NOTHING: Final = "niets betaald"


@dataclass(frozen=True)
class Built:
    """What a grant pays of building in the plan, for one zorgvorm that gets places by it.

    Attributes:
        maatregel: the measure.
        zorgvorm: the zorgvorm.
        bron: the grant.
        kostensoort: what is paid.
        jaar: the year.
        bedrag: the amount.
    """

    maatregel: str
    zorgvorm: str
    bron: str
    kostensoort: str
    jaar: int
    bedrag: Money


def page(draft: Draft) -> Page:
    """The sheet `dubbel`."""
    return Page(
        "dubbel",
        "Dubbele financiering van gebouwen",
        "Een gebouw dat een SPUK betaalt, hoort niet ook in de prijs van een etmaal. Hier staat wat een SPUK"
        " in het plan aan bouwen betaalt, en wat elk tarief daarvoor uit zijn prijs haalt.",
        (_double_funding(draft), _payments(draft)),
    )


def _built(draft: Draft) -> Iterator[Built]:
    case = draft.case
    payments = draft.plan.allocation.payments if draft.plan else {}
    for (line, bron), amount in sorted(payments.items()):
        if line.kostensoort in BUILDING and case.source[bron].soort == GRANT:
            for form in case.care_forms:
                if builds_for(case, case.measure[line.maatregel], form.zorgvorm):
                    yield Built(line.maatregel, form.zorgvorm, bron, line.kostensoort, line.jaar, amount)


def _payments(draft: Draft) -> Table[Built]:
    return Table(
        "gebouwd",
        "Bouwen dat een SPUK in het plan betaalt",
        list(_built(draft)),
        (
            pasted.text("maatregel", "Maatregel", lambda row: key_of(draft, "maatregel", row.maatregel), width=22),
            pasted.text("bron", "Bron", lambda row: key_of(draft, "bron", row.bron), width=22),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: key_of(draft, "zorgvorm", row.zorgvorm), width=18),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.kostensoort, width=22),
            traced(
                pasted.decision("jaar", "Jaar", lambda row: row.jaar, Format.YEAR),
                lambda _: decided("jaar van de kosten in het plan"),
            ),
            traced(
                pasted.decision("bedrag", "Bedrag", lambda row: row.bedrag, Format.EURO, width=16),
                lambda _: decided("betaling van het plan"),
            ),
        ),
        "Een maatregel die plaatsen van meer zorgvormen toevoegt, staat bij elk daarvan: hoe het gebouw zich"
        " verdeelt is niet bekend.",
    )


def _double_funding(draft: Draft) -> Table[Numbered]:
    return Table(
        "huisvestingplan",
        "",
        draft.tariffs,
        (
            live.text("naam", "Tarief", "[reken.naam@]", 32),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: key_of(draft, "zorgvorm", row.tariff.zorgvorm)),
            live.euro(
                "betaald",
                "Betaald door een SPUK, alle jaren",
                "ROUND(SUMIFS([gebouwd.bedrag],[gebouwd.zorgvorm],[zorgvorm]),2)",
                total=False,
            ),
            live.euro("spuk", "Uit de prijs, per groep per jaar", "[reken.spuk_huisvesting@]", total=False),
            live.text("stand", "Dubbel betaald?", f'IF([betaald]=0,"{NOTHING}",IF([spuk]>0,"{SAID}","{UNSAID}"))', 16),
        ),
        f"{UNSAID}: een SPUK betaalt bouwen voor deze zorgvorm, en het tarief haalt er niets voor uit de"
        " prijs. Welk bedrag per jaar daarbij hoort, is niet bekend: dat hangt af van levensduur en groepen.",
    )


def paid(draft: Draft, row: Numbered) -> Money:
    """What grants pay of building for the zorgvorm of a tariff."""
    payments = draft.plan.allocation.payments if draft.plan else {}
    return housing_paid(draft.case, payments, row.tariff.zorgvorm)


def is_unsaid(draft: Draft, row: Numbered) -> bool:
    """Whether a grant pays for building, and the tariff takes nothing out of its price for it."""
    return paid(draft, row).cents > 0 and not row.tariff.spuk_huisvesting


def _verdict(draft: Draft, row: Numbered) -> str:
    if not paid(draft, row).cents:
        return NOTHING
    return UNSAID if is_unsaid(draft, row) else SAID
