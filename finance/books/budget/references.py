"""The sheet `rekenblad_namen`: whether every name and word that a lookup rests on is still known.

A name that nobody knows any more gives no error where amounts are added up by name: it adds nothing. So the
names of each kind are counted where they are used: what is filled in there, less what is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from finance.case.columns import YES_NO
from finance.case.declaring import ColumnSpec
from finance.case.sheets import SHEETS
from finance.tables import live, pasted
from finance.tables.blocks import FIRST_ROW, Blocks, edges_of
from finance.tables.columns import holds
from finance.tables.grid import Format, Role
from finance.tables.pages import Column, Page, Table

Stands = Mapping[str, tuple[int, int]]
"""The first and the last row (from 1) in which each name or word stands; capitals do not count."""
Counts = Mapping[tuple[str, str], Stands]
"""Where each name or word stands in a pasted column, by table and column."""
KEYS: Final = {
    "aanbieder": ("aanbieders", "aanbieder"),
    "locatie": ("locaties", "locatie"),
    "zorgvorm": ("zorgvormen", "zorgvorm"),
    "alternatief": ("zorgvormen", "zorgvorm"),
    "maatregel": ("maatregelen", "maatregel"),
    "bron": ("dekking", "bron"),
    "code": ("herkomst", "code"),
    "herkomst": ("herkomst", "code"),
    "kostensoort": ("kostengroep", "kostensoort"),
}
"""The column with all names of a kind, by the columns that hold such a name.

