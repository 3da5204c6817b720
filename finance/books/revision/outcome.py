"""The sheets that a reader sees besides the locations: the municipalities, the national pot, what is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from finance.books.revision.draft import NATIONAL, Draft
from finance.statement.revision_amounts import Municipality
from finance.statement.revision_duties import Month, lacking, months
from finance.tables import live, pasted
from finance.tables.columns import holds, within
from finance.tables.grid import Format
from finance.tables.pages import Notes, Page, Table


def municipalities_page(draft: Draft) -> Page:
    """The sheet `toereikend`."""
    return Page(
        "toereikend",
        "Zijn de bedragen toereikend?",
        "Een herziening kan alleen als de bedragen van artikel 5, eerste lid, niet genoeg zijn om de afbouw en de"
        " ombouw in het gebied te voltooien (artikel 7, eerste lid).",
        (_sufficient(draft), Notes("Hoe dit te lezen", SUFFICIENT)),
    )


SUFFICIENT: Final = (
    "Nodig is wat in de vijf categorieën is besteed of wordt verwacht voor onderdeel a (afbouw) en b (ombouw), op alle"
    " locaties samen. Alternatieven (onderdeel c) tellen niet.",
    "Wat de uitkering aan alternatieven besteedt, gaat wel van de bedragen af: dan blijft er voor a en b minder over,"
    " en dat verhoogt deze aanvraag niet.",
    "Verleend in de casus hoort gelijk te zijn aan de bedragen van artikel 5, met eerdere herzieningen; is het minder,"
    " dan kent de casus niet alle beschikkingen.",
)


def _sufficient(draft: Draft) -> Table[Municipality]:
    return Table(
        "toereikend",
        "",
        draft.revision.municipalities,
        (
            live.text("gemeente", "Gemeente", "[stadsom.gemeente@]", 24),
            live.euro("nodig", "Nodig voor a en b", "[stadsom.nodig@]"),
            live.euro("basis", "Bedragen van artikel 5", "[stadsom.basis@]"),
            live.euro("eerder", "Eerdere herzieningen", "[stadsom.eerder@]"),
            live.text("genoeg", "Toereikend", 'IF([stadsom.tekort@]>0,"nee","ja")', 12),
            live.euro("tekort", "Komt tekort", "[stadsom.tekort@]"),
            live.euro("kan", "Kan worden gevraagd", "[stadsom.kan@]"),
            live.euro("gevraagd", "Gevraagd", "[stadsom.gevraagd@]"),
            live.euro("verleend", "Verleend in de casus", "[stad.verleend@]"),
            live.check("oordeel", "Artikel 7, eerste lid", holds(within("[gevraagd]", "[tekort]"))),
        ),
    )


def pot_page(draft: Draft) -> Page:
    """The sheet `landelijke_pot`."""
    return Page(
        "landelijke_pot",
        "De landelijke pot, en het risico",
        f"Voor alle gemeenten samen is er in {draft.round.jaar} een bedrag. Vragen zij samen meer, dan krijgt ieder"
        " naar rato (artikel 5, derde lid).",
        (
            _share(draft),
            _pro_rata(),
            Notes(
                "Wat dit betekent",
                (
                    "Wat niet wordt toegekend, blijft zonder dekking: zoek daar ander geld voor, of verlaag de kosten.",
                    "De gevraagde bedragen van andere gemeenten zijn niet bekend; de veelvouden zijn voorbeelden en"
                    " staan op blad uitgangspunten.",
                ),
            ),
        ),
    )


def _share(draft: Draft) -> Table[Draft]:
    return Table(
        "potdeel",
        "",
        (draft,),
        (
            live.euro("pot", "Landelijk beschikbaar", "{pot}", total=False, width=24),
            live.euro("gevraagd", "Hier gevraagd", "[stadsom.gevraagd=]", total=False),
            live.number("deel", "Deel van de pot", "IF([pot]=0,0,[gevraagd]/[pot])", Format.PERCENT),
            live.text("past", "Past in de pot", 'IF([gevraagd]<=[pot],"ja","nee")'),
        ),
    )


def _pro_rata() -> Table[Fraction]:
    return Table(
        "narato",
        "Wat er overblijft als samen meer wordt gevraagd",
        NATIONAL,
        (
            live.number("factor", "Samen gevraagd, keer de pot", "[landelijk.factor@]", Format.WHOLE_PERCENT),
            live.euro("samen", "Samen gevraagd", "MAX([potdeel.gevraagd!],ROUND([factor]*{pot},2))", total=False),
            live.euro(
                "krijgt",
                "Dan toegekend",
                "IF([samen]<={pot},[potdeel.gevraagd!],ROUND([potdeel.gevraagd!]*{pot}/[samen],2))",
                total=False,
            ),
            live.euro("mist", "Minder dan gevraagd", "ROUND([potdeel.gevraagd!]-[krijgt],2)", total=False),
        ),
    )


def missing_page(draft: Draft) -> Page:
    """The sheet `ontbreekt`."""
    rows = lacking(draft.revision)
    return Page(
        "ontbreekt",
        "Wat de aanvraag nog nodig heeft",
        "Deze werkmap is de begroting die bij de aanvraag hoort (artikel 7, vierde lid, onder a). Dit moet er nog bij.",
        (
            Table(
                "ontbreekt",
                "Nog toe te voegen",
                rows,
                (
                    pasted.text("soort", "Soort", lambda row: row.soort, width=26),
                    pasted.text("wat", "Wat", lambda row: row.wat, width=80, wrap=True),
                ),
            ),
            _months(draft),
        ),
    )


def _months(draft: Draft) -> Table[Month]:
    return Table(
        "maand",
        f"Van maand tot maand, voor de ronde van {draft.round.jaar}",
        months(draft.round),
        (
            pasted.text("wanneer", "Wanneer", lambda row: row.wanneer, width=26),
            pasted.text("wat", "Wat", lambda row: row.wat, width=80, wrap=True),
            pasted.text("wie", "Wie", lambda row: row.wie, width=26, wrap=True),
        ),
    )
