"""The public facts that the cases rest on, by code: one row of `herkomst` each.

A case takes the codes that it cites. What is not here and in no other public document is an assumption,
and stands with its reasoning in the script of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casusboek import Row

REGELING_2021: Final = "Regeling specifieke uitkering vastgoedtransitie residentiële jeugdhulp 2021"
REGELING_2024: Final = "Regeling specifieke uitkering transformatie gesloten jeugdhulp"
STCRT_2021: Final = "Stcrt. 2021, 43111; BWBR0045673"
STCRT_2024: Final = "Stcrt. 2024, 37715; BWBR0050438"
NOORD: Final = "Bovenregionale visie Jeugdhulp Plus Noord (2021)"
OOST: Final = "Actualisatie bovenregionaal plan transformatie JeugdzorgPlus Gelderland/Overijssel (2023)"
BRANCHES: Final = "Brief van de branches van jeugdzorg aan de minister (BGZJ, 2019)"
FLEVOLAND: Final = "Stip op de horizon Flevoland (2017)"

FEITEN: Final[Mapping[str, tuple[str, str, str]]] = {
    "NO-C1": (
        NOORD,
        "hoofdstuk 2 en bijlage",
        "144 plaatsen in 2010, 48 eind 2020, ongeveer 10 gevraagd, 0 in 2030; 131 plaatsingen in 2020.",
    ),
    "NO-C2": (NOORD, "hoofdstuk 8", "Kleinschalig: liefst 4, hooguit 6 jongeren."),
    "NO-P1": (
        NOORD,
        "hoofdstuk 1",
        "Uitkeringen van oktober 2020 aan Groningen (Elker) en Leeuwarden (Jeugdhulp Friesland); de bedragen staan"
        " niet in dit document.",
    ),
    "NO-P2": (
        NOORD,
        "hoofdstuk 8, onder 7",
        "Het strategisch vastgoedplan in vijf stappen: vraag en aanbod nu en hun mismatch; trends; toekomstige"
        " mismatch; varianten wegen en kiezen; stappenplan op portfolioniveau en pandniveau.",
    ),
    "NO-F1": (
        NOORD,
        "hoofdstuk 6 en bijlage",
        "Gevraagd: betalen voor beschikbaarheid en niet voor het bezette bed; 'capaciteit in plaats van PxQ'.",
    ),
    "FL-C1": (
        FLEVOLAND,
        "5.1",
        "Afbouw van behandelcapaciteit: 10, 20, 30, 40 en 50% in 2017 tot en met 2021.",
    ),
    "FL-C2": (FLEVOLAND, "5.3", "16 plekken JeugdzorgPlus te realiseren in Almere."),
    "FL-C3": (FLEVOLAND, "tabel 3, noot 3", "Fictieve bedden = zorgdagen / 365 x 0,95."),
    "FL-C4": (
        FLEVOLAND,
        "5.4",
        "Ongeveer 71 plaatsen van gecontracteerde aanbieders buiten de regio, zoveel mogelijk binnen vijf jaar"
        " erbinnen; de afbouw kan per gemeente 60% of juist maar 20% zijn.",
    ),
    "FL-P1": (FLEVOLAND, "hoofdstuk 7", "Gevraagd: een allocatieplan voor omvang en locatie per aanbieder."),
    "OO-C1": (
        OOST,
        "bijlage 2",
        "Instroom 182 in 2021, dan 173, 156, 140, 126, 113, 102, 92, 83, 75 en 68 in 2031.",
    ),
    "OO-C2": (
        OOST,
        "hoofdstuk 6",
        "Gemiddeld verblijf 6 maanden: plaatsen = instroom x 6/12. Afgesproken voor 2031: 34 tot 50 plaatsen.",
    ),
    "OO-C3": (
        OOST,
        "hoofdstuk 2",
        "Pactum Zetten: fysiek ooit 162 plaatsen, nu 102. Plan van 31-3-2022: 40 gesloten, 40 hybride en 20 open;"
        " herzien: 80 hybride en 20 open.",
    ),
    "OO-C4": (
        OOST,
        "hoofdstuk 6",
        "Instroom per jeugdregio in 2022 en het eerste halfjaar van 2023; samen 183 en 85.",
    ),
    "OO-P1": (
        OOST,
        "hoofdstuk 2",
        "Pella: start januari 2024, oplevering eind 2024. Leygraaf: start begin 2025, oplevering eind 2025. Tegelijk"
        " kan alleen met genoeg vervangende huisvesting op het terrein. Groepen van 4 of 6.",
    ),
    "OO-P2": (
        OOST,
        "hoofdstuk 2",
        "Pluryn Eefde: sinds juli 2023 groepen van hooguit 6; verbouwing begin 2024; 4 appartementen.",
    ),
    "OO-P3": (
        OOST,
        "hoofdstuk 2",
        "Groot Emaus ('s Heeren Loo, Ermelo): 16 plekken JeugdzorgPlus gesloten op 1-7-2022; de uitkering gaat naar"
        " kleinschalige aanpassing van gebouwen.",
    ),
    "OO-P4": (
        OOST,
        "hoofdstuk 2",
        "Accounthoudend: Arnhem (Pactum Zetten), Utrecht (Pluryn), Rotterdam (Harreveld), Ermelo ('s Heeren Loo).",
    ),
    "OO-F2": (OOST, "hoofdstuk 10", "Nieuwe voorzieningen hebben vooral in de opstart leegstand."),
    "BG-F1": (
        BRANCHES,
        "bijlage best passende zorg",
        "Gevraagd: overbruggingskrediet voor tijdelijke leegstand tijdens de ombouw; bovenregionale beschikbaarheid of"
        " gestapelde bekostiging: de nieuwe plek wordt betaald terwijl de oude er nog is.",
    ),
    "RG-4": (
        f"{REGELING_2021}, art. 5",
        STCRT_2021,
        "Maximum per coördinerende gemeente, in euro: Groningen 2.359.155, Leeuwarden 1.078.470, Ermelo 539.235,"
        " Utrecht 4.752.012, Arnhem 3.437.626, Rotterdam 10.245.473.",
    ),
    "RG-9": (
        "Wijziging van de bestedingsperiode",
        "Stcrt. 2023, 18368",
        "Bestedingsperiode tot en met 31-12-2026; dat dit ook voor uitkeringen van 2020 geldt is een lezing.",
    ),
    "RG-11": (
        REGELING_2024,
        STCRT_2024,
        "Getekend op 11-11-2024, gepubliceerd op 20-11-2024, in werking sinds 21-11-2024.",
    ),
    "RG-12": (f"{REGELING_2024}, art. 3", STCRT_2024, "Activiteiten van 1-1-2024 tot en met 31-12-2030."),
    "RG-13": (
        f"{REGELING_2024}, art. 5, eerste lid",
        STCRT_2024,
        "De bedragen van zeven gemeenten voor 2024, 2025 en 2026, samen 140.999.997 euro.",
    ),
    "RG-14": (
        f"{REGELING_2024}, art. 5, tweede tot en met vijfde lid",
        STCRT_2024,
        "Voor herziening 11.666.667 euro in elk van 2025, 2026 en 2027; met RG-13 samen 176 miljoen.",
    ),
    "RG-18": (
        f"{REGELING_2024}, bijlage 2",
        STCRT_2024,
        "De veertien locaties met hun drempels voor een herziening.",
    ),
    "RG-19": (
        f"Afgeleid uit {REGELING_2024}, bijlage 2",
        STCRT_2024,
        "Elke drempel is 117.000 euro per plaats: samen 806 plaatsen. Een sleutel om te verdelen, geen norm.",
    ),
    "RG-20": (
        f"{REGELING_2024}, bijlage 1",
        STCRT_2024,
        "Zeven bovenregionale gebieden met elk een coördinerende gemeente.",
    ),
    "RG-21": (
        f"{REGELING_2021}, art. 15 en 16",
        STCRT_2021,
        "Alle middelen van 2020 zijn verleend, dus elk maximum geheel: Groningen (Elker) 2.359.155 en Leeuwarden"
        " (Jeugdhulp Friesland) 1.078.470 euro.",
    ),
    "TA-2": (
        "VNG, index voor tarieven in de jeugdhulp (90% OVA en 10% PPC)",
        "indexatie 2024 en 2025",
        "2024: 6,30%; 2025: 4,96%.",
    ),
    "TA-3": (
        "CAO Jeugdzorg en verwante CAO's",
        "arbeidsduur, vakantietoeslag, onregelmatigheidstoeslag",
        "36 uur per week, vakantietoeslag 8%, toeslag 25% (19-22 uur) en 45% (22-06 uur). De 1.878"
        " betaalde uren per jaar komen uit verwante CAO's.",
    ),
    "TA-4": (
        "Jeugdautoriteit (2023)",
        "bezetting in tarieven JeugdzorgPlus",
        "Tarieven gaan uit van een bezetting van ten minste 90%.",
    ),
    "TA-8": (
        "Vergoeding van frictiekosten per afgebouwde plaats (2014)",
        "BWBR0035655",
        "136.000 euro per plaats; als norm gedateerd, en alleen ter vergelijking.",
    ),
    "CA-1": (
        "Jeugdautoriteit; Skipr",
        "landelijke aantallen",
        "Plaatsen en jongeren: 581 en 495 op 31-12-2023, 564 en 462 op 30-6-2024, 525 en 421 op 30-6-2025; doel nul"
        " in 2030.",
    ),
    "CA-2": (
        "Jeugdzorg Nederland; ANP",
        "plaatsingen per jaar",
        "1.707 in 2019, 983 in 2022, 891 in 2023 en 355 in de eerste helft van 2024.",
    ),
    "CA-4": (
        "Skipr; nationalezorggids.nl",
        "Noord, Zuid-West en Pluryn",
        "Woodbrookers is voor 1-7-2024 gesloten; 12 Friese jongeren verblijven bij Elker. Zuid-West heeft in maart"
        " 2026 nog 24 gesloten plaatsen.",
    ),
    "EC-1": ("Werkgroep discontovoet", "reële discontovoet sinds 2021", "2,25%."),
}


def feiten(*codes: str) -> tuple[Row, ...]:
    """The rows of `herkomst` of some public facts, in the order of the codes."""
    return tuple((code, "bron", *FEITEN[code]) for code in codes)
