"""The empty, explained input workbook: written from the one declaration of sheets and columns.

The sheet `_uitleg` comes first and says what everything means; each declared sheet follows with its
column names, an explanation at each of them, the right number formats and drop-downs; the words of
the drop-downs stand on `_keuzes`. The reader passes over names that start with `_`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from finance.case.declaring import ColumnSpec, SheetSpec, columns_of
from finance.case.documentation import (
    HEADS,
    INTRODUCTION,
    ColumnText,
    cells,
    column_text,
    parameter_rows,
    settings_texts,
)
from finance.case.references import home
from finance.case.sheets import SHEETS, Settings
from finance.files import atomic_write
from finance.handmade import HAND_SHEETS
from finance.tables.grid import Role, as_float
from finance.xlsx.looks import BASE, LINKED, LOOKS, TABS
from finance.xlsx.write import CREATED

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

EXPLANATION: Final = "_uitleg"
CHOICES: Final = "_keuzes"
LAST_ROW: Final = 20_000
"""Down to this row the drop-downs reach."""
LAST_ID: Final = 2_000
"""Down to this row a drop-down shows the ids of another sheet."""
MARGIN: Final = 3
"""So many characters a column is wider than its name."""
NARROWEST: Final = 14
VALUE_WIDTH, NOTE_WIDTH = 30, 90
COMMENT_WIDTH: Final = 320
"""Pixels."""
COMMENT_LINE: Final = 48
"""Characters on a line of a comment."""
LINE_HEIGHT: Final = 18
"""Pixels of a line of a comment; points of a line of a wide cell."""
EXPLAINED: Final = ("blad", *HEADS)
EXPLAINED_WIDTHS: Final = (16, 28, 26, 10, 24, 28, NOTE_WIDTH)

TITLE: Final = "Invoer voor een begroting van de transitie van gesloten jeugdhulp"
STEPS: Final = (
    "Vul de bladen van links naar rechts. Een optioneel blad mag leeg blijven.",
    "Een vette kolomnaam is verplicht, een schuine mag leeg blijven. Wijs de kolomnaam aan voor de uitleg.",
    "Kies waar een keuzelijst staat. Namen uit een ander blad staan in de lijst zodra dat blad is gevuld.",
    "Controleer met de opdracht: spuk check BESTAND.xlsx. Alle bevindingen komen ineens, met blad en cel.",
)

HAND_TITLE: Final = "Toewijzing: wie betaalt wat, met de hand gemaakt"
HAND_STEPS: Final = (
    "Zet op het blad toewijzing een rij per betaling. De andere bladen zijn er voor wat daaruit niet volgt.",
    "Een vette kolomnaam is verplicht, een schuine mag leeg blijven. Wijs de kolomnaam aan voor de uitleg.",
    "Toets met de opdracht: spuk toets CASUS.xlsx BESTAND.xlsx. Er wordt niets geoptimaliseerd.",
)
HAND_INTRODUCTION: Final = (
    "Deze werkmap hoort bij een casus: de namen van maatregelen, locaties, zorgvormen en bronnen zijn die van"
    " de casus. Rij 1 van elk blad bevat de kolomnamen, de gegevens staan vanaf rij 2.",
    "Bedragen zijn in euro van het jaar zelf, 0 of meer, met hoogstens twee decimalen. Wat niemand betaalt,"
    " blijft ongedekt; dat is geen fout, en staat in de uitkomst.",
    "Een blad waarvan de naam met _ begint, wordt overgeslagen en is vrij voor eigen aantekeningen.",
)

Look = Mapping[str, object]
REQUIRED: Final[Look] = {**BASE, **LOOKS[Role.HEADER]}
OPTIONAL: Final[Look] = {**REQUIRED, "bold": False, "italic": True, "bg_color": "#52606D"}
TEXT: Final[Look] = {**BASE, "text_wrap": True}
HEADING: Final[Look] = {**BASE, **LOOKS[Role.TITLE]}
SECTION: Final[Look] = {**BASE, **LOOKS[Role.SECTION]}
BAND: Final[Look] = {**TEXT, **LOOKS[Role.TOTAL]}
LINK: Final[Look] = {**BAND, **LINKED}


@dataclass(frozen=True)
class Form:
    """A kind of workbook that a person fills in.

    Attributes:
        titel: its title.
        stappen: how to fill it in, a sentence each.
        inleiding: what holds everywhere, a paragraph each.
        sheets: its sheets.
        ids: ids that stand in another workbook, by the sheet that a reference names.
        rows: rows that are filled in already, by sheet; each cell by its column.
    """

    titel: str
    stappen: Sequence[str]
    inleiding: Sequence[str]
    sheets: Mapping[str, SheetSpec]
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)


INPUT: Final = Form(TITLE, STEPS, INTRODUCTION, SHEETS)
"""The input workbook."""


def hand_form(ids: Mapping[str, Sequence[str]]) -> Form:
    """The workbook for an allocation made by hand, with drop-downs of the ids of a case.

    Args:
        ids: the ids of the case, by the sheet where they stand there; none for no drop-downs.
    """
    return Form(HAND_TITLE, HAND_STEPS, HAND_INTRODUCTION, HAND_SHEETS, ids)


def write_template(path: Path, form: Form = INPUT) -> None:
    """Write an empty workbook to a file, whole or not at all.

    Raises:
        OutputError: the file cannot be written there.
    """
    atomic_write(path, template_bytes(form))


def template_bytes(form: Form = INPUT) -> bytes:
    """An empty workbook; the same bytes every time."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": form.titel, "created": CREATED})
        template = _Template(book, form)
        template.explain()
        for spec in form.sheets.values():
            template.declare(spec)
        template.list_choices()
    return buffer.getvalue()


