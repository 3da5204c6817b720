"""The case Oost as reviewable text: run this file to write `oost.xlsx` next to it.

Gelderland and Overijssel: Pactum Zetten renovates Pella and then Leygraaf, alone or together with temporary housing,
to hybrid groups of 4 or 6; Pluryn Eefde, Groot Emaus and Harreveld lie beside it. Inflow falls from 182 to 68.

Every row points to a row of `HERKOMST`. A code of soort `bron` names a public document; all else is
an `aanname`: made up to be plausible, with its reasoning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
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

TARGET: Final = Path(__file__).with_name("oost.xlsx")
FIRST: Final = 2022
LAST: Final = 2031
YEARS: Final = range(FIRST, LAST + 1)

PACTUM: Final = "PACTUM"
PLURYN: Final = "PLURYN"
SHL: Final = "SHL"
IHUB: Final = "IHUB"
GESLOTEN: Final = "gesloten"
HYBRIDE: Final = "hybride"
OPEN: Final = "open"
MET: Final = "met machtiging"
ZONDER: Final = "zonder machtiging"
VT20: Final = "vastgoedtransitie-2020"
AO24: Final = "transformatie-2024"

CASE: Final[tuple[Row, ...]] = (
    ("naam", "Oost: Zetten, Eefde, Ermelo en Harreveld", None, None),
    ("landsdeel", "Gelderland/Overijssel", "RG-20", None),
    ("coordinerende_gemeente", "Arnhem", "OO-P4", "Ook Utrecht, Ermelo en Rotterdam; zie het blad dekking."),
    ("regelingen", f"{VT20}, {AO24}", "RG-11", "De uitkering van 2024 telt alleen in een scenario."),
    ("peildatum", date(2026, 12, 1), "A-PEIL", "De regels zoals op deze dag bekend."),
    ("eerste_jaar", FIRST, "OO-P3", "Het jaar waarin Groot Emaus sloot."),
    ("laatste_jaar", LAST, "OO-C1", "Het laatste jaar van het pad."),
    ("prijspeil", FIRST, "A-INDEX", None),
    ("discontovoet", d("0.0225"), "EC-1", None),
    ("lezingen", "verlenging-2026", "RG-9", "Leygraaf wordt in 2025 verbouwd: dat kan alleen met deze lezing."),
)

HERKOMST: Final[tuple[Row, ...]] = (
    *feiten("OO-C1", "OO-C2", "OO-C3", "OO-C4", "OO-P1", "OO-P2", "OO-P3", "OO-P4", "OO-F2", "RG-4", "RG-9"),
    *feiten("RG-11", "RG-13", "RG-18", "RG-19", "RG-20", "RG-21", "TA-2", "TA-3", "TA-4", "TA-8", "EC-1"),
    aanname("A-PEIL", "blad case", "Na de uitkering van 2024, zodat zij in een scenario kan meetellen."),
    aanname(
        "A-LOCATIES",
        "bladen aanbieders, locaties en plaatsen",
        "Zetten heeft 102 plaatsen (OO-C3): hier 40 in Pella, 42 in Leygraaf en 20 open; die verdeling, de 30 plaatsen"
        " van Eefde en de 12 van Harreveld voor deze regio zijn bedacht. De 16 van Groot Emaus zijn OO-P3, de namen"
        " OO-P1 tot en met OO-P4, en hoe bijlage 2 ze noemt RG-18. De prijs per plaats komt uit het blad tarief.",
    ),
    aanname(
        "A-ZORGVORM",
        "blad zorgvormen",
        "Bezetting 90% is TA-4. Groepen van 10 in het oude aanbod, de aanloop in het eerste jaar (dat die er is zegt"
        " OO-F2) en dat hybride past voor jongeren met en zonder machtiging (OO-C3) staan hier naast elkaar.",
    ),
    aanname(
        "A-ELDERS",
        "blad behoefte",
        "Jongeren van buiten de regio en alleenstaande minderjarige vluchtelingen (het document noemt er ongeveer 18)"
        " in dezelfde huizen, en wie zonder machtiging een plek in Zetten heeft: bedacht.",
    ),
    aanname(
        "A-HALFJAAR",
        "blad realisatie_plaatsen",
        "Het eerste halfjaar van 2023 telt 85 jongeren (OO-C4); elk kwartaal de helft.",
    ),
    aanname(
        "A-ZETTEN",
        "bladen maatregelen, effecten, hulpbronnen en kosten",
        "Wanneer Pella en Leygraaf worden verbouwd, en tot groepen van 4 of 6, is OO-P1; 40 gesloten of 40 hybride in"
        " Pella en 40 in Leygraaf zijn de plannen van OO-C3. De jongeren wonen zolang elders op het terrein: van de 162"
        " plaatsen die er ooit waren zijn er 60 over (OO-C3), genoeg voor een gebouw en niet voor twee. Verbouwen"
        " kost 52.000 per plaats in een groep van 4 en 42.000 in een groep van 6; tijdelijke huisvesting voor 24"
        " plaatsen 1.400.000. De punten zijn bedacht: een groep van 4 telt meer.",
    ),
    aanname(
        "A-EEFDE",
        "bladen maatregelen, effecten en kosten",
        "Groepen van hooguit 6 sinds juli 2023, de verbouwing van begin 2024 en 4 appartementen zijn OO-P2; de bedragen"
        " en het sluiten van groepen na 2027 zijn bedacht.",
    ),
    aanname(
        "A-EMAUS",
        "bladen maatregelen, effecten en kosten",
        "Het sluiten op 1-7-2022 en waar de uitkering heen gaat zijn OO-P3; de bedragen zijn bedacht.",
    ),
    aanname(
        "A-AFBOUW",
        "bladen maatregelen, effecten en kosten",
        "In Harreveld zijn alle groepen kleinschalig (het document); wat dat kostte, 3.000.000, is bedacht. Harreveld"
        " en een deel van Leygraaf kunnen later dicht: per plaats 26.000 om af te stoten en 45.000 voor personeel (een"
        " derde van TA-8).",
    ),
    aanname(
        "A-PLAN", "bladen maatregelen en kosten", "Vastgoedplan, projectleiding en frictie; de bedragen zijn bedacht."
    ),
    aanname("A-INDEX", "blad indexen", "Groei van zorgprijs en bouwkosten; 2024 en 2025 van de zorg zijn TA-2."),
    aanname(
        "A-VERGOEDING",
        "bladen dekking en financiering",
        "De regio's kopen in met een prijs per bezette plaats; de prijzen komen uit het tarief van dit boek bij 90%"
        " bezetting. De bron BESCHIKBAAR staat in de basis op niveau nul.",
    ),
    aanname(
        "A-UITKERING",
        "blad dekking",
        "Elke gemeente kreeg haar maximum (RG-4, RG-21). Die van Utrecht is voor heel Pluryn: 86 van de 141 plaatsen"
        " van RG-19 staan in Eefde, dus 1.853.622 van de 4.752.012 euro blijft buiten deze casus. Van Rotterdam telt"
        " het deel van Harreveld, 92 plaatsen of 3.100.604 euro; de rest, 7.144.869 euro, is voor elders. Wat er al"
        " voor 2022 is besteed, is niet bekend en op nul gezet. De uitkering van Nijmegen van 2024 (RG-13) blijft in"
        " de basis buiten de casus.",
    ),
    aanname("A-EIGEN", "blad dekking", "Wat geen andere bron mag of kan betalen, betalen de regio's uit een pot."),
    aanname(
        "A-TARIEF",
        "blad tarief",
        "Rooster, lonen, behandeling, huisvesting, overhead en risico op prijspeil 2022, zonder index. Bezetting TA-4,"
        " vakantietoeslag en onregelmatigheid TA-3.",
    ),
)

# --- places and their prices -------------------------------------------------------------------

AANBIEDERS: Final[tuple[Row, ...]] = (
    (PACTUM, "Pactum", "Zetten", "A-LOCATIES"),
    (PLURYN, "Pluryn", "Nijmegen", "A-LOCATIES"),
    (SHL, "'s Heeren Loo", "Ermelo", "A-LOCATIES"),
    (IHUB, "iHub", "Rotterdam", "A-LOCATIES"),
)

# locatie, aanbieder, naam, gemeente, naam_bijlage2, herkomst
LOCATIES: Final[tuple[Row, ...]] = (
    ("PELLA", PACTUM, "Zetten, Pella", "Overbetuwe", "OG Heldring", "A-LOCATIES"),
    ("LEYGRAAF", PACTUM, "Zetten, Leygraaf", "Overbetuwe", "OG Heldring", "A-LOCATIES"),
    ("ZETTEN-OPEN", PACTUM, "Zetten, open groepen", "Overbetuwe", "OG Heldring", "A-LOCATIES"),
    ("EEFDE", PLURYN, "Eefde", "Lochem", "Eefde", "A-LOCATIES"),
    ("EMAUS", SHL, "Groot Emaus", "Ermelo", "niet genoemd", "A-LOCATIES"),
    ("HARREVELD", IHUB, "Harreveld", "Oost Gelre", None, "A-LOCATIES"),
)

# zorgvorm, naam, gesloten, groepsgrootte, bezetting_max, aanloop_jaar1, herkomst
ZORGVORMEN: Final[tuple[Row, ...]] = (
    (GESLOTEN, "Gesloten groepen van 10", "ja", None, d("0.9"), 1, "A-ZORGVORM"),
    ("gesloten_klein", "Gesloten, hooguit 6", "ja", None, d("0.9"), 1, "A-ZORGVORM"),
    ("hybride_4", "Hybride, groepen van 4", "hybride", 4, d("0.9"), d("0.75"), "A-ZORGVORM"),
    ("hybride_6", "Hybride, groepen van 6", "hybride", 6, d("0.9"), d("0.75"), "A-ZORGVORM"),
    (OPEN, "Open groepen", "nee", None, d("0.9"), d("0.75"), "A-ZORGVORM"),
)

TARIEVEN: Final = Tarieven(
    FIRST,
    d("3550"),
    d("0"),
    "A-TARIEF",
    {
        "T10": Tarief(GESLOTEN, 10, DIENSTEN[10]),
        "T6-gesloten": Tarief("gesloten_klein", 6, DIENSTEN[6]),
        "T4-gesloten": Tarief("gesloten_klein", 4, DIENSTEN[4]),
        "T4-hybride": Tarief("hybride_4", 4, DIENSTEN[4]),
        "T6-hybride": Tarief("hybride_6", 6, DIENSTEN[6]),
        "T8": Tarief(GESLOTEN, 8, DIENSTEN[8]),
        "T4-open": Tarief(OPEN, 4, (d("1"), d("1"), d("0.5"))),
    },
)

# locatie, zorgvorm, plaatsen at the start, tarief
PLAATSEN: Final[tuple[tuple[str, str, int, str], ...]] = (
    ("PELLA", GESLOTEN, 40, "T10"),
    ("LEYGRAAF", GESLOTEN, 42, "T10"),
    ("ZETTEN-OPEN", OPEN, 20, "T4-open"),
    ("EEFDE", GESLOTEN, 30, "T10"),
    ("EMAUS", GESLOTEN, 16, "T8"),
    ("HARREVELD", "gesloten_klein", 12, "T6-gesloten"),
    ("PELLA", "gesloten_klein", 0, "T4-gesloten"),
    ("PELLA", "hybride_4", 0, "T4-hybride"),
    ("PELLA", "hybride_6", 0, "T6-hybride"),
    ("LEYGRAAF", "hybride_4", 0, "T4-hybride"),
    ("LEYGRAAF", "hybride_6", 0, "T6-hybride"),
    ("EEFDE", "gesloten_klein", 0, "T6-gesloten"),
    ("EEFDE", OPEN, 0, "T4-open"),
    ("EMAUS", OPEN, 0, "T4-open"),
)


def plaatsen() -> Iterator[Row]:
    """The rows of `plaatsen`; prices that are empty come from the tariff."""
    for locatie, zorgvorm, aantal, tarief in PLAATSEN:
        yield locatie, zorgvorm, aantal, None, None, None, "zorg", tarief, "A-LOCATIES"


# --- who needs care ----------------------------------------------------------------------------

DOELGROEPEN: Final[tuple[Row, ...]] = (
    (MET, "Jongeren met een machtiging", "OO-C1"),
    (ZONDER, "Jongeren zonder machtiging", "OO-C3"),
)
GESLOTEN_VORMEN: Final = (GESLOTEN, "gesloten_klein", "hybride_4", "hybride_6")
GESCHIKT: Final[tuple[Row, ...]] = (
    *((MET, zorgvorm, None, 1) for zorgvorm in GESLOTEN_VORMEN),
    *((ZONDER, zorgvorm, None, 1) for zorgvorm in (OPEN, "hybride_4", "hybride_6")),
)
INSTROOM: Final = (173, 156, 140, 126, 113, 102, 92, 83, 75, 68)
"""Young people who enter in 2022..2031 (OO-C1)."""
MAANDEN: Final = 6
"""Mean stay (OO-C2)."""
ELDERS: Final = (16, 16, 14, 12, 10, 8, 6, 4, 2, 0)
AMV: Final = (12, 12, 10, 8, 8, 6, 6, 4, 4, 0)
OPEN_VRAAG: Final = (18, 19, 21, 23, 24, 25, 26, 27, 27, 28)


def instroom() -> Iterator[Row]:
    """The rows of `instroom`: all sourced."""
    for jaar, aantal in zip(YEARS, INSTROOM, strict=True):
        yield MET, jaar, aantal, MAANDEN, "Oost", "OO-C1"


def behoefte() -> Iterator[Row]:
    """The rows of `behoefte`: who comes from elsewhere, and who has no machtiging."""
    for jaar, elders, amv, open_ in zip(YEARS, ELDERS, AMV, OPEN_VRAAG, strict=True):
        yield MET, jaar, elders, "elders", "A-ELDERS"
        yield MET, jaar, amv, "AMV", "A-ELDERS"
        yield ZONDER, jaar, open_, None, "A-ELDERS"


GRENZEN: Final[tuple[Row, ...]] = (
    ("Band van 2031", ", ".join(GESLOTEN_VORMEN), None, None, None, LAST, 34, 50, "OO-C2"),
    ("Zetten in 2026", ", ".join(GESLOTEN_VORMEN), PACTUM, None, None, 2026, 72, 80, "A-ZETTEN"),
)
REALISATIE: Final[tuple[Row, ...]] = (
    (MET, None, None, 2022, None, 183, None, "OO-C4"),
    (MET, None, None, 2023, 1, d("42.5"), None, "A-HALFJAAR"),
    (MET, None, None, 2023, 2, d("42.5"), None, "A-HALFJAAR"),
)
REGIOS: Final[tuple[Row, ...]] = tuple(
    (naam.lower().replace(" ", "-").replace("/", "-"), naam, aantal, "OO-C4")
    for naam, aantal in (
        ("Centraal Gelderland", 28),
        ("Food Valley", 5),
        ("Midden-IJssel/Oost-Veluwe", 13),
        ("Rijk van Nijmegen", 10),
        ("Achterhoek", 23),
        ("Rivierenland", 9),
        ("Noord-Veluwe", 6),
        ("Twente", 61),
        ("IJsselland", 28),
    )
)

# --- measures ----------------------------------------------------------------------------------

TERREIN: Final = "vervangende huisvesting Zetten"
HULPBRONNEN: Final[tuple[Row, ...]] = tuple((TERREIN, jaar, 60, "A-ZETTEN") for jaar in YEARS)
VERBOUW: Final[Mapping[int, Decimal]] = {4: d("52000"), 6: d("42000")}
AFSTOTEN: Final = d("26000")
PERSONEEL: Final = d("45000")


def verbouwing(plaatsen_: int, groep: int) -> tuple[Row, ...]:
    """A renovation of a year, with training for those who will work there."""
    return kost("verbouwen", 0, VERBOUW[groep] * plaatsen_), kost("frictie_opleiding", 1, d("4000") * plaatsen_)


def zetten(gebouw: str, oud: int, vorm: str, nieuw: int, groep: int, start: tuple[int, int]) -> Maatregel:
    """A variant of Pella or Leygraaf; the same young people live in it before and after."""
    soort = "gesloten" if vorm == "gesloten_klein" else "hybride"
    return Maatregel(
        naam=f"{gebouw}-{soort}-{groep}",
        project=gebouw,
        aanbieder=PACTUM,
        locatie=gebouw,
        soort="verbouwen",
        tekst=f"{gebouw.capitalize()}: {nieuw} plaatsen {soort} in groepen van {groep}",
        start=start,
        effecten=((gebouw, GESLOTEN, -oud, 1), (gebouw, vorm, nieuw, 1, None, "nee")),
        kosten=verbouwing(nieuw, groep),
        verplicht=True,
        keuze="mag",
        vereist="PLAN-ZETTEN",
        punten={4: 6, 6: 4}[groep],
        herkomst="A-ZETTEN",
    )


ZETTEN: Final = (
    zetten("PELLA", 40, "hybride_4", 40, 4, (2024, 2024)),
    zetten("PELLA", 40, "hybride_6", 36, 6, (2024, 2024)),
    zetten("PELLA", 40, "gesloten_klein", 40, 4, (2024, 2024)),
    zetten("LEYGRAAF", 42, "hybride_4", 40, 4, (2024, 2026)),
    zetten("LEYGRAAF", 42, "hybride_6", 36, 6, (2024, 2026)),
)
TIJDELIJK: Final = Maatregel(
    naam="TIJDELIJK",
    aanbieder=PACTUM,
    locatie="LEYGRAAF",
    soort="overig",
    tekst="Tijdelijke huisvesting voor 24 jongeren op het terrein in Zetten",
    start=(2024, 2025),
    kosten=(kost("tijdelijke_huisvesting", 0, d("1400000")),),
    herkomst="A-ZETTEN",
)
BESLAG: Final[tuple[Row, ...]] = (
    *((m.naam, TERREIN, 0, 40 if m.naam.startswith("PELLA") else 42) for m in ZETTEN),
    ("TIJDELIJK", TERREIN, 0, -24),
)


def elders(
    naam: str, aanbieder: str, soort: str, tekst: str, start: tuple[int, int], *delen: tuple[Row, ...]
) -> Maatregel:
    """A measure outside Zetten: the first part holds its effects, the others its costs."""
    effecten, *kosten = delen
    plek = naam.rsplit("-", 1)[0]
    return Maatregel(
        naam=naam,
        aanbieder=aanbieder,
        locatie=plek,
        soort=soort,
        tekst=tekst,
        start=start,
        effecten=effecten,
        kosten=tuple(rij for deel in kosten for rij in deel),
        verplicht=start[0] == start[1],
        keuze="mag",
        punten=2,
        herkomst={"EEFDE": "A-EEFDE", "EMAUS": "A-EMAUS"}.get(plek, "A-AFBOUW"),
    )


def sluiting(aantal: int) -> tuple[Row, ...]:
    """What closing places costs."""
    return kost("frictie_personeel", 0, PERSONEEL * aantal), kost("afstoten", 0, AFSTOTEN * aantal)


ELDERS_GEBOUWD: Final = (
    elders(
        "EMAUS-sluiten",
        SHL,
        "afstoten",
        "Groot Emaus sluit 16 plaatsen op 1 juli 2022",
        (2022, 2022),
        (("EMAUS", GESLOTEN, -16, 0, 7),),
        (kost("frictie_personeel", 0, PERSONEEL * 16 / 2),),
    ),
    elders(
        "EMAUS-open",
        SHL,
        "verbouwen",
        "Groot Emaus: gebouwen aangepast voor 8 jongeren zonder machtiging",
        (2023, 2023),
        (("EMAUS", OPEN, 8, 1),),
        (kost("verbouwen", 0, d("500000")), kost("opstart", 1, d("60000"))),
    ),
    elders(
        "EEFDE-zes",
        PLURYN,
        "verbouwen",
        "Eefde: groepen van hooguit 6 vanaf juli 2023",
        (2023, 2023),
        (("EEFDE", GESLOTEN, -30, 0, 7), ("EEFDE", "gesloten_klein", 30, 0, 7, "nee")),
        (kost("frictie_processen", 0, d("150000")), kost("frictie_opleiding", 0, d("120000"))),
    ),
    elders(
        "EEFDE-verbouwen",
        PLURYN,
        "verbouwen",
        "Eefde: comfortkamers, een beveiligde kamer en 4 appartementen",
        (2024, 2024),
        (("EEFDE", OPEN, 4, 1),),
        (kost("verbouwen", 0, d("2300000")), kost("opstart", 1, d("40000"))),
    ),
    elders(
        "HARREVELD-zes",
        IHUB,
        "verbouwen",
        "Harreveld: alle groepen kleinschalig",
        (2022, 2022),
        (),
        (kost("verbouwen", 0, d("1800000")), kost("verbouwen", 1, d("1200000"))),
    ),
    elders(
        "HARREVELD-12",
        IHUB,
        "afstoten",
        "Harreveld: twaalf plaatsen dicht",
        (2026, 2031),
        (("HARREVELD", "gesloten_klein", -12, 0),),
        sluiting(12),
    ),
)


def afbouw() -> Iterator[Maatregel]:
    """Groups of Eefde and Leygraaf that can close when the need falls."""
    for eraf in (18, 30):
        yield Maatregel(
            naam=f"EEFDE-min-{eraf}",
            project="EEFDE-MIN",
            aanbieder=PLURYN,
            locatie="EEFDE",
            soort="afstoten",
            tekst=f"Eefde: {eraf} plaatsen dicht",
            start=(2027, 2030),
            effecten=(("EEFDE", "gesloten_klein", -eraf, 0),),
            kosten=sluiting(eraf),
            punten=1,
            herkomst="A-EEFDE",
        )
    for groep, vorm, eraf in ((4, "hybride_4", 24), (6, "hybride_6", 24)):
        yield Maatregel(
            naam=f"LEYGRAAF-min-{groep}",
            project="LEYGRAAF-MIN",
            aanbieder=PACTUM,
            locatie="LEYGRAAF",
            soort="afstoten",
            tekst=f"Leygraaf: {eraf} hybride plaatsen dicht",
            start=(2029, 2031),
            effecten=(("LEYGRAAF", vorm, -eraf, 0),),
            kosten=sluiting(eraf),
            punten=1,
            herkomst="A-AFBOUW",
        )


def plan(naam: str, aanbieder: str, tekst: str, *kosten: Row) -> Maatregel:
    """A measure that must be done and starts in the first year."""
    return Maatregel(
        naam=naam,
        aanbieder=aanbieder,
        soort="plan",
        tekst=tekst,
        start=(FIRST, FIRST),
        kosten=kosten,
        verplicht=True,
        herkomst="A-PLAN",
    )


PLANNEN: Final = (
    plan(
        "PLAN-ZETTEN",
        PACTUM,
        "Vastgoedplan Zetten en projectleiding, deel Arnhem",
        kost("vastgoedplan", 0, d("60000")),
        *elk_jaar("projectleiding", 0, 3, d("38000")),
        *elk_jaar("frictie_pilot", 0, 1, d("180000")),
    ),
    plan(
        "PLAN-EEFDE",
        PLURYN,
        "Vastgoedplan Eefde en projectleiding, deel Utrecht",
        kost("vastgoedplan", 0, d("40000")),
        *elk_jaar("projectleiding", 0, 3, d("30000")),
        kost("frictie_pilot", 0, d("120000")),
    ),
)


def maatregelen() -> tuple[Maatregel, ...]:
    """Every measure of the case."""
    return (*PLANNEN, *ZETTEN, TIJDELIJK, *ELDERS_GEBOUWD, *afbouw())


# --- money -------------------------------------------------------------------------------------

INDEXEN: Final[tuple[Row, ...]] = (
    ("zorg", 2023, d("0.05"), "A-INDEX"),
    ("zorg", 2024, d("0.063"), "TA-2"),
    ("zorg", 2025, d("0.0496"), "TA-2"),
    *(("zorg", jaar, d("0.03"), "A-INDEX") for jaar in range(2026, LAST + 1)),
    ("bouw", 2023, d("0.07"), "A-INDEX"),
    *(("bouw", jaar, d("0.03"), "A-INDEX") for jaar in range(2024, LAST + 1)),
)

BESCHIKKINGEN: Final[tuple[Row, ...]] = (
    ("Arnhem 2020", "Arnhem", VT20, "basis", 2020, d("3437626"), 2020, "RG-21"),
    ("Utrecht 2020", "Utrecht", VT20, "basis", 2020, d("4752012"), 2020, "RG-21"),
    ("Ermelo 2020", "Ermelo", VT20, "basis", 2020, d("539235"), 2020, "RG-21"),
    ("Rotterdam 2020", "Rotterdam", VT20, "basis", 2020, d("10245473"), 2020, "RG-21"),
    ("Nijmegen 2024", "Nijmegen", AO24, "basis", 2024, d("16518375"), 2024, "RG-13"),
    ("Nijmegen 2025", "Nijmegen", AO24, "basis", 2025, d("9439072"), 2025, "RG-13"),
    ("Nijmegen 2026", "Nijmegen", AO24, "basis", 2026, d("7315280"), 2026, "RG-13"),
)


def uitkering(naam: str, beschikking: str, aanbieder: str | None, buiten: str | None, tot: int) -> Row:
    """A row of `dekking`: a grant, and what of it is for places outside the case."""
    ((_, gemeente, regeling, _, jaar, bedrag, _, _),) = (rij for rij in BESCHIKKINGEN if rij[0] == beschikking)
    van = max(FIRST, jaar) if isinstance(jaar, int) else FIRST
    elders_ = d(buiten) if buiten else None
    return naam, "spuk", regeling, beschikking, aanbieder, gemeente, bedrag, elders_, van, tot, "nee", "A-UITKERING"


def geld(naam: str, soort: str, bedrag: Decimal | None, herkomst: str) -> Row:
    """A row of `dekking`: money of the regions."""
    return naam, soort, None, None, None, None, bedrag, None, FIRST, LAST, "nee", herkomst


DEKKING: Final[tuple[Row, ...]] = (
    uitkering("SPUK-ARNHEM", "Arnhem 2020", PACTUM, None, 2026),
    uitkering("SPUK-UTRECHT", "Utrecht 2020", PLURYN, "1853622", 2026),
    uitkering("SPUK-ERMELO", "Ermelo 2020", SHL, None, 2026),
    uitkering("SPUK-ROTTERDAM", "Rotterdam 2020", IHUB, "7144869", 2026),
    uitkering("NIJMEGEN-2024", "Nijmegen 2024", None, "16518375", 2030),
    uitkering("NIJMEGEN-2025", "Nijmegen 2025", None, "9439072", 2030),
    uitkering("NIJMEGEN-2026", "Nijmegen 2026", None, "7315280", 2030),
    geld("PXQ", "pxq", None, "A-VERGOEDING"),
    geld("BESCHIKBAAR", "beschikbaarheid", None, "A-VERGOEDING"),
    geld("REGIOPOT", "gemeente", d("45000000"), "A-EIGEN"),
)
TARIEF_VAN: Final[Mapping[str, str]] = {
    GESLOTEN: "T10",
    "gesloten_klein": "T6-gesloten",
    "hybride_4": "T4-hybride",
    "hybride_6": "T6-hybride",
    OPEN: "T4-open",
}


def financiering() -> Iterator[Row]:
    """The rows of `financiering`; BESCHIKBAAR has niveau 0 until a scenario uses it."""
    for zorgvorm, tarief in TARIEF_VAN.items():
        for jaar in YEARS:
            factor = groei(INDEXEN, "zorg", jaar)
            bezet, beschikbaar = cents(TARIEVEN.bezet(tarief) * factor), cents(TARIEVEN.beschikbaar(tarief) * factor)
            yield "PXQ", jaar, zorgvorm, 160, bezet, None, None, "A-VERGOEDING"
            yield "BESCHIKBAAR", jaar, zorgvorm, 0, beschikbaar, None, None, "A-VERGOEDING"


DOELEN: Final[tuple[Row, ...]] = tuple(
    (doel, nummer, None)
    for nummer, doel in enumerate(
        (
            "tekort_plaatsen",
            "uitwijk",
            "boven_plafond",
            "onder_vloer",
            "ongedekt",
            "eigen_geld",
            "lasten_gemeenten",
            "waardering",
            "kosten_ncw",
            "spuk_onbesteed",
            "startjaren",
        ),
        start=1,
    )
)

# --- scenarios ---------------------------------------------------------------------------------


def daalt_niet() -> Iterator[Wijziging]:
    """As many young people enter each year as in 2022."""
    for jaar in YEARS:
        if jaar > FIRST:
            yield "instroom", "instroom", f"jaar={jaar}", "zet", INSTROOM[0]


def gekozen(gebouw: str, variant: str) -> Iterator[Wijziging]:
    """One variant of a building, and no other."""
    yield "maatregelen", "keuze", f"project={gebouw}", "zet", "niet"
    yield "maatregelen", "keuze", f"maatregel={gebouw}-{variant}", "zet", "moet"


SAMEN: Final[tuple[Wijziging, ...]] = (("maatregelen", "laatste_start", "project=LEYGRAAF", "zet", 2024),)
BESCHIKBAARHEID: Final[tuple[Wijziging, ...]] = (
    ("financiering", "niveau", "bron=PXQ", "zet", 0),
    ("financiering", "niveau", "bron=BESCHIKBAAR", "zet", 160),
)
NIJMEGEN: Final[tuple[Wijziging, ...]] = tuple(
    ("dekking", "buiten_casus", f"bron=NIJMEGEN-{jaar}", "zet", "geen") for jaar in (2024, 2025, 2026)
)

SCENARIOS: Final[tuple[Row, ...]] = (
    *scenario("instroom daalt niet", "Elk jaar stromen er 173 jongeren in, zoals in 2022", *daalt_niet()),
    *scenario(
        "verblijf van 5 maanden",
        "Jongeren blijven gemiddeld een maand korter",
        ("instroom", "doorlooptijd_maanden", None, "zet", 5),
    ),
    *scenario(
        "verblijf van 7 maanden",
        "Jongeren blijven gemiddeld een maand langer",
        ("instroom", "doorlooptijd_maanden", None, "zet", 7),
    ),
    *scenario("Leygraaf met Pella", "Beide gebouwen in 2024, met tijdelijke huisvesting op het terrein", *SAMEN),
    *scenario(
        "plan van maart 2022",
        "40 gesloten, 40 hybride en 20 open in Zetten",
        *gekozen("PELLA", "gesloten-4"),
        *gekozen("LEYGRAAF", "hybride-4"),
    ),
    *scenario("beschikbaarheid", "Een prijs per beschikbare plaats in plaats van per bezette", *BESCHIKBAARHEID),
    *scenario("regeling van 2024", "De uitkering van Nijmegen betaalt mee aan af- en ombouw", *NIJMEGEN),
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
        "doelgroepen": DOELGROEPEN,
        "geschikt": GESCHIKT,
        "behoefte": tuple(behoefte()),
        "instroom": tuple(instroom()),
        "plaatsgrenzen": GRENZEN,
        **maatregel_rijen(maatregelen()),
        "hulpbronnen": HULPBRONNEN,
        "beslag": BESLAG,
        "indexen": INDEXEN,
        "beschikkingen": BESCHIKKINGEN,
        "dekking": DEKKING,
        "financiering": tuple(financiering()),
        "realisatie_plaatsen": REALISATIE,
        "regios": REGIOS,
        "doelen": DOELEN,
        "scenarios": SCENARIOS,
        "tarief": tuple(TARIEVEN.rijen()),
    }
    write_book(path, "Casus Oost", datetime(2026, 12, 1), bladen_van(rijen))


if __name__ == "__main__":
    write(TARGET)
