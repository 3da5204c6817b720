"""The run of `spuk template`: an empty workbook where none was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from finance.books.template import INPUT, hand_form, write_template
from finance.handmade import known_ids
from spuk import run
from spuk.commands.vragen import interview, write_answered
from spuk.errors import WrongUsageError


def write_new(path: Path, case: Path | None, *, by_hand: bool, asked: bool) -> str:
    """Write an empty workbook, the input of a case or an allocation made by hand; or a case from answers.

    Args:
        path: where it goes; nothing may be there.
        case: the case whose ids an allocation offers; None for none.
        by_hand: whether it is an allocation.
        asked: whether questions are asked, and the input of a case is filled with their answers.

    Returns:
        Where it is, in Dutch.

    Raises:
        WrongUsageError: the name will not do, options do not go together, or the answers end too soon.
        FindingsError: the case has findings.
        OutputError: it could not be written.
    """
    if asked:
        if by_hand or case is not None:
            raise WrongUsageError("--vragen gaat niet samen met --toewijzing of --casus.")
        refuse_name(path)
        write_answered(path, interview(), date.today())
        return f"De casus staat in {path}; wat u niet opgaf, is een aanname (blad herkomst). Verder: spuk plan {path}"
    if case is not None and not by_hand:
        raise WrongUsageError("--casus hoort bij --toewijzing.")
    refuse_name(path)
    write_template(path, hand_form(_ids_of(case)) if by_hand else INPUT)
    return f"Het sjabloon staat in {path}."


def refuse_name(path: Path) -> None:
    """Refuse a place where no new workbook can go.

    Raises:
        WrongUsageError: it is no name of a workbook, or something is there.
    """
    if path.suffix.lower() != ".xlsx":
        raise WrongUsageError(f"De naam '{path}' moet op .xlsx eindigen.")
    if path.exists():
        raise WrongUsageError(f"'{path}' bestaat al. Kies een andere naam, of verplaats het bestand.")


def _ids_of(path: Path | None) -> Mapping[str, Sequence[str]]:
    """The ids of a case, by the sheet where they stand; none without a case."""
    known = {} if path is None else known_ids(run.check(path).case)
    return {ref: tuple(ids) for ref, ids in known.items()}
