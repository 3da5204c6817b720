"""The regulations side by side, for the reader of the guide: what follows from the rule files, as Markdown.

The rules are those known today, under no reading; what a reading changes stands in a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from finance.case.table import listed, shown
from finance.case.words import COST_SORTS
from finance.money import Money
from finance.rules.library import Knowledge, by_subject, regulations, rule_sets, version
from finance.rules.records import (
    ActivityRule,
    CategoryRule,
    CeilingRule,
    NationalRule,
    PartRule,
    Rule,
    ShareCapRule,
    WindowRule,
)
from finance.rules.tests import NO

START: Final = "<!-- uit de regels: python -m templates -->"
END: Final = "<!-- einde -->"
KNOWN: Final = Knowledge(date.max)
PAID: Final = {"ja": "ja", "nee": "nee", "bij_sluiting": "ja, wat sluit"}
NONE: Final = "geen"


def side_by_side() -> str:
    """The tables: kostensoorten, readings, windows and ceilings of every regulation that grants money."""
    names = sorted(filter(_categories, regulations()), key=lambda name: rule_sets()[name].known_since)
    return "\n\n".join(
        [
            "**Wat mag, met de rang van de regel en het artikel.**",
            _table(["kostensoort", *names], [[sort, *(_verdict(name, sort) for name in names)] for sort in COST_SORTS]),
            "**Wat een lezing verandert.**",
            _table(["lezing", "regeling", "gaat over", "wordt", "rang", "vindplaats"], _readings(names)),
            "**Wanneer het geld besteed moet zijn.** Wat het eerst sluit, staat bovenaan: dat geld gaat eerst op.",
            _table(["regeling", "van", "tot en met", "lezing", "vindplaats"], _windows(names)),
            "**Deelplafonds.**",
            _table(["regeling", "kostensoorten samen", "aandeel", "vindplaats"], _caps(names)),
            "**Wat er landelijk is, in euro.**",
            _table(["regeling", "waarvoor", "bedrag", "vindplaats"], _national(names)),
            "**De hoogste uitkering per gemeente, in euro.**",
            _ceilings(names),
        ]
    )


def in_guide(text: str) -> str:
    """The text of the guide with its tables made anew.

    Raises:
        ValueError: the guide has no place for them.
    """
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError("the guide has no place for the tables of the regulations")
    return f"{before}{START}\n\n{side_by_side()}\n\n{END}{after}"


def _categories(name: str) -> list[CategoryRule]:
    return [rule for rule in rule_sets()[name].regel if isinstance(rule, CategoryRule)]


def _versions(name: str, subject: str) -> Sequence[Rule]:
    return by_subject(rule_sets()[name].regel).get(subject, ())


def _last_year(name: str) -> int:
    """The last year of the ordinary spending window of a regulation."""
    return max(rule.venster_tot.year for rule in rule_sets()[name].regel if isinstance(rule, WindowRule))


def _verdict(name: str, sort: str) -> str:
    rule = version(_versions(name, f"categorie {sort}"), _last_year(name), KNOWN)
    if not isinstance(rule, CategoryRule):
        return "niet genoemd"
    said = f"{PAID[rule.betaalbaar]} ({rule.rang}; {rule.artikel})"
    about = [other for other in _ordinary(name) if sort in getattr(other, "kostensoorten", ())]
    limits = [other.topic for other in about if not isinstance(other, ActivityRule)]
    said += f"; let op {listed(limits)}" if limits and rule.betaalbaar != NO else ""
    return f"{said}; ook uit een herziening" if len(about) > len(limits) else said


def _ordinary(name: str) -> Iterator[Rule]:
    """The rules of a regulation as they are known last, under no reading: a version of each subject."""
    for versions in by_subject(rule_sets()[name].regel).values():
        rule = version(versions, _last_year(name), KNOWN)
        if rule is not None:
            yield rule


def _readings(names: Iterable[str]) -> Iterator[Sequence[str]]:
    for name in names:
        for rule in rule_sets()[name].regel:
            if rule.lezing:
                yield rule.lezing, name, rule.topic, _under(rule), rule.rang, rule.vindplaats


def _under(rule: Rule) -> str:
    """What a rule that holds under a reading comes to, in a few words."""
    if isinstance(rule, CategoryRule):
        return PAID[rule.betaalbaar]
    if isinstance(rule, WindowRule):
        return f"tot en met {_day(rule.venster_tot)}"
    return rule.uitleg


def _windows(names: Iterable[str]) -> Iterator[Sequence[str]]:
    """The windows that hold now, and those under a reading, the first to close on top."""
    found = [(rule.venster_tot, f"{name} {_part(rule)}".strip(), rule) for name in names for rule in _latest(name)]
    for last, title, rule in sorted(found, key=lambda item: item[:2]):
        yield title, _day(rule.venster_van), _day(last), rule.lezing or NONE, rule.vindplaats


def _part(rule: Rule) -> str:
    """The part of a regulation that a rule is about; empty for the part that the program works out."""
    return rule.onderdeel if isinstance(rule, PartRule) else ""


def _latest(name: str) -> Iterator[WindowRule | PartRule]:
    """Of each window of a regulation and of its other parts the version that is known last, per reading."""
    latest: dict[tuple[str, str], WindowRule | PartRule] = {}
    for rule in rule_sets()[name].regel:
        if isinstance(rule, WindowRule | PartRule):
            before = latest.get((rule.subject, rule.lezing))
            if before is None or rule.bekend_sinds > before.bekend_sinds:
                latest[rule.subject, rule.lezing] = rule
    yield from latest.values()


def _caps(names: Iterable[str]) -> Iterator[Sequence[str]]:
    for name in names:
        caps = [rule for rule in rule_sets()[name].regel if isinstance(rule, ShareCapRule)]
        for rule in caps:
            yield (
                name,
                ", ".join(rule.kostensoorten),
                f"{shown(rule.aandeel * 100)}%",
                f"{rule.vindplaats} ({rule.rang})",
            )
        if not caps:
            yield name, NONE, "", ""


def _national(names: Iterable[str]) -> Iterator[Sequence[str]]:
    for name in names:
        for rule in _ordinary(name):
            if isinstance(rule, NationalRule):
                for part, most in rule.bedragen.items():
                    yield name, part, _in_euros(Money.from_euros(most)), rule.vindplaats


def _ceilings(names: Iterable[str]) -> str:
    columns = {f"{name} {part}".strip(): maxima for name in names for part, maxima in _maxima(name).items()}
    towns = sorted({town for maxima in columns.values() for town in maxima})
    rows = [[town, *(_amount(maxima, town) for maxima in columns.values())] for town in towns]
    return _table(["gemeente", *columns], rows)


def _maxima(name: str) -> dict[str, dict[str, Money]]:
    """The maxima of a regulation and of its other parts; those of the latest version of each."""
    found: dict[str, dict[str, Money]] = {}
    for rule in _ordinary(name):
        if isinstance(rule, CeilingRule | PartRule) and rule.maxima:
            found[_part(rule)] = {town: Money.from_euros(most) for town, most in rule.maxima.items()}
    return found


def _amount(maxima: dict[str, Money], town: str) -> str:
    return _in_euros(maxima[town]) if town in maxima else ""


def _in_euros(amount: Money) -> str:
    return amount.dutch().removeprefix("EUR ").removesuffix(",00")


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
