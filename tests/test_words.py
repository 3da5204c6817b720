"""The words of the field: what a reader sees says them, and never a word that says something else."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
CODE: Final = sorted(path for name in ("finance", "models", "spuk") for path in (ROOT / name).rglob("*.py"))
TEXTS: Final = sorted([*(ROOT / "docs").glob("*.md"), *(ROOT / "finance" / "rules").glob("*.toml")])
AVOIDED: Final = {
    "naar elders": "in een andere zorgvorm: wie in hetzelfde gebouw blijft, gaat nergens heen",
    "van elders": "uit een andere zorgvorm",
    "cliënten": "jeugdigen",
    "bedden": "plaatsen",
    "verblijfsduur": "doorlooptijd",
    "toestroom": "instroom",
}
"""Words that are not said, and what is said instead."""
SAID: Final = (
    "doelgroep",
    "machtiging",
    "hybride",
    "instroom",
    "doorlooptijd",
    "accounthoudende gemeente",
    "essentiële functies",
)


def said_in(path: Path) -> Iterator[str]:
    """The strings of a file of code, joined as they are read, without docstrings and comments."""
    with tokenize.open(path) as file:
        tree = ast.parse(file.read())
    about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about:
            yield node.value


@pytest.mark.parametrize("word", AVOIDED)
def test_no_text_that_a_reader_sees_says_a_word_that_means_something_else(word: str) -> None:
    whole = re.compile(rf"\b{word}\b", re.IGNORECASE)
    found = [path.name for path in CODE for text in said_in(path) if whole.search(text)]
    found += [path.name for path in TEXTS if whole.search(path.read_text("utf-8"))]
    assert found == [], AVOIDED[word]


def test_the_test_sees_what_is_written() -> None:
    """A text that stands in the code and one that stands in a comment of it."""
    texts = [text for path in CODE for text in said_in(path)]
    assert any("andere zorgvorm" in text for text in texts)
    assert not any("Yields" in text for text in texts)


@pytest.mark.parametrize("word", SAID)
def test_the_guide_says_each_word_of_the_field_and_what_it_means(word: str) -> None:
    guide = (ROOT / "docs" / "handleiding.md").read_text("utf-8")
    rows = [line for line in guide.splitlines() if line.startswith("| ") and word in line.split("|")[1]]
    assert rows, f"no row of the words says {word}"
