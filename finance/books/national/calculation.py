"""The sheets `berekening` and `overname`: the path, landsdelen by year, and what one can take over from another."""

from __future__ import annotations

from typing import Final

from finance.books.national.draft import Draft, Taken
from finance.books.origins import decided
from finance.national.picture import AreaYear
from finance.rules.national import landsdelen
from finance.tables import live, pasted
from finance.tables.columns import holds
from finance.tables.grid import Format, Role
from finance.tables.pages import Column, Notes, Page, Table

SAME: Final = "[plek.landsdeel],[landsdeel],[plek.jaar],[jaar]"
SHORTAGE: Final = "[ruil.jaar],[jaar]"
OF_PAIR: Final = "[overname.jaar],[jaar],[overname.{}],[landsdeel]"
PRICED: Final = "SUMIFS([ruil.prijs],[ruil.jaar],[jaar],[ruil.landsdeel],[{}])"
EXCHANGED: Final = decided("overname: zo veel mogelijk, dan zo dichtbij mogelijk, dan naar verhouding")
PRICE: Final = decided("bewijs: de prijs van een plaats, waaruit blijkt dat het niet met minder grenzen kan")


def page(draft: Draft) -> Page:
    """The sheet `berekening`."""
    return Page(
        "berekening",
        "Berekening per landsdeel en jaar",
        "Het landelijke pad in elk jaar, en wat alle casussen van een landsdeel samen hebben.",
        (_path(draft), _areas(draft)),
        tab="berekening",
    )


def _path(draft: Draft) -> Table[int]:
    def between(key: str) -> str:
        low, high = f"INDEX([telling.{key}],[rij])", f"INDEX([telling.{key}],[rij]+1)"
        days = "INDEX([telling.op],[rij]+1)-INDEX([telling.op],[rij])"
        passed = "([dag]-INDEX([telling.op],[rij]))"
        return (
            f'IF([rij]=0,"",IF([rij]=ROWS([telling.op]),INDEX([telling.{key}],[rij]),'
            f"{low}+({high}-{low})*{passed}/({days})))"
        )

    return Table(
        "pad",
        "Het landelijke pad: rechte lijnen tussen de tellingen, en naar het doel",
        draft.national.years,
        (
            live.column("jaar", "Jaar", "[dag.jaar@]", Format.YEAR, width=24),
            live.column("dag", "Op", "[dag.dag@]", Format.DATE, width=22),
            live.number("rij", "Laatste telling", "IFERROR(MATCH([dag],[telling.op],1),0)", Format.COUNT),
            live.column("plaatsen", "Plaatsen", between("plaatsen"), Format.PLACES),
            live.column("jongeren", "Jongeren", between("jongeren"), Format.PLACES),
            live.number(
                "deel",
                "Deel van de sleutel dat hier een casus heeft",
                "SUMIFS([gebied.sleutel],[gebied.jaar],[jaar])/SUM([landsdeel.sleutel])",
                Format.PERCENT,
            ),
        ),
        "Een jaar voor de eerste telling heeft geen pad.",
    )


def _areas(draft: Draft) -> Table[AreaYear]:
    def total(key: str, head: str) -> Column[AreaYear]:
        return live.column(key, head, f"SUMIFS([plek.{key}],{SAME})", Format.PLACES, width=11)

    def share(key: str) -> str:
        path = f"INDEX([pad.{key}],MATCH([jaar],[pad.jaar],0))"
        return f'IF(ISNUMBER({path}),{path}*[sleutel]/SUM([landsdeel.sleutel]),"")'

    return Table(
        "gebied",
        "Per landsdeel en jaar",
        draft.national.area_years,
        (
            pasted.text("landsdeel", "Landsdeel", lambda row: row.landsdeel, width=24),
            _year(),
            total("gesloten", "Gesloten plaatsen"),
            total("hybride", "Hybride plaatsen"),
            live.column("samen", "Gesloten en hybride", "[gesloten]+[hybride]", Format.PLACES, width=11),
            total("open", "Andere plaatsen"),
            total("bezet", "Jongeren, gesloten en hybride"),
            total("bezet_open", "Jongeren, andere"),
            total("vrij", "Vrij"),
            total("tekort", "Zonder plaats"),
            total("tekort_open", "Zonder plaats, andere"),
            live.number(
                "sleutel",
                "Sleutel",
                "INDEX([landsdeel.sleutel],MATCH([landsdeel],[landsdeel.landsdeel],0))",
                Format.COUNT,
            ),
            live.column("pad", "Deel van het pad", share("plaatsen"), Format.PLACES, width=11),
            live.column("over", "Kan geven", "MAX(0,[vrij]-[tekort])", Format.PLACES, width=11),
            live.column("mist", "Komt tekort", "MAX(0,[tekort]-[vrij])", Format.PLACES, width=11),
        ),
        "Kan geven en komt tekort: eerst helpt een landsdeel zijn eigen jongeren, zo nodig in een andere gesloten of"
        " hybride vorm.",
        ids=lambda row: (row.landsdeel, row.jaar),
    )


