"""Make `templates/invoer.xlsx` and `docs/invoer.md` again from the declaration of the input."""

from __future__ import annotations

from pathlib import Path

from finance.books.template import write_template
from finance.case.documentation import documentation
from finance.files import atomic_write

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write both files."""
    write_template(ROOT / "templates" / "invoer.xlsx")
    atomic_write(ROOT / "docs" / "invoer.md", documentation().encode("utf-8"))


if __name__ == "__main__":
    main()
