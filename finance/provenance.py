"""What made a plan: the input, the toolkit, the solver, and the decisions of people that it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Earlier:
    """A file with decisions that a plan rests on, besides the case.

    Attributes:
        rol: what it is to the plan: `toewijzing` (the whole plan, made by hand), `besluiten` (its start
            years), `vanaf` (what it keeps as far as can be), `robuust` (the scenarios it serves together).
        bestand: the name of the file.
        sha256: the SHA-256 of its bytes.
        uitleg: what was done with it, in Dutch, a sentence each.
    """

    rol: str
    bestand: str
    sha256: str
    uitleg: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What made a plan, for the accountant; no time, so that two runs write the same bytes.

    Attributes:
        case_stem: the name of the input file without its ending.
        invoer_sha256: the SHA-256 of the input file.
        toolkit: the version of the toolkit.
        solver: name and version of the solver.
        regelingen: the ids of the rule sets that were used.
        eerder: the file with decisions that the plan rests on; None where the model decided all.
        zonder_salarissen: whether the workbook keeps back what a salary could be computed from.
    """

    case_stem: str
    invoer_sha256: str
    toolkit: str
    solver: str
    regelingen: tuple[str, ...]
    eerder: Earlier | None = None
    zonder_salarissen: bool = False
