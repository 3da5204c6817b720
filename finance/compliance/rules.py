"""What the rules of the grants and the other sources permit (C11, and the limits of the grants)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from math import floor

from finance.case import Case, CostLine
from finance.case.sheets import Source
from finance.case.words import CREDIT, GRANT, REPAYMENT, VACANCY
from finance.compliance.breach import Breach, Judged, Subject, in_words, of_payments
from finance.compliance.judgement import part_rule, refusal
from finance.money import ZERO, Money
from finance.rules.library import rule_sets
from finance.rules.records import (
    REVISION,
    CategoryRule,
    CeilingRule,
    NotCapitalisedRule,
    RevisionRoundRule,
    ShareCapRule,
)


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
    if line.krediet:
        credit = judged.case.source.get(line.krediet)
        return credit is not None and credit.soort == CREDIT and line.kostensoort == REPAYMENT
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


def parts_of_lines(judged: Judged) -> Iterator[Breach]:
    """What grants of one regulation pay of a line stays within the part that it lets them pay.

    Kind 7, vacancy of what is being closed; and of rebuilding what is not capitalised.
    """
    paid: dict[tuple[CostLine, str], list[tuple[CostLine, str]]] = defaultdict(list)
    rules: dict[tuple[CostLine, str], CategoryRule | NotCapitalisedRule] = {}
    for line, name in judged.allocation.payments:
        source = judged.case.source.get(name)
        if source is None or not _known(judged, line):
            continue
        rule = part_rule(judged.records, source, line)
        if rule is not None and not refusal(judged.records, source, line):
            paid[line, source.regeling].append((line, name))
            rules.setdefault((line, source.regeling), rule)
    for (line, regeling), pairs in paid.items():
        rule, total = rules[line, regeling], Money.total(judged.allocation.payments[pair] for pair in pairs)
        limit = _part(judged, rule, line)
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


def _part(judged: Judged, rule: CategoryRule | NotCapitalisedRule, line: CostLine) -> Money:
    starts, cost = judged.outcome.allocation.starts, judged.outcome.costs.get(line, ZERO)
    if isinstance(rule, CategoryRule):
        limit = vacancy_limit(judged.case, starts, line, housing=rule.alleen_huisvesting)
        return min(limit, housing_of(judged.case, line, cost)) if rule.alleen_huisvesting else limit
    return expensed(judged.case, starts, line, cost)


def expensed(case: Case, starts: Mapping[str, int], line: CostLine, cost: Money) -> Money:
    """What of a line of a measure is charged to the year itself, and not capitalised.

    Of a closed year only the total is known: the same share of it, by the rows of that year, else by all.
    """
    of_sort = [row for row in case.costs if (row.maatregel, row.kostensoort) == (line.maatregel, line.kostensoort)]
    of_year = [row for row in of_sort if starts.get(line.maatregel, 0) + row.na_jaren == line.jaar]
    nominal = {row.rij: case.nominal(row, line.jaar).cents for row in of_year}
    charged = sum(nominal[row.rij] for row in of_year if not row.geactiveerd)
    if line.jaar > case.closed_through:
        return Money(charged)
    if sum(nominal.values()) == 0:
        nominal = {row.rij: row.bedrag.cents for row in of_sort}
        charged = sum(row.bedrag.cents for row in of_sort if not row.geactiveerd)
    whole = sum(nominal.values())
    # To a ten-thousandth of a cent, half away from zero, and then down to the cent.
    return Money((cost.cents * charged * 20_000 + whole) // (2 * whole) // 10_000) if whole else cost


def vacancy_limit(case: Case, starts: Mapping[str, int], line: CostLine, *, housing: bool = False) -> Money:
    """The empty places that chosen measures by the transition are closing, at their price of the year.

    Args:
        case: the case.
        starts: the start year of each chosen measure.
        line: the line of the empty places.
        housing: whether only the housing part of the price counts, where it is given.
    """
    key = (line.locatie, line.zorgvorm)
    closing = Fraction(0)
    for effect in case.effects_at.get(key, ()):
        start = starts.get(effect.maatregel)
        if start is None or effect.plaatsen >= 0 or not case.measure[effect.maatregel].door_transitie:
            continue
        if start <= line.jaar < start + effect.na_jaren:
            closing -= effect.plaatsen
        elif line.jaar == start + effect.na_jaren:
            closing -= Fraction(effect.plaatsen * (effect.maand - 1), 12)
    place = case.place[key]
    price = case.place_price(place, VACANCY, line.jaar)
    if housing and place.huisvesting_per_plaats is not None:
        price = place.huisvesting_per_plaats.euros * case.price_factor(place.index, line.jaar)
    return Money(floor(100 * closing * price))


def housing_of(case: Case, line: CostLine, cost: Money) -> Money:
    """What of the cost of empty places is housing, where the case says what that is; else all of it."""
    place = case.place[line.locatie, line.zorgvorm]
    price = case.place_price(place, VACANCY, line.jaar)
    if place.huisvesting_per_plaats is None or price == 0:
        return cost
    housing = place.huisvesting_per_plaats.euros * case.price_factor(place.index, line.jaar)
    # To a ten-thousandth of a cent, half away from zero, and then down to the cent.
    return Money(floor(cost.cents * housing / price * 10_000 + Fraction(1, 2)) // 10_000)


def ceilings(judged: Judged) -> Iterator[Breach]:
    """Kind 3: what a municipality was granted stays within its maximum, revisions of a year within what there is."""
    yield from _basic(judged)
    yield from _basic_years(judged)
    yield from _revisions(judged)


def _basic(judged: Judged) -> Iterator[Breach]:
    case = judged.case
    rows = {row.beschikking: row for row in case.grant_decisions}
    granted: dict[tuple[str, str], Money] = defaultdict(lambda: ZERO)
    given: dict[tuple[str, str], Money] = {}
    called: dict[tuple[str, str], str] = {}
    for source in case.sources:
        if source.soort == GRANT and source.beschikking not in rows:
            town = source.gemeente or case.settings.coordinerende_gemeente
            granted[source.regeling, town.casefold()] += source.bedrag or ZERO
            called.setdefault((source.regeling, town.casefold()), town)
    for row in rows.values():
        key = (row.regeling, row.gemeente.casefold())
        if row.soort == "basis":
            granted[key] += row.bedrag
            called[key] = row.gemeente
        if row.soort == "basis" and row.maximum is not None:
            given.setdefault(key, row.maximum)
    year = max(case.settings.peildatum.year, case.years.first)
    for (regeling, town), together in granted.items():
        for rule in judged.records.of(regeling, CeilingRule, year):
            known = {name.casefold(): Money.from_euros(most) for name, most in rule.maxima.items()}
            maximum = known.get(town, given.get((regeling, town)))
            if maximum is not None and together > maximum:
                where, read_at = called[regeling, town], rule.vindplaats
                yield Breach(rule.id, where, rule.uitleg, str(together), str(maximum), vindplaats=read_at)


def _basic_years(judged: Judged) -> Iterator[Breach]:
    case = judged.case
    granted: dict[tuple[str, str, int], Money] = defaultdict(lambda: ZERO)
    for row in case.grant_decisions:
        when = row.verleend_in or (row.datum.year if row.datum else None)
        if row.soort == "basis" and when is not None:
            granted[row.regeling, row.gemeente.casefold(), when] += row.bedrag
    year = max(case.settings.peildatum.year, case.years.first)
    for regeling in case.settings.regelingen:
        for rule in judged.records.of(regeling, CeilingRule, year):
            for town, amounts in rule.maxima_per_jaar.items():
                for when, most in amounts.items():
                    together, maximum = granted[regeling, town.casefold(), when], Money.from_euros(most)
                    if together > maximum:
                        where, read_at = f"{town} {when}", rule.vindplaats
                        yield Breach(rule.id, where, rule.uitleg, str(together), str(maximum), vindplaats=read_at)


def _revisions(judged: Judged) -> Iterator[Breach]:
    granted: dict[tuple[str, int], Money] = defaultdict(lambda: ZERO)
    for row in judged.case.grant_decisions:
        year = row.verleend_in or (row.datum.year if row.datum else None)
        if row.soort == "herziening" and year is not None:
            granted[row.regeling, year] += row.bedrag
    for rule in rule_sets()[REVISION].regel:
        if not isinstance(rule, RevisionRoundRule):
            continue
        together, most = granted["transformatie-2024", rule.jaar], Money.from_euros(rule.plafond)
        if together > most:
            where, read_at = f"herzieningen {rule.jaar}", rule.vindplaats
            yield Breach(rule.id, where, rule.uitleg, str(together), str(most), vindplaats=read_at)
