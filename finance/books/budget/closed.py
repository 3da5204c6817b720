"""The input of a budget in the view without salaries: what stands on `uitgangspunten` for personnel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from finance.books.confidential import CLOSED, CLOSED_TEXTS, CLOSED_UNITS, CONFIDENTIAL
from finance.case.case import Case
from finance.case.declaring import Row
from finance.case.pricing import key_of
from finance.case.sheets import Provenance, ScenarioChange, TariffParameter
from finance.tables.grid import Origin, OriginKind
from finance.tariff.tariff import STAFF_PARAMETERS, STAFF_PER_FTE, Tariff

SHEET: Final = "tarief"
HIDDEN: Final = "(vertrouwelijk)"
"""What stands for the change of a salary that a scenario makes."""
OF_CLOSED: Final = Origin(OriginKind.INPUT, "blad tarief, de parameters van personeel", (CONFIDENTIAL,))


def is_closed_row(row: Row) -> bool:
    """Whether a row stands for the personnel of a tariff."""
    return isinstance(row, TariffParameter) and row.parameter in CLOSED


def closed_rows(
    case: Case, rows: Mapping[str, Sequence[Row]], tariffs: Iterable[Tariff]
) -> Mapping[str, Sequence[Row]]:
    """The rows of each sheet of the input, with two rows per tariff in place of those of personnel.

    What only says where a parameter of personnel comes from is left out.

    Args:
        case: the case.
        rows: the rows that a budget rests on.
        tariffs: its tariffs without salaries, in the order of the rows.
    """
    code = _free_code(case)
    kept = [row for row in rows[SHEET] if not _is_staff(row)]
    shown = {**rows, SHEET: list(_parameters(kept, tariffs, code))}
    said = {row.herkomst for row in case.setting_rows}
    said |= {getattr(row, "herkomst", "") for its in shown.values() for row in its}
    secret = {row.herkomst for row in case.tariff_parameters if _is_staff(row)} - said
    return {**shown, "herkomst": [*(row for row in case.provenance if row.code not in secret), _closed(code)]}


def _is_staff(row: Row) -> bool:
    return isinstance(row, TariffParameter) and row.parameter in STAFF_PARAMETERS


def _free_code(case: Case) -> str:
    """A code for the confidential amounts that no row of `herkomst` has."""
    taken, code = {row.code.casefold() for row in case.provenance}, CONFIDENTIAL
    while code.casefold() in taken:
        code += "-x"
    return code


def _closed(code: str) -> Provenance:
    return Provenance.model_construct(
        rij=0,
        code=code,
        soort=CONFIDENTIAL.lower(),
        document=CLOSED_TEXTS[STAFF_PER_FTE],
        vindplaats="blad tarief van de invoer",
        toelichting="Deze begroting is gemaakt zonder salarissen (--zonder-salarissen).",
    )


def _parameters(rows: Iterable[Row], tariffs: Iterable[Tariff], code: str) -> Iterator[Row]:
    kept = [row for row in rows if isinstance(row, TariffParameter)]
    for tariff in tariffs:
        key = key_of(tariff)
        for name in CLOSED:
            yield TariffParameter.model_construct(
                rij=0,
                **key._asdict(),
                parameter=name,
                waarde=tariff.decimal(name),
                eenheid=CLOSED_UNITS[name][1],
                herkomst=code,
            )
        yield from (row for row in kept if key_of(row) == key)


def closed_changes(case: Case, changes: Sequence[ScenarioChange]) -> tuple[ScenarioChange, ...]:
    """What a scenario changes, without what it does to a parameter of personnel."""
    rows = {row.rij for row in case.tariff_parameters if _is_staff(row)}
    touched = {
        touch.rij
        for (sheet, _, row), touches in case.touches.items()
        if sheet == SHEET and row in rows
        for touch in touches
    }
    return tuple(_hidden(change) if change.rij in touched else change for change in changes)


def _hidden(change: ScenarioChange) -> ScenarioChange:
    return change.model_copy(update={"filter": HIDDEN, "bewerking": HIDDEN, "waarde": HIDDEN})
