"""What must be right in an allocation made by hand before it can be judged at all.

A rule that is broken is for the verdict; here is what names nothing in the case, or cannot be shown
beside it: an unknown id, a payment of a cost line that does not exist.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Final

from finance.case import Case
from finance.case.actual_checks import credit_fault
from finance.case.checked import Checked
from finance.case.references import repeated_keys, years_inside
from finance.case.table import quoted
from finance.case.words import PLACE_COSTS, REPAYMENT
from finance.findings import Finding, nearest
from finance.handmade.sheets import CARED, DIVERTED, HAND_SHEETS, PAID, USED

TO_PLACES: Final = "Zet de rij op een locatie en zorgvorm die in het blad plaatsen van de casus staan."


def known_ids(case: Case) -> Mapping[str, Collection[str]]:
    """The ids of the case, by the sheet where they stand."""
    return {
        "maatregelen": case.measure,
        "locaties": case.location,
        "zorgvormen": case.care_form,
        "dekking": case.source,
        "doelgroepen": [row.doelgroep for row in case.care_groups],
    }


def check_rows(checked: Checked) -> Iterator[Finding]:
    """Every finding of the rows by themselves."""
    return chain(
        _references(checked),
        repeated_keys(checked),
        years_inside(checked),
        _lines(checked),
        _places(checked),
        _diversions(checked),
        _care(checked),
    )


def _references(checked: Checked) -> Iterator[Finding]:
    known = known_ids(checked.case)
    for spec in HAND_SHEETS.values():
        for column in spec.columns:
            if column.info.ref:
                ids, sums = known[column.info.ref], checked.totals(spec.naam)
                for row, name in checked.cells(spec.naam, column.naam):
                    if name not in ids and row not in sums:
                        wat = f"{column.naam} {quoted(str(name))} staat niet in het blad {column.info.ref}"
                        advice = nearest(str(name), ids)
                        yield checked.at(spec.naam, row, column.naam, f"{wat} van de casus.", advice)


def _lines(checked: Checked) -> Iterator[Finding]:
    """A payment names a measure, a location and a zorgvorm, or a credit, with a kostensoort that belongs to it."""
    sums = checked.totals(PAID)
    for row, cells in checked.records(PAID, "maatregel", "locatie", "zorgvorm", "kostensoort", "krediet"):
        if row in sums:
            continue
        measure, location, form, sort, credit = cells
        both = bool(location) and bool(form)
        if credit or sort == REPAYMENT:
            wrong = credit_fault(checked, str(credit or ""), str(sort or ""), bool(measure or location or form))
            if wrong is not None:
                yield checked.at(PAID, row, *wrong)
        elif bool(measure) == both or bool(location) != bool(form):
            yield checked.at(
                PAID,
                row,
                "maatregel",
                "Het is niet duidelijk waarvan dit de kosten zijn.",
                "Vul een maatregel in, of een locatie en een zorgvorm, en niet allebei.",
            )
        elif measure and sort in PLACE_COSTS:
            yield checked.at(
                PAID,
                row,
                "kostensoort",
                f"Een maatregel heeft geen kosten van de soort {sort}.",
                "Vul in plaats van de maatregel een locatie en een zorgvorm in.",
            )
        elif both and sort is not None and sort not in PLACE_COSTS:
            yield checked.at(
                PAID,
                row,
                "kostensoort",
                f"Plaatsen hebben geen kosten van de soort {sort}.",
                f"Kies {' of '.join(PLACE_COSTS)}, of vul een maatregel in.",
            )


def _places(checked: Checked) -> Iterator[Finding]:
    """A location and a zorgvorm stand together on the sheet plaatsen of the case."""
    case = checked.case
    for blad in (PAID, USED):
        for row, (location, form) in checked.records(blad, "locatie", "zorgvorm"):
            if location in case.location and form in case.care_form and (location, form) not in case.place:
                wat = f"{location} heeft in de casus geen plaatsen van de zorgvorm {form}."
                yield checked.at(blad, row, "zorgvorm", wat, TO_PLACES)


def _care(checked: Checked) -> Iterator[Finding]:
    """Places of a zorgvorm that suits otherwise per location are named with their location."""
    care = checked.case.care
    apart = {pool.zorgvorm for pool in care.pools.values() if pool.locatie}
    for row, (form, location) in checked.records(CARED, "zorgvorm", "locatie"):
        if form in apart and not care.pool_at(str(form), str(location or "")):
            wat = f"In de casus hangt het van de locatie af voor wie {form} geschikt is."
            yield checked.at(CARED, row, "locatie", wat, f"Noem een locatie met plaatsen {form}.")
        elif form in checked.case.care_form and not care.pool_at(str(form), str(location or "")):
            wat = f"De casus heeft geen plaatsen van de zorgvorm {form}."
            yield checked.at(CARED, row, "zorgvorm", wat, "Noem een zorgvorm die in het blad plaatsen staat.")


def _diversions(checked: Checked) -> Iterator[Finding]:
    """Only an alternative that the case names can be used instead."""
    if checked.case.care_groups:
        for row, _ in checked.cells(DIVERTED, "zorgvorm"):
            wat = "De casus heeft doelgroepen; dan zegt dit blad niet wie welke plaats gebruikt."
            yield checked.at(DIVERTED, row, "zorgvorm", wat, f"Zet het in het blad {CARED}.")
        return
    forms = checked.case.care_form
    allowed = {(row.zorgvorm, row.alternatief) for row in checked.case.alternatives}
    for row, (need, got) in checked.records(DIVERTED, "zorgvorm", "alternatief"):
        if need in forms and got in forms and (need, got) not in allowed:
            wat = f"De casus laat niet toe dat wie {need} nodig heeft een plaats van {got} gebruikt."
            yield checked.at(
                DIVERTED, row, "alternatief", wat, "Kies een alternatief uit het blad uitwijk van de casus."
            )
