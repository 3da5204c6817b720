"""What ids are called in the output workbook.

Lookups in a workbook ignore capitals, read `*`, `?` and `~` as wildcards and take `<5` or `007`
for a condition or a number. An id that a lookup could misread is shown as a key of its own, such
as `locatie-003`; the table of keys says which id that is. All other ids are shown as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from finance.case.case import Case
from finance.case.declaring import ColumnSpec as InputColumn
from finance.case.declaring import Row
from finance.case.sheets import SHEETS

PLAIN: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ](?:[\wÀ-ÖØ-öø-ÿ.'-]|(?<=\S) (?=\S))*", re.ASCII)
LONGEST: Final = 60
"""A lookup in a workbook refuses texts of more than 255 characters; a reader much sooner."""
MONTHS: Final = (
    "jan|januari|january|feb|februari|february|mrt|maart|mar|march|apr|april|mei|may|jun|juni|june"
    "|jul|juli|july|aug|augustus|august|sep|sept|september|okt|oktober|oct|october|nov|november|dec|december"
)
DATE_LIKE: Final = re.compile(rf"({MONTHS})[ .'-]?\d", re.IGNORECASE)
WORDS: Final = ("true", "false", "waar", "onwaar", "alle", "ja", "nee")
"""Words that a lookup or a reader could take for something else."""

OWN_IDS: Final[Mapping[tuple[str, str], str]] = {
    ("herkomst", "code"): "herkomst",
    ("aanbieders", "aanbieder"): "aanbieder",
    ("locaties", "locatie"): "locatie",
    ("zorgvormen", "zorgvorm"): "zorgvorm",
    ("doelgroepen", "doelgroep"): "doelgroep",
    ("maatregelen", "maatregel"): "maatregel",
    ("maatregelen", "project"): "project",
    ("indexen", "index"): "index",
    ("beschikkingen", "beschikking"): "beschikking",
    ("beschikkingen", "gemeente"): "gemeente",
    ("beschikkingen", "regeling"): "regeling",
    ("hulpbronnen", "hulpbron"): "hulpbron",
    ("plaatsgrenzen", "grens"): "grens",
    ("plaatsgrenzen", "zorgvormen"): "zorgvorm",
    ("regios", "regio"): "regio",
    ("dekking", "bron"): "bron",
    ("dekking", "regeling"): "regeling",
    ("dekking", "gemeente"): "gemeente",
    ("plaatsen", "tarief"): "tarief",
    ("financiering", "tarief"): "tarief",
    ("tarief", "tarief"): "tarief",
}
"""The columns that hold ids without referring to another sheet, and the family of those ids."""
FAMILY_OF_SHEET: Final[Mapping[str, str]] = {
    "herkomst": "herkomst",
    "aanbieders": "aanbieder",
    "locaties": "locatie",
    "zorgvormen": "zorgvorm",
    "doelgroepen": "doelgroep",
    "maatregelen": "maatregel",
    "project": "project",
    "indexen": "index",
    "beschikkingen": "beschikking",
    "hulpbronnen": "hulpbron",
    "dekking": "bron",
}
"""The family of the ids that a reference to a sheet names."""


def family(sheet: str, column: InputColumn) -> str:
    """The family of the ids in a column of the input; empty where it holds none."""
    if column.info.ref:
        return FAMILY_OF_SHEET[column.info.ref]
    return OWN_IDS.get((sheet, column.naam), "")


def is_plain(name: str) -> bool:
    """Whether a lookup finds this id and nothing else.

    Example:
        >>> is_plain("gesloten"), is_plain("a*"), is_plain("mei 2024"), is_plain("007")
        (True, False, False, False)
    """
    return (
        len(name) <= LONGEST
        and PLAIN.fullmatch(name) is not None
        and DATE_LIKE.match(name) is None
        and name.lower() not in WORDS
    )


@dataclass(frozen=True, slots=True)
class Alias:
    """An id that goes by another key in the workbook.

    Attributes:
        familie: the family of the id.
        sleutel: the key.
        invoer: the id as the input has it.
    """

    familie: str
    sleutel: str
    invoer: str


@dataclass(frozen=True)
class Names:
    """The keys of all ids of a case.

    Attributes:
        keys: the key of each id, by family and id.
    """

    keys: Mapping[tuple[str, str], str]

    def of(self, family: str, name: str) -> str:
        """The key of an id; empty for no id."""
        return self.keys[family, name] if name else ""

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """The ids whose key differs from them."""
        return tuple(Alias(family, key, name) for (family, name), key in self.keys.items() if key != name)


def names_of(case: Case, rows: Iterable[tuple[str, Iterable[Row]]]) -> Names:
    """Give every id of a case its key.

    Args:
        case: the case.
        rows: the rows of each sheet of the input.
    """
    families: dict[str, dict[str, None]] = defaultdict(dict)
    families["gemeente"][case.settings.coordinerende_gemeente] = None
    families["regeling"].update(dict.fromkeys(case.settings.regelingen))
    for sheet, records in rows:
        for name, its_family in _ids(sheet, records):
            families[its_family][name] = None
    return Names({(name, one): key for name, ids in families.items() for one, key in _keys(name, ids).items()})


def _ids(sheet: str, records: Iterable[Row]) -> Iterator[tuple[str, str]]:
    columns = [(column.naam, family(sheet, column)) for column in SHEETS[sheet].columns]
    named = [(column, its_family) for column, its_family in columns if its_family]
    for record in records:
        for column, its_family in named:
            named_there = getattr(record, column)
            for name in named_there if isinstance(named_there, tuple) else (named_there,):
                if name:
                    yield name, its_family


def _keys(family: str, ids: Iterable[str]) -> Mapping[str, str]:
    """Keys that stay distinct when capitals are ignored."""
    names = list(ids)
    alike: dict[str, int] = defaultdict(int)
    for name in names:
        alike[name.casefold()] += 1
    taken = {name.casefold() for name in names}
    keys: dict[str, str] = {}
    for number, name in enumerate(names, start=1):
        plain = is_plain(name) and alike[name.casefold()] == 1
        keys[name] = name if plain else _free(family, number, taken)
    return keys


def _free(family: str, number: int, taken: Iterable[str]) -> str:
    key = f"{family}-{number:03d}"
    while key in taken:
        key += "-x"
    return key
