"""The codes of regulations that a case names, against those that the toolkit knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from finance.case.case import Case
from finance.case.series import continued
from finance.case.sheets import Source
from finance.case.table import RawBook, quoted
from finance.case.words import GRANT
from finance.findings import Finding, closest
from finance.rules.library import regulations, rule_sets


def setting_cell(case: Case, book: RawBook, key: str) -> str:
    """The cell with the value of a key of the sheet `case`."""
    row = next(row for row in case.setting_rows if row.sleutel == key)
    return book.bladen["case"].cell("waarde", row.rij)


def meant_regulation(text: str) -> str | None:
    """The code of the regulation that a text was most likely meant to name; None where none is near.

    Its full name and its publication name it too.
    """
    for code in regulations():
        if text.casefold() in (rule_sets()[code].naam.casefold(), rule_sets()[code].publicatie.casefold()):
            return code
    return closest(text, regulations())


def regulations_named(case: Case, book: RawBook) -> Iterator[Finding]:
    """Find codes that no regulation has, and regulations that the sheet `case` does not name.

    Args:
        case: the case.
        book: the tables that it came from, for the addresses.
    """
    named = case.settings.regelingen
    wrong = [name for name in named if name not in regulations()]
    for name in wrong:
        yield Finding(
            "case",
            setting_cell(case, book, "regelingen"),
            f"{quoted(name)} is onbekend bij regelingen.",
            _advice(name, regulations()),
        )
    # What the sheet `case` names under another spelling is found there.
    fine = set(regulations()) & {*named, *map(meant_regulation, wrong)}
    grants = [row for row in case.sources if row.soort == GRANT]
    yield from _without(grants, named, book)
    decisions = [(row.rij, row.regeling) for row in case.grant_decisions]
    yield from _rows("beschikkingen", decisions, named, fine, book)
    given = [(row.rij, row.regeling) for row in grants if row.regeling]
    yield from _rows("dekking", given, named, fine, book)


def _without(grants: Sequence[Source], named: Sequence[str], book: RawBook) -> Iterator[Finding]:
    known = [name for name in named if name in regulations()] or list(regulations())
    for row in grants:
        if not row.regeling:
            yield Finding(
                "dekking",
                book.bladen["dekking"].cell("regeling", row.rij),
                "Een bron van soort spuk heeft een regeling nodig.",
                f"Noem een van de regelingen uit het blad case: {', '.join(known)}.",
            )


def _rows(
    blad: str, rows: Sequence[tuple[int, str]], named: Collection[str], fine: Collection[str], book: RawBook
) -> Iterator[Finding]:
    """The rows of a sheet that name a regulation which the sheet `case` does not name."""
    counted = continued(rows, fine)
    of_series = {row for series in counted for row in series.rijen}
    for series in counted:
        yield Finding(blad, book.bladen[blad].cell("regeling", series.rijen[0]), *series.says("regeling"))
    for row, name in rows:
        if name not in fine and row not in of_series:
            lacks = "is onbekend" if name in named else "staat niet bij regelingen in het blad case"
            wat = f"De regeling {quoted(name)} {lacks}."
            known = name in regulations()
            others = f", of kies uit: {', '.join(sorted(fine))}." if fine else "."
            doen = f"Voeg {name} daar toe{others}" if known else _advice(name, fine)
            yield Finding(blad, book.bladen[blad].cell("regeling", row), wat, doen)


def _advice(name: str, codes: Collection[str]) -> str:
    close = closest(name, codes) or meant_regulation(name)
    return f"Bedoelt u {quoted(close)}?" if close else f"De codes zijn: {', '.join(regulations())}."
