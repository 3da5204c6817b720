"""The sheets that a reader sees: money, cost, places, young people."""

from __future__ import annotations

from typing import Final

from finance.books.national.draft import Draft, Part, Town
from finance.books.origins import decided
from finance.national.region import RegionPlan
from finance.rules.national import NationalGrant
from finance.tables import live, pasted
from finance.tables.columns import holds, within
from finance.tables.grid import Format, Role
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table

WIDE: Final = 16
LEFT: Final = 24


def money_page(draft: Draft) -> Page:
    """The sheet `geld`."""
    return Page(
        "geld",
        "Het geld, en wat er landelijk is",
        "Wat deze casussen samen van elke uitkering hebben en besteden, naast wat er voor het hele land is.",
        (
            _ceilings(draft),
            Figure(
                "De uitkeringen: landelijk, verleend in deze casussen, en besteed",
                "x 1.000 euro",
                "plafond",
                "naam",
                ("plafond_k", "verleend_k", "besteed_k"),
                stacked=False,
                from_zero=True,
            ),
            _parts(draft),
            _towns(draft),
            _asked(draft),
            _round(draft),
            Notes("Hoe dit te lezen", MONEY_NOTES),
        ),
    )


MONEY_NOTES: Final = (
    "Niet in de casussen: wat andere landsdelen hebben, wat in een casus buiten beeld blijft, en wat nog niet is"
    " verleend.",
    "Niet besteed: wat van de uitkeringen in deze plannen overblijft, en dus terug moet.",
    "Herzieningen en wat na 2027 overblijft, komen boven het maximum van een gemeente.",
)


def _thousands(key: str, head: str, source: str, width: float = 12) -> Column[object]:
    return live.column(key, head, f"ROUND({source}/{{duizend}},0)", Format.COUNT, width=width)


def _ceilings(draft: Draft) -> Table[NationalGrant]:
    def total(key: str, head: str) -> Column[NationalGrant]:
        return live.euro(key, head, f"SUMIFS([uitkering.{key}],[uitkering.uitkering],[naam])", total=False, width=WIDE)

    return Table(
        "plafond",
        "",
        draft.national.grants,
        (
            pasted.text("naam", "Uitkering", lambda row: row.regel.naam, width=LEFT),
            live.euro("plafond", "Landelijk", "SUMIFS([deel.bedrag],[deel.uitkering],[naam])", total=False, width=20),
            total("verleend", "Verleend in de casussen"),
            live.euro("buiten", "Niet in de casussen", "[plafond]-[verleend]", total=False, width=WIDE),
            total("besteed", "Besteed"),
            total("verkocht", "Opbrengst van verkoop erbij"),
            live.euro("over", "Niet besteed", "[verleend]+[verkocht]-[besteed]", total=False, width=WIDE),
            live.number(
                "aandeel", "Besteed van wat landelijk is", "IF([plafond]=0,0,[besteed]/[plafond])", Format.PERCENT
            ),
            _thousands("plafond_k", "Landelijk, x 1.000", "[plafond]"),
            _thousands("verleend_k", "Verleend, x 1.000", "[verleend]"),
            _thousands("besteed_k", "Besteed, x 1.000", "[besteed]"),
            live.check("binnen", "Binnen het landelijke plafond", holds(within("[verleend]", "[plafond]"))),
            live.text("genoeg", "Genoeg voor wat is besteed", 'IF(ROUND([over],2)>=0,"ja","nee")', 12),
        ),
        ids=lambda row: (row.regel.regeling,),
    )


def _parts(draft: Draft) -> Table[Part]:
    same = "[uitkering.uitkering],[uitkering],[uitkering.soort],[deel.soort@]"
    of_year = f"SUMIFS([uitkering.verleend],{same},[uitkering.jaar],[deel.jaar@])"
    found = f"IF([deel.jaar@]>0,{of_year},SUMIFS([uitkering.verleend],{same}))"
    return Table(
        "deelplafond",
        "Per deel van de uitkering",
        draft.parts,
        (
            live.text("uitkering", "Uitkering", "[deel.uitkering@]", LEFT),
            live.text("deel", "Deel", "[deel.deel@]", 20),
            live.euro("plafond", "Landelijk", "[deel.bedrag@]", width=WIDE),
            live.euro("verleend", "Verleend in de casussen", found, width=WIDE),
            live.euro("buiten", "Niet in de casussen", "[plafond]-[verleend]", width=WIDE),
            live.check("oordeel", "Binnen het deel", holds(within("[verleend]", "[plafond]"))),
        ),
        ids=lambda row: (row.uitkering.regel.regeling, row.naam),
    )


