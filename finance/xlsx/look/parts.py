"""The parts of a workbook file as trees of elements, and how they refer to each other.

Nothing is left out of a tree: what stands in an extension, or in a form that only some programs know, is
seen by those programs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder

from finance.xlsx.package import MAX_DEPTH, Handlers, Package, TooLargeError, local

Attributes = dict[str, str]
TRUE: Final = ("1", "true", "on")


class Parts:
    """The parts of one workbook.

    Args:
        package: the file.
    """

    def __init__(self, package: Package) -> None:
        self._package = package

    def data(self, part: str) -> bytes:
        """The bytes of a part; none where it is not there."""
        return self._package.read(part) if part in self._package else b""

    def tree(self, part: str) -> Element:
        """The elements of a part, their names without prefixes; an empty element where it is not there."""
        if part not in self._package:
            return Element("")
        grown = Tree()
        self._package.follow(part, grown)
        return grown.close()

    def follow(self, part: str, handlers: Handlers) -> None:
        """Hand the elements of a part to somebody, one after another."""
        self._package.follow(part, handlers)

    @property
    def main(self) -> str:
        """The part of the workbook itself."""
        return self._package.main

    def targets(self, part: str) -> Mapping[str, tuple[str, str]]:
        """The kind and the name of each part that a part refers to, by id; nothing outside the file."""
        found = self._package.relations(part)
        return {item.id: (item.kind, item.part) for item in found if not item.external}

    def of_kind(self, part: str, kind: str) -> Iterator[str]:
        """The parts of one kind that a part refers to, in the order of their names."""
        return iter(sorted(target for found, target in self.targets(part).values() if found == kind))


class Tree:
    """Builds the tree of a part, or of some of its elements."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooLargeError
        self._builder.start(local(name), {local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        self._builder.end(local(name))

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._depth:
            self._builder.data(data)

    def close(self) -> Element:
        """The outermost element."""
        return self._builder.close()


def child(element: Element | None, *names: str) -> Element | None:
    """The element at a path of names; None where one of them is missing."""
    for name in names:
        if element is None:
            return None
        element = element.find(name)
    return element


def value(element: Element | None, *names: str, default: str = "") -> str:
    """The attribute `val` of the element at a path of names."""
    found = child(element, *names)
    return default if found is None else found.get("val", default)


def is_true(attribute: str | None) -> bool:
    """Whether an attribute says yes."""
    return attribute in TRUE


def number(attribute: str | None, default: float = 0.0) -> float:
    """An attribute as a number; the default where it is none."""
    try:
        found = float(attribute) if attribute else default
    except ValueError:
        return default
    return found if math.isfinite(found) else default
