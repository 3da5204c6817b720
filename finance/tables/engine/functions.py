"""The functions that formulas call: what each comes to, and which cells took part.

Where cells are kept (`traced`), a sum over hundreds of rows keeps the few that met its criteria, and a choice
keeps the branch that was taken. Working out alone is much faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from finance.tables.engine.arrays import Array, combined, correlation
from finance.tables.engine.cells import At, CellFaultError, Known, Sheets, TracedCell
from finance.tables.engine.criteria import Column, all_meet, position
from finance.tables.engine.expressions import (
    Area,
    Call,
    Constant,
    Expression,
    ExpressionError,
)
from finance.tables.engine.values import half_up, rounded
from finance.tables.engine.worth import (
    OPERATORS,
    Flow,
    Way,
    Worth,
    best,
    choices,
    day_of,
    factors,
    number,
    operated,
    scaled,
    summed,
    truth,
    year_of,
)


class Functions:
    """Works out parts of formulas from the cells of one workbook.

    Attributes:
        sheets: the cells.
        traced: whether the cells that took part are kept.
    """

    traced = True

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self._columns: dict[Area, Column] = {}

    def cell(self, at: At) -> TracedCell | None:
        """A cell; None where it is empty."""
        return self.sheets.get(at[0], {}).get(at[1:])

    def column(self, area: Area) -> Column:
        """The values of a range, row by row."""
        if area not in self._columns:
            cells = self.sheets.get(area.sheet, {})
            found = (cells.get(place) for place in area.places())
            self._columns[area] = Column([cell.value if cell else None for cell in found])
        return self._columns[area]

    def worth(self, tree: Expression) -> Worth:
        """What a part of a formula comes to.

        Raises:
            CellFaultError: it comes to an error.
            ExpressionError: it calls a function that is not known here.
        """
        match tree:
            case Constant():
                return Worth(tree.value)
            case Area():
                return self._single(tree)
            case Call():
                return self._call(tree)

    def _single(self, area: Area) -> Worth:
        if area.rows * area.columns > 1:
            raise ExpressionError("a range where one value is needed")
        at = (area.sheet, area.top, area.left)
        cell = self.cell(at)
        if cell is None:
            return Worth(None)
        if not self.traced:
            return Worth(cell.value)
        share = cell.value if isinstance(cell.value, Fraction) else None
        return Worth(cell.value, (Flow(at, Way.TERM, share),))

    def _call(self, call: Call) -> Worth:
        if call.name in OPERATORS:
            return operated(call.name, [self.worth(part) for part in call.arguments])
        work = getattr(self, f"_do_{call.name.lower()}", None)
        if work is None:
            raise ExpressionError(f"{call.name} is not known")
        found: Worth = work(call.arguments)
        return found

    def area(self, tree: Expression) -> tuple[Area, tuple[Flow, ...]]:
        """A range, with what chose it.

        Raises:
            ExpressionError: it is no range.
        """
        if isinstance(tree, Area):
            return tree, ()
        if isinstance(tree, Call) and tree.name == "INDEX":
            return self._indexed(tree.arguments)
        raise ExpressionError("no range")

    def _indexed(self, arguments: Sequence[Expression]) -> tuple[Area, tuple[Flow, ...]]:
        area, flows = self.area(arguments[0])
        parts = [self.worth(part) for part in arguments[1:]]
        numbers = [int(number(part)) for part in parts]
        if len(numbers) == 1:
            numbers = [0, *numbers] if area.rows == 1 else [*numbers, 0]
        row, column = numbers
        if not (0 <= row <= area.rows and 0 <= column <= area.columns):
            raise CellFaultError("#VERW!")
        top, bottom = (area.top + row - 1,) * 2 if row else (area.top, area.bottom)
        left, right = (area.left + column - 1,) * 2 if column else (area.left, area.right)
        return Area(area.sheet, top, left, bottom, right), (*flows, *choices(parts))

    def _do_index(self, arguments: Sequence[Expression]) -> Worth:
        area, flows = self._indexed(arguments)
        found = self._single(area)
        return Worth(found.value, (*found.flows, *flows))

    def _do_match(self, arguments: Sequence[Expression]) -> Worth:
        wanted = self.worth(arguments[0])
        area, flows = self.area(arguments[1])
        kind = int(number(self.worth(arguments[2]))) if arguments[2:] else 1
        at = position(self.column(area), wanted.value, kind)
        if not self.traced:
            return Worth(Fraction(at + 1))
        place = list(area.places())[at]
        chosen = (Flow((area.sheet, *place), Way.CHOICE), *flows, *choices([wanted]))
        return Worth(Fraction(at + 1), chosen)

    def _do_if(self, arguments: Sequence[Expression]) -> Worth:
        asked = self.worth(arguments[0])
        if truth(asked):
            taken = self.worth(arguments[1])
        else:
            taken = self.worth(arguments[2]) if len(arguments) > 2 else Worth(False)  # noqa: PLR2004
        return Worth(taken.value, (*taken.flows, *choices([asked])))

    def _do_iferror(self, arguments: Sequence[Expression]) -> Worth:
        try:
            return self.worth(arguments[0])
        except CellFaultError:
            return self.worth(arguments[1])

    def _numbers(self, arguments: Sequence[Expression]) -> list[Worth]:
        """The numbers among some cells and ranges; texts and empty cells do not count."""
        found: list[Worth] = []
        for part in arguments:
            if isinstance(part, Area) or (isinstance(part, Call) and part.name == "INDEX"):
                area, chosen = self.area(part)
                terms = self._terms(area, range(area.rows * area.columns))
                found += [replace(term, flows=(*term.flows, *chosen)) for term in terms] if chosen else terms
            else:
                found.append(self.worth(part))
        return found

    def _terms(self, area: Area, positions: Iterable[int]) -> list[Worth]:
        values = self.column(area).values
        if not self.traced:
            return [Worth(value) for at in positions if isinstance(value := values[at], Fraction)]
        places = list(area.places())
        return [
            Worth(value, (Flow((area.sheet, *places[at]), Way.TERM, value),))
            for at in positions
            if isinstance(value := values[at], Fraction)
        ]

    def _do_sum(self, arguments: Sequence[Expression]) -> Worth:
        return summed(self._numbers(arguments))

    def _do_min(self, arguments: Sequence[Expression]) -> Worth:
        return best(self._numbers(arguments), largest=False)

    def _do_max(self, arguments: Sequence[Expression]) -> Worth:
        return best(self._numbers(arguments), largest=True)

    def _do_sumif(self, arguments: Sequence[Expression]) -> Worth:
        first, criterion, *summed = arguments
        return self._do_sumifs([summed[0] if summed else first, first, criterion])

    def _do_sumifs(self, arguments: Sequence[Expression]) -> Worth:
        area, flows = self.area(arguments[0])
        positions, chosen = self._meeting(arguments[1:])
        total = summed(self._terms(area, positions))
        return Worth(total.value, (*total.flows, *flows, *chosen))

    def _do_countif(self, arguments: Sequence[Expression]) -> Worth:
        return self._do_countifs(arguments)

    def _do_countifs(self, arguments: Sequence[Expression]) -> Worth:
        area, _ = self.area(arguments[0])
        positions, chosen = self._meeting(arguments)
        return self._counted(area, positions, chosen)

    def _counted(self, area: Area, positions: Sequence[int], chosen: Iterable[Flow]) -> Worth:
        """Each cell that is counted adds one."""
        if not self.traced:
            return Worth(Fraction(len(positions)))
        places = list(area.places())
        flows = [Flow((area.sheet, *places[at]), Way.TERM, Fraction(1)) for at in positions]
        return Worth(Fraction(len(positions)), (*flows, *chosen))

    def _do_count(self, arguments: Sequence[Expression]) -> Worth:
        found = self._numbers(arguments)
        flows = [replace(flow, share=Fraction(1)) for part in found for flow in part.flows]
        return Worth(Fraction(len(found)), tuple(flows))

    def _do_counta(self, arguments: Sequence[Expression]) -> Worth:
        area, flows = self.area(arguments[0])
        filled = [at for at, value in enumerate(self.column(area).values) if value is not None]
        return self._counted(area, filled, flows)

    def _meeting(self, pairs: Sequence[Expression]) -> tuple[Sequence[int], list[Flow]]:
        """The positions that meet every pair of a range and a criterion, and what chose them."""
        asked: list[tuple[Column, Known]] = []
        chosen: list[Flow] = []
        for part, criterion in zip(pairs[::2], pairs[1::2], strict=True):
            area, flows = self.area(part)
            wanted = self.worth(criterion)
            if isinstance(wanted.value, bool):
                raise ExpressionError("a truth value as criterion")
            asked.append((self.column(area), wanted.value))
            chosen += [*flows, *choices([wanted])]
        return all_meet(asked), chosen

    def _do_sumproduct(self, arguments: Sequence[Expression]) -> Worth:
        arrays = [self._array(part) for part in arguments]
        rows = zip(*(array.worths for array in arrays), strict=True)
        found = [self._product(parts) for parts in rows]
        return summed([part for part in found if part.value])

    @staticmethod
    def _product(parts: Sequence[Worth]) -> Worth:
        """A product; texts and empty cells count as 0."""
        product = Fraction(1)
        for part in parts:
            product *= part.value if isinstance(part.value, Fraction) else 0
        return Worth(product, factors(parts))

    def _array(self, tree: Expression) -> Array:
        """What each cell of a range comes to, or of ranges that are added, multiplied or compared."""
        if isinstance(tree, Call) and tree.name in OPERATORS:
            return combined(tree.name, [self._array(part) for part in tree.arguments])
        if isinstance(tree, Area) or (isinstance(tree, Call) and tree.name == "INDEX"):
            area, chosen = self.area(tree)
            cells = [self._single(Area(area.sheet, *at, *at)) for at in area.places()]
            if chosen:
                cells = [replace(cell, flows=(*cell.flows, *chosen)) for cell in cells]
            return Array(area.rows, area.columns, cells)
        return Array(1, 1, [self.worth(tree)])

    def _do_small(self, arguments: Sequence[Expression]) -> Worth:
        return self._of_rank(arguments, down=False)

    def _do_large(self, arguments: Sequence[Expression]) -> Worth:
        return self._of_rank(arguments, down=True)

    def _of_rank(self, arguments: Sequence[Expression], *, down: bool) -> Worth:
        found = sorted(self._numbers(arguments[:1]), key=number, reverse=down)
        which = self.worth(arguments[1])
        at = int(number(which))
        if not 0 < at <= len(found):
            raise CellFaultError("#GETAL!")
        taken = found[at - 1]
        return Worth(taken.value, (*taken.flows, *choices([which, *found])))

    def _do_rank(self, arguments: Sequence[Expression]) -> Worth:
        one, among = self.worth(arguments[0]), self._numbers(arguments[1:2])
        rising = len(arguments) > 2 and truth(self.worth(arguments[2]))  # noqa: PLR2004
        mine, others = number(one), [number(part) for part in among]
        if mine not in others:
            raise CellFaultError("#N/B")
        before = sum(other < mine if rising else other > mine for other in others)
        return Worth(Fraction(before + 1), choices([one, *among]))

    def _do_average(self, arguments: Sequence[Expression]) -> Worth:
        found = self._numbers(arguments)
        if not found:
            raise CellFaultError("#DEEL/0!")
        return scaled(summed(found), Fraction(1, len(found)))

    def _do_correl(self, arguments: Sequence[Expression]) -> Worth:
        left, right = (self._array(part).worths for part in arguments)
        pairs = [
            (one.value, other.value)
            for one, other in zip(left, right, strict=True)
            if isinstance(one.value, Fraction) and isinstance(other.value, Fraction)
        ]
        found = correlation([one for one, _ in pairs], [other for _, other in pairs])
        if found is None:
            raise CellFaultError("#DEEL/0!")
        return Worth(found, choices([*left, *right]))

    def _do_choose(self, arguments: Sequence[Expression]) -> Worth:
        which = self.worth(arguments[0])
        at = int(number(which))
        if not 0 < at < len(arguments):
            raise CellFaultError("#WAARDE!")
        taken = self.worth(arguments[at])
        return Worth(taken.value, (*taken.flows, *choices([which])))

    def _do_round(self, arguments: Sequence[Expression]) -> Worth:
        return self._rounded(arguments, half_up)

    def _do_rounddown(self, arguments: Sequence[Expression]) -> Worth:
        return self._rounded(arguments, lambda over, under: over // under)

    def _do_roundup(self, arguments: Sequence[Expression]) -> Worth:
        return self._rounded(arguments, lambda over, under: -(-over // under))

    def _rounded(self, arguments: Sequence[Expression], whole_of: Callable[[int, int], int]) -> Worth:
        """The same cells; what rounding changes is less than a cent and belongs to none of them.

        Args:
            arguments: what is rounded, and to how many decimals.
            whole_of: the whole number for a fraction of two whole numbers, not below zero.
        """
        inner = self.worth(arguments[0])
        digits = self.worth(arguments[1]).value if len(arguments) > 1 else Fraction(0)
        return Worth(rounded(inner.value, digits, whole_of), inner.flows)

    def _do_n(self, arguments: Sequence[Expression]) -> Worth:
        inner = self.worth(arguments[0])
        return inner if isinstance(inner.value, Fraction) else Worth(Fraction(0))

    def _do_abs(self, arguments: Sequence[Expression]) -> Worth:
        inner = self.worth(arguments[0])
        return scaled(inner, Fraction(-1)) if number(inner) < 0 else inner

    def _do_int(self, arguments: Sequence[Expression]) -> Worth:
        inner = self.worth(arguments[0])
        return Worth(Fraction(number(inner) // 1), inner.flows)

    def _do_year(self, arguments: Sequence[Expression]) -> Worth:
        inner = self.worth(arguments[0])
        return Worth(Fraction(year_of(int(number(inner)))), factors([inner]))

    def _do_date(self, arguments: Sequence[Expression]) -> Worth:
        parts = [self.worth(part) for part in arguments]
        year, month, day = (int(number(part)) for part in parts)
        return Worth(Fraction(day_of(year, month, day)), factors(parts))

    def _do_rows(self, arguments: Sequence[Expression]) -> Worth:
        return Worth(Fraction(self.area(arguments[0])[0].rows))

    def _do_columns(self, arguments: Sequence[Expression]) -> Worth:
        return Worth(Fraction(self.area(arguments[0])[0].columns))

    def _do_and(self, arguments: Sequence[Expression]) -> Worth:
        parts = [self.worth(part) for part in arguments]
        return Worth(all(truth(part) for part in parts), choices(parts))

    def _do_or(self, arguments: Sequence[Expression]) -> Worth:
        parts = [self.worth(part) for part in arguments]
        return Worth(any(truth(part) for part in parts), choices(parts))

    def _do_not(self, arguments: Sequence[Expression]) -> Worth:
        part = self.worth(arguments[0])
        return Worth(not truth(part), choices([part]))

    def _do_istext(self, arguments: Sequence[Expression]) -> Worth:
        part = self.worth(arguments[0])
        return Worth(isinstance(part.value, str), choices([part]))

    def _do_iserror(self, arguments: Sequence[Expression]) -> Worth:
        try:
            part = self.worth(arguments[0])
        except CellFaultError:
            return Worth(True)
        return Worth(False, choices([part]))

    def _do_isnumber(self, arguments: Sequence[Expression]) -> Worth:
        part = self.worth(arguments[0])
        return Worth(isinstance(part.value, Fraction), choices([part]))
