"""The parts of a workbook file as trees of elements, whatever prefixes and paths their writer chose."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

if TYPE_CHECKING:
    from zipfile import ZipFile

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
TRUE: Final = ("1", "true", "on")


class Parts:
    """The parts of one workbook by path; a path differs neither by case nor by the slash it is written with.

    Args:
        names: the path of each part as the file spells it.
        read: gives the bytes of a part.
    """

    def __init__(self, names: list[str], read: Callable[[str], bytes]) -> None:
        self._names = {_plain(name): name for name in names}
        self._read = read

    @classmethod
    def of(cls, archive: ZipFile) -> Parts:
        """The parts of a package."""
        return cls(archive.namelist(), archive.read)

    def __contains__(self, part: str) -> bool:
        return _plain(part) in self._names

    def data(self, part: str) -> bytes:
        """The bytes of a part; none where it is not there."""
        name = self._names.get(_plain(part))
        return b"" if name is None else self._read(name)

    def tree(self, part: str) -> Element:
        """The elements of a part, their names without prefixes; an empty element where it is not there."""
        data = self.data(part)
        return tree(data) if data else Element("")

    def targets(self, part: str) -> Mapping[str, tuple[str, str]]:
        """The kind and the path of each part that a part refers to, by id; nothing outside the file."""
        folder, name = posixpath.split(part)
        relations = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(
                    posixpath.join("/", folder, relation.get("Target", "").replace("\\", "/"))
                ),
            )
            for relation in relations
            if relation.get("TargetMode") != "External"
        }

    def of_kind(self, part: str, kind: str) -> Iterator[str]:
        """The parts of one kind that a part refers to, in the order of their paths."""
        return iter(sorted(target for found, target in self.targets(part).values() if found == kind))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def tree(data: bytes) -> Element:
    """The elements of an XML part, their names and those of their attributes without prefixes.

    Raises:
        expat.ExpatError: it is no well-formed XML.
        ValueError: it declares a document type, which no workbook does.
    """
    builder = TreeBuilder()
    parse(data, lambda name, attributes: _open(builder, name, attributes), builder.end, builder.data)
    return builder.close()


def _open(builder: TreeBuilder, name: str, attributes: Attributes) -> None:
    builder.start(name, {local(key): value for key, value in attributes.items()})


def parse(
    data: bytes, start: Start, end: Callable[[str], Any], text: Callable[[str], Any] | None = None
) -> None:
    """Go through an XML part; names of elements come without prefixes.

    Raises:
        expat.ExpatError: it is no well-formed XML.
        ValueError: it declares a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    parser.EndElementHandler = lambda name: end(local(name))
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(data, True)


def _refuse(*_declaration: object) -> None:
    raise ValueError("a document type declaration")


@cache
def local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]


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
        return float(attribute) if attribute else default
    except ValueError:
        return default
