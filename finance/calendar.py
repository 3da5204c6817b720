"""Years and periods: the calendar of a case and of a grant."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


MONTHS_OF_QUARTER: Final = 3


def days_of(year: int, quarter: int | None = None) -> int:
    """The days of a calendar year, or of one quarter of it.

    Args:
        year: a calendar year.
        quarter: 1 to 4; None for the whole year.

    Example:
        >>> days_of(2024), days_of(2024, 1), days_of(2023, 1)
        (366, 91, 90)
    """
    first = 1 if quarter is None else MONTHS_OF_QUARTER * (quarter - 1) + 1
    months = range(first, 13 if quarter is None else first + MONTHS_OF_QUARTER)
    return sum(monthrange(year, month)[1] for month in months)


@dataclass(frozen=True, order=True, slots=True)
class YearSpan:
    """A run of whole calendar years, first and last included; empty where last < first.

    Attributes:
        first: the first calendar year.
        last: the last calendar year.
    """

    first: int
    last: int

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.first <= year <= self.last

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    def overlap(self, other: YearSpan) -> YearSpan:
        """The years that both spans have."""
        return YearSpan(max(self.first, other.first), min(self.last, other.last))


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of days, first and last included.

    Attributes:
        first: the first day.
        last: the last day; None where it has no end yet.
    """

    first: date
    last: date | None = None

    def contains(self, day: date) -> bool:
        """Whether a day lies in the period, ends included."""
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, other: Period) -> bool:
        """Whether two periods have a day in common."""
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)

    def touches(self, year: int) -> bool:
        """Whether at least one day of a calendar year lies in the period."""
        starts_in_time = self.first <= date(year, 12, 31)
        return starts_in_time and (self.last is None or self.last >= date(year, 1, 1))
