"""One sheet as it is seen: read from its part in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from finance.tables.grid import address
from finance.xlsx.formulas import shows_text
from finance.xlsx.look.charts import Drawn, drawn_on
from finance.xlsx.look.parts import Attributes, Parts, Tree, child, is_true, number
from finance.xlsx.look.records import TEXT, Aspect, CellLook, Place, SheetLook, ranges
from finance.xlsx.look.rules import rule_of
from finance.xlsx.look.texts import Pieces, Texts, in_words
from finance.xlsx.package import local
from finance.xlsx.worksheet import MAX_COLUMN, column_of, range_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from finance.xlsx.look.styles import Styles

USUAL_HEIGHT: Final = 15.0
USUAL_WIDTH: Final = 8.43
SECTIONS: Final = re.compile(r"&([LCR])")
AFTER_CODE: Final = re.compile(r'(&(?:\d+|"[^"]*")) +')
"""A space behind a size or a font, which some programs write there."""
MOST_COLOURED: Final = 5_000_000
"""Of more cells, counted for each group of rules, it is not worked out which rules colour them."""
PLAIN_LOOK: Final = CellLook("General", "", "", "", "", "geen", "")
CONTENT: Final = ("v", "f", "is")
SHARED: Final = "s"
TEXTS: Final = (SHARED, "str", "inlineStr")
"""What a file calls the content of a cell that is a text."""
MOST_FROZEN: Final = (15, 6)
"""Of more rows or columns that never move, the rest may not be seen on a small screen."""
LOTUS: Final = ("transitionEvaluation", "transitionEntry")


@dataclass
class _Cells:
    """Follows the elements of a sheet: its rows and cells apart, the rest as a tree.

    Attributes:
        texts: the texts that have parts with a look of their own.
        styles: the number of the style of each cell that is not empty.
        of_text: the cells that hold a text.
        pieces: the parts of texts, by cell, where parts have letters of their own.
        heights: the heights of rows that have their own.
        tree: everything but rows.
    """

    texts: Texts
    styles: dict[Place, int] = field(default_factory=dict)
    of_text: set[Place] = field(default_factory=set)
    pieces: dict[Place, Pieces] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    tree: Tree = field(default_factory=Tree)
    _row: int = 0
    _column: int = 0
    _style: int = 0
    _kind: str = "n"
    _text: str | None = None
    _inline: Tree | None = None
    _in_rows: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if self._inline is not None:
            self._inline.start(name, attributes)
        elif not self._in_rows:
            self._in_rows = name == "sheetData"
            self.tree.start(name, attributes)
        elif name == "c":
            self._cell(attributes)
        elif name in CONTENT:
            self._content(name)
        elif name == "row":
            self._start_row(attributes)

    def end(self, name: str) -> None:
        name = local(name)
        if self._inline is not None:
            self._inline.end(name)
            if name == "is":
                self._inlined(self._inline.close())
                self._inline = None
        elif name == "sheetData":
            self._in_rows = False
            self.tree.end(name)
        elif not self._in_rows:
            self.tree.end(name)
        elif name == "v" and self._text is not None:
            self._shared(self._text)
            self._text = None

    def text(self, data: str) -> None:
        if self._inline is not None:
            self._inline.text(data)
        elif not self._in_rows:
            self.tree.text(data)
        elif self._text is not None:
            self._text += data

    def _start_row(self, attributes: Attributes) -> None:
        self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        if "ht" in attributes:
            self.heights[self._row] = number(attributes["ht"])

    def _cell(self, attributes: Attributes) -> None:
        at = attributes.get("r")
        self._column = column_of(at) if at else self._column + 1
        self._style = int(attributes.get("s", 0))
        self._kind = attributes.get("t", "n")

    def _content(self, name: str) -> None:
        self.styles[self._row, self._column] = self._style
        if self._kind in TEXTS:
            self.of_text.add((self._row, self._column))
        if name == "v" and self._kind == SHARED and self.texts.pieces:
            self._text = ""
        if name == "is":
            self._inline = Tree()
            self._inline.start(name, {})

    def _shared(self, text: str) -> None:
        pieces = self.texts.pieces.get(int(number(text, -1)))
        if pieces:
            self.pieces[self._row, self._column] = pieces

    def _inlined(self, element: Element) -> None:
        pieces = self.texts.pieces_of(element)
        if pieces:
            self.pieces[self._row, self._column] = pieces


class Looks:
    """The looks of the cells of one workbook, each with a number."""

    def __init__(self) -> None:
        self.numbers: dict[CellLook, int] = {}

    def number(self, look: CellLook) -> int:
        """The number of a look."""
        return self.numbers.setdefault(look, len(self.numbers))


def read_sheet(parts: Parts, part: str, styles: Styles, texts: Texts, looks: Looks) -> SheetLook:
    """What is seen of a sheet, but for what the workbook says of it.

    Args:
        parts: the workbook.
        part: the part of the sheet.
        styles: the styles of the workbook.
        texts: its texts.
        looks: the looks of cells that were seen on other sheets; new ones are added.

    Raises:
        ValueError: the part is no sheet.
    """
    cells = _Cells(texts)
    parts.follow(part, cells)
    root = cells.tree.close()
    drawn = drawn_on(parts, part, root, styles.palette)
    shape = root.find("sheetFormatPr")
    return SheetLook(
        cellen=_looks_of(cells, root, styles, looks),
        feiten={aspect: said for aspect, said in _facts(root, styles, drawn) if said},
        hoogten=dict(sorted(cells.heights.items())),
        hoogte=_size(shape, "defaultRowHeight", USUAL_HEIGHT),
        breedten=dict(_widths(root)),
        breedte=_size(shape, "defaultColWidth", USUAL_WIDTH),
        samengevoegd=sorted(element.get("ref", "") for element in root.iterfind("mergeCells/mergeCell")),
        koppelingen=dict(_links(root)),
        opmerkingen={cell: text for cell, text in (*_prompts(root), *_comments(parts, part)) if cell},
        grafieken=drawn.charts,
    )


def _size(shape: Element | None, name: str, usual: float) -> float:
    return usual if shape is None else number(shape.get(name), usual)


def _looks_of(cells: _Cells, root: Element, styles: Styles, looks: Looks) -> list[tuple[int, str]]:
    """The cells that are not empty, by the number of their look."""
    rules = _rules(cells.styles, root, styles)
    places: dict[int, list[Place]] = defaultdict(list)
    known: dict[tuple[int, tuple[str, ...], Pieces, bool], int] = {}
    for place, style in cells.styles.items():
        key = (style, rules.get(place, ()), cells.pieces.get(place, ()), place in cells.of_text)
        found = known.get(key)
        if found is None:
            plain = styles.cells[style] if style < len(styles.cells) else PLAIN_LOOK
            if key[3] and shows_text(plain.getalopmaak):
                plain = plain._replace(getalopmaak=TEXT)
            found = known[key] = looks.number(plain._replace(kleurregels=key[1], tekstdelen=in_words(key[2], plain)))
        places[found].append(place)
    return [(look, ranges(where)) for look, where in sorted(places.items())]


def _rules(cells: Mapping[Place, int], root: Element, styles: Styles) -> Mapping[Place, tuple[str, ...]]:
    """The rules that colour each cell, the one that decides first in front."""
    ranked: dict[Place, list[tuple[float, str]]] = defaultdict(list)
    by_column: dict[int, list[int]] = defaultdict(list)
    left = MOST_COLOURED
    for row, column in cells:
        by_column[column].append(row)
    for block in root.iter("conditionalFormatting"):
        # Since 2010 there is a second list of rules, which says where it applies in an element.
        where = block.get("sqref") or "".join(text.text or "" for text in block.iter("sqref"))
        held = [place for area in where.split() for place in _held(area, by_column)]
        left -= len(held)
        if left < 0:
            raise ValueError("more colouring rules than a sheet that somebody made has")
        merged = ranges(held)
        for rule in block.iter("cfRule"):
            said = (number(rule.get("priority")), rule_of(rule, styles, merged))
            for place in held:
                ranked[place].append(said)
    return {place: tuple(text for _, text in sorted(said, key=_first)) for place, said in ranked.items()}


def _first(ranked: tuple[float, str]) -> float:
    return ranked[0]


def _held(area: str, by_column: Mapping[int, Sequence[int]]) -> Iterator[Place]:
    top, left, bottom, right = range_of(area)
    columns = range(left, right + 1)
    for column in columns if len(columns) <= len(by_column) else sorted(by_column):
        for row in by_column.get(column, ()) if column in columns else ():
            if top <= row <= bottom:
                yield row, column


def _widths(root: Element) -> Iterator[tuple[int, float]]:
    for element in root.iterfind("cols/col"):
        first, last = int(element.get("min", 1)), int(element.get("max", 1))
        if "width" in element.attrib and last - first < MAX_COLUMN:
            width = number(element.get("width"))
            # A run up to the last column is about columns that nothing stands in.
            yield from ((column, width) for column in range(first, min(last, first + 255) + 1))


def _links(root: Element) -> Iterator[tuple[str, str]]:
    for link in root.iterfind("hyperlinks/hyperlink"):
        target, hint = link.get("location", "").removeprefix("#"), link.get("tooltip", "")
        top, left, bottom, right = range_of(link.get("ref", "A1"))
        for row in range(top, min(bottom, top + 255) + 1):
            for column in range(left, min(right, left + 255) + 1):
                yield address(row, column), target + (f" ({hint})" if hint else "")


def _prompts(root: Element) -> Iterator[tuple[str, str]]:
    """What is shown beside a cell that somebody picks, by the first cell of its range."""
    for rule in root.iter("dataValidation"):
        said = [text for text in (rule.get("promptTitle", ""), rule.get("prompt", "")) if text]
        if said and is_true(rule.get("showInputMessage")):
            for area in rule.get("sqref", "").split():
                top, left, _, _ = range_of(area)
                yield address(top, left), ": ".join(said)


def _comments(parts: Parts, part: str) -> Iterator[tuple[str, str]]:
    """What people wrote beside cells, by cell; a thread wins from the note that repeats it."""
    for comments in parts.of_kind(part, "comments"):
        for comment in parts.tree(comments).iter("comment"):
            yield comment.get("ref", ""), "".join(text.text or "" for text in comment.iter("t"))
    said: dict[str, list[str]] = defaultdict(list)
    for threads in parts.of_kind(part, "threadedComment"):
        for comment in parts.tree(threads).iter("threadedComment"):
            said[comment.get("ref", "")] += [text.text or "" for text in comment.iterfind("text")]
    yield from ((cell, " / ".join(texts)) for cell, texts in said.items())


def _facts(root: Element, styles: Styles, drawn: Drawn) -> Iterator[tuple[str, str]]:
    tab = child(root, "sheetPr", "tabColor")
    yield Aspect.TAB, styles.palette.colour(tab, "")
    yield from _view(root)
    properties = root.find("sheetPr")
    if properties is not None and any(is_true(properties.get(name)) for name in LOTUS):
        yield Aspect.LOTUS, "aan"
    yield Aspect.PAPER, _paper(root)
    yield Aspect.PAPER_LOOKS, _paper_looks(root)
    yield Aspect.HEADER, _headers(root.find("headerFooter"))
    objects = [
        *drawn.objects,
        *("verloopgrafiek in een cel" for _ in root.iter("sparkline")),
        *("een afbeelding achter de cellen" for _ in root.iterfind("picture")),
    ]
    yield Aspect.OBJECTS, ", ".join(sorted(objects))


def _view(root: Element) -> Iterator[tuple[str, str]]:
    for view in root.iterfind("sheetViews/sheetView"):
        yield Aspect.ZEROS, "" if is_true(view.get("showZeros", "1")) else "nee"
        yield Aspect.FORMULAS, "ja" if is_true(view.get("showFormulas")) else ""
        yield Aspect.RIGHT_TO_LEFT, "ja" if is_true(view.get("rightToLeft")) else ""
        pane, top = view.find("pane"), view.get("topLeftCell", "A1")
        is_frozen = pane is not None and pane.get("state", "split").startswith("frozen")
        # What lies before the first cell of a frozen pane cannot be scrolled to.
        yield Aspect.OUT_OF_REACH, top if is_frozen and top != "A1" else ""
        if pane is not None and is_frozen:
            frozen = tuple(int(number(pane.get(name))) for name in ("ySplit", "xSplit"))
            is_large = any(count > most for count, most in zip(frozen, MOST_FROZEN, strict=True))
            yield Aspect.FROZEN, f"{frozen[0]} rijen en {frozen[1]} kolommen" if is_large else ""


def _paper(root: Element) -> str:
    """On what is printed, and how small."""
    setup = root.find("pageSetup")
    if setup is None:
        return ""
    fit = child(root, "sheetPr", "pageSetUpPr")
    is_fitted = fit is not None and is_true(fit.get("fitToPage"))
    wide, high, scale = setup.get("fitToWidth", "1"), setup.get("fitToHeight", "1"), setup.get("scale", "100")
    turned = "liggend" if setup.get("orientation") == "landscape" else "staand"
    size = f"{wide} breed en {high} hoog" if is_fitted else f"{scale}%"
    return f"maat {setup.get('paperSize', '1')}, {turned}, {size}"


def _paper_looks(root: Element) -> str:
    """What is left out in print."""
    setup = root.find("pageSetup")
    if setup is None:
        return ""
    said = [
        *(["zonder kleur"] if is_true(setup.get("blackAndWhite")) else []),
        *(["concept, zonder grafieken"] if is_true(setup.get("draft")) else []),
        *([f"fouten als {setup.get('errors')}"] if setup.get("errors", "displayed") != "displayed" else []),
    ]
    return ", ".join(said)


def _headers(element: Element | None) -> str:
    """The headers and footers that are printed, each from left to right."""
    if element is None:
        return ""
    pages = {"odd": "", "even": "even pagina's: ", "first": "eerste pagina: "}
    used = {
        "odd": True,
        "even": is_true(element.get("differentOddEven")),
        "first": is_true(element.get("differentFirst")),
    }
    said = []
    for page, words in pages.items():
        for place in ("Header", "Footer"):
            found = element.find(f"{page}{place}")
            text = _from_left_to_right("" if found is None else found.text or "")
            if used[page] and (text or page != "odd"):
                said.append(f"{words}{'boven' if place == 'Header' else 'onder'} {text}")
    return "; ".join(said)


def _from_left_to_right(text: str) -> str:
    """A header with its sections in one order; what has no section stands in the middle."""
    first, *others = SECTIONS.split(text.strip())
    sections = {"L": "", "C": first, "R": ""}
    for place, part in zip(others[::2], others[1::2], strict=True):
        sections[place] += part
    plain = {place: AFTER_CODE.sub(r"\1", part).strip() for place, part in sections.items()}
    return "".join(f"&{place}{part}" for place, part in plain.items() if part)
