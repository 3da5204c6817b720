"""The case Zuidwest as reviewable text: run this file to write `zuidwest.xlsx` next to it.

Every row points to a row of `HERKOMST`. A code of soort `bron` names a public document; all else is
an `aanname`: made up to be plausible, with its reasoning. A row that mixes sourced and assumed cells
is an aanname, and its toelichting says which cells are sourced.

The same text gives the same bytes, so a change of the workbook is always a change of this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from casusboek import MAATREGEL_KOLOMMEN, Blad, Cell, Exact, Row, aanname, bron, cents, d, write_book

TARGET: Final = Path(__file__).with_name("zuidwest.xlsx")
FIRST: Final = 2021
LAST: Final = 2026
YEARS: Final = range(FIRST, LAST + 1)
PRICE_LEVEL: Final = 2021

HORIZON: Final = "HORIZON"
SCHAKENBOSCH: Final = "SCHAKENBOSCH"


# --- case and herkomst -------------------------------------------------------------------------

CASE: Final[tuple[Row, ...]] = (
    ("naam", "Zuidwest: afbouw van gesloten jeugdhulp", None, None),
    ("landsdeel", "Zuidwest", "ZW-C1", None),
    ("coordinerende_gemeente", "Rotterdam", "ZW-B2", None),
    ("regelingen", "vastgoedtransitie-2020", "RG-1", "Uitkeringen van 2020 houden hun regels (RG-2)."),
    ("peildatum", date(2024, 1, 1), "A-PEIL", "De regels zoals op deze dag bekend."),
    ("eerste_jaar", FIRST, "ZW-F1", "Het jaar van de budgetgarantie."),
    ("laatste_jaar", LAST, "RG-9", "Het laatste jaar van de lezing verlenging-2026."),
    ("prijspeil", PRICE_LEVEL, "A-INDEX", None),
    ("discontovoet", d("0.0225"), "EC-1", None),
    ("lezingen", None, None, "Leeg: geen andere lezing. Het scenario 'verlenging-2026' zet er een aan."),
)

WERKAGENDA: Final = "Werkagenda doorontwikkeling Jeugdhulp Plus Zuidwest (2020/21)"
SCHETS: Final = f"{WERKAGENDA}, houtskoolschets"
IMPACT: Final = f"{WERKAGENDA}, impactanalyse"


HERKOMST: Final[tuple[Row, ...]] = (
    bron(
        "ZW-B2",
        WERKAGENDA,
        "hoofdstuk 10; impactanalyse 4.7",
        "Maximum voor Zuidwest 10.245.473 euro; coördinerende gemeente Rotterdam.",
    ),
    bron(
        "ZW-B3",
        WERKAGENDA,
        "hoofdstuk 10; impactanalyse 4.7",
        "Maximum voor Horizon 7.144.869 euro. De jaren in het blad dekking zijn die van de casus; de"
        " regels beperken ze.",
    ),
    bron(
        "ZW-B4",
        WERKAGENDA,
        "hoofdstuk 10; impactanalyse 4.7",
        "Maximum voor Schakenbosch 3.100.604 euro. Samen met ZW-B3 precies ZW-B2.",
    ),
    bron("ZW-C1", WERKAGENDA, "ambitie 2", "Gesloten plaatsen van 235 naar 100 in 2024; daarna ligt de focus op nul."),
    bron("ZW-C2", SCHETS, "1.2 en bijlage I", "De analyse gaat over 270 jongeren."),
    bron(
        "ZW-C3",
        SCHETS,
        "4.2",
        "Verdeling van de 270: School2Care 45, ambulant 90, gezinsopname 15, kleinschalig 20, gesloten"
        " 100. Het plafond van 100 in de rij gesloten 2024 is ZW-C1.",
    ),
    bron(
        "ZW-C4",
        WERKAGENDA,
        "ambitie 2, 2.1",
        "Beeld voor 1 januari 2024: in totaal 250 tot 270, kleinschalig 24, gesloten 90 tot 100. Bij een"
        " bezetting van 90% zijn 100 gesloten plaatsen goed voor 90 jongeren, de onderkant van dit beeld.",
    ),
    bron(
        "ZW-C6",
        WERKAGENDA,
        "bijlage I, doelgroepanalyse",
        "Jongeren in zorg op 1 januari: 309 in 2017, 306 in 2018, 275 in 2019 en 286 in 2020.",
    ),
    bron(
        "ZW-C9",
        f"{WERKAGENDA}, projectplan KIB",
        "plaats in het zorglandschap; afbakening",
        "Pilot KIB van Schakenbosch in Den Haag, Nieuwe Parklaan: een groep van 4 is ideaal maar"
        " financieel nauwelijks haalbaar, 6 is de balans, 8 het meeste.",
    ),
    bron("ZW-F1", SCHETS, "3.4", "2021: budgetgarantie op het niveau van 270 plaats-equivalenten."),
    bron(
        "ZW-F2", SCHETS, "3.4", "Vanaf 2022 drie tot vier jaar: een lumpsum op het niveau van 270 plaats-equivalenten."
    ),
    bron("ZW-F3", SCHETS, "3.4", "Een bandbreedte rond 270; de breedte moet nog worden afgesproken."),
    bron("ZW-F4", SCHETS, "3.4", "Is de zorg aantoonbaar goedkoper, dan vloeien er middelen terug."),
    bron(
        "ZW-F5",
        SCHETS,
        "3.4",
        "Continuïteit, alternatieven, leegstand en frictie van personeel: (grotendeels) uit de middelen van de 270.",
    ),
    bron(
        "ZW-F6",
        IMPACT,
        "4.7",
        "Vijf soorten frictiekosten: planvorming, pilots, processen en systemen, opleiding, dubbel aanbod.",
    ),
    bron(
        "ZW-R5",
        IMPACT,
        "4.7",
        "Hooguit 5% mag naar ondersteunende activiteiten; over het toegekende bedrag is dat 512.273,65 euro.",
    ),
    bron("ZW-R1", IMPACT, "4.7", "Toegestaan: afstoten van een accommodatie door de transitie."),
    bron("ZW-R2", IMPACT, "4.7", "Toegestaan: verbouwen van zo'n accommodatie door de transitie."),
    bron("ZW-R3", IMPACT, "4.7", "Toegestaan: vervangende nieuwbouw door de transitie."),
    bron(
        "NO-C2",
        "Bovenregionale visie Jeugdhulp Plus Noord (2021)",
        "hoofdstuk 8",
        "Kleinschalig: liefst 4, hooguit 6 jongeren.",
    ),
    bron(
        "OO-F2",
        "Actualisatie bovenregionaal plan transformatie JeugdzorgPlus Gelderland/Overijssel (2023)",
        "hoofdstuk 10",
        "Nieuwe voorzieningen hebben vooral in de opstart leegstand.",
    ),
    bron(
        "RG-1",
        "Regeling specifieke uitkering vastgoedtransitie gesloten jeugdhulp 2020, van 16-9-2020",
        "Stcrt. 2020, 49409",
    ),
    bron(
        "RG-2",
        "Regeling specifieke uitkering vastgoedtransitie residentiële jeugdhulp 2021, art. 16",
        "Stcrt. 2021, 43111; BWBR0045673",
        "Uitkeringen van 2020 houden de regels van 2020.",
    ),
    bron(
        "RG-9",
        "Wijziging van de bestedingsperiode",
        "Stcrt. 2023, 18368",
        "Bestedingsperiode tot en met 31-12-2024, verlengd tot en met 31-12-2026; of dat ook voor"
        " uitkeringen van 2020 geldt is niet zeker, en daarom een lezing die aan of uit staat.",
    ),
    bron("TA-2", "VNG, index voor tarieven in de jeugdhulp (90% OVA en 10% PPC)", "2024: 6,30%; 2025: 4,96%"),
    bron(
        "TA-3",
        "CAO Jeugdzorg en verwante CAO's",
        "arbeidsduur, vakantietoeslag, onregelmatigheidstoeslag",
        "36 uur per week, vakantietoeslag 8%, toeslag 25% (19-22 uur) en 45% (22-06 uur). De 1.878"
        " betaalde uren per jaar komen uit verwante CAO's.",
    ),
    bron(
        "TA-4",
        "Jeugdautoriteit (2023)",
        "bezetting in tarieven JeugdzorgPlus",
        "Tarieven gaan uit van een bezetting van ten minste 90%.",
    ),
    bron(
        "TA-8",
        "Vergoeding van frictiekosten per afgebouwde plaats (2014)",
        "BWBR0035655",
        "136.000 euro per plaats; als norm gedateerd, en in deze casus niet gebruikt.",
    ),
    bron("EC-1", "Werkgroep discontovoet", "reële discontovoet sinds 2021", "2,25%."),
    bron("EC-2", "Afschrijvingstabellen van gemeenten", "voorbeelden", "Gebouw 40 jaar, verbouwing 20 tot 25 jaar."),
    aanname(
        "A-PEIL",
        "blad case",
        "Gekozen na de publicatie van de verlenging (RG-9), zodat beide lezingen kunnen worden vergeleken.",
    ),
    aanname(
        "A-LOCATIES",
        "bladen locaties en plaatsen",
        "De bronnen geven 235 gesloten plaatsen in totaal (ZW-C1), niet per gebouw. De vijf gebouwen"
        " A, B, C, 1 en 2 en hun plaatsen zijn bedacht, ongeveer in de verhouding van de jongeren bij"
        " beide aanbieders; samen 235. De namen van de aanbieders zijn ZW-B3 en ZW-B4; de gemeenten"
        " zijn aangenomen. De prijs per plaats is A-PRIJS.",
    ),
    aanname("A-KIB", "project KIB", "Plaats en groep van zes zijn ZW-C9; de bedragen en de tweede groep zijn bedacht."),
    aanname(
        "A-ZORGVORM",
        "blad zorgvormen",
        "Bezetting 90% is TA-4; groepen van 6 zijn ZW-C9 en NO-C2. Groep van 8 in het bestaande"
        " gesloten aanbod, de aanloop in het eerste jaar (dat die er is zegt OO-F2) en volle bezetting"
        " zonder bed zijn aangenomen.",
    ),
    aanname(
        "A-PAD",
        "blad vraag",
        "Elk jaar samen 270 (ZW-C2). Het pad naar de verdeling van 2024 (ZW-C3) loopt mee met de"
        " gebouwen die kunnen sluiten; het plafond van 235 in 2021 is ZW-C1, dat van 2022 en 2023 is"
        " bedacht. In 2024 hebben 100 jongeren gesloten nodig, en 100 plaatsen zijn goed voor 90 (ZW-C4):"
        " de andere tien wijken uit naar kleinschalig. Na 2024 blijft het plafond 100 en schuift de"
        " vraag verder naar kleinschalig (ZW-C1: de focus gaat op nul).",
    ),
    aanname(
        "A-PRIJS",
        "blad plaatsen",
        "Berekend uit de tariefformule: leeg F/n, bezet F/n + V, en van 2025 teruggerekend naar"
        " prijspeil 2021 met de index zorg. De parameters staan in het blad tarief. De bedragen zijn"
        " ingevuld en komen niet vanzelf uit het tarief: dat kan alleen met een tarief van 2021 of van"
        " elk jaar, en bekend is dat van 2025.",
    ),
    aanname(
        "A-ALTERNATIEF",
        "bladen plaatsen, maatregelen en kosten",
        "De prijs van een plaats School2Care, ambulant en gezinsopname en de kosten om ze te starten;"
        " de aantallen zijn zo dat ZW-C3 in 2024 wordt gehaald.",
    ),
    aanname(
        "A-GEBOUW",
        "bladen maatregelen, effecten en kosten",
        "Drie varianten per gebouw, met bedragen per plaats: afstoten 7.500, verbouwen 95.000,"
        " nieuwbouw 240.000, frictie van personeel 7.000 (veel lager dan TA-8), opstart 9.000, dubbel"
        " aanbod 15.000 en opleiding 4.000 euro. De soorten kosten volgen ZW-R1, ZW-R2, ZW-R3, ZW-F5"
        " en ZW-F6. De waardering is A-PUNTEN.",
    ),
    aanname(
        "A-PLAN",
        "bladen maatregelen en kosten",
        "Projectleiding en bovenregionaal plan kosten samen meer dan het deelplafond van 5% (ZW-R5),"
        " zodat een ander de rest betaalt. Ook het bedrag van de vastgoedplannen en van de algemene"
        " frictiekosten (ZW-F6) is bedacht.",
    ),
    aanname(
        "A-PUNTEN",
        "blad maatregelen",
        "Kleinschalig en nieuw krijgt meer punten dan verbouwen, en verbouwen meer dan alleen sluiten.",
    ),
    aanname(
        "A-INDEX",
        "blad indexen",
        "Groei van de zorgprijs in 2022, 2023 en 2026 en van de bouwkosten in alle jaren. 2024 en 2025 zijn TA-2.",
    ),
    aanname(
        "A-LUMPSUM",
        "blad financiering",
        "Het niveau van 270 is ZW-F1 (2021) en ZW-F2 (daarna). De prijs is wat het aanbod in 2022,"
        " het duurste jaar, per plaats-equivalent kost, naar boven afgerond op 500 euro. De prijs"
        " blijft nominaal gelijk, zodat de basis in 2021 tot en met 2023 net sluit; wat daarna"
        " overblijft vloeit terug (ZW-F4). De band van 10% is aangenomen (ZW-F3).",
    ),
    aanname(
        "A-TARIEFBRON",
        "bladen dekking en financiering",
        "Alleen voor de scenario's PxQ en beschikbaarheid; in de basis is het niveau nul. De prijs is"
        " de kostprijs van een bezette plaats bij 90% bezetting (TA-4), met de index zorg van dat"
        " jaar.",
    ),
    aanname(
        "A-EIGEN",
        "blad dekking",
        "Geld voor wat geen andere bron mag of kan betalen. De aanbieders betalen mee aan aanbod en"
        " gebouwen (blad toegestaan), de gemeenten ook aan de projectleiding boven het deelplafond.",
    ),
    aanname(
        "A-TARIEF",
        "blad tarief",
        "Rooster, lonen, behandeling, huisvesting, overhead en risico. Huisvesting die de uitkering"
        " al betaalt is de bouwsom gedeeld door de levensduur van EC-2: 40 jaar voor nieuwbouw en 25"
        " jaar voor verbouwing. De index is de gepubliceerde (TA-2); de cijfers over lonen en prijzen"
        " daarachter zijn niet gevonden, dus het blad tariefindex blijft weg.",
    ),
    aanname(
        "A-SPREIDING",
        "blad onzekerheid",
        "Hoe ver een getal er naast kan zitten. Bouwkosten vallen vaker tegen dan mee: 10% lager tot 30%"
        " hoger, verbouwen en nieuwbouw samen. De vraag heeft een standaardafwijking van 5%, ongeveer"
        " zoveel als het aantal jongeren van 2017 tot en met 2020 schommelde (ZW-C6). De prijs van een"
        " plaats hangt aan de lonen: 3% rond de raming. De lumpsum kan 3% lager of 2% hoger worden"
        " vastgesteld. De nieuwbouw voor gebouw 2 is met een kans van een op drie een jaar later klaar.",
    ),
)

# --- places and their prices -------------------------------------------------------------------

AANBIEDERS: Final[tuple[Row, ...]] = (
    (HORIZON, "Horizon", "Rotterdam", "A-LOCATIES"),
    (SCHAKENBOSCH, "Schakenbosch", "Leidschendam-Voorburg", "A-LOCATIES"),
)

LOCATIES: Final[tuple[Row, ...]] = (
    ("HZ-A", HORIZON, "Gebouw A", "Rotterdam", "A-LOCATIES"),
    ("HZ-B", HORIZON, "Gebouw B", "Rotterdam", "A-LOCATIES"),
    ("HZ-C", HORIZON, "Gebouw C", "Rotterdam", "A-LOCATIES"),
    ("SB-1", SCHAKENBOSCH, "Gebouw 1", "Leidschendam-Voorburg", "A-LOCATIES"),
    ("SB-2", SCHAKENBOSCH, "Gebouw 2", "Leidschendam-Voorburg", "A-LOCATIES"),
    ("HZ-A-NIEUW", HORIZON, "Nieuwbouw voor gebouw A", "Rotterdam", "A-LOCATIES"),
    ("HZ-B-NIEUW", HORIZON, "Nieuwbouw voor gebouw B", "Rotterdam", "A-LOCATIES"),
    ("HZ-C-NIEUW", HORIZON, "Nieuwbouw voor gebouw C", "Rotterdam", "A-LOCATIES"),
    ("SB-1-NIEUW", SCHAKENBOSCH, "Nieuwbouw voor gebouw 1", "Leidschendam-Voorburg", "A-LOCATIES"),
    ("SB-2-NIEUW", SCHAKENBOSCH, "Nieuwbouw voor gebouw 2", "Leidschendam-Voorburg", "A-LOCATIES"),
    ("KIB", SCHAKENBOSCH, "KIB, Nieuwe Parklaan", "Den Haag", "ZW-C9"),
    ("S2C", HORIZON, "School2Care", "Rotterdam", "A-ALTERNATIEF"),
    ("AMB-HZ", HORIZON, "Ambulant team Horizon", "Rotterdam", "A-ALTERNATIEF"),
    ("AMB-SB", SCHAKENBOSCH, "Ambulant team Schakenbosch", "Leidschendam-Voorburg", "A-ALTERNATIEF"),
    ("GEZIN", HORIZON, "Gezinsopname", "Rotterdam", "A-ALTERNATIEF"),
)

# zorgvorm, naam, gesloten, groepsgrootte, bezetting_max, aanloop_jaar1
ZORGVORMEN: Final[tuple[Row, ...]] = (
    ("gesloten", "Gesloten jeugdhulp", "ja", 8, d("0.9"), 1, "A-ZORGVORM"),
    ("kleinschalig", "Kleinschalige voorziening", "nee", 6, d("0.9"), d("0.75"), "A-ZORGVORM"),
    ("gezinsopname", "Gezinsopname", "nee", None, d("0.9"), d("0.75"), "A-ZORGVORM"),
    ("ambulant", "Ambulante jeugdhulp plus", "nee", None, 1, d("0.75"), "A-ZORGVORM"),
    ("onderwijs_zorg", "School2Care", "nee", None, 1, d("0.75"), "A-ZORGVORM"),
)


@dataclass(frozen=True, slots=True)
class Tarief:
    """What differs from one tariff to another.

    Attributes:
        zorgvorm: the care form.
        groep: places per group.
        diensten: staff present in the morning, in the afternoon and at night.
        spuk: housing that the grant already pays, in euros per group-year.
    """

    zorgvorm: str
    groep: int
    diensten: tuple[Decimal, Decimal, Decimal]
    spuk: Decimal = Decimal(0)


TARIEF_JAAR: Final = 2025
NIEUWBOUW: Final = d("240000")
VERBOUW: Final = d("95000")
LEVEN_NIEUWBOUW: Final = 40
LEVEN_VERBOUW: Final = 25

TARIEVEN: Final[Mapping[str, Tarief]] = {
    "T4": Tarief("kleinschalig", 4, (d("1"), d("2"), d("1"))),
    "T6": Tarief("kleinschalig", 6, (d("1.5"), d("2"), d("1"))),
    "T8": Tarief("gesloten", 8, (d("2"), d("2"), d("1"))),
    "T8-kleinschalig": Tarief("kleinschalig", 8, (d("2"), d("2"), d("1"))),
    "T10": Tarief("gesloten", 10, (d("2"), d("3"), d("1"))),
    "T6-nieuwbouw": Tarief("kleinschalig", 6, (d("1.5"), d("2"), d("1")), 6 * NIEUWBOUW / LEVEN_NIEUWBOUW),
    "T5-nieuwbouw": Tarief("kleinschalig", 5, (d("1.5"), d("2"), d("1")), 5 * NIEUWBOUW / LEVEN_NIEUWBOUW),
    "T6-verbouw": Tarief("kleinschalig", 6, (d("1.5"), d("2"), d("1")), 6 * VERBOUW / LEVEN_VERBOUW),
    "T4-verbouw": Tarief("kleinschalig", 4, (d("1"), d("2"), d("1")), 4 * VERBOUW / LEVEN_VERBOUW),
}

# parameter, waarde, eenheid, herkomst; the same for every tariff
TARIEF_VAST: Final[tuple[tuple[str, Decimal, str, str], ...]] = (
    ("uren_betaald", d("1878"), "uur per fte per jaar", "TA-3"),
    ("uren_niet", d("460.86"), "uur per fte per jaar", "A-TARIEF"),
    ("bruto_maandloon", d("3950"), "EUR per maand", "A-TARIEF"),
    ("vakantietoeslag", d("0.08"), "fractie", "TA-3"),
    ("eindejaarsuitkering", d("0.083"), "fractie", "A-TARIEF"),
    ("werkgeverslasten", d("0.25"), "fractie", "A-TARIEF"),
    ("ort_avond", d("0.25"), "fractie", "TA-3"),
    ("ort_nacht", d("0.45"), "fractie", "TA-3"),
    ("ort_weekend", d("0"), "EUR per groep per jaar", "A-TARIEF"),
    ("teamleiding", d("34300"), "EUR per groep per jaar", "A-TARIEF"),
    ("behandeling_per_plaats", d("22800"), "EUR per plaats per jaar", "A-TARIEF"),
    ("overig_per_plaats", d("9500"), "EUR per plaats per jaar", "A-TARIEF"),
    ("overhead", d("0.2"), "fractie", "A-TARIEF"),
    ("risico", d("0.02"), "fractie", "A-TARIEF"),
    ("index", d("0.0496"), "fractie", "TA-2"),
    ("bezetting", d("0.9"), "fractie", "TA-4"),
)
PARAMETER: Final[Mapping[str, Decimal]] = {name: value for name, value, _, _ in TARIEF_VAST}


def huisvesting(tarief: Tarief) -> Decimal:
    """Housing of a group, in euros a year (A-TARIEF)."""
    return d("40000") + d("12000") * tarief.groep


def personeel(tarief: Tarief) -> Fraction:
    """Staff of a group, in euros a year: roster, irregular hours, team leader and treatment."""
    p = {name: Fraction(value) for name, value in PARAMETER.items()}
    ochtend, middag, nacht = (Fraction(value) for value in tarief.diensten)
    fte = 365 * (8 * ochtend + 7 * middag + 9 * nacht) / (p["uren_betaald"] - p["uren_niet"])
    loon = 12 * p["bruto_maandloon"] * (1 + p["vakantietoeslag"] + p["eindejaarsuitkering"])
    uurloon = 12 * p["bruto_maandloon"] / p["uren_betaald"]
    toeslag = 365 * (3 * middag * p["ort_avond"] + 8 * nacht * p["ort_nacht"]) * uurloon
    lasten = 1 + p["werkgeverslasten"]
    vast = p["ort_weekend"] + p["teamleiding"] + p["behandeling_per_plaats"] * tarief.groep
    return (fte * loon + toeslag) * lasten + vast


def per_groep(tarief: Tarief) -> Fraction:
    """F: the fixed cost of a group in the tariff year, in euros a year."""
    p = {name: Fraction(value) for name, value in PARAMETER.items()}
    bedrag = personeel(tarief) * (1 + p["overhead"]) + Fraction(huisvesting(tarief) - tarief.spuk)
    return bedrag * (1 + p["index"]) * (1 + p["risico"])


def per_bezet() -> Fraction:
    """V: the cost that only a used place has in the tariff year, in euros a year."""
    p = {name: Fraction(value) for name, value in PARAMETER.items()}
    return p["overig_per_plaats"] * (1 + p["overhead"]) * (1 + p["index"]) * (1 + p["risico"])


# index, jaar, percentage, herkomst
INDEXEN: Final[tuple[tuple[str, int, Decimal, str], ...]] = (
    ("zorg", 2022, d("0.035"), "A-INDEX"),
    ("zorg", 2023, d("0.05"), "A-INDEX"),
    ("zorg", 2024, d("0.063"), "TA-2"),
    ("zorg", 2025, d("0.0496"), "TA-2"),
    ("zorg", 2026, d("0.035"), "A-INDEX"),
    ("bouw", 2022, d("0.06"), "A-INDEX"),
    ("bouw", 2023, d("0.07"), "A-INDEX"),
    ("bouw", 2024, d("0.035"), "A-INDEX"),
    ("bouw", 2025, d("0.03"), "A-INDEX"),
    ("bouw", 2026, d("0.03"), "A-INDEX"),
)


def groei(jaar: int) -> Fraction:
    """Growth of the index `zorg` from the price level to a year."""
    factor = Fraction(1)
    for index, growth_year, percentage, _ in INDEXEN:
        if index == "zorg" and growth_year <= jaar:
            factor *= 1 + Fraction(percentage)
    return factor


def op_prijspeil(euros: Fraction) -> Decimal:
    """An amount of the tariff year at the price level of the case."""
    return cents(euros / groei(TARIEF_JAAR))


def leeg(tarief: str) -> Decimal:
    """What an empty place costs a year at the price level: F / n."""
    keuze = TARIEVEN[tarief]
    return op_prijspeil(per_groep(keuze) / keuze.groep)


def bezet(tarief: str) -> Decimal:
    """What a used place costs a year at the price level: F / n + V."""
    keuze = TARIEVEN[tarief]
    return op_prijspeil(per_groep(keuze) / keuze.groep + per_bezet())


# zorgvorm: exploitatie_per_plaats, leegstand_per_plaats (A-ALTERNATIEF)
ZONDER_GROEP: Final[Mapping[str, tuple[Decimal, Decimal]]] = {
    "gezinsopname": (d("95000"), d("60000")),
    "ambulant": (d("38000"), d("15000")),
    "onderwijs_zorg": (d("52000"), d("30000")),
}

# locatie, zorgvorm, plaatsen at the start, tarief
PLAATSEN_GROEP: Final[tuple[tuple[str, str, int, str], ...]] = (
    ("HZ-A", "gesloten", 64, "T8"),
    ("HZ-B", "gesloten", 56, "T8"),
    ("HZ-C", "gesloten", 36, "T8"),
    ("SB-1", "gesloten", 44, "T8"),
    ("SB-2", "gesloten", 35, "T8"),
    ("HZ-A", "kleinschalig", 0, "T6-verbouw"),
    ("HZ-B", "kleinschalig", 0, "T6-verbouw"),
    ("HZ-C", "kleinschalig", 0, "T6-verbouw"),
    ("SB-1", "kleinschalig", 0, "T6-verbouw"),
    ("SB-2", "kleinschalig", 0, "T4-verbouw"),
    ("HZ-A-NIEUW", "kleinschalig", 0, "T6-nieuwbouw"),
    ("HZ-B-NIEUW", "kleinschalig", 0, "T6-nieuwbouw"),
    ("HZ-C-NIEUW", "kleinschalig", 0, "T6-nieuwbouw"),
    ("SB-1-NIEUW", "kleinschalig", 0, "T6-nieuwbouw"),
    ("SB-2-NIEUW", "kleinschalig", 0, "T5-nieuwbouw"),
    ("KIB", "kleinschalig", 0, "T6"),
)

# locatie, zorgvorm, plaatsen at the start
PLAATSEN_ZONDER_GROEP: Final[tuple[tuple[str, str, int], ...]] = (
    ("S2C", "onderwijs_zorg", 20),
    ("AMB-HZ", "ambulant", 22),
    ("AMB-SB", "ambulant", 11),
    ("GEZIN", "gezinsopname", 7),
)


def plaatsen() -> Iterator[Row]:
    """The rows of `plaatsen`."""
    for locatie, zorgvorm, aantal, tarief in PLAATSEN_GROEP:
        herkomst = "A-LOCATIES" if aantal else "A-PRIJS"
        yield locatie, zorgvorm, aantal, bezet(tarief), leeg(tarief), "zorg", herkomst
    for locatie, zorgvorm, aantal in PLAATSEN_ZONDER_GROEP:
        yield locatie, zorgvorm, aantal, *ZONDER_GROEP[zorgvorm], "zorg", "A-ALTERNATIEF"


# --- need --------------------------------------------------------------------------------------

# zorgvorm: young people per year 2021..2026, each year 270 together
VRAAG: Final[Mapping[str, tuple[int, ...]]] = {
    "gesloten": (211, 179, 147, 100, 92, 82),
    "kleinschalig": (0, 3, 10, 20, 28, 36),
    "gezinsopname": (6, 10, 11, 15, 15, 15),
    "ambulant": (33, 50, 65, 90, 90, 92),
    "onderwijs_zorg": (20, 28, 37, 45, 45, 45),
}
PLAFOND: Final = (235, 200, 165, 100, 100, 100)
SOURCED_YEAR: Final = 2024


def vraag() -> Iterator[Row]:
    """The rows of `vraag`; only the split of 2024 is sourced."""
    for zorgvorm, aantallen in VRAAG.items():
        for jaar, aantal, hoogste in zip(YEARS, aantallen, PLAFOND, strict=True):
            plafond = hoogste if zorgvorm == "gesloten" else None
            yield zorgvorm, jaar, aantal, plafond, "ZW-C3" if jaar == SOURCED_YEAR else "A-PAD"


UITWIJK: Final[tuple[Row, ...]] = (("gesloten", "kleinschalig"),)

# --- measures ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gebouw:
    """A building that closes, in one of three ways.

    Attributes:
        locatie: the location, which is also the name of its project.
        aanbieder: the provider.
        plaatsen: closed places in it.
        blijft: closed places that stay when it is renovated.
        verbouwd: small-scale places in it after a renovation.
        nieuw: small-scale places in the new building that replaces it.
        bouwjaren: years from the start of a replacement to its delivery.
        van: first year in which a variant can start.
        tot: last year in which a variant can start.
        wacht_op: project whose places must be there before the building is only disposed of.
        punten: appraisal of disposing, renovating and replacing.
    """

    locatie: str
    aanbieder: str
    plaatsen: int
    blijft: int
    verbouwd: int
    nieuw: int
    bouwjaren: int
    van: int
    tot: int
    wacht_op: str
    punten: tuple[int, int, int]


GEBOUWEN: Final = (
    Gebouw("HZ-A", HORIZON, 64, 20, 18, 18, 2, 2022, 2024, "AMB-1", (3, 6, 14)),
    Gebouw("HZ-B", HORIZON, 56, 30, 12, 18, 2, 2022, 2024, "AMB-1", (3, 6, 12)),
    Gebouw("HZ-C", HORIZON, 36, 0, 6, 12, 1, 2021, 2024, "S2C-1", (2, 5, 8)),
    Gebouw("SB-1", SCHAKENBOSCH, 44, 24, 12, 12, 2, 2022, 2024, "AMB-2", (2, 4, 10)),
    Gebouw("SB-2", SCHAKENBOSCH, 35, 0, 8, 10, 1, 2022, 2024, "AMB-2", (2, 5, 10)),
)

# euros per place at the price level (A-GEBOUW)
AFSTOTEN: Final = d("7500")
FRICTIE_PERSONEEL: Final = d("7000")
OPSTART: Final = d("9000")
DUBBEL_AANBOD: Final = d("15000")
OPLEIDING: Final = d("4000")

# share of a building sum per year after the start, by years of building
BOUWFASEN: Final[Mapping[int, tuple[Decimal, ...]]] = {
    1: (d("0.6"), d("0.4")),
    2: (d("0.2"), d("0.5"), d("0.3")),
}


@dataclass(frozen=True, slots=True)
class Maatregel:
    """One measure with its effects (locatie, zorgvorm, places, years later) and costs.

    Attributes:
        rij: its row of `maatregelen`.
        effecten: its rows of `effecten`, without the measure.
        kosten: its rows of `kosten`, without the measure.
    """

    rij: Row
    effecten: tuple[Row, ...]
    kosten: tuple[Row, ...]


def vastgoedplan(aanbieder: str) -> str:
    """The project with the real-estate plan of a provider."""
    return "PLAN-HZ" if aanbieder == HORIZON else "PLAN-SB"


def kosten_rij(kostensoort: str, na_jaren: int, bedrag: Exact) -> Row:
    """A row of `kosten`; buildings follow the index `bouw`, all else `zorg`."""
    bouw = kostensoort in {"afstoten", "verbouwen", "vervangende_nieuwbouw"}
    return kostensoort, na_jaren, cents(bedrag), "bouw" if bouw else "zorg", None


def gebouw_rij(gebouw: Gebouw, soort: str, tekst: str) -> Row:
    """A row of `maatregelen` for a variant of a building."""
    wacht_op = None if soort == "vervangen" else gebouw.wacht_op
    punten = dict(zip(("afstoten", "verbouwen", "vervangen"), gebouw.punten, strict=True))[soort]
    return (
        f"{gebouw.locatie}-{soort}",
        gebouw.locatie,
        gebouw.aanbieder,
        gebouw.locatie,
        soort,
        tekst,
        gebouw.van,
        gebouw.tot,
        "nee",
        vastgoedplan(gebouw.aanbieder),
        wacht_op,
        "ja",
        "ja",
        punten,
        "A-GEBOUW",
    )


def afstoten(gebouw: Gebouw) -> Maatregel:
    """Close the building a year after the start and dispose of it."""
    aantal = gebouw.plaatsen
    return Maatregel(
        gebouw_rij(gebouw, "afstoten", f"Sluiten en afstoten van {aantal} gesloten plaatsen"),
        ((gebouw.locatie, "gesloten", -aantal, 1),),
        (
            kosten_rij("afstoten", 1, AFSTOTEN * aantal),
            kosten_rij("frictie_personeel", 1, FRICTIE_PERSONEEL * aantal),
        ),
    )


def verbouwen(gebouw: Gebouw) -> Maatregel:
    """Renovate the building to small-scale groups within a year."""
    eraf, erbij = gebouw.plaatsen - gebouw.blijft, gebouw.verbouwd
    eerste, tweede = BOUWFASEN[1]
    return Maatregel(
        gebouw_rij(gebouw, "verbouwen", f"Verbouwen: {eraf} gesloten eraf, {erbij} kleinschalig erbij"),
        ((gebouw.locatie, "gesloten", -eraf, 1), (gebouw.locatie, "kleinschalig", erbij, 1)),
        (
            kosten_rij("verbouwen", 0, VERBOUW * erbij * eerste),
            kosten_rij("verbouwen", 1, VERBOUW * erbij * tweede),
            kosten_rij("frictie_personeel", 1, FRICTIE_PERSONEEL * eraf),
            kosten_rij("frictie_opleiding", 1, OPLEIDING * erbij),
        ),
    )


def vervangen(gebouw: Gebouw) -> Maatregel:
    """Build small-scale groups elsewhere and close the building when they are delivered."""
    eraf, erbij, jaren = gebouw.plaatsen, gebouw.nieuw, gebouw.bouwjaren
    bouw = tuple(
        kosten_rij("vervangende_nieuwbouw", na_jaren, NIEUWBOUW * erbij * deel)
        for na_jaren, deel in enumerate(BOUWFASEN[jaren])
    )
    return Maatregel(
        gebouw_rij(gebouw, "vervangen", f"Vervangen: {eraf} gesloten eraf, {erbij} kleinschalig nieuw"),
        (
            (f"{gebouw.locatie}-NIEUW", "kleinschalig", erbij, jaren),
            (gebouw.locatie, "gesloten", -eraf, jaren),
        ),
        (
            *bouw,
            kosten_rij("afstoten", jaren, AFSTOTEN * eraf),
            kosten_rij("frictie_personeel", jaren, FRICTIE_PERSONEEL * eraf),
            kosten_rij("frictie_dubbel_aanbod", jaren, DUBBEL_AANBOD * erbij),
            kosten_rij("opstart", jaren, OPSTART * erbij),
        ),
    )


# maatregel, aanbieder, locatie, zorgvorm, places, first year, euros of opstart and frictie_pilot
ALTERNATIEVEN: Final[tuple[tuple[str, str, str, str, int, int, Decimal, Decimal], ...]] = (
    ("S2C-1", HORIZON, "S2C", "onderwijs_zorg", 15, 2021, d("120000"), d("60000")),
    ("S2C-2", HORIZON, "S2C", "onderwijs_zorg", 10, 2022, d("80000"), d("0")),
    ("AMB-1", HORIZON, "AMB-HZ", "ambulant", 30, 2021, d("150000"), d("90000")),
    ("AMB-2", SCHAKENBOSCH, "AMB-SB", "ambulant", 29, 2022, d("135000"), d("60000")),
    ("GEZIN-1", HORIZON, "GEZIN", "gezinsopname", 10, 2021, d("140000"), d("80000")),
)


def alternatieven() -> Iterator[Maatregel]:
    """Measures that open places of an alternative in the year of their start."""
    for naam, aanbieder, locatie, zorgvorm, aantal, van, opstart, pilot in ALTERNATIEVEN:
        tekst = f"{aantal} plaatsen {zorgvorm} erbij"
        kosten = (kosten_rij("opstart", 0, opstart), kosten_rij("frictie_pilot", 0, pilot))
        yield Maatregel(
            (
                naam,
                naam,
                aanbieder,
                locatie,
                "alternatief",
                tekst,
                van,
                van + 2,
                "nee",
                None,
                None,
                "ja",
                "ja",
                2,
                "A-ALTERNATIEF",
            ),
            ((locatie, zorgvorm, aantal, 0),),
            tuple(rij for rij in kosten if rij[2]),
        )


KIB: Final = (
    Maatregel(
        (
            "KIB-6",
            "KIB",
            SCHAKENBOSCH,
            "KIB",
            "alternatief",
            "Pilot KIB: één groep van zes",
            2022,
            2022,
            "nee",
            None,
            None,
            "ja",
            "ja",
            4,
            "A-KIB",
        ),
        (("KIB", "kleinschalig", 6, 0),),
        (
            kosten_rij("opstart", 0, d("90000")),
            kosten_rij("frictie_pilot", 0, d("120000")),
            kosten_rij("frictie_pilot", 1, d("80000")),
        ),
    ),
    Maatregel(
        (
            "KIB-12",
            "KIB",
            SCHAKENBOSCH,
            "KIB",
            "alternatief",
            "KIB met een tweede groep in nieuwbouw",
            2022,
            2022,
            "nee",
            "SB-2",
            None,
            "ja",
            "ja",
            6,
            "A-KIB",
        ),
        (("KIB", "kleinschalig", 6, 0), ("KIB", "kleinschalig", 6, 1)),
        (
            kosten_rij("vervangende_nieuwbouw", 0, NIEUWBOUW * 6 * BOUWFASEN[1][0]),
            kosten_rij("vervangende_nieuwbouw", 1, NIEUWBOUW * 6 * BOUWFASEN[1][1]),
            kosten_rij("opstart", 0, d("90000")),
            kosten_rij("opstart", 1, d("54000")),
            kosten_rij("frictie_pilot", 0, d("120000")),
            kosten_rij("frictie_pilot", 1, d("80000")),
        ),
    ),
)


HZ_B_DEELS: Final = Maatregel(
    (
        "HZ-B-deels",
        "HZ-B",
        HORIZON,
        "HZ-B",
        "verbouwen",
        "Eén afdeling: 8 gesloten eraf, 4 kleinschalig erbij",
        2025,
        2025,
        "nee",
        "PLAN-HZ",
        None,
        "ja",
        "ja",
        3,
        "A-GEBOUW",
    ),
    (("HZ-B", "gesloten", -8, 1), ("HZ-B", "kleinschalig", 4, 1)),
    (
        kosten_rij("verbouwen", 0, VERBOUW * 4 * BOUWFASEN[1][0]),
        kosten_rij("verbouwen", 1, VERBOUW * 4 * BOUWFASEN[1][1]),
        kosten_rij("frictie_personeel", 1, FRICTIE_PERSONEEL * 8),
        kosten_rij("frictie_opleiding", 1, OPLEIDING * 4),
    ),
)


def per_jaar(kostensoort: str, bedrag: str, jaren: int) -> tuple[Row, ...]:
    """The same amount in each of some years."""
    return tuple(kosten_rij(kostensoort, na_jaren, d(bedrag)) for na_jaren in range(jaren))


def plan(maatregel: str, aanbieder: str, soort: str, tekst: str, kosten: tuple[Row, ...]) -> Maatregel:
    """A measure that must be done and starts in the first year."""
    rij = (
        maatregel,
        maatregel,
        aanbieder,
        None,
        soort,
        tekst,
        FIRST,
        FIRST,
        "ja",
        None,
        None,
        "ja",
        "ja",
        0,
        "A-PLAN",
    )
    return Maatregel(rij, (), kosten)


PLANNEN: Final = (
    plan("PLAN-HZ", HORIZON, "plan", "Strategisch vastgoedplan Horizon", (kosten_rij("vastgoedplan", 0, d("150000")),)),
    plan(
        "PLAN-SB",
        SCHAKENBOSCH,
        "plan",
        "Strategisch vastgoedplan Schakenbosch",
        (kosten_rij("vastgoedplan", 0, d("90000")),),
    ),
    plan(
        "LEIDING-HZ",
        HORIZON,
        "ondersteuning",
        "Projectleiding en bovenregionaal plan, deel Horizon",
        (*per_jaar("projectleiding", "105000", 4), kosten_rij("bovenregionaal_plan", 0, d("84000"))),
    ),
    plan(
        "LEIDING-SB",
        SCHAKENBOSCH,
        "ondersteuning",
        "Projectleiding en bovenregionaal plan, deel Schakenbosch",
        (*per_jaar("projectleiding", "45000", 4), kosten_rij("bovenregionaal_plan", 0, d("36000"))),
    ),
    plan(
        "FRICTIE-HZ",
        HORIZON,
        "ondersteuning",
        "Plannen, processen en opleiding, Horizon",
        (
            kosten_rij("frictie_planvorming", 0, d("120000")),
            *per_jaar("frictie_processen", "90000", 3),
            *per_jaar("frictie_opleiding", "110000", 4),
        ),
    ),
    plan(
        "FRICTIE-SB",
        SCHAKENBOSCH,
        "ondersteuning",
        "Plannen, processen en opleiding, Schakenbosch",
        (
            kosten_rij("frictie_planvorming", 0, d("60000")),
            *per_jaar("frictie_processen", "45000", 3),
            *per_jaar("frictie_opleiding", "55000", 4),
        ),
    ),
)


def maatregelen() -> tuple[Maatregel, ...]:
    """Every measure of the case."""
    varianten = (maak(gebouw) for gebouw in GEBOUWEN for maak in (afstoten, verbouwen, vervangen))
    return (*PLANNEN, *varianten, HZ_B_DEELS, *KIB, *alternatieven())


# --- money -------------------------------------------------------------------------------------

LUMPSUM_PRIJS: Final = d("148500")
BAND: Final = d("0.1")

# bron, soort, regeling, beschikking, aanbieder, gemeente, bedrag, van, tot, overdraagbaar, herkomst
DEKKING: Final[tuple[Row, ...]] = (
    (
        "SPUK-HZ",
        "spuk",
        "vastgoedtransitie-2020",
        "Rotterdam 2020",
        HORIZON,
        "Rotterdam",
        d("7144869"),
        FIRST,
        LAST,
        "nee",
        "ZW-B3",
    ),
    (
        "SPUK-SB",
        "spuk",
        "vastgoedtransitie-2020",
        "Rotterdam 2020",
        SCHAKENBOSCH,
        "Rotterdam",
        d("3100604"),
        FIRST,
        LAST,
        "nee",
        "ZW-B4",
    ),
    ("LUMPSUM", "lumpsum", None, None, None, None, None, FIRST, LAST, "nee", "ZW-F2"),
    ("TARIEF", "pxq", None, None, None, None, None, FIRST, LAST, "nee", "A-TARIEFBRON"),
    ("EIGEN-HZ", "eigen", None, None, HORIZON, None, d("250000"), FIRST, LAST, "nee", "A-EIGEN"),
    ("EIGEN-SB", "eigen", None, None, SCHAKENBOSCH, None, d("150000"), FIRST, LAST, "nee", "A-EIGEN"),
    ("GEMEENTE", "gemeente", None, None, None, None, d("400000"), FIRST, LAST, "nee", "A-EIGEN"),
)


def tariefprijs(zorgvorm: str, jaar: int) -> Decimal:
    """The price of a used place in a year: its cost at 90% occupancy, or full for places without a bed."""
    bezetting = Fraction(PARAMETER["bezetting"])
    if zorgvorm in {"ambulant", "onderwijs_zorg"}:
        return cents(Fraction(ZONDER_GROEP[zorgvorm][0]) * groei(jaar))
    if zorgvorm == "gezinsopname":
        vol, leegstand = (Fraction(prijs) for prijs in ZONDER_GROEP[zorgvorm])
    else:
        tarief = "T8" if zorgvorm == "gesloten" else "T6-nieuwbouw"
        vol, leegstand = Fraction(bezet(tarief)), Fraction(leeg(tarief))
    return cents((vol + leegstand * (1 - bezetting) / bezetting) * groei(jaar))


def financiering() -> Iterator[Row]:
    """The rows of `financiering`; the source TARIEF has niveau 0 until a scenario uses it."""
    for jaar in YEARS:
        yield "LUMPSUM", jaar, None, 270, LUMPSUM_PRIJS, BAND, "vast", "A-LUMPSUM"
    for zorgvorm in VRAAG:
        for jaar in YEARS:
            yield "TARIEF", jaar, zorgvorm, 0, tariefprijs(zorgvorm, jaar), None, None, "A-TARIEFBRON"


EIGEN_POSTEN: Final = ("exploitatie", "leegstand", "afstoten", "verbouwen", "vervangende_nieuwbouw")
TOEGESTAAN: Final[tuple[Row, ...]] = tuple(
    (eigen, kostensoort) for eigen in ("EIGEN-HZ", "EIGEN-SB") for kostensoort in EIGEN_POSTEN
)

DOELEN: Final[tuple[Row, ...]] = (
    ("tekort_plaatsen", 1, None),
    ("boven_plafond", 2, None),
    ("uitwijk", 3, None),
    ("ongedekt", 4, None),
    ("eigen_geld", 5, None),
    ("waardering", 6, None),
    ("kosten_ncw", 7, None),
    ("spuk_onbesteed", 8, None),
    ("startjaren", 9, None),
)

# --- scenarios ---------------------------------------------------------------------------------

Wijziging = tuple[str, str, str | None, str, Cell]
"""What a scenario changes: doelblad, kolom, filter, bewerking, waarde."""


def instroom() -> Iterator[Wijziging]:
    """Need 10% lower each year, compounded from 2022."""
    for aantal, jaar in enumerate(YEARS):
        if aantal:
            yield "vraag", "jeugdigen", f"jaar={jaar}", "maal", d("0.9") ** aantal


def zonder_lumpsum(niveaus: Mapping[str, tuple[int, ...]]) -> Iterator[Wijziging]:
    """Replace the lump sum by the source TARIEF, with a niveau per zorgvorm and year."""
    yield "financiering", "niveau", "bron=LUMPSUM", "zet", 0
    for zorgvorm, aantallen in niveaus.items():
        for jaar, aantal in zip(YEARS, aantallen, strict=True):
            if aantal:  # niveau is 0 already, and a change that changes nothing is refused
                yield "financiering", "niveau", f"bron=TARIEF;zorgvorm={zorgvorm};jaar={jaar}", "zet", aantal


def pxq() -> Iterator[Wijziging]:
    """Pay each used place, up to 270 of each zorgvorm."""
    yield "financiering", "niveau", "bron=LUMPSUM", "zet", 0
    yield "financiering", "niveau", "bron=TARIEF", "zet", 270


BESCHIKBAAR: Final[Mapping[str, tuple[int, ...]]] = {
    "gesloten": PLAFOND,
    "kleinschalig": (0, 6, 18, 36, 36, 36),
    "gezinsopname": (7, 17, 17, 17, 17, 17),
    "ambulant": VRAAG["ambulant"],
    "onderwijs_zorg": VRAAG["onderwijs_zorg"],
}


def beschikbaarheid() -> Iterator[Wijziging]:
    """Pay each available place up to what was agreed, at nine tenths of the price of a used one."""
    yield "dekking", "soort", "bron=TARIEF", "zet", "beschikbaarheid"
    yield from zonder_lumpsum(BESCHIKBAAR)
    for zorgvorm in ("gesloten", "kleinschalig", "gezinsopname"):
        yield "financiering", "prijs", f"bron=TARIEF;zorgvorm={zorgvorm}", "maal", PARAMETER["bezetting"]


def later() -> Iterator[Wijziging]:
    """The replacement of Schakenbosch's second building is delivered, paid and closed a year later."""
    yield "effecten", "na_jaren", "maatregel=SB-2-vervangen", "plus", 1
    yield "kosten", "na_jaren", "maatregel=SB-2-vervangen;na_jaren=1", "plus", 1


