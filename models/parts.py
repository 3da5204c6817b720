"""The payments of a line that together stay within a part of it: those of the grants of one regulation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from finance.case import CostLine
from finance.case.sheets import Source
from finance.rules import Entitlement
from finance.rules.capitalised import capitalises
from finance.rules.entitlement import PartOfLine
from finance.rules.records import NotCapitalisedRule


def parts_of_line(
    entitlement: Entitlement, line: CostLine, payers: Iterable[tuple[int, Source]]
) -> Mapping[str, tuple[PartOfLine, tuple[int, ...]]]:
    """The payments of a line under each limit to a part of it, by regulation.

    What is not capitalised limits nothing where nothing is.

    Args:
        entitlement: the rules applied to the case.
        line: the line.
        payers: each payment of the line, by its number, with its source.

    Returns:
        The rule, and the numbers of the payments that it limits together.
    """
    found: dict[str, tuple[PartOfLine, tuple[int, ...]]] = {}
    for pair, source in payers:
        rule = entitlement.permission(source, line).tot
        limits = rule is not None and (not isinstance(rule, NotCapitalisedRule) or capitalises(entitlement.case, line))
        if rule is not None and limits:
            first, pairs = found.get(source.regeling, (rule, ()))
            found[source.regeling] = first, (*pairs, pair)
    return found
