"""The checks of the sheet `tarief`: every parameter given, and none that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finance.case.cells import as_fraction
from finance.case.checked import Checked
from finance.case.housing import HOUSING, building_grant
from finance.case.pricing import INDEX, rows_of_tariffs
from finance.case.sheets import Measure, Source, TariffParameter
from finance.case.table import listed
from finance.case.words import TARIFF_PARAMETERS
from finance.findings import Finding
from finance.money import Money

Parameters = Mapping[str, TariffParameter]
"""The rows of one tariff, group size and year, by parameter."""


def tariffs(checked: Checked) -> Iterator[Finding]:
    """Find tariffs that lack a parameter or have one that makes no sense."""
    whole = checked.all_read("tarief", checked.case.tariff_parameters)
    for given in rows_of_tariffs(checked.case.tariff_parameters).values():
        rows = {row.parameter: row for row in reversed(given)}
        if whole:
            yield from _complete(checked, given[0], rows)
        yield from _possible(checked, rows)


def _complete(checked: Checked, row: TariffParameter, rows: Parameters) -> Iterator[Finding]:
    absent = [name for name in TARIFF_PARAMETERS if name not in rows]
    if INDEX in absent and _may_follow(checked, row.jaar):
        absent.remove(INDEX)
    built = building_grant(checked.case, row.zorgvorm) if HOUSING in absent else None
    if built:
        absent.remove(HOUSING)
        yield _housing_unsaid(checked, row, *built)
    if absent:
        yield checked.at(
            "tarief",
            row.rij,
            "tarief",
            f"Tarief {row.tarief} (groep van {row.groepsgrootte}, {row.jaar}) mist {listed(absent)}.",
            "Voeg voor elke parameter een rij toe; 0 mag, leeg niet." + _other_way(absent, row.jaar),
        )


def _other_way(absent: Sequence[str], year: int) -> str:
    if INDEX not in absent:
        return ""
    return f" De index mag ook uit het blad tariefindex komen: geef daar een rij voor {year}."


def _housing_unsaid(checked: Checked, row: TariffParameter, measure: Measure, grant: Source) -> Finding:
    return checked.at(
        "tarief",
        row.rij,
        "tarief",
        f"Tarief {row.tarief} (groep van {row.groepsgrootte}, {row.jaar}) zegt niet wat een SPUK aan de"
        f" huisvesting betaalt: {HOUSING} ontbreekt, en {grant.bron} kan het bouwen van {measure.maatregel}"
        f" voor {row.zorgvorm} betalen. Zonder dat getal kan het gebouw dubbel betaald worden.",
        f"Voeg een rij {HOUSING} toe: wat de SPUK per groep per jaar betaalt, zoals de bouwsom gedeeld door"
        " de levensduur. Is dat er niet, typ dan 0.",
    )


def _may_follow(checked: Checked, year: int) -> bool:
    """Whether the sheet `tariefindex` has, or was meant to have, the year."""
    known = year in checked.case.index_chain.rows
    return known or not checked.all_read("tariefindex", checked.case.tariff_indexes)


def _possible(checked: Checked, rows: Parameters) -> Iterator[Finding]:
    for row in rows.values():
        is_share = TARIFF_PARAMETERS[row.parameter][1] == "fractie"
        if is_share and row.waarde > 1:
            doen = f"Typ een breuk: {as_fraction(row.waarde)}."
            yield _refuse(checked, row, "is een breuk en kan niet boven 1 liggen.", doen)
        if row.parameter in ("bezetting", "uren_betaald") and row.waarde == 0:
            yield _refuse(checked, row, "kan niet 0 zijn: er wordt door gedeeld.", "Typ een waarde boven 0.")
    yield from _no_hours(checked, rows)
    yield from _paid_twice(checked, rows)


def _refuse(checked: Checked, row: TariffParameter, why: str, doen: str) -> Finding:
    return checked.at("tarief", row.rij, "waarde", f"{row.parameter} {why}", doen)


def _no_hours(checked: Checked, rows: Parameters) -> Iterator[Finding]:
    paid, lost = rows.get("uren_betaald"), rows.get("uren_niet")
    if paid and lost and 0 < paid.waarde <= lost.waarde:
        why = f"is niet lager dan uren_betaald (rij {paid.rij}): er blijven geen uren over om te werken."
        yield _refuse(checked, lost, why, "Verlaag uren_niet of verhoog uren_betaald.")


def _paid_twice(checked: Checked, rows: Parameters) -> Iterator[Finding]:
    housing, grant = rows.get("huisvesting"), rows.get("spuk_huisvesting")
    if housing and grant and grant.waarde > housing.waarde:
        excess = Money.rounded(grant.waarde - housing.waarde).dutch()
        why = f"is {excess} hoger dan huisvesting (rij {housing.rij}): dat is dubbele financiering."
        yield _refuse(checked, grant, why, "Verlaag spuk_huisvesting tot hooguit huisvesting.")
