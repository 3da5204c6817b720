"""A request for revision (herziening): the rules of it, and the locations that the regulation names.

Source: RG-15 to RG-19; art. 1, 5, 7 and annex 2 of the regulation of 2024.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Final, TypeVar

from finance.case.case import Case
from finance.case.table import RawBook, quoted, tidy
from finance.findings import MOST_NAMED, Finding, closest
from finance.money import Money, round_half_away
from finance.rules.base import RuleBase
from finance.rules.library import Knowledge, by_subject, rule_sets, version
from finance.rules.records import (
    REVISION,
    PlaceKeyRule,
    RevisionCategoryRule,
    RevisionRoundRule,
    RevisionRule,
    Rule,
    ThresholdRule,
)

R = TypeVar("R", bound=RuleBase)

REGULATION: Final = "transformatie-2024"
"""The regulation whose grants a revision adds to."""
NOT_NAMED: Final = "niet genoemd"
"""What stands in `naam_bijlage2` for a location that the annex does not name."""
_LIKENESS: Final = 0.6


@dataclass(frozen=True)
class Threshold:
    """One location of the annex.

    Attributes:
        regel: the rule.
        plaatsen: the places that its thresholds come to; derived and never a norm (RG-19).
        sleutel: the rule that says what one place comes to.
    """

    regel: ThresholdRule
    plaatsen: int
    sleutel: PlaceKeyRule

    @property
    def naam(self) -> str:
        """The name of the location in the annex."""
        return self.regel.locatie

    @property
    def gemeente(self) -> str:
        """The coordinating municipality."""
        return self.regel.gemeente

    def amount(self, category: RevisionCategoryRule) -> Money:
        """The threshold of a category."""
        return Money.from_euros(self.regel.bedragen[category.categorie])


@dataclass(frozen=True)
class RevisionRules:
    """The rules of a request for revision, as they are known on a day and under some readings.

    Attributes:
        known: the peildatum and the readings.
    """

    known: Knowledge

    @cached_property
    def _applied(self) -> tuple[Rule, ...]:
        year = max(self.known.peildatum.year, min(rule.van.year for rule in rule_sets()[REVISION].regel))
        versions = by_subject(rule_sets()[REVISION].regel).values()
        return tuple(rule for rules in versions if (rule := version(rules, year, self.known)) is not None)

    def _of(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(rule for rule in self._applied if isinstance(rule, kind))

    @property
    def asked(self) -> RevisionRule | None:
        """How much is asked; None where the regulation was not yet known."""
        return next(iter(self._of(RevisionRule)), None)

    @cached_property
    def categories(self) -> tuple[RevisionCategoryRule, ...]:
        """The categories, in the order of the annex."""
        return tuple(sorted(self._of(RevisionCategoryRule), key=lambda rule: rule.nummer))

    @cached_property
    def category_of(self) -> Mapping[str, RevisionCategoryRule]:
        """The category of each kostensoort that counts in one."""
        return {sort: rule for rule in self.categories for sort in rule.kostensoorten}

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The locations of the annex, in its order."""
        keys = self._of(PlaceKeyRule)
        return tuple(
            Threshold(rule, round_half_away(Fraction(sum(rule.bedragen.values())) / Fraction(key.bedrag)), key)
            for key in keys
            for rule in self._of(ThresholdRule)
        )

    def threshold(self, text: str) -> Threshold | None:
        """The location of the annex that a name means; None where it means none."""
        name = named_location(text)
        return next((row for row in self.thresholds if row.naam == name), None)

    @cached_property
    def rounds(self) -> tuple[RevisionRoundRule, ...]:
        """The rounds of requests, in order."""
        return tuple(sorted(self._of(RevisionRoundRule), key=lambda rule: rule.jaar))

    @property
    def next_round(self) -> RevisionRoundRule | None:
        """The first round that can still be filed in on the peildatum; None where the last one is over."""
        return next((row for row in self.rounds if self.known.peildatum <= row.indienen_tot), None)


@cache
def _names() -> Mapping[str, str]:
    """The official name of each location of the annex by every spelling of it that is sure."""
    rules = [rule for rule in rule_sets()[REVISION].regel if isinstance(rule, ThresholdRule)]
    return {_bare(name): rule.locatie for rule in rules for name in (rule.locatie, *rule.ook)}


def _bare(text: str) -> str:
    """A name without what people write differently: capitals, blanks, the form of an apostrophe, commas."""
    plain = tidy(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\N{LEFT SINGLE QUOTATION MARK}", "'")
    return " ".join(plain.replace(",", " ").casefold().split())


def locations_of_annex() -> tuple[str, ...]:
    """The names of the locations in the annex, in its order."""
    return tuple(dict.fromkeys(_names().values()))


def named_location(text: str) -> str | None:
    """The location of the annex that a text names, in the spelling of the annex; None for none.

    Example:
        >>> named_location("bergse bos"), named_location("Schakenbos")
        ('Horizon Bergse Bos, Rotterdam', None)
    """
    return _names().get(_bare(text))


def outside_annex(text: str) -> bool:
    """Whether a text says that the annex does not name the location."""
    return _bare(text) == NOT_NAMED


def meant_location(text: str) -> str | None:
    """The location of the annex that a misspelt name most likely means; None for none."""
    near = closest(_bare(text), _names().keys(), _LIKENESS)
    return _names()[near] if near else None


def unknown_locations(case: Case, book: RawBook) -> Iterator[Finding]:
    """Find names of locations that the annex does not have: their thresholds would not be found.

    Args:
        case: a case whose rows hang together.
        book: the tables that it came from, for the addresses.
    """
    for row in case.locations:
        text = row.naam_bijlage2
        if text and named_location(text) is None and not outside_annex(text):
            yield Finding(
                "locaties",
                book.bladen["locaties"].cell("naam_bijlage2", row.rij),
                f"naam_bijlage2 {quoted(text)} is geen locatie uit bijlage 2 van de regeling van 2024.",
                _advice(text),
            )


def _advice(text: str) -> str:
    near = meant_location(text)
    if near is not None:
        return f"Bedoelt u '{near}'?"
    return f"Kies uit: {_some(locations_of_annex())}, of vul '{NOT_NAMED}' in als de bijlage de locatie niet noemt."


def _some(names: Iterable[str]) -> str:
    every = tuple(names)
    return "; ".join(every[:MOST_NAMED]) + ("; ..." if len(every) > MOST_NAMED else "")
