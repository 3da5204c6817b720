"""What a measurement says, as tables for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Section:
    """One measurement.

    Attributes:
        title: what was measured.
        lead: how, and the target where there is one.
        head: the names of the columns.
        rows: the cells.
        notes: what else to know.
    """

    title: str
    lead: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: Sequence[str] = field(default_factory=tuple)

    def markdown(self) -> str:
        """The section in Markdown."""
        table = [self.head, ("---",) * len(self.head), *self.rows]
        lines = ["| " + " | ".join(row) + " |" for row in table]
        return "\n\n".join([f"## {self.title}", self.lead, "\n".join(lines), *self.notes])


def times(ratios: Sequence[float]) -> str:
    """The median of some ratios, and how far they lie apart."""
    return f"{median(ratios):.2f} ({min(ratios):.2f} - {max(ratios):.2f})"


def share(part: float, whole: float) -> str:
    """A share as a percentage."""
    return f"{100 * part / whole:.1f}%"


def number(count: float) -> str:
    """A count with its thousands apart."""
    return f"{count:,.0f}"


def target(met: bool) -> str:
    """Whether a target was met."""
    return "met" if met else "MISSED"