def alleen(soort: str) -> Iterator[Wijziging]:
    """Buildings are closed or changed in one way only: the other one must not be chosen."""
    anders = {"verbouwen": "vervangen", "vervangen": "verbouwen"}[soort]
    yield "maatregelen", "keuze", f"soort={anders}", "zet", "niet"


def dubbel_aanbod() -> Iterator[Wijziging]:
    """A replaced building closes a year after the new one opens, and the double supply is paid for two years."""
    for gebouw in GEBOUWEN:
        yield "effecten", "na_jaren", f"maatregel={gebouw.locatie}-vervangen;zorgvorm=gesloten", "plus", 1
    yield "kosten", "bedrag", "kostensoort=frictie_dubbel_aanbod", "maal", 2


FRICTIE: Final = (
    "frictie_planvorming",
    "frictie_pilot",
    "frictie_processen",
    "frictie_opleiding",
    "frictie_dubbel_aanbod",
    "frictie_personeel",
)
"""The kinds of friction cost in this case (ZW-F5, ZW-F6)."""

BAND_5: Final[Wijziging] = ("financiering", "bandbreedte", "bron=LUMPSUM", "zet", d("0.05"))
NIVEAU_250: Final[Wijziging] = ("financiering", "niveau", "bron=LUMPSUM", "zet", 250)
DALEND: Final[Wijziging] = ("financiering", "onderzijde", "bron=LUMPSUM", "zet", "dalend")
VERLENGING: Final[Wijziging] = ("case", "waarde", "sleutel=lezingen", "zet", "verlenging-2026")

