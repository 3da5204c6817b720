"""Make the golden texts again."""

from __future__ import annotations

from tests.finance.xlsx.golden import FOLDER, parts

for name, text in parts().items():
    (FOLDER / name).write_text(text, "utf-8")
