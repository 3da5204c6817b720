"""A rule added to a regulation for the length of a test: data, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from finance.rules import library


@contextmanager
def added_rule(rule: str, regulation: str = "vastgoedtransitie-2020") -> Iterator[None]:
    """Let the rule file of a regulation have one rule more."""
    texts = tuple(text + rule if f'id = "{regulation}"' in text else text for text in library.rule_files())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "rule_files", lambda: texts)
        library.rule_sets.cache_clear()
        try:
            yield
        finally:
            library.rule_sets.cache_clear()


def share_cap(name: str, share: str, *sorts: str) -> str:
    """The text of a share cap."""
    return f"""
[[regel]]
id = "{name}"
soort = "deelplafond"
kostensoorten = [{", ".join(f'"{sort}"' for sort in sorts)}]
aandeel = "{share}"
van = 2020-10-01
bekend_sinds = 2020-09-16
artikel = "art. 1"
publicatie = "Proef"
feit = "proef"
rang = "regeling"
uitleg = "Hooguit een deel van het toegekende bedrag van de beschikking."
"""
