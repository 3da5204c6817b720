"""The one declaration of the input workbook: every sheet, every column, in one place.

The reader, the checks, the template with its drop-downs, and the documentation table all follow
from these records. A row record has one field per column, under the column's own name; a field
with a default is an optional column. `rij` is the row in the workbook, so that every finding can
name its cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Final

from finance.case.actuals import Actual, Proceeds, Started
from finance.case.columns import (
    ANY,
    COUNT,
    DATE,
    EURO,
    GROWTH,
    ID,
    LAG,
    LIST,
    ORDER,
    POINTS,
    QUANTITY,
    SHARE,
    SIGNED,
    SIZE,
    TEXT,
    YEAR,
    YES,
    CellError,
    choice,
    column,
)
from finance.case.declaring import Row, SheetSpec
from finance.case.distributions import DISTRIBUTIONS
from finance.case.index_chain import TariffIndex
from finance.case.table import CellValue
from finance.case.words import (
    COST_SORTS,
    GOALS,
    MEASURE_SORTS,
    ONE_OFF_SORTS,
    PLACE_COSTS,
    SOURCE_SORTS,
    TARIFF_PARAMETERS,
)
from finance.money import Money
from finance.places import on_grid


class Setting(Row):
    """A row of `case`: one property of the case."""

    sleutel: Annotated[str, ID] = column("De eigenschap van de casus; de lijst staat hieronder.")
    waarde: Annotated[CellValue | None, ANY] = column("De waarde van die eigenschap.", present=True, default=None)
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst", default="")
    toelichting: Annotated[str, TEXT] = column("Vrije toelichting.", default="")


class Settings(Row):
    """The properties of the case: the keys of the sheet `case`, each with its kind."""

    naam: Annotated[str, TEXT] = column("Naam van de casus.")
    landsdeel: Annotated[str, TEXT] = column("Het landsdeel.")
    coordinerende_gemeente: Annotated[str, TEXT] = column(
        "De coördinerende (accounthoudende) gemeente: een naam, zoals de regeling haar noemt."
    )
    regelingen: Annotated[tuple[str, ...], LIST] = column(
        "De codes van de regelingen waaruit geld komt, met komma's ertussen. Er zijn: residentieel-2021,"
        " transformatie-2024, vastgoedtransitie-2020."
    )
    peildatum: Annotated[date, DATE] = column(
        "De dag waarop de regels bekend moesten zijn: latere wijzigingen tellen niet mee."
    )
    eerste_jaar: Annotated[int, YEAR] = column("Het eerste jaar van de begroting.")
    laatste_jaar: Annotated[int, YEAR] = column("Het laatste jaar van de begroting.")
    prijspeil: Annotated[int, YEAR] = column("Het prijsniveau van de kosten en van de prijzen van plaatsen, als jaar.")
    discontovoet: Annotated[Decimal, SHARE] = column(
        "Discontovoet voor de contante waarde, als breuk: 2,25% is 0,0225.", default=Decimal("0.0225")
    )
    lezingen: Annotated[tuple[str, ...], LIST] = column(
        "De codes van de andere lezingen van de regels die aan staan, met komma's ertussen. Er zijn:"
        " leegstand-door-transitie, verlenging-2026.",
        leeg="geen",
        default=(),
    )
    afgesloten_tot: Annotated[int | None, YEAR] = column(
        "Het laatste afgesloten jaar: tot en met dat jaar staat de realisatie vast.",
        leeg="het laatste jaar dat het blad realisatie noemt",
        default=None,
    )


class Provenance(Row):
    """A row of `herkomst`: a document, or an assumption."""

    code: Annotated[str, ID] = column("Korte code waarnaar de kolom herkomst van andere bladen verwijst.")
    soort: Annotated[str, choice("soort", "bron", "aanname")] = column("bron als er een document is, anders aanname.")
    document: Annotated[str, TEXT] = column("Het document, of waar de aanname op berust.")
    vindplaats: Annotated[str, TEXT] = column("Bladzijde, hoofdstuk of artikel.")
    toelichting: Annotated[str, TEXT] = column("Vrije toelichting.", default="")


class Provider(Row):
    """A row of `aanbieders`."""

    aanbieder: Annotated[str, ID] = column("Korte naam van de aanbieder, waarnaar andere bladen verwijzen.")
    naam: Annotated[str, TEXT] = column("Naam zoals die in het plan staat.")
    gemeente: Annotated[str, TEXT] = column("Vestigingsgemeente.")
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Location(Row):
    """A row of `locaties`; `boekwaarde` in euros."""

    locatie: Annotated[str, ID] = column("Korte naam van de locatie, waarnaar andere bladen verwijzen.")
    aanbieder: Annotated[str, ID] = column("De aanbieder.", ref="aanbieders")
    naam: Annotated[str, TEXT] = column("Naam zoals die in het plan staat.")
    gemeente: Annotated[str, TEXT] = column("Gemeente waarin de locatie staat.")
    boekwaarde: Annotated[Money | None, EURO] = column("Boekwaarde van het gebouw, als die bekend is.", default=None)
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class CareForm(Row):
    """A row of `zorgvormen`; occupancy as a share of places."""

    zorgvorm: Annotated[str, ID] = column("Korte naam van de zorgvorm, waarnaar andere bladen verwijzen.")
    naam: Annotated[str, TEXT] = column("Naam zoals die in het plan staat.")
    gesloten: Annotated[bool, YES] = column(
        "Is dit gesloten jeugdhulp? De regel over gekoppelde sluiting kijkt hiernaar."
    )
    groepsgrootte: Annotated[int | None, SIZE] = column("Jeugdigen per groep.", default=None)
    bezetting_max: Annotated[Decimal, SHARE] = column(
        "Grootste deel van de plaatsen dat bezet kan zijn: 90% is 0,9.", default=Decimal(1)
    )
    aanloop_jaar1: Annotated[Decimal, SHARE] = column(
        "Deel van nieuwe plaatsen dat in hun eerste jaar bezet kan zijn.", default=Decimal(1)
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Places(Row):
    """A row of `plaatsen`; prices in euros per place-year at prijspeil."""

    locatie: Annotated[str, ID] = column("De locatie.", ref="locaties")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    plaatsen: Annotated[int, COUNT] = column("Plaatsen aan het begin van het eerste jaar; 0 mag.")
    exploitatie_per_plaats: Annotated[Money | None, EURO] = column(
        "Kosten van een bezette plaats per jaar, op prijspeil.",
        present=True,
        leeg="uit het blad tarief",
        default=None,
    )
    leegstand_per_plaats: Annotated[Money | None, EURO] = column(
        "Kosten van een lege plaats per jaar, op prijspeil; niet meer dan die van een bezette.",
        present=True,
        leeg="uit het blad tarief",
        default=None,
    )
    index: Annotated[str, ID] = column(
        "Index waarmee deze prijzen stijgen.", ref="indexen", leeg="geen stijging", default=""
    )
    tarief: Annotated[str, ID] = column(
        "Het tarief waar een prijs uit komt die hier leeg is, als de zorgvorm er meer heeft.",
        leeg="het tarief van de zorgvorm",
        default="",
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Demand(Row):
    """A row of `vraag`: the places that young people need in a year, and the ceiling on places."""

    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    jeugdigen: Annotated[Decimal, QUANTITY] = column("Aantal jeugdigen dat een plaats nodig heeft.")
    plafond: Annotated[Decimal | None, QUANTITY] = column(
        "Hoogste aantal plaatsen dat er mag zijn.", leeg="geen plafond", default=None
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")

    @property
    def nodig(self) -> Fraction:
        """The need on the grid of places: as the places that meet it are counted."""
        return on_grid(self.jeugdigen)


class Alternative(Row):
    """A row of `uitwijk`: who finds no place of one zorgvorm may use a place of another."""

    zorgvorm: Annotated[str, ID] = column("De zorgvorm die nodig is.", ref="zorgvormen")
    alternatief: Annotated[str, ID] = column("De zorgvorm die ook kan.", ref="zorgvormen")


class Measure(Row):
    """A row of `maatregelen`: one thing that can be done."""

    maatregel: Annotated[str, ID] = column("Korte naam van de maatregel, waarnaar andere bladen verwijzen.")
    project: Annotated[str, ID] = column("Van de maatregelen in één project wordt er hooguit één gekozen.")
    aanbieder: Annotated[str, ID] = column("De aanbieder die de maatregel uitvoert.", ref="aanbieders")
    locatie: Annotated[str, ID] = column("De locatie, als de maatregel er een heeft.", ref="locaties", default="")
    soort: Annotated[str, choice("soort", *MEASURE_SORTS)] = column(
        "Soort maatregel; alleen een naam, de regels kijken naar kostensoort en effecten."
    )
    omschrijving: Annotated[str, TEXT] = column("Wat er gebeurt, in enkele woorden.")
    vroegste_start: Annotated[int, YEAR] = column("Eerste jaar waarin kan worden begonnen.", in_case=True)
    laatste_start: Annotated[int, YEAR] = column("Laatste jaar waarin kan worden begonnen.", in_case=True)
    verplicht: Annotated[bool, YES] = column("Moet een maatregel van dit project worden gekozen?", default=False)
    vereist: Annotated[str, ID] = column(
        "Project dat in hetzelfde jaar of eerder begonnen moet zijn.", ref="project", default=""
    )
    wacht_op: Annotated[str, ID] = column(
        "Project waarvan de plaatsen er moeten zijn voordat dit begint.", ref="project", default=""
    )
    door_transitie: Annotated[bool, YES] = column("Komt de maatregel door de transitie? Een spuk kan dat eisen.")
    jeugdhulpplus: Annotated[bool, YES] = column("Is de maatregel voor jeugdhulp plus? Een spuk kan dat eisen.")
    waardering: Annotated[Decimal, POINTS] = column("Punten voor deze maatregel; meer is beter.", default=Decimal(0))
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Effect(Row):
    """A row of `effecten`: places that a measure adds or takes away, some years after its start."""

    maatregel: Annotated[str, ID] = column("De maatregel.", ref="maatregelen")
    locatie: Annotated[str, ID] = column("De locatie.", ref="locaties")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    plaatsen: Annotated[int, SIGNED] = column("Verandering van het aantal plaatsen (min is eraf).")
    na_jaren: Annotated[int, LAG] = column("Hoeveel jaren na de start het ingaat.")


_MADE_BY_MODEL: Final = {
    sort: CellError(
        f"Kosten van de soort {sort} maakt het model zelf, uit plaatsen en hun prijs.",
        "Haal deze rij weg; de prijs staat in het blad plaatsen.",
    )
    for sort in PLACE_COSTS
}


class Cost(Row):
    """A row of `kosten`; `bedrag` in euros at prijspeil, VAT that cannot be reclaimed included."""

    maatregel: Annotated[str, ID] = column("De maatregel.", ref="maatregelen")
    kostensoort: Annotated[str, choice("kostensoort", *ONE_OFF_SORTS, refused=_MADE_BY_MODEL)] = column(
        "Kostensoort; de regels bepalen welke bron haar mag betalen."
    )
    na_jaren: Annotated[int, LAG] = column("Hoeveel jaren na de start de kosten vallen.")
    bedrag: Annotated[Money, EURO] = column("Bedrag op prijspeil, met btw die niet terugkomt.")
    index: Annotated[str, ID] = column(
        "Index waarmee dit bedrag stijgt.", ref="indexen", leeg="geen stijging", default=""
    )
    herkomst: Annotated[str, ID] = column(
        "Waar het vandaan komt.", ref="herkomst", leeg="die van de maatregel", default=""
    )


class IndexYear(Row):
    """A row of `indexen`: the growth of one index in one year, as a fraction."""

    index: Annotated[str, ID] = column("Korte naam van de index, zoals ova of bouw.")
    jaar: Annotated[int, YEAR] = column("Het jaar.")
    percentage: Annotated[Decimal, GROWTH] = column(
        "Groei ten opzichte van het jaar ervoor, als breuk: 4,96% is 0,0496."
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Source(Row):
    """A row of `dekking`: a funding source; `bedrag` in euros for the whole window."""

    bron: Annotated[str, ID] = column("Korte naam van de bron van geld, waarnaar andere bladen verwijzen.")
    soort: Annotated[str, choice("soort", *SOURCE_SORTS)] = column(
        "Soort bron: spuk, eigen en gemeente zijn een pot; de andere krijgen geld per jaar."
    )
    regeling: Annotated[str, ID] = column(
        "De code van de regeling, zoals in het blad case (alleen voor spuk).", default=""
    )
    beschikking: Annotated[str, ID] = column(
        "De beschikking (alleen voor spuk).", leeg="die van de regeling en de gemeente", default=""
    )
    aanbieder: Annotated[str, ID] = column(
        "Alleen voor deze aanbieder.", ref="aanbieders", leeg="voor alle aanbieders", default=""
    )
    gemeente: Annotated[str, TEXT] = column(
        "Gemeente die de uitkering kreeg, zoals de regeling haar noemt.",
        leeg="de coördinerende gemeente",
        default="",
    )
    bedrag: Annotated[Money | None, EURO] = column(
        "Voor spuk, eigen en gemeente: het bedrag voor de hele periode.", default=None
    )
    besteedbaar_van: Annotated[int, YEAR] = column("Eerste jaar waarin het geld besteed mag worden.")
    besteedbaar_tot: Annotated[int, YEAR] = column("Laatste jaar waarin het geld besteed mag worden.")
    overdraagbaar: Annotated[bool, YES] = column(
        "Gaat wat van een jaarlijkse bron overblijft mee naar het volgende jaar?", default=False
    )
    sisa_code: Annotated[str, ID] = column(
        "Code van de uitkering in de SiSa-bijlage (alleen voor spuk).", leeg="onbekend", default=""
    )
    ontvangen_in: Annotated[int | None, YEAR] = column(
        "Jaar waarin het voorschot is ontvangen (alleen voor spuk).", leeg="besteedbaar_van", default=None
    )
    eindverantwoording: Annotated[int | None, YEAR] = column(
        "Jaar waarover de eindverantwoording gaat (alleen voor spuk).",
        leeg="het laatste jaar waarin besteed mag worden",
        default=None,
    )
    terugbetaald_in: Annotated[int | None, YEAR] = column(
        "Jaar waarin is terugbetaald wat van de uitkering terug moest (alleen voor spuk).",
        leeg="nog niet terugbetaald",
        default=None,
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Funding(Row):
    """A row of `financiering`: what a yearly source pays; `prijs` in euros per place-year."""

    bron: Annotated[str, ID] = column("De bron.", ref="dekking")
    jaar: Annotated[int, YEAR] = column("Het jaar.", in_case=True)
    zorgvorm: Annotated[str, ID] = column(
        "Alleen voor deze zorgvorm (bij pxq en beschikbaarheid).",
        ref="zorgvormen",
        leeg="alle zorgvormen samen",
        default="",
    )
    niveau: Annotated[Decimal, QUANTITY] = column("Aantal plaatsen waarvoor de bron betaalt.")
    prijs: Annotated[Money, EURO] = column("Prijs per plaats per jaar, nominaal (in euro van dat jaar).")
    bandbreedte: Annotated[Decimal, SHARE] = column(
        "Band rond het niveau van een lumpsum, als breuk: 5% is 0,05.", default=Decimal(0)
    )
    onderzijde: Annotated[str, choice("onderzijde", "vast", "dalend")] = column(
        "Wat een lumpsum onder de band doet: vast blijven of dalen.", default="vast"
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class SourcePermit(Row):
    """A row of `toegestaan`: narrows a source that is not spuk to some kostensoorten."""

    bron: Annotated[str, ID] = column("De bron (niet spuk).", ref="dekking")
    kostensoort: Annotated[str, choice("kostensoort", *COST_SORTS)] = column("Kostensoort die mag.")


class GrantPermit(Row):
    """A row of `regelingsposten`: a kostensoort that a grant permits, where the rule set asks it."""

    regeling: Annotated[str, ID] = column("De regeling waarvan de posten invoer zijn.")
    kostensoort: Annotated[str, choice("kostensoort", *COST_SORTS)] = column("Kostensoort die mag.")
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


class Goal(Row):
    """A row of `doelen`: the place of a goal in the order, and how much it may be worsened later."""

    doel: Annotated[str, choice("doel", *GOALS)] = column("Het doel.")
    volgorde: Annotated[int, ORDER] = column("1 gaat voor 2, enzovoort.")
    speling: Annotated[Decimal, SHARE] = column(
        "Hoeveel latere doelen dit doel mogen verslechteren, als breuk.", default=Decimal(0)
    )


class ScenarioChange(Row):
    """A row of `scenarios`: one change; rows with the same name make one scenario.

    Attributes:
        blad: the sheet of the row.
        drawn: whether the value was drawn and not typed: it is then rounded as its cell asks, and may
            happen to change nothing.
    """

    blad: ClassVar[str] = "scenarios"
    drawn: ClassVar[bool] = False

    scenario: Annotated[str, TEXT] = column("Naam van het scenario.")
    omschrijving: Annotated[str, TEXT] = column("Wat er verandert.", default="")
    doelblad: Annotated[str, TEXT] = column("Het blad waarin iets verandert.")
    kolom: Annotated[str, TEXT] = column("De kolom die verandert.")
    filter: Annotated[str, TEXT] = column(
        "Welke rijen: kolom=waarde, met ; tussen twee paren.", leeg="alle rijen", default=""
    )
    bewerking: Annotated[str, choice("bewerking", "zet", "maal", "plus")] = column(
        "Wat er met de cel gebeurt: een nieuwe waarde, vermenigvuldigen of optellen."
    )
    waarde: Annotated[CellValue, ANY] = column("De nieuwe waarde, de factor of wat erbij komt.")


class Uncertainty(Row):
    """A row of `onzekerheid`: cells whose value is not known, and what it may be."""

    omschrijving: Annotated[str, TEXT] = column(
        "Wat er onzeker is, in enkele woorden; zo heet het in de uitkomst.",
        leeg="blad, kolom en filter",
        default="",
    )
    doelblad: Annotated[str, TEXT] = column("Het blad waarin iets onzeker is.")
    kolom: Annotated[str, TEXT] = column("De kolom die onzeker is.")
    filter: Annotated[str, TEXT] = column(
        "Welke rijen: kolom=waarde, met ; tussen twee paren.", leeg="alle rijen", default=""
    )
    bewerking: Annotated[str, choice("bewerking", "zet", "maal", "plus")] = column(
        "Wat er met de cel gebeurt: de getrokken waarde erin zetten, ermee vermenigvuldigen of optellen.",
        default="maal",
    )
    verdeling: Annotated[str, choice("verdeling", *DISTRIBUTIONS)] = column(
        "De verdeling waaruit de waarde wordt getrokken."
    )
    parameters: Annotated[str, TEXT] = column(
        "Getallen met ; ertussen. normaal: gemiddelde; standaardafwijking. driehoek: laagste; meest"
        " waarschijnlijke; hoogste. uniform: laagste; hoogste. lijst: de waarden, elk even waarschijnlijk."
    )
    correlatiegroep: Annotated[str, ID] = column(
        "Rijen met dezelfde groep zijn samen hoog en samen laag.", leeg="onafhankelijk", default=""
    )
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")

    @property
    def naam(self) -> str:
        """What it is called in the outcome."""
        where = f"{self.doelblad} {self.kolom} {self.filter}".strip()
        return self.omschrijving or where


class TariffParameter(Row):
    """A row of `tarief`: one parameter of one tariff."""

    tarief: Annotated[str, ID] = column("Korte naam van het tarief.")
    zorgvorm: Annotated[str, ID] = column("De zorgvorm.", ref="zorgvormen")
    groepsgrootte: Annotated[int, SIZE] = column("Plaatsen per groep.")
    jaar: Annotated[int, YEAR] = column("Het jaar waarvoor het tarief geldt.")
    parameter: Annotated[str, choice("parameter", *TARIFF_PARAMETERS)] = column("De parameter.")
    waarde: Annotated[Decimal, QUANTITY] = column("De waarde, 0 of meer.")
    eenheid: Annotated[str, TEXT] = column("De eenheid.")
    herkomst: Annotated[str, ID] = column("Waar het vandaan komt.", ref="herkomst")


SHEETS: Final[Mapping[str, SheetSpec]] = {
    spec.naam: spec
    for spec in (
        SheetSpec(
            "case",
            Setting,
            "De casus zelf: een rij per eigenschap, zoals de naam, de regelingen en de jaren.",
            sleutel=("sleutel",),
        ),
        SheetSpec(
            "herkomst",
            Provenance,
            "Waar elk getal vandaan komt: een document (bron) of een aanname.",
            sleutel=("code",),
        ),
        SheetSpec("aanbieders", Provider, "De aanbieders van jeugdhulp.", sleutel=("aanbieder",)),
        SheetSpec("locaties", Location, "De gebouwen of terreinen.", sleutel=("locatie",)),
        SheetSpec("zorgvormen", CareForm, "De zorgvormen en hoe vol ze kunnen zijn.", sleutel=("zorgvorm",)),
        SheetSpec(
            "plaatsen",
            Places,
            "Plaatsen bij de start en hun prijs; een rij voor elke locatie en zorgvorm die een effect noemt.",
            sleutel=("locatie", "zorgvorm"),
        ),
        SheetSpec(
            "vraag",
            Demand,
            "Hoeveel plaatsen nodig zijn; een rij per jaar voor elke zorgvorm met plaatsen of effecten.",
            sleutel=("zorgvorm", "jaar"),
        ),
        SheetSpec(
            "uitwijk",
            Alternative,
            "Welke zorgvorm ook kan voor wie geen plaats vindt.",
            optioneel=True,
            sleutel=("zorgvorm", "alternatief"),
        ),
        SheetSpec(
            "maatregelen",
            Measure,
            "Wat er gedaan kan worden; varianten van hetzelfde staan samen in een project.",
            sleutel=("maatregel",),
        ),
        SheetSpec("effecten", Effect, "Wat een maatregel met de plaatsen doet."),
        SheetSpec(
            "kosten",
            Cost,
            "Wat een maatregel eenmalig kost; exploitatie en leegstand rekent het model zelf uit.",
        ),
        SheetSpec(
            "indexen",
            IndexYear,
            "Prijsstijging per jaar; nodig vanaf het jaar na het prijspeil.",
            sleutel=("index", "jaar"),
        ),
        SheetSpec("dekking", Source, "De bronnen van geld.", sleutel=("bron",)),
        SheetSpec(
            "financiering",
            Funding,
            "Wat een jaarlijkse bron betaalt; een rij voor elk jaar waarin de bron besteedbaar is.",
            sleutel=("bron", "jaar", "zorgvorm"),
        ),
        SheetSpec(
            "toegestaan",
            SourcePermit,
            "Beperkt een bron, geen spuk, tot de kostensoorten die hier staan.",
            optioneel=True,
            sleutel=("bron", "kostensoort"),
        ),
        SheetSpec(
            "regelingsposten",
            GrantPermit,
            "De kostensoorten die een regeling toestaat, voor een regeling die dat aan de casus overlaat.",
            optioneel=True,
            sleutel=("regeling", "kostensoort"),
        ),
        SheetSpec(
            "realisatie",
            Actual,
            "Wat in de afgesloten jaren is betaald; van die jaren telt alleen dit, en de rest wordt gepland.",
            optioneel=True,
        ),
        SheetSpec(
            "gestart",
            Started,
            "De maatregelen die in een afgesloten jaar zijn begonnen; andere beginnen daarna of niet.",
            optioneel=True,
            sleutel=("maatregel",),
        ),
        SheetSpec(
            "opbrengsten",
            Proceeds,
            "Wat een verkoop opbrengt, en in welke bron dat geld vloeit.",
            optioneel=True,
        ),
        SheetSpec(
            "doelen",
            Goal,
            "Een andere volgorde van de doelen, of minder doelen; zonder rijen geldt de gewone volgorde.",
            optioneel=True,
            sleutel=("doel",),
        ),
        SheetSpec(
            "scenarios",
            ScenarioChange,
            "Wat-als: rijen met dezelfde naam veranderen samen deze casus, van boven naar beneden.",
            optioneel=True,
        ),
        SheetSpec(
            "onzekerheid",
            Uncertainty,
            "Wat niet zeker is: getallen waaruit 'spuk sweep' telkens een andere waarde trekt.",
            optioneel=True,
        ),
        SheetSpec(
            "tarief",
            TariffParameter,
            "De opbouw van het tarief van een groep, een rij per parameter.",
            optioneel=True,
            sleutel=("tarief", "zorgvorm", "groepsgrootte", "jaar", "parameter"),
        ),
        SheetSpec(
            "tariefindex",
            TariffIndex,
            "De index van de tarieven per jaar, uit lonen en prijzen; voor wie in het blad tarief geen index opgeeft.",
            optioneel=True,
            sleutel=("jaar",),
        ),
    )
}
"""Every sheet of the input workbook, in the order of the template."""
