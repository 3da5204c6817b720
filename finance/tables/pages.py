"""What a sheet is made of: a page is a stack of blocks, and a table is one block.

All rows of a table get the same template of a formula, so a column has one pattern by construction. What
a template may say stands in `finance.tables.places`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from finance.tables.grid import Format, Origin, Role, Value

R = TypeVar("R")

CHART_ROWS: Final = 18
"""The rows that a chart covers, unless it says otherwise."""
CHART_WIDTH: Final = 900
BOLD: Final = 1.2
"""Bold letters take more room than the digits in which widths are counted."""
WIDEST_HEAD: Final = 26
"""A head with a longer word than this is broken."""
FIRST_BLOCK: Final = 4
"""The row of the first block, under the title and the explanation."""


@dataclass(frozen=True, slots=True)
class Target:
    """A cell that a link leads to.

    Attributes:
        table: its table.
        column: its column; the first column of the table where this is empty.
        row: its row of data, counted from 0.
    """

    table: str
    column: str = ""
    row: int = 0


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column of a table.

    Attributes:
        key: what formulas call it.
        head: what stands above it.
        value: what a row shows in it; None where the formula alone says so, and it is worked out.
        formula: the template of its formula; empty for pasted values.
        fmt: how it is shown.
        role: what its cells are; by default a formula or a label.
        width: its width in characters.
        total: whether its sum stands under it.
        head_formula: the template of a formula in its head; empty for a pasted head.
        wrap: whether a long text goes on in a next line.
        clip: whether a long text stops at the edge of its cell; it would widen the printed page.
        link: the cell that a click on a row's cell jumps to; None for nowhere.
        origin: where the pasted value of a row comes from; None for a formula or a label.
        about: the cell that the decision of a row is about; None for none.
        turned: whether its head stands on its side, so that it does not widen the column.
        as_data: its key for a reader of data, where `key` only counts the columns: with the id of the
            input that the column is about, such as `bron:SPUK`; empty where `key` says it.
    """

    key: str
    head: str | int
    value: Callable[[R], Value] | None
    formula: str = ""
    fmt: Format | Callable[[R], Format] = Format.GENERAL
    role: Role | Callable[[R], Role] | None = None
    width: float = 12
    total: bool = False
    head_formula: str = ""
    wrap: bool = False
    clip: bool = False
    link: Callable[[R], Target | None] | None = None
    origin: Callable[[R], Origin | None] | None = None
    about: Callable[[R], Target] | None = None
    turned: bool = False
    as_data: str = ""

    def __post_init__(self) -> None:
        if self.value is None and not self.formula:
            raise ValueError(f"column {self.key} has neither a formula nor pasted values")

    @property
    def data_key(self) -> str:
        """What it is called in data."""
        return self.as_data or self.key

    @property
    def wide(self) -> float:
        """Its width, at least that of the longest word of its head."""
        if self.turned:
            return self.width
        longest = max((len(word) for word in str(self.head).split()), default=0)
        return max(self.width, min(longest * BOLD + 1, WIDEST_HEAD))

    @property
    def is_alike(self) -> bool:
        """Whether its cells differ by their formula only, whatever their rows say."""
        says = (self.value, self.link, self.origin, self.about)
        return all(one is None for one in says) and not callable(self.role) and isinstance(self.fmt, Format)

    def format_of(self, row: R) -> Format:
        """How a row shows this column."""
        return self.fmt if isinstance(self.fmt, Format) else self.fmt(row)

    def role_of(self, row: R) -> Role:
        """What the cell of a row is."""
        if self.role is None:
            return Role.FORMULA if self.formula else Role.LABEL
        return self.role if isinstance(self.role, Role) else self.role(row)


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table: heads, a row for each record, and a total where a column asks for it.

    Attributes:
        name: what formulas call it.
        title: the heading above it; empty for none.
        rows: the records.
        columns: the columns.
        note: one line under the heading; empty for none.
        fact: the name of the single fact in the column `waarde` of a row; empty for none.
        least: the fewest rows of data that it keeps, so that its ranges exist.
        scale: the first and the last of the columns whose numbers are coloured from the lowest to
            the highest; None for none.
        ids: what a row is about, in ids of the input; None for rows without.
        as_data: its name for a reader of data, where `name` only counts the tables; empty for `name`.
        blocks: by the name of another table, or of one column of it (`t.a`), the first and the last of its rows
            (from 1) that belong to each row of this one: all that a formula such as `[t.a~]` names.
    """

    name: str
    title: str
    rows: Sequence[R]
    columns: tuple[Column[R], ...]
    note: str = ""
    fact: Callable[[R], str] | None = None
    least: int = 1
    scale: tuple[str, str] | None = None
    ids: Callable[[R], tuple[object, ...]] | None = None
    as_data: str = ""
    blocks: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    @property
    def row_ids(self) -> tuple[tuple[str, ...], ...]:
        """What each row is about; the name of its fact where it has one and no ids."""
        if self.ids is not None:
            return tuple(tuple("" if one is None else str(one) for one in self.ids(row)) for row in self.rows)
        if self.fact is not None:
            return tuple((self.fact(row),) for row in self.rows)
        return ()

    @property
    def above(self) -> int:
        """Rows between the top of the block and the heads."""
        return bool(self.title) + bool(self.note)

    @property
    def body(self) -> int:
        """Rows of data; a table with fewer records keeps some empty."""
        return max(self.least, len(self.rows))

    @property
    def summed(self) -> bool:
        """Whether a total stands under it."""
        return any(column.total for column in self.columns)

    @property
    def height(self) -> int:
        """Rows of the whole block."""
        return self.above + 1 + self.body + self.summed


@dataclass(frozen=True)
class Fact:
    """One line of label and value.

    Attributes:
        label: what it is.
        value: the value.
        fmt: how it is shown.
        role: what the value is.
        note: text beside it; empty for none.
        link: where a click on the label leads; empty for nowhere.
        key: what it is called in data; empty where no program reads it.
    """

    label: str
    value: Value
    fmt: Format = Format.GENERAL
    role: Role = Role.LABEL
    note: str = ""
    link: str = ""
    key: str = ""


@dataclass(frozen=True)
class Facts:
    """A block of single facts under a heading.

    Attributes:
        title: the heading above it; empty for none.
        facts: the facts, each on a line.
        name: what the block is called in data; empty where no program reads it.
    """

    title: str
    facts: tuple[Fact, ...]
    name: str = ""

    @property
    def height(self) -> int:
        """Rows of the whole block."""
        return bool(self.title) + len(self.facts)


@dataclass(frozen=True)
class Notes:
    """A block of lines of text under a heading."""

    title: str
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Rows of the whole block."""
        return bool(self.title) + len(self.lines)


