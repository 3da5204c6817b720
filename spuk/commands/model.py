"""The model of a plan as a file, for a reader: `spuk plan --model BESTAND.lp`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from finance.case import Case
from finance.case.approval import Decided
from finance.filenames import name_of
from finance.files import atomic_write
from finance.findings import OutputError
from spuk.errors import WrongUsageError
from spuk.stages import stage

SUFFIX: Final = ".lp"


def refuse_model(path: Path, scenarios: Sequence[str], *, everything: bool, robust: bool) -> None:
    """Refuse a file for the model that cannot be, before anything is read or solved.

    Args:
        path: where the model goes.
        scenarios: the scenarios that were asked for by name.
        everything: whether all were, however many there are.
        robust: whether one choice is made for several scenarios.

    Raises:
        WrongUsageError: the name does not end with .lp, or there would be more than one model.
    """
    if path.suffix.lower() != SUFFIX:
        raise WrongUsageError(f"Achter --model hoort een naam die op {SUFFIX} eindigt, en niet '{path}'.")
    if everything or robust or len(set(scenarios)) > 1:
        raise WrongUsageError(
            "--model schrijft het model van één scenario: niet met --all, --robuust of meer scenario's."
        )


def write_model(path: Path, case: Case, source: Path, scenario: str, given: Decided) -> None:
    """Write the model of a case.

    Args:
        path: where it goes; what stands there is replaced.
        case: the case that is planned.
        source: its workbook.
        scenario: its scenario.
        given: the decisions that are given.

    Raises:
        OutputError: it could not be written.
    """
    from models.lp import lp_file

    with stage("model schrijven"):
        content = lp_file(case, f"{name_of(source)}, scenario {scenario}", given)
        try:
            atomic_write(path, content)
        except OutputError as fault:
            # The advice of all other output is about the folder behind --out.
            raise OutputError(str(fault).replace("--out", "--model")) from fault
