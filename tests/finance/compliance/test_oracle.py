"""The check and an oracle judge the same plans; it was written from the constraints, not from the check."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import CostLine
from finance.plan.allocation import Allocation
from tests.finance.compliance.changing import (
    BIT,
    LATE,
    UNKNOWN_PLACE,
    Change,
    all_of,
    judged,
    less,
    more,
    moving,
    serving,
    starting,
    using,
)
from tests.finance.village import (
    BUREN,
    GESLOTEN,
    OPEN,
    PAID,
    SERVED,
    STARTS,
    USED,
    VILLAGE,
    allocation,
    of_measure,
)


@dataclass(frozen=True)
class Oracle:
    """The constraints of the village, written down for it alone: whether a plan may be."""

    plan: Allocation

    def holds(self) -> bool:
        """Whether every constraint is met."""
        return all((self.starts(), self.capacity(), self.need(), self.cover(), self.money(), self.rules()))

    def starts(self) -> bool:
        """C1 and C2."""
        s = self.plan.starts
        windows = {row["maatregel"]: (row["vroegste_start"], row["laatste_start"]) for row in VILLAGE.measures}
        windows["LATE"] = (2024, 2024)
        inside = all(name in windows and windows[name][0] <= year <= windows[name][1] for name, year in s.items())
        first = min((s[name] for name in ("M1", "M1B") if name in s), default=9999)
        delivered = min(s["M1"] + 1 if "M1" in s else 9999, s.get("M1B", 9999))
        return (
            inside
            and not {"M1", "M1B"} <= s.keys()
            and "MUST" in s
            and s.get("M2", 9999) >= first
            and s.get("AFTER", 9999) >= s["MUST"]
            and all(s.get(name, 9999) >= delivered for name in ("M3", "WAIT"))
        )

    def places(self, key: tuple[str, str], year: int) -> tuple[int, int]:
        """The places, and those that are new."""
        s = self.plan.starts
        moved = "M1" in s and s["M1"] + 1 <= year
        if key == GESLOTEN:
            return 10 - 4 * moved - 2 * ("M3" in s and s["M3"] <= year), 0
        if key == OPEN:
            return 4 * moved, 4 * ("M1" in s and s["M1"] + 1 == year)
        closed = [n for name, n in (("EMPTY4", 4), ("EMPTY5", 5)) if name in s and s[name] <= year]
        return 4 - sum(closed), 0

    def used(self, key: tuple[str, str], year: int) -> Fraction:
        return Fraction(self.plan.used.get((key, year), 0))

    def capacity(self) -> bool:
        """C3 to C5."""
        known = {(key, year) for key in (GESLOTEN, OPEN, BUREN) for year in range(2022, 2026)}
        if not self.plan.used.keys() <= known:
            return False
        for key, year in known:
            there, new = self.places(key, year)
            most = Fraction(9, 10) * there if key == GESLOTEN else there - Fraction(new, 2)
            if there < 0 or not 0 <= self.used(key, year) <= most:
                return False
        return True

    def need(self) -> bool:
        """C6."""
        given = {at: Fraction(number) for at, number in self.plan.served.items() if number}
        forms = {("gesloten", "gesloten"), ("gesloten", "open"), ("open", "open")}
        if any(number < 0 or at[:2] not in forms or not 2022 <= at[2] <= 2025 for at, number in given.items()):
            return False
        for year in range(2022, 2026):
            at = {pair: given.get((*pair, year), Fraction(0)) for pair in forms}
            most = {form: Fraction(VILLAGE.need.get((form, year), 0)) for form in ("gesloten", "open")}
            if at["gesloten", "gesloten"] + at["gesloten", "open"] > most["gesloten"]:
                return False
            if at["open", "open"] > most["open"] or at["gesloten", "gesloten"] != self.used(GESLOTEN, year):
                return False
            if at["gesloten", "open"] + at["open", "open"] != self.used(OPEN, year) + self.used(BUREN, year):
                return False
        return True

    def cost(self, line: CostLine) -> int:
        """What a line costs, in cents."""
        for row in VILLAGE.costs:
            start = self.plan.starts.get(str(row["maatregel"]))
            if start is not None and line == of_measure(
                str(row["maatregel"]), str(row["kostensoort"]), start + int(str(row["na_jaren"]))
            ):
                return int(Decimal(str(row["bedrag"])) * 100)
        key, year = (line.locatie, line.zorgvorm), line.jaar
        if line.maatregel or key not in (GESLOTEN, OPEN, BUREN) or year not in range(2022, 2026):
            return 0
        used = self.used(key, year)
        price = {"exploitatie": (100_000, 120_000), "leegstand": (40_000, 50_000)}.get(line.kostensoort, (0, 0))
        number = used if line.kostensoort == "exploitatie" else self.places(key, year)[0] - used
        cents = price[key != GESLOTEN] * 100 * number
        return int(cents + Fraction(1, 2)) if cents >= 0 else -int(-cents + Fraction(1, 2))

    def paid(self, **like: object) -> int:
        """What is paid in all of payments that are like this, in cents."""
        return sum(
            amount.cents
            for (line, bron), amount in self.plan.payments.items()
            if all({"bron": bron, "jaar": line.jaar, "line": line}[name] == value for name, value in like.items())
        )

    def cover(self) -> bool:
        """C8."""
        return all(amount.cents > 0 for amount in self.plan.payments.values()) and all(
            self.paid(line=line) <= self.cost(line) for line, _ in self.plan.payments
        )

    def money(self) -> bool:
        """C9, C10 and the share cap."""
        pots = {"SPUK": 52_631_580, "EIGEN": 2_368_421, "STAD": 1_040_000}
        if any(self.paid(bron=bron) > pot for bron, pot in pots.items()):
            return False
        left = 0
        for year, lump in ((2022, 100_000_000), (2023, 90_000_000), (2024, 70_200_000)):
            left += lump - self.paid(bron="LUMP", jaar=year)
            pxq = round(min(Fraction(4), self.used(BUREN, year)) * 10_000_000)
            bes = min(10, self.places(GESLOTEN, year)[0]) * 1_000_000
            if left < 0 or self.paid(bron="PXQ", jaar=year) > pxq or self.paid(bron="BES", jaar=year) > bes:
                return False
        lead = [
            a.cents
            for (line, bron), a in self.plan.payments.items()
            if bron == "SPUK" and line.kostensoort == "projectleiding"
        ]
        return sum(lead) <= 2_631_579

    def rules(self) -> bool:
        """C11 and what the grant may pay."""
        return all(self.may(line, bron) for line, bron in self.plan.payments)

    def may(self, line: CostLine, bron: str) -> bool:
        care = line.kostensoort in ("exploitatie", "leegstand", "opstart")
        early = 2022 <= line.jaar <= 2024
        buildings = line.maatregel not in ("", "OTHER", "PLUS") and line.kostensoort in (
            "verbouwen",
            "projectleiding",
            "vervangende_nieuwbouw",
        )
        closing = line.kostensoort != "vervangende_nieuwbouw" or line.maatregel in ("M1", "M3")
        return {
            "SPUK": buildings and closing and early,
            "LUMP": care and early,
            "PXQ": care and early and line.locatie == "L2",
            "BES": care and early and (bool(line.maatregel) or line.locatie == "L1"),
            "EIGEN": line.jaar == 2022 and (bool(line.maatregel) or line.locatie == "L1"),
            "STAD": early and line.kostensoort in ("opstart", "verbouwen", "vervangende_nieuwbouw"),
        }.get(bron, False)


LINES = [
    *dict.fromkeys(line for line, _ in PAID),
    LATE[1],
    UNKNOWN_PLACE,
    of_measure("M1B", "verbouwen", 2022),
]
BRONNEN = ["SPUK", "LUMP", "PXQ", "BES", "EIGEN", "STAD", "ZZ"]
steps = st.sampled_from([BIT, -BIT, Decimal("0.1"), Decimal("-0.1"), Decimal(1), Decimal(-1)])
gentle: st.SearchStrategy[Change] = st.one_of(
    st.builds(
        lambda name, year: starting(**{name: year}),
        st.sampled_from(["MUST", "AFTER", "WAIT", "EMPTY4"]),
        st.sampled_from([None, 2022, 2023, 2024, 2025]),
    ),
    st.builds(lambda pair, cents: moving(cents, less(*pair)), st.sampled_from(list(PAID)), st.integers(1, 100)),
    st.builds(
        lambda year, step: all_of(using((OPEN, year), step), using((BUREN, year), -step)),
        st.sampled_from([2022, 2023, 2024]),
        steps,
    ),
)
changes: st.SearchStrategy[Change] = gentle | st.one_of(
    st.builds(
        lambda name, year: starting(**{name: year}),
        st.sampled_from([*STARTS, "M1B", "EMPTY5", "ZZ"]),
        st.sampled_from([None, *range(2021, 2028)]),
    ),
    st.builds(using, st.sampled_from([*USED, (OPEN, 2022), (BUREN, 2025), (("L2", "gesloten"), 2022)]), steps),
    st.builds(
        lambda at, step: serving(*at, step),
        st.sampled_from([*SERVED, ("open", "gesloten", 2022), ("gesloten", "open", 2024), ("open", "open", 2026)]),
        steps,
    ),
    st.builds(
        lambda line, bron, cents: moving(cents, more(line, bron)),
        st.sampled_from(LINES),
        st.sampled_from(BRONNEN),
        st.sampled_from([1, -1, 100, -100, -10_000, 10_000_000]),
    ),
    st.builds(
        lambda pair, line, bron, cents: moving(cents, less(*pair), more(line, bron)),
        st.sampled_from(list(PAID)),
        st.sampled_from(LINES),
        st.sampled_from(BRONNEN),
        st.sampled_from([1, 100, 10_000]),
    ),
)


@settings(max_examples=600)
@given(st.lists(gentle, max_size=2), st.lists(changes, max_size=2))
def test_a_changed_plan_is_fine_or_its_fault_is_named(mild: list[Change], wild: list[Change]) -> None:
    changed = all_of(*mild, *wild)(allocation())
    found = judged(changed)
    assert (found == ()) == Oracle(changed).holds(), "\n".join(map(str, found))
    assert all(breach.regel and breach.waar and breach.wat.endswith(".") for breach in found)
