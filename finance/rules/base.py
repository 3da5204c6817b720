"""What every rule carries: its id, its dates, and where it can be read."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from finance.calendar import Period


class RuleBase(BaseModel):
    """What every rule carries.

    Attributes:
        id: unique over all rule sets.
        van: the first day on which it is in force.
        tot: the last day on which it is in force; None where it has no end.
        bekend_sinds: the first day on which it could be known.
        artikel: the article or section.
        publicatie: the publication that it stands in.
        feit: the codes of the facts that it rests on.
        rang: the rank of that publication.
        uitleg: one line of Dutch that says what it means.
        lezing: the alternative reading under which it holds; empty for always.
        zekerheid: how sure it is that this is what the publication says; `middel` where the text itself
            was not read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    van: date
    tot: date | None = None
    bekend_sinds: date
    artikel: str
    publicatie: str
    feit: str
    rang: Literal["regeling", "toelichting", "notitie"]
    uitleg: str
    lezing: str = ""
    zekerheid: Literal["hoog", "middel"] = "hoog"

    @property
    def subject(self) -> str:
        """What the rule is about; rules with the same subject are versions of one another."""
        raise TypeError(f"{type(self).__name__} has no subject")

    @property
    def topic(self) -> str:
        """What a reader calls its subject."""
        return self.subject

    @property
    def force(self) -> Period:
        """When the rule is in force."""
        return Period(self.van, self.tot)

    @property
    def vindplaats(self) -> str:
        """Where to read it: publication and article."""
        return f"{self.publicatie}, {self.artikel}"
