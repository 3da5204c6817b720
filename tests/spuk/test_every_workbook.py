"""Every kind of workbook: recalculated by LibreOffice, and well made.

IronCalc recalculates each workbook when it is written. Here the program that readers have does the
same: all workbooks are made once, from plans by hand (no solver is waited for), and recalculated in
one start. Continuous integration also does it on the workbooks of the solved plans of every case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from finance.books.answers.cards import cards_book
from finance.books.answers.ladder import ladder_book
from finance.books.answers.variants import variants_book
from finance.books.budget import proposal
from finance.books.comparison.comparison import Compared, comparison
from finance.books.difference.book import difference_book
from finance.books.difference.causes import Difference
from finance.books.municipality import draft_of, municipality_book
from finance.books.national import Draft as NationalDraft
from finance.books.national import national_book
from finance.books.revision import revision_book
from finance.books.tariff import PlanBasis, tariff_book
from finance.books.uncertainty import uncertainty_book
from finance.case import Case
from finance.findings import FindingsError
from finance.money import Money
from finance.plan.allocation import Outcome
from finance.plan.whatif import DecisionCard, Flip, NearBest, Rung, Slack, Variant
from finance.tables.grid import Book, Role
from finance.xlsx.deviations import VerifyReport
from finance.xlsx.engines.libreoffice import find_libreoffice
from finance.xlsx.seal import SealedCell, seal_of
from finance.xlsx.sealed_tables import sealed_tables
from finance.xlsx.sealing import sealed_bytes
from finance.xlsx.verify import verify, verify_all
from models.whatif import answer_of_plan
from spuk import run
from tests.finance.books import shelf
from tests.finance.books.budget import variants
from tests.finance.books.budget.granted import STARTS, granted
from tests.finance.books.budget.handmade import INFO, hand_plan
from tests.finance.books.difference.pairs import written
from tests.finance.books.examination.principles import counting, flaws_of
from tests.finance.books.revision.cases import CASES as REQUESTS
from tests.finance.books.revision.cases import INFO as REQUEST_INFO
from tests.finance.books.tariff.cases import PLANNED
from tests.finance.books.tariff.live import INFO as TARIFF_INFO
from tests.finance.handmade.test_verdict import workbook as by_hand
from tests.finance.national.regions import alone, country
from tests.finance.sweeping import swept
from tests.finance.village import allocation as hand_made
from tests.finance.xlsx.edit import needs_soffice, saved_together
from tests.finance.xlsx.look.excel import saved_by_excel
from tests.full_case import STARTS as FULL_STARTS
from tests.full_case import full_case

INPUTS: Final = tuple(
    Path(__file__).parents[2] / "inputs" / f"{name}.xlsx" for name in ("noord", "overbrugging", "zuidwest")
)
"""Cases that have all sheets between them; continuous integration plans every case, and both engines recalculate it."""

OF_TABLES: Final = (Role.INPUT_SOURCED, Role.INPUT_ASSUMED, Role.DECISION, Role.FORMULA, Role.CHECK)
"""What cells are that hold data; the words around them, heads and totals are none."""

SAVED: Final = (
    "rijk",
    "vreemd",
    "zuidwest, vergelijking",
    "vreemd tarief",
    "onzekerheid",
    "verschil",
    "waarom",
    "herziening, vol",
    "landelijk",
    "gemeente",
)
"""One of each kind, which other programs open and save."""

Books = Mapping[str, Book]
Files = Mapping[str, Path]
Reports = Mapping[str, VerifyReport | FindingsError]


def earliest(case: Case) -> Mapping[str, int]:
    """The first measure of each project, as early as it may start; what that breaks is no matter here."""
    first = {row.project: row for row in reversed(case.measures)}
    return {row.maatregel: row.vroegste_start for row in first.values()}


SCENARIOS: Final = 2
"""So many of each of these cases; the others are recalculated in continuous integration, from plans that are solved."""


def books_of(path: Path) -> Iterator[tuple[str, Book]]:
    """Every workbook of a case, by name."""
    checked = run.check(path)
    done = []
    for name in run.choose_scenarios(checked.case, [], everything=True)[:SCENARIOS]:
        case = run.case_of(checked, name)
        plan = hand_plan(case, earliest(case))
        yield f"{path.stem}, {name}", proposal(case, plan, name, INFO)
        done.append(Compared(name, Outcome(case, plan.allocation), bewezen=False))
    if len(done) > 1:
        yield f"{path.stem}, vergelijking", comparison(checked.case, done)
    if checked.case.tariff_parameters:
        plan = hand_plan(checked.case, earliest(checked.case))
        basis = PlanBasis(plan.allocation, "basis", "met de hand", bewezen=False)
        yield f"{path.stem}, tarief", tariff_book(checked.case, TARIFF_INFO, plan=basis)


def odd_budgets() -> Iterator[tuple[str, Book]]:
    """Budgets in which every table, reading and odd name occurs, and what is made of budgets."""
    yield "rijk", shelf.budget("rich")
    yield "vreemd", shelf.budget("odd")
    yield "alles tegelijk", proposal(full_case(), hand_plan(full_case(), FULL_STARTS), "basis", INFO)
    yield "gemeente", municipality_book(draft_of(granted(), hand_plan(granted(), STARTS), "basis", INFO, "Rotterdam"))
    yield "gesloten jaren", shelf.budget("closed")
    yield "prijzen uit tarieven", shelf.budget("coupled")
    closed = replace(INFO, zonder_salarissen=True)
    coupled = variants.coupled()
    yield "begroting zonder salarissen", proposal(coupled, hand_plan(coupled, variants.STARTS), "basis", closed)
    yield "met de hand", by_hand(hand_made())
    yield (
        "verschil",
        difference_book(Difference(written(variants.small()), written(variants.rich(), scenario="lagere lumpsum"))),
    )
    yield "onzekerheid", shelf.uncertainty()
    yield "onzekerheid, veel trekkingen", large_sweep()


def answers() -> Iterator[tuple[str, Book]]:
    """Answers to questions, with names that are odd: what the model would answer, made by hand."""
    cent, ample = Money.from_cents(1), Money.from_euros(1_000_000)
    case, starts = variants.odd(), variants.ODD_STARTS
    plan = hand_plan(case, starts)
    without = hand_plan(case, dict(list(starts.items())[1:]))
    basis, other = answer_of_plan(case, plan), answer_of_plan(case, without)
    flips = tuple(
        Flip(row.bron, row.bedrag is None, extra, ample, cent)
        for row, extra in zip(case.sources, (cent, None), strict=False)
    )
    cards = [DecisionCard(row.maatregel, starts.get(row.maatregel), basis, other, (), flips) for row in case.measures]
    impossible = replace(cards[0], tegendeel=None, onmogelijk=("het project is verplicht",))
    yield "waarom", cards_book("vreemd", "basis", [impossible, *cards[1:]])
    rungs = [
        *(Rung("bron", row.bron, None, extra, 0, other) for row in case.sources for extra in (cent, ample)),
        Rung("periode", "vastgoedtransitie-2020", None, None, 1, basis),
    ]
    yield "ladder", ladder_book("vreemd", "basis", basis, rungs)
    variant = Variant(without.allocation, 1, cent, bewezen=False)
    slack = {row.doel: Slack(Fraction(1, 20), Fraction(3)) for row in case.goals}
    never = tuple(row.maatregel for row in case.measures if row.maatregel not in starts)
    near = NearBest(plan, slack, (variant,), False, tuple(without.allocation.starts), never, False)
    yield "alternatieven", variants_book(case, "basis", near)


def large_sweep() -> Book:
    """The workbook of a sweep that is too large for it."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("tally", "draft", "front"):
            patch.setattr(f"finance.books.uncertainty.{module}.RANKED_UP_TO", 6)
            patch.setattr(f"finance.books.uncertainty.{module}.SHOWN", 3)
        return uncertainty_book(swept())