def _year() -> Column[AreaYear]:
    return Column(
        "jaar",
        "Jaar",
        lambda row: row.jaar,
        fmt=Format.YEAR,
        role=Role.DECISION,
        width=22,
        origin=lambda _: decided("de jaren van de casussen"),
    )


# --- what one landsdeel can take over from another -------------------------------------------


def takeover_page(draft: Draft) -> Page:
    """The sheet `overname`."""
    return Page(
        "overname",
        "Wat landsdelen van elkaar kunnen overnemen",
        "In een jaar waarin een landsdeel plaatsen tekortkomt: hoeveel jongeren een vrije plaats in een ander landsdeel"
        " kunnen krijgen, gemiddeld over het jaar.",
        (
            _yearly(draft),
            _pairs(draft),
            _exchange(draft),
            Notes("Hoe dit te lezen", NOTES),
        ),
        tab="besluit",
    )


NOTES: Final = (
    "Eerst krijgen zo veel mogelijk jongeren een plaats. Zijn er minder vrije plaatsen dan jongeren, dan wordt elk"
    " landsdeel dat tekortkomt voor hetzelfde deel geholpen.",
    "Dan zo dichtbij mogelijk: samen zo weinig mogelijk grenzen. Wat daarna nog gelijk is, gaat naar verhouding van wat"
    " een landsdeel vrij heeft.",
    "De prijs is het bewijs: nergens ligt een landsdeel dichterbij dan het verschil in prijs zegt, en wie geeft ligt er"
    " precies zo ver vandaan. Wie een stap of een aantal wijzigt, ziet of het nog klopt.",
    "Gesloten en hybride plaatsen tellen hier als een soort. Of een plaats past bij een jongere, en of een aanbieder"
    " haar opneemt, weet deze werkmap niet: dit is wat er hoogstens kan.",
)


def _yearly(draft: Draft) -> Table[int]:
    return Table(
        "overnamejaar",
        "Per jaar",
        draft.national.years,
        (
            live.column("jaar", "Jaar", "[dag.jaar@]", Format.YEAR, width=24),
            live.column("mist", "Komt tekort", "SUMIFS([gebied.mist],[gebied.jaar],[jaar])", Format.PLACES, width=22),
            live.column("over", "Kan worden gegeven", f"SUMIFS([ruil.over],{SHORTAGE})", Format.PLACES, width=22),
            live.column(
                "samen", "Overgenomen", "SUMIFS([overname.plaatsen],[overname.jaar],[jaar])", Format.PLACES, width=14
            ),
            live.column("blijft", "Blijft tekort", "[mist]-[samen]", Format.PLACES, width=14),
            live.column(
                "grenzen",
                "Grenzen, samen",
                "SUMIFS([overname.grenzen],[overname.jaar],[jaar])",
                Format.PLACES,
                width=14,
            ),
            live.column("waarde", "Minste dat kan", f"SUMIFS([ruil.waarde],{SHORTAGE})", Format.PLACES, width=14),
            live.check(
                "meest", "Zo veel mogelijk", holds(f"ROUND([samen]-MIN(SUMIFS([ruil.mist],{SHORTAGE}),[over]),6)=0")
            ),
            live.check("minst", "Zo dichtbij mogelijk", holds("ROUND([grenzen]-[waarde],6)=0")),
        ),
    )