SCENARIOS: Final[tuple[tuple[str, str, tuple[Wijziging, ...]], ...]] = (
    (
        "bouwkosten +15%",
        "Verbouwen en nieuwbouw worden 15% duurder",
        (
            ("kosten", "bedrag", "kostensoort=verbouwen", "maal", d("1.15")),
            ("kosten", "bedrag", "kostensoort=vervangende_nieuwbouw", "maal", d("1.15")),
        ),
    ),
    ("PxQ", "Geen lumpsum maar een prijs per bezette plaats", tuple(pxq())),
    ("beschikbaarheid", "Geen lumpsum maar een prijs per beschikbare plaats", tuple(beschikbaarheid())),
    ("instroom -10% per jaar", "Elk jaar 10% minder jongeren dan het jaar ervoor", tuple(instroom())),
    (
        "instroom -10% dalend",
        "Elk jaar 10% minder jongeren, en onder de band daalt de lumpsum mee",
        (*instroom(), DALEND),
    ),
    (
        "bovenrand van de band",
        "Elk jaar 10% meer jongeren: net zoveel dat de lumpsum nog niet stijgt",
        (("vraag", "jeugdigen", None, "maal", d("1.1")),),
    ),
    ("Schakenbosch een jaar later", "De nieuwbouw voor gebouw 2 komt een jaar later klaar", tuple(later())),
    ("verlenging-2026", "De uitkering mag tot en met 2026 worden besteed", (VERLENGING,)),
    (
        "leegstand-door-transitie",
        "De uitkering mag ook leegstand betalen die door een sluiting ontstaat",
        (("case", "waarde", "sleutel=lezingen", "zet", "leegstand-door-transitie"),),
    ),
    ("renovatie - alleen verbouwen", "Geen nieuwbouw: gebouwen sluiten of worden verbouwd", tuple(alleen("verbouwen"))),
    (
        "renovatie - alleen nieuwbouw",
        "Geen verbouwing: gebouwen sluiten of worden vervangen",
        tuple(alleen("vervangen")),
    ),
    (
        "frictie - anderhalf keer zoveel",
        "Alle frictiekosten vallen de helft hoger uit",
        tuple(("kosten", "bedrag", f"kostensoort={soort}", "maal", d("1.5")) for soort in FRICTIE),
    ),
    (
        "frictie - dubbel aanbod een jaar langer",
        "Een vervangen gebouw sluit pas een jaar nadat het nieuwe open is",
        tuple(dubbel_aanbod()),
    ),
    (
        "leegstand - bezetting 80%",
        "Van plaatsen met een bed is hooguit 80% bezet in plaats van 90%",
        tuple(
            ("zorgvormen", "bezetting_max", f"zorgvorm={vorm}", "zet", d("0.8"))
            for vorm in ("gesloten", "kleinschalig", "gezinsopname")
        ),
    ),
    (
        "leegstand - opstart een jaar langer",
        "Nieuwe plaatsen zijn pas in hun tweede jaar te bezetten",
        (("zorgvormen", "aanloop_jaar1", "aanloop_jaar1=0,75", "zet", 0),),
    ),
    (
        "lumpsum - band van 5%",
        "Een band van 5% in plaats van 10%, 7% minder jongeren, en onder de band daalt de lumpsum mee",
        (BAND_5, ("vraag", "jeugdigen", None, "maal", d("0.93")), DALEND),
    ),
    ("lumpsum - niveau 250", "De lumpsum staat op 250 plaats-equivalenten", (NIVEAU_250,)),
    (
        "lumpsum - afrekenen onder de band",
        "Het aantal jongeren is een vijfde lager, en onder de band daalt de lumpsum mee",
        (("vraag", "jeugdigen", None, "maal", d("0.8")), DALEND),
    ),
)