def odd_tariffs() -> Iterator[tuple[str, Book]]:
    """Tariffs in which every table and odd name occurs."""
    yield "vreemd tarief", shelf.tariffs_alone("odd")
    for name in sorted(PLANNED.keys() - {"rich", "grouped"}):  # of which the case that uses everything has all
        yield f"{name} tarief met plan", shelf.tariffs(name)
    full = PlanBasis(hand_plan(full_case(), FULL_STARTS).allocation, "basis", "met de hand", bewezen=False)
    yield "alles tegelijk, tarief", tariff_book(full_case(), TARIFF_INFO, plan=full)
    yield "tarief zonder salarissen", shelf.tariffs_alone("odd", salaries=False)


def requests() -> Iterator[tuple[str, Book]]:
    """Requests for revision in which every table and odd name occurs."""
    for name in ("vol", "niets"):
        yield f"herziening, {name}", revision_book(*REQUESTS[name](), REQUEST_INFO)


def countries() -> Iterator[tuple[str, Book]]:
    """Regions together: some that fall short, and one alone."""
    yield "landelijk", national_book(NationalDraft(country(), INFO.toolkit))
    yield "landelijk, een regio", national_book(NationalDraft(alone(), INFO.toolkit))


@pytest.fixture(scope="module")
def books() -> Books:
    """Every workbook, by what it is of."""
    found = [book for path in INPUTS for book in books_of(path)]
    return dict([*found, *odd_budgets(), *answers(), *odd_tariffs(), *requests(), *countries()])


