"""LibreOffice as the engine: many workbooks in one start, recalculated from their formulas.

LibreOffice keeps the cached values of a workbook unless its settings say otherwise, and two of them
on one profile can write nothing and still report success. So it works here on a profile of its own
in a temporary folder, with recalculation on load switched on; a canary, a workbook with a wrong
cached value, goes along in every start and shows that it did recalculate; and only what it wrote,
read back and checked as any file from outside, counts as an answer.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finance.findings import Finding, FindingsError
from finance.tables.grid import Book, Cell, Sheet
from finance.xlsx.archive import checked_bytes
from finance.xlsx.contents import Contents, StoredCell, read_contents
from finance.xlsx.engines.engine import At, NoAnswerError, Question, Recalculated
from finance.xlsx.engines.processes import run_group
from finance.xlsx.write import book_bytes

SECONDS: Final = 300.0
"""How long LibreOffice may work on one workbook."""

PROGRAMS: Final = ("soffice", "libreoffice")
USUAL_PLACES: Final = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
)
"""Where LibreOffice stands on systems that do not put it on the path."""

SETTINGS: Final = (
    # Compute every formula on load, as the point of it all is.
    ("Calc/Formula/Load", "OOXMLRecalcMode", "0"),
    # Whatever a workbook asks for: fetch nothing from outside, and run none of it.
    ("Calc/Content/Update", "Link", "1"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
)
"""The settings of the profile: path, name and value."""
PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">\
<value>en-US</value></prop></item>
</oor:items>
"""
ITEM: Final = (
    '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)

CANARY: Final = "kanarie"
CANARY_BOOK: Final = Book(CANARY, (Sheet(CANARY, {(1, 1): Cell(-999, formula="1+1")}),))
"""A workbook whose cached value is wrong."""
CANARY_SINGS: Final = 2.0


@dataclass(frozen=True)
class LibreOffice:
    """The spreadsheet program Calc, without a window.

    Attributes:
        program: the program itself.
    """

    program: Path
    name = "LibreOffice"

    def recalculate(self, questions: Sequence[Question]) -> list[Recalculated | NoAnswerError]:
        """Recalculate workbooks in one start; those that it did not get to, once more alone."""
        try:
            answers = self._start(questions)
            if len(questions) == 1:
                return answers
            return [
                self._start([question])[0] if isinstance(answer, NoAnswerError) else answer
                for question, answer in zip(questions, answers, strict=True)
            ]
        except NoAnswerError as reason:
            return [reason for _ in questions]

    def _start(self, questions: Sequence[Question]) -> list[Recalculated | NoAnswerError]:
        """Recalculate workbooks in one start.

        Raises:
            NoAnswerError: LibreOffice does not work here, whatever the workbook.
        """
        names = [f"{number}.xlsx" for number in range(len(questions))]
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            files = {name: question.data for name, question in zip(names, questions, strict=True)}
            _prepare(folder, {f"{CANARY}.xlsx": book_bytes(CANARY_BOOK), **files})
            reason = self._convert(folder, [f"{CANARY}.xlsx", *names])
            if not _has_recalculated(folder / "uit"):
                raise NoAnswerError(reason or "LibreOffice rekende de formules niet opnieuw uit.")
            return [
                _answer_or_reason(folder / "uit" / name, question, reason)
                for name, question in zip(names, questions, strict=True)
            ]

    def _convert(self, folder: Path, names: Sequence[str]) -> str:
        """Let LibreOffice open workbooks and save them again; what went wrong, or nothing."""
        target = folder / "uit"
        target.mkdir()
        command = [
            str(self.program),
            f"-env:UserInstallation={(folder / 'profiel').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(target),
            *(str(folder / "in" / name) for name in names),
        ]
        try:
            status = run_group(command, SECONDS, lambda: len(list(target.iterdir())))
        except subprocess.TimeoutExpired:
            return f"LibreOffice deed langer dan {SECONDS:.0f} seconden over een werkmap."
        except OSError as fault:
            return f"LibreOffice kan niet worden gestart ({fault.strerror})."
        return f"LibreOffice stopte met een fout (code {status})." if status else ""


def find_libreoffice() -> LibreOffice:
    """LibreOffice as it is installed on this machine.

    Raises:
        FindingsError: it is not.
    """
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            return LibreOffice(Path(found))
    for path in USUAL_PLACES:
        if path.is_file():
            return LibreOffice(path)
    raise FindingsError(
        [
            Finding(
                "",
                "",
                "LibreOffice (soffice) is niet gevonden op deze computer.",
                "Installeer LibreOffice Calc, of verifieer zonder --engine libreoffice: dan rekent IronCalc.",
            )
        ]
    )


def _prepare(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the workbooks and a fresh profile in a folder."""
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    user = folder / "profiel" / "user"
    user.mkdir(parents=True)
    items = "\n".join(ITEM.format(*setting) for setting in SETTINGS)
    (user / "registrymodifications.xcu").write_text(PROFILE.format(items=items), "utf-8")


def _has_recalculated(folder: Path) -> bool:
    """Whether the canary holds what its formula gives, and no longer what was cached."""
    try:
        sheet = _written(folder / f"{CANARY}.xlsx").sheets[CANARY]
        return sheet.cells[1, 1].value == CANARY_SINGS
    except (FindingsError, LookupError):
        return False


def _written(path: Path) -> Contents:
    """What LibreOffice wrote; a file that was cut off halfway is refused as any damaged one.

    Raises:
        FindingsError: it is not there, or is damaged.
    """
    return read_contents(path.name, checked_bytes(path))


def _answer_or_reason(path: Path, question: Question, reason: str) -> Recalculated | NoAnswerError:
    try:
        contents = _written(path)
    except FindingsError:
        return NoAnswerError(reason or "LibreOffice kon de werkmap niet openen of niet opslaan.")
    values = {at: _cell(contents, at).value for at in question.values}
    formulas = {at: (_cell(contents, at).formula or "", other) for at, other in question.formulas.items()}
    return Recalculated(values, formulas)


def _cell(contents: Contents, at: At) -> StoredCell:
    name, row, column = at
    sheet = contents.sheets.get(name)
    found = sheet.cells.get((row, column)) if sheet else None
    return found or StoredCell(None, None, 0)
