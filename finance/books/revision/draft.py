"""What every sheet of `herziening.xlsx` is made from: the request, the plan behind it, and the names in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.books.names import Names, names_of
from finance.books.quantities import Fixed
from finance.case import Case
from finance.case.sheets import Provenance
from finance.plan.allocation import Allocation
from finance.rules.records import RevisionRoundRule, WindowRule
from finance.rules.revision import REGULATION, Threshold
from finance.statement.revision import Revision
from finance.statement.revision_amounts import Pool, Share
from finance.statement.revision_posts import RevisionPost
from finance.tables.grid import Format, Role

OUTSIDE: Final = "buiten bijlage 2"
"""What stands for a location that the annex does not name."""
TOGETHER: Final = "alle locaties van de gemeente"
"""What stands for the locations of the municipality together."""
CHOSEN: Final = "keuze van de toolkit"
NATIONAL: Final = (Fraction(1), Fraction(5, 4), Fraction(3, 2), Fraction(2), Fraction(3))
"""What all municipalities may ask together, as a multiple of what there is."""
THOUSAND: Final = Fixed("duizend", "een bedrag in duizend euro", Fraction(1000), "EUR", Format.COUNT, "kalender", True)
CENT: Final = Fixed("cent", "een cent, in euro", Fraction(1, 100), "EUR", Format.EURO, "kalender", True)


@dataclass(frozen=True)
class RevisionInfo:
    """What made the workbook; no time, so that two runs write the same bytes.

    Attributes:
        case_stem: the name of the input file without its ending.
        invoer_sha256: the SHA-256 of the input file.
        toolkit: the version of the toolkit.
        scenario: the scenario whose plan this is.
        vandaan: where the plan comes from, in Dutch.
        bewezen: whether it is proven to be the best plan.
        kenmerken: what tells the file of the plan from another one, each with what it is called.
    """

    case_stem: str
    invoer_sha256: str
    toolkit: str
    scenario: str
    vandaan: str
    bewezen: bool
    kenmerken: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Draft:
    """A request for revision on its way to a workbook.

    Attributes:
        case: the case.
        allocation: the plan.
        info: what made the workbook.
    """

    case: Case
    allocation: Allocation
    info: RevisionInfo

    @cached_property
    def revision(self) -> Revision:
        """The request, as Python computes it."""
        return Revision(self.case, self.allocation)

    @cached_property
    def names(self) -> Names:
        """What the ids of the case are called where formulas look them up."""
        return names_of(
            self.case,
            (
                ("aanbieders", self.case.providers),
                ("locaties", self.case.locations),
                ("zorgvormen", self.case.care_forms),
                ("maatregelen", self.case.measures),
                ("herkomst", self.case.provenance),
            ),
        )

    def key(self, family: str, name: str) -> str:
        """What an id is called here; empty for no id."""
        return self.names.of(family, name)

    @property
    def posts(self) -> tuple[RevisionPost, ...]:
        """The lines with a kostensoort of a category."""
        return self.revision.posts.posts

    @cached_property
    def _divided(self) -> Mapping[tuple[Pool, str, str, str], Share]:
        """The first share of each amount that is divided."""
        found: dict[tuple[Pool, str, str, str], Share] = {}
        for row in self.revision.shares:
            found.setdefault(_divided_of(row), row)
        return found

    @property
    def divided(self) -> tuple[Share, ...]:
        """What is spent for several locations together, each amount by its first share."""
        return tuple(self._divided.values())

    def divided_key(self, share: Share) -> str:
        """What formulas call the amount that a share is a part of."""
        return f"V{self._numbers[_divided_of(share)]:03d}"

    @cached_property
    def _numbers(self) -> Mapping[tuple[Pool, str, str, str], int]:
        return {key: number for number, key in enumerate(self._divided, start=1)}

    def pool_key(self, pool: Pool) -> str:
        """What formulas call the locations that something is for."""
        if not pool.samen:
            return pool.plekken[0] if pool.plekken else OUTSIDE
        return f"aanbieder {self.key('aanbieder', pool.aanbieder)}" if pool.aanbieder else TOGETHER

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """The sheet of each location in the annex."""
        found: dict[str, str] = {}
        for row in self.revision.thresholds:
            name = sheet_name(row.naam)
            found[row.naam] = name if name not in found.values() else f"{name}_{len(found) + 1}"
        return found

    def table_of(self, threshold: Threshold, what: str) -> str:
        """The name of a table on the sheet of a location."""
        return f"{what}_{self.sheets[threshold.naam]}"

    @cached_property
    def window(self) -> WindowRule:
        """The rule with the window of the regulation.

        Raises:
            ValueError: the case does not name the regulation; a finding of the command.
        """
        rules = (self.revision.statement.rules.rule(REGULATION, "periode", year) for year in self.case.years)
        rule = next((rule for rule in rules if isinstance(rule, WindowRule)), None)
        if rule is None:
            raise ValueError(f"{REGULATION} has no window in this case")
        return rule

    @property
    def round(self) -> RevisionRoundRule:
        """The round in which the request is filed; the last one where that is over."""
        return self.revision.rules.next_round or self.revision.rules.rounds[-1]

    @cached_property
    def provenance(self) -> Mapping[str, Provenance]:
        """Where things come from, by code."""
        return {row.code: row for row in self.case.provenance}

    def role(self, code: str) -> Role:
        """The role of a cell that comes from a code."""
        sourced = code in self.provenance and self.provenance[code].soort == "bron"
        return Role.INPUT_SOURCED if sourced else Role.INPUT_ASSUMED


def _divided_of(share: Share) -> tuple[Pool, str, str, str]:
    return share.pool, share.categorie.categorie, share.tijd, share.wie


def sheet_name(location: str) -> str:
    """The name of the sheet of a location: its own words, in letters that need no quotes in a formula.

    Example:
        >>> sheet_name("Horizon 't Anker Harreveld"), sheet_name("OG Heldring (nu Pactum Zetten)")
        ('anker_harreveld', 'og_heldring')
    """
    plain = re.split(r"[,(]", location)[0].casefold().removeprefix("horizon ")
    return "_".join(word for word in re.findall(r"[a-z]+", plain) if len(word) > 1)
