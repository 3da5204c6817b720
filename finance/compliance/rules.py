"""What the rules of the grants and the other sources permit (C11, and the limits of the grants)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from math import floor

from finance.case import Case, CostLine
from finance.case.sheets import Source
from finance.case.words import GRANT, VACANCY
from finance.compliance.breach import Breach, Judged, Subject, in_words, of_payments
from finance.compliance.judgement import category_rule, refusal
from finance.money import Money
from finance.rules.records import CategoryRule, CeilingRule, ShareCapRule
from finance.rules.tests import WHILE_CLOSING


def permissions(judged: Judged) -> Iterator[Breach]:
    """C11: each payment is one that its source may make, in that year, to that provider."""
    for (line, name), amount in judged.allocation.payments.items():
        source, over = judged.case.source.get(name), Subject(betalingen=((line, name),))
        if source is None:
            yield Breach("C11", in_words(line), f"Bron {name} staat niet in de casus.", over=over)
            continue
        if not _known(judged, line):
            yield Breach("C11", in_words(line), "Deze kostenregel staat niet in de casus.", over=over)
            continue
        refused = refusal(judged.records, source, line)
        if refused:
            rule, where = refused.regel, f"{in_words(line)} uit {name}"
            named, read_at = (rule.id, rule.vindplaats) if rule else ("C11", "")
            feit = (line, name) in judged.case.actual_payments
            yield Breach(named, where, refused.waarom, str(amount), "0.00", over, read_at, feit)


def _known(judged: Judged, line: CostLine) -> bool:
    if line.maatregel:
        return line.maatregel in judged.case.measure
    return (line.locatie, line.zorgvorm) in judged.case.place


def share_caps(judged: Judged) -> Iterator[Breach]:
    """Kind 4: capped kostensoorten of one decision stay within their share of what was granted."""
    for (regeling, decision), grants in _decisions(judged.case).items():
        granted = sum(row.bedrag.cents for row in grants if row.bedrag is not None)
        names = {row.bron for row in grants}
        for rule, years in _cap_years(judged, regeling).items():
            limit = Money(floor(granted * Fraction(rule.aandeel)))
            capped = partial(_capped, rule, years, names)
            pairs = [pair for pair in judged.allocation.payments if capped(*pair)]
            paid = Money.total(judged.allocation.payments[pair] for pair in pairs)
            if paid > limit:
                made = judged.case.actual_payments
                feit = paid <= Money.total(amount for pair, amount in made.items() if capped(*pair))
                yield Breach(
                    rule.id,
                    decision,
                    rule.uitleg,
                    str(paid),
                    str(limit),
                    of_payments(pairs),
                    rule.vindplaats,
                    feit,
                )


def _decisions(case: Case) -> Mapping[tuple[str, str], list[Source]]:
    """The grants of each decision, by regulation and decision; without one, those of the regulation."""
    found: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for row in case.sources:
        if row.soort == GRANT:
            found[row.regeling, row.beschikking or row.regeling].append(row)
    return found


def _cap_years(judged: Judged, regeling: str) -> Mapping[ShareCapRule, set[int]]:
    """The years in which each share cap of a regulation applies."""
    found: dict[ShareCapRule, set[int]] = defaultdict(set)
    for year in judged.case.years:
        for rule in judged.records.of(regeling, ShareCapRule, year):
            found[rule].add(year)
    return found


def _capped(rule: ShareCapRule, years: set[int], grants: set[str], line: CostLine, bron: str) -> bool:
    return bron in grants and line.kostensoort in rule.kostensoorten and line.jaar in years


def vacancy(judged: Judged) -> Iterator[Breach]:
    """Kind 7: vacancy paid by grants stays within what is being closed."""
    paid: dict[tuple[CostLine, CategoryRule], list[tuple[CostLine, str]]] = defaultdict(list)
    for line, name in judged.allocation.payments:
        source = judged.case.source.get(name)
        if source is None or (line.locatie, line.zorgvorm) not in judged.case.place:
            continue
        rule = category_rule(judged.records, source, line)
        closing = rule is not None and rule.betaalbaar == WHILE_CLOSING
        if rule and closing and not refusal(judged.records, source, line):
            paid[line, rule].append((line, name))
    for (line, rule), pairs in paid.items():
        total = Money.total(judged.allocation.payments[pair] for pair in pairs)
        limit = vacancy_limit(judged.case, judged.outcome.allocation.starts, line)
        if total > limit:
            yield Breach(
                rule.id,
                in_words(line),
                rule.uitleg,
                str(total),
                str(limit),
                of_payments(pairs),
                rule.vindplaats,
                line.jaar in judged.case.closed_years,
            )


def vacancy_limit(case: Case, starts: Mapping[str, int], line: CostLine) -> Money:
    """The empty places that chosen measures by the transition are closing, at their price of the year."""
    key = (line.locatie, line.zorgvorm)
    closing = 0
    for effect in case.effects_at.get(key, ()):
        start = starts.get(effect.maatregel)
        under_way = start is not None and start <= line.jaar < start + effect.na_jaren
        if effect.plaatsen < 0 and under_way and case.measure[effect.maatregel].door_transitie:
            closing -= effect.plaatsen
    return Money(floor(100 * closing * case.place_price(case.place[key], VACANCY, line.jaar)))


def ceilings(judged: Judged) -> Iterator[Breach]:
    """Kind 3: the grants of a municipality stay within its maximum."""
    case = judged.case
    groups: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for row in case.sources:
        if row.soort == GRANT:
            groups[row.regeling, case.grant_municipality(row).casefold()].append(row)
    year = max(case.settings.peildatum.year, case.years.first)
    for (regeling, town), grants in groups.items():
        together = Money.total(row.bedrag for row in grants if row.bedrag is not None)
        for rule in judged.records.of(regeling, CeilingRule, year):
            for name, most in rule.maxima.items():
                maximum = Money.from_euros(most)
                if name.casefold() == town and together > maximum:
                    yield Breach(
                        rule.id,
                        case.grant_municipality(grants[0]),
                        rule.uitleg,
                        str(together),
                        str(maximum),
                        vindplaats=rule.vindplaats,
                    )
