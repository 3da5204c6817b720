"""The case Noord as reviewable text: run this file to write `noord.xlsx` next to it.

Elker (Groningen) and Jeugdhulp Friesland (Leeuwarden) go from 48 closed places to about 10, and to none in 2030.
The question is which form of payment carries that path: a price per occupied bed, or availability.

Every row points to a row of `HERKOMST`. A code of soort `bron` names a public document; all else is
an `aanname`: made up to be plausible, with its reasoning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from bronnen import feiten
from casusboek import (
    Maatregel,
    Row,
    Wijziging,
    aanname,
    bladen_van,
    cents,
    d,
    elk_jaar,
    kost,
    maatregel_rijen,
    scenario,
    write_book,
)
from tarieven import DIENSTEN, Tarief, Tarieven, groei

TARGET: Final = Path(__file__).with_name("noord.xlsx")
FIRST: Final = 2021
LAST: Final = 2030
YEARS: Final = range(FIRST, LAST + 1)

ELKER: Final = "ELKER"
JHF: Final = "JHF"
GESLOTEN: Final = "gesloten"
KLEIN: Final = "kleinschalig"
GEZIN: Final = "gezinshuis"
AMBULANT: Final = "ambulant"

VT20: Final = "vastgoedtransitie-2020"
AO24: Final = "transformatie-2024"

CASE: Final[tuple[Row, ...]] = (
    ("naam", "Noord: van 48 gesloten plaatsen naar nul", None, None),
    ("landsdeel", "Noord-Nederland", "RG-20", None),
    ("coordinerende_gemeente", "Groningen", "RG-20", "Voor de uitkering van 2020 ook Leeuwarden (NO-P1)."),
    ("regelingen", f"{VT20}, {AO24}", "RG-11", "Uitkeringen van 2020 en van 2024 naast elkaar."),
    ("peildatum", date(2026, 12, 1), "A-PEIL", "De regels zoals op deze dag bekend."),
    ("eerste_jaar", FIRST, "NO-C1", "Het jaar na eind 2020, toen er 48 plaatsen waren."),
    ("laatste_jaar", LAST, "NO-C1", "Het jaar waarin er geen gesloten plaats meer is."),
    ("prijspeil", FIRST, "A-INDEX", None),
    ("discontovoet", d("0.0225"), "EC-1", None),
    ("vastgoedplan", "ja", "NO-P2", "De begroting laat de vijf stappen van het vastgoedplan zien."),
    ("lezingen", None, "RG-9", "Leeg: geen andere lezing. Het scenario 'verlenging-2026' zet er een aan."),
)

HERKOMST: Final[tuple[Row, ...]] = (
    *feiten("NO-C1", "NO-C2", "NO-P1", "NO-P2", "NO-F1", "OO-F2", "RG-9", "RG-11", "RG-13", "RG-18", "RG-19"),
    *feiten("RG-20", "RG-21", "TA-2", "TA-3", "TA-4", "TA-8", "CA-4", "EC-1"),
    aanname("A-PEIL", "blad case", "Na de uitkering van 2024 (RG-11), zodat beide regelingen bekend zijn."),
    aanname(
        "A-LOCATIES",
        "bladen locaties en plaatsen",
        "NO-C1 geeft 48 plaatsen voor beide aanbieders samen. Verdeeld naar de plaatsen van RG-19 (Hoogeweg 70,"
        " Woodbrookers 32) zijn dat er 33 en 15; hier 32 en 16, hele groepen van 8. Dat de Hoogeweg in twee gebouwen"
        " en een lege vleugel bestaat, is bedacht, net als de plekken in Drenthe en Friesland. Hoe bijlage 2 ze"
        " noemt is RG-18. De prijs per plaats komt uit het blad tarief.",
    ),
    aanname(
        "A-ZORGVORM",
        "blad zorgvormen",
        "Bezetting 90% is TA-4; kleinschalig is liefst 4 en hooguit 6 (NO-C2), en de groep staat per locatie in het"
        " tarief. De aanloop in het eerste jaar (dat die er is zegt OO-F2), groepen van 8 en volle bezetting zonder"
        " bed zijn aangenomen.",
    ),
    aanname(
        "A-PAD",
        "blad vraag",
        "48 plaatsen in 2021, ongeveer 10 op weg naar 2030 en nul in 2030 zijn NO-C1; in welk jaar het er 10 zijn"
        " staat er niet, hier 2028. Woodbrookers is voor 1-7-2024 gesloten (CA-4). Het aantal jongeren is wat de"
        " plaatsen bij 90% aankunnen of minder: de vraag daalt eerder dan de gebouwen dicht kunnen. Wie niet meer"
        " gesloten wordt geplaatst, gaat naar kleinschalig, een gezinshuis of ambulant.",
    ),
    aanname(
        "A-SLUITEN",
        "bladen maatregelen, effecten en kosten",
        "Per gesloten plaats: afstoten 26.000, boventallig personeel 45.000 (een derde van TA-8) en 26.000 per jaar"
        " voor het leeggekomen gebouw.",
    ),
    aanname(
        "A-OMBOUW",
        "bladen maatregelen, effecten en kosten",
        "Verbouwen 110.000 per plaats in een groep van 4 en 85.000 in een groep van 6; nieuw elders 260.000; opleiding"
        " 4.000, opstart 9.000 en dubbel aanbod 15.000. Na 2024 komt een derde van de bouwsom op de balans."
        " De punten zijn A-PUNTEN.",
    ),
    aanname(
        "A-PLAN",
        "bladen maatregelen en kosten",
        "Vastgoedplannen, projectleiding en bovenregionale visie; de bedragen zijn bedacht en blijven onder 5%.",
    ),
    aanname(
        "A-ALTERNATIEF",
        "bladen plaatsen, maatregelen, effecten en kosten",
        "Gezinshuizen en ambulante teams die 'invliegen', met hun prijs en wat het kost ze te starten.",
    ),
    aanname(
        "A-PUNTEN",
        "blad maatregelen",
        "Groepen van 4 krijgen meer punten dan groepen van 6 (NO-C2), en beide meer dan alleen sluiten.",
    ),
    aanname(
        "A-INDEX",
        "blad indexen",
        "Groei van de zorgprijs in 2022, 2023 en vanaf 2026 en van de bouwkosten; 2024 en 2025 van de zorg zijn TA-2.",
    ),
    aanname(
        "A-VERGOEDING",
        "bladen dekking en financiering",
        "Gevraagd is beschikbaarheid (NO-F1); de prijzen komen uit het tarief van dit boek. Een beschikbare plaats"
        " betaalt F/n + 0,9 V en een bezette F/(0,9 n) + V: bij 90% bezetting (TA-4) evenveel. Het niveau bij"
        " beschikbaarheid is het aantal plaatsen dat per jaar is afgesproken, naar A-PAD. De bron PXQ staat in de"
        " basis op niveau nul.",
    ),
    aanname(
        "A-EIGEN",
        "bladen dekking en toegestaan",
        "De jeugdregio's betalen wat geen andere bron mag betalen; de"
        " aanbieders betalen mee aan wat op hun balans komt.",
    ),
    aanname(
        "A-TARIEF",
        "blad tarief",
        "Rooster, lonen, behandeling, huisvesting, overhead en risico op prijspeil 2021, dus zonder index. Een vaste"
        " basis met een flexibele schil kent het tarief niet: het rooster is vast. Bezetting TA-4, vakantietoeslag en"
        " onregelmatigheid TA-3.",
    ),
)

# --- places and their prices -------------------------------------------------------------------

AANBIEDERS: Final[tuple[Row, ...]] = (
    (ELKER, "Elker", "Groningen", "NO-P1"),
    (JHF, "Jeugdhulp Friesland", "Leeuwarden", "NO-P1"),
)

# locatie, aanbieder, naam, gemeente, naam_bijlage2, herkomst
LOCATIES: Final[tuple[Row, ...]] = (
    ("HW-A", ELKER, "Hoogeweg, gebouw A", "Groningen", "Hoogeweg", "A-LOCATIES"),
    ("HW-B", ELKER, "Hoogeweg, gebouw B", "Groningen", "Hoogeweg", "A-LOCATIES"),
    ("HW-VLEUGEL", ELKER, "Hoogeweg, lege vleugel", "Groningen", "Hoogeweg", "A-LOCATIES"),
    ("WB", JHF, "Woodbrookers", "Smallingerland", "Woodbrookers", "A-LOCATIES"),
    ("HW-4", ELKER, "Hoogeweg, groepen van 4", "Groningen", "Hoogeweg", "A-LOCATIES"),
    ("HW-6", ELKER, "Hoogeweg, groepen van 6", "Groningen", "Hoogeweg", "A-LOCATIES"),
    ("FRIESLAND-4", JHF, "Woonplek Friesland, groepen van 4", "Leeuwarden", "niet genoemd", "A-LOCATIES"),
    ("DRENTHE-4", ELKER, "Woonplek Drenthe, groepen van 4", "Assen", "niet genoemd", "A-LOCATIES"),
    ("GEZIN", JHF, "Gezinshuizen", "Leeuwarden", "niet genoemd", "A-ALTERNATIEF"),
    ("AMB-ELKER", ELKER, "Ambulant team Elker", "Groningen", "niet genoemd", "A-ALTERNATIEF"),
    ("AMB-JHF", JHF, "Ambulant team Jeugdhulp Friesland", "Leeuwarden", "niet genoemd", "A-ALTERNATIEF"),
)

# zorgvorm, naam, gesloten, groepsgrootte, bezetting_max, aanloop_jaar1, herkomst
ZORGVORMEN: Final[tuple[Row, ...]] = (
    (GESLOTEN, "Gesloten jeugdhulp", "ja", 8, d("0.9"), 1, "A-ZORGVORM"),
    (KLEIN, "Kleinschalig, open", "nee", None, d("0.9"), d("0.75"), "A-ZORGVORM"),
    (GEZIN, "Gezinshuis", "nee", None, 1, d("0.75"), "A-ZORGVORM"),
    (AMBULANT, "Ambulant, jeugdhulp plus vliegt in", "nee", None, 1, 1, "A-ZORGVORM"),
)

TARIEVEN: Final = Tarieven(
    FIRST,
    d("3400"),
    d("0"),
    "A-TARIEF",
    {
        "T8": Tarief(GESLOTEN, 8, DIENSTEN[8]),
        "T4": Tarief(KLEIN, 4, DIENSTEN[4]),
        "T6": Tarief(KLEIN, 6, DIENSTEN[6]),
    },
)
ZONDER_GROEP: Final[Mapping[str, tuple[Decimal, Decimal]]] = {
    GEZIN: (d("62000"), d("30000")),
    AMBULANT: (d("36000"), d("14000")),
}
"""What a used and an empty place without a group costs a year (A-ALTERNATIEF)."""

# locatie, zorgvorm, plaatsen at the start, tarief
PLAATSEN: Final[tuple[tuple[str, str, int, str | None], ...]] = (
    ("HW-A", GESLOTEN, 16, "T8"),
    ("HW-B", GESLOTEN, 16, "T8"),
    ("WB", GESLOTEN, 16, "T8"),
    ("HW-4", KLEIN, 0, "T4"),
    ("HW-6", KLEIN, 0, "T6"),
    ("FRIESLAND-4", KLEIN, 0, "T4"),
    ("DRENTHE-4", KLEIN, 0, "T4"),
    ("GEZIN", GEZIN, 0, None),
    ("AMB-ELKER", AMBULANT, 8, None),
    ("AMB-JHF", AMBULANT, 4, None),
)


def plaatsen() -> Iterator[Row]:
    """The rows of `plaatsen`; prices that are empty come from the tariff."""
    for locatie, zorgvorm, aantal, tarief in PLAATSEN:
        prijzen = ZONDER_GROEP.get(zorgvorm, (None, None))
        herkomst = "A-LOCATIES" if tarief else "A-ALTERNATIEF"
        yield locatie, zorgvorm, aantal, *prijzen, None, "zorg", tarief, herkomst


# zorgvorm: young people per year 2021..2030 (A-PAD)
VRAAG: Final[Mapping[str, tuple[int, ...]]] = {
    GESLOTEN: (43, 40, 35, 30, 25, 21, 14, 8, 6, 0),
    KLEIN: (0, 0, 6, 11, 14, 16, 20, 22, 22, 24),
    GEZIN: (0, 2, 4, 6, 6, 8, 8, 8, 8, 8),
    AMBULANT: (12, 13, 14, 18, 20, 22, 24, 26, 26, 26),
}
PLAFOND: Final = (48, 48, 48, 40, 32, 32, 16, 10, 10, 0)
"""Closed places that the regions want at most: 48 and 0 are NO-C1, the others A-PAD."""
GESOURCED: Final = (FIRST, LAST)


def vraag() -> Iterator[Row]:
    """The rows of `vraag`."""
    for zorgvorm, aantallen in VRAAG.items():
        for jaar, aantal, hoogste in zip(YEARS, aantallen, PLAFOND, strict=True):
            gesloten = zorgvorm == GESLOTEN
            bron = gesloten and jaar == LAST  # 0 young people and 0 places
            yield zorgvorm, jaar, aantal, hoogste if gesloten else None, "NO-C1" if bron else "A-PAD"


UITWIJK: Final[tuple[Row, ...]] = ((GESLOTEN, KLEIN), (KLEIN, GESLOTEN), (GEZIN, KLEIN))

# --- measures ----------------------------------------------------------------------------------

AFSTOTEN: Final = d("26000")
PERSONEEL: Final = d("45000")
LEEG_GEBOUW: Final = d("26000")
VERBOUW: Final[Mapping[int, Decimal]] = {4: d("110000"), 6: d("85000")}
NIEUW: Final = d("260000")


def sluiting(aantal: int, na_jaren: int = 1) -> tuple[Row, ...]:
    """What closing places costs, whatever comes after it; the building stands empty for a year and a half."""
    return (
        kost("frictie_personeel", na_jaren, PERSONEEL * aantal),
        kost("leegstand_gebouw", na_jaren, LEEG_GEBOUW * aantal / 2),
        kost("leegstand_gebouw", na_jaren + 1, LEEG_GEBOUW * aantal),
        kost("afstoten", na_jaren + 1, AFSTOTEN * aantal),
    )


def verbouwing(aantal: int, groep: int, *, balans: bool) -> tuple[Row, ...]:
    """Small-scale places in an existing building; from 2025 a third of the sum is capitalised."""
    som = Fraction(VERBOUW[groep] * aantal)
    deel = Fraction(1, 3) if balans else Fraction(0)
    bouw = (kost("verbouwen", 0, som * (1 - deel)), kost("verbouwen", 0, som * deel, geactiveerd=True))
    return (
        *(rij for rij in bouw if rij[2]),
        kost("frictie_opleiding", 1, d("4000") * aantal),
        kost("opstart", 1, d("9000") * aantal),
    )


def nieuw(aantal: int, *, balans: bool) -> tuple[Row, ...]:
    """New small-scale places elsewhere."""
    return (
        kost("vervangende_nieuwbouw", 0, NIEUW * aantal, geactiveerd=balans),
        kost("frictie_dubbel_aanbod", 1, d("15000") * aantal),
        kost("opstart", 1, d("9000") * aantal),
    )


def gebouw(
    naam: str, soort: str, tekst: str, start: tuple[int, int], punten: int, *delen: tuple[Row, ...]
) -> Maatregel:
    """A variant for a building: the first part holds its effects, the others its costs."""
    effecten, *kosten = delen
    locatie = naam.rsplit("-", 1)[0]
    return Maatregel(
        naam=naam,
        project=locatie,
        aanbieder=JHF if locatie == "WB" else ELKER,
        locatie=locatie,
        soort=soort,
        tekst=tekst,
        start=start,
        effecten=effecten,
        kosten=tuple(rij for deel in kosten for rij in deel),
        verplicht=locatie != "HW-VLEUGEL",
        keuze="mag",
        vereist=None if locatie == "WB" else "PLAN-ELKER",
        punten=punten,
        herkomst="A-SLUITEN" if soort == "afstoten" else "A-OMBOUW",
    )


WB_DICHT: Final[tuple[Row, ...]] = (("WB", GESLOTEN, -16, 1, 7),)
A_DICHT: Final[tuple[Row, ...]] = (("HW-A", GESLOTEN, -16, 1),)
B_DICHT: Final[tuple[Row, ...]] = (("HW-B", GESLOTEN, -6, 1), ("HW-B", GESLOTEN, -10, 3))

GEBOUWEN: Final = (
    gebouw(
        "HW-VLEUGEL-4",
        "verbouwen",
        "Lege vleugel van de Hoogeweg: drie groepen van 4",
        (2022, 2023),
        8,
        (("HW-4", KLEIN, 12, 1),),
        verbouwing(12, 4, balans=False),
    ),
    gebouw(
        "HW-VLEUGEL-6",
        "verbouwen",
        "Lege vleugel van de Hoogeweg: twee groepen van 6",
        (2022, 2023),
        5,
        (("HW-6", KLEIN, 12, 1),),
        verbouwing(12, 6, balans=False),
    ),
    gebouw("WB-sluiten", "afstoten", "Woodbrookers sluit op 1 juli 2024", (2023, 2023), 2, WB_DICHT, sluiting(16)),
    gebouw(
        "WB-vervangen",
        "vervangen",
        "Woodbrookers sluit op 1 juli 2024; acht plekken in Friesland, groepen van 4",
        (2023, 2023),
        9,
        (*WB_DICHT, ("FRIESLAND-4", KLEIN, 8, 1, 7)),
        sluiting(16),
        nieuw(8, balans=False),
    ),
    gebouw("HW-A-sluiten", "afstoten", "Gebouw A sluit: 16 plaatsen", (2025, 2026), 2, A_DICHT, sluiting(16)),
    gebouw(
        "HW-A-4",
        "verbouwen",
        "Gebouw A sluit en wordt verbouwd: drie groepen van 4",
        (2025, 2026),
        8,
        (*A_DICHT, ("HW-4", KLEIN, 12, 1)),
        sluiting(16),
        verbouwing(12, 4, balans=True),
    ),
    gebouw(
        "HW-A-6",
        "verbouwen",
        "Gebouw A sluit en wordt verbouwd: twee groepen van 6",
        (2025, 2026),
        5,
        (*A_DICHT, ("HW-6", KLEIN, 12, 1)),
        sluiting(16),
        verbouwing(12, 6, balans=True),
    ),
    gebouw(
        "HW-A-vervangen",
        "vervangen",
        "Gebouw A sluit; acht plekken in Drenthe, groepen van 4",
        (2025, 2026),
        9,
        (*A_DICHT, ("DRENTHE-4", KLEIN, 8, 1)),
        sluiting(16),
        nieuw(8, balans=True),
    ),
    gebouw(
        "HW-B-sluiten",
        "afstoten",
        "Gebouw B: van 16 naar 10 plaatsen, twee jaar later dicht",
        (2027, 2027),
        2,
        B_DICHT,
        sluiting(6),
        (kost("frictie_personeel", 3, PERSONEEL * 10), kost("afstoten", 3, AFSTOTEN * 10)),
    ),
    gebouw(
        "HW-B-4",
        "verbouwen",
        "Gebouw B: van 16 naar 10 plaatsen, dan dicht; twee groepen van 4",
        (2027, 2027),
        8,
        (*B_DICHT, ("HW-4", KLEIN, 8, 1)),
        sluiting(6),
        (kost("frictie_personeel", 3, PERSONEEL * 10), kost("afstoten", 3, AFSTOTEN * 10)),
        verbouwing(8, 4, balans=True),
    ),
    gebouw(
        "HW-B-6",
        "verbouwen",
        "Gebouw B: van 16 naar 10 plaatsen, dan dicht; een groep van 6",
        (2027, 2027),
        5,
        (*B_DICHT, ("HW-6", KLEIN, 6, 1)),
        sluiting(6),
        (kost("frictie_personeel", 3, PERSONEEL * 10), kost("afstoten", 3, AFSTOTEN * 10)),
        verbouwing(6, 6, balans=True),
    ),
)

# maatregel, aanbieder, locatie, zorgvorm, places, first year, euros of opstart
ALTERNATIEVEN: Final[tuple[tuple[str, str, str, str, int, int, Decimal], ...]] = (
    ("GEZIN-1", JHF, "GEZIN", GEZIN, 4, 2022, d("60000")),
    ("GEZIN-2", JHF, "GEZIN", GEZIN, 4, 2024, d("60000")),
    ("AMB-JHF-1", JHF, "AMB-JHF", AMBULANT, 6, 2022, d("45000")),
    ("AMB-ELKER-1", ELKER, "AMB-ELKER", AMBULANT, 8, 2025, d("60000")),
)


def alternatieven() -> Iterator[Maatregel]:
    """Measures that open places of an alternative in the year of their start."""
    for naam, aanbieder, locatie, zorgvorm, aantal, van, opstart in ALTERNATIEVEN:
        yield Maatregel(
            naam=naam,
            aanbieder=aanbieder,
            locatie=locatie,
            soort="alternatief",
            tekst=f"{aantal} plaatsen {zorgvorm} erbij",
            start=(van, van + 1),
            effecten=((locatie, zorgvorm, aantal, 0),),
            kosten=(kost("opstart", 0, opstart),),
            punten=2,
            herkomst="A-ALTERNATIEF",
        )


def plan(naam: str, aanbieder: str, soort: str, tekst: str, *kosten: Row) -> Maatregel:
    """A measure that must be done and starts in the first year."""
    return Maatregel(
        naam=naam,
        aanbieder=aanbieder,
        soort=soort,
        tekst=tekst,
        start=(FIRST, FIRST),
        kosten=kosten,
        verplicht=True,
        herkomst="A-PLAN",
    )


PLANNEN: Final = (
    plan("PLAN-ELKER", ELKER, "plan", "Strategisch vastgoedplan Elker", kost("vastgoedplan", 0, d("70000"))),
    plan("PLAN-JHF", JHF, "plan", "Strategisch vastgoedplan Jeugdhulp Friesland", kost("vastgoedplan", 0, d("40000"))),
    plan(
        "LEIDING-ELKER",
        ELKER,
        "ondersteuning",
        "Projectleiding en bovenregionale visie, deel Groningen",
        *elk_jaar("projectleiding", 0, 2, d("30000")),
        kost("bovenregionaal_plan", 0, d("22000")),
        *elk_jaar("projectleiding", 3, 8, d("60000")),
    ),
    plan(
        "LEIDING-JHF",
        JHF,
        "ondersteuning",
        "Projectleiding en bovenregionale visie, deel Leeuwarden",
        *elk_jaar("projectleiding", 0, 2, d("13000")),
        kost("bovenregionaal_plan", 0, d("12000")),
    ),
)


def maatregelen() -> tuple[Maatregel, ...]:
    """Every measure of the case."""
    return (*PLANNEN, *GEBOUWEN, *alternatieven())


# --- money -------------------------------------------------------------------------------------

INDEXEN: Final[tuple[Row, ...]] = (
    ("zorg", 2022, d("0.035"), "A-INDEX"),
    ("zorg", 2023, d("0.05"), "A-INDEX"),
    ("zorg", 2024, d("0.063"), "TA-2"),
    ("zorg", 2025, d("0.0496"), "TA-2"),
    *(("zorg", jaar, d("0.03"), "A-INDEX") for jaar in range(2026, LAST + 1)),
    ("bouw", 2022, d("0.06"), "A-INDEX"),
    ("bouw", 2023, d("0.07"), "A-INDEX"),
    *(("bouw", jaar, d("0.03"), "A-INDEX") for jaar in range(2024, LAST + 1)),
)

BESCHIKKINGEN: Final[tuple[Row, ...]] = (
    ("Groningen 2020", "Groningen", VT20, "basis", 2020, d("2359155"), 2020, "RG-21"),
    ("Leeuwarden 2020", "Leeuwarden", VT20, "basis", 2020, d("1078470"), 2020, "RG-21"),
    ("Groningen 2024", "Groningen", AO24, "basis", 2024, d("6905222"), 2024, "RG-13"),
    ("Groningen 2025", "Groningen", AO24, "basis", 2025, d("3945841"), 2025, "RG-13"),
    ("Groningen 2026", "Groningen", AO24, "basis", 2026, d("3058027"), 2026, "RG-13"),
)


def uitkering(naam: str, beschikking: str, aanbieder: str | None, van: int, tot: int) -> Row:
    """A row of `dekking`: a whole grant."""
    ((_, gemeente, regeling, _, _, bedrag, _, herkomst),) = (rij for rij in BESCHIKKINGEN if rij[0] == beschikking)
    return naam, "spuk", regeling, beschikking, aanbieder, gemeente, bedrag, None, van, tot, "nee", herkomst


def geld(naam: str, soort: str, aanbieder: str | None, bedrag: Decimal | None, herkomst: str) -> Row:
    """A row of `dekking`: money that is no grant."""
    return naam, soort, None, None, aanbieder, None, bedrag, None, FIRST, LAST, "nee", herkomst


DEKKING: Final[tuple[Row, ...]] = (
    uitkering("SPUK20-ELKER", "Groningen 2020", ELKER, FIRST, 2026),
    uitkering("SPUK20-JHF", "Leeuwarden 2020", JHF, FIRST, 2026),
    uitkering("SPUK24-2024", "Groningen 2024", None, 2024, LAST),
    uitkering("SPUK24-2025", "Groningen 2025", None, 2025, LAST),
    uitkering("SPUK24-2026", "Groningen 2026", None, 2026, LAST),
    geld("BESCHIKBAAR", "beschikbaarheid", None, None, "A-VERGOEDING"),
    geld("PXQ", "pxq", None, None, "A-VERGOEDING"),
    geld("EIGEN-ELKER", "eigen", ELKER, d("900000"), "A-EIGEN"),
    geld("EIGEN-JHF", "eigen", JHF, d("500000"), "A-EIGEN"),
    geld("REGIOS", "gemeente", None, d("1500000"), "A-EIGEN"),
)
TOEGESTAAN: Final[tuple[Row, ...]] = tuple(
    (bron, kostensoort)
    for bron in ("EIGEN-ELKER", "EIGEN-JHF")
    for kostensoort in ("verbouwen", "vervangende_nieuwbouw", "afstoten")
)

# zorgvorm: places that are paid for when available, per year 2021..2030 (A-VERGOEDING)
NIVEAU: Final[Mapping[str, tuple[int, ...]]] = {
    GESLOTEN: PLAFOND,
    KLEIN: (0, 0, 12, 16, 20, 20, 28, 28, 28, 32),
    GEZIN: (0, 4, 4, 8, 8, 8, 8, 8, 8, 8),
    AMBULANT: (12, 18, 18, 18, 26, 26, 26, 26, 26, 26),
}
TARIEF_VAN: Final = {GESLOTEN: "T8", KLEIN: "T4"}


def prijzen(zorgvorm: str, jaar: int) -> tuple[Decimal, Decimal]:
    """The price of an available and of a used place in a year."""
    factor = groei(INDEXEN, "zorg", jaar)
    if zorgvorm in TARIEF_VAN:
        tarief = TARIEF_VAN[zorgvorm]
        return cents(TARIEVEN.beschikbaar(tarief) * factor), cents(TARIEVEN.bezet(tarief) * factor)
    bezet = cents(Fraction(ZONDER_GROEP[zorgvorm][0]) * factor)
    return bezet, bezet


def financiering() -> Iterator[Row]:
    """The rows of `financiering`; PXQ has niveau 0 until a scenario uses it."""
    for zorgvorm, niveaus in NIVEAU.items():
        for jaar, niveau in zip(YEARS, niveaus, strict=True):
            beschikbaar, bezet = prijzen(zorgvorm, jaar)
            yield "BESCHIKBAAR", jaar, zorgvorm, niveau, beschikbaar, None, None, "A-VERGOEDING"
            yield "PXQ", jaar, zorgvorm, 0, bezet, None, None, "A-VERGOEDING"


# What the municipalities pay for care counts too, for availability pays for empty places as well.
DOELEN: Final[tuple[Row, ...]] = tuple(
    (doel, nummer, None)
    for nummer, doel in enumerate(
        (
            "tekort_plaatsen",
            "uitwijk",
            "boven_plafond",
            "ongedekt",
            "eigen_geld",
            "waardering",
            "lasten_gemeenten",
            "kosten_ncw",
            "spuk_onbesteed",
            "startjaren",
        ),
        start=1,
    )
)

# --- scenarios ---------------------------------------------------------------------------------

PXQ: Final[tuple[Wijziging, ...]] = (
    ("financiering", "niveau", "bron=BESCHIKBAAR", "zet", 0),
    ("financiering", "niveau", "bron=PXQ", "zet", 60),
)
LANGZAAM: Final = (43, 43, 41, 36, 30, 28, 22, 16, 12, 6)


def langzaam() -> Iterator[Wijziging]:
    """Closed need falls about half as fast and is not yet nothing in 2030."""
    for jaar, was, wordt in zip(YEARS, VRAAG[GESLOTEN], LANGZAAM, strict=True):
        if was != wordt:
            yield "vraag", "jeugdigen", f"zorgvorm={GESLOTEN};jaar={jaar}", "zet", wordt


ZES: Final[tuple[Wijziging, ...]] = tuple(
    ("maatregelen", "keuze", f"maatregel={gebouw}-4", "zet", "niet") for gebouw in ("HW-VLEUGEL", "HW-A", "HW-B")
)

SCENARIOS: Final[tuple[Row, ...]] = (
    *scenario("PxQ", "Een prijs per bezette plaats in plaats van beschikbaarheid", *PXQ),
    *scenario("groepen van 6", "In de gebouwen van de Hoogeweg alleen groepen van 6", *ZES),
    *scenario("vraag daalt half zo snel", "Meer jongeren blijven gesloten hulp nodig hebben", *langzaam()),
    *scenario(
        "PxQ en vraag half zo snel",
        "Een prijs per bezette plaats, en meer jongeren die gesloten hulp nodig hebben",
        *langzaam(),
        vanaf="PxQ",
    ),
    *scenario(
        "verlenging-2026",
        "De uitkeringen van 2020 mogen tot en met 2026 worden besteed",
        ("case", "waarde", "sleutel=lezingen", "zet", "verlenging-2026"),
    ),
)


def write(path: Path) -> None:
    """Write the workbook; the same text gives the same bytes."""
    rijen = {
        "case": CASE,
        "herkomst": HERKOMST,
        "aanbieders": AANBIEDERS,
        "locaties": LOCATIES,
        "zorgvormen": ZORGVORMEN,
        "plaatsen": tuple(plaatsen()),
        "vraag": tuple(vraag()),
        "uitwijk": UITWIJK,
        **maatregel_rijen(maatregelen()),
        "indexen": INDEXEN,
        "beschikkingen": BESCHIKKINGEN,
        "dekking": DEKKING,
        "financiering": tuple(financiering()),
        "toegestaan": TOEGESTAAN,
        "doelen": DOELEN,
        "scenarios": SCENARIOS,
        "tarief": tuple(TARIEVEN.rijen()),
    }
    write_book(path, "Casus Noord", datetime(2026, 12, 1), bladen_van(rijen))


if __name__ == "__main__":
    write(TARGET)