@pytest.fixture(scope="module")
def files(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The workbooks as files, by what they are of."""
    folder = tmp_path_factory.mktemp("werkmappen")
    paths = {name: folder / f"{number}.xlsx" for number, name in enumerate(books)}
    for name, path in paths.items():
        path.write_bytes(sealed_bytes(books[name]))
    return paths


@pytest.fixture(scope="module")
def reports(files: Files) -> Reports:
    """What LibreOffice finds in each workbook."""
    return dict(zip(files, verify_all(list(files.values()), find_libreoffice()), strict=True))


def test_there_are_workbooks_of_every_kind(books: Books) -> None:
    assert {"zuidwest, basis", "zuidwest, vergelijking", "zuidwest, tarief"} <= set(books)
    assert len(books) > len(INPUTS) + 10


@needs_soffice
def test_libreoffice_agrees_with_every_cell_of_every_workbook(reports: Reports) -> None:
    for name, report in reports.items():
        assert isinstance(report, VerifyReport), name
        assert (name, report.differences, report.changes) == (name, (), ())
        assert report.engine == "LibreOffice"
        assert report.formulas > 10


def test_every_number_of_every_workbook_can_be_read_by_key(books: Books) -> None:
    """Whatever is put in, decided or computed stands in a table of the seal, under a column with a key."""
    for name, book in books.items():
        seal = seal_of(book)
        assert seal.sections.gegevens["soort"]
        read = sealed_tables(seal.sections.tabellen, seal.sheets)
        keyed = {
            (table.place.blad, row.nummer, table.place.kolommen.index(key) + 1)
            for table in read
            for row in table.rows
            for key in row.cells
        }
        outside = {
            (name, sheet, at)
            for sheet, cells in seal.sheets.items()
            for at, cell in cells.items()
            if cell.role in OF_TABLES and (sheet, *at) not in keyed and not _is_legend(cell)
        }
        assert outside == set()
        assert len(keyed) > 20


def _is_legend(cell: SealedCell) -> bool:
    """Whether a cell only says in words what a colour means."""
    return isinstance(cell.shown, str) and not cell.formula and cell.origin is None


@pytest.mark.parametrize("name", SAVED)
def test_a_workbook_that_excel_saved_looks_as_it_was_sealed(files: Files, name: str) -> None:
    path = files[name].with_name(f"excel {files[name].name}")
    path.write_bytes(saved_by_excel(files[name].read_bytes()))
    assert verify(path).changes == ()


@needs_soffice
def test_workbooks_that_libreoffice_saved_look_as_they_were_sealed(files: Files) -> None:
    saved = saved_together([files[name] for name in SAVED])
    for name, report in zip(SAVED, verify_all(saved), strict=True):
        assert isinstance(report, VerifyReport), name
        assert (name, report.differences, report.changes) == (name, (), ())


def test_every_workbook_is_well_made(books: Books) -> None:
    """What to do where this fails: see the list of principles in `tests/finance/books/examination/principles.py`.

    `richting`: say in the `tab` of the page what the sheet is; a sheet that calculations read is no
    `uitvoer` but `besluit` or `berekening`, and one that only tests others is `controle`. `controles`:
    count the column of verdicts on the sheet `controles` (CHECK_COLUMNS). `vaste getallen`: a number
    that is no formula is input or a decision; say so with its role.
    """
    found = [f"{name}: {flaw}" for name, book in books.items() for flaw in counting(flaws_of(book))]
    assert found == []