def _towns(draft: Draft) -> Table[Town]:
    same = "[uitkering.uitkering],[uitkering],[uitkering.gemeente],[gemeente]"
    basic = f'SUMIFS([uitkering.verleend],{same},[uitkering.soort],"basis")'
    return Table(
        "stadgeld",
        "Per coördinerende gemeente",
        draft.towns,
        (
            live.text("uitkering", "Uitkering", "[stad.uitkering@]", LEFT),
            live.text("gemeente", "Gemeente", "[stad.gemeente@]", 20),
            live.euro("maximum", "Maximum", "[stad.maximum@]", width=WIDE),
            live.euro("basis", "Verleend als basis", basic, width=WIDE),
            live.euro("meer", "Herziening en restant", f"SUMIFS([uitkering.verleend],{same})-[basis]", width=WIDE),
            live.euro("besteed", "Besteed", f"SUMIFS([uitkering.besteed],{same})", width=WIDE),
            live.euro(
                "over",
                "Niet besteed",
                f"[basis]+[meer]+SUMIFS([uitkering.verkocht],{same})-[besteed]",
                width=WIDE,
            ),
            live.check("oordeel", "Binnen het maximum", holds(within("[basis]", "[maximum]"))),
        ),
        ids=lambda row: (row.uitkering.regel.regeling, row.naam),
    )


def _asked(draft: Draft) -> Table[RegionPlan]:
    return Table(
        "gevraagd",
        "Wat deze plannen aan herziening zouden vragen",
        draft.plans,
        (
            live.text("naam", "Casus", "[casus.naam@]", LEFT),
            live.text("kan", "Kan vragen", "[vraag.kan@]", 20),
            live.euro("gevraagd", "Gevraagd", "N([vraag.gevraagd@])", width=WIDE),
        ),
        ids=lambda row: (row.stem,),
    )


def _round(draft: Draft) -> Table[Draft]:
    pot = 'SUMIFS([deel.bedrag],[deel.soort],"herziening",[deel.jaar],[ronde])'
    return Table(
        "rondepot",
        "Naast wat er in de eerstvolgende ronde voor allen samen is",
        (draft,),
        (
            live.column("ronde", "Ronde", "{ronde}", Format.YEAR, width=LEFT),
            live.euro("pot", "Landelijk beschikbaar", pot, total=False, width=20),
            live.euro("gevraagd", "Gevraagd in de casussen", "[gevraagd.gevraagd=]", total=False, width=WIDE),
            live.text("past", "Past", 'IF([gevraagd]<=[pot],"ja","nee")', WIDE),
        ),
    )


# --- what the transition costs ---------------------------------------------------------------


def costs_page(draft: Draft) -> Page:
    """The sheet `kosten`."""
    drawn = (*(f"k{at}" for at in range(len(draft.national.grants))), "anders_k", "ongedekt_k")
    return Page(
        "kosten",
        "Wat de transitie kost, en wie betaalt",
        "Eenmalige kosten van maatregelen, en lege plaatsen. De zorg zelf staat er niet bij: die is structureel.",
        (
            _paid(draft, "gebiedlast", "Per landsdeel", draft.national.landsdelen, "landsdeel", "Landsdeel"),
            Figure(
                "Wie betaalt de transitie, per landsdeel",
                "x 1.000 euro",
                "gebiedlast",
                "naam",
                drawn,
                from_zero=True,
                red=("ongedekt_k",),
            ),
            _paid(draft, "soortlast", "Per kostensoort", draft.sorts, "kostensoort", "Kostensoort"),
            _paid(draft, "jaarlast", "Per jaar", draft.national.years, "jaar", "Jaar"),
            Figure(
                "Wie betaalt de transitie, per jaar",
                "x 1.000 euro",
                "jaarlast",
                "naam",
                drawn,
                from_zero=True,
                red=("ongedekt_k",),
            ),
        ),
    )


def _paid(draft: Draft, name: str, title: str, rows: tuple[object, ...], column: str, head: str) -> Table[object]:
    def total(key: str, heading: str) -> Column[object]:
        return live.euro(key, heading, f"SUMIFS([last.{key}],[last.{column}],[naam])", width=WIDE)

    grants = [(f"uit{at}", grant.regel.naam) for at, grant in enumerate(draft.national.grants)]
    paid = "".join(f"-[{key}]" for key, _ in grants)
    first: Column[object] = (
        live.column("naam", head, "[dag.jaar@]", Format.YEAR, width=LEFT)
        if column == "jaar"
        else pasted.text("naam", head, str, width=LEFT)
    )
    return Table(
        name,
        title,
        rows,
        (
            first,
            total("kosten", "Kosten"),
            *(total(key, heading) for key, heading in grants),
            total("anders", "Andere bronnen"),
            live.euro("ongedekt", "Ongedekt", f"[kosten]{paid}-[anders]", width=WIDE),
            *(_thousands(f"k{at}", f"{heading}, x 1.000", f"[{key}]") for at, (key, heading) in enumerate(grants)),
            _thousands("anders_k", "Andere bronnen, x 1.000", "[anders]"),
            _thousands("ongedekt_k", "Ongedekt, x 1.000", "[ongedekt]"),
        ),
        ids=lambda row: (row,),
    )


# --- places and young people -----------------------------------------------------------------


