"""The checks of the sheet `plaatsgrenzen`: what a bound is about, and bounds that contradict."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.checked import Checked
from finance.case.sheets import PlaceBound
from finance.case.table import quoted, shown
from finance.findings import Finding, nearest

BLAD = "plaatsgrenzen"


def bounds(checked: Checked) -> Iterator[Finding]:
    """Find bounds about unknown zorgvormen or towns, without a limit, upside down, or given twice."""
    forms, towns = checked.ids("zorgvormen", "zorgvorm"), {row.gemeente for row in checked.case.locations}
    for row in checked.case.place_bounds:
        yield from _forms(checked, row, forms)
        if row.gemeente and row.gemeente not in towns and checked.all_read("locaties", checked.case.locations):
            wat = f"gemeente {quoted(row.gemeente)} staat bij geen enkele locatie in het blad locaties."
            yield checked.at(BLAD, row.rij, "gemeente", wat, nearest(row.gemeente, sorted(towns)))
        yield from _limits(checked, row)
        yield from _beside_ceiling(checked, row)


def _forms(checked: Checked, row: PlaceBound, known: frozenset[str]) -> Iterator[Finding]:
    for at, form in enumerate(row.zorgvormen):
        if form in row.zorgvormen[:at]:
            wat = f"Zorgvorm {form} staat er twee keer."
            yield checked.at(BLAD, row.rij, "zorgvormen", wat, "Noem elke zorgvorm een keer.")
        elif known and form not in known:
            wat = f"zorgvorm {quoted(form)} staat niet in het blad zorgvormen."
            yield checked.at(BLAD, row.rij, "zorgvormen", wat, nearest(form, sorted(known)))


def _limits(checked: Checked, row: PlaceBound) -> Iterator[Finding]:
    low, high = row.ondergrens, row.bovengrens
    if low is None and high is None and checked.all_read(BLAD, checked.case.place_bounds):
        doen = "Vul een van beide in, of haal de rij weg."
        yield checked.at(BLAD, row.rij, "ondergrens", "Deze rij heeft geen ondergrens en geen bovengrens.", doen)
    if low is not None and high is not None and low > high:
        wat = f"De ondergrens {shown(low)} ligt boven de bovengrens {shown(high)}."
        yield checked.at(BLAD, row.rij, "ondergrens", wat, "Verander een van beide.")


def _beside_ceiling(checked: Checked, row: PlaceBound) -> Iterator[Finding]:
    """Two ways to say one thing: a bound on one whole zorgvorm, and its plafond."""
    if len(row.zorgvormen) != 1 or row.aanbieder or row.locatie or row.gemeente:
        return
    demand = checked.case.demand_in.get((row.zorgvormen[0], row.jaar))
    if demand is not None and demand.plafond is not None:
        yield checked.at(
            BLAD,
            row.rij,
            "grens",
            f"Voor zorgvorm {row.zorgvormen[0]} in {row.jaar} staat er ook een plafond in het blad vraag"
            f" (rij {demand.rij}).",
            "Houd een van beide: het plafond in vraag, of de grens hier.",
        )
