"""The rows that say what the case is: its settings, and where its numbers come from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from finance.case.columns import ANY, DATE, ID, LIST, SHARE, TEXT, YEAR, YES_NO, choice, column
from finance.case.declaring import Row
from finance.case.table import CellValue


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
        " boven-drempel, geactiveerd-2024, hybride-is-open, leegstand-door-transitie, tijdelijke-huisvesting,"
        " verlenging-2026.",
        leeg="geen",
        default=(),
    )
    afgesloten_tot: Annotated[int | None, YEAR] = column(
        "Het laatste afgesloten jaar: tot en met dat jaar staat de realisatie vast.",
        leeg="het laatste jaar dat het blad realisatie noemt",
        default=None,
    )
    vastgoedplan: Annotated[str, choice("vastgoedplan", *YES_NO)] = column(
        "Of de begroting ook het strategisch vastgoedplan laat zien, in vijf stappen: vraag en aanbod nu, de vraag"
        " van straks, wat dan niet past, varianten gewogen, en het stappenplan.",
        default=YES_NO[1],
    )


class Provenance(Row):
    """A row of `herkomst`: a document, or an assumption."""

    code: Annotated[str, ID] = column("Korte code waarnaar de kolom herkomst van andere bladen verwijst.")
    soort: Annotated[str, choice("soort", "bron", "aanname")] = column("bron als er een document is, anders aanname.")
    document: Annotated[str, TEXT] = column("Het document, of waar de aanname op berust.")
    vindplaats: Annotated[str, TEXT] = column("Bladzijde, hoofdstuk of artikel.")
    toelichting: Annotated[str, TEXT] = column("Vrije toelichting.", default="")
