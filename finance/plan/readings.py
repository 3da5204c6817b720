"""What a plan would come to under a reading of the rules that is switched off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from finance.money import Exact, Money


class Asked(StrEnum):
    """What came of the question, in the words of the workbook."""

    PROVEN = "berekend en bewezen"
    FOUND = "berekend, niet bewezen: de rekentijd was op"
    NOTHING = "niets te winnen: alles is besteed en gedekt, zonder eigen geld"
    NO_TIME = "niet berekend: de rekentijd was op"


@dataclass(frozen=True, slots=True)
class OtherReading:
    """The best plan under a wider reading, beside the plan as it is.

    Attributes:
        lezing: the reading.
        streng: the ids of the rules that apply, and are stricter.
        ruim: the ids of the rules that would apply.
        uitkomst: what came of the question.
        terug: what goes back of all grants in the plan as it is.
        terug_anders: what would go back under the reading; None where that is not known.
        doelen: the value of each goal under the reading, in order; empty where no plan was made.
    """

    lezing: str
    streng: tuple[str, ...]
    ruim: tuple[str, ...]
    uitkomst: Asked
    terug: Money
    terug_anders: Money | None = None
    doelen: Mapping[str, Exact | Money] = field(default_factory=dict)

    @property
    def scheelt(self) -> Money | None:
        """What the stricter interpretation costs in what goes back; None where that is not known."""
        return None if self.terug_anders is None else self.terug - self.terug_anders

    @property
    def gelijk(self) -> bool:
        """Whether a plan was made under the reading, and as much goes back."""
        return self.uitkomst in {Asked.PROVEN, Asked.FOUND} and self.terug == self.terug_anders


def in_dutch(row: OtherReading) -> str:
    """What the stricter interpretation costs, in one Dutch sentence."""
    if row.terug_anders is None:
        return f"wat de lezing {row.lezing} scheelt is {row.uitkomst}"
    if row.uitkomst is Asked.NOTHING:
        return f"met de lezing {row.lezing} is er {row.uitkomst}"
    if row.gelijk:
        return (
            f"met of zonder de lezing {row.lezing} moet {row.terug.dutch()} terug: daarin maakt zij geen verschil"
            f" ({row.uitkomst})"
        )
    return (
        f"met de lezing {row.lezing} moet {row.terug_anders.dutch()} terug in plaats van {row.terug.dutch()}"
        f" ({row.uitkomst})"
    )
