"""The one list of the sheets of the input workbook; the rows of each are a record in `finance.case.rows`.

The reader, the checks, the template with its drop-downs, and the documentation table all follow
from these records. A row record has one field per column, under the column's own name; a field
with a default is an optional column. `rij` is the row in the workbook, so that every finding can
name its cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from finance.case.actuals import Actual, Proceeds, RealisedPlaces, Started
from finance.case.declaring import SheetSpec
from finance.case.index_chain import TariffIndex
from finance.case.rows.bounds import PlaceBound
from finance.case.rows.choices import Goal, ScenarioChange, Uncertainty
from finance.case.rows.cover import Funding, GrantDecision, Source, SourcePermit
from finance.case.rows.general import Provenance, Setting, Settings
from finance.case.rows.groups import CareGroup, GroupNeed, Inflow, Suitability
from finance.case.rows.measures import Cost, Effect, IndexYear, Measure
from finance.case.rows.places import Alternative, CareForm, Ceiling, Demand, Location, Places, Provider
from finance.case.rows.regions import AllocationKey, Region
from finance.case.rows.resources import Claim, Resource
from finance.case.rows.tariffs import TariffParameter
from finance.case.table import RawBook

__all__ = [
    "SHEETS",
    "Actual",
    "AllocationKey",
    "Alternative",
    "CareForm",
    "CareGroup",
    "Ceiling",
    "Claim",
    "Cost",
    "Demand",
    "Effect",
    "Funding",
    "Goal",
    "GrantDecision",
    "GroupNeed",
    "IndexYear",
    "Inflow",
    "Location",
    "Measure",
    "PlaceBound",
    "Places",
    "Proceeds",
    "Provenance",
    "Provider",
    "RealisedPlaces",
    "Region",
    "Resource",
    "ScenarioChange",
    "Setting",
    "Settings",
    "Source",
    "SourcePermit",
    "Started",
    "Suitability",
    "TariffIndex",
    "TariffParameter",
    "Uncertainty",
]

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
            "doelgroepen",
            CareGroup,
            "Wie zorg nodig heeft, als dat iets anders is dan de zorgvorm; dan staat de behoefte in behoefte en"
            " instroom, en houdt vraag alleen het plafond.",
            optioneel=True,
            sleutel=("doelgroep",),
        ),
        SheetSpec(
            "geschikt",
            Suitability,
            "Waar een doelgroep terecht kan, en hoe goed dat past; een hybride plaats past bij meer doelgroepen.",
            optioneel=True,
            sleutel=("doelgroep", "zorgvorm", "locatie"),
        ),
        SheetSpec(
            "behoefte",
            GroupNeed,
            "Hoeveel jeugdigen van een doelgroep een plaats nodig hebben; elke doelgroep heeft voor elk jaar een rij"
            " hier of in instroom, en wat in beide staat, telt op.",
            optioneel=True,
            sleutel=("doelgroep", "jaar", "groep"),
        ),
        SheetSpec(
            "instroom",
            Inflow,
            "Hoeveel jeugdigen van een doelgroep instromen, en hoe lang zij blijven.",
            optioneel=True,
            sleutel=("doelgroep", "jaar", "groep"),
        ),
        SheetSpec(
            "plaatsgrenzen",
            PlaceBound,
            "Hoeveel plaatsen er samen hooguit en minstens zijn, zoals in een verdeling over aanbieders of steden.",
            optioneel=True,
            sleutel=("grens", "jaar"),
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
            "hulpbronnen",
            Resource,
            "Wat meer maatregelen tegelijk gebruiken en schaars is; een rij voor elk jaar.",
            optioneel=True,
            sleutel=("hulpbron", "jaar"),
        ),
        SheetSpec(
            "beslag",
            Claim,
            "Hoeveel een maatregel van een hulpbron gebruikt; samen nooit meer dan er is.",
            optioneel=True,
        ),
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
        SheetSpec(
            "beschikkingen",
            GrantDecision,
            "Wat elke beschikking aan een gemeente toekende, en tot wanneer het besteed mag worden.",
            optioneel=True,
            sleutel=("beschikking",),
        ),
        SheetSpec("dekking", Source, "De bronnen van geld.", sleutel=("bron",)),
        SheetSpec(
            "financiering",
            Funding,
            "Wat een jaarlijkse bron betaalt; een rij voor elk jaar waarin de bron besteedbaar is.",
            sleutel=("bron", "jaar", "zorgvorm", "tarief", "maand"),
        ),
        SheetSpec(
            "verdeelsleutel",
            AllocationKey,
            "Hoe een jaarlijkse bron voor alle aanbieders over hen wordt verdeeld, in 'spuk tarief';"
            " zonder rijen naar hun deel van de kosten.",
            optioneel=True,
            sleutel=("bron", "aanbieder"),
        ),
        SheetSpec(
            "toegestaan",
            SourcePermit,
            "Beperkt een bron, geen spuk, tot de kostensoorten die hier staan.",
            optioneel=True,
            sleutel=("bron", "kostensoort"),
        ),
        SheetSpec(
            "regios",
            Region,
            "De regio's die samen dragen wat gemeenten betalen, en hoe zij dat delen.",
            optioneel=True,
            sleutel=("regio",),
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
            "realisatie_plaatsen",
            RealisedPlaces,
            "Hoeveel plaatsen er werkelijk bezet waren, en hoeveel jeugdigen er werkelijk instroomden; het plan toont"
            " het ernaast en rekent er niet mee.",
            optioneel=True,
            sleutel=("doelgroep", "locatie", "zorgvorm", "jaar", "kwartaal"),
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

_OF_GROUPS: Final[Mapping[str, SheetSpec]] = {
    **SHEETS,
    "vraag": replace(SHEETS["vraag"], record=Ceiling, optioneel=True),
}


def sheets_of(book: RawBook) -> Mapping[str, SheetSpec]:
    """The declaration of the sheets of a workbook: with doelgroepen, `vraag` holds ceilings alone, or is not there."""
    return _OF_GROUPS if names_groups(book) else SHEETS


def names_groups(book: RawBook) -> bool:
    """Whether a workbook has doelgroepen."""
    groups = book.bladen.get("doelgroepen")
    return groups is not None and bool(groups.rijen)