@dataclass(frozen=True)
class Figure:
    """A chart of columns of one table.

    Attributes:
        title: its title.
        axis: the title of the value axis, with the unit.
        table: the table.
        categories: the column with the labels of the other axis.
        columns: the columns that are drawn as columns.
        lines: the columns that are drawn as lines.
        stacked: whether the columns are stacked.
        base: the column that is not drawn, and on which the others of a stack stand; empty for none.
        across: the title of the axis with the labels; empty for none.
        flat: whether the columns lie flat, the first label on top and each pair on one line.
        fmt: how the numbers of the value axis are shown.
        across_fmt: how the labels are shown.
        depth: the rows that it covers.
        width: its width in pixels.
        labelled: whether each column shows its number, where that is above zero.
        from_zero: whether the value axis starts at zero, however much all columns share.
        red: the columns that are drawn in red, as nothing else is: what has no cover, or who has no place.
    """

    title: str
    axis: str
    table: str
    categories: str
    columns: tuple[str, ...]
    lines: tuple[str, ...] = ()
    stacked: bool = True
    base: str = ""
    across: str = ""
    flat: bool = False
    fmt: Format = Format.COUNT
    across_fmt: Format = Format.GENERAL
    depth: int = CHART_ROWS
    width: int = CHART_WIDTH
    labelled: bool = False
    from_zero: bool = False
    red: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """Rows of the whole block."""
        return self.depth

    @property
    def series(self) -> Iterator[str]:
        """The columns that it draws, in order; an invisible base lies below the others."""
        yield from (self.base,) if self.base else ()
        yield from self.columns
        yield from self.lines


Block = Table[Any] | Facts | Notes | Figure


@dataclass(frozen=True)
class Page:
    """One sheet as a stack of blocks.

    Attributes:
        naam: the name of the sheet.
        title: its title.
        note: the line that says what it shows.
        blocks: the blocks, from top to bottom.
        tab: `invoer`, `besluit`, `berekening`, `uitvoer` or `controle`: a formula reads what stands no
            further than its own sheet (besluit and berekening stand as far).
        widths: the width of columns (counted from 1) that hold no table.
        counted: the first block that is counted, to see whether the sheet is whole; what stands above it
            says how that came out.
    """

    naam: str
    title: str
    note: str
    blocks: tuple[Block, ...]
    tab: str = "uitvoer"
    widths: Mapping[int, float] = field(default_factory=dict)
    counted: int = 0

    @property
    def first(self) -> int:
        """The first row that is counted."""
        return next((row for at, (row, _) in enumerate(self.placed()) if at >= self.counted > 0), 1)

    @property
    def last(self) -> int:
        """The last row in use."""
        return max((row + block.height - 1 for row, block in self.placed()), default=FIRST_BLOCK)

    def placed(self) -> Iterator[tuple[int, Block]]:
        """Each block with its first row; one row stays free between blocks."""
        row = FIRST_BLOCK
        for block in self.blocks:
            yield row, block
            row += block.height + 1
