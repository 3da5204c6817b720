"""The checks of the prices of places: given, or to be had from exactly one tariff in every year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from finance.calendar import YearSpan
from finance.case.checked import Checked
from finance.case.index_checks import tariff_indexes
from finance.case.pricing import PRICE_COLUMNS, TariffChoice, TariffKey, empty_prices, of_size
from finance.case.sheets import Places
from finance.case.table import listed, quoted
from finance.case.tariffs import tariffs
from finance.case.words import OPERATION, VACANCY
from finance.findings import Finding, nearest
from finance.money import Money

YEARS_NAMED: Final = 5


def place_prices(checked: Checked) -> Iterator[Finding]:
    """Find prices of places that are not given, not to be had from a tariff, or make no sense."""
    if not checked.has("plaatsen", *PRICE_COLUMNS.values()):
        return
    for place in checked.case.places:
        if not empty_prices(place):
            yield from _given(checked, place)
        elif checked.all_read("tarief", checked.case.tariff_parameters):
            yield from _from_tariff(checked, place)


def _given(checked: Checked, place: Places) -> Iterator[Finding]:
    used, empty = place.exploitatie_per_plaats, place.leegstand_per_plaats
    if used is not None and empty is not None and empty > used:
        yield checked.at(
            "plaatsen",
            place.rij,
            "leegstand_per_plaats",
            f"Een lege plaats ({empty.dutch()}) is duurder dan een bezette ({used.dutch()}).",
            "Verlaag leegstand_per_plaats of verhoog exploitatie_per_plaats.",
        )
    housing = place.huisvesting_per_plaats
    if housing is not None and empty is not None and housing > empty:
        yield _more_housing(checked, place, f"De huisvesting van een lege plaats ({housing.dutch()})", empty)
    if place.tarief:
        yield checked.at(
            "plaatsen",
            place.rij,
            "tarief",
            f"Hier staat tarief {quoted(place.tarief)}, maar beide prijzen zijn ingevuld: het telt niet mee.",
            "Maak de prijs leeg die uit het tarief moet komen, of maak deze cel leeg.",
        )


def _from_tariff(checked: Checked, place: Places) -> Iterator[Finding]:
    form = checked.case.care_form.get(place.zorgvorm)
    if form is None:
        # An unknown zorgvorm, or one that could not be read, is a finding of its own.
        return
    choice = checked.case.tariff_choice(place)
    if not choice.keys:
        yield from _without_tariff(checked, place)
    elif not place.tarief and form.groepsgrootte and not of_size(choice.keys, form.groepsgrootte):
        yield _of_another_size(checked, place, choice.keys, form.groepsgrootte)
    elif checked.years is not None and "prijspeil" not in checked.unread:
        found = [*_in_doubt(checked, place, choice), *_without_year(checked, place, choice, checked.years)]
        yield from found or (
            *_inconsistent(checked, place, checked.years),
            *_housing_above_tariff(checked, place, checked.years),
        )


def _without_tariff(checked: Checked, place: Places) -> Iterator[Finding]:
    known = {key.tarief for key in checked.case.tariff_keys if key.zorgvorm == place.zorgvorm}
    if place.tarief and known:
        yield checked.at(
            "plaatsen",
            place.rij,
            "tarief",
            f"Het blad tarief heeft geen tarief {quoted(place.tarief)} voor zorgvorm {place.zorgvorm}.",
            nearest(place.tarief, known),
        )
        return
    for sort in empty_prices(place):
        column = PRICE_COLUMNS[sort]
        yield checked.at(
            "plaatsen",
            place.rij,
            column,
            f"{column} is leeg, en het blad tarief heeft geen tarief voor zorgvorm {place.zorgvorm}.",
            "Vul de cel in (leeg is geen nul), of geef een tarief voor deze zorgvorm.",
        )


def _of_another_size(checked: Checked, place: Places, keys: Sequence[TariffKey], size: int) -> Finding:
    sizes = sorted({key.groepsgrootte for key in keys})
    return checked.at(
        "plaatsen",
        place.rij,
        PRICE_COLUMNS[empty_prices(place)[0]],
        f"De groepen van zorgvorm {place.zorgvorm} zijn {size} groot, maar een tarief is er alleen voor"
        f" groepen van {listed(sizes)}.",
        "Geef een tarief voor die groepsgrootte, of noem in de kolom tarief het tarief dat hier geldt.",
    )


def _in_doubt(checked: Checked, place: Places, choice: TariffChoice) -> Iterator[Finding]:
    """The first year with more than one tariff; in the others it is the same choice."""
    of_years = [choice.of_year(year) for year in checked.case.years]
    for keys in (*of_years, choice.of_base):
        if len(keys) > 1:
            named = listed([f"{key.tarief} (groep van {key.groepsgrootte})" for key in keys])
            yield checked.at(
                "plaatsen",
                place.rij,
                PRICE_COLUMNS[empty_prices(place)[0]],
                f"Zorgvorm {place.zorgvorm} heeft in {keys[0].jaar} meer dan één tarief: {named}.",
                _how_to_choose(place, keys),
            )
            return


def _how_to_choose(place: Places, keys: Sequence[TariffKey]) -> str:
    by_name = "noem in de kolom tarief van het blad plaatsen welk tarief hier geldt."
    by_size = f"Zet bij {place.zorgvorm} in het blad zorgvormen de groepsgrootte die geldt"
    if len({key.tarief for key in keys}) == 1:
        return f"{by_size}."
    sizes = {key.groepsgrootte for key in keys}
    return f"{by_size}, of {by_name}" if len(sizes) == len(keys) else by_name.capitalize()


def _without_year(checked: Checked, place: Places, choice: TariffChoice, years: YearSpan) -> Iterator[Finding]:
    absent = [year for year in years if not choice.of_year(year)]
    if absent:
        price_level = checked.case.settings.prijspeil
        yield checked.at(
            "plaatsen",
            place.rij,
            PRICE_COLUMNS[empty_prices(place)[0]],
            f"Zorgvorm {place.zorgvorm} heeft geen tarief voor {listed(absent)}, en geen van het prijspeil"
            f" ({price_level}) of van één later jaar dat kan meegroeien.",
            f"Geef een tarief voor {price_level}, of voor elk jaar van de casus, of vul de prijs in.",
        )


def _inconsistent(checked: Checked, place: Places, years: YearSpan) -> Iterator[Finding]:
    """An empty place that is dearer than a used one, where one of the two comes from a tariff."""
    if len(empty_prices(place)) > 1 or not can_compute(checked):
        return
    try:
        prices = {
            year: [checked.case.place_price(place, sort, year) for sort in (OPERATION, VACANCY)] for year in years
        }
    except KeyError:
        # An index without a year that is needed is a finding of its own.
        return
    wrong = [year for year, (used, empty) in prices.items() if empty > used]
    if wrong:
        used, empty = (Money.rounded(price).dutch() for price in prices[wrong[0]])
        column = PRICE_COLUMNS[empty_prices(place)[0]]
        also = f" Ook in {_named(wrong[1:])}." if wrong[1:] else ""
        yield checked.at(
            "plaatsen",
            place.rij,
            column,
            f"In {wrong[0]} is een lege plaats ({empty}) duurder dan een bezette ({used});"
            f" {column} komt uit het tarief.{also}",
            "Laat beide prijzen uit het tarief komen, of vul ze allebei in.",
        )


def _housing_above_tariff(checked: Checked, place: Places, years: YearSpan) -> Iterator[Finding]:
    """Housing that is more than the price of an empty place, where that price may come from a tariff."""
    if place.huisvesting_per_plaats is None or not can_compute(checked):
        return
    case = checked.case
    try:
        prices = {year: (case.payable_vacancy(place, year), case.place_price(place, VACANCY, year)) for year in years}
    except KeyError:
        return
    wrong = [year for year, (housing, empty) in prices.items() if housing > empty]
    if wrong:
        housing, empty = (Money.rounded(price) for price in prices[wrong[0]])
        wat = f"De huisvesting van een lege plaats in {wrong[0]} ({housing.dutch()})"
        yield _more_housing(checked, place, wat, empty)


def _more_housing(checked: Checked, place: Places, wat: str, empty: Money) -> Finding:
    return checked.at(
        "plaatsen",
        place.rij,
        "huisvesting_per_plaats",
        f"{wat} is meer dan alles wat een lege plaats kost ({empty.dutch()}).",
        "Verlaag huisvesting_per_plaats; het is een deel van leegstand_per_plaats.",
    )


def can_compute(checked: Checked) -> bool:
    """Whether the cost of every tariff is known; what stands in the way is a finding of its own."""
    every_index = checked.all_read("tariefindex", checked.case.tariff_indexes)
    return every_index and not any(tariffs(checked)) and not any(tariff_indexes(checked))


def _named(years: Sequence[int]) -> str:
    if len(years) <= YEARS_NAMED:
        return listed(years)
    return f"{', '.join(map(str, years[:YEARS_NAMED]))} en nog {len(years) - YEARS_NAMED} jaren"