def scenarios() -> Iterator[Row]:
    """The rows of `scenarios`."""
    for naam, omschrijving, wijzigingen in SCENARIOS:
        for wijziging in wijzigingen:
            yield naam, omschrijving, *wijziging


# --- uncertainty -------------------------------------------------------------------------------

ONZEKERHEID: Final[tuple[Row, ...]] = (
    (
        "kosten van verbouwen",
        "kosten",
        "bedrag",
        "kostensoort=verbouwen",
        "maal",
        "driehoek",
        "0,9; 1; 1,3",
        "bouw",
        "A-SPREIDING",
    ),
    (
        "kosten van nieuwbouw",
        "kosten",
        "bedrag",
        "kostensoort=vervangende_nieuwbouw",
        "maal",
        "driehoek",
        "0,9; 1; 1,3",
        "bouw",
        "A-SPREIDING",
    ),
    ("aantal jongeren", "vraag", "jeugdigen", None, "maal", "normaal", "1; 0,05", None, "A-SPREIDING"),
    (
        "prijs van een bezette plaats",
        "plaatsen",
        "exploitatie_per_plaats",
        None,
        "maal",
        "normaal",
        "1; 0,03",
        "plaats",
        "A-SPREIDING",
    ),
    (
        "prijs van een lege plaats",
        "plaatsen",
        "leegstand_per_plaats",
        None,
        "maal",
        "normaal",
        "1; 0,03",
        "plaats",
        "A-SPREIDING",
    ),
    (
        "hoogte van de lumpsum",
        "financiering",
        "prijs",
        "bron=LUMPSUM",
        "maal",
        "uniform",
        "0,97; 1,02",
        None,
        "A-SPREIDING",
    ),
    (
        "oplevering van gebouw 2",
        "effecten",
        "na_jaren",
        "maatregel=SB-2-vervangen",
        "plus",
        "lijst",
        "0; 0; 1",
        None,
        "A-SPREIDING",
    ),
)

