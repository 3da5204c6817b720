"""The sheets `uitgangspunten` and `drempels`: what was put in, what the plan rests on, and what the rules say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from finance.books.origins import from_input, of_rule
from finance.books.quantities import Fixed
from finance.books.revision.draft import CENT, CHOSEN, NATIONAL, OUTSIDE, THOUSAND, Draft
from finance.case.sheets import CareForm, Effect, Location, Measure, Provenance
from finance.money import Money
from finance.rules.records import RevisionCategoryRule, RevisionRoundRule, Rule
from finance.rules.revision import Threshold
from finance.statement.revision_amounts import Cell, Municipality
from finance.statement.revision_posts import ALTERNATIVE, COUNTS, NOT_CLOSED_CARE
from finance.tables import live, pasted
from finance.tables.columns import yes
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column, Page, Table

YES: Final = '"ja"'
CLOSED_EFFECTS: Final = f"[effect.plaatsen],[effect.maatregel],[maatregel],[effect.gesloten],{YES}"
"""The effects of a measure on closed places."""


def page(draft: Draft) -> Page:
    """The sheet `uitgangspunten`."""
    return Page(
        "uitgangspunten",
        "Uitgangspunten",
        "De invoer waar de aanvraag op rust. Blauw komt uit een document of een regel, geel is een aanname. Wie"
        " hier een cel wijzigt, ziet de gevolgen op alle andere bladen.",
        (
            _settings(draft),
            _municipalities(draft),
            _locations(draft),
            _measures(draft),
            _effects(draft),
            _forms(draft),
            _national(),
            _provenance(draft),
        ),
        tab="invoer",
    )


def thresholds_page(draft: Draft) -> Page:
    """The sheet `drempels`."""
    return Page(
        "drempels",
        "Drempels en artikelen",
        "Wat er per locatie en categorie ten minste moet zijn besteed, of naar verwachting wordt besteed, om een"
        " herziening te kunnen vragen (artikel 7, tweede lid, en bijlage 2 van de regeling).",
        (_thresholds(draft), _places(draft), _categories(draft), _sorts(draft), _rounds(draft)),
        tab="invoer",
    )


@dataclass(frozen=True)
class _Setting:
    """One fact that formulas read."""

    naam: str
    wat: str
    waarde: Value
    fmt: Format
    origin: Origin | None
    role: Role = Role.INPUT_SOURCED


def _fixed(row: Fixed) -> _Setting:
    return _Setting(row.naam, row.wat, row.value, row.fmt, Origin(OriginKind.FIXED, row.bron))


def _settings(draft: Draft) -> Table[_Setting]:
    window, last = draft.window, draft.case.closed_through
    closed = next((row.rij for row in draft.case.setting_rows if row.sleutel == "afgesloten_tot"), None)
    told = from_input(draft.case, "case", "waarde", closed) if closed else Origin(OriginKind.INPUT, "realisatie")
    asked = draft.revision.rules.asked
    first, end = window.venster_van.year, window.venster_tot.year
    rows = [
        _Setting("venster_van", "Eerste jaar dat telt", first, Format.YEAR, of_rule(window)),
        _Setting("venster_tot", "Laatste jaar dat telt", end, Format.YEAR, of_rule(window)),
        _Setting("afgesloten_tot", "Afgesloten tot en met", last, Format.YEAR, told),
        _Setting(
            "boven_drempel",
            "Alleen wat boven de drempel ligt (1: ja)",
            int(asked is not None and asked.boven_drempel),
            Format.COUNT,
            of_rule(asked),
            Role.INPUT_ASSUMED,
        ),
        _Setting("pot", "Landelijk beschikbaar in deze ronde", _pot(draft), Format.EURO, of_rule(draft.round)),
        _fixed(THOUSAND),
        _fixed(CENT),
    ]
    return Table(
        "instelling",
        "Waar formules naar kijken",
        rows,
        (
            pasted.text("naam", "Naam", lambda row: row.naam, width=18),
            pasted.text("wat", "Wat", lambda row: row.wat, width=44),
            Column(
                "waarde",
                "Waarde",
                lambda row: row.waarde,
                fmt=lambda row: row.fmt,
                role=lambda row: row.role,
                origin=lambda row: row.origin,
                width=16,
            ),
            pasted.text("bron", "Waar vandaan", lambda row: row.origin.waar if row.origin else "", width=60),
        ),
        fact=lambda row: row.naam,
    )


def _pot(draft: Draft) -> Money:
    return Money.from_euros(draft.round.plafond)


def _amount(
    key: str, head: str, value: Callable[[Any], Value], origin: Callable[[Any], Origin | None], width: float = 16
) -> Column[Any]:
    return Column(key, head, value, fmt=Format.EURO, role=Role.INPUT_SOURCED, origin=origin, width=width)


def _municipalities(draft: Draft) -> Table[Municipality]:
    revision = draft.revision
    decided = Origin(OriginKind.INPUT, "dekking en beschikkingen")
    return Table(
        "stad",
        "De coördinerende gemeenten",
        revision.municipalities,
        (
            pasted.text("gemeente", "Gemeente", lambda row: row.naam, width=18),
            pasted.text("zetel", "Van deze casus", lambda row: yes(row.naam == revision.coordinating), width=10),
            _amount(
                "basis",
                "Bedragen van artikel 5, eerste lid",
                lambda row: row.basis,
                lambda row: of_rule(revision.basic_rule(row.naam)) or decided,
            ),
            _amount("eerder", "Eerdere herzieningen", lambda row: row.eerder, lambda _: decided),
            _amount("verleend", "In de casus verleend", lambda row: revision.granted(row.naam), lambda _: decided),
        ),
        "De bedragen van artikel 5 tellen voor de vraag of zij toereikend zijn; wat de casus verleend noemt, staat"
        " er ter vergelijking bij.",
    )


def _locations(draft: Draft) -> Table[Location]:
    annexed = draft.revision.annexed

    def place(row: Location) -> str:
        return annexed[row.locatie].naam if row.locatie in annexed else OUTSIDE

    return Table(
        "locatie",
        "De locaties van de casus",
        draft.case.locations,
        (
            pasted.text("locatie", "Locatie", lambda row: draft.key("locatie", row.locatie), width=18),
            pasted.text("naam", "Naam", lambda row: row.naam, width=26),
            pasted.text("aanbieder", "Aanbieder", lambda row: draft.key("aanbieder", row.aanbieder), width=18),
            pasted.text("plek", "Naam in bijlage 2", place, width=34),
            live.text("genoemd", "In bijlage 2", f'IF([plek]="{OUTSIDE}","nee","ja")', 10),
            pasted.text("herkomst", "Herkomst", lambda row: row.herkomst),
        ),
    )


def _measures(draft: Draft) -> Table[Measure]:
    part = 'IF([af]<0,"a",IF([erbij]>0,"b",IF(OR([effecten]>0,[soort]="alternatief"),"c","a")))'
    return Table(
        "maatregel",
        "De maatregelen, en welk onderdeel van artikel 3 zij dienen",
        draft.case.measures,
        (
            pasted.text("maatregel", "Maatregel", lambda row: draft.key("maatregel", row.maatregel), width=18),
            pasted.text("naam", "Omschrijving", lambda row: row.omschrijving, width=30),
            pasted.text("aanbieder", "Aanbieder", lambda row: draft.key("aanbieder", row.aanbieder), width=16),
            pasted.text("locatie", "Locatie", lambda row: draft.key("locatie", row.locatie), width=16),
            pasted.text("soort", "Soort", lambda row: row.soort),
            pasted.text("transitie", "Door de transitie", lambda row: yes(row.door_transitie), width=10),
            pasted.text("plus", "Jeugdhulp plus", lambda row: yes(row.jeugdhulpplus), width=10),
            live.number("af", "Gesloten plaatsen, saldo", f"SUMIFS({CLOSED_EFFECTS})", Format.COUNT),
            live.number(
                "erbij", "Gesloten plaatsen erbij", f'SUMIFS({CLOSED_EFFECTS},[effect.plaatsen],">0")', Format.COUNT
            ),
            live.number("effecten", "Effecten", "COUNTIFS([effect.maatregel],[maatregel])", Format.COUNT),
            live.text("onderdeel", "Onderdeel", part, 10),
            live.text(
                "stand",
                "Telt mee",
                f'IF(AND([transitie]={YES},[plus]={YES}),IF([onderdeel]="c","{ALTERNATIVE}","{COUNTS}"),'
                f'"{NOT_CLOSED_CARE}")',
                34,
            ),
            pasted.text("herkomst", "Herkomst", lambda row: row.herkomst),
        ),
        "a: afbouw door sluiting (gesloten plaatsen eraf). b: ombouw (gesloten plaatsen erbij, kleinschalig). c:"
        " alternatieven. Een maatregel zonder effecten dient de sluiting, tenzij zijn soort alternatief is. Alleen"
        " a en b tellen.",
    )


def _effects(draft: Draft) -> Table[Effect]:
    return Table(
        "effect",
        "Wat de maatregelen met plaatsen doen",
        draft.case.effects,
        (
            pasted.text("maatregel", "Maatregel", lambda row: draft.key("maatregel", row.maatregel), width=18),
            pasted.text("zorgvorm", "Zorgvorm", lambda row: draft.key("zorgvorm", row.zorgvorm), width=18),
            Column(
                "plaatsen",
                "Plaatsen",
                lambda row: row.plaatsen,
                fmt=Format.COUNT,
                role=lambda row: draft.role(draft.case.measure[row.maatregel].herkomst),
                origin=lambda row: from_input(draft.case, "effecten", "plaatsen", row.rij),
            ),
            live.text("gesloten", "Gesloten", "INDEX([vorm.gesloten],MATCH([zorgvorm],[vorm.zorgvorm],0))", 10),
        ),
    )


def _forms(draft: Draft) -> Table[CareForm]:
    return Table(
        "vorm",
        "De zorgvormen",
        draft.case.care_forms,
        (
            pasted.text("zorgvorm", "Zorgvorm", lambda row: draft.key("zorgvorm", row.zorgvorm), width=18),
            pasted.text("naam", "Naam", lambda row: row.naam, width=30),
            pasted.text("gesloten", "Gesloten", lambda row: yes(row.is_closed), width=10),
        ),
    )


def _national() -> Table[Fraction]:
    return Table(
        "landelijk",
        "Wat alle gemeenten samen kunnen vragen",
        NATIONAL,
        (
            Column(
                "factor",
                "Keer de landelijke pot",
                lambda row: row,
                fmt=Format.WHOLE_PERCENT,
                role=Role.INPUT_ASSUMED,
                origin=lambda _: Origin(OriginKind.FIXED, CHOSEN),
            ),
        ),
        "Niemand weet vooraf wat de andere gemeenten vragen; dit zijn voorbeelden.",
    )


def _provenance(draft: Draft) -> Table[Provenance]:
    used = {row.herkomst for row in draft.case.measures} | {row.herkomst for row in draft.case.locations}
    used |= {row.herkomst for row in draft.case.actuals} | {row.herkomst for row in draft.case.costs}
    return Table(
        "herkomst",
        "Herkomst",
        [row for row in draft.case.provenance if row.code in used],
        (
            pasted.text("code", "Code", lambda row: row.code, width=18),
            pasted.text("document", "Document", lambda row: row.document, width=40),
            pasted.text("soort", "Soort", lambda row: row.soort),
            pasted.text("vindplaats", "Vindplaats", lambda row: row.vindplaats, width=40),
        ),
    )


def _thresholds(draft: Draft) -> Table[Cell]:
    return Table(
        "drempel",
        "De drempels van bijlage 2",
        draft.revision.cells,
        (
            pasted.text("plek", "Locatie", lambda row: row.plek.naam, width=34),
            pasted.text("categorie", "Categorie", lambda row: row.categorie.categorie, width=22),
            _amount("bedrag", "Drempel", lambda row: row.drempel, lambda row: of_rule(row.plek.regel)),
        ),
    )


def _places(draft: Draft) -> Table[Threshold]:
    return Table(
        "plek",
        "De locaties van bijlage 2 die in de casus voorkomen",
        draft.revision.thresholds,
        (
            pasted.text("plek", "Locatie", lambda row: row.naam, width=34),
            pasted.text("aanbieder", "Instelling", lambda row: row.regel.aanbieder, width=22),
            pasted.text("gemeente", "Coördinerende gemeente", lambda row: row.gemeente, width=18),
            Column(
                "plaatsen",
                "Plaatsen, afgeleid",
                lambda row: row.plaatsen,
                fmt=Format.COUNT,
                role=Role.INPUT_ASSUMED,
                origin=lambda row: of_rule(row.sleutel),
            ),
            _rule_text(lambda row: row.regel),
        ),
        "De plaatsen volgen uit de drempels (elke rij is 117.000 euro per plaats). Zij verdelen alleen wat voor"
        " meer locaties samen is besteed: een aanname, want de regeling noemt geen sleutel.",
    )


def _fact(
    key: str, head: str, value: Callable[[RevisionRoundRule], Value], fmt: Format, width: float
) -> Column[RevisionRoundRule]:
    return Column(key, head, value, fmt=fmt, role=Role.INPUT_SOURCED, origin=of_rule, width=width)


def _rule_text(rule: Callable[[Any], Rule]) -> Column[Any]:
    return pasted.text("vindplaats", "Waar het staat", lambda row: rule(row).vindplaats, width=60)


def _categories(draft: Draft) -> Table[RevisionCategoryRule]:
    return Table(
        "categorie",
        "De vijf categorieën",
        draft.revision.rules.categories,
        (
            pasted.text("categorie", "Categorie", lambda row: row.categorie, width=34),
            pasted.text(
                "niet_geactiveerd", "Zonder wat is geactiveerd", lambda row: yes(row.niet_geactiveerd), width=22
            ),
            pasted.text("rang", "Rang", lambda row: row.rang),
            pasted.text("uitleg", "Wat erin telt", lambda row: row.uitleg, width=60, wrap=True),
            _rule_text(lambda row: row),
        ),
    )


def _sorts(draft: Draft) -> Table[tuple[str, RevisionCategoryRule]]:
    return Table(
        "soort",
        "Welke kostensoort in welke categorie telt",
        tuple(draft.revision.rules.category_of.items()),
        (
            pasted.text("kostensoort", "Kostensoort", lambda row: row[0], width=34),
            pasted.text("categorie", "Categorie", lambda row: row[1].categorie, width=22),
        ),
    )


def _rounds(draft: Draft) -> Table[RevisionRoundRule]:
    return Table(
        "ronde",
        "De rondes",
        draft.revision.rules.rounds,
        (
            _fact("jaar", "Jaar", lambda row: row.jaar, Format.YEAR, 34),
            _fact("van", "Indienen van", lambda row: row.indienen_van, Format.DATE, 22),
            _fact("tot", "Tot en met", lambda row: row.indienen_tot, Format.DATE, 18),
            _amount("plafond", "Landelijk beschikbaar", lambda row: Money.from_euros(row.plafond), of_rule),
            _rule_text(lambda row: row),
        ),
    )