def places_page(draft: Draft) -> Page:
    """The sheet `plaatsen`."""
    return Page(
        "plaatsen",
        "Plaatsen per landsdeel en jaar",
        "Gesloten en hybride plaatsen samen, gemiddeld over het jaar, naast het landelijke pad naar nul in 2030.",
        (
            _wide(draft, "plaatsjaar", "samen", "plaatsen", "Gesloten en hybride"),
            _by_area(draft, "plaatsjaar", "Gesloten en hybride plaatsen per landsdeel", "plaatsen"),
            _beside(draft, "plaatspad", "samen", "plaatsen"),
            *_path_figure(draft, "plaatspad", "Plaatsen naast het pad", "plaatsen"),
            Notes("Hoe dit te lezen", PATH_NOTES),
        ),
    )


PATH_NOTES: Final = (
    "Het pad is het deel van het landelijke pad dat naar de sleutel bij de landsdelen met een casus hoort. De getelde"
    " dagen staan in documenten; de rechte lijn en de sleutel zijn aannames (blad uitgangspunten).",
    "Andere plaatsen (kleinschalig open, gezin, ambulant) staan op blad berekening.",
)


def young_page(draft: Draft) -> Page:
    """The sheet `jongeren`."""
    return Page(
        "jongeren",
        "Jongeren per landsdeel en jaar",
        "Jongeren op gesloten en hybride plaatsen, en wie er geen heeft, gemiddeld over het jaar.",
        (
            _wide(draft, "jongerenjaar", "bezet", "jongeren", "Jongeren met een plaats"),
            _by_area(draft, "jongerenjaar", "Jongeren op een gesloten of hybride plaats", "jongeren"),
            _wide(draft, "tekortjaar", "tekort", "jongeren", "Jongeren zonder plaats"),
            _by_area(draft, "tekortjaar", "Jongeren zonder gesloten of hybride plaats", "jongeren"),
            _beside(draft, "jongerenpad", "bezet", "jongeren"),
            *_path_figure(draft, "jongerenpad", "Jongeren naast het pad", "jongeren"),
            Notes(
                "Hoe dit te lezen",
                (
                    *PATH_NOTES[:1],
                    "Zonder plaats: ook niet in een andere zorgvorm van de eigen casus. Wat een ander landsdeel kan"
                    " overnemen, staat op blad overname.",
                ),
            ),
        ),
    )


def _by_area(draft: Draft, table: str, title: str, axis: str) -> Figure:
    columns = tuple(f"l{at}" for at in range(len(draft.national.landsdelen)))
    return Figure(title, axis, table, "jaar", columns, from_zero=True)


def _wide(draft: Draft, name: str, key: str, what: str, title: str) -> Table[int]:
    """A row for each year, a column for each landsdeel."""
    found = f"SUMIFS([gebied.{key}],[gebied.jaar],[jaar],[gebied.landsdeel],[^])"
    columns = tuple(
        live.column(f"l{at}", area, found, Format.PLACES, width=14, as_data=f"landsdeel:{area}")
        for at, area in enumerate(draft.national.landsdelen)
    )
    last = len(columns) - 1
    return Table(
        name,
        title,
        draft.national.years,
        (
            live.column("jaar", "Jaar", "[dag.jaar@]", Format.YEAR, width=10),
            *columns,
            live.column("samen", f"Samen, {what}", f"SUM([l0:l{last}])", Format.PLACES, width=14),
        ),
        ids=lambda row: (row,),
    )


def _beside(draft: Draft, name: str, key: str, what: str) -> Table[int]:
    position = "MATCH([jaar],[pad.jaar],0)"
    path = f"INDEX([pad.{what}],{position})*INDEX([pad.deel],{position})"
    rows = draft.counted_years
    return Table(
        name,
        "Naast het landelijke pad",
        rows,
        (
            _counted_year() if name == "plaatspad" else live.year("jaar", "Jaar", "[plaatspad.jaar@]", 10),
            live.column(
                "hier", f"Hier, {what}", f"SUMIFS([gebied.{key}],[gebied.jaar],[jaar])", Format.PLACES, width=14
            ),
            live.column("land", f"Landelijk pad, {what}", f"INDEX([pad.{what}],{position})", Format.PLACES, width=14),
            live.number("deel", "Deel van de sleutel", f"INDEX([pad.deel],{position})", Format.PERCENT),
            live.column("pad", "Pad voor deze landsdelen", path, Format.PLACES, width=14),
            live.column("meer", "Meer dan het pad", "[hier]-[pad]", Format.PLACES, width=14),
        ),
        ids=lambda row: (row,),
    )


def _counted_year() -> Column[int]:
    return Column(
        "jaar",
        "Jaar",
        lambda row: row,
        fmt=Format.YEAR,
        role=Role.DECISION,
        width=10,
        origin=lambda _: decided("de jaren van de casussen, vanaf de eerste telling"),
    )


def _path_figure(draft: Draft, table: str, title: str, axis: str) -> tuple[Block, ...]:
    if not draft.counted_years:
        return ()
    return (Figure(title, axis, table, "jaar", ("hier",), ("pad",), stacked=False, from_zero=True),)