# --- tariff ------------------------------------------------------------------------------------


def tarief_rijen() -> Iterator[Row]:
    """The rows of `tarief`: every parameter of every tariff."""
    for naam, tarief in TARIEVEN.items():
        eigen = zip(("dienst_ochtend", "dienst_middag", "dienst_nacht"), tarief.diensten, strict=True)
        parameters = (
            *TARIEF_VAST,
            *((parameter, waarde, "personen", "A-TARIEF") for parameter, waarde in eigen),
            ("huisvesting", huisvesting(tarief), "EUR per groep per jaar", "A-TARIEF"),
            ("spuk_huisvesting", tarief.spuk, "EUR per groep per jaar", "A-TARIEF"),
        )
        for parameter in parameters:
            yield naam, tarief.zorgvorm, tarief.groep, TARIEF_JAAR, *parameter


# --- the workbook ------------------------------------------------------------------------------


def maatregel_bladen() -> tuple[Blad, ...]:
    """The three sheets that describe the measures."""
    alle = maatregelen()
    effecten = tuple((maatregel.rij[0], *rij) for maatregel in alle for rij in maatregel.effecten)
    kosten = tuple((maatregel.rij[0], *rij) for maatregel in alle for rij in maatregel.kosten)
    return (
        Blad("maatregelen", MAATREGEL_KOLOMMEN, tuple(maatregel.rij for maatregel in alle)),
        Blad("effecten", ("maatregel", "locatie", "zorgvorm", "plaatsen", "na_jaren"), effecten),
        Blad("kosten", ("maatregel", "kostensoort", "na_jaren", "bedrag", "index", "herkomst"), kosten),
    )


