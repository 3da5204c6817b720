"""What an allocation breaks, and what each check looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from finance.case import Case, CostLine
from finance.compliance.judgement import Records
from finance.findings import SpukError
from finance.plan.allocation import Allocation, Outcome, PlaceYear


@dataclass(frozen=True)
class Subject:
    """The decisions of an allocation that a breach is about, so that each can be pointed at.

    Attributes:
        maatregelen: the measures whose start, or absence, breaks something.
        plaatsen: the place-years that are used wrongly.
        betalingen: the payments.
    """

    maatregelen: tuple[str, ...] = ()
    plaatsen: tuple[PlaceYear, ...] = ()
    betalingen: tuple[tuple[CostLine, str], ...] = ()


NO_SUBJECT: Final = Subject()


@dataclass(frozen=True, order=True)
class Breach:
    """One thing in an allocation that breaks a constraint or a rule.

    Attributes:
        regel: the number of the constraint (`C9`) or the id of the rule.
        waar: where: a project, a cost line, a source, in words.
        wat: what is wrong, in Dutch.
        waarde: the value, in euros or places.
        grens: the limit that it passes.
        over: the decisions that it is about.
        vindplaats: where to read the rule; empty for a constraint.
        feit: whether it happened in a closed year: it is shown, and no plan can undo it.
    """

    regel: str
    waar: str
    wat: str
    waarde: str = ""
    grens: str = ""
    over: Subject = field(default=NO_SUBJECT, compare=False)
    vindplaats: str = field(default="", compare=False)
    feit: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        numbers = f" ({self.waarde}, grens {self.grens})" if self.grens else ""
        return f"{self.regel}, {self.waar}: {self.wat}{numbers}"


class ComplianceError(SpukError):
    """An allocation that the toolkit made itself breaks a rule: never written, never repaired.

    Attributes:
        breaches: the breaches.
    """

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        self.breaches = breaches
        listed = "\n".join(f"  - {breach}" for breach in breaches[:20])
        super().__init__(
            f"Het plan is niet geschreven: de onafhankelijke toets vond dit. Meld het aan de makers.\n{listed}"
        )


@dataclass(frozen=True)
class Judged:
    """An allocation with what follows from it and the rule records that apply."""

    case: Case
    records: Records
    allocation: Allocation
    outcome: Outcome


def in_words(line: CostLine) -> str:
    """A cost line as a reader names it."""
    owner = line.krediet or line.maatregel or f"{line.locatie} {line.zorgvorm}"
    return f"{owner} {line.kostensoort} {line.jaar}"


def of_measures(*names: str) -> Subject:
    """The measures that a breach is about."""
    return Subject(maatregelen=names)


def of_payments(pairs: Iterable[tuple[CostLine, str]]) -> Subject:
    """The payments that a breach is about, as cost line and source."""
    return Subject(betalingen=tuple(pairs))
