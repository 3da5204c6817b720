"""The sheets `uitgangspunten` and `uitkomsten`: what the rules say, and what each plan comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from finance.books.national.draft import THOUSAND, Draft, Part, Town, middle
from finance.books.origins import of_rule
from finance.national.picture import CostRow, GrantRow, PlaceRow
from finance.national.region import NOWHERE, RegionPlan
from finance.rules.national import borders, landsdelen, national_counts, steps_between
from finance.rules.national_records import CountRule, LandsdeelRule
from finance.rules.records import Rule
from finance.tables import pasted
from finance.tables.columns import yes
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column, Notes, Page, Table

NAME: Final = 24
MID: Final = Origin(OriginKind.FIXED, "keuze van de toolkit: het midden van het jaar")
KEY: Final = "plaatsen die uit de drempels van bijlage 2 volgen (RG-19), een sleutel en geen norm"


def page(draft: Draft) -> Page:
    """The sheet `uitgangspunten`."""
    return Page(
        "uitgangspunten",
        "Uitgangspunten",
        "Welke casussen er zijn, wat er landelijk is, en waar dat staat. Blauw komt uit een document of een regel,"
        " geel is een aanname. Wie hier een cel wijzigt, ziet de gevolgen op de andere bladen.",
        (
            _cases(draft),
            _plans(draft),
            _areas(draft),
            _parts(draft),
            _towns(draft),
            _counts(),
            _days(draft),
            _steps(),
            _fixed(draft),
            Notes("Hoe dit te lezen", NOTES),
        ),
        tab="invoer",
    )


NOTES: Final = (
    "Sleutel: wat een landsdeel aan plaatsen heeft volgens de drempels van bijlage 2. Zij verdeelt het landelijke pad"
    " over de landsdelen: een aanname, want niemand heeft het pad per landsdeel afgesproken.",
    "Een casus over een deel van een landsdeel telt als het hele landsdeel: dan is het pad te hoog.",
    "Stappen: het aantal grenzen tussen landsdelen op de kortste weg. Zij zeggen wie dichtbij is: een aanname.",
    "Het doel is nul plaatsen in 2030; dat het om de laatste dag van dat jaar gaat, is een aanname.",
)


@dataclass(frozen=True)
class _Area:
    """A landsdeel, or what stands for none."""

    naam: str
    regel: LandsdeelRule | None = None


def _cases(draft: Draft) -> Table[RegionPlan]:
    return Table(
        "casus",
        "De casussen",
        draft.plans,
        (
            pasted.text("casus", "Nr", draft.key, width=NAME),
            pasted.text("bestand", "Bestand", lambda row: f"{row.stem}.xlsx", width=20, wrap=True),
            pasted.text("naam", "Naam", lambda row: row.case.settings.naam, width=20, wrap=True),
            pasted.text("noemt", "Landsdeel in de casus", lambda row: row.case.settings.landsdeel, wrap=True),
            pasted.text("landsdeel", "Hoort bij", lambda row: ", ".join(row.region.landsdelen), width=20, wrap=True),
            pasted.text("door", "Naar", lambda row: row.region.why, width=16, wrap=True),
            _year("van", "Van", lambda row: row.case.years.first),
            _year("tot", "Tot en met", lambda row: row.case.years.last),
        ),
        ids=lambda row: (row.stem,),
    )


def _plans(draft: Draft) -> Table[RegionPlan]:
    return Table(
        "plan",
        "De plannen",
        draft.plans,
        (
            pasted.text("casus", "Nr", draft.key, width=NAME),
            pasted.text("scenario", "Scenario", lambda row: row.scenario, width=20, wrap=True),
            pasted.text("vandaan", "Waar het vandaan komt", lambda row: row.vandaan, width=20, wrap=True),
            pasted.text("bewezen", "Bewezen optimaal", lambda row: yes(row.bewezen)),
            pasted.text("sha", "SHA-256 van de invoer", lambda row: row.invoer_sha256, width=20, wrap=True),
        ),
        ids=lambda row: (row.stem,),
    )


def _year(key: str, head: str, value: Callable[[RegionPlan], int]) -> Column[RegionPlan]:
    return Column(
        key,
        head,
        value,
        fmt=Format.YEAR,
        role=Role.INPUT_SOURCED,
        width=9,
        origin=lambda row: Origin(OriginKind.INPUT, f"{row.stem}.xlsx, blad case"),
    )


def _areas(draft: Draft) -> Table[_Area]:
    rows = [_Area(rule.naam, rule) for rule in landsdelen()]
    rows += [_Area(NOWHERE)] if NOWHERE in draft.national.landsdelen else []
    return Table(
        "landsdeel",
        "De landsdelen",
        rows,
        (
            pasted.text("landsdeel", "Landsdeel", lambda row: row.naam, width=NAME),
            pasted.text("gemeente", "Coördinerende gemeente", lambda row: row.regel.gemeente if row.regel else ""),
            pasted.text("eerder", "In 2020", lambda row: ", ".join(row.regel.eerder) if row.regel else "", width=20),
            _number(
                "sleutel",
                "Sleutel",
                lambda row: draft.national.keys.get(row.naam, 0),
                lambda _: Origin(OriginKind.RULE, KEY),
                assumed=True,
            ),
            pasted.text(
                "vindplaats",
                "Waar het staat",
                lambda row: row.regel.vindplaats if row.regel else "",
                width=20,
                wrap=True,
            ),
        ),
        ids=lambda row: (row.naam,),
    )


def _number(
    key: str,
    head: str,
    value: Callable[[Any], Value],
    origin: Callable[[Any], Origin | None],
    *,
    fmt: Format = Format.COUNT,
    assumed: bool = False,
    width: float = 12,
) -> Column[Any]:
    role = Role.INPUT_ASSUMED if assumed else Role.INPUT_SOURCED
    return Column(key, head, value, fmt=fmt, role=role, origin=origin, width=width)


def _rule_text(rule: Callable[[Any], Rule]) -> Column[Any]:
    return pasted.text("vindplaats", "Waar het staat", lambda row: rule(row).vindplaats, width=20, wrap=True)


def _parts(draft: Draft) -> Table[Part]:
    return Table(
        "deel",
        "Wat er landelijk is",
        draft.parts,
        (
            pasted.text("uitkering", "Uitkering", lambda row: row.uitkering.regel.naam, width=NAME),
            pasted.text("deel", "Deel", lambda row: row.naam, width=20),
            pasted.text("soort", "Soort besluit", lambda row: row.soort),
            Column(
                "jaar",
                "Verleend in",
                lambda row: row.jaar,
                fmt=Format.YEAR,
                role=Role.INPUT_SOURCED,
                width=9,
                origin=lambda row: of_rule(row.uitkering.plafond) if row.jaar else None,
            ),
            _number(
                "bedrag",
                "Bedrag",
                lambda row: row.bedrag,
                lambda row: of_rule(row.uitkering.plafond),
                fmt=Format.EURO,
                width=16,
            ),
            _rule_text(lambda row: row.uitkering.plafond),
        ),
        ids=lambda row: (row.uitkering.regel.regeling, row.naam),
    )


def _towns(draft: Draft) -> Table[Town]:
    return Table(
        "stad",
        "Het maximum van elke gemeente",
        draft.towns,
        (
            pasted.text("uitkering", "Uitkering", lambda row: row.uitkering.regel.naam, width=NAME),
            pasted.text("gemeente", "Gemeente", lambda row: row.naam, width=20),
            _number("maximum", "Maximum", lambda row: row.maximum, _town_origin, fmt=Format.EURO, width=16),
            pasted.text(
                "vindplaats",
                "Waar het staat",
                lambda row: row.uitkering.ceilings.vindplaats if row.bekend else "blad beschikkingen van de casus",
                width=20,
                wrap=True,
            ),
        ),
        ids=lambda row: (row.uitkering.regel.regeling, row.naam),
    )


def _town_origin(row: Town) -> Origin | None:
    return of_rule(row.uitkering.ceilings) if row.bekend else Origin(OriginKind.INPUT, "beschikkingen!maximum")


def _counts() -> Table[CountRule]:
    def cell(key: str, head: str, value: Callable[[CountRule], Value], fmt: Format) -> Column[CountRule]:
        def role(row: CountRule) -> Role:
            return Role.INPUT_ASSUMED if row.doel and key == "op" else Role.INPUT_SOURCED

        return Column(key, head, value, fmt=fmt, role=role, width=12, origin=of_rule)

    return Table(
        "telling",
        "Geteld in het hele land, en het doel",
        national_counts(),
        (
            pasted.text("wat", "Wat", lambda row: "doel" if row.doel else "geteld", width=NAME),
            cell("op", "Op", lambda row: row.op, Format.DATE),
            cell("plaatsen", "Plaatsen", lambda row: row.plaatsen, Format.COUNT),
            cell("jongeren", "Jongeren", lambda row: row.jongeren, Format.COUNT),
            _rule_text(lambda row: row),
        ),
    )


def _days(draft: Draft) -> Table[int]:
    return Table(
        "dag",
        "De dag waarop een jaar naast het pad wordt gelegd",
        draft.national.years,
        (
            Column(
                "jaar",
                "Jaar",
                lambda row: row,
                fmt=Format.YEAR,
                role=Role.INPUT_SOURCED,
                width=NAME,
                origin=lambda _: Origin(OriginKind.INPUT, "de jaren van de casussen"),
            ),
            Column("dag", "Dag", middle, fmt=Format.DATE, role=Role.INPUT_ASSUMED, width=12, origin=lambda _: MID),
        ),
    )


def _steps() -> Table[LandsdeelRule]:
    names = [rule.naam for rule in landsdelen()]

    def to(name: str) -> Callable[[LandsdeelRule], Value]:
        return lambda row: steps_between()[row.naam, name]

    columns = tuple(
        _number(f"s{at}", name, to(name), lambda _: of_rule(borders()), assumed=True, width=11)
        for at, name in enumerate(names)
    )
    return Table(
        "stap",
        "Stappen: grenzen tussen landsdelen",
        landsdelen(),
        (pasted.text("van", "Van", lambda row: row.naam, width=NAME), *columns),
        ids=lambda row: (row.naam,),
    )


@dataclass(frozen=True)
class _Setting:
    """One fact that formulas read."""

    naam: str
    wat: str
    waarde: Value
    fmt: Format
    origin: Origin | None


def _fixed(draft: Draft) -> Table[_Setting]:
    rows = (
        _Setting(THOUSAND.naam, THOUSAND.wat, THOUSAND.value, THOUSAND.fmt, Origin(OriginKind.FIXED, THOUSAND.bron)),
        _Setting("ronde", "de eerstvolgende ronde van herziening", draft.round.jaar, Format.YEAR, of_rule(draft.round)),
    )
    return Table(
        "instelling",
        "Waar formules naar kijken",
        rows,
        (
            pasted.text("naam", "Naam", lambda row: row.naam, width=NAME),
            pasted.text("wat", "Wat", lambda row: row.wat, width=30),
            Column(
                "waarde",
                "Waarde",
                lambda row: row.waarde,
                fmt=lambda row: row.fmt,
                role=Role.INPUT_SOURCED,
                origin=lambda row: row.origin,
            ),
        ),
        fact=lambda row: row.naam,
    )


# --- what each plan comes to -----------------------------------------------------------------


def outcomes_page(draft: Draft) -> Page:
    """The sheet `uitkomsten`."""
    return Page(
        "uitkomsten",
        "Uitkomsten van elke casus",
        "Wat uit het plan van elke casus komt. Elk getal staat ook in de begroting van die casus, en is daar met een"
        " formule te volgen; hier is het overgenomen.",
        (_places(draft), _grants(draft), _costs(draft), _asked(draft)),
        tab="besluit",
    )


def _decided(
    draft: Draft, key: str, head: str, value: Callable[[Any], Value], fmt: Format, width: float = 11
) -> Column[Any]:
    return Column(
        key, head, value, fmt=fmt, role=Role.DECISION, width=width, origin=lambda row: draft.outcome(row.plan)
    )


def _keys(draft: Draft) -> tuple[Column[Any], ...]:
    return (
        pasted.text("casus", "Nr", lambda row: draft.key(row.plan), width=NAME),
        pasted.text("landsdeel", "Landsdeel", lambda row: row.landsdeel, width=22),
    )


def _places(draft: Draft) -> Table[PlaceRow]:
    def places(key: str, head: str) -> Column[Any]:
        return _decided(draft, key, head, lambda row: getattr(row, key), Format.PLACES)

    return Table(
        "plek",
        "Plaatsen en jongeren",
        draft.national.place_rows,
        (
            *_keys(draft),
            _decided(draft, "jaar", "Jaar", lambda row: row.jaar, Format.YEAR, 8),
            places("gesloten", "Gesloten plaatsen"),
            places("hybride", "Hybride plaatsen"),
            places("open", "Andere plaatsen"),
            places("bezet", "Jongeren, gesloten en hybride"),
            places("bezet_open", "Jongeren, andere"),
            places("vrij", "Vrij, gesloten en hybride"),
            places("tekort", "Zonder plaats, gesloten en hybride"),
            places("tekort_open", "Zonder plaats, andere"),
        ),
        "Gemiddeld over het jaar. Vrij: wat nog bezet kan worden, binnen de hoogste bezetting en de aanloop.",
        ids=lambda row: (row.plan.stem, row.landsdeel, row.jaar),
    )


def _grants(draft: Draft) -> Table[GrantRow]:
    def euro(key: str, head: str) -> Column[Any]:
        return _decided(draft, key, head, lambda row: getattr(row, key), Format.EURO, 16)

    return Table(
        "uitkering",
        "De uitkeringen",
        draft.national.grant_rows,
        (
            *_keys(draft),
            pasted.text("bron", "Bron", lambda row: row.bron, width=20),
            pasted.text("uitkering", "Uitkering", lambda row: row.uitkering.regel.naam, width=18),
            pasted.text("gemeente", "Gemeente", lambda row: row.gemeente),
            pasted.text("soort", "Soort besluit", lambda row: row.soort),
            _decided(draft, "jaar", "Verleend in", lambda row: row.jaar, Format.YEAR, 9),
            euro("verleend", "Verleend, voor deze casus"),
            euro("verkocht", "Opbrengst van verkoop"),
            euro("besteed", "Besteed in het plan"),
        ),
        "Verleend is zonder wat apart blijft voor plaatsen buiten de casus.",
        ids=lambda row: (row.plan.stem, row.bron),
    )


def _costs(draft: Draft) -> Table[CostRow]:
    def euro(key: str, head: str, value: Callable[[Any], Value]) -> Column[Any]:
        return _decided(draft, key, head, value, Format.EURO, 16)

    def share(number: int) -> Callable[[CostRow], Value]:
        return lambda row: row.uit[number]

    return Table(
        "last",
        "Wat de transitie kost, en wie betaalt",
        draft.national.cost_rows,
        (
            *_keys(draft),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.kostensoort, width=24),
            _decided(draft, "jaar", "Jaar", lambda row: row.jaar, Format.YEAR, 8),
            euro("kosten", "Kosten", lambda row: row.kosten),
            *(euro(f"uit{at}", grant.regel.naam, share(at)) for at, grant in enumerate(draft.national.grants)),
            euro("anders", "Andere bronnen", lambda row: row.anders),
        ),
        "Kosten van maatregelen en van lege plaatsen. De zorg zelf (exploitatie) staat er niet bij, en wat een"
        " krediet terugkrijgt ook niet: wat ermee is betaald, telt al.",
        ids=lambda row: (row.plan.stem, row.landsdeel, row.kostensoort, row.jaar),
    )


def _asked(draft: Draft) -> Table[RegionPlan]:
    return Table(
        "vraag",
        "Wat elke casus aan herziening zou vragen",
        draft.plans,
        (
            pasted.text("casus", "Nr", draft.key, width=NAME),
            pasted.text("kan", "Kan vragen", lambda row: yes(row.gevraagd is not None), width=22),
            Column(
                "gevraagd",
                "Gevraagd",
                lambda row: row.gevraagd,
                fmt=Format.EURO,
                role=Role.DECISION,
                width=16,
                origin=lambda row: (
                    Origin(OriginKind.OUTCOME, f"{row.stem}/herziening.xlsx") if row.gevraagd is not None else None
                ),
            ),
        ),
        "Volgens 'spuk herziening' op dit plan. Leeg: de casus noemt de regeling van 2024 of haar locaties niet.",
        ids=lambda row: (row.stem,),
    )