def bladen() -> tuple[Blad, ...]:
    """Every sheet of the workbook, in order."""
    return (
        Blad("case", ("sleutel", "waarde", "herkomst", "toelichting"), CASE),
        Blad("herkomst", ("code", "soort", "document", "vindplaats", "toelichting"), HERKOMST),
        Blad("aanbieders", ("aanbieder", "naam", "gemeente", "herkomst"), AANBIEDERS),
        Blad("locaties", ("locatie", "aanbieder", "naam", "gemeente", "herkomst"), LOCATIES),
        Blad(
            "zorgvormen",
            ("zorgvorm", "naam", "gesloten", "groepsgrootte", "bezetting_max", "aanloop_jaar1", "herkomst"),
            ZORGVORMEN,
        ),
        Blad(
            "plaatsen",
            ("locatie", "zorgvorm", "plaatsen", "exploitatie_per_plaats", "leegstand_per_plaats", "index", "herkomst"),
            tuple(plaatsen()),
        ),
        Blad("vraag", ("zorgvorm", "jaar", "jeugdigen", "plafond", "herkomst"), tuple(vraag())),
        Blad("uitwijk", ("zorgvorm", "alternatief"), UITWIJK),
        *maatregel_bladen(),
        Blad("indexen", ("index", "jaar", "percentage", "herkomst"), INDEXEN),
        Blad(
            "dekking",
            (
                "bron",
                "soort",
                "regeling",
                "beschikking",
                "aanbieder",
                "gemeente",
                "bedrag",
                "besteedbaar_van",
                "besteedbaar_tot",
                "overdraagbaar",
                "herkomst",
            ),
            DEKKING,
        ),
        Blad(
            "financiering",
            ("bron", "jaar", "zorgvorm", "niveau", "prijs", "bandbreedte", "onderzijde", "herkomst"),
            tuple(financiering()),
        ),
        Blad("toegestaan", ("bron", "kostensoort"), TOEGESTAAN),
        Blad("doelen", ("doel", "volgorde", "speling"), DOELEN),
        Blad(
            "scenarios",
            ("scenario", "omschrijving", "doelblad", "kolom", "filter", "bewerking", "waarde"),
            tuple(scenarios()),
        ),
        Blad(
            "onzekerheid",
            (
                "omschrijving",
                "doelblad",
                "kolom",
                "filter",
                "bewerking",
                "verdeling",
                "parameters",
                "correlatiegroep",
                "herkomst",
            ),
            ONZEKERHEID,
        ),
        Blad(
            "tarief",
            ("tarief", "zorgvorm", "groepsgrootte", "jaar", "parameter", "waarde", "eenheid", "herkomst"),
            tuple(tarief_rijen()),
        ),
    )


def write(path: Path) -> None:
    """Write the workbook; the same text gives the same bytes."""
    write_book(path, "Casus Zuidwest", datetime(2024, 1, 1), bladen())


if __name__ == "__main__":
    write(TARGET)