Keys of cost lines are none of them: what does not find its line is an error, or no longer adds up to all costs or
payments. Counting them took the square of the number of lines.
"""
FOUND: Final = {("kosten", "maatregel"), ("effecten", "maatregel"), ("gekozen", "maatregel")}
"""Columns of which every cell is looked up, where a name that is not known is an error."""
LISTED: Final = {
    "index": "index",
    "hulpbron": "hulpbron",
    "project": "project",
    "vereist": "project",
    "wacht_op": "project",
    "gemeente": "gemeente",
    "regeling": "regeling",
}
"""Kinds of names that no table lists once each, by the columns that hold such a name."""
PARAMETERS: Final = ("ja", "nee"), ("ja", "nee", "bij_sluiting")
"""The words that parameters of rules may be; another one is nee or the rule of a share cap."""


@dataclass(frozen=True)
class Kind:
    """One kind of name or word, with where it is used.

    Attributes:
        key: a short key.
        titel: what it is, in Dutch.
        namen: every name.
        uit: the table and column that list them, one each in this order; None where they stand here.
        gebruikt: the tables and columns that use them, each with the names in it and where they stand.
    """

    key: str
    titel: str
    namen: tuple[str, ...]
    uit: tuple[str, str] | None
    gebruikt: tuple[tuple[str, str, Stands], ...]

    @property
    def last(self) -> str:
        """The last of its columns."""
        return f"c{len(self.gebruikt) - 1}"


def page(kinds: Sequence[Kind]) -> Page:
    """The sheet `rekenblad_namen`."""
    blocks: list[Table[Any]] = []
    for kind in kinds:
        blocks += [_uses(kind), _unknown(kind)]
    return Page(
        "rekenblad_namen",
        "Rekenblad: gebruik van namen",
        "Hoe vaak elke naam en elk vast woord staat waar een formule erop zoekt; en hoeveel daar is ingevuld"
        " dat niet (of vaker dan een keer) in de lijst staat.",
        (*blocks, _all(kinds)),
        tab="controle",
    )


def _uses(kind: Kind) -> Table[str]:
    listed = f"[{kind.uit[0]}.{kind.uit[1]}@]" if kind.uit else ""
    columns = tuple(
        live.column(
            f"c{at}",
            f"{table}.{column}",
            _times(kind, table, column),
            Format.COUNT,
            role=None,
            width=6,
            total=True,
            turned=True,
        )
        for at, (table, column, _) in enumerate(kind.gebruikt)
    )
    name: Column[str] = (
        live.text("naam", "Naam", listed, 26) if listed else pasted.text("naam", "Naam", lambda name: name, 26)
    )
    stood = {f"{table}.{column}": _blocks(kind, table, column) for table, column, _ in kind.gebruikt}
    return Table(f"namen_{kind.key}", kind.titel, kind.namen, (name, *columns), blocks=stood)


def _times(kind: Kind, table: str, column: str) -> str:
    """How often a name stands in a column; in the list of names itself, whether it stands nowhere before."""
    rows = f"[{table}.{column}~]"
    return (
        f"IF(MATCH([naam],{rows},0)=ROWS({rows}),1,0)"
        if kind.uit == (table, column)
        else f"SUMPRODUCT(({rows}=[naam])+0)"
    )


def _blocks(kind: Kind, table: str, column: str) -> Blocks:
    """The rows in which each name stands; of the list of names itself all up to its own."""
    if kind.uit == (table, column):
        return tuple((1, row) for row in range(1, len(kind.namen) + 1))
    stands = next(stands for one, other, stands in kind.gebruikt if (one, other) == (table, column))
    return tuple(stands.get(name.casefold(), FIRST_ROW) for name in kind.namen)


def _unknown(kind: Kind) -> Table[None]:
    columns: tuple[Column[None], ...] = tuple(
        live.column(
            f"c{at}",
            f"{table}.{column}",
            f"COUNTA([{table}.{column}])-[namen_{kind.key}.c{at}=]",
            Format.COUNT,
            role=None,
            width=6,
            turned=True,
        )
        for at, (table, column, _) in enumerate(kind.gebruikt)
    )
    label: Column[None] = pasted.text("wat", "Wat", lambda _: "ingevuld en niet gevonden", width=26)
    return Table(f"ontbreekt_{kind.key}", "", (None,), (label, *columns))


def _all(kinds: Sequence[Kind]) -> Table[None]:
    columns: tuple[Column[None], ...] = tuple(
        live.column(
            f"t{at}",
            kind.titel,
            f"COLUMNS([ontbreekt_{kind.key}.c0:{kind.last}])-COUNTIF([ontbreekt_{kind.key}.c0:{kind.last}],0)",
            Format.COUNT,
            width=6,
            turned=True,
        )
        for at, kind in enumerate(kinds)
    )
    label: Column[None] = pasted.text("wat", "Wat", lambda _: "kolommen met een onbekende naam", width=26)
    return Table("naamloos", "Kolommen waarin een naam niet is gevonden", (None,), (label, *columns))


def control(kinds: Sequence[Kind]) -> Table[Kind]:
    """The table with a verdict on each kind of name, for the sheet `controles`."""
    last = f"t{len(kinds) - 1}"
    found = f"INDEX([naamloos.t0:{last}],1,MATCH([soort],[naamloos.^t0:{last}],0))"
    return Table(
        "naamgaaf",
        "Elke naam en elk vast woord is bekend",
        kinds,
        (
            pasted.text("soort", "Soort naam", lambda kind: kind.titel, width=50),
            live.number("onbekend", "Kolommen met een onbekende naam", found, Format.COUNT),
            live.check("oordeel", "Oordeel", holds("AND(ISNUMBER([onbekend]),[onbekend]=0)")),
        ),
        "Bij een naam die nergens meer staat, telt een formule niets op. Waar, staat op rekenblad_namen.",
    )


def kinds_of(pages: Sequence[Page]) -> tuple[Kind, ...]:
    """Every kind of name and word that is used, with where."""
    tables = [block for page in pages for block in page.blocks if isinstance(block, Table) and block.rows]
    counts: Counts = {
        (table.name, column.key): _stands(table, column.key)
        for table in tables
        for column in table.columns
        if not column.formula
    }
    found = (*_listed_once(tables, counts), *_listed_here(tables, counts), *_words(tables, counts))
    return tuple(kind for kind in found if kind.gebruikt)


def _listed_once(tables: Sequence[Table[Any]], counts: Counts) -> Iterator[Kind]:
    """Kinds of names of which a table holds each once."""
    known = {table.name: table for table in tables}
    for name, column in dict.fromkeys(KEYS.values()):
        table = known.get(name)
        if table:
            names = tuple(_texts(table, column))
            keys = [key for key, listed in KEYS.items() if listed == (name, column)]
            yield Kind(name, f"{column} (lijst: {name})", names, (name, column), _used(counts, keys, names))


def _listed_here(tables: Sequence[Table[Any]], counts: Counts) -> Iterator[Kind]:
    for kind in dict.fromkeys(LISTED.values()):
        keys = [key for key, other in LISTED.items() if other == kind]
        own = [name for table in tables if table.name in SHEETS for name in _texts(table, kind)]
        names = tuple({name.casefold(): name for name in own}.values())
        yield Kind(kind, kind, names, None, _used(counts, keys, names))


def _words(tables: Sequence[Table[Any]], counts: Counts) -> Iterator[Kind]:
    """The words that a column of the input, or a parameter of a rule, must choose from."""
    chosen: dict[tuple[str, ...], list[tuple[str, str, Stands]]] = {}
    caps = (name for table in tables if table.name == "deelplafond" for name in _texts(table, "regel"))
    parameters = (*PARAMETERS, ("nee", *dict.fromkeys(caps)))
    for table in tables:
        for column in table.columns:
            used = counts.get((table.name, column.key), {})
            words = _words_of(table, column, set(used), parameters)
            if words:
                chosen.setdefault(words, []).append((table.name, column.key, used))
    for at, (words, uses) in enumerate(chosen.items(), start=1):
        yield Kind(f"woord{at}", f"woorden: {', '.join(words[:2])} ({at})", words, None, tuple(uses))


def _words_of(
    table: Table[Any], column: Column[Any], used: Set[str], parameters: Sequence[tuple[str, ...]]
) -> tuple[str, ...]:
    spec = _declared(table.name, column.key)
    if not used:
        return ()
    if spec is not None:
        words = YES_NO if used <= set(YES_NO) else spec.kind.opties
        return words if spec.naam not in KEYS and used <= set(spec.kind.opties) else ()
    pasted = any(column.role_of(row) is Role.INPUT_SOURCED for row in table.rows)
    of_these = (words for words in parameters if used <= {word.casefold() for word in words})
    return next(of_these, ()) if pasted else ()


def _declared(sheet: str, column: str) -> ColumnSpec | None:
    if sheet not in SHEETS:
        return None
    return next((spec for spec in SHEETS[sheet].columns if spec.naam == column), None)


def _used(counts: Counts, keys: Sequence[str], names: Sequence[str]) -> tuple[tuple[str, str, Stands], ...]:
    """The pasted columns of these keys that hold such names, and nothing else."""
    known = {name.casefold() for name in names}
    return tuple(
        (table, column, used)
        for (table, column), used in counts.items()
        if column in keys and (table, column) not in FOUND and used and set(used) <= known
    )


def _stands(table: Table[Any], key: str) -> Stands:
    """Where each text of a pasted column stands."""
    column = next(column for column in table.columns if column.key == key)
    if column.formula or column.value is None:
        return {}
    values = [column.value(row) for row in table.rows]
    found = edges_of(value.casefold() if isinstance(value, str) else "" for value in values)
    return {str(name): rows for name, rows in found.items() if name}


def _texts(table: Table[Any], key: str) -> Iterator[str]:
    """The texts of a pasted column, row by row; what is empty left out."""
    column = next((column for column in table.columns if column.key == key), None)
    if column is None or column.formula or column.value is None:
        return
    for row in table.rows:
        value = column.value(row)
        if isinstance(value, str) and value:
            yield value
