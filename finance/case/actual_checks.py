"""The checks of what has happened: the sheets `realisatie`, `gestart` and `opbrengsten`.

Reality may break a rule or a window: that is no finding, the plan shows it. A finding is what cannot
have happened as it stands there: another project than the one that started, money without a line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from finance.calendar import YearSpan
from finance.case.actuals import Actual, Proceeds, Started
from finance.case.case import CostLine, paid_line
from finance.case.checked import Checked, rows_named
from finance.case.credit import credit_years
from finance.case.words import CREDIT, GRANT, PLACE_COSTS, POT_SORTS, REPAYMENT
from finance.findings import Finding
from finance.money import ZERO, Money

KEY: Final = "afgesloten_tot"
YEARS: Final = frozenset({"eerste_jaar", "laatste_jaar", KEY})


def actuals(checked: Checked) -> Iterator[Finding]:
    """Find amounts that belong to no line, and payments for what has not started."""
    for row in checked.case.actuals:
        yield from _line(checked, row)
    yield from _not_started(checked)
    yield from _below_zero(checked)
    yield from _open_years(checked, "realisatie")


def _line(checked: Checked, row: Actual) -> Iterator[Finding]:
    """What is wrong with the line that a row names."""
    places = [name for name in ("locatie", "zorgvorm") if getattr(row, name)]
    made_by_model = row.kostensoort in PLACE_COSTS
    if row.krediet or row.kostensoort == REPAYMENT:
        wrong = credit_fault(checked, row.krediet, row.kostensoort, bool(row.maatregel or places))
        if wrong is not None:
            yield checked.at("realisatie", row.rij, *wrong)
    elif row.maatregel and places:
        yield checked.at(
            "realisatie",
            row.rij,
            places[0],
            "De rij noemt een maatregel en ook een locatie of zorgvorm.",
            "Houd een van beide: een maatregel, of een locatie met een zorgvorm.",
        )
    elif row.maatregel and made_by_model:
        yield checked.at(
            "realisatie",
            row.rij,
            "kostensoort",
            f"Kosten van de soort {row.kostensoort} horen bij een locatie en een zorgvorm.",
            "Maak maatregel leeg en vul locatie en zorgvorm in, of verander de kostensoort.",
        )
    elif not row.maatregel and len(places) < len(("locatie", "zorgvorm")):
        yield checked.at(
            "realisatie",
            row.rij,
            "maatregel",
            "De rij zegt niet waarvoor is betaald.",
            "Vul een maatregel in, of een locatie met een zorgvorm.",
        )
    elif places:
        yield from _places(checked, row, made_by_model)


def credit_fault(checked: Checked, credit: str, sort: str, besides: bool) -> tuple[str, str, str] | None:
    """What is wrong with a row about what a credit gets back: its column, what, and what to do; None for nothing.

    Args:
        checked: the case, with the rows that are checked.
        credit: the credit that the row names; empty for none.
        sort: its kostensoort.
        besides: whether it names a measure, a location or a zorgvorm too.
    """
    source = checked.case.source.get(credit)
    if not credit:
        return "krediet", f"Kosten van de soort {sort} horen bij een krediet.", "Vul het krediet in."
    if sort != REPAYMENT:
        doen = f"Kies {REPAYMENT}, of maak krediet leeg."
        return "kostensoort", f"Een krediet krijgt alleen {REPAYMENT} terug, geen {sort}.", doen
    if besides:
        doen = "Maak maatregel, locatie en zorgvorm leeg."
        return "krediet", "De rij noemt een krediet en ook een maatregel, locatie of zorgvorm.", doen
    if source is not None and source.soort != CREDIT:
        doen = "Noem een bron van soort krediet."
        return "krediet", f"Bron {credit} is van soort {source.soort} en wordt niet afgelost.", doen
    return None


def credit_years_kept(checked: Checked) -> Iterator[Finding]:
    """Find what a credit paid or got back in a closed year outside its own years: it would be owed nowhere."""
    for row in checked.case.actuals:
        for name in ("bron", "krediet"):
            source = checked.case.source.get(getattr(row, name))
            if source is None or source.soort != CREDIT or checked.years is None or row.jaar not in checked.years:
                continue
            if row.jaar not in YearSpan(source.besteedbaar_van, source.besteedbaar_tot):
                yield checked.at(
                    "realisatie",
                    row.rij,
                    "jaar",
                    f"{row.jaar} ligt buiten de jaren van krediet {source.bron}"
                    f" ({source.besteedbaar_van} tot en met {source.besteedbaar_tot}).",
                    "Verander het jaar, of verruim de jaren van het krediet in het blad dekking.",
                )


def credit_ends(checked: Checked) -> Iterator[Finding]:
    """Find credits that closed years drew, and that have no later year in which they can be paid back."""
    if checked.years is None or any(row.rente is None for row in checked.case.credits):
        return
    for row in credit_years(checked.case, checked.case.actual_payments):
        if row.jaar == row.einde and row.jaar <= checked.case.closed_through and row.eind > ZERO:
            yield checked.at(
                "dekking",
                row.bron.rij,
                "besteedbaar_tot",
                f"Van krediet {row.bron.bron} staat na {row.jaar}, een afgesloten jaar, nog {row.eind.dutch()} open.",
                "Verleng besteedbaar_tot tot een jaar dat nog komt, of zet in realisatie wat is afgelost.",
            )


def _places(checked: Checked, row: Actual, made_by_model: bool) -> Iterator[Finding]:
    if not made_by_model:
        yield checked.at(
            "realisatie",
            row.rij,
            "kostensoort",
            f"Kosten van de soort {row.kostensoort} horen bij een maatregel.",
            f"Vul een maatregel in en maak locatie en zorgvorm leeg, of kies {' of '.join(PLACE_COSTS)}.",
        )
    elif _no_row_for(checked, row):
        yield checked.at(
            "realisatie",
            row.rij,
            "locatie",
            f"Het blad plaatsen heeft geen rij voor locatie {row.locatie} en zorgvorm {row.zorgvorm}.",
            "Voeg die rij toe aan plaatsen, desnoods met 0 plaatsen.",
        )


def _no_row_for(checked: Checked, row: Actual) -> bool:
    """Whether a known location and zorgvorm surely have no row in `plaatsen`."""
    known = checked.ids("locaties", "locatie"), checked.ids("zorgvormen", "zorgvorm")
    given = checked.pairs("plaatsen", ("locatie", "zorgvorm"), known)
    named = row.locatie in known[0] and row.zorgvorm in known[1]
    return named and checked.has("plaatsen") and given.lack(row.locatie, row.zorgvorm)


def _not_started(checked: Checked) -> Iterator[Finding]:
    known, begun = checked.ids("maatregelen", "maatregel"), checked.ids("gestart", "maatregel")
    rows: dict[str, list[int]] = defaultdict(list)
    for number, name in checked.cells("realisatie", "maatregel"):
        if name in known and name not in begun:
            rows[str(name)].append(number)
    if len(rows) <= checked.unnamed("gestart", "maatregel"):
        return
    for name, numbers in rows.items():
        yield from checked.at_each(
            "realisatie",
            numbers,
            "maatregel",
            f"Voor maatregel {name} is betaald, maar het blad gestart noemt haar niet.",
            "Zet haar in het blad gestart, met het jaar waarin zij begon.",
        )


def _below_zero(checked: Checked) -> Iterator[Finding]:
    """Credit notes and corrections of more than was paid of a line, out of a source, in a year.

    Where a row could not be read, or names what is not there, it may be just the one that is corrected.
    """
    rows = checked.case.actuals
    if not checked.all_read("realisatie", rows) or any(map(partial(_is_lost, checked), rows)):
        return
    booked: dict[tuple[str, CostLine], list[Actual]] = defaultdict(list)
    for row in rows:
        booked[row.bron, paid_line(row)].append(row)
    for (source, line), members in booked.items():
        total = Money.total(row.bedrag for row in members)
        if total < ZERO:
            yield checked.at(
                "realisatie",
                next(row.rij for row in members if row.bedrag < ZERO),
                "bedrag",
                f"Wat {source} in {line.jaar} heeft betaald van {_in_words(line)}, is samen {total.dutch()}"
                f" ({_rows_named(members)}): er is meer teruggeboekt dan betaald.",
                "Voeg de betaling toe die wordt gecorrigeerd, of zet de correctie bij de bron en het jaar van"
                " die betaling.",
            )


def _is_lost(checked: Checked, row: Actual) -> bool:
    """Whether a row names a source, measure, location or zorgvorm that the case does not have."""
    case = checked.case
    known = {
        "bron": case.source,
        "krediet": case.source,
        "maatregel": case.measure,
        "locatie": case.location,
        "zorgvorm": case.care_form,
    }
    return any(getattr(row, name) and getattr(row, name) not in ids for name, ids in known.items())


def _in_words(line: CostLine) -> str:
    owner = line.krediet or line.maatregel or f"{line.locatie} {line.zorgvorm}"
    return f"{owner} {line.kostensoort}"


def _rows_named(rows: Sequence[Actual]) -> str:
    numbers = [row.rij for row in rows]
    return f"rij {rows_named(numbers)}"


def starts(checked: Checked) -> Iterator[Finding]:
    """Find starts that cannot be: two of one project, or with costs after the last year."""
    first: dict[str, Started] = {}
    for row in checked.case.started_rows:
        measure = checked.case.measure.get(row.maatregel)
        if measure is None:
            continue
        earlier = first.setdefault(measure.project, row)
        if earlier.maatregel != row.maatregel:
            yield checked.at(
                "gestart",
                row.rij,
                "maatregel",
                f"Van project {measure.project} is {earlier.maatregel} al gestart (rij {earlier.rij}).",
                "Haal een van beide rijen weg: van een project begint er hooguit een.",
            )
        yield from _beyond(checked, row, checked.case.lag(measure))
    yield from _open_years(checked, "gestart")


def _beyond(checked: Checked, row: Started, lag: int) -> Iterator[Finding]:
    if checked.years is not None and row.jaar in checked.years and row.jaar + lag > checked.years.last:
        yield checked.at(
            "gestart",
            row.rij,
            "jaar",
            f"De kosten of plaatsen van {row.maatregel} vallen tot en met {row.jaar + lag}, na het laatste"
            f" jaar van de casus ({checked.years.last}).",
            "Verhoog laatste_jaar in het blad case, of verander na_jaren in de bladen kosten en effecten.",
        )


def _open_years(checked: Checked, blad: str) -> Iterator[Finding]:
    """Years of a sheet that are not closed."""
    if checked.years is None or checked.unread & YEARS or _years_unread(checked):
        return
    last = checked.case.closed_through
    rows: dict[object, list[int]] = defaultdict(list)
    for number, year in checked.cells(blad, "jaar"):
        if year in checked.years and isinstance(year, int) and year > last:
            rows[year].append(number)
    none = last < checked.years.first
    for year, numbers in rows.items():
        yield from checked.at_each(
            blad,
            numbers,
            "jaar",
            f"{year} is geen afgesloten jaar: "
            + ("er is geen jaar afgesloten." if none else f"afgesloten is tot en met {last}."),
            f"Verander het jaar, of zet {KEY} in het blad case op {year}.",
        )


def _years_unread(checked: Checked) -> bool:
    """Whether the last closed year follows from rows of which one could not be read."""
    whole = len(checked.case.actuals) == len(checked.sheet("realisatie").rijen)
    return checked.case.settings.afgesloten_tot is None and not whole


def closed_through(checked: Checked) -> Iterator[Finding]:
    """Find a last closed year outside the case."""
    given = checked.case.settings.afgesloten_tot
    if given is None or checked.years is None or KEY in checked.unread or given in checked.years:
        return
    row = next(row for row, key in checked.cells("case", "sleutel") if key == KEY)
    yield checked.at(
        "case",
        row,
        "waarde",
        f"{KEY} {given} ligt buiten de casus ({checked.years.first} tot en met {checked.years.last}).",
        "Noem een jaar van de casus, of maak de cel leeg als er nog geen jaar is afgesloten.",
    )


def proceeds(checked: Checked) -> Iterator[Finding]:
    """Find proceeds that flow into a source that a sale does not raise."""
    for row in checked.case.proceeds:
        source = checked.case.source.get(row.bron)
        if source is not None and source.soort not in POT_SORTS:
            yield _refuse(checked, row, _refused_proceeds(source.soort))
        elif source is not None and source.soort == GRANT:
            yield _refuse(checked, row, "is een spuk, en de uitkering wordt door een verkoop niet hoger")


def _refused_proceeds(sort: str) -> str:
    if sort == CREDIT:
        return f"is van soort {sort}: een opbrengst maakt de schuld niet hoger of lager"
    return f"is van soort {sort} en krijgt zijn geld per jaar"


def _refuse(checked: Checked, row: Proceeds, why: str) -> Finding:
    return checked.at(
        "opbrengsten",
        row.rij,
        "bron",
        f"Bron {row.bron} {why}.",
        "Noem een bron van soort eigen of gemeente.",
    )
