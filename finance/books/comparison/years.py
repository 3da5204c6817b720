"""The sheets of `vergelijking.xlsx` with years: places, shortage, and cost with its cover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from finance.books.comparison.compared import WIDTH, Compared, differences, first_seen, origin_in, outcomes
from finance.money import ZERO, Money
from finance.tables import live, pasted
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Block, Column, Figure, Page, Table


@dataclass(frozen=True, order=True)
class FormYear:
    """A zorgvorm in a year; on the sheet `tekort` of a case with doelgroepen one of those."""

    zorgvorm: str
    jaar: int


def pages(done: Sequence[Compared]) -> tuple[Page, ...]:
    """The sheets `plaatsen`, `tekort` and `dekking`."""
    return places_page(done), shortage_page(done), cover_page(done)


def _form_years(done: Sequence[Compared]) -> list[FormYear]:
    """Every zorgvorm and year that some scenario has, in the order of the case."""
    forms = first_seen(row.zorgvorm for item in done for row in item.outcome.case.care_forms)
    return [FormYear(form, year) for form in forms for year in _years(done)]


def _need_years(done: Sequence[Compared]) -> list[FormYear]:
    """Every doelgroep and year; every zorgvorm where the case has no doelgroepen."""
    groups = first_seen(row.doelgroep for item in done for row in item.outcome.case.care_groups)
    return [FormYear(name, year) for name in groups for year in _years(done)] or _form_years(done)


def _years(done: Sequence[Compared]) -> list[int]:
    return sorted({year for item in done for year in item.outcome.case.years})


def _year(done: Sequence[Compared], value: Callable[[FormYear], int]) -> Column[FormYear]:
    return Column("jaar", "Jaar", value, "", Format.YEAR, Role.DECISION, 8, origin=origin_in(done[0]))


def _keys(done: Sequence[Compared], head: str) -> tuple[Column[FormYear], Column[FormYear]]:
    form: Column[FormYear] = pasted.text("zorgvorm", head, lambda row: row.zorgvorm, width=24)
    return form, _year(done, lambda row: row.jaar)


def _same_keys(table: str, head: str) -> tuple[Column[FormYear], Column[FormYear]]:
    """The keys of another table in the same rows."""
    return (
        live.text("zorgvorm", head, f"[{table}.zorgvorm@]", width=24),
        live.column("jaar", "Jaar", f"[{table}.jaar@]", Format.YEAR, width=8),
    )


def _ids(row: FormYear) -> tuple[object, ...]:
    return row.zorgvorm, row.jaar


def _with_differences(
    done: Sequence[Compared],
    name: str,
    title: str,
    value: Callable[[Compared, FormYear], Value],
    rows: Sequence[FormYear],
    head: str = "Zorgvorm",
) -> tuple[Table[FormYear], Table[FormYear]]:
    """A table of outcomes by zorgvorm (or doelgroep) and year, and one with the differences from the first scenario."""
    fmt = Format.PLACES
    given = Table(name, title, rows, (*_keys(done, head), *outcomes(done, value, fmt)), ids=_ids)
    against = Table(
        f"{name}verschil",
        f"Verschil met '{done[0].scenario}'",
        rows,
        (*_same_keys(name, head), *differences(done, name, value, fmt)),
        ids=_ids,
    )
    return given, against


def _by_year(done: Sequence[Compared], name: str, of: str, title: str) -> Table[FormYear]:
    """The outcomes of a year over all zorgvormen, added up from their table."""
    columns = tuple(
        live.column(
            f"s{at}",
            item.scenario,
            f"SUMIFS([{of}.s{at}],[{of}.jaar],[jaar])",
            Format.PLACES,
            role=None,
            width=WIDTH,
            total=True,
            as_data=item.data_key,
        )
        for at, item in enumerate(done)
    )
    rows = [FormYear("", year) for year in _years(done)]
    return Table(name, title, rows, (_year(done, lambda row: row.jaar), *columns), ids=_ids)


def _figure(done: Sequence[Compared], title: str, axis: str, table: str) -> Figure:
    columns = tuple(f"s{at}" for at in range(len(done)))
    return Figure(title, axis, table, "jaar", columns, stacked=False, from_zero=True)


def places_page(done: Sequence[Compared]) -> Page:
    """The sheet `plaatsen`: places of each zorgvorm in each year."""
    given, against = _with_differences(done, "plaats", "Plaatsen per zorgvorm en jaar", _places, _form_years(done))
    return Page(
        "plaatsen",
        "Plaatsen per zorgvorm en jaar",
        "Hoeveel plaatsen er in elk scenario zijn, bezet en leeg samen.",
        (
            _by_year(done, "plaatsjaar", "plaats", "Alle zorgvormen samen"),
            _figure(done, "Plaatsen per jaar", "plaatsen", "plaatsjaar"),
            given,
            against,
        ),
        tab="besluit",
    )


def _places(item: Compared, row: FormYear) -> Value:
    if row.jaar not in item.outcome.case.years:
        return None
    return item.outcome.places_of_form(row.zorgvorm, row.jaar)


def shortage_page(done: Sequence[Compared]) -> Page:
    """The sheet `tekort`: young people without a place, by zorgvorm (or doelgroep) and year."""
    groups = any(item.outcome.case.care_groups for item in done)
    one, plural = ("doelgroep", "doelgroepen") if groups else ("zorgvorm", "zorgvormen")
    rows = _need_years(done)
    title = f"Tekort per {one} en jaar"
    given, against = _with_differences(done, "tekort", title, _short, rows, one.capitalize())
    return Page(
        "tekort",
        "Tekort aan plaatsen",
        "Hoeveel jongeren in elk scenario geen plaats vinden, ook niet in een andere zorgvorm.",
        (
            _by_year(done, "tekortjaar", "tekort", f"Alle {plural} samen"),
            _figure(done, "Tekort aan plaatsen per jaar", "jongeren zonder plaats", "tekortjaar"),
            given,
            against,
        ),
        tab="besluit",
    )


def _short(item: Compared, row: FormYear) -> Value:
    return item.outcome.short.get((row.zorgvorm, row.jaar))


# --- cost and its cover ----------------------------------------------------------------------


def cover_page(done: Sequence[Compared]) -> Page:
    """The sheet `dekking`: cost of each year, what is paid of it, and what is not."""
    gap = tuple(
        live.column(
            f"s{at}",
            item.scenario,
            f"ROUND([kosten.s{at}@]-[betaald.s{at}@],2)",
            Format.EURO,
            role=None,
            width=WIDTH,
            total=True,
            as_data=item.data_key,
        )
        for at, item in enumerate(done)
    )
    year: Column[FormYear] = live.column("jaar", "Jaar", "[kosten.jaar@]", Format.YEAR, width=8)
    blocks: tuple[Block, ...] = (
        _money(done, "kosten", "Kosten per jaar", _cost),
        _money(done, "betaald", "Waarvan betaald door alle bronnen samen", _paid),
        Table("tekortgeld", "Waarvan ongedekt", [FormYear("", row) for row in _years(done)], (year, *gap), ids=_ids),
        _figure(done, "Ongedekt per jaar", "euro", "tekortgeld"),
    )
    return Page(
        "dekking",
        "Kosten en dekking per jaar",
        "Wat elk scenario per jaar kost, wat daarvan wordt betaald, en wat geen dekking heeft.",
        blocks,
        tab="besluit",
    )


def _same_year(row: FormYear) -> int:
    return row.jaar


def _money(done: Sequence[Compared], name: str, title: str, value: Callable[[Compared, int], Money]) -> Table[FormYear]:
    rows = [FormYear("", year) for year in _years(done)]

    def of(item: Compared, row: FormYear) -> Value:
        return value(item, row.jaar)

    columns = outcomes(done, of, Format.EURO, total=True)
    return Table(name, title, rows, (_year(done, _same_year), *columns), ids=_ids)


def _cost(item: Compared, year: int) -> Money:
    return Money.total(amount for line, amount in item.outcome.counted_costs.items() if line.jaar == year)


def _paid(item: Compared, year: int) -> Money:
    return Money.total(
        item.outcome.ledger.paid_by_year.get((row.bron, year), ZERO) for row in item.outcome.case.sources
    )