class _Template:
    """The workbook while it is written: its looks, and where the words of its drop-downs stand."""

    def __init__(self, book: xlsxwriter.Workbook, form: Form) -> None:
        self._book, self._form = book, form
        self._looks: dict[tuple[tuple[str, object], ...], Format] = {}
        every = (column for spec in form.sheets.values() for column in spec.columns if column.kind.opties)
        self._choices = {column.kind.opties: column.naam for column in every}
        self._choices |= {tuple(ids): ref for ref, ids in form.ids.items() if ids}

    def _look(self, look: Look) -> Format:
        key = tuple(look.items())
        if key not in self._looks:
            self._looks[key] = self._book.add_format(dict(look))
        return self._looks[key]

    def _sheet(self, naam: str, tab: str) -> Worksheet:
        sheet = self._book.add_worksheet(naam)
        sheet.set_tab_color(TABS[tab])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RBlad &P van &N")
        return sheet

    def explain(self) -> None:
        """Write the sheet that says what everything means."""
        sheet = self._sheet(EXPLANATION, "uitvoer")
        for column, width in enumerate(EXPLAINED_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, self._form.titel, self._look(HEADING))
        row = self._paragraphs(sheet, 2, "Zo vult u deze werkmap", self._form.stappen)
        row = self._paragraphs(sheet, row + 1, "Wat overal geldt", self._form.inleiding)
        sheet.write_string(row + 1, 0, "Alle bladen en kolommen", self._look(SECTION))
        for column, head in enumerate(EXPLAINED):
            sheet.write_string(row + 2, column, head, self._look(REQUIRED))
        for number, line in enumerate(_explained(self._form.sheets), start=row + 3):
            self._explain_line(sheet, number, line)

    def _paragraphs(self, sheet: Worksheet, row: int, head: str, texts: Sequence[str]) -> int:
        """Write a heading with a line for each text; return the row below."""
        sheet.write_string(row, 0, head, self._look(SECTION))
        for number, text in enumerate(texts, start=row + 1):
            sheet.merge_range(number, 0, number, len(EXPLAINED) - 1, "", self._look(TEXT))
            sheet.write_string(number, 0, text, self._look(TEXT))
            sheet.set_row(number, LINE_HEIGHT * (1 + len(text) // sum(EXPLAINED_WIDTHS)))
        return row + 1 + len(texts)

    def _explain_line(self, sheet: Worksheet, row: int, line: Sequence[str]) -> None:
        look = self._look(TEXT)
        if line[0]:
            look = self._look(BAND)
            sheet.write_url(row, 0, f"internal:'{line[0]}'!A1", self._look(LINK), line[0])
        for column, text in enumerate(line[1:], start=1):
            sheet.write_string(row, column, text, look)
        lines = max(1 + len(text) // width for text, width in zip(line[1:], EXPLAINED_WIDTHS[1:], strict=True))
        if lines > 1:
            sheet.set_row(row, LINE_HEIGHT * lines)

    def declare(self, spec: SheetSpec) -> None:
        """Write one sheet of the input, empty but for what is known beforehand."""
        sheet = self._sheet(spec.naam, "berekening" if spec.optioneel else "invoer")
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        for number, column in enumerate(spec.columns):
            self._declare_column(sheet, number, column)
        rows = self._form.rows.get(spec.naam, ())
        if spec.naam == "case":
            self._declare_keys(sheet)
            self._fill_keys(sheet, rows)
        else:
            self._fill(sheet, spec, rows)

    def _fill(self, sheet: Worksheet, spec: SheetSpec, rows: Sequence[Mapping[str, object]]) -> None:
        """Write the rows that are filled in already.

        Raises:
            KeyError: a row names a column that the sheet does not have.
        """
        columns = {column.naam: (at, column) for at, column in enumerate(spec.columns)}
        for number, row in enumerate(rows, start=1):
            for name, value in row.items():
                at, column = columns[name]
                self._write(sheet, number, at, value, {**BASE, "num_format": column.kind.opmaak})

    def _fill_keys(self, sheet: Worksheet, rows: Sequence[Mapping[str, object]]) -> None:
        """Write the values of the keys of the sheet `case`, each with where it comes from."""
        keys = {column.naam: (at, column) for at, column in enumerate(columns_of(Settings), start=1)}
        for row in rows:
            at, column = keys[str(row["sleutel"])]
            look = {**BASE, "num_format": column.kind.opmaak, "align": "left"}
            self._write(sheet, at, 1, row["waarde"], look)
            self._write(sheet, at, 2, row["herkomst"], BASE)

    def _write(self, sheet: Worksheet, row: int, column: int, value: object, look: Look) -> None:
        """Write one cell; nothing for no value."""
        match value:
            case None:
                pass
            case date():
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self._look(look))
            case int() | Decimal() | Fraction():
                sheet.write_number(row, column, as_float(value), self._look(look))
            case _:
                sheet.write_string(row, column, str(value), self._look(look))

    def _declare_column(self, sheet: Worksheet, number: int, column: ColumnSpec) -> None:
        width = max(NARROWEST, len(column.naam) + MARGIN)
        sheet.set_column(number, number, width, self._look({**BASE, "num_format": column.kind.opmaak}))
        look = self._look(REQUIRED if column.needed else OPTIONAL)
        sheet.write_string(0, number, column.naam, look)
        _comment(sheet, 0, number, column_text(column))
        rule = self._drop_down(column)
        if rule:
            sheet.data_validation(1, number, LAST_ROW - 1, number, rule)

    def _drop_down(self, column: ColumnSpec) -> dict[str, object]:
        """The rule of the drop-down of a column; empty where it has none."""
        if column.kind.opties:
            return {
                "validate": "list",
                "source": f"='{CHOICES}'!{self._choice_range(column.kind.opties)}",
                "error_title": "Dit kan hier niet",
                "error_message": "Kies een van de woorden uit de lijst.",
            }
        where = self._ids(column.info.ref)
        if not where:
            return {}
        blad, key = home(column.info.ref)
        return {
            "validate": "list",
            "source": where,
            "error_type": "warning",
            "error_title": "Onbekende naam",
            "error_message": f"Deze naam staat (nog) niet in het blad {blad}, kolom {key}.",
        }

    def _ids(self, ref: str) -> str:
        """Where the ids of a reference stand; empty where they are not known."""
        if self._form.ids.get(ref):
            return f"='{CHOICES}'!{self._choice_range(tuple(self._form.ids[ref]))}"
        blad, key = home(ref) if ref else ("", "")
        if blad not in self._form.sheets:
            return ""
        at = [known.naam for known in self._form.sheets[blad].columns].index(key)
        return f"='{blad}'!{xl_range_abs(1, at, LAST_ID - 1, at)}"

    def _declare_keys(self, sheet: Worksheet) -> None:
        """Write the keys of the sheet `case`, each with room for its value and its explanation."""
        sheet.set_column(0, 0, max(map(len, Settings.model_fields)) + MARGIN)
        sheet.set_column(1, 1, VALUE_WIDTH)
        sheet.set_column(3, 3, NOTE_WIDTH)
        for row, (column, text) in enumerate(zip(columns_of(Settings), settings_texts(), strict=True), start=1):
            emphasis = {"italic": True} if column.optioneel else {"bold": True}
            sheet.write_string(row, 0, column.naam, self._look({**BASE, **emphasis}))
            look = self._look({**BASE, "num_format": column.kind.opmaak, "align": "left"})
            sheet.write_blank(row, 1, None, look)
            _comment(sheet, row, 1, text)
            sheet.write_string(row, 3, text.betekenis, self._look(BASE))

    def _choice_range(self, options: tuple[str, ...]) -> str:
        at = list(self._choices).index(options)
        return str(xl_range_abs(1, at, len(options), at))

    def list_choices(self) -> None:
        """Write the sheet with the words of the drop-downs."""
        sheet = self._sheet(CHOICES, "uitvoer")
        sheet.freeze_panes(1, 0)
        for number, (options, naam) in enumerate(self._choices.items()):
            sheet.set_column(number, number, max(map(len, options)) + MARGIN)
            sheet.write_string(0, number, naam, self._look(REQUIRED))
            for row, option in enumerate(options, start=1):
                sheet.write_string(row, number, option, self._look(BASE))


def _explained(sheets: Mapping[str, SheetSpec]) -> Iterator[tuple[str, ...]]:
    """The lines of the table on the first sheet: each sheet, then its columns."""
    for spec in sheets.values():
        needed = "nee" if spec.optioneel else "ja"
        yield spec.naam, "", "blad", needed, "", "", spec.uitleg
        for column in spec.columns:
            yield "", *cells(column_text(column))
        if spec.naam == "case":
            for text in settings_texts():
                yield "", *_key_line(text)
        if spec.naam == "tarief":
            for name, letter, unit in parameter_rows():
                yield "", f"parameter {name}", unit, "ja", "", "", f"In de formules: {letter}."


def _key_line(text: ColumnText) -> tuple[str, ...]:
    return f"sleutel {text.naam}", *cells(text)[1:]


def _comment(sheet: Worksheet, row: int, column: int, text: ColumnText) -> None:
    """Explain a column name or a key in a comment that is large enough to be read."""
    needed = "Verplicht." if text.verplicht == "ja" else f"Mag leeg blijven; leeg betekent: {text.leeg}."
    lines = [text.betekenis, f"Soort: {text.soort}.", needed]
    if text.verwijst_naar:
        lines.append(f"Een naam uit het blad {text.verwijst_naar}.")
    height = sum(1 + len(line) // COMMENT_LINE for line in lines) * LINE_HEIGHT + LINE_HEIGHT
    size = {"width": COMMENT_WIDTH, "height": height}
    sheet.write_comment(row, column, "\n".join(lines), size)
