"""Make what follows from declarations again: the empty input, its documentation, the tables of the regulations."""

from __future__ import annotations

from pathlib import Path

from finance.books.template import write_template
from finance.case.documentation import documentation
from finance.files import atomic_write
from finance.rules.side_by_side import in_guide

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write the files."""
    write_template(ROOT / "templates" / "invoer.xlsx")
    atomic_write(ROOT / "docs" / "invoer.md", documentation().encode("utf-8"))
    guide = ROOT / "docs" / "handleiding.md"
    atomic_write(guide, in_guide(guide.read_text("utf-8")).encode("utf-8"))


if __name__ == "__main__":
    main()