def _pairs(draft: Draft) -> Table[Taken]:
    first, last = "s0", f"s{len(landsdelen()) - 1}"
    steps = f"INDEX([stap.{first}:{last}],MATCH([van],[stap.van],0),MATCH([naar],[stap.^{first}:{last}],0))"
    near = "[stappen]+[prijs_van]-[prijs_naar]"

    return Table(
        "overname",
        "Wie neemt van wie over",
        draft.taken,
        (
            pasted.text("van", "Vrije plaatsen in", lambda row: row.van, width=24),
            pasted.text("naar", "Jongeren uit", lambda row: row.naar, width=22),
            Column(
                "jaar",
                "Jaar",
                lambda row: row.jaar,
                fmt=Format.YEAR,
                role=Role.DECISION,
                width=8,
                origin=lambda _: decided("een jaar met een tekort"),
            ),
            Column(
                "plaatsen",
                "Overgenomen",
                lambda row: draft.national.transports[row.jaar].flows.get((row.van, row.naar), 0),
                fmt=Format.PLACES,
                role=Role.DECISION,
                width=14,
                origin=lambda _: EXCHANGED,
            ),
            live.number("stappen", "Stappen", steps, Format.COUNT),
            live.column("grenzen", "Grenzen, samen", "[stappen]*[plaatsen]", Format.PLACES),
            live.number("prijs_van", "Prijs waar plaats is", PRICED.format("van"), Format.COUNT),
            live.number("prijs_naar", "Prijs waar tekort is", PRICED.format("naar"), Format.COUNT),
            live.check(
                "oordeel",
                "Nergens dichterbij",
                holds(f"AND([plaatsen]>=0,{near}>=0,ROUND([plaatsen]*({near}),6)=0)"),
            ),
        ),
        ids=lambda row: (row.jaar, row.van, row.naar),
    )


def _exchange(draft: Draft) -> Table[AreaYear]:
    position = "MATCH([jaar],[overnamejaar.jaar],0)"
    part = f"INDEX([overnamejaar.samen],{position})"
    needed = f"SUMIFS([ruil.mist],{SHORTAGE})"
    fair = f"OR([mist]=0,ROUND([krijgt]*{needed}-[mist]*{part},5)=0)"
    return Table(
        "ruil",
        "Per landsdeel en jaar",
        draft.exchanging,
        (
            pasted.text("landsdeel", "Landsdeel", lambda row: row.landsdeel, width=24),
            _year(),
            _of_area("over", "Kan geven"),
            _of_area("mist", "Komt tekort"),
            live.column(
                "geeft", "Geeft", f"SUMIFS([overname.plaatsen],{OF_PAIR.format('van')})", Format.PLACES, width=11
            ),
            live.column(
                "krijgt", "Krijgt", f"SUMIFS([overname.plaatsen],{OF_PAIR.format('naar')})", Format.PLACES, width=11
            ),
            live.column("blijft", "Blijft tekort", "[mist]-[krijgt]", Format.PLACES, width=11),
            Column(
                "prijs",
                "Prijs",
                draft.price,
                fmt=Format.COUNT,
                role=Role.DECISION,
                width=9,
                origin=lambda _: PRICE,
            ),
            live.column("waarde", "Prijs x plaatsen", "[prijs]*([krijgt]-[geeft])", Format.PLACES, width=11),
            live.check(
                "oordeel",
                "Past, en eerlijk",
                holds(f"AND(ROUND([over]-[geeft],6)>=0,ROUND([blijft],6)>=0,OR([over]=0,[prijs]>=0),{_free()},{fair})"),
            ),
        ),
        ids=lambda row: (row.landsdeel, row.jaar),
    )


def _free() -> str:
    """Where places stay free, giving one costs nothing."""
    return "OR([over]=0,[prijs]=0,ROUND([over]-[geeft],6)=0)"


def _of_area(key: str, head: str) -> Column[AreaYear]:
    found = f"SUMIFS([gebied.{key}],[gebied.landsdeel],[landsdeel],[gebied.jaar],[jaar])"
    return live.column(key, head, found, Format.PLACES, width=11)
