"""The best plan of a tiny case by trying everything: an oracle that shares nothing with the model.

Every choice of start years that is possible is tried. With the start years known, places are
numbers and what is left is a linear program, written here in another way than the model does:
young people are placed directly at a location, costs without cover are slacks, and money that moves
to the next year is a sum over years. It is solved in fractions. Only what a rule permits is asked of
`Entitlement`; all else is read from the rows of the case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

from finance.case import Case, CostLine, PlaceKey
from finance.case.sheets import Cost, Funding, Measure, PlaceBound, Source
from finance.rules import Entitlement
from tests.models.brute_care import needs, rank
from tests.models.simplex import Dictionary, Goal, Row

Starts = Mapping[str, int]
Here = tuple[str, PlaceKey, int]
"""The zorgvorm that is needed, where a place of it or of an alternative is used, and the year."""
Payment = tuple[CostLine, str]
Sum = dict[object, Fraction]

ZERO = Fraction(0)


def _pot(source: Source) -> Fraction:
    """The euros of a pot, without what is kept for places outside the case."""
    apart = source.buiten_casus.euros if source.buiten_casus else ZERO
    return source.bedrag.euros - apart if source.bedrag else ZERO


def half_away(value: Fraction) -> Fraction:
    """Round to the cent, half away from zero; for amounts that are not negative."""
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


def growth(case: Case, index: str, year: int) -> Fraction:
    """How much prices of an index have grown since prijspeil."""
    factor = Fraction(1)
    for row in case.indexes:
        if row.index == index and case.settings.prijspeil < row.jaar <= year:
            factor *= 1 + Fraction(row.percentage)
    return factor


def start_choices(case: Case) -> Iterator[Starts]:
    """Every choice of start years that meets C1, C2, C3 and, with no place used, C5."""
    options: list[list[tuple[str, int] | None]] = []
    for project in sorted({row.project for row in case.measures}):
        rows = [row for row in case.measures if row.project == project]
        begun = {row.maatregel for row in case.started_rows}
        none = [] if any(row.verplicht or row.maatregel in begun for row in rows) else [None]
        options.append(none + [(row.maatregel, year) for row in rows for year in start_window(case, row)])
    for choice in product(*options):
        starts = dict(item for item in choice if item)
        if (
            _chosen(case, starts)
            and _enough(case, starts)
            and _requirements_met(case, starts)
            and _places_possible(case, starts)
        ):
            yield starts


def _chosen(case: Case, starts: Starts) -> bool:
    """C1: what must be chosen is, and what must not be is not."""
    free = [row for row in case.measures if row.maatregel not in {begun.maatregel for begun in case.started_rows}]
    return all(row.keuze == "mag" or (row.keuze == "moet") == (row.maatregel in starts) for row in free)


def _enough(case: Case, starts: Starts) -> bool:
    """C12: no resource is used more than there is."""
    used: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for row in case.claims:
        if row.maatregel in starts:
            used[row.hulpbron, starts[row.maatregel] + row.na_jaren] += Fraction(row.hoeveelheid)
    return all(used[row.hulpbron, row.jaar] <= Fraction(row.beschikbaar) for row in case.resources)


def start_window(case: Case, measure: Measure) -> list[int]:
    """C1: the years of its window from which all costs and effects fall inside the case.

    What has started has, and its project with it; the others start after the closed years.
    """
    begun = {row.maatregel: row.jaar for row in case.started_rows}
    project = [row.maatregel for row in case.measures if row.project == measure.project]
    if not begun.keys().isdisjoint(project):
        return [begun[measure.maatregel]] if measure.maatregel in begun else []
    lags = [row.na_jaren for rows in (case.effects, case.costs) for row in rows if row.maatregel == measure.maatregel]
    window = range(measure.vroegste_start, measure.laatste_start + 1)
    free = [year for year in window if year > last_closed(case)]
    return [year for year in free if year + max([0, *lags]) <= case.settings.laatste_jaar]


def last_closed(case: Case) -> int:
    """The last closed year; 0 where there is none."""
    return case.settings.afgesloten_tot or max([0, *(row.jaar for row in case.actuals)])


def _requirements_met(case: Case, starts: Starts) -> bool:
    """C2: what is required has started; what is waited for has been delivered."""
    chosen = {row.project: row for row in case.measures if row.maatregel in starts}
    for row in chosen.values():
        now = starts[row.maatregel]
        if row.maatregel in {begun.maatregel for begun in case.started_rows}:
            continue
        needed = chosen.get(row.vereist)
        if row.vereist and (needed is None or starts[needed.maatregel] > now):
            return False
        awaited = chosen.get(row.wacht_op)
        if row.wacht_op and (awaited is None or not after_delivery(case, row, awaited, starts)):
            return False
    return True


def after_delivery(case: Case, measure: Measure, awaited: Measure, starts: Starts) -> bool:
    """C2: the last place of what is waited for is there this year, and before the measure does anything."""
    added = [at for n, at in _moments(case, starts, awaited.maatregel) if n > 0]
    there = max(added, default=Fraction(starts[awaited.maatregel]))
    soon = min((at for _, at in _moments(case, starts, measure.maatregel)), default=there)
    return there < starts[measure.maatregel] + 1 and there <= soon


def _moments(case: Case, starts: Starts, maatregel: str) -> list[tuple[int, Fraction]]:
    """How many places a measure adds or takes away, and when: a year and twelfths of it."""
    return [
        (row.plaatsen, starts[maatregel] + row.na_jaren + Fraction(row.maand - 1, 12))
        for row in case.effects
        if row.maatregel == maatregel
    ]


def _places_possible(case: Case, starts: Starts) -> bool:
    """C3 on the first of every month, and C5 with no place used."""
    months = [year + Fraction(month, 12) for year in _years(case) for month in range(12)]
    return all(
        row.plaatsen + sum(n for n, since in _effects(case, starts, (row.locatie, row.zorgvorm)) if since <= at) >= 0
        for row in case.places
        for at in months
    ) and all(fullest(case, starts, *at) >= 0 for at in places(case, starts))


def _years(case: Case) -> range:
    return range(case.settings.eerste_jaar, case.settings.laatste_jaar + 1)


def places(case: Case, starts: Starts) -> dict[tuple[PlaceKey, int], Fraction]:
    """C3: places at the start and the effects that have taken effect, over the year."""
    return {
        ((row.locatie, row.zorgvorm), year): row.plaatsen
        + sum((n * _part(since, year) for n, since in _effects(case, starts, (row.locatie, row.zorgvorm))), Fraction(0))
        for row in case.places
        for year in _years(case)
    }


def _part(since: Fraction, year: int) -> Fraction:
    """The part of a year that lies after a moment."""
    return min(Fraction(1), max(ZERO, year + 1 - since))


def fullest(case: Case, starts: Starts, key: PlaceKey, year: int) -> Fraction:
    """C5: the most places that can be used."""
    form = next(row for row in case.care_forms if row.zorgvorm == key[1])
    most, first = Fraction(form.bezetting_max), Fraction(form.aanloop_jaar1)
    opened = [
        (row.plaatsen, starts[row.maatregel] + row.na_jaren + Fraction(row.maand - 1, 12))
        for row in case.effects
        if (row.locatie, row.zorgvorm) == key and row.maatregel in starts and row.plaatsen > 0 and row.aanloop
    ]
    new = sum((n * _part(since, year) for n, since in opened if year <= since < year + 1), ZERO)
    return most * (places(case, starts)[key, year] - new) + min(most, first) * new


def _effects(case: Case, starts: Starts, key: PlaceKey) -> list[tuple[int, Fraction]]:
    """How many places come or go somewhere, and since when."""
    return [
        (row.plaatsen, starts[row.maatregel] + row.na_jaren + Fraction(row.maand - 1, 12))
        for row in case.effects
        if (row.locatie, row.zorgvorm) == key and row.maatregel in starts
    ]


@dataclass(frozen=True)
class Chosen:
    """A case with its start years chosen: places are known, what is left is a linear program."""

    case: Case
    entitlement: Entitlement
    starts: Starts

    @cached_property
    def years(self) -> range:
        """The years of the case."""
        return range(self.case.settings.eerste_jaar, self.case.settings.laatste_jaar + 1)

    @cached_property
    def closed(self) -> range:
        """The closed years."""
        return range(self.years[0], last_closed(self.case) + 1)

    def spent(self, *sources: str, years: range | None = None) -> Fraction:
        """What some sources have paid in the closed years, or in some of them."""
        return sum(
            (
                row.bedrag.euros
                for row in self.case.actuals
                if row.bron in sources and (years is None or row.jaar in years)
            ),
            ZERO,
        )

    def sold(self, bron: str, years: range) -> Fraction:
        """The proceeds for a pot in some years."""
        return sum(
            (
                row.bedrag.euros
                for row in self.case.proceeds
                if row.bron == bron and row.maatregel in self.starts
                if self.starts[row.maatregel] + row.na_jaren in years
            ),
            ZERO,
        )

    @cached_property
    def places(self) -> Mapping[tuple[PlaceKey, int], int]:
        """C3."""
        return places(self.case, self.starts)

    @cached_property
    def placed(self) -> tuple[Here, ...]:
        """C6: who may be placed where."""
        return tuple(
            (who, key, year)
            for key, year in self.places
            for who in sorted({who for who, _ in needs(self.case)})
            if rank(self.case, who, key)
        )

    def used(self, key: PlaceKey, year: int) -> Sum:
        """The used places of a location."""
        return {here: Fraction(1) for here in self.placed if here[1:] == (key, year)}

    @cached_property
    def cost(self) -> Mapping[CostLine, tuple[Fraction, Sum]]:
        """C8: what each cost line costs, in euros: a constant, and a part by who is placed there."""
        lines: dict[CostLine, tuple[Fraction, Sum]] = {}
        for row in self._cost_rows():
            year = self.starts[row.maatregel] + row.na_jaren
            line = CostLine(row.maatregel, "", "", row.kostensoort, year)
            amount = half_away(row.bedrag.euros * growth(self.case, row.index, year))
            lines[line] = (lines.get(line, (ZERO, {}))[0] + amount, {})
        for (key, year), number in self.places.items():
            busy, empty = self._prices(key, year)
            used = self.used(key, year)
            lines[CostLine("", *key, "exploitatie", year)] = (ZERO, dict.fromkeys(used, busy))
            lines[CostLine("", *key, "leegstand", year)] = (number * empty, dict.fromkeys(used, -empty))
        return {line: cost for line, cost in lines.items() if line.jaar not in self.closed}

    @cached_property
    def repayments(self) -> tuple[CostLine, ...]:
        """C13: what each credit gets back in each open year of its window; nothing says what it costs."""
        return tuple(
            CostLine("", "", "", "rente_en_aflossing", year, row.bron)
            for row in self.case.sources
            if row.soort == "krediet"
            for year in self.years
            if row.besteedbaar_van <= year <= row.besteedbaar_tot and year not in self.closed
        )

    def _cost_rows(self) -> list[Cost]:
        return [row for row in self.case.costs if row.maatregel in self.starts]

    def _prices(self, key: PlaceKey, year: int) -> tuple[Fraction, Fraction]:
        row = next(row for row in self.case.places if (row.locatie, row.zorgvorm) == key)
        factor = growth(self.case, row.index, year)
        return row.exploitatie_per_plaats.euros * factor, row.leegstand_per_plaats.euros * factor

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """C11: which source may pay which line."""
        return tuple(
            (line, source.bron)
            for line in (*self.cost, *self.repayments)
            for source in self.case.sources
            if self._may_pay(source, line)
        )

    def _may_pay(self, source: Source, line: CostLine) -> bool:
        owners = {row.maatregel: row.aanbieder for row in self.case.measures}
        owners |= {row.locatie: row.aanbieder for row in self.case.locations}
        owners |= {row.bron: row.aanbieder for row in self.case.sources if row.bron == line.krediet}
        own = source.aanbieder in ("", owners[line.krediet or line.maatregel or line.locatie])
        in_time = source.besteedbaar_van <= line.jaar <= source.besteedbaar_tot
        permitted = line.jaar in self.entitlement.paying_years[source.bron]
        return own and in_time and permitted and self.entitlement.permission(source, line).mag

    def paid(self, *sources: str, years: range | None = None) -> Sum:
        """What some sources pay, in some years."""
        return {
            payment: Fraction(1)
            for payment in self.payments
            if payment[1] in sources and (years is None or payment[0].jaar in years)
        }

    def rows(self) -> Iterator[Row]:
        """All constraints that still bind."""
        yield from self._people()
        yield from self._cover()
        for source in self.case.sources:
            yield from self._debt(source) if source.soort == "krediet" else self._money(source)
        yield from self._caps()
        yield from self._vacancy()
        yield from self._capitalised()

    def _people(self) -> Iterator[Row]:
        """C5 and C6."""
        for key, year in self.places:
            yield Row(self.used(key, year), fullest(self.case, self.starts, key, year))
        for at, number in needs(self.case).items():
            there: Sum = {here: Fraction(1) for here in self.placed if (here[0], here[2]) == at}
            yield Row(there, number)

    def _cover(self) -> Iterator[Row]:
        """C8: no line is paid for more than it costs."""
        for line, (constant, by_place) in self.cost.items():
            paid: Sum = {payment: Fraction(1) for payment in self.payments if payment[0] == line}
            yield Row(paid | {at: -price for at, price in by_place.items()}, constant)

    def _money(self, source: Source) -> Iterator[Row]:
        """C9 and C10."""
        if source.bedrag is not None:
            had = _pot(source) + self.sold(source.bron, self.closed)
            kept = max(ZERO, had - self.spent(source.bron))
            for year in self.years:
                new = range(self.closed.stop, year + 1)
                yield Row(self.paid(source.bron, years=new), kept + self.sold(source.bron, new))
            return
        earned, revenues = ZERO, Sum()
        first = max(source.besteedbaar_van, self.years[0])
        for year in range(first, min(source.besteedbaar_tot, self.years[-1]) + 1):
            if not source.overdraagbaar:
                first, earned, revenues = year, ZERO, Sum()
            if year in self.closed:
                earned = self._left(source, year, earned)
                continue
            for row in self.case.funding:
                if (row.bron, row.jaar) == (source.bron, year):
                    earned += self._fixed_revenue(source, row)
                    yield from self._place_revenue(source, row, revenues)
            paid = self.paid(source.bron, years=range(first, year + 1))
            yield Row(paid | {at: -one for at, one in revenues.items()}, earned)

    def _debt(self, source: Source) -> Iterator[Row]:
        """C13: never more owed than the limit, nothing paid back too early, and nothing owed at the end."""
        last = min(source.besteedbaar_tot, self.years[-1])
        for year in self.years:
            if source.besteedbaar_van <= year <= last and year not in self.closed:
                most = ZERO if year == last or source.bedrag is None else source.bedrag.euros
                yield Row(self.owed(source, year), most)
                before = {
                    at: -one * (1 + Fraction(source.rente or 0)) for at, one in self.owed(source, year - 1).items()
                }
                yield Row(self._repaid(source, year) | before, ZERO)

    def _repaid(self, source: Source, year: int) -> Sum:
        return {
            payment: Fraction(1)
            for payment in self.payments
            if (payment[0].krediet, payment[0].jaar) == (source.bron, year)
        }

    def owed(self, source: Source, until: int) -> Sum:
        """C13: what is owed on a credit at the end of a year, with interest on interest; nothing before its window."""
        rate, owed = 1 + Fraction(source.rente or 0), Sum()
        for payment in self.payments:
            line, bron = payment
            if line.jaar <= until and source.bron in (line.krediet, bron):
                sign = -1 if line.krediet == source.bron else 1
                owed[payment] = sign * rate ** (until - line.jaar)
        return owed

    def _left(self, source: Source, year: int, before: Fraction) -> Fraction:
        """What a closed year leaves for the next; of PxQ nothing is known to be left."""
        if source.soort == "pxq":
            return ZERO
        rows = [row for row in self.case.funding if (row.bron, row.jaar) == (source.bron, year)]
        earned = before + sum((self._fixed_revenue(source, row) for row in rows), ZERO)
        return max(ZERO, earned - self.spent(source.bron, years=range(year, year + 1)))

    def _fixed_revenue(self, source: Source, row: Funding) -> Fraction:
        if source.soort == "lumpsum":
            return half_away(self._paid_level(row) * self._price(row))
        if source.soort == "beschikbaarheid":
            available = sum(self.places[key, row.jaar] for key in self._counted(source, row))
            return min(half_away(self._price(row) * available), self._at_level(row))
        return ZERO

    def _place_revenue(self, source: Source, row: Funding, revenues: Sum) -> Iterator[Row]:
        """PxQ: a variable for what the row brings in, and what it is at most."""
        if source.soort != "pxq":
            return
        revenue: Sum = {("opbrengst", row.rij): Fraction(1)}
        revenues.update(revenue)
        yield Row(revenue, self._at_level(row))
        used = [at for key in self._counted(source, row) for at in self.used(key, row.jaar)]
        yield Row(revenue | dict.fromkeys(used, -self._price(row)), ZERO)

    def _price(self, row: Funding) -> Fraction:
        """What a row pays for a place, in the months until the next row of its source, year and zorgvorm."""
        return row.prijs.euros * self._part(row)

    def _part(self, row: Funding) -> Fraction:
        same = [
            other.maand
            for other in self.case.funding
            if (other.bron, other.jaar, other.zorgvorm) == (row.bron, row.jaar, row.zorgvorm)
        ]
        return Fraction(min([13, *(month for month in same if month > row.maand)]) - row.maand, 12)

    def _counted(self, source: Source, row: Funding) -> list[PlaceKey]:
        owner = {here.locatie: here.aanbieder for here in self.case.locations}
        return [
            (place.locatie, place.zorgvorm)
            for place in self.case.places
            if source.aanbieder in ("", owner[place.locatie]) and row.zorgvorm in ("", place.zorgvorm)
        ]

    def _at_level(self, row: Funding) -> Fraction:
        return half_away(self._price(row) * Fraction(row.niveau))

    def _paid_level(self, row: Funding) -> Fraction:
        """The lump sum with its band."""
        lump = {source.bron for source in self.case.sources if source.soort == "lumpsum"}
        rows = [other for other in self.case.funding if other.bron in lump and other.jaar == row.jaar]
        year = [Fraction(other.niveau) * self._part(other) for other in rows]
        young = sum((number for (_, year), number in needs(self.case).items() if year == row.jaar), ZERO)
        level, band = Fraction(row.niveau), Fraction(row.bandbreedte)
        share = young * level / sum(year) if sum(year) else ZERO
        falls = row.onderzijde == "dalend"
        too_many = max(ZERO, share - level * (1 + band))
        too_few = max(ZERO, level * (1 - band) - share) if falls else ZERO
        return level + too_many - too_few

    def _caps(self) -> Iterator[Row]:
        """Share caps: data of the rules."""
        for cap in self.entitlement.share_caps:
            paid: Sum = {
                (line, bron): one
                for (line, bron), one in self._paid_lines(*cap.bronnen)
                if line.kostensoort in cap.regel.kostensoorten and line.jaar in cap.jaren
            }
            used = sum(
                (
                    row.bedrag.euros
                    for row in self.case.actuals
                    if row.bron in cap.bronnen and row.jaar in cap.jaren
                    if row.kostensoort in cap.regel.kostensoorten
                ),
                ZERO,
            )
            yield Row(paid, max(ZERO, cap.grens.euros - used))

    def _paid_lines(self, *sources: str) -> list[tuple[Payment, Fraction]]:
        return [(payment, Fraction(1)) for payment in self.payments if payment[1] in sources]

    def _vacancy(self) -> Iterator[Row]:
        """What chosen measures are closing, for the grants of each regulation; of 2024 the housing part."""
        for regulation, grants in self._grants().items():
            for key, year in self.places:
                line = CostLine("", *key, "leegstand", year)
                paid: Sum = {payment: one for payment, one in self._paid_lines(*grants) if payment[0] == line}
                price = self._prices(key, year)[1]
                place = next(row for row in self.case.places if (row.locatie, row.zorgvorm) == key)
                if regulation == "transformatie-2024" and place.huisvesting_per_plaats is not None:
                    price = place.huisvesting_per_plaats.euros * growth(self.case, place.index, year)
                    yield Row(paid | dict.fromkeys(self.used(key, year), price), price * self.places[key, year])
                yield Row(paid, Fraction(int(self._closing(key, year) * price * 100), 100))

    def _capitalised(self) -> Iterator[Row]:
        """Grants of 2024 pay of building what is not capitalised; not so under the reading."""
        if "geactiveerd-2024" in self.case.settings.lezingen:
            return
        grants = self._grants().get("transformatie-2024", [])
        for line in self.cost:
            if line.kostensoort in ("verbouwen", "vervangende_nieuwbouw"):
                paid: Sum = {payment: one for payment, one in self._paid_lines(*grants) if payment[0] == line}
                free = (
                    half_away(row.bedrag.euros * growth(self.case, row.index, line.jaar))
                    for row in self._cost_rows()
                    if (row.maatregel, row.kostensoort) == (line.maatregel, line.kostensoort)
                    if self.starts[row.maatregel] + row.na_jaren == line.jaar and not row.geactiveerd
                )
                yield Row(paid, sum(free, ZERO))

    def _grants(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self.case.sources:
            if row.soort == "spuk":
                found.setdefault(row.regeling, []).append(row.bron)
        return found

    def _closing(self, key: PlaceKey, year: int) -> Fraction:
        through = {row.maatregel for row in self.case.measures if row.door_transitie}
        return sum(
            (
                -n * (1 - _part(since, year))
                for name in sorted(through & self.starts.keys())
                if self.starts[name] <= year
                for n, since in _effects(self.case, {name: self.starts[name]}, key)
                if n < 0
            ),
            ZERO,
        )

    def goal(self, name: str) -> Goal:
        """A goal, to minimise."""
        return {
            "wijzigingen": self._changes,
            "tekort_plaatsen": self._shortage,
            "uitwijk": self._diversion,
            "boven_plafond": self._over_ceiling,
            "onder_vloer": self._under_floor,
            "ongedekt": self._uncovered,
            "eigen_geld": self._own_money,
            "lasten_gemeenten": self._of_municipalities,
            "waardering": self._points,
            "kosten_ncw": self._present_cost,
            "spuk_onbesteed": self._unspent,
            "startjaren": self._start_years,
        }[name]()

    def _changes(self) -> Goal:
        """Measures that start in another year than approved, or not, or though that was not approved.

        Facts do not count: what has started, a variant of what has, and what a closed year was to start
        and did not.
        """
        approval = self.case.approval
        approved = approval.starts if approval else {}
        closed = self.case.closed_years
        begun = {self.case.measure[name].project for name in self.case.started}
        counted = [
            row.maatregel
            for row in self.case.measures
            if row.project not in begun and approved.get(row.maatregel) not in closed
        ]
        return Goal({}, Fraction(sum(approved.get(name) != self.starts.get(name) for name in counted)))

    def _shortage(self) -> Goal:
        return Goal(dict.fromkeys(self.placed, Fraction(-1)), sum(needs(self.case).values(), ZERO))

    def _diversion(self) -> Goal:
        return Goal({here: Fraction(1) for here in self.placed if (rank(self.case, *here[:2]) or 0) > 1})

    def _over_ceiling(self) -> Goal:
        over = ZERO
        for row in self.case.demand:
            if row.plafond is not None:
                there = [n for (key, year), n in self.places.items() if (key[1], year) == (row.zorgvorm, row.jaar)]
                over += max(ZERO, sum(there) - Fraction(row.plafond))
        for bound in self.case.place_bounds:
            if bound.bovengrens is not None:
                over += max(ZERO, self._together(bound) - Fraction(bound.bovengrens))
        return Goal({}, over)

    def _under_floor(self) -> Goal:
        floors = [row for row in self.case.place_bounds if row.ondergrens is not None]
        return Goal({}, sum((max(ZERO, Fraction(row.ondergrens) - self._together(row)) for row in floors), ZERO))

    def _together(self, bound: PlaceBound) -> Fraction:
        """The places that a bound counts."""
        there = ZERO
        for row in self.case.locations:
            fits = bound.aanbieder in ("", row.aanbieder) and bound.gemeente in ("", row.gemeente)
            if fits and bound.locatie in ("", row.locatie):
                there += sum(self.places.get(((row.locatie, form), bound.jaar), 0) for form in bound.zorgvormen)
        return there

    def _uncovered(self) -> Goal:
        terms: Sum = defaultdict(Fraction)
        for _, by_place in self.cost.values():
            for at, price in by_place.items():
                terms[at] += price
        for payment in self.payments:
            if not payment[0].krediet:
                terms[payment] -= 1
        return Goal(terms, sum((constant for constant, _ in self.cost.values()), ZERO))

    def _own_money(self) -> Goal:
        own = [row.bron for row in self.case.sources if row.soort in ("eigen", "gemeente")]
        return Goal(self.paid(*own), self.spent(*own))

    def _of_municipalities(self) -> Goal:
        yearly = ("lumpsum", "pxq", "beschikbaarheid")
        theirs = [row for row in self.case.sources if row.soort in (*yearly, "gemeente")]
        theirs += [row for row in self.case.sources if row.soort == "eigen" and not row.aanbieder]
        names = [row.bron for row in theirs]
        return Goal(self.paid(*names), self.spent(*names))

    def _points(self) -> Goal:
        chosen = [row for row in self.case.measures if row.maatregel in self.starts]
        return Goal({}, -sum((Fraction(row.waardering) for row in chosen), ZERO))

    def _present_cost(self) -> Goal:
        worth = {year: self._worth(year) for year in self.years}
        constant = sum(
            (
                row.bedrag.euros * worth[self.starts[row.maatregel] + row.na_jaren]
                for row in self._cost_rows()
                if self.starts[row.maatregel] + row.na_jaren not in self.closed
            ),
            ZERO,
        )
        constant += sum((row.bedrag.euros * worth[row.jaar] for row in self.case.actuals), ZERO)
        terms: Sum = {}
        for (key, year), number in self.places.items():
            row = next(row for row in self.case.places if (row.locatie, row.zorgvorm) == key)
            if year in self.closed:
                continue
            busy, empty = row.exploitatie_per_plaats.euros, row.leegstand_per_plaats.euros
            constant += worth[year] * number * empty
            terms |= dict.fromkeys(self.used(key, year), worth[year] * (busy - empty))
        for source in self.case.sources:
            for year in self.years:
                for at, one in self.owed(source, year - 1).items() if source.soort == "krediet" else ():
                    last = min(source.besteedbaar_tot, self.years[-1])
                    interest = worth[year] * one * Fraction(source.rente or 0) if year <= last else ZERO
                    terms[at] = terms.get(at, ZERO) + interest
        return Goal(terms, constant)

    def _worth(self, year: int) -> Fraction:
        rate = 1 + Fraction(self.case.settings.discontovoet)
        return 1 / rate ** (year - self.case.settings.eerste_jaar)

    def _unspent(self) -> Goal:
        grants = [row for row in self.case.sources if row.soort == "spuk"]
        free = [_pot(row) - self.spent(row.bron) for row in grants if row.bedrag]
        granted = sum((max(ZERO, amount) for amount in free), ZERO)
        return Goal({at: -one for at, one in self.paid(*(row.bron for row in grants)).items()}, granted)

    def _start_years(self) -> Goal:
        late = [
            self.starts[row.maatregel] - row.vroegste_start
            for row in self.case.measures
            if row.maatregel in self.starts
        ]
        return Goal({}, Fraction(sum(late)))


@dataclass(frozen=True)
class Optimum:
    """The lexicographic optimum of a case.

    Attributes:
        goals: the best value of each goal in order, to minimise (waardering below zero); euros.
        starts: the choices of start years that reach it.
    """

    goals: Mapping[str, Fraction]
    starts: tuple[Starts, ...]


def room_to_change(case: Case, name: str) -> int:
    """How many changes of an approved plan later goals may add."""
    return case.approval.ruimte if case.approval and name == "wijzigingen" else 0


def brute_force(case: Case, entitlement: Entitlement, given: Mapping[str, int | None] | None = None) -> Optimum | None:
    """The best plan of a tiny case, or None where no choice of start years is possible."""
    wanted = (given or {}).items()
    left = [
        Chosen(case, entitlement, starts)
        for starts in start_choices(case)
        if all(starts.get(name) == year for name, year in wanted)
    ]
    programs = [Dictionary(tuple(chosen.rows())) for chosen in left]
    if not left:
        return None
    best: dict[str, Fraction] = {}
    for row in case.goals:
        goals = [chosen.goal(row.doel) for chosen in left]
        values = [program.minimise(goal) for program, goal in zip(programs, goals, strict=True)]
        best[row.doel] = min(values)
        most = best[row.doel] + Fraction(row.speling) * abs(best[row.doel]) + room_to_change(case, row.doel)
        keep = [at for at, value in enumerate(values) if value <= most]
        for at in keep:
            if row.speling:
                programs[at].hold_within(goals[at], most)
            else:
                programs[at].hold(goals[at])
        left, programs = [left[at] for at in keep], [programs[at] for at in keep]
    return Optimum(best, tuple(chosen.starts for chosen in left))
