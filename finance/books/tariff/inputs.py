"""The sheet `uitgangspunten`: every number that was put in, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.books.budget.inputs import CHOICE
from finance.books.confidential import CLOSED, CLOSED_TEXTS, CONFIDENTIAL
from finance.books.origins import from_input
from finance.books.quantities import Fixed
from finance.books.tariff.draft import UNITS, Draft, Numbered, format_of
from finance.case.index_chain import TariffIndex
from finance.case.sheets import Provenance
from finance.tables import live, pasted
from finance.tables.grid import Format, Origin, OriginKind, Role
from finance.tables.pages import Column, Page, Table

SOURCED: Final = "bron"
ASSUMED: Final = "aanname"


def page(draft: Draft) -> Page:
    """The sheet `uitgangspunten`."""
    return Page(
        "uitgangspunten",
        "Uitgangspunten",
        "Alle invoer. Blauw komt uit een document, geel is een aanname, en het woord staat erachter. Wie hier"
        " een cel wijzigt, ziet de gevolgen op alle andere bladen.",
        (
            _tariffs(draft),
            _parameters(draft),
            *([_indexes(draft)] if draft.case.tariff_indexes else []),
            _fixed(draft),
            _provenance(draft),
        ),
        tab="invoer",
    )


def _tariffs(draft: Draft) -> Table[Numbered]:
    return Table(
        "kop",
        "De tarieven",
        draft.tariffs,
        (
            live.number("nr", "Nr", "N([-nr])+1", Format.COUNT),
            pasted.text("tarief", "Tarief", lambda row: row.tariff.tarief, width=18),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: row.tariff.zorgvorm, width=18),
            Column(
                "groep",
                "Groepsgrootte",
                lambda row: row.tariff.groepsgrootte,
                fmt=Format.COUNT,
                role=Role.INPUT_ASSUMED,
            ),
            Column("jaar", "Jaar", lambda row: row.tariff.jaar, fmt=Format.YEAR, role=Role.INPUT_ASSUMED),
            pasted.text("herkomst", "Herkomst", lambda _: CHOICE),
            Column(
                "aanloop",
                "Te vullen in jaar 1",
                lambda row: Fraction(row.vorm.aanloop_jaar1),
                fmt=Format.PERCENT,
                role=lambda row: draft.role(row.vorm.herkomst),
            ),
            pasted.text("herkomst_aanloop", "Herkomst zorgvorm", lambda row: row.vorm.herkomst),
            live.text("naam", "Naam", '[nr]&". "&[tarief]&" ("&[groep]&", "&[jaar]&")"', 26),
        ),
        "Het deel dat nieuwe plaatsen in het eerste jaar gevuld kan zijn, komt van het blad zorgvormen.",
    )


@dataclass(frozen=True)
class _Given:
    """One parameter of one tariff."""

    of: Numbered
    parameter: str
    herkomst: str

    @property
    def value(self) -> Fraction:
        """Its value."""
        return self.of.tariff.value(self.parameter)


def _parameters(draft: Draft) -> Table[_Given]:
    rows = [
        _Given(of, name, of.rows[name].herkomst if name in of.rows else "")
        for of in draft.tariffs
        for name in draft.parameters
        if draft.given(of, name)
    ]
    return Table(
        "invoer",
        "De parameters",
        rows,
        (
            live.number("nr", "Nr", "N([-nr])+IF([parameter]=[invoer.parameter!],1,0)", Format.COUNT),
            live.text("naam", "Tarief", "INDEX([kop.naam],[nr])", 26),
            pasted.text("parameter", "Parameter", lambda row: row.parameter, width=22),
            pasted.text("letter", "Letter", lambda row: UNITS[row.parameter][0]),
            Column(
                "waarde",
                "Waarde",
                lambda row: row.value,
                fmt=lambda row: format_of(row.parameter, row.value),
                role=lambda row: _role(draft, row),
                width=16,
                origin=lambda row: _origin(draft, row),
            ),
            pasted.text("eenheid", "Eenheid", lambda row: UNITS[row.parameter][1], width=22),
            pasted.text("herkomst", "Herkomst", lambda row: row.herkomst),
            pasted.text("soort", "Bron of aanname", lambda row: _sort(draft, row), width=16),
            pasted.text("document", "Document", lambda row: _document(draft, row), width=44, wrap=True),
        ),
    )


def _role(draft: Draft, row: _Given) -> Role:
    return Role.DECISION if row.parameter in CLOSED else draft.role(row.herkomst)


def _origin(draft: Draft, row: _Given) -> Origin | None:
    known = row.of.rows.get(row.parameter)
    return from_input(draft.case, "tarief", "waarde", known.rij) if known else None


def _sort(draft: Draft, row: _Given) -> str:
    if row.parameter in CLOSED:
        return CONFIDENTIAL
    return SOURCED if draft.sourced(row.herkomst) else ASSUMED


def _document(draft: Draft, row: _Given) -> str:
    if row.parameter in CLOSED:
        return CLOSED_TEXTS[row.parameter]
    return draft.document(row.herkomst)


def _indexes(draft: Draft) -> Table[TariffIndex]:
    def share(key: str, head: str) -> Column[TariffIndex]:
        return Column(
            key,
            head,
            lambda row: getattr(row, key),
            fmt=Format.PERCENT,
            role=lambda row: draft.role(row.herkomst),
            width=16,
            origin=lambda row: from_input(draft.case, "tariefindex", key, row.rij),
        )

    return Table(
        "tariefindex",
        "Lonen en prijzen voor de index",
        draft.case.tariff_indexes,
        (
            Column(
                "jaar",
                "Jaar",
                lambda row: row.jaar,
                fmt=Format.YEAR,
                role=Role.INPUT_ASSUMED,
                origin=lambda row: from_input(draft.case, "tariefindex", "jaar", row.rij),
            ),
            share("ova_voorlopig", "OVA, voorlopig"),
            share("ppc_voorlopig", "PPC, voorlopig"),
            share("ova_definitief", "OVA, definitief"),
            share("ppc_definitief", "PPC, definitief"),
            share("gewicht_ova", "Gewicht OVA"),
            share("gewicht_ppc", "Gewicht PPC"),
            pasted.text(
                "soort", "Bron of aanname", lambda row: SOURCED if draft.sourced(row.herkomst) else ASSUMED, width=16
            ),
            pasted.text("document", "Document", lambda row: draft.document(row.herkomst), width=44),
        ),
        "Wat leeg is, is nog niet bekend.",
    )


def _fixed(draft: Draft) -> Table[Fixed]:
    return Table(
        "vast",
        "Vaste getallen van de formules",
        draft.fixed,
        (
            pasted.text("wat", "Wat", lambda row: row.wat, width=18),
            pasted.text("naam", "Naam", lambda row: row.naam, width=26),
            pasted.text("eenheid", "Eenheid", lambda row: row.eenheid),
            pasted.text("soort", "Bron of aanname", lambda row: SOURCED if row.sourced else ASSUMED),
            Column(
                "waarde",
                "Waarde",
                lambda row: row.value,
                fmt=lambda row: row.fmt,
                role=_fixed_role,
                origin=lambda row: Origin(OriginKind.FIXED, row.bron),
            ),
            pasted.text("bron", "Waar vandaan", lambda row: row.bron, width=22),
        ),
        fact=lambda row: row.naam,
    )


def _fixed_role(row: Fixed) -> Role:
    return Role.INPUT_SOURCED if row.sourced else Role.INPUT_ASSUMED


def _provenance(draft: Draft) -> Table[Provenance]:
    used = {row.herkomst for of in draft.tariffs for name, row in of.rows.items() if name in draft.parameters}
    used |= {of.vorm.herkomst for of in draft.tariffs} | {row.herkomst for row in draft.case.tariff_indexes}
    return Table(
        "herkomst",
        "Herkomst",
        [row for row in draft.case.provenance if row.code in used],
        (
            pasted.text("code", "Code", lambda row: row.code),
            pasted.text("document", "Document", lambda row: row.document),
            pasted.text("soort", "Soort", lambda row: row.soort),
            pasted.text("vindplaats", "Vindplaats", lambda row: row.vindplaats),
        ),
    )
